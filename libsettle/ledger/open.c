/* SPDX-License-Identifier: Apache-2.0 */
/* Opening, creating, closing; the write-ahead log's care, all of it off the commit path. */
#include "ledger/db.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    LOG_ROOM =
        8 * 1024 * 1024,     /* a log of this size is written in place: half the time of growing */
    LOG_SPILL = 1024 * 1024, /* what of a transaction may still be in memory when it ends */
    LOG_FRAMES_LEFT = 16,
    COME_AGAIN_MS = 5,
    OTHERS = S_IRWXG | S_IRWXO,
};

static settle_status fail_system(const stl_ledger *l, settle_status otherwise, const char *doing,
                                 stl_error *err) {
    int code = errno;
    settle_status status = otherwise;
    if (code == EROFS || code == EACCES || code == EPERM)
        status = SETTLE_E_STORE_READONLY;
    if (code == ENOSPC || code == EDQUOT)
        status = SETTLE_E_STORE_FULL;
    SCOPED_BUF detail = {0};
    stl_buf_printf(&detail, "%s: %s", doing, strerrordesc_np(code));
    return FAIL(err, status, .file = l->name, .native = code,
                .detail = stl_buf_ok(&detail) ? detail.ptr : NULL);
}

/* A file of one's own from the first moment, whatever the umask. */
static settle_status create_file(const stl_ledger *l, const char *path, stl_error *err) {
    int fd = open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (fd < 0 && errno == EEXIST)
        return SETTLE_OK;
    if (fd < 0)
        return fail_system(l, SETTLE_E_STORE_OPEN, "create", err);
    int rc = fchmod(fd, S_IRUSR | S_IWUSR);
    if (rc == 0)
        rc = fsync(fd);
    settle_status status = rc == 0 ? SETTLE_OK : fail_system(l, SETTLE_E_STORE_OPEN, "create", err);
    close(fd);
    return status;
}

static settle_status check_mode(const stl_ledger *l, const char *path, const char *suffix,
                                stl_error *err) {
    SCOPED_BUF full = {0};
    struct stat st;
    stl_buf_printf(&full, "%s%s", path, suffix);
    if (!stl_buf_ok(&full))
        return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    if (stat(full.ptr, &st) != 0)
        return suffix[0] != '\0' && errno == ENOENT
                   ? SETTLE_OK
                   : fail_system(l, SETTLE_E_STORE_OPEN, "stat", err);
    if (!S_ISREG(st.st_mode))
        return FAIL(err, SETTLE_E_STORE_OPEN, .file = l->name, .detail = "not a regular file");
    if ((st.st_mode & OTHERS) != 0)
        return FAIL(err, SETTLE_E_STORE_MODE, .file = full.ptr);
    return SETTLE_OK;
}

static settle_status exec(const stl_ledger *l, const char *sql, stl_error *err) {
    int rc = sqlite3_exec(l->db, sql, NULL, NULL, NULL);
    return rc == SQLITE_OK ? SETTLE_OK : stl_ledger_fail(l, rc, "open", err);
}

