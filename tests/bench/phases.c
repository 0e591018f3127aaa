/* SPDX-License-Identifier: Apache-2.0 */
/* CPU by phase: the steps of a settlement as flow/submit.c takes them, one by one. */
#include "bench/runs.h"

#include "bench/support.h"
#include "bench/workload.h"
#include "benefit/benefit.h"
#include "rules/rules.h"
#include "wire/wire.h"

typedef enum phase { BUILD, RULES, PAYMENT, WRITE, SIGN, STORE, PHASES } phase;

static const char *const NAMES[PHASES] = {"case build",   "checks", "payment",
                                          "write + hash", "sign",   "store"};
static const size_t LINES[] = {100, 1000, 5000, 20000};
enum { RUNS = 15, N_LINES = sizeof LINES / sizeof *LINES };

static settle_status recheck(void *user, stl_str document,
                             unsigned char out_sha256[static STL_DIGEST_LEN], stl_error *err) {
    return stl_signer_recheck(user, document, out_sha256, err);
}

static void store(bench_world *w, const stl_case *c, const stl_settlement *s, const stl_envelope *e,
                  const stl_buf *document, const unsigned char *digest) {
    stl_error err = {0};
    uint64_t *keys;
    bench_must(stl_flow_line_keys(c, &keys, &err), &err);
    stl_ledger_submission submission = {.msgid = e->msgid,
                                        .mdtrt_id = c->stay->head.mdtrt_id,
                                        .psn_no = c->stay->head.psn_no,
                                        .insutype = c->stay->head.insutype,
                                        .state = STL_STR("queued"),
                                        .made_at = e->inf_time,
                                        .medfee_sumamt_fen = s->info.medfee_sumamt,
                                        .pack_id = stl_str_of(c->region->id),
                                        .pack_version = stl_str_of(c->region->version),
                                        .pack_digest = stl_str_of(c->region->digest),
                                        .content_digest = digest,
                                        .document = {document->ptr, document->len},
                                        .line_keys = keys,
                                        .n_line_keys = c->n_lines};
    bench_must(stl_ledger_submit(w->session.ledger, &submission, stl_session_actor(&w->session),
                                 recheck, w->session.signer, &err),
               &err);
}

static void run_once(bench_world *w, stl_stay *stay, int64_t *cpu, int64_t *out_store_wall) {
    stl_error err = {0};
    int number = ++w->n_stays;
    bench_stay_rename(stay, number);
    char msgid[40];
    snprintf(msgid, sizeof msgid, "H999901000012025010101%08d", number);
    stl_envelope e = {.msgid = stl_str_of(msgid),
                      .infver = STL_STR("1.0"),
                      .fixmedins_code = w->site->config.fixmedins_code,
                      .fixmedins_name = w->site->config.fixmedins_name,
                      .opter = w->session.opter,
                      .opter_name = w->session.opter_name,
                      .opter_type = w->site->config.opter_type,
                      .inf_time = stay->head.endtime,
                      .software = STL_STR("libsettle " STL_VERSION)};
    int64_t at[PHASES + 1] = {bench_cpu()};
    SCOPED_ARENA *arena = stl_arena_new();
    stl_case c;
    stl_verdict verdict = {.arena = arena};
    stl_settlement settlement;
    SCOPED_BUF document = {0};
    unsigned char digest[STL_DIGEST_LEN];
    bench_case(w, stay, arena, &c);
    at[BUILD + 1] = bench_cpu();
    bench_must(stl_rules_run(&c, &verdict, &err), &err);
    at[RULES + 1] = bench_cpu();
    bench_must(stl_benefit_settle(&c, false, &settlement, &verdict, &err), &err);
    at[PAYMENT + 1] = bench_cpu();
    stl_submission submission = {&e, &c, &settlement, &verdict};
    bench_must(stl_wire_write(&submission, w->session.digest, &document, digest, &err), &err);
    at[WRITE + 1] = bench_cpu();
    bench_must(stl_signer_append(w->session.signer, digest, &document, &err), &err);
    stl_wire_close(&document);
    at[SIGN + 1] = bench_cpu();
    int64_t wall = bench_wall();
    store(w, &c, &settlement, &e, &document, digest);
    at[STORE + 1] = bench_cpu();
    *out_store_wall = bench_wall() - wall;
    for (int i = 0; i < PHASES; i++)
        cpu[i] = at[i + 1] - at[i];
    bench_must(stl_ledger_checkpoint(w->session.ledger, &err), &err);
}

void bench_phases(bench_world *w, bench_report *r) {
    int64_t medians[N_LINES][PHASES + 1];
    for (size_t l = 0; l < N_LINES; l++) {
        int64_t samples[PHASES + 1][RUNS];
        stl_stay *stay = bench_stay(w->example_stays, LINES[l]);
        bench_submit(w, stay, NULL);
        for (int i = 0; i < RUNS; i++) {
            int64_t cpu[PHASES];
            run_once(w, stay, cpu, &samples[PHASES][i]);
            for (int p = 0; p < PHASES; p++)
                samples[p][i] = cpu[p];
        }
        for (int p = 0; p <= PHASES; p++)
            medians[l][p] = bench_percentile(samples[p], RUNS, 50);
        stl_stay_free(stay);
    }
    printf("CPU by phase in ms (median); verified right after signing and again as read back\n\n"
           "| phase | 100 | 1000 | 5000 | 20000 |\n|---|---:|---:|---:|---:|\n");
    for (int p = 0; p <= PHASES; p++) {
        const char *phase = p == PHASES ? "store, wall" : NAMES[p];
        printf("| %s |", phase);
        for (size_t l = 0; l < N_LINES; l++) {
            char name[96];
            snprintf(name, sizeof name, "phase %s at %zu lines", phase, LINES[l]);
            bench_figure(r, name, bench_ms(medians[l][p]), "ms");
            printf(" %s |", bench_shown(bench_ms(medians[l][p])));
        }
        printf("\n");
    }
    printf("\n");
    fflush(stdout);
}
