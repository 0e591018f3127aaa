/* SPDX-License-Identifier: Apache-2.0 */
#include "flow/audit.h"

#include "flow/result.h"

settle_status stl_flow_audit_verify(stl_session *session, char **out_json, stl_error *err) {
    TRY(stl_session_ledger(session, STL_LEDGER_READ, err));
    stl_audit_report report;
    TRY(stl_ledger_audit_verify(session->ledger, &report, err));
    SCOPED_BUF buf = {0};
    stl_json j = {.out = &buf};
    stl_json_object(&j);
    stl_json_put_bool(&j, "valid", true);
    stl_json_put_int(&j, "records", report.records);
    stl_json_put_text(&j, "head", report.head);
    stl_json_object_end(&j);
    return stl_flow_take_json(&buf, out_json, err);
}

settle_status stl_flow_document(stl_session *session, stl_str mdtrt_id, int64_t part, stl_buf *out,
                                stl_error *err) {
    TRY(stl_session_ledger(session, STL_LEDGER_READ, err));
    return stl_ledger_document(session->ledger, mdtrt_id, part, out, err);
}
