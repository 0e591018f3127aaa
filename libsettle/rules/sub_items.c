/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/sub_items.h"

enum { ITEM_DIGITS = 9 };

static void look_at(const stl_case *c, const stl_line *l, stl_str code, stl_sub_items *out) {
    const stl_index_table *caps = stl_rules_table(c, STL_T_CAPS);
    const int64_t *row = stl_case_cap(c, code, l->day);
    if (row == NULL) {
        out->of_level_unknown |= stl_str_empty(c->medins_lv) && stl_index_get(caps, code).count > 0;
        return;
    }
    if (row[STL_CAP_PRICE] == STL_NONE)
        return;
    out->any = true;
    if (!stl_str_eq(stl_rules_cell(caps, row, STL_CAP_UNIT),
                    stl_rules_map_cell(c, l, STL_MAP_LIST_UNIT)))
        return;
    if (out->cheapest == NULL || row[STL_CAP_PRICE] < out->cheapest[STL_CAP_PRICE])
        out->cheapest = row;
    if (out->dearest == NULL || row[STL_CAP_PRICE] > out->dearest[STL_CAP_PRICE])
        out->dearest = row;
}

stl_sub_items stl_rules_sub_items(const stl_case *c, uint32_t line) {
    const stl_line *l = &c->lines[line];
    stl_sub_items out = {0};
    stl_str code = stl_rules_cell(&c->mapping->items, l->item, STL_ITEM_PRICE_CODE);
    char sub[ITEM_DIGITS + 1];
    if (code.len != ITEM_DIGITS)
        return out;
    memcpy(sub, code.ptr, ITEM_DIGITS);
    for (sub[ITEM_DIGITS] = 'a'; sub[ITEM_DIGITS] <= 'z'; sub[ITEM_DIGITS]++)
        look_at(c, l, (stl_str){sub, sizeof sub}, &out);
    return out;
}
