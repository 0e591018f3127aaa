/* SPDX-License-Identifier: Apache-2.0 */
#include "pack/database.h"

#include "base/buf.h"
#include "pack/footer.h"
#include <sqlite3.h>
#include <stdio.h>

static void close_db(sqlite3 **db) {
    sqlite3_close(*db);
}

static void finalize(sqlite3_stmt **stmt) {
    sqlite3_finalize(*stmt);
}
#define SCOPED_DB __attribute__((cleanup(close_db))) sqlite3
#define SCOPED_STMT __attribute__((cleanup(finalize))) sqlite3_stmt

static settle_status failed(sqlite3 *db, settle_status status, const char *path, stl_error *err) {
    return FAIL(err, status, .file = path, .detail = sqlite3_errmsg(db),
                .native = sqlite3_extended_errcode(db));
}

/* Declared so that the kind can be read off and SQLite keeps the text as it is. */
static const char *declared_type(stl_field_kind kind) {
    switch (kind) {
    case STL_F_INT:
        return "INTEGER";
    case STL_F_DAY:
        return "DATE_TEXT";
    case STL_F_INSTANT:
        return "INSTANT_TEXT";
    case STL_F_MONEY:
        return "DECIMAL_2_TEXT";
    case STL_F_QTY:
    case STL_F_RATIO:
        return "DECIMAL_4_TEXT";
    case STL_F_PRICE:
        return "DECIMAL_6_TEXT";
    default:
        return "TEXT";
    }
}

static void create_sql(const stl_table_spec *spec, stl_buf *out) {
    stl_buf_printf(out, "CREATE TABLE %s (", spec->name);
    for (size_t i = 0; i < spec->n_columns; i++)
        stl_buf_printf(out, "%s\"%s\" %s", i == 0 ? "" : ", ", spec->columns[i].csv,
                       declared_type(spec->columns[i].kind));
    stl_buf_text(out, ")");
}

static void insert_sql(const stl_table_spec *spec, stl_buf *out) {
    stl_buf_printf(out, "INSERT INTO %s VALUES (?", spec->name);
    for (size_t i = 1; i < spec->n_columns; i++)
        stl_buf_text(out, ",?");
    stl_buf_text(out, ")");
}

static settle_status run(sqlite3 *db, const char *path, const char *sql, stl_error *err) {
    return sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK
               ? SETTLE_OK
               : failed(db, SETTLE_E_STORE_WRITE, path, err);
}

static settle_status prepare(sqlite3 *db, const char *path, stl_buf *sql, settle_status failure,
                             sqlite3_stmt **out, stl_error *err) {
    if (!stl_buf_ok(sql))
        return FAIL(err, SETTLE_E_NO_MEMORY, .file = path);
    return sqlite3_prepare_v2(db, sql->ptr, (int)sql->len, out, NULL) == SQLITE_OK
               ? SETTLE_OK
               : failed(db, failure, path, err);
}

static int bind_cell(sqlite3_stmt *stmt, int at, stl_field_kind kind, int64_t value, stl_str text) {
    if (kind != STL_F_TEXT && value == STL_NONE)
        return sqlite3_bind_null(stmt, at);
    if (kind == STL_F_INT)
        return sqlite3_bind_int64(stmt, at, value);
    return sqlite3_bind_text64(stmt, at, text.ptr, text.len, SQLITE_STATIC, SQLITE_UTF8);
}

static settle_status write_rows(sqlite3 *db, const char *path, const stl_rowset *set,
                                const stl_pool *pool, sqlite3_stmt *insert, stl_error *err) {
    const stl_table_spec *spec = set->spec;
    char scratch[STL_COLUMNS_MAX][STL_DECIMAL_TEXT_MAX];
    for (size_t i = 0; i < set->n; i++) {
        const int64_t *row = stl_rowset_row(set, set->order[i]);
        int rc = SQLITE_OK;
        for (size_t c = 0; c < spec->n_columns && rc == SQLITE_OK; c++)
            rc = bind_cell(insert, (int)c + 1, spec->columns[c].kind, row[c],
                           stl_rowset_text(set, pool, set->order[i], c, scratch[c]));
        if (rc != SQLITE_OK || sqlite3_step(insert) != SQLITE_DONE)
            return failed(db, SETTLE_E_STORE_WRITE, path, err);
        sqlite3_reset(insert);
    }
    return SETTLE_OK;
}

