/* SPDX-License-Identifier: Apache-2.0 */
/* Ours and the same checks elsewhere, by turns in one run, on stays whose rows all of them hold
 * already. */
#include "bench/beside/beside.h"
#include "bench/runs.h"

#include "bench/support.h"

static const struct { size_t lines, runs; } SIZES[] = {{1000, 30}, {5000, 10}};
enum { N_SIZES = sizeof SIZES / sizeof *SIZES, MOST_RUNS = 30, MOST_SIDES = 4 };
enum { WARM_UP = 6 }; /* PostgreSQL keeps the plan of a function after its fifth run */

typedef struct world {
    const bench_world *w;
    bs_stays stays; /* the first are those of SIZES */
    bs_side sides[MOST_SIDES];
    size_t n_sides;
} world;

/* --- time ------------------------------------------------------------------------------------ */

typedef struct series {
    size_t found;
    int64_t ours[MOST_RUNS], whole[MOST_RUNS], theirs[MOST_SIDES][MOST_RUNS];
} series;

static void run_all(world *b, size_t size, series *s) {
    bs_found found = {0};
    for (size_t k = 0; k < WARM_UP + SIZES[size].runs; k++) {
        size_t at = k < WARM_UP ? 0 : k - WARM_UP;
        s->ours[at] = bs_ours(b->w, b->stays.at[size], &found);
        s->found = found.count;
        s->whole[at] = bs_ours_whole(b->w, b->stays.at[size]);
        for (size_t i = 0; i < b->n_sides; i++)
            s->theirs[i][at] = b->sides[i].check(&b->sides[i], size, &found);
    }
    bs_found_free(&found);
}

static int64_t median_ratio(const int64_t *theirs, const int64_t *ours, size_t n) {
    int64_t ratios[MOST_RUNS];
    for (size_t i = 0; i < n; i++)
        ratios[i] = theirs[i] * 1000 / ours[i];
    return bench_percentile(ratios, n, 50);
}

static void report_row(bench_report *r, const char *name, size_t size, int64_t *ns,
                       const int64_t *ours, const int64_t *whole) {
    char figure[160];
    size_t n = SIZES[size].runs;
    int64_t same_ratio = median_ratio(ns, ours, n), whole_ratio = median_ratio(ns, whole, n);
    int64_t p50 = bench_ms(bench_percentile(ns, n, 50)); /* sorts: last */
    printf(" %s | %s | %s |", bench_shown(p50), bench_shown(same_ratio), bench_shown(whole_ratio));
    snprintf(figure, sizeof figure, "%s, %zu lines", name, SIZES[size].lines);
    bench_figure(r, figure, p50, "ms");
    snprintf(figure, sizeof figure, "%s, %zu lines, times the same checks of libsettle", name,
             SIZES[size].lines);
    bench_figure(r, figure, same_ratio, "times");
}

static void report(world *b, bench_report *r, series *s) {
    printf("| ms of one stay | 1,000 lines | × same | × whole | 5,000 lines | × same | × whole |\n"
           "|---|---:|---:|---:|---:|---:|---:|\n");
    for (size_t row = 0; row < 2 + b->n_sides; row++) {
        const char *name = row == 0   ? "libsettle, the same checks"
                           : row == 1 ? "libsettle, every check and split"
                                      : b->sides[row - 2].name;
        printf("| %s |", name);
        for (size_t size = 0; size < N_SIZES; size++) {
            series copy = s[size];
            int64_t *ns = row == 0 ? copy.ours : row == 1 ? copy.whole : copy.theirs[row - 2];
            report_row(r, name, size, ns, s[size].ours, s[size].whole);
        }
        printf("\n");
    }
    printf("\n");
    fflush(stdout);
}

static void assert_same(world *b) {
    for (size_t i = 0; i < b->n_sides; i++) {
        size_t other = bs_first_other(b->w, &b->stays, &b->sides[i]);
        if (other < b->stays.n)
            bench_die("%s finds other than libsettle in stay %zu", b->sides[i].name, other);
    }
}

void bench_beside(bench_world *w, bench_report *r, const char *build) {
    static series s[N_SIZES];
    world b = {.w = w};
    char dir[BENCH_PATH];
    printf("The same checks (" BS_RULES ") elsewhere, the rows of the stay loaded beforehand\n\n");
    bs_stays_make(w, &b.stays);
    bs_stays_read(&b.stays, w->example_stays);
    bs_tables_write(w, &b.stays, bench_path(w, "tables", dir));
    bs_sqlite_open(&b.sides[b.n_sides++], dir);
    b.n_sides += bs_postgres_open(&b.sides[b.n_sides], dir);
    b.n_sides += bs_plain_open(&b.sides[b.n_sides], dir);
    b.n_sides += bs_engine_open(&b.sides[b.n_sides], dir, build);
    assert_same(&b);
    for (size_t size = 0; size < N_SIZES; size++)
        run_all(&b, size, &s[size]);
    printf("The same findings on all sides: %zu lines of 1,000, %zu of 5,000\n\n", s[0].found,
           s[1].found);
    report(&b, r, s);
    for (size_t i = 0; i < b.n_sides; i++)
        b.sides[i].close(&b.sides[i]);
    bs_stays_free(&b.stays);
}
