/* SPDX-License-Identifier: Apache-2.0 */
#include "support/rules_support.h"

#include <stdio.h>

static void pair(test_world *w, const char *period, const char *more) {
    char row[256];
    snprintf(
        row, sizeof row,
        "main_code=CM component_code=CP frequency=%s remark=含组成项目 gz_code=GZ1 kp_id=KP1 %s",
        period, more);
    test_row(w, STL_T_PAIRS, row);
    test_service(w, "M", "CM", "01");
    test_service(w, "P", "CP", "01");
}

static void main_item(test_world *w, const char *at) {
    test_charge(w, "M", at, "1", "100.00", "");
}

static void part(test_world *w, const char *at) {
    test_charge(w, "P", at, "1", "7.00", "");
}

static void component_on_the_same_day_is_found(void **state) {
    pair(*state, "day", "");
    main_item(*state, "2025-03-02T23:59:59");
    part(*state, "2025-03-02T00:00:00");
    test_findings f = test_judge(*state);
    assert_found(&f, "V6", "2", "1");
    const stl_finding *found = test_finding(&f, "V6", 0);
    assert_int_equal(found->vola_amt, test_money("7.00"));
    assert_str(found->gz_code, "GZ1");
    assert_says(found->basis, "CM × CP KP1");
    assert_says(found->evidence, "2025-03-02 23:59:59");
    assert_says(found->evidence, "含组成项目");
}

static void midnight_parts_the_days(void **state) {
    pair(*state, "day", "");
    main_item(*state, "2025-03-02T23:59:59");
    part(*state, "2025-03-03T00:00:00");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V6");
}

static void each_day_is_a_finding_of_its_own(void **state) {
    pair(*state, "day", "");
    main_item(*state, "2025-03-02T10:00:00");
    part(*state, "2025-03-02T11:00:00");
    part(*state, "2025-03-02T12:00:00");
    part(*state, "2025-03-03T10:00:00");
    main_item(*state, "2025-03-04T10:00:00");
    part(*state, "2025-03-04T11:00:00");
    test_findings f = test_judge(*state);
    assert_int_equal(test_count(&f, "V6"), 2);
    assert_int_equal(test_finding(&f, "V6", 0)->n_lines, 2);
    assert_int_equal(test_finding(&f, "V6", 1)->lines[0], 5);
}

static void component_anywhere_in_the_visit_is_found(void **state) {
    pair(*state, "visit", "");
    part(*state, "2025-03-01T10:00:00");
    main_item(*state, "2025-03-04T10:00:00");
    part(*state, "2025-03-05T09:00:00");
    test_findings f = test_judge(*state);
    assert_found(&f, "V6", "1 3", "2");
}

static void component_without_its_main_item_is_right(void **state) {
    pair(*state, "visit", "");
    part(*state, "2025-03-01T10:00:00");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V6");
}

static void refunded_main_item_leaves_the_component(void **state) {
    pair(*state, "visit", "");
    main_item(*state, "2025-03-02T10:00:00");
    part(*state, "2025-03-02T11:00:00");
    test_charge(*state, "M", "2025-03-02T12:00:00", "-1", "100.00", "init_feedetl_sn=1");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V6");
}

static void refunded_component_is_right(void **state) {
    pair(*state, "day", "");
    main_item(*state, "2025-03-02T10:00:00");
    part(*state, "2025-03-02T11:00:00");
    test_charge(*state, "P", "2025-03-02T12:00:00", "-1", "7.00", "init_feedetl_sn=2");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V6");
}

static void the_last_second_of_an_hour_is_in_it(void **state) {
    pair(*state, "hour", "");
    main_item(*state, "2025-03-02T09:00:00");
    part(*state, "2025-03-02T09:59:59");
    test_findings f = test_judge(*state);
    assert_found(&f, "V6", "2", "1");
}

static void the_first_second_of_the_next_hour_is_not(void **state) {
    pair(*state, "hour", "");
    main_item(*state, "2025-03-02T09:59:59");
    part(*state, "2025-03-02T10:00:00");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V6");
    assert_gap(&f, "V6", -1);
}

