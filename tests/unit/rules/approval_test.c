/* SPDX-License-Identifier: Apache-2.0 */
#include "support/rules_support.h"

#include <stdio.h>

static void needs(test_world *w) {
    test_row(w, STL_T_LISTS, "list=V21.needs item=PET* value=large source=V21");
    test_row(w, STL_T_LISTS, "list=V21.needs item=STENT* value=consult");
    test_row(w, STL_T_PARAMETERS, "rule_id=V21 name=consult value=3");
    test_service(w, "F1", "PET1", "01");
    test_service(w, "F2", "STENT1", "01");
    test_service(w, "F3", "STENT2", "01");
    test_service(w, "F4", "C4", "01");
}

static void item_without_approval_is_held(void **state) {
    needs(*state);
    test_given(*state, STL_R_APPROVAL);
    test_charge(*state, "F1", "2025-03-02T10:00:00", "1", "4200.00", "");
    test_charge(*state, "F4", "2025-03-02T10:00:00", "1", "5.00", "");
    test_findings f = test_judge(*state);
    assert_found(&f, "V21", "1", "");
    const stl_finding *found = test_finding(&f, "V21", 0);
    assert_int_equal(found->action, STL_HOLD);
    assert_int_equal(found->vola_amt, test_money("4200.00"));
    assert_says(found->evidence,
                "F1 and what is like it: an approval \"large\" is needed, there is none");
    assert_says(found->basis, "V21.needs PET*");
}

/* Whether an approval with these fields lets the charge pass. */
static bool lets_pass(void **state, const char *approval) {
    test_rules_teardown(state);
    test_rules_setup(state);
    needs(*state);
    test_charge(*state, "F1", "2025-03-02T10:00:00", "1", "4200.00", "");
    test_record(*state, STL_R_APPROVAL, approval);
    test_findings f = test_judge(*state);
    return test_count(&f, "V21") == 0;
}

static void approval_covers_the_stay_the_line_or_the_code(void **state) {
    assert_true(lets_pass(state, "kind=large appr_no=A1"));
    assert_true(lets_pass(state, "kind=large appr_no=A1 feedetl_sn=1"));
    assert_true(lets_pass(state, "kind=large appr_no=A1 code=PET1"));
    assert_true(lets_pass(state, "kind=large appr_no=A1 code=F1"));
    assert_true(lets_pass(state, "kind=large appr_no=A1 begndate=2025-03-02 enddate=2025-03-02"));
}

static void approval_of_something_else_does_not_help(void **state) {
    assert_false(lets_pass(state, "kind=consult appr_no=A1"));
    assert_false(lets_pass(state, "kind=large appr_no="));
    assert_false(lets_pass(state, "kind=large appr_no=A1 feedetl_sn=2"));
    assert_false(lets_pass(state, "kind=large appr_no=A1 code=PET2"));
    assert_false(lets_pass(state, "kind=large appr_no=A1 begndate=2025-03-03"));
    assert_false(lets_pass(state, "kind=large appr_no=A1 enddate=2025-03-01"));
}

static void number_that_is_free_is_inclusive(void **state) {
    needs(*state);
    test_given(*state, STL_R_APPROVAL);
    test_charge(*state, "F2", "2025-03-02T10:00:00", "2", "100.00", "");
    test_charge(*state, "F3", "2025-03-02T10:00:00", "1", "100.00", "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V21");
    assert_gap(&f, "V21", -1);
}

static void one_more_than_is_free_is_held_over_all_items_of_the_kind(void **state) {
    needs(*state);
    test_given(*state, STL_R_APPROVAL);
    test_charge(*state, "F2", "2025-03-02T10:00:00", "2", "100.00", "");
    test_charge(*state, "F3", "2025-03-02T10:00:00", "2", "100.00", "");
    test_findings f = test_judge(*state);
    assert_found(&f, "V21", "1 2", "");
    assert_says(test_finding(&f, "V21", 0)->evidence,
                "4 > 3 that are free; an approval \"consult\" is needed");
}

