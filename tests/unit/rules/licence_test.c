/* SPDX-License-Identifier: Apache-2.0 */
#include "support/rules_support.h"

static void licensed(test_world *w) {
    test_row(w, STL_T_LISTS, "list=V19.licensed item=HD* begndate=2025-01-01 source=V19");
    test_service(w, "F1", "HD1", "01");
    test_service(w, "F2", "C2", "01");
    test_charge(w, "F1", "2025-03-02T10:00:00", "2", "400.00", "");
    test_charge(w, "F2", "2025-03-02T10:00:00", "1", "5.00", "");
}

static void treatment_without_a_licence_blocks(void **state) {
    licensed(*state);
    test_row(*state, STL_T_LISTS, "list=V19.licences item=H99990200002/HD1");
    test_findings f = test_judge(*state);
    assert_found(&f, "V19", "1", "");
    const stl_finding *found = test_finding(&f, "V19", 0);
    assert_int_equal(found->action, STL_BLOCK);
    assert_int_equal(found->vola_amt, test_money("800.00"));
    assert_says(found->evidence, "F1 (HD1) needs a licence, institution H99990100001 has none on "
                                 "2025-03-02");
    assert_says(found->basis, "rules/lists.csv V19.licensed HD* V19");
}

static void treatment_with_a_licence_in_force_is_right(void **state) {
    licensed(*state);
    test_row(*state, STL_T_LISTS,
             "list=V19.licences item=H99990100001/HD* begndate=2025-03-02 enddate=2025-03-02");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V19");
}

static void licence_of_another_day_does_not_help(void **state) {
    licensed(*state);
    test_row(*state, STL_T_LISTS, "list=V19.licences item=H99990100001/HD* enddate=2025-03-01");
    test_findings f = test_judge(*state);
    assert_found(&f, "V19", "1", "");
}

static void of_a_suspended_institution_the_licence_is_not_told(void **state) {
    licensed(*state);
    test_row(*state, STL_T_LISTS, "list=V19.institutions item=H99990100001 value=suspended");
    test_findings f = test_judge(*state);
    assert_found(&f, "V19", "", "");
    assert_says(test_finding(&f, "V19", 0)->evidence, "is suspended, not active");
}

static void refunded_treatment_is_right(void **state) {
    licensed(*state);
    test_charge(*state, "F1", "2025-03-02T11:00:00", "-2", "400.00", "init_feedetl_sn=1");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V19");
}

static void before_the_list_begins_nothing_is_asked(void **state) {
    test_row(*state, STL_T_LISTS, "list=V19.licensed item=HD* begndate=2025-03-03");
    test_service(*state, "F1", "HD1", "01");
    test_charge(*state, "F1", "2025-03-02T10:00:00", "2", "400.00", "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V19");
}

static void without_the_list_it_is_not_evaluated(void **state) {
    test_findings f = test_judge(*state);
    assert_missing(&f, "V19", "the list of what needs a licence (V19.licensed)");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RULE_TEST(treatment_without_a_licence_blocks),
        RULE_TEST(treatment_with_a_licence_in_force_is_right),
        RULE_TEST(licence_of_another_day_does_not_help),
        RULE_TEST(of_a_suspended_institution_the_licence_is_not_told),
        RULE_TEST(refunded_treatment_is_right),
        RULE_TEST(before_the_list_begins_nothing_is_asked),
        RULE_TEST(without_the_list_it_is_not_evaluated),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
