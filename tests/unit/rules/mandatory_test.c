/* SPDX-License-Identifier: Apache-2.0 */
#include "support/rules_support.h"

#include <stdio.h>

static void demand(test_world *w, const char *record, const char *field, const char *required,
                   const char *form) {
    char row[256];
    snprintf(row, sizeof row, "record=%s field=%s required=%s form=%s source=S9", record, field,
             required, form);
    for (char *at = strchr(row, '_'); at != NULL; at = strchr(at, '_'))
        *at = '^';
    test_row(w, STL_T_MANDATORY, row);
}

static void charges(test_world *w, const char *more) {
    test_service(w, "F1", "001101000010000", "01");
    test_charge(w, "F1", "2025-03-02T10:00:00", "1", "10.00", "");
    test_charge(w, "F1", "2025-03-02T11:00:00", "1", "20.00", more);
}

static void a_field_that_is_there_is_right(void **state) {
    demand(*state, "stays", "adm_dept_codg", "1", "");
    demand(*state, "charges", "bilg_dr_codg", "1", "doctor");
    charges(*state, "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V26");
}

static void an_empty_field_of_the_stay_is_found(void **state) {
    demand(*state, "stays", "adm_dept_codg", "1", "");
    test_stay(*state, "adm_dept_codg=");
    charges(*state, "");
    test_findings f = test_judge(*state);
    assert_found(&f, "V26", "", "");
    assert_str(test_finding(&f, "V26", 0)->evidence, "stays.adm_dept_codg is empty");
    assert_says(test_finding(&f, "V26", 0)->basis, "rules/mandatory.csv stays adm_dept_codg  S9");
    assert_int_equal(test_finding(&f, "V26", 0)->action, STL_BLOCK);
}

static void all_faults_of_the_stay_are_one_finding(void **state) {
    demand(*state, "stays", "adm_dept_codg", "1", "");
    demand(*state, "stays", "insuplc_admdvs", "1", "admdvs");
    test_stay(*state, "adm_dept_codg= insuplc_admdvs=99");
    charges(*state, "");
    test_findings f = test_judge(*state);
    assert_found(&f, "V26", "", "");
    assert_says(test_finding(&f, "V26", 0)->evidence, "stays.adm_dept_codg is empty");
    assert_says(test_finding(&f, "V26", 0)->evidence,
                "stays.insuplc_admdvs has not the form admdvs: 99");
}

static void the_chinese_message_names_the_field(void **state) {
    demand(*state, "charges", "bilg_dr_codg", "1", "doctor");
    test_lang(*state, SETTLE_LANG_ZH);
    charges(*state, "bilg_dr_codg=");
    test_findings f = test_judge(*state);
    assert_found(&f, "V26", "2", "");
    assert_says(test_finding(&f, "V26", 0)->evidence, "开单医师编码（charges.bilg_dr_codg）为空");
}

static void a_code_of_another_form_is_found_at_its_line(void **state) {
    demand(*state, "charges", "bilg_dr_codg", "1", "doctor");
    charges(*state, "bilg_dr_codg=12345");
    test_findings f = test_judge(*state);
    assert_found(&f, "V26", "2", "");
    assert_says(test_finding(&f, "V26", 0)->evidence, "has not the form doctor: 12345");
    assert_int_equal(test_finding(&f, "V26", 0)->vola_amt, test_money("20.00"));
}

static void an_optional_field_may_be_empty(void **state) {
    demand(*state, "charges", "bilg_dr_codg", "0", "doctor");
    charges(*state, "bilg_dr_codg=");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V26");
}

static void an_optional_field_has_its_form(void **state) {
    demand(*state, "charges", "bilg_dr_codg", "0", "doctor");
    charges(*state, "bilg_dr_codg=X");
    test_findings f = test_judge(*state);
    assert_found(&f, "V26", "2", "");
}

static void a_number_that_is_missing_is_found(void **state) {
    demand(*state, "charges", "pric", "1", "");
    charges(*state, "pric=");
    test_findings f = test_judge(*state);
    assert_found(&f, "V26", "2", "");
}

static void personal_values_are_never_shown(void **state) {
    demand(*state, "stays", "certno", "1", "admdvs");
    demand(*state, "stays", "psn_no", "1", "admdvs");
    charges(*state, "");
    test_findings f = test_judge(*state);
    assert_found(&f, "V26", "", "");
    const stl_finding *found = test_finding(&f, "V26", 0);
    assert_says(found->evidence, "stays.certno has not the form");
    assert_null(memmem(found->evidence.ptr, found->evidence.len, "999901", 6));
}

static void the_level_of_the_site_stands_in(void **state) {
    demand(*state, "stays", "medins_lv", "1", "");
    test_stay(*state, "medins_lv=");
    test_site(*state, (stl_case_site){.medins_lv = STL_STR("3")});
    charges(*state, "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V26");
}

