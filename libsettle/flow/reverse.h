/* SPDX-License-Identifier: Apache-2.0 */
/* Taking back the last settlement of a stay, which is open again then. */
#ifndef STL_FLOW_REVERSE_H
#define STL_FLOW_REVERSE_H

#include "flow/session.h"
#include "model/finding.h"

/* Reverses the last settlement of the stay that stands. ARG_VALUE for a text that is not fit,
 * INPUT_STAY_UNKNOWN, INPUT_NOT_SETTLED; INPUT_REVERSAL without a second person, or when a later
 * settlement of the person rests on it. `who->at` is not read; its approval may be empty. On
 * failure nothing is stored. */
settle_status stl_flow_reverse(stl_session *session, stl_str mdtrt_id, const stl_override *who,
                               char **out_json, stl_error *err) STL_MUST_CHECK;

#endif
