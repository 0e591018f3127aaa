/* SPDX-License-Identifier: Apache-2.0 */
/* Stable orders: radix by time, compared by serial within a second only, counting by code. */
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

int stl_case_earlier(const stl_case *c, uint32_t a, uint32_t b) {
    const stl_charge *x = stl_case_charge(c, a), *y = stl_case_charge(c, b);
    if (x->fee_ocur_time != y->fee_ocur_time)
        return stl_compare(x->fee_ocur_time, y->fee_ocur_time);
    if (x->feedetl_sn.len != y->feedetl_sn.len)
        return x->feedetl_sn.len < y->feedetl_sn.len ? -1 : 1;
    int order = stl_str_cmp(x->feedetl_sn, y->feedetl_sn);
    return order != 0 ? order : stl_compare(a, b);
}

static int by_serial(const void *a, const void *b, void *the_case) {
    return stl_case_earlier(the_case, *(const uint32_t *)a, *(const uint32_t *)b);
}

/* `lines` are sorted by time. */
static void sort_seconds(const stl_case *c, uint32_t *lines) {
    for (size_t i = 0, n; i < c->n_lines; i += n) {
        stl_instant at = stl_case_charge(c, lines[i])->fee_ocur_time;
        bool sorted = true;
        for (n = 1; i + n < c->n_lines && stl_case_charge(c, lines[i + n])->fee_ocur_time == at;
             n++)
            sorted = sorted && stl_case_earlier(c, lines[i + n - 1], lines[i + n]) < 0;
        if (!sorted)
            qsort_r(lines + i, n, sizeof *lines, by_serial, (void *)(uintptr_t)c);
    }
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
    if (!sorted)
        TRY(sort_lines(c, order, earliest, latest, err));
    sort_seconds(c, order);
    return SETTLE_OK;
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
