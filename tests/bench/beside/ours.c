/* SPDX-License-Identifier: Apache-2.0 */
#include "bench/beside/beside.h"

#include "bench/support.h"
#include "benefit/benefit.h"
#include "rules/checks.h"
#include "rules/find.h"

/* Those of checks.sql. */
static const stl_rule *const SAME[] = {
    &STL_RULE_CLASS,    &STL_RULE_QUANTITY,      &STL_RULE_PRICE_CAP,
    &STL_RULE_BED_DAYS, &STL_RULE_DUPLICATE,     &STL_RULE_REPEAT_CHARGE,
    &STL_RULE_SEX,      &STL_RULE_AGE,           &STL_RULE_VISIT_MODE,
    &STL_RULE_DATES,    &STL_RULE_CYCLE,         &STL_RULE_INSTITUTION_GRADE,
    &STL_RULE_EXCLUDED, &STL_RULE_LINE_AMOUNT,   &STL_RULE_INSURANCE_TYPE,
    &STL_RULE_UNMAPPED, &STL_RULE_MAPPING_UNFIT, &STL_RULE_MAPPING_UNSURE,
};

int64_t bs_ours(const bench_world *w, const stl_stay *stay, bs_found *found) {
    stl_error err = {0};
    stl_case c;
    int64_t begin = bench_wall();
    SCOPED_ARENA *arena = stl_arena_new();
    stl_verdict verdict = {.arena = arena};
    bench_case(w, stay, arena, &c);
    for (size_t i = 0; i < sizeof SAME / sizeof *SAME; i++) {
        size_t first = verdict.n_findings;
        bench_must(SAME[i]->run(&c, &verdict, &err), &err);
        bench_must(stl_rules_order(&c, &verdict, first, &err), &err);
    }
    int64_t spent = bench_wall() - begin;
    found->count = 0;
    for (size_t i = 0; i < verdict.n_findings; i++)
        for (size_t k = 0; k < verdict.findings[i].n_lines; k++)
            bs_found_add(found, verdict.findings[i].rule_id, verdict.findings[i].lines[k]);
    bs_found_finish(found);
    return spent;
}

int64_t bs_ours_whole(const bench_world *w, const stl_stay *stay) {
    stl_error err = {0};
    stl_case c;
    stl_settlement s;
    int64_t begin = bench_wall();
    SCOPED_ARENA *arena = stl_arena_new();
    stl_verdict verdict = {.arena = arena};
    bench_case(w, stay, arena, &c);
    bench_must(stl_rules_run(&c, &verdict, &err), &err);
    bench_must(stl_benefit_settle(&c, false, &s, &verdict, &err), &err);
    bench_must(stl_rules_run_paid(&c, &s, &verdict, &err), &err);
    bench_must(stl_rules_conclude(&c, NULL, 0, &verdict, &err), &err);
    return bench_wall() - begin;
}
