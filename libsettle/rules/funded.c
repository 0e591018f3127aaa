/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/funded.h"

static bool settled(const stl_line *l) {
    return l->map_state == STL_MAPPED && l->cat != NULL;
}

static bool bears_all(const stl_case *c, uint32_t line) {
    const stl_line *l = &c->lines[line];
    stl_str lv = stl_index_text(stl_rules_table(c, STL_T_CATALOGUE), l->cat[STL_CAT_LV]);
    return l->excluded || stl_str_is(lv, "03") || stl_case_approval_refused(c, line);
}

/* Mapped as self-funded to what the catalogue does not list. */
static bool outside(const stl_case *c, const stl_line *l) {
    return l->map_state == STL_MAPPED && l->cat == NULL && !l->cat_known &&
           stl_str_is(stl_rules_map_cell(c, l, STL_MAP_LV), "03");
}

bool stl_line_self_funded(const stl_case *c, uint32_t line) {
    const stl_line *l = &c->lines[line];
    return outside(c, l) || (settled(l) && bears_all(c, line));
}

bool stl_line_claimed(const stl_case *c, uint32_t line) {
    const stl_line *l = &c->lines[line];
    return stl_line_live(l) && settled(l) && !bears_all(c, line);
}
