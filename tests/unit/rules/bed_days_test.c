/* SPDX-License-Identifier: Apache-2.0 */
#include "support/rules_support.h"

#include <stdio.h>

/* 2025-03-01 08:00 to 2025-03-05 10:00: four nights. */
static void ward(test_world *w) {
    test_row(w, STL_T_UNITS, "unit=日 minutes=1440");
    test_row(w, STL_T_UNITS, "unit=小时 minutes=60");
    test_row(w, STL_T_BEDS, "med_list_codg=BED");
    test_item(w, "medins_list_codg=F1 pric_list_codg=P1");
    test_map(w, "medins_list_codg=F1 med_list_codg=BED prcunt=日 med_list_unit=日");
}

static void bed(test_world *w, int day, const char *cnt) {
    char at[32];
    snprintf(at, sizeof at, "2025-03-%02dT23:50:00", day);
    test_charge(w, "F1", at, cnt, "40.00", "");
}

static void nights(test_world *w, int from, int to) {
    for (int day = from; day <= to; day++)
        bed(w, day, "1");
}

static void as_many_beds_as_nights_are_right(void **state) {
    ward(*state);
    nights(*state, 1, 4);
    test_findings f = test_judge(*state);
    assert_silent(&f, "V4");
    assert_gap(&f, "V4", -1);
}

static void a_refunded_bed_is_neither_counted_nor_named(void **state) {
    ward(*state);
    nights(*state, 1, 4);
    bed(*state, 3, "1");
    test_charge(*state, "F1", "2025-03-04T09:00:00", "-1", "40.00", "init_feedetl_sn=5");
    test_charge(*state, "F1", "2025-03-05T09:00:00", "1", "40.00", "");
    test_findings f = test_judge(*state);
    assert_found(&f, "V4", "7", "");
}

static void the_later_bed_of_a_night_is_wrong_whatever_its_kind(void **state) {
    ward(*state);
    test_row(*state, STL_T_BEDS, "med_list_codg=ICU");
    test_item(*state, "medins_list_codg=F2 pric_list_codg=P2");
    test_map(*state, "medins_list_codg=F2 med_list_codg=ICU prcunt=日 med_list_unit=日");
    nights(*state, 1, 4);
    test_charge(*state, "F2", "2025-03-02T09:00:00", "1", "90.00", "");
    test_findings f = test_judge(*state);
    assert_found(&f, "V4", "2", "5");
}

static void each_double_night_names_its_first_bed(void **state) {
    ward(*state);
    nights(*state, 1, 4);
    test_charge(*state, "F1", "2025-03-01T23:55:00", "1", "40.00", "");
    test_charge(*state, "F1", "2025-03-02T23:55:00", "1", "40.00", "");
    test_findings f = test_judge(*state);
    assert_found(&f, "V4", "5 6", "1 2");
}

static void the_day_of_discharge_comes_before_the_day_before_admission(void **state) {
    ward(*state);
    test_charge(*state, "F1", "2025-02-28T23:50:00", "1", "40.00", "");
    nights(*state, 2, 4);
    test_charge(*state, "F1", "2025-03-05T09:00:00", "1", "40.00", "");
    test_findings f = test_judge(*state);
    assert_found(&f, "V4", "5", "");
}

static void no_more_double_nights_are_wrong_than_beds_too_many(void **state) {
    ward(*state);
    nights(*state, 1, 2);
    test_charge(*state, "F1", "2025-03-01T23:55:00", "1", "40.00", "");
    test_charge(*state, "F1", "2025-03-02T23:55:00", "1", "40.00", "");
    bed(*state, 4, "1");
    test_findings f = test_judge(*state);
    assert_found(&f, "V4", "4", "2");
}

static void a_bed_before_the_admission_is_wrong(void **state) {
    ward(*state);
    test_charge(*state, "F1", "2025-02-28T23:50:00", "1", "40.00", "");
    nights(*state, 1, 4);
    test_findings f = test_judge(*state);
    assert_found(&f, "V4", "1", "");
}

static void without_a_double_night_the_last_bed_is_wrong(void **state) {
    ward(*state);
    nights(*state, 1, 2);
    bed(*state, 3, "2");
    bed(*state, 4, "1");
    test_findings f = test_judge(*state);
    assert_found(&f, "V4", "4", "");
}

static void fewer_beds_than_nights_are_right(void **state) {
    ward(*state);
    nights(*state, 2, 4);
    test_findings f = test_judge(*state);
    assert_silent(&f, "V4");
}

static void the_second_bed_of_a_night_is_wrong(void **state) {
    ward(*state);
    nights(*state, 1, 4);
    test_charge(*state, "F1", "2025-03-02T23:59:00", "1", "40.00", "");
    test_findings f = test_judge(*state);
    assert_found(&f, "V4", "5", "2");
    assert_says(test_finding(&f, "V4", 0)->evidence, "5 bed-days charged > 4 nights");
    assert_int_equal(test_finding(&f, "V4", 0)->vola_amt, test_money("40.00"));
}

static void a_bed_on_the_day_of_discharge_is_wrong(void **state) {
    ward(*state);
    nights(*state, 1, 5);
    test_findings f = test_judge(*state);
    assert_found(&f, "V4", "5", "");
}

static void beds_booked_the_morning_after_are_right(void **state) {
    ward(*state);
    nights(*state, 2, 5);
    test_findings f = test_judge(*state);
    assert_silent(&f, "V4");
}

static void one_line_may_sum_all_nights(void **state) {
    ward(*state);
    bed(*state, 5, "4");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V4");
}

