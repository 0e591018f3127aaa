/* SPDX-License-Identifier: Apache-2.0 */
#include "support/rules_support.h"

/* 2025-03-01 08:00:00 to 2025-03-05 10:00:00 */
static test_findings judge_at(test_world *w, const char *at) {
    test_service(w, "F1", "C1", "01");
    test_charge(w, "F1", at, "1", "200.00", "");
    return test_judge(w);
}

static void the_second_of_admission_is_inside(void **state) {
    test_findings f = judge_at(*state, "2025-03-01T08:00:00");
    assert_silent(&f, "V14");
}

static void the_second_before_admission_is_outside(void **state) {
    test_findings f = judge_at(*state, "2025-03-01T07:59:59");
    assert_found(&f, "V14", "1", "");
    assert_says(test_finding(&f, "V14", 0)->evidence,
                "before the admission at 2025-03-01 08:00:00");
    assert_int_equal(test_finding(&f, "V14", 0)->vola_amt, test_money("200.00"));
}

static void the_second_of_discharge_is_inside(void **state) {
    test_findings f = judge_at(*state, "2025-03-05T10:00:00");
    assert_silent(&f, "V14");
}

static void the_second_after_discharge_is_outside(void **state) {
    test_findings f = judge_at(*state, "2025-03-05T10:00:01");
    assert_found(&f, "V14", "1", "");
    assert_says(test_finding(&f, "V14", 0)->evidence, "after the discharge at 2025-03-05 10:00:00");
}

static void a_refund_may_follow_the_discharge(void **state) {
    test_service(*state, "F1", "C1", "01");
    test_charge(*state, "F1", "2025-03-05T09:00:00", "2", "200.00", "");
    test_charge(*state, "F1", "2025-03-05T11:00:00", "-1", "200.00", "init_feedetl_sn=1");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V14");
}

static void a_refund_cannot_precede_the_admission(void **state) {
    test_service(*state, "F1", "C1", "01");
    test_charge(*state, "F1", "2025-03-05T09:00:00", "2", "200.00", "");
    test_charge(*state, "F1", "2025-02-28T11:00:00", "-1", "200.00", "init_feedetl_sn=1");
    test_findings f = test_judge(*state);
    assert_found(&f, "V14", "2", "");
}

static void without_a_discharge_only_the_begin_is_judged(void **state) {
    test_stay(*state, "endtime=");
    test_given(*state, STL_R_ORDER);
    test_charge(*state, "F1", "2025-02-28T11:00:00", "1", "200.00", "");
    test_charge(*state, "F1", "2026-02-28T11:00:00", "1", "200.00", "");
    test_findings f = test_judge(*state);
    assert_found(&f, "V14", "1", "");
    assert_gap(&f, "V14", 2);
}

static void a_charge_without_an_amount_is_judged_by_its_time(void **state) {
    test_service(*state, "F1", "C1", "01");
    test_charge(*state, "F1", "2025-02-28T11:00:00", "1", "200.00", "det_item_fee_sumamt=");
    test_findings f = test_judge(*state);
    assert_found(&f, "V14", "1", "");
    assert_int_equal(test_finding(&f, "V14", 0)->vola_amt, 0);
}

static void a_charge_without_a_time_is_not_outside(void **state) {
    test_service(*state, "F1", "C1", "01");
    test_charge(*state, "F1", "2025-02-28T11:00:00", "1", "200.00", "fee_ocur_time=");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V14");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RULE_TEST(the_second_of_admission_is_inside),
        RULE_TEST(the_second_before_admission_is_outside),
        RULE_TEST(the_second_of_discharge_is_inside),
        RULE_TEST(the_second_after_discharge_is_outside),
        RULE_TEST(a_refund_may_follow_the_discharge),
        RULE_TEST(a_refund_cannot_precede_the_admission),
        RULE_TEST(without_a_discharge_only_the_begin_is_judged),
        RULE_TEST(a_charge_without_an_amount_is_judged_by_its_time),
        RULE_TEST(a_charge_without_a_time_is_not_outside),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
