/* SPDX-License-Identifier: Apache-2.0 */
/* The audit chain walked from its first record, and what it says compared with what is stored. */
#include "ledger/db.h"

typedef struct walk {
    int64_t records, imports, overrides, submissions, reversals, mappings;
    unsigned char hash[STL_DIGEST_LEN];
    stl_audit_report *report;
} walk;

static settle_status broken(const stl_ledger *l, int64_t record, const char *what, stl_error *err) {
    return FAIL(err, SETTLE_E_STORE_AUDIT, .file = l->name, .line = record, .field = "audit",
                .detail = what);
}

/* The number after "part=", "override=", "reversal=" or "mapping=", with which a detail begins. */
static int64_t row_number(stl_str detail) {
    int64_t no = 0;
    size_t i = 0;
    while (i < detail.len && detail.ptr[i] != '=')
        i++;
    for (i++; i < detail.len && detail.ptr[i] >= '0' && detail.ptr[i] <= '9'; i++)
        no = no > INT32_MAX ? no : no * 10 + (detail.ptr[i] - '0');
    return no;
}

static settle_status check_part(stl_ledger *l, const stl_audit_record *r, stl_error *err) {
    STL_STMT *get = NULL;
    int64_t no = row_number(r->detail);
    TRY(stl_ledger_stmt(l, SQL_PART_GET, &get, err));
    stl_ledger_bind_str(get, 1, r->object);
    sqlite3_bind_int64(get, 2, no);
    bool row;
    TRY(stl_ledger_step(l, get, &row, err));
    if (!row)
        return broken(l, r->no, "the part of the stay is missing", err);
    unsigned char digest[STL_DIGEST_LEN], said[STL_DIGEST_LEN];
    stl_str json = stl_ledger_column_str(get, 1);
    TRY(stl_ledger_hash(l, json.ptr, json.len, digest, err));
    SCOPED_BUF detail = {0};
    stl_ledger_part_detail(no, sqlite3_column_int64(get, 0), sqlite3_column_int(get, 3), digest,
                           &detail);
    if (!stl_buf_ok(&detail))
        return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    if (!stl_ledger_column_digest(get, 2, said) || memcmp(said, digest, sizeof said) != 0 ||
        !stl_str_eq((stl_str){detail.ptr, detail.len}, r->detail))
        return broken(l, r->no, "the part of the stay was changed", err);
    return SETTLE_OK;
}

static settle_status check_override(stl_ledger *l, const stl_audit_record *r, stl_error *err) {
    STL_STMT *get = NULL;
    bool row;
    int64_t no = row_number(r->detail);
    TRY(stl_ledger_stmt(l, SQL_OVERRIDE_GET, &get, err));
    sqlite3_bind_int64(get, 1, no);
    TRY(stl_ledger_step(l, get, &row, err));
    if (!row)
        return broken(l, r->no, "the override is missing", err);
    SCOPED_BUF detail = {0};
    stl_ledger_override o = stl_ledger_override_of(get);
    TRY(stl_ledger_override_detail(l, no, &o, &detail, err));
    if (!stl_str_eq(o.mdtrt_id, r->object) || o.at != r->at ||
        !stl_str_eq((stl_str){detail.ptr, detail.len}, r->detail))
        return broken(l, r->no, "the override was changed", err);
    return SETTLE_OK;
}

/* The number in {"msgid":"...", with which the detail of a settlement begins. */
static stl_str message_number(stl_str detail) {
    static const char before[] = "{\"msgid\":\"";
    enum { AT = sizeof before - 1 };
    if (detail.len < AT || memcmp(detail.ptr, before, AT) != 0)
        return (stl_str){"", 0};
    size_t len = 0;
    while (AT + len < detail.len && detail.ptr[AT + len] != '"')
        len++;
    return (stl_str){detail.ptr + AT, len};
}

