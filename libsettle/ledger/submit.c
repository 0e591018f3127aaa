/* SPDX-License-Identifier: Apache-2.0 */
/* A settlement into the ledger: header columns, signed bytes and line keys in one row, one
 * transaction. */
#include "base/json.h"
#include "base/mem.h"
#include "ledger/db.h"

#include <endian.h>
#include <stdlib.h>

enum { READ_BACK = 32 * 1024 };

typedef struct submitting {
    const stl_ledger_submission *s;
    stl_actor actor;
    stl_ledger_recheck_fn recheck;
    void *user;
    stl_str line_keys; /* as stored: little-endian */
} submitting;

static void put_hex(stl_json *j, const char *key, const unsigned char *digest) {
    char hex[STL_DIGEST_HEX];
    stl_hex(digest, STL_DIGEST_LEN, hex);
    stl_json_put_text(j, key, hex);
}

/* The person stands in the audit record by a hash only, together with the keys found by it. */
static settle_status hash_keys(stl_ledger *l, stl_str psn_no, stl_str line_keys,
                               unsigned char out[static STL_DIGEST_LEN], stl_error *err) {
    uint64_t len = htole64(psn_no.len);
    stl_digest *d = l->digest;
    if (!stl_digest_reset(d) || !stl_digest_add(d, &len, sizeof len) ||
        !stl_digest_add(d, psn_no.ptr, psn_no.len) ||
        !stl_digest_add(d, line_keys.ptr, line_keys.len) || !stl_digest_end(d, out))
        return FAIL(err, SETTLE_E_INTERNAL, .detail = "SHA-256");
    return SETTLE_OK;
}

settle_status stl_ledger_submission_detail(stl_ledger *l, const stl_ledger_submission *s,
                                           const unsigned char *document_sha256, stl_str line_keys,
                                           stl_buf *out, stl_error *err) {
    unsigned char keys[STL_DIGEST_LEN];
    TRY(hash_keys(l, s->psn_no, line_keys, keys, err));
    stl_json j = {.out = out};
    stl_json_object(&j);
    stl_json_put_str(&j, "msgid", s->msgid);
    if (s->interim || s->part > 1) {
        stl_json_put_int(&j, "part", s->part);
        stl_json_put_bool(&j, "interim", s->interim);
    }
    stl_json_put_str(&j, "insutype", s->insutype);
    stl_json_put_int(&j, "made_at", s->made_at);
    stl_json_put_decimal(&j, "medfee_sumamt", s->medfee_sumamt_fen, STL_SCALE_MONEY);
    stl_json_put_decimal(&j, "fund_pay_sumamt", s->fund_pay_sumamt_fen, STL_SCALE_MONEY);
    stl_json_put_decimal(&j, "psn_part_amt", s->psn_part_amt_fen, STL_SCALE_MONEY);
    stl_json_put_decimal(&j, "acct_pay", s->acct_pay_fen, STL_SCALE_MONEY);
    stl_json_put_str(&j, "pack_id", s->pack_id);
    stl_json_put_str(&j, "pack_version", s->pack_version);
    stl_json_put_str(&j, "pack_digest", s->pack_digest);
    put_hex(&j, "content_digest", s->content_digest);
    put_hex(&j, "document_sha256", document_sha256);
    put_hex(&j, "line_keys_sha256", keys);
    stl_json_object_end(&j);
    if (!stl_buf_ok(out))
        return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    return SETTLE_OK;
}

static settle_status refuse_taken(stl_ledger *l, const stl_ledger_submission *s, stl_error *err) {
    STL_STMT *taken = NULL;
    bool row;
    TRY(stl_ledger_stmt(l, SQL_SUBMISSION_TAKEN, &taken, err));
    stl_ledger_bind_str(taken, 1, s->mdtrt_id);
    stl_ledger_bind_str(taken, 2, s->msgid);
    TRY(stl_ledger_step(l, taken, &row, err));
    char shown[STL_LEDGER_SHOWN];
    if (sqlite3_column_int(taken, 0) != 0)
        return FAIL(err, SETTLE_E_ARG_EXISTS, .file = l->name, .field = "mdtrt_id",
                    .value = stl_ledger_shown(s->mdtrt_id, shown), .detail = "settled already");
    if (sqlite3_column_int(taken, 1) != 0)
        return FAIL(err, SETTLE_E_STORE_MSGID, .file = l->name, .field = "msgid",
                    .value = stl_ledger_shown(s->msgid, shown));
    return SETTLE_OK;
}

