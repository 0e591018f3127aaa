/* SPDX-License-Identifier: Apache-2.0 */
#include "support/pathway_support.h"

/* The stay has 4 nights. */
static test_findings judged(test_world *w, const char *days, const char *record) {
    test_pathway(w, days);
    test_enter(w, record);
    test_row(w, STL_T_PATHWAY_NOTE, "pathway_id=CAP part=discharge note=001 text=afebrile");
    test_row(w, STL_T_PATHWAY_NOTE, "pathway_id=CAP part=variation note=001 text=severe");
    return test_judge(w);
}

static void nights_at_either_bound_are_right(void **state) {
    test_findings f = judged(*state, "stay_min=4 stay_max=4 stay_read=full", "");
    assert_silent(&f, "P5");
    assert_gap(&f, "P5", -1);
}

static void a_night_too_few_is_found_with_the_discharge_criteria(void **state) {
    test_findings f = judged(*state, "stay_min=5 stay_max=9 stay_read=full", "");
    assert_found(&f, "P5", "", "");
    assert_int_equal(test_finding(&f, "P5", 0)->action, STL_WARN);
    assert_says(test_finding(&f, "P5", 0)->evidence,
                "4 days in hospital, the standard stay of pathway CAP (肺炎) is 5 to 9 days; "
                "discharge criteria: afebrile");
}

static void a_night_too_many_is_found(void **state) {
    test_findings f = judged(*state, "stay_min=1 stay_max=3 stay_read=full", "");
    assert_found(&f, "P5", "", "");
    assert_says(test_finding(&f, "P5", 0)->evidence, "is 1 to 3 days");
}

static void days_read_in_part_make_a_hint(void **state) {
    test_findings f = judged(*state, "stay_min=1 stay_max=3 stay_read=part", "");
    assert_int_equal(test_finding(&f, "P5", 0)->action, STL_HINT);
}

static void a_recorded_variation_makes_it_a_hint(void **state) {
    test_findings f = judged(*state, "stay_min=1 stay_max=3 stay_read=full", VARIED);
    assert_int_equal(test_finding(&f, "P5", 0)->action, STL_HINT);
}

static void a_stay_without_a_night_counts_one(void **state) {
    test_stay(*state, "endtime=2025-03-01T20:00:00");
    test_findings f = judged(*state, "stay_min=1 stay_max=3 stay_read=full", "");
    assert_silent(&f, "P5");
}

static void without_discharge_it_is_not_evaluated(void **state) {
    test_the_stay(*state)->head.endtime = STL_NONE;
    test_findings f = judged(*state, "stay_min=1 stay_max=3 stay_read=full", "");
    assert_silent(&f, "P5");
    assert_gap(&f, "P5", 0);
}

static void a_pathway_without_days_says_nothing(void **state) {
    test_findings f = judged(*state, "", "");
    assert_silent(&f, "P5");
    assert_gap(&f, "P5", -1);
}

static void the_discharge_criteria_of_the_pathway_are_told(void **state) {
    test_row(*state, STL_T_PATHWAY_NOTE, "pathway_id=CAP part=discharge note=000 text=eats");
    test_row(*state, STL_T_PATHWAY_NOTE, "pathway_id=CAQ part=discharge note=001 text=other");
    test_findings f = judged(*state, "stay_min=5 stay_max=9 stay_read=full", "");
    assert_str(test_finding(&f, "P5", 0)->evidence,
               "4 days in hospital, the standard stay of pathway CAP (肺炎) is 5 to 9 days; "
               "discharge criteria: eats, afebrile");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RULE_TEST(nights_at_either_bound_are_right),
        RULE_TEST(a_night_too_few_is_found_with_the_discharge_criteria),
        RULE_TEST(a_night_too_many_is_found),
        RULE_TEST(days_read_in_part_make_a_hint),
        RULE_TEST(a_recorded_variation_makes_it_a_hint),
        RULE_TEST(a_stay_without_a_night_counts_one),
        RULE_TEST(without_discharge_it_is_not_evaluated),
        RULE_TEST(a_pathway_without_days_says_nothing),
        RULE_TEST(the_discharge_criteria_of_the_pathway_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
