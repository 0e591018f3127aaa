/* SPDX-License-Identifier: Apache-2.0 */
/* Map, check and split with every rule live: stays that give all files, clean and with faults, CPU
 * of one core. Warm: the same stay again and again; cold: everything was driven out of the caches
 * before each run. */
#include "bench/runs.h"

#include "bench/full_stay.h"
#include "bench/support.h"
#include "benefit/benefit.h"
#include "rules/rules.h"

#include <stdlib.h>

typedef enum part { MAP, CHECK, SPLIT, TOGETHER, PARTS } part;
typedef enum caches { WARM, COLD, CACHES } caches;

static const struct {
    size_t lines, runs;
} SIZES[] = {{100, 100}, {1000, 100}, {5000, 40}, {20000, 20}};
enum { N_SIZES = sizeof SIZES / sizeof *SIZES, MOST_RUNS = 100, SWEPT = 64 * 1024 * 1024 };

typedef struct judged {
    stl_arena *arena;
    stl_verdict verdict;
    int64_t cpu[PARTS];
} judged;

/* As flow/judge.c does it, without the ledger. */
static judged judge(const bench_world *w, const stl_stay *stay) {
    stl_error err = {0};
    stl_case c;
    stl_settlement s;
    int64_t at[5] = {bench_cpu()};
    judged j = {.arena = stl_arena_new()};
    j.verdict.arena = j.arena;
    bench_case(w, stay, j.arena, &c);
    at[1] = bench_cpu();
    bench_must(stl_rules_run(&c, &j.verdict, &err), &err);
    at[2] = bench_cpu();
    bench_must(stl_benefit_settle(&c, false, &s, &j.verdict, &err), &err);
    at[3] = bench_cpu();
    bench_must(stl_rules_run_paid(&c, &s, &j.verdict, &err), &err);
    bench_must(stl_rules_conclude(&c, NULL, 0, &j.verdict, &err), &err);
    at[4] = bench_cpu();
    j.cpu[MAP] = at[1] - at[0];
    j.cpu[CHECK] = at[2] - at[1] + at[4] - at[3];
    j.cpu[SPLIT] = at[3] - at[2];
    j.cpu[TOGETHER] = at[4] - at[0];
    return j;
}

/* --- that all rules are live ----------------------------------------------------------------- */

static size_t findings_of(const stl_verdict *v, const char *rule_id) {
    size_t n = 0;
    for (size_t i = 0; i < v->n_findings; i++)
        n += strcmp(v->findings[i].rule_id, rule_id) == 0;
    return n;
}

static size_t count_checks(const stl_rule *const *rules) {
    size_t n = 0;
    while (rules[n] != NULL)
        n++;
    return n;
}

/* The region has no price list of drugs: V3 says so. Every other rule was evaluated for every line.
 */
static void assert_evaluated(const stl_verdict *v) {
    for (size_t i = 0; i < v->n_gaps; i++)
        if (strcmp(v->gaps[i].rule_id, "V3") != 0)
            bench_die("%s was not evaluated: %.*s", v->gaps[i].rule_id, (int)v->gaps[i].missing.len,
                      v->gaps[i].missing.ptr);
}

static void assert_found(const stl_verdict *v, bench_faults faults) {
    for (size_t i = 0; faults == BENCH_CLEAN && i < v->n_findings; i++)
        if (v->findings[i].action != STL_HINT)
            bench_die("%s on the clean stay", v->findings[i].rule_id);
    for (size_t k = 0; faults == BENCH_FAULTY && bench_planted_rule(k) != NULL; k++)
        if (findings_of(v, bench_planted_rule(k)) == 0)
            bench_die("%s was planted and not found", bench_planted_rule(k));
}

