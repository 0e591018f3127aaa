/* SPDX-License-Identifier: Apache-2.0 */
#include "ledger/db.h"

#include <errno.h>

#define SUBMISSION_COLUMNS                                                                         \
    "msgid,mdtrt_id,part,interim,psn_no,insutype,state,made_at,medfee_sumamt,fund_pay_sumamt,"     \
    "psn_part_amt,acct_pay,pack_id,pack_version,pack_digest,content_digest,line_keys,document"
#define OVERRIDE_COLUMNS "mdtrt_id,finding_id,rule_id,vola_amt,approval,by,role,second,reason,at"
#define REVERSAL_COLUMNS "mdtrt_id,msgid,approval,by,role,second,reason,at"
#define MAPPING_COLUMNS "no,batch,proposal,action,by,reason,at,row"
#define LIVES " HAVING max(p.part)>max(CASE WHEN p.kind=2 THEN p.part ELSE 0 END)"
#define STANDS " state<>'reversed'"
#define FINAL " interim=0 AND" STANDS
/* Of each stay the settlements that stand: the last of them says state and number. */
#define LIST_COLUMNS                                                                               \
    "p.mdtrt_id,sum(p.n_charges),count(*),max(p.at),s.state,s.msgid,s.made_at,s.medfee,s.fund,"    \
    "s.psn,s.n FROM stay_part p LEFT JOIN (SELECT mdtrt_id, max(part), count(*) n, msgid,"         \
    " made_at, CASE WHEN interim THEN 'interim' ELSE state END state, sum(medfee_sumamt) medfee,"  \
    " sum(fund_pay_sumamt) fund, sum(psn_part_amt) psn FROM submission WHERE" STANDS               \
    " GROUP BY mdtrt_id) s USING(mdtrt_id)"

