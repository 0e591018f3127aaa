/* SPDX-License-Identifier: Apache-2.0 */
/* A stay as a hospital that connects everything gives it: orders, approvals, consents, pathway
 * records, entitlements, history with its items, purchase prices, days of supply and the amounts it
 * computed itself. */
#ifndef TESTS_BENCH_FULL_STAY_H
#define TESTS_BENCH_FULL_STAY_H

#include "bench/world.h"

typedef enum bench_faults { BENCH_CLEAN, BENCH_FAULTY } bench_faults;

/* The days of S01 over and over; each so many lines one of another kind stands in their place, and
 * with BENCH_FAULTY one that breaks a rule, each kind of fault in turn. */
enum { BENCH_FAULT_EACH = 50 }; /* lines from one fault to the next */
stl_stay *bench_full_stay(const bench_world *w, size_t n_lines, bench_faults faults);

/* The rule that finds a kind of fault; NULL after the last. A stay of 1,000 lines bears all kinds.
 */
const char *bench_planted_rule(size_t kind);

#endif
