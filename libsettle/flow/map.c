/* SPDX-License-Identifier: Apache-2.0 */
#include "flow/map.h"

#include "flow/map_cut.h"
#include "flow/map_row.h"
#include "flow/result.h"
#include "rules/rules.h"

/* Rules that judge the mapping itself: class, factor against the day, missing, expired, ambiguous.
 */
static const char *const MAPPING_RULES[] = {"V1", "V2", "M1", "M2", "M3"};

settle_status stl_flow_day(const stl_session *session, const char *at, stl_day *out,
                           stl_error *err) {
    if (at != NULL && stl_day_parse(stl_str_of(at), out) != SETTLE_OK)
        return FAIL(err, SETTLE_E_INPUT_DATE, .field = "at", .value = at);
    if (at != NULL)
        return SETTLE_OK;
    stl_instant now;
    int64_t utc;
    TRY(stl_session_now(session, &now, &utc, err));
    *out = stl_instant_day(now);
    return SETTLE_OK;
}

static bool judges_mapping(const stl_finding *f) {
    for (size_t i = 0; i < sizeof MAPPING_RULES / sizeof MAPPING_RULES[0]; i++)
        if (strcmp(f->rule_id, MAPPING_RULES[i]) == 0)
            return true;
    return false;
}

void stl_flow_put_map_problem(stl_json *j, const stl_case *c, const stl_finding *f) {
    stl_json_object(j);
    stl_json_put_text(j, "rule_id", f->rule_id);
    stl_json_put_str(j, "rule_name", f->rule_name);
    stl_json_put_text(j, "pack", c->region->id);
    stl_json_put_str(j, "medins_list_codg", stl_case_charge(c, 0)->medins_list_codg);
    stl_json_put_str(j, "med_list_codg", c->lines[0].med_list_codg);
    stl_json_put_str(j, "evidence", f->evidence);
    stl_json_put_str(j, "fix", f->fix);
    stl_json_put_text(j, "pack_version", c->region->version);
    stl_json_object_end(j);
}

settle_status stl_flow_map_judge(const stl_session *session, const stl_stay *stay,
                                 const stl_pack *pack, stl_arena *arena, stl_case *c,
                                 stl_verdict *out, stl_error *err) {
    const stl_site *site = session->site;
    TRY(stl_case_build(stay, stl_pack_region(pack), stl_mapping_of(site->mapping),
                       stl_site_defaults(site), session->lang, arena, c, err));
    *out = (stl_verdict){.arena = arena};
    TRY(stl_rules_run(c, out, err));
    size_t kept = 0;
    for (size_t i = 0; i < out->n_findings; i++)
        if (judges_mapping(&out->findings[i]))
            out->findings[kept++] = out->findings[i];
    out->n_findings = kept;
    return SETTLE_OK;
}

/* --- every item ------------------------------------------------------------------------------ */

typedef struct items {
    stl_day at;
    stl_map_item_fn each;
    void *user;
} items;

/* A stay of one charge: items of one code must not be added up, as charges of one day would be. */
static settle_status one_charge(const items *k, stl_str item, stl_str name, stl_stay **out,
                                stl_error *err) {
    stl_stay *stay = stl_stay_new();
    TRY_ALLOC(err, stay);
    *out = stay;
    stl_charge *charge = stl_stay_add(stay, STL_R_CHARGE);
    TRY_ALLOC(err, charge);
    stay->head.mdtrt_id = STL_STR("map");
    stay->head.begntime = k->at * STL_DAY_SECONDS;
    stay->head.endtime = (k->at + 1) * STL_DAY_SECONDS - 1;
    charge->feedetl_sn = STL_STR("1");
    charge->medins_list_codg = item;
    charge->medins_list_name = name;
    charge->fee_ocur_time = k->at * STL_DAY_SECONDS + STL_DAY_SECONDS / 2;
    charge->cnt = STL_QTY_ONE;
    charge->pric = 0;
    charge->det_item_fee_sumamt = 0;
    return SETTLE_OK;
}

static settle_status one_item(const items *k, stl_str item, stl_str name, stl_error *err) {
    SCOPED_STAY *stay = NULL;
    TRY(one_charge(k, item, name, &stay, err));
    return k->each(k->user, stay, err);
}

/* Every key of the table, whose rows of one key are adjacent; keys that `known` has are left out.
 */
static settle_status each_key(const items *k, const stl_index_table *table, size_t name_col,
                              const stl_index_table *known, stl_error *err) {
    stl_str last = {0};
    for (size_t i = 0; i < table->n_rows; i++) {
        const int64_t *row = table->rows + i * table->n_cols;
        stl_str key = stl_index_text(table, row[0]);
        if (i > 0 && stl_str_eq(key, last))
            continue;
        last = key;
        if (known == NULL || stl_index_get(known, key).count == 0)
            TRY(one_item(k, key, stl_index_text(table, row[name_col]), err));
    }
    return SETTLE_OK;
}

