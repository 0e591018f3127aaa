/* SPDX-License-Identifier: Apache-2.0 */
#include "model/case_parts.h"

enum { NO_LINE = -1, UNKNOWN = -2, WALKING = -3 };

static bool has_refunds(const stl_case *c) {
    for (size_t i = 0; i < c->n_lines; i++)
        if (!stl_str_empty(stl_case_charge(c, i)->init_feedetl_sn))
            return true;
    return false;
}

static int32_t *filled(stl_arena *arena, size_t n, int32_t value) {
    int32_t *numbers = stl_arena_alloc(arena, n * sizeof *numbers);
    for (size_t i = 0; numbers != NULL && i < n; i++)
        numbers[i] = value;
    return numbers;
}

/* A charge gives back another of the same item: one adds, the other takes away. */
static bool may_refund(const stl_case *c, size_t refund, size_t original) {
    stl_qty a = stl_case_charge(c, refund)->cnt, b = stl_case_charge(c, original)->cnt;
    return refund != original && c->lines[refund].item_no == c->lines[original].item_no &&
           a != STL_NONE && b != STL_NONE && ((a < 0 && b > 0) || (a > 0 && b < 0));
}

/* The line that each init_feedetl_sn names; the first where a serial stands twice. */
static settle_status link_parents(const stl_case *c, int32_t *parents, stl_error *err) {
    stl_keys wanted = {.arena = c->arena};
    for (size_t i = 0; i < c->n_lines; i++) {
        stl_str serial = stl_case_charge(c, i)->init_feedetl_sn;
        if (!stl_str_empty(serial) && stl_keys_number(&wanted, serial) == STL_NO_KEY)
            return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    }
    int32_t *holders = filled(c->arena, wanted.count, NO_LINE);
    TRY_ALLOC(err, holders);
    for (size_t i = 0; i < c->n_lines; i++) {
        uint32_t key = stl_keys_find(&wanted, stl_case_charge(c, i)->feedetl_sn);
        if (key != STL_NO_KEY && holders[key] == NO_LINE)
            holders[key] = (int32_t)i;
    }
    for (size_t i = 0; i < c->n_lines; i++) {
        stl_str serial = stl_case_charge(c, i)->init_feedetl_sn;
        int32_t named = stl_str_empty(serial) ? NO_LINE : holders[stl_keys_find(&wanted, serial)];
        if (named != NO_LINE && may_refund(c, i, (size_t)named))
            parents[i] = named;
    }
    return SETTLE_OK;
}

/* Follows refunds of refunds to the charge that began them; circles lead nowhere. Each line is
 * walked twice in all. */
static void find_root(const int32_t *parents, int32_t *roots, int32_t from) {
    int32_t at = from;
    while (parents[at] != NO_LINE && roots[at] == UNKNOWN) {
        roots[at] = WALKING;
        at = parents[at];
    }
    int32_t root = parents[at] == NO_LINE ? at : roots[at] == WALKING ? NO_LINE : roots[at];
    for (at = from; parents[at] != NO_LINE && roots[at] == WALKING; at = parents[at])
        roots[at] = root;
}

static void add_to(int64_t *sum, int64_t value) {
    if (*sum == STL_NONE || value == STL_NONE || stl_decimal_add(*sum, value, sum) != SETTLE_OK)
        *sum = STL_NONE;
}

static void net(stl_case *c, size_t refund, size_t original) {
    const stl_charge *charge = stl_case_charge(c, refund);
    stl_line *line = &c->lines[refund], *target = &c->lines[original];
    add_to(&target->net_cnt, charge->cnt);
    add_to(&target->net_amt, charge->det_item_fee_sumamt);
    line->refund_of = (int32_t)original;
    line->net_cnt = 0;
    line->net_amt = 0;
}

settle_status stl_case_net_refunds(stl_case *c, stl_error *err) {
    if (!has_refunds(c))
        return SETTLE_OK;
    int32_t *parents = filled(c->arena, c->n_lines, NO_LINE);
    int32_t *roots = filled(c->arena, c->n_lines, UNKNOWN);
    TRY_ALLOC(err, parents);
    TRY_ALLOC(err, roots);
    TRY(link_parents(c, parents, err));
    for (size_t i = 0; i < c->n_lines; i++) {
        if (parents[i] == NO_LINE)
            continue;
        find_root(parents, roots, (int32_t)i);
        if (roots[i] != NO_LINE)
            net(c, i, (size_t)roots[i]);
    }
    return SETTLE_OK;
}
