/* SPDX-License-Identifier: Apache-2.0 */
/* P4: drug classes of a pathway: given or not, how soon, on how many days. */
#include "rules/checks.h"
#include "rules/pathway.h"

#include <stdlib.h>

typedef struct drug {
    const stl_case *c;
    const stl_pathway *p;
    const int64_t *row;
    stl_lines lines; /* live ones of the class, by time */
    stl_verdict *out;
    stl_error *err;
} drug;

static stl_str cell(const drug *d, size_t col) {
    return stl_index_text(stl_rules_table(d->c, STL_T_PATHWAY_DRUG), d->row[col]);
}

static int by_time(const void *a, const void *b, void *the_case) {
    return stl_case_earlier(the_case, *(const uint32_t *)a, *(const uint32_t *)b);
}

static settle_status collect(drug *d) {
    const stl_case *c = d->c;
    stl_str prefixes = cell(d, STL_PWD_CODES);
    for (uint32_t code = 0; code < c->n_codes; code++) {
        if (!stl_pathway_begins(stl_rules_code(c, code), prefixes))
            continue;
        for (size_t i = c->code_first[code]; i < c->code_first[code + 1]; i++)
            if (stl_line_live(&c->lines[c->by_code[i]]) &&
                stl_case_charge(c, c->by_code[i])->fee_ocur_time != STL_NONE)
                TRY(stl_lines_add(c->arena, &d->lines, c->by_code[i], d->err));
    }
    if (d->lines.count > 1)
        qsort_r(d->lines.at, d->lines.count, sizeof *d->lines.at, by_time, (void *)(uintptr_t)c);
    return SETTLE_OK;
}

/* `what` is the deviation with its numbers. */
static settle_status report(const drug *d, const uint32_t *lines, size_t count, const char *what) {
    const stl_case *c = d->c;
    const char *tail = stl_pathway_tail(c, d->p);
    const char *basis = stl_pathway_basis(c, d->p);
    TRY_ALLOC(d->err, what);
    TRY_ALLOC(d->err, tail);
    TRY_ALLOC(d->err, basis);
    stl_found found = {.lines = lines,
                       .n_lines = count,
                       .vola_amt = stl_lines_worth(c, lines, count),
                       .basis =
                           stl_rules_text(c, "%s, %.*s", basis, STL_ARG(cell(d, STL_PWD_BASIS)))};
    TRY_ALLOC(d->err, found.basis);
    TRY(stl_rule_find(&STL_RULE_PATHWAY_DRUGS, c, d->out, found, d->err,
                      "路径 %.*s（%.*s）：%.*s（%.*s）%s%s",
                      "pathway %.*s (%.*s): %.*s (%.*s) %s%s", STL_ARG(d->p->id),
                      STL_ARG(stl_pathway_cell(c, d->p, STL_PW_NAME)),
                      STL_ARG(cell(d, STL_PWD_NAME)), STL_ARG(cell(d, STL_PWD_CODES)), what, tail));
    stl_pathway_soften(d->p, false, d->out);
    return SETTLE_OK;
}

static settle_status not_given(const drug *d) {
    const stl_case *c = d->c;
    size_t unmapped = 0;
    for (size_t i = 0; i < c->n_lines; i++)
        unmapped += c->lines[i].code_no == UINT32_MAX && stl_line_live(&c->lines[i]);
    if (unmapped > 0)
        return stl_verdict_gap(d->out, STL_RULE_PATHWAY_DRUGS.id,
                               stl_rules_pick(c, "目录对照", "mapping"), unmapped);
    if (c->stay->head.endtime == STL_NONE)
        return stl_verdict_gap(d->out, STL_RULE_PATHWAY_DRUGS.id,
                               stl_rules_pick(c, "出院时间", "time of discharge"), 0);
    return report(d, NULL, 0, stl_rules_pick(c, "应使用而未见收费", "is expected, not charged"));
}

static settle_status judge_first(const drug *d) {
    const stl_case *c = d->c;
    stl_instant begin = c->stay->head.begntime;
    if (begin == STL_NONE)
        return stl_verdict_gap(d->out, STL_RULE_PATHWAY_DRUGS.id,
                               stl_rules_pick(c, "入院时间", "time of admission"), 1);
    stl_instant first = stl_case_charge(c, d->lines.at[0])->fee_ocur_time;
    if (first - begin <= d->row[STL_PWD_HOURS] * 3600)
        return SETTLE_OK;
    return report(d, d->lines.at, 1,
                  stl_rules_text(c,
                                 stl_rules_pick(c, "首次 %s，晚于入院（%s）后 %lld 小时",
                                                "first on %s, admission on %s: later than "
                                                "%lld hours after"),
                                 stl_figure_instant(first).text, stl_figure_instant(begin).text,
                                 (long long)d->row[STL_PWD_HOURS]));
}

static settle_status judge_days(const drug *d) {
    const stl_case *c = d->c;
    int64_t days = 0, allowed = d->row[STL_PWD_DAYS];
    stl_day last = STL_NONE;
    size_t over = d->lines.count; /* where the first day too many begins */
    for (size_t i = 0; i < d->lines.count; i++) {
        stl_day day = c->lines[d->lines.at[i]].day;
        days += day != last;
        last = day;
        if (days > allowed && over == d->lines.count)
            over = i;
    }
    if (days <= allowed)
        return SETTLE_OK;
    return report(d, d->lines.at + over, d->lines.count - over,
                  stl_rules_text(c,
                                 stl_rules_pick(c, "用药 %lld 天 > 上限 %lld 天",
                                                "given on %lld days > limit %lld"),
                                 (long long)days, (long long)allowed));
}

static settle_status judge_drug(drug *d) {
    TRY(collect(d));
    stl_str use = cell(d, STL_PWD_USE);
    if (d->lines.count == 0)
        return stl_str_is(use, "expected") ? not_given(d) : SETTLE_OK;
    if (stl_str_is(use, "excluded"))
        return report(d, d->lines.at, d->lines.count,
                      stl_rules_pick(d->c, "不应使用而有收费", "is excluded, but charged"));
    if (d->row[STL_PWD_HOURS] != STL_NONE)
        TRY(judge_first(d));
    return d->row[STL_PWD_DAYS] != STL_NONE ? judge_days(d) : SETTLE_OK;
}

static settle_status judge(const stl_case *c, const stl_pathway *p, stl_verdict *out,
                           stl_error *err) {
    stl_index_rows rows = stl_index_get(stl_rules_table(c, STL_T_PATHWAY_DRUG), p->id);
    for (size_t i = 0; i < rows.count; i++) {
        drug d = {.c = c, .p = p, .row = rows.rows + i * STL_PWD_COLS, .out = out, .err = err};
        TRY(judge_drug(&d));
    }
    return SETTLE_OK;
}

static settle_status run(const stl_case *c, stl_verdict *out, stl_error *err) {
    return stl_pathways_each(c, judge, out, err);
}

const stl_rule STL_RULE_PATHWAY_DRUGS = {
    .id = "P4",
    .name = {"用药与临床路径不符", "drugs against the pathway"},
    .fix = {"核对用药和疗程；病情需要的请登记变异及原因",
            "check drugs and course; where the patient needed them record the variation with its "
            "reason"},
    .basis = "S10 (003:401)",
    .reads = "pathways/*.xml?, mapping.csv",
    .action = STL_WARN,
    .scope = STL_SCOPE_STAY,
    .run = run,
};
