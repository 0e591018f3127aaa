/* SPDX-License-Identifier: Apache-2.0 */
/* A stay that goes on: records are added, tried and taken out, and what that changes is told. On
 * failure it is as before. */
#ifndef STL_FLOW_RUNNING_H
#define STL_FLOW_RUNNING_H

#include "flow/session.h"

typedef struct stl_running stl_running;

/* `stay` is copied, `session` borrowed. */
settle_status stl_running_open(stl_session *session, const stl_stay *stay, stl_running **out,
                               stl_error *err) STL_MUST_CHECK;

/* `json`: arrays of records as `settle batch` takes them; `keep` false: told and forgotten. *stops:
 * a finding other than those of the payment blocks or holds. */
settle_status stl_running_add(stl_running *r, stl_str json, bool keep, bool *stops, char **out_json,
                              stl_error *err) STL_MUST_CHECK;

/* INPUT_CHARGE_UNKNOWN. */
settle_status stl_running_remove(stl_running *r, stl_str feedetl_sn, bool *stops, char **out_json,
                                 stl_error *err) STL_MUST_CHECK;

/* As stl_flow_answer of the same stay, findings only. */
settle_status stl_running_verdict(stl_running *r, bool *stops, char **out_json,
                                  stl_error *err) STL_MUST_CHECK;

void stl_running_free(stl_running *r);

#endif
