/* SPDX-License-Identifier: Apache-2.0 */
/* A watch from inside. */
#ifndef STL_RULES_WATCH_PARTS_H
#define STL_RULES_WATCH_PARTS_H

#include "rules/bundles.h"
#include "rules/watch.h"

typedef struct stl_saved_line { /* as it was before the change */
    uint32_t line;
    stl_line was;
} stl_saved_line;

typedef struct stl_whole_rule { /* about the whole: of scope STAY, ALONE, WORTH or RECORDS */
    stl_said said, before;
    bool judged; /* in the change under way */
} stl_whole_rule;

/* Orders of the stay by order number: first[number], then next[order], counted from 1. */
typedef struct stl_orders_by_number {
    stl_keys numbers;
    uint32_t *first, *next;
} stl_orders_by_number;

struct stl_watch {
    stl_growing *g;
    stl_orders_by_number orders;
    stl_bundles bundles;
    stl_whole_rule *whole; /* by place in STL_RULES */
    size_t n_rules;
    stl_rule_set of_scope[STL_SCOPE_RECORDS + 1];
    bool all; /* everything is judged, for the first time */
    stl_growing_mark mark;
    stl_bundles_mark bundles_mark;
    stl_saved_line *saved;
    size_t n_saved, cap_saved;
};

#endif
