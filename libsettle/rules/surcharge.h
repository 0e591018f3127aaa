/* SPDX-License-Identifier: Apache-2.0 */
/* What the notes of the price list add to a maximum (surcharges.csv). */
#ifndef STL_RULES_SURCHARGE_H
#define STL_RULES_SURCHARGE_H

#include "rules/support.h"

typedef struct stl_surcharge {
    stl_price certain;  /* the maximum with the surcharges whose condition is known to hold */
    stl_price possible; /* and with those that only a person can judge */
    const char *notes;  /* the texts of the latter */
} stl_surcharge;

/* Of a line with a maximum. By the item's code and the headings above it; `pay-at` and `other`
 * notes lower or explain a price and raise no maximum. */
settle_status stl_rules_surcharge(const stl_case *c, uint32_t line, stl_surcharge *out,
                                  stl_error *err) STL_MUST_CHECK;

#endif
