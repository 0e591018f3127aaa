/* SPDX-License-Identifier: Apache-2.0 */
/* What the desk still collects from the patient, or gives back, after deposits. */
#ifndef STL_FLOW_DESK_H
#define STL_FLOW_DESK_H

#include "base/json.h"
#include "flow/judge.h"

/* Member "desk"; null where no deposits were given or the payment was not computed. */
void stl_flow_put_desk(stl_json *j, const stl_judgement *judgement);

/* INPUT_DEPOSITS: more was given back than paid. */
settle_status stl_flow_check_deposits(const stl_stay *stay, stl_error *err) STL_MUST_CHECK;

#endif
