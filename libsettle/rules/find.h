/* SPDX-License-Identifier: Apache-2.0 */
#ifndef STL_RULES_FIND_H
#define STL_RULES_FIND_H

#include "rules/rules.h"

/* Orders the findings from `first` on, all of one rule id, and joins those over the same lines. */
settle_status stl_rules_order(const stl_case *c, stl_verdict *out, size_t first,
                              stl_error *err) STL_MUST_CHECK;

/* Orders the gaps from `first` on, all of one rule id, by their texts. */
void stl_rules_order_gaps(stl_verdict *out, size_t first);

#endif
