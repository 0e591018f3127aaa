/* SPDX-License-Identifier: Apache-2.0 */
/* V31: discharged when the cost came near the quota of the disease, and admitted again soon.
 * History tells the other stay: it ended shortly before this one began, or began shortly after it
 * ended. */
#include "rules/checks.h"
#include "rules/facts.h"

typedef struct limits {
    const int64_t *row; /* of the list */
    stl_money quota, near, total;
    int64_t percent, days;
} limits;

static settle_status gap(const stl_case *c, stl_verdict *out, const char *zh, const char *en) {
    return stl_verdict_gap(out, STL_RULE_QUOTA.id, stl_rules_pick(c, zh, en), 0);
}

/* Days between the two stays; -1: not one soon after the other. */
static int64_t days_between(const stl_admission *head, const stl_history *other) {
    if (other->endtime != STL_NONE && head->begntime != STL_NONE &&
        other->endtime <= head->begntime)
        return stl_instant_day(head->begntime) - stl_instant_day(other->endtime);
    if (other->begntime != STL_NONE && head->endtime != STL_NONE &&
        head->endtime <= other->begntime)
        return stl_instant_day(other->begntime) - stl_instant_day(head->endtime);
    return -1;
}

static settle_status report(const stl_case *c, const limits *l, const stl_history *other,
                            int64_t days, stl_verdict *out, stl_error *err) {
    bool before = other->begntime < c->stay->head.begntime;
    stl_found found = {.vola_amt = l->total, .basis = stl_rules_list_basis(c, "V31.quota", l->row)};
    TRY_ALLOC(err, found.basis);
    return stl_rule_find(
        &STL_RULE_QUOTA, c, out, found, err,
        "诊断 %.*s 总费用 %s 元，在定额 %s 元的 ±%lld%% 以内，%s就诊 %.*s 与本次相隔 "
        "%lld 天 ≤ %lld 天",
        "diagnosis %.*s: total %s yuan is within quota %s yuan ±%lld%%, and the "
        "%s stay %.*s is %lld days apart <= %lld days",
        STL_ARG(c->stay->head.dscg_maindiag_code), stl_figure_money(l->total).text,
        stl_figure_money(l->quota).text, (long long)l->percent,
        before ? stl_rules_pick(c, "前次", "earlier") : stl_rules_pick(c, "后次", "later"),
        STL_ARG(other->mdtrt_id), (long long)days, (long long)l->days);
}

/* The other stay of the same quota nearest in time. */
static settle_status against_history(const stl_case *c, const limits *l, stl_day day,
                                     stl_verdict *out, stl_error *err) {
    const stl_history *rows = STL_ROWS_OF(c->stay, STL_R_HISTORY, stl_history), *nearest = NULL;
    int64_t apart = 0;
    bool unknown = false;
    for (size_t i = 0; i < c->stay->rows[STL_R_HISTORY].count; i++) {
        int64_t days = days_between(&c->stay->head, &rows[i]);
        if (days < 0 || days > l->days || stl_str_eq(rows[i].mdtrt_id, c->stay->head.mdtrt_id))
            continue;
        unknown = unknown || stl_str_empty(rows[i].dscg_maindiag_code);
        if (stl_rules_listed(c, "V31.quota", rows[i].dscg_maindiag_code, day) == l->row &&
            (nearest == NULL || days < apart)) {
            nearest = &rows[i];
            apart = days;
        }
    }
    if (nearest != NULL)
        return report(c, l, nearest, apart, out, err);
    return unknown ? gap(c, out, "既往就诊的主诊断", "main diagnosis of the other stay")
                   : SETTLE_OK;
}

static bool is_near(const stl_case *c, limits *l) {
    l->total = stl_rules_stay_worth(c);
    return stl_money_apart(l->total, l->quota) <= l->near;
}

static settle_status run(const stl_case *c, stl_verdict *out, stl_error *err) {
    const stl_admission *head = &c->stay->head;
    if (!stl_rules_has_list(c, "V31.quota"))
        return gap(c, out, "病种定额表 V31.quota", "list V31.quota of quotas by disease");
    stl_day day = stl_rules_stay_day(c);
    limits l = {.row = stl_rules_listed(c, "V31.quota", head->dscg_maindiag_code, day)};
    if (l.row == NULL)
        return SETTLE_OK;
    stl_str value = stl_rules_cell(stl_rules_table(c, STL_T_LISTS), l.row, STL_LIST_VALUE);
    if (stl_decimal_parse(value, STL_SCALE_MONEY, &l.quota) != SETTLE_OK ||
        !stl_rules_parameter(c, "V31", "near-percent", day, 0, &l.percent) ||
        !stl_rules_parameter(c, "V31", "days", day, 0, &l.days) ||
        stl_decimal_mul_div(l.quota, l.percent, 100, STL_ROUND_DOWN, &l.near) != SETTLE_OK)
        return gap(c, out, "V31 的定额、near-percent 或 days 参数",
                   "quota, near-percent or days of V31");
    if (!is_near(c, &l))
        return SETTLE_OK;
    if (!c->stay->given[STL_R_HISTORY])
        return gap(c, out, "其他就诊记录（history.csv）", "other stays (history.csv)");
    return against_history(c, &l, day, out, err);
}

const stl_rule STL_RULE_QUOTA = {
    .id = "V31",
    .name = {"近定额出院后再入院", "discharged near the quota, admitted again"},
    .fix = {"请核实出院指征与再入院原因，确属分次住院的应合并结算",
            "verify why the patient was discharged and admitted again; one treatment in two stays "
            "is settled as one"},
    .basis = "V31 (002:257), J1",
    .reads = "rules/lists.csv V31.quota, rules/parameters.csv near-percent, rules/parameters.csv "
             "days, history.csv",
    .action = STL_HINT,
    .scope = STL_SCOPE_STAY,
    .run = run,
};
