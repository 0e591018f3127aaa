/* SPDX-License-Identifier: Apache-2.0 */
#include "support/rules_support.h"

static void ultrasound(test_world *w) {
    test_row(w, STL_T_LISTS, "list=V16.methods item=US1* value=abdomen");
    test_row(w, STL_T_LISTS, "list=V16.methods item=US2* value=abdomen");
    test_row(w, STL_T_LISTS, "list=V16.methods item=US3 value=heart");
    test_row(w, STL_T_LISTS, "list=V16.general item=- value=-");
    test_service(w, "F1", "US11", "01");
    test_service(w, "F2", "US21", "01");
    test_service(w, "F3", "US3", "01");
    test_charge(w, "F2", "2025-03-02T10:00:00", "1", "120.00", "");
    test_charge(w, "F3", "2025-03-02T10:00:00", "1", "150.00", "");
}

static void two_methods_on_one_day_warn(void **state) {
    ultrasound(*state);
    test_charge(*state, "F1", "2025-03-02T09:00:00", "1", "30.00", "");
    test_findings f = test_judge(*state);
    assert_found(&f, "V16", "1", "3");
    const stl_finding *found = test_finding(&f, "V16", 0);
    assert_int_equal(found->action, STL_WARN);
    assert_int_equal(found->vola_amt, test_money("120.00"));
    assert_says(found->evidence, "on 2025-03-02 two methods of one examination (abdomen): F1, F2");
    assert_says(found->basis, "rules/lists.csv V16.methods abdomen");
}

static void methods_on_two_days_are_right(void **state) {
    ultrasound(*state);
    test_charge(*state, "F1", "2025-03-03T00:00:00", "1", "30.00", "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V16");
    assert_gap(&f, "V16", -1);
}

static void one_method_twice_is_not_two(void **state) {
    ultrasound(*state);
    test_charge(*state, "F2", "2025-03-02T20:00:00", "1", "120.00", "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V16");
}

static void refunded_method_does_not_count(void **state) {
    ultrasound(*state);
    test_charge(*state, "F1", "2025-03-02T09:00:00", "1", "30.00", "");
    test_charge(*state, "F1", "2025-03-02T12:00:00", "-1", "30.00", "init_feedetl_sn=3");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V16");
}

static void each_examination_is_judged_for_itself(void **state) {
    ultrasound(*state);
    test_row(*state, STL_T_LISTS, "list=V16.methods item=US4 value=heart");
    test_service(*state, "F4", "US4", "01");
    test_charge(*state, "F4", "2025-03-02T09:59:59", "1", "80.00", "");
    test_findings f = test_judge(*state);
    assert_found(&f, "V16", "2", "3");
    assert_says(test_finding(&f, "V16", 0)->evidence, "one examination (heart): F4, F3");
    test_charge(*state, "F1", "2025-03-02T10:00:00", "1", "30.00", "");
    f = test_judge(*state);
    assert_int_equal(test_count(&f, "V16"), 2);
}

static void of_one_second_the_lower_serial_is_first(void **state) {
    ultrasound(*state);
    test_charge(*state, "F1", "2025-03-02T10:00:00", "1", "30.00", "");
    test_findings f = test_judge(*state);
    assert_found(&f, "V16", "3", "1");
}

static void methods_without_a_time_are_of_no_day(void **state) {
    ultrasound(*state);
    test_charge(*state, "F1", "2025-03-03T09:00:00", "1", "30.00", "fee_ocur_time=");
    test_charge(*state, "F2", "2025-03-03T09:00:00", "1", "120.00", "fee_ocur_time=");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V16");
}

static void a_method_counts_from_the_day_it_is_listed(void **state) {
    ultrasound(*state);
    test_row(*state, STL_T_LISTS, "list=V16.methods item=US4 value=heart begndate=2025-03-03");
    test_row(*state, STL_T_LISTS, "list=V16.methods item=US5 value=heart begndate=2025-03-03");
    test_service(*state, "F4", "US4", "01");
    test_service(*state, "F5", "US5", "01");
    test_charge(*state, "F4", "2025-03-02T23:59:59", "1", "80.00", "");
    test_charge(*state, "F5", "2025-03-02T23:59:59", "1", "80.00", "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V16");
    test_charge(*state, "F4", "2025-03-03T00:00:00", "1", "80.00", "");
    test_charge(*state, "F5", "2025-03-03T00:00:00", "1", "80.00", "");
    f = test_judge(*state);
    assert_found(&f, "V16", "6", "5");
}

static void without_the_list_nothing_is_evaluated(void **state) {
    test_findings f = test_judge(*state);
    assert_missing(&f, "V16", "the list of methods of one examination (V16.methods)");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RULE_TEST(two_methods_on_one_day_warn),
        RULE_TEST(methods_on_two_days_are_right),
        RULE_TEST(one_method_twice_is_not_two),
        RULE_TEST(refunded_method_does_not_count),
        RULE_TEST(each_examination_is_judged_for_itself),
        RULE_TEST(of_one_second_the_lower_serial_is_first),
        RULE_TEST(methods_without_a_time_are_of_no_day),
        RULE_TEST(a_method_counts_from_the_day_it_is_listed),
        RULE_TEST(without_the_list_nothing_is_evaluated),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
