/* SPDX-License-Identifier: Apache-2.0 */
/* Whole processes: `settle preview` of CSV files, and peak memory. */
#include "bench/runs.h"

#include "bench/support.h"
#include "bench/workload.h"

#include <stdlib.h>

enum { RUNS = 25 };

#define CHILD "--submit-in-child"

/* bench --submit-in-child HOME EXAMPLE LINES PEAK: writes its peak memory in KiB into the file
 * PEAK. */
int bench_process_child(int argc, char **argv) {
    if (argc != 6)
        bench_die("usage: " CHILD " HOME EXAMPLE LINES PEAK");
    size_t lines = strtoul(argv[4], NULL, 10);
    bench_world w = {.n_stays = 900000 + (int)lines};
    bench_world_enter(&w, argv[2], argv[3]);
    bench_submit(&w, bench_stay(w.example_stays, lines), NULL);
    FILE *out = fopen(argv[5], "w");
    if (out == NULL)
        bench_die("%s cannot be written", argv[5]);
    fprintf(out, "%lld\n", (long long)bench_own_peak_kib());
    return fclose(out);
}

static int64_t peak_of_child(const bench_world *w, const char *lines) {
    char path[BENCH_PATH];
    long long kib = 0;
    const char *const argv[] = {
        "/proc/self/exe", CHILD, w->home, w->example, lines, bench_path(w, "peak", path), NULL};
    bench_time t;
    if (bench_run(argv, &t) != 0)
        bench_die("the child failed");
    FILE *in = fopen(path, "r");
    if (in == NULL || fscanf(in, "%lld", &kib) != 1)
        bench_die("the child told nothing");
    fclose(in);
    return kib;
}

static void preview(bench_world *w, bench_report *r, const char *settle) {
    int64_t samples[RUNS], cpu[RUNS];
    char dir[BENCH_PATH];
    stl_stay *stay = bench_stay(w->example_stays, 1000);
    bench_stay_rename(stay, ++w->n_stays);
    bench_stay_write_csv(stay, bench_path(w, "preview", dir));
    const char *const argv[] = {settle, "preview", "-C", w->home, "--json", dir, NULL};
    for (int i = 0; i < RUNS; i++) {
        bench_time t;
        if (bench_run(argv, &t) != 0)
            bench_die("settle preview failed");
        samples[i] = t.wall;
        cpu[i] = t.cpu;
    }
    int64_t p50 = bench_percentile(samples, RUNS, 50);
    printf(
        "| `settle preview` of 1,000 lines, CSV in, JSON out, whole process | %s ms, CPU %s ms |\n",
        bench_shown(bench_ms(p50)), bench_shown(bench_ms(bench_percentile(cpu, RUNS, 50))));
    bench_at_most(r, "settle preview of 1000 lines, whole process", bench_ms(p50), 30000, "ms");
    stl_stay_free(stay);
}

static void memory(bench_world *w, bench_report *r) {
    static const char *const LINES[] = {"100", "1000", "5000", "20000"};
    for (size_t i = 0; i < sizeof LINES / sizeof *LINES; i++) {
        char name[96];
        int64_t mib = peak_of_child(w, LINES[i]) * 1000 / 1024;
        snprintf(name, sizeof name, "peak memory at %s lines", LINES[i]);
        printf("| %s, of a process that makes the rows and settles them | %s MiB |\n", name,
               bench_shown(mib));
        if (i == 3)
            bench_at_most(r, name, mib, 64000, "MiB");
        else
            bench_figure(r, name, mib, "MiB");
    }
}

void bench_processes(bench_world *w, bench_report *r, const char *settle) {
    printf("| processes | |\n|---|---:|\n");
    preview(w, r, settle);
    memory(w, r);
    printf("\n");
    fflush(stdout);
}
