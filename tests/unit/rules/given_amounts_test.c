/* SPDX-License-Identifier: Apache-2.0 */
#include "support/rules_support.h"

static stl_settlement computed(void) {
    return (stl_settlement){
        .evaluated = true,
        .served = true,
        .info = {.medfee_sumamt = 100000,
                 .act_pay_dedc = 70000,
                 .hifp_pay = 25500,
                 .fund_pay_sumamt = 25500,
                 .psn_part_amt = 74500,
                 .psn_cash_pay = 74500},
    };
}

static void equal_amounts_are_silent(void **state) {
    stl_settlement s = computed();
    test_stay(*state,
              "medfee_sumamt=1000.00 fulamt_ownpay_amt=0 overlmt_selfpay=0 "
              "preselfpay_amt=0 inscp_scp_amt=0 act_pay_dedc=700.00 hifp_pay=255.00 cvlserv_pay=0 "
              "hifes_pay=0 hifmi_pay=0 hifob_pay=0 maf_pay=0 oth_pay=0 "
              "fund_pay_sumamt=255.00 psn_part_amt=745.00 acct_pay=0 psn_cash_pay=745.00 "
              "hosp_part_amt=0");
    test_findings f = test_judge_payment(*state, &s);
    assert_silent(&f, "V18");
    assert_silent(&f, "V28");
    assert_gap(&f, "V18", -1);
}

static void one_fen_apart_blocks_for_each_amount(void **state) {
    static const char *const APART[] = {
        "medfee_sumamt=1000.01", "act_pay_dedc=699.99",    "hifp_pay=255.01",
        "cvlserv_pay=0.01",      "hifes_pay=0.01",         "hifmi_pay=0.01",
        "hifob_pay=0.01",        "maf_pay=0.01",           "oth_pay=0.01",
        "acct_pay=0.01",         "fund_pay_sumamt=255.01", "psn_part_amt=744.99",
        "psn_cash_pay=744.99",   "hosp_part_amt=0.01",     "fulamt_ownpay_amt=0.01",
        "overlmt_selfpay=0.01",  "preselfpay_amt=0.01",    "inscp_scp_amt=0.01",
    };
    stl_settlement s = computed();
    for (size_t i = 0; i < sizeof APART / sizeof *APART; i++) {
        test_rules_teardown(state);
        test_rules_setup(state);
        test_stay(*state, APART[i]);
        test_findings f = test_judge_payment(*state, &s);
        assert_found(&f, "V18", "", "");
        const stl_finding *found = test_finding(&f, "V18", 0);
        assert_int_equal(found->action, STL_BLOCK);
        assert_int_equal(found->vola_amt, 1);
    }
}

static void lowered_deductible_is_told_with_both_figures(void **state) {
    stl_settlement s = computed();
    test_stay(*state, "act_pay_dedc=350.00 psn_part_amt=745.00 fund_pay_sumamt=552.50");
    test_findings f = test_judge_payment(*state, &s);
    assert_found(&f, "V18", "", "");
    const stl_finding *found = test_finding(&f, "V18", 0);
    assert_int_equal(found->vola_amt, test_money("350.00"));
    assert_str(found->evidence, "act_pay_dedc: given 350.00, computed 700.00 yuan; "
                                "fund_pay_sumamt: given 552.50, computed 255.00 yuan");
}

static void amounts_not_given_are_not_evaluated(void **state) {
    stl_settlement s = computed();
    test_findings f = test_judge_payment(*state, &s);
    assert_silent(&f, "V18");
    assert_gap(&f, "V18", 0);
}

static void payment_not_computed_is_not_evaluated(void **state) {
    stl_settlement s = computed();
    s.evaluated = false;
    test_stay(*state, "act_pay_dedc=350.00");
    test_findings f = test_judge_payment(*state, &s);
    assert_silent(&f, "V18");
    assert_gap(&f, "V18", 0);
}

static void an_amount_not_computed_is_nothing(void **state) {
    stl_settlement s = computed();
    s.info.hosp_part_amt = STL_NONE;
    test_stay(*state, "hosp_part_amt=0");
    test_findings f = test_judge_payment(*state, &s);
    assert_silent(&f, "V18");
    test_stay(*state, "hosp_part_amt=1.00");
    f = test_judge_payment(*state, &s);
    assert_found(&f, "V18", "", "");
    assert_int_equal(test_finding(&f, "V18", 0)->vola_amt, test_money("1.00"));
    assert_str(test_finding(&f, "V18", 0)->evidence,
               "hosp_part_amt: given 1.00, computed 0.00 yuan");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RULE_TEST(equal_amounts_are_silent),
        RULE_TEST(one_fen_apart_blocks_for_each_amount),
        RULE_TEST(lowered_deductible_is_told_with_both_figures),
        RULE_TEST(amounts_not_given_are_not_evaluated),
        RULE_TEST(payment_not_computed_is_not_evaluated),
        RULE_TEST(an_amount_not_computed_is_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
