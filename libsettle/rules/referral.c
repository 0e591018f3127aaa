/* SPDX-License-Identifier: Apache-2.0 */
/* V34: a person insured elsewhere (outside list V34.local), or referred, needs a filing or referral
 * that holds on the day of admission. */
#include "rules/checks.h"
#include "rules/facts.h"
#include "rules/filings.h"

static settle_status gap(const stl_case *c, stl_verdict *out, const char *zh, const char *en) {
    return stl_verdict_gap(out, STL_RULE_REFERRAL.id, stl_rules_pick(c, zh, en), 0);
}

static settle_status report(const stl_case *c, bool referred, stl_day day, stl_verdict *out,
                            stl_error *err) {
    stl_money sum = stl_rules_stay_worth(c);
    stl_found found = {.vola_amt = sum, .basis = "rules/lists.csv V34.local, V34.kinds"};
    const char *what = referred ? stl_rules_pick(c, "转诊就诊", "a referred stay")
                                : stl_rules_pick(c, "异地就诊", "insured in another area");
    return stl_rule_find(&STL_RULE_REFERRAL, c, out, found, err,
                         "%s（参保地区划 %.*s），入院日 %s 无有效的备案或转诊记录，金额 %s 元",
                         "%s (area of insurance %.*s) without a filing or referral that holds on "
                         "%s, the day of admission: %s yuan",
                         what, STL_ARG(c->stay->head.insuplc_admdvs), stl_figure_day(day).text,
                         stl_figure_money(sum).text);
}

static settle_status run(const stl_case *c, stl_verdict *out, stl_error *err) {
    const stl_admission *head = &c->stay->head;
    bool referred = stl_str_is(head->refl_flag, "1");
    bool placed = !stl_str_empty(head->insuplc_admdvs); /* else local (1101) */
    if (!referred && !placed)
        return SETTLE_OK;
    if (!referred && !stl_rules_has_list(c, "V34.local"))
        return gap(c, out, "统筹区区划表 V34.local", "list V34.local of the region's areas");
    stl_day day = head->begntime == STL_NONE ? 0 : stl_instant_day(head->begntime);
    if (!referred && stl_rules_listed(c, "V34.local", head->insuplc_admdvs, day) != NULL)
        return SETTLE_OK;
    if (head->begntime == STL_NONE)
        return gap(c, out, "入院时间", "time of admission");
    if (!c->stay->given[STL_R_APPROVAL])
        return gap(c, out, "备案与转诊记录（approvals.csv）",
                   "filings and referrals (approvals.csv)");
    if (!stl_rules_has_list(c, "V34.kinds"))
        return gap(c, out, "备案记录种类表 V34.kinds", "list V34.kinds of kinds of filings");
    if (stl_rules_filing(c, "V34.kinds", day, NULL, NULL) != NULL)
        return SETTLE_OK;
    return report(c, referred, day, out, err);
}

const stl_rule STL_RULE_REFERRAL = {
    .id = "V34",
    .name = {"转诊或异地就医未备案", "referral or care elsewhere without a filing"},
    .fix = {"请补办备案或转诊手续；无法补办的按未备案政策由个人先行结算",
            "have the filing or referral made up for, else the patient settles first as the "
            "policy says"},
    .basis = "V34 (002:485,1119, 003:329,399), J6",
    .reads = "rules/lists.csv V34.local, rules/lists.csv V34.kinds, approvals.csv",
    .action = STL_HOLD,
    .scope = STL_SCOPE_WORTH,
    .run = run,
};
