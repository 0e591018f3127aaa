/* SPDX-License-Identifier: Apache-2.0 */
#include "support/pathway_support.h"

/* 1000.00 to 2000.00 yuan. */
static void world(test_world *w) {
    test_pathway(w, "cost_min=1000 cost_max=2000");
    test_enter(w, "");
    test_service(w, "F1", "C1", "01");
}

static void cost(test_world *w, const char *amount) {
    test_charge(w, "F1", "2025-03-02T10:00:00", "1", amount, "");
}

static void a_cost_on_either_bound_is_right(void **state) {
    world(*state);
    cost(*state, "1000.00");
    test_findings f = test_judge(*state);
    assert_silent(&f, "P7");
    cost(*state, "1000.00");
    f = test_judge(*state);
    assert_silent(&f, "P7");
}

static void a_fen_too_much_is_found(void **state) {
    world(*state);
    cost(*state, "2000.01");
    test_findings f = test_judge(*state);
    assert_found(&f, "P7", "", "");
    assert_int_equal(test_finding(&f, "P7", 0)->action, STL_WARN);
    assert_int_equal(test_finding(&f, "P7", 0)->vola_amt, 1);
    assert_says(test_finding(&f, "P7", 0)->evidence,
                "the stay costs 2000.01 yuan, the reference cost of pathway CAP (肺炎) is 1000.00 "
                "to 2000.00 yuan");
}

static void a_fen_too_little_is_found(void **state) {
    world(*state);
    cost(*state, "999.99");
    test_findings f = test_judge(*state);
    assert_found(&f, "P7", "", "");
    assert_int_equal(test_finding(&f, "P7", 0)->vola_amt, 0);
}

static void refunds_lower_the_cost(void **state) {
    world(*state);
    cost(*state, "2000.01");
    test_charge(*state, "F1", "2025-03-02T11:00:00", "-1", "1000.01", "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "P7");
}

static void too_little_before_the_discharge_is_not_evaluated(void **state) {
    world(*state);
    cost(*state, "999.99");
    test_the_stay(*state)->head.endtime = STL_NONE;
    test_findings f = test_judge(*state);
    assert_silent(&f, "P7");
    assert_gap(&f, "P7", 0);
}

static void too_much_is_found_before_the_discharge(void **state) {
    world(*state);
    cost(*state, "2000.01");
    test_the_stay(*state)->head.endtime = STL_NONE;
    test_findings f = test_judge(*state);
    assert_found(&f, "P7", "", "");
}

static void a_pathway_without_cost_says_nothing(void **state) {
    test_pathway(*state, "");
    test_enter(*state, "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "P7");
    assert_gap(&f, "P7", -1);
}

static void a_line_without_an_amount_leaves_the_cost_open(void **state) {
    world(*state);
    cost(*state, "2000.01");
    test_charge(*state, "F1", "2025-03-02T11:00:00", "1", "1.00", "det_item_fee_sumamt=");
    test_findings f = test_judge(*state);
    assert_silent(&f, "P7");
    assert_gap(&f, "P7", 1);
    assert_missing(&f, "P7", "amount");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RULE_TEST(a_cost_on_either_bound_is_right),
        RULE_TEST(a_fen_too_much_is_found),
        RULE_TEST(a_fen_too_little_is_found),
        RULE_TEST(refunds_lower_the_cost),
        RULE_TEST(too_little_before_the_discharge_is_not_evaluated),
        RULE_TEST(too_much_is_found_before_the_discharge),
        RULE_TEST(a_pathway_without_cost_says_nothing),
        RULE_TEST(a_line_without_an_amount_leaves_the_cost_open),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
