/* SPDX-License-Identifier: Apache-2.0 */
/* The hospital's mapping judged as a whole, and listed. */
#ifndef STL_FLOW_MAP_H
#define STL_FLOW_MAP_H

#include "flow/session.h"

/* Judges every hospital item on a day by the rules that a charge of it would meet (one of it is
 * charged at noon of that day): {"at":,"items":,"problems":[...]}. */
settle_status stl_flow_map_check(stl_session *session, stl_day at, uint32_t *out_problems,
                                 char **out_json, stl_error *err) STL_MUST_CHECK;
/* {"at":,"rows":[...]}: the mapping rows in force. */
settle_status stl_flow_map_list(stl_session *session, stl_day at, char **out_json,
                                stl_error *err) STL_MUST_CHECK;

/* "YYYY-MM-DD", or NULL: today. INPUT_DATE. */
settle_status stl_flow_day(const stl_session *session, const char *at, stl_day *out,
                           stl_error *err) STL_MUST_CHECK;

#endif
