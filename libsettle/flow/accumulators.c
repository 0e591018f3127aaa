/* SPDX-License-Identifier: Apache-2.0 */
#include "flow/accumulators.h"

#include "wire/wire.h"

static void reader_cleanup(stl_wire_reader **reader) {
    stl_wire_reader_free(*reader);
}

static void trust_cleanup(stl_trust **trust) {
    stl_trust_free(*trust);
}

/* What the next settlement rests on is verified as of the day it was signed. A site without trust
 * anchors has nothing to verify it by. */
static settle_status read(const stl_session *session, stl_str document, stl_instant made_at,
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

static settle_status take(stl_case *c, const stl_settlement *last, stl_error *err) {
    stl_stay *stay = stl_arena_alloc(c->arena, sizeof *stay);
    stl_accumulator *rows = stl_arena_alloc(c->arena, last->n_accs * sizeof *rows);
    TRY_ALLOC(err, stay);
    TRY_ALLOC(err, rows);
    *stay = *c->stay;
    for (size_t i = 0; i < last->n_accs; i++) {
        rows[i] = (stl_accumulator){
            .psn_no = stay->head.psn_no,
            .insutype = stay->head.insutype,
            .year = stl_arena_str(c->arena, last->accs[i].year),
            .kind = stl_arena_str(c->arena, last->accs[i].kind),
            .value = last->accs[i].value,
        };
        TRY_ALLOC(err, rows[i].year.ptr);
        TRY_ALLOC(err, rows[i].kind.ptr);
    }
    stay->rows[STL_R_ACCUMULATOR] = (stl_rows){rows, last->n_accs, last->n_accs};
    stay->given[STL_R_ACCUMULATOR] = true;
    c->stay = stay;
    return SETTLE_OK;
}

settle_status stl_flow_accumulators(stl_session *session, stl_case *c, stl_error *err) {
    const stl_admission *head = &c->stay->head;
    if (c->stay->rows[STL_R_ACCUMULATOR].count > 0 || session->ledger == NULL)
        return SETTLE_OK;
    SCOPED_BUF bytes = {0};
    stl_instant made_at;
    TRY(stl_ledger_last_document(session->ledger, head->psn_no, head->insutype, head->mdtrt_id,
                                 &bytes, &made_at, err));
    if (bytes.len == 0)
        return SETTLE_OK;
    __attribute__((cleanup(reader_cleanup))) stl_wire_reader *reader =
        stl_wire_reader_new("ledger");
    TRY_ALLOC(err, reader);
    stl_xml_handler handler = stl_wire_reader_handler(reader);
    TRY(read(session, (stl_str){bytes.ptr, bytes.len}, made_at, &handler, err));
    const stl_wire_document *last;
    TRY(stl_wire_reader_finish(reader, &last, err));
    return take(c, &last->settlement, err);
}
