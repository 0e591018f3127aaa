/* SPDX-License-Identifier: Apache-2.0 */
/* One charge more to a running stay that gives every file, every rule live: JSON in, answer out, as
 * a HIS calls it at order entry (try) and at charging (append); beside a full check of the same
 * stay. */
#include "bench/runs.h"

#include "base/json.h"
#include "bench/full_stay.h"
#include "flow/answer.h"
#include "flow/running.h"

#include <stdlib.h>

static const size_t LINES[] = {100, 1000, 5000};
enum { N_LINES = sizeof LINES / sizeof *LINES, MORE = 400, CHECKS = 40 };

typedef struct charging {
    int64_t tried[MORE], added[MORE], checked[CHECKS];
} charging;

static char *json_of(const stl_charge *charge) {
    char scratch[STL_DECIMAL_TEXT_MAX];
    const stl_record_type *type = &STL_RECORD_TYPES[STL_R_CHARGE];
    stl_buf out = {0};
    stl_json j = {.out = &out};
    stl_json_object(&j);
    stl_json_key(&j, type->stem);
    stl_json_array(&j);
    stl_json_object(&j);
    for (size_t i = 0; i < type->n_fields; i++) {
        stl_str text = stl_record_get(type, i, charge, scratch);
        if (!stl_str_empty(text))
            stl_json_put_str(&j, type->fields[i].name, text);
    }
    stl_json_object_end(&j);
    stl_json_array_end(&j);
    stl_json_object_end(&j);
    return stl_buf_take(&out);
}

static int64_t add(stl_running *running, const char *json, bool keep) {
    stl_error err = {0};
    char *answer = NULL;
    bool stops;
    int64_t begin = bench_cpu();
    bench_must(stl_running_add(running, stl_str_of(json), keep, &stops, &answer, &err), &err);
    int64_t cost = bench_cpu() - begin;
    free(answer);
    return cost;
}

static char *verdict_of(stl_running *running) {
    stl_error err = {0};
    char *answer = NULL;
    bool stops;
    bench_must(stl_running_verdict(running, &stops, &answer, &err), &err);
    return answer;
}

static int64_t check(bench_world *w, const stl_stay *stay, char **out_answer) {
    stl_error err = {0};
    bool stops;
    int64_t begin = bench_cpu();
    bench_must(stl_flow_answer(&w->session, stay, STL_RESULT_FINDINGS, &stops, out_answer, &err),
               &err);
    return bench_cpu() - begin;
}

static void assert_same_verdict(bench_world *w, stl_running *running, const stl_stay *stay) {
    char *fresh = NULL, *verdict = verdict_of(running);
    check(w, stay, &fresh);
    if (strcmp(fresh, verdict) != 0)
        bench_die("the running verdict is not that of a fresh check");
    free(fresh);
    free(verdict);
}

/* A record names its stay or person, as input from outside does. */
static void name_rows(stl_stay *stay) {
    const struct {
        const char *name;
        stl_str value;
    } IDS[] = {{"mdtrt_id", stay->head.mdtrt_id}, {"psn_no", stay->head.psn_no}};
    for (int kind = STL_R_STAY + 1; kind < STL_R_KINDS; kind++)
        for (size_t k = 0; k < sizeof IDS / sizeof *IDS; k++) {
            const stl_record_type *type = &STL_RECORD_TYPES[kind];
            int field = stl_record_field(type, stl_str_of(IDS[k].name));
            for (size_t i = 0; field >= 0 && i < stay->rows[kind].count; i++) {
                char *row = (char *)stay->rows[kind].items + i * type->size;
                stl_str *id = (stl_str *)(void *)(row + type->fields[field].offset);
                *id = stl_str_empty(*id) ? IDS[k].value : *id;
            }
        }
}

static void measure(bench_world *w, size_t lines, bench_faults faults, charging *out) {
    stl_error err = {0};
    stl_stay *stay = bench_full_stay(w, lines + MORE, faults);
    stl_rows *charges = &stay->rows[STL_R_CHARGE];
    name_rows(stay);
    stl_running *running = NULL;
    charges->count = lines;
    bench_must(stl_running_open(&w->session, stay, &running, &err), &err);
    for (size_t i = 0; i < CHECKS; i++) {
        char *answer = NULL;
        out->checked[i] = check(w, stay, &answer);
        free(answer);
    }
    for (size_t i = 0; i < MORE; i++) {
        char *json = json_of(&stl_stay_charges(stay)[lines + i]);
        out->tried[i] = add(running, json, false);
        out->added[i] = add(running, json, true);
        free(json);
    }
    charges->count = lines + MORE;
    assert_same_verdict(w, running, stay);
    stl_running_free(running);
    stl_stay_free(stay);
}

static void report(bench_report *r, size_t lines, bench_faults faults, charging *c) {
    const char *how = faults == BENCH_FAULTY ? ", with faults" : "";
    int64_t figures[] = {bench_percentile(c->tried, MORE, 50), bench_percentile(c->tried, MORE, 95),
                         bench_percentile(c->added, MORE, 50), bench_percentile(c->added, MORE, 95),
                         bench_percentile(c->checked, CHECKS, 50)};
    static const char *const NAMES[] = {"tried charge p50", "tried charge p95",
                                        "appended charge p50", "appended charge p95", "full check"};
    printf("| %zu%s |", lines, how);
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++) {
        char name[96];
        snprintf(name, sizeof name, "%s, %zu lines%s", NAMES[i], lines, how);
        bench_figure(r, name, figures[i], "us");
        printf(" %s |", bench_shown(figures[i]));
    }
    printf(" %s |\n", bench_shown(figures[4] * 1000 / figures[2]));
    if (lines == 1000)
        bench_at_most(r,
                      faults == BENCH_FAULTY ? "appended charge, p50 at 1000 lines with faults"
                                             : "appended charge, p50 at 1000 lines",
                      figures[2], 30000, "us");
}

void bench_charging(bench_world *w, bench_report *r) {
    static charging c;
    printf("One charge more, CPU in us, JSON in and out; every rule live\n\n"
           "| lines | tried p50 | p95 | appended p50 | p95 | full check | full / appended |\n"
           "|---|---:|---:|---:|---:|---:|---:|\n");
    for (size_t i = 0; i < N_LINES; i++)
        for (int faults = BENCH_CLEAN; faults <= BENCH_FAULTY; faults++) {
            measure(w, LINES[i], (bench_faults)faults, &c);
            report(r, LINES[i], (bench_faults)faults, &c);
            fflush(stdout);
        }
    printf("\n");
}
