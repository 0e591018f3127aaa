/* SPDX-License-Identifier: Apache-2.0 */
/* Open stays of the ledger judged by two packs. */
#ifndef STL_FLOW_TRIAL_H
#define STL_FLOW_TRIAL_H

#include "base/json.h"
#include "flow/session.h"

/* Members "stays_judged" and "stays" (those that differ) of the object that the caller has opened;
 * sets *differs when there is one. */
settle_status stl_flow_trial(stl_session *session, stl_pack *a, stl_pack *b, stl_json *j,
                             bool *differs, stl_error *err) STL_MUST_CHECK;

#endif
