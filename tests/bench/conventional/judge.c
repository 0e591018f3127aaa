/* SPDX-License-Identifier: Apache-2.0 */
/* Findings and amounts. SQL says which rule tables hold anything for the codes of the stay; checks
 * of the others are left out. */
#include "bench/conventional/conventional.h"

#include "bench/support.h"
#include "benefit/benefit.h"
#include "flow/judge.h"
#include "rules/checks.h"
#include "rules/find.h"

static const struct {
    const stl_rule *rule;
    cv_statement table;
} BY_TABLE[] = {
    {&STL_RULE_CYCLE, CV_CYCLE},
    {&STL_RULE_SEX, CV_SEX},
    {&STL_RULE_BED_DAYS, CV_BED},
    {&STL_RULE_REPEAT_CHARGE, CV_PAIR},
};

static bool is_due(const cv_result *r, const stl_rule *rule) {
    for (size_t i = 0; i < sizeof BY_TABLE / sizeof *BY_TABLE; i++)
        if (BY_TABLE[i].rule == rule)
            return r->due[BY_TABLE[i].table];
    return rule != &STL_RULE_QUANTITY || r->due[CV_FREQUENCY] || r->due[CV_UNIT];
}

void cv_judge(cv_result *out) {
    stl_error err = {0};
    out->verdict = (stl_verdict){.arena = out->c.arena};
    size_t first = 0;
    for (size_t i = 0; STL_RULES[i] != NULL; i++) {
        if (i > 0 && strcmp(STL_RULES[i]->id, STL_RULES[i - 1]->id) != 0)
            first = out->verdict.n_findings;
        if (!is_due(out, STL_RULES[i]))
            continue;
        bench_must(STL_RULES[i]->run(&out->c, &out->verdict, &err), &err);
        bench_must(stl_rules_order(&out->c, &out->verdict, first, &err), &err);
    }
    stl_judgement j = {.c = out->c, .verdict = out->verdict};
    bench_must(stl_benefit_settle(&j.c, false, &j.settlement, &j.verdict, &err), &err);
    bench_must(stl_flow_report_payment(&j, &err), &err);
    out->verdict = j.verdict;
    out->settlement = j.settlement;
}
