/* SPDX-License-Identifier: Apache-2.0 */
#include "flow/reverse.h"

#include "flow/result.h"
#include "flow/stored.h"
#include "flow/who.h"

/* The settlement to be reversed, as its document says. */
typedef struct last {
    const stl_session *session;
    stl_wire_reader *reader;
    const stl_wire_document *document;
    int64_t part;
} last;

static settle_status keep_last(void *user, const stl_ledger_submission *s, stl_error *err) {
    last *l = user;
    if (stl_str_is(s->state, "reversed"))
        return SETTLE_OK;
    stl_wire_reader_free(l->reader);
    l->reader = stl_wire_reader_new("ledger");
    TRY_ALLOC(err, l->reader);
    l->part = s->part;
    return stl_flow_read_stored(l->session, s->document, s->made_at, l->reader, &l->document, err);
}

static settle_status check(const stl_override *who, stl_error *err) {
    stl_override o = *who;
    if (stl_str_empty(o.approval)) /* not every reversal has one */
        o.approval = STL_STR("-");
    TRY(stl_flow_check_who(&o, err));
    if (stl_str_empty(o.second))
        return FAIL(err, SETTLE_E_INPUT_REVERSAL, .field = "second",
                    .detail = "a reversal takes a second person");
    if (stl_flow_same_person(o.second, o.by))
        return FAIL(err, SETTLE_E_INPUT_REVERSAL, .field = "second",
                    .detail = "the second person is the first");
    return SETTLE_OK;
}

static void put_answer(stl_json *j, const last *l, stl_instant at) {
    char text[STL_DATE_TEXT_MAX];
    const stl_wire_document *d = l->document;
    stl_json_object(j);
    stl_json_put_str(j, "mdtrt_id", d->mdtrt_id);
    stl_json_put_text(j, "state", "reversed");
    stl_json_put_str(j, "msgid", d->envelope.msgid);
    stl_json_put_int(j, "part", l->part);
    stl_json_put_text(j, "mid_setl_flag", d->interim ? "1" : "0");
    stl_instant_format(at, text);
    stl_json_put_text(j, "reversed_at", text);
    stl_json_key(j, "setlinfo");
    stl_flow_put_setlinfo(j, &d->settlement.info);
    stl_json_key(j, "setldetail");
    stl_json_array(j);
    for (size_t i = 0; i < d->settlement.n_details; i++) {
        const stl_setldetail *detail = &d->settlement.details[i];
        stl_json_object(j);
        stl_json_put_str(j, "layer", detail->layer);
        stl_json_put_str(j, "fund_pay_type", detail->fund_pay_type);
        stl_flow_put_money(j, "fund_payamt", detail->fund_payamt);
        stl_json_object_end(j);
    }
    stl_json_array_end(j);
    stl_json_object_end(j);
}

static settle_status reverse(stl_session *session, stl_str mdtrt_id, const stl_override *who,
                             last *l, stl_buf *buf, stl_error *err) {
    TRY(stl_ledger_submissions(session->ledger, mdtrt_id, keep_last, l, err));
    if (l->document == NULL) {
        SCOPED_BUF ignored = {0};
        TRY(stl_ledger_document(session->ledger, mdtrt_id, 0, &ignored, err));
        return FAIL(err, SETTLE_E_INPUT_REVERSAL, .field = "mdtrt_id", .value = mdtrt_id.ptr,
                    .detail = "reversed already");
    }
    stl_ledger_reversal reversal = {.mdtrt_id = mdtrt_id,
                                    .msgid = l->document->envelope.msgid,
                                    .approval = who->approval,
                                    .by = who->by,
                                    .role = who->role,
                                    .second = who->second,
                                    .reason = who->reason};
    int64_t utc;
    TRY(stl_session_now(session, &reversal.at, &utc, err));
    TRY(stl_ledger_reverse(session->ledger, &reversal, stl_session_actor(session), err));
    stl_json j = {.out = buf};
    put_answer(&j, l, reversal.at);
    stl_buf_reserve(buf, 1); /* the answer's terminator: after the commit nothing may fail */
    if (!stl_buf_ok(buf))
        return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    return stl_ledger_commit(session->ledger, err);
}

settle_status stl_flow_reverse(stl_session *session, stl_str mdtrt_id, const stl_override *who,
                               char **out_json, stl_error *err) {
    const stl_override o = stl_flow_who(who);
    TRY(stl_session_need_site(session, err));
    TRY(check(&o, err));
    TRY(stl_session_ledger(session, STL_LEDGER_WRITE, err));
    TRY(stl_ledger_begin(session->ledger, err));
    SCOPED_BUF buf = {0};
    last l = {.session = session};
    settle_status status = reverse(session, mdtrt_id, &o, &l, &buf, err);
    stl_wire_reader_free(l.reader);
    stl_ledger_rollback(session->ledger);
    TRY(status);
    return stl_flow_take_json(&buf, out_json, err);
}
