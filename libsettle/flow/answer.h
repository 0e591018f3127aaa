/* SPDX-License-Identifier: Apache-2.0 */
/* What a caller gets for a stay: judged, explained or settled, as one JSON object. */
#ifndef STL_FLOW_ANSWER_H
#define STL_FLOW_ANSWER_H

#include "flow/result.h"

/* `parts` as in stl_flow_result; *stops: a finding blocks or holds, or the payment is not
 * evaluated. */
settle_status stl_flow_answer(stl_session *session, const stl_stay *stay, unsigned parts,
                              bool *stops, char **out_json, stl_error *err) STL_MUST_CHECK;
settle_status stl_flow_answer_judged(const stl_judgement *judgement, unsigned parts, bool *stops,
                                     char **out_json, stl_error *err) STL_MUST_CHECK;
/* `feedetl_sn` NULL: the whole stay. */
settle_status stl_flow_answer_explain(stl_session *session, const stl_stay *stay,
                                      const char *feedetl_sn, char **out_json,
                                      stl_error *err) STL_MUST_CHECK;
/* Of the ledger, for good. `until` NULL: to its end; else an interim settlement as of then,
 * STL_NONE as of now. */
settle_status stl_flow_answer_submit(stl_session *session, stl_str mdtrt_id,
                                     const stl_instant *until, bool *stops, char **out_json,
                                     stl_error *err) STL_MUST_CHECK;

#endif
