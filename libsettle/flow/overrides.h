/* SPDX-License-Identifier: Apache-2.0 */
/* Findings let pass by someone with the right: permission by the pack, storing, applying. */
#ifndef STL_FLOW_OVERRIDES_H
#define STL_FLOW_OVERRIDES_H

#include "flow/judge.h"

/* Marks the findings of the verdict that the ledger holds an override of. One does not count when
 * more money hangs on the finding than it was given for, or when it has fewer persons than the pack
 * demands now. The session's ledger is open. */
settle_status stl_flow_overrides_apply(stl_session *session, stl_judgement *judgement,
                                       stl_error *err) STL_MUST_CHECK;

/* Overrides one finding of a stay of the ledger. ARG_VALUE for a text that is empty or not fit,
 * ARG_EXISTS when it is overridden already; INPUT_STAY_UNKNOWN, INPUT_SETTLED,
 * INPUT_FINDING_UNKNOWN, INPUT_OVERRIDE. On failure nothing is stored. `override->at` is not read.
 */
settle_status stl_flow_override(stl_session *session, stl_str mdtrt_id, stl_str finding_id,
                                const stl_override *override, char **out_json,
                                stl_error *err) STL_MUST_CHECK;

#endif
