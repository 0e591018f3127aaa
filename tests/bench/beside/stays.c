/* SPDX-License-Identifier: Apache-2.0 */
#include "bench/beside/beside.h"

#include "bench/full_stay.h"
#include "bench/support.h"

#include <stdlib.h>

/* An outpatient of a hospital of level 1: what is restricted by visit or level is not paid for. */
static stl_stay *restricted(const bench_world *w) {
    stl_stay *stay = bench_full_stay(w, 300, BENCH_FAULTY);
    stay->head.medins_lv = STL_STR("1");
    stay->head.med_type = STL_STR("11");
    return stay;
}

static void add(bs_stays *stays, const stl_stay *stay) {
    stays->at = realloc(stays->at, (stays->n + 1) * sizeof *stays->at);
    if (stays->at == NULL)
        bench_die("no memory");
    stays->at[stays->n++] = (stl_stay *)(uintptr_t)stay;
}

void bs_stays_make(const bench_world *w, bs_stays *out) {
    *out = (bs_stays){.n = 0};
    add(out, bench_full_stay(w, BS_SMALL, BENCH_FAULTY));
    add(out, bench_full_stay(w, BS_LARGE, BENCH_FAULTY));
    add(out, bench_full_stay(w, BS_SMALL, BENCH_CLEAN));
    add(out, restricted(w));
    out->n_made = out->n;
}

void bs_stays_read(bs_stays *stays, const char *path) {
    stl_error err = {0};
    const char *adapter = strstr(path, "json") != NULL ? "json" : "csv";
    bench_must(stl_adapter_open(adapter, &(stl_adapter_ask){.paths = &path, .n_paths = 1},
                                &stays->source, &err),
               &err);
    for (size_t i = 0; i < stl_source_count(stays->source); i++)
        add(stays, stl_source_stay(stays->source, i));
}

void bs_stays_free(bs_stays *stays) {
    for (size_t i = 0; i < stays->n_made; i++)
        stl_stay_free(stays->at[i]);
    stl_source_free(stays->source);
    free(stays->at);
}
