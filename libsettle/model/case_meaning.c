/* SPDX-License-Identifier: Apache-2.0 */
#include "model/case_parts.h"

stl_resolver stl_case_resolver(const stl_case *c) {
    return (stl_resolver){.c = c, .items = {.arena = c->arena}, .codes = {.arena = c->arena}};
}

/* Rows that send a charge to the same code with the same figures are one. */
static bool same_mapping(const int64_t *a, const int64_t *b) {
    for (size_t i = 0; i < STL_MAPPING_DECIDE; i++)
        if (a[STL_MAPPING_DECIDING[i]] != b[STL_MAPPING_DECIDING[i]])
            return false;
    return true;
}

static bool is_active(const stl_index_table *table, const int64_t *row) {
    return stl_str_eq(stl_index_text(table, row[STL_MAP_STATUS]), STL_STR("active"));
}

static const int64_t *later_of(const int64_t *a, const int64_t *b) {
    return a == NULL || b[STL_MAP_BEGIN] > a[STL_MAP_BEGIN] ? b : a;
}

static void map_item(const stl_mapping *mapping, stl_meaning *m, stl_str item_key, stl_day day) {
    const stl_index_table *table = &mapping->rows;
    stl_index_rows found = stl_index_get(table, item_key);
    const int64_t *active = NULL, *refused = NULL;
    bool ambiguous = false;
    for (size_t i = 0; i < found.count; i++) {
        const int64_t *row = found.rows + i * table->n_cols;
        stl_span_narrow(&m->span, row[STL_MAP_BEGIN], row[STL_MAP_END], day);
        if (!stl_row_in_force(row, STL_MAP_BEGIN, STL_MAP_END, day))
            continue;
        if (!is_active(table, row)) {
            refused = later_of(refused, row);
            continue;
        }
        ambiguous = ambiguous || (active != NULL && !same_mapping(active, row));
        active = later_of(active, row);
    }
    m->line.map = ambiguous ? NULL : active != NULL ? active : refused;
    m->line.map_state = ambiguous          ? STL_MAP_AMBIGUOUS
                        : active != NULL   ? STL_MAPPED
                        : refused != NULL  ? STL_MAP_REFUSED
                        : found.count == 0 ? STL_MAP_MISSING
                                           : STL_MAP_EXPIRED;
}

static bool read_catalogue(stl_resolver *r, stl_meaning *m, stl_day day) {
    const stl_region *region = r->c->region;
    const stl_index_table *catalogue = &region->tables[STL_T_CATALOGUE];
    stl_line *line = &m->line;
    line->med_list_codg = stl_index_text(&r->c->mapping->rows, line->map[STL_MAP_CODE]);
    if (stl_str_empty(line->med_list_codg))
        return true;
    line->cat = stl_region_row_within(catalogue, line->med_list_codg, STL_CAT_BEGIN, STL_CAT_END,
                                      day, &m->span);
    line->cat_known = line->cat != NULL || stl_index_get(catalogue, line->med_list_codg).count > 0;
    line->excluded = stl_region_row_within(&region->tables[STL_T_EXCLUSIONS], line->med_list_codg,
                                           STL_EXC_BEGIN, STL_EXC_END, day, &m->span) != NULL;
    line->code_no = stl_keys_number(&r->codes, line->med_list_codg);
    return line->code_no != STL_NO_KEY;
}

static void read_factor(stl_line *line) {
    int64_t num = line->map[STL_MAP_NUM], den = line->map[STL_MAP_DEN];
    if (num <= 0 || den <= 0)
        return;
    line->factor_num = num;
    line->factor_den = den;
    line->national_cnt = 0;
}

typedef struct cap_rank {
    int level;       /* 0 every level, 1 the hospital's, 2 its special grade */
    size_t area_len; /* of the division it is restricted to */
    stl_day begin;
} cap_rank;

static bool outranks(cap_rank a, cap_rank b) {
    if (a.level != b.level)
        return a.level > b.level;
    if (a.area_len != b.area_len)
        return a.area_len > b.area_len;
    return a.begin > b.begin;
}

