/* SPDX-License-Identifier: Apache-2.0 */
/* The hospital's mapping judged by two packs. */
#ifndef STL_FLOW_MAP_TRIAL_H
#define STL_FLOW_MAP_TRIAL_H

#include "base/json.h"
#include "flow/session.h"

/* Member "mappings": problems of one pack that the other does not have, on the first day from today
 * on of the second; sets *differs when there is one. */
settle_status stl_flow_map_trial(const stl_session *session, const stl_pack *a, const stl_pack *b,
                                 stl_json *j, bool *differs, stl_error *err) STL_MUST_CHECK;

#endif
