/* SPDX-License-Identifier: Apache-2.0 */
/* Each line beside its item, mapping, catalogue row, exclusion and cap: look-ups per line. */
#include "bench/conventional/conventional.h"

#include "bench/support.h"
#include "model/case_parts.h"

static void bind_text(sqlite3_stmt *stmt, int at, stl_str text) {
    sqlite3_bind_text(stmt, at, text.len == 0 ? "" : text.ptr, (int)text.len, SQLITE_STATIC);
}

/* The first row of the answer; NULL: none. To be reset by the caller. */
static sqlite3_stmt *ask(cv_program *p, cv_statement which, stl_str key, stl_day day) {
    sqlite3_stmt *stmt = p->look_up[which];
    bind_text(stmt, 1, key);
    if (sqlite3_bind_parameter_count(stmt) > 1)
        sqlite3_bind_int64(stmt, 2, day);
    if (sqlite3_step(stmt) == SQLITE_ROW)
        return stmt;
    sqlite3_reset(stmt);
    return NULL;
}

static bool any(cv_program *p, cv_statement which, stl_str key) {
    sqlite3_stmt *found = ask(p, which, key, 0);
    sqlite3_reset(p->look_up[which]);
    return found != NULL;
}

static const int64_t *row_of(const stl_index_table *table, sqlite3_stmt *stmt) {
    return table->rows + (size_t)sqlite3_column_int64(stmt, 0) * table->n_cols;
}

static stl_str text_of(sqlite3_stmt *stmt, int column, stl_arena *arena) {
    stl_str text = {(const char *)sqlite3_column_text(stmt, column),
                    (size_t)sqlite3_column_bytes(stmt, column)};
    return stl_arena_str(arena, text);
}

static void look_up_cap(cv_program *p, const stl_case *c, stl_str price_code, stl_line *line) {
    sqlite3_stmt *stmt = p->look_up[CV_CAP];
    bind_text(stmt, 3, c->medins_lv);
    bind_text(stmt, 4, c->mdtrtarea_admvs);
    if (ask(p, CV_CAP, price_code, line->day) != NULL)
        line->cap = row_of(&c->region->tables[STL_T_CAPS], stmt);
    sqlite3_reset(stmt);
    line->cap_listed = line->cap != NULL || any(p, CV_CAP_ANY, price_code);
}

static void look_up_item(cv_program *p, const stl_case *c, stl_line *line, cv_line *texts) {
    sqlite3_stmt *stmt = ask(p, CV_ITEM, line->item_key, 0);
    if (stmt == NULL)
        return;
    line->item = row_of(&c->mapping->items, stmt);
    if (texts->hospital_name == NULL)
        texts->hospital_name = text_of(stmt, 1, c->arena).ptr;
    char code[64];
    snprintf(code, sizeof code, "%s", (const char *)sqlite3_column_text(stmt, 2));
    sqlite3_reset(stmt);
    if (*code != '\0')
        look_up_cap(p, c, stl_str_of(code), line);
}

static void look_up_catalogue(cv_program *p, const stl_case *c, stl_line *line, cv_line *texts) {
    sqlite3_stmt *stmt = ask(p, CV_CATALOGUE, line->med_list_codg, line->day);
    line->cat_known = stmt != NULL || any(p, CV_CATALOGUE_ANY, line->med_list_codg);
    if (stmt != NULL) {
        line->cat = row_of(&c->region->tables[STL_T_CATALOGUE], stmt);
        if (texts->catalogue_name == NULL || *texts->catalogue_name == '\0')
            texts->catalogue_name = text_of(stmt, 1, c->arena).ptr;
        sqlite3_reset(stmt);
    }
    line->excluded = ask(p, CV_EXCLUSION, line->med_list_codg, line->day) != NULL;
    sqlite3_reset(p->look_up[CV_EXCLUSION]);
}

enum { CODE = 1, NAME, NUM, DEN, STATUS }; /* columns of CV_MAP */

static bool is_active(sqlite3_stmt *stmt) {
    return strcmp((const char *)sqlite3_column_text(stmt, STATUS), "active") == 0;
}

static void take_mapping(const stl_case *c, const stl_charge *charge, stl_line *line,
                         sqlite3_stmt *stmt) {
    int64_t num = sqlite3_column_int64(stmt, NUM), den = sqlite3_column_int64(stmt, DEN);
    line->med_list_codg = text_of(stmt, CODE, c->arena);
    if (num <= 0 || den <= 0)
        return;
    line->factor_num = num;
    line->factor_den = den;
    if (stl_decimal_mul_div(charge->cnt, num, den, STL_ROUND_HALF_UP, &line->national_cnt) !=
        SETTLE_OK)
        line->national_cnt = STL_NONE;
}

/* Another active row in force that sends the item elsewhere. */
static bool is_ambiguous(const stl_case *c, sqlite3_stmt *stmt, const stl_line *line) {
    const int64_t *first = line->map;
    const size_t deciding[] = {STL_MAP_CODE, STL_MAP_NUM,       STL_MAP_DEN,      STL_MAP_UNIT,
                               STL_MAP_LV,   STL_MAP_LIST_UNIT, STL_MAP_LIST_TYPE};
    while (sqlite3_step(stmt) == SQLITE_ROW && is_active(stmt)) {
        const int64_t *other = row_of(&c->mapping->rows, stmt);
        for (size_t i = 0; i < sizeof deciding / sizeof *deciding; i++)
            if (first[deciding[i]] != other[deciding[i]])
                return true;
    }
    return false;
}

