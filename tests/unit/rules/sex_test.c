/* SPDX-License-Identifier: Apache-2.0 */
#include "support/rules_support.h"

static void item(test_world *w) {
    test_service(w, "F1", "C1", "01");
    test_row(w, STL_T_LISTS, "list=V10.certificate item=01");
    test_stay(w, "psn_cert_type=99");
    test_row(w, STL_T_SEX, "med_list_codg=C1 gend=2 text=用于子宫虚寒 gz_code=GZ3 kp_id=KP3");
    test_charge(w, "F1", "2025-03-02T10:00:00", "1", "26.50", "");
}

static void item_for_women_is_found_with_a_man(void **state) {
    item(*state);
    test_findings f = test_judge(*state);
    assert_found(&f, "V10", "1", "");
    const stl_finding *found = test_finding(&f, "V10", 0);
    assert_int_equal(found->vola_amt, test_money("26.50"));
    assert_int_equal(found->action, STL_BLOCK);
    assert_str(found->gz_code, "GZ3");
    assert_says(found->evidence, "women only, the patient is male");
}

static void item_for_women_is_right_with_a_woman(void **state) {
    item(*state);
    test_stay(*state, "gend=2");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V10");
    assert_gap(&f, "V10", -1);
}

static void unknown_sex_is_not_evaluated(void **state) {
    item(*state);
    test_stay(*state, "gend=9");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V10");
    assert_gap(&f, "V10", 1);
}

static void whose_sex_is_not_certain_is_left_out(void **state) {
    item(*state);
    test_row(*state, STL_T_LISTS, "list=V10.sex-exempt item=Q56*");
    test_record(*state, STL_R_DIAGNOSIS, "diag_code=Q56.001");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V10");
    assert_missing(&f, "V10", "a patient whom the rule does not leave out (diagnosis)");
}

static void another_diagnosis_leaves_nobody_out(void **state) {
    item(*state);
    test_row(*state, STL_T_LISTS, "list=V10.sex-exempt item=Q56*");
    test_record(*state, STL_R_DIAGNOSIS, "diag_code=Q55.001");
    test_findings f = test_judge(*state);
    assert_found(&f, "V10", "1", "");
}

static void item_allowed_to_both_is_right(void **state) {
    item(*state);
    test_row(*state, STL_T_SEX, "med_list_codg=C1 gend=1");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V10");
}

static void a_row_not_yet_in_force_does_not_bind(void **state) {
    test_service(*state, "F1", "C1", "01");
    test_row(*state, STL_T_SEX, "med_list_codg=C1 gend=2 begndate=2025-03-03");
    test_charge(*state, "F1", "2025-03-02T10:00:00", "1", "26.50", "");
    test_charge(*state, "F1", "2025-03-03T10:00:00", "1", "26.50", "");
    test_findings f = test_judge(*state);
    assert_found(&f, "V10", "2", "");
}

static void refunded_line_is_right(void **state) {
    item(*state);
    test_charge(*state, "F1", "2025-03-02T11:00:00", "-1", "26.50", "init_feedetl_sn=1");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V10");
}

static void what_is_said_of_another_item_does_not_count(void **state) {
    item(*state);
    test_row(*state, STL_T_SEX, "med_list_codg=C0 gend=1");
    test_row(*state, STL_T_SEX, "med_list_codg=C2 gend=1");
    test_findings f = test_judge(*state);
    assert_found(&f, "V10", "1", "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RULE_TEST(item_for_women_is_found_with_a_man),
        RULE_TEST(item_for_women_is_right_with_a_woman),
        RULE_TEST(unknown_sex_is_not_evaluated),
        RULE_TEST(whose_sex_is_not_certain_is_left_out),
        RULE_TEST(another_diagnosis_leaves_nobody_out),
        RULE_TEST(item_allowed_to_both_is_right),
        RULE_TEST(a_row_not_yet_in_force_does_not_bind),
        RULE_TEST(refunded_line_is_right),
        RULE_TEST(what_is_said_of_another_item_does_not_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
