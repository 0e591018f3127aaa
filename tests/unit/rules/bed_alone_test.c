/* SPDX-License-Identifier: Apache-2.0 */
#include "support/rules_support.h"

/* Nights from 2025-03-01 to 2025-03-04; a bed each night. */
static void world(test_world *w) {
    test_service(w, "B", "C0", "01");
    test_service(w, "N", "C1", "01");
    test_service(w, "T", "C2", "01");
    test_service(w, "D", "XD", "01");
    test_row(w, STL_T_BEDS, "med_list_codg=C0");
    test_row(w, STL_T_LISTS, "list=V9.routine item=C1*");
    test_row(w, STL_T_LISTS, "list=V9.drug item=X*");
    test_row(w, STL_T_LISTS, "list=visit item=2101 value=inpatient");
    test_row(w, STL_T_LISTS, "list=visit item=11 value=outpatient");
}

static void nights(test_world *w) {
    static const char *const AT[] = {"2025-03-01T20:00:00", "2025-03-02T20:00:00",
                                     "2025-03-03T20:00:00", "2025-03-04T20:00:00"};
    for (size_t i = 0; i < 4; i++) {
        test_charge(w, "B", AT[i], "1", "30.00", "");
        if (i != 1)
            test_charge(w, "T", AT[i], "1", "5.00", "");
    }
}

static void a_night_with_a_bed_alone_is_found(void **state) {
    world(*state);
    nights(*state);
    test_given(*state, STL_R_ORDER);
    test_findings f = test_judge(*state);
    assert_found(&f, "V9", "3", "");
    const stl_finding *found = test_finding(&f, "V9", 0);
    assert_int_equal(found->action, STL_WARN);
    assert_int_equal(found->vola_amt, test_money("30.00"));
    assert_says(found->evidence, "on 2025-03-02 a bed is charged (30.00 yuan)");
}

static void without_the_discharge_nights_are_not_evaluated(void **state) {
    world(*state);
    nights(*state);
    test_stay(*state, "endtime=");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V9");
    assert_missing(&f, "V9", "time of admission or discharge");
    assert_gap(&f, "V9", 4);
}

static void what_comes_with_the_bed_is_no_care(void **state) {
    world(*state);
    nights(*state);
    test_given(*state, STL_R_ORDER);
    test_charge(*state, "N", "2025-03-02T09:00:00", "1", "7.00", "");
    test_findings f = test_judge(*state);
    assert_found(&f, "V9", "3", "");
}

static void what_comes_with_the_bed_the_list_of_the_day_says(void **state) {
    world(*state);
    test_service(*state, "N2", "C5", "01");
    test_row(*state, STL_T_LISTS, "list=V9.routine item=C5 begndate=2025-03-02");
    nights(*state);
    test_given(*state, STL_R_ORDER);
    test_charge(*state, "N2", "2025-03-01T09:00:00", "1", "7.00", "");
    test_charge(*state, "N2", "2025-03-02T09:00:00", "1", "7.00", "");
    test_findings f = test_judge(*state);
    assert_found(&f, "V9", "3", "");
}

static void a_night_with_a_treatment_is_right(void **state) {
    world(*state);
    nights(*state);
    test_given(*state, STL_R_ORDER);
    test_charge(*state, "T", "2025-03-02T09:00:00", "1", "7.00", "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V9");
    assert_gap(&f, "V9", -1);
}

static void a_night_with_a_refunded_treatment_is_found(void **state) {
    world(*state);
    nights(*state);
    test_given(*state, STL_R_ORDER);
    test_charge(*state, "T", "2025-03-02T09:00:00", "1", "7.00", "");
    test_charge(*state, "T", "2025-03-02T10:00:00", "-1", "7.00", "init_feedetl_sn=8");
    test_findings f = test_judge(*state);
    assert_found(&f, "V9", "3", "");
}

static void a_night_under_an_order_is_right_until_it_stops(void **state) {
    world(*state);
    nights(*state);
    test_record(*state, STL_R_ORDER,
                "drord_no=A drord_begn_date=2025-03-01T10:00:00 "
                "drord_stop_date=2025-03-02T00:00:00");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V9");
}

static void an_order_that_stopped_the_day_before_does_not_count(void **state) {
    world(*state);
    nights(*state);
    test_record(*state, STL_R_ORDER,
                "drord_no=A drord_begn_date=2025-03-01T10:00:00 "
                "drord_stop_date=2025-03-01T23:59:59");
    test_record(*state, STL_R_ORDER, "drord_no=B drord_begn_date=2025-03-01T10:00:00");
    test_findings f = test_judge(*state);
    assert_found(&f, "V9", "3", "");
}