static const char *const SQL_TEXT[SQL_COUNT] = {
    [SQL_BEGIN] = "BEGIN IMMEDIATE",
    [SQL_COMMIT] = "COMMIT",
    [SQL_HEAD] = "SELECT records, hash FROM audit_head WHERE id=1",
    [SQL_HEAD_SET] = "UPDATE audit_head SET records=?1, hash=?2 WHERE id=1",
    [SQL_AUDIT_ADD] = "INSERT INTO audit(no,at,opter,role,action,object,detail,hash)"
                      " VALUES(?1,?2,?3,?4,?5,?6,?7,?8)",
    [SQL_AUDIT_WALK] = "SELECT no,at,opter,role,action,object,detail,hash FROM audit ORDER BY no",
    [SQL_PART_NEXT] = "SELECT coalesce(max(part),0)+1 FROM stay_part WHERE mdtrt_id=?1",
    [SQL_PART_ADD] = "INSERT INTO stay_part(mdtrt_id,part,n_charges,at,digest,json,kind)"
                     " VALUES(?1,?2,?3,?4,?5,?6,?7)",
    [SQL_PART_LIST] = "SELECT part,digest,json,kind FROM stay_part WHERE mdtrt_id=?1 AND part>="
                      "(SELECT coalesce(max(part),1) FROM stay_part WHERE mdtrt_id=?1 AND kind>0)"
                      " ORDER BY part",
    [SQL_PART_SUM] = "SELECT coalesce(sum(n_charges),0) FROM stay_part WHERE mdtrt_id=?1",
    [SQL_PART_GET] =
        "SELECT n_charges,json,digest,kind FROM stay_part WHERE mdtrt_id=?1 AND part=?2",
    [SQL_PART_COUNT] = "SELECT count(*) FROM stay_part",
    [SQL_SUBMISSION_TAKEN] = "SELECT EXISTS(SELECT 1 FROM submission WHERE mdtrt_id=?1 AND" FINAL
                             "), EXISTS(SELECT 1 FROM submission WHERE msgid=?2)",
    [SQL_SUBMISSION_ADD] =
        "INSERT INTO submission(" SUBMISSION_COLUMNS ")"
        " VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17,?18)",
    [SQL_SUBMISSION_NEXT] = "SELECT coalesce(max(part),0)+1 FROM submission WHERE mdtrt_id=?1",
    [SQL_SUBMISSION_GET] = "SELECT " SUBMISSION_COLUMNS " FROM submission WHERE msgid=?1",
    [SQL_SUBMISSION_LIST] =
        "SELECT " SUBMISSION_COLUMNS " FROM submission WHERE mdtrt_id=?1 ORDER BY part",
    [SQL_SUBMISSION_ALL] = "SELECT " SUBMISSION_COLUMNS " FROM submission ORDER BY mdtrt_id, part",
    [SQL_SUBMISSION_COUNT] = "SELECT count(*) FROM submission",
    [SQL_SETTLED] = "SELECT interim, msgid, made_at FROM submission WHERE mdtrt_id=?1 AND" STANDS
                    " ORDER BY interim LIMIT 1",
    [SQL_KEYS] = "SELECT line_keys, msgid, made_at FROM submission WHERE psn_no=?1"
                 " AND mdtrt_id<>?2 AND" STANDS " ORDER BY id",
    [SQL_DOCUMENT] = "SELECT document FROM submission WHERE mdtrt_id=?1 AND ?2 IN (0, part)"
                     " ORDER BY state='reversed', part DESC LIMIT 1",
    [SQL_LAST_DOCUMENT] = "SELECT document, made_at FROM submission WHERE psn_no=?1 AND insutype=?2"
                          " AND mdtrt_id<>?3 AND" STANDS " ORDER BY id DESC LIMIT 1",
    [SQL_SERIAL] = "SELECT msgid FROM submission WHERE msgid>?1 AND msgid<?1||':'"
                   " ORDER BY msgid DESC LIMIT 1",
    [SQL_OVERRIDE_NEXT] = "SELECT coalesce(max(no),0)+1 FROM override",
    [SQL_OVERRIDE_ADD] = "INSERT INTO override(" OVERRIDE_COLUMNS ",no)"
                         " VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11)",
    [SQL_OVERRIDE_LIST] = "SELECT " OVERRIDE_COLUMNS " FROM override WHERE mdtrt_id=?1 ORDER BY no",
    [SQL_OVERRIDE_GET] = "SELECT " OVERRIDE_COLUMNS " FROM override WHERE no=?1",
    [SQL_OVERRIDE_COUNT] = "SELECT count(*) FROM override",
    [SQL_REVERSE] = "UPDATE submission SET state='reversed' WHERE msgid=?1 AND" STANDS,
    [SQL_REVERSAL_NEXT] = "SELECT coalesce(max(no),0)+1 FROM reversal",
    [SQL_REVERSAL_ADD] = "INSERT INTO reversal(" REVERSAL_COLUMNS ",no)"
                         " VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9)",
    [SQL_REVERSAL_GET] = "SELECT " REVERSAL_COLUMNS ", (SELECT count(*) FROM submission s WHERE"
                         " s.msgid=r.msgid AND s.state='reversed') FROM reversal r WHERE no=?1",
    [SQL_REVERSAL_COUNT] = "SELECT max((SELECT count(*) FROM reversal),"
                           " (SELECT count(*) FROM submission WHERE state='reversed'))",
    [SQL_EXCHANGE_GET] = "SELECT kind,digest,answer,mark,at,opter FROM exchange WHERE key=?1",
    [SQL_EXCHANGE_PUT] = "INSERT INTO exchange(key,kind,at,opter,mark,digest,answer)"
                         " VALUES(?1,?2,?3,?4,?5,?6,?7)",
    [SQL_EXCHANGE_MARK] = "UPDATE exchange SET mark=?2 WHERE key=?1",
    [SQL_EXCHANGE_LIST] = "SELECT key,kind,at,opter,mark,answer FROM exchange WHERE"
                          " ?1 IN ('', mark) ORDER BY rowid",
    [SQL_EXCHANGE_STANDING] = "SELECT key,kind,at,opter,mark,answer FROM exchange WHERE kind=?1"
                              " AND mark<>'taken back' AND instr(answer,?2)>0 ORDER BY rowid",
    [SQL_MAPPING_NEXT] = "SELECT coalesce((SELECT max(no) FROM mapping_event),0)+1,"
                         " coalesce((SELECT max(batch) FROM mapping_event),0)+1,"
                         " coalesce((SELECT max(proposal) FROM mapping_event),0)+1",
    [SQL_MAPPING_ADD] = "INSERT INTO mapping_event(" MAPPING_COLUMNS ")"
                        " VALUES(?1,?2,?3,?4,?5,?6,?7,?8)",
    [SQL_MAPPING_LIST] = "SELECT " MAPPING_COLUMNS " FROM mapping_event ORDER BY no",
    [SQL_MAPPING_GET] = "SELECT " MAPPING_COLUMNS " FROM mapping_event WHERE no=?1",
    [SQL_MAPPING_COUNT] = "SELECT count(*) FROM mapping_event",
    [SQL_LATER] = "SELECT l.msgid, l.made_at FROM submission l, submission s WHERE s.msgid=?1"
                  " AND l.psn_no=s.psn_no AND l.insutype=s.insutype AND l.mdtrt_id<>s.mdtrt_id"
                  " AND l.id>s.id AND l.state<>'reversed' ORDER BY l.id DESC LIMIT 1",
    [SQL_LIST_ALL] = "SELECT " LIST_COLUMNS " GROUP BY p.mdtrt_id" LIVES " ORDER BY p.mdtrt_id",
    [SQL_LIST_ONE] = "SELECT " LIST_COLUMNS " WHERE p.mdtrt_id=?1 GROUP BY p.mdtrt_id" LIVES,
};

