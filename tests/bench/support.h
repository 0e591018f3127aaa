/* SPDX-License-Identifier: Apache-2.0 */
/* What the programs of the benchmark share: giving up, SQLite in a line, clocks, figures. */
#ifndef TESTS_BENCH_SUPPORT_H
#define TESTS_BENCH_SUPPORT_H

#include "base/error.h"

#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>

_Noreturn void bench_die(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
void bench_must(settle_status status, const stl_error *err);

sqlite3 *bench_sql_open(const char *path); /* created when it is not there */
void bench_sql(sqlite3 *db, const char *sql);
sqlite3_stmt *bench_sql_prepare(sqlite3 *db, const char *sql);
void bench_sql_done(sqlite3_stmt *stmt); /* runs to the end and resets */

/* Nanoseconds. */
int64_t bench_wall(void);
int64_t bench_cpu(void); /* of this thread */

typedef struct bench_time {
    int64_t wall, cpu;
} bench_time;
static inline bench_time bench_begin(void) {
    return (bench_time){bench_wall(), bench_cpu()};
}
static inline void bench_end(bench_time *t) {
    *t = (bench_time){bench_wall() - t->wall, bench_cpu() - t->cpu};
}

/* Of samples, which are sorted in place. */
int64_t bench_percentile(int64_t *samples, size_t n, int percent);

/* Runs a program with its output discarded; answers its exit code, and how long it took. */
int bench_run(const char *const argv[], bench_time *out);

/* The peak of this process alone: what wait4 tells counts the parent's memory before exec. */
int64_t bench_own_peak_kib(void);

#endif