static settle_status number(const stl_ledger *l, const char *sql, int64_t *out, stl_error *err) {
    sqlite3_stmt *stmt;
    int rc = sqlite3_prepare_v2(l->db, sql, -1, &stmt, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite3_step(stmt);
    if (rc == SQLITE_ROW)
        *out = sqlite3_column_int64(stmt, 0);
    sqlite3_finalize(stmt);
    return rc == SQLITE_ROW ? SETTLE_OK : stl_ledger_fail(l, rc, sql, err);
}

/* --- schema ------------------------------------------------------------------------------------
 */

static settle_status read_version(const stl_ledger *l, int newest, int64_t *out, stl_error *err) {
    int64_t application, tables;
    TRY(number(l, "PRAGMA user_version", out, err));
    TRY(number(l, "PRAGMA application_id", &application, err));
    TRY(number(l, "SELECT count(*) FROM sqlite_schema", &tables, err));
    bool fresh = *out == 0 && application == 0 && tables == 0;
    if (!fresh && application != STL_LEDGER_APPLICATION)
        return FAIL(err, SETTLE_E_STORE_VERSION, .file = l->name,
                    .detail = "a database, but not a ledger");
    if (*out >= 0 && *out <= newest)
        return SETTLE_OK;
    SCOPED_BUF detail = {0};
    stl_buf_printf(&detail, "version %lld, known up to %d", (long long)*out, newest);
    return FAIL(err, SETTLE_E_STORE_VERSION, .file = l->name,
                .detail = stl_buf_ok(&detail) ? detail.ptr : NULL);
}

typedef struct migration {
    const char *const *steps;
    int newest;
} migration;

static settle_status run_steps(stl_ledger *l, void *user, stl_error *err) {
    const migration *m = user;
    int64_t version; /* read again: another process may have been faster */
    TRY(read_version(l, m->newest, &version, err));
    for (int64_t i = version; i < m->newest; i++)
        TRY(exec(l, m->steps[i], err));
    SCOPED_BUF mark = {0};
    stl_buf_printf(&mark, "PRAGMA application_id=%d; PRAGMA user_version=%d",
                   STL_LEDGER_APPLICATION, m->newest);
    if (!stl_buf_ok(&mark))
        return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    return exec(l, mark.ptr, err);
}

/* At one moment, though another process may be making the ledger now. */
static settle_status read_version_alone(const stl_ledger *l, int newest, int64_t *out,
                                        stl_error *err) {
    TRY(exec(l, "BEGIN", err));
    settle_status status = read_version(l, newest, out, err);
    sqlite3_exec(l->db, "ROLLBACK", NULL, NULL, NULL);
    return status;
}

settle_status stl_ledger_migrate(stl_ledger *l, const char *const *steps, int newest,
                                 bool may_write, stl_error *err) {
    int64_t version;
    TRY(read_version_alone(l, newest, &version, err));
    if (version == newest)
        return SETTLE_OK;
    l->outdated = !may_write;
    if (l->outdated)
        return FAIL(err, SETTLE_E_STORE_VERSION, .file = l->name,
                    .detail = "an older version, to be migrated by someone who may write to it");
    return stl_ledger_within(l, run_steps, &(migration){steps, newest}, err);
}

/* --- the write-ahead log -------------------------------------------------------------------------
 */

static off_t log_size(const stl_ledger *l) {
    struct stat st;
    const char *path = sqlite3_filename_wal(sqlite3_db_filename(l->db, "main"));
    return stat(path, &st) == 0 ? st.st_size : 0;
}

/* A log that has to grow costs each commit a journal entry of the file system. A transaction that
 * spills and is rolled back leaves the room behind. Failing to make room is no failure. */
static void make_log_room(const stl_ledger *l) {
    if (log_size(l) >= LOG_ROOM)
        return;
    SCOPED_BUF fill = {0};
    stl_buf_printf(&fill,
                   "PRAGMA cache_size=16; BEGIN IMMEDIATE; CREATE TABLE room(b);"
                   "INSERT INTO room VALUES(zeroblob(%d));",
                   LOG_ROOM + LOG_SPILL);
    if (stl_buf_ok(&fill))
        sqlite3_exec(l->db, fill.ptr, NULL, NULL, NULL);
    if (!sqlite3_get_autocommit(l->db))
        sqlite3_exec(l->db, "ROLLBACK", NULL, NULL, NULL);
    int fd = open(sqlite3_filename_wal(sqlite3_db_filename(l->db, "main")), O_RDONLY | O_CLOEXEC);
    if (fd >= 0) {
        fdatasync(fd);
        close(fd);
    }
}

/* The first commit after the log was moved begins it anew and syncs its head besides: here a mark
 * set to what it is takes that on itself, a third of the next settlement's time. */
static settle_status begin_log(stl_ledger *l, stl_error *err) {
    SCOPED_BUF same = {0};
    stl_buf_printf(&same, "PRAGMA application_id=%d", STL_LEDGER_APPLICATION);
    if (!stl_buf_ok(&same))
        return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    int rc = sqlite3_exec(l->db, same.ptr, NULL, NULL, NULL);
    return rc == SQLITE_OK || (rc & 0xFF) == SQLITE_BUSY ? SETTLE_OK
                                                         : stl_ledger_fail(l, rc, "log", err);
}

static settle_status move_log(stl_ledger *l, int *out_frames, stl_error *err) {
    int how =
        log_size(l) > STL_LEDGER_LOG_MAX ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE;
    int rc = sqlite3_wal_checkpoint_v2(l->db, NULL, how, out_frames, NULL);
    l->log_bytes = 0;
    if (rc == SQLITE_BUSY) /* someone reads or writes: the next call moves it */
        return SETTLE_OK;
    return rc == SQLITE_OK ? SETTLE_OK : stl_ledger_fail(l, rc, "checkpoint", err);
}

settle_status stl_ledger_checkpoint(stl_ledger *l, stl_error *err) {
    if (!l->writes)
        return SETTLE_OK;
    int frames;
    TRY(move_log(l, &frames, err));
    return begin_log(l, err);
}

/* A log that is left full would be read, and moved again, by whoever opens the ledger next. When
 * this fails the log stays as it is: they do it then. */
static void leave_log(stl_ledger *l) {
    int frames = 0;
    settle_status status = move_log(l, &frames, NULL);
    if (status == SETTLE_OK && frames > LOG_FRAMES_LEFT)
        status = begin_log(l, NULL);
    (void)status;
}

static int note_log(void *user, sqlite3 *db, const char *name, int pages) {
    (void)db;
    (void)name;
    ((stl_ledger *)user)->log_bytes = (int64_t)pages * STL_LEDGER_PAGE;
    return SQLITE_OK;
}

/* --- open and close ------------------------------------------------------------------------------
 */

/* SQLite waits for a lock, but not with the one for reading in hand, as here when two processes
 * make a ledger at once: who is late is told BUSY immediately and has to come again. */
static settle_status keep_log_ahead(const stl_ledger *l, int busy_ms, stl_error *err) {
    static const char SQL[] = "PRAGMA journal_mode=WAL";
    int rc = sqlite3_exec(l->db, SQL, NULL, NULL, NULL);
    for (int slept_ms = 0; (rc & 0xFF) == SQLITE_BUSY && slept_ms < busy_ms;) {
        slept_ms += sqlite3_sleep(COME_AGAIN_MS);
        sqlite3_busy_timeout(l->db, 0);
        rc = sqlite3_exec(l->db, SQL, NULL, NULL, NULL);
    }
    sqlite3_busy_timeout(l->db, busy_ms);
    return rc == SQLITE_OK ? SETTLE_OK : stl_ledger_fail(l, rc, "open", err);
}

static settle_status configure(const stl_ledger *l, bool create, int busy_ms, stl_error *err) {
    int keep_log = 1;
    sqlite3_db_config(l->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(l->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(l->db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL); /* it has none of its own */
    sqlite3_db_config(l->db, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
    sqlite3_db_config(l->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL); /* leave_log does it */
    if (create) {
        SCOPED_BUF page = {0};
        stl_buf_printf(&page, "PRAGMA page_size=%d", STL_LEDGER_PAGE);
        if (!stl_buf_ok(&page))
            return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
        TRY(exec(l, page.ptr, err));
    }
    if (l->writes) {
        TRY(create ? keep_log_ahead(l, busy_ms, err) : exec(l, "PRAGMA journal_mode=WAL", err));
        sqlite3_file_control(l->db, "main", SQLITE_FCNTL_PERSIST_WAL, &keep_log);
    }
    return exec(l,
                "PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY;"
                "PRAGMA cell_size_check=ON; PRAGMA mmap_size=0; PRAGMA cache_size=-4096",
                err);
}

/* An empty file where a ledger is expected is what is left of one: only an import may fill it. */
static settle_status check_filled(const stl_ledger *l, stl_error *err) {
    int64_t tables;
    TRY(number(l, "SELECT count(*) FROM sqlite_schema", &tables, err));
    return tables > 0
               ? SETTLE_OK
               : FAIL(err, SETTLE_E_STORE_CORRUPT, .file = l->name, .detail = "the file is empty");
}

static settle_status open_db(stl_ledger *l, const char *path, stl_ledger_mode mode, int busy_ms,
                             stl_error *err) {
    if (mode == STL_LEDGER_CREATE)
        TRY(create_file(l, path, err));
    TRY(check_mode(l, path, "", err));
    TRY(check_mode(l, path, "-wal", err));
    TRY(check_mode(l, path, "-shm", err));
    if (l->writes && access(path, W_OK) != 0)
        return fail_system(l, SETTLE_E_STORE_OPEN, "open", err);
    int flags = l->writes ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;
    int rc =
        sqlite3_open_v2(path, &l->db, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
    if (rc != SQLITE_OK)
        return l->db == NULL ? FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL)
                             : stl_ledger_fail(l, rc, "open", err);
    sqlite3_busy_timeout(l->db, busy_ms);
    sqlite3_wal_hook(l->db, note_log, l);
    if (mode != STL_LEDGER_CREATE)
        TRY(check_filled(l, err));
    TRY(configure(l, mode == STL_LEDGER_CREATE, busy_ms, err));
    TRY(stl_ledger_migrate(l, STL_LEDGER_SCHEMA, STL_LEDGER_VERSION, l->writes, err));
    if (l->writes) {
        make_log_room(l);
        TRY(exec(l, "PRAGMA cache_size=-4096", err));
    }
    return SETTLE_OK;
}

static settle_status open_once(const char *path, stl_ledger_mode mode, int busy_ms,
                               stl_ledger **out, bool *out_outdated, stl_error *err) {
    const char *slash = strrchr(path, '/');
    stl_ledger *l = calloc(1, sizeof *l);
    TRY_ALLOC(err, l);
    l->writes = mode != STL_LEDGER_READ;
    l->name = strdup(slash == NULL ? path : slash + 1);
    l->digest = stl_digest_new(STL_SHA256);
    settle_status status = l->name == NULL || l->digest == NULL
                               ? FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL)
                               : open_db(l, path, mode, busy_ms, err);
    *out_outdated = l->outdated;
    if (status != SETTLE_OK) {
        stl_ledger_close(l);
        return status;
    }
    *out = l;
    return SETTLE_OK;
}

/* After an upgrade the first to read is not kept waiting for the first to write. */
settle_status stl_ledger_open(const char *path, stl_ledger_mode mode, int busy_ms, stl_ledger **out,
                              stl_error *err) {
    bool outdated = false;
    settle_status status = open_once(path, mode, busy_ms, out, &outdated, err);
    if (status == SETTLE_OK || !outdated || access(path, W_OK) != 0)
        return status;
    stl_ledger *migrated;
    TRY(open_once(path, STL_LEDGER_WRITE, busy_ms, &migrated, &outdated, err));
    stl_ledger_close(migrated);
    if (err != NULL)
        stl_error_reset(err);
    return open_once(path, mode, busy_ms, out, &outdated, err);
}

void stl_ledger_close(stl_ledger *l) {
    if (l == NULL)
        return;
    if (l->db != NULL) {
        stl_ledger_rollback(l);
        for (int i = 0; i < SQL_COUNT; i++)
            sqlite3_finalize(l->stmts[i]);
        if (l->log_bytes > 0) /* something was written */
            leave_log(l);
        sqlite3_close(l->db);
    }
    stl_digest_free(l->digest);
    free(l->name);
    free(l);
}
