/* SPDX-License-Identifier: Apache-2.0 */
#include "support/rules_support.h"

#include <stdio.h>

static void drug(test_world *w, const char *row) {
    test_row(w, STL_T_LISTS, row);
    test_row(w, STL_T_LISTS, "list=V36.kinds item=谈判药品用药");
    test_service(w, "Y1", "X1", "02");
    test_charge(w, "Y1", "2025-03-02T10:00:00", "1", "900.00", "");
    test_charge(w, "Y1", "2025-03-03T10:00:00", "1", "900.00", "");
}

#define BOTH "list=V36.drugs item=X1"
#define APPROVAL "list=V36.drugs item=X1 value=approval"
#define INSTITUTION "list=V36.drugs item=X1 value=institution"
#define APPROVED "kind=谈判药品用药 appr_no=A1 time=2025-03-02T08:00:00 "

static void sign(test_world *w, const char *institution) {
    char fields[128];
    snprintf(fields, sizeof fields, "list=V36.institutions item=%s", institution);
    test_row(w, STL_T_LISTS, fields);
}

static void with_approval_and_agreement_it_is_right(void **state) {
    drug(*state, BOTH);
    sign(*state, "H99990100001");
    test_record(*state, STL_R_APPROVAL, APPROVED "code=X1");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V36");
    assert_gap(&f, "V36", -1);
}

static void who_supplied_a_drug_bought_outside_is_not_evaluated(void **state) {
    test_row(*state, STL_T_LISTS, INSTITUTION);
    sign(*state, "H99990200002");
    test_service(*state, "Y1", "X1", "02");
    test_charge(*state, "Y1", "2025-03-02T10:00:00", "1", "900.00", "outside_flag=1");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V36");
    assert_missing(&f, "V36", "who supplied a drug bought outside");
    test_charge(*state, "Y1", "2025-03-03T10:00:00", "1", "900.00", "outside_flag=0");
    f = test_judge(*state);
    assert_found(&f, "V36", "2", "");
}

static void without_both_it_is_held_once(void **state) {
    drug(*state, BOTH);
    sign(*state, "H99990200002");
    test_given(*state, STL_R_APPROVAL);
    test_findings f = test_judge(*state);
    assert_found(&f, "V36", "1 2", "");
    const stl_finding *found = test_finding(&f, "V36", 0);
    assert_int_equal(found->vola_amt, test_money("1800.00"));
    assert_int_equal(found->action, STL_HOLD);
    assert_says(found->evidence,
                "has no approval and the institution has not signed for it: 2 lines");
}

static void an_approval_may_name_the_hospital_item_or_nothing(void **state) {
    drug(*state, APPROVAL);
    stl_approval *approval = test_record(*state, STL_R_APPROVAL, APPROVED "code=Y1");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V36");
    approval->code = STL_STR("");
    f = test_judge(*state);
    assert_silent(&f, "V36");
}

static void an_approval_of_one_line_is_for_that_line(void **state) {
    drug(*state, APPROVAL);
    test_record(*state, STL_R_APPROVAL, APPROVED "feedetl_sn=2");
    test_findings f = test_judge(*state);
    assert_found(&f, "V36", "1", "");
}

static void an_approval_of_another_drug_or_kind_does_not_count(void **state) {
    drug(*state, APPROVAL);
    test_record(*state, STL_R_APPROVAL, APPROVED "code=X2");
    test_record(*state, STL_R_APPROVAL, "kind=备案 appr_no=A2 code=X1");
    test_findings f = test_judge(*state);
    assert_found(&f, "V36", "1 2", "");
}

static void an_approval_holds_from_its_day(void **state) {
    drug(*state, APPROVAL);
    test_record(*state, STL_R_APPROVAL, APPROVED "code=X1 begndate=2025-03-03");
    test_findings f = test_judge(*state);
    assert_found(&f, "V36", "1", "");
}

static void an_institution_that_has_not_signed_is_held(void **state) {
    drug(*state, INSTITUTION);
    sign(*state, "H99990200002");
    test_findings f = test_judge(*state);
    assert_found(&f, "V36", "1 2", "");
    assert_gap(&f, "V36", -1);
}

static void a_drug_that_needs_the_agreement_alone_needs_no_approval(void **state) {
    drug(*state, INSTITUTION);
    sign(*state, "H99990100001");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V36");
    assert_gap(&f, "V36", -1);
}

static void other_drugs_need_neither(void **state) {
    drug(*state, "list=V36.drugs item=X2");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V36");
    assert_gap(&f, "V36", -1);
}

static void a_row_not_yet_in_force_does_not_bind(void **state) {
    drug(*state, APPROVAL " begndate=2025-03-03");
    test_given(*state, STL_R_APPROVAL);
    test_findings f = test_judge(*state);
    assert_found(&f, "V36", "2", "");
}

static void without_approvals_it_is_not_evaluated(void **state) {
    drug(*state, APPROVAL);
    test_findings f = test_judge(*state);
    assert_silent(&f, "V36");
    assert_gap(&f, "V36", 2);
}

static void without_the_institutions_it_is_not_evaluated(void **state) {
    drug(*state, INSTITUTION);
    test_findings f = test_judge(*state);
    assert_silent(&f, "V36");
    assert_gap(&f, "V36", 2);
}

static void without_its_list_it_is_not_evaluated(void **state) {
    test_findings f = test_judge(*state);
    assert_gap(&f, "V36", 0);
}

static void what_alone_is_lacking_is_told_alone(void **state) {
    drug(*state, APPROVAL);
    sign(*state, "X2");
    test_service(*state, "Y2", "X2", "02");
    test_charge(*state, "Y2", "2025-03-02T10:00:00", "1", "900.00", "");
    test_given(*state, STL_R_APPROVAL);
    test_findings f = test_judge(*state);
    assert_found(&f, "V36", "1 2", "");
    assert_says(test_finding(&f, "V36", 0)->evidence, "special drug: has no approval: 2 lines");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RULE_TEST(with_approval_and_agreement_it_is_right),
        RULE_TEST(who_supplied_a_drug_bought_outside_is_not_evaluated),
        RULE_TEST(without_both_it_is_held_once),
        RULE_TEST(an_approval_may_name_the_hospital_item_or_nothing),
        RULE_TEST(an_approval_of_one_line_is_for_that_line),
        RULE_TEST(an_approval_of_another_drug_or_kind_does_not_count),
        RULE_TEST(an_approval_holds_from_its_day),
        RULE_TEST(an_institution_that_has_not_signed_is_held),
        RULE_TEST(a_drug_that_needs_the_agreement_alone_needs_no_approval),
        RULE_TEST(other_drugs_need_neither),
        RULE_TEST(a_row_not_yet_in_force_does_not_bind),
        RULE_TEST(without_approvals_it_is_not_evaluated),
        RULE_TEST(without_the_institutions_it_is_not_evaluated),
        RULE_TEST(without_its_list_it_is_not_evaluated),
        RULE_TEST(what_alone_is_lacking_is_told_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
