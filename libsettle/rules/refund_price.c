/* SPDX-License-Identifier: Apache-2.0 */
/* R2: a refund bears the price of its original. */
#include "rules/checks.h"
#include "rules/support.h"

static settle_status report(const stl_case *c, uint32_t line, uint32_t original, stl_verdict *out,
                            stl_error *err) {
    const stl_charge *refund = stl_case_charge(c, line), *first = stl_case_charge(c, original);
    stl_money right = 0, apart = 0;
    if (refund->cnt != STL_NONE && refund->det_item_fee_sumamt != STL_NONE &&
        stl_money_of(refund->cnt, first->pric, STL_ROUND_HALF_UP, &right) == SETTLE_OK)
        apart = stl_money_apart(refund->det_item_fee_sumamt, right);
    stl_found found = {
        .lines = &line, .n_lines = 1, .involved = &original, .n_involved = 1, .vola_amt = apart};
    return stl_rule_find(&STL_RULE_REFUND_PRICE, c, out, found, err,
                         "%.*s 退费单价 %s ≠ 原单价 %s（原流水 %.*s），相差 %s 元",
                         "%.*s is refunded at %s ≠ %s charged (serial %.*s), %s yuan apart",
                         STL_ARG(refund->medins_list_name), stl_figure_price(refund->pric).text,
                         stl_figure_price(first->pric).text, STL_ARG(first->feedetl_sn),
                         stl_figure_money(found.vola_amt).text);
}

static settle_status run(const stl_case *c, stl_verdict *out, stl_error *err) {
    for (size_t i = 0; i < c->n_lines; i++) {
        if (c->lines[i].refund_of < 0)
            continue;
        uint32_t original = (uint32_t)c->lines[i].refund_of;
        stl_price price = stl_case_charge(c, i)->pric, first = stl_case_charge(c, original)->pric;
        if (price != STL_NONE && first != STL_NONE && price != first)
            TRY(report(c, (uint32_t)i, original, out, err));
    }
    return SETTLE_OK;
}

const stl_rule STL_RULE_REFUND_PRICE = {
    .id = "R2",
    .name = {"退费单价与原收费不符", "refund at another price"},
    .fix = {"请按原收费单价重新退费", "refund again at the price that was charged"},
    .basis = "V29 (001:57), W6 (003:553)",
    .reads = "charges.csv",
    .action = STL_BLOCK,
    .scope = STL_SCOPE_ITEM,
    .run = run,
};
