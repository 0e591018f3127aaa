/* SPDX-License-Identifier: Apache-2.0 */
#include "support/rules_support.h"

#include <stdio.h>

static void units(test_world *w) {
    test_row(w, STL_T_UNITS, "unit=小时 day_limit=24 minutes=60");
    test_row(w, STL_T_UNITS, "unit=日 day_limit=1 minutes=1440");
}

/* A service counted in `unit`; its price-list code is its own name unless `price` names another. */
static void service(test_world *w, const char *item, const char *code, const char *unit,
                    const char *factor, const char *price) {
    char row[256];
    snprintf(row, sizeof row, "medins_list_codg=%s pric_list_codg=%s", item, price);
    test_item(w, row);
    snprintf(row, sizeof row, "medins_list_codg=%s med_list_codg=%s med_list_unit=%s prcunt=u %s",
             item, code, unit, factor);
    test_map(w, row);
}

static void hours(test_world *w) {
    units(w);
    service(w, "F1", "C1", "小时", "", "P1");
    test_row(w, STL_T_FREQUENCY, "med_list_codg=C1 limit=24 unit=小时 gz_code=GZ1 kp_id=KP1");
}

static void the_limit_of_a_day_is_inclusive(void **state) {
    hours(*state);
    test_charge(*state, "F1", "2025-03-02T10:00:00", "24", "2.00", "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V2");
}

static void ten_times_the_hours_of_a_day_are_found(void **state) {
    hours(*state);
    test_charge(*state, "F1", "2025-03-02T10:00:00", "240", "2.00", "");
    test_findings f = test_judge(*state);
    assert_found(&f, "V2", "1", "");
    const stl_finding *found = test_finding(&f, "V2", 0);
    assert_int_equal(found->vola_amt, test_money("432.00")); /* 216 of 240 hours */
    assert_str(found->gz_code, "GZ1");
    assert_says(found->evidence, "240 小时 on the day > limit 24 小时");
    assert_says(found->basis, "KP1");
}

static void lines_of_a_day_are_summed_and_the_later_is_wrong(void **state) {
    hours(*state);
    test_charge(*state, "F1", "2025-03-02T10:00:00", "20", "2.00", "");
    test_charge(*state, "F1", "2025-03-02T23:59:59", "5", "2.00", "");
    test_findings f = test_judge(*state);
    assert_found(&f, "V2", "2", "1");
    assert_int_equal(test_finding(&f, "V2", 0)->vola_amt, test_money("10.00"));
}

static void midnight_begins_a_new_day(void **state) {
    hours(*state);
    test_charge(*state, "F1", "2025-03-02T23:59:59", "20", "2.00", "");
    test_charge(*state, "F1", "2025-03-03T00:00:00", "20", "2.00", "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V2");
}

static void refunds_are_netted_first(void **state) {
    hours(*state);
    test_charge(*state, "F1", "2025-03-02T10:00:00", "30", "2.00", "");
    test_charge(*state, "F1", "2025-03-02T11:00:00", "-6", "2.00", "init_feedetl_sn=1");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V2");
}

static void a_refund_too_small_leaves_the_finding(void **state) {
    hours(*state);
    test_charge(*state, "F1", "2025-03-02T10:00:00", "30", "2.00", "");
    test_charge(*state, "F1", "2025-03-02T11:00:00", "-5", "2.00", "init_feedetl_sn=1");
    test_findings f = test_judge(*state);
    assert_found(&f, "V2", "1", "");
    assert_int_equal(test_finding(&f, "V2", 0)->vola_amt, test_money("2.00"));
}

static void quantity_is_converted_by_the_mapping(void **state) {
    units(*state);
    service(*state, "F1", "C1", "小时", "factor_num=24", "P1");
    test_row(*state, STL_T_FREQUENCY, "med_list_codg=C1 limit=24 unit=小时");
    test_charge(*state, "F1", "2025-03-02T10:00:00", "1", "2.00", "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V2");
}

static void converted_quantity_over_the_limit_is_found(void **state) {
    units(*state);
    service(*state, "F1", "C1", "小时", "factor_num=24", "P1");
    test_row(*state, STL_T_FREQUENCY, "med_list_codg=C1 limit=24 unit=小时");
    test_charge(*state, "F1", "2025-03-02T10:00:00", "1.1", "2.00", "");
    test_findings f = test_judge(*state);
    assert_found(&f, "V2", "1", "");
}

