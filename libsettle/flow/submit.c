/* SPDX-License-Identifier: Apache-2.0 */
#include "flow/submit.h"

#include "wire/wire.h"

#include <stdio.h>

/* Two desks may settle in the same second: the one that finds its number taken takes the next. */
enum { MSGID_TRIES = 8 };
enum { DOCUMENT_KEPT = 4 * 1024 * 1024 }; /* a session does not keep more room than this */

static settle_status recheck(void *user, stl_str document,
                             unsigned char out_sha256[static STL_DIGEST_LEN], stl_error *err) {
    return stl_signer_recheck(user, document, out_sha256, err);
}

static settle_status make_msgid(stl_session *session, stl_instant at, stl_arena *arena,
                                stl_str *out, stl_error *err) {
    stl_str code = session->site->config.fixmedins_code;
    stl_civil t = stl_civil_of(at);
    char text[64];
    int len = snprintf(text, sizeof text, "%.*s%04d%02d%02d%02d%02d%02d", (int)code.len, code.ptr,
                       t.year, t.month, t.day, t.hour, t.minute, t.second);
    if (code.len > 12)
        return FAIL(err, SETTLE_E_CONFIG_VALUE, .file = "settle.ini", .field = "fixmedins_code",
                    .value = code.ptr, .detail = "at most 12 characters");
    int64_t serial;
    TRY(stl_ledger_next_serial(session->ledger, (stl_str){text, (size_t)len}, &serial, err));
    if (serial > 9999)
        return FAIL(err, SETTLE_E_STORE_BUSY, .field = "msgid",
                    .detail = "10,000 messages in one second");
    len += snprintf(text + len, sizeof text - (size_t)len, "%04d", (int)serial);
    *out = stl_arena_str(arena, (stl_str){text, (size_t)len});
    TRY_ALLOC(err, out->ptr);
    return SETTLE_OK;
}

static settle_status write_document(stl_session *session, const stl_judgement *j,
                                    const stl_envelope *envelope, stl_buf *document,
                                    unsigned char content_digest[static STL_DIGEST_LEN],
                                    stl_error *err) {
    if (session->digest == NULL) {
        session->digest = stl_digest_new(stl_signer_digest_kind(session->signer));
        TRY_ALLOC(err, session->digest);
    }
    stl_submission submission = {envelope, &j->c, &j->settlement, &j->verdict};
    TRY(stl_wire_write(&submission, session->digest, document, content_digest, err));
    TRY(stl_signer_append(session->signer, content_digest, document, err));
    stl_wire_close(document);
    if (!stl_buf_ok(document))
        return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    return SETTLE_OK;
}

/* Hashes: byte by byte from the last, without comparisons. */
static void sort_keys(uint64_t *keys, uint64_t *spare, size_t n) {
    for (unsigned shift = 0; shift < 64; shift += 8) {
        size_t first[257] = {0};
        for (size_t i = 0; i < n; i++)
            first[(keys[i] >> shift & 0xFF) + 1]++;
        for (size_t d = 1; d < 256; d++)
            first[d] += first[d - 1];
        for (size_t i = 0; i < n; i++)
            spare[first[keys[i] >> shift & 0xFF]++] = keys[i];
        uint64_t *sorted = spare; /* an even number of times: the result lies in `keys` */
        spare = keys;
        keys = sorted;
    }
}

static settle_status sorted_keys(const stl_judgement *j, uint64_t **out, size_t *out_n,
                                 stl_error *err) {
    const stl_case *c = &j->c;
    TRY(stl_flow_line_keys(c, out, err));
    for (size_t i = 0; i < c->n_lines; i++)
        if (!stl_settlement_is_new(&j->settlement, i))
            (*out)[i] = 0;
    uint64_t *spare = stl_arena_alloc(c->arena, c->n_lines * sizeof *spare);
    TRY_ALLOC(err, spare);
    sort_keys(*out, spare, c->n_lines);
    size_t none = 0;
    while (none < c->n_lines && (*out)[none] == 0)
        none++;
    *out += none;
    *out_n = c->n_lines - none;
    return SETTLE_OK;
}

