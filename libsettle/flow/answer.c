/* SPDX-License-Identifier: Apache-2.0 */
#include "flow/answer.h"

#include "flow/explain.h"
#include "flow/settled.h"
#include "flow/stays.h"
#include "flow/submit.h"

enum { EVERYTHING = STL_RESULT_FINDINGS | STL_RESULT_AMOUNTS };

settle_status stl_flow_answer(stl_session *session, const stl_stay *stay, unsigned parts,
                              bool *stops, char **out_json, stl_error *err) {
    SCOPED_ARENA *arena = stl_arena_new();
    TRY_ALLOC(err, arena);
    stl_judgement judgement;
    TRY(stl_flow_judge(session, stay, false, arena, &judgement, err));
    return stl_flow_answer_judged(&judgement, parts, stops, out_json, err);
}

settle_status stl_flow_answer_judged(const stl_judgement *judgement, unsigned parts, bool *stops,
                                     char **out_json, stl_error *err) {
    SCOPED_BUF buf = {0};
    stl_json j = {.out = &buf};
    stl_json_object(&j);
    stl_flow_result_head(&j, judgement);
    stl_flow_result(&j, judgement, parts);
    stl_json_object_end(&j);
    *stops = stl_verdict_stops(&judgement->verdict) || !judgement->settlement.evaluated;
    return stl_flow_take_json(&buf, out_json, err);
}

settle_status stl_flow_answer_explain(stl_session *session, const stl_stay *stay,
                                      const char *feedetl_sn, char **out_json, stl_error *err) {
    int64_t line = -1;
    if (feedetl_sn != NULL)
        TRY(stl_flow_find_line(stay, stl_str_of(feedetl_sn), &line, err));
    SCOPED_ARENA *arena = stl_arena_new();
    TRY_ALLOC(err, arena);
    stl_judgement judgement;
    TRY(stl_flow_judge(session, stay, true, arena, &judgement, err));
    SCOPED_BUF buf = {0};
    stl_json j = {.out = &buf};
    stl_json_object(&j);
    stl_flow_result_head(&j, &judgement);
    stl_flow_explain(&j, &judgement, line);
    stl_json_object_end(&j);
    return stl_flow_take_json(&buf, out_json, err);
}

static void put_receipt(stl_json *j, const stl_receipt *receipt) {
    char made[STL_DATE_TEXT_MAX];
    stl_json_put_text(j, "state", receipt->stops ? "stopped" : "queued");
    if (receipt->stops)
        return;
    stl_instant_format(receipt->made_at, made);
    stl_json_put_str(j, "msgid", receipt->msgid);
    stl_json_put_text(j, "made_at", made);
    stl_json_put_text(j, "content_digest", receipt->content_digest);
    stl_json_put_int(j, "document_bytes", (int64_t)receipt->len_bytes);
    stl_json_put_int(j, "document_lines", (int64_t)receipt->n_lines);
}

static settle_status submit(stl_session *session, stl_str mdtrt_id, const stl_instant *until,
                            bool *stops, stl_buf *buf, stl_error *err) {
    SCOPED_STAY *stay = NULL;
    if (until == NULL)
        TRY(stl_flow_stay(session, mdtrt_id, &stay, err));
    else
        TRY(stl_flow_interim(session, mdtrt_id, *until, &stay, err));
    SCOPED_ARENA *arena = stl_arena_new();
    TRY_ALLOC(err, arena);
    stl_judgement judgement;
    stl_receipt receipt;
    TRY(stl_flow_submit(session, stay, arena, &judgement, &receipt, err));
    stl_json j = {.out = buf};
    stl_json_object(&j);
    stl_flow_result_head(&j, &judgement);
    put_receipt(&j, &receipt);
    stl_flow_result(&j, &judgement, EVERYTHING);
    stl_json_object_end(&j);
    *stops = receipt.stops;
    stl_buf_reserve(buf, 1); /* the answer's terminator: after the commit nothing may fail */
    if (!stl_buf_ok(buf))
        return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    return *stops ? SETTLE_OK : stl_ledger_commit(session->ledger, err);
}

/* Reading the stay, judging, signing and storing are one transaction: what another desk settles, or
 * an import adds, meanwhile comes before all of it or after all of it. */
settle_status stl_flow_answer_submit(stl_session *session, stl_str mdtrt_id,
                                     const stl_instant *until, bool *stops, char **out_json,
                                     stl_error *err) {
    TRY(stl_session_ledger(session, STL_LEDGER_WRITE, err));
    TRY(stl_ledger_begin(session->ledger, err));
    SCOPED_BUF buf = {0};
    settle_status status = submit(session, mdtrt_id, until, stops, &buf, err);
    stl_ledger_rollback(session->ledger);
    TRY(status);
    return stl_flow_take_json(&buf, out_json, err);
}