static void minutes_are_compared_with_a_limit_in_hours(void **state) {
    units(*state);
    test_row(*state, STL_T_UNITS, "unit=分钟 day_limit=1440 minutes=1");
    service(*state, "F1", "C1", "分钟", "", "P1");
    test_row(*state, STL_T_FREQUENCY, "med_list_codg=C1 limit=12 unit=小时");
    test_charge(*state, "F1", "2025-03-02T10:00:00", "720", "2.00", "");
    test_charge(*state, "F1", "2025-03-03T10:00:00", "721", "2.00", "");
    test_findings f = test_judge(*state);
    assert_found(&f, "V2", "2", "");
    assert_gap(&f, "V2", -1);
}

static void a_later_limit_of_the_item_binds_in_its_time(void **state) {
    hours(*state);
    test_row(*state, STL_T_FREQUENCY, "med_list_codg=C1 limit=12 unit=小时 begndate=2025-03-03");
    test_charge(*state, "F1", "2025-03-02T10:00:00", "13", "2.00", "");
    test_charge(*state, "F1", "2025-03-03T10:00:00", "13", "2.00", "");
    test_findings f = test_judge(*state);
    assert_found(&f, "V2", "2", "");
}

static void a_charge_without_a_time_is_of_no_day(void **state) {
    hours(*state);
    test_charge(*state, "F1", "2025-03-02T10:00:00", "240", "2.00", "fee_ocur_time=");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V2");
}

static void hours_are_compared_with_a_limit_in_days(void **state) {
    units(*state);
    service(*state, "F1", "C1", "小时", "", "P1");
    test_row(*state, STL_T_FREQUENCY, "med_list_codg=C1 limit=1 unit=日");
    test_charge(*state, "F1", "2025-03-02T10:00:00", "24", "2.00", "");
    test_charge(*state, "F1", "2025-03-03T10:00:00", "25", "2.00", "");
    test_findings f = test_judge(*state);
    assert_found(&f, "V2", "2", "");
}

static void a_unit_that_is_no_time_is_not_evaluated(void **state) {
    units(*state);
    service(*state, "F1", "C1", "根/日", "", "P1");
    test_row(*state, STL_T_FREQUENCY, "med_list_codg=C1 limit=1 unit=日");
    test_charge(*state, "F1", "2025-03-02T10:00:00", "3", "2.00", "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V2");
    assert_gap(&f, "V2", 1);
}

static void without_a_limit_of_its_own_the_unit_limits(void **state) {
    units(*state);
    service(*state, "F1", "C1", "小时", "", "P1");
    test_charge(*state, "F1", "2025-03-02T10:00:00", "24", "2.00", "");
    test_charge(*state, "F1", "2025-03-03T10:00:00", "24.5", "2.00", "");
    test_findings f = test_judge(*state);
    assert_found(&f, "V2", "2", "");
    assert_says(test_finding(&f, "V2", 0)->basis, "units.csv 小时");
}

static void a_unit_without_limit_is_silent(void **state) {
    units(*state);
    service(*state, "F1", "C1", "次", "", "P1");
    test_charge(*state, "F1", "2025-03-02T10:00:00", "500", "2.00", "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V2");
    assert_gap(&f, "V2", -1);
}

/* A bed of three and a bed of four share the code of "ward bed". */
static void different_list_items_of_one_code_are_not_evaluated(void **state) {
    units(*state);
    service(*state, "F1", "C1", "日", "", "Pa");
    service(*state, "F2", "C1", "日", "", "Pb");
    test_row(*state, STL_T_FREQUENCY, "med_list_codg=C1 limit=1 unit=日");
    test_charge(*state, "F1", "2025-03-02T10:00:00", "1", "2.00", "");
    test_charge(*state, "F2", "2025-03-02T20:00:00", "1", "2.00", "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V2");
    assert_gap(&f, "V2", 2);
}

static void two_hospital_items_of_one_list_item_are_summed(void **state) {
    units(*state);
    service(*state, "F1", "C1", "日", "", "Pa");
    service(*state, "F2", "C1", "日", "", "Pa");
    test_row(*state, STL_T_FREQUENCY, "med_list_codg=C1 limit=1 unit=日");
    test_charge(*state, "F1", "2025-03-02T10:00:00", "1", "2.00", "");
    test_charge(*state, "F2", "2025-03-02T20:00:00", "1", "2.00", "");
    test_findings f = test_judge(*state);
    assert_found(&f, "V2", "2", "1");
}

