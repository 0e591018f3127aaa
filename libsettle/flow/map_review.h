/* SPDX-License-Identifier: Apache-2.0 */
/* The proposals for the mapping, told. */
#ifndef STL_FLOW_MAP_REVIEW_H
#define STL_FLOW_MAP_REVIEW_H

#include "flow/session.h"

/* {"proposals":[...]} in a state, "" in any, of a hospital item, "" of all. */
settle_status stl_flow_map_review(stl_session *session, stl_str state, stl_str item,
                                  char **out_json, stl_error *err) STL_MUST_CHECK;

#endif
