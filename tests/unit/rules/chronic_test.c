/* SPDX-License-Identifier: Apache-2.0 */
#include "support/rules_support.h"

#include <stdio.h>

static void lists(test_world *w) {
    test_row(w, STL_T_LISTS, "list=V27.med-types item=14");
    test_row(w, STL_T_LISTS, "list=V27.kinds item=慢特病");
    test_row(w, STL_T_LISTS, "list=V27.kinds item=门特");
    test_row(w, STL_T_LISTS, "list=V27.conditions item=I10* value=高血压");
    test_row(w, STL_T_LISTS, "list=V27.conditions item=E11* value=糖尿病");
}

static void visit(test_world *w) {
    lists(w);
    test_stay(w, "med_type=14 dscg_maindiag_code=I10.x00");
    test_service(w, "F1", "C1", "01");
    test_charge(w, "F1", "2025-03-02T10:00:00", "1", "26.50", "");
    test_charge(w, "F1", "2025-03-03T10:00:00", "1", "26.50", "");
}

static void recognise(test_world *w, const char *more) {
    char fields[256];
    snprintf(fields, sizeof fields, "kind=慢特病 appr_no=A1 time=2025-01-01T00:00:00 %s", more);
    test_record(w, STL_R_APPROVAL, fields);
}

static void care_without_a_recognition_is_found(void **state) {
    visit(*state);
    test_given(*state, STL_R_APPROVAL);
    test_findings f = test_judge(*state);
    assert_found(&f, "V27", "1 2", "");
    const stl_finding *found = test_finding(&f, "V27", 0);
    assert_int_equal(found->vola_amt, test_money("53.00"));
    assert_int_equal(found->action, STL_BLOCK);
    assert_says(found->evidence, "no recognition that holds on the day");
}

static void care_with_a_recognition_is_right(void **state) {
    visit(*state);
    recognise(*state, "code=I10");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V27");
    assert_gap(&f, "V27", -1);
}

static void a_recognition_holds_on_its_last_day_and_not_on_the_next(void **state) {
    visit(*state);
    recognise(*state, "begndate=2025-01-01 enddate=2025-03-02");
    test_findings f = test_judge(*state);
    assert_found(&f, "V27", "2", "");
}

static void a_recognition_holds_from_its_first_day_and_not_before(void **state) {
    visit(*state);
    recognise(*state, "begndate=2025-03-03");
    test_findings f = test_judge(*state);
    assert_found(&f, "V27", "1", "");
}

static void a_recognition_of_another_disease_does_not_count(void **state) {
    visit(*state);
    recognise(*state, "code=E11.900");
    test_findings f = test_judge(*state);
    assert_found(&f, "V27", "1 2", "");
}

static void a_filing_of_another_kind_does_not_count(void **state) {
    visit(*state);
    recognise(*state, "kind=转诊");
    test_findings f = test_judge(*state);
    assert_found(&f, "V27", "1 2", "");
}

static void a_diagnosis_that_is_no_condition_is_found(void **state) {
    visit(*state);
    test_stay(*state, "dscg_maindiag_code=J15.902");
    recognise(*state, "");
    test_findings f = test_judge(*state);
    assert_found(&f, "V27", "1 2", "");
    assert_says(test_finding(&f, "V27", 0)->evidence, "none of the conditions");
}

static void other_care_needs_no_recognition(void **state) {
    visit(*state);
    test_stay(*state, "med_type=2101");
    test_given(*state, STL_R_APPROVAL);
    test_findings f = test_judge(*state);
    assert_silent(&f, "V27");
    assert_gap(&f, "V27", -1);
}

static void a_refunded_charge_needs_none(void **state) {
    lists(*state);
    test_stay(*state, "med_type=14 dscg_maindiag_code=I10.x00");
    test_service(*state, "F1", "C1", "01");
    test_charge(*state, "F1", "2025-03-02T10:00:00", "1", "26.50", "");
    test_charge(*state, "F1", "2025-03-02T11:00:00", "-1", "26.50", "init_feedetl_sn=1");
    test_given(*state, STL_R_APPROVAL);
    test_findings f = test_judge(*state);
    assert_silent(&f, "V27");
}

