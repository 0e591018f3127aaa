/* SPDX-License-Identifier: Apache-2.0 */
/* V20: charges are to be entered as they happen: entered too many hours later, or too many of them
 * on the day of discharge only. What happened on that day counts for neither side. */
#include "rules/checks.h"
#include "rules/facts.h"

typedef struct check {
    const stl_case *c;
    stl_verdict *out;
    stl_error *err;
    stl_lines late, last_day;
    size_t earlier; /* lines of the days before the discharge */
    size_t no_entry;
    int64_t hours; /* STL_NONE: the pack gives none */
    stl_day end;   /* STL_NONE: not discharged */
} check;

static bool is_late(const stl_charge *charge, int64_t hours) {
    return charge->entry_time - charge->fee_ocur_time > (__int128)hours * 3600;
}

static settle_status note(check *k, uint32_t line) {
    const stl_charge *charge = stl_case_charge(k->c, line);
    if (charge->entry_time == STL_NONE) {
        k->no_entry++;
        return SETTLE_OK;
    }
    if (charge->fee_ocur_time == STL_NONE)
        return SETTLE_OK;
    if (k->hours != STL_NONE && is_late(charge, k->hours))
        TRY(stl_lines_add(k->c->arena, &k->late, line, k->err));
    if (k->end == STL_NONE || k->c->lines[line].day >= k->end)
        return SETTLE_OK;
    k->earlier++;
    return stl_instant_day(charge->entry_time) < k->end
               ? SETTLE_OK
               : stl_lines_add(k->c->arena, &k->last_day, line, k->err);
}

static settle_status report_late(const check *k) {
    const stl_case *c = k->c;
    int64_t most = 0;
    for (size_t i = 0; i < k->late.count; i++) {
        const stl_charge *charge = stl_case_charge(c, k->late.at[i]);
        int64_t late = charge->entry_time - charge->fee_ocur_time;
        most = late > most ? late : most;
    }
    stl_found found = {.lines = k->late.at,
                       .n_lines = k->late.count,
                       .vola_amt = stl_lines_worth(c, k->late.at, k->late.count),
                       .basis = "rules/parameters.csv V20 hours"};
    const char *extent = stl_rules_extent(c, found.n_lines, found.vola_amt);
    TRY_ALLOC(k->err, extent);
    return stl_rule_find(&STL_RULE_LATE_ENTRY, c, k->out, found, k->err,
                         "录入晚于费用发生，最长 %lld 小时 %lld 分 %lld 秒 > 上限 %lld 小时%s",
                         "entered after it happened, at the longest %lld h %lld min %lld s > limit "
                         "%lld h%s",
                         (long long)(most / 3600), (long long)(most / 60 % 60),
                         (long long)(most % 60), (long long)k->hours, extent);
}

static settle_status report_last_day(const check *k, stl_ratio limit) {
    const stl_case *c = k->c;
    stl_found found = {.lines = k->last_day.at,
                       .n_lines = k->last_day.count,
                       .vola_amt = stl_lines_worth(c, k->last_day.at, k->last_day.count),
                       .basis = "rules/parameters.csv V20 last-day-share"};
    char share[STL_DECIMAL_TEXT_MAX];
    stl_decimal_format_short(limit, STL_SCALE_RATIO, 2, share);
    return stl_rule_find(
        &STL_RULE_LATE_ENTRY, c, k->out, found, k->err,
        "出院日前发生的 %zu 条明细中有 %zu 条在出院日或之后才录入，占比 > %s，金额 %s 元",
        "of %zu lines before the day of discharge %zu were entered on it or later, more than %s: "
        "%s yuan",
        k->earlier, k->last_day.count, share, stl_figure_money(found.vola_amt).text);
}

static settle_status judge_last_day(const check *k) {
    stl_ratio limit;
    if (k->end == STL_NONE || k->earlier == 0)
        return SETTLE_OK;
    if (!stl_rules_parameter(k->c, STL_RULE_LATE_ENTRY.id, "last-day-share", k->end, 4, &limit))
        return stl_verdict_gap(k->out, STL_RULE_LATE_ENTRY.id,
                               stl_rules_pick(k->c, "出院日补录占比上限（last-day-share）",
                                              "the limit of the share entered on the last day"),
                               k->earlier);
    return (__int128)k->last_day.count * 10000 > (__int128)limit * (int64_t)k->earlier
               ? report_last_day(k, limit)
               : SETTLE_OK;
}

/* Late, without a time of entry, or one of those that make a share of the last day, or lack its
 * limit; all lines where there is no limit of hours. */
static bool is_told(const stl_case *c, uint32_t line) {
    const stl_charge *charge = stl_case_charge(c, line);
    stl_instant end = c->stay->head.endtime;
    int64_t hours, share;
    if (charge->entry_time == STL_NONE ||
        !stl_rules_parameter(c, STL_RULE_LATE_ENTRY.id, "hours", stl_rules_stay_day(c), 0, &hours))
        return true;
    if (charge->fee_ocur_time == STL_NONE)
        return false;
    if (is_late(charge, hours))
        return true;
    if (end == STL_NONE || c->lines[line].day >= stl_instant_day(end))
        return false;
    return stl_instant_day(charge->entry_time) >= stl_instant_day(end) ||
           !stl_rules_parameter(c, STL_RULE_LATE_ENTRY.id, "last-day-share", stl_instant_day(end),
                                4, &share);
}

static settle_status run(const stl_case *c, stl_verdict *out, stl_error *err) {
    stl_instant end = c->stay->head.endtime;
    check k = {.c = c, .out = out, .err = err, .hours = STL_NONE, .end = STL_NONE};
    if (end != STL_NONE)
        k.end = stl_instant_day(end);
    if (!stl_rules_parameter(c, STL_RULE_LATE_ENTRY.id, "hours", stl_rules_stay_day(c), 0,
                             &k.hours) &&
        c->n_lines > 0)
        TRY(stl_verdict_gap(out, STL_RULE_LATE_ENTRY.id,
                            stl_rules_pick(c, "录入时限（hours）", "the limit of hours"),
                            c->n_lines));
    for (size_t i = 0; i < c->n_lines; i++)
        if (stl_line_live(&c->lines[i]))
            TRY(note(&k, (uint32_t)i));
    if (k.late.count > 0)
        TRY(report_late(&k));
    TRY(judge_last_day(&k));
    return k.no_entry == 0
               ? SETTLE_OK
               : stl_verdict_gap(out, STL_RULE_LATE_ENTRY.id,
                                 stl_rules_pick(c, "录入时间", "time of entry"), k.no_entry);
}

const stl_rule STL_RULE_LATE_ENTRY = {
    .id = "V20",
    .name = {"费用未及时录入", "charges entered late"},
    .fix = {"请核对补录明细与医嘱、执行记录是否一致，并改为随发生随录入",
            "compare the late lines with orders and records of execution; enter charges as they "
            "happen"},
    .basis = "V20 S5 (002:251,257)",
    .reads = "rules/parameters.csv hours, rules/parameters.csv last-day-share",
    .action = STL_WARN,
    .scope = STL_SCOPE_STAY,
    .concerns = is_told,
    .recounts = true,
    .run = run,
};
