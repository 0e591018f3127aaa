/* SPDX-License-Identifier: Apache-2.0 */
/* Exactly once for a caller who may lose an answer: what he asks under a key of his is done and
 * answered in one commit, and asked again is answered again. */
#ifndef STL_FLOW_EXCHANGE_H
#define STL_FLOW_EXCHANGE_H

#include "flow/session.h"

/* *out_answer NULL: the exchange is open, all calls of the session until its end are one
 * transaction. Else it was done before: the answer of then, malloc'd, and nothing is open.
 * ARG_STATE: one is open already. INPUT_DUPLICATE: the key was used for another request.
 * INPUT_REVERSAL: it was taken back before it came. */
settle_status stl_flow_exchange_begin(stl_session *session, stl_str key, stl_str kind,
                                      stl_str request, char **out_answer,
                                      stl_error *err) STL_MUST_CHECK;
/* Stores the answer and commits. On failure nothing is kept. */
settle_status stl_flow_exchange_end(stl_session *session, stl_str answer,
                                    stl_error *err) STL_MUST_CHECK;
void stl_flow_exchange_abandon(stl_session *session);

/* "open", "confirmed", "taken back". A key that is not known can be marked taken back: the request
 * that comes late is refused. INPUT_EXCHANGE_UNKNOWN. */
settle_status stl_flow_exchange_mark(stl_session *session, stl_str key, stl_str mark,
                                     stl_error *err) STL_MUST_CHECK;
/* {"exchanges":[...]}: those of a kind that were not taken back, with the text in their answers. */
settle_status stl_flow_exchanges_standing(stl_session *session, stl_str kind, stl_str within,
                                          char **out_json, stl_error *err) STL_MUST_CHECK;
/* {"exchanges":[...]}: those of a mark, of all marks when it is empty; or the one of a key. */
settle_status stl_flow_exchanges(stl_session *session, stl_str mark, stl_str key, char **out_json,
                                 stl_error *err) STL_MUST_CHECK;

#endif
