/* SPDX-License-Identifier: Apache-2.0 */
#include "support/rules_support.h"

static void ordered(test_world *w, const char *order) {
    test_service(w, "F1", "C1", "01");
    test_record(w, STL_R_ORDER, order);
    test_row(w, STL_T_PARAMETERS, "rule_id=V14 name=prescriptions-a-day value=9");
}
#define SECOND_TO_THIRD                                                                            \
    "drord_no=A medins_list_codg=F1 cnt=9 drord_begn_date=2025-03-02T10:00:00 "                    \
    "drord_stop_date=2025-03-03T09:00:00"

static void days_of_the_order_are_inclusive(void **state) {
    ordered(*state, SECOND_TO_THIRD);
    test_charge(*state, "F1", "2025-03-02T00:00:00", "1", "5.00", "drord_no=A");
    test_charge(*state, "F1", "2025-03-03T23:59:59", "1", "5.00", "drord_no=A");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V14");
    assert_gap(&f, "V14", -1);
}

static void charge_before_its_order_warns(void **state) {
    ordered(*state, SECOND_TO_THIRD);
    test_charge(*state, "F1", "2025-03-01T23:59:59", "2", "5.00", "drord_no=A");
    test_findings f = test_judge(*state);
    assert_found(&f, "V14", "1", "");
    const stl_finding *found = test_finding(&f, "V14", 0);
    assert_int_equal(found->action, STL_WARN);
    assert_int_equal(found->vola_amt, test_money("10.00"));
    assert_says(found->evidence, "F1 (order A) charged on 2025-03-01, before the order begins on "
                                 "2025-03-02");
}

static void charge_after_the_stop_warns(void **state) {
    ordered(*state, SECOND_TO_THIRD);
    test_charge(*state, "F1", "2025-03-04T00:00:00", "1", "5.00", "drord_no=A");
    test_findings f = test_judge(*state);
    assert_found(&f, "V14", "1", "");
    assert_says(test_finding(&f, "V14", 0)->evidence,
                "charged on 2025-03-04, after the order was stopped on 2025-03-03");
}

static void rows_of_one_order_count_together(void **state) {
    ordered(*state, SECOND_TO_THIRD);
    test_record(*state, STL_R_ORDER,
                "drord_no=A medins_list_codg=F2 cnt=1 drord_begn_date=2025-03-01T10:00:00 "
                "drord_stop_date=2025-03-04T09:00:00");
    test_charge(*state, "F1", "2025-03-01T23:59:59", "1", "5.00", "drord_no=A");
    test_charge(*state, "F1", "2025-03-04T00:00:00", "1", "5.00", "drord_no=A");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V14");
}

static void order_without_days_is_open(void **state) {
    ordered(*state, "drord_no=A medins_list_codg=F1 cnt=9");
    test_charge(*state, "F1", "2025-03-04T09:00:00", "1", "5.00", "drord_no=A");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V14");
}

static void refunded_charge_and_charge_without_order_are_left_alone(void **state) {
    ordered(*state, SECOND_TO_THIRD);
    test_charge(*state, "F1", "2025-03-04T09:00:00", "1", "5.00", "drord_no=A");
    test_charge(*state, "F1", "2025-03-04T10:00:00", "-1", "5.00", "init_feedetl_sn=1");
    test_charge(*state, "F1", "2025-03-04T11:00:00", "1", "5.00", "drord_no=");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V14");
}

static void without_orders_it_is_not_evaluated(void **state) {
    test_service(*state, "F1", "C1", "01");
    test_charge(*state, "F1", "2025-03-04T09:00:00", "1", "5.00", "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V14");
    assert_missing(&f, "V14", "orders (orders.csv)");
}

static void an_order_that_one_row_leaves_open_is_open(void **state) {
    ordered(*state, SECOND_TO_THIRD);
    test_record(*state, STL_R_ORDER,
                "drord_no=A medins_list_codg=F2 cnt=9 drord_begn_date=2025-03-02T10:00:00");
    test_charge(*state, "F1", "2025-03-04T00:00:00", "1", "5.00", "drord_no=A");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V14");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RULE_TEST(days_of_the_order_are_inclusive),
        RULE_TEST(charge_before_its_order_warns),
        RULE_TEST(charge_after_the_stop_warns),
        RULE_TEST(rows_of_one_order_count_together),
        RULE_TEST(order_without_days_is_open),
        RULE_TEST(refunded_charge_and_charge_without_order_are_left_alone),
        RULE_TEST(without_orders_it_is_not_evaluated),
        RULE_TEST(an_order_that_one_row_leaves_open_is_open),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
