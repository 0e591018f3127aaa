/* SPDX-License-Identifier: Apache-2.0 */
/* SQLite, all in memory, the statement prepared once. */
#include "bench/beside/beside.h"

#include "bench/support.h"

#include <stdlib.h>

typedef struct state {
    sqlite3 *db;
    sqlite3_stmt *checks;
} state;

static int64_t check(bs_side *side, size_t stay, bs_found *found) {
    sqlite3_stmt *stmt = ((state *)side->state)->checks;
    int rc;
    found->count = 0;
    int64_t begin = bench_wall();
    sqlite3_bind_int64(stmt, 1, (int64_t)stay);
    while ((rc = sqlite3_step(stmt)) == SQLITE_ROW)
        bs_found_add(found, (const char *)sqlite3_column_text(stmt, 0),
                     (uint32_t)sqlite3_column_int64(stmt, 1));
    if (rc != SQLITE_DONE)
        bench_die("SQLite: %s", sqlite3_errmsg(sqlite3_db_handle(stmt)));
    sqlite3_reset(stmt);
    int64_t spent = bench_wall() - begin;
    bs_found_finish(found);
    return spent;
}

static void close_it(bs_side *side) {
    state *s = side->state;
    sqlite3_finalize(s->checks);
    sqlite3_close(s->db);
    free(s);
}

static void insert_row(sqlite3_stmt *insert, char *row) {
    int n = sqlite3_bind_parameter_count(insert);
    row[strcspn(row, "\n")] = '\0';
    for (int i = 1; i <= n; i++) {
        char *cell = strsep(&row, "\t");
        if (strcmp(cell, "\\N") == 0)
            sqlite3_bind_null(insert, i);
        else
            sqlite3_bind_text(insert, i, cell, -1,
                              SQLITE_TRANSIENT); /* the column makes it a number */
    }
    bench_sql_done(insert);
}

static int columns_of(sqlite3 *db, const char *table) {
    char sql[128];
    snprintf(sql, sizeof sql, "SELECT * FROM %s", table);
    sqlite3_stmt *stmt = bench_sql_prepare(db, sql);
    int n = sqlite3_column_count(stmt);
    sqlite3_finalize(stmt);
    return n;
}

static void load(sqlite3 *db, const char *dir, const char *table) {
    char sql[256], path[BENCH_PATH], *row = NULL;
    size_t cap = 0;
    snprintf(sql, sizeof sql, "INSERT INTO %s VALUES (?", table);
    for (int i = columns_of(db, table); i > 1; i--)
        strcat(sql, ",?");
    sqlite3_stmt *insert = bench_sql_prepare(db, strcat(sql, ")"));
    snprintf(path, sizeof path, "%s/%s.tsv", dir, table);
    FILE *in = fopen(path, "r");
    if (in == NULL)
        bench_die("%s cannot be read", path);
    while (getline(&row, &cap, in) > 0)
        insert_row(insert, row);
    fclose(in);
    free(row);
    sqlite3_finalize(insert);
}

static void run_file(sqlite3 *db, const char *dir, const char *name) {
    char path[BENCH_PATH];
    snprintf(path, sizeof path, "%s/%s", dir, name);
    char *sql = bs_read_file(path);
    bench_sql(db, sql);
    free(sql);
}

void bs_sqlite_open(bs_side *side, const char *dir) {
    char path[BENCH_PATH];
    state *s = calloc(1, sizeof *s);
    *side = (bs_side){.check = check, .close = close_it, .state = s};
    snprintf(side->name, sizeof side->name, "SQL, SQLite %s in memory", sqlite3_libversion());
    s->db = bench_sql_open(":memory:");
    bench_sql(s->db, "BEGIN");
    run_file(s->db, dir, "schema.sql");
    snprintf(path, sizeof path, "%s/tables", dir);
    char *names = bs_read_file(path), *rest = names;
    for (char *name; (name = strsep(&rest, "\n")) != NULL && *name != '\0';)
        load(s->db, dir, name);
    free(names);
    run_file(s->db, dir, "indexes.sql");
    bench_sql(s->db, "COMMIT; ANALYZE");
    char *checks = bs_read_file("tests/bench/beside/checks.sql");
    if (sqlite3_prepare_v3(s->db, checks, -1, SQLITE_PREPARE_PERSISTENT, &s->checks, NULL) !=
        SQLITE_OK)
        bench_die("checks.sql: %s", sqlite3_errmsg(s->db));
    free(checks);
}

void bs_sqlite_run(bs_side *side, const char *sql) {
    bench_sql(((state *)side->state)->db, sql);
}
