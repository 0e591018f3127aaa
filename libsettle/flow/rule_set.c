/* SPDX-License-Identifier: Apache-2.0 */
#include "flow/rule_set.h"

#include "flow/base_data.h"
#include "flow/judge.h"
#include "flow/pack_rows.h"
#include "flow/result.h"
#include "flow/switches.h"
#include "pack/handle.h"

enum { LONG_LIST = 100 }; /* a list of more is told by number and digest */

typedef struct showing {
    const stl_pack *pack;
    const stl_region *region;
    stl_day day;
    int lang;
    stl_json *j;
} showing;

/* --- rules ----------------------------------------------------------------------------------- */

static void put_reads(const showing *s, const stl_rule *rule) {
    const char *at = rule->reads;
    stl_rule_read read;
    stl_json_key(s->j, "reads");
    stl_json_array(s->j);
    while (stl_rule_read_next(&at, &read)) {
        int64_t rows = stl_rule_read_rows(s->region, rule->id, &read);
        stl_json_object(s->j);
        stl_json_put_str(s->j, "file", read.file);
        stl_json_put_str(s->j, "item", read.item);
        stl_json_key(s->j, "rows");
        if (rows < 0)
            stl_json_null(s->j);
        else
            stl_json_int(s->j, rows);
        stl_json_put_bool(s->j, "optional", read.optional);
        stl_json_object_end(s->j);
    }
    stl_json_array_end(s->j);
}

static void put_rule(const showing *s, const stl_rule *rule) {
    stl_action action = stl_rules_action(s->region, rule);
    bool paid = strcmp(rule->id, STL_FLOW_RULE_ACC) != 0; /* nobody settles without a payment */
    bool switched = stl_rules_name(rule->id, SETTLE_LANG_EN) != NULL;
    stl_action lowest = switched ? stl_flow_site_lowest(s->region, stl_str_of(rule->id)) : action;
    stl_json_object(s->j);
    stl_json_put_text(s->j, "rule_id", rule->id);
    stl_json_put_text(s->j, "rule_name", rule->name[s->lang]);
    stl_json_put_text(s->j, "action", stl_action_name(action));
    stl_json_put_text(s->j, "default", stl_action_name(rule->action));
    stl_json_put_str(s->j, "sev_deg", (stl_str){(char[]){stl_action_sev_deg(action)}, 1});
    stl_json_put_text(s->j, "override",
                      paid ? stl_rules_override(s->region, rule->id, action, s->day) : "never");
    stl_json_put_text(s->j, "site_lowest", stl_action_name(lowest));
    put_reads(s, rule);
    stl_json_put_text(s->j, "basis", rule->basis);
    stl_json_put_text(s->j, "fix", rule->fix[s->lang]);
    stl_json_object_end(s->j);
}

static void put_rules(const showing *s, const stl_rule *const *rules) {
    for (size_t i = 0; rules[i] != NULL; i++) {
        put_rule(s, rules[i]);
        for (size_t k = 0; rules[i]->also != NULL && rules[i]->also[k] != NULL; k++)
            put_rule(s, rules[i]->also[k]);
    }
}

/* --- tables ---------------------------------------------------------------------------------- */

static settle_status put_digest(const showing *s, const stl_table_spec *spec,
                                const stl_index_table *table, stl_index_rows rows, stl_error *err) {
    char digest[STL_DIGEST_HEX];
    TRY(stl_pack_rows_digest(spec, table, rows, digest, err));
    stl_json_put_int(s->j, "rows", (int64_t)rows.count);
    stl_json_put_text(s->j, "sha256", digest);
    return SETTLE_OK;
}

static settle_status put_tables(const showing *s, stl_error *err) {
    stl_json_key(s->j, "tables");
    stl_json_array(s->j);
    for (size_t t = 0; t < STL_T_COUNT; t++) {
        const stl_index_table *table = &s->region->tables[t];
        if (table->n_rows == 0)
            continue;
        stl_json_object(s->j);
        stl_json_put_text(s->j, "table", STL_TABLE_SPECS[t].name);
        stl_json_put_text(s->j, "file", STL_TABLE_SPECS[t].file);
        TRY(put_digest(s, &STL_TABLE_SPECS[t], table, (stl_index_rows){table->rows, table->n_rows},
                       err));
        stl_json_object_end(s->j);
    }
    stl_json_array_end(s->j);
    return SETTLE_OK;
}

static settle_status put_list(const showing *s, stl_str name, stl_index_rows rows, stl_error *err) {
    const stl_table_spec *spec = &STL_TABLE_SPECS[STL_T_LISTS];
    const stl_index_table *table = &s->region->tables[STL_T_LISTS];
    stl_json_object(s->j);
    stl_json_put_str(s->j, "list", name);
    TRY(put_digest(s, spec, table, rows, err));
    if (rows.count > LONG_LIST)
        rows.count = 0;
    stl_flow_put_rows(s->j, "items", spec, table, rows, STL_LIST_LIST + 1);
    stl_json_object_end(s->j);
    return SETTLE_OK;
}

