/* SPDX-License-Identifier: Apache-2.0 */
/* Two packs row by row: both databases sorted by key, merged. */
#include "base/buf.h"
#include "pack/database.h"
#include "pack/handle.h"

#include <sqlite3.h>

typedef struct side {
    const char *path;
    sqlite3 *db;
    sqlite3_stmt *rows; /* NULL: the pack was built before the table was known */
    bool more;
    stl_str cells[STL_COLUMNS_MAX];
} side;

static void side_close(side *s) {
    sqlite3_finalize(s->rows);
    sqlite3_close(s->db);
}
#define SCOPED_SIDE __attribute__((cleanup(side_close))) side

static settle_status failed(const side *s, stl_error *err) {
    return FAIL(err, SETTLE_E_PACK_FORMAT, .file = s->path, .detail = sqlite3_errmsg(s->db),
                .native = sqlite3_extended_errcode(s->db));
}

/* The key's columns and the day on which the row begins, in the order of the columns. */
static void find_key(size_t table, bool key[static STL_COLUMNS_MAX]) {
    stl_table_key of = stl_pack_key(table);
    memset(key, 0, STL_COLUMNS_MAX * sizeof *key);
    for (size_t i = 0; i < sizeof of.columns / sizeof *of.columns && of.columns[i] >= 0; i++)
        key[of.columns[i]] = true;
    if (of.begin >= 0)
        key[of.begin] = true;
}

static void list_columns(const stl_table_spec *spec, const bool *key, bool sorted, stl_buf *out) {
    const char *comma = "";
    for (size_t pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < spec->n_columns; i++) {
            if (sorted ? key[i] != (pass == 0) : pass == 1)
                continue;
            stl_buf_printf(out, sorted ? "%sCAST(\"%s\" AS TEXT)" : "%s\"%s\"", comma,
                           spec->columns[i].csv);
            comma = ", ";
        }
}

static settle_status has_table(const side *s, const char *name, bool *out, stl_error *err) {
    sqlite3_stmt *stmt = NULL;
    int rc =
        sqlite3_prepare_v2(s->db, "SELECT 1 FROM sqlite_schema WHERE name = ?", -1, &stmt, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite3_bind_text(stmt, 1, name, -1, SQLITE_STATIC);
    if (rc == SQLITE_OK)
        rc = sqlite3_step(stmt);
    sqlite3_finalize(stmt);
    *out = rc == SQLITE_ROW;
    return rc == SQLITE_ROW || rc == SQLITE_DONE ? SETTLE_OK : failed(s, err);
}

static settle_status next(side *s, const stl_table_spec *spec, stl_error *err) {
    if (s->rows == NULL)
        return SETTLE_OK;
    int rc = sqlite3_step(s->rows);
    s->more = rc == SQLITE_ROW;
    if (rc != SQLITE_ROW && rc != SQLITE_DONE)
        return failed(s, err);
    for (size_t i = 0; s->more && i < spec->n_columns; i++) {
        const char *text = (const char *)sqlite3_column_text(s->rows, (int)i);
        s->cells[i] =
            (stl_str){text == NULL ? "" : text, (size_t)sqlite3_column_bytes(s->rows, (int)i)};
    }
    return SETTLE_OK;
}

static settle_status start(side *s, const stl_table_spec *spec, const bool *key, stl_error *err) {
    bool stored;
    sqlite3_finalize(s->rows);
    s->rows = NULL;
    s->more = false;
    TRY(has_table(s, spec->name, &stored, err));
    if (!stored)
        return SETTLE_OK;
    SCOPED_BUF sql = {0};
    stl_buf_text(&sql, "SELECT ");
    list_columns(spec, key, false, &sql);
    stl_buf_printf(&sql, " FROM %s ORDER BY ", spec->name);
    list_columns(spec, key, true, &sql);
    stl_buf_bytes(&sql, "", 1);
    if (!stl_buf_ok(&sql))
        return FAIL(err, SETTLE_E_NO_MEMORY, .file = s->path);
    if (sqlite3_prepare_v2(s->db, sql.ptr, -1, &s->rows, NULL) != SQLITE_OK)
        return failed(s, err);
    return next(s, spec, err);
}

static int compare(const side *a, const side *b, size_t n_columns, const bool *only) {
    for (size_t i = 0; i < n_columns; i++) {
        int order = only == NULL || only[i] ? stl_str_cmp(a->cells[i], b->cells[i]) : 0;
        if (order != 0)
            return order;
    }
    return 0;
}

static settle_status diff_table(side *a, side *b, size_t table, stl_pack_change_fn change,
                                void *user, stl_error *err) {
    const stl_table_spec *spec = stl_pack_spec(table);
    bool key[STL_COLUMNS_MAX];
    find_key(table, key);
    TRY(start(a, spec, key, err));
    TRY(start(b, spec, key, err));
    while (a->more || b->more) {
        int order = !a->more ? 1 : !b->more ? -1 : compare(a, b, spec->n_columns, key);
        stl_pack_change c = {.spec = spec,
                             .before = order <= 0 ? a->cells : NULL,
                             .after = order >= 0 ? b->cells : NULL,
                             .key = key};
        if (order != 0 || compare(a, b, spec->n_columns, NULL) != 0)
            TRY(change(user, &c, err));
        if (order <= 0)
            TRY(next(a, spec, err));
        if (order >= 0)
            TRY(next(b, spec, err));
    }
    return SETTLE_OK;
}

settle_status stl_pack_diff(const stl_pack *a, const stl_pack *b, stl_pack_change_fn change,
                            void *user, stl_error *err) {
    SCOPED_SIDE one = {.path = a->info.path}, other = {.path = b->info.path};
    TRY(stl_database_open(one.path, &one.db, err));
    TRY(stl_database_open(other.path, &other.db, err));
    size_t tables[STL_PACK_TABLES];
    stl_pack_name_order(tables);
    for (size_t i = 0; i < STL_PACK_TABLES; i++)
        if (tables[i] != STL_M_COUNTS)
            TRY(diff_table(&one, &other, tables[i], change, user, err));
    return SETTLE_OK;
}
