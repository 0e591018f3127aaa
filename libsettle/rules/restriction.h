/* SPDX-License-Identifier: Apache-2.0 */
/* Tables of restrictions: an item, a value that a stay meets or not, and the library's text. */
#ifndef STL_RULES_RESTRICTION_H
#define STL_RULES_RESTRICTION_H

#include "rules/support.h"

typedef enum stl_restriction_answer {
    STL_RESTRICTION_MET,
    STL_RESTRICTION_BROKEN,
    STL_RESTRICTION_UNKNOWN,
} stl_restriction_answer;

typedef struct stl_restriction {
    const stl_rule *rule;
    stl_table_id table;
    stl_line_test *concerns; /* lines that it is about */
    stl_restriction_answer (*judge)(const stl_case *c, stl_str value);
    /* The restriction beside what the stay is, as a clause; NULL: no memory. */
    const char *(*explain)(const stl_case *c, stl_str value);
    const char *(*missing)(const stl_case *c); /* where UNKNOWN */
} stl_restriction;

/* One finding for each catalogue code and row of the table. */
settle_status stl_restriction_run(const stl_restriction *r, const stl_case *c, stl_verdict *out,
                                  stl_error *err) STL_MUST_CHECK;

#endif
