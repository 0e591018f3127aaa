/* SPDX-License-Identifier: Apache-2.0 */
/* What imports brought of each stay, part by part. */
#include "ledger/db.h"

typedef struct part {
    stl_str mdtrt_id, json;
    int64_t n_charges;
    stl_instant now;
    stl_actor actor;
    int kind;
} part;

enum { MORE, WHOLE, CANCELLED };

void stl_ledger_part_detail(int64_t no, int64_t n_charges, int kind,
                            const unsigned char digest[static STL_DIGEST_LEN], stl_buf *out) {
    char hex[STL_DIGEST_HEX];
    stl_hex(digest, STL_DIGEST_LEN, hex);
    stl_buf_printf(out, "part=%lld n_charges=%lld sha256=%s", (long long)no, (long long)n_charges,
                   hex);
    if (kind != MORE)
        stl_buf_printf(out, " kind=%d", kind);
}

static settle_status next_part(stl_ledger *l, stl_str mdtrt_id, int64_t *out, stl_error *err) {
    STL_STMT *next = NULL;
    bool row;
    TRY(stl_ledger_stmt(l, SQL_PART_NEXT, &next, err));
    stl_ledger_bind_str(next, 1, mdtrt_id);
    TRY(stl_ledger_step(l, next, &row, err));
    *out = sqlite3_column_int64(next, 0);
    return SETTLE_OK;
}

static settle_status insert(stl_ledger *l, const part *p, int64_t no, const unsigned char *digest,
                            stl_error *err) {
    STL_STMT *add = NULL;
    TRY(stl_ledger_stmt(l, SQL_PART_ADD, &add, err));
    stl_ledger_bind_str(add, 1, p->mdtrt_id);
    sqlite3_bind_int64(add, 2, no);
    sqlite3_bind_int64(add, 3, p->n_charges);
    sqlite3_bind_int(add, 7, p->kind);
    sqlite3_bind_int64(add, 4, p->now);
    stl_ledger_bind_bytes(add, 5, digest, STL_DIGEST_LEN);
    stl_ledger_bind_str(add, 6, p->json);
    return stl_ledger_run(l, add, err);
}

static settle_status append(stl_ledger *l, void *user, stl_error *err) {
    const part *p = user;
    unsigned char digest[STL_DIGEST_LEN];
    int64_t no;
    SCOPED_BUF detail = {0};
    TRY(next_part(l, p->mdtrt_id, &no, err));
    TRY(stl_ledger_hash(l, p->json.ptr, p->json.len, digest, err));
    TRY(insert(l, p, no, digest, err));
    stl_ledger_part_detail(no, p->n_charges, p->kind, digest, &detail);
    if (!stl_buf_ok(&detail))
        return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    return stl_ledger_audit(l, p->now, p->actor, STL_AUDIT_IMPORT, p->mdtrt_id,
                            (stl_str){detail.ptr, detail.len}, err);
}

settle_status stl_ledger_stay_append(stl_ledger *ledger, stl_str mdtrt_id, stl_str json,
                                     size_t n_charges, stl_instant now, stl_actor actor,
                                     stl_error *err) {
    part p = {mdtrt_id, json, (int64_t)n_charges, now, actor, MORE};
    return stl_ledger_within(ledger, append, &p, err);
}

/* Sums over the parts of a stay count what it has now. */
static settle_status replace(stl_ledger *l, void *user, stl_error *err) {
    part *p = user;
    STL_STMT *sum = NULL;
    bool row;
    TRY(stl_ledger_stmt(l, SQL_PART_SUM, &sum, err));
    stl_ledger_bind_str(sum, 1, p->mdtrt_id);
    TRY(stl_ledger_step(l, sum, &row, err));
    p->n_charges -= sqlite3_column_int64(sum, 0);
    return append(l, p, err);
}

settle_status stl_ledger_stay_replace(stl_ledger *ledger, stl_str mdtrt_id, stl_str json,
                                      size_t n_charges, stl_instant now, stl_actor actor,
                                      stl_error *err) {
    part p = {mdtrt_id, json,  (int64_t)n_charges,
              now,      actor, stl_str_empty(json) ? CANCELLED : WHOLE};
    return stl_ledger_within(ledger, replace, &p, err);
}

/* One row: its number in turn, its digest, then the caller. */
static settle_status hand_out(stl_ledger *l, sqlite3_stmt *list, int64_t expected,
                              stl_ledger_part_fn part_fn, void *user, stl_error *err) {
    unsigned char said[STL_DIGEST_LEN], found[STL_DIGEST_LEN];
    stl_str json = stl_ledger_column_str(list, 2);
    bool sound =
        sqlite3_column_int64(list, 0) == expected && stl_ledger_column_digest(list, 1, said);
    if (sound)
        TRY(stl_ledger_hash(l, json.ptr, json.len, found, err));
    if (!sound || memcmp(said, found, sizeof said) != 0)
        return FAIL(err, SETTLE_E_STORE_CORRUPT, .file = l->name, .line = expected,
                    .field = "stay_part", .detail = "a part is missing or was changed");
    return sqlite3_column_int(list, 3) == CANCELLED ? SETTLE_OK : part_fn(user, json, err);
}

settle_status stl_ledger_stay_parts(stl_ledger *ledger, stl_str mdtrt_id,
                                    stl_ledger_part_fn part_fn, void *user, stl_error *err) {
    STL_STMT *list = NULL;
    TRY(stl_ledger_stmt(ledger, SQL_PART_LIST, &list, err));
    stl_ledger_bind_str(list, 1, mdtrt_id);
    int64_t expected = 0;
    for (bool any = false;; expected++) {
        bool row;
        TRY(stl_ledger_step(ledger, list, &row, err));
        if (row && expected == 0)
            expected = sqlite3_column_int(list, 3) == MORE ? 1 : sqlite3_column_int64(list, 0);
        any = any || (row && sqlite3_column_int(list, 3) != CANCELLED);
        if (!row && !any) {
            char shown[STL_LEDGER_SHOWN];
            return FAIL(err, SETTLE_E_INPUT_STAY_UNKNOWN, .field = "mdtrt_id",
                        .value = stl_ledger_shown(mdtrt_id, shown));
        }
        if (!row)
            return SETTLE_OK;
        TRY(hand_out(ledger, list, expected, part_fn, user, err));
    }
}
