/* SPDX-License-Identifier: Apache-2.0 */
#include "flow/stored.h"

void stl_flow_reader_cleanup(stl_wire_reader **reader) {
    stl_wire_reader_free(*reader);
}

static void trust_cleanup(stl_trust **trust) {
    stl_trust_free(*trust);
}

static settle_status parse(const stl_session *session, stl_str document, stl_instant made_at,
                           const stl_xml_handler *handler, stl_error *err) {
    const stl_config *config = &session->site->config;
    if (stl_str_empty(config->trust))
        return stl_xml_parse(document, "ledger", (stl_xml_limits){0}, handler, err);
    __attribute__((cleanup(trust_cleanup))) stl_trust *trust = NULL;
    stl_signature_info ignored;
    TRY(stl_trust_open(config->trust.ptr, &trust, err));
    return stl_sign_verify(document, "ledger", trust, stl_session_uris(session),
                           made_at - config->utc_offset_s, handler, &ignored, err);
}

settle_status stl_flow_read_stored(const stl_session *session, stl_str document,
                                   stl_instant made_at, stl_wire_reader *reader,
                                   const stl_wire_document **out, stl_error *err) {
    stl_xml_handler handler = stl_wire_reader_handler(reader);
    TRY(parse(session, document, made_at, &handler, err));
    return stl_wire_reader_finish(reader, out, err);
}
