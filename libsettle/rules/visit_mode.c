/* SPDX-License-Identifier: Apache-2.0 */
/* V12: drugs paid for inpatients only, or for them and emergencies (rules/visit-mode.csv). */
#include "rules/checks.h"
#include "rules/funded.h"
#include "rules/restriction.h"
#include "rules/v12.h"
#include "rules/visit.h"

static stl_restriction_answer judge(const stl_case *c, stl_str mode) {
    stl_str visit = stl_rules_visit(c);
    if (stl_str_empty(visit))
        return STL_RESTRICTION_UNKNOWN;
    bool met = stl_str_is(visit, "inpatient") ||
               (stl_str_is(visit, "emergency") && stl_str_is(mode, "emergency-inpatient"));
    return met ? STL_RESTRICTION_MET : STL_RESTRICTION_BROKEN;
}

static const char *explain(const stl_case *c, stl_str mode) {
    bool emergency = stl_str_is(mode, "emergency-inpatient");
    const char *only = emergency ? stl_rules_pick(c, "限急诊、住院", "in emergencies and stays")
                                 : stl_rules_pick(c, "限住院", "in inpatient stays");
    return stl_rules_text(
        c, stl_rules_pick(c, "%s使用时支付，本次为%s", "is paid for only %s, this is %s"), only,
        stl_rules_visit_words(c, stl_rules_visit(c)));
}

static settle_status run(const stl_case *c, stl_verdict *out, stl_error *err) {
    static const stl_restriction RESTRICTION = {
        .rule = &STL_RULE_VISIT_MODE,
        .table = STL_T_VISIT,
        .concerns = stl_line_claimed,
        .judge = judge,
        .explain = explain,
        .missing = stl_rules_visit_missing,
    };
    return stl_restriction_run(&RESTRICTION, c, out, err);
}

const stl_rule STL_RULE_VISIT_MODE = {
    .id = "V12",
    .name = STL_V12_NAME,
    .fix = STL_V12_FIX,
    .basis = STL_V12_BASIS,
    .reads = "rules/visit-mode.csv, rules/lists.csv visit",
    .action = STL_BLOCK,
    .scope = STL_SCOPE_ITEM,
    .run = run,
};
