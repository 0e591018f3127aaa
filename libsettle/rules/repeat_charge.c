/* SPDX-License-Identifier: Apache-2.0 */
/* V6: a component charged beside the item that includes it (rules/repeat-charge.csv). */
#include "rules/checks.h"
#include "rules/code_index.h"
#include "rules/events.h"

#include <stdlib.h>

enum { HOUR_SECONDS = 3600, SIX_HOURS = 6 * HOUR_SECONDS, DAY_HOURS = 24 };

typedef struct pair {
    const stl_case *c;
    stl_verdict *out;
    stl_error *err;
    const int64_t *row;
    stl_events main, component;
    size_t uncertain; /* component lines whose hours are not known */
} pair;

static stl_str cell(const pair *p, size_t col) {
    return stl_rules_cell(stl_rules_table(p->c, STL_T_PAIRS), p->row, col);
}

static const char *period_text(const pair *p) {
    stl_str period = cell(p, STL_PAIR_PERIOD);
    if (stl_str_is(period, "day"))
        return stl_rules_pick(p->c, "同一日", "on one day");
    if (stl_str_is(period, "visit"))
        return stl_rules_pick(p->c, "同次住院", "in one stay");
    if (stl_str_is(period, "hour"))
        return stl_rules_pick(p->c, "同一小时", "in one hour");
    return stl_rules_pick(p->c, "6 小时内", "within 6 hours");
}

static settle_status report(pair *p, const stl_event *main, size_t n_main, const stl_event *parts,
                            size_t n_parts) {
    const stl_case *c = p->c;
    stl_lines lines = {0}, involved = {0};
    for (size_t i = 0; i < n_parts; i++)
        TRY(stl_lines_add(c->arena, &lines, parts[i].line, p->err));
    for (size_t i = 0; i < n_main; i++)
        TRY(stl_lines_add(c->arena, &involved, main[i].line, p->err));
    const stl_charge *whole = stl_case_charge(c, main->line),
                     *part = stl_case_charge(c, parts->line);
    stl_str remark = cell(p, STL_PAIR_REMARK);
    stl_str codes[2] = {cell(p, STL_PAIR_MAIN), cell(p, STL_PAIR_COMPONENT)};
    stl_found found = {
        .lines = lines.at,
        .n_lines = lines.count,
        .involved = involved.at,
        .n_involved = involved.count,
        .vola_amt = stl_lines_worth(c, lines.at, lines.count),
        .gz_code = cell(p, STL_PAIR_GZ),
        .basis = stl_rules_text(c, "rules/repeat-charge.csv %.*s × %.*s %.*s", STL_ARG(codes[0]),
                                STL_ARG(codes[1]), STL_ARG(cell(p, STL_PAIR_KP))),
    };
    const char *count = stl_rules_count(c, lines.count, "条", "line");
    TRY_ALLOC(p->err, found.basis);
    TRY_ALLOC(p->err, count);
    return stl_rule_find(
        &STL_RULE_REPEAT_CHARGE, c, p->out, found, p->err,
        "%.*s（%.*s，%s）与其所含的 %.*s（%.*s，%s）%s收费：%.*s；重复 %s，金额 %s 元",
        "%.*s (%.*s, %s) beside its component %.*s (%.*s, %s) %s: %.*s; %s, %s yuan",
        STL_ARG(whole->medins_list_name), STL_ARG(codes[0]),
        stl_figure_instant(whole->fee_ocur_time).text, STL_ARG(part->medins_list_name),
        STL_ARG(codes[1]), stl_figure_instant(part->fee_ocur_time).text, period_text(p),
        STL_ARG(remark), count, stl_figure_money(found.vola_amt).text);
}

typedef int64_t period_key(const stl_event *event);

static int64_t key_of_stay(const stl_event *event) {
    (void)event;
    return 0;
}

static int64_t key_of_day(const stl_event *event) {
    return event->day;
}

static int64_t key_of_hour(const stl_event *event) {
    return event->day * DAY_HOURS + (event->at - event->day * STL_DAY_SECONDS) / HOUR_SECONDS;
}

static size_t run_of(const stl_event *events, size_t count, period_key *key) {
    size_t n = 1;
    while (n < count && key(&events[n]) == key(&events[0]))
        n++;
    return n;
}

typedef settle_status meeting(pair *p, const stl_event *main, size_t n_main, const stl_event *parts,
                              size_t n_parts);

/* Calls `meet` for each period in which both sides occur. Both are in the order of time. */
static settle_status merge(pair *p, stl_events main, stl_events parts, period_key *key,
                           meeting *meet) {
    for (size_t i = 0, j = 0; i < main.count && j < parts.count;) {
        int64_t a = key(&main.at[i]), b = key(&parts.at[j]);
        size_t n = run_of(main.at + i, main.count - i, key);
        size_t m = run_of(parts.at + j, parts.count - j, key);
        if (a == b)
            TRY(meet(p, main.at + i, n, parts.at + j, m));
        i += a <= b ? n : 0;
        j += b <= a ? m : 0;
    }
    return SETTLE_OK;
}

/* Hours in which a side was surely charged on one day, in quantities. */
static stl_qty hours_of(const stl_event *events, size_t count) {
    stl_qty hours = 0;
    int64_t last = -1;
    for (size_t i = 0; i < count; i++) {
        if (events[i].hours > 0)
            hours = stl_rules_sum(hours, events[i].hours);
        else if (key_of_hour(&events[i]) != last)
            hours = stl_rules_sum(hours, 10000);
        last = events[i].hours > 0 ? last : key_of_hour(&events[i]);
    }
    return hours;
}

