/* SPDX-License-Identifier: Apache-2.0 */
#include "support/rules_support.h"

#include <stdio.h>

static test_findings judge(test_world *w, const char *cnt, const char *price, const char *amount) {
    char more[64];
    snprintf(more, sizeof more, "det_item_fee_sumamt=%s", amount);
    test_service(w, "F1", "C1", "01");
    test_charge(w, "F1", "2025-03-02T10:00:00", cnt, price, more);
    return test_judge(w);
}

static void the_exact_product_is_right(void **state) {
    test_findings f = judge(*state, "3", "0.2746", "0.82");
    assert_silent(&f, "V26");
}

static void one_fen_apart_is_within_the_tolerance(void **state) {
    test_findings f = judge(*state, "3", "0.2746", "0.83");
    assert_silent(&f, "V26");
}

static void two_fen_apart_are_found(void **state) {
    test_findings f = judge(*state, "3", "0.2746", "0.84");
    assert_found(&f, "V26", "1", "");
    assert_int_equal(test_finding(&f, "V26", 0)->vola_amt, 2);
    assert_says(test_finding(&f, "V26", 0)->evidence,
                "amount 0.84 ≠ quantity 3 × price 0.2746 = 0.82, 0.02 yuan apart");
}

static void the_policy_sets_the_tolerance(void **state) {
    test_policy(*state)->line_tolerance = 0;
    test_findings f = judge(*state, "3", "0.2746", "0.83");
    assert_found(&f, "V26", "1", "");
}

static void refunds_multiply_too(void **state) {
    test_charge(*state, "F1", "2025-03-02T10:00:00", "2", "10.00", "");
    test_charge(*state, "F1", "2025-03-02T11:00:00", "-1", "10.00",
                "init_feedetl_sn=1 det_item_fee_sumamt=-12.00");
    test_findings f = test_judge(*state);
    assert_found(&f, "V26", "2", "");
    assert_int_equal(test_finding(&f, "V26", 0)->vola_amt, test_money("2.00"));
}

static void a_missing_amount_is_not_evaluated(void **state) {
    test_findings f = judge(*state, "3", "0.2746", "");
    assert_silent(&f, "V26");
    assert_gap(&f, "V26", 1);
}

static void the_largest_numbers_do_not_overflow(void **state) {
    test_charge(*state, "F1", "2025-03-02T10:00:00", "1", "1.00",
                "cnt=999999999999.9999 pric=9999999999.999999");
    test_findings f = test_judge(*state);
    assert_found(&f, "V26", "1", "");
    assert_says(test_finding(&f, "V26", 0)->evidence, "= 0.00, ");
}

static void each_missing_factor_is_not_evaluated(void **state) {
    test_charge(*state, "F1", "2025-03-02T10:00:00", "1", "1.00", "cnt=");
    test_charge(*state, "F1", "2025-03-02T11:00:00", "1", "1.00", "pric=");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V26");
    assert_gap(&f, "V26", 2);
    assert_missing(&f, "V26", "quantity, unit price or amount");
}

static void the_policy_rounds(void **state) {
    test_policy(*state)->line_tolerance = 0;
    test_policy(*state)->rounding = STL_ROUND_DOWN;
    test_findings f = judge(*state, "1", "0.826", "0.82");
    assert_silent(&f, "V26");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RULE_TEST(the_exact_product_is_right),
        RULE_TEST(one_fen_apart_is_within_the_tolerance),
        RULE_TEST(two_fen_apart_are_found),
        RULE_TEST(the_policy_sets_the_tolerance),
        RULE_TEST(refunds_multiply_too),
        RULE_TEST(a_missing_amount_is_not_evaluated),
        RULE_TEST(the_largest_numbers_do_not_overflow),
        RULE_TEST(each_missing_factor_is_not_evaluated),
        RULE_TEST(the_policy_rounds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
