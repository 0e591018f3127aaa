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
             "pric_list_codg=33 kind=add value=20 unit=percent condition=age<=6 at_most=1 "
             "text=children");
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

/* A general note of the chapter, that an item's own note of the same condition goes before. */
static void reoperation(test_world *w) {
    test_row(w, STL_T_SURCHARGES,
             "pric_list_codg=33 kind=add value=20 unit=percent condition=filed:reoperation "
             "text=again_20");
}

static void filed(test_world *w, const char *fields) {
    test_record(w, STL_R_APPROVAL, fields);
}

static void a_reoperation_on_file_may_cost_the_surcharge_more(void **state) {
    reoperation(*state);
    operation(*state, "brdy=1980-01-01", "120.00");
    filed(*state, "feedetl_sn=1 kind=reoperation appr_no=1");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V3");
}

static void a_reoperation_on_file_may_not_cost_a_fen_more(void **state) {
    reoperation(*state);
    operation(*state, "brdy=1980-01-01", "120.01");
    filed(*state, "code=C1 kind=reoperation appr_no=1");
    test_findings f = test_judge(*state);
    assert_found(&f, "V3", "1", "");
    assert_int_equal(test_finding(&f, "V3", 0)->action, STL_BLOCK);
    assert_int_equal(test_finding(&f, "V3", 0)->vola_amt, test_money("0.01"));
}

static void what_is_not_on_file_is_no_reoperation(void **state) {
    reoperation(*state);
    operation(*state, "brdy=1980-01-01", "100.01");
    filed(*state, "feedetl_sn=2 kind=reoperation appr_no=1");
    filed(*state, "feedetl_sn=1 kind=other appr_no=1");
    filed(*state, "feedetl_sn=1 kind=reoperation appr_no=1 enddate=2025-03-01");
    test_findings f = test_judge(*state);
    assert_found(&f, "V3", "1", "");
    assert_int_equal(test_finding(&f, "V3", 0)->action, STL_BLOCK);
}

static void without_a_file_a_person_judges_the_reoperation(void **state) {
    reoperation(*state);
    operation(*state, "brdy=1980-01-01", "120.00");
    test_findings f = test_judge(*state);
    assert_int_equal(test_finding(&f, "V3", 0)->action, STL_WARN);
    assert_says(test_finding(&f, "V3", 0)->basis, "again 20");
}

static void without_a_file_more_than_the_surcharge_blocks(void **state) {
    reoperation(*state);
    operation(*state, "brdy=1980-01-01", "120.01");
    test_findings f = test_judge(*state);
    assert_int_equal(test_finding(&f, "V3", 0)->action, STL_BLOCK);
}

static void a_note_of_the_item_goes_before_that_of_its_chapter(void **state) {
    reoperation(*state);
    test_row(*state, STL_T_SURCHARGES,
             "pric_list_codg=3310 kind=add value=0 unit=percent condition=filed:reoperation");
    operation(*state, "brdy=1980-01-01", "100.01");
    filed(*state, "feedetl_sn=1 kind=reoperation appr_no=1");
    test_findings f = test_judge(*state);
    assert_found(&f, "V3", "1", "");
    assert_int_equal(test_finding(&f, "V3", 0)->action, STL_BLOCK);
}

static void a_narrower_note_out_of_force_does_not(void **state) {
    reoperation(*state);
    test_row(*state, STL_T_SURCHARGES,
             "pric_list_codg=3310 kind=add value=0 unit=percent condition=filed:reoperation "
             "enddate=2025-03-01");
    operation(*state, "brdy=1980-01-01", "120.00");
    filed(*state, "feedetl_sn=1 kind=reoperation appr_no=1");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V3");
}

/* Rows of one code stand in the order given: the one that counts is not the first. */
static void the_narrower_note_is_found_among_others(void **state) {
    reoperation(*state);
    test_row(*state, STL_T_SURCHARGES,
             "pric_list_codg=3310 kind=add value=7 unit=percent condition=filed:other");
    test_row(*state, STL_T_SURCHARGES,
             "pric_list_codg=3310 kind=pay-at value=7 unit=percent condition=filed:reoperation");
    test_row(*state, STL_T_SURCHARGES,
             "pric_list_codg=3310 kind=add value=10 unit=percent condition=filed:reoperation");
    operation(*state, "brdy=1980-01-01", "110.01");
    filed(*state, "feedetl_sn=1 kind=reoperation appr_no=1");
    test_findings f = test_judge(*state);
    assert_says(test_finding(&f, "V3", 0)->evidence, "110.01 > cap 110.00");
}

static void notes_of_other_conditions_are_not_narrower(void **state) {
    reoperation(*state);
    test_row(*state, STL_T_SURCHARGES,
             "pric_list_codg=3310 kind=add value=7 unit=percent condition=filed:one");
    test_row(*state, STL_T_SURCHARGES,
             "pric_list_codg=3310 kind=add value=7 unit=percent condition=filed:other");
    operation(*state, "brdy=1980-01-01", "120.00");
    filed(*state, "feedetl_sn=1 kind=reoperation appr_no=1");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V3");
}