/* Controlled drugs: three levels, three persons. */
static void controlled(test_world *w) {
    test_row(w, STL_T_LISTS, "list=V21.needs item=CD* value=controlled");
    test_row(w, STL_T_PARAMETERS, "rule_id=V21 name=controlled.approvers value=3");
    test_service(w, "F5", "CD1", "01");
    test_charge(w, "F5", "2025-03-02T10:00:00", "1", "9.00", "");
    test_record(w, STL_R_APPROVAL, "kind=controlled appr_no=A1 by=D1 role=ward");
    test_record(w, STL_R_APPROVAL, "kind=controlled appr_no=A2 by=D2 role=pharmacy");
}

static void two_of_three_approvers_are_held(void **state) {
    controlled(*state);
    test_record(*state, STL_R_APPROVAL, "kind=controlled appr_no=A3 by=D2 role=office");
    test_findings f = test_judge(*state);
    assert_found(&f, "V21", "1", "");
    assert_int_equal(test_finding(&f, "V21", 0)->vola_amt, test_money("9.00"));
    assert_says(test_finding(&f, "V21", 0)->evidence,
                "approval \"controlled\" by 3 persons is needed, there are 2");
}

static void three_different_approvers_are_enough(void **state) {
    controlled(*state);
    test_record(*state, STL_R_APPROVAL, "kind=controlled appr_no=A3 by=D3 role=office");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V21");
    assert_gap(&f, "V21", -1);
}

static void bought_outside(test_world *w, const char *flag) {
    test_row(w, STL_T_LISTS, "list=V21.needs item=outside^flag=1 value=outside source=V21");
    test_service(w, "F6", "XA01", "01");
    test_charge(w, "F6", "2025-03-02T10:00:00", "1", "310.00", flag);
}

static void purchase_outside_without_approval_is_held(void **state) {
    bought_outside(*state, "outside_flag=1");
    test_given(*state, STL_R_APPROVAL);
    test_findings f = test_judge(*state);
    assert_found(&f, "V21", "1", "");
    assert_int_equal(test_finding(&f, "V21", 0)->vola_amt, test_money("310.00"));
    assert_says(test_finding(&f, "V21", 0)->basis, "V21.needs outside_flag=1 V21");
}

static void purchase_outside_with_approval_is_right(void **state) {
    bought_outside(*state, "outside_flag=1");
    test_record(*state, STL_R_APPROVAL, "kind=outside appr_no=A1 feedetl_sn=1");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V21");
}

static void the_own_pharmacy_needs_no_approval(void **state) {
    bought_outside(*state, "outside_flag=0");
    test_given(*state, STL_R_APPROVAL);
    test_findings f = test_judge(*state);
    assert_silent(&f, "V21");
    assert_gap(&f, "V21", -1);
}

static void purchase_outside_is_not_evaluated_without_approvals(void **state) {
    bought_outside(*state, "outside_flag=1");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V21");
    assert_missing(&f, "V21", "approvals");
}

static void refunded_ones_do_not_count(void **state) {
    needs(*state);
    test_given(*state, STL_R_APPROVAL);
    test_charge(*state, "F2", "2025-03-02T10:00:00", "4", "100.00", "");
    test_charge(*state, "F2", "2025-03-02T11:00:00", "-1", "100.00", "init_feedetl_sn=1");
    test_charge(*state, "F1", "2025-03-02T10:00:00", "1", "100.00", "");
    test_charge(*state, "F1", "2025-03-02T11:00:00", "-1", "100.00", "init_feedetl_sn=3");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V21");
}

static void approvals_not_given_are_not_evaluated(void **state) {
    needs(*state);
    test_charge(*state, "F1", "2025-03-02T10:00:00", "1", "4200.00", "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V21");
    assert_gap(&f, "V21", 1);
}

static void stay_with_nothing_that_needs_approval_says_nothing(void **state) {
    needs(*state);
    test_charge(*state, "F4", "2025-03-02T10:00:00", "1", "5.00", "");
    test_findings f = test_judge(*state);
    assert_gap(&f, "V21", -1);
}

static void without_the_list_nothing_is_evaluated(void **state) {
    test_service(*state, "F1", "PET1", "01");
    test_charge(*state, "F1", "2025-03-02T10:00:00", "1", "4200.00", "");
    test_findings f = test_judge(*state);
    assert_gap(&f, "V21", 0);
}

