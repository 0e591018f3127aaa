/* SPDX-License-Identifier: Apache-2.0 */
#include "support/rules_support.h"

#include <stdio.h>

static void cap(test_world *w, const char *more) {
    char row[256];
    snprintf(row, sizeof row,
             "pric_list_codg=F1 medins_lv=3 pric_uplmt_amt=25.00 begndate=2021-01-01 %s", more);
    test_service(w, "F1", "001101000010000", "01");
    test_row(w, STL_T_CAPS, row);
}

static void cap_is_inclusive_on_the_limit(void **state) {
    test_world *w = *state;
    cap(w, "");
    test_charge(w, "F1", "2025-03-02T10:00:00", "1", "25.00", "");
    test_findings f = test_judge(w);
    assert_silent(&f, "V3");
    assert_gap(&f, "V3", -1);
}

static void a_micro_yuan_over_the_cap_is_found(void **state) {
    test_world *w = *state;
    cap(w, "");
    test_charge(w, "F1", "2025-03-02T10:00:00", "1", "25.000001", "");
    test_findings f = test_judge(w);
    assert_found(&f, "V3", "1", "");
}

static void finding_names_price_cap_level_and_day(void **state) {
    test_world *w = *state;
    cap(w, "");
    test_charge(w, "F1", "2025-03-02T10:00:00", "2", "31.00", "");
    test_findings f = test_judge(w);
    const stl_finding *found = test_finding(&f, "V3", 0);
    assert_int_equal(found->vola_amt, test_money("12.00"));
    assert_int_equal(found->action, STL_BLOCK);
    assert_says(found->evidence,
                "unit price 31.00 > cap 25.00 yuan (F1, level 3, from 2021-01-01)");
    assert_says(found->evidence, "12.00 yuan too much");
    assert_says(found->basis, "V3");
    assert_says(found->basis, "caps.csv F1");
}

static void chinese_evidence_bears_the_same_numbers(void **state) {
    test_world *w = *state;
    cap(w, "");
    test_lang(w, SETTLE_LANG_ZH);
    test_charge(w, "F1", "2025-03-02T10:00:00", "1", "31.00", "");
    test_findings f = test_judge(w);
    const stl_finding *found = test_finding(&f, "V3", 0);
    assert_says(found->evidence, "单价 31.00 > 上限 25.00 元（F1，三级，2021-01-01 起）");
    assert_str(found->rule_name, "单价超限价");
}

/* 108.00 a day of 24 hours is 4.50 an hour. */
static void hourly(test_world *w, const char *price) {
    test_item(w, "medins_list_codg=F1 pric_list_codg=F1");
    test_map(w, "medins_list_codg=F1 med_list_codg=C1 prcunt=日 med_list_unit=小时 factor_num=24");
    test_row(w, STL_T_CATALOGUE, "med_list_codg=C1 chrgitm_lv=01");
    test_row(w, STL_T_CAPS, "pric_list_codg=F1 medins_lv=3 pric_uplmt_amt=4.50 unit=小时");
    test_charge(w, "F1", "2025-03-02T10:00:00", "1", price, "");
}

static void price_is_converted_to_the_unit_of_the_list(void **state) {
    hourly(*state, "108.00");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V3");
}

static void converted_price_over_the_cap_is_found(void **state) {
    hourly(*state, "108.01");
    test_findings f = test_judge(*state);
    assert_found(&f, "V3", "1", "");
    assert_int_equal(test_finding(&f, "V3", 0)->vola_amt, test_money("0.01"));
    assert_says(test_finding(&f, "V3", 0)->evidence, "4.50 yuan a 小时 × 24/1");
}

static void other_unit_than_the_mapping_is_not_evaluated(void **state) {
    test_world *w = *state;
    cap(w, "unit=每部位");
    test_charge(w, "F1", "2025-03-02T10:00:00", "1", "99.00", "");
    test_charge(w, "F1", "2025-03-02T11:00:00", "1", "99.00", "");
    test_findings f = test_judge(w);
    assert_silent(&f, "V3");
    assert_gap(&f, "V3", 2);
}

static void item_listed_without_a_price_has_no_cap(void **state) {
    test_world *w = *state;
    test_service(w, "F1", "C1", "01");
    test_row(w, STL_T_CAPS, "pric_list_codg=F1 medins_lv=3");
    test_charge(w, "F1", "2025-03-02T10:00:00", "1", "9999.00", "");
    test_findings f = test_judge(w);
    assert_silent(&f, "V3");
    assert_gap(&f, "V3", -1);
}

