/* SPDX-License-Identifier: Apache-2.0 */
/* V24: a stay or a charge is settled once. */
#include "rules/checks.h"
#include "rules/support.h"

static settle_status report_stay(const stl_case *c, stl_verdict *out, stl_error *err) {
    stl_money sum = 0;
    for (size_t i = 0; i < c->n_lines; i++)
        if (c->lines[i].net_amt != STL_NONE)
            sum = stl_rules_sum(sum, c->lines[i].net_amt);
    return stl_rule_find(&STL_RULE_SETTLED_TWICE, c, out, (stl_found){.vola_amt = sum}, err,
                         "本次就诊已结算过，金额 %s 元", "this stay is settled already: %s yuan",
                         stl_figure_money(sum).text);
}

static settle_status report_lines(const stl_case *c, stl_verdict *out, stl_error *err) {
    stl_found found = {.lines = c->settled_lines,
                       .n_lines = c->n_settled_lines,
                       .vola_amt = stl_lines_worth(c, c->settled_lines, c->n_settled_lines)};
    const char *count = stl_rules_count(c, c->n_settled_lines, "条", "line");
    TRY_ALLOC(err, count);
    return stl_rule_find(&STL_RULE_SETTLED_TWICE, c, out, found, err,
                         "%s明细已随另一次就诊结算，金额 %s 元",
                         "%s settled already with another stay: %s yuan", count,
                         stl_figure_money(found.vola_amt).text);
}

static settle_status run(const stl_case *c, stl_verdict *out, stl_error *err) {
    if (!c->settled_known)
        return stl_verdict_gap(out, STL_RULE_SETTLED_TWICE.id,
                               stl_rules_pick(c, "结算台账", "the ledger"), 0);
    if (c->settled_before)
        TRY(report_stay(c, out, err));
    if (c->n_settled_lines > 0)
        TRY(report_lines(c, out, err));
    return SETTLE_OK;
}

const stl_rule STL_RULE_SETTLED_TWICE = {
    .id = "V24",
    .name = {"重复结算", "settled twice"},
    .fix = {"请先撤销原结算，或从本次费用中剔除已结算的明细",
            "reverse the earlier settlement first, or take the lines settled already out of this "
            "stay"},
    .basis = "V24 (000:237, 002:1195)",
    .reads = "ledger",
    .action = STL_BLOCK,
    .scope = STL_SCOPE_STAY,
    .run = run,
};
