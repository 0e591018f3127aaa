/* SPDX-License-Identifier: Apache-2.0 */
/* V18: amounts that the caller computed differ from those computed here: a deductible lowered, a
 * share raised. Equal to the fen or found. */
#include "base/labels.h"
#include "rules/checks.h"
#include "rules/given.h"

#include <stddef.h>

#define SUM(name)                                                                                  \
    { #name, offsetof(stl_admission, name), offsetof(stl_setlinfo, name) }
const stl_given_sum STL_GIVEN_SUMS[] = {
    SUM(medfee_sumamt), SUM(fulamt_ownpay_amt), SUM(overlmt_selfpay), SUM(preselfpay_amt),
    SUM(inscp_scp_amt), SUM(act_pay_dedc),      SUM(hifp_pay),        SUM(cvlserv_pay),
    SUM(hifes_pay),     SUM(hifmi_pay),         SUM(hifob_pay),       SUM(maf_pay),
    SUM(oth_pay),       SUM(acct_pay),          SUM(acct_mulaid_pay), SUM(fund_pay_sumamt),
    SUM(psn_part_amt),  SUM(psn_cash_pay),      SUM(hosp_part_amt),
};
const size_t STL_N_GIVEN_SUMS = sizeof STL_GIVEN_SUMS / sizeof *STL_GIVEN_SUMS;

typedef struct difference {
    const char *text; /* all so far */
    stl_money most;
} difference;

static settle_status add(const stl_case *c, const stl_given_sum *sum, stl_money own,
                         difference *all, stl_error *err) {
    stl_money given = stl_given(c, sum), apart = stl_money_apart(given, own);
    all->most = apart > all->most ? apart : all->most;
    all->text = stl_rules_text(c,
                               stl_rules_pick(c, "%s%s%s（%s）填报 %s ≠ 计算 %s 元",
                                              "%s%s%s%s: given %s, computed %s yuan"),
                               all->text, all->text[0] == '\0' ? "" : stl_rules_pick(c, "；", "; "),
                               stl_rules_pick(c, stl_field_label(stl_str_of(sum->name)), ""),
                               sum->name, stl_figure_money(given).text, stl_figure_money(own).text);
    TRY_ALLOC(err, all->text);
    return SETTLE_OK;
}

static settle_status run(const stl_case *c, const stl_settlement *s, stl_verdict *out,
                         stl_error *err) {
    size_t given = 0;
    difference all = {.text = ""};
    for (size_t i = 0; i < STL_N_GIVEN_SUMS; i++) {
        const stl_given_sum *sum = &STL_GIVEN_SUMS[i];
        stl_money own = stl_given_own(s, sum);
        own = own == STL_NONE ? 0 : own;
        if (stl_given(c, sum) == STL_NONE)
            continue;
        given++;
        if (s->evaluated && stl_given(c, sum) != own)
            TRY(add(c, sum, own, &all, err));
    }
    if (given == 0)
        return stl_verdict_gap(out, STL_RULE_GIVEN_AMOUNTS.id,
                               stl_rules_pick(c, "HIS 填报的结算金额", "amounts of the caller"), 0);
    if (!s->evaluated)
        return stl_verdict_gap(out, STL_RULE_GIVEN_AMOUNTS.id,
                               stl_rules_pick(c, "基金支付计算结果", "the computed payment"), 0);
    if (all.text[0] == '\0')
        return SETTLE_OK;
    return stl_rule_find(&STL_RULE_GIVEN_AMOUNTS, c, out, (stl_found){.vola_amt = all.most}, err,
                         "%s", "%s", all.text);
}

const stl_rule STL_RULE_GIVEN_AMOUNTS = {
    .id = "V18",
    .name = {"填报金额与计算不符", "given amounts differ from those computed"},
    .fix = {"请按本次计算结果结算；核对是否擅自降低起付标准或提高支付比例",
            "settle by the amounts computed; check whether a deductible was lowered or a share "
            "raised"},
    .basis = "V18 (001:53, 002:271)",
    .reads = "stays.csv",
    .action = STL_BLOCK,
    .run_paid = run,
};
