/* SPDX-License-Identifier: Apache-2.0 */
#include "support/rules_support.h"

static test_findings judge(test_world *w, const char *price) {
    test_service(w, "F1", "C1", "01");
    test_charge(w, "F1", "2025-03-02T10:00:00", "2", "33.70", "");
    test_charge(w, "F1", "2025-03-03T10:00:00", "-1", price, "init_feedetl_sn=1");
    return test_judge(w);
}

static void the_price_of_the_charge_is_right(void **state) {
    test_findings f = judge(*state, "33.70");
    assert_silent(&f, "R2");
}

static void a_lower_price_is_found(void **state) {
    test_findings f = judge(*state, "33.60");
    assert_found(&f, "R2", "2", "1");
    const stl_finding *found = test_finding(&f, "R2", 0);
    assert_int_equal(found->vola_amt, test_money("0.10"));
    assert_says(found->evidence, "refunded at 33.60 ≠ 33.70 charged (serial 1), 0.10 yuan apart");
    assert_int_equal(found->action, STL_BLOCK);
}

static void a_refund_without_an_amount_is_found_without_money(void **state) {
    test_service(*state, "F1", "C1", "01");
    test_charge(*state, "F1", "2025-03-02T10:00:00", "2", "33.70", "");
    test_charge(*state, "F1", "2025-03-03T10:00:00", "-1", "30.00",
                "init_feedetl_sn=1 det_item_fee_sumamt=");
    test_findings f = test_judge(*state);
    assert_found(&f, "R2", "2", "1");
    assert_int_equal(test_finding(&f, "R2", 0)->vola_amt, 0);
}

static void a_higher_price_is_found(void **state) {
    test_findings f = judge(*state, "33.700001");
    assert_found(&f, "R2", "2", "1");
}

static void each_refund_of_a_charge_is_compared(void **state) {
    test_charge(*state, "F1", "2025-03-02T10:00:00", "3", "10.00", "");
    test_charge(*state, "F1", "2025-03-03T10:00:00", "-1", "10.00", "init_feedetl_sn=1");
    test_charge(*state, "F1", "2025-03-03T11:00:00", "-1", "9.00", "init_feedetl_sn=1");
    test_charge(*state, "F1", "2025-03-03T12:00:00", "-1", "8.00", "init_feedetl_sn=1");
    test_findings f = test_judge(*state);
    assert_int_equal(test_count(&f, "R2"), 2);
    assert_int_equal(test_finding(&f, "R2", 0)->lines[0], 2);
    assert_int_equal(test_finding(&f, "R2", 1)->lines[0], 3);
}

static void a_refund_may_come_first_in_the_file(void **state) {
    test_service(*state, "F1", "C1", "01");
    test_charge(*state, "F1", "2025-03-03T10:00:00", "-1", "33.60", "init_feedetl_sn=2");
    test_charge(*state, "F1", "2025-03-02T10:00:00", "2", "33.70", "");
    test_findings f = test_judge(*state);
    assert_found(&f, "R2", "1", "2");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RULE_TEST(the_price_of_the_charge_is_right),
        RULE_TEST(a_lower_price_is_found),
        RULE_TEST(a_refund_without_an_amount_is_found_without_money),
        RULE_TEST(a_higher_price_is_found),
        RULE_TEST(each_refund_of_a_charge_is_compared),
        RULE_TEST(a_refund_may_come_first_in_the_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
