/* SPDX-License-Identifier: Apache-2.0 */
/* V22: a diagnosis of an injury goes with the code of its external cause: without it nobody sees
 * whether a third party or work injury insurance pays. */
#include "rules/checks.h"
#include "rules/facts.h"

static settle_status report(const stl_case *c, stl_str code, const int64_t *row, stl_verdict *out,
                            stl_error *err) {
    stl_str source = stl_index_text(stl_rules_table(c, STL_T_LISTS), row[STL_LIST_SOURCE]);
    stl_found found = {.vola_amt = stl_rules_stay_worth(c),
                       .basis =
                           stl_rules_text(c, "rules/lists.csv V22.injury %.*s", STL_ARG(source))};
    TRY_ALLOC(err, found.basis);
    return stl_rule_find(&STL_RULE_INJURY, c, out, found, err,
                         "诊断 %.*s 为外伤，诊断中没有损伤外部原因编码，本次金额 %s 元",
                         "diagnosis %.*s is an injury, no diagnosis gives its external cause: %s "
                         "yuan",
                         STL_ARG(code), stl_figure_money(found.vola_amt).text);
}

static settle_status lacks(const stl_case *c, stl_verdict *out, const char *zh, const char *en) {
    return stl_verdict_gap(out, STL_RULE_INJURY.id, stl_rules_pick(c, zh, en), 0);
}

static settle_status run(const stl_case *c, stl_verdict *out, stl_error *err) {
    if (!stl_rules_has_list(c, "V22.injury") || !stl_rules_has_list(c, "V22.cause"))
        return lacks(c, out, "外伤诊断与外部原因编码名单（V22.injury、V22.cause）",
                     "the lists of injuries and external causes (V22.injury, V22.cause)");
    if (!stl_rules_diagnoses_given(c))
        return lacks(c, out, "诊断", "diagnoses");
    stl_str injury, cause;
    const int64_t *row, *cause_row;
    if (!stl_rules_diagnosed(c, "V22.injury", &injury, &row) ||
        stl_rules_diagnosed(c, "V22.cause", &cause, &cause_row))
        return SETTLE_OK;
    return c->stay->given[STL_R_DIAGNOSIS] ? report(c, injury, row, out, err)
                                           : lacks(c, out, "其他诊断", "the other diagnoses");
}

const stl_rule STL_RULE_INJURY = {
    .id = "V22",
    .name = {"外伤缺少外部原因", "injury without external cause"},
    .fix = {"请补录损伤外部原因编码，并核实有无第三方责任或工伤",
            "give the code of the external cause; ask for a third party or an injury at work"},
    .basis = "V22 (001:307)",
    .reads = "rules/lists.csv V22.injury, rules/lists.csv V22.cause, diagnoses.csv",
    .action = STL_HOLD,
    .scope = STL_SCOPE_HEAD,
    .run = run,
};