static void one_second_less_than_six_hours_is_within(void **state) {
    pair(*state, "6h", "");
    main_item(*state, "2025-03-02T20:00:00");
    part(*state, "2025-03-03T01:59:59");
    test_findings f = test_judge(*state);
    assert_found(&f, "V6", "2", "1");
}

static void exactly_six_hours_is_not_within(void **state) {
    pair(*state, "6h", "");
    main_item(*state, "2025-03-02T20:00:00");
    part(*state, "2025-03-03T02:00:00");
    part(*state, "2025-03-02T14:00:00");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V6");
}

static void six_hours_before_count_like_six_hours_after(void **state) {
    pair(*state, "6h", "");
    part(*state, "2025-03-02T14:00:01");
    main_item(*state, "2025-03-02T20:00:00");
    test_findings f = test_judge(*state);
    assert_found(&f, "V6", "1", "2");
}

static void the_nearest_main_item_of_six_hours_is_named(void **state) {
    pair(*state, "6h", "");
    main_item(*state, "2025-03-02T02:00:00");
    main_item(*state, "2025-03-02T10:00:00");
    main_item(*state, "2025-03-02T18:00:00");
    part(*state, "2025-03-02T12:00:00");
    part(*state, "2025-03-02T15:30:00");
    test_findings f = test_judge(*state);
    assert_int_equal(test_count(&f, "V6"), 2);
    assert_int_equal(test_finding(&f, "V6", 0)->involved[0], 1);
    assert_int_equal(test_finding(&f, "V6", 1)->involved[0], 2);
}

/* Both sides charged by the hour. */
static void hourly(test_world *w, const char *period, const char *main_hours,
                   const char *part_hours) {
    char row[256];
    snprintf(row, sizeof row, "main_code=CM component_code=CP frequency=%s", period);
    test_row(w, STL_T_PAIRS, row);
    test_row(w, STL_T_UNITS, "unit=小时 day_limit=24 minutes=60");
    test_map(w, "medins_list_codg=M med_list_codg=CM prcunt=小时 med_list_unit=小时");
    test_map(w, "medins_list_codg=P med_list_codg=CP prcunt=小时 med_list_unit=小时");
    test_charge(w, "M", "2025-03-02T22:30:04", main_hours, "30.00", "");
    test_charge(w, "P", "2025-03-02T08:30:40", part_hours, "4.50", "");
}

static void twentyfour_hours_and_one_overlap_for_certain(void **state) {
    hourly(*state, "hour", "24", "1");
    test_findings f = test_judge(*state);
    assert_found(&f, "V6", "2", "1");
}

static void twelve_hours_and_twelve_need_not_overlap(void **state) {
    hourly(*state, "hour", "12", "12");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V6");
    assert_gap(&f, "V6", 1);
}

static void twelve_hours_and_a_little_more_overlap(void **state) {
    hourly(*state, "hour", "12", "12.5");
    test_findings f = test_judge(*state);
    assert_found(&f, "V6", "2", "1");
}

static void one_hour_each_is_compared_by_the_clock(void **state) {
    hourly(*state, "hour", "1", "1");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V6");
    assert_gap(&f, "V6", -1);
}

static void sums_of_hours_within_six_hours_are_not_evaluated(void **state) {
    hourly(*state, "6h", "5", "1");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V6");
    assert_gap(&f, "V6", 1);
}

static void a_day_of_the_main_item_and_its_component_are_within_six_hours(void **state) {
    hourly(*state, "6h", "24", "1");
    test_findings f = test_judge(*state);
    assert_found(&f, "V6", "2", "1");
}

