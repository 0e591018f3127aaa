/* SPDX-License-Identifier: Apache-2.0 */
#ifndef STL_RULES_GROUP_H
#define STL_RULES_GROUP_H

#include "rules/rules.h"

/* Gives each finding the id of the one that leads its group: the same lines, broken by the same
 * cause. No finding is hidden. */
settle_status stl_rules_group(const stl_case *c, stl_verdict *verdict,
                              stl_error *err) STL_MUST_CHECK;

#endif