/* 110200002 has no price of its own; its sub-items cost 15 and 12 at level 3, 9 at level 1. */
static void parent(test_world *w, const char *unit, const char *price) {
    char row[128];
    test_item(w, "medins_list_codg=F1 pric_list_codg=110200002 item_kind=service");
    snprintf(row, sizeof row, "medins_list_codg=F1 med_list_codg=C1 prcunt=%s med_list_unit=%s",
             unit, unit);
    test_map(w, row);
    test_row(w, STL_T_CATALOGUE, "med_list_codg=C1 chrgitm_lv=01");
    test_row(w, STL_T_CAPS, "pric_list_codg=110200002");
    test_row(w, STL_T_CAPS, "pric_list_codg=110200002a medins_lv=3 pric_uplmt_amt=15 unit=次");
    test_row(w, STL_T_CAPS, "pric_list_codg=110200002b medins_lv=3 pric_uplmt_amt=12 unit=次");
    test_row(w, STL_T_CAPS, "pric_list_codg=110200002c medins_lv=3 pric_uplmt_amt=99 unit=日");
    test_row(w, STL_T_CAPS, "pric_list_codg=110200002a medins_lv=1 pric_uplmt_amt=9 unit=次");
    test_charge(w, "F1", "2025-03-02T10:00:00", "1", price, "");
}

static void above_every_sub_item_is_above_the_item(void **state) {
    parent(*state, "次", "15.01");
    test_findings f = test_judge(*state);
    assert_found(&f, "V3", "1", "");
    assert_int_equal(test_finding(&f, "V3", 0)->vola_amt, test_money("0.01"));
    assert_says(test_finding(&f, "V3", 0)->evidence,
                "cap 15.00 yuan (110200002a, the dearest sub-item");
}

static void between_its_sub_items_it_is_not_evaluated(void **state) {
    parent(*state, "次", "15.00");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V3");
    assert_gap(&f, "V3", 1);
    assert_missing(&f, "V3", "which sub-item of the price list it is");
}

static void up_to_the_cheapest_sub_item_it_is_right(void **state) {
    parent(*state, "次", "12.00");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V3");
    assert_gap(&f, "V3", -1);
}

static void sub_items_of_the_hospitals_level_decide(void **state) {
    parent(*state, "次", "9.01");
    test_stay(*state, "medins_lv=1");
    test_findings f = test_judge(*state);
    assert_found(&f, "V3", "1", "");
}

static void a_level_without_prices_of_sub_items_has_no_cap(void **state) {
    parent(*state, "次", "9999.00");
    test_stay(*state, "medins_lv=2");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V3");
    assert_gap(&f, "V3", -1);
}

static void sub_items_need_the_level(void **state) {
    parent(*state, "次", "9999.00");
    test_stay(*state, "medins_lv=");
    test_findings f = test_judge(*state);
    assert_missing(&f, "V3", "level of the hospital");
}

static void sub_items_need_the_unit(void **state) {
    parent(*state, "台", "9999.00");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V3");
    assert_missing(&f, "V3", "the same unit in price list and mapping");
}

static void sub_items_of_another_unit_are_passed_over(void **state) {
    parent(*state, "日", "99.00");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V3");
    assert_gap(&f, "V3", -1);
}

static void above_the_sub_item_of_its_unit_is_found(void **state) {
    parent(*state, "日", "99.01");
    test_findings f = test_judge(*state);
    assert_found(&f, "V3", "1", "");
}

static void an_item_outside_the_item_master_is_not_evaluated(void **state) {
    test_map(*state, "medins_list_codg=F9 med_list_codg=C9");
    test_charge(*state, "F9", "2025-03-02T10:00:00", "1", "2.00", "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V3");
    assert_missing(&f, "V3", "the hospital's item master");
}

static void item_not_in_the_list_is_not_evaluated(void **state) {
    test_world *w = *state;
    test_service(w, "F1", "C1", "01");
    test_charge(w, "F1", "2025-03-02T10:00:00", "1", "9999.00", "");
    test_findings f = test_judge(w);
    assert_silent(&f, "V3");
    assert_gap(&f, "V3", 1);
}

static void cap_of_another_level_does_not_bind(void **state) {
    test_world *w = *state;
    cap(w, "");
    test_row(w, STL_T_CAPS, "pric_list_codg=F1 medins_lv=2 pric_uplmt_amt=20.00");
    test_charge(w, "F1", "2025-03-02T10:00:00", "1", "24.00", "");
    test_findings f = test_judge(w);
    assert_silent(&f, "V3");
}

static void lower_level_hospital_has_the_lower_cap(void **state) {
    test_world *w = *state;
    cap(w, "");
    test_row(w, STL_T_CAPS, "pric_list_codg=F1 medins_lv=2 pric_uplmt_amt=20.00");
    test_stay(w, "medins_lv=2");
    test_charge(w, "F1", "2025-03-02T10:00:00", "1", "24.00", "");
    test_findings f = test_judge(w);
    assert_found(&f, "V3", "1", "");
}

