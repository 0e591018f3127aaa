/* SPDX-License-Identifier: Apache-2.0 */
#include "support/rules_support.h"

static void other_checks_of_the_id(test_world *w) {
    test_row(w, STL_T_LISTS, "list=V16.methods item=- value=-");
    test_row(w, STL_T_LISTS, "list=V16.general item=- value=-");
}

static void once_in_15_days(test_world *w) {
    other_checks_of_the_id(w);
    test_stay(w, "begntime=2025-03-01T08:00:00 endtime=2025-05-01T10:00:00");
    test_given(w, STL_R_HISTORY_ITEM);
    test_service(w, "F1", "C1", "01");
    test_row(w, STL_T_CYCLE, "med_list_codg=C1 limit=1 days=15 basis=诊疗规范 kp_id=KP4");
    test_charge(w, "F1", "2025-03-01T10:40:49", "1", "68.00", "");
}

static void ten_days_later_is_found(void **state) {
    once_in_15_days(*state);
    test_charge(*state, "F1", "2025-03-11T06:30:46", "1", "68.00", "");
    test_findings f = test_judge(*state);
    assert_found(&f, "V16", "2", "1");
    const stl_finding *found = test_finding(&f, "V16", 0);
    assert_int_equal(found->action, STL_WARN);
    assert_int_equal(found->vola_amt, test_money("68.00"));
    assert_says(found->evidence, "10 days apart: in 15 days 2 > limit 1");
    assert_says(found->basis, "诊疗规范");
    assert_gap(&f, "V16", -1);
}

static void of_one_day_the_later_is_wrong_wherever_it_stands(void **state) {
    once_in_15_days(*state);
    test_charge(*state, "F1", "2025-03-01T09:40:49", "1", "68.00", "");
    test_findings f = test_judge(*state);
    assert_found(&f, "V16", "1", "2");
}

static void the_fourteenth_day_after_is_too_early(void **state) {
    once_in_15_days(*state);
    test_charge(*state, "F1", "2025-03-15T23:59:59", "1", "68.00", "");
    test_findings f = test_judge(*state);
    assert_found(&f, "V16", "2", "1");
}

static void the_fifteenth_day_after_is_right(void **state) {
    once_in_15_days(*state);
    test_charge(*state, "F1", "2025-03-16T00:00:00", "1", "68.00", "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V16");
}

static void a_wrong_repetition_does_not_begin_a_cycle(void **state) {
    once_in_15_days(*state);
    test_charge(*state, "F1", "2025-03-11T10:00:00", "1", "68.00", "");
    test_charge(*state, "F1", "2025-03-16T10:00:00", "1", "68.00", "");
    test_findings f = test_judge(*state);
    assert_found(&f, "V16", "2", "1");
}

static void two_in_one_line_are_found(void **state) {
    once_in_15_days(*state);
    test_charge(*state, "F1", "2025-04-01T10:00:00", "2", "68.00", "");
    test_findings f = test_judge(*state);
    assert_found(&f, "V16", "2", "");
    assert_says(test_finding(&f, "V16", 0)->evidence, "the one before on 2025-04-01, 0 days apart");
}

static void a_refunded_repetition_is_right(void **state) {
    once_in_15_days(*state);
    test_charge(*state, "F1", "2025-03-11T06:30:46", "1", "68.00", "");
    test_charge(*state, "F1", "2025-03-11T07:30:46", "-1", "68.00", "init_feedetl_sn=2");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V16");
}

static void an_earlier_stay_counts(void **state) {
    once_in_15_days(*state);
    test_record(*state, STL_R_HISTORY_ITEM,
                "mdtrt_id=T0 med_list_codg=C1 fee_ocur_time=2025-02-20T10:00:00");
    test_findings f = test_judge(*state);
    assert_found(&f, "V16", "1", "");
    assert_says(test_finding(&f, "V16", 0)->evidence, "the one before on 2025-02-20, 9 days apart");
}

static void an_earlier_stay_15_days_ago_does_not_matter(void **state) {
    once_in_15_days(*state);
    test_record(*state, STL_R_HISTORY_ITEM,
                "mdtrt_id=T0 med_list_codg=C1 fee_ocur_time=2025-02-14T10:00:00");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V16");
}

static void a_later_test_elsewhere_is_not_held_against_an_earlier_one(void **state) {
    once_in_15_days(*state);
    test_record(*state, STL_R_HISTORY_ITEM,
                "mdtrt_id=T0 med_list_codg=C1 fee_ocur_time=2025-03-05T10:00:00");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V16");
}

