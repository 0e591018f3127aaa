/* SPDX-License-Identifier: Apache-2.0 */
/* The span of a settlement begins with the rows in memory and ends after the commit. Both sides
 * settle the same rows by turns, first one then the other beginning; the logs of both stores are
 * moved after each settlement, outside the span. */
#include "bench/runs.h"

#include "bench/same.h"
#include "bench/support.h"
#include "bench/workload.h"

#include "load/source.h"

static const struct {
    size_t lines;
    size_t pairs;
} SIZES[] = {{100, 100}, {1000, 60}, {5000, 30}, {20000, 10}};
enum { N_SIZES = sizeof SIZES / sizeof *SIZES, MOST_PAIRS = 100, WARM_UP = 2 };

bench_time bench_submit(bench_world *w, stl_stay *stay, size_t *out_len) {
    stl_error err = {0};
    stl_judgement judgement;
    stl_receipt receipt;
    bench_stay_rename(stay, ++w->n_stays);
    bench_time t = bench_begin();
    SCOPED_ARENA *arena = stl_arena_new();
    bench_must(stl_flow_submit(&w->session, stay, arena, &judgement, &receipt, &err), &err);
    bench_end(&t);
    if (receipt.stops)
        bench_die("a finding stops the stay: %s", judgement.verdict.findings[0].evidence.ptr);
    bench_must(stl_ledger_checkpoint(w->session.ledger, &err), &err);
    if (out_len != NULL)
        *out_len = receipt.len_bytes;
    return t;
}

static stl_envelope envelope_of(const bench_world *w) {
    const stl_config *config = &w->site->config;
    return (stl_envelope){.msgid = STL_STR("H99990100001202501010000000001"),
                          .infver = STL_STR("1.0"),
                          .fixmedins_code = config->fixmedins_code,
                          .fixmedins_name = config->fixmedins_name,
                          .opter = w->session.opter,
                          .opter_name = w->session.opter_name,
                          .opter_type = config->opter_type,
                          .inf_time = 1735689600,
                          .software = STL_STR("libsettle " STL_VERSION)};
}

bench_time bench_submit_conventional(bench_world *w, stl_stay *stay) {
    stl_envelope envelope = envelope_of(w);
    cv_result result;
    bench_stay_rename(stay, ++w->n_stays);
    bench_time t = bench_begin();
    SCOPED_ARENA *arena = stl_arena_new();
    cv_settle(&w->conventional, stay, &envelope, arena, &result);
    bench_end(&t);
    cv_result_free(&result);
    cv_checkpoint(&w->conventional);
    return t;
}

typedef struct series {
    size_t n;
    int64_t ours[MOST_PAIRS], theirs[MOST_PAIRS], ratios[MOST_PAIRS]; /* ratios in thousandths */
    int64_t our_cpu[MOST_PAIRS], their_cpu[MOST_PAIRS];
} series;

static void run_pair(bench_world *w, stl_stay *stay, series *s, bool ours_first) {
    size_t i = s->n++;
    bench_time ours, theirs;
    if (ours_first)
        ours = bench_submit(w, stay, NULL);
    theirs = bench_submit_conventional(w, stay);
    if (!ours_first)
        ours = bench_submit(w, stay, NULL);
    s->ours[i] = ours.wall;
    s->theirs[i] = theirs.wall;
    s->our_cpu[i] = ours.cpu;
    s->their_cpu[i] = theirs.cpu;
    s->ratios[i] = theirs.wall * 1000 / ours.wall;
}

static void use_signer(bench_world *w, stl_signer *signer) {
    w->session.signer = signer;
    stl_digest_free(w->session.digest);
    w->session.digest = NULL;
}

/* The median with SM2 and SM3. */
static int64_t run_sm2(bench_world *w, stl_stay *stay, size_t n) {
    int64_t samples[MOST_PAIRS];
    use_signer(w, w->sm2);
    for (size_t i = 0; i < n; i++)
        samples[i] = bench_submit(w, stay, NULL).wall;
    use_signer(w, w->ecdsa);
    return bench_percentile(samples, n, 50);
}

