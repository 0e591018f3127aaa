/* SPDX-License-Identifier: Apache-2.0 */
/* R1: a refund leads to the charge it takes back, and no charge is taken back more than once. */
#include "rules/checks.h"
#include "rules/support.h"

static bool takes_back(const stl_charge *charge) {
    return (charge->cnt != STL_NONE && charge->cnt < 0) ||
           (charge->det_item_fee_sumamt != STL_NONE && charge->det_item_fee_sumamt < 0);
}

static stl_money size_of(stl_money amount) {
    return amount == STL_NONE ? 0 : stl_money_apart(amount, 0);
}

static settle_status report_stray(const stl_case *c, uint32_t line, stl_verdict *out,
                                  stl_error *err) {
    const stl_charge *charge = stl_case_charge(c, line);
    bool named = !stl_str_empty(charge->init_feedetl_sn);
    const char *why =
        !named ? stl_rules_pick(c, "没有注明原流水号", "names no original serial")
        : takes_back(charge)
            ? stl_rules_pick(c, "原流水号在本次就诊中没有同一项目的收费",
                             "leads to no charge of the same item in this stay")
            : stl_rules_pick(c, "注明了原流水号却不是退费", "names an original but is no refund");
    stl_found found = {
        .lines = &line, .n_lines = 1, .vola_amt = size_of(charge->det_item_fee_sumamt)};
    return stl_rule_find(&STL_RULE_REFUND_BALANCE, c, out, found, err, "%.*s 退费 %s 元：%s%s%.*s",
                         "%.*s, refund of %s yuan: %s%s%.*s", STL_ARG(charge->medins_list_name),
                         stl_figure_money(found.vola_amt).text, why, named ? " " : "",
                         STL_ARG(charge->init_feedetl_sn));
}

/* Money can be out of balance while quantities are not; where a price differs, R2 says so. */
static bool price_differs(const stl_case *c, const uint32_t *refunds, size_t count,
                          const stl_charge *first) {
    for (size_t i = 0; i < count; i++)
        if (stl_case_charge(c, refunds[i])->pric != first->pric)
            return true;
    return false;
}

static settle_status report_beyond(const stl_case *c, uint32_t original, const stl_lines *refunds,
                                   stl_verdict *out, stl_error *err) {
    const stl_line *l = &c->lines[original];
    const stl_charge *first = stl_case_charge(c, original);
    if (l->net_cnt >= 0 && price_differs(c, refunds->at, refunds->count, first))
        return SETTLE_OK;
    stl_lines wrong = {0}, others = {0};
    TRY(stl_lines_add(c->arena, &others, original, err));
    stl_qty left_cnt = first->cnt;
    stl_money left_amt = first->det_item_fee_sumamt;
    for (size_t i = 0; i < refunds->count; i++) {
        const stl_charge *refund = stl_case_charge(c, refunds->at[i]);
        left_cnt = stl_rules_sum(left_cnt, refund->cnt);
        left_amt = stl_rules_sum(left_amt, refund->det_item_fee_sumamt);
        bool beyond = left_cnt < 0 || (l->net_cnt >= 0 && left_amt < 0);
        TRY(stl_lines_add(c->arena, beyond ? &wrong : &others, refunds->at[i], err));
    }
    stl_qty back_cnt = stl_rules_sum(first->cnt, -l->net_cnt);
    stl_money back_amt = stl_rules_sum(first->det_item_fee_sumamt, -l->net_amt);
    stl_found found = {.lines = wrong.at,
                       .n_lines = wrong.count,
                       .involved = others.at,
                       .n_involved = others.count,
                       .vola_amt = size_of(l->net_amt)};
    return stl_rule_find(&STL_RULE_REFUND_BALANCE, c, out, found, err,
                         "%.*s 收费数量 %s（%s 元），退费数量 %s（%s 元），退多于收",
                         "%.*s: charged %s (%s yuan), refunded %s (%s yuan): more than was charged",
                         STL_ARG(first->medins_list_name), stl_figure_qty(first->cnt).text,
                         stl_figure_money(first->det_item_fee_sumamt).text,
                         stl_figure_qty(back_cnt).text, stl_figure_money(back_amt).text);
}

static bool is_beyond(const stl_line *l) {
    return l->refund_of < 0 && l->net_cnt != STL_NONE && l->net_amt != STL_NONE &&
           (l->net_cnt < 0 || l->net_amt < 0);
}

/* A refund that leads to no charge: what leads to it is no refund of a charge either. */
static bool is_stray(const stl_case *c, size_t line) {
    const stl_charge *charge = stl_case_charge(c, line);
    return c->lines[line].refund_of < 0 &&
           (!stl_str_empty(charge->init_feedetl_sn) || takes_back(charge));
}

/* Refunds of each original, in the order of time: next[] chains them, head[] begins. */
static settle_status judge_balances(const stl_case *c, stl_verdict *out, stl_error *err) {
    uint32_t *head = stl_arena_alloc(c->arena, c->n_lines * sizeof *head);
    uint32_t *next = stl_arena_alloc(c->arena, c->n_lines * sizeof *next);
    TRY_ALLOC(err, head);
    TRY_ALLOC(err, next);
    for (size_t i = c->n_lines; i-- > 0;) {
        uint32_t line = c->by_time[i];
        if (c->lines[line].refund_of < 0)
            continue;
        size_t original = (size_t)c->lines[line].refund_of;
        next[line] = head[original];
        head[original] = line + 1;
    }
    for (size_t i = 0; i < c->n_lines; i++) {
        if (head[i] == 0 || is_stray(c, i) || !is_beyond(&c->lines[i]))
            continue;
        stl_lines refunds = {0};
        for (uint32_t at = head[i]; at != 0; at = next[at - 1])
            TRY(stl_lines_add(c->arena, &refunds, at - 1, err));
        TRY(report_beyond(c, (uint32_t)i, &refunds, out, err));
    }
    return SETTLE_OK;
}

static settle_status run(const stl_case *c, stl_verdict *out, stl_error *err) {
    bool any_beyond = false;
    for (size_t i = 0; i < c->n_lines; i++) {
        if (is_stray(c, i))
            TRY(report_stray(c, (uint32_t)i, out, err));
        else
            any_beyond |= is_beyond(&c->lines[i]);
    }
    return any_beyond ? judge_balances(c, out, err) : SETTLE_OK;
}

const stl_rule STL_RULE_REFUND_BALANCE = {
    .id = "R1",
    .name = {"退费不平", "refund out of balance"},
    .fix =
        {"请核对退费明细的原流水号和数量；多退的请撤销",
         "check original serial and quantity of the refund; take back what was refunded too much"},
    .basis = "V29 (001:57), W6 (003:553)",
    .reads = "charges.csv",
    .action = STL_BLOCK,
    .scope = STL_SCOPE_ITEM,
    .run = run,
};
