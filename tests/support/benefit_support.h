/* SPDX-License-Identifier: Apache-2.0 */
/* Payments of the shipped policies in tests: the real policy.xml files of the example packs, read
 * from the source tree (the tests run in it; SETTLE_SOURCE_DIR says otherwise). */
#ifndef TESTS_BENEFIT_SUPPORT_H
#define TESTS_BENEFIT_SUPPORT_H

#include "benefit/benefit.h"
#include "model_support.h"
#include "pack/policy_read.h"

/* Text of examples/hospital/packs/<pack>/policy.xml, in the arena; a pack that begins with '<' is
 * the policy itself. */
stl_str benefit_policy_text(test_world *w, const char *pack);
/* The world's policy: pairs of pack and "param=value ..." ('_' for a blank), ended by NULL. */
void benefit_packs(test_world *w, const char *pack, const char *params, ...);
/* The world's policy from a text. */
void benefit_policy(test_world *w, const char *xml);

/* A charge that is in scope as a whole. */
uint32_t benefit_eligible(test_world *w, const char *amount);
/* Values of the year 2025 before this stay, "kind=value ..."; the seven usual kinds not named are
 * 0. */
void benefit_year(test_world *w, const char *values);
/* One value before this stay, of the stay's scheme. */
void benefit_acc(test_world *w, const char *year, const char *kind, const char *value);

/* Settles; the result lives in the world's arena. Invariants hold, or the test fails. */
const stl_settlement *benefit_settle(test_world *w);
/* The same with steps and verdict. */
const stl_settlement *benefit_explain(test_world *w, const stl_verdict **verdict);

/* Money given as text. */
#define assert_money(value, text) assert_int_equal((value), test_money(text))

/* "31000.00" etc.: fund payments of employees' stays in one line, for vectors. */
typedef struct benefit_vector {
    const char *stay;     /* fields of the head that differ */
    const char *year;     /* accumulators */
    const char *eligible; /* one charge */
    const char *fund;     /* expected */
} benefit_vector;
void benefit_check_vectors(const benefit_vector *vectors, size_t n, const char *pack,
                           const char *params);

#endif
