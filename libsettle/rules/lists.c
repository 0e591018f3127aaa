/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/lists.h"

/* How well `item` fits: 0 not, else the more the longer the text that agrees; equal beats prefix.
 */
static size_t fit(stl_str pattern, stl_str item) {
    if (stl_str_empty(pattern))
        return 0;
    stl_str prefix = {pattern.ptr, pattern.len - 1};
    if (pattern.ptr[prefix.len] == '*')
        return stl_str_starts(item, prefix) ? 2 * prefix.len + 1 : 0;
    return stl_str_eq(pattern, item) ? 2 * pattern.len + 2 : 0;
}

const int64_t *stl_rules_listed(const stl_case *c, const char *list, stl_str item, stl_day day) {
    const stl_index_table *table = stl_rules_table(c, STL_T_LISTS);
    stl_index_rows rows = stl_index_get(table, stl_str_of(list));
    const int64_t *best = NULL;
    size_t best_fit = 0;
    for (size_t i = 0; i < rows.count; i++) {
        const int64_t *row = rows.rows + i * STL_LIST_COLS;
        size_t fits = fit(stl_index_text(table, row[STL_LIST_ITEM]), item);
        if (fits > best_fit && stl_row_in_force(row, STL_LIST_BEGIN, STL_LIST_END, day)) {
            best = row;
            best_fit = fits;
        }
    }
    return best;
}

bool stl_rules_ever_listed(const stl_case *c, const char *list, stl_str item) {
    const stl_index_table *table = stl_rules_table(c, STL_T_LISTS);
    stl_index_rows rows = stl_index_get(table, stl_str_of(list));
    for (size_t i = 0; i < rows.count; i++)
        if (fit(stl_index_text(table, rows.rows[i * STL_LIST_COLS + STL_LIST_ITEM]), item) > 0)
            return true;
    return false;
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
