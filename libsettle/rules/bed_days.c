/* SPDX-License-Identifier: Apache-2.0 */
/* V4: bed-days charged (rules/beds.csv) against the nights of the stay; a day stay counts one. */
#include "rules/checks.h"
#include "rules/support.h"

#include <stdlib.h>

enum { DAY_MINUTES = 1440 };

typedef struct bed {
    uint32_t line;
    stl_qty days;
    bool spare; /* a second bed of its night, or no night of the stay */
} bed;

typedef struct beds {
    bed *at;
    size_t count, cap;
    stl_qty days;
    size_t unknown; /* lines whose unit is no time */
} beds;

static settle_status add(const stl_case *c, uint32_t line, beds *b, stl_error *err) {
    const stl_line *l = &c->lines[line];
    stl_qty days = stl_line_national(c, line);
    int64_t minutes = stl_rules_minutes(c, stl_rules_map_cell(c, l, STL_MAP_LIST_UNIT));
    if (minutes <= 0 || days == STL_NONE ||
        stl_decimal_mul_div(days, minutes, DAY_MINUTES, STL_ROUND_HALF_UP, &days) != SETTLE_OK) {
        b->unknown++;
        return SETTLE_OK;
    }
    void *at = b->at;
    bed *place = stl_arena_push(c->arena, &at, &b->count, &b->cap, sizeof *place);
    TRY_ALLOC(err, place);
    b->at = at;
    *place = (bed){.line = line, .days = days};
    b->days = stl_rules_sum(b->days, days);
    return SETTLE_OK;
}

static settle_status collect(const stl_case *c, beds *b, stl_error *err) {
    const stl_index_table *table = stl_rules_table(c, STL_T_BEDS);
    for (uint32_t code = 0; code < c->n_codes; code++) {
        if (stl_index_get(table, stl_rules_code(c, code)).count == 0)
            continue;
        for (size_t i = c->code_first[code]; i < c->code_first[code + 1]; i++)
            if (stl_line_live(&c->lines[c->by_code[i]]) &&
                stl_case_charge(c, c->by_code[i])->fee_ocur_time != STL_NONE)
                TRY(add(c, c->by_code[i], b, err));
    }
    return SETTLE_OK;
}

static int by_time(const void *a, const void *b, void *the_case) {
    const bed *x = a, *y = b;
    return stl_case_earlier(the_case, x->line, y->line);
}

/* First the second beds of a night, then beds on no night, from the last; until the sum is right.
 */
static void choose(const stl_case *c, beds *b, stl_day first, stl_day last, stl_qty excess) {
    for (size_t i = b->count; i-- > 0 && excess > 0;) {
        bed *x = &b->at[i];
        x->spare = i > 0 && c->lines[x->line].day == c->lines[b->at[i - 1].line].day;
        excess -= x->spare ? x->days : 0;
    }
    for (size_t i = b->count; i-- > 0 && excess > 0;) {
        bed *x = &b->at[i];
        stl_day day = c->lines[x->line].day;
        if (x->spare || (day >= first && day <= last))
            continue;
        x->spare = true;
        excess -= x->days;
    }
    for (size_t i = b->count; i-- > 0 && excess > 0;) {
        bed *x = &b->at[i];
        excess -= x->spare ? 0 : x->days;
        x->spare = true;
    }
}

static settle_status split(const stl_case *c, const beds *b, stl_lines *wrong, stl_lines *others,
                           stl_error *err) {
    for (size_t i = 0; i < b->count; i++)
        if (b->at[i].spare)
            TRY(stl_lines_add(c->arena, wrong, b->at[i].line, err));
    size_t w = 0;
    for (size_t i = 0; i < b->count; i++) {
        stl_day day = c->lines[b->at[i].line].day;
        while (w + 1 < wrong->count && c->lines[wrong->at[w]].day < day)
            w++;
        if (!b->at[i].spare && c->lines[wrong->at[w]].day == day)
            TRY(stl_lines_add(c->arena, others, b->at[i].line, err));
    }
    return SETTLE_OK;
}

static settle_status report(const stl_case *c, beds *b, int64_t nights, stl_verdict *out,
                            stl_error *err) {
    const stl_admission *head = &c->stay->head;
    stl_qty most = nights * 10000;
    qsort_r(b->at, b->count, sizeof *b->at, by_time, (void *)(uintptr_t)c);
    stl_day first = stl_instant_day(head->begntime);
    choose(c, b, first, first + nights - 1, b->days - most);
    stl_lines wrong = {0}, others = {0};
    TRY(split(c, b, &wrong, &others, err));
    stl_found found = {.lines = wrong.at,
                       .n_lines = wrong.count,
                       .involved = others.at,
                       .n_involved = others.count,
                       .vola_amt = stl_lines_worth(c, wrong.at, wrong.count),
                       .basis = stl_rules_text(c, "rules/beds.csv %.*s",
                                               STL_ARG(c->lines[b->at[0].line].med_list_codg))};
    TRY_ALLOC(err, found.basis);
    return stl_rule_find(
        &STL_RULE_BED_DAYS, c, out, found, err, "床位费 %s 床日 > 住院 %lld 夜（%s 入院，%s 出院）",
        "%s bed-days charged > %lld nights (admitted %s, discharged %s)",
        stl_figure_qty(b->days).text, (long long)nights, stl_figure_day(first).text,
        stl_figure_day(stl_instant_day(head->endtime)).text);
}

static bool is_bed(const stl_case *c, uint32_t line) {
    return stl_index_get(stl_rules_table(c, STL_T_BEDS), c->lines[line].med_list_codg).count > 0;
}

static settle_status run(const stl_case *c, stl_verdict *out, stl_error *err) {
    beds b = {0};
    TRY(collect(c, &b, err));
    if (b.unknown > 0)
        TRY(stl_verdict_gap(
            out, STL_RULE_BED_DAYS.id,
            stl_rules_pick(c, "床位费的时间单位", "a unit of time of the bed charge"), b.unknown));
    if (b.count == 0)
        return SETTLE_OK;
    const stl_admission *head = &c->stay->head;
    if (head->begntime == STL_NONE || head->endtime == STL_NONE)
        return stl_verdict_gap(
            out, STL_RULE_BED_DAYS.id,
            stl_rules_pick(c, "入院或出院时间", "time of admission or discharge"), b.count);
    int64_t nights = stl_instant_day(head->endtime) - stl_instant_day(head->begntime);
    if (nights < 1)
        nights = 1;
    return b.days > nights * 10000 ? report(c, &b, nights, out, err) : SETTLE_OK;
}

const stl_rule STL_RULE_BED_DAYS = {
    .id = "V4",
    .name = {"床位费超天数或超标准", "bed-days or price of the bed beyond what is due"},
    .fix =
        {"出院当日不计床位费、同一夜只计一床；请退费多收的床位明细",
         "the day of discharge bears no bed charge, a night one bed: refund the bed lines beyond"},
    .basis = "V4 (001:357, 002:1165)",
    .reads = "rules/beds.csv, rules/units.csv, mapping.csv",
    .action = STL_BLOCK,
    .scope = STL_SCOPE_STAY,
    .concerns = is_bed,
    .run = run,
};
