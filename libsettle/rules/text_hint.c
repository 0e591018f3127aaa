/* SPDX-License-Identifier: Apache-2.0 */
/* T1: restrictions that only a person can judge (rules/text-hints.csv), shown where the item is
 * claimed from the fund and nobody has approved it yet. */
#include "rules/checks.h"
#include "rules/funded.h"
#include "rules/facts.h"
#include "rules/restriction.h"
#include "rules/visit.h"

static bool concerns(const stl_case *c, uint32_t line) {
    return stl_line_claimed(c, line) && !stl_str_is(stl_case_charge(c, line)->hosp_appr_flag, "1");
}

/* A class of texts may concern one kind of visit only (list "T1.visit"). */
static stl_restriction_answer judge(const stl_case *c, stl_str rule_class) {
    const int64_t *row = stl_rules_listed(c, "T1.visit", rule_class, stl_rules_stay_day(c));
    stl_str only = stl_rules_cell(stl_rules_table(c, STL_T_LISTS), row, STL_LIST_VALUE);
    return row == NULL || stl_str_eq(only, stl_rules_visit(c)) ? STL_RESTRICTION_BROKEN
                                                               : STL_RESTRICTION_MET;
}

static const char *explain(const stl_case *c, stl_str rule_class) {
    return stl_rules_text(c, stl_rules_pick(c, "有%.*s的限定", "has a restriction (%.*s)"),
                          STL_ARG(rule_class));
}

static settle_status run(const stl_case *c, stl_verdict *out, stl_error *err) {
    static const stl_restriction RESTRICTION = {
        .rule = &STL_RULE_TEXT_HINT,
        .table = STL_T_HINTS,
        .concerns = concerns,
        .judge = judge,
        .explain = explain,
        .missing = stl_rules_visit_missing,
    };
    return stl_restriction_run(&RESTRICTION, c, out, err);
}

const stl_rule STL_RULE_TEXT_HINT = {
    .id = "T1",
    .name = {"限定支付条件提示", "restriction to be judged by a person"},
    .fix = {"请医师核对患者是否符合限定条件：符合的医院审批标志填 1，不符合的填 2 并改为自费",
            "let the physician compare the patient with the restriction: hosp_appr_flag 1 where it "
            "is met, 2 (self-funded) where it is not"},
    .basis = "V12 (002:257,273)",
    .reads = "rules/text-hints.csv, rules/lists.csv T1.visit?, rules/lists.csv visit?",
    .action = STL_HINT,
    .scope = STL_SCOPE_ITEM,
    .run = run,
};
