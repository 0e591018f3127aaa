/* SPDX-License-Identifier: Apache-2.0 */
/* The reference tables as a vendor keeps them: SQLite, integers for numbers and days, an index on
 * each key. `row` is the number of the row in the library's table of the same content. */
#include "bench/conventional/conventional.h"

#include "bench/support.h"

static sqlite3_stmt *prepare_insert(sqlite3 *db, const char *name, size_t n_columns) {
    stl_buf sql = {0};
    stl_buf_printf(&sql, "INSERT INTO %s VALUES (?", name);
    for (size_t i = 0; i < n_columns; i++)
        stl_buf_text(&sql, ",?");
    stl_buf_text(&sql, ")");
    stl_buf_bytes(&sql, "", 1);
    sqlite3_stmt *stmt = bench_sql_prepare(db, sql.ptr);
    stl_buf_free(&sql);
    return stmt;
}

static void create(sqlite3 *db, const stl_table_spec *spec) {
    stl_buf sql = {0};
    stl_buf_printf(&sql, "CREATE TABLE %s (row INTEGER PRIMARY KEY", spec->name);
    for (size_t i = 0; i < spec->n_columns; i++)
        stl_buf_printf(&sql, ", \"%s\" %s", spec->columns[i].csv,
                       spec->columns[i].kind == STL_F_TEXT ? "TEXT" : "INTEGER");
    stl_buf_text(&sql, ")");
    stl_buf_bytes(&sql, "", 1);
    bench_sql(db, sql.ptr);
    stl_buf_free(&sql);
}

static void bind(sqlite3_stmt *stmt, int at, const stl_index_table *table, stl_field_kind kind,
                 int64_t cell) {
    stl_str text = kind == STL_F_TEXT ? stl_index_text(table, cell) : STL_STR("");
    if (kind == STL_F_TEXT)
        sqlite3_bind_text(stmt, at, text.len == 0 ? "" : text.ptr, (int)text.len, SQLITE_STATIC);
    else if (cell == STL_NONE)
        sqlite3_bind_null(stmt, at);
    else
        sqlite3_bind_int64(stmt, at, cell);
}

static void load(sqlite3 *db, const stl_index_table *table, const stl_table_spec *spec) {
    create(db, spec);
    sqlite3_stmt *insert = prepare_insert(db, spec->name, spec->n_columns);
    for (size_t r = 0; r < table->n_rows; r++) {
        sqlite3_bind_int64(insert, 1, (int64_t)r);
        for (size_t c = 0; c < spec->n_columns; c++)
            bind(insert, (int)c + 2, table, spec->columns[c].kind,
                 table->rows[r * table->n_cols + c]);
        bench_sql_done(insert);
    }
    sqlite3_finalize(insert);
    char sql[256];
    snprintf(sql, sizeof sql, "CREATE INDEX %s_key ON %s (\"%s\")", spec->name, spec->name,
             spec->columns[0].csv);
    bench_sql(db, sql);
}

void cv_reference_write(const char *path, const stl_region *region, const stl_mapping *mapping) {
    sqlite3 *db = bench_sql_open(path);
    bench_sql(db, "PRAGMA synchronous=OFF; BEGIN");
    for (size_t i = 0; i < STL_T_COUNT; i++)
        load(db, &region->tables[i], &STL_TABLE_SPECS[i]);
    load(db, &mapping->items, &STL_ITEM_TABLE);
    load(db, &mapping->rows, &STL_MAPPING_TABLE);
    bench_sql(db, "COMMIT; ANALYZE");
    sqlite3_close(db);
}
