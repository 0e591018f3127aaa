/* SPDX-License-Identifier: Apache-2.0 */
/* What is decided on proposals for the mapping. */
#ifndef STL_FLOW_MAP_DECIDE_H
#define STL_FLOW_MAP_DECIDE_H

#include "flow/session.h"

typedef struct stl_map_which { /* one proposal, or those of a batch */
    int64_t batch, proposal;   /* 0: not by this */
} stl_map_which;

/* "approve", "refuse", "expire" or, of a batch, "undo"; then mapping.csv is written again:
 * {"batch":,"decided":,"incomplete":,"in_force":}. INPUT_MAPPING for what is not in the state for
 * it or what the same person proposed; of a batch those that lack something stay suggested
 * (incomplete). ARG_STATE within an exchange: the file is no part of its transaction. */
settle_status stl_flow_map_decide(stl_session *session, stl_str act, stl_map_which which,
                                  stl_str reason, char **out_json, stl_error *err) STL_MUST_CHECK;

#endif
