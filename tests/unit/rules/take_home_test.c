/* SPDX-License-Identifier: Apache-2.0 */
#include "support/rules_support.h"

#include <stdio.h>

static void world(test_world *w) {
    test_service(w, "D", "XD1", "01");
    test_row(w, STL_T_LISTS, "list=V11.chronic item=I10*");
    test_row(w, STL_T_LISTS, "list=V11.quantity item=XD* value=20");
    test_row(w, STL_T_PARAMETERS, "rule_id=V11 name=acute-days value=7");
    test_row(w, STL_T_PARAMETERS, "rule_id=V11 name=chronic-days value=15");
}

static void home(test_world *w, const char *days) {
    char text[64];
    snprintf(text, sizeof text, "dscg_tkdrug_flag=1 days_supply=%s", days);
    test_charge(w, "D", "2025-03-05T09:00:00", "1", "11.00", text);
}

static void seven_days_of_an_acute_disease_are_right(void **state) {
    world(*state);
    home(*state, "7");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V11");
    assert_gap(&f, "V11", -1);
}

static void eight_days_of_an_acute_disease_are_found(void **state) {
    world(*state);
    home(*state, "8");
    test_findings f = test_judge(*state);
    assert_found(&f, "V11", "1", "");
    const stl_finding *found = test_finding(&f, "V11", 0);
    assert_int_equal(found->action, STL_WARN);
    assert_int_equal(found->vola_amt, test_money("11.00"));
    assert_says(found->evidence, "taken home for 8 days > 7 days (acute disease)");
}

static void fifteen_days_of_a_chronic_disease_are_right(void **state) {
    world(*state);
    test_record(*state, STL_R_DIAGNOSIS, "diag_srt_no=2 diag_code=I10.x00x002");
    home(*state, "15");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V11");
}

static void sixteen_days_of_a_chronic_disease_are_found(void **state) {
    world(*state);
    test_record(*state, STL_R_DIAGNOSIS, "diag_srt_no=2 diag_code=I10.x00x002");
    home(*state, "16");
    test_findings f = test_judge(*state);
    assert_found(&f, "V11", "1", "");
    assert_says(test_finding(&f, "V11", 0)->evidence, "(chronic disease I10.x00x002)");
}

static void supplies_of_one_drug_add_up(void **state) {
    world(*state);
    home(*state, "5");
    home(*state, "3");
    test_findings f = test_judge(*state);
    assert_found(&f, "V11", "2", "1");
}

/* A visit of the kind, a drug for so many days. */
static void prescribed(test_world *w, const char *visit, const char *days) {
    char text[64];
    world(w);
    test_row(w, STL_T_PARAMETERS, "rule_id=V11 name=emergency-days value=3");
    test_row(w, STL_T_PARAMETERS, "rule_id=V11 name=outpatient-days value=7");
    test_row(w, STL_T_PARAMETERS, "rule_id=V11 name=outpatient-chronic-days value=20");
    snprintf(text, sizeof text, "list=visit item=11 value=%s", visit);
    test_row(w, STL_T_LISTS, text);
    test_stay(w, "med_type=11");
    snprintf(text, sizeof text, "days_supply=%s", days);
    test_charge(w, "D", "2025-03-05T09:00:00", "1", "11.00", text);
}

static void prescription_of_as_many_days_as_allowed_is_right(void **state) {
    static const char *const RIGHT[][2] = {{"emergency", "3"}, {"outpatient", "7"}};
    for (size_t i = 0; i < 2; i++) {
        test_rules_teardown(state);
        test_rules_setup(state);
        prescribed(*state, RIGHT[i][0], RIGHT[i][1]);
        test_findings f = test_judge(*state);
        assert_silent(&f, "V11");
        assert_gap(&f, "V11", -1);
    }
}

static void prescription_of_a_day_more_is_found(void **state) {
    prescribed(*state, "emergency", "4");
    test_findings f = test_judge(*state);
    assert_found(&f, "V11", "1", "");
    assert_says(test_finding(&f, "V11", 0)->evidence,
                "prescribed in an emergency for 4 days > 3 days (acute disease)");
    assert_says(test_finding(&f, "V11", 0)->basis, "rules/parameters.csv V11 emergency-days");
}

