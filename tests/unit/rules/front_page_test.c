/* SPDX-License-Identifier: Apache-2.0 */
#include "support/pathway_support.h"

/* Paid by disease (med_type 2102), everything right. */
static void world(test_world *w) {
    test_row(w, STL_T_LISTS, "list=W14.med-types item=2102");
    test_row(w, STL_T_ICD10, "code=K80.101 name=n");
    test_row(w, STL_T_ICD10, "code=K76.000 name=n");
    test_row(w, STL_T_ICD9, "code=51.2300 name=n");
    test_stay(w, "med_type=2102 dscg_maindiag_code=K80.101");
    test_diagnosis(w, "K80.101", "1");
    test_diagnosis(w, "K76.000", "0");
    test_record(w, STL_R_OPERATION,
                "oprn_oprt_code=51.2300 main_oprn_flag=1 oprn_oprt_date=2025-03-02");
}

static stl_diagnosis *diagnosis(test_world *w, size_t n) {
    return (stl_diagnosis *)test_the_stay(w)->rows[STL_R_DIAGNOSIS].items + n;
}

static stl_operation *operation(test_world *w) {
    return test_the_stay(w)->rows[STL_R_OPERATION].items;
}

static void says(test_world *w, const char *fault) {
    test_findings f = test_judge(w);
    assert_found(&f, "W14", "", "");
    assert_int_equal(test_finding(&f, "W14", 0)->action, STL_HOLD);
    assert_says(test_finding(&f, "W14", 0)->evidence, fault);
}

static void a_complete_front_page_is_right(void **state) {
    world(*state);
    test_findings f = test_judge(*state);
    assert_silent(&f, "W14");
    assert_gap(&f, "W14", -1);
}

static void who_is_not_paid_by_disease_is_not_judged(void **state) {
    world(*state);
    test_stay(*state, "med_type=2101");
    diagnosis(*state, 0)->maindiag_flag = STL_STR("0");
    test_findings f = test_judge(*state);
    assert_silent(&f, "W14");
    assert_gap(&f, "W14", -1);
}

static void no_principal_diagnosis_is_found(void **state) {
    world(*state);
    diagnosis(*state, 0)->maindiag_flag = STL_STR("0");
    says(*state, "principal diagnoses: 0 instead of 1");
}

static void two_principal_diagnoses_are_found(void **state) {
    world(*state);
    diagnosis(*state, 1)->maindiag_flag = STL_STR("1");
    says(*state, "principal diagnosis K76.000 differs from that of the discharge, K80.101");
}

static void a_foreign_diagnosis_code_is_found(void **state) {
    world(*state);
    diagnosis(*state, 1)->diag_code = STL_STR("K76.0");
    says(*state, "diagnoses: K76.0 is no national code");
}

static void a_diagnosis_without_code_is_found(void **state) {
    world(*state);
    diagnosis(*state, 1)->diag_code = STL_STR("");
    says(*state, "number 2 of the diagnoses has no code");
}

static void chinese_medicine_has_codes_of_its_own(void **state) {
    world(*state);
    diagnosis(*state, 1)->diag_code = STL_STR("A01.01");
    diagnosis(*state, 1)->diag_type = STL_STR("2");
    test_findings f = test_judge(*state);
    assert_silent(&f, "W14");
}

static void a_foreign_operation_code_is_found(void **state) {
    world(*state);
    operation(*state)->oprn_oprt_code = STL_STR("51.23");
    says(*state, "operations: 51.23 is no national code");
}

static void no_principal_operation_is_found(void **state) {
    world(*state);
    operation(*state)->main_oprn_flag = STL_STR("0");
    says(*state, "principal operations: 0 instead of 1");
}

static void an_operation_without_date_is_found(void **state) {
    world(*state);
    operation(*state)->oprn_oprt_date = STL_NONE;
    says(*state, "number 1 of the operations has no date");
}

static void a_stay_without_operations_is_right(void **state) {
    world(*state);
    test_the_stay(*state)->rows[STL_R_OPERATION].count = 0;
    test_findings f = test_judge(*state);
    assert_silent(&f, "W14");
}

static void what_was_not_given_is_not_evaluated(void **state) {
    world(*state);
    test_the_stay(*state)->given[STL_R_OPERATION] = false;
    test_the_stay(*state)->given[STL_R_DIAGNOSIS] = false;
    test_findings f = test_judge(*state);
    assert_silent(&f, "W14");
    assert_gap(&f, "W14", 0);
}

static void without_dictionaries_codes_are_not_evaluated(void **state) {
    test_row(*state, STL_T_LISTS, "list=W14.med-types item=2102");
    test_stay(*state, "med_type=2102 dscg_maindiag_code=K80.101");
    test_diagnosis(*state, "K80.101", "1");
    test_given(*state, STL_R_OPERATION);
    test_findings f = test_judge(*state);
    assert_silent(&f, "W14");
    assert_gap(&f, "W14", 0);
}

static void faults_are_told_one_after_the_other(void **state) {
    world(*state);
    diagnosis(*state, 0)->maindiag_flag = STL_STR("0");
    diagnosis(*state, 1)->diag_code = STL_STR("");
    says(*state, "number 2 of the diagnoses has no code; principal diagnoses: 0 instead of 1");
}

static void an_operation_without_code_is_found(void **state) {
    world(*state);
    operation(*state)->oprn_oprt_code = STL_STR("");
    says(*state, "number 1 of the operations has no code");
}

static void each_missing_input_is_named(void **state) {
    test_row(*state, STL_T_LISTS, "list=W14.med-types item=2102");
    test_stay(*state, "med_type=2102 dscg_maindiag_code=K80.101");
    test_findings f = test_judge(*state);
    assert_missing(&f, "W14", "diagnoses");
    assert_missing(&f, "W14", "operations");
    assert_int_equal(test_gaps(&f, "W14"), 2);
    test_diagnosis(*state, "K80.101", "1");
    test_record(*state, STL_R_OPERATION,
                "oprn_oprt_code=51.2300 main_oprn_flag=1 oprn_oprt_date=2025-03-02");
    f = test_judge(*state);
    assert_missing(&f, "W14", "dictionary of diagnoses");
    assert_missing(&f, "W14", "dictionary of operations");
    assert_int_equal(test_gaps(&f, "W14"), 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RULE_TEST(a_complete_front_page_is_right),
        RULE_TEST(who_is_not_paid_by_disease_is_not_judged),
        RULE_TEST(no_principal_diagnosis_is_found),
        RULE_TEST(two_principal_diagnoses_are_found),
        RULE_TEST(a_foreign_diagnosis_code_is_found),
        RULE_TEST(a_diagnosis_without_code_is_found),
        RULE_TEST(chinese_medicine_has_codes_of_its_own),
        RULE_TEST(a_foreign_operation_code_is_found),
        RULE_TEST(no_principal_operation_is_found),
        RULE_TEST(an_operation_without_date_is_found),
        RULE_TEST(a_stay_without_operations_is_right),
        RULE_TEST(what_was_not_given_is_not_evaluated),
        RULE_TEST(without_dictionaries_codes_are_not_evaluated),
        RULE_TEST(faults_are_told_one_after_the_other),
        RULE_TEST(an_operation_without_code_is_found),
        RULE_TEST(each_missing_input_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