static void without_orders_a_night_with_a_bed_alone_is_not_evaluated(void **state) {
    world(*state);
    nights(*state);
    test_findings f = test_judge(*state);
    assert_silent(&f, "V9");
    assert_gap(&f, "V9", 1);
}

static void the_day_of_discharge_is_no_night(void **state) {
    world(*state);
    test_given(*state, STL_R_ORDER);
    test_charge(*state, "T", "2025-03-02T09:00:00", "1", "7.00", "");
    test_charge(*state, "B", "2025-03-05T09:00:00", "1", "30.00", "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V9");
}

static void a_stay_with_drugs_and_what_comes_with_the_bed_is_found(void **state) {
    world(*state);
    test_charge(*state, "B", "2025-03-02T20:00:00", "1", "30.00", "");
    test_charge(*state, "N", "2025-03-02T09:00:00", "1", "7.00", "");
    test_charge(*state, "D", "2025-03-02T09:00:00", "2", "11.00", "");
    test_findings f = test_judge(*state);
    assert_found(&f, "V9", "", "");
    assert_int_equal(test_finding(&f, "V9", 0)->vola_amt, test_money("22.00"));
    assert_says(test_finding(&f, "V9", 0)->evidence, "drugs only (22.00 yuan)");
}

static void drugs_and_one_treatment_are_right(void **state) {
    world(*state);
    test_charge(*state, "D", "2025-03-02T09:00:00", "2", "11.00", "");
    test_charge(*state, "T", "2025-03-02T09:00:00", "1", "7.00", "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V9");
}

static void an_outpatient_may_have_drugs_only(void **state) {
    world(*state);
    test_stay(*state, "med_type=11");
    test_charge(*state, "D", "2025-03-02T09:00:00", "2", "11.00", "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V9");
    assert_gap(&f, "V9", -1);
}

static void drugs_only_in_a_visit_of_unknown_kind_are_not_evaluated(void **state) {
    world(*state);
    test_stay(*state, "med_type=77");
    test_charge(*state, "D", "2025-03-02T09:00:00", "2", "11.00", "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V9");
    assert_gap(&f, "V9", 0);
}

static void without_the_list_of_drugs_it_is_not_evaluated(void **state) {
    test_service(*state, "D", "XD", "01");
    test_charge(*state, "D", "2025-03-02T09:00:00", "2", "11.00", "");
    test_findings f = test_judge(*state);
    assert_gap(&f, "V9", 0);
}

static void a_bed_alone(test_world *w, const char *at) {
    world(w);
    test_given(w, STL_R_ORDER);
    test_charge(w, "B", at, "1", "30.00", "");
}

static void the_first_and_the_last_night_are_judged(void **state) {
    a_bed_alone(*state, "2025-03-01T20:00:00");
    test_charge(*state, "T", "2025-03-02T20:00:00", "1", "5.00", "");
    test_findings f = test_judge(*state);
    assert_found(&f, "V9", "1", "");
    test_charge(*state, "B", "2025-03-04T20:00:00", "1", "30.00", "");
    f = test_judge(*state);
    assert_int_equal(test_count(&f, "V9"), 2);
}

static void a_bed_before_the_admission_is_of_no_night(void **state) {
    a_bed_alone(*state, "2025-02-28T20:00:00");
    test_charge(*state, "T", "2025-03-02T20:00:00", "1", "5.00", "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V9");
}

static void an_order_counts_from_the_day_it_begins_and_not_before(void **state) {
    world(*state);
    nights(*state);
    test_record(*state, STL_R_ORDER,
                "drord_no=A drord_begn_date=2025-03-03T00:00:00 "
                "drord_stop_date=2025-03-04T00:00:00");
    test_findings f = test_judge(*state);
    assert_found(&f, "V9", "3", "");
    test_record(*state, STL_R_ORDER, "drord_no=B drord_begn_date=2025-03-02T23:59:59");
    f = test_judge(*state);
    assert_silent(&f, "V9");
}

static void a_discharge_before_the_admission_is_told_elsewhere(void **state) {
    a_bed_alone(*state, "2025-03-01T20:00:00");
    test_stay(*state, "endtime=2025-03-01T07:59:59");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V9");
    assert_gap(&f, "V9", -1);
}

