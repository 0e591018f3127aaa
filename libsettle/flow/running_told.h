/* SPDX-License-Identifier: Apache-2.0 */
/* What a change of a running stay does to its findings, as JSON. */
#ifndef STL_FLOW_RUNNING_TOLD_H
#define STL_FLOW_RUNNING_TOLD_H

#include "flow/judge.h"

typedef struct stl_told_charges {
    size_t added, repeated, removed;
} stl_told_charges;

/* `before` and `after` are concluded. */
settle_status stl_running_tell(const stl_judgement *before, const stl_judgement *after,
                               stl_told_charges charges, char **out_json,
                               stl_error *err) STL_MUST_CHECK;

#endif