void bench_assert_live(const bench_world *w) {
    printf("Map, check and split of a stay that gives every file, %zu checks live\n\n",
           count_checks(STL_RULES) + count_checks(STL_PAYMENT_RULES));
    for (int faults = BENCH_CLEAN; faults <= BENCH_FAULTY; faults++) {
        stl_stay *stay = bench_full_stay(w, 1000, (bench_faults)faults);
        judged j = judge(w, stay);
        assert_evaluated(&j.verdict);
        assert_found(&j.verdict, (bench_faults)faults);
        printf("%s: all of them evaluated (V3 but for drugs and materials, whose price list the "
               "region lacks), "
               "%zu findings in 1,000 lines\n\n",
               faults == BENCH_CLEAN ? "clean" : "with faults", j.verdict.n_findings);
        stl_arena_free(j.arena);
        stl_stay_free(stay);
    }
}

/* --- time ------------------------------------------------------------------------------------ */

static void sweep_caches(void) {
    static volatile char swept[SWEPT];
    for (size_t i = 0; i < SWEPT; i += 64)
        swept[i]++;
}

typedef struct figures {
    int64_t a_line[CACHES][PARTS]; /* median ns */
} figures;

static figures measure(const bench_world *w, size_t size, bench_faults faults) {
    static int64_t samples[CACHES][PARTS][MOST_RUNS];
    size_t runs = SIZES[size].runs;
    stl_stay *stay = bench_full_stay(w, SIZES[size].lines, faults);
    figures f;
    for (int how = 0; how < CACHES; how++)
        for (size_t k = 0; k < runs; k++) {
            if (how == COLD)
                sweep_caches();
            judged j = judge(w, stay);
            stl_arena_free(j.arena);
            for (int p = 0; p < PARTS; p++)
                samples[how][p][k] = j.cpu[p];
        }
    for (int how = 0; how < CACHES; how++)
        for (int p = 0; p < PARTS; p++)
            f.a_line[how][p] =
                bench_percentile(samples[how][p], runs, 50) / (int64_t)SIZES[size].lines;
    stl_stay_free(stay);
    return f;
}

static void report_row(bench_report *r, size_t size, bench_faults faults, const figures *f) {
    static const char *const PART_NAMES[PARTS] = {"map", "check", "split", "together"};
    static const char *const CACHE_NAMES[CACHES] = {"warm", "cold"};
    printf("| %zu%s |", SIZES[size].lines, faults == BENCH_FAULTY ? ", with faults" : "");
    for (int how = 0; how < CACHES; how++)
        for (int p = 0; p < PARTS; p++) {
            char name[96];
            snprintf(name, sizeof name, "%s of %zu lines%s, %s, a line", PART_NAMES[p],
                     SIZES[size].lines, faults == BENCH_FAULTY ? " with faults" : "",
                     CACHE_NAMES[how]);
            bench_figure(r, name, f->a_line[how][p], "us");
            printf(" %lld |", (long long)f->a_line[how][p]);
        }
    printf("\n");
    fflush(stdout);
}

static void hold_to_targets(bench_report *r, const figures *f) {
    bench_at_most(r, "map, check and split of 1000 lines with faults, cold, a line",
                  f[1].a_line[COLD][TOGETHER], 1500, "us");
    bench_at_most(r, "the same, a line at 5000 / at 1000 lines",
                  f[2].a_line[COLD][TOGETHER] * 1000 / f[1].a_line[COLD][TOGETHER], 1000, "times");
    bench_at_most(r, "the same, a line at 20000 / at 1000 lines",
                  f[3].a_line[COLD][TOGETHER] * 1000 / f[1].a_line[COLD][TOGETHER], 1200, "times");
}

void bench_everything(bench_world *w, bench_report *r) {
    figures f[N_SIZES];
    bench_assert_live(w);
    printf("CPU in ns a line (median), caches warm or swept before each run\n\n"
           "| lines | map | check | split | together | map, cold | check, cold | split, cold | "
           "together, cold |\n"
           "|---|---:|---:|---:|---:|---:|---:|---:|---:|\n");
    for (int faults = BENCH_CLEAN; faults <= BENCH_FAULTY; faults++)
        for (size_t size = 0; size < N_SIZES; size++) {
            f[size] = measure(w, size, (bench_faults)faults);
            report_row(r, size, (bench_faults)faults, &f[size]);
        }
    printf("\n");
    hold_to_targets(r, f);
}
