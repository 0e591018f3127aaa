/* SPDX-License-Identifier: Apache-2.0 */
/* Some lines of a case as a case of their own, with everything else of the stay. Lines stand in the
 * order of the whole; items and codes are numbered in it again. */
#ifndef STL_MODEL_CASE_PART_H
#define STL_MODEL_CASE_PART_H

#include "model/case.h"

typedef struct stl_case_part {
    stl_stay stay; /* with the charges of the part; it owns nothing */
    stl_case c;
    const uint32_t *lines; /* their indexes in the whole, borrowed */
} stl_case_part;

/* `lines` ascending. What refunds leave is that of the whole; refund_of is -1 where the original is
 * not in the part. `orders` NULL: those of the stay. */
settle_status stl_case_part_of(const stl_case *whole, const uint32_t *lines, size_t n,
                               const stl_rows *orders, stl_arena *arena, stl_case_part *out,
                               stl_error *err) STL_MUST_CHECK;

/* Works out anew what refunds leave, of a part that has all lines of its items. */
settle_status stl_case_part_net(stl_case_part *part, stl_error *err) STL_MUST_CHECK;

#endif
