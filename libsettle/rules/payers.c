/* SPDX-License-Identifier: Apache-2.0 */
/* V28: payers must not add up to more than the cost. Given amounts are at least what they say:
 * where some are missing, the sum is a lower bound, and above the cost it is wrong for certain. */
#include "rules/checks.h"
#include "rules/given.h"

static stl_money paid(stl_money amount) {
    return amount == STL_NONE || amount < 0 ? 0 : amount;
}

static stl_money larger(stl_money a, stl_money b) {
    return a > b ? a : b;
}

static stl_money fund_of(const stl_admission *h) {
    const stl_money payers[] = {h->hifp_pay,  h->cvlserv_pay, h->hifes_pay, h->hifmi_pay,
                                h->hifob_pay, h->maf_pay,     h->oth_pay};
    stl_money sum = 0;
    for (size_t i = 0; i < sizeof payers / sizeof *payers; i++)
        sum = stl_rules_sum(sum, paid(payers[i]));
    return larger(sum, paid(h->fund_pay_sumamt));
}

static settle_status run(const stl_case *c, const stl_settlement *s, stl_verdict *out,
                         stl_error *err) {
    const stl_admission *h = &c->stay->head;
    stl_money cost = h->medfee_sumamt == STL_NONE ? s->info.medfee_sumamt : h->medfee_sumamt;
    stl_money fund = fund_of(h);
    stl_money person =
        larger(paid(h->psn_part_amt), stl_rules_sum(paid(h->acct_pay), paid(h->psn_cash_pay)));
    stl_money hospital = paid(h->hosp_part_amt);
    stl_money sum = stl_rules_sum(stl_rules_sum(fund, person), hospital);
    if (sum == 0 || sum <= cost)
        return SETTLE_OK;
    return stl_rule_find(
        &STL_RULE_PAYERS, c, out, (stl_found){.vola_amt = stl_rules_sum(sum, -cost)}, err,
        "填报各方支付合计 %s 元（基金 %s + 个人 %s + 医院 %s）> 医疗费总额 %s 元",
        "the payers given add up to %s yuan (fund %s + patient %s + hospital %s) > cost %s yuan",
        stl_figure_money(sum).text, stl_figure_money(fund).text, stl_figure_money(person).text,
        stl_figure_money(hospital).text, stl_figure_money(cost).text);
}

const stl_rule STL_RULE_PAYERS = {
    .id = "V28",
    .name = {"各方支付之和超过总费用", "payers add up to more than the cost"},
    .fix = {"请核对各支付方金额，合计不得超过医疗费总额",
            "check the amount of each payer: together they must not exceed the cost"},
    .basis = "V28 (004:64)",
    .reads = "stays.csv",
    .action = STL_BLOCK,
    .run_paid = run,
};
