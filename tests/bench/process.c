/* SPDX-License-Identifier: Apache-2.0 */
/* Whole processes: `settle preview` of CSV files, and peak memory. */
#include "bench/runs.h"

#include "bench/support.h"
#include "bench/workload.h"

#include <stdlib.h>

enum { RUNS = 25 };

#define CHILD "--submit-in-child"

/* bench --submit-in-child HOME EXAMPLE LINES */
int bench_process_child(int argc, char **argv) {
    bench_world w = {.n_stays = 900000 + (argc == 5 ? atoi(argv[4]) : 0)};
    if (argc != 5)
        bench_die("usage: " CHILD " HOME EXAMPLE LINES");
    bench_world_enter(&w, argv[2], argv[3]);
    stl_stay *stay = bench_stay(w.example_stays, strtoul(argv[4], NULL, 10));
    bench_submit(&w, stay, NULL);
    return 0;
}

static void preview(bench_world *w, bench_report *r, const char *settle) {
    int64_t samples[RUNS];
    char dir[BENCH_PATH];
    stl_stay *stay = bench_stay(w->example_stays, 1000);
    bench_stay_rename(stay, ++w->n_stays);
    bench_stay_write_csv(stay, bench_path(w, "preview", dir));
    const char *const argv[] = {settle, "preview", "-C", w->home, "--json", dir, NULL};
    for (int i = 0; i < RUNS; i++)
        if (bench_run(argv, &samples[i], NULL) != 0)
            bench_die("settle preview failed");
    int64_t p50 = bench_percentile(samples, RUNS, 50);
    printf("| `settle preview` of 1,000 lines, CSV in, JSON out, whole process | %s ms |\n",
           bench_shown(bench_ms(p50)));
    bench_at_most(r, "settle preview of 1000 lines, whole process", bench_ms(p50), 30000, "ms");
    stl_stay_free(stay);
}

static void memory(bench_world *w, bench_report *r) {
    static const char *const LINES[] = {"100", "1000", "5000", "20000"};
    for (size_t i = 0; i < sizeof LINES / sizeof *LINES; i++) {
        char name[96];
        int64_t kib;
        const char *const argv[] = {"/proc/self/exe", CHILD, w->home, w->example, LINES[i], NULL};
        if (bench_run(argv, NULL, &kib) != 0)
            bench_die("the child failed");
        int64_t mib = kib * 1000 / 1024;
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