/* SQLite does not note the system's code of a write that fails while a page is spilled: then what
 * the system said last counts, where it can only mean space. */
static settle_status status_of_io(sqlite3 *db, int rc, int said_last) {
    int system = sqlite3_system_errno(db);
    if (system == 0 && (said_last == ENOSPC || said_last == EDQUOT || said_last == EFBIG))
        system = said_last;
    if (rc == SQLITE_IOERR_NOMEM)
        return SETTLE_E_NO_MEMORY;
    if (system == ENOSPC || system == EDQUOT || system == EFBIG)
        return SETTLE_E_STORE_FULL;
    if (system == EROFS || system == EACCES || system == EPERM)
        return SETTLE_E_STORE_READONLY;
    return SETTLE_E_STORE_IO;
}

static settle_status status_of(sqlite3 *db, int rc, int said_last) {
    switch (rc & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return SETTLE_E_STORE_BUSY;
    case SQLITE_FULL:
        return SETTLE_E_STORE_FULL;
    case SQLITE_READONLY:
    case SQLITE_PERM:
        return SETTLE_E_STORE_READONLY;
    case SQLITE_CANTOPEN:
        return SETTLE_E_STORE_OPEN;
    case SQLITE_ERROR: /* every statement is ours: a table is missing or another */
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_FORMAT:
        return SETTLE_E_STORE_CORRUPT;
    case SQLITE_NOMEM:
        return SETTLE_E_NO_MEMORY;
    case SQLITE_IOERR:
        return status_of_io(db, rc, said_last);
    default:
        return SETTLE_E_STORE_IO;
    }
}

settle_status stl_ledger_fail(const stl_ledger *ledger, int rc, const char *doing, stl_error *err) {
    settle_status status = status_of(ledger->db, rc, errno);
    SCOPED_BUF detail = {0};
    stl_buf_printf(&detail, "%s: %s", doing, sqlite3_errstr(rc));
    return FAIL(err, status, .file = ledger->name, .native = rc,
                .detail = stl_buf_ok(&detail) ? detail.ptr : NULL);
}

settle_status stl_ledger_stmt(stl_ledger *ledger, stl_sql sql, sqlite3_stmt **out, stl_error *err) {
    if (ledger->stmts[sql] == NULL) {
        int rc = sqlite3_prepare_v3(ledger->db, SQL_TEXT[sql], -1, SQLITE_PREPARE_PERSISTENT,
                                    &ledger->stmts[sql], NULL);
        if (rc != SQLITE_OK)
            return stl_ledger_fail(ledger, rc, "prepare", err);
    }
    *out = ledger->stmts[sql];
    return SETTLE_OK;
}

void stl_ledger_stmt_done(sqlite3_stmt **stmt) {
    if (*stmt == NULL)
        return;
    sqlite3_reset(*stmt);
    sqlite3_clear_bindings(*stmt);
}

settle_status stl_ledger_step(const stl_ledger *ledger, sqlite3_stmt *stmt, bool *out_row,
                              stl_error *err) {
    errno = 0;
    int rc = sqlite3_step(stmt);
    if (rc != SQLITE_ROW && rc != SQLITE_DONE)
        return stl_ledger_fail(ledger, rc, "step", err);
    *out_row = rc == SQLITE_ROW;
    return SETTLE_OK;
}

settle_status stl_ledger_run(const stl_ledger *ledger, sqlite3_stmt *stmt, stl_error *err) {
    bool row;
    return stl_ledger_step(ledger, stmt, &row, err);
}

void stl_ledger_bind_str(sqlite3_stmt *stmt, int at, stl_str text) {
    sqlite3_bind_text64(stmt, at, text.ptr == NULL ? "" : text.ptr, text.len, SQLITE_STATIC,
                        SQLITE_UTF8);
}

void stl_ledger_bind_bytes(sqlite3_stmt *stmt, int at, const void *bytes, size_t len) {
    sqlite3_bind_blob64(stmt, at, len == 0 ? "" : bytes, len, SQLITE_STATIC);
}

stl_str stl_ledger_column_str(sqlite3_stmt *stmt, int at) {
    const char *text = (const char *)sqlite3_column_text(stmt, at);
    return (stl_str){text == NULL ? "" : text, (size_t)sqlite3_column_bytes(stmt, at)};
}

stl_str stl_ledger_column_bytes(sqlite3_stmt *stmt, int at) {
    const char *bytes = sqlite3_column_blob(stmt, at);
    return (stl_str){bytes == NULL ? "" : bytes, (size_t)sqlite3_column_bytes(stmt, at)};
}

