/* SPDX-License-Identifier: Apache-2.0 */
#include "support/rules_support.h"

#include <stdio.h>

static test_findings judge(test_world *w, const char *map) {
    char row[256];
    snprintf(row, sizeof row, "medins_list_codg=F1 med_list_codg=C1 %s", map);
    test_row(w, STL_T_UNITS, "unit=小时 day_limit=24 minutes=60");
    test_row(w, STL_T_UNITS, "unit=日 day_limit=1 minutes=1440");
    test_item(w, "medins_list_codg=F1 pric_list_codg=P1");
    test_map(w, row);
    test_charge(w, "F1", "2025-03-02T10:00:00", "1", "2.00", "");
    test_charge(w, "F1", "2025-03-03T10:00:00", "1", "2.00", "");
    return test_judge(w);
}

static void a_day_is_24_hours(void **state) {
    test_findings f = judge(*state, "prcunt=日 med_list_unit=小时 factor_num=24");
    assert_silent(&f, "V2");
}

static void a_day_of_240_hours_is_found_once_at_each_line(void **state) {
    test_findings f = judge(*state, "map_id=M7 prcunt=日 med_list_unit=小时 factor_num=240");
    assert_int_equal(test_count(&f, "V2"), 2);
    const stl_finding *found = test_finding(&f, "V2", 1);
    assert_int_equal(found->n_lines, 1);
    assert_int_equal(found->lines[0], 1);
    assert_says(found->evidence, "240 小时 on the day > limit 24 小时");
    assert_says(found->evidence, "conversion factor 240/1 (日 to 小时) cannot be right");
    assert_says(found->basis, "mapping.csv M7");
}

static void a_day_taken_for_an_hour_is_found(void **state) {
    test_findings f = judge(*state, "prcunt=日 med_list_unit=小时 factor_num=1");
    assert_int_equal(test_count(&f, "V2"), 2);
}

static void equal_units_have_factor_one(void **state) {
    test_findings f = judge(*state, "prcunt=次 med_list_unit=次 factor_num=3 factor_den=3");
    assert_silent(&f, "V2");
}

static void equal_units_with_another_factor_are_found(void **state) {
    test_findings f = judge(*state, "prcunt=次 med_list_unit=次 factor_num=2");
    assert_int_equal(test_count(&f, "V2"), 2);
}

static void zero_is_found_at_each_line(void **state) {
    test_findings f = judge(*state, "prcunt=盒 med_list_unit=片 factor_num=0");
    assert_int_equal(test_count(&f, "V2"), 2);
    assert_says(test_finding(&f, "V2", 0)->evidence, "a factor is positive");
}

static void a_negative_divisor_is_found(void **state) {
    test_findings f = judge(*state, "prcunt=盒 med_list_unit=片 factor_num=24 factor_den=-1");
    assert_int_equal(test_count(&f, "V2"), 2);
}

static void a_box_of_10000_is_believed(void **state) {
    test_findings f = judge(*state, "prcunt=盒 med_list_unit=片 factor_num=10000");
    assert_silent(&f, "V2");
}

static void a_box_of_a_million_is_found(void **state) {
    test_findings f = judge(*state, "prcunt=盒 med_list_unit=片 factor_num=1000000");
    assert_int_equal(test_count(&f, "V2"), 2);
}

static void the_millionth_part_is_found(void **state) {
    test_findings f = judge(*state, "prcunt=片 med_list_unit=盒 factor_num=1 factor_den=1000000");
    assert_int_equal(test_count(&f, "V2"), 2);
}

static void extremes_do_not_overflow(void **state) {
    test_findings f = judge(*state, "prcunt=日 med_list_unit=小时 factor_num=9223372036854775 "
                                    "factor_den=9223372036854775");
    assert_int_equal(test_count(&f, "V2"), 2);
}

static void equal_units_of_time_are_told_so(void **state) {
    test_findings f = judge(*state, "prcunt=日 med_list_unit=日 factor_num=2");
    assert_int_equal(test_count(&f, "V2"), 2);
    assert_says(test_finding(&f, "V2", 0)->evidence, "the units are the same, the factor is 1");
}

static void a_day_is_1440_minutes(void **state) {
    test_row(*state, STL_T_UNITS, "unit=分钟 minutes=1");
    test_findings f = judge(*state, "prcunt=日 med_list_unit=分钟 factor_num=1440");
    assert_silent(&f, "V2");
}

static void a_day_of_1439_minutes_is_found(void **state) {
    test_row(*state, STL_T_UNITS, "unit=分钟 minutes=1");
    test_findings f = judge(*state, "prcunt=日 med_list_unit=分钟 factor_num=1439");
    assert_int_equal(test_count(&f, "V2"), 2);
    assert_says(test_finding(&f, "V2", 0)->evidence, "1 日 is 1440 minutes, 1 分钟 is 1 minutes");
}

static void a_divisor_of_zero_is_found(void **state) {
    test_findings f = judge(*state, "prcunt=盒 med_list_unit=片 factor_num=24 factor_den=0");
    assert_int_equal(test_count(&f, "V2"), 2);
}

static void the_ten_thousandth_part_is_believed(void **state) {
    test_findings f = judge(*state, "prcunt=片 med_list_unit=盒 factor_num=1 factor_den=10000");
    assert_silent(&f, "V2");
}

static void a_quantity_beyond_all_numbers_is_found(void **state) {
    test_item(*state, "medins_list_codg=F2");
    test_map(*state, "medins_list_codg=F2 med_list_codg=C2 prcunt=盒 med_list_unit=片 "
                     "factor_num=10000");
    test_charge(*state, "F2", "2025-03-02T10:00:00", "999999999999", "0.01", "");
    test_findings f = test_judge(*state);
    assert_found(&f, "V2", "1", "");
    assert_says(test_finding(&f, "V2", 0)->evidence, "the converted quantity is out of range");
}

static void a_charge_without_a_quantity_has_nothing_to_convert(void **state) {
    test_item(*state, "medins_list_codg=F2");
    test_map(*state, "medins_list_codg=F2 med_list_codg=C2 prcunt=盒 med_list_unit=片 "
                     "factor_num=24");
    test_charge(*state, "F2", "2025-03-02T10:00:00", "1", "1.00", "cnt=");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V2");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RULE_TEST(a_day_is_24_hours),
        RULE_TEST(a_day_of_240_hours_is_found_once_at_each_line),
        RULE_TEST(a_day_taken_for_an_hour_is_found),
        RULE_TEST(equal_units_have_factor_one),
        RULE_TEST(equal_units_with_another_factor_are_found),
        RULE_TEST(zero_is_found_at_each_line),
        RULE_TEST(a_negative_divisor_is_found),
        RULE_TEST(a_box_of_10000_is_believed),
        RULE_TEST(a_box_of_a_million_is_found),
        RULE_TEST(the_millionth_part_is_found),
        RULE_TEST(extremes_do_not_overflow),
        RULE_TEST(equal_units_of_time_are_told_so),
        RULE_TEST(a_day_is_1440_minutes),
        RULE_TEST(a_day_of_1439_minutes_is_found),
        RULE_TEST(a_divisor_of_zero_is_found),
        RULE_TEST(the_ten_thousandth_part_is_believed),
        RULE_TEST(a_quantity_beyond_all_numbers_is_found),
        RULE_TEST(a_charge_without_a_quantity_has_nothing_to_convert),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
