/* SPDX-License-Identifier: Apache-2.0 */
/* The live lines of one catalogue code in the order of time, with the hours they sum up. */
#ifndef STL_RULES_EVENTS_H
#define STL_RULES_EVENTS_H

#include "rules/support.h"

typedef struct stl_event {
    uint32_t line;
    stl_day day;
    stl_instant at;
    stl_qty hours; /* of a line that sums more than one hour; 0: one moment or hour */
} stl_event;

typedef struct stl_events {
    stl_event *at;
    size_t count, cap;
} stl_events;

/* Those from `begin` to `end` (days, inclusive, STL_NONE open). Room of `out` is used again. */
settle_status stl_events_of(const stl_case *c, uint32_t code, stl_day begin, stl_day end,
                            stl_events *out, stl_error *err) STL_MUST_CHECK;

/* Those that sum no hours. */
settle_status stl_events_moments(const stl_case *c, const stl_event *events, size_t count,
                                 stl_events *out, stl_error *err) STL_MUST_CHECK;

#endif
