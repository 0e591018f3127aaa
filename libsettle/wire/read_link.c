/* SPDX-License-Identifier: Apache-2.0 */
/* What no schema says cheaply: serials are unique and lead where they claim. Sorted, not hashed, so
 * that no chosen serials make it slow. */
#include "wire/read.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct serial {
    stl_str text;
    uint32_t line;
} serial;

static int compare(const void *a, const void *b) {
    return stl_str_cmp(((const serial *)a)->text, ((const serial *)b)->text);
}

static settle_status sort_serials(const stl_wire_reader *r, serial **out, stl_error *err) {
    size_t n = r->doc.settlement.n_lines;
    serial *sorted = stl_arena_alloc(r->doc.arena, (n + 1) * sizeof *sorted);
    TRY_ALLOC(err, sorted);
    bool ascending = true;
    for (size_t i = 0; i < n; i++) {
        sorted[i] = (serial){r->doc.feedetl_sn[i], (uint32_t)i};
        ascending = ascending && (i == 0 || compare(&sorted[i - 1], &sorted[i]) < 0);
    }
    if (!ascending)
        qsort(sorted, n, sizeof *sorted, compare);
    for (size_t i = 1; i < n && !ascending; i++)
        if (compare(&sorted[i - 1], &sorted[i]) == 0)
            return FAIL(err, SETTLE_E_INPUT_COUNT, .file = r->name, .field = "feedetl_sn",
                        .value = sorted[i].text.ptr, .detail = "two lines have this serial");
    *out = sorted;
    return SETTLE_OK;
}

static settle_status find(const stl_wire_reader *r, const serial *sorted,
                          const stl_wire_reference *ref, int32_t *out, stl_error *err) {
    serial key = {ref->feedetl_sn, 0};
    const serial *at = bsearch(&key, sorted, r->doc.settlement.n_lines, sizeof *sorted, compare);
    if (at != NULL) {
        *out = (int32_t)at->line;
        return SETTLE_OK;
    }
    if (!stl_str_empty(r->doc.settled_before)) { /* a line of one of those documents */
        *out = STL_REFUND_ELSEWHERE;
        return SETTLE_OK;
    }
    bool refund = ref->attribute == STL_A_FEEDETAIL_INIT_FEEDETL_SN;
    char detail[96];
    snprintf(detail, sizeof detail, "%s %u names a line that is not there",
             refund ? "feedetail" : "finding", refund ? ref->from + 1 : ref->from);
    return FAIL(err, SETTLE_E_INPUT_COUNT, .file = r->name,
                .field = STL_ATTRIBUTES[ref->attribute].name, .value = ref->feedetl_sn.ptr,
                .detail = detail);
}

/* Refunds of refunds lead to the charge that began them. `parents` is -1 where there is none.
 * Chains are shortened while they are walked, so that long ones cost little. */
static settle_status find_roots(const stl_wire_reader *r, int32_t *parents, stl_error *err) {
    size_t n = r->doc.settlement.n_lines;
    for (size_t i = 0; i < n; i++) {
        size_t steps = 0;
        int32_t at = parents[i];
        while (at >= 0 && parents[at] >= 0) {
            if (++steps > n)
                return FAIL(err, SETTLE_E_INPUT_COUNT, .file = r->name, .field = "init_feedetl_sn",
                            .value = r->doc.feedetl_sn[i].ptr,
                            .detail = "refunds lead in a circle");
            if (parents[parents[at]] >= 0)
                parents[at] = parents[parents[at]];
            at = parents[at];
        }
        parents[i] = at >= 0 && parents[at] == STL_REFUND_ELSEWHERE ? STL_REFUND_ELSEWHERE : at;
    }
    return SETTLE_OK;
}

settle_status stl_wire_link(stl_wire_reader *r, stl_error *err) {
    size_t n = r->doc.settlement.n_lines;
    serial *sorted = NULL;
    TRY(sort_serials(r, &sorted, err));
    r->doc.refund_of = stl_arena_alloc(r->doc.arena, (n + 1) * sizeof *r->doc.refund_of);
    TRY_ALLOC(err, r->doc.refund_of);
    for (size_t i = 0; i < n; i++)
        r->doc.refund_of[i] = -1;
    for (size_t i = 0; i < r->n_references; i++) {
        int32_t line = -1;
        TRY(find(r, sorted, &r->references[i], &line, err));
        if (r->references[i].attribute == STL_A_FEEDETAIL_INIT_FEEDETL_SN)
            r->doc.refund_of[r->references[i].from] = line;
    }
    return find_roots(r, r->doc.refund_of, err);
}
