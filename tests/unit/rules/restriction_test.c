/* SPDX-License-Identifier: Apache-2.0 */
#include "support/rules_support.h"

#include <stdio.h>

static void drug(test_world *w) {
    test_service(w, "D", "XD1", "01");
    test_row(w, STL_T_LISTS, "list=visit item=2101 value=inpatient");
    test_row(w, STL_T_LISTS, "list=visit item=11 value=outpatient");
    test_row(w, STL_T_LISTS, "list=visit item=13 value=emergency");
    test_row(w, STL_T_LISTS, "list=V12.maternity item=510");
    test_row(w, STL_T_LISTS, "list=V12.maternity item=med^type:52");
    test_charge(w, "D", "2025-03-02T10:00:00", "2", "10.00", "");
    test_charge(w, "D", "2025-03-03T10:00:00", "1", "10.00", "");
}

static void visit_mode(test_world *w, const char *mode, const char *med_type) {
    char text[128];
    drug(w);
    snprintf(text, sizeof text, "med_list_codg=XD1 visit_mode=%s text=限住院 gz_code=GZ7 kp_id=KP7",
             mode);
    test_row(w, STL_T_VISIT, text);
    snprintf(text, sizeof text, "med_type=%s", med_type);
    test_stay(w, text);
}

static void a_drug_for_inpatients_is_not_paid_to_an_outpatient(void **state) {
    visit_mode(*state, "inpatient", "11");
    test_findings f = test_judge(*state);
    assert_found(&f, "V12", "1 2", "");
    const stl_finding *found = test_finding(&f, "V12", 0);
    assert_int_equal(found->action, STL_BLOCK);
    assert_int_equal(found->vola_amt, test_money("30.00"));
    assert_str(found->gz_code, "GZ7");
    assert_says(found->evidence,
                "is paid for only in inpatient stays, this is an outpatient visit");
    assert_says(found->basis, "rules/visit-mode.csv XD1 KP7");
}

static void a_drug_for_inpatients_is_right_in_a_stay(void **state) {
    visit_mode(*state, "inpatient", "2101");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V12");
    assert_gap(&f, "V12", -1);
}

static void a_drug_for_inpatients_is_not_paid_in_an_emergency(void **state) {
    visit_mode(*state, "inpatient", "13");
    test_findings f = test_judge(*state);
    assert_found(&f, "V12", "1 2", "");
}

static void a_drug_for_emergencies_too_is_right_in_one(void **state) {
    visit_mode(*state, "emergency-inpatient", "13");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V12");
}

static void a_visit_of_unknown_kind_is_not_evaluated(void **state) {
    visit_mode(*state, "inpatient", "77");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V12");
    assert_gap(&f, "V12", 2);
}

static void what_the_patient_bears_is_not_restricted(void **state) {
    visit_mode(*state, "inpatient", "11");
    stl_charge *charges = test_the_stay(*state)->rows[STL_R_CHARGE].items;
    charges[0].hosp_appr_flag = STL_STR("2");
    test_findings f = test_judge(*state);
    assert_found(&f, "V12", "2", "");
}

static void a_refunded_line_is_not_restricted(void **state) {
    visit_mode(*state, "inpatient", "11");
    test_charge(*state, "D", "2025-03-04T10:00:00", "-2", "10.00", "init_feedetl_sn=1");
    test_findings f = test_judge(*state);
    assert_found(&f, "V12", "2", "");
}

static void a_row_not_yet_in_force_does_not_restrict(void **state) {
    drug(*state);
    test_stay(*state, "med_type=11");
    test_row(*state, STL_T_VISIT, "med_list_codg=XD1 visit_mode=inpatient begndate=2025-03-03");
    test_findings f = test_judge(*state);
    assert_found(&f, "V12", "2", "");
}

static void grade(test_world *w, const char *least, const char *level) {
    char text[128];
    drug(w);
    snprintf(text, sizeof text, "med_list_codg=XD1 min_medins_lv=%s gz_code=GZ8 text=限二级",
             least);
    test_row(w, STL_T_GRADE, text);
    snprintf(text, sizeof text, "medins_lv=%s", level);
    test_stay(w, text);
}

static void a_hospital_below_the_level_is_not_paid(void **state) {
    grade(*state, "2", "1");
    test_findings f = test_judge(*state);
    assert_found(&f, "V12", "1 2", "");
    assert_str(test_finding(&f, "V12", 0)->gz_code, "GZ8");
    assert_says(test_finding(&f, "V12", 0)->evidence,
                "only at level 2 or higher, this hospital is level 1");
}

static void a_hospital_of_the_level_is_paid(void **state) {
    grade(*state, "2", "2");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V12");
    assert_gap(&f, "V12", -1);
}

static void an_unknown_level_is_not_evaluated(void **state) {
    grade(*state, "2", "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V12");
    assert_gap(&f, "V12", 2);
}

static void scheme(test_world *w, const char *insurance, const char *head) {
    char text[128];
    drug(w);
    snprintf(text, sizeof text, "med_list_codg=XD1 insurance=%s gz_code=GZ9 text=限", insurance);
    test_row(w, STL_T_SCHEME, text);
    test_stay(w, head);
}

