/* SPDX-License-Identifier: Apache-2.0 */
/* What a line costs at the maximum of the price list. */
#ifndef STL_RULES_PRICED_H
#define STL_RULES_PRICED_H

#include "rules/support.h"

typedef enum stl_priced_gap { STL_PRICED, STL_PRICED_NO_CAP, STL_PRICED_NO_UNIT } stl_priced_gap;

typedef struct stl_priced {
    stl_priced_gap gap;
    stl_str unit;   /* of the list */
    stl_qty count;  /* in it, a part of one counted as one: a share of the price is often charged as
                       a share of the quantity */
    stl_price full; /* of one, with the surcharges that are known to hold */
} stl_priced;

/* Of a live line. */
settle_status stl_rules_priced(const stl_case *c, uint32_t line, stl_priced *out,
                               stl_error *err) STL_MUST_CHECK;

/* What so many cost at a share of the price, `whole` being all of it; STL_DECIMAL_MAX where that is
 * no amount any more. */
stl_money stl_rules_share(stl_qty count, stl_price full, int64_t share, int64_t whole);

#endif