/* A sum of hours may reach into the next day and come from the day before. */
static void sums_of_hours_on_the_next_day_are_not_evaluated(void **state) {
    hourly(*state, "6h", "5", "1");
    test_charge(*state, "P", "2025-03-03T08:30:40", "1", "4.50", "");
    test_charge(*state, "P", "2025-03-01T23:30:40", "1", "4.50", "");
    test_charge(*state, "P", "2025-03-04T00:30:40", "1", "4.50", "");
    test_charge(*state, "P", "2025-02-28T08:30:40", "1", "4.50", "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V6");
    assert_gap(&f, "V6", 3);
}

static void the_later_main_item_is_named_where_it_is_nearer(void **state) {
    pair(*state, "6h", "");
    main_item(*state, "2025-03-02T10:00:00");
    main_item(*state, "2025-03-02T16:30:00");
    part(*state, "2025-03-02T15:00:00");
    test_findings f = test_judge(*state);
    assert_found(&f, "V6", "3", "2");
}

static void one_hour_among_several_is_met(void **state) {
    pair(*state, "hour", "");
    main_item(*state, "2025-03-02T08:10:00");
    main_item(*state, "2025-03-02T10:10:00");
    part(*state, "2025-03-02T10:50:00");
    test_findings f = test_judge(*state);
    assert_found(&f, "V6", "3", "2");
}

static void two_charges_of_one_hour_are_one_hour(void **state) {
    hourly(*state, "hour", "23", "1");
    test_charge(*state, "P", "2025-03-02T08:40:00", "1", "4.50", "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V6");
    assert_gap(&f, "V6", 2);
}

static void a_full_day_of_both_need_not_overlap_within_six_hours(void **state) {
    hourly(*state, "6h", "23", "1");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V6");
}

static void of_two_as_near_the_earlier_main_item_is_named(void **state) {
    pair(*state, "6h", "");
    main_item(*state, "2025-03-02T10:00:00");
    main_item(*state, "2025-03-02T14:00:00");
    part(*state, "2025-03-02T12:00:00");
    test_findings f = test_judge(*state);
    assert_found(&f, "V6", "3", "1");
}

static void sums_of_hours_do_not_matter_by_day(void **state) {
    hourly(*state, "day", "5", "5");
    test_findings f = test_judge(*state);
    assert_found(&f, "V6", "2", "1");
}

static void component_of_two_packages_is_one_finding(void **state) {
    pair(*state, "day", "");
    test_row(*state, STL_T_PAIRS, "main_code=CN component_code=CP frequency=visit kp_id=KP2");
    test_service(*state, "N", "CN", "01");
    main_item(*state, "2025-03-02T10:00:00");
    part(*state, "2025-03-02T11:00:00");
    test_charge(*state, "N", "2025-03-04T10:00:00", "1", "50.00", "");
    test_findings f = test_judge(*state);
    assert_found(&f, "V6", "2", "1 3");
    assert_says(test_finding(&f, "V6", 0)->basis, "KP1");
    assert_says(test_finding(&f, "V6", 0)->basis, "KP2");
    assert_int_equal(test_finding(&f, "V6", 0)->vola_amt, test_money("7.00"));
}

static void a_pair_ends_with_its_last_day(void **state) {
    pair(*state, "day", "enddate=2025-03-02");
    main_item(*state, "2025-03-02T10:00:00");
    part(*state, "2025-03-02T11:00:00");
    main_item(*state, "2025-03-03T10:00:00");
    part(*state, "2025-03-03T11:00:00");
    test_findings f = test_judge(*state);
    assert_found(&f, "V6", "2", "1");
}

static void each_of_several_days_is_met(void **state) {
    pair(*state, "day", "");
    main_item(*state, "2025-03-01T10:00:00");
    main_item(*state, "2025-03-02T10:00:00");
    main_item(*state, "2025-03-02T11:00:00");
    main_item(*state, "2025-03-02T12:00:00");
    main_item(*state, "2025-03-04T10:00:00");
    part(*state, "2025-03-01T10:00:00");
    part(*state, "2025-03-02T10:00:00");
    part(*state, "2025-03-03T10:00:00");
    part(*state, "2025-03-04T10:00:00");
    test_findings f = test_judge(*state);
    assert_int_equal(test_count(&f, "V6"), 3);
    assert_int_equal(test_finding(&f, "V6", 0)->lines[0], 5);
    assert_int_equal(test_finding(&f, "V6", 1)->lines[0], 6);
    assert_int_equal(test_finding(&f, "V6", 1)->n_involved, 3);
    assert_int_equal(test_finding(&f, "V6", 2)->lines[0], 8);
    assert_int_equal(test_finding(&f, "V6", 2)->n_involved, 1);
}