static settle_status check_submission(stl_ledger *l, const stl_audit_record *r, stl_error *err) {
    STL_STMT *get = NULL;
    bool row;
    TRY(stl_ledger_stmt(l, SQL_SUBMISSION_GET, &get, err));
    stl_ledger_bind_str(get, 1, message_number(r->detail));
    TRY(stl_ledger_step(l, get, &row, err));
    if (!row)
        return broken(l, r->no, "the settlement is missing", err);
    unsigned char content[STL_DIGEST_LEN];
    stl_ledger_submission s;
    if (!stl_ledger_submission_of(get, content, &s))
        return broken(l, r->no, "the settlement was changed", err);
    SCOPED_BUF detail = {0};
    unsigned char sha256[STL_DIGEST_LEN];
    TRY(stl_ledger_hash(l, s.document.ptr, s.document.len, sha256, err));
    TRY(stl_ledger_submission_detail(
        l, &s, sha256, stl_ledger_column_bytes(get, STL_SUBMISSION_KEYS), &detail, err));
    if (!stl_str_eq(s.mdtrt_id, r->object) ||
        !stl_str_eq((stl_str){detail.ptr, detail.len}, r->detail))
        return broken(l, r->no, "the settlement was changed", err);
    return SETTLE_OK;
}

static settle_status check_reversal(stl_ledger *l, const stl_audit_record *r, stl_error *err) {
    STL_STMT *get = NULL;
    bool row;
    int64_t no = row_number(r->detail);
    TRY(stl_ledger_stmt(l, SQL_REVERSAL_GET, &get, err));
    sqlite3_bind_int64(get, 1, no);
    TRY(stl_ledger_step(l, get, &row, err));
    if (!row)
        return broken(l, r->no, "the reversal is missing", err);
    SCOPED_BUF detail = {0};
    stl_ledger_reversal reversal = stl_ledger_reversal_of(get);
    TRY(stl_ledger_reversal_detail(l, no, &reversal, &detail, err));
    if (!stl_str_eq(reversal.mdtrt_id, r->object) || reversal.at != r->at ||
        sqlite3_column_int(get, 8) != 1 ||
        !stl_str_eq((stl_str){detail.ptr, detail.len}, r->detail))
        return broken(l, r->no, "the reversal was changed", err);
    return SETTLE_OK;
}

static settle_status check_mapping(stl_ledger *l, const stl_audit_record *r, stl_error *err) {
    STL_STMT *get = NULL;
    bool row;
    TRY(stl_ledger_stmt(l, SQL_MAPPING_GET, &get, err));
    sqlite3_bind_int64(get, 1, row_number(r->detail));
    TRY(stl_ledger_step(l, get, &row, err));
    if (!row)
        return broken(l, r->no, "the event of a mapping is missing", err);
    SCOPED_BUF detail = {0}, object = {0};
    stl_ledger_mapping event = stl_ledger_mapping_of(get);
    TRY(stl_ledger_mapping_detail(l, &event, &detail, err));
    stl_ledger_mapping_object(&event, &object);
    if (!stl_buf_ok(&object))
        return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    if (!stl_str_eq((stl_str){object.ptr, object.len}, r->object) || event.at != r->at ||
        !stl_str_eq((stl_str){detail.ptr, detail.len}, r->detail))
        return broken(l, r->no, "the event of a mapping was changed", err);
    return SETTLE_OK;
}

static settle_status check_record(stl_ledger *l, walk *w, sqlite3_stmt *at, stl_error *err) {
    stl_audit_record r = {.no = sqlite3_column_int64(at, 0),
                          .at = sqlite3_column_int64(at, 1),
                          .opter = stl_ledger_column_str(at, 2),
                          .role = stl_ledger_column_str(at, 3),
                          .action = stl_ledger_column_str(at, 4),
                          .object = stl_ledger_column_str(at, 5),
                          .detail = stl_ledger_column_str(at, 6)};
    unsigned char said[STL_DIGEST_LEN];
    if (r.no != ++w->records)
        return broken(l, w->records, "the record is missing", err);
    TRY(stl_ledger_audit_hash(l, &r, w->hash, err));
    if (!stl_ledger_column_digest(at, 7, said) || memcmp(said, w->hash, sizeof said) != 0)
        return broken(l, r.no, "the record or one before it was changed", err);
    if (stl_str_is(r.action, STL_AUDIT_IMPORT)) {
        w->imports++;
        return check_part(l, &r, err);
    }
    if (stl_str_is(r.action, STL_AUDIT_OVERRIDE)) {
        w->overrides++;
        return check_override(l, &r, err);
    }
    if (stl_str_is(r.action, STL_AUDIT_REVERSE)) {
        w->reversals++;
        return check_reversal(l, &r, err);
    }
    if (stl_str_is(r.action, STL_AUDIT_MAPPING)) {
        w->mappings++;
        return check_mapping(l, &r, err);
    }
    if (stl_str_is(r.action, STL_AUDIT_SUBMIT)) {
        w->submissions++;
        return check_submission(l, &r, err);
    }
    return SETTLE_OK;
}

