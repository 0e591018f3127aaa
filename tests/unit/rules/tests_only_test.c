/* SPDX-License-Identifier: Apache-2.0 */
#include "support/rules_support.h"

/* T..: tests, B..: beds, D..: anything else, by price code (that of the item). */
static void lists(test_world *w) {
    test_row(w, STL_T_LISTS, "list=V30.med-types item=21*");
    test_row(w, STL_T_LISTS, "list=V30.tests item=T* value=test");
    test_row(w, STL_T_LISTS, "list=V30.tests item=B* value=care");
    test_service(w, "T1", "C1", "01");
    test_service(w, "B1", "C2", "01");
    test_service(w, "D1", "C3", "01");
}

static void check_up(test_world *w) {
    lists(w);
    test_charge(w, "T1", "2025-03-02T10:00:00", "1", "100.00", "");
    test_charge(w, "B1", "2025-03-02T20:00:00", "1", "30.00", "");
}

static void a_stay_of_tests_and_bed_is_found(void **state) {
    check_up(*state);
    test_findings f = test_judge(*state);
    assert_found(&f, "V30", "1", "2");
    const stl_finding *found = test_finding(&f, "V30", 0);
    assert_int_equal(found->vola_amt, test_money("130.00"));
    assert_int_equal(found->action, STL_WARN);
    assert_says(found->evidence, "(1 line): 100.00 of 130.00 yuan");
}

static void one_treatment_makes_it_right(void **state) {
    check_up(*state);
    test_charge(*state, "D1", "2025-03-02T10:00:00", "1", "1.00", "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V30");
    assert_gap(&f, "V30", -1);
}

static void a_treatment_taken_back_is_none(void **state) {
    check_up(*state);
    test_charge(*state, "D1", "2025-03-02T10:00:00", "1", "1.00", "");
    test_charge(*state, "D1", "2025-03-02T11:00:00", "-1", "1.00", "init_feedetl_sn=3");
    test_findings f = test_judge(*state);
    assert_found(&f, "V30", "1", "2");
}

static void bed_alone_is_no_check_up(void **state) {
    lists(*state);
    test_charge(*state, "B1", "2025-03-02T20:00:00", "1", "30.00", "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V30");
}

static void outpatients_may_come_for_tests(void **state) {
    check_up(*state);
    test_stay(*state, "med_type=11");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V30");
    assert_gap(&f, "V30", -1);
}

static void materials_are_told_by_their_kind(void **state) {
    check_up(*state);
    test_row(*state, STL_T_LISTS, "list=V30.tests item=material value=care");
    test_item(*state, "medins_list_codg=M1 medins_list_name=采血管 item_kind=material");
    test_charge(*state, "M1", "2025-03-02T10:00:00", "1", "2.00", "");
    test_findings f = test_judge(*state);
    assert_found(&f, "V30", "1", "2 3");
}

static void a_treatment_within_a_chapter_of_tests_is_none(void **state) {
    check_up(*state);
    test_row(*state, STL_T_LISTS, "list=V30.tests item=T2* value=treatment");
    test_service(*state, "T2", "C4", "01");
    test_charge(*state, "T2", "2025-03-02T10:00:00", "1", "1.00", "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V30");
}

static void an_item_without_a_place_is_not_evaluated(void **state) {
    check_up(*state);
    test_charge(*state, "X9", "2025-03-02T10:00:00", "1", "2.00", "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V30");
    assert_gap(&f, "V30", 1);
}

static void without_its_lists_it_is_not_evaluated(void **state) {
    test_findings f = test_judge(*state);
    assert_gap(&f, "V30", 0);
}

static void an_item_of_no_place_and_kind_is_not_evaluated(void **state) {
    check_up(*state);
    test_item(*state, "medins_list_codg=M1 medins_list_name=采血管 item_kind=");
    test_charge(*state, "M1", "2025-03-02T10:00:00", "1", "2.00", "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V30");
    assert_gap(&f, "V30", 1);
    assert_missing(&f, "V30", "price-list code");
}

static void both_lists_are_needed(void **state) {
    test_row(*state, STL_T_LISTS, "list=V30.med-types item=21*");
    test_service(*state, "T1", "C1", "01");
    test_charge(*state, "T1", "2025-03-02T10:00:00", "1", "100.00", "");
    test_findings f = test_judge(*state);
    assert_gap(&f, "V30", 0);
    test_rules_teardown(state);
    test_rules_setup(state);
    test_row(*state, STL_T_LISTS, "list=V30.tests item=T* value=test");
    f = test_judge(*state);
    assert_gap(&f, "V30", 0);
}

static void care_classes_are_those_of_the_day_of_admission(void **state) {
    test_row(*state, STL_T_LISTS, "list=V30.med-types item=21* begndate=2025-03-01");
    test_row(*state, STL_T_LISTS, "list=V30.tests item=T* value=test");
    test_service(*state, "T1", "C1", "01");
    test_charge(*state, "T1", "2025-03-02T10:00:00", "1", "100.00", "");
    test_findings f = test_judge(*state);
    assert_found(&f, "V30", "1", "");
    test_stay(*state, "begntime=2025-02-28T08:00:00");
    f = test_judge(*state);
    assert_silent(&f, "V30");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RULE_TEST(a_stay_of_tests_and_bed_is_found),
        RULE_TEST(one_treatment_makes_it_right),
        RULE_TEST(a_treatment_taken_back_is_none),
        RULE_TEST(bed_alone_is_no_check_up),
        RULE_TEST(outpatients_may_come_for_tests),
        RULE_TEST(materials_are_told_by_their_kind),
        RULE_TEST(a_treatment_within_a_chapter_of_tests_is_none),
        RULE_TEST(an_item_without_a_place_is_not_evaluated),
        RULE_TEST(without_its_lists_it_is_not_evaluated),
        RULE_TEST(an_item_of_no_place_and_kind_is_not_evaluated),
        RULE_TEST(both_lists_are_needed),
        RULE_TEST(care_classes_are_those_of_the_day_of_admission),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