static settle_status insert(stl_ledger *l, const submitting *in, int64_t *out_id, stl_error *err) {
    const stl_ledger_submission *s = in->s;
    STL_STMT *add = NULL;
    TRY(stl_ledger_stmt(l, SQL_SUBMISSION_ADD, &add, err));
    stl_ledger_bind_str(add, 1, s->msgid);
    stl_ledger_bind_str(add, 2, s->mdtrt_id);
    sqlite3_bind_int64(add, 3, s->part);
    sqlite3_bind_int(add, 4, s->interim);
    stl_ledger_bind_str(add, 5, s->psn_no);
    stl_ledger_bind_str(add, 6, s->insutype);
    stl_ledger_bind_str(add, 7, s->state);
    sqlite3_bind_int64(add, 8, s->made_at);
    sqlite3_bind_int64(add, 9, s->medfee_sumamt_fen);
    sqlite3_bind_int64(add, 10, s->fund_pay_sumamt_fen);
    sqlite3_bind_int64(add, 11, s->psn_part_amt_fen);
    sqlite3_bind_int64(add, 12, s->acct_pay_fen);
    stl_ledger_bind_str(add, 13, s->pack_id);
    stl_ledger_bind_str(add, 14, s->pack_version);
    stl_ledger_bind_str(add, 15, s->pack_digest);
    stl_ledger_bind_bytes(add, 16, s->content_digest, STL_DIGEST_LEN);
    stl_ledger_bind_bytes(add, STL_SUBMISSION_KEYS + 1, in->line_keys.ptr, in->line_keys.len);
    stl_ledger_bind_bytes(add, STL_SUBMISSION_DOCUMENT + 1, s->document.ptr, s->document.len);
    TRY(stl_ledger_run(l, add, err));
    *out_id = sqlite3_last_insert_rowid(l->db);
    return SETTLE_OK;
}

static settle_status compare(stl_ledger *l, sqlite3_blob *blob, stl_str document, stl_error *err) {
    char piece[READ_BACK];
    for (size_t at = 0; at < document.len; at += sizeof piece) {
        size_t len = document.len - at < sizeof piece ? document.len - at : sizeof piece;
        int rc = sqlite3_blob_read(blob, piece, (int)len, (int)at);
        if (rc != SQLITE_OK)
            return stl_ledger_fail(l, rc, "read back", err);
        if (memcmp(piece, document.ptr + at, len) != 0)
            return FAIL(err, SETTLE_E_STORE_CORRUPT, .file = l->name, .field = "document",
                        .detail = "what was read back is not what was written");
    }
    return SETTLE_OK;
}

/* The bytes as the store holds them are the document, byte by byte: what is said of one from here
 * on holds for the other. */
static settle_status read_back(stl_ledger *l, int64_t id, stl_str document, stl_error *err) {
    sqlite3_blob *blob;
    int rc = sqlite3_blob_open(l->db, "main", "submission", "document", id, 0, &blob);
    if (rc != SQLITE_OK)
        return stl_ledger_fail(l, rc, "read back", err);
    settle_status status =
        (size_t)sqlite3_blob_bytes(blob) == document.len
            ? compare(l, blob, document, err)
            : FAIL(err, SETTLE_E_STORE_CORRUPT, .file = l->name, .field = "document",
                   .detail = "what was read back has another length");
    sqlite3_blob_close(blob);
    return status;
}

static settle_status store(stl_ledger *l, void *user, stl_error *err) {
    const submitting *in = user;
    int64_t id;
    TRY(refuse_taken(l, in->s, err));
    TRY(insert(l, in, &id, err));
    stl_str document = in->s->document;
    TRY(read_back(l, id, document, err));
    unsigned char sha256[STL_DIGEST_LEN];
    if (in->recheck != NULL)
        TRY(in->recheck(in->user, document, sha256, err));
    else
        TRY(stl_ledger_hash(l, document.ptr, document.len, sha256, err));
    SCOPED_BUF detail = {0};
    TRY(stl_ledger_submission_detail(l, in->s, sha256, in->line_keys, &detail, err));
    return stl_ledger_audit(l, in->s->made_at, in->actor, STL_AUDIT_SUBMIT, in->s->mdtrt_id,
                            (stl_str){detail.ptr, detail.len}, err);
}

static uint64_t *portable_keys(const stl_ledger_submission *s) {
    uint64_t *keys = malloc((s->n_line_keys + 1) * sizeof *keys);
    for (size_t i = 0; keys != NULL && i < s->n_line_keys; i++)
        keys[i] = htole64(s->line_keys[i]);
    return keys;
}

settle_status stl_ledger_submit(stl_ledger *ledger, const stl_ledger_submission *submission,
                                stl_actor actor, stl_ledger_recheck_fn recheck, void *user,
                                stl_error *err) {
    SCOPED_FREE uint64_t *keys = portable_keys(submission);
    TRY_ALLOC(err, keys);
    submitting in = {.s = submission,
                     .actor = actor,
                     .recheck = recheck,
                     .user = user,
                     .line_keys = {(const char *)keys, submission->n_line_keys * sizeof *keys}};
    return stl_ledger_within(ledger, store, &in, err);
}
