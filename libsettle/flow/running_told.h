/* SPDX-License-Identifier: Apache-2.0 */
/* What a change of a running stay does to its findings, as JSON. */
#ifndef STL_FLOW_RUNNING_TOLD_H
#define STL_FLOW_RUNNING_TOLD_H

#include "flow/judge.h"

/* Findings as they were told, the payment aside. */
typedef struct stl_told {
    stl_arena *arena; /* owned */
    stl_judgement j;
} stl_told;

void stl_told_free(stl_told *told);
void stl_told_swap(stl_told *a, stl_told *b);
#define SCOPED_TOLD __attribute__((cleanup(stl_told_free))) stl_told

typedef struct stl_told_charges {
    size_t added, repeated, removed;
} stl_told_charges;

/* `before` and `after` may be one. */
settle_status stl_running_tell(const stl_told *before, const stl_told *after,
                               stl_told_charges charges, char **out_json,
                               stl_error *err) STL_MUST_CHECK;

#endif
