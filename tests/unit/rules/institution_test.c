/* SPDX-License-Identifier: Apache-2.0 */
#include "support/rules_support.h"

static void agreement(test_world *w, const char *status) {
    test_row(w, STL_T_LISTS, status);
    test_row(w, STL_T_LISTS, "list=V19.licensed item=-");
    test_row(w, STL_T_LISTS, "list=V19.departments item=H99990100001/* value=in");
    test_row(w, STL_T_LISTS, "list=V19.departments item=H99990100001/A18* value=out");
    test_row(w, STL_T_LISTS, "list=V19.med-types item=H99990100001/21* value=in");
    test_service(w, "F1", "C1", "01");
    test_charge(w, "F1", "2025-03-02T10:00:00", "1", "26.50", "");
}
#define ACTIVE "list=V19.institutions item=H99990100001 value=active"

static void says(const test_findings *f, const char *text) {
    assert_found(f, "V19", "", "");
    const stl_finding *found = test_finding(f, "V19", 0);
    assert_int_equal(found->action, STL_BLOCK);
    assert_int_equal(found->vola_amt, test_money("26.50"));
    assert_says(found->evidence, text);
}

static void agreement_in_force_is_silent(void **state) {
    agreement(*state, ACTIVE);
    test_findings f = test_judge(*state);
    assert_silent(&f, "V19");
    assert_gap(&f, "V19", -1);
}

static void suspended_agreement_blocks(void **state) {
    agreement(*state, "list=V19.institutions item=H99990100001 value=suspended");
    test_findings f = test_judge(*state);
    says(&f, "agreement of institution H99990100001 on 2025-03-05 is suspended");
}

static void other_institution_blocks(void **state) {
    agreement(*state, "list=V19.institutions item=H99990200002 value=active");
    test_findings f = test_judge(*state);
    says(&f, "H99990100001 is not designated on 2025-03-05");
}

static void agreement_holds_until_its_last_day(void **state) {
    agreement(*state, ACTIVE " enddate=2025-03-05");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V19");
}

static void agreement_that_ended_the_day_before_blocks(void **state) {
    agreement(*state, ACTIVE " enddate=2025-03-04");
    test_findings f = test_judge(*state);
    says(&f, "is not designated on 2025-03-05");
}

static void day_of_settlement_counts_not_that_of_discharge(void **state) {
    agreement(*state, ACTIVE " enddate=2025-03-05");
    test_stay(*state, "setl_time=2025-03-06T00:00:00");
    test_findings f = test_judge(*state);
    says(&f, "is not designated on 2025-03-06");
}

static void department_outside_the_agreement_blocks(void **state) {
    agreement(*state, ACTIVE);
    test_stay(*state, "adm_dept_codg=A18.01");
    test_findings f = test_judge(*state);
    says(&f, "admitting department A18.01 is outside the agreement");
}

static void kind_of_care_outside_the_agreement_blocks(void **state) {
    agreement(*state, ACTIVE);
    test_stay(*state, "med_type=1401");
    test_findings f = test_judge(*state);
    says(&f, "kind of care 1401 is outside the agreement");
}

static void empty_department_is_not_evaluated(void **state) {
    agreement(*state, ACTIVE);
    test_stay(*state, "adm_dept_codg=");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V19");
    assert_gap(&f, "V19", 0);
}

static void without_scope_lists_the_scope_is_not_evaluated(void **state) {
    test_row(*state, STL_T_LISTS, ACTIVE);
    test_row(*state, STL_T_LISTS, "list=V19.licensed item=-");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V19");
    assert_int_equal(test_gaps(&f, "V19"), 2);
    assert_gap(&f, "V19", 0);
}

static void without_the_list_nothing_is_evaluated(void **state) {
    test_row(*state, STL_T_LISTS, "list=V19.licensed item=-");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V19");
    assert_int_equal(test_gaps(&f, "V19"), 1);
    assert_gap(&f, "V19", 0);
}

static void without_its_code_the_institution_is_not_evaluated(void **state) {
    agreement(*state, ACTIVE);
    test_stay(*state, "fixmedins_code=");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V19");
    assert_int_equal(test_gaps(&f, "V19"), 1);
    assert_missing(&f, "V19", "code of the institution");
}

static void without_an_agreement_its_scope_is_not_asked(void **state) {
    agreement(*state, "list=V19.institutions item=H99990100001 value=suspended");
    test_stay(*state, "adm_dept_codg=A18.01");
    test_findings f = test_judge(*state);
    says(&f, "is suspended, not active");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RULE_TEST(agreement_in_force_is_silent),
        RULE_TEST(suspended_agreement_blocks),
        RULE_TEST(other_institution_blocks),
        RULE_TEST(agreement_holds_until_its_last_day),
        RULE_TEST(agreement_that_ended_the_day_before_blocks),
        RULE_TEST(day_of_settlement_counts_not_that_of_discharge),
        RULE_TEST(department_outside_the_agreement_blocks),
        RULE_TEST(kind_of_care_outside_the_agreement_blocks),
        RULE_TEST(empty_department_is_not_evaluated),
        RULE_TEST(without_scope_lists_the_scope_is_not_evaluated),
        RULE_TEST(without_the_list_nothing_is_evaluated),
        RULE_TEST(without_its_code_the_institution_is_not_evaluated),
        RULE_TEST(without_an_agreement_its_scope_is_not_asked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
