/* SPDX-License-Identifier: Apache-2.0 */
/* V14, its warning: a charge before the day on which its order begins, or after the day on which it
 * was stopped (orders.csv). All rows of one order number count together. */
#include "rules/checks.h"
#include "rules/support.h"

#include "model/keys.h"

typedef struct span {
    stl_day begin, stop; /* STL_NONE, the least of all days: open */
} span;

typedef struct check {
    const stl_case *c;
    stl_keys orders;
    span *spans; /* by number of the order */
    uint32_t guess;
    stl_lines early, late;
} check;

static stl_day day_of(stl_instant at) {
    return at == STL_NONE ? STL_NONE : stl_instant_day(at);
}

static settle_status read_orders(check *k, stl_error *err) {
    const stl_order *orders = STL_ROWS_OF(k->c->stay, STL_R_ORDER, stl_order);
    size_t count = k->c->stay->rows[STL_R_ORDER].count;
    k->spans = stl_arena_alloc(k->c->arena, (count + 1) * sizeof *k->spans);
    TRY_ALLOC(err, k->spans);
    for (size_t i = 0; i < count; i++) {
        size_t before = k->orders.count;
        uint32_t at = stl_keys_number(&k->orders, orders[i].drord_no);
        if (at == STL_NO_KEY)
            return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
        span *s = &k->spans[at];
        stl_day begin = day_of(orders[i].drord_begn_date), stop = day_of(orders[i].drord_stop_date);
        if (at == before)
            *s = (span){begin, stop};
        s->begin = begin < s->begin ? begin : s->begin;
        s->stop = stop == STL_NONE || s->stop == STL_NONE ? STL_NONE
                  : stop > s->stop                        ? stop
                                                          : s->stop;
    }
    return SETTLE_OK;
}

/* Charges mostly come as their orders do: the order found last or the next one is tried first. */
static const span *span_of(check *k, size_t line) {
    stl_str order = stl_case_charge(k->c, line)->drord_no;
    for (uint32_t at = k->guess; at < k->orders.count && at < k->guess + 2; at++)
        if (stl_str_eq(k->orders.keys[at].text, order))
            return &k->spans[k->guess = at];
    uint32_t at = stl_keys_find(&k->orders, order);
    return at == STL_NO_KEY ? NULL : &k->spans[k->guess = at];
}

static settle_status judge(check *k, uint32_t line, stl_error *err) {
    const stl_line *l = &k->c->lines[line];
    const span *s = span_of(k, line);
    if (s == NULL || !stl_line_live(l) || l->day == STL_NONE)
        return SETTLE_OK;
    if (s->begin != STL_NONE && l->day < s->begin)
        return stl_lines_add(k->c->arena, &k->early, line, err);
    return s->stop != STL_NONE && l->day > s->stop ? stl_lines_add(k->c->arena, &k->late, line, err)
                                                   : SETTLE_OK;
}

static settle_status report(check *k, const stl_lines *lines, bool early, stl_verdict *out,
                            stl_error *err) {
    const stl_case *c = k->c;
    if (lines->count == 0)
        return SETTLE_OK;
    uint32_t first = lines->at[0];
    const stl_charge *charge = stl_case_charge(c, first);
    stl_found found = {.lines = lines->at,
                       .n_lines = lines->count,
                       .vola_amt = stl_lines_worth(c, lines->at, lines->count),
                       .basis = "orders.csv"};
    const char *extent = stl_rules_extent(c, lines->count, found.vola_amt);
    TRY_ALLOC(err, extent);
    stl_day bound = early ? span_of(k, first)->begin : span_of(k, first)->stop;
    const char *how = early ? stl_rules_pick(c, "早于医嘱开始", "before the order begins on")
                            : stl_rules_pick(c, "晚于医嘱停止", "after the order was stopped on");
    return stl_rule_find(
        &STL_RULE_ORDER_DATES, c, out, found, err, "%.*s（医嘱 %.*s）%s 收费，%s %s%s",
        "%.*s (order %.*s) charged on %s, %s %s%s", STL_ARG(charge->medins_list_name),
        STL_ARG(charge->drord_no), stl_figure_day(c->lines[first].day).text, how,
        stl_figure_day(bound).text, extent);
}

static settle_status run(const stl_case *c, stl_verdict *out, stl_error *err) {
    check k = {.c = c, .orders = {.arena = c->arena}};
    if (!c->stay->given[STL_R_ORDER])
        return c->n_lines == 0
                   ? SETTLE_OK
                   : stl_verdict_gap(out, STL_RULE_ORDER_DATES.id,
                                     stl_rules_pick(c, "医嘱（orders.csv）", "orders (orders.csv)"),
                                     c->n_lines);
    TRY(read_orders(&k, err));
    for (uint32_t line = 0; line < c->n_lines; line++)
        TRY(judge(&k, line, err));
    TRY(report(&k, &k.early, true, out, err));
    return report(&k, &k.late, false, out, err);
}

const stl_rule STL_RULE_ORDER_DATES = {
    .id = "V14",
    .name = {"收费日期与医嘱日期不符", "charge dated outside its order"},
    .fix = {"请核对医嘱的开始、停止日期与费用发生日期，改正录错的一方；停医嘱后多收的请退费",
            "compare the days of the order with that of the charge and correct the wrong one; "
            "refund what was charged after the stop"},
    .basis = "V14 (002:1161)",
    .reads = "orders.csv",
    .action = STL_WARN,
    .scope = STL_SCOPE_ALONE,
    .run = run,
};
