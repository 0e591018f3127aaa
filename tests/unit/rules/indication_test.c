/* SPDX-License-Identifier: Apache-2.0 */
#include "support/rules_support.h"

static void lists(test_world *w) {
    test_row(w, STL_T_LISTS, "list=V17.diagnosis item=J06* name=上呼吸道感染 source=V17");
    test_row(w, STL_T_LISTS, "list=V17.department item=A50* name=中医科");
    test_service(w, "F1", "C1", "01");
    test_charge(w, "F1", "2025-03-02T10:00:00", "1", "26.50", "");
}

static void principal_diagnosis_on_the_list_is_a_hint(void **state) {
    lists(*state);
    test_stay(*state, "dscg_maindiag_code=J06.900");
    test_findings f = test_judge(*state);
    assert_found(&f, "V17", "", "");
    const stl_finding *found = test_finding(&f, "V17", 0);
    assert_int_equal(found->action, STL_HINT);
    assert_int_equal(found->vola_amt, test_money("26.50"));
    assert_says(found->evidence, "principal diagnosis J06.900");
}

static void department_on_the_list_is_a_hint(void **state) {
    lists(*state);
    test_stay(*state, "adm_dept_codg=A50.05");
    test_findings f = test_judge(*state);
    assert_found(&f, "V17", "", "");
    assert_says(test_finding(&f, "V17", 0)->evidence, "admitting department A50.05");
}

static void other_diagnosis_and_department_are_silent(void **state) {
    lists(*state);
    test_findings f = test_judge(*state);
    assert_silent(&f, "V17");
    assert_gap(&f, "V17", -1);
}

static void secondary_diagnosis_does_not_count(void **state) {
    lists(*state);
    test_record(*state, STL_R_DIAGNOSIS, "maindiag_flag=0 diag_code=J06.900");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V17");
}

static void principal_diagnosis_is_taken_from_the_file_where_the_head_has_none(void **state) {
    lists(*state);
    test_stay(*state, "dscg_maindiag_code=");
    test_record(*state, STL_R_DIAGNOSIS, "maindiag_flag=0 diag_code=J15.900");
    test_record(*state, STL_R_DIAGNOSIS, "maindiag_flag=1 diag_code=J06.900");
    test_findings f = test_judge(*state);
    assert_found(&f, "V17", "", "");
}

static void missing_diagnosis_or_department_is_not_evaluated(void **state) {
    lists(*state);
    test_stay(*state, "dscg_maindiag_code= adm_dept_codg=");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V17");
    assert_gap(&f, "V17", 0);
    assert_int_equal(test_gaps(&f, "V17"), 2);
}

static void missing_lists_are_not_evaluated(void **state) {
    test_stay(*state, "dscg_maindiag_code=J06.900");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V17");
    assert_int_equal(test_gaps(&f, "V17"), 2);
    assert_gap(&f, "V17", 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RULE_TEST(principal_diagnosis_on_the_list_is_a_hint),
        RULE_TEST(department_on_the_list_is_a_hint),
        RULE_TEST(other_diagnosis_and_department_are_silent),
        RULE_TEST(secondary_diagnosis_does_not_count),
        RULE_TEST(principal_diagnosis_is_taken_from_the_file_where_the_head_has_none),
        RULE_TEST(missing_diagnosis_or_department_is_not_evaluated),
        RULE_TEST(missing_lists_are_not_evaluated),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
