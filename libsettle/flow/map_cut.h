/* SPDX-License-Identifier: Apache-2.0 */
/* Mapping rows whose catalogue code was cut short on its way. */
#ifndef STL_FLOW_MAP_CUT_H
#define STL_FLOW_MAP_CUT_H

#include "base/json.h"
#include "flow/session.h"

/* Member "codes_cut": rows in force on the day, with the codes of each pack in force that theirs
 * may have been; adds their number to *problems. */
settle_status stl_flow_map_cut(const stl_session *session, stl_day at, stl_json *j,
                               uint32_t *problems, stl_error *err) STL_MUST_CHECK;

#endif
