/* SPDX-License-Identifier: Apache-2.0 */
/* Identities of the person that count: valid on the rule date, by the policy's precedence. */
#include "base/words.h"
#include "benefit/parts.h"

static bool is_valid(const stl_benefit *b, const stl_identity *row) {
    return stl_str_eq(row->psn_no, b->c->stay->head.psn_no) &&
           (row->begntime == STL_NONE || row->begntime <= b->rule_day) &&
           (row->endtime == STL_NONE || b->rule_day <= row->endtime);
}

/* Place of a word among others; SIZE_MAX: none. */
static size_t place_in(stl_str words, stl_str word) {
    stl_str next;
    for (size_t place = 0; stl_words_next(&words, &next); place++)
        if (stl_str_eq(next, word))
            return place;
    return SIZE_MAX;
}

settle_status stl_benefit_identities(stl_benefit *b, stl_error *err) {
    const stl_rows *rows = &b->c->stay->rows[STL_R_IDENTITY];
    const stl_identity *all = rows->items;
    stl_str precedence = b->policy->precedence;
    size_t first = SIZE_MAX, count = 0;
    b->identities = stl_arena_alloc(b->c->arena, (rows->count + 1) * sizeof *b->identities);
    TRY_ALLOC(err, b->identities);
    for (size_t i = 0; i < rows->count; i++) {
        size_t place = place_in(precedence, all[i].psn_idet_type);
        if (is_valid(b, &all[i]) && place < first)
            first = place;
    }
    for (size_t i = 0; i < rows->count; i++) {
        size_t place = place_in(precedence, all[i].psn_idet_type);
        if (is_valid(b, &all[i]) && (place == SIZE_MAX || place == first))
            b->identities[count++] = all[i].psn_idet_type;
    }
    b->n_identities = count;
    return SETTLE_OK;
}