static settle_status put_lists(const showing *s, stl_error *err) {
    const stl_index_table *table = &s->region->tables[STL_T_LISTS];
    stl_json_key(s->j, "lists");
    stl_json_array(s->j);
    for (size_t i = 0; i < table->n_rows;) {
        stl_str name = stl_index_text(table, table->rows[i * STL_LIST_COLS + STL_LIST_LIST]);
        stl_index_rows rows = stl_index_get(table, name);
        TRY(put_list(s, name, rows, err));
        i += rows.count > 0 ? rows.count : 1;
    }
    stl_json_array_end(s->j);
    return SETTLE_OK;
}

/* --- pathways -------------------------------------------------------------------------------- */

static void put_entry(const showing *s, stl_str pathway) {
    const stl_index_table *table = &s->region->tables[STL_T_PATHWAY_ENTRY];
    stl_flow_put_rows(s->j, "entry", &STL_TABLE_SPECS[STL_T_PATHWAY_ENTRY], table,
                      stl_index_get(table, pathway), STL_PWE_CRITERION);
}

/* The examinations of a need, each once. */
static void put_exams(const showing *s, stl_str pathway, const char *need) {
    const stl_index_table *table = &s->region->tables[STL_T_PATHWAY_EXAM];
    stl_index_rows rows = stl_index_get(table, pathway);
    stl_str last = STL_STR("");
    stl_json_key(s->j, need);
    stl_json_array(s->j);
    for (size_t i = 0; i < rows.count; i++) {
        const int64_t *row = rows.rows + i * STL_PWX_COLS;
        stl_str exam = stl_index_text(table, row[STL_PWX_EXAM]);
        if (stl_str_is(stl_index_text(table, row[STL_PWX_NEED]), need) && !stl_str_eq(exam, last))
            stl_json_str(s->j, stl_index_text(table, row[STL_PWX_NAME]));
        last = exam;
    }
    stl_json_array_end(s->j);
}

static void put_drugs(const showing *s, stl_str pathway) {
    const stl_index_table *table = &s->region->tables[STL_T_PATHWAY_DRUG];
    stl_flow_put_rows(s->j, "drugs", &STL_TABLE_SPECS[STL_T_PATHWAY_DRUG], table,
                      stl_index_get(table, pathway), STL_PWD_DRUG);
}

static void put_pathways(const showing *s) {
    const stl_table_spec *spec = &STL_TABLE_SPECS[STL_T_PATHWAYS];
    const stl_index_table *table = &s->region->tables[STL_T_PATHWAYS];
    stl_json_key(s->j, "pathways");
    stl_json_array(s->j);
    for (size_t i = 0; i < table->n_rows; i++) {
        const int64_t *row = table->rows + i * STL_PW_COLS;
        stl_str id = stl_index_text(table, row[STL_PW_ID]);
        stl_json_object(s->j);
        stl_json_key(s->j, "pathway");
        stl_flow_put_row(s->j, spec, table, row, 0);
        put_entry(s, id);
        put_exams(s, id, "required");
        put_exams(s, id, "optional");
        put_drugs(s, id);
        stl_json_object_end(s->j);
    }
    stl_json_array_end(s->j);
}

/* --- all ------------------------------------------------------------------------------------- */

static void put_head(const showing *s) {
    stl_json_key(s->j, "pack");
    stl_json_object(s->j);
    stl_json_put_text(s->j, "id", s->region->id);
    stl_json_put_text(s->j, "version", s->region->version);
    stl_json_put_text(s->j, "digest", s->region->digest);
    stl_json_object_end(s->j);
    stl_flow_put_day(s->j, "at", s->day);
}

settle_status stl_flow_rule_set(const stl_session *session, const char *path, stl_day day,
                                char **out_json, stl_error *err) {
    SCOPED_PACK *pack = NULL;
    TRY(stl_pack_open(path, &pack, err));
    SCOPED_BUF buf = {0};
    stl_json j = {.out = &buf};
    const showing s = {.pack = pack,
                       .region = stl_pack_region(pack),
                       .day = day,
                       .lang = session->lang == SETTLE_LANG_EN,
                       .j = &j};
    stl_json_object(&j);
    put_head(&s);
    stl_json_key(&j, "rules");
    stl_json_array(&j);
    put_rules(&s, STL_RULES);
    put_rules(&s, STL_PAYMENT_RULES);
    put_rules(&s, STL_FLOW_RULES);
    stl_json_array_end(&j);
    stl_flow_put_base_data(&j, s.region, day, session->lang);
    TRY(stl_flow_put_table(&j, "parameters", pack, STL_T_PARAMETERS, err));
    TRY(put_lists(&s, err));
    TRY(put_tables(&s, err));
    put_pathways(&s);
    TRY(stl_flow_put_table(&j, "policies", pack, STL_M_POLICY, err));
    TRY(stl_flow_put_table(&j, "policy_params", pack, STL_M_PARAM, err));
    stl_json_object_end(&j);
    return stl_flow_take_json(&buf, out_json, err);
}