static void a_pair_begins_with_its_first_day(void **state) {
    pair(*state, "day", "begndate=2025-03-02");
    main_item(*state, "2025-03-01T10:00:00");
    part(*state, "2025-03-01T11:00:00");
    main_item(*state, "2025-03-02T10:00:00");
    part(*state, "2025-03-02T11:00:00");
    test_findings f = test_judge(*state);
    assert_found(&f, "V6", "4", "3");
}

static void the_period_is_told(void **state) {
    pair(*state, "visit", "");
    main_item(*state, "2025-03-01T10:00:00");
    part(*state, "2025-03-03T11:00:00");
    test_findings f = test_judge(*state);
    assert_says(test_finding(&f, "V6", 0)->evidence, " in one stay: 含组成项目");
}

static void a_component_of_another_item_is_right(void **state) {
    test_row(*state, STL_T_PAIRS, "main_code=CM component_code=CX frequency=visit");
    test_row(*state, STL_T_PAIRS, "main_code=CN component_code=CP frequency=visit");
    test_service(*state, "M", "CM", "01");
    test_service(*state, "P", "CP", "01");
    main_item(*state, "2025-03-01T10:00:00");
    part(*state, "2025-03-01T11:00:00");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V6");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RULE_TEST(component_on_the_same_day_is_found),
        RULE_TEST(midnight_parts_the_days),
        RULE_TEST(each_day_is_a_finding_of_its_own),
        RULE_TEST(component_anywhere_in_the_visit_is_found),
        RULE_TEST(component_without_its_main_item_is_right),
        RULE_TEST(refunded_main_item_leaves_the_component),
        RULE_TEST(refunded_component_is_right),
        RULE_TEST(the_last_second_of_an_hour_is_in_it),
        RULE_TEST(the_first_second_of_the_next_hour_is_not),
        RULE_TEST(one_second_less_than_six_hours_is_within),
        RULE_TEST(exactly_six_hours_is_not_within),
        RULE_TEST(six_hours_before_count_like_six_hours_after),
        RULE_TEST(the_nearest_main_item_of_six_hours_is_named),
        RULE_TEST(twentyfour_hours_and_one_overlap_for_certain),
        RULE_TEST(twelve_hours_and_twelve_need_not_overlap),
        RULE_TEST(twelve_hours_and_a_little_more_overlap),
        RULE_TEST(one_hour_each_is_compared_by_the_clock),
        RULE_TEST(sums_of_hours_within_six_hours_are_not_evaluated),
        RULE_TEST(one_hour_among_several_is_met),
        RULE_TEST(two_charges_of_one_hour_are_one_hour),
        RULE_TEST(a_full_day_of_both_need_not_overlap_within_six_hours),
        RULE_TEST(of_two_as_near_the_earlier_main_item_is_named),
        RULE_TEST(a_day_of_the_main_item_and_its_component_are_within_six_hours),
        RULE_TEST(sums_of_hours_on_the_next_day_are_not_evaluated),
        RULE_TEST(the_later_main_item_is_named_where_it_is_nearer),
        RULE_TEST(sums_of_hours_do_not_matter_by_day),
        RULE_TEST(component_of_two_packages_is_one_finding),
        RULE_TEST(a_pair_ends_with_its_last_day),
        RULE_TEST(each_of_several_days_is_met),
        RULE_TEST(a_pair_begins_with_its_first_day),
        RULE_TEST(the_period_is_told),
        RULE_TEST(a_component_of_another_item_is_right),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
