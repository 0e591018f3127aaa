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
    test_running_open(&t, session, stay, seed % 3 == 0 ? "X01" : NULL, KEEP[seed % 5],
                      seed * 1000003);
    for (int i = 0; i < STEPS; i++)
        test_running_step(&t);
    test_running_close(&t);
    settle_session_free(session);
}

static void a_running_verdict_is_that_of_a_fresh_check(void **state) {
    for (uint64_t seed = 0; seed < n_seeds(); seed++)
        follow(*state, seed);
}

/* S02 and S04 are settled, so that the ledger knows their charges, and those stays. */
static int settle_two(void **state) {
    static const char *const STAYS[] = {"S02", "S04"};
    assert_int_equal(flow_home_setup(state), 0);
    settle_session *session = flow_session(*state);
    for (size_t i = 0; i < sizeof STAYS / sizeof *STAYS; i++) {
        char *json = NULL;
        int32_t verdict;
        flow_ok(session, settle_stay_submit(session, STAYS[i], &verdict, &json));
        assert_int_equal(verdict, SETTLE_VERDICT_CLEAR);
        settle_free(json);
    }
    settle_session_free(session);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_running_verdict_is_that_of_a_fresh_check),
    };
    return cmocka_run_group_tests(tests, settle_two, flow_home_teardown);
}
