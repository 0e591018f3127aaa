/* SPDX-License-Identifier: Apache-2.0 */
#include "support/rules_support.h"

#include <stdio.h>

static void item(test_world *w, const char *name, const char *price_code) {
    char row[128];
    snprintf(row, sizeof row, "medins_list_codg=%s pric_list_codg=%s item_kind=service", name,
             price_code);
    test_item(w, row);
    snprintf(row, sizeof row, "medins_list_codg=%s med_list_codg=C%s", name, name);
    test_map(w, row);
    snprintf(row, sizeof row, "med_list_codg=C%s chrgitm_lv=01", name);
    test_row(w, STL_T_CATALOGUE, row);
    snprintf(row, sizeof row, "pric_list_codg=%s medins_lv=3 pric_uplmt_amt=10 begndate=2021-01-01",
             price_code);
    test_row(w, STL_T_CAPS, row);
}

/* Elements of the blood cost 10, beside an analysis of its gases 7. */
static void elements(test_world *w, const char *amount, const char *cnt) {
    item(w, "E", "250304001");
    item(w, "G", "310602006");
    item(w, "X", "250305001");
    test_row(w, STL_T_SURCHARGES,
             "pric_list_codg=250304 kind=pay-at value=70 unit=percent condition=with:310602006* "
             "text=at_70_beside_gases");
    test_charge(w, "E", "2025-03-02T10:00:00", cnt, amount, "");
}

/* Which method it was only a person knows. */
static void by_method(test_world *w, const char *pric) {
    item(w, "A", "250403019a");
    test_row(w, STL_T_SURCHARGES,
             "pric_list_codg=250403019a kind=pay-at value=70 unit=percent text=method");
    test_charge(w, "A", "2025-03-02T10:00:00", "1", pric, "");
}

static void beside_the_other_item_the_share_is_right(void **state) {
    elements(*state, "7.00", "1");
    test_charge(*state, "G", "2025-03-02T10:00:00", "1", "10.00", "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V3");
    assert_gap(&f, "V3", -1);
}

static void beside_the_other_item_a_fen_more_is_found(void **state) {
    elements(*state, "7.01", "1");
    test_charge(*state, "G", "2025-03-02T23:59:59", "1", "10.00", "");
    test_findings f = test_judge(*state);
    assert_found(&f, "V3", "1", "2");
    const stl_finding *found = test_finding(&f, "V3", 0);
    assert_int_equal(found->action, STL_WARN);
    assert_int_equal(found->vola_amt, test_money("0.01"));
    assert_says(found->evidence, "at 70 % of at most 10.00 yuan: 7.01 > 7.00");
    assert_says(found->basis, "surcharges.csv 250304 at 70 beside gases");
}

static void the_day_before_it_is_not_beside(void **state) {
    elements(*state, "10.00", "1");
    test_charge(*state, "G", "2025-03-01T23:59:59", "1", "10.00", "");
    test_charge(*state, "G", "2025-03-03T00:00:00", "1", "10.00", "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V3");
}

/* Both of one sample. */
static void at_once(test_world *w, const char *at) {
    item(w, "E", "250304001");
    item(w, "G", "310602006");
    test_row(
        w, STL_T_SURCHARGES,
        "pric_list_codg=250304 kind=pay-at value=70 unit=percent condition=at-once:310602006*");
    test_charge(w, "E", "2025-03-02T10:00:00", "1", "10.00", "");
    test_charge(w, "G", at, "1", "10.00", "");
}

static void at_the_same_second_it_is_at_once(void **state) {
    at_once(*state, "2025-03-02T10:00:00");
    test_findings f = test_judge(*state);
    assert_found(&f, "V3", "1", "2");
    assert_says(test_finding(&f, "V3", 0)->evidence, "at the same time");
}

static void a_second_later_it_is_not_at_once(void **state) {
    at_once(*state, "2025-03-02T10:00:01");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V3");
    assert_gap(&f, "V3", -1);
}

static void what_is_beside_may_come_first(void **state) {
    elements(*state, "10.00", "1");
    test_charge(*state, "G", "2025-03-02T09:00:00", "1", "10.00", "");
    test_findings f = test_judge(*state);
    assert_found(&f, "V3", "1", "2");
}

static void a_refunded_charge_is_held_to_nothing(void **state) {
    by_method(*state, "10.00");
    test_charge(*state, "A", "2025-03-02T12:00:00", "-1", "10.00", "init_feedetl_sn=1");
    test_findings f = test_judge(*state);
    assert_gap(&f, "V3", -1);
}

