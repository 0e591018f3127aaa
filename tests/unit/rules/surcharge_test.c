/* SPDX-License-Identifier: Apache-2.0 */
#include "support/rules_support.h"

/* An operation of 100.00 in the surgery chapter, for a child of the age given on 2025-03-02. */
static void operation(test_world *w, const char *brdy, const char *pric) {
    test_item(w, "medins_list_codg=F1 pric_list_codg=331001014");
    test_map(w, "medins_list_codg=F1 med_list_codg=C1");
    test_row(w, STL_T_CATALOGUE, "med_list_codg=C1 chrgitm_lv=01");
    test_row(w, STL_T_CAPS,
             "pric_list_codg=331001014 medins_lv=3 pric_uplmt_amt=100 begndate=2021-01-01");
    test_stay(w, brdy);
    test_charge(w, "F1", "2025-03-02T10:00:00", "1", pric, "");
}

static void children(test_world *w) {
    test_row(w, STL_T_SURCHARGES,
             "pric_list_codg=33 kind=add value=20 unit=percent condition=age<=6 at_most=1");
}

static void a_child_of_six_may_cost_the_surcharge_more(void **state) {
    children(*state);
    operation(*state, "brdy=2018-03-03", "120.00"); /* seven tomorrow */
    test_findings f = test_judge(*state);
    assert_silent(&f, "V3");
}

static void a_child_of_six_may_not_cost_more_than_the_surcharge(void **state) {
    children(*state);
    operation(*state, "brdy=2018-03-03", "120.01");
    test_findings f = test_judge(*state);
    assert_found(&f, "V3", "1", "");
    const stl_finding *found = test_finding(&f, "V3", 0);
    assert_int_equal(found->action, STL_BLOCK);
    assert_int_equal(found->vola_amt, test_money("0.01"));
    assert_says(found->evidence, "unit price 120.01 > cap 120.00");
}

static void a_child_of_seven_has_no_surcharge(void **state) {
    children(*state);
    operation(*state, "brdy=2018-03-02", "120.00");
    test_findings f = test_judge(*state);
    assert_found(&f, "V3", "1", "");
    assert_int_equal(test_finding(&f, "V3", 0)->vola_amt, test_money("20.00"));
}

static void an_unknown_age_is_for_a_person_to_judge(void **state) {
    children(*state);
    operation(*state, "brdy=", "120.00");
    test_findings f = test_judge(*state);
    assert_int_equal(test_finding(&f, "V3", 0)->action, STL_WARN);
}

static void a_note_that_only_a_person_can_judge_warns_up_to_its_amount(void **state) {
    test_row(*state, STL_T_SURCHARGES,
             "pric_list_codg=331001014 kind=add value=50 unit=yuan text=each_more_50_yuan");
    operation(*state, "brdy=1980-01-01", "150.00");
    test_findings f = test_judge(*state);
    assert_found(&f, "V3", "1", "");
    const stl_finding *found = test_finding(&f, "V3", 0);
    assert_int_equal(found->action, STL_WARN);
    assert_int_equal(found->vola_amt, test_money("50.00"));
    assert_says(found->basis, "each more 50 yuan");
}

static void above_every_note_it_blocks(void **state) {
    test_row(*state, STL_T_SURCHARGES,
             "pric_list_codg=331001014 kind=add value=50 unit=yuan text=more");
    operation(*state, "brdy=1980-01-01", "150.01");
    test_findings f = test_judge(*state);
    assert_int_equal(test_finding(&f, "V3", 0)->action, STL_BLOCK);
}

static void notes_of_other_chapters_kinds_and_days_add_nothing(void **state) {
    test_row(*state, STL_T_SURCHARGES, "pric_list_codg=31 kind=add value=50 unit=yuan");
    test_row(*state, STL_T_SURCHARGES, "pric_list_codg=3310 kind=pay-at value=70 unit=percent");
    test_row(*state, STL_T_SURCHARGES,
             "pric_list_codg=3310 kind=add value=50 unit=yuan enddate=2025-03-01");
    operation(*state, "brdy=1980-01-01", "110.00");
    test_findings f = test_judge(*state);
    assert_int_equal(test_finding(&f, "V3", 0)->action, STL_BLOCK);
}

/* The grade on the list has maxima of its own, and falls back to those of its level. */
static void a_special_grade_has_its_own_maximum(void **state) {
    test_row(*state, STL_T_LISTS, "list=V3.special item=01");
    test_row(*state, STL_T_CAPS,
             "pric_list_codg=331001014 medins_lv=3+ pric_uplmt_amt=130 begndate=2021-01-01");
    operation(*state, "hosp_lv=01", "130.00");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V3");
}

static void another_grade_does_not_have_it(void **state) {
    test_row(*state, STL_T_LISTS, "list=V3.special item=01");
    test_row(*state, STL_T_CAPS,
             "pric_list_codg=331001014 medins_lv=3+ pric_uplmt_amt=130 begndate=2021-01-01");
    operation(*state, "hosp_lv=02", "130.00");
    test_findings f = test_judge(*state);
    assert_found(&f, "V3", "1", "");
}

static void a_special_grade_without_a_row_has_the_maximum_of_its_level(void **state) {
    test_row(*state, STL_T_LISTS, "list=V3.special item=01");
    operation(*state, "hosp_lv=01", "100.01");
    test_findings f = test_judge(*state);
    assert_found(&f, "V3", "1", "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RULE_TEST(a_child_of_six_may_cost_the_surcharge_more),
        RULE_TEST(a_child_of_six_may_not_cost_more_than_the_surcharge),
        RULE_TEST(a_child_of_seven_has_no_surcharge),
        RULE_TEST(an_unknown_age_is_for_a_person_to_judge),
        RULE_TEST(a_note_that_only_a_person_can_judge_warns_up_to_its_amount),
        RULE_TEST(above_every_note_it_blocks),
        RULE_TEST(notes_of_other_chapters_kinds_and_days_add_nothing),
        RULE_TEST(a_special_grade_has_its_own_maximum),
        RULE_TEST(another_grade_does_not_have_it),
        RULE_TEST(a_special_grade_without_a_row_has_the_maximum_of_its_level),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
