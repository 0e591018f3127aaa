/* SPDX-License-Identifier: Apache-2.0 */
#include "support/rules_support.h"

#include <stdio.h>

/* The stay: J15.902 at H99990100001, admitted 2025-03-01 08:00. */
static void world(test_world *w) {
    test_row(w, STL_T_LISTS, "list=visit item=2101 value=inpatient");
    test_row(w, STL_T_LISTS, "list=visit item=11 value=outpatient");
    test_row(w, STL_T_PARAMETERS, "rule_id=V8 name=days value=15");
    test_row(w, STL_T_PARAMETERS, "rule_id=V8 name=same-disease-characters value=3");
    test_service(w, "F1", "C1", "01");
    test_charge(w, "F1", "2025-03-02T10:00:00", "1", "26.50", "");
}

static void past(test_world *w, const char *end, const char *more) {
    char text[256];
    snprintf(text, sizeof text,
             "mdtrt_id=T0 fixmedins_code=H99990200002 begntime=2025-02-01T08:00:00 "
             "dscg_maindiag_code=J15.000 endtime=%s %s",
             end, more);
    test_record(w, STL_R_HISTORY, text);
}

static void the_same_disease_on_the_fifteenth_day_is_held(void **state) {
    world(*state);
    past(*state, "2025-02-14T23:00:00", "");
    test_findings f = test_judge(*state);
    assert_found(&f, "V8", "", "");
    const stl_finding *found = test_finding(&f, "V8", 0);
    assert_int_equal(found->action, STL_HOLD);
    assert_int_equal(found->vola_amt, test_money("26.50"));
    assert_says(found->evidence, "after 15 days admitted again with the same disease (J15.902)");
    assert_says(found->basis, "history.csv T0");
}

static void the_same_disease_on_the_sixteenth_day_is_right(void **state) {
    world(*state);
    past(*state, "2025-02-13T23:00:00", "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V8");
    assert_gap(&f, "V8", -1);
}

static void treatment_in_courses_is_exempt_but_not_a_split_stay(void **state) {
    world(*state);
    test_row(*state, STL_T_LISTS, "list=V8.exempt item=Z51*");
    test_stay(*state, "dscg_maindiag_code=Z51.103");
    past(*state, "2025-02-20T10:00:00", "dscg_maindiag_code=Z51.103");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V8");
    assert_gap(&f, "V8", -1);
    past(*state, "2025-03-01T07:00:00", "mdtrt_id=T2 fixmedins_code=H99990100001");
    f = test_judge(*state);
    assert_found(&f, "V8", "", "");
    assert_says(test_finding(&f, "V8", 0)->evidence, "discharged here on 2025-03-01");
}

static void another_disease_is_right(void **state) {
    world(*state);
    past(*state, "2025-02-20T10:00:00", "dscg_maindiag_code=K35.800");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V8");
    assert_gap(&f, "V8", -1);
}

static void discharged_and_admitted_here_on_one_day_is_held_with_any_disease(void **state) {
    world(*state);
    past(*state, "2025-03-01T07:00:00", "fixmedins_code=H99990100001 dscg_maindiag_code=K35.800");
    test_findings f = test_judge(*state);
    assert_found(&f, "V8", "", "");
    assert_says(test_finding(&f, "V8", 0)->evidence, "discharged here on 2025-03-01");
}

static void discharged_elsewhere_on_that_day_with_another_disease_is_right(void **state) {
    world(*state);
    past(*state, "2025-03-01T07:00:00", "dscg_maindiag_code=K35.800");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V8");
}

static void a_later_stay_does_not_count(void **state) {
    world(*state);
    past(*state, "2025-03-20T10:00:00", "begntime=2025-03-10T10:00:00");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V8");
    assert_gap(&f, "V8", -1);
}

static void without_history_it_is_not_evaluated(void **state) {
    world(*state);
    test_findings f = test_judge(*state);
    assert_silent(&f, "V8");
    assert_gap(&f, "V8", 0);
}

static void an_empty_history_is_right(void **state) {
    world(*state);
    test_given(*state, STL_R_HISTORY);
    test_findings f = test_judge(*state);
    assert_silent(&f, "V8");
    assert_gap(&f, "V8", -1);
}

static void an_outpatient_visit_is_no_readmission(void **state) {
    world(*state);
    test_stay(*state, "med_type=11");
    past(*state, "2025-02-20T10:00:00", "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V8");
    assert_gap(&f, "V8", -1);
}

static void a_former_stay_without_diagnosis_or_discharge_is_not_evaluated(void **state) {
    world(*state);
    past(*state, "2025-02-20T10:00:00", "dscg_maindiag_code=");
    past(*state, "", "mdtrt_id=T00");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V8");
    assert_gap(&f, "V8", 0);
    assert_true(f.verdict.n_gaps >= 2);
}

static void without_the_number_of_days_it_is_not_evaluated(void **state) {
    test_row(*state, STL_T_PARAMETERS, "rule_id=V8 name=days value=x");
    past(*state, "2025-02-20T10:00:00", "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V8");
    assert_gap(&f, "V8", 0);
}

static void of_several_former_stays_the_latest_is_told(void **state) {
    world(*state);
    past(*state, "2025-02-20T10:00:00", "mdtrt_id=T2");
    past(*state, "2025-02-25T10:00:00", "mdtrt_id=T3");
    past(*state, "2025-02-22T10:00:00", "mdtrt_id=T4");
    test_findings f = test_judge(*state);
    assert_found(&f, "V8", "", "");
    assert_says(test_finding(&f, "V8", 0)->evidence, "stay T3");
}

static void another_persons_stay_does_not_count(void **state) {
    world(*state);
    past(*state, "2025-02-20T10:00:00", "psn_no=99990100000000000002");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V8");
}