/* What is missing is told once, of its maximum. */
static void without_a_maximum_nothing_is_reduced(void **state) {
    test_service(*state, "A", "CA", "01");
    test_row(*state, STL_T_CAPS, "pric_list_codg=A");
    test_row(*state, STL_T_SURCHARGES, "pric_list_codg=A kind=pay-at value=70 unit=percent");
    test_charge(*state, "A", "2025-03-02T10:00:00", "1", "10.00", "");
    test_findings f = test_judge(*state);
    assert_gap(&f, "V3", -1);
}

static void each_day_is_asked_for_itself(void **state) {
    elements(*state, "10.00", "1");
    test_charge(*state, "E", "2025-03-03T09:00:00", "1", "10.00", "");
    test_charge(*state, "E", "2025-03-04T09:00:00", "1", "10.00", "");
    test_charge(*state, "G", "2025-03-03T10:00:00", "1", "10.00", "");
    test_findings f = test_judge(*state);
    assert_found(&f, "V3", "2", "4");
}

static void several_are_held_to_the_share_of_each(void **state) {
    elements(*state, "7.00", "3");
    test_charge(*state, "G", "2025-03-02T10:00:00", "1", "10.00", "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V3");
}

static void other_items_change_nothing(void **state) {
    elements(*state, "10.00", "1");
    test_charge(*state, "X", "2025-03-02T10:00:00", "1", "10.00", "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V3");
    assert_gap(&f, "V3", -1);
}

static void a_refunded_item_is_not_beside(void **state) {
    elements(*state, "10.00", "1");
    test_charge(*state, "G", "2025-03-02T10:00:00", "1", "10.00", "");
    test_charge(*state, "G", "2025-03-02T11:00:00", "-1", "10.00", "init_feedetl_sn=2");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V3");
}

static void the_item_is_not_beside_itself(void **state) {
    item(*state, "A", "331005010");
    test_row(*state, STL_T_SURCHARGES,
             "pric_list_codg=331005010 kind=pay-at value=70 unit=percent condition=with:3310*");
    test_charge(*state, "A", "2025-03-02T10:00:00", "1", "10.00", "");
    test_charge(*state, "A", "2025-03-02T11:00:00", "1", "10.00", "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V3");
}

static void a_note_out_of_force_lowers_nothing(void **state) {
    item(*state, "A", "331005010");
    item(*state, "B", "331002001");
    test_row(*state, STL_T_SURCHARGES,
             "pric_list_codg=331005010 kind=pay-at value=70 unit=percent condition=with:3310* "
             "enddate=2025-03-01");
    test_charge(*state, "A", "2025-03-02T10:00:00", "1", "10.00", "");
    test_charge(*state, "B", "2025-03-02T11:00:00", "1", "10.00", "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V3");
}

static void an_unknown_condition_is_not_evaluated(void **state) {
    by_method(*state, "7.01");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V3");
    assert_missing(&f, "V3", "whether a note that lowers the price holds");
}

static void the_lower_price_is_right_under_any_condition(void **state) {
    by_method(*state, "7.00");
    test_findings f = test_judge(*state);
    assert_gap(&f, "V3", -1);
}

static void above_the_maximum_it_is_found_besides(void **state) {
    elements(*state, "10.01", "1");
    test_charge(*state, "G", "2025-03-02T10:00:00", "1", "10.00", "");
    test_findings f = test_judge(*state);
    assert_found(&f, "V3", "1", "2");
    assert_int_equal(test_finding(&f, "V3", 0)->action, STL_BLOCK);
    assert_int_equal(test_finding(&f, "V3", 0)->vola_amt, test_money("3.01"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RULE_TEST(beside_the_other_item_the_share_is_right),
        RULE_TEST(beside_the_other_item_a_fen_more_is_found),
        RULE_TEST(the_day_before_it_is_not_beside),
        RULE_TEST(at_the_same_second_it_is_at_once),
        RULE_TEST(a_second_later_it_is_not_at_once),
        RULE_TEST(what_is_beside_may_come_first),
        RULE_TEST(a_refunded_charge_is_held_to_nothing),
        RULE_TEST(without_a_maximum_nothing_is_reduced),
        RULE_TEST(each_day_is_asked_for_itself),
        RULE_TEST(several_are_held_to_the_share_of_each),
        RULE_TEST(other_items_change_nothing),
        RULE_TEST(a_refunded_item_is_not_beside),
        RULE_TEST(the_item_is_not_beside_itself),
        RULE_TEST(a_note_out_of_force_lowers_nothing),
        RULE_TEST(an_unknown_condition_is_not_evaluated),
        RULE_TEST(the_lower_price_is_right_under_any_condition),
        RULE_TEST(above_the_maximum_it_is_found_besides),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
