/* SPDX-License-Identifier: Apache-2.0 */
/* SQLite behind the ledger: the handle, prepared statements, transactions, error codes. */
#ifndef STL_LEDGER_DB_H
#define STL_LEDGER_DB_H

#include "base/digest.h"
#include "ledger/ledger.h"

#include <sqlite3.h>

typedef enum stl_sql {
    SQL_BEGIN,
    SQL_COMMIT,
    SQL_HEAD,
    SQL_HEAD_SET,
    SQL_AUDIT_ADD,
    SQL_AUDIT_WALK,
    SQL_PART_NEXT,
    SQL_PART_ADD,
    SQL_PART_LIST,
    SQL_PART_SUM,
    SQL_PART_GET,
    SQL_PART_COUNT,
    SQL_SUBMISSION_TAKEN,
    SQL_SUBMISSION_ADD,
    SQL_SUBMISSION_NEXT,
    SQL_SUBMISSION_GET,
    SQL_SUBMISSION_LIST,
    SQL_SUBMISSION_ALL,
    SQL_SUBMISSION_COUNT,
    SQL_SETTLED,
    SQL_KEYS,
    SQL_DOCUMENT,
    SQL_LAST_DOCUMENT,
    SQL_SERIAL,
    SQL_OVERRIDE_NEXT,
    SQL_OVERRIDE_ADD,
    SQL_OVERRIDE_LIST,
    SQL_OVERRIDE_GET,
    SQL_OVERRIDE_COUNT,
    SQL_REVERSE,
    SQL_REVERSAL_NEXT,
    SQL_REVERSAL_ADD,
    SQL_REVERSAL_GET,
    SQL_REVERSAL_COUNT,
    SQL_EXCHANGE_GET,
    SQL_EXCHANGE_PUT,
    SQL_EXCHANGE_MARK,
    SQL_EXCHANGE_LIST,
    SQL_EXCHANGE_STANDING,
    SQL_MAPPING_NEXT,
    SQL_MAPPING_ADD,
    SQL_MAPPING_LIST,
    SQL_MAPPING_GET,
    SQL_MAPPING_COUNT,
    SQL_LATER,
    SQL_LIST_ALL,
    SQL_LIST_ONE,
    SQL_COUNT
} stl_sql;

struct stl_ledger {
    sqlite3 *db;
    char *name; /* base name, for messages */
    bool writes;
    bool held, nested;              /* a transaction of an exchange; one within it */
    bool outdated;                  /* opened for reading and of an older schema */
    int64_t log_bytes;              /* of the write-ahead log, as of the last commit */
    sqlite3_stmt *stmts[SQL_COUNT]; /* prepared when first used */
    stl_digest *digest;
};

/* Turns what SQLite answered into a status; the native code is the extended one. */
settle_status stl_ledger_fail(const stl_ledger *ledger, int rc, const char *doing, stl_error *err);

/* A prepared statement, to be given back with reset: STL_STMT(st) st = NULL; does it at scope end.
 */
settle_status stl_ledger_stmt(stl_ledger *ledger, stl_sql sql, sqlite3_stmt **out,
                              stl_error *err) STL_MUST_CHECK;
void stl_ledger_stmt_done(sqlite3_stmt **stmt);
#define STL_STMT __attribute__((cleanup(stl_ledger_stmt_done))) sqlite3_stmt

/* Steps to a row (*out_row) or to the end. */
settle_status stl_ledger_step(const stl_ledger *ledger, sqlite3_stmt *stmt, bool *out_row,
                              stl_error *err) STL_MUST_CHECK;
/* Steps a statement that gives no row. */
settle_status stl_ledger_run(const stl_ledger *ledger, sqlite3_stmt *stmt,
                             stl_error *err) STL_MUST_CHECK;

/* Texts and bytes are bound where they lie: they must outlive the step. */
void stl_ledger_bind_str(sqlite3_stmt *stmt, int at, stl_str text);
void stl_ledger_bind_bytes(sqlite3_stmt *stmt, int at, const void *bytes, size_t len);
stl_str stl_ledger_column_str(sqlite3_stmt *stmt, int at); /* borrowed until the next step */
bool stl_ledger_column_digest(sqlite3_stmt *stmt, int at, unsigned char out[static STL_DIGEST_LEN]);

/* Runs `work` inside a transaction of its own, or in the open one. */
typedef settle_status (*stl_ledger_work)(stl_ledger *ledger, void *user, stl_error *err);
settle_status stl_ledger_within(stl_ledger *ledger, stl_ledger_work work, void *user,
                                stl_error *err) STL_MUST_CHECK;
