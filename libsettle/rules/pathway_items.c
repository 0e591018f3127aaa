/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/pathway_items.h"

static stl_charged_item *slot_of(const stl_charged_items *items, stl_str code) {
    size_t at = (size_t)stl_str_hash(code) & (items->n_slots - 1);
    while (items->slots[at].code.len > 0 && !stl_str_eq(items->slots[at].code, code))
        at = (at + 1) & (items->n_slots - 1);
    return &items->slots[at];
}

stl_charged_item *stl_charged_items_find(const stl_charged_items *items, stl_str code) {
    stl_charged_item *found = stl_str_empty(code) ? NULL : slot_of(items, code);
    return found == NULL || found->code.len == 0 ? NULL : found;
}

static bool is_service(const stl_case *c, const stl_line *l) {
    stl_str kind = stl_rules_cell(&c->mapping->items, l->item, STL_ITEM_KIND);
    return stl_str_empty(kind) || stl_str_is(kind, "service");
}

settle_status stl_charged_items_of(const stl_case *c, stl_charged_items *out, stl_error *err) {
    *out = (stl_charged_items){.n_slots = 16};
    while (out->n_slots < 2 * (size_t)c->n_items)
        out->n_slots *= 2;
    out->slots = stl_arena_alloc(c->arena, out->n_slots * sizeof *out->slots);
    bool *seen = stl_arena_alloc(c->arena, c->n_items + 1);
    TRY_ALLOC(err, out->slots);
    TRY_ALLOC(err, seen);
    for (size_t i = 0; i < c->n_lines; i++) {
        const stl_line *l = &c->lines[i];
        if (!stl_line_live(l) || seen[l->item_no])
            continue;
        stl_str code = stl_rules_cell(&c->mapping->items, l->item, STL_ITEM_PRICE_CODE);
        if (l->item == NULL || (stl_str_empty(code) && is_service(c, l))) {
            out->unknown++;
            continue;
        }
        seen[l->item_no] = true;
        if (stl_str_empty(code))
            continue;
        stl_charged_item *slot = slot_of(out, code);
        if (slot->code.len == 0)
            *slot = (stl_charged_item){.code = code, .line = (uint32_t)i};
    }
    return SETTLE_OK;
}

bool stl_charged_items_concern(const stl_case *c, uint32_t line) {
    const stl_line *l = &c->lines[line];
    if (l->code_no == UINT32_MAX ||
        stl_str_empty(stl_rules_cell(&c->mapping->items, l->item, STL_ITEM_PRICE_CODE)))
        return true;
    for (size_t i = c->code_first[l->code_no]; i < c->code_first[l->code_no + 1]; i++) {
        uint32_t other = c->by_code[i];
        if (other < line && c->lines[other].item_no == l->item_no &&
            stl_line_live(&c->lines[other]))
            return false;
    }
    return true;
}
