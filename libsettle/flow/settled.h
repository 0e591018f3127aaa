/* SPDX-License-Identifier: Apache-2.0 */
/* Interim settlements of a stay, and what they leave to settle. */
#ifndef STL_FLOW_SETTLED_H
#define STL_FLOW_SETTLED_H

#include "flow/judge.h"

/* The stay as of `until`, with the charges up to it, to be settled in part; STL_NONE: as it is now.
 * Its owner is the caller. INPUT_STAY_UNKNOWN; ARG_VALUE for a day that lies ahead. */
settle_status stl_flow_interim(stl_session *session, stl_str mdtrt_id, stl_instant until,
                               stl_stay **out, stl_error *err) STL_MUST_CHECK;

/* After the payment of all of the stay: less what its interim settlements settled. Their documents
 * are read and verified again. */
settle_status stl_flow_less_settled(stl_session *session, bool explain, stl_judgement *judgement,
                                    stl_error *err) STL_MUST_CHECK;

#endif