static void without_approvals_it_is_not_evaluated(void **state) {
    visit(*state);
    test_findings f = test_judge(*state);
    assert_silent(&f, "V27");
    assert_gap(&f, "V27", 0);
}

static void without_its_lists_it_is_not_evaluated(void **state) {
    test_findings f = test_judge(*state);
    assert_gap(&f, "V27", 0);
    assert_missing(&f, "V27", "list V27.med-types of care classes for chronic diseases");
}

static void without_kinds_of_recognitions_it_is_not_evaluated(void **state) {
    test_row(*state, STL_T_LISTS, "list=V27.med-types item=14");
    test_stay(*state, "med_type=14 dscg_maindiag_code=I10.x00");
    test_given(*state, STL_R_APPROVAL);
    test_findings f = test_judge(*state);
    assert_gap(&f, "V27", 0);
    assert_missing(&f, "V27", "list V27.kinds of kinds of recognitions");
}

static void without_a_main_diagnosis_it_is_not_evaluated(void **state) {
    visit(*state);
    test_stay(*state, "dscg_maindiag_code=");
    test_given(*state, STL_R_APPROVAL);
    test_findings f = test_judge(*state);
    assert_silent(&f, "V27");
    assert_missing(&f, "V27", "the main diagnosis");
}

static void without_conditions_any_recognition_counts_and_that_is_told(void **state) {
    test_row(*state, STL_T_LISTS, "list=V27.med-types item=14");
    test_row(*state, STL_T_LISTS, "list=V27.kinds item=慢特病");
    test_stay(*state, "med_type=14 dscg_maindiag_code=I10.x00");
    test_service(*state, "F1", "C1", "01");
    test_charge(*state, "F1", "2025-03-02T10:00:00", "1", "26.50", "");
    recognise(*state, "code=E11.900");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V27");
    assert_missing(&f, "V27", "list V27.conditions of conditions");
}

static void a_recognition_may_name_the_condition(void **state) {
    visit(*state);
    recognise(*state, "code=高血压");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V27");
}

static void care_classes_are_those_of_the_day_of_admission(void **state) {
    visit(*state);
    test_row(*state, STL_T_LISTS, "list=V27.med-types item=16 begndate=2025-03-01");
    test_row(*state, STL_T_LISTS, "list=V27.med-types item=17 begndate=2025-03-02");
    test_given(*state, STL_R_APPROVAL);
    test_stay(*state, "med_type=16");
    test_findings f = test_judge(*state);
    assert_found(&f, "V27", "1 2", "");
    test_stay(*state, "med_type=17");
    f = test_judge(*state);
    assert_silent(&f, "V27");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RULE_TEST(care_without_a_recognition_is_found),
        RULE_TEST(care_with_a_recognition_is_right),
        RULE_TEST(a_recognition_holds_on_its_last_day_and_not_on_the_next),
        RULE_TEST(a_recognition_holds_from_its_first_day_and_not_before),
        RULE_TEST(a_recognition_of_another_disease_does_not_count),
        RULE_TEST(a_filing_of_another_kind_does_not_count),
        RULE_TEST(a_diagnosis_that_is_no_condition_is_found),
        RULE_TEST(other_care_needs_no_recognition),
        RULE_TEST(a_refunded_charge_needs_none),
        RULE_TEST(without_approvals_it_is_not_evaluated),
        RULE_TEST(without_its_lists_it_is_not_evaluated),
        RULE_TEST(without_kinds_of_recognitions_it_is_not_evaluated),
        RULE_TEST(without_a_main_diagnosis_it_is_not_evaluated),
        RULE_TEST(without_conditions_any_recognition_counts_and_that_is_told),
        RULE_TEST(a_recognition_may_name_the_condition),
        RULE_TEST(care_classes_are_those_of_the_day_of_admission),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