static void one_list_item_alone_over_the_limit_is_certain(void **state) {
    units(*state);
    service(*state, "F1", "C1", "日", "", "Pa");
    service(*state, "F2", "C1", "日", "", "Pb");
    test_row(*state, STL_T_FREQUENCY, "med_list_codg=C1 limit=1 unit=日");
    test_charge(*state, "F1", "2025-03-02T10:00:00", "1", "2.00", "");
    test_charge(*state, "F2", "2025-03-02T11:00:00", "1", "2.00", "");
    test_charge(*state, "F1", "2025-03-02T12:00:00", "1", "2.00", "");
    test_findings f = test_judge(*state);
    assert_found(&f, "V2", "3", "1");
}

static void a_limit_not_yet_in_force_does_not_bind(void **state) {
    service(*state, "F1", "C1", "小时", "", "P1");
    test_row(*state, STL_T_FREQUENCY, "med_list_codg=C1 limit=2 unit=小时 begndate=2025-03-03");
    test_charge(*state, "F1", "2025-03-02T10:00:00", "3", "2.00", "");
    test_charge(*state, "F1", "2025-03-03T10:00:00", "3", "2.00", "");
    test_findings f = test_judge(*state);
    assert_found(&f, "V2", "2", "");
}

static void hours_are_compared_with_a_limit_in_minutes(void **state) {
    units(*state);
    test_row(*state, STL_T_UNITS, "unit=分钟 minutes=1");
    service(*state, "F1", "C1", "小时", "", "P1");
    test_row(*state, STL_T_FREQUENCY, "med_list_codg=C1 limit=60 unit=分钟");
    test_charge(*state, "F1", "2025-03-02T10:00:00", "1", "2.00", "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V2");
    assert_gap(&f, "V2", -1);
    test_charge(*state, "F1", "2025-03-02T11:00:00", "1", "2.00", "");
    f = test_judge(*state);
    assert_found(&f, "V2", "2", "1");
}

static void each_list_item_of_a_code_is_held_to_the_limit(void **state) {
    units(*state);
    service(*state, "F1", "C1", "次", "", "P1");
    service(*state, "F2", "C1", "次", "", "P2");
    test_row(*state, STL_T_FREQUENCY, "med_list_codg=C1 limit=2 unit=次");
    test_charge(*state, "F1", "2025-03-02T10:00:00", "1", "2.00", "");
    test_charge(*state, "F2", "2025-03-02T11:00:00", "3", "2.00", "");
    test_findings f = test_judge(*state);
    assert_found(&f, "V2", "2", "");
}

static void each_list_item_of_a_code_is_held_to_its_unit(void **state) {
    units(*state);
    service(*state, "F1", "C1", "小时", "", "P1");
    service(*state, "F2", "C1", "小时", "", "P2");
    test_charge(*state, "F1", "2025-03-02T10:00:00", "1", "2.00", "");
    test_charge(*state, "F2", "2025-03-02T11:00:00", "25", "2.00", "");
    test_findings f = test_judge(*state);
    assert_found(&f, "V2", "2", "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RULE_TEST(the_limit_of_a_day_is_inclusive),
        RULE_TEST(minutes_are_compared_with_a_limit_in_hours),
        RULE_TEST(a_later_limit_of_the_item_binds_in_its_time),
        RULE_TEST(a_charge_without_a_time_is_of_no_day),
        RULE_TEST(ten_times_the_hours_of_a_day_are_found),
        RULE_TEST(lines_of_a_day_are_summed_and_the_later_is_wrong),
        RULE_TEST(midnight_begins_a_new_day),
        RULE_TEST(refunds_are_netted_first),
        RULE_TEST(a_refund_too_small_leaves_the_finding),
        RULE_TEST(quantity_is_converted_by_the_mapping),
        RULE_TEST(converted_quantity_over_the_limit_is_found),
        RULE_TEST(hours_are_compared_with_a_limit_in_days),
        RULE_TEST(a_unit_that_is_no_time_is_not_evaluated),
        RULE_TEST(without_a_limit_of_its_own_the_unit_limits),
        RULE_TEST(a_unit_without_limit_is_silent),
        RULE_TEST(different_list_items_of_one_code_are_not_evaluated),
        RULE_TEST(two_hospital_items_of_one_list_item_are_summed),
        RULE_TEST(one_list_item_alone_over_the_limit_is_certain),
        RULE_TEST(a_limit_not_yet_in_force_does_not_bind),
        RULE_TEST(hours_are_compared_with_a_limit_in_minutes),
        RULE_TEST(each_list_item_of_a_code_is_held_to_the_limit),
        RULE_TEST(each_list_item_of_a_code_is_held_to_its_unit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
