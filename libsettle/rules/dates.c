/* SPDX-License-Identifier: Apache-2.0 */
/* V14: a charge happened between admission and discharge, both seconds included. A refund may be
 * booked after the discharge. */
#include "rules/checks.h"
#include "rules/support.h"

static settle_status report(const stl_case *c, uint32_t line, bool early, stl_verdict *out,
                            stl_error *err) {
    const stl_admission *head = &c->stay->head;
    const stl_charge *charge = stl_case_charge(c, line);
    stl_found found = {.lines = &line, .n_lines = 1, .vola_amt = charge->det_item_fee_sumamt};
    if (found.vola_amt == STL_NONE)
        found.vola_amt = 0;
    return stl_rule_find(&STL_RULE_DATES, c, out, found, err, "%.*s 发生于 %s，%s %s，金额 %s 元",
                         "%.*s happened at %s, %s %s: %s yuan", STL_ARG(charge->medins_list_name),
                         stl_figure_instant(charge->fee_ocur_time).text,
                         early ? stl_rules_pick(c, "早于入院时间", "before the admission at")
                               : stl_rules_pick(c, "晚于出院时间", "after the discharge at"),
                         stl_figure_instant(early ? head->begntime : head->endtime).text,
                         stl_figure_money(found.vola_amt).text);
}

static settle_status run(const stl_case *c, stl_verdict *out, stl_error *err) {
    const stl_admission *head = &c->stay->head;
    for (size_t i = 0; i < c->n_lines; i++) {
        stl_instant at = stl_case_charge(c, i)->fee_ocur_time;
        if (at == STL_NONE)
            continue;
        bool early = head->begntime != STL_NONE && at < head->begntime;
        bool late = head->endtime != STL_NONE && at > head->endtime && c->lines[i].refund_of < 0;
        if (early || late)
            TRY(report(c, (uint32_t)i, early, out, err));
    }
    if (head->begntime == STL_NONE || head->endtime == STL_NONE)
        TRY(stl_verdict_gap(out, STL_RULE_DATES.id,
                            stl_rules_pick(c, "入院或出院时间", "time of admission or discharge"),
                            c->n_lines));
    return SETTLE_OK;
}

const stl_rule STL_RULE_DATES = {
    .id = "V14",
    .name = {"收费日期在住院期间之外", "charge dated outside the stay"},
    .fix = {"核对费用发生时间；属门诊费用的请从住院费用中退出",
            "check when it happened; take an outpatient charge out of the stay"},
    .basis = "V14 (002:1161)",
    .reads = "stays.csv",
    .action = STL_BLOCK,
    .scope = STL_SCOPE_ITEM,
    .run = run,
};
