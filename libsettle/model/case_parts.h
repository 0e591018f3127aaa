/* SPDX-License-Identifier: Apache-2.0 */
/* The steps of building a case, each in a file of its own. */
#ifndef STL_MODEL_CASE_PARTS_H
#define STL_MODEL_CASE_PARTS_H

#include "model/case.h"
#include "model/keys.h"

/* What a hospital item means during a span of days: the line without what its charge says. */
typedef struct stl_meaning {
    stl_span span;
    stl_line line;
    struct stl_meaning *older; /* of the same item, for other days */
} stl_meaning;

typedef struct stl_resolver {
    const stl_case *c;
    stl_keys items, codes;
    stl_meaning **latest; /* by number of the item */
    size_t n_latest, cap_latest;
} stl_resolver;

stl_resolver stl_case_resolver(const stl_case *c);

/* The meaning of an item on a day, worked out once for all days with the same answer; NULL: out of
 * memory. */
const stl_meaning *stl_case_meaning(stl_resolver *resolver, stl_str item_key, stl_day day);

/* One line, its number of item and code those of the resolver. */
settle_status stl_case_resolve(stl_resolver *resolver, const stl_charge *charge, stl_line *out,
                               stl_error *err) STL_MUST_CHECK;

/* A case before its lines, and its lines, refunds and orders. */
stl_case stl_case_begin(const stl_stay *stay, const stl_region *region, const stl_mapping *mapping,
                        stl_case_site site, int32_t lang, stl_arena *arena);
settle_status stl_case_fill(stl_case *c, stl_resolver *resolver, stl_error *err) STL_MUST_CHECK;

/* Sets refund_of, net_cnt and net_amt of lines whose other parts are there. */
settle_status stl_case_net_refunds(stl_case *c, stl_error *err) STL_MUST_CHECK;

/* Sets by_time, by_code and code_first. */
settle_status stl_case_order(stl_case *c, stl_error *err) STL_MUST_CHECK;

#endif
