/* SPDX-License-Identifier: Apache-2.0 */
#include "support/model_support.h"

static void actions_have_names_both_ways(void **state) {
    (void)state;
    static const char *const NAMES[] = {"hint", "warn", "hold", "block"};
    for (int i = STL_HINT; i <= STL_BLOCK; i++) {
        stl_action action = STL_HINT;
        assert_string_equal(stl_action_name((stl_action)i), NAMES[i]);
        assert_true(stl_action_parse(stl_str_of(NAMES[i]), &action));
        assert_int_equal(action, i);
    }
}

static void unknown_action_is_refused_and_leaves_the_place_alone(void **state) {
    (void)state;
    static const char *const WRONG[] = {"", "Block", "blocks", "hin"};
    for (size_t i = 0; i < sizeof WRONG / sizeof *WRONG; i++) {
        stl_action action = STL_HOLD;
        assert_false(stl_action_parse(stl_str_of(WRONG[i]), &action));
        assert_int_equal(action, STL_HOLD);
    }
}

static void severity_is_that_of_the_dictionary(void **state) {
    (void)state;
    assert_int_equal(stl_action_sev_deg(STL_BLOCK), '1');
    assert_int_equal(stl_action_sev_deg(STL_HOLD), '1');
    assert_int_equal(stl_action_sev_deg(STL_WARN), '2');
    assert_int_equal(stl_action_sev_deg(STL_HINT), '3');
}

static bool stops(stl_action action, bool overridden) {
    stl_finding findings[] = {{.action = STL_WARN}, {.action = action, .overridden = overridden}};
    return stl_verdict_stops(&(stl_verdict){.findings = findings, .n_findings = 2});
}

static void block_and_hold_stop(void **state) {
    (void)state;
    assert_true(stops(STL_BLOCK, false));
    assert_true(stops(STL_HOLD, false));
}

static void hints_warnings_and_overridden_findings_do_not_stop(void **state) {
    (void)state;
    assert_false(stops(STL_HINT, false));
    assert_false(stops(STL_WARN, false));
    assert_false(stops(STL_BLOCK, true));
    assert_false(stops(STL_HOLD, true));
    assert_false(stl_verdict_stops(&(stl_verdict){0}));
}

static void one_gap_a_rule_and_cause(void **state) {
    (void)state;
    SCOPED_ARENA *arena = stl_arena_new();
    stl_verdict v = {.arena = arena};
    char cause[] = "unit of the list";
    assert_int_equal(stl_verdict_gap(&v, "V3", cause, 2), SETTLE_OK);
    assert_int_equal(stl_verdict_gap(&v, "V8", "previous stays", 0), SETTLE_OK);
    assert_int_equal(stl_verdict_gap(&v, "V2", cause, 1), SETTLE_OK);
    assert_int_equal(stl_verdict_gap(&v, "V3", "level", 1), SETTLE_OK);
    assert_int_equal(stl_verdict_gap(&v, "V3", cause, 5), SETTLE_OK);
    memset(cause, '?', sizeof cause);
    assert_int_equal(v.n_gaps, 4);
    assert_string_equal(v.gaps[0].rule_id, "V3");
    assert_str(v.gaps[0].missing, "unit of the list");
    assert_int_equal(v.gaps[0].lines, 7);
    assert_int_equal(v.gaps[1].lines, 0);
    assert_int_equal(v.gaps[2].lines, 1);
    assert_str(v.gaps[3].missing, "level");
}

static void gaps_grow_past_any_first_room(void **state) {
    (void)state;
    SCOPED_ARENA *arena = stl_arena_new();
    stl_verdict v = {.arena = arena};
    char cause[] = "a";
    for (int i = 0; i < 26; i++, cause[0]++)
        assert_int_equal(stl_verdict_gap(&v, "V1", cause, (size_t)i), SETTLE_OK);
    assert_int_equal(v.n_gaps, 26);
    for (size_t i = 0; i < 26; i++)
        assert_int_equal(v.gaps[i].lines, i);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(actions_have_names_both_ways),
        cmocka_unit_test(unknown_action_is_refused_and_leaves_the_place_alone),
        cmocka_unit_test(severity_is_that_of_the_dictionary),
        cmocka_unit_test(block_and_hold_stop),
        cmocka_unit_test(hints_warnings_and_overridden_findings_do_not_stop),
        cmocka_unit_test(one_gap_a_rule_and_cause),
        cmocka_unit_test(gaps_grow_past_any_first_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
