/* SPDX-License-Identifier: Apache-2.0 */
#include "support/rules_support.h"

#include "rules/facts.h"

static void a_stay_is_of_its_discharge_else_its_settlement_else_its_admission(void **state) {
    test_stay(*state, "setl_time=2025-03-07T10:00:00");
    assert_int_equal(stl_rules_stay_day(test_case(*state)), test_day("2025-03-05"));
    test_stay(*state, "endtime=");
    assert_int_equal(stl_rules_stay_day(test_case(*state)), test_day("2025-03-07"));
    test_stay(*state, "setl_time=");
    assert_int_equal(stl_rules_stay_day(test_case(*state)), test_day("2025-03-01"));
    test_stay(*state, "begntime=");
    assert_int_equal(stl_rules_stay_day(test_case(*state)), 0);
}

static void the_principal_diagnosis_is_that_of_the_head_else_the_one_marked(void **state) {
    test_stay(*state, "dscg_maindiag_code=");
    assert_str(stl_rules_principal(test_case(*state)), "");
    test_record(*state, STL_R_DIAGNOSIS, "diag_code=A00.000 maindiag_flag=1");
    test_record(*state, STL_R_DIAGNOSIS, "diag_code=B00.000 maindiag_flag=1");
    assert_str(stl_rules_principal(test_case(*state)), "A00.000");
    test_stay(*state, "dscg_maindiag_code=C00.000");
    assert_str(stl_rules_principal(test_case(*state)), "C00.000");
}

static void an_unmarked_diagnosis_is_not_principal(void **state) {
    test_stay(*state, "dscg_maindiag_code=");
    test_record(*state, STL_R_DIAGNOSIS, "diag_code=A00.000 maindiag_flag=0");
    test_record(*state, STL_R_DIAGNOSIS, "diag_code=B00.000 maindiag_flag=1");
    assert_str(stl_rules_principal(test_case(*state)), "B00.000");
}

static bool fits(const char *patterns, const char *text) {
    return stl_words_fit(stl_str_of(patterns), stl_str_of(text));
}

static void one_of_the_patterns_fits(void **state) {
    (void)state;
    assert_true(fits("A", "A"));
    assert_true(fits("A01 B*", "A01"));
    assert_true(fits("A01 B*", "B99"));
    assert_true(fits("A  B", "B"));
    assert_true(fits("*", "any"));
}

static void a_pattern_fits_whole_or_as_a_prefix_with_a_star(void **state) {
    (void)state;
    assert_false(fits("", "A"));
    assert_false(fits("", ""));
    assert_false(fits("A  B", ""));
    assert_false(fits("A01 B*", "A011"));
    assert_false(fits("A01 B*", "C01"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RULE_TEST(a_stay_is_of_its_discharge_else_its_settlement_else_its_admission),
        RULE_TEST(the_principal_diagnosis_is_that_of_the_head_else_the_one_marked),
        RULE_TEST(an_unmarked_diagnosis_is_not_principal),
        RULE_TEST(one_of_the_patterns_fits),
        RULE_TEST(a_pattern_fits_whole_or_as_a_prefix_with_a_star),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