/* A note of another kind under the same condition is another note. */
static void a_note_of_another_kind_is_not_narrower(void **state) {
    reoperation(*state);
    test_row(*state, STL_T_SURCHARGES,
             "pric_list_codg=3310 kind=other value=7 unit=percent condition=filed:reoperation");
    operation(*state, "brdy=1980-01-01", "120.00");
    filed(*state, "feedetl_sn=1 kind=reoperation appr_no=1");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V3");
}

/* The sub-item's own note, of the letter. */
static void a_note_of_the_sub_item_goes_before_that_of_the_item(void **state) {
    reoperation(*state);
    test_row(*state, STL_T_SURCHARGES,
             "pric_list_codg=331001014a kind=add value=5 unit=percent condition=filed:reoperation");
    test_item(*state, "medins_list_codg=F1 pric_list_codg=331001014a");
    test_map(*state, "medins_list_codg=F1 med_list_codg=C1");
    test_row(*state, STL_T_CATALOGUE, "med_list_codg=C1 chrgitm_lv=01");
    test_row(*state, STL_T_CAPS, "pric_list_codg=331001014a medins_lv=3 pric_uplmt_amt=100");
    test_charge(*state, "F1", "2025-03-02T10:00:00", "1", "105.01", "");
    filed(*state, "feedetl_sn=1 kind=reoperation appr_no=1");
    test_findings f = test_judge(*state);
    assert_says(test_finding(&f, "V3", 0)->evidence, "105.01 > cap 105.00");
}

static void notes_without_a_condition_all_count(void **state) {
    children(*state);
    test_row(*state, STL_T_SURCHARGES,
             "pric_list_codg=3310 kind=add value=10 unit=percent text=laser");
    test_row(*state, STL_T_SURCHARGES,
             "pric_list_codg=331001014 kind=add value=20 unit=percent text=open");
    operation(*state, "brdy=2018-03-03", "150.00");
    test_findings f = test_judge(*state);
    const stl_finding *found = test_finding(&f, "V3", 0);
    assert_int_equal(found->action, STL_WARN);
    assert_int_equal(found->vola_amt, test_money("30.00"));
    assert_says(found->basis, "surcharges.csv open; laser; ");
    assert_null(memmem(found->basis.ptr, found->basis.len, "children", 8)); /* nothing is asked */
}

static void a_value_beyond_any_price_says_nothing(void **state) {
    test_row(*state, STL_T_SURCHARGES,
             "pric_list_codg=331001014 kind=add value=999999999999 unit=yuan");
    operation(*state, "brdy=1980-01-01", "100.000001");
    test_findings f = test_judge(*state);
    assert_int_equal(test_finding(&f, "V3", 0)->action, STL_BLOCK);
}

/* Surcharges are of the maximum, not of one another. */
static void child_and_reoperation(test_world *w, const char *pric) {
    children(w);
    reoperation(w);
    operation(w, "brdy=2018-03-03", pric);
    filed(w, "feedetl_sn=1 kind=reoperation appr_no=1");
}

static void two_surcharges_add_up(void **state) {
    child_and_reoperation(*state, "140.00");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V3");
}

static void two_surcharges_are_not_of_one_another(void **state) {
    child_and_reoperation(*state, "140.01");
    test_findings f = test_judge(*state);
    assert_found(&f, "V3", "1", "");
}

/* --- each further unit --------------------------------------------------------------------------
 */

static void each(test_world *w, const char *pric) {
    test_row(w, STL_T_SURCHARGES,
             "pric_list_codg=331001014 kind=add value=50 unit=percent condition=each text=each_50");
    operation(w, "brdy=1980-01-01", pric);
}

static void how_many_units_are_further_only_a_person_knows(void **state) {
    each(*state, "1000.00");
    test_findings f = test_judge(*state);
    assert_found(&f, "V3", "1", "");
    assert_int_equal(test_finding(&f, "V3", 0)->action, STL_WARN);
    assert_says(test_finding(&f, "V3", 0)->basis, "each 50");
}

static void the_bound_of_further_units_is_kept(void **state) {
    test_row(*state, STL_T_SURCHARGES,
             "pric_list_codg=331001014 kind=most-add value=260 unit=yuan");
    each(*state, "360.00");
    test_findings f = test_judge(*state);
    assert_int_equal(test_finding(&f, "V3", 0)->action, STL_WARN);
}

static void above_the_bound_of_further_units_it_blocks(void **state) {
    test_row(*state, STL_T_SURCHARGES,
             "pric_list_codg=331001014 kind=most-add value=260 unit=yuan");
    each(*state, "360.01");
    test_findings f = test_judge(*state);
    assert_int_equal(test_finding(&f, "V3", 0)->action, STL_BLOCK);
}

static void a_bound_in_percent_is_of_the_maximum(void **state) {
    test_row(*state, STL_T_SURCHARGES,
             "pric_list_codg=331001014 kind=most-add value=150 unit=percent");
    each(*state, "250.01");
    test_findings f = test_judge(*state);
    assert_int_equal(test_finding(&f, "V3", 0)->action, STL_BLOCK);
}

