/* SPDX-License-Identifier: Apache-2.0 */
#include "flow/base_data.h"

#include "flow/judge.h"

#include <string.h>

bool stl_rule_read_next(const char **at, stl_rule_read *out) {
    if (*at == NULL || **at == '\0')
        return false;
    const char *end = strstr(*at, ", ");
    stl_str word = {*at, end == NULL ? strlen(*at) : (size_t)(end - *at)};
    *at = end == NULL ? word.ptr + word.len : end + 2;
    *out = (stl_rule_read){.optional = word.ptr[word.len - 1] == '?'};
    word.len -= out->optional;
    const char *blank = memchr(word.ptr, ' ', word.len);
    size_t file = blank == NULL ? word.len : (size_t)(blank - word.ptr);
    out->file = (stl_str){word.ptr, file};
    out->item = blank == NULL ? STL_STR("") : (stl_str){blank + 1, word.len - file - 1};
    return true;
}

static int64_t parameter_rows(const stl_index_table *table, const char *rule_id, stl_str name) {
    stl_index_rows rows = stl_index_get(table, stl_str_of(rule_id));
    int64_t n = 0;
    for (size_t i = 0; i < rows.count; i++)
        n += stl_str_eq(stl_index_text(table, rows.rows[i * STL_PAR_COLS + STL_PAR_NAME]), name);
    return n;
}

int64_t stl_rule_read_rows(const stl_region *region, const char *rule_id,
                           const stl_rule_read *read) {
    size_t t = 0;
    while (t < STL_T_COUNT && !stl_str_is(read->file, STL_TABLE_SPECS[t].file))
        t++;
    if (t == STL_T_COUNT)
        return -1;
    const stl_index_table *table = &region->tables[t];
    if (stl_str_empty(read->item))
        return (int64_t)table->n_rows;
    return t == STL_T_PARAMETERS ? parameter_rows(table, rule_id, read->item)
                                 : (int64_t)stl_index_get(table, read->item).count;
}

stl_str stl_flow_stale(const stl_region *region, const char *rule_id, stl_day day) {
    stl_day until;
    stl_str text = stl_region_parameter(region, rule_id, "stale_after", day);
    bool fresh = stl_day_parse(text, &until) == SETTLE_OK && day <= until;
    return fresh ? STL_STR("") : text;
}

static void put(stl_json *j, const stl_rule *rule, const char *state, stl_str file, stl_str item,
                stl_str since, int32_t lang) {
    stl_json_object(j);
    stl_json_put_text(j, "rule_id", rule->id);
    stl_json_put_text(j, "rule_name", rule->name[lang == SETTLE_LANG_EN]);
    stl_json_put_text(j, "state", state);
    stl_json_put_str(j, "file", file);
    stl_json_put_str(j, "item", item);
    stl_json_put_str(j, "stale_after", since);
    stl_json_object_end(j);
}

static void put_all(stl_json *j, const stl_rule *const *rules, const stl_region *region,
                    stl_day day, int32_t lang) {
    for (size_t i = 0; rules[i] != NULL; i++) {
        const char *at = rules[i]->reads;
        bool first = i == 0 || strcmp(rules[i]->id, rules[i - 1]->id) != 0;
        stl_rule_read read;
        while (stl_rule_read_next(&at, &read))
            if (!read.optional && stl_rule_read_rows(region, rules[i]->id, &read) == 0)
                put(j, rules[i], "missing", read.file, read.item, STL_STR(""), lang);
        stl_str since = first ? stl_flow_stale(region, rules[i]->id, day) : STL_STR("");
        if (!stl_str_empty(since))
            put(j, rules[i], "stale", STL_STR(""), STL_STR(""), since, lang);
    }
}

static const stl_rule POLICY_DATA = {
    .id = STL_FLOW_RULE_ACC,
    .name = {"支付政策所用名单或标准", "a list or standard of the payment policy"},
};

static void put_unless_rows(stl_json *j, const stl_region *region, stl_table_id table, stl_str item,
                            int32_t lang) {
    if (stl_index_get(&region->tables[table], item).count == 0)
        put(j, &POLICY_DATA, "missing", stl_str_of(STL_TABLE_SPECS[table].file), item, STL_STR(""),
            lang);
}

/* A row of the policy that names what the pack does not hold can never apply. */
static void put_policy(stl_json *j, const stl_region *region, int32_t lang) {
    const stl_policy *policy = region->policy;
    if (policy == NULL)
        return;
    for (size_t i = 0; i < policy->n_items; i++)
        put_unless_rows(j, region, STL_T_LISTS, policy->items[i].list, lang);
    for (size_t i = 0; i < policy->n_methods; i++)
        put_unless_rows(j, region, STL_T_STANDARDS, policy->methods[i].id, lang);
}

void stl_flow_put_base_data(stl_json *j, const stl_region *region, stl_day day, int32_t lang) {
    stl_json_key(j, "base_data");
    stl_json_array(j);
    put_all(j, STL_RULES, region, day, lang);
    put_all(j, STL_PAYMENT_RULES, region, day, lang);
    put_policy(j, region, lang);
    stl_json_array_end(j);
}
