/* SPDX-License-Identifier: Apache-2.0 */
#include "flow/exchange.h"

#include "flow/result.h"

#include <stdlib.h>

enum { KEY_MAX = 100 };
static const char OPEN[] = "open", TAKEN_BACK[] = "taken back", CONFIRMED[] = "confirmed";

typedef struct found {
    unsigned char digest[STL_DIGEST_LEN];
    bool same_kind, taken_back;
    stl_str kind;
    char *answer;
} found;

static settle_status note(void *user, const stl_ledger_exchange *x, stl_error *err) {
    found *f = user;
    SCOPED_BUF answer = {0};
    memcpy(f->digest, x->digest, sizeof f->digest);
    f->same_kind = stl_str_eq(x->kind, f->kind);
    f->taken_back = stl_str_is(x->mark, TAKEN_BACK);
    stl_buf_str(&answer, x->answer);
    f->answer = stl_buf_take(&answer);
    TRY_ALLOC(err, f->answer);
    return SETTLE_OK;
}

static char *copy_of(stl_str text) {
    SCOPED_BUF buf = {0};
    stl_buf_str(&buf, text);
    return stl_buf_take(&buf);
}

static void forget(stl_session *session) {
    free(session->exchange.key);
    free(session->exchange.kind);
    session->exchange.key = session->exchange.kind = NULL;
}

static settle_status check_key(stl_str key, stl_error *err) {
    if (stl_str_empty(key) || key.len > KEY_MAX)
        return FAIL(err, SETTLE_E_ARG_VALUE, .field = "msgid", .value = key.ptr,
                    .detail = "1 to 100 bytes");
    return SETTLE_OK;
}

/* Within the transaction: what stood under the key when it began. */
static settle_status look(stl_session *session, stl_str key, stl_str kind, stl_str request,
                          char **out_answer, stl_error *err) {
    bool there;
    found f = {.kind = kind};
    TRY(stl_ledger_digest(session->ledger, request, session->exchange.digest, err));
    TRY(stl_ledger_exchange_get(session->ledger, key, &there, note, &f, err));
    SCOPED_FREE char *answer = f.answer;
    if (!there)
        return SETTLE_OK;
    if (f.taken_back)
        return FAIL(err, SETTLE_E_INPUT_REVERSAL, .field = "msgid", .value = key.ptr,
                    .detail = "this exchange was taken back");
    if (!f.same_kind || memcmp(f.digest, session->exchange.digest, sizeof f.digest) != 0)
        return FAIL(err, SETTLE_E_INPUT_DUPLICATE, .field = "msgid", .value = key.ptr,
                    .detail = "the key was used for another request");
    *out_answer = answer;
    answer = NULL;
    return SETTLE_OK;
}

settle_status stl_flow_exchange_begin(stl_session *session, stl_str key, stl_str kind,
                                      stl_str request, char **out_answer, stl_error *err) {
    if (session->exchange.key != NULL)
        return FAIL(err, SETTLE_E_ARG_STATE, .field = "msgid", .detail = "an exchange is open");
    TRY(check_key(key, err));
    TRY(stl_session_ledger(session, STL_LEDGER_CREATE, err));
    TRY(stl_ledger_hold(session->ledger, err));
    char *answer = NULL;
    settle_status status = look(session, key, kind, request, &answer, err);
    session->exchange.key = copy_of(key);
    session->exchange.kind = copy_of(kind);
    if (status == SETTLE_OK && (session->exchange.key == NULL || session->exchange.kind == NULL))
        status = FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    if (status != SETTLE_OK || answer != NULL)
        stl_flow_exchange_abandon(session);
    if (status == SETTLE_OK)
        *out_answer = answer;
    else
        free(answer);
    return status;
}

settle_status stl_flow_exchange_end(stl_session *session, stl_str answer, stl_error *err) {
    stl_ledger_exchange x = {.key = stl_str_of(session->exchange.key),
                             .kind = stl_str_of(session->exchange.kind),
                             .opter = session->opter,
                             .mark = stl_str_of(OPEN),
                             .answer = answer};
    int64_t utc;
    if (session->exchange.key == NULL)
        return FAIL(err, SETTLE_E_ARG_STATE, .field = "msgid", .detail = "no exchange is open");
    memcpy(x.digest, session->exchange.digest, sizeof x.digest);
    settle_status status = stl_session_now(session, &x.at, &utc, err);
    if (status == SETTLE_OK)
        status = stl_ledger_exchange_put(session->ledger, &x, err);
    settle_status kept =
        stl_ledger_let_go(session->ledger, status == SETTLE_OK, status == SETTLE_OK ? err : NULL);
    forget(session);
    return status == SETTLE_OK ? kept : status;
}

