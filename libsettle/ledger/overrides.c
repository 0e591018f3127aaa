/* SPDX-License-Identifier: Apache-2.0 */
/* Findings that someone with the right let pass, each with its audit record. */
#include "base/mem.h"
#include "ledger/db.h"

typedef struct adding {
    const stl_ledger_override *o;
    stl_actor actor;
} adding;

/* Who approved and why may name persons: the record holds their hash only. */
settle_status stl_ledger_override_detail(stl_ledger *l, int64_t no, const stl_ledger_override *o,
                                         stl_buf *out, stl_error *err) {
    const stl_str texts[] = {o->mdtrt_id, o->finding_id, o->rule_id, o->approval,
                             o->by,       o->role,       o->second,  o->reason};
    unsigned char digest[STL_DIGEST_LEN];
    char hex[STL_DIGEST_HEX];
    bool ok = stl_digest_reset(l->digest);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        ok = ok && stl_ledger_digest_text(l->digest, texts[i]);
    if (!ok || !stl_ledger_digest_number(l->digest, o->vola_amt_fen) ||
        !stl_ledger_digest_number(l->digest, o->at) || !stl_digest_end(l->digest, digest))
        return FAIL(err, SETTLE_E_INTERNAL, .detail = "SHA-256");
    stl_hex(digest, STL_DIGEST_LEN, hex);
    stl_buf_printf(out, "override=%lld finding_id=%.*s rule_id=%.*s sha256=%s", (long long)no,
                   (int)o->finding_id.len, o->finding_id.ptr, (int)o->rule_id.len, o->rule_id.ptr,
                   hex);
    if (!stl_buf_ok(out))
        return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    return SETTLE_OK;
}

static settle_status next_number(stl_ledger *l, int64_t *out, stl_error *err) {
    STL_STMT *next = NULL;
    bool row;
    TRY(stl_ledger_stmt(l, SQL_OVERRIDE_NEXT, &next, err));
    TRY(stl_ledger_step(l, next, &row, err));
    *out = sqlite3_column_int64(next, 0);
    return SETTLE_OK;
}

static settle_status insert(stl_ledger *l, const stl_ledger_override *o, int64_t no,
                            stl_error *err) {
    STL_STMT *add = NULL;
    TRY(stl_ledger_stmt(l, SQL_OVERRIDE_ADD, &add, err));
    stl_ledger_bind_str(add, 1, o->mdtrt_id);
    stl_ledger_bind_str(add, 2, o->finding_id);
    stl_ledger_bind_str(add, 3, o->rule_id);
    sqlite3_bind_int64(add, 4, o->vola_amt_fen);
    stl_ledger_bind_str(add, 5, o->approval);
    stl_ledger_bind_str(add, 6, o->by);
    stl_ledger_bind_str(add, 7, o->role);
    stl_ledger_bind_str(add, 8, o->second);
    stl_ledger_bind_str(add, 9, o->reason);
    sqlite3_bind_int64(add, 10, o->at);
    sqlite3_bind_int64(add, 11, no);
    return stl_ledger_run(l, add, err);
}

static settle_status store(stl_ledger *l, void *user, stl_error *err) {
    const adding *in = user;
    int64_t no;
    SCOPED_BUF detail = {0};
    TRY(next_number(l, &no, err));
    TRY(stl_ledger_override_detail(l, no, in->o, &detail, err));
    TRY(insert(l, in->o, no, err));
    return stl_ledger_audit(l, in->o->at, in->actor, STL_AUDIT_OVERRIDE, in->o->mdtrt_id,
                            (stl_str){detail.ptr, detail.len}, err);
}

settle_status stl_ledger_override_add(stl_ledger *ledger, const stl_ledger_override *override,
                                      stl_actor actor, stl_error *err) {
    adding in = {override, actor};
    return stl_ledger_within(ledger, store, &in, err);
}

stl_ledger_override stl_ledger_override_of(sqlite3_stmt *row) {
    return (stl_ledger_override){
        .mdtrt_id = stl_ledger_column_str(row, 0),
        .finding_id = stl_ledger_column_str(row, 1),
        .rule_id = stl_ledger_column_str(row, 2),
        .vola_amt_fen = sqlite3_column_int64(row, 3),
        .approval = stl_ledger_column_str(row, 4),
        .by = stl_ledger_column_str(row, 5),
        .role = stl_ledger_column_str(row, 6),
        .second = stl_ledger_column_str(row, 7),
        .reason = stl_ledger_column_str(row, 8),
        .at = sqlite3_column_int64(row, 9),
    };
}

settle_status stl_ledger_overrides(stl_ledger *ledger, stl_str mdtrt_id,
                                   stl_ledger_override_fn each, void *user, stl_error *err) {
    STL_STMT *list = NULL;
    TRY(stl_ledger_stmt(ledger, SQL_OVERRIDE_LIST, &list, err));
    stl_ledger_bind_str(list, 1, mdtrt_id);
    for (;;) {
        bool row;
        TRY(stl_ledger_step(ledger, list, &row, err));
        if (!row)
            return SETTLE_OK;
        stl_ledger_override o = stl_ledger_override_of(list);
        TRY(each(user, &o, err));
    }
}
