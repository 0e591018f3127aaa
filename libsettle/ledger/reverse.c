/* SPDX-License-Identifier: Apache-2.0 */
/* Settlements taken back, each with its audit record. */
#include "ledger/db.h"

typedef struct reversing {
    const stl_ledger_reversal *r;
    stl_actor actor;
} reversing;

/* Who and why may name persons: the record holds their hash only. */
settle_status stl_ledger_reversal_detail(stl_ledger *l, int64_t no, const stl_ledger_reversal *r,
                                         stl_buf *out, stl_error *err) {
    const stl_str texts[] = {r->mdtrt_id, r->msgid,  r->approval, r->by,
                             r->role,     r->second, r->reason};
    unsigned char digest[STL_DIGEST_LEN];
    char hex[STL_DIGEST_HEX];
    bool ok = stl_digest_reset(l->digest);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        ok = ok && stl_ledger_digest_text(l->digest, texts[i]);
    if (!ok || !stl_ledger_digest_number(l->digest, r->at) || !stl_digest_end(l->digest, digest))
        return FAIL(err, SETTLE_E_INTERNAL, .detail = "SHA-256");
    stl_hex(digest, STL_DIGEST_LEN, hex);
    stl_buf_printf(out, "reversal=%lld msgid=%.*s sha256=%s", (long long)no, (int)r->msgid.len,
                   r->msgid.ptr, hex);
    if (!stl_buf_ok(out))
        return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    return SETTLE_OK;
}

stl_ledger_reversal stl_ledger_reversal_of(sqlite3_stmt *row) {
    return (stl_ledger_reversal){
        .mdtrt_id = stl_ledger_column_str(row, 0),
        .msgid = stl_ledger_column_str(row, 1),
        .approval = stl_ledger_column_str(row, 2),
        .by = stl_ledger_column_str(row, 3),
        .role = stl_ledger_column_str(row, 4),
        .second = stl_ledger_column_str(row, 5),
        .reason = stl_ledger_column_str(row, 6),
        .at = sqlite3_column_int64(row, 7),
    };
}

static settle_status refuse_later(stl_ledger *l, const stl_ledger_reversal *r, stl_error *err) {
    STL_STMT *later = NULL;
    bool row;
    char shown[STL_LEDGER_SHOWN];
    TRY(stl_ledger_stmt(l, SQL_LATER, &later, err));
    stl_ledger_bind_str(later, 1, r->msgid);
    TRY(stl_ledger_step(l, later, &row, err));
    if (row)
        return FAIL(err, SETTLE_E_INPUT_REVERSAL, .file = l->name, .field = "msgid",
                    .value = stl_ledger_shown(stl_ledger_column_str(later, 0), shown),
                    .detail = "a later settlement of the person rests on it: reverse that first");
    return SETTLE_OK;
}

static settle_status mark(stl_ledger *l, const stl_ledger_reversal *r, stl_error *err) {
    STL_STMT *reverse = NULL;
    char shown[STL_LEDGER_SHOWN];
    TRY(stl_ledger_stmt(l, SQL_REVERSE, &reverse, err));
    stl_ledger_bind_str(reverse, 1, r->msgid);
    TRY(stl_ledger_run(l, reverse, err));
    if (sqlite3_changes(l->db) != 1)
        return FAIL(err, SETTLE_E_INPUT_REVERSAL, .file = l->name, .field = "msgid",
                    .value = stl_ledger_shown(r->msgid, shown), .detail = "reversed already");
    return SETTLE_OK;
}

static settle_status insert(stl_ledger *l, const stl_ledger_reversal *r, int64_t no,
                            stl_error *err) {
    STL_STMT *add = NULL;
    TRY(stl_ledger_stmt(l, SQL_REVERSAL_ADD, &add, err));
    stl_ledger_bind_str(add, 1, r->mdtrt_id);
    stl_ledger_bind_str(add, 2, r->msgid);
    stl_ledger_bind_str(add, 3, r->approval);
    stl_ledger_bind_str(add, 4, r->by);
    stl_ledger_bind_str(add, 5, r->role);
    stl_ledger_bind_str(add, 6, r->second);
    stl_ledger_bind_str(add, 7, r->reason);
    sqlite3_bind_int64(add, 8, r->at);
    sqlite3_bind_int64(add, 9, no);
    return stl_ledger_run(l, add, err);
}

static settle_status next_number(stl_ledger *l, int64_t *out, stl_error *err) {
    STL_STMT *next = NULL;
    bool row;
    TRY(stl_ledger_stmt(l, SQL_REVERSAL_NEXT, &next, err));
    TRY(stl_ledger_step(l, next, &row, err));
    *out = sqlite3_column_int64(next, 0);
    return SETTLE_OK;
}

static settle_status store(stl_ledger *l, void *user, stl_error *err) {
    const reversing *in = user;
    int64_t no;
    SCOPED_BUF detail = {0};
    TRY(refuse_later(l, in->r, err));
    TRY(mark(l, in->r, err));
    TRY(next_number(l, &no, err));
    TRY(insert(l, in->r, no, err));
    TRY(stl_ledger_reversal_detail(l, no, in->r, &detail, err));
    return stl_ledger_audit(l, in->r->at, in->actor, STL_AUDIT_REVERSE, in->r->mdtrt_id,
                            (stl_str){detail.ptr, detail.len}, err);
}

settle_status stl_ledger_reverse(stl_ledger *ledger, const stl_ledger_reversal *reversal,
                                 stl_actor actor, stl_error *err) {
    reversing in = {reversal, actor};
    return stl_ledger_within(ledger, store, &in, err);
}
