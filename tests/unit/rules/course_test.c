/* SPDX-License-Identifier: Apache-2.0 */
#include "support/rules_support.h"

#include <stdio.h>

static void drug(test_world *w) {
    test_service(w, "D", "XD1", "01");
    test_row(w, STL_T_COURSE, "med_list_codg=XD1 days=3 text=不超过3天 gz_code=GZ10 kp_id=KP10");
}

static void use(test_world *w, int day, const char *more) {
    char at[32];
    snprintf(at, sizeof at, "2025-03-%02dT10:00:00", day);
    test_charge(w, "D", at, "1", "10.00", more);
}

static void days_up_to_the_course_are_paid(void **state) {
    drug(*state);
    for (int day = 1; day <= 3; day++) {
        use(*state, day, "");
        use(*state, day, ""); /* twice a day is one day */
    }
    test_findings f = test_judge(*state);
    assert_silent(&f, "V12");
    assert_gap(&f, "V12", -1);
}

static void the_day_after_the_course_is_found(void **state) {
    drug(*state);
    for (int day = 1; day <= 4; day++)
        use(*state, day, "");
    test_findings f = test_judge(*state);
    assert_found(&f, "V12", "4", "1 2 3");
    const stl_finding *found = test_finding(&f, "V12", 0);
    assert_int_equal(found->vola_amt, test_money("10.00"));
    assert_str(found->gz_code, "GZ10");
    assert_says(found->evidence, "is used for 4 days > 3 days paid for");
    assert_says(found->basis, "rules/course.csv XD1 KP10");
}

static void a_supply_of_several_days_counts_all_of_them(void **state) {
    drug(*state);
    use(*state, 1, "");
    use(*state, 5, "dscg_tkdrug_flag=1 days_supply=3");
    test_findings f = test_judge(*state);
    assert_found(&f, "V12", "2", "1");
}

static void a_supply_that_fits_is_paid(void **state) {
    drug(*state);
    use(*state, 1, "");
    use(*state, 5, "dscg_tkdrug_flag=1 days_supply=2");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V12");
    assert_gap(&f, "V12", -1);
}

static void an_unknown_supply_is_not_evaluated(void **state) {
    drug(*state);
    use(*state, 5, "dscg_tkdrug_flag=1");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V12");
    assert_gap(&f, "V12", 1);
}

static void days_that_the_patient_bears_do_not_count(void **state) {
    drug(*state);
    for (int day = 1; day <= 4; day++)
        use(*state, day, day == 2 ? "hosp_appr_flag=2" : "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V12");
}

static void session(test_world *w) {
    test_service(w, "D", "C1", "01");
    test_row(w, STL_T_COURSE, "med_list_codg=C1 days=90 min_interval_days=3 text=间隔不短于3天");
}

static void a_second_use_on_the_last_day_of_the_interval_is_found(void **state) {
    session(*state);
    test_given(*state, STL_R_HISTORY_ITEM);
    use(*state, 1, "");
    use(*state, 3, "");
    test_findings f = test_judge(*state);
    assert_found(&f, "V12", "2", "1");
    assert_says(test_finding(&f, "V12", 0)->evidence, "2 days < 3 days");
}

static void a_second_use_after_the_interval_is_right(void **state) {
    session(*state);
    test_given(*state, STL_R_HISTORY_ITEM);
    use(*state, 1, "");
    use(*state, 1, ""); /* one day */
    use(*state, 4, "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V12");
    assert_gap(&f, "V12", -1);
}

static void a_use_in_an_earlier_stay_counts(void **state) {
    session(*state);
    test_record(*state, STL_R_HISTORY_ITEM,
                "mdtrt_id=T0 med_list_codg=C1 fee_ocur_time=2025-02-27T09:00:00");
    use(*state, 1, ""); /* two days later */
    test_findings f = test_judge(*state);
    assert_found(&f, "V12", "1", "");
}

static void without_history_the_first_days_are_not_evaluated(void **state) {
    session(*state);
    use(*state, 1, "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V12");
    assert_gap(&f, "V12", 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RULE_TEST(days_up_to_the_course_are_paid),
        RULE_TEST(the_day_after_the_course_is_found),
        RULE_TEST(a_supply_of_several_days_counts_all_of_them),
        RULE_TEST(a_supply_that_fits_is_paid),
        RULE_TEST(an_unknown_supply_is_not_evaluated),
        RULE_TEST(days_that_the_patient_bears_do_not_count),
        RULE_TEST(a_second_use_on_the_last_day_of_the_interval_is_found),
        RULE_TEST(a_second_use_after_the_interval_is_right),
        RULE_TEST(a_use_in_an_earlier_stay_counts),
        RULE_TEST(without_history_the_first_days_are_not_evaluated),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
