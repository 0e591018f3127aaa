/* SPDX-License-Identifier: Apache-2.0 */
/* Stays of any size: the example hospital's clean stay S01, its days repeated one period after the
 * other with serials of their own, so that no check finds anything. The same for every run. */
#ifndef TESTS_BENCH_WORKLOAD_H
#define TESTS_BENCH_WORKLOAD_H

#include "model/stay.h"

/* `example_stays`: the directory of the example's CSV files. To be freed with stl_stay_free. */
stl_stay *bench_stay(const char *example_stays, size_t n_lines);

/* A record of the stay's own, as `from`: its texts lie in the stay's arena. */
void *bench_stay_copy(stl_stay *to, stl_record_kind kind, const void *from);
stl_str bench_stay_text(stl_stay *stay, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Another stay of another person with the same rows: numbered. */
void bench_stay_rename(stl_stay *stay, int number);

/* The same stay as CSV files in a new directory. */
void bench_stay_write_csv(const stl_stay *stay, const char *dir);

#endif
