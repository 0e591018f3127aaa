/* SPDX-License-Identifier: Apache-2.0 */
#include "support/rules_support.h"

#define AT "2025-03-02T14:00:48"

static void items(test_world *w) {
    test_service(w, "F1", "C1", "01");
    test_service(w, "F2", "C1", "01");
}

static void same_item_second_and_order_is_charged_twice(void **state) {
    items(*state);
    test_charge(*state, "F1", AT, "1", "90.00", "drord_no=A");
    test_charge(*state, "F1", AT, "1", "90.00", "drord_no=A");
    test_findings f = test_judge(*state);
    assert_found(&f, "V5", "2", "1");
    assert_int_equal(test_finding(&f, "V5", 0)->vola_amt, test_money("90.00"));
    assert_int_equal(test_finding(&f, "V5", 0)->action, STL_BLOCK);
}

static void another_order_between_does_not_part_them(void **state) {
    items(*state);
    test_charge(*state, "F1", AT, "1", "90.00", "drord_no=B");
    test_charge(*state, "F1", AT, "1", "90.00", "drord_no=A");
    test_charge(*state, "F1", AT, "1", "90.00", "drord_no=B");
    test_charge(*state, "F1", AT, "1", "90.00", "drord_no=BA");
    test_findings f = test_judge(*state);
    assert_found(&f, "V5", "3", "1");
}

static void the_smaller_serial_is_right_wherever_it_stands(void **state) {
    items(*state);
    test_charge(*state, "F1", AT, "1", "90.00", "drord_no=A feedetl_sn=10");
    test_charge(*state, "F1", AT, "1", "90.00", "drord_no=A feedetl_sn=9");
    test_findings f = test_judge(*state);
    assert_found(&f, "V5", "10", "9");
}

static void three_times_is_one_finding(void **state) {
    items(*state);
    for (int i = 0; i < 3; i++)
        test_charge(*state, "F1", AT, "1", "90.00", "drord_no=A");
    test_findings f = test_judge(*state);
    assert_found(&f, "V5", "2 3", "1");
    assert_int_equal(test_finding(&f, "V5", 0)->vola_amt, test_money("180.00"));
}

static void the_next_second_is_another_charge(void **state) {
    items(*state);
    test_charge(*state, "F1", AT, "1", "90.00", "drord_no=A");
    test_charge(*state, "F1", "2025-03-02T14:00:49", "1", "90.00", "drord_no=A");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V5");
}

static void another_order_is_another_charge(void **state) {
    items(*state);
    test_charge(*state, "F1", AT, "1", "90.00", "drord_no=A");
    test_charge(*state, "F1", AT, "1", "90.00", "drord_no=B");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V5");
}

static void another_hospital_item_of_the_same_code_is_another_charge(void **state) {
    items(*state);
    test_charge(*state, "F1", AT, "1", "90.00", "drord_no=A");
    test_charge(*state, "F2", AT, "1", "90.00", "drord_no=A");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V5");
}

static void a_refunded_double_is_right(void **state) {
    items(*state);
    test_charge(*state, "F1", AT, "1", "90.00", "drord_no=A");
    test_charge(*state, "F1", AT, "1", "90.00", "drord_no=A");
    test_charge(*state, "F1", "2025-03-02T15:00:00", "-1", "90.00", "init_feedetl_sn=1");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V5");
    assert_silent(&f, "R1");
}

static void a_partly_refunded_double_is_still_double(void **state) {
    items(*state);
    test_charge(*state, "F1", AT, "2", "90.00", "drord_no=A");
    test_charge(*state, "F1", AT, "2", "90.00", "drord_no=A");
    test_charge(*state, "F1", "2025-03-02T15:00:00", "-1", "90.00", "init_feedetl_sn=2");
    test_findings f = test_judge(*state);
    assert_found(&f, "V5", "2", "1");
    assert_int_equal(test_finding(&f, "V5", 0)->vola_amt, test_money("90.00"));
}

static void refund_lines_in_one_second_are_no_duplicates(void **state) {
    items(*state);
    test_charge(*state, "F1", AT, "4", "90.00", "drord_no=A");
    test_charge(*state, "F1", "2025-03-02T15:00:00", "-1", "90.00", "init_feedetl_sn=1 drord_no=A");
    test_charge(*state, "F1", "2025-03-02T15:00:00", "-1", "90.00", "init_feedetl_sn=1 drord_no=A");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V5");
}

static void without_order_numbers_it_is_not_evaluated(void **state) {
    items(*state);
    test_charge(*state, "F1", AT, "1", "90.00", "drord_no=");
    test_charge(*state, "F1", AT, "1", "90.00", "drord_no=");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V5");
    assert_gap(&f, "V5", 2);
}

static void unmapped_items_are_judged_too(void **state) {
    test_charge(*state, "X", AT, "1", "90.00", "drord_no=A");
    test_charge(*state, "X", AT, "1", "90.00", "drord_no=A");
    test_findings f = test_judge(*state);
    assert_found(&f, "V5", "2", "1");
}

static void pairs_between_other_lines_of_the_second_are_seen(void **state) {
    items(*state);
    test_charge(*state, "F1", AT, "1", "90.00", "drord_no=A");
    test_charge(*state, "F2", AT, "1", "90.00", "drord_no=A");
    test_charge(*state, "F1", AT, "1", "90.00", "drord_no=B");
    test_charge(*state, "F2", AT, "1", "90.00", "drord_no=A");
    test_findings f = test_judge(*state);
    assert_found(&f, "V5", "4", "2");
}

static void another_item_under_the_order_does_not_part_them(void **state) {
    items(*state);
    test_charge(*state, "F1", AT, "1", "90.00", "drord_no=A medins_list_name=甲");
    test_charge(*state, "F2", AT, "1", "90.00", "drord_no=A");
    test_charge(*state, "F1", AT, "1", "90.00", "drord_no=A medins_list_name=乙");
    test_findings f = test_judge(*state);
    assert_found(&f, "V5", "3", "1");
    assert_says(test_finding(&f, "V5", 0)->evidence, "甲 is charged at 2025-03-02 14:00:48");
}

static void a_double_in_any_second_is_found(void **state) {
    items(*state);
    test_charge(*state, "F1", "2025-03-02T09:00:00", "1", "90.00", "drord_no=A");
    test_charge(*state, "F1", "2025-03-02T09:00:00", "1", "90.00", "drord_no=A");
    test_charge(*state, "F1", AT, "1", "90.00", "drord_no=A");
    test_findings f = test_judge(*state);
    assert_found(&f, "V5", "2", "1");
    assert_gap(&f, "V5", -1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RULE_TEST(same_item_second_and_order_is_charged_twice),
        RULE_TEST(another_order_between_does_not_part_them),
        RULE_TEST(the_smaller_serial_is_right_wherever_it_stands),
        RULE_TEST(three_times_is_one_finding),
        RULE_TEST(the_next_second_is_another_charge),
        RULE_TEST(another_order_is_another_charge),
        RULE_TEST(another_hospital_item_of_the_same_code_is_another_charge),
        RULE_TEST(a_refunded_double_is_right),
        RULE_TEST(a_partly_refunded_double_is_still_double),
        RULE_TEST(refund_lines_in_one_second_are_no_duplicates),
        RULE_TEST(without_order_numbers_it_is_not_evaluated),
        RULE_TEST(unmapped_items_are_judged_too),
        RULE_TEST(pairs_between_other_lines_of_the_second_are_seen),
        RULE_TEST(another_item_under_the_order_does_not_part_them),
        RULE_TEST(a_double_in_any_second_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
