/* SPDX-License-Identifier: Apache-2.0 */
#include "support/rules_support.h"

static void order(test_world *w, const char *fields) {
    test_service(w, "F1", "C1", "01");
    test_record(w, STL_R_ORDER, fields);
}

static void charge(test_world *w, const char *at, const char *cnt) {
    test_charge(w, "F1", at, cnt, "10.00", "drord_no=O1");
}

static void the_ordered_quantity_may_be_charged(void **state) {
    order(*state, "drord_no=O1 medins_list_codg=F1 cnt=3 exec_cnt=3");
    charge(*state, "2025-03-02T10:00:00", "2");
    charge(*state, "2025-03-03T10:00:00", "1");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V29");
    assert_gap(&f, "V29", -1);
}

static void one_beyond_the_order_is_found_at_the_latest_line(void **state) {
    order(*state, "drord_no=O1 medins_list_codg=F1 cnt=3 exec_cnt=3");
    charge(*state, "2025-03-03T10:00:00", "2");
    charge(*state, "2025-03-02T10:00:00", "2");
    test_findings f = test_judge(*state);
    assert_found(&f, "V29", "1", "2");
    const stl_finding *found = test_finding(&f, "V29", 0);
    assert_int_equal(found->vola_amt, test_money("10.00"));
    assert_int_equal(found->action, STL_BLOCK);
    assert_says(found->evidence, "charged 4 > ordered 3, executed 3: 10.00 yuan too much");
}

static void what_was_not_executed_may_not_be_charged(void **state) {
    order(*state, "drord_no=O1 medins_list_codg=F1 cnt=3 exec_cnt=1");
    charge(*state, "2025-03-02T10:00:00", "2");
    test_findings f = test_judge(*state);
    assert_found(&f, "V29", "1", "");
    assert_int_equal(test_finding(&f, "V29", 0)->vola_amt, test_money("10.00"));
}

static void an_order_without_execution_counts_as_ordered(void **state) {
    order(*state, "drord_no=O1 medins_list_codg=F1 cnt=2");
    charge(*state, "2025-03-02T10:00:00", "2");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V29");
    charge(*state, "2025-03-02T11:00:00", "0.5");
    f = test_judge(*state);
    assert_found(&f, "V29", "2", "1");
    assert_says(test_finding(&f, "V29", 0)->evidence, "charged 2.5 > ordered 2:");
}

static void refunds_are_netted(void **state) {
    order(*state, "drord_no=O1 medins_list_codg=F1 cnt=2 exec_cnt=2");
    charge(*state, "2025-03-02T10:00:00", "3");
    test_charge(*state, "F1", "2025-03-02T12:00:00", "-1", "10.00", "init_feedetl_sn=1");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V29");
}

static void a_charge_without_an_order_is_found(void **state) {
    order(*state, "drord_no=O1 medins_list_codg=F1 cnt=3 exec_cnt=3");
    test_charge(*state, "F1", "2025-03-02T10:00:00", "1", "10.00", "drord_no=O9");
    test_charge(*state, "F1", "2025-03-02T11:00:00", "1", "10.00", "drord_no=");
    test_findings f = test_judge(*state);
    assert_found(&f, "V29", "1 2", "");
    assert_int_equal(test_finding(&f, "V29", 0)->vola_amt, test_money("20.00"));
    assert_says(test_finding(&f, "V29", 0)->evidence, "no order, charged 2: 2 lines");
}

static void an_order_of_another_item_does_not_count(void **state) {
    order(*state, "drord_no=O1 medins_list_codg=F2 cnt=3 exec_cnt=3");
    charge(*state, "2025-03-02T10:00:00", "1");
    test_findings f = test_judge(*state);
    assert_found(&f, "V29", "1", "");
}

static void exempt_items_need_no_order(void **state) {
    test_service(*state, "F1", "C1", "01");
    test_row(*state, STL_T_LISTS, "list=V29.exempt item=F*");
    test_charge(*state, "F1", "2025-03-02T10:00:00", "1", "10.00", "drord_no=");
    test_given(*state, STL_R_ORDER);
    test_findings f = test_judge(*state);
    assert_silent(&f, "V29");
}

