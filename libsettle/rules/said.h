/* SPDX-License-Identifier: Apache-2.0 */
/* What rules say of some charges, kept apart from the memory in which it was worked out. */
#ifndef STL_RULES_SAID_H
#define STL_RULES_SAID_H

#include "rules/rules.h"

/* By rule: its place in STL_RULES; a gap is that of the first rule of its id. */
typedef struct stl_said_findings {
    size_t n;
    stl_finding *at;
    uint16_t *rules;
} stl_said_findings; /* one block of memory, with all that it points to */

typedef struct stl_said_gaps {
    size_t n;
    stl_not_evaluated *at;
    uint16_t *rules;
} stl_said_gaps;

typedef struct stl_said {
    stl_said_findings *findings; /* NULL: none */
    stl_said_gaps *gaps;
} stl_said;

void stl_said_free(stl_said *said);

/* Frees `before`; without `renewed` the findings of both are the same, and those of `before` stay:
 * whoever points to them may go on. */
void stl_said_keep(stl_said *said, stl_said *before, bool renewed);

/* Rules by place. */
typedef struct stl_rule_set {
    const size_t *at;
    size_t n;
} stl_rule_set;

/* Runs rules over a case (a part, or the whole) and keeps what they say. `lines`: index in the
 * whole of each line of the case; NULL: it is the whole. */
settle_status stl_said_of(const stl_case *c, stl_rule_set rules, const uint32_t *lines,
                          stl_said *out, stl_error *err) STL_MUST_CHECK;

/* The same findings, to the last text. */
bool stl_said_same_findings(const stl_said *a, const stl_said *b);

/* The place of the first rule of the id of a rule. */
size_t stl_said_first(size_t rule);

#endif