static void a_maternity_drug_is_not_paid_by_another_scheme(void **state) {
    scheme(*state, "maternity", "insutype=310");
    test_findings f = test_judge(*state);
    assert_found(&f, "V12", "1 2", "");
    assert_says(test_finding(&f, "V12", 0)->evidence,
                "only by maternity insurance, the scheme is 310");
}

static void a_maternity_drug_is_paid_by_maternity_insurance(void **state) {
    scheme(*state, "maternity", "insutype=510");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V12");
    assert_gap(&f, "V12", -1);
}

static void a_maternity_drug_is_paid_in_a_maternity_stay_of_any_scheme(void **state) {
    scheme(*state, "maternity", "insutype=310 med_type=52");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V12");
}

static void a_kind_of_insurance_without_a_list_is_not_evaluated(void **state) {
    scheme(*state, "work-injury", "insutype=310");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V12");
    assert_gap(&f, "V12", 2);
}

static void restricted(test_world *w, const char *flag) {
    char text[64];
    test_item(w, "medins_list_codg=R medins_list_name=R");
    test_map(w, "medins_list_codg=R map_id=MR med_list_codg=XR");
    test_row(w, STL_T_CATALOGUE, "med_list_codg=XR chrgitm_lv=02 selfpay_prop=0.1 lmt_used_flag=1");
    snprintf(text, sizeof text, "hosp_appr_flag=%s", flag);
    test_charge(w, "R", "2025-03-02T10:00:00", "1", "40.00", text);
}

static void restricted_use_that_needs_no_approval_is_found(void **state) {
    restricted(*state, "0");
    test_findings f = test_judge(*state);
    assert_found(&f, "V12", "1", "");
    assert_int_equal(test_finding(&f, "V12", 0)->vola_amt, test_money("40.00"));
    assert_says(test_finding(&f, "V12", 0)->evidence, "hosp_appr_flag is 0");
}

static void restricted_use_that_was_approved_is_right(void **state) {
    restricted(*state, "1");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V12");
    assert_gap(&f, "V12", -1);
}

static void restricted_use_that_was_refused_is_self_funded(void **state) {
    restricted(*state, "2");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V12");
    assert_gap(&f, "V13", 1);
}

static void restricted_use_without_the_flag_is_not_evaluated(void **state) {
    restricted(*state, "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V12");
    assert_gap(&f, "V12", 1);
}

static void two_causes_over_the_same_lines_are_one_finding(void **state) {
    visit_mode(*state, "inpatient", "11");
    test_stay(*state, "medins_lv=1");
    test_row(*state, STL_T_GRADE, "med_list_codg=XD1 min_medins_lv=2 gz_code=GZ8 text=限二级");
    test_findings f = test_judge(*state);
    assert_found(&f, "V12", "1 2", "");
    assert_says(test_finding(&f, "V12", 0)->basis, "rules/visit-mode.csv");
    assert_says(test_finding(&f, "V12", 0)->basis, "rules/institution-grade.csv");
}

static void restricted_use_that_the_fund_never_pays_is_not_asked(void **state) {
    restricted(*state, "0");
    test_row(*state, STL_T_EXCLUSIONS, "med_list_codg=XR");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V12");
    assert_gap(&f, "V12", -1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RULE_TEST(a_drug_for_inpatients_is_not_paid_to_an_outpatient),
        RULE_TEST(a_drug_for_inpatients_is_right_in_a_stay),
        RULE_TEST(a_drug_for_inpatients_is_not_paid_in_an_emergency),
        RULE_TEST(a_drug_for_emergencies_too_is_right_in_one),
        RULE_TEST(a_visit_of_unknown_kind_is_not_evaluated),
        RULE_TEST(what_the_patient_bears_is_not_restricted),
        RULE_TEST(a_refunded_line_is_not_restricted),
        RULE_TEST(a_row_not_yet_in_force_does_not_restrict),
        RULE_TEST(a_hospital_below_the_level_is_not_paid),
        RULE_TEST(a_hospital_of_the_level_is_paid),
        RULE_TEST(an_unknown_level_is_not_evaluated),
        RULE_TEST(a_maternity_drug_is_not_paid_by_another_scheme),
        RULE_TEST(a_maternity_drug_is_paid_by_maternity_insurance),
        RULE_TEST(a_maternity_drug_is_paid_in_a_maternity_stay_of_any_scheme),
        RULE_TEST(a_kind_of_insurance_without_a_list_is_not_evaluated),
        RULE_TEST(restricted_use_that_needs_no_approval_is_found),
        RULE_TEST(restricted_use_that_was_approved_is_right),
        RULE_TEST(restricted_use_that_was_refused_is_self_funded),
        RULE_TEST(restricted_use_without_the_flag_is_not_evaluated),
        RULE_TEST(two_causes_over_the_same_lines_are_one_finding),
        RULE_TEST(restricted_use_that_the_fund_never_pays_is_not_asked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