/* A read transaction: several statements see one state. */
settle_status stl_ledger_snapshot(stl_ledger *ledger, stl_ledger_work work, void *user,
                                  stl_error *err) STL_MUST_CHECK;

settle_status stl_ledger_hash(stl_ledger *ledger, const void *bytes, size_t len,
                              unsigned char out[static STL_DIGEST_LEN],
                              stl_error *err) STL_MUST_CHECK;

/* One step of the schema: from version i to i + 1. */
extern const char *const STL_LEDGER_SCHEMA[];
extern const int STL_LEDGER_VERSION;
enum {
    STL_LEDGER_APPLICATION = 0x5345544C,
    STL_LEDGER_PAGE = 16384,
    STL_LEDGER_LOG_MAX = 64 * 1024 * 1024, /* a longer log is moved before the next transaction */
};
/* Brings the database from its version to `newest`, all steps in one transaction; a database of
 * another application or of a newer version is STORE_VERSION. `may_write` false: an older one too.
 */
settle_status stl_ledger_migrate(stl_ledger *ledger, const char *const *steps, int newest,
                                 bool may_write, stl_error *err) STL_MUST_CHECK;

/* What the audit record of a part, an override or a submission, says in its detail: written when it
 * is stored, written again from the row when the chain is verified. */
void stl_ledger_part_detail(int64_t part, int64_t n_charges, int kind,
                            const unsigned char digest[static STL_DIGEST_LEN], stl_buf *out);
settle_status stl_ledger_override_detail(stl_ledger *ledger, int64_t no,
                                         const stl_ledger_override *o, stl_buf *out,
                                         stl_error *err) STL_MUST_CHECK;
stl_ledger_override stl_ledger_override_of(sqlite3_stmt *row); /* SQL_OVERRIDE_GET or _LIST */
/* SQL_SUBMISSION_GET or _LIST; content_digest is written into `digest`, false: there is none. */
bool stl_ledger_submission_of(sqlite3_stmt *row, unsigned char digest[static STL_DIGEST_LEN],
                              stl_ledger_submission *out);
settle_status stl_ledger_reversal_detail(stl_ledger *ledger, int64_t no,
                                         const stl_ledger_reversal *r, stl_buf *out,
                                         stl_error *err) STL_MUST_CHECK;
stl_ledger_reversal stl_ledger_reversal_of(sqlite3_stmt *row); /* SQL_REVERSAL_GET */
settle_status stl_ledger_mapping_detail(stl_ledger *ledger, const stl_ledger_mapping *event,
                                        stl_buf *out, stl_error *err) STL_MUST_CHECK;
void stl_ledger_mapping_object(const stl_ledger_mapping *event, stl_buf *out);
stl_ledger_mapping stl_ledger_mapping_of(sqlite3_stmt *row); /* SQL_MAPPING_GET or _LIST */
/* Adds text with its length, a number: no two rows give the same bytes. */
bool stl_ledger_digest_text(stl_digest *digest, stl_str text);
bool stl_ledger_digest_number(stl_digest *digest, int64_t value);
stl_str stl_ledger_column_bytes(sqlite3_stmt *stmt, int at);
enum { STL_SUBMISSION_KEYS = 16, STL_SUBMISSION_DOCUMENT = 17 }; /* columns of a submission */
settle_status stl_ledger_submission_detail(stl_ledger *ledger, const stl_ledger_submission *s,
                                           const unsigned char *document_sha256, stl_str line_keys,
                                           stl_buf *out, stl_error *err) STL_MUST_CHECK;

/* A text for a message: cut, terminated. */
enum { STL_LEDGER_SHOWN = 96 };
const char *stl_ledger_shown(stl_str text, char out[static STL_LEDGER_SHOWN]);

/* The hash over one audit record and the hash before it. */
typedef struct stl_audit_record {
    int64_t no;
    stl_instant at;
    stl_str opter, role, action, object, detail;
} stl_audit_record;
settle_status stl_ledger_audit_hash(stl_ledger *ledger, const stl_audit_record *record,
                                    unsigned char hash[static STL_DIGEST_LEN],
                                    stl_error *err) STL_MUST_CHECK;

settle_status stl_ledger_audit_head(stl_ledger *ledger, int64_t *records,
                                    unsigned char hash[static STL_DIGEST_LEN],
                                    stl_error *err) STL_MUST_CHECK;

#define STL_AUDIT_IMPORT "import"
#define STL_AUDIT_MAPPING "mapping"
#define STL_AUDIT_OVERRIDE "override"
#define STL_AUDIT_REVERSE "reverse"
#define STL_AUDIT_SUBMIT "submit"

#endif
