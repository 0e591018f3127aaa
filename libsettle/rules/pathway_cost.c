/* SPDX-License-Identifier: Apache-2.0 */
/* P7: the cost of a stay against the reference cost of its pathway, inclusive. */
#include "rules/checks.h"
#include "rules/pathway.h"

static settle_status report(const stl_case *c, const stl_pathway *p, stl_money total,
                            stl_verdict *out, stl_error *err) {
    stl_money least = p->row[STL_PW_COST_MIN], most = p->row[STL_PW_COST_MAX];
    stl_found found = {.vola_amt = total > most ? total - most : 0,
                       .basis = stl_pathway_basis(c, p)};
    const char *tail = stl_pathway_tail(c, p);
    TRY_ALLOC(err, found.basis);
    TRY_ALLOC(err, tail);
    TRY(stl_rule_find(&STL_RULE_PATHWAY_COST, c, out, found, err,
                      "总费用 %s 元，路径 %.*s（%.*s）参考费用为 %s-%s 元%s",
                      "the stay costs %s yuan, the reference cost of pathway %.*s (%.*s) is %s to "
                      "%s yuan%s",
                      stl_figure_money(total).text, STL_ARG(p->id),
                      STL_ARG(stl_pathway_cell(c, p, STL_PW_NAME)), stl_figure_money(least).text,
                      stl_figure_money(most).text, tail));
    stl_pathway_soften(p, false, out);
    return SETTLE_OK;
}

static settle_status judge(const stl_case *c, const stl_pathway *p, stl_verdict *out,
                           stl_error *err) {
    if (p->row[STL_PW_COST_MAX] == STL_NONE)
        return SETTLE_OK;
    stl_money total = 0;
    size_t unknown = 0;
    for (size_t i = 0; i < c->n_lines; i++) {
        stl_money amount = stl_case_charge(c, i)->det_item_fee_sumamt;
        unknown += amount == STL_NONE;
        total = stl_rules_sum(total, amount);
    }
    if (unknown > 0)
        return stl_verdict_gap(out, STL_RULE_PATHWAY_COST.id, stl_rules_pick(c, "金额", "amount"),
                               unknown);
    if (total > p->row[STL_PW_COST_MAX])
        return report(c, p, total, out, err);
    if (total >= p->row[STL_PW_COST_MIN])
        return SETTLE_OK;
    if (c->stay->head.endtime == STL_NONE)
        return stl_verdict_gap(out, STL_RULE_PATHWAY_COST.id,
                               stl_rules_pick(c, "出院时间", "time of discharge"), 0);
    return report(c, p, total, out, err);
}

static settle_status run(const stl_case *c, stl_verdict *out, stl_error *err) {
    return stl_pathways_each(c, judge, out, err);
}

const stl_rule STL_RULE_PATHWAY_COST = {
    .id = "P7",
    .name = {"费用超出临床路径参考费用", "cost against the pathway"},
    .fix = {"核对费用；确有原因的请登记变异及原因",
            "check the charges; record the variation with its reason"},
    .basis = "S10 (003:401)",
    .reads = "pathways/*.xml?",
    .action = STL_WARN,
    .scope = STL_SCOPE_STAY,
    .run = run,
};
