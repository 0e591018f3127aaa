/* SPDX-License-Identifier: Apache-2.0 */
#include "support/rules_support.h"

static const stl_settlement COST = {
    .evaluated = true, .served = true, .info = {.medfee_sumamt = 100000}};

static void payers_above_the_cost_block(void **state) {
    test_stay(*state, "fund_pay_sumamt=600.00 psn_part_amt=400.00 hosp_part_amt=0.01");
    test_findings f = test_judge_payment(*state, &COST);
    assert_found(&f, "V28", "", "");
    const stl_finding *found = test_finding(&f, "V28", 0);
    assert_int_equal(found->action, STL_BLOCK);
    assert_int_equal(found->vola_amt, 1);
    assert_str(found->evidence, "the payers given add up to 1000.01 yuan (fund 600.00 + patient "
                                "400.00 + hospital 0.01) > cost 1000.00 yuan");
}

static void payers_equal_to_the_cost_are_silent(void **state) {
    test_stay(*state, "fund_pay_sumamt=600.00 psn_part_amt=400.00 hosp_part_amt=0.00");
    test_findings f = test_judge_payment(*state, &COST);
    assert_silent(&f, "V28");
}

static void single_funds_are_added_up(void **state) {
    test_stay(*state, "hifp_pay=443.77 hifmi_pay=74.70 maf_pay=51.08 oth_pay=314.60 "
                      "medfee_sumamt=683.80");
    test_findings f = test_judge_payment(*state, &COST);
    assert_found(&f, "V28", "", "");
    assert_int_equal(test_finding(&f, "V28", 0)->vola_amt, test_money("200.35"));
}

static void account_and_cash_are_the_patients_part(void **state) {
    test_stay(*state, "fund_pay_sumamt=600.00 psn_part_amt=400.00 acct_pay=100.00 "
                      "psn_cash_pay=300.00");
    test_findings f = test_judge_payment(*state, &COST);
    assert_silent(&f, "V28");
    test_stay(*state, "psn_cash_pay=300.01");
    f = test_judge_payment(*state, &COST);
    assert_found(&f, "V28", "", "");
}

static void negative_payer_hides_nothing(void **state) {
    test_stay(*state, "fund_pay_sumamt=1000.01 hosp_part_amt=-5.00");
    test_findings f = test_judge_payment(*state, &COST);
    assert_found(&f, "V28", "", "");
}

static void nothing_given_is_silent(void **state) {
    test_findings f = test_judge_payment(*state, &COST);
    assert_silent(&f, "V28");
}

static void one_fen_for_nothing_is_too_much(void **state) {
    test_stay(*state, "medfee_sumamt=0 hosp_part_amt=0.01");
    test_findings f = test_judge_payment(*state, &COST);
    assert_found(&f, "V28", "", "");
    assert_int_equal(test_finding(&f, "V28", 0)->vola_amt, 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RULE_TEST(payers_above_the_cost_block),
        RULE_TEST(payers_equal_to_the_cost_are_silent),
        RULE_TEST(single_funds_are_added_up),
        RULE_TEST(account_and_cash_are_the_patients_part),
        RULE_TEST(negative_payer_hides_nothing),
        RULE_TEST(nothing_given_is_silent),
        RULE_TEST(one_fen_for_nothing_is_too_much),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
