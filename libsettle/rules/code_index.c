/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/code_index.h"

static size_t slot_of(const stl_code_index *index, const stl_case *c, stl_str code) {
    size_t slot = (size_t)stl_str_hash(code) & (index->n_slots - 1);
    while (index->slots[slot] != 0 && !stl_str_eq(stl_rules_code(c, index->slots[slot] - 1), code))
        slot = (slot + 1) & (index->n_slots - 1);
    return slot;
}

settle_status stl_code_index_build(const stl_case *c, stl_code_index *out, stl_error *err) {
    out->n_slots = 4;
    while (out->n_slots < (size_t)c->n_codes * 2)
        out->n_slots *= 2;
    out->slots = stl_arena_alloc(c->arena, out->n_slots * sizeof *out->slots);
    TRY_ALLOC(err, out->slots);
    for (uint32_t code = 0; code < c->n_codes; code++)
        out->slots[slot_of(out, c, stl_rules_code(c, code))] = code + 1;
    return SETTLE_OK;
}

uint32_t stl_code_index_find(const stl_code_index *index, const stl_case *c, stl_str code) {
    uint32_t found = index->slots[slot_of(index, c, code)];
    return found == 0 ? UINT32_MAX : found - 1;
}
