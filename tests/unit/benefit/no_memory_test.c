/* SPDX-License-Identifier: Apache-2.0 */
/* Whichever allocation fails, policy reader and payment answer NO_MEMORY and leave nothing behind.
 */
#include "support/base_support.h"
#undef assert_str
#include "support/benefit_support.h"

static test_world *world(void) {
    test_world *w = test_world_new();
    benefit_packs(w, "muni-2011", "", "changsha-2015", "", NULL);
    test_service(w, "B", "002", "02");
    test_charge(w, "B", "2025-03-02T10:00:00", "9", "1000.00", "");
    test_charge(w, "B", "2025-03-03T10:00:00", "-2", "1000.00", "init_feedetl_sn=1");
    return w;
}

static settle_status settle_once(void *user, stl_error *err) {
    stl_case c = *(const stl_case *)user;
    SCOPED_ARENA *arena = stl_arena_new();
    TRY_ALLOC(err, arena);
    c.arena = arena;
    stl_settlement s;
    stl_verdict verdict = {.arena = arena};
    TRY(stl_benefit_settle(&c, true, &s, &verdict, err));
    /* a gap that could not be noted is an error as well */
    return verdict.n_gaps > 0 || s.evaluated ? SETTLE_OK : SETTLE_E_INTERNAL;
}

static void payment_survives_each_failing_allocation(void **state) {
    (void)state;
    test_world *w = world();
    benefit_year(w, "");
    assert_true(stl_test_each_alloc(settle_once, test_case(w)) >= 3);
    test_world_free(w);
}

static void gaps_survive_each_failing_allocation(void **state) {
    (void)state;
    test_world *w = world(); /* no accumulators */
    assert_true(stl_test_each_alloc(settle_once, test_case(w)) >= 3);
    test_world_free(w);
}

static settle_status read_once(void *user, stl_error *err) {
    SCOPED_ARENA *arena = stl_arena_new();
    TRY_ALLOC(err, arena);
    const stl_policy *policy;
    return stl_policy_read(user, 1, arena, &policy, err);
}

static void reader_survives_each_failing_allocation(void **state) {
    (void)state;
    test_world *w = test_world_new();
    stl_policy_source source = {
        benefit_policy_text(w, "muni-2011"), "policy.xml", NULL, 0, STL_STR(""), STL_STR("")};
    assert_true(stl_test_each_alloc(read_once, &source) >= 2);
    test_world_free(w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(payment_survives_each_failing_allocation),
        cmocka_unit_test(gaps_survive_each_failing_allocation),
        cmocka_unit_test(reader_survives_each_failing_allocation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