static settle_status store(stl_session *session, const stl_judgement *j,
                           const stl_envelope *envelope, const stl_buf *document,
                           const unsigned char *content_digest, stl_error *err) {
    const stl_admission *head = &j->c.stay->head;
    const stl_setlinfo *info = &j->settlement.info;
    const stl_region *region = j->c.region;
    uint64_t *keys;
    size_t n_keys = 0;
    int64_t part;
    TRY(sorted_keys(j, &keys, &n_keys, err));
    TRY(stl_ledger_next_part(session->ledger, head->mdtrt_id, &part, err));
    stl_ledger_submission submission = {
        .msgid = envelope->msgid,
        .mdtrt_id = head->mdtrt_id,
        .psn_no = head->psn_no,
        .insutype = head->insutype,
        .part = part,
        .interim = j->settlement.interim,
        .state = STL_STR("queued"),
        .made_at = envelope->inf_time,
        .medfee_sumamt_fen = info->medfee_sumamt,
        .fund_pay_sumamt_fen = info->fund_pay_sumamt,
        .psn_part_amt_fen = info->psn_part_amt,
        .acct_pay_fen = info->acct_pay,
        .pack_id = stl_str_of(region->id),
        .pack_version = stl_str_of(region->version),
        .pack_digest = stl_str_of(region->digest),
        .content_digest = content_digest,
        .document = {document->ptr, document->len},
        .line_keys = keys,
        .n_line_keys = n_keys,
    };
    return stl_ledger_submit(session->ledger, &submission, stl_session_actor(session), recheck,
                             session->signer, err);
}

static settle_status settle_once(stl_session *session, const stl_judgement *j, stl_arena *arena,
                                 stl_receipt *out, stl_error *err) {
    const stl_config *config = &session->site->config;
    stl_instant civil;
    int64_t utc;
    TRY(stl_session_now(session, &civil, &utc, err));
    TRY(stl_signer_check_time(session->signer, utc, err));
    stl_envelope envelope = {
        .infver = STL_STR("1.0"),
        .fixmedins_code = config->fixmedins_code,
        .fixmedins_name = config->fixmedins_name,
        .opter = session->opter,
        .opter_name = session->opter_name,
        .opter_type = config->opter_type,
        .inf_time = civil,
        .software = STL_STR("libsettle " STL_VERSION),
    };
    TRY(make_msgid(session, civil, arena, &envelope.msgid, err));
    stl_buf *document = &session->document;
    if (!stl_buf_ok(document) || document->cap > DOCUMENT_KEPT)
        stl_buf_free(document);
    document->len = 0;
    unsigned char content_digest[STL_DIGEST_LEN];
    TRY(write_document(session, j, &envelope, document, content_digest, err));
    TRY(store(session, j, &envelope, document, content_digest, err));
    *out = (stl_receipt){.msgid = envelope.msgid,
                         .made_at = civil,
                         .len_bytes = document->len,
                         .n_lines = stl_settlement_n_new(&j->settlement)};
    stl_hex(content_digest, sizeof content_digest, out->content_digest);
    return SETTLE_OK;
}

settle_status stl_flow_submit(stl_session *session, const stl_stay *stay, stl_arena *arena,
                              stl_judgement *judgement, stl_receipt *out, stl_error *err) {
    TRY(stl_session_ledger(session, STL_LEDGER_WRITE, err));
    TRY(stl_flow_judge(session, stay, false, arena, judgement, err));
    if (stl_verdict_stops(&judgement->verdict) || !judgement->settlement.evaluated) {
        *out = (stl_receipt){.stops = true};
        return SETTLE_OK;
    }
    if (stay->interim && stl_settlement_n_new(&judgement->settlement) == 0)
        return FAIL(err, SETTLE_E_INPUT_EMPTY_STAY, .field = "mdtrt_id",
                    .value = stay->head.mdtrt_id.ptr,
                    .detail = "nothing was charged since the last interim settlement");
    TRY(stl_session_signer(session, err));
    settle_status status = SETTLE_E_STORE_MSGID;
    for (int i = 0; i < MSGID_TRIES && status == SETTLE_E_STORE_MSGID; i++)
        status = settle_once(session, judgement, arena, out, err);
    return status;
}