static void items_of_this_stay_are_no_history(void **state) {
    once_in_15_days(*state);
    test_record(*state, STL_R_HISTORY_ITEM,
                "mdtrt_id=T1 med_list_codg=C1 fee_ocur_time=2025-03-01T09:00:00");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V16");
}

static void the_first_day_that_the_stay_knows_enough_of_is_evaluated(void **state) {
    test_world *w = *state;
    other_checks_of_the_id(w);
    test_stay(w, "begntime=2025-03-01T08:00:00 endtime=2025-05-01T10:00:00");
    test_service(w, "F1", "C1", "01");
    test_row(w, STL_T_CYCLE, "med_list_codg=C1 limit=1 days=15");
    test_charge(w, "F1", "2025-03-16T10:00:00", "1", "68.00", "");
    test_findings f = test_judge(w);
    assert_gap(&f, "V16", -1);
}

static void a_second_cycle_of_the_item_counts_for_itself(void **state) {
    once_in_15_days(*state);
    test_row(*state, STL_T_CYCLE, "med_list_codg=C1 limit=2 days=60 kp_id=KP5");
    test_charge(*state, "F1", "2025-03-20T10:00:00", "1", "68.00", "");
    test_charge(*state, "F1", "2025-04-10T10:00:00", "1", "68.00", "");
    test_findings f = test_judge(*state);
    assert_found(&f, "V16", "3", "1 2");
    assert_says(test_finding(&f, "V16", 0)->basis, "KP5");
}

static void the_later_of_two_on_a_day_is_wrong(void **state) {
    once_in_15_days(*state);
    test_charge(*state, "F1", "2025-03-01T12:00:00", "1", "68.00", "");
    test_findings f = test_judge(*state);
    assert_found(&f, "V16", "2", "1");
}

static void of_a_wrong_line_counts_what_was_still_right(void **state) {
    test_world *w = *state;
    test_stay(w, "begntime=2025-03-01T08:00:00 endtime=2025-05-01T10:00:00");
    test_given(w, STL_R_HISTORY_ITEM);
    test_service(w, "F1", "C1", "01");
    test_row(w, STL_T_CYCLE, "med_list_codg=C1 limit=3 days=15");
    test_charge(w, "F1", "2025-03-01T10:00:00", "2", "68.00", "");
    test_charge(w, "F1", "2025-03-10T10:00:00", "2", "68.00", "");
    test_charge(w, "F1", "2025-03-17T10:00:00", "2", "68.00", "");
    test_findings f = test_judge(w);
    assert_found(&f, "V16", "2", "1");
}

static void a_charge_without_a_time_is_in_no_cycle(void **state) {
    once_in_15_days(*state);
    test_charge(*state, "F1", "2025-03-02T10:00:00", "1", "68.00", "fee_ocur_time=");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V16");
}

static void without_history_the_first_days_are_not_evaluated(void **state) {
    test_world *w = *state;
    test_stay(w, "endtime=2025-05-01T10:00:00");
    test_service(w, "F1", "C1", "01");
    test_row(w, STL_T_CYCLE, "med_list_codg=C1 limit=1 days=15");
    test_charge(w, "F1", "2025-03-15T10:00:00", "1", "68.00", "");
    test_charge(w, "F1", "2025-03-30T10:00:00", "1", "68.00", "");
    test_findings f = test_judge(w);
    assert_silent(&f, "V16");
    assert_gap(&f, "V16", 1);
}

static void different_list_items_of_one_code_are_not_evaluated(void **state) {
    once_in_15_days(*state);
    test_service(*state, "F2", "C1", "01");
    test_charge(*state, "F2", "2025-03-05T10:00:00", "1", "60.00", "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V16");
    assert_gap(&f, "V16", 1);
}

static void twice_in_seven_days_allows_two(void **state) {
    test_world *w = *state;
    test_given(w, STL_R_HISTORY_ITEM);
    test_service(w, "F1", "C1", "01");
    test_row(w, STL_T_CYCLE, "med_list_codg=C1 limit=2 days=7");
    test_charge(w, "F1", "2025-03-02T10:00:00", "1", "5.00", "");
    test_charge(w, "F1", "2025-03-03T10:00:00", "1", "5.00", "");
    test_findings f = test_judge(w);
    assert_silent(&f, "V16");
    test_charge(w, "F1", "2025-03-04T10:00:00", "1", "5.00", "");
    f = test_judge(w);
    assert_found(&f, "V16", "3", "1 2");
}

static void a_use_elsewhere_on_the_same_day_came_first(void **state) {
    once_in_15_days(*state);
    test_record(*state, STL_R_HISTORY_ITEM,
                "mdtrt_id=T0 med_list_codg=C1 fee_ocur_time=2025-03-01T23:00:00");
    test_findings f = test_judge(*state);
    assert_found(&f, "V16", "1", "");
}