static void prescription_for_an_outpatient_is_found(void **state) {
    prescribed(*state, "outpatient", "8");
    test_findings f = test_judge(*state);
    assert_found(&f, "V11", "1", "");
    assert_says(test_finding(&f, "V11", 0)->evidence, "prescribed to an outpatient for 8 days > 7");
}

static void chronic_outpatients_have_more_days(void **state) {
    prescribed(*state, "outpatient", "20");
    test_record(*state, STL_R_DIAGNOSIS, "diag_srt_no=2 diag_code=I10.x00x002");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V11");
    test_charge(*state, "D", "2025-03-05T09:00:00", "1", "11.00", "days_supply=1 drord_no=O1");
    f = test_judge(*state);
    assert_found(&f, "V11", "2", "1");
}

static void another_prescription_has_days_of_its_own(void **state) {
    prescribed(*state, "emergency", "3");
    test_charge(*state, "D", "2025-03-05T10:00:00", "1", "11.00", "days_supply=3");
    test_charge(*state, "D", "2025-03-05T11:00:00", "1", "11.00", "days_supply=3 drord_no=");
    test_charge(*state, "D", "2025-03-05T12:00:00", "1", "11.00", "days_supply=3 drord_no=");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V11");
}

static void each_prescription_is_told_once(void **state) {
    prescribed(*state, "emergency", "4");
    test_charge(*state, "D", "2025-03-05T10:00:00", "1", "11.00", "days_supply=1 drord_no=O1");
    test_charge(*state, "D", "2025-03-05T11:00:00", "1", "11.00", "days_supply=5");
    test_findings f = test_judge(*state);
    assert_int_equal(test_count(&f, "V11"), 2);
    assert_says(test_finding(&f, "V11", 0)->evidence, "for 5 days > 3 days");
    assert_int_equal(test_finding(&f, "V11", 0)->n_lines, 2);
    assert_int_equal(test_finding(&f, "V11", 1)->n_lines, 1);
}

static void drugs_given_in_a_stay_have_no_days(void **state) {
    prescribed(*state, "inpatient", "30");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V11");
    assert_gap(&f, "V11", -1);
}

static void prescription_without_days_is_not_evaluated(void **state) {
    prescribed(*state, "outpatient", "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V11");
    assert_missing(&f, "V11", "days_supply of drugs");
}

static void unknown_days_are_not_evaluated(void **state) {
    world(*state);
    home(*state, "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V11");
    assert_gap(&f, "V11", 1);
}

static void without_limits_it_is_not_evaluated(void **state) {
    test_service(*state, "D", "XD1", "01");
    home(*state, "99");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V11");
    assert_gap(&f, "V11", 1);
}

static void what_is_used_in_the_ward_is_not_taken_home(void **state) {
    world(*state);
    test_charge(*state, "D", "2025-03-04T09:00:00", "1", "11.00", "days_supply=30");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V11");
    assert_gap(&f, "V11", -1);
}

static void a_quantity_on_the_limit_is_right(void **state) {
    world(*state);
    test_charge(*state, "D", "2025-03-02T09:00:00", "12", "1.00", "");
    test_charge(*state, "D", "2025-03-03T09:00:00", "8", "1.00", "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V11");
}

static void a_quantity_over_the_limit_is_found_where_it_is_passed(void **state) {
    world(*state);
    test_charge(*state, "D", "2025-03-02T09:00:00", "12", "1.00", "");
    test_charge(*state, "D", "2025-03-03T09:00:00", "8.5", "1.00", "");
    test_findings f = test_judge(*state);
    assert_found(&f, "V11", "2", "1");
    assert_says(test_finding(&f, "V11", 0)->evidence, "20.5 次 in this stay > limit 20 次");
}

