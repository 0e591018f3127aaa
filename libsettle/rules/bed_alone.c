/* SPDX-License-Identifier: Apache-2.0 */
/* V9: a night with a bed (rules/beds.csv) and, beside what comes with the bed (list "V9.routine"),
 * neither a charge nor an order. The day of discharge is no night. */
#include "rules/checks.h"
#include "rules/lists.h"

enum { LONGEST = 4000 }; /* nights judged; a longer stay is not evaluated */

typedef enum kind { BED, ROUTINE, CARE } kind;

typedef struct night {
    bool care;
    stl_lines beds;
} night;

typedef struct check {
    const stl_case *c;
    stl_day first;
    size_t count;
    night *nights;
} check;

static kind kind_of(const stl_case *c, const stl_line *l) {
    if (l->code_no == UINT32_MAX)
        return CARE;
    if (stl_index_get(stl_rules_table(c, STL_T_BEDS), l->med_list_codg).count > 0)
        return BED;
    return stl_rules_listed(c, "V9.routine", l->med_list_codg, l->day) != NULL ? ROUTINE : CARE;
}

static settle_status collect(check *k, stl_error *err) {
    const stl_case *c = k->c;
    for (size_t i = 0; i < c->n_lines; i++) {
        uint32_t line = c->by_time[i];
        const stl_line *l = &c->lines[line];
        if (l->day == STL_NONE || !stl_line_live(l) || (size_t)(l->day - k->first) >= k->count)
            continue;
        night *n = &k->nights[l->day - k->first];
        if (n->care)
            continue;
        kind is = kind_of(c, l);
        n->care = is == CARE;
        if (is == BED)
            TRY(stl_lines_add(c->arena, &n->beds, line, err));
    }
    return SETTLE_OK;
}

/* An order in force on the day; one without an end is over on its day. */
static bool ordered(const stl_case *c, stl_day day) {
    const stl_order *orders = STL_ROWS_OF(c->stay, STL_R_ORDER, stl_order);
    for (size_t i = 0; i < c->stay->rows[STL_R_ORDER].count; i++) {
        stl_instant begin = orders[i].drord_begn_date, stop = orders[i].drord_stop_date;
        if (begin == STL_NONE || stl_instant_day(begin) > day)
            continue;
        if (stl_instant_day(stop == STL_NONE ? begin : stop) >= day)
            return true;
    }
    return false;
}

static settle_status report(const stl_case *c, const night *n, stl_day day, stl_verdict *out,
                            stl_error *err) {
    stl_found found = {.lines = n->beds.at,
                       .n_lines = n->beds.count,
                       .vola_amt = stl_lines_worth(c, n->beds.at, n->beds.count),
                       .basis = stl_rules_text(c, "rules/beds.csv %.*s",
                                               STL_ARG(c->lines[n->beds.at[0]].med_list_codg))};
    TRY_ALLOC(err, found.basis);
    return stl_rule_find(
        &STL_RULE_BED_ALONE, c, out, found, err,
        "%s 收床位费 %s 元，当日没有医嘱、用药、检查和治疗",
        "on %s a bed is charged (%s yuan) and there was no order, drug, test or treatment",
        stl_figure_day(day).text, stl_figure_money(found.vola_amt).text);
}

static settle_status judge(check *k, stl_verdict *out, stl_error *err) {
    const stl_case *c = k->c;
    size_t unknown = 0;
    for (size_t i = 0; i < k->count; i++) {
        const night *n = &k->nights[i];
        if (n->care || n->beds.count == 0)
            continue;
        stl_day day = k->first + (stl_day)i;
        if (!c->stay->given[STL_R_ORDER])
            unknown += n->beds.count;
        else if (!ordered(c, day))
            TRY(report(c, n, day, out, err));
    }
    return unknown == 0
               ? SETTLE_OK
               : stl_verdict_gap(out, STL_RULE_BED_ALONE.id,
                                 stl_rules_pick(c, "医嘱记录", "records of orders"), unknown);
}

static settle_status no_times(const stl_case *c, stl_verdict *out) {
    size_t beds = 0;
    for (size_t i = 0; i < c->n_by_code; i++) {
        const stl_line *l = &c->lines[c->by_code[i]];
        beds += stl_line_live(l) &&
                stl_index_get(stl_rules_table(c, STL_T_BEDS), l->med_list_codg).count > 0;
    }
    return beds == 0
               ? SETTLE_OK
               : stl_verdict_gap(
                     out, STL_RULE_BED_ALONE.id,
                     stl_rules_pick(c, "入院或出院时间", "time of admission or discharge"), beds);
}

static settle_status run(const stl_case *c, stl_verdict *out, stl_error *err) {
    const stl_admission *head = &c->stay->head;
    if (head->begntime == STL_NONE || head->endtime == STL_NONE)
        return no_times(c, out);
    if (stl_rules_table(c, STL_T_BEDS)->n_rows == 0 || head->endtime < head->begntime)
        return SETTLE_OK; /* V4 and V14 tell */
    check k = {.c = c, .first = stl_instant_day(head->begntime)};
    int64_t nights = stl_instant_day(head->endtime) - k.first;
    if (nights > LONGEST)
        return stl_verdict_gap(out, STL_RULE_BED_ALONE.id,
                               stl_rules_pick(c, "可信的入出院时间", "credible times of the stay"),
                               0);
    k.count = nights < 1 ? 1 : (size_t)nights;
    k.nights = stl_arena_alloc(c->arena, k.count * sizeof *k.nights);
    TRY_ALLOC(err, k.nights);
    TRY(collect(&k, err));
    return judge(&k, out, err);
}

const stl_rule STL_RULE_BED_ALONE = {
    .id = "V9",
    .name = {"疑似挂床住院", "stay without care"},
    .fix = {"请核对患者当日是否在院：外出或挂床的床位费请退费",
            "check whether the patient was in on that day; refund the bed otherwise"},
    .basis = "V9 (002:257,411,479,1165)",
    .reads = "rules/beds.csv, rules/lists.csv V9.routine?, orders.csv",
    .action = STL_WARN,
    .scope = STL_SCOPE_DAY,
    .run = run,
};