static void exempt_items_with_an_order_are_held_to_it(void **state) {
    order(*state, "drord_no=O1 medins_list_codg=F1 cnt=1 exec_cnt=1");
    test_row(*state, STL_T_LISTS, "list=V29.exempt item=F*");
    charge(*state, "2025-03-02T10:00:00", "2");
    test_findings f = test_judge(*state);
    assert_found(&f, "V29", "1", "");
}

static void orders_are_found_in_whatever_order_they_stand(void **state) {
    test_service(*state, "F1", "C1", "01");
    test_service(*state, "F2", "C2", "01");
    test_record(*state, STL_R_ORDER, "drord_no=O3 medins_list_codg=F1 cnt=1");
    test_record(*state, STL_R_ORDER, "drord_no=O1 medins_list_codg=F2 cnt=1");
    test_record(*state, STL_R_ORDER, "drord_no=O2 medins_list_codg=F1 cnt=1");
    test_record(*state, STL_R_ORDER, "drord_no=O1 medins_list_codg=F1 cnt=1");
    test_charge(*state, "F1", "2025-03-02T10:00:00", "1", "10.00", "drord_no=O1");
    test_charge(*state, "F1", "2025-03-02T11:00:00", "1", "10.00", "drord_no=O2");
    test_charge(*state, "F1", "2025-03-02T12:00:00", "1", "10.00", "drord_no=O3");
    test_charge(*state, "F2", "2025-03-02T13:00:00", "2", "10.00", "drord_no=O1");
    test_findings f = test_judge(*state);
    assert_found(&f, "V29", "4", "");
    assert_says(test_finding(&f, "V29", 0)->evidence, "order O1: charged 2 > ordered 1");
}

static void without_orders_it_is_not_evaluated(void **state) {
    test_service(*state, "F1", "C1", "01");
    charge(*state, "2025-03-02T10:00:00", "2");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V29");
    assert_gap(&f, "V29", 1);
}

static void an_order_without_a_quantity_is_not_evaluated(void **state) {
    order(*state, "drord_no=O1 medins_list_codg=F1");
    charge(*state, "2025-03-02T10:00:00", "2");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V29");
    assert_gap(&f, "V29", 1);
}

static void a_ten_thousandth_beyond_the_order_is_found(void **state) {
    order(*state, "drord_no=O1 medins_list_codg=F1 cnt=2 exec_cnt=2");
    charge(*state, "2025-03-02T10:00:00", "2.0001");
    test_findings f = test_judge(*state);
    assert_found(&f, "V29", "1", "");
    assert_int_equal(test_finding(&f, "V29", 0)->vola_amt, 0);
}

static void what_a_charge_without_a_price_costs_too_much_is_not_known(void **state) {
    order(*state, "drord_no=O1 medins_list_codg=F1 cnt=2 exec_cnt=2");
    test_charge(*state, "F1", "2025-03-02T10:00:00", "3", "10.00", "drord_no=O1 pric=");
    test_findings f = test_judge(*state);
    assert_found(&f, "V29", "1", "");
    assert_int_equal(test_finding(&f, "V29", 0)->vola_amt, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RULE_TEST(the_ordered_quantity_may_be_charged),
        RULE_TEST(one_beyond_the_order_is_found_at_the_latest_line),
        RULE_TEST(what_was_not_executed_may_not_be_charged),
        RULE_TEST(an_order_without_execution_counts_as_ordered),
        RULE_TEST(refunds_are_netted),
        RULE_TEST(a_charge_without_an_order_is_found),
        RULE_TEST(an_order_of_another_item_does_not_count),
        RULE_TEST(exempt_items_need_no_order),
        RULE_TEST(exempt_items_with_an_order_are_held_to_it),
        RULE_TEST(orders_are_found_in_whatever_order_they_stand),
        RULE_TEST(without_orders_it_is_not_evaluated),
        RULE_TEST(an_order_without_a_quantity_is_not_evaluated),
        RULE_TEST(a_ten_thousandth_beyond_the_order_is_found),
        RULE_TEST(what_a_charge_without_a_price_costs_too_much_is_not_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
