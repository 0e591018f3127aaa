/* SPDX-License-Identifier: Apache-2.0 */
#include "support/rules_support.h"

static void hinted(test_world *w) {
    test_service(w, "D", "XD1", "01");
    test_row(w, STL_T_HINTS,
             "med_list_codg=XD1 rule_class=限适应症 text=限重症 gz_code=GZ8 kp_id=KP8");
    test_charge(w, "D", "2025-03-02T10:00:00", "2", "10.00", "");
    test_charge(w, "D", "2025-03-03T10:00:00", "1", "10.00", "");
}

static void a_text_is_one_hint_for_all_lines_of_its_code(void **state) {
    hinted(*state);
    test_findings f = test_judge(*state);
    assert_found(&f, "T1", "1 2", "");
    const stl_finding *found = test_finding(&f, "T1", 0);
    assert_int_equal(found->action, STL_HINT);
    assert_int_equal(found->vola_amt, test_money("30.00"));
    assert_str(found->gz_code, "GZ8");
    assert_says(found->evidence, "\"限重症\"");
    assert_false(stl_verdict_stops(&f.verdict));
}

static void two_texts_of_one_code_are_one_hint(void **state) {
    hinted(*state);
    test_row(*state, STL_T_HINTS, "med_list_codg=XD1 rule_class=限二线 text=限二线用药 kp_id=KP9");
    test_findings f = test_judge(*state);
    assert_found(&f, "T1", "1 2", "");
    assert_says(test_finding(&f, "T1", 0)->evidence, "限重症");
    assert_says(test_finding(&f, "T1", 0)->evidence, "限二线用药");
}

static void what_was_approved_or_refused_needs_no_hint(void **state) {
    hinted(*state);
    stl_charge *charges = test_the_stay(*state)->rows[STL_R_CHARGE].items;
    charges[0].hosp_appr_flag = STL_STR("1");
    charges[1].hosp_appr_flag = STL_STR("2");
    test_findings f = test_judge(*state);
    assert_silent(&f, "T1");
}

static void an_item_without_a_text_has_no_hint(void **state) {
    test_service(*state, "D", "XD2", "01");
    test_charge(*state, "D", "2025-03-02T10:00:00", "2", "10.00", "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "T1");
}

static void a_class_of_texts_may_concern_one_kind_of_visit(void **state) {
    hinted(*state);
    test_row(*state, STL_T_LISTS, "list=T1.visit item=限适应症 value=internet");
    test_row(*state, STL_T_LISTS, "list=visit item=2101 value=inpatient");
    test_row(*state, STL_T_LISTS, "list=visit item=77 value=internet");
    test_findings f = test_judge(*state);
    assert_silent(&f, "T1");
    test_stay(*state, "med_type=77");
    f = test_judge(*state);
    assert_found(&f, "T1", "1 2", "");
}

static void a_refunded_line_has_no_hint(void **state) {
    hinted(*state);
    test_charge(*state, "D", "2025-03-04T10:00:00", "-1", "10.00", "init_feedetl_sn=2");
    test_findings f = test_judge(*state);
    assert_found(&f, "T1", "1", "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RULE_TEST(a_text_is_one_hint_for_all_lines_of_its_code),
        RULE_TEST(two_texts_of_one_code_are_one_hint),
        RULE_TEST(what_was_approved_or_refused_needs_no_hint),
        RULE_TEST(an_item_without_a_text_has_no_hint),
        RULE_TEST(a_class_of_texts_may_concern_one_kind_of_visit),
        RULE_TEST(a_refunded_line_has_no_hint),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
