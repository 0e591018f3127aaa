/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/lists.h"

#include "base/words.h"

const int64_t *stl_rules_listed(const stl_case *c, const char *list, stl_str item, stl_day day) {
    return stl_region_listed(c->region, stl_str_of(list), item, day);
}

bool stl_rules_ever_listed(const stl_case *c, const char *list, stl_str item) {
    const stl_index_table *table = stl_rules_table(c, STL_T_LISTS);
    stl_index_rows rows = stl_index_get(table, stl_str_of(list));
    for (size_t i = 0; i < rows.count; i++)
        if (stl_words_fit(stl_index_text(table, rows.rows[i * STL_LIST_COLS + STL_LIST_ITEM]),
                          item))
            return true;
    return false;
}

const char *stl_rules_list_basis(const stl_case *c, const char *list, const int64_t *row) {
    const stl_index_table *table = stl_rules_table(c, STL_T_LISTS);
    return stl_rules_text(c, "rules/lists.csv %s %.*s %.*s", list,
                          STL_ARG(stl_rules_cell(table, row, STL_LIST_ITEM)),
                          STL_ARG(stl_rules_cell(table, row, STL_LIST_SOURCE)));
}

bool stl_rules_has_list(const stl_case *c, const char *list) {
    return stl_index_get(stl_rules_table(c, STL_T_LISTS), stl_str_of(list)).count > 0;
}

stl_str stl_rules_parameter_text(const stl_case *c, const char *rule_id, const char *name,
                                 stl_day day) {
    return stl_region_parameter(c->region, rule_id, name, day);
}

bool stl_rules_parameter(const stl_case *c, const char *rule_id, const char *name, stl_day day,
                         int scale, int64_t *out) {
    stl_str text = stl_rules_parameter_text(c, rule_id, name, day);
    return !stl_str_empty(text) && stl_decimal_parse(text, scale, out) == SETTLE_OK;
}
