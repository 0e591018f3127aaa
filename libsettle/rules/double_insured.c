/* SPDX-License-Identifier: Apache-2.0 */
/* V24, its warning: on a day of service the person is entitled in two schemes of which one may have
 * only one (list "V24.exclusive" of insutype; entitlements.csv). */
#include "rules/checks.h"
#include "rules/lists.h"

static bool in_force(const stl_entitlement *row, stl_day day) {
    return (row->begndate == STL_NONE || row->begndate <= day) &&
           (row->enddate == STL_NONE || day <= row->enddate);
}

static bool is_own(const stl_case *c, const stl_entitlement *row) {
    return stl_str_eq(row->insutype, c->stay->head.insutype);
}

/* A scheme that entitles on the day, the one of the stay or another; NULL: none. */
static const stl_entitlement *entitled_on(const stl_case *c, stl_day day, bool own) {
    const stl_entitlement *rows = STL_ROWS_OF(c->stay, STL_R_ENTITLEMENT, stl_entitlement);
    for (size_t i = 0; i < c->stay->rows[STL_R_ENTITLEMENT].count; i++)
        if (in_force(&rows[i], day) && is_own(c, &rows[i]) == own &&
            stl_rules_listed(c, "V24.exclusive", rows[i].insutype, day) != NULL &&
            stl_rules_listed(c, "V35.entitled", rows[i].psn_insu_stas, day) != NULL)
            return &rows[i];
    return NULL;
}

static settle_status report(const stl_case *c, const stl_lines *lines, stl_verdict *out,
                            stl_error *err) {
    stl_day first = c->lines[lines->at[0]].day;
    stl_found found = {.lines = lines->at,
                       .n_lines = lines->count,
                       .vola_amt = stl_lines_worth(c, lines->at, lines->count),
                       .basis = "entitlements.csv, rules/lists.csv V24.exclusive"};
    const char *extent = stl_rules_extent(c, lines->count, found.vola_amt);
    TRY_ALLOC(err, extent);
    return stl_rule_find(&STL_RULE_DOUBLE_INSURED, c, out, found, err,
                         "患者自 %s 起同时享受险种 %.*s 和险种 %.*s 的待遇%s",
                         "from %s on the patient is entitled in scheme %.*s and in scheme %.*s%s",
                         stl_figure_day(first).text, STL_ARG(c->stay->head.insutype),
                         STL_ARG(entitled_on(c, first, false)->insutype), extent);
}

static settle_status gap(const stl_case *c, stl_verdict *out, const char *zh, const char *en) {
    return stl_verdict_gap(out, STL_RULE_DOUBLE_INSURED.id, stl_rules_pick(c, zh, en), 0);
}

static settle_status run(const stl_case *c, stl_verdict *out, stl_error *err) {
    if (!c->stay->given[STL_R_ENTITLEMENT] || c->stay->rows[STL_R_ENTITLEMENT].count == 0)
        return gap(c, out, "参保待遇记录（entitlements.csv）",
                   "entitlements of the person (entitlements.csv)");
    if (!stl_rules_has_list(c, "V24.exclusive") || !stl_rules_has_list(c, "V35.entitled"))
        return gap(c, out, "只可参加其一的险种名单（V24.exclusive、V35.entitled）",
                   "the lists of schemes of which one may have one (V24.exclusive, V35.entitled)");
    stl_lines lines = {0};
    stl_day day = STL_NONE;
    bool twice = false;
    for (size_t i = 0; i < c->n_lines; i++) {
        uint32_t line = c->by_time[i];
        const stl_line *l = &c->lines[line];
        if (!stl_line_live(l) || l->day == STL_NONE)
            continue;
        if (l->day != day) {
            day = l->day;
            twice = entitled_on(c, day, true) != NULL && entitled_on(c, day, false) != NULL;
        }
        if (twice)
            TRY(stl_lines_add(c->arena, &lines, line, err));
    }
    return lines.count == 0 ? SETTLE_OK : report(c, &lines, out, err);
}

const stl_rule STL_RULE_DOUBLE_INSURED = {
    .id = "V24",
    .name = {"疑似重复参保", "perhaps insured twice"},
    .fix =
        {"请患者到参保地医保经办机构核实并保留一种险种；本次费用只能在一个险种结算一次",
         "have the insuring body verify which scheme the patient keeps; the cost is settled once, "
         "in one scheme"},
    .basis = "V24 (000:237, 002:1195)",
    .reads = "rules/lists.csv V24.exclusive, rules/lists.csv V35.entitled, entitlements.csv",
    .action = STL_WARN,
    .scope = STL_SCOPE_ALONE,
    .run = run,
};
