/* SPDX-License-Identifier: Apache-2.0 */
/* V26: the amount of a line is its quantity times its unit price, within the policy's tolerance. */
#include "rules/checks.h"
#include "rules/support.h"

#define FEN 1

static settle_status report(const stl_case *c, uint32_t line, stl_money product, stl_verdict *out,
                            stl_error *err) {
    const stl_charge *charge = stl_case_charge(c, line);
    stl_money amount = charge->det_item_fee_sumamt, apart = stl_money_apart(amount, product);
    stl_found found = {.lines = &line, .n_lines = 1, .vola_amt = apart};
    return stl_rule_find(&STL_RULE_LINE_AMOUNT, c, out, found, err,
                         "%.*s：金额 %s ≠ 数量 %s × 单价 %s = %s，相差 %s 元",
                         "%.*s: amount %s ≠ quantity %s × price %s = %s, %s yuan apart",
                         STL_ARG(charge->medins_list_name), stl_figure_money(amount).text,
                         stl_figure_qty(charge->cnt).text, stl_figure_price(charge->pric).text,
                         stl_figure_money(product).text, stl_figure_money(apart).text);
}

static settle_status run(const stl_case *c, stl_verdict *out, stl_error *err) {
    const stl_policy *policy = c->region->policy;
    stl_money tolerance = policy == NULL ? FEN : policy->line_tolerance;
    stl_rounding mode = policy == NULL ? STL_ROUND_HALF_UP : policy->rounding;
    size_t blank = 0;
    for (size_t i = 0; i < c->n_lines; i++) {
        const stl_charge *charge = stl_case_charge(c, i);
        if (charge->cnt == STL_NONE || charge->pric == STL_NONE ||
            charge->det_item_fee_sumamt == STL_NONE) {
            blank++;
            continue;
        }
        stl_money product = 0;
        bool fits = stl_money_of(charge->cnt, charge->pric, mode, &product) == SETTLE_OK;
        stl_money apart = charge->det_item_fee_sumamt - product;
        if (!fits || apart > tolerance || apart < -tolerance)
            TRY(report(c, (uint32_t)i, product, out, err));
    }
    if (blank > 0)
        TRY(stl_verdict_gap(out, STL_RULE_LINE_AMOUNT.id,
                            stl_rules_pick(c, "数量、单价或金额", "quantity, unit price or amount"),
                            blank));
    return SETTLE_OK;
}

const stl_rule STL_RULE_LINE_AMOUNT = {
    .id = "V26",
    .name = {"清单项目填写不规范", "mandatory field or form"},
    .fix = {"请在 HIS 中更正该明细的数量、单价或金额",
            "correct quantity, unit price or amount of the line in the HIS"},
    .basis = "V26 (001:307,357)",
    .reads = "policy.xml",
    .action = STL_BLOCK,
    .scope = STL_SCOPE_ITEM,
    .run = run,
};
