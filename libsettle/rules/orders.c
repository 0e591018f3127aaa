/* SPDX-License-Identifier: Apache-2.0 */
/* V29: no more is charged than was ordered and executed (orders.csv), and nothing without an order.
 * Charges of one order and hospital item count together. */
#include "rules/checks.h"
#include "rules/lists.h"

#define NONE UINT32_MAX

typedef struct group { /* charges of an order, or of an item without one */
    const stl_order *order;
    uint32_t last; /* its lines, the latest first: last, before[last] ... */
    stl_qty billed;
} group;

typedef struct check {
    const stl_case *c;
    stl_verdict *out;
    stl_error *err;
    group *groups; /* one an order, then one an item */
    size_t n_orders, n_groups, n_slots;
    uint32_t *slots; /* 1 + order, 0 empty; filled when a guess first fails */
    bool indexed;
    uint32_t guess;
    uint32_t *group_of, *before; /* of each line */
    size_t unknown_quantity;
} check;

static bool is_order(const check *k, uint32_t at, const stl_charge *charge) {
    const stl_order *order = k->groups[at].order;
    return stl_str_eq(order->drord_no, charge->drord_no) &&
           stl_str_eq(order->medins_list_codg, charge->medins_list_codg);
}

static size_t first_slot(const check *k, stl_str order, stl_str item) {
    return (size_t)stl_str_hash_seeded(item, stl_str_hash(order)) & (k->n_slots - 1);
}

/* Keys of orders are unique within a stay. */
static void index_orders(check *k) {
    for (uint32_t i = 0; i < k->n_orders; i++) {
        const stl_order *order = k->groups[i].order;
        size_t slot = first_slot(k, order->drord_no, order->medins_list_codg);
        while (k->slots[slot] != 0)
            slot = (slot + 1) & (k->n_slots - 1);
        k->slots[slot] = i + 1;
    }
    k->indexed = true;
}

/* Charges mostly come as their orders do: the order found last or the next one is tried first. */
static uint32_t order_of(check *k, const stl_charge *charge) {
    for (uint32_t at = k->guess; at < k->n_orders && at < k->guess + 2; at++)
        if (is_order(k, at, charge))
            return k->guess = at;
    if (!k->indexed)
        index_orders(k);
    size_t slot = first_slot(k, charge->drord_no, charge->medins_list_codg);
    for (; k->slots[slot] != 0; slot = (slot + 1) & (k->n_slots - 1))
        if (is_order(k, k->slots[slot] - 1, charge))
            return k->guess = k->slots[slot] - 1;
    return NONE;
}

static settle_status make_room(check *k) {
    const stl_case *c = k->c;
    const stl_order *orders = STL_ROWS_OF(c->stay, STL_R_ORDER, stl_order);
    k->n_orders = c->stay->rows[STL_R_ORDER].count;
    k->n_groups = k->n_orders + c->n_items;
    for (k->n_slots = 4; k->n_slots < k->n_orders * 2;)
        k->n_slots *= 2;
    k->groups = stl_arena_alloc(c->arena, k->n_groups * sizeof *k->groups);
    k->slots = stl_arena_alloc(c->arena, k->n_slots * sizeof *k->slots);
    k->group_of = stl_arena_alloc(c->arena, c->n_lines * sizeof *k->group_of);
    k->before = stl_arena_alloc(c->arena, c->n_lines * sizeof *k->before);
    TRY_ALLOC(k->err, k->groups);
    TRY_ALLOC(k->err, k->slots);
    TRY_ALLOC(k->err, k->group_of);
    TRY_ALLOC(k->err, k->before);
    for (size_t i = 0; i < k->n_groups; i++)
        k->groups[i] = (group){i < k->n_orders ? &orders[i] : NULL, NONE, 0};
    return SETTLE_OK;
}

/* Beds, diagnosis and nursing need no order of their own (list V29.exempt, by price-list code). */
static bool exempt(const stl_case *c, const stl_line *l) {
    stl_str code = stl_rules_cell(&c->mapping->items, l->item, STL_ITEM_PRICE_CODE);
    return !stl_str_empty(code) && stl_rules_listed(c, "V29.exempt", code, l->day) != NULL;
}

static uint32_t group_of(check *k, uint32_t line) {
    const stl_line *l = &k->c->lines[line];
    if (!stl_line_live(l))
        return NONE;
    uint32_t order = order_of(k, stl_case_charge(k->c, line));
    if (order != NONE)
        return order;
    return exempt(k->c, l) ? NONE : (uint32_t)k->n_orders + l->item_no;
}

static void collect(check *k) {
    for (uint32_t line = 0; line < k->c->n_lines; line++)
        k->group_of[line] = group_of(k, line);
    for (size_t i = 0; i < k->c->n_lines; i++) {
        uint32_t line = k->c->by_time[i];
        if (k->group_of[line] == NONE)
            continue;
        group *g = &k->groups[k->group_of[line]];
        k->before[line] = g->last;
        g->last = line;
        g->billed = stl_rules_sum(g->billed, k->c->lines[line].net_cnt);
    }
}

static settle_status lines_of(const check *k, const group *g, stl_lines *out) {
    *out = (stl_lines){0};
    for (uint32_t line = g->last; line != NONE; line = k->before[line])
        TRY(stl_lines_add(k->c->arena, out, line, k->err));
    return SETTLE_OK;
}

