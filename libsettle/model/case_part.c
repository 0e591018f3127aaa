/* SPDX-License-Identifier: Apache-2.0 */
#include "model/case_part.h"

#include "model/case_parts.h"

/* Numbers given anew in the order of appearance; 0: none yet. */
typedef struct renumbering {
    uint32_t *given, count;
} renumbering;

static uint32_t renumbered(renumbering *r, uint32_t number) {
    if (r->given[number] == 0)
        r->given[number] = ++r->count;
    return r->given[number] - 1;
}

/* Where the line of the whole stands in the part; -1: not there. */
static int32_t place_of(const stl_case_part *part, int32_t line) {
    size_t low = 0, high = part->c.n_lines;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (part->lines[mid] < (uint32_t)line)
            low = mid + 1;
        else
            high = mid;
    }
    return low < part->c.n_lines && part->lines[low] == (uint32_t)line ? (int32_t)low : -1;
}

static void copy_lines(const stl_case *whole, stl_case_part *part, stl_charge *charges,
                       renumbering *items, renumbering *codes) {
    for (size_t i = 0; i < part->c.n_lines; i++) {
        stl_line *line = &part->c.lines[i];
        charges[i] = *stl_case_charge(whole, part->lines[i]);
        *line = whole->lines[part->lines[i]];
        line->item_no = renumbered(items, line->item_no);
        if (line->code_no != STL_NO_KEY)
            line->code_no = renumbered(codes, line->code_no);
        if (line->refund_of >= 0)
            line->refund_of = place_of(part, line->refund_of);
    }
    part->c.n_items = items->count;
    part->c.n_codes = codes->count;
}

settle_status stl_case_part_of(const stl_case *whole, const uint32_t *lines, size_t n,
                               const stl_rows *orders, stl_arena *arena, stl_case_part *out,
                               stl_error *err) {
    renumbering items = {stl_arena_alloc(arena, (whole->n_items + (size_t)1) * sizeof(uint32_t)),
                         0};
    renumbering codes = {stl_arena_alloc(arena, (whole->n_codes + (size_t)1) * sizeof(uint32_t)),
                         0};
    stl_charge *charges = stl_arena_alloc(arena, n * sizeof *charges);
    *out = (stl_case_part){.stay = *whole->stay, .c = *whole, .lines = lines};
    out->c.stay = &out->stay;
    out->c.arena = arena;
    out->c.n_lines = n;
    out->c.lines = stl_arena_alloc(arena, n * sizeof *out->c.lines);
    TRY_ALLOC(err, items.given);
    TRY_ALLOC(err, codes.given);
    TRY_ALLOC(err, charges);
    TRY_ALLOC(err, out->c.lines);
    out->stay.rows[STL_R_CHARGE] = (stl_rows){charges, n, n};
    if (orders != NULL)
        out->stay.rows[STL_R_ORDER] = *orders;
    copy_lines(whole, out, charges, &items, &codes);
    return stl_case_order(&out->c, err);
}

settle_status stl_case_part_net(stl_case_part *part, stl_error *err) {
    for (size_t i = 0; i < part->c.n_lines; i++) {
        const stl_charge *charge = stl_case_charge(&part->c, i);
        stl_line *line = &part->c.lines[i];
        line->refund_of = -1;
        line->net_cnt = charge->cnt;
        line->net_amt = charge->det_item_fee_sumamt;
    }
    return stl_case_net_refunds(&part->c, err);
}