static void without_the_times_of_the_stay_its_beds_are_not_evaluated(void **state) {
    static const char *const TIMES[] = {"begntime=", "endtime="};
    for (size_t i = 0; i < sizeof TIMES / sizeof *TIMES; i++) {
        test_rules_teardown(state);
        test_rules_setup(state);
        a_bed_alone(*state, "2025-03-01T20:00:00");
        test_charge(*state, "T", "2025-03-02T20:00:00", "1", "5.00", "");
        test_stay(*state, TIMES[i]);
        test_findings f = test_judge(*state);
        assert_silent(&f, "V9");
        assert_gap(&f, "V9", 1);
    }
}

static void a_stay_of_a_moment_is_a_night(void **state) {
    a_bed_alone(*state, "2025-03-02T10:00:00");
    test_stay(*state, "begntime=2025-03-02T10:00:00 endtime=2025-03-02T10:00:00");
    test_findings f = test_judge(*state);
    assert_int_equal(test_count(&f, "V9"), 1);
}

static void four_thousand_nights_are_judged(void **state) {
    a_bed_alone(*state, "2025-03-01T20:00:00");
    test_charge(*state, "T", "2025-03-02T20:00:00", "1", "5.00", "");
    test_stay(*state, "begntime=2014-03-23T08:00:00");
    test_findings f = test_judge(*state);
    assert_found(&f, "V9", "1", "");
    assert_gap(&f, "V9", -1);
}

static void one_night_more_is_not_evaluated(void **state) {
    a_bed_alone(*state, "2025-03-01T20:00:00");
    test_charge(*state, "T", "2025-03-02T20:00:00", "1", "5.00", "");
    test_stay(*state, "begntime=2014-03-22T08:00:00");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V9");
    assert_gap(&f, "V9", 0);
    assert_missing(&f, "V9", "credible times of the stay");
}

static void a_treatment_refunded_whole_is_none(void **state) {
    world(*state);
    test_charge(*state, "T", "2025-03-02T08:00:00", "1", "7.00", "");
    test_charge(*state, "T", "2025-03-02T08:30:00", "-1", "7.00", "init_feedetl_sn=1");
    test_charge(*state, "D", "2025-03-02T09:00:00", "2", "11.00", "");
    test_findings f = test_judge(*state);
    assert_found(&f, "V9", "", "");
}

static void a_charge_without_a_code_may_be_a_treatment(void **state) {
    world(*state);
    test_charge(*state, "D", "2025-03-02T09:00:00", "2", "11.00", "");
    test_charge(*state, "X", "2025-03-02T09:00:00", "1", "7.00", "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V9");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RULE_TEST(a_night_with_a_bed_alone_is_found),
        RULE_TEST(without_the_discharge_nights_are_not_evaluated),
        RULE_TEST(what_comes_with_the_bed_is_no_care),
        RULE_TEST(what_comes_with_the_bed_the_list_of_the_day_says),
        RULE_TEST(a_night_with_a_treatment_is_right),
        RULE_TEST(a_night_with_a_refunded_treatment_is_found),
        RULE_TEST(a_night_under_an_order_is_right_until_it_stops),
        RULE_TEST(an_order_that_stopped_the_day_before_does_not_count),
        RULE_TEST(without_orders_a_night_with_a_bed_alone_is_not_evaluated),
        RULE_TEST(the_day_of_discharge_is_no_night),
        RULE_TEST(a_stay_with_drugs_and_what_comes_with_the_bed_is_found),
        RULE_TEST(drugs_and_one_treatment_are_right),
        RULE_TEST(an_outpatient_may_have_drugs_only),
        RULE_TEST(drugs_only_in_a_visit_of_unknown_kind_are_not_evaluated),
        RULE_TEST(without_the_list_of_drugs_it_is_not_evaluated),
        RULE_TEST(the_first_and_the_last_night_are_judged),
        RULE_TEST(a_bed_before_the_admission_is_of_no_night),
        RULE_TEST(an_order_counts_from_the_day_it_begins_and_not_before),
        RULE_TEST(a_discharge_before_the_admission_is_told_elsewhere),
        RULE_TEST(without_the_times_of_the_stay_its_beds_are_not_evaluated),
        RULE_TEST(a_stay_of_a_moment_is_a_night),
        RULE_TEST(four_thousand_nights_are_judged),
        RULE_TEST(one_night_more_is_not_evaluated),
        RULE_TEST(a_treatment_refunded_whole_is_none),
        RULE_TEST(a_charge_without_a_code_may_be_a_treatment),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