static void a_quantity_that_is_unknown_is_not_evaluated_where_a_number_is_free(void **state) {
    needs(*state);
    test_given(*state, STL_R_APPROVAL);
    test_item(*state, "medins_list_codg=F5");
    test_map(*state, "medins_list_codg=F5 med_list_codg=STENT5 factor_num=0");
    test_charge(*state, "F2", "2025-03-02T10:00:00", "4", "100.00", "");
    test_charge(*state, "F5", "2025-03-02T10:00:00", "1", "100.00", "");
    test_charge(*state, "F3", "2025-03-02T10:00:00", "4", "100.00", "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V21");
    assert_gap(&f, "V21", 3);
    assert_missing(&f, "V21", "a quantity in the catalogue's unit");
    test_lang(*state, SETTLE_LANG_ZH);
    f = test_judge(*state);
    assert_missing(&f, "V21", "可换算为目录单位的数量");
}

static void a_quantity_that_is_unknown_is_held_where_no_number_is_free(void **state) {
    needs(*state);
    test_given(*state, STL_R_APPROVAL);
    test_item(*state, "medins_list_codg=F5");
    test_map(*state, "medins_list_codg=F5 med_list_codg=PET5 factor_num=0");
    test_charge(*state, "F5", "2025-03-02T10:00:00", "1", "100.00", "");
    test_findings f = test_judge(*state);
    assert_found(&f, "V21", "1", "");
    assert_gap(&f, "V21", -1);
}

static void a_kind_of_any_length_may_leave_a_number_free(void **state) {
    static const char KIND[] = "会诊会诊会诊会诊会诊会诊会诊会诊会诊会诊会诊会诊";
    char text[256];
    snprintf(text, sizeof text, "list=V21.needs item=VALVE* value=%s", KIND);
    test_row(*state, STL_T_LISTS, text);
    snprintf(text, sizeof text, "rule_id=V21 name=%s value=2", KIND);
    test_row(*state, STL_T_PARAMETERS, text);
    test_service(*state, "F6", "VALVE1", "01");
    test_given(*state, STL_R_APPROVAL);
    test_charge(*state, "F6", "2025-03-02T10:00:00", "2", "100.00", "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V21");
    test_charge(*state, "F6", "2025-03-02T11:00:00", "1", "100.00", "");
    f = test_judge(*state);
    assert_found(&f, "V21", "1 2", "");
}

static void the_first_person_twice_is_one_approver(void **state) {
    controlled(*state);
    test_record(*state, STL_R_APPROVAL, "kind=controlled appr_no=A3 by=D1 role=office");
    test_findings f = test_judge(*state);
    assert_found(&f, "V21", "1", "");
    assert_says(test_finding(&f, "V21", 0)->evidence, "there are 2");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RULE_TEST(item_without_approval_is_held),
        RULE_TEST(approval_covers_the_stay_the_line_or_the_code),
        RULE_TEST(approval_of_something_else_does_not_help),
        RULE_TEST(number_that_is_free_is_inclusive),
        RULE_TEST(one_more_than_is_free_is_held_over_all_items_of_the_kind),
        RULE_TEST(two_of_three_approvers_are_held),
        RULE_TEST(three_different_approvers_are_enough),
        RULE_TEST(purchase_outside_without_approval_is_held),
        RULE_TEST(purchase_outside_with_approval_is_right),
        RULE_TEST(the_own_pharmacy_needs_no_approval),
        RULE_TEST(purchase_outside_is_not_evaluated_without_approvals),
        RULE_TEST(refunded_ones_do_not_count),
        RULE_TEST(approvals_not_given_are_not_evaluated),
        RULE_TEST(stay_with_nothing_that_needs_approval_says_nothing),
        RULE_TEST(without_the_list_nothing_is_evaluated),
        RULE_TEST(a_quantity_that_is_unknown_is_not_evaluated_where_a_number_is_free),
        RULE_TEST(a_quantity_that_is_unknown_is_held_where_no_number_is_free),
        RULE_TEST(a_kind_of_any_length_may_leave_a_number_free),
        RULE_TEST(the_first_person_twice_is_one_approver),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
