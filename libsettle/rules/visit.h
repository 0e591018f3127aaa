/* SPDX-License-Identifier: Apache-2.0 */
/* What kind of visit a stay is, by its med_type (list "visit"). */
#ifndef STL_RULES_VISIT_H
#define STL_RULES_VISIT_H

#include "rules/support.h"

/* "inpatient", "emergency", "outpatient", "pharmacy", "internet"; "": the list does not say. */
stl_str stl_rules_visit(const stl_case *c);

/* The same in words. */
const char *stl_rules_visit_words(const stl_case *c, stl_str visit);

const char *stl_rules_visit_missing(const stl_case *c); /* of a gap */

#endif
