/* SPDX-License-Identifier: Apache-2.0 */
/* Lists (rules/lists.csv) and parameters (rules/parameters.csv) that the pack gives the checks. */
#ifndef STL_RULES_LISTS_H
#define STL_RULES_LISTS_H

#include "rules/support.h"

/* The row of `list` in force on the day to which `item` belongs, by equal text or the longest
 * prefix that ends in '*'; NULL: none. The value is STL_LIST_VALUE of the row. */
const int64_t *stl_rules_listed(const stl_case *c, const char *list, stl_str item, stl_day day);

/* On whatever day. */
bool stl_rules_ever_listed(const stl_case *c, const char *list, stl_str item);

/* Such a row as the basis of a finding: list, item and source. NULL: out of memory. */
const char *stl_rules_list_basis(const stl_case *c, const char *list, const int64_t *row);

/* The list has rows: without any, a check that needs it is not evaluated. */
bool stl_rules_has_list(const stl_case *c, const char *list);

/* The text of a rule's parameter on a day; "": the pack does not give it. */
stl_str stl_rules_parameter_text(const stl_case *c, const char *rule_id, const char *name,
                                 stl_day day);

/* The value of a rule's parameter on a day; false: the pack does not give it, or it is no such
 * number. Scale 0: a whole number. */
bool stl_rules_parameter(const stl_case *c, const char *rule_id, const char *name, stl_day day,
                         int scale, int64_t *out);

#endif
