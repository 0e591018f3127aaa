/* SPDX-License-Identifier: Apache-2.0 */
#include "bench/support.h"

#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

void bench_die(const char *fmt, ...) {
    va_list args;
    va_start(args, fmt);
    fputs("bench: ", stderr);
    vfprintf(stderr, fmt, args);
    fputc('\n', stderr);
    va_end(args);
    exit(2);
}

void bench_must(settle_status status, const stl_error *err) {
    char text[1024];
    if (status == SETTLE_OK)
        return;
    stl_error_render(err, SETTLE_LANG_EN, text, sizeof text);
    bench_die("%s", text);
}

sqlite3 *bench_sql_open(const char *path) {
    sqlite3 *db;
    if (sqlite3_open(path, &db) != SQLITE_OK)
        bench_die("%s: %s", path, sqlite3_errmsg(db));
    return db;
}

void bench_sql(sqlite3 *db, const char *sql) {
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
        bench_die("%s: %s", sql, sqlite3_errmsg(db));
}

sqlite3_stmt *bench_sql_prepare(sqlite3 *db, const char *sql) {
    sqlite3_stmt *stmt;
    if (sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt, NULL) != SQLITE_OK)
        bench_die("%s: %s", sql, sqlite3_errmsg(db));
    return stmt;
}

void bench_sql_done(sqlite3_stmt *stmt) {
    if (sqlite3_step(stmt) != SQLITE_DONE)
        bench_die("%s: %s", sqlite3_sql(stmt), sqlite3_errmsg(sqlite3_db_handle(stmt)));
    sqlite3_reset(stmt);
}

static int64_t now(clockid_t clock) {
    struct timespec t;
    clock_gettime(clock, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

int64_t bench_wall(void) {
    return now(CLOCK_MONOTONIC);
}

int64_t bench_cpu(void) {
    return now(CLOCK_THREAD_CPUTIME_ID);
}

static int by_size(const void *a, const void *b) {
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

int64_t bench_percentile(int64_t *samples, size_t n, int percent) {
    qsort(samples, n, sizeof *samples, by_size);
    size_t rank = (n * (size_t)percent + 99) / 100; /* the least value that so many reach */
    return samples[rank == 0 ? 0 : rank - 1];
}

static _Noreturn void become(const char *const argv[]) {
    int null = open("/dev/null", O_WRONLY);
    dup2(null, STDOUT_FILENO);
    execv(argv[0], (char *const *)(uintptr_t)argv);
    perror(argv[0]);
    _exit(127);
}

static int64_t nanoseconds(struct timeval t) {
    return (int64_t)t.tv_sec * 1000000000 + (int64_t)t.tv_usec * 1000;
}

int bench_run(const char *const argv[], bench_time *out) {
    struct rusage usage;
    int status;
    int64_t begin = bench_wall();
    pid_t pid = vfork();
    if (pid < 0)
        bench_die("fork failed");
    if (pid == 0)
        become(argv);
    if (wait4(pid, &status, 0, &usage) != pid)
        bench_die("wait failed");
    *out = (bench_time){bench_wall() - begin,
                        nanoseconds(usage.ru_utime) + nanoseconds(usage.ru_stime)};
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

int64_t bench_own_peak_kib(void) {
    char line[128];
    long long kib = 0;
    FILE *status = fopen("/proc/self/status", "r");
    while (status != NULL && fgets(line, sizeof line, status) != NULL)
        if (sscanf(line, "VmHWM: %lld", &kib) == 1)
            break;
    if (status != NULL)
        fclose(status);
    return kib;
}
