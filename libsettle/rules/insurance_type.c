/* SPDX-License-Identifier: Apache-2.0 */
/* V12: drugs paid for under work-injury or maternity insurance only (rules/insurance-type.csv).
 * Which schemes and kinds of care are these the pack lists: "V12.maternity", "V12.work-injury". */
#include "rules/checks.h"
#include "rules/funded.h"
#include "rules/facts.h"
#include "rules/restriction.h"
#include "rules/v12.h"
#include "rules/visit.h"

#include <stdio.h>

static const char *list_of(stl_str insurance) {
    return stl_str_is(insurance, "maternity")     ? "V12.maternity"
           : stl_str_is(insurance, "work-injury") ? "V12.work-injury"
                                                  : NULL;
}

/* A list item "510" is a scheme, "med_type:52" a kind of care, whatever the scheme. */
static stl_restriction_answer judge(const stl_case *c, stl_str insurance) {
    const char *list = list_of(insurance);
    const stl_admission *head = &c->stay->head;
    if (list == NULL || !stl_rules_has_list(c, list) || stl_str_empty(head->insutype))
        return STL_RESTRICTION_UNKNOWN;
    char care[64];
    snprintf(care, sizeof care, "med_type:%.*s", STL_ARG(head->med_type));
    stl_day day = stl_rules_stay_day(c);
    bool met = stl_rules_listed(c, list, head->insutype, day) != NULL ||
               stl_rules_listed(c, list, stl_str_of(care), day) != NULL;
    return met ? STL_RESTRICTION_MET : STL_RESTRICTION_BROKEN;
}

static const char *explain(const stl_case *c, stl_str insurance) {
    const char *only = stl_str_is(insurance, "maternity")
                           ? stl_rules_pick(c, "生育保险", "maternity insurance")
                           : stl_rules_pick(c, "工伤保险", "work-injury insurance");
    return stl_rules_text(c,
                          stl_rules_pick(c, "限%s支付，本次险种为 %.*s",
                                         "is paid for only by %s, the scheme is %.*s"),
                          only, STL_ARG(c->stay->head.insutype));
}

static const char *missing(const stl_case *c) {
    return stl_rules_pick(c, "险种，或清单 V12.maternity、V12.work-injury",
                          "scheme, or the lists V12.maternity and V12.work-injury");
}

static settle_status run(const stl_case *c, stl_verdict *out, stl_error *err) {
    static const stl_restriction RESTRICTION = {
        .rule = &STL_RULE_INSURANCE_TYPE,
        .table = STL_T_SCHEME,
        .concerns = stl_line_claimed,
        .judge = judge,
        .explain = explain,
        .missing = missing,
    };
    return stl_restriction_run(&RESTRICTION, c, out, err);
}

const stl_rule STL_RULE_INSURANCE_TYPE = {
    .id = "V12",
    .name = STL_V12_NAME,
    .fix = STL_V12_FIX,
    .basis = STL_V12_BASIS,
    .reads =
        "rules/insurance-type.csv, rules/lists.csv V12.maternity, rules/lists.csv V12.work-injury",
    .action = STL_BLOCK,
    .scope = STL_SCOPE_ITEM,
    .run = run,
};
