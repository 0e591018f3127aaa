/* SPDX-License-Identifier: Apache-2.0 */
/* What the payment of six layers (tests/bench/six-layers.xml) adds to a preview: the same stay, the
 * same pack, by turns with that policy and with its line stage alone, under which the patient pays
 * all. */
#include "bench/runs.h"

#include "bench/workload.h"
#include "flow/answer.h"
#include "pack/policy_read.h"

#include <stdlib.h>

enum { PAIRS = 300, LAYERS = 6, LINES = 1000, BOUND = 300 /* thousandths of a millisecond */ };

static stl_str policy_text(stl_arena *arena) {
    FILE *file = fopen("tests/bench/six-layers.xml", "rb");
    char *text = stl_arena_alloc(arena, 64 * 1024);
    if (file == NULL || text == NULL)
        bench_die("tests/bench/six-layers.xml cannot be read");
    size_t len = fread(text, 1, 64 * 1024 - 1, file);
    fclose(file);
    return (stl_str){text, len};
}

static const stl_policy *six_layers(stl_arena *arena) {
    stl_error err = {0};
    const stl_policy *policy;
    stl_policy_source source = {policy_text(arena), "six-layers.xml", NULL, 0,
                                STL_STR(""),        STL_STR("")};
    bench_must(stl_policy_read(&source, 1, arena, &policy, &err), &err);
    return policy;
}

/* Every accumulator that the layers ask for. */
static void accumulate(stl_stay *stay) {
    static const char *const KINDS[] = {"b1", "b2", "b3", "b4", "b5", "b6", "d1",
                                        "d2", "p1", "p2", "p3", "p4", "p5", "p6"};
    for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++) {
        stl_accumulator *row = stl_stay_add(stay, STL_R_ACCUMULATOR);
        if (row == NULL)
            bench_die("out of memory");
        row->psn_no = stay->head.psn_no;
        row->insutype = stay->head.insutype;
        row->year = STL_STR("2025");
        row->kind = stl_str_of(KINDS[i]);
    }
}

static int64_t preview(bench_world *w, const stl_stay *stay, char **out_json) {
    stl_error err = {0};
    bool stops;
    int64_t begin = bench_cpu();
    bench_must(stl_flow_answer(&w->session, stay, STL_RESULT_FINDINGS | STL_RESULT_AMOUNTS, &stops,
                               out_json, &err),
               &err);
    return bench_cpu() - begin;
}

/* All six pay something: what is measured is there. */
static void assert_paid(const char *json) {
    size_t layers = 0;
    for (const char *at = json; (at = strstr(at, "\"fund_payamt\":\"")) != NULL; layers++) {
        at += strlen("\"fund_payamt\":\"");
        if (strncmp(at, "0.00", 4) == 0)
            bench_die("a layer pays nothing");
    }
    if (layers != LAYERS)
        bench_die("%zu layers in place of %d", layers, LAYERS);
}

void bench_payment(bench_world *w, bench_report *r) {
    static int64_t with[PAIRS], without[PAIRS], added[PAIRS];
    stl_arena *arena = stl_arena_new();
    stl_stay *stay = bench_stay(w->example_stays, LINES);
    const stl_policy *policy = six_layers(arena);
    accumulate(stay);
    stl_region *region = (stl_region *)stl_pack_region(w->site->packs[0]); /* ours for the while */
    const stl_policy *own = region->policy;
    stl_policy nobody = *policy;
    nobody.n_layers = 0;
    for (size_t i = 0; i < PAIRS; i++) {
        char *json = NULL;
        region->policy = &nobody;
        without[i] = preview(w, stay, &json);
        free(json);
        region->policy = policy;
        with[i] = preview(w, stay, &json);
        if (i == 0)
            assert_paid(json);
        free(json);
        added[i] = with[i] - without[i];
    }
    region->policy = own;
    int64_t most = bench_ms(bench_percentile(added, PAIRS, 50));
    printf("Payment of %d lines by %d layers, CPU ms of a preview (median of %d pairs)\n\n"
           "| line stage alone | with six layers | added |\n|---:|---:|---:|\n| %s | %s | %s |\n\n",
           LINES, LAYERS, PAIRS, bench_shown(bench_ms(bench_percentile(without, PAIRS, 50))),
           bench_shown(bench_ms(bench_percentile(with, PAIRS, 50))), bench_shown(most));
    bench_at_most(r, "payment by six layers, added at 1000 lines", most, BOUND, "ms");
    stl_stay_free(stay);
    stl_arena_free(arena);
}