bool stl_ledger_column_digest(sqlite3_stmt *stmt, int at,
                              unsigned char out[static STL_DIGEST_LEN]) {
    const void *bytes = sqlite3_column_blob(stmt, at);
    if (bytes == NULL || sqlite3_column_bytes(stmt, at) != STL_DIGEST_LEN)
        return false;
    memcpy(out, bytes, STL_DIGEST_LEN);
    return true;
}

static settle_status plain(stl_ledger *ledger, const char *sql, stl_error *err) {
    int rc = sqlite3_exec(ledger->db, sql, NULL, NULL, NULL);
    return rc == SQLITE_OK ? SETTLE_OK : stl_ledger_fail(ledger, rc, "step", err);
}

settle_status stl_ledger_begin(stl_ledger *ledger, stl_error *err) {
    STL_STMT *begin = NULL;
    if (ledger->held) { /* within what is held, and only so deep */
        TRY(plain(ledger, "SAVEPOINT work", err));
        ledger->nested = true;
        return SETTLE_OK;
    }
    if (!ledger->writes)
        return FAIL(err, SETTLE_E_STORE_READONLY, .file = ledger->name,
                    .detail = "opened for reading");
    if (ledger->log_bytes > STL_LEDGER_LOG_MAX) /* nobody called stl_ledger_checkpoint for long */
        TRY(stl_ledger_checkpoint(ledger, err));
    TRY(stl_ledger_stmt(ledger, SQL_BEGIN, &begin, err));
    return stl_ledger_run(ledger, begin, err);
}

settle_status stl_ledger_commit(stl_ledger *ledger, stl_error *err) {
    STL_STMT *commit = NULL;
    if (ledger->nested) {
        ledger->nested = false;
        return plain(ledger, "RELEASE work", err);
    }
    TRY(stl_ledger_stmt(ledger, SQL_COMMIT, &commit, err));
    return stl_ledger_run(ledger, commit, err);
}

void stl_ledger_rollback(stl_ledger *ledger) {
    if (ledger->nested)
        sqlite3_exec(ledger->db, "ROLLBACK TO work; RELEASE work", NULL, NULL, NULL);
    else if (!ledger->held && !sqlite3_get_autocommit(ledger->db))
        sqlite3_exec(ledger->db, "ROLLBACK", NULL, NULL, NULL);
    ledger->nested = false;
}

settle_status stl_ledger_hold(stl_ledger *ledger, stl_error *err) {
    TRY(stl_ledger_begin(ledger, err));
    ledger->held = true;
    return SETTLE_OK;
}

settle_status stl_ledger_let_go(stl_ledger *ledger, bool keep, stl_error *err) {
    ledger->held = false;
    settle_status status = keep ? stl_ledger_commit(ledger, err) : SETTLE_OK;
    stl_ledger_rollback(ledger);
    return status;
}

bool stl_ledger_is_held(const stl_ledger *ledger) {
    return ledger->held;
}

static settle_status work_and_commit(stl_ledger *ledger, stl_ledger_work work, void *user,
                                     stl_error *err) {
    TRY(work(ledger, user, err));
    return stl_ledger_commit(ledger, err);
}

settle_status stl_ledger_within(stl_ledger *ledger, stl_ledger_work work, void *user,
                                stl_error *err) {
    bool mine = ledger->held && !ledger->nested;
    if (!mine && !sqlite3_get_autocommit(ledger->db))
        return work(ledger, user, err);
    TRY(stl_ledger_begin(ledger, err));
    settle_status status = work_and_commit(ledger, work, user, err);
    if (status != SETTLE_OK)
        stl_ledger_rollback(ledger);
    return status;
}

settle_status stl_ledger_snapshot(stl_ledger *ledger, stl_ledger_work work, void *user,
                                  stl_error *err) {
    if (!sqlite3_get_autocommit(ledger->db))
        return work(ledger, user, err);
    int rc = sqlite3_exec(ledger->db, "BEGIN", NULL, NULL, NULL);
    if (rc != SQLITE_OK)
        return stl_ledger_fail(ledger, rc, "begin", err);
    settle_status status = work(ledger, user, err);
    stl_ledger_rollback(ledger);
    return status;
}

settle_status stl_ledger_hash(stl_ledger *ledger, const void *bytes, size_t len,
                              unsigned char out[static STL_DIGEST_LEN], stl_error *err) {
    if (!stl_digest_reset(ledger->digest) || !stl_digest_add(ledger->digest, bytes, len) ||
        !stl_digest_end(ledger->digest, out))
        return FAIL(err, SETTLE_E_INTERNAL, .detail = "SHA-256");
    return SETTLE_OK;
}
