/* SPDX-License-Identifier: Apache-2.0 */
/* V37: an unusually large payment from the personal account at once. */
#include "rules/checks.h"
#include "rules/given.h"

static settle_status run(const stl_case *c, const stl_settlement *s, stl_verdict *out,
                         stl_error *err) {
    stl_money given = c->stay->head.acct_pay, limit;
    stl_money amount = given != STL_NONE ? given : s->evaluated ? s->info.acct_pay : STL_NONE;
    if (amount == STL_NONE || amount <= 0)
        return SETTLE_OK;
    if (!stl_rules_parameter(c, STL_RULE_ACCOUNT.id, "account-payment", stl_rules_stay_day(c),
                             STL_SCALE_MONEY, &limit))
        return stl_verdict_gap(out, STL_RULE_ACCOUNT.id,
                               stl_rules_pick(c, "个人账户单次支付上限（account-payment）",
                                              "the limit of one payment from the account"),
                               0);
    if (amount <= limit)
        return SETTLE_OK;
    stl_found found = {.vola_amt = amount, .basis = "rules/parameters.csv V37 account-payment"};
    return stl_rule_find(&STL_RULE_ACCOUNT, c, out, found, err, "个人账户单次支付 %s > %s 元",
                         "paid from the account at once: %s > %s yuan",
                         stl_figure_money(amount).text, stl_figure_money(limit).text);
}

const stl_rule STL_RULE_ACCOUNT = {
    .id = "V37",
    .name = {"个人账户单次支付较大", "large payment from the personal account"},
    .fix = {"请核对刷卡人与患者身份及用卡授权", "check who pays by whose card, and the permission"},
    .basis = "V37 (001:307)",
    .reads = "rules/parameters.csv account-payment, stays.csv",
    .action = STL_HINT,
    .run_paid = run,
};
