/* SPDX-License-Identifier: Apache-2.0 */
#include "bench/world.h"

#include "bench/support.h"
#include "flow/home.h"
#include "pack/pack.h"

#include <ftw.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

const char *bench_path(const bench_world *w, const char *name, char out[static BENCH_PATH]) {
    if (snprintf(out, BENCH_PATH, "%s/%s", w->root, name) >= BENCH_PATH)
        bench_die("the path is too long");
    return out;
}

static void open_session(bench_world *w) {
    const stl_config *config = &w->site->config;
    w->session = (stl_session){.site = w->site,
                               .lang = SETTLE_LANG_ZH,
                               .opter = config->opter,
                               .opter_name = config->opter_name,
                               .role = config->role,
                               .arena = stl_arena_new()};
}

void bench_world_enter(bench_world *w, const char *home, const char *example) {
    stl_error err = {0};
    snprintf(w->home, sizeof w->home, "%s", home);
    w->example = example;
    snprintf(w->example_stays, sizeof w->example_stays, "%s/stays", example);
    bench_must(stl_site_load(w->home, &w->site, &err), &err);
    open_session(w);
    bench_must(stl_session_ledger(&w->session, STL_LEDGER_CREATE, &err), &err);
    bench_must(stl_session_signer(&w->session, &err), &err);
    w->ecdsa = w->session.signer;
}

static void open_sm2(bench_world *w) {
    char dir[BENCH_PATH], key[BENCH_PATH], chain[BENCH_PATH];
    stl_error err = {0};
    bench_path(w, "sm2", dir);
    mkdir(dir, 0700);
    bench_must(stl_sign_make_demo(dir, STL_ALG_SM2, "bench", time(NULL) - 3600, 30, &err), &err);
    bench_must(stl_signer_open(bench_path(w, "sm2/signer.key", key),
                               bench_path(w, "sm2/signer.pem", chain),
                               stl_session_uris(&w->session), &w->sm2, &err),
               &err);
}

static void open_conventional(bench_world *w) {
    char reference[BENCH_PATH], store[BENCH_PATH];
    const stl_config *config = &w->site->config;
    const stl_region *region = stl_pack_region(w->site->packs[0]);
    const stl_mapping *mapping = stl_mapping_of(w->site->mapping);
    cv_reference_write(bench_path(w, "reference.db", reference), region, mapping);
    cv_open(&w->conventional, &(cv_setup){
                                  .reference_path = reference,
                                  .store_path = bench_path(w, "conventional.db", store),
                                  .schema_path = "schemas/settlement-1.0.xsd",
                                  .key_path = config->key.ptr,
                                  .cert_path = config->chain.ptr,
                                  .anchor_path = config->trust.ptr,
                                  .region = region,
                                  .mapping = mapping,
                                  .site = stl_site_defaults(w->site),
                              });
}

void bench_world_open(bench_world *w, const char *build) {
    char home[BENCH_PATH];
    stl_error err = {0};
    *w = (bench_world){.n_stays = 0};
    if (snprintf(w->root, sizeof w->root, "%s/bench-XXXXXX", build) >= (int)sizeof w->root ||
        mkdtemp(w->root) == NULL)
        bench_die("no directory below %s", build);
    bench_path(w, "home", home);
    bench_must(stl_flow_home_init("examples/hospital", home, "", &err), &err);
    bench_world_enter(w, home, "examples/hospital");
    open_sm2(w);
    open_conventional(w);
}

void bench_case(const bench_world *w, const stl_stay *stay, stl_arena *arena, stl_case *out) {
    stl_error err = {0};
    bench_must(stl_case_build(stay, stl_pack_region(w->site->packs[0]),
                              stl_mapping_of(w->site->mapping), stl_site_defaults(w->site),
                              SETTLE_LANG_ZH, arena, out, &err),
               &err);
    out->settled_known = true;
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *at) {
    (void)st, (void)type, (void)at;
    return remove(path);
}

void bench_world_close(bench_world *w) {
    w->session.signer = w->ecdsa;
    stl_session_close(&w->session);
    stl_signer_free(w->sm2);
    stl_site_free(w->site);
    cv_close(&w->conventional);
    nftw(w->root, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}
