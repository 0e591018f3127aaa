/* SPDX-License-Identifier: Apache-2.0 */
/* The verdict of a running stay is that of a fresh check, whatever happens to the stay: charges
 * alone and many at once, refunds, tries, removals, records of every kind, input that is refused.
 * STL_RUNNING_SEEDS says how many sequences (tests/running/long.sh). */
#include "support/running_support.h"

#include <stdio.h>
#include <stdlib.h>

enum { SEEDS = 24, STEPS = 30 };

static size_t n_seeds(void) {
    const char *given = getenv("STL_RUNNING_SEEDS");
    return given == NULL ? SEEDS : strtoul(given, NULL, 10);
}

static void follow(const flow_home *f, uint64_t seed) {
    static const size_t KEEP[] = {0, 1, 12, 60, 1000};
    char stay[8];
    snprintf(stay, sizeof stay, "S0%d", (int)(1 + seed % 8));
    settle_session *session = flow_session(f);
    test_running t;
    test_running_open(&t, session, stay, KEEP[seed % 5], seed * 1000003);
    for (int i = 0; i < STEPS; i++)
        test_running_step(&t);
    test_running_close(&t);
    settle_session_free(session);
}

static void a_running_verdict_is_that_of_a_fresh_check(void **state) {
    for (uint64_t seed = 0; seed < n_seeds(); seed++)
        follow(*state, seed);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_running_verdict_is_that_of_a_fresh_check),
    };
    return cmocka_run_group_tests(tests, flow_home_setup, flow_home_teardown);
}
