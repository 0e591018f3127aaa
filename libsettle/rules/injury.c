/* SPDX-License-Identifier: Apache-2.0 */
/* V22: a diagnosis of an injury goes with the code of its external cause, and with the word whether
 * a third party is liable: what that one pays the fund does not. */
#include "rules/checks.h"
#include "rules/facts.h"

static settle_status report(const stl_case *c, stl_str code, const int64_t *row, stl_verdict *out,
                            stl_error *err) {
    stl_found found = {.vola_amt = stl_rules_stay_worth(c),
                       .basis = stl_rules_list_basis(c, "V22.injury", row)};
    TRY_ALLOC(err, found.basis);
    return stl_rule_find(&STL_RULE_INJURY, c, out, found, err,
                         "诊断 %.*s 为外伤，诊断中没有损伤外部原因编码，本次金额 %s 元",
                         "diagnosis %.*s is an injury, no diagnosis gives its external cause: %s "
                         "yuan",
                         STL_ARG(code), stl_figure_money(found.vola_amt).text);
}

static settle_status report_third_party(const stl_case *c, stl_str code, const int64_t *row,
                                        stl_verdict *out, stl_error *err) {
    stl_str item = stl_rules_cell(stl_rules_table(c, STL_T_LISTS), row, STL_LIST_ITEM);
    stl_found found = {.vola_amt = stl_rules_stay_worth(c),
                       .basis = stl_rules_text(c,
                                               "rules/lists.csv V22.injury %.*s; stays.csv "
                                               "rel_ttp_flag",
                                               STL_ARG(item))};
    TRY_ALLOC(err, found.basis);
    return stl_rule_find(&STL_RULE_INJURY, c, out, found, err,
                         "诊断 %.*s 为外伤，涉及第三方标志为 1（由第三方负担），本次金额 %s 元",
                         "diagnosis %.*s is an injury for which a third party is liable "
                         "(rel_ttp_flag 1): %s yuan",
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
    if (!stl_rules_diagnosed(c, "V22.injury", &injury, &row))
        return SETTLE_OK;
    if (stl_str_is(c->stay->head.rel_ttp_flag, "1"))
        TRY(report_third_party(c, injury, row, out, err));
    else if (stl_str_empty(c->stay->head.rel_ttp_flag))
        TRY(lacks(c, out, "涉及第三方标志（rel_ttp_flag）",
                  "whether a third party is liable (rel_ttp_flag)"));
    if (stl_rules_diagnosed(c, "V22.cause", &cause, &cause_row))
        return SETTLE_OK;
    return c->stay->given[STL_R_DIAGNOSIS] ? report(c, injury, row, out, err)
                                           : lacks(c, out, "其他诊断", "the other diagnoses");
}

const stl_rule STL_RULE_INJURY = {
    .id = "V22",
    .name = {"外伤须核实原因和责任方", "injury: its cause and who is liable"},
    .fix = {"请向患者问明受伤经过：补录外部原因编码（V、W、X、Y 开头）和涉及第三方标志；"
            "由第三方或工伤保险负担的费用不得由医保基金支付",
            "ask how it happened: add the code of the external cause (V, W, X or Y) and "
            "rel_ttp_flag; what a third party or work-injury insurance bears the fund must not "
            "pay"},
    .basis = "V22 (001:307)",
    .reads = "rules/lists.csv V22.injury, rules/lists.csv V22.cause, diagnoses.csv, "
             "stays.csv",
    .action = STL_HOLD,
    .scope = STL_SCOPE_WORTH,
    .run = run,
};
