/* SPDX-License-Identifier: Apache-2.0 */
#include "bench/beside/beside.h"

#include "bench/full_stay.h"
#include "bench/support.h"

/* An outpatient of a hospital of level 1: what is restricted by visit or level is not paid for. */
static stl_stay *restricted(const bench_world *w) {
    stl_stay *stay = bench_full_stay(w, 300, BENCH_FAULTY);
    stay->head.medins_lv = STL_STR("1");
    stay->head.med_type = STL_STR("11");
    return stay;
}

void bs_stays_make(const bench_world *w, bs_stays *out) {
    const char *path = w->example_stays;
    stl_error err = {0};
    *out = (bs_stays){.n = 0};
    out->at[out->n++] = bench_full_stay(w, BS_SMALL, BENCH_FAULTY);
    out->at[out->n++] = bench_full_stay(w, BS_LARGE, BENCH_FAULTY);
    out->at[out->n++] = bench_full_stay(w, BS_SMALL, BENCH_CLEAN);
    out->at[out->n++] = restricted(w);
    out->n_made = out->n;
    bench_must(stl_adapter_find("csv")->open(&path, 1, STL_ENC_DETECT, &out->source, &err), &err);
    for (size_t i = 0; i < stl_source_count(out->source) && out->n < BS_STAYS; i++)
        out->at[out->n++] = (stl_stay *)(uintptr_t)stl_source_stay(out->source, i);
}

void bs_stays_free(bs_stays *stays) {
    for (size_t i = 0; i < stays->n_made; i++)
        stl_stay_free(stays->at[i]);
    stl_source_free(stays->source);
}