static void a_level_known_nowhere_is_found(void **state) {
    demand(*state, "stays", "medins_lv", "1", "");
    test_stay(*state, "medins_lv=");
    charges(*state, "");
    test_findings f = test_judge(*state);
    assert_found(&f, "V26", "", "");
}

static void a_diagnosis_without_code_is_found(void **state) {
    demand(*state, "diagnoses", "diag_code", "1", "icd10");
    charges(*state, "");
    test_record(*state, STL_R_DIAGNOSIS, "diag_srt_no=1 diag_code=J15.902");
    test_record(*state, STL_R_DIAGNOSIS, "diag_srt_no=2");
    test_findings f = test_judge(*state);
    assert_found(&f, "V26", "", "");
    assert_says(test_finding(&f, "V26", 0)->evidence,
                "diagnoses.diag_code is empty: 1 record, the first is number 2");
}

static void diagnoses_not_supplied_are_not_evaluated(void **state) {
    demand(*state, "diagnoses", "diag_code", "1", "icd10");
    charges(*state, "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V26");
    assert_gap(&f, "V26", 0);
}

static void a_stay_supplied_without_diagnoses_is_found(void **state) {
    demand(*state, "diagnoses", "diag_code", "1", "icd10");
    charges(*state, "");
    test_given(*state, STL_R_DIAGNOSIS);
    test_findings f = test_judge(*state);
    assert_found(&f, "V26", "", "");
    assert_says(test_finding(&f, "V26", 0)->evidence, "the stay has no diagnoses");
    assert_int_equal(test_finding(&f, "V26", 0)->vola_amt, 0);
}

static void a_name_in_the_dictionary_may_be_empty(void **state) {
    demand(*state, "diagnoses", "diag_name", "1", "");
    test_row(*state, STL_T_ICD10, "code=J15.902 name=社区获得性肺炎");
    charges(*state, "");
    test_record(*state, STL_R_DIAGNOSIS, "diag_srt_no=1 diag_code=J15.902");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V26");
}

static void a_name_in_no_dictionary_may_not(void **state) {
    demand(*state, "diagnoses", "diag_name", "1", "");
    charges(*state, "");
    test_record(*state, STL_R_DIAGNOSIS, "diag_srt_no=1 diag_code=J15.902");
    test_findings f = test_judge(*state);
    assert_found(&f, "V26", "", "");
}

static void a_catalogue_code_of_no_form_is_found_at_its_lines(void **state) {
    demand(*state, "mapping", "med_list_codg", "1", "med-list");
    charges(*state, "");
    test_service(*state, "F2", "ABC", "01");
    test_charge(*state, "F2", "2025-03-02T11:00:00", "1", "20.00", "");
    test_findings f = test_judge(*state);
    assert_found(&f, "V26", "3", "");
    assert_says(test_finding(&f, "V26", 0)->evidence, "mapping.med_list_codg");
}

static void a_form_that_does_not_exist_is_not_evaluated(void **state) {
    demand(*state, "charges", "bilg_dr_codg", "1", "dict:none");
    charges(*state, "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V26");
    assert_gap(&f, "V26", 0);
    assert_missing(&f, "V26", "dict:none");
}

static void a_field_that_does_not_exist_is_not_evaluated(void **state) {
    demand(*state, "charges", "no_such", "1", "");
    demand(*state, "mapping", "factor_num", "1", "");
    charges(*state, "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V26");
    assert_missing(&f, "V26", "no_such");
    assert_missing(&f, "V26", "factor_num");
}

static void operations_not_supplied_are_not_evaluated(void **state) {
    demand(*state, "operations", "oprn_oprt_code", "1", "icd9cm3");
    charges(*state, "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V26");
    assert_gap(&f, "V26", 0);
}

static void an_operation_of_another_form_is_found(void **state) {
    demand(*state, "operations", "oprn_oprt_code", "1", "icd9cm3");
    charges(*state, "");
    test_record(*state, STL_R_OPERATION, "oprn_srt_no=1 oprn_oprt_code=13.41");
    test_findings f = test_judge(*state);
    assert_found(&f, "V26", "", "");
    assert_says(test_finding(&f, "V26", 0)->evidence, "13.41");
}

/* Judged with one charge of this name. */
static test_findings named(void **state, const char *name) {
    char more[128];
    test_rules_teardown(state);
    test_rules_setup(state);
    demand(*state, "charges", "medins_list_name", "1", "doctor");
    snprintf(more, sizeof more, "medins_list_name=%s", name);
    test_charge(*state, "F1", "2025-03-02T10:00:00", "1", "10.00", more);
    return test_judge(*state);
}

static void a_value_of_63_characters_is_shown_and_one_of_64_is_not(void **state) {
    static const char VALUE[] = "0123456789012345678901234567890123456789012345678901234567890123";
    test_findings f = named(state, VALUE + 1);
    assert_says(test_finding(&f, "V26", 0)->evidence, VALUE + 1);
    f = named(state, VALUE);
    assert_str(test_finding(&f, "V26", 0)->evidence,
               "charges.medins_list_name has not the form doctor: 1 record, the first is number 1");
}