static void a_code_may_be_as_short_as_what_is_compared(void **state) {
    world(*state);
    past(*state, "2025-02-20T10:00:00", "dscg_maindiag_code=J15");
    test_findings f = test_judge(*state);
    assert_int_equal(test_count(&f, "V8"), 1);
    test_stay(*state, "dscg_maindiag_code=J15");
    f = test_judge(*state);
    assert_int_equal(test_count(&f, "V8"), 1);
}

static void a_stay_not_over_may_have_come_before(void **state) {
    world(*state);
    past(*state, "", "begntime=2025-03-01T08:00:00");
    test_findings f = test_judge(*state);
    assert_gap(&f, "V8", -1);
    past(*state, "", "mdtrt_id=T5 begntime=2025-03-01T07:59:59");
    f = test_judge(*state);
    assert_missing(&f, "V8", "discharge time of a previous stay");
}

static void a_stay_without_any_time_may_have_come_before(void **state) {
    world(*state);
    past(*state, "", "begntime=");
    test_findings f = test_judge(*state);
    assert_missing(&f, "V8", "discharge time of a previous stay");
}

static void discharged_in_the_second_of_admission_counts(void **state) {
    world(*state);
    past(*state, "2025-03-01T08:00:00", "");
    test_findings f = test_judge(*state);
    assert_int_equal(test_count(&f, "V8"), 1);
    assert_says(test_finding(&f, "V8", 0)->evidence, "after 0 days");
}

static void either_diagnosis_may_be_missing(void **state) {
    world(*state);
    past(*state, "2025-02-20T10:00:00", "dscg_maindiag_code=");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V8");
    assert_missing(&f, "V8", "principal diagnosis of this or a previous stay");
    test_rules_teardown(state);
    test_rules_setup(state);
    world(*state);
    past(*state, "2025-02-20T10:00:00", "");
    test_stay(*state, "dscg_maindiag_code=");
    f = test_judge(*state);
    assert_silent(&f, "V8");
    assert_missing(&f, "V8", "principal diagnosis of this or a previous stay");
}

static void of_two_that_ended_on_one_day_the_first_is_told(void **state) {
    world(*state);
    past(*state, "2025-02-20T10:00:00", "mdtrt_id=T2");
    past(*state, "2025-02-20T11:00:00", "mdtrt_id=T3");
    test_findings f = test_judge(*state);
    assert_says(test_finding(&f, "V8", 0)->evidence, "stay T2");
}

static void no_days_leave_the_day_of_discharge(void **state) {
    test_row(*state, STL_T_PARAMETERS, "rule_id=V8 name=days value=0");
    test_row(*state, STL_T_PARAMETERS, "rule_id=V8 name=same-disease-characters value=1");
    test_row(*state, STL_T_LISTS, "list=visit item=2101 value=inpatient");
    past(*state, "2025-02-28T23:59:59", "dscg_maindiag_code=J99");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V8");
    assert_gap(&f, "V8", -1);
    past(*state, "2025-03-01T00:00:00", "dscg_maindiag_code=J99");
    f = test_judge(*state);
    assert_int_equal(test_count(&f, "V8"), 1);
}

static void a_disease_of_no_characters_is_not_evaluated(void **state) {
    test_row(*state, STL_T_PARAMETERS, "rule_id=V8 name=days value=15");
    test_row(*state, STL_T_PARAMETERS, "rule_id=V8 name=same-disease-characters value=0");
    past(*state, "2025-02-20T10:00:00", "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V8");
    assert_missing(&f, "V8", "parameters V8 days and same-disease-characters");
}

static void an_empty_history_needs_no_parameters(void **state) {
    test_given(*state, STL_R_HISTORY);
    test_findings f = test_judge(*state);
    assert_gap(&f, "V8", -1);
}

static void without_the_admission_it_is_not_evaluated(void **state) {
    world(*state);
    past(*state, "2025-02-20T10:00:00", "");
    test_stay(*state, "begntime=");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V8");
    assert_missing(&f, "V8", "time of admission");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RULE_TEST(the_same_disease_on_the_fifteenth_day_is_held),
        RULE_TEST(the_same_disease_on_the_sixteenth_day_is_right),
        RULE_TEST(treatment_in_courses_is_exempt_but_not_a_split_stay),
        RULE_TEST(another_disease_is_right),
        RULE_TEST(discharged_and_admitted_here_on_one_day_is_held_with_any_disease),
        RULE_TEST(discharged_elsewhere_on_that_day_with_another_disease_is_right),
        RULE_TEST(a_later_stay_does_not_count),
        RULE_TEST(without_history_it_is_not_evaluated),
        RULE_TEST(an_empty_history_is_right),
        RULE_TEST(an_outpatient_visit_is_no_readmission),
        RULE_TEST(a_former_stay_without_diagnosis_or_discharge_is_not_evaluated),
        RULE_TEST(without_the_number_of_days_it_is_not_evaluated),
        RULE_TEST(of_several_former_stays_the_latest_is_told),
        RULE_TEST(another_persons_stay_does_not_count),
        RULE_TEST(a_code_may_be_as_short_as_what_is_compared),
        RULE_TEST(a_stay_not_over_may_have_come_before),
        RULE_TEST(a_stay_without_any_time_may_have_come_before),
        RULE_TEST(discharged_in_the_second_of_admission_counts),
        RULE_TEST(either_diagnosis_may_be_missing),
        RULE_TEST(of_two_that_ended_on_one_day_the_first_is_told),
        RULE_TEST(no_days_leave_the_day_of_discharge),
        RULE_TEST(a_disease_of_no_characters_is_not_evaluated),
        RULE_TEST(an_empty_history_needs_no_parameters),
        RULE_TEST(without_the_admission_it_is_not_evaluated),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
