/* SPDX-License-Identifier: Apache-2.0 */
/* V24: a stay or a charge is settled once. */
#include "rules/checks.h"
#include "rules/support.h"

/* By which messages, where the ledger said so. */
static const char *by(const stl_case *c, stl_str messages) {
    return stl_str_empty(messages)
               ? ""
               : stl_rules_text(c, stl_rules_pick(c, "（报文 %.*s）", " (message %.*s)"),
                                STL_ARG(messages));
}

static settle_status report_stay(const stl_case *c, stl_verdict *out, stl_error *err) {
    stl_money sum = 0;
    for (size_t i = 0; i < c->n_lines; i++)
        if (c->lines[i].net_amt != STL_NONE)
            sum = stl_rules_sum(sum, c->lines[i].net_amt);
    const char *message = by(c, c->settled_as);
    TRY_ALLOC(err, message);
    return stl_rule_find(&STL_RULE_SETTLED_TWICE, c, out, (stl_found){.vola_amt = sum}, err,
                         "本次就诊已结算过%s，金额 %s 元",
                         "this stay is settled already%s: %s yuan", message,
                         stl_figure_money(sum).text);
}

static settle_status report_lines(const stl_case *c, stl_verdict *out, stl_error *err) {
    stl_found found = {.lines = c->settled_lines,
                       .n_lines = c->n_settled_lines,
                       .vola_amt = stl_lines_worth(c, c->settled_lines, c->n_settled_lines)};
    const char *count = stl_rules_count(c, c->n_settled_lines, "条", "line");
    const char *message = by(c, c->settled_with);
    TRY_ALLOC(err, count);
    TRY_ALLOC(err, message);
    return stl_rule_find(&STL_RULE_SETTLED_TWICE, c, out, found, err,
                         "%s明细已随另一次就诊结算%s，金额 %s 元",
                         "%s settled already with another stay%s: %s yuan", count, message,
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
    .fix = {"请从本次费用中剔除已结算的明细；原结算有误的，先撤销原结算（settle "
            "reverse），并凭报文号告知"
            "医保经办机构",
            "take the lines settled already out of this stay; where the earlier settlement is "
            "wrong, reverse it first (settle reverse), and tell the insurance body its message "
            "number"},
    .basis = "V24 (000:237, 002:1195)",
    .reads = "ledger",
    .action = STL_BLOCK,
    .scope = STL_SCOPE_STAY,
    .run = run,
};
