/* SPDX-License-Identifier: Apache-2.0 */
/* Reading and netting a stay of 1,000 lines, files in, canonical stay out, not stored: opened anew
 * each time, the layout too. */
#include "bench/runs.h"

#include "bench/support.h"
#include "load/source.h"

#include <malloc.h>

enum { LINES = 1000, RUNS = 200, STAYS = 1000, MANY_RUNS = 3 };

static const struct {
    const char *adapter, *name;
    int64_t bound_us;
} FORMS[] = {
    {"csv", "CSV", 1500},
    {"nhsa", "national JSON", 6000},
    {"hl7", "HL7", 3000},
};

static void lay_out(const char *dir, const char *stays) {
    char lines[16];
    snprintf(lines, sizeof lines, "%d", LINES);
    const char *const argv[] = {"/usr/bin/env", "python3", "tests/bench/reading.py", dir, lines,
                                stays,          NULL};
    bench_time t;
    if (bench_run(argv, &t) != 0)
        bench_die("tests/bench/reading.py failed");
}

/* The layouts lie in the home: the benchmark is not installed. */
static void give_layout(const bench_world *w, const char *adapter) {
    char command[3 * BENCH_PATH];
    snprintf(command, sizeof command,
             "mkdir -p '%s/adapters.d' && cp adapters/%s/%s.adapter '%s/adapters.d/'", w->home,
             adapter, adapter, w->home);
    const char *const argv[] = {"/bin/sh", "-c", command, NULL};
    bench_time t;
    if (bench_run(argv, &t) != 0)
        bench_die("%s.adapter cannot be copied", adapter);
}

static int64_t read_once(const bench_world *w, const char *adapter, const char *dir,
                         size_t n_stays) {
    const stl_adapter_ask ask = {.paths = &dir, .n_paths = 1, .site = &w->site->config.adapters};
    stl_error err = {0};
    stl_source *source;
    int64_t begin = bench_wall();
    bench_must(stl_adapter_open(adapter, &ask, &source, &err), &err);
    int64_t taken = bench_wall() - begin;
    if (stl_source_count(source) != n_stays ||
        stl_source_report_of(source)->kept[STL_R_CHARGE] != n_stays * LINES)
        bench_die("%s: lines were lost", adapter);
    stl_source_free(source);
    return taken;
}

/* A whole export, read at once: all its stays are in memory then. */
static void read_many(const bench_world *w, bench_report *r) {
    int64_t samples[MANY_RUNS];
    char dir[BENCH_PATH], stays[16];
    snprintf(stays, sizeof stays, "%d", STAYS);
    lay_out(bench_path(w, "many", dir), stays);
    for (int k = 0; k < MANY_RUNS; k++)
        samples[k] = read_once(w, "csv", dir, STAYS);
    int64_t p50 = bench_percentile(samples, MANY_RUNS, 50);
    int64_t a_second = (int64_t)STAYS * LINES * 1000000000 / p50;
    printf("| CSV of %d stays, lines a second | %lld |\n", STAYS, (long long)a_second);
    bench_at_least(r, "reading and netting 1000000 lines, CSV, lines a second", a_second * 1000,
                   300000000, "");
}

void bench_reading(bench_world *w, bench_report *r) {
    static int64_t samples[RUNS];
    char root[BENCH_PATH], dir[BENCH_PATH + 16], name[64];
    /* Whether glibc gives the heap back after each stay hangs on chance, and costs 500 page faults
     * a stay: here it keeps it, as where other work goes on. */
    mallopt(M_TRIM_THRESHOLD, 256 * 1024 * 1024);
    mallopt(M_MMAP_THRESHOLD, 32 * 1024 * 1024);
    lay_out(bench_path(w, "reading", root), NULL);
    printf("| reading 1,000 lines | ms |\n|---|---:|\n");
    for (size_t i = 0; i < sizeof FORMS / sizeof *FORMS; i++) {
        if (i > 0)
            give_layout(w, FORMS[i].adapter);
        snprintf(dir, sizeof dir, "%s/%s", root, FORMS[i].adapter);
        read_once(w, FORMS[i].adapter, dir, 1);
        for (int k = 0; k < RUNS; k++)
            samples[k] = read_once(w, FORMS[i].adapter, dir, 1);
        int64_t p50 = bench_percentile(samples, RUNS, 50);
        printf("| %s | %s |\n", FORMS[i].name, bench_shown(bench_ms(p50)));
        snprintf(name, sizeof name, "reading and netting %d lines, %s", LINES, FORMS[i].name);
        bench_at_most(r, name, bench_ms(p50), FORMS[i].bound_us, "ms");
    }
    read_many(w, r);
    printf("\n");
    fflush(stdout);
}
