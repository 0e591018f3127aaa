/* SPDX-License-Identifier: Apache-2.0 */
/* Catalogue code -> its dense number within the case. */
#ifndef STL_RULES_CODE_INDEX_H
#define STL_RULES_CODE_INDEX_H

#include "rules/support.h"

typedef struct stl_code_index {
    uint32_t *slots; /* 1 + code number, 0 empty */
    size_t n_slots;  /* power of two */
} stl_code_index;

settle_status stl_code_index_build(const stl_case *c, stl_code_index *out,
                                   stl_error *err) STL_MUST_CHECK;
/* UINT32_MAX: the case does not have it. */
uint32_t stl_code_index_find(const stl_code_index *index, const stl_case *c, stl_str code);

#endif
