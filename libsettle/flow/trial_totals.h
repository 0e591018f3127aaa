/* SPDX-License-Identifier: Apache-2.0 */
/* What another pack changes over all stays, rule by rule. */
#ifndef STL_FLOW_TRIAL_TOTALS_H
#define STL_FLOW_TRIAL_TOTALS_H

#include "base/json.h"
#include "model/finding.h"
#include "model/settlement.h"

typedef struct stl_trial_rule {
    const char *rule_id;
    stl_str rule_name;
    int64_t appear, vanish, change;
    stl_money before, after; /* that hangs on its findings */
} stl_trial_rule;

typedef struct stl_trial_totals {
    stl_arena *arena;
    stl_trial_rule *rules; /* in the order in which they were met */
    size_t n, cap;
} stl_trial_totals;

/* The same finding, of other money or another action, is changed. */
bool stl_trial_same(const stl_finding *a, const stl_finding *b);
settle_status stl_trial_count(stl_trial_totals *t, const stl_verdict *before,
                              const stl_verdict *after, stl_error *err) STL_MUST_CHECK;
/* Member "rules": those of which something differs. */
void stl_trial_put_rules(stl_json *j, const stl_trial_totals *t);

/* The amounts that are compared. */
typedef struct stl_trial_amount {
    const char *name;
    size_t offset; /* in stl_setlinfo */
} stl_trial_amount;
extern const stl_trial_amount STL_TRIAL_AMOUNTS[];
enum { STL_N_TRIAL_AMOUNTS = 20 };
/* Where both are the same, nothing. */
void stl_trial_put_amount(stl_json *j, const char *name, stl_money before, stl_money after);

#endif
