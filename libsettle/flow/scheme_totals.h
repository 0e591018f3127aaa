/* SPDX-License-Identifier: Apache-2.0 */
/* What was settled, by scheme and pack: old and new side by side, never added together (W9). */
#ifndef STL_FLOW_SCHEME_TOTALS_H
#define STL_FLOW_SCHEME_TOTALS_H

#include "flow/session.h"

/* Of the settlements that stand and were made from `from` on, up to `until` (days, inclusive;
 * STL_NONE open). */
settle_status stl_flow_scheme_totals(stl_session *session, stl_day from, stl_day until,
                                     char **out_json, stl_error *err) STL_MUST_CHECK;

#endif