static void a_use_elsewhere_counts_for_its_item_only(void **state) {
    once_in_15_days(*state);
    test_service(*state, "F2", "C2", "01");
    test_row(*state, STL_T_CYCLE, "med_list_codg=C2 limit=1 days=15");
    test_charge(*state, "F2", "2025-03-04T10:00:00", "1", "5.00", "");
    test_record(*state, STL_R_HISTORY_ITEM,
                "mdtrt_id=T0 med_list_codg=C1 fee_ocur_time=2025-02-20T10:00:00");
    test_findings f = test_judge(*state);
    assert_found(&f, "V16", "1", "");
}

static void sixteen_uses_before_are_named_from_the_last(void **state) {
    test_world *w = *state;
    test_given(w, STL_R_HISTORY_ITEM);
    test_service(w, "F1", "C1", "01");
    test_row(w, STL_T_CYCLE, "med_list_codg=C1 limit=17 days=7");
    for (int i = 0; i < 18; i++)
        test_charge(w, "F1", "2025-03-02T10:00:00", "1", "5.00", "");
    test_findings f = test_judge(w);
    assert_found(&f, "V16", "18", "2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17");
}

static void a_wrong_repetition_is_not_named_with_the_next(void **state) {
    once_in_15_days(*state);
    test_charge(*state, "F1", "2025-03-11T10:00:00", "1", "68.00", "");
    test_charge(*state, "F1", "2025-03-12T10:00:00", "1", "68.00", "");
    test_findings f = test_judge(*state);
    assert_int_equal(test_count(&f, "V16"), 2);
    const stl_finding *next = test_finding(&f, "V16", 1);
    assert_int_equal(next->n_involved, 1);
    assert_int_equal(next->involved[0], 0);
    assert_says(next->evidence, "the one before on 2025-03-01, 11 days apart");
}

static void what_breaks_the_limit_of_one_list_item_is_judged(void **state) {
    once_in_15_days(*state);
    test_service(*state, "F2", "C1", "01");
    test_charge(*state, "F2", "2025-03-05T10:00:00", "1", "60.00", "");
    test_charge(*state, "F2", "2025-03-06T10:00:00", "1", "60.00", "");
    test_findings f = test_judge(*state);
    assert_found(&f, "V16", "3", "2");
    assert_gap(&f, "V16", -1);
}

static void a_charge_refunded_whole_is_in_no_cycle(void **state) {
    once_in_15_days(*state);
    test_charge(*state, "F1", "2025-03-01T11:00:00", "-1", "68.00", "init_feedetl_sn=1");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V16");
    assert_gap(&f, "V16", -1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RULE_TEST(ten_days_later_is_found),
        RULE_TEST(of_one_day_the_later_is_wrong_wherever_it_stands),
        RULE_TEST(the_fourteenth_day_after_is_too_early),
        RULE_TEST(the_fifteenth_day_after_is_right),
        RULE_TEST(a_wrong_repetition_does_not_begin_a_cycle),
        RULE_TEST(two_in_one_line_are_found),
        RULE_TEST(a_refunded_repetition_is_right),
        RULE_TEST(an_earlier_stay_counts),
        RULE_TEST(an_earlier_stay_15_days_ago_does_not_matter),
        RULE_TEST(the_later_of_two_on_a_day_is_wrong),
        RULE_TEST(of_a_wrong_line_counts_what_was_still_right),
        RULE_TEST(a_charge_without_a_time_is_in_no_cycle),
        RULE_TEST(the_first_day_that_the_stay_knows_enough_of_is_evaluated),
        RULE_TEST(a_second_cycle_of_the_item_counts_for_itself),
        RULE_TEST(a_later_test_elsewhere_is_not_held_against_an_earlier_one),
        RULE_TEST(items_of_this_stay_are_no_history),
        RULE_TEST(without_history_the_first_days_are_not_evaluated),
        RULE_TEST(different_list_items_of_one_code_are_not_evaluated),
        RULE_TEST(twice_in_seven_days_allows_two),
        RULE_TEST(a_use_elsewhere_on_the_same_day_came_first),
        RULE_TEST(a_use_elsewhere_counts_for_its_item_only),
        RULE_TEST(sixteen_uses_before_are_named_from_the_last),
        RULE_TEST(a_wrong_repetition_is_not_named_with_the_next),
        RULE_TEST(what_breaks_the_limit_of_one_list_item_is_judged),
        RULE_TEST(a_charge_refunded_whole_is_in_no_cycle),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