static void cap_of_the_service_day_is_taken(void **state) {
    test_world *w = *state;
    test_service(w, "F1", "C1", "01");
    test_row(w, STL_T_CAPS, "pric_list_codg=F1 medins_lv=3 pric_uplmt_amt=30 enddate=2025-03-02");
    test_row(w, STL_T_CAPS, "pric_list_codg=F1 medins_lv=3 pric_uplmt_amt=20 begndate=2025-03-03");
    test_charge(w, "F1", "2025-03-02T23:59:59", "1", "25.00", "");
    test_charge(w, "F1", "2025-03-03T00:00:00", "1", "25.00", "");
    test_findings f = test_judge(w);
    assert_found(&f, "V3", "2", "");
}

static void pay_to_cap_is_a_hint(void **state) {
    test_world *w = *state;
    cap(w, "kind=pay-to-cap");
    test_charge(w, "F1", "2025-03-02T10:00:00", "1", "31.00", "");
    test_findings f = test_judge(w);
    assert_found(&f, "V3", "1", "");
    assert_int_equal(test_finding(&f, "V3", 0)->action, STL_HINT);
    assert_false(stl_verdict_stops(&f.verdict));
}

static void refunded_line_is_not_found(void **state) {
    test_world *w = *state;
    cap(w, "");
    test_charge(w, "F1", "2025-03-02T10:00:00", "1", "31.00", "");
    test_charge(w, "F1", "2025-03-02T11:00:00", "-1", "31.00", "init_feedetl_sn=1");
    test_findings f = test_judge(w);
    assert_silent(&f, "V3");
}

static void partly_refunded_line_counts_what_is_left(void **state) {
    test_world *w = *state;
    cap(w, "");
    test_charge(w, "F1", "2025-03-02T10:00:00", "3", "31.00", "");
    test_charge(w, "F1", "2025-03-02T11:00:00", "-1", "31.00", "init_feedetl_sn=1");
    test_findings f = test_judge(w);
    assert_found(&f, "V3", "1", "");
    assert_int_equal(test_finding(&f, "V3", 0)->vola_amt, test_money("12.00"));
}

static void drugs_are_not_evaluated_without_a_list_of_theirs(void **state) {
    test_world *w = *state;
    test_item(w, "medins_list_codg=Y1 item_kind=drug");
    test_map(w, "medins_list_codg=Y1 med_list_codg=D1");
    test_row(w, STL_T_CATALOGUE, "med_list_codg=D1 chrgitm_lv=01");
    test_charge(w, "Y1", "2025-03-02T10:00:00", "1", "31.00", "");
    test_findings f = test_judge(w);
    assert_silent(&f, "V3");
    assert_gap(&f, "V3", 1);
}

static void above_every_sub_item_nothing_is_left_open(void **state) {
    parent(*state, "次", "15.01");
    test_findings f = test_judge(*state);
    assert_gap(&f, "V3", -1);
}

