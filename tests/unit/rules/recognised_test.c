/* SPDX-License-Identifier: Apache-2.0 */
#include "support/rules_support.h"

#include <stdio.h>

static void test_of_march_2(test_world *w) {
    test_row(w, STL_T_LISTS, "list=V33.recognised item=C1 value=7");
    test_service(w, "F1", "C1", "01");
    test_charge(w, "F1", "2025-03-02T10:00:00", "1", "80.00", "");
}

static void earlier(test_world *w, const char *at) {
    char fields[256];
    test_record(w, STL_R_HISTORY,
                "mdtrt_id=T0 fixmedins_code=H99990200002 begntime=2025-02-01T08:00:00");
    snprintf(fields, sizeof fields, "mdtrt_id=T0 med_list_codg=C1 fee_ocur_time=%s", at);
    test_record(w, STL_R_HISTORY_ITEM, fields);
}

static void a_result_is_good_on_its_last_day(void **state) {
    test_of_march_2(*state);
    earlier(*state, "2025-02-23T23:59:59");
    test_findings f = test_judge(*state);
    assert_found(&f, "V33", "1", "");
    const stl_finding *found = test_finding(&f, "V33", 0);
    assert_int_equal(found->vola_amt, test_money("80.00"));
    assert_int_equal(found->action, STL_WARN);
    assert_says(found->evidence, "institution H99990200002): 7 days apart <= 7 days");
}

static void a_result_one_day_older_is_not(void **state) {
    test_of_march_2(*state);
    earlier(*state, "2025-02-22T23:59:59");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V33");
    assert_gap(&f, "V33", -1);
}

static void a_later_result_does_not_count(void **state) {
    test_of_march_2(*state);
    earlier(*state, "2025-03-03T00:00:00");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V33");
}

static void another_test_does_not_count(void **state) {
    test_of_march_2(*state);
    test_row(*state, STL_T_LISTS, "list=V33.last item=C2 value=7");
    test_row(*state, STL_T_LISTS, "list=V33.z item=C2 value=7");
    test_service(*state, "F2", "C2", "01");
    test_charge(*state, "F2", "2025-03-02T10:00:00", "1", "80.00", "");
    test_given(*state, STL_R_HISTORY_ITEM);
    test_record(*state, STL_R_HISTORY_ITEM,
                "mdtrt_id=T0 med_list_codg=C2 fee_ocur_time=2025-03-01T08:00:00");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V33");
}

static void the_stay_itself_is_no_history(void **state) {
    test_of_march_2(*state);
    test_record(*state, STL_R_HISTORY_ITEM, "med_list_codg=C1 fee_ocur_time=2025-03-02T10:00:00");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V33");
}

static void without_history_items_it_is_not_evaluated(void **state) {
    test_of_march_2(*state);
    test_findings f = test_judge(*state);
    assert_silent(&f, "V33");
    assert_gap(&f, "V33", 1);
}

static void a_list_without_days_is_not_evaluated(void **state) {
    test_row(*state, STL_T_LISTS, "list=V33.recognised item=C1 value=week");
    test_service(*state, "F1", "C1", "01");
    test_charge(*state, "F1", "2025-03-02T10:00:00", "1", "80.00", "");
    earlier(*state, "2025-03-02T08:00:00");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V33");
    assert_gap(&f, "V33", 1);
    assert_missing(&f, "V33", "days of the test on list V33.recognised");
}

static void a_stay_without_such_tests_says_nothing(void **state) {
    test_row(*state, STL_T_LISTS, "list=V33.recognised item=C1 value=7");
    test_findings f = test_judge(*state);
    assert_gap(&f, "V33", -1);
}

static void without_its_list_it_is_not_evaluated(void **state) {
    test_findings f = test_judge(*state);
    assert_gap(&f, "V33", 0);
}

static void a_result_of_the_same_day_is_good(void **state) {
    test_of_march_2(*state);
    earlier(*state, "2025-03-02T08:00:00");
    test_findings f = test_judge(*state);
    assert_found(&f, "V33", "1", "");
    assert_says(test_finding(&f, "V33", 0)->evidence, "0 days apart <= 7 days");
}

static void of_two_results_of_one_second_the_first_is_told(void **state) {
    test_of_march_2(*state);
    test_record(*state, STL_R_HISTORY_ITEM,
                "mdtrt_id=T8 med_list_codg=C1 fee_ocur_time=2025-03-01T08:00:00");
    test_record(*state, STL_R_HISTORY_ITEM,
                "mdtrt_id=T9 med_list_codg=C1 fee_ocur_time=2025-03-01T08:00:00");
    test_findings f = test_judge(*state);
    assert_says(test_finding(&f, "V33", 0)->evidence, "(stay T8, institution )");
}

static void refunded_undated_and_unlisted_tests_are_right(void **state) {
    test_row(*state, STL_T_LISTS, "list=V33.recognised item=C1 value=7 begndate=2025-03-02");
    test_service(*state, "F1", "C1", "01");
    earlier(*state, "2025-02-28T08:00:00");
    test_charge(*state, "F1", "2025-03-01T10:00:00", "1", "80.00", "");
    test_charge(*state, "F1", "2025-03-02T10:00:00", "1", "80.00", "");
    test_charge(*state, "F1", "2025-03-02T11:00:00", "-1", "80.00", "init_feedetl_sn=2");
    test_charge(*state, "F1", "2025-03-02T10:00:00", "1", "80.00", "fee_ocur_time=");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V33");
    assert_gap(&f, "V33", -1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RULE_TEST(a_result_is_good_on_its_last_day),
        RULE_TEST(a_result_one_day_older_is_not),
        RULE_TEST(a_later_result_does_not_count),
        RULE_TEST(another_test_does_not_count),
        RULE_TEST(the_stay_itself_is_no_history),
        RULE_TEST(without_history_items_it_is_not_evaluated),
        RULE_TEST(a_list_without_days_is_not_evaluated),
        RULE_TEST(a_stay_without_such_tests_says_nothing),
        RULE_TEST(without_its_list_it_is_not_evaluated),
        RULE_TEST(a_result_of_the_same_day_is_good),
        RULE_TEST(of_two_results_of_one_second_the_first_is_told),
        RULE_TEST(refunded_undated_and_unlisted_tests_are_right),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
