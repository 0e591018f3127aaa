/* SPDX-License-Identifier: Apache-2.0 */
#include "support/rules_support.h"

static void angiography(test_world *w, const char *day) {
    test_row(w, STL_T_LISTS, "list=V16.general item=ANG* value=ECG*_US1 source=V16");
    test_row(w, STL_T_LISTS, "list=V16.methods item=- value=-");
    test_service(w, "F1", "ANG1", "01");
    test_service(w, "F2", "ECG12", "01");
    test_charge(w, "F1", day, "1", "900.00", "");
}

static void special_test_without_a_general_one_warns(void **state) {
    angiography(*state, "2025-03-03T10:00:00");
    test_given(*state, STL_R_HISTORY_ITEM);
    test_findings f = test_judge(*state);
    assert_found(&f, "V16", "1", "");
    const stl_finding *found = test_finding(&f, "V16", 0);
    assert_int_equal(found->action, STL_WARN);
    assert_int_equal(found->vola_amt, test_money("900.00"));
    assert_says(found->evidence,
                "F1 (ANG1) on 2025-03-03 without a general test before (ECG* US1)");
    assert_says(found->basis, "rules/lists.csv V16.general ANG* V16");
}

static void general_test_of_the_same_day_is_enough(void **state) {
    angiography(*state, "2025-03-03T10:00:00");
    test_charge(*state, "F2", "2025-03-03T23:00:00", "1", "25.00", "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V16");
    assert_gap(&f, "V16", -1);
}

static void general_test_of_the_day_after_is_too_late(void **state) {
    angiography(*state, "2025-03-03T10:00:00");
    test_given(*state, STL_R_HISTORY_ITEM);
    test_charge(*state, "F2", "2025-03-04T00:00:00", "1", "25.00", "");
    test_findings f = test_judge(*state);
    assert_found(&f, "V16", "1", "");
}

static void refunded_general_test_does_not_help(void **state) {
    angiography(*state, "2025-03-03T10:00:00");
    test_given(*state, STL_R_HISTORY_ITEM);
    test_charge(*state, "F2", "2025-03-03T09:00:00", "1", "25.00", "");
    test_charge(*state, "F2", "2025-03-03T09:30:00", "-1", "25.00", "init_feedetl_sn=2");
    test_findings f = test_judge(*state);
    assert_found(&f, "V16", "1", "");
}

static void general_test_of_an_earlier_stay_is_enough(void **state) {
    angiography(*state, "2025-03-03T10:00:00");
    test_record(*state, STL_R_HISTORY_ITEM,
                "mdtrt_id=T0 med_list_codg=US1 fee_ocur_time=2025-02-20T10:00:00");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V16");
}

static void without_history_it_is_not_evaluated(void **state) {
    angiography(*state, "2025-03-03T10:00:00");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V16");
    assert_gap(&f, "V16", 1);
}

static void without_the_list_nothing_is_evaluated(void **state) {
    test_findings f = test_judge(*state);
    assert_missing(&f, "V16", "the list of special and general tests (V16.general)");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RULE_TEST(special_test_without_a_general_one_warns),
        RULE_TEST(general_test_of_the_same_day_is_enough),
        RULE_TEST(general_test_of_the_day_after_is_too_late),
        RULE_TEST(refunded_general_test_does_not_help),
        RULE_TEST(general_test_of_an_earlier_stay_is_enough),
        RULE_TEST(without_history_it_is_not_evaluated),
        RULE_TEST(without_the_list_nothing_is_evaluated),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