/* --- levels -------------------------------------------------------------------------------------
 */

/* 100 at level 3, 80 at 2, 64 at 1, 130 for special grades; a child of six has a fifth more. */
static void at_level(test_world *w, const char *stay, const char *pric) {
    children(w);
    test_row(w, STL_T_LISTS, "list=V3.special item=01");
    test_row(w, STL_T_CAPS, "pric_list_codg=331001014 medins_lv=3+ pric_uplmt_amt=130");
    test_row(w, STL_T_CAPS, "pric_list_codg=331001014 medins_lv=2 pric_uplmt_amt=80");
    test_row(w, STL_T_CAPS, "pric_list_codg=331001014 medins_lv=1 pric_uplmt_amt=64");
    operation(w, "brdy=2018-03-03", pric);
    test_stay(w, stay);
}

static const struct {
    const char *stay, *most, *more, *says;
} LEVELS[] = {
    {"medins_lv=3 hosp_lv=01", "156.00", "156.01", "156.01 > cap 156.00"},
    {"medins_lv=3 hosp_lv=02", "120.00", "120.01", "120.01 > cap 120.00"},
    {"medins_lv=2 hosp_lv=05", "96.00", "96.01", "96.01 > cap 96.00"},
    {"medins_lv=1 hosp_lv=08", "76.80", "76.81", "76.81 > cap 76.80"},
};

static void every_level_has_its_surcharge_to_the_fen(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof LEVELS / sizeof *LEVELS; i++) {
        test_world *w = test_world_new();
        at_level(w, LEVELS[i].stay, LEVELS[i].most);
        test_findings f = test_judge(w);
        assert_silent(&f, "V3");
        test_world_free(w);
    }
}

static void every_level_refuses_a_fen_more(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof LEVELS / sizeof *LEVELS; i++) {
        test_world *w = test_world_new();
        at_level(w, LEVELS[i].stay, LEVELS[i].more);
        test_findings f = test_judge(w);
        assert_found(&f, "V3", "1", "");
        assert_says(test_finding(&f, "V3", 0)->evidence, LEVELS[i].says);
        test_world_free(w);
    }
}

/* The payment leaves all above the list's maximum to the patient: that is told. */
static void what_is_paid_to_the_cap_has_no_surcharge(void **state) {
    children(*state);
    test_item(*state, "medins_list_codg=F1 pric_list_codg=331001014");
    test_map(*state, "medins_list_codg=F1 med_list_codg=C1");
    test_row(*state, STL_T_CATALOGUE, "med_list_codg=C1 chrgitm_lv=01");
    test_row(*state, STL_T_CAPS,
             "pric_list_codg=331001014 medins_lv=3 pric_uplmt_amt=100 kind=pay-to-cap");
    test_stay(*state, "brdy=2018-03-03");
    test_charge(*state, "F1", "2025-03-02T10:00:00", "1", "120.00", "");
    test_findings f = test_judge(*state);
    assert_found(&f, "V3", "1", "");
    assert_int_equal(test_finding(&f, "V3", 0)->action, STL_HINT);
    assert_int_equal(test_finding(&f, "V3", 0)->vola_amt, test_money("20.00"));
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
        RULE_TEST(a_reoperation_on_file_may_cost_the_surcharge_more),
        RULE_TEST(a_reoperation_on_file_may_not_cost_a_fen_more),
        RULE_TEST(what_is_not_on_file_is_no_reoperation),
        RULE_TEST(without_a_file_a_person_judges_the_reoperation),
        RULE_TEST(without_a_file_more_than_the_surcharge_blocks),
        RULE_TEST(a_note_of_the_item_goes_before_that_of_its_chapter),
        RULE_TEST(a_narrower_note_out_of_force_does_not),
        RULE_TEST(the_narrower_note_is_found_among_others),
        RULE_TEST(notes_of_other_conditions_are_not_narrower),
        RULE_TEST(a_note_of_another_kind_is_not_narrower),
        RULE_TEST(a_note_of_the_sub_item_goes_before_that_of_the_item),
        RULE_TEST(notes_without_a_condition_all_count),
        RULE_TEST(a_value_beyond_any_price_says_nothing),
        RULE_TEST(two_surcharges_add_up),
        RULE_TEST(two_surcharges_are_not_of_one_another),
        RULE_TEST(how_many_units_are_further_only_a_person_knows),
        RULE_TEST(the_bound_of_further_units_is_kept),
        RULE_TEST(above_the_bound_of_further_units_it_blocks),
        RULE_TEST(a_bound_in_percent_is_of_the_maximum),
        RULE_TEST(what_is_paid_to_the_cap_has_no_surcharge),
        RULE_TEST(every_level_has_its_surcharge_to_the_fen),
        RULE_TEST(every_level_refuses_a_fen_more),
        RULE_TEST(a_special_grade_has_its_own_maximum),
        RULE_TEST(another_grade_does_not_have_it),
        RULE_TEST(a_special_grade_without_a_row_has_the_maximum_of_its_level),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
