/* SPDX-License-Identifier: Apache-2.0 */
/* The measurements, one a file. Each prints its table and gives its figures. */
#ifndef TESTS_BENCH_RUNS_H
#define TESTS_BENCH_RUNS_H

#include "bench/report.h"
#include "bench/support.h"
#include "bench/world.h"

/* pairs.c: settlements of every size, or of one, library and conventional program by turns. */
void bench_pairs(bench_world *w, bench_report *r, size_t only);
/* phases.c: where the library's time goes. */
void bench_phases(bench_world *w, bench_report *r);
/* everything.c: map, check and split with every rule live. */
void bench_everything(bench_world *w, bench_report *r);
/* Gives up where a rule is not evaluated, finds on a clean stay or misses a planted fault. */
void bench_assert_live(const bench_world *w);
/* beside/: the same checks as SQL and in a rule engine. */
void bench_beside(bench_world *w, bench_report *r, const char *build);
/* beside/equal.c: a test, which prints its count, of our own stays (NULL) or of a path; false:
 * failed. */
bool bench_equal(bench_world *w, const char *path);
/* charging.c: one charge more to a running stay. */
void bench_charging(bench_world *w, bench_report *r);
/* payment.c: what six layers add to a preview. */
void bench_payment(bench_world *w, bench_report *r);
/* verify.c: documents as a payer gets them. */
void bench_verify(bench_world *w, bench_report *r);
/* process.c: whole processes, and peak memory in processes of their own. */
void bench_processes(bench_world *w, bench_report *r, const char *settle);
int bench_process_child(int argc, char **argv);
/* reading.c: a stay of 1,000 lines from CSV, national JSON and HL7. */
void bench_reading(bench_world *w, bench_report *r);
int bench_reading_child(int argc, char **argv);
/* opening.c: a pack and a mapping of a million rows. */
void bench_opening(bench_world *w, bench_report *r);

/* One settlement; the stay gets a number of its own first. */
bench_time bench_submit(bench_world *w, stl_stay *stay, size_t *out_len);
bench_time bench_submit_conventional(bench_world *w, stl_stay *stay);

#endif
