/* SPDX-License-Identifier: Apache-2.0 */
/* Reading and netting a stay of 1,000 lines, files in, canonical stay out, not stored: opened anew
 * each time, the layout too. */
#include "bench/runs.h"

#include "bench/support.h"
#include "load/source.h"

#include <malloc.h>
#include <stdlib.h>

enum { LINES = 1000, RUNS = 200, MANY_RUNS = 3 };

#define CHILD "--read-in-child"

static const struct {
    const char *adapter, *name;
    int64_t bound_us;
} FORMS[] = {
    {"csv", "CSV", 1500},
    {"nhsa", "national JSON", 6000},
    {"hl7", "HL7", 3000},
};

static void lay_out(const char *dir, const char *stays, const char *order) {
    char lines[16];
    snprintf(lines, sizeof lines, "%d", LINES);
    const char *const argv[] = {
        "/usr/bin/env", "python3", "tests/bench/reading.py", dir, lines, stays, order, NULL};
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

/* All stays are handed out, one after another. */
static int64_t read_once(const stl_adapter_site *site, const char *adapter, const char *dir,
                         size_t n_stays) {
    const stl_adapter_ask ask = {.paths = &dir, .n_paths = 1, .site = site};
    stl_error err = {0};
    stl_source *source;
    size_t lines = 0;
    int64_t begin = bench_wall();
    bench_must(stl_adapter_open(adapter, &ask, &source, &err), &err);
    for (size_t i = 0; i < stl_source_count(source); i++) {
        stl_stay *stay;
        bench_must(stl_source_read(source, i, &stay, &err), &err);
        lines += stl_stay_n_charges(stay);
        stl_source_release(source, i);
    }
    int64_t taken = bench_wall() - begin;
    if (stl_source_count(source) != n_stays || lines != n_stays * LINES ||
        stl_source_report_of(source)->kept[STL_R_CHARGE] != lines)
        bench_die("%s: lines were lost", adapter);
    stl_source_free(source);
    return taken;
}

/* bench --read-in-child DIRECTORY STAYS OUT: writes nanoseconds and its peak memory in KiB. */
int bench_reading_child(int argc, char **argv) {
    if (argc != 5)
        bench_die("usage: " CHILD " DIRECTORY STAYS OUT");
    int64_t ns = read_once(NULL, "csv", argv[2], strtoul(argv[3], NULL, 10));
    FILE *out = fopen(argv[4], "w");
    if (out == NULL)
        bench_die("%s cannot be written", argv[4]);
    fprintf(out, "%lld %lld\n", (long long)ns, (long long)bench_own_peak_kib());
    return fclose(out);
}

/* A whole export, each time in a process of its own. */
static void read_many(const bench_world *w, bench_report *r, int n_stays, bool sorted) {
    int64_t samples[MANY_RUNS];
    char dir[BENCH_PATH], path[BENCH_PATH], stays[16], name[96];
    long long ns = 0, kib = 0, most = 0;
    snprintf(stays, sizeof stays, "%d", n_stays);
    snprintf(name, sizeof name, "many-%d-%d", n_stays, sorted);
    lay_out(bench_path(w, name, dir), stays, sorted ? NULL : "scattered");
    for (int k = 0; k < MANY_RUNS; k++) {
        const char *const argv[] = {
            "/proc/self/exe", CHILD, dir, stays, bench_path(w, "figures", path), NULL};
        bench_time t;
        if (bench_run(argv, &t) != 0)
            bench_die("the child failed");
        FILE *in = fopen(path, "r");
        if (in == NULL || fscanf(in, "%lld %lld", &ns, &kib) != 2)
            bench_die("the child told nothing");
        fclose(in);
        samples[k] = ns;
        most = kib > most ? kib : most;
    }
    int64_t lines = (int64_t)n_stays * LINES;
    int64_t a_second = lines * 1000000000 / bench_percentile(samples, MANY_RUNS, 50);
    int64_t mib = most * 1000 / 1024;
    snprintf(name, sizeof name, "%lld lines of %d stays, CSV%s", (long long)lines, n_stays,
             sorted ? "" : ", rows of all stays mixed");
    printf("| %s | %lld | %s |\n", name, (long long)a_second, bench_shown(mib));
    snprintf(name, sizeof name, "%lld lines%s, a second", (long long)lines, sorted ? "" : " mixed");
    bench_at_least(r, name, a_second * 1000, sorted ? 300000000 : 100000000, "");
    snprintf(name, sizeof name, "%lld lines%s, peak memory", (long long)lines,
             sorted ? "" : " mixed");
    bench_at_most(r, name, mib, sorted ? 32000 : 64000, "MiB");
}

void bench_reading(bench_world *w, bench_report *r) {
    static int64_t samples[RUNS];
    const stl_adapter_site *site = &w->site->config.adapters;
    char root[BENCH_PATH], dir[BENCH_PATH + 16], name[64];
    /* Whether glibc gives the heap back after each stay hangs on chance, and costs 500 page faults
     * a stay: here it keeps it, as where other work goes on. */
    mallopt(M_TRIM_THRESHOLD, 256 * 1024 * 1024);
    mallopt(M_MMAP_THRESHOLD, 32 * 1024 * 1024);
    lay_out(bench_path(w, "reading", root), NULL, NULL);
    printf("| reading 1,000 lines | ms |\n|---|---:|\n");
    for (size_t i = 0; i < sizeof FORMS / sizeof *FORMS; i++) {
        if (i > 0)
            give_layout(w, FORMS[i].adapter);
        snprintf(dir, sizeof dir, "%s/%s", root, FORMS[i].adapter);
        read_once(site, FORMS[i].adapter, dir, 1);
        for (int k = 0; k < RUNS; k++)
            samples[k] = read_once(site, FORMS[i].adapter, dir, 1);
        int64_t p50 = bench_percentile(samples, RUNS, 50);
        printf("| %s | %s |\n", FORMS[i].name, bench_shown(bench_ms(p50)));
        snprintf(name, sizeof name, "reading and netting %d lines, %s", LINES, FORMS[i].name);
        bench_at_most(r, name, bench_ms(p50), FORMS[i].bound_us, "ms");
    }
    printf("\n| a whole export, read and handed out stay by stay | lines a second | peak MiB |\n"
           "|---|---:|---:|\n");
    read_many(w, r, 100, true);
    read_many(w, r, 1000, true);
    read_many(w, r, 1000, false);
    printf("\n");
    fflush(stdout);
}
