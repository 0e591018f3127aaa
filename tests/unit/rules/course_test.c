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

static void a_supply_of_no_days_is_unknown(void **state) {
    drug(*state);
    use(*state, 5, "dscg_tkdrug_flag=1 days_supply=0");
    test_findings f = test_judge(*state);
    assert_gap(&f, "V12", 1);
    assert_missing(&f, "V12", "days_supply of drugs taken home, or time of the charge");
}

static void a_supply_of_one_day_is_known(void **state) {
    drug(*state);
    use(*state, 5, "dscg_tkdrug_flag=1 days_supply=1");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V12");
    assert_gap(&f, "V12", -1);
}

static void a_line_of_unknown_supply_is_not_named(void **state) {
    drug(*state);
    use(*state, 1, "dscg_tkdrug_flag=1");
    for (int day = 1; day <= 4; day++)
        use(*state, day, "");
    test_findings f = test_judge(*state);
    assert_found(&f, "V12", "5", "2 3 4");
}

static void each_day_counts_its_own_supply(void **state) {
    drug(*state);
    use(*state, 1, "days_supply=2");
    use(*state, 4, "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V12");
    use(*state, 5, "");
    f = test_judge(*state);
    assert_found(&f, "V12", "3", "1 2");
}

static void sixteen_lines_within_the_course_are_named(void **state) {
    drug(*state);
    for (int i = 0; i < 17; i++)
        use(*state, 1, "");
    for (int day = 2; day <= 4; day++)
        use(*state, day, "");
    use(*state, 4, "");
    test_findings f = test_judge(*state);
    assert_found(&f, "V12", "20 21", "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16");
}

static void each_course_of_a_drug_is_judged(void **state) {
    test_service(*state, "D", "XD1", "01");
    test_row(*state, STL_T_COURSE, "med_list_codg=XD1 days=9");
    test_row(*state, STL_T_COURSE, "med_list_codg=XD1 days=1");
    use(*state, 1, "");
    use(*state, 2, "");
    test_findings f = test_judge(*state);
    assert_found(&f, "V12", "2", "1");
    assert_says(test_finding(&f, "V12", 0)->evidence, "2 days > 1 days paid for");
}

static void earlier(test_world *w, const char *fields) {
    test_record(w, STL_R_HISTORY_ITEM, fields);
}

static void only_uses_of_the_item_elsewhere_and_before_count(void **state) {
    session(*state);
    earlier(*state, "mdtrt_id=T0 med_list_codg=C2 fee_ocur_time=2025-02-28T09:00:00");
    earlier(*state, "mdtrt_id=T0 med_list_codg=C1 fee_ocur_time=2025-03-04T09:00:00");
    earlier(*state, "mdtrt_id=T0 med_list_codg=C1");
    const char *own = test_the_stay(*state)->head.mdtrt_id.ptr;
    char fields[128];
    snprintf(fields, sizeof fields,
             "mdtrt_id=%s med_list_codg=C1 fee_ocur_time=2025-02-28T09:00:00", own);
    earlier(*state, fields);
    use(*state, 1, "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V12");
    assert_gap(&f, "V12", -1);
}

static void the_last_use_before_the_day_counts(void **state) {
    session(*state);
    earlier(*state, "mdtrt_id=T0 med_list_codg=C1 fee_ocur_time=2025-02-28T09:00:00");
    earlier(*state, "mdtrt_id=T0 med_list_codg=C1 fee_ocur_time=2025-02-20T09:00:00");
    earlier(*state, "mdtrt_id=T0 med_list_codg=C1 fee_ocur_time=2025-03-01T09:00:00");
    earlier(*state, "mdtrt_id=T0 med_list_codg=C1 fee_ocur_time=2025-03-02T09:00:00");
    use(*state, 1, "");
    test_findings f = test_judge(*state);
    assert_found(&f, "V12", "1", "");
    assert_int_equal(test_finding(&f, "V12", 0)->vola_amt, test_money("10.00"));
    assert_says(test_finding(&f, "V12", 0)->evidence, "the one before on 2025-02-28: 1 days");
}

static void uses_refunded_undated_or_out_of_force_begin_no_interval(void **state) {
    test_service(*state, "D", "C1", "01");
    test_row(*state, STL_T_COURSE, "med_list_codg=C1 min_interval_days=3 begndate=2025-03-02");
    test_given(*state, STL_R_HISTORY_ITEM);
    use(*state, 1, "");
    use(*state, 2, "");
    test_charge(*state, "D", "2025-03-02T11:00:00", "-1", "10.00", "init_feedetl_sn=2");
    use(*state, 2, "fee_ocur_time=");
    use(*state, 3, "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V12");
    use(*state, 5, "");
    f = test_judge(*state);
    assert_found(&f, "V12", "6", "5");
}

static void a_use_that_came_too_early_begins_no_interval(void **state) {
    session(*state);
    test_given(*state, STL_R_HISTORY_ITEM);
    use(*state, 1, "");
    use(*state, 3, "");
    use(*state, 5, "");
    test_findings f = test_judge(*state);
    assert_found(&f, "V12", "2", "1");
}

static void a_use_that_was_right_begins_the_next_interval(void **state) {
    test_stay(*state, "endtime=2025-03-09T10:00:00");
    session(*state);
    test_given(*state, STL_R_HISTORY_ITEM);
    use(*state, 1, "");
    use(*state, 4, "");
    use(*state, 6, "");
    test_findings f = test_judge(*state);
    assert_found(&f, "V12", "3", "2");
}

static void after_the_first_interval_no_history_is_needed(void **state) {
    session(*state);
    use(*state, 4, "");
    test_findings f = test_judge(*state);
    assert_gap(&f, "V12", -1);
}

static void each_interval_of_an_item_is_judged(void **state) {
    test_service(*state, "D", "C1", "01");
    test_given(*state, STL_R_HISTORY_ITEM);
    test_row(*state, STL_T_COURSE, "med_list_codg=C1 min_interval_days=1");
    test_row(*state, STL_T_COURSE, "med_list_codg=C1 min_interval_days=2");
    use(*state, 1, "");
    use(*state, 2, "");
    test_findings f = test_judge(*state);
    assert_found(&f, "V12", "2", "1");
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
        RULE_TEST(a_supply_of_no_days_is_unknown),
        RULE_TEST(a_supply_of_one_day_is_known),
        RULE_TEST(a_line_of_unknown_supply_is_not_named),
        RULE_TEST(each_day_counts_its_own_supply),
        RULE_TEST(sixteen_lines_within_the_course_are_named),
        RULE_TEST(each_course_of_a_drug_is_judged),
        RULE_TEST(only_uses_of_the_item_elsewhere_and_before_count),
        RULE_TEST(the_last_use_before_the_day_counts),
        RULE_TEST(uses_refunded_undated_or_out_of_force_begin_no_interval),
        RULE_TEST(a_use_that_came_too_early_begins_no_interval),
        RULE_TEST(a_use_that_was_right_begins_the_next_interval),
        RULE_TEST(after_the_first_interval_no_history_is_needed),
        RULE_TEST(each_interval_of_an_item_is_judged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
