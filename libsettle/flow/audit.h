/* SPDX-License-Identifier: Apache-2.0 */
/* The audit chain and stored documents of the ledger. */
#ifndef STL_FLOW_AUDIT_H
#define STL_FLOW_AUDIT_H

#include "flow/session.h"

/* {"records":,"head":,"valid":true}; STORE_AUDIT names the broken record. */
settle_status stl_flow_audit_verify(stl_session *session, char **out_json,
                                    stl_error *err) STL_MUST_CHECK;
/* The signed bytes of a settlement: of part `part`, 0 the last. INPUT_STAY_UNKNOWN. */
settle_status stl_flow_document(stl_session *session, stl_str mdtrt_id, int64_t part, stl_buf *out,
                                stl_error *err) STL_MUST_CHECK;

#endif