/* The smaller of what was ordered and what was executed; STL_NONE: neither is known. */
static stl_qty allowed_by(const stl_order *order) {
    if (order->exec_cnt == STL_NONE || (order->cnt != STL_NONE && order->cnt < order->exec_cnt))
        return order->cnt;
    return order->exec_cnt;
}

static settle_status report_missing(check *k, const group *g) {
    const stl_case *c = k->c;
    stl_lines lines;
    TRY(lines_of(k, g, &lines));
    const stl_charge *charge = stl_case_charge(c, lines.at[lines.count - 1]);
    stl_found found = {.lines = lines.at,
                       .n_lines = lines.count,
                       .vola_amt = stl_lines_worth(c, lines.at, lines.count)};
    const char *extent = stl_rules_extent(c, lines.count, found.vola_amt);
    TRY_ALLOC(k->err, extent);
    return stl_rule_find(&STL_RULE_ORDERS, c, k->out, found, k->err, "%.*s 无对应医嘱，收费 %s%s",
                         "%.*s has no order, charged %s%s", STL_ARG(charge->medins_list_name),
                         stl_figure_qty(g->billed).text, extent);
}

/* What the line charges beyond the quantity that is left. */
static stl_money beyond(const stl_charge *charge, stl_qty excess) {
    stl_money worth;
    return charge->pric != STL_NONE &&
                   stl_money_of(excess, charge->pric, STL_ROUND_HALF_UP, &worth) == SETTLE_OK
               ? worth
               : 0;
}

static settle_status report_over(check *k, const group *g, stl_qty allowed) {
    const stl_case *c = k->c;
    stl_lines all, over = {0}, within = {0};
    TRY(lines_of(k, g, &all));
    stl_money worth = 0;
    stl_qty excess = g->billed - allowed;
    for (size_t i = 0; i < all.count; i++) { /* the latest first */
        stl_qty cnt = c->lines[all.at[i]].net_cnt, part = cnt < excess ? cnt : excess;
        TRY(stl_lines_add(c->arena, part > 0 ? &over : &within, all.at[i], k->err));
        worth = stl_rules_sum(worth, beyond(stl_case_charge(c, all.at[i]), part));
        excess -= part;
    }
    const stl_charge *charge = stl_case_charge(c, over.at[0]);
    stl_found found = {.lines = over.at,
                       .n_lines = over.count,
                       .involved = within.at,
                       .n_involved = within.count,
                       .vola_amt = worth};
    const char *executed = g->order->exec_cnt == STL_NONE
                               ? ""
                               : stl_rules_text(c, stl_rules_pick(c, "、执行 %s", ", executed %s"),
                                                stl_figure_qty(g->order->exec_cnt).text);
    const char *ordered = stl_rules_text(
        c, "%s", g->order->cnt == STL_NONE ? "-" : stl_figure_qty(g->order->cnt).text);
    TRY_ALLOC(k->err, executed);
    TRY_ALLOC(k->err, ordered);
    return stl_rule_find(&STL_RULE_ORDERS, c, k->out, found, k->err,
                         "%.*s 医嘱 %.*s：收费 %s > 开立 %s%s，多收 %s 元",
                         "%.*s, order %.*s: charged %s > ordered %s%s: %s yuan too much",
                         STL_ARG(charge->medins_list_name), STL_ARG(g->order->drord_no),
                         stl_figure_qty(g->billed).text, ordered, executed,
                         stl_figure_money(worth).text);
}

static settle_status judge(check *k, const group *g) {
    if (g->last == NONE)
        return SETTLE_OK;
    if (g->order == NULL)
        return report_missing(k, g);
    stl_qty allowed = allowed_by(g->order);
    if (allowed == STL_NONE) {
        for (uint32_t line = g->last; line != NONE; line = k->before[line])
            k->unknown_quantity++;
        return SETTLE_OK;
    }
    return g->billed > allowed ? report_over(k, g, allowed) : SETTLE_OK;
}

static settle_status no_orders(const stl_case *c, stl_verdict *out) {
    size_t lines = 0;
    for (size_t i = 0; i < c->n_lines; i++)
        lines += stl_line_live(&c->lines[i]);
    return lines == 0
               ? SETTLE_OK
               : stl_verdict_gap(out, STL_RULE_ORDERS.id,
                                 stl_rules_pick(c, "医嘱（orders.csv）", "orders (orders.csv)"),
                                 lines);
}

static settle_status run(const stl_case *c, stl_verdict *out, stl_error *err) {
    if (!c->stay->given[STL_R_ORDER])
        return no_orders(c, out);
    check k = {.c = c, .out = out, .err = err};
    TRY(make_room(&k));
    collect(&k);
    for (size_t i = 0; i < k.n_groups; i++)
        TRY(judge(&k, &k.groups[i]));
    if (k.unknown_quantity > 0)
        TRY(stl_verdict_gap(
            out, STL_RULE_ORDERS.id,
            stl_rules_pick(c, "医嘱的开立或执行数量", "quantity ordered or executed of the order"),
            k.unknown_quantity));
    return SETTLE_OK;
}

const stl_rule STL_RULE_ORDERS = {
    .id = "V29",
    .name = {"多收费用或无医嘱收费", "charged beyond the order"},
    .fix = {"请核对医嘱与执行记录，退费多收部分或补录医嘱",
            "compare with order and execution; refund what is too much, or record the order"},
    .basis = "V29 (001:57, 002:1131,1163, 004:70)",
    .reads = "rules/lists.csv V29.exempt?, orders.csv",
    .action = STL_BLOCK,
    .scope = STL_SCOPE_ITEM,
    .run = run,
};
