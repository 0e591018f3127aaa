/* SPDX-License-Identifier: Apache-2.0 */
#include "ledger/db.h"

#include <endian.h>

bool stl_ledger_digest_number(stl_digest *digest, int64_t value) {
    uint64_t bytes = htole64((uint64_t)value);
    return stl_digest_add(digest, &bytes, sizeof bytes);
}

/* The length before the text: no two records give the same bytes. */
bool stl_ledger_digest_text(stl_digest *digest, stl_str text) {
    return stl_ledger_digest_number(digest, (int64_t)text.len) &&
           stl_digest_add(digest, text.ptr, text.len);
}

settle_status stl_ledger_audit_hash(stl_ledger *ledger, const stl_audit_record *r,
                                    unsigned char hash[static STL_DIGEST_LEN], stl_error *err) {
    stl_digest *d = ledger->digest;
    bool ok = stl_digest_reset(d) && stl_digest_add(d, hash, STL_DIGEST_LEN) &&
              stl_ledger_digest_number(d, r->no) && stl_ledger_digest_number(d, r->at) &&
              stl_ledger_digest_text(d, r->opter) && stl_ledger_digest_text(d, r->role) &&
              stl_ledger_digest_text(d, r->action) && stl_ledger_digest_text(d, r->object) &&
              stl_ledger_digest_text(d, r->detail) && stl_digest_end(d, hash);
    if (!ok)
        return FAIL(err, SETTLE_E_INTERNAL, .detail = "SHA-256");
    return SETTLE_OK;
}

settle_status stl_ledger_audit_head(stl_ledger *l, int64_t *records,
                                    unsigned char hash[static STL_DIGEST_LEN], stl_error *err) {
    STL_STMT *head = NULL;
    bool row;
    TRY(stl_ledger_stmt(l, SQL_HEAD, &head, err));
    TRY(stl_ledger_step(l, head, &row, err));
    if (!row || !stl_ledger_column_digest(head, 1, hash))
        return FAIL(err, SETTLE_E_STORE_AUDIT, .file = l->name, .field = "audit_head",
                    .detail = "the head of the chain is missing");
    *records = sqlite3_column_int64(head, 0);
    return SETTLE_OK;
}

static settle_status write_head(stl_ledger *l, int64_t records, const unsigned char *hash,
                                stl_error *err) {
    STL_STMT *set = NULL;
    TRY(stl_ledger_stmt(l, SQL_HEAD_SET, &set, err));
    sqlite3_bind_int64(set, 1, records);
    stl_ledger_bind_bytes(set, 2, hash, STL_DIGEST_LEN);
    return stl_ledger_run(l, set, err);
}

static settle_status insert(stl_ledger *l, const stl_audit_record *r, const unsigned char *hash,
                            stl_error *err) {
    STL_STMT *add = NULL;
    TRY(stl_ledger_stmt(l, SQL_AUDIT_ADD, &add, err));
    sqlite3_bind_int64(add, 1, r->no);
    sqlite3_bind_int64(add, 2, r->at);
    stl_ledger_bind_str(add, 3, r->opter);
    stl_ledger_bind_str(add, 4, r->role);
    stl_ledger_bind_str(add, 5, r->action);
    stl_ledger_bind_str(add, 6, r->object);
    stl_ledger_bind_str(add, 7, r->detail);
    stl_ledger_bind_bytes(add, 8, hash, STL_DIGEST_LEN);
    return stl_ledger_run(l, add, err);
}

static settle_status append(stl_ledger *l, void *user, stl_error *err) {
    stl_audit_record *r = user;
    unsigned char hash[STL_DIGEST_LEN];
    int64_t records;
    TRY(stl_ledger_audit_head(l, &records, hash, err));
    r->no = records + 1;
    TRY(stl_ledger_audit_hash(l, r, hash, err));
    TRY(insert(l, r, hash, err));
    return write_head(l, r->no, hash, err);
}

settle_status stl_ledger_audit(stl_ledger *ledger, stl_instant at, stl_actor actor,
                               const char *action, stl_str object, stl_str detail, stl_error *err) {
    stl_audit_record record = {.at = at,
                               .opter = actor.opter,
                               .role = actor.role,
                               .action = stl_str_of(action),
                               .object = object,
                               .detail = detail};
    return stl_ledger_within(ledger, append, &record, err);
}
