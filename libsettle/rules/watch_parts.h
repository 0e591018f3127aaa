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

typedef struct stl_whole_rule { /* of scope STAY, ALONE or HEAD */
    stl_said said, before;
    bool judged; /* in the change under way */
} stl_whole_rule;

struct stl_watch {
    stl_growing *g;
    stl_bundles bundles;
    stl_whole_rule *whole; /* by place in STL_RULES */
    size_t n_rules;
    bool all; /* everything is judged, for the first time */
    stl_growing_mark mark;
    stl_bundles_mark bundles_mark;
    stl_saved_line *saved;
    size_t n_saved, cap_saved;
};

#endif