settle_status stl_flow_map_each(const stl_site *site, stl_day at, stl_map_item_fn each, void *user,
                                stl_error *err) {
    const stl_mapping *mapping = stl_mapping_of(site->mapping);
    items k = {at, each, user};
    TRY(each_key(&k, &mapping->items, STL_ITEM_NAME, NULL, err));
    return each_key(&k, &mapping->rows, STL_MAP_ITEM_NAME, &mapping->items, err);
}

/* --- check ----------------------------------------------------------------------------------- */

typedef struct checking {
    const stl_session *session;
    stl_day at;
    stl_json *j;
    uint32_t items, problems;
} checking;

static settle_status check_by(checking *k, const stl_stay *stay, const stl_pack *pack,
                              stl_error *err) {
    SCOPED_ARENA *arena = stl_arena_new();
    TRY_ALLOC(err, arena);
    stl_case c;
    stl_verdict verdict;
    TRY(stl_flow_map_judge(k->session, stay, pack, arena, &c, &verdict, err));
    for (size_t i = 0; i < verdict.n_findings; i++)
        stl_flow_put_map_problem(k->j, &c, &verdict.findings[i]);
    k->problems += (uint32_t)verdict.n_findings;
    return SETTLE_OK;
}

static settle_status check_item(void *user, const stl_stay *stay, stl_error *err) {
    checking *k = user;
    const stl_site *site = k->session->site;
    k->items++;
    for (size_t i = 0; i < site->n_packs; i++)
        if (stl_pack_in_force(site->packs[i], k->at))
            TRY(check_by(k, stay, site->packs[i], err));
    return SETTLE_OK;
}

settle_status stl_flow_need_pack(const stl_site *site, stl_day at, stl_error *err) {
    for (size_t i = 0; i < site->n_packs; i++)
        if (stl_pack_in_force(site->packs[i], at))
            return SETTLE_OK;
    char text[STL_DATE_TEXT_MAX];
    stl_day_format(at, text);
    return FAIL(err, SETTLE_E_PACK_EXPIRED, .field = "at", .value = text);
}

settle_status stl_flow_map_check(stl_session *session, stl_day at, uint32_t *out_problems,
                                 char **out_json, stl_error *err) {
    TRY(stl_session_need_site(session, err));
    TRY(stl_flow_need_pack(session->site, at, err));
    SCOPED_BUF buf = {0};
    stl_json j = {.out = &buf};
    checking k = {.session = session, .at = at, .j = &j};
    stl_json_object(&j);
    stl_flow_put_day(&j, "at", at);
    stl_json_key(&j, "problems");
    stl_json_array(&j);
    TRY(stl_flow_map_each(session->site, at, check_item, &k, err));
    stl_json_array_end(&j);
    stl_json_put_int(&j, "items", k.items);
    TRY(stl_flow_map_cut(session, at, &j, &k.problems, err));
    stl_json_object_end(&j);
    *out_problems = k.problems;
    return stl_flow_take_json(&buf, out_json, err);
}

static void put_mapping_row(stl_json *j, const stl_map_row *row) {
    stl_json_object(j);
    for (size_t i = 0; i < STL_MAPPING_TABLE.n_columns; i++)
        stl_json_put_str(j, STL_MAPPING_TABLE.columns[i].csv, row->cells[i]);
    stl_json_object_end(j);
}

settle_status stl_flow_map_list(stl_session *session, stl_day at, char **out_json, stl_error *err) {
    TRY(stl_session_need_site(session, err));
    const stl_index_table *table = &stl_mapping_of(session->site->mapping)->rows;
    SCOPED_ARENA *arena = stl_arena_new();
    TRY_ALLOC(err, arena);
    SCOPED_BUF buf = {0};
    stl_json j = {.out = &buf};
    stl_json_object(&j);
    stl_flow_put_day(&j, "at", at);
    stl_json_key(&j, "rows");
    stl_json_array(&j);
    for (size_t i = 0; i < table->n_rows; i++) {
        const int64_t *row = table->rows + i * table->n_cols;
        if (!stl_row_in_force(row, STL_MAP_BEGIN, STL_MAP_END, at))
            continue;
        stl_map_row cells;
        TRY(stl_map_row_of(table, row, arena, &cells, err));
        put_mapping_row(&j, &cells);
    }
    stl_json_array_end(&j);
    stl_json_object_end(&j);
    return stl_flow_take_json(&buf, out_json, err);
}
