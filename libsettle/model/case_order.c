/* SPDX-License-Identifier: Apache-2.0 */
/* Stable orders without comparisons: radix by time, counting by code. */
#include "model/case_parts.h"

#include <stdlib.h>

enum { DIGIT_BITS = 8, DIGITS = 1 << DIGIT_BITS };

typedef struct timed {
    uint64_t time; /* since the earliest line */
    uint32_t line;
} timed;

static uint64_t time_from(stl_instant at, stl_instant earliest) {
    return (uint64_t)at - (uint64_t)earliest;
}

static void sort_by_digit(const timed *from, timed *to, size_t n, unsigned shift) {
    size_t first[DIGITS + 1] = {0};
    for (size_t i = 0; i < n; i++)
        first[(from[i].time >> shift) % DIGITS + 1]++;
    for (size_t d = 1; d < DIGITS; d++)
        first[d] += first[d - 1];
    for (size_t i = 0; i < n; i++)
        to[first[(from[i].time >> shift) % DIGITS]++] = from[i];
}

static settle_status sort_lines(const stl_case *c, uint32_t *out, stl_instant earliest,
                                stl_instant latest, stl_error *err) {
    SCOPED_FREE timed *room = malloc(2 * c->n_lines * sizeof *room);
    TRY_ALLOC(err, room);
    timed *from = room, *to = room + c->n_lines;
    for (size_t i = 0; i < c->n_lines; i++)
        from[i] = (timed){time_from(stl_case_charge(c, i)->fee_ocur_time, earliest), (uint32_t)i};
    uint64_t range = time_from(latest, earliest);
    for (unsigned shift = 0; shift < 64 && range >> shift > 0; shift += DIGIT_BITS) {
        sort_by_digit(from, to, c->n_lines, shift);
        timed *sorted = to;
        to = from;
        from = sorted;
    }
    for (size_t i = 0; i < c->n_lines; i++)
        out[i] = from[i].line;
    return SETTLE_OK;
}

static settle_status order_by_time(stl_case *c, stl_error *err) {
    uint32_t *order = stl_arena_alloc(c->arena, c->n_lines * sizeof *order);
    TRY_ALLOC(err, order);
    bool sorted = true;
    stl_instant earliest = INT64_MAX, latest = INT64_MIN, before = INT64_MIN;
    for (size_t i = 0; i < c->n_lines; i++) {
        stl_instant at = stl_case_charge(c, i)->fee_ocur_time;
        sorted = sorted && before <= at;
        before = at;
        earliest = at < earliest ? at : earliest;
        latest = at > latest ? at : latest;
        order[i] = (uint32_t)i;
    }
    c->by_time = order;
    return sorted ? SETTLE_OK : sort_lines(c, order, earliest, latest, err);
}

static settle_status order_by_code(stl_case *c, stl_error *err) {
    uint32_t *order = stl_arena_alloc(c->arena, c->n_lines * sizeof *order);
    /* one place more than n_codes + 1: filling moves each offset to the begin of the next code */
    uint32_t *offsets = stl_arena_alloc(c->arena, ((size_t)c->n_codes + 2) * sizeof *offsets);
    TRY_ALLOC(err, order);
    TRY_ALLOC(err, offsets);
    for (size_t i = 0; i < c->n_lines; i++)
        if (c->lines[i].code_no != STL_NO_KEY)
            offsets[c->lines[i].code_no + 2]++;
    for (size_t code = 2; code < (size_t)c->n_codes + 2; code++)
        offsets[code] += offsets[code - 1];
    for (size_t i = 0; i < c->n_lines; i++) {
        uint32_t line = c->by_time[i], code = c->lines[line].code_no;
        if (code != STL_NO_KEY)
            order[offsets[code + 1]++] = line;
    }
    c->by_code = order;
    c->code_first = offsets;
    c->n_by_code = offsets[c->n_codes];
    return SETTLE_OK;
}

settle_status stl_case_order(stl_case *c, stl_error *err) {
    TRY(order_by_time(c, err));
    return order_by_code(c, err);
}