void stl_flow_exchange_abandon(stl_session *session) {
    if (session->ledger != NULL && stl_ledger_is_held(session->ledger))
        (void)!stl_ledger_let_go(session->ledger, false, NULL);
    forget(session);
}

static settle_status set_mark(stl_session *session, stl_str key, stl_str mark, stl_error *err) {
    bool there;
    int64_t utc;
    found f = {.kind = {"", 0}};
    TRY(stl_ledger_exchange_get(session->ledger, key, &there, note, &f, err));
    free(f.answer);
    if (there && f.taken_back && !stl_str_is(mark, TAKEN_BACK))
        return FAIL(err, SETTLE_E_INPUT_REVERSAL, .field = "msgid", .value = key.ptr,
                    .detail = "this exchange was taken back");
    if (there)
        return stl_ledger_exchange_mark(session->ledger, key, mark, err);
    if (!stl_str_is(mark, TAKEN_BACK))
        return FAIL(err, SETTLE_E_INPUT_EXCHANGE_UNKNOWN, .field = "msgid", .value = key.ptr);
    stl_ledger_exchange x = {.key = key, .opter = session->opter, .mark = mark};
    TRY(stl_session_now(session, &x.at, &utc, err));
    return stl_ledger_exchange_put(session->ledger, &x, err);
}

settle_status stl_flow_exchange_mark(stl_session *session, stl_str key, stl_str mark,
                                     stl_error *err) {
    TRY(check_key(key, err));
    if (!stl_str_is(mark, OPEN) && !stl_str_is(mark, CONFIRMED) && !stl_str_is(mark, TAKEN_BACK))
        return FAIL(err, SETTLE_E_ARG_VALUE, .field = "mark", .value = mark.ptr,
                    .detail = "open, confirmed or taken back");
    TRY(stl_session_ledger(session, STL_LEDGER_CREATE, err));
    TRY(stl_ledger_begin(session->ledger, err));
    settle_status status = set_mark(session, key, mark, err);
    if (status == SETTLE_OK)
        status = stl_ledger_commit(session->ledger, err);
    stl_ledger_rollback(session->ledger);
    return status;
}

typedef struct listing {
    stl_json j;
    stl_str key;
} listing;

static settle_status put(void *user, const stl_ledger_exchange *x, stl_error *err) {
    listing *l = user;
    char at[STL_DATE_TEXT_MAX];
    (void)err;
    if (!stl_str_empty(l->key) && !stl_str_eq(l->key, x->key))
        return SETTLE_OK;
    stl_instant_format(x->at, at);
    stl_json_object(&l->j);
    stl_json_put_str(&l->j, "key", x->key);
    stl_json_put_str(&l->j, "kind", x->kind);
    stl_json_put_text(&l->j, "at", at);
    stl_json_put_str(&l->j, "opter", x->opter);
    stl_json_put_str(&l->j, "mark", x->mark);
    stl_json_put_str(&l->j, "answer", x->answer);
    stl_json_object_end(&l->j);
    return SETTLE_OK;
}

static void begin_listing(listing *l) {
    stl_json_object(&l->j);
    stl_json_key(&l->j, "exchanges");
    stl_json_array(&l->j);
}

static settle_status end_listing(listing *l, stl_buf *buf, char **out_json, stl_error *err) {
    stl_json_array_end(&l->j);
    stl_json_object_end(&l->j);
    return stl_flow_take_json(buf, out_json, err);
}

settle_status stl_flow_exchanges(stl_session *session, stl_str mark, stl_str key, char **out_json,
                                 stl_error *err) {
    SCOPED_BUF buf = {0};
    bool there;
    listing l = {{.out = &buf}, key};
    TRY(stl_session_ledger(session, STL_LEDGER_READ, err));
    begin_listing(&l);
    if (stl_str_empty(key))
        TRY(stl_ledger_exchanges(session->ledger, mark, put, &l, err));
    else
        TRY(stl_ledger_exchange_get(session->ledger, key, &there, put, &l, err));
    return end_listing(&l, &buf, out_json, err);
}

settle_status stl_flow_exchanges_standing(stl_session *session, stl_str kind, stl_str within,
                                          char **out_json, stl_error *err) {
    SCOPED_BUF buf = {0};
    listing l = {.j = {.out = &buf}};
    TRY(stl_session_ledger(session, STL_LEDGER_READ, err));
    begin_listing(&l);
    TRY(stl_ledger_exchanges_standing(session->ledger, kind, within, put, &l, err));
    return end_listing(&l, &buf, out_json, err);
}
