/* SPDX-License-Identifier: Apache-2.0 */
/* The same checks beside ours: as one SQL statement (checks.sql) in SQLite and PostgreSQL, as rules
 * in plain JavaScript and in a JavaScript engine (engine/). All read the same tables, written once
 * as text by tables.c. */
#ifndef TESTS_BENCH_BESIDE_H
#define TESTS_BENCH_BESIDE_H

#include "bench/world.h"
#include "load/source.h"

enum { BS_NAME = 96 };
#define BS_RULES "M1 to M3, V1 to V6, V10, V12, V14, V16, V25, V26"

/* Findings as a set: rule and line of each. */
typedef struct bs_found {
    uint64_t *at;
    size_t count, cap;
} bs_found;

void bs_found_add(bs_found *found, const char *rule_id, uint32_t line);
void bs_found_finish(bs_found *found); /* sorted, without doubles */
void bs_found_free(bs_found *found);

/* Stays with faults of both sizes that are measured, a clean one and one of an outpatient. */
enum { BS_SMALL = 1000, BS_LARGE = 5000 };
typedef struct bs_stays {
    stl_stay **at;
    size_t n, n_made;   /* the made ones come first */
    stl_source *source; /* of the others */
} bs_stays;
void bs_stays_make(const bench_world *w, bs_stays *out);
/* And those of an input: CSV, or JSON by its name. */
void bs_stays_read(bs_stays *stays, const char *path);
void bs_stays_free(bs_stays *stays);

/* Makes `dir`: <table>.tsv in the text form of PostgreSQL's COPY, schema.sql, indexes.sql and the
 * names of the tables in order; the rule tables of the pack, the hospital's items and mapping, and
 * the stays under their numbers. */
void bs_tables_write(const bench_world *w, const bs_stays *stays, const char *dir);

/* Checks of a stay by its number; wall time in ns. `found` is emptied first. */
typedef struct bs_side {
    char name[BS_NAME]; /* with its version */
    int64_t (*check)(struct bs_side *side, size_t stay, bs_found *found);
    void (*close)(struct bs_side *side);
    void *state;
} bs_side;

void bs_sqlite_open(bs_side *side, const char *dir);
/* False: not there, or it does not start; what is missing is printed. */
bool bs_postgres_open(bs_side *side, const char *dir);
bool bs_plain_open(bs_side *side, const char *dir);
bool bs_engine_open(bs_side *side, const char *dir, const char *build);

/* The first stay of which the side does not find what we do; stays->n: none. */
size_t bs_first_other(const bench_world *w, const bs_stays *stays, bs_side *side);

/* SQL beside the checks, in the database of bs_sqlite_open. */
void bs_sqlite_run(bs_side *side, const char *sql);

/* A text file, ended by a NUL; to be freed. */
char *bs_read_file(const char *path);

/* Ours: map and the same checks. */
int64_t bs_ours(const bench_world *w, const stl_stay *stay, bs_found *found);
/* Ours: map, every check, and split. */
int64_t bs_ours_whole(const bench_world *w, const stl_stay *stay);

#endif
