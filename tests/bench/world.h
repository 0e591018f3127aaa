/* SPDX-License-Identifier: Apache-2.0 */
/* The example hospital in a directory of its own, opened by both sides. */
#ifndef TESTS_BENCH_WORLD_H
#define TESTS_BENCH_WORLD_H

#include "bench/conventional/conventional.h"
#include "flow/submit.h"

enum { BENCH_PATH = 512 };

typedef struct bench_world {
    char root[BENCH_PATH]; /* removed at the end */
    char home[BENCH_PATH]; /* <root>/home */
    const char *example;   /* the example tree */
    char example_stays[BENCH_PATH];
    stl_site *site;
    stl_session session;
    stl_signer *ecdsa, *sm2; /* session.signer is one of them */
    cv_program conventional;
    int n_stays; /* numbers given so far */
} bench_world;

/* `build`: the build directory; the world is made below it: the same file system, real fsync. */
void bench_world_open(bench_world *w, const char *build);
void bench_world_close(bench_world *w);

/* The part that a child process needs: the home at `home`, no conventional program. */
void bench_world_enter(bench_world *w, const char *home, const char *example);

/* The stay as the site judges it, the ledger being asked. */
void bench_case(const bench_world *w, const stl_stay *stay, stl_arena *arena, stl_case *out);

const char *bench_path(const bench_world *w, const char *name, char out[static BENCH_PATH]);

#endif
