/* SPDX-License-Identifier: Apache-2.0 */
/* Which lines of a growing case are judged together, by the scopes of rules: those of an item or
 * code, of paired codes, of a day. */
#ifndef STL_RULES_BUNDLES_H
#define STL_RULES_BUNDLES_H

#include "model/case_growing.h"
#include "rules/said.h"

typedef struct stl_bundle {
    stl_scope scope; /* ITEM, PAIR or DAY */
    stl_day day;     /* of DAY */
    uint32_t *lines; /* ascending */
    size_t n, cap;
    stl_order *orders; /* of ITEM: those of its items */
    size_t n_orders, cap_orders;
    stl_said said;
    stl_said before; /* what it said before the change under way */
    size_t orders_before;
    bool touched;
} stl_bundle;

typedef struct stl_bundles {
    const stl_growing *g;
    stl_bundle **at;
    size_t n, cap;
    uint32_t *of_item, *of_code, *pair_of_code; /* by number in the case; STL_NO_BUNDLE */
    size_t cap_items, cap_codes;
    uint32_t *mains; /* codes with rows in rules/repeat-charge.csv */
    size_t n_mains, cap_mains;
    uint32_t *touched;
    size_t n_touched, cap_touched;
} stl_bundles;

#define STL_NO_BUNDLE UINT32_MAX

typedef struct stl_bundles_mark {
    size_t n, n_mains;
} stl_bundles_mark;

/* Puts the lines from `first` on into bundles and touches these. `may_merge`: bundles become one
 * where lines prove to belong together; else *fits says false for that, and whatever was done is to
 * be cut away. */
settle_status stl_bundles_add(stl_bundles *b, size_t first, bool may_merge, bool *fits,
                              stl_error *err) STL_MUST_CHECK;

/* Touches what a line is in, but for its item: what refunds leave of it has changed. */
settle_status stl_bundles_touch(stl_bundles *b, uint32_t line, stl_error *err) STL_MUST_CHECK;

/* The case is cut back to `mark` already; touched bundles say what they said before. */
stl_bundles_mark stl_bundles_marked(const stl_bundles *b);
void stl_bundles_cut(stl_bundles *b, stl_bundles_mark mark);
/* What is said stands; `renewed` as in stl_watch_keep(). */
void stl_bundles_keep(stl_bundles *b, bool renewed);
void stl_bundles_free(stl_bundles *b);

#endif
