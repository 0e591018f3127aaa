/* SPDX-License-Identifier: Apache-2.0 */
/* V14, its warning: more prescriptions (order numbers of drugs) on one civil day than the pack
 * finds credible. */
#include "rules/checks.h"
#include "rules/facts.h"

#include <stdlib.h>

typedef struct check {
    const stl_case *c;
    stl_verdict *out;
    stl_error *err;
    size_t no_limit, no_order;
    stl_lines drugs; /* live drug lines of one day */
} check;

/* One flag a catalogue code: drugs and decoction pieces. NULL: out of memory. */
static const bool *drug_codes(const stl_case *c) {
    bool *drug = stl_arena_alloc(c->arena, c->n_codes + 1);
    for (uint32_t code = 0; drug != NULL && code < c->n_codes; code++)
        drug[code] = stl_rules_is_drug(stl_rules_code(c, code));
    return drug;
}

static int by_order(const void *a, const void *b, void *stay) {
    const stl_charge *charges = stl_stay_charges(stay);
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return stl_str_cmp(charges[x].drord_no, charges[y].drord_no) ?: stl_compare(x, y);
}

static void count_orders(const check *k, size_t *distinct, size_t *unnumbered) {
    const stl_charge *charges = stl_stay_charges(k->c->stay);
    *distinct = *unnumbered = 0;
    for (size_t i = 0; i < k->drugs.count; i++) {
        stl_str order = charges[k->drugs.at[i]].drord_no;
        if (stl_str_empty(order))
            ++*unnumbered;
        else if (i == 0 || !stl_str_eq(order, charges[k->drugs.at[i - 1]].drord_no))
            ++*distinct;
    }
}

static settle_status report(check *k, stl_day day, size_t distinct, int64_t limit) {
    const stl_case *c = k->c;
    stl_money worth = stl_lines_worth(c, k->drugs.at, k->drugs.count);
    const char *extent = stl_rules_extent(c, k->drugs.count, worth);
    TRY_ALLOC(k->err, extent);
    stl_found found = {.lines = k->drugs.at,
                       .n_lines = k->drugs.count,
                       .vola_amt = worth,
                       .basis = "rules/parameters.csv V14 prescriptions-a-day"};
    return stl_rule_find(&STL_RULE_PRESCRIPTIONS, c, k->out, found, k->err,
                         "%s 药品处方（医嘱号）%zu 张 > 上限 %lld 张%s",
                         "on %s %zu prescriptions (order numbers) of drugs > limit %lld%s",
                         stl_figure_day(day).text, distinct, (long long)limit, extent);
}

static settle_status judge_day(check *k, stl_day day) {
    int64_t limit;
    if (k->drugs.count == 0)
        return SETTLE_OK;
    if (!stl_rules_parameter(k->c, STL_RULE_PRESCRIPTIONS.id, "prescriptions-a-day", day, 0,
                             &limit)) {
        k->no_limit += k->drugs.count;
        return SETTLE_OK;
    }
    if ((int64_t)k->drugs.count <= limit)
        return SETTLE_OK;
    size_t distinct, unnumbered;
    qsort_r(k->drugs.at, k->drugs.count, sizeof *k->drugs.at, by_order,
            (void *)(uintptr_t)k->c->stay);
    count_orders(k, &distinct, &unnumbered);
    if ((int64_t)distinct > limit)
        return report(k, day, distinct, limit);
    if ((int64_t)(distinct + unnumbered) > limit)
        k->no_order += unnumbered;
    return SETTLE_OK;
}

static settle_status run(const stl_case *c, stl_verdict *out, stl_error *err) {
    check k = {.c = c, .out = out, .err = err};
    const bool *drug = drug_codes(c);
    TRY_ALLOC(err, drug);
    for (size_t i = 0; i < c->n_lines; i++) {
        uint32_t line = c->by_time[i];
        const stl_line *l = &c->lines[line];
        if (i > 0 && l->day != c->lines[c->by_time[i - 1]].day) {
            TRY(judge_day(&k, c->lines[c->by_time[i - 1]].day));
            k.drugs.count = 0;
        }
        if (l->code_no != UINT32_MAX && drug[l->code_no] && stl_line_live(l))
            TRY(stl_lines_add(c->arena, &k.drugs, line, err));
    }
    if (c->n_lines > 0)
        TRY(judge_day(&k, c->lines[c->by_time[c->n_lines - 1]].day));
    if (k.no_limit > 0)
        TRY(stl_verdict_gap(out, STL_RULE_PRESCRIPTIONS.id,
                            stl_rules_pick(c, "每日处方数上限（prescriptions-a-day）",
                                           "the limit of prescriptions a day"),
                            k.no_limit));
    if (k.no_order > 0)
        TRY(stl_verdict_gap(out, STL_RULE_PRESCRIPTIONS.id,
                            stl_rules_pick(c, "医嘱号", "order number"), k.no_order));
    return SETTLE_OK;
}

const stl_rule STL_RULE_PRESCRIPTIONS = {
    .id = "V14",
    .name = {"一日处方过多", "many prescriptions on one day"},
    .fix = {"核对是否分解处方；属同一处方的请合并医嘱号",
            "check whether one prescription was split; give its parts one order number"},
    .basis = "V14 (002:1161)",
    .reads = "rules/parameters.csv prescriptions-a-day",
    .action = STL_WARN,
    .scope = STL_SCOPE_DAY,
    .run = run,
};