static void report_size(bench_world *w, bench_report *r, size_t size, series *s, stl_stay *stay,
                        size_t doc_len, int64_t *out_p50) {
    char name[96];
    size_t lines = SIZES[size].lines;
    int64_t p50 = bench_percentile(s->ours, s->n, 50), p95 = bench_percentile(s->ours, s->n, 95);
    int64_t cv50 = bench_percentile(s->theirs, s->n, 50),
            cv95 = bench_percentile(s->theirs, s->n, 95);
    int64_t ratio = bench_percentile(s->ratios, s->n, 50), sm2 = run_sm2(w, stay, s->n);
    int64_t cpu = bench_percentile(s->our_cpu, s->n, 50);
    int64_t cv_cpu = bench_percentile(s->their_cpu, s->n, 50);
    printf("| %zu | %s | %s | %s | %s | %s | %s | %s | **%s** | %zu |\n", lines,
           bench_shown(bench_ms(p50)), bench_shown(bench_ms(p95)), bench_shown(bench_ms(cpu)),
           bench_shown(bench_ms(sm2)), bench_shown(bench_ms(cv50)), bench_shown(bench_ms(cv95)),
           bench_shown(bench_ms(cv_cpu)), bench_shown(ratio), doc_len / lines);
    snprintf(name, sizeof name, "settle %zu lines, p50", lines);
    bench_figure(r, name, bench_ms(p50), "ms");
    snprintf(name, sizeof name, "settle %zu lines SM2, p50", lines);
    bench_figure(r, name, bench_ms(sm2), "ms");
    snprintf(name, sizeof name, "conventional %zu lines, p50", lines);
    bench_figure(r, name, bench_ms(cv50), "ms");
    snprintf(name, sizeof name, "CPU of %zu lines", lines);
    bench_figure(r, name, bench_ms(cpu), "ms");
    snprintf(name, sizeof name, "CPU of %zu lines, conventional", lines);
    bench_figure(r, name, bench_ms(cv_cpu), "ms");
    snprintf(name, sizeof name, "times faster at %zu lines", lines);
    if (lines == 1000 || lines == 5000)
        bench_at_least(r, name, ratio, 15000, "times");
    else
        bench_figure(r, name, ratio, "times");
    snprintf(name, sizeof name, "p95 / p50 at %zu lines", lines);
    if (lines == 1000)
        bench_at_most(r, name, p95 * 1000 / p50, 2000, "times");
    else
        bench_figure(r, name, p95 * 1000 / p50, "times");
    *out_p50 = p50;
}

static void assert_same_examples(bench_world *w) {
    SCOPED_SOURCE *source = NULL;
    stl_error err = {0};
    const char *path = w->example_stays;
    bench_must(
        stl_adapter_open("csv", &(stl_adapter_ask){.paths = &path, .n_paths = 1}, &source, &err),
        &err);
    for (size_t i = 0; i < stl_source_count(source); i++)
        bench_assert_same(w, stl_source_stay(source, i));
}

void bench_pairs(bench_world *w, bench_report *r, size_t only) {
    int64_t p50[N_SIZES] = {0};
    assert_same_examples(w);
    printf("Wall time in ms of one settlement, rows in memory to durable commit\n\n"
           "| lines | p50 | p95 | CPU | p50 SM2/SM3 | conventional p50 | p95 | CPU | times faster "
           "| bytes a "
           "line |\n"
           "|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n");
    for (size_t i = 0; i < N_SIZES; i++) {
        series s = {.n = 0};
        if (only != 0 && only != SIZES[i].lines)
            continue;
        stl_stay *stay = bench_stay(w->example_stays, SIZES[i].lines);
        bench_stay_rename(stay, ++w->n_stays);
        size_t len = bench_assert_same(w, stay);
        for (size_t k = 0; k < WARM_UP + SIZES[i].pairs; k++) {
            s.n = k <= WARM_UP ? 0 : s.n;
            run_pair(w, stay, &s, k % 2 == 0);
        }
        report_size(w, r, i, &s, stay, len, &p50[i]);
        fflush(stdout);
        stl_stay_free(stay);
    }
    printf("\n");
    if (only == 0)
        bench_at_most(r, "cost a line at 20000 / at 1000 lines", p50[3] * 1000 / 20 / p50[1], 1200,
                      "times");
}