static void what_a_price_needs_is_named(void **state) {
    static const struct {
        const char *mapping, *charge, *missing;
    } CASES[] = {{"status=refused", "", "a mapping in force"}, {"", "pric=", "unit price"}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        for (int of_sub_items = 0; of_sub_items < 2; of_sub_items++) {
            char row[128];
            test_rules_teardown(state);
            test_rules_setup(state);
            test_item(*state, "medins_list_codg=F1 pric_list_codg=110200002 item_kind=service");
            snprintf(row, sizeof row,
                     "medins_list_codg=F1 med_list_codg=C1 prcunt=次 med_list_unit=次 %s",
                     CASES[i].mapping);
            test_map(*state, row);
            test_row(*state, STL_T_CATALOGUE, "med_list_codg=C1 chrgitm_lv=01");
            test_row(*state, STL_T_CAPS,
                     of_sub_items
                         ? "pric_list_codg=110200002"
                         : "pric_list_codg=110200002 medins_lv=3 pric_uplmt_amt=15 unit=次");
            test_row(*state, STL_T_CAPS,
                     "pric_list_codg=110200002a medins_lv=3 pric_uplmt_amt=15 unit=次");
            test_charge(*state, "F1", "2025-03-02T10:00:00", "1", "99.00", CASES[i].charge);
            test_findings f = test_judge(*state);
            assert_silent(&f, "V3");
            assert_gap(&f, "V3", 1);
            assert_missing(&f, "V3", CASES[i].missing);
        }
}

static void an_item_without_a_code_of_the_list_is_not_evaluated(void **state) {
    test_item(*state, "medins_list_codg=F1 pric_list_codg= item_kind=");
    test_map(*state, "medins_list_codg=F1 med_list_codg=C1");
    test_charge(*state, "F1", "2025-03-02T10:00:00", "1", "99.00", "");
    test_findings f = test_judge(*state);
    assert_gap(&f, "V3", 1);
    assert_missing(&f, "V3", "price-list code of the item");
}

static void an_item_with_prices_by_level_needs_the_level(void **state) {
    cap(*state, "");
    test_stay(*state, "medins_lv=");
    test_charge(*state, "F1", "2025-03-02T10:00:00", "1", "99.00", "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V3");
    assert_gap(&f, "V3", 1);
    assert_missing(&f, "V3", "level of the hospital");
}

/* One item of the list without a price of its own. */
static void unpriced(test_world *w, const char *code) {
    char row[128];
    snprintf(row, sizeof row, "medins_list_codg=F1 pric_list_codg=%s item_kind=service", code);
    test_item(w, row);
    test_map(w, "medins_list_codg=F1 med_list_codg=C1 prcunt=次 med_list_unit=次");
    test_row(w, STL_T_CATALOGUE, "med_list_codg=C1 chrgitm_lv=01");
    snprintf(row, sizeof row, "pric_list_codg=%s", code);
    test_row(w, STL_T_CAPS, row);
    test_charge(w, "F1", "2025-03-02T10:00:00", "1", "99.00", "");
}

static void a_sub_item_without_a_price_has_no_sub_items(void **state) {
    unpriced(*state, "110200002d");
    test_row(*state, STL_T_CAPS, "pric_list_codg=110200002a medins_lv=3 pric_uplmt_amt=15 unit=次");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V3");
    assert_gap(&f, "V3", -1);
}

static void the_last_letter_is_a_sub_item(void **state) {
    unpriced(*state, "110200002");
    test_row(*state, STL_T_CAPS, "pric_list_codg=110200002z medins_lv=3 pric_uplmt_amt=15 unit=次");
    test_findings f = test_judge(*state);
    assert_found(&f, "V3", "1", "");
    test_stay(*state, "medins_lv=");
    f = test_judge(*state);
    assert_silent(&f, "V3");
    assert_missing(&f, "V3", "level of the hospital");
}

static void without_sub_items_the_level_is_not_asked(void **state) {
    unpriced(*state, "110200002");
    test_stay(*state, "medins_lv=");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V3");
    assert_gap(&f, "V3", -1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RULE_TEST(cap_is_inclusive_on_the_limit),
        RULE_TEST(a_micro_yuan_over_the_cap_is_found),
        RULE_TEST(finding_names_price_cap_level_and_day),
        RULE_TEST(chinese_evidence_bears_the_same_numbers),
        RULE_TEST(price_is_converted_to_the_unit_of_the_list),
        RULE_TEST(converted_price_over_the_cap_is_found),
        RULE_TEST(other_unit_than_the_mapping_is_not_evaluated),
        RULE_TEST(item_listed_without_a_price_has_no_cap),
        RULE_TEST(item_not_in_the_list_is_not_evaluated),
        RULE_TEST(above_every_sub_item_is_above_the_item),
        RULE_TEST(between_its_sub_items_it_is_not_evaluated),
        RULE_TEST(up_to_the_cheapest_sub_item_it_is_right),
        RULE_TEST(sub_items_of_the_hospitals_level_decide),
        RULE_TEST(a_level_without_prices_of_sub_items_has_no_cap),
        RULE_TEST(sub_items_need_the_level),
        RULE_TEST(sub_items_need_the_unit),
        RULE_TEST(sub_items_of_another_unit_are_passed_over),
        RULE_TEST(above_the_sub_item_of_its_unit_is_found),
        RULE_TEST(an_item_outside_the_item_master_is_not_evaluated),
        RULE_TEST(cap_of_another_level_does_not_bind),
        RULE_TEST(lower_level_hospital_has_the_lower_cap),
        RULE_TEST(cap_of_the_service_day_is_taken),
        RULE_TEST(pay_to_cap_is_a_hint),
        RULE_TEST(refunded_line_is_not_found),
        RULE_TEST(partly_refunded_line_counts_what_is_left),
        RULE_TEST(drugs_are_not_evaluated_without_a_list_of_theirs),
        RULE_TEST(above_every_sub_item_nothing_is_left_open),
        RULE_TEST(what_a_price_needs_is_named),
        RULE_TEST(an_item_without_a_code_of_the_list_is_not_evaluated),
        RULE_TEST(an_item_with_prices_by_level_needs_the_level),
        RULE_TEST(a_sub_item_without_a_price_has_no_sub_items),
        RULE_TEST(the_last_letter_is_a_sub_item),
        RULE_TEST(without_sub_items_the_level_is_not_asked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