static void a_sum_of_more_than_all_nights_is_wrong(void **state) {
    ward(*state);
    bed(*state, 5, "4.5");
    test_findings f = test_judge(*state);
    assert_found(&f, "V4", "1", "");
}

static void a_day_stay_bears_one_bed(void **state) {
    ward(*state);
    test_stay(*state, "endtime=2025-03-01T18:00:00");
    bed(*state, 1, "1");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V4");
}

static void a_day_stay_bears_no_second_bed(void **state) {
    ward(*state);
    test_stay(*state, "endtime=2025-03-01T18:00:00");
    bed(*state, 1, "1");
    bed(*state, 1, "1");
    test_findings f = test_judge(*state);
    assert_found(&f, "V4", "2", "1");
    assert_says(test_finding(&f, "V4", 0)->evidence, "2 bed-days charged > 1 nights");
}

static void a_refunded_bed_does_not_count(void **state) {
    ward(*state);
    nights(*state, 1, 5);
    test_charge(*state, "F1", "2025-03-05T09:00:00", "-1", "40.00", "init_feedetl_sn=5");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V4");
}

static void beds_of_others_do_not_count(void **state) {
    ward(*state);
    test_item(*state, "medins_list_codg=F2 pric_list_codg=P2");
    test_map(*state, "medins_list_codg=F2 med_list_codg=COT prcunt=日 med_list_unit=日");
    nights(*state, 1, 4);
    test_charge(*state, "F2", "2025-03-02T23:59:00", "1", "20.00", "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V4");
}

static void beds_by_the_hour_are_converted(void **state) {
    ward(*state);
    test_map(*state, "medins_list_codg=F3 med_list_codg=BED prcunt=小时 med_list_unit=小时");
    nights(*state, 1, 3);
    test_charge(*state, "F3", "2025-03-04T23:59:00", "24", "2.00", "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V4");
    test_charge(*state, "F3", "2025-03-05T09:00:00", "12", "2.00", "");
    f = test_judge(*state);
    assert_found(&f, "V4", "5", "");
    assert_says(test_finding(&f, "V4", 0)->evidence, "4.5 bed-days");
}

static void without_a_discharge_it_is_not_evaluated(void **state) {
    ward(*state);
    test_stay(*state, "endtime=");
    nights(*state, 1, 9);
    test_findings f = test_judge(*state);
    assert_silent(&f, "V4");
    assert_gap(&f, "V4", 9);
}

static void a_bed_whose_unit_is_no_time_is_not_evaluated(void **state) {
    ward(*state);
    test_item(*state, "medins_list_codg=F3 pric_list_codg=P1");
    test_map(*state, "medins_list_codg=F3 med_list_codg=BED prcunt=次 med_list_unit=次");
    test_charge(*state, "F3", "2025-03-02T10:00:00", "9", "40.00", "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V4");
    assert_gap(&f, "V4", 1);
    assert_missing(&f, "V4", "a unit of time of the bed charge");
}

static void beds_by_the_minute_are_converted(void **state) {
    ward(*state);
    test_row(*state, STL_T_UNITS, "unit=分钟 minutes=1");
    test_item(*state, "medins_list_codg=F3 pric_list_codg=P1");
    test_map(*state, "medins_list_codg=F3 med_list_codg=BED prcunt=分钟 med_list_unit=分钟");
    test_charge(*state, "F3", "2025-03-01T10:00:00", "7200", "0.02", "");
    test_findings f = test_judge(*state);
    assert_found(&f, "V4", "1", "");
    assert_says(test_finding(&f, "V4", 0)->evidence, "5 bed-days charged > 4 nights");
}

static void without_beds_the_times_of_the_stay_are_not_asked(void **state) {
    ward(*state);
    test_stay(*state, "endtime=");
    test_findings f = test_judge(*state);
    assert_gap(&f, "V4", -1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RULE_TEST(as_many_beds_as_nights_are_right),
        RULE_TEST(no_more_double_nights_are_wrong_than_beds_too_many),
        RULE_TEST(a_bed_before_the_admission_is_wrong),
        RULE_TEST(without_a_double_night_the_last_bed_is_wrong),
        RULE_TEST(a_refunded_bed_is_neither_counted_nor_named),
        RULE_TEST(the_later_bed_of_a_night_is_wrong_whatever_its_kind),
        RULE_TEST(each_double_night_names_its_first_bed),
        RULE_TEST(the_day_of_discharge_comes_before_the_day_before_admission),
        RULE_TEST(fewer_beds_than_nights_are_right),
        RULE_TEST(the_second_bed_of_a_night_is_wrong),
        RULE_TEST(a_bed_on_the_day_of_discharge_is_wrong),
        RULE_TEST(beds_booked_the_morning_after_are_right),
        RULE_TEST(one_line_may_sum_all_nights),
        RULE_TEST(a_sum_of_more_than_all_nights_is_wrong),
        RULE_TEST(a_day_stay_bears_one_bed),
        RULE_TEST(a_day_stay_bears_no_second_bed),
        RULE_TEST(a_refunded_bed_does_not_count),
        RULE_TEST(beds_of_others_do_not_count),
        RULE_TEST(beds_by_the_hour_are_converted),
        RULE_TEST(without_a_discharge_it_is_not_evaluated),
        RULE_TEST(a_bed_whose_unit_is_no_time_is_not_evaluated),
        RULE_TEST(beds_by_the_minute_are_converted),
        RULE_TEST(without_beds_the_times_of_the_stay_are_not_asked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
