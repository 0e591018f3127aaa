/* SPDX-License-Identifier: Apache-2.0 */
#include "flow/accumulators.h"

#include "flow/stored.h"

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
    SCOPED_READER *reader = stl_wire_reader_new("ledger");
    TRY_ALLOC(err, reader);
    const stl_wire_document *last;
    TRY(stl_flow_read_stored(session, (stl_str){bytes.ptr, bytes.len}, made_at, reader, &last,
                             err));
    c->accumulators_at = made_at;
    return take(c, &last->settlement, err);
}
