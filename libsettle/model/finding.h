/* SPDX-License-Identifier: Apache-2.0 */
/* A broken rule (national 3102 shape), and a rule that could not be judged. */
#ifndef STL_MODEL_FINDING_H
#define STL_MODEL_FINDING_H

#include "base/date.h"
#include "base/mem.h"

/* A shadow finding is counted and not shown: a rule being tried out. */
typedef enum stl_action { STL_SHADOW = -1, STL_HINT, STL_WARN, STL_HOLD, STL_BLOCK } stl_action;
const char *stl_action_name(stl_action action); /* "shadow" "hint" ... */
bool stl_action_parse(stl_str text, stl_action *out);

/* Who lets a finding pass, and why. */
typedef struct stl_override {
    stl_str approval; /* number of the approval */
    stl_str by, role; /* who approved, as what */
    stl_str second;   /* the second person, "" none */
    stl_str reason;
    stl_instant at;
} stl_override;

typedef struct stl_finding {
    char finding_id[17]; /* 16 hex digits */
    const char *rule_id;
    stl_str gz_code; /* "" where none exists */
    stl_str rule_name;
    stl_action action;
    stl_money vola_amt;
    const uint32_t *lines; /* indexes of the charges to be corrected, ascending */
    size_t n_lines;
    const uint32_t *involved; /* the others, ascending */
    size_t n_involved;
    stl_str evidence; /* the numbers compared, in the language of the case */
    stl_str basis;    /* library record, pack row and version, atlas ID */
    stl_str fix;
    bool overridden;
    stl_override override; /* where overridden */
    char group[17];        /* finding_id of the one that leads those of one root cause */
} stl_finding;

typedef struct stl_not_evaluated {
    const char *rule_id;
    stl_str missing;
    size_t lines; /* how many lines it concerns, 0 the whole stay */
} stl_not_evaluated;

typedef struct stl_shadow { /* what a rule being tried out would have found */
    const char *rule_id;
    stl_str rule_name;
    size_t count, lines;
    stl_money vola_amt;
} stl_shadow;

typedef struct stl_verdict {
    stl_arena *arena; /* borrowed */
    stl_finding *findings;
    size_t n_findings, cap_findings;
    stl_not_evaluated *gaps;
    size_t n_gaps, cap_gaps;
    stl_shadow *shadow;
    size_t n_shadow, cap_shadow;
} stl_verdict;

/* sev_deg of the national dictionary: '1' block and hold, '2' warn, '3' hint. */
char stl_action_sev_deg(stl_action action);

/* True when a finding that is not overridden blocks or holds. */
bool stl_verdict_stops(const stl_verdict *verdict);

/* The finding of that id; NULL: none. */
stl_finding *stl_verdict_find(const stl_verdict *verdict, stl_str finding_id);

/* One entry a rule and cause: repeated calls add up `lines`. */
settle_status stl_verdict_gap(stl_verdict *verdict, const char *rule_id, const char *missing,
                              size_t lines) STL_MUST_CHECK;

#endif
