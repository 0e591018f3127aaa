/* SPDX-License-Identifier: Apache-2.0 */
#include "base_support.h"

#include <stdlib.h>

/* make check-one F=...: CMocka has the filter but reads no environment. */
__attribute__((constructor)) static void set_filter(void) {
    const char *filter = getenv("CMOCKA_TEST_FILTER");
    if (filter != NULL)
        cmocka_set_test_filter(filter);
}

static long allocations, fail_from;
static bool failed, paused;

void stl_test_fail_alloc(long n) {
    allocations = 0;
    paused = false;
    fail_from = n;
    failed = false;
}

bool stl_test_alloc_failed(void) {
    return failed;
}

void stl_test_alloc_pause(bool pause) {
    paused = pause;
}

static bool refuse(void) {
    bool no = fail_from > 0 && !paused && ++allocations >= fail_from;
    failed = failed || no;
    return no;
}

/* Weak: binaries linked without --wrap have none of the __real functions and call none. */
void *__real_malloc(size_t size) __attribute__((weak));
void *__real_calloc(size_t count, size_t size) __attribute__((weak));
void *__real_realloc(void *old, size_t size) __attribute__((weak));
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);

void *__wrap_malloc(size_t size) {
    return refuse() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size) {
    return refuse() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *old, size_t size) {
    return refuse() ? NULL : __real_realloc(old, size);
}

long stl_test_each_alloc(settle_status (*attempt)(void *user, stl_error *err), void *user) {
    for (long n = 1;; n++) {
        stl_error err = {0};
        stl_test_fail_alloc(n);
        settle_status status = attempt(user, &err);
        bool refused = failed;
        stl_test_fail_alloc(0);
        if (!refused) {
            assert_int_equal(status, SETTLE_OK);
            return n - 1;
        }
        assert_int_equal(status, SETTLE_E_NO_MEMORY);
        assert_int_equal(err.status, SETTLE_E_NO_MEMORY);
    }
}

uint64_t stl_test_next(stl_test_random *random) {
    uint64_t z = random->state += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

int64_t stl_test_between(stl_test_random *random, int64_t low, int64_t high) {
    uint64_t span = (uint64_t)high - (uint64_t)low + 1;
    uint64_t step = span == 0 ? stl_test_next(random) : stl_test_next(random) % span;
    return (int64_t)((uint64_t)low + step);
}

void stl_test_assert_str(stl_str got, const char *want) {
    if (!stl_str_is(got, want))
        fail_msg("got \"%.*s\", want \"%s\"", (int)got.len, got.ptr, want);
}