static bool any_sum(const stl_event *events, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (events[i].hours > 0)
            return true;
    return false;
}

/* One day: more than 24 hours of both together overlap for certain, whichever hours they were. */
static settle_status meet_in_hours(pair *p, const stl_event *main, size_t n_main,
                                   const stl_event *parts, size_t n_parts) {
    bool main_sums = any_sum(main, n_main), part_sums = any_sum(parts, n_parts);
    if ((main_sums || part_sums) &&
        stl_rules_sum(hours_of(main, n_main), hours_of(parts, n_parts)) > DAY_HOURS * 10000)
        return report(p, main, n_main, parts, n_parts);
    stl_events m, k;
    TRY(stl_events_moments(p->c, main, n_main, &m, p->err));
    TRY(stl_events_moments(p->c, parts, n_parts, &k, p->err));
    p->uncertain += main_sums ? n_parts : n_parts - k.count;
    return merge(p, m, k, key_of_hour, report);
}

static settle_status certain_day(pair *p, const stl_event *main, size_t n_main,
                                 const stl_event *parts, size_t n_parts) {
    if ((any_sum(main, n_main) || any_sum(parts, n_parts)) &&
        stl_rules_sum(hours_of(main, n_main), hours_of(parts, n_parts)) > DAY_HOURS * 10000)
        return report(p, main, n_main, parts, n_parts);
    return SETTLE_OK;
}

/* Components that may lie within six hours of the main item, as one of both sums hours of a day. */
static void count_uncertain(pair *p) {
    const stl_event *main = p->main.at;
    bool main_sums = any_sum(main, p->main.count);
    for (size_t i = 0, j = 0; j < p->component.count; j++) {
        const stl_event *part = &p->component.at[j];
        while (i < p->main.count && main[i].day < part->day - 1)
            i++;
        p->uncertain +=
            (part->hours > 0 || main_sums) && i < p->main.count && main[i].day <= part->day + 1;
    }
}

/* Each moment of the component against the nearest moment of the main item. */
static settle_status within_six_hours(pair *p) {
    stl_events main, parts;
    TRY(stl_events_moments(p->c, p->main.at, p->main.count, &main, p->err));
    TRY(stl_events_moments(p->c, p->component.at, p->component.count, &parts, p->err));
    for (size_t i = 0, j = 0; j < parts.count && main.count > 0; j++) {
        stl_instant at = parts.at[j].at;
        while (i + 1 < main.count && main.at[i + 1].at <= at)
            i++;
        size_t near = i;
        if (i + 1 < main.count && llabs(main.at[i + 1].at - at) < llabs(main.at[i].at - at))
            near = i + 1;
        if (llabs(main.at[near].at - at) < SIX_HOURS)
            TRY(report(p, &main.at[near], 1, &parts.at[j], 1));
    }
    size_t found = p->out->n_findings;
    TRY(merge(p, p->main, p->component, key_of_day, certain_day));
    if (p->out->n_findings == found)
        count_uncertain(p);
    return SETTLE_OK;
}

static settle_status judge(pair *p) {
    stl_str period = cell(p, STL_PAIR_PERIOD);
    if (stl_str_is(period, "visit"))
        return merge(p, p->main, p->component, key_of_stay, report);
    if (stl_str_is(period, "day"))
        return merge(p, p->main, p->component, key_of_day, report);
    if (stl_str_is(period, "hour"))
        return merge(p, p->main, p->component, key_of_day, meet_in_hours);
    return within_six_hours(p);
}

static settle_status judge_code(pair *p, const stl_code_index *index, uint32_t code) {
    const stl_case *c = p->c;
    const stl_index_table *table = stl_rules_table(c, STL_T_PAIRS);
    stl_index_rows rows = stl_index_get(table, stl_rules_code(c, code));
    for (size_t i = 0; i < rows.count; i++) {
        p->row = rows.rows + i * STL_PAIR_COLS;
        uint32_t part = stl_code_index_find(index, c, cell(p, STL_PAIR_COMPONENT));
        if (part == UINT32_MAX || part == code)
            continue;
        int64_t begin = p->row[STL_PAIR_BEGIN], end = p->row[STL_PAIR_END];
        TRY(stl_events_of(c, code, begin, end, &p->main, p->err));
        TRY(stl_events_of(c, part, begin, end, &p->component, p->err));
        TRY(judge(p));
    }
    return SETTLE_OK;
}

static settle_status run(const stl_case *c, stl_verdict *out, stl_error *err) {
    pair p = {.c = c, .out = out, .err = err};
    stl_code_index index;
    TRY(stl_code_index_build(c, &index, err));
    for (uint32_t code = 0; code < c->n_codes; code++)
        TRY(judge_code(&p, &index, code));
    if (p.uncertain == 0)
        return SETTLE_OK;
    return stl_verdict_gap(
        out, STL_RULE_REPEAT_CHARGE.id,
        stl_rules_pick(c, "合计多小时的明细的具体时段", "the hours of a line that sums several"),
        p.uncertain);
}

const stl_rule STL_RULE_REPEAT_CHARGE = {
    .id = "V6",
    .name = {"分解收费", "package and its component charged together"},
    .fix = {"主项目已包含该组成项目，请将组成项目退费",
            "the main item includes the component: refund the component"},
    .basis = "V6 (001:59)",
    .reads = "rules/repeat-charge.csv",
    .action = STL_BLOCK,
    .scope = STL_SCOPE_PAIR,
    .run = run,
};