static void look_up_mapping(cv_program *p, const stl_case *c, const stl_charge *charge,
                            stl_line *line, cv_line *texts) {
    sqlite3_stmt *stmt = ask(p, CV_MAP, line->item_key, line->day);
    if (stmt == NULL) {
        line->map_state = any(p, CV_MAP_ANY, line->item_key) ? STL_MAP_EXPIRED : STL_MAP_MISSING;
        return;
    }
    line->map = row_of(&c->mapping->rows, stmt);
    line->map_state = is_active(stmt) ? STL_MAPPED : STL_MAP_REFUSED;
    texts->catalogue_name = text_of(stmt, NAME, c->arena).ptr;
    if (line->map_state == STL_MAPPED) {
        take_mapping(c, charge, line, stmt);
        if (is_ambiguous(c, stmt, line)) {
            line->map = NULL;
            line->map_state = STL_MAP_AMBIGUOUS;
            line->med_list_codg = STL_STR("");
            line->factor_num = line->factor_den = 1;
            line->national_cnt = STL_NONE;
            texts->catalogue_name = NULL;
        }
    }
    sqlite3_reset(stmt);
}

static void look_up_rules(cv_program *p, cv_result *out, const stl_line *line) {
    for (cv_statement table = CV_FIRST_RULE; table < CV_STATEMENTS; table++) {
        stl_str key = table != CV_UNIT ? line->med_list_codg
                      : line->map == NULL
                          ? STL_STR("")
                          : stl_index_text(&out->c.mapping->rows, line->map[STL_MAP_LIST_UNIT]);
        out->due[table] |= ask(p, table, key, line->day) != NULL;
        sqlite3_reset(p->look_up[table]);
    }
}

static void resolve(cv_program *p, stl_case *c, size_t i, stl_keys *items, stl_keys *codes,
                    cv_line *texts) {
    const stl_charge *charge = stl_case_charge(c, i);
    stl_line *line = &c->lines[i];
    *line = (stl_line){.item_key = charge->medins_list_codg,
                       .item_no = stl_keys_number(items, charge->medins_list_codg),
                       .med_list_codg = STL_STR(""),
                       .code_no = STL_NO_KEY,
                       .day = stl_instant_day(charge->fee_ocur_time),
                       .factor_num = 1,
                       .factor_den = 1,
                       .national_cnt = STL_NONE,
                       .net_cnt = charge->cnt,
                       .net_amt = charge->det_item_fee_sumamt,
                       .refund_of = -1};
    if (!stl_str_empty(charge->medins_list_name))
        texts->hospital_name = charge->medins_list_name.ptr;
    look_up_item(p, c, line, texts);
    look_up_mapping(p, c, charge, line, texts);
    if (stl_str_empty(line->med_list_codg))
        return;
    look_up_catalogue(p, c, line, texts);
    line->code_no = stl_keys_number(codes, line->med_list_codg);
}

/* V24: which lines another settlement of the person holds. */
static void look_up_settled(cv_program *p, stl_case *c) {
    stl_keys serials = {.arena = c->arena};
    bind_text(p->settled, 1, c->stay->head.psn_no);
    while (sqlite3_step(p->settled) == SQLITE_ROW)
        stl_keys_number(&serials, text_of(p->settled, 0, c->arena));
    sqlite3_reset(p->settled);
    uint32_t *lines = stl_arena_alloc(c->arena, c->n_lines * sizeof *lines);
    for (size_t i = 0; i < c->n_lines && serials.count > 0; i++)
        if (stl_keys_find(&serials, stl_case_charge(c, i)->feedetl_sn) != STL_NO_KEY)
            lines[c->n_settled_lines++] = (uint32_t)i;
    c->settled_lines = lines;
}

static stl_str first_of(stl_str given, stl_str otherwise) {
    return stl_str_empty(given) ? otherwise : given;
}

void cv_resolve(cv_program *p, const stl_stay *stay, stl_arena *arena, cv_result *out) {
    const stl_case_site *site = &p->setup.site;
    size_t n = stl_stay_n_charges(stay);
    out->c =
        (stl_case){.stay = stay,
                   .region = p->setup.region,
                   .mapping = p->setup.mapping,
                   .arena = arena,
                   .lang = SETTLE_LANG_ZH,
                   .medins_lv = first_of(stay->head.medins_lv, site->medins_lv),
                   .hosp_lv = first_of(stay->head.hosp_lv, site->hosp_lv),
                   .mdtrtarea_admvs = first_of(stay->head.mdtrtarea_admvs, site->mdtrtarea_admvs),
                   .lines = stl_arena_alloc(arena, n * sizeof(stl_line)),
                   .n_lines = n,
                   .settled_known = true};
    out->lines = stl_arena_alloc(arena, n * sizeof *out->lines);
    stl_keys items = {.arena = arena}, codes = {.arena = arena};
    for (size_t i = 0; i < n; i++) {
        resolve(p, &out->c, i, &items, &codes, &out->lines[i]);
        if (out->c.lines[i].code_no != STL_NO_KEY)
            look_up_rules(p, out, &out->c.lines[i]);
    }
    out->c.n_items = (uint32_t)items.count;
    out->c.n_codes = (uint32_t)codes.count;
    look_up_settled(p, &out->c);
    stl_error err = {0};
    bench_must(stl_case_net_refunds(&out->c, &err), &err);
    bench_must(stl_case_order(&out->c, &err), &err);
}
