/* SPDX-License-Identifier: Apache-2.0 */
#include "support/rules_support.h"

static void lists(test_world *w) {
    test_row(w, STL_T_LISTS, "list=V23.operative item=O82* value=74.0*_74.1*");
    test_row(w, STL_T_LISTS, "list=V23.severe item=J96* value=O2_VENT*");
    test_service(w, "F1", "C1", "01");
    test_service(w, "F2", "O2", "01");
    test_service(w, "F3", "VENT1", "01");
    test_charge(w, "F1", "2025-03-02T10:00:00", "1", "26.50", "");
    test_given(w, STL_R_OPERATION);
    test_given(w, STL_R_DIAGNOSIS);
}

static void operative_diagnosis_without_operation_warns(void **state) {
    lists(*state);
    test_stay(*state, "dscg_maindiag_code=O82.000");
    test_record(*state, STL_R_OPERATION, "oprn_oprt_code=74.3x00");
    test_findings f = test_judge(*state);
    assert_found(&f, "V23", "", "");
    const stl_finding *found = test_finding(&f, "V23", 0);
    assert_int_equal(found->action, STL_WARN);
    assert_int_equal(found->vola_amt, test_money("26.50"));
    assert_says(found->evidence, "goes with the code of an operation (74.0* 74.1*)");
}

static void operation_of_any_pattern_supports_it(void **state) {
    lists(*state);
    test_stay(*state, "dscg_maindiag_code=O82.000");
    test_record(*state, STL_R_OPERATION, "oprn_oprt_code=74.1x00");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V23");
    assert_gap(&f, "V23", -1);
}

static void operations_not_given_are_not_evaluated(void **state) {
    lists(*state);
    test_the_stay(*state)->given[STL_R_OPERATION] = false;
    test_stay(*state, "dscg_maindiag_code=O82.000");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V23");
    assert_gap(&f, "V23", 0);
}

static void severe_diagnosis_without_its_treatment_warns(void **state) {
    lists(*state);
    test_record(*state, STL_R_DIAGNOSIS, "maindiag_flag=0 diag_code=J96.000");
    test_charge(*state, "F2", "2025-03-02T10:00:00", "1", "3.00", "");
    test_charge(*state, "F2", "2025-03-02T11:00:00", "-1", "3.00", "init_feedetl_sn=2");
    test_findings f = test_judge(*state);
    assert_found(&f, "V23", "", "");
    assert_says(test_finding(&f, "V23", 0)->evidence, "a charge of its treatment (O2 VENT*)");
}

static void severe_diagnosis_with_its_treatment_is_silent(void **state) {
    lists(*state);
    test_record(*state, STL_R_DIAGNOSIS, "maindiag_flag=0 diag_code=J96.000");
    test_charge(*state, "F3", "2025-03-02T10:00:00", "1", "3.00", "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V23");
}

static void severe_diagnosis_as_the_principal_one_raises_nothing(void **state) {
    lists(*state);
    test_stay(*state, "dscg_maindiag_code=J96.000");
    test_record(*state, STL_R_DIAGNOSIS, "maindiag_flag=1 diag_code=J96.000");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V23");
}

static void two_diagnoses_without_treatment_are_one_finding(void **state) {
    lists(*state);
    test_record(*state, STL_R_DIAGNOSIS, "maindiag_flag=0 diag_code=J96.000");
    test_record(*state, STL_R_DIAGNOSIS, "maindiag_flag=0 diag_code=J96.100");
    test_findings f = test_judge(*state);
    assert_found(&f, "V23", "", "");
    assert_says(test_finding(&f, "V23", 0)->evidence, "J96.000");
    assert_says(test_finding(&f, "V23", 0)->evidence, "J96.100");
}

static void without_diagnoses_or_lists_nothing_is_evaluated(void **state) {
    test_findings f = test_judge(*state);
    assert_int_equal(test_gaps(&f, "V23"), 2);
    test_stay(*state, "dscg_maindiag_code=");
    f = test_judge(*state);
    assert_int_equal(test_gaps(&f, "V23"), 1);
}

static void the_first_charge_may_be_its_treatment(void **state) {
    test_row(*state, STL_T_LISTS, "list=V23.severe item=J96* value=O2");
    test_service(*state, "F2", "O2", "01");
    test_charge(*state, "F2", "2025-03-02T10:00:00", "1", "3.00", "");
    test_record(*state, STL_R_DIAGNOSIS, "maindiag_flag=0 diag_code=J96.000");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V23");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RULE_TEST(operative_diagnosis_without_operation_warns),
        RULE_TEST(operation_of_any_pattern_supports_it),
        RULE_TEST(operations_not_given_are_not_evaluated),
        RULE_TEST(severe_diagnosis_without_its_treatment_warns),
        RULE_TEST(severe_diagnosis_with_its_treatment_is_silent),
        RULE_TEST(severe_diagnosis_as_the_principal_one_raises_nothing),
        RULE_TEST(two_diagnoses_without_treatment_are_one_finding),
        RULE_TEST(without_diagnoses_or_lists_nothing_is_evaluated),
        RULE_TEST(the_first_charge_may_be_its_treatment),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