/* -1: the row is not for this hospital. */
static int level_rank(const stl_case *c, stl_str level) {
    if (stl_str_empty(level))
        return 0;
    if (c->special_lv && level.len == c->medins_lv.len + 1 && level.ptr[level.len - 1] == '+' &&
        stl_str_starts(level, c->medins_lv))
        return 2;
    return stl_str_eq(level, c->medins_lv) ? 1 : -1;
}

/* By level, then by the narrowest area, then by the latest begin. */
static const int64_t *best_cap(const stl_case *c, stl_index_rows found, stl_day day,
                               stl_span *span) {
    const stl_index_table *caps = &c->region->tables[STL_T_CAPS];
    const int64_t *cap = NULL;
    cap_rank best = {0};
    for (size_t i = 0; i < found.count; i++) {
        const int64_t *row = found.rows + i * caps->n_cols;
        int level = level_rank(c, stl_index_text(caps, row[STL_CAP_LV]));
        stl_str area = stl_index_text(caps, row[STL_CAP_ADMDVS]);
        if (level < 0 || !stl_str_starts(c->mdtrtarea_admvs, area))
            continue;
        stl_span_narrow(span, row[STL_CAP_BEGIN], row[STL_CAP_END], day);
        if (!stl_row_in_force(row, STL_CAP_BEGIN, STL_CAP_END, day))
            continue;
        cap_rank rank = {level, area.len, row[STL_CAP_BEGIN]};
        if (cap == NULL || outranks(rank, best)) {
            cap = row;
            best = rank;
        }
    }
    return cap;
}

static void find_cap(const stl_case *c, stl_meaning *m, stl_str price_code, stl_day day) {
    stl_index_rows found = stl_index_get(&c->region->tables[STL_T_CAPS], price_code);
    m->line.cap_listed = found.count > 0;
    m->line.cap = best_cap(c, found, day, &m->span);
}

const int64_t *stl_case_cap(const stl_case *c, stl_str price_code, stl_day day) {
    stl_span span = STL_SPAN_ALWAYS;
    return best_cap(c, stl_index_get(&c->region->tables[STL_T_CAPS], price_code), day, &span);
}

static bool work_out(stl_resolver *r, stl_meaning *m, stl_str item_key, stl_day day) {
    const stl_case *c = r->c;
    m->span = STL_SPAN_ALWAYS;
    m->line = (stl_line){.item_key = item_key,
                         .med_list_codg = STL_STR(""),
                         .code_no = STL_NO_KEY,
                         .factor_num = 1,
                         .factor_den = 1,
                         .national_cnt = STL_NONE,
                         .refund_of = -1};
    stl_index_rows items = stl_index_get(&c->mapping->items, item_key);
    if (items.count > 0) {
        m->line.item = items.rows;
        stl_str price_code = stl_index_text(&c->mapping->items, items.rows[STL_ITEM_PRICE_CODE]);
        if (!stl_str_empty(price_code))
            find_cap(c, m, price_code, day);
    }
    map_item(c->mapping, m, item_key, day);
    if (m->line.map_state != STL_MAPPED)
        return true;
    read_factor(&m->line);
    return read_catalogue(r, m, day);
}

static bool covers(const stl_meaning *m, stl_day day) {
    return m->span.first <= day && day <= m->span.last;
}

static bool room_for_item(stl_resolver *r, uint32_t item_no) {
    if (item_no < r->n_latest)
        return true;
    void *items = r->latest;
    bool room = stl_arena_push(r->c->arena, &items, &r->n_latest, &r->cap_latest,
                               sizeof *r->latest) != NULL;
    r->latest = items;
    return room;
}

const stl_meaning *stl_case_meaning(stl_resolver *r, stl_str item_key, stl_day day) {
    uint32_t item_no = stl_keys_number(&r->items, item_key);
    if (item_no == STL_NO_KEY || !room_for_item(r, item_no))
        return NULL;
    for (const stl_meaning *m = r->latest[item_no]; m != NULL; m = m->older)
        if (covers(m, day))
            return m;
    stl_meaning *fresh = stl_arena_alloc(r->c->arena, sizeof *fresh);
    if (fresh == NULL || !work_out(r, fresh, item_key, day))
        return NULL;
    fresh->line.item_no = item_no;
    fresh->older = r->latest[item_no];
    r->latest[item_no] = fresh;
    return fresh;
}
