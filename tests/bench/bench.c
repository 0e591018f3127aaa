/* SPDX-License-Identifier: Apache-2.0 */
/* bench BUILD [--check] [LINES]
 * [charging|pairs|phases|everything|payment|beside|verify|processes|reading|opening]... bench BUILD
 * equal [HOME STAYS]: a test of what is compared. Run from the top of the source tree. Without
 * names everything is measured. */
#include "bench/runs.h"

#include "bench/support.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static bool wanted(int argc, char **argv, const char *name) {
    bool any = false;
    for (int i = 2; i < argc; i++) {
        if (strcmp(argv[i], name) == 0)
            return true;
        any = any || (argv[i][0] != '-' && !isdigit((unsigned char)argv[i][0]));
    }
    return !any;
}

static bool is_checked(int argc, char **argv) {
    for (int i = 2; i < argc; i++)
        if (strcmp(argv[i], "--check") == 0)
            return true;
    return false;
}

/* Settlements of this size only; 0: of all. */
static size_t lines_wanted(int argc, char **argv) {
    for (int i = 2; i < argc; i++)
        if (isdigit((unsigned char)argv[i][0]))
            return strtoul(argv[i], NULL, 10);
    return 0;
}

static int run(int argc, char **argv) {
    bench_world w;
    bench_report r;
    char path[BENCH_PATH];
    snprintf(path, sizeof path, "%s/bench/figures.tsv", argv[1]);
    bench_report_open(&r, path);
    bench_report_machine();
    bench_world_open(&w, argv[1]);
    if (wanted(argc, argv, "charging")) /* first: the heap is a desk's, not what the others leave */
        bench_charging(&w, &r);
    if (wanted(argc, argv, "pairs"))
        bench_pairs(&w, &r, lines_wanted(argc, argv));
    if (wanted(argc, argv, "phases"))
        bench_phases(&w, &r);
    if (wanted(argc, argv, "everything"))
        bench_everything(&w, &r);
    if (wanted(argc, argv, "payment"))
        bench_payment(&w, &r);
    if (wanted(argc, argv, "beside"))
        bench_beside(&w, &r, argv[1]);
    if (wanted(argc, argv, "verify"))
        bench_verify(&w, &r);
    snprintf(path, sizeof path, "%s/bin/settle", argv[1]);
    if (wanted(argc, argv, "processes"))
        bench_processes(&w, &r, path);
    if (wanted(argc, argv, "reading"))
        bench_reading(&w, &r);
    if (wanted(argc, argv, "opening"))
        bench_opening(&w, &r);
    bench_world_close(&w);
    return bench_report_close(&r) > 0 && is_checked(argc, argv) ? 1 : 0;
}

/* bench BUILD equal [HOME STAYS] */
static int run_equal(int argc, char **argv) {
    bench_world w;
    if (argc == 5) {
        w = (bench_world){.n_stays = 0};
        snprintf(w.root, sizeof w.root, "%s", argv[3]); /* tables are written there */
        bench_world_enter(&w, argv[3], "examples/hospital");
        return bench_equal(&w, argv[4]) ? 0 : 1;
    }
    bench_world_open(&w, argv[1]);
    bench_assert_live(&w);
    bool equal = bench_equal(&w, NULL);
    bench_world_close(&w);
    return equal ? 0 : 1;
}

int main(int argc, char **argv) {
    if (argc >= 2 && strcmp(argv[1], "--submit-in-child") == 0)
        return bench_process_child(argc, argv);
    if (argc >= 2 && strcmp(argv[1], "--read-in-child") == 0)
        return bench_reading_child(argc, argv);
    if (argc < 2)
        bench_die("usage: bench BUILD [--check] [LINES] "
                  "[charging|pairs|phases|everything|payment|beside|verify|processes|reading|"
                  "opening]...");
    return argc > 2 && strcmp(argv[2], "equal") == 0 ? run_equal(argc, argv) : run(argc, argv);
}