static settle_status write_table(sqlite3 *db, const char *path, const stl_rowset *set,
                                 const stl_pool *pool, stl_error *err) {
    SCOPED_BUF create = {0}, insert_text = {0};
    SCOPED_STMT *insert = NULL;
    create_sql(set->spec, &create);
    stl_buf_bytes(&create, "", 1);
    if (!stl_buf_ok(&create))
        return FAIL(err, SETTLE_E_NO_MEMORY, .file = path);
    TRY(run(db, path, create.ptr, err));
    insert_sql(set->spec, &insert_text);
    TRY(prepare(db, path, &insert_text, SETTLE_E_STORE_WRITE, &insert, err));
    return write_rows(db, path, set, pool, insert, err);
}

settle_status stl_database_write(const char *path, const stl_rowset sets[static STL_PACK_TABLES],
                                 const stl_pool *pool, stl_error *err) {
    SCOPED_DB *db = NULL;
    if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
        return failed(db, SETTLE_E_STORE_WRITE, path, err);
    char pragmas[256];
    snprintf(pragmas, sizeof pragmas,
             "PRAGMA page_size=%d; PRAGMA encoding='UTF-8'; PRAGMA auto_vacuum=0;"
             "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA locking_mode=EXCLUSIVE;"
             "PRAGMA application_id=%d; PRAGMA user_version=%d; BEGIN",
             STL_PACK_PAGE, STL_PACK_APPLICATION_ID, STL_PACK_FORMAT);
    TRY(run(db, path, pragmas, err));
    for (size_t i = 0; i < STL_PACK_TABLES; i++)
        TRY(write_table(db, path, &sets[i], pool, err));
    return run(db, path, "COMMIT", err);
}

/* --- reading back -------------------------------------------------------------------------- */

typedef struct comparing {
    sqlite3 *db;
    const char *path;
    const stl_index *index;
    stl_digest *digest;
    stl_buf line;
} comparing;

static settle_status differ(const comparing *in, const stl_table_spec *spec, size_t row,
                            stl_error *err) {
    char detail[96];
    snprintf(detail, sizeof detail, "row %zu differs between database and index", row);
    return FAIL(err, SETTLE_E_PACK_DIGEST, .file = in->path, .field = spec->name, .detail = detail);
}

static settle_status compare_row(comparing *in, const stl_table_spec *spec,
                                 const stl_index_table *table, size_t row, sqlite3_stmt *select,
                                 stl_error *err) {
    char scratch[STL_DECIMAL_TEXT_MAX];
    stl_str cells[STL_COLUMNS_MAX];
    if (row >= table->n_rows)
        return differ(in, spec, row + 1, err);
    for (size_t c = 0; c < spec->n_columns; c++) {
        const char *text = (const char *)sqlite3_column_text(select, (int)c);
        cells[c] = (stl_str){text, (size_t)sqlite3_column_bytes(select, (int)c)};
        int64_t cell = table->rows[row * table->n_cols + c];
        stl_field_kind kind = spec->columns[c].kind;
        stl_str other = kind == STL_F_TEXT ? stl_index_text(table, cell)
                                           : stl_pack_number_text(kind, cell, scratch);
        if (!stl_str_eq(cells[c], other))
            return differ(in, spec, row + 1, err);
    }
    in->line.len = 0;
    stl_canonical_row(&in->line, spec, cells);
    if (!stl_buf_ok(&in->line))
        return FAIL(err, SETTLE_E_NO_MEMORY, .file = in->path);
    return spec == stl_pack_spec(STL_M_TEXT) ||
                   stl_digest_add(in->digest, in->line.ptr, in->line.len)
               ? SETTLE_OK
               : FAIL(err, SETTLE_E_INTERNAL, .detail = "SHA-256");
}

static settle_status has_table(const comparing *in, const char *name, bool *out, stl_error *err) {
    SCOPED_STMT *stmt = NULL;
    SCOPED_BUF sql = {0};
    stl_buf_printf(&sql, "SELECT 1 FROM sqlite_schema WHERE name = '%s'", name);
    TRY(prepare(in->db, in->path, &sql, SETTLE_E_PACK_FORMAT, &stmt, err));
    *out = sqlite3_step(stmt) == SQLITE_ROW;
    return SETTLE_OK;
}