static void grade_and_area_of_the_site_stand_in(void **state) {
    demand(*state, "stays", "hosp_lv", "1", "");
    demand(*state, "stays", "mdtrtarea_admvs", "1", "");
    test_stay(*state, "hosp_lv= mdtrtarea_admvs=");
    charges(*state, "");
    test_findings f = test_judge(*state);
    assert_says(test_finding(&f, "V26", 0)->evidence, "stays.hosp_lv is empty");
    assert_says(test_finding(&f, "V26", 0)->evidence, "stays.mdtrtarea_admvs is empty");
    test_site(*state, (stl_case_site){.hosp_lv = STL_STR("04"), .mdtrtarea_admvs = STL_STR("9")});
    f = test_judge(*state);
    assert_silent(&f, "V26");
}

static void the_dictionary_fills_names_only(void **state) {
    demand(*state, "diagnoses", "diag_type", "1", "");
    test_row(*state, STL_T_ICD10, "code=J15.902 name=社区获得性肺炎");
    charges(*state, "");
    test_record(*state, STL_R_DIAGNOSIS, "diag_srt_no=1 diag_code=J15.902");
    test_findings f = test_judge(*state);
    assert_found(&f, "V26", "", "");
    assert_says(test_finding(&f, "V26", 0)->evidence, "diagnoses.diag_type is empty");
}

static void every_column_of_a_mapping_may_be_demanded(void **state) {
    demand(*state, "mapping", "map_id", "1", "");
    test_item(*state, "medins_list_codg=F2");
    test_map(*state, "medins_list_codg=F2 med_list_codg=C2 map_id=");
    test_charge(*state, "F2", "2025-03-02T10:00:00", "1", "10.00", "");
    test_charge(*state, "X", "2025-03-02T10:00:00", "1", "10.00", "");
    test_findings f = test_judge(*state);
    assert_found(&f, "V26", "1", "");
    assert_says(test_finding(&f, "V26", 0)->evidence, "mapping.map_id is empty");
    assert_gap(&f, "V26", -1);
}

static void a_column_that_no_mapping_has_is_not_evaluated(void **state) {
    demand(*state, "mapping", "no_such", "1", "");
    charges(*state, "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V26");
    assert_missing(&f, "V26", "no_such");
}

static void the_first_field_of_a_record_may_be_demanded(void **state) {
    demand(*state, "charges", STL_RECORD_TYPES[STL_R_CHARGE].fields[0].name, "1", "");
    charges(*state, "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V26");
    assert_gap(&f, "V26", -1);
}

static void the_first_column_of_a_mapping_may_be_demanded(void **state) {
    demand(*state, "mapping", STL_MAPPING_TABLE.columns[0].csv, "1", "");
    demand(*state, "mapping", STL_MAPPING_TABLE.columns[1].csv, "1", "");
    charges(*state, "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V26");
    assert_gap(&f, "V26", -1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RULE_TEST(a_field_that_is_there_is_right),
        RULE_TEST(an_empty_field_of_the_stay_is_found),
        RULE_TEST(all_faults_of_the_stay_are_one_finding),
        RULE_TEST(the_chinese_message_names_the_field),
        RULE_TEST(a_code_of_another_form_is_found_at_its_line),
        RULE_TEST(an_optional_field_may_be_empty),
        RULE_TEST(an_optional_field_has_its_form),
        RULE_TEST(a_number_that_is_missing_is_found),
        RULE_TEST(personal_values_are_never_shown),
        RULE_TEST(the_level_of_the_site_stands_in),
        RULE_TEST(a_level_known_nowhere_is_found),
        RULE_TEST(a_diagnosis_without_code_is_found),
        RULE_TEST(diagnoses_not_supplied_are_not_evaluated),
        RULE_TEST(a_stay_supplied_without_diagnoses_is_found),
        RULE_TEST(a_name_in_the_dictionary_may_be_empty),
        RULE_TEST(a_name_in_no_dictionary_may_not),
        RULE_TEST(a_catalogue_code_of_no_form_is_found_at_its_lines),
        RULE_TEST(a_form_that_does_not_exist_is_not_evaluated),
        RULE_TEST(a_field_that_does_not_exist_is_not_evaluated),
        RULE_TEST(operations_not_supplied_are_not_evaluated),
        RULE_TEST(an_operation_of_another_form_is_found),
        RULE_TEST(a_value_of_63_characters_is_shown_and_one_of_64_is_not),
        RULE_TEST(grade_and_area_of_the_site_stand_in),
        RULE_TEST(the_dictionary_fills_names_only),
        RULE_TEST(every_column_of_a_mapping_may_be_demanded),
        RULE_TEST(a_column_that_no_mapping_has_is_not_evaluated),
        RULE_TEST(the_first_field_of_a_record_may_be_demanded),
        RULE_TEST(the_first_column_of_a_mapping_may_be_demanded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
