/* SPDX-License-Identifier: Apache-2.0 */
#include "support/rules_support.h"

static stl_settlement paid(const char *acct_pay) {
    return (stl_settlement){
        .evaluated = true, .served = true, .info = {.acct_pay = test_money(acct_pay)}};
}

static void limit(test_world *w) {
    test_row(w, STL_T_PARAMETERS, "rule_id=V37 name=account-payment value=5000.00");
}

static void computed_payment_above_the_limit_is_a_hint(void **state) {
    limit(*state);
    stl_settlement s = paid("5000.01");
    test_findings f = test_judge_payment(*state, &s);
    assert_found(&f, "V37", "", "");
    const stl_finding *found = test_finding(&f, "V37", 0);
    assert_int_equal(found->action, STL_HINT);
    assert_int_equal(found->vola_amt, test_money("5000.01"));
    assert_says(found->evidence, "5000.01 > 5000.00 yuan");
}

static void limit_is_inclusive(void **state) {
    limit(*state);
    stl_settlement s = paid("5000.00");
    test_findings f = test_judge_payment(*state, &s);
    assert_silent(&f, "V37");
    assert_gap(&f, "V37", -1);
}

static void given_payment_goes_before_the_computed_one(void **state) {
    limit(*state);
    stl_settlement s = paid("0.00");
    test_stay(*state, "acct_pay=6000.00");
    test_findings f = test_judge_payment(*state, &s);
    assert_found(&f, "V37", "", "");
}

static void without_a_limit_a_payment_is_not_evaluated(void **state) {
    stl_settlement s = paid("6000.00");
    test_findings f = test_judge_payment(*state, &s);
    assert_silent(&f, "V37");
    assert_gap(&f, "V37", 0);
}

static void without_a_payment_nothing_is_said(void **state) {
    stl_settlement s = paid("0.00");
    test_findings f = test_judge_payment(*state, &s);
    assert_gap(&f, "V37", -1);
    s = paid("6000.00");
    s.evaluated = false; /* what was not computed was not paid */
    f = test_judge_payment(*state, &s);
    assert_gap(&f, "V37", -1);
}

static void one_fen_without_a_limit_is_not_evaluated(void **state) {
    stl_settlement s = paid("0.01");
    test_findings f = test_judge_payment(*state, &s);
    assert_missing(&f, "V37", "the limit of one payment from the account");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RULE_TEST(computed_payment_above_the_limit_is_a_hint),
        RULE_TEST(limit_is_inclusive),
        RULE_TEST(given_payment_goes_before_the_computed_one),
        RULE_TEST(without_a_limit_a_payment_is_not_evaluated),
        RULE_TEST(without_a_payment_nothing_is_said),
        RULE_TEST(one_fen_without_a_limit_is_not_evaluated),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