static settle_status compare_table(comparing *in, const stl_table_spec *spec, stl_error *err) {
    stl_index_table table;
    bool stored;
    TRY(stl_index_find_table(in->index, spec->name, spec->n_columns, &table, err));
    TRY(has_table(in, spec->name, &stored, err));
    if (!stored && table.rows == NULL) /* built before the table was known */
        return SETTLE_OK;
    SCOPED_STMT *select = NULL;
    SCOPED_BUF sql = {0};
    stl_buf_text(&sql, "SELECT ");
    for (size_t i = 0; i < spec->n_columns; i++)
        stl_buf_printf(&sql, "%s\"%s\"", i == 0 ? "" : ", ", spec->columns[i].csv);
    stl_buf_printf(&sql, " FROM %s ORDER BY rowid", spec->name);
    TRY(prepare(in->db, in->path, &sql, SETTLE_E_PACK_FORMAT, &select, err));
    size_t row = 0;
    int rc;
    while ((rc = sqlite3_step(select)) == SQLITE_ROW)
        TRY(compare_row(in, spec, &table, row++, select, err));
    if (rc != SQLITE_DONE)
        return failed(in->db, SETTLE_E_PACK_DIGEST, in->path, err);
    return row == table.n_rows ? SETTLE_OK : differ(in, spec, row + 1, err);
}

static settle_status check_integrity(const comparing *in, stl_error *err) {
    SCOPED_STMT *stmt = NULL;
    SCOPED_BUF sql = {0};
    stl_buf_text(&sql, "PRAGMA integrity_check(1)");
    TRY(prepare(in->db, in->path, &sql, SETTLE_E_PACK_FORMAT, &stmt, err));
    if (sqlite3_step(stmt) != SQLITE_ROW)
        return failed(in->db, SETTLE_E_PACK_DIGEST, in->path, err);
    const char *answer = (const char *)sqlite3_column_text(stmt, 0);
    if (answer == NULL || strcmp(answer, "ok") != 0)
        return FAIL(err, SETTLE_E_PACK_DIGEST, .file = in->path, .field = "integrity_check",
                    .detail = answer);
    return SETTLE_OK;
}

/* A path as part of an SQLite URI. */
static void put_uri(stl_buf *out, const char *path) {
    stl_buf_text(out, "file:");
    for (const char *at = path; *at != '\0'; at++) {
        if (strchr("?#%", *at) != NULL)
            stl_buf_printf(out, "%%%02X", (unsigned)(unsigned char)*at);
        else
            stl_buf_bytes(out, at, 1);
    }
    stl_buf_text(out, "?mode=ro&immutable=1");
    stl_buf_bytes(out, "", 1);
}

static settle_status compare_all(comparing *in, unsigned char *out_digest, stl_error *err) {
    TRY(check_integrity(in, err));
    size_t tables[STL_PACK_TABLES];
    stl_pack_name_order(tables);
    for (size_t i = 0; i < STL_PACK_TABLES; i++)
        TRY(compare_table(in, stl_pack_spec(tables[i]), err));
    return stl_digest_end(in->digest, out_digest)
               ? SETTLE_OK
               : FAIL(err, SETTLE_E_INTERNAL, .detail = "SHA-256");
}

settle_status stl_database_open(const char *path, sqlite3 **out, stl_error *err) {
    SCOPED_BUF uri = {0};
    put_uri(&uri, path);
    if (!stl_buf_ok(&uri))
        return FAIL(err, SETTLE_E_NO_MEMORY, .file = path);
    int flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX;
    if (sqlite3_open_v2(uri.ptr, out, flags, NULL) != SQLITE_OK)
        return failed(*out, SETTLE_E_PACK_OPEN, path, err);
    return SETTLE_OK;
}

settle_status stl_database_compare(const char *path, const stl_index *index,
                                   unsigned char out_digest[static STL_DIGEST_LEN],
                                   stl_error *err) {
    SCOPED_DB *db = NULL;
    TRY(stl_database_open(path, &db, err));
    comparing in = {.db = db, .path = path, .index = index, .digest = stl_digest_new(STL_SHA256)};
    TRY_ALLOC(err, in.digest);
    settle_status status = compare_all(&in, out_digest, err);
    stl_buf_free(&in.line);
    stl_digest_free(in.digest);
    return status;
}