static void a_quantity_that_cannot_be_converted_is_not_evaluated(void **state) {
    world(*state);
    test_item(*state, "medins_list_codg=E medins_list_name=E");
    test_map(*state, "medins_list_codg=E map_id=ME med_list_codg=XD2 factor_num=0");
    test_charge(*state, "E", "2025-03-02T09:00:00", "12", "1.00", "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V11");
    assert_gap(&f, "V11", 1);
}

static void a_drug_without_a_limit_is_right(void **state) {
    world(*state);
    test_service(*state, "L", "L1", "01");
    test_charge(*state, "D", "2025-03-02T09:00:00", "12", "1.00", "");
    test_charge(*state, "L", "2025-03-02T09:00:00", "99", "1.00", "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V11");
    assert_gap(&f, "V11", -1);
}

static void refunded_ones_are_neither_counted_nor_named(void **state) {
    world(*state);
    test_charge(*state, "D", "2025-03-02T09:00:00", "12", "1.00", "");
    test_charge(*state, "D", "2025-03-02T10:00:00", "-12", "1.00", "init_feedetl_sn=1");
    test_charge(*state, "D", "2025-03-03T09:00:00", "20", "1.00", "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V11");
    test_charge(*state, "D", "2025-03-04T09:00:00", "0.5", "1.00", "");
    f = test_judge(*state);
    assert_found(&f, "V11", "4", "3");
}

static void an_unknown_quantity_does_not_pass_the_limit(void **state) {
    world(*state);
    test_item(*state, "medins_list_codg=E medins_list_name=E");
    test_map(*state, "medins_list_codg=E map_id=ME med_list_codg=XD1 factor_num=0");
    test_charge(*state, "D", "2025-03-02T09:00:00", "20", "1.00", "");
    test_charge(*state, "E", "2025-03-02T10:00:00", "12", "1.00", "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V11");
    assert_gap(&f, "V11", 1);
    assert_missing(&f, "V11", "quantity of a limited drug");
}

static void why_there_is_no_limit_is_told(void **state) {
    test_service(*state, "D", "XD1", "01");
    home(*state, "99");
    test_findings f = test_judge(*state);
    assert_missing(&f, "V11", "list V11.chronic");
    test_row(*state, STL_T_LISTS, "list=V11.chronic item=I10*");
    test_stay(*state, "dscg_maindiag_code=");
    f = test_judge(*state);
    assert_missing(&f, "V11", "diagnoses");
    test_stay(*state, "dscg_maindiag_code=J15.902");
    f = test_judge(*state);
    assert_missing(&f, "V11", "parameter V11 acute-days");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RULE_TEST(seven_days_of_an_acute_disease_are_right),
        RULE_TEST(eight_days_of_an_acute_disease_are_found),
        RULE_TEST(fifteen_days_of_a_chronic_disease_are_right),
        RULE_TEST(sixteen_days_of_a_chronic_disease_are_found),
        RULE_TEST(supplies_of_one_drug_add_up),
        RULE_TEST(prescription_of_as_many_days_as_allowed_is_right),
        RULE_TEST(prescription_of_a_day_more_is_found),
        RULE_TEST(prescription_for_an_outpatient_is_found),
        RULE_TEST(chronic_outpatients_have_more_days),
        RULE_TEST(another_prescription_has_days_of_its_own),
        RULE_TEST(each_prescription_is_told_once),
        RULE_TEST(drugs_given_in_a_stay_have_no_days),
        RULE_TEST(prescription_without_days_is_not_evaluated),
        RULE_TEST(unknown_days_are_not_evaluated),
        RULE_TEST(without_limits_it_is_not_evaluated),
        RULE_TEST(what_is_used_in_the_ward_is_not_taken_home),
        RULE_TEST(a_quantity_on_the_limit_is_right),
        RULE_TEST(a_quantity_over_the_limit_is_found_where_it_is_passed),
        RULE_TEST(a_quantity_that_cannot_be_converted_is_not_evaluated),
        RULE_TEST(a_drug_without_a_limit_is_right),
        RULE_TEST(refunded_ones_are_neither_counted_nor_named),
        RULE_TEST(an_unknown_quantity_does_not_pass_the_limit),
        RULE_TEST(why_there_is_no_limit_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
