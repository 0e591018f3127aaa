/* SPDX-License-Identifier: Apache-2.0 */
/* What the notes of the price list add to a maximum (surcharges.csv). */
#ifndef STL_RULES_SURCHARGE_H
#define STL_RULES_SURCHARGE_H

#include "rules/support.h"

typedef struct stl_surcharge {
    stl_price certain;  /* the maximum with the surcharges whose condition is known to hold */
    stl_price possible; /* and with those that only a person can judge; STL_DECIMAL_MAX: no end */
    const char *notes;  /* the texts of the latter */
} stl_surcharge;

/* Of a line and a row of caps.csv with a maximum: by the row's code and the headings above it.
 * `add` rows raise it, `most-add` rows bound those that are added for each further unit. */
settle_status stl_rules_surcharge(const stl_case *c, uint32_t line, const int64_t *cap,
                                  stl_surcharge *out, stl_error *err) STL_MUST_CHECK;

/* One call of `visit` for each row in force that concerns a price-list code, the narrowest first;
 * a general row with the same kind and condition as a narrower one is passed over. */
typedef settle_status stl_surcharge_visit(void *user, const int64_t *row, stl_error *err);
settle_status stl_rules_each_surcharge(const stl_case *c, stl_str code, stl_day day,
                                       stl_surcharge_visit *visit, void *user,
                                       stl_error *err) STL_MUST_CHECK;

#endif