static settle_status walk_chain(stl_ledger *l, walk *w, stl_error *err) {
    STL_STMT *at = NULL;
    TRY(stl_ledger_stmt(l, SQL_AUDIT_WALK, &at, err));
    for (;;) {
        bool row;
        TRY(stl_ledger_step(l, at, &row, err));
        if (!row)
            return SETTLE_OK;
        TRY(check_record(l, w, at, err));
    }
}

/* A chain cut short ends before its head. */
static settle_status check_head(stl_ledger *l, const walk *w, stl_error *err) {
    unsigned char hash[STL_DIGEST_LEN];
    int64_t records;
    TRY(stl_ledger_audit_head(l, &records, hash, err));
    if (records != w->records)
        return broken(l, (records < w->records ? records : w->records) + 1,
                      "the chain does not end where its head says", err);
    if (memcmp(hash, w->hash, sizeof hash) != 0)
        return broken(l, records, "the head of the chain was changed", err);
    return SETTLE_OK;
}

/* Nothing is stored of which no record tells: each record names another row, so equal numbers do.
 */
static settle_status check_count(stl_ledger *l, stl_sql sql, int64_t told, const char *what,
                                 int64_t records, stl_error *err) {
    STL_STMT *count = NULL;
    bool row;
    TRY(stl_ledger_stmt(l, sql, &count, err));
    TRY(stl_ledger_step(l, count, &row, err));
    if (sqlite3_column_int64(count, 0) != told)
        return broken(l, records + 1, what, err);
    return SETTLE_OK;
}

static settle_status check_structure(stl_ledger *l, stl_error *err) {
    sqlite3_stmt *check;
    int rc = sqlite3_prepare_v2(l->db, "PRAGMA quick_check(1)", -1, &check, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite3_step(check);
    bool sound = rc == SQLITE_ROW && stl_str_is(stl_ledger_column_str(check, 0), "ok");
    settle_status status = SETTLE_OK;
    if (rc != SQLITE_ROW)
        status = stl_ledger_fail(l, rc, "quick_check", err);
    else if (!sound)
        status = FAIL(err, SETTLE_E_STORE_CORRUPT, .file = l->name,
                      .detail = (const char *)sqlite3_column_text(check, 0));
    sqlite3_finalize(check);
    return status;
}

static settle_status verify(stl_ledger *l, void *user, stl_error *err) {
    walk *w = user;
    TRY(check_structure(l, err));
    TRY(walk_chain(l, w, err));
    TRY(check_head(l, w, err));
    TRY(check_count(l, SQL_PART_COUNT, w->imports, "a part of a stay without its record",
                    w->records, err));
    TRY(check_count(l, SQL_OVERRIDE_COUNT, w->overrides, "an override without its record",
                    w->records, err));
    TRY(check_count(l, SQL_REVERSAL_COUNT, w->reversals, "a reversal without its record",
                    w->records, err));
    TRY(check_count(l, SQL_SUBMISSION_COUNT, w->submissions, "a settlement without its record",
                    w->records, err));
    TRY(check_count(l, SQL_MAPPING_COUNT, w->mappings, "an event of a mapping without its record",
                    w->records, err));
    w->report->records = w->records;
    stl_hex(w->hash, STL_DIGEST_LEN, w->report->head);
    return SETTLE_OK;
}

settle_status stl_ledger_audit_verify(stl_ledger *ledger, stl_audit_report *out, stl_error *err) {
    walk w = {.report = out};
    return stl_ledger_snapshot(ledger, verify, &w, err);
}
