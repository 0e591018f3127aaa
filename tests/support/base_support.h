/* SPDX-License-Identifier: Apache-2.0 */
/* What every unit test needs: CMocka with its prerequisites, allocation failures, random numbers
 * that are the same on every run. */
#ifndef TESTS_BASE_SUPPORT_H
#define TESTS_BASE_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/error.h"
#include "base/str.h"

/* Fails the n-th and all later allocations of the library (malloc, calloc, realloc); 0: none fails.
 * Works in binaries linked with $(FAIL_ALLOC), see tests/module.mk. */
void stl_test_fail_alloc(long n);
/* Whether an allocation was refused since the last stl_test_fail_alloc. */
bool stl_test_alloc_failed(void);
/* For assertions within an attempt: nothing is counted nor refused until it goes on. */
void stl_test_alloc_pause(bool pause);

/* Runs `attempt` with the n-th allocation failing for n = 1.. until none fails any more; each
 * failed attempt must answer NO_MEMORY, the last one OK. Returns how many failed. */
long stl_test_each_alloc(settle_status (*attempt)(void *user, stl_error *err), void *user);

typedef struct stl_test_random {
    uint64_t state;
} stl_test_random;
uint64_t stl_test_next(stl_test_random *random);
/* From `low` to `high`, both included. */
int64_t stl_test_between(stl_test_random *random, int64_t low, int64_t high);

void stl_test_assert_str(stl_str got, const char *want);
#define assert_str(got, want) stl_test_assert_str((got), (want))

#endif
