/* SPDX-License-Identifier: Apache-2.0 */
/* V35: on the day of service the person is entitled in the scheme of the stay (entitlements.csv).
 * Of several rows in force the one that began last says so; of two from one day the worse one. */
#include "rules/checks.h"
#include "rules/lists.h"

typedef struct check {
    const stl_case *c;
    stl_verdict *out;
    stl_error *err;
    const stl_entitlement *rows;
    size_t n_rows;
    stl_lines *without; /* lines by the row that denies them; the last: no row at all */
} check;

static bool entitles(const stl_case *c, const stl_entitlement *row, stl_day day) {
    return stl_rules_listed(c, "V35.entitled", row->psn_insu_stas, day) != NULL;
}

static bool in_force(const stl_entitlement *row, stl_day day) {
    return (row->begndate == STL_NONE || row->begndate <= day) &&
           (row->enddate == STL_NONE || day <= row->enddate);
}

/* The row that governs the day; n_rows: none. STL_NONE is less than any day. */
static size_t row_on(const check *k, stl_day day) {
    size_t best = k->n_rows;
    for (size_t i = 0; i < k->n_rows; i++) {
        const stl_entitlement *row = &k->rows[i];
        if (!stl_str_eq(row->insutype, k->c->stay->head.insutype) || !in_force(row, day))
            continue;
        if (best == k->n_rows || row->begndate > k->rows[best].begndate ||
            (row->begndate == k->rows[best].begndate && !entitles(k->c, row, day)))
            best = i;
    }
    return best;
}

static const char *day_or_open(const stl_case *c, stl_day day) {
    return day == STL_NONE ? stl_rules_pick(c, "不限", "open")
                           : stl_rules_text(c, "%s", stl_figure_day(day).text);
}

/* What the row says of the person: status, reason, days. */
static const char *standing(const stl_case *c, const stl_entitlement *row) {
    if (row == NULL)
        return stl_rules_pick(c, "当日无参保记录", "no insurance on record on the day");
    const char *begin = day_or_open(c, row->begndate), *end = day_or_open(c, row->enddate);
    if (begin == NULL || end == NULL)
        return NULL;
    stl_str reason = row->reason;
    if (stl_str_empty(reason))
        reason = stl_str_of(stl_rules_pick(c, "未说明原因", "no reason given"));
    return stl_rules_text(
        c, stl_rules_pick(c, "参保状态 %.*s（%.*s，%s 至 %s）", "status %.*s (%.*s, %s to %s)"),
        STL_ARG(row->psn_insu_stas), STL_ARG(reason), begin, end);
}

static settle_status report(check *k, size_t row) {
    const stl_case *c = k->c;
    const stl_lines *lines = &k->without[row];
    stl_day first = c->lines[lines->at[0]].day, last = c->lines[lines->at[lines->count - 1]].day;
    stl_found found = {.lines = lines->at,
                       .n_lines = lines->count,
                       .vola_amt = stl_lines_worth(c, lines->at, lines->count),
                       .basis = "entitlements.csv, rules/lists.csv V35.entitled"};
    const char *why = standing(c, row == k->n_rows ? NULL : &k->rows[row]);
    const char *extent = stl_rules_extent(c, lines->count, found.vola_amt);
    TRY_ALLOC(k->err, why);
    TRY_ALLOC(k->err, extent);
    return stl_rule_find(&STL_RULE_ENTITLEMENT, c, k->out, found, k->err,
                         "险种 %.*s %s：服务日期 %s 至 %s 不享受待遇%s",
                         "scheme %.*s, %s: not entitled for services from %s to %s%s",
                         STL_ARG(c->stay->head.insutype), why, stl_figure_day(first).text,
                         stl_figure_day(last).text, extent);
}

static settle_status collect(check *k) {
    const stl_case *c = k->c;
    stl_day day = STL_NONE;
    size_t row = k->n_rows;
    bool entitled = false;
    for (size_t i = 0; i < c->n_lines; i++) {
        uint32_t line = c->by_time[i];
        if (!stl_line_live(&c->lines[line]) || stl_case_charge(c, line)->fee_ocur_time == STL_NONE)
            continue;
        if (c->lines[line].day != day) {
            day = c->lines[line].day;
            row = row_on(k, day);
            entitled = row < k->n_rows && entitles(c, &k->rows[row], day);
        }
        if (!entitled)
            TRY(stl_lines_add(c->arena, &k->without[row], line, k->err));
    }
    return SETTLE_OK;
}

static settle_status gap(const stl_case *c, stl_verdict *out, const char *zh, const char *en) {
    return stl_verdict_gap(out, STL_RULE_ENTITLEMENT.id, stl_rules_pick(c, zh, en), 0);
}

static settle_status run(const stl_case *c, stl_verdict *out, stl_error *err) {
    check k = {.c = c,
               .out = out,
               .err = err,
               .rows = STL_ROWS_OF(c->stay, STL_R_ENTITLEMENT, stl_entitlement),
               .n_rows = c->stay->rows[STL_R_ENTITLEMENT].count};
    if (!c->stay->given[STL_R_ENTITLEMENT] || k.n_rows == 0)
        return gap(c, out, "参保待遇记录（entitlements.csv）",
                   "entitlements of the person (entitlements.csv)");
    if (!stl_rules_has_list(c, "V35.entitled"))
        return gap(c, out, "享受待遇的参保状态表 V35.entitled",
                   "list V35.entitled of statuses that entitle");
    k.without = stl_arena_alloc(c->arena, (k.n_rows + 1) * sizeof *k.without);
    TRY_ALLOC(err, k.without);
    TRY(collect(&k));
    for (size_t row = 0; row <= k.n_rows; row++)
        if (k.without[row].count > 0)
            TRY(report(&k, row));
    return SETTLE_OK;
}

const stl_rule STL_RULE_ENTITLEMENT = {
    .id = "V35",
    .name = {"服务日期不享受待遇", "not entitled on the day of service"},
    .fix = {"请核实参保缴费状态；确不享受待遇的改为自费结算",
            "verify insurance and contributions; who is not entitled settles self-funded"},
    .basis = "V35 (000:141, 002:1037,1107), Q8",
    .reads = "rules/lists.csv V35.entitled, entitlements.csv",
    .action = STL_BLOCK,
    .scope = STL_SCOPE_ALONE,
    .run = run,
};
