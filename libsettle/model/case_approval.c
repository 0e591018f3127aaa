/* SPDX-License-Identifier: Apache-2.0 */
#include "model/case.h"

bool stl_case_approval_refused(const stl_case *c, size_t line) {
    const stl_line *l = &c->lines[line];
    stl_str approval = stl_case_charge(c, line)->hosp_appr_flag;
    if (approval.len != 1 || approval.ptr[0] == '1')
        return false;
    if (approval.ptr[0] == '2')
        return true;
    return approval.ptr[0] == '0' && l->cat != NULL &&
           stl_str_is(stl_index_text(&c->region->tables[STL_T_CATALOGUE], l->cat[STL_CAT_LMT_USED]),
                      "1");
}
