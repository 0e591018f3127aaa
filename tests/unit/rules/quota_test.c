/* SPDX-License-Identifier: Apache-2.0 */
#include "support/rules_support.h"

/* Quota 1000 yuan, 10 percent: 900 to 1100; a stay within 15 days. */
static void world(test_world *w, const char *total) {
    test_row(w, STL_T_LISTS, "list=V31.quota item=J15* value=1000");
    test_row(w, STL_T_PARAMETERS, "rule_id=V31 name=near-percent value=10");
    test_row(w, STL_T_PARAMETERS, "rule_id=V31 name=days value=15");
    test_service(w, "F1", "C1", "01");
    test_charge(w, "F1", "2025-03-02T10:00:00", "1", total, "");
}

#define BEFORE(end)                                                                                \
    "mdtrt_id=T0 begntime=2025-01-10T08:00:00 endtime=" end " dscg_maindiag_code=J15.900"
#define AFTER(begin) "mdtrt_id=T2 begntime=" begin " dscg_maindiag_code=J15.900"

static void near_the_quota_after_an_earlier_stay_is_found(void **state) {
    world(*state, "900.00");
    test_record(*state, STL_R_HISTORY, BEFORE("2025-02-14T10:00:00"));
    test_findings f = test_judge(*state);
    assert_found(&f, "V31", "", "");
    const stl_finding *found = test_finding(&f, "V31", 0);
    assert_int_equal(found->vola_amt, test_money("900.00"));
    assert_int_equal(found->action, STL_HINT);
    assert_says(found->evidence, "total 900.00 yuan is within quota 1000.00 yuan ±10%");
    assert_says(found->evidence, "earlier stay T0 is 15 days apart <= 15 days");
}

static void near_the_quota_before_a_later_stay_is_found(void **state) {
    world(*state, "1100.00");
    test_record(*state, STL_R_HISTORY, AFTER("2025-03-20T08:00:00"));
    test_findings f = test_judge(*state);
    assert_found(&f, "V31", "", "");
    assert_says(test_finding(&f, "V31", 0)->evidence, "later stay T2 is 15 days apart");
}

static void one_day_more_is_no_readmission(void **state) {
    world(*state, "1000.00");
    test_record(*state, STL_R_HISTORY, BEFORE("2025-02-13T10:00:00"));
    test_record(*state, STL_R_HISTORY, AFTER("2025-03-21T08:00:00"));
    test_findings f = test_judge(*state);
    assert_silent(&f, "V31");
}

static void below_and_above_the_band_is_right(void **state) {
    world(*state, "899.99");
    test_record(*state, STL_R_HISTORY, BEFORE("2025-02-28T10:00:00"));
    test_findings f = test_judge(*state);
    assert_silent(&f, "V31");
    test_charge(*state, "F1", "2025-03-02T11:00:00", "1", "200.02", "");
    f = test_judge(*state);
    assert_silent(&f, "V31");
    assert_gap(&f, "V31", -1);
}

static void another_disease_is_no_readmission(void **state) {
    world(*state, "1000.00");
    test_record(*state, STL_R_HISTORY,
                "mdtrt_id=T0 begntime=2025-02-10T08:00:00 endtime=2025-02-28T08:00:00 "
                "dscg_maindiag_code=K80.100");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V31");
}

static void a_disease_without_a_quota_is_right(void **state) {
    world(*state, "1000.00");
    test_stay(*state, "dscg_maindiag_code=K80.100");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V31");
    assert_gap(&f, "V31", -1);
}

static void without_history_it_is_not_evaluated(void **state) {
    world(*state, "1000.00");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V31");
    assert_gap(&f, "V31", 0);
}

static void an_unknown_diagnosis_of_the_other_stay_is_not_evaluated(void **state) {
    world(*state, "1000.00");
    test_record(*state, STL_R_HISTORY,
                "mdtrt_id=T0 begntime=2025-02-10T08:00:00 endtime=2025-02-28T08:00:00");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V31");
    assert_gap(&f, "V31", 0);
}

static void without_parameters_it_is_not_evaluated(void **state) {
    test_row(*state, STL_T_LISTS, "list=V31.quota item=J15* value=1000");
    test_findings f = test_judge(*state);
    assert_gap(&f, "V31", 0);
}

static size_t soon(void **state, const char *other) {
    test_rules_teardown(state);
    test_rules_setup(state);
    world(*state, "1000.00");
    test_record(*state, STL_R_HISTORY, other);
    test_findings f = test_judge(*state);
    return test_count(&f, "V31");
}

static void stays_of_one_day_are_no_days_apart_and_overlapping_ones_do_not_count(void **state) {
    assert_int_equal(soon(state, BEFORE("2025-03-01T08:00:00")), 1);
    assert_int_equal(soon(state, BEFORE("2025-03-01T08:00:01")), 0);
    assert_int_equal(soon(state, AFTER("2025-03-05T10:00:00")), 1);
    assert_int_equal(soon(state, AFTER("2025-03-05T09:59:59")), 0);
    assert_int_equal(soon(state, AFTER("2025-03-03T10:00:00")), 0);
    assert_int_equal(soon(state, BEFORE("2025-03-03T10:00:00")), 0);
}

static void of_two_as_near_the_first_is_told(void **state) {
    world(*state, "1000.00");
    test_record(*state, STL_R_HISTORY, BEFORE("2025-02-20T10:00:00") " mdtrt_id=T8");
    test_record(*state, STL_R_HISTORY, BEFORE("2025-02-20T10:00:00") " mdtrt_id=T9");
    test_findings f = test_judge(*state);
    assert_says(test_finding(&f, "V31", 0)->evidence, "earlier stay T8 is 9 days apart");
}

static void a_line_without_an_amount_does_not_count(void **state) {
    world(*state, "1000.00");
    test_charge(*state, "F1", "2025-03-02T10:00:00", "1", "5.00", "det_item_fee_sumamt=");
    test_record(*state, STL_R_HISTORY, BEFORE("2025-02-20T10:00:00"));
    test_findings f = test_judge(*state);
    assert_found(&f, "V31", "", "");
    assert_int_equal(test_finding(&f, "V31", 0)->vola_amt, test_money("1000.00"));
}

static void without_a_quota_it_is_not_evaluated(void **state) {
    test_findings f = test_judge(*state);
    assert_gap(&f, "V31", 0);
    assert_missing(&f, "V31", "list V31.quota of quotas by disease");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RULE_TEST(near_the_quota_after_an_earlier_stay_is_found),
        RULE_TEST(near_the_quota_before_a_later_stay_is_found),
        RULE_TEST(one_day_more_is_no_readmission),
        RULE_TEST(below_and_above_the_band_is_right),
        RULE_TEST(another_disease_is_no_readmission),
        RULE_TEST(a_disease_without_a_quota_is_right),
        RULE_TEST(without_history_it_is_not_evaluated),
        RULE_TEST(an_unknown_diagnosis_of_the_other_stay_is_not_evaluated),
        RULE_TEST(without_parameters_it_is_not_evaluated),
        RULE_TEST(stays_of_one_day_are_no_days_apart_and_overlapping_ones_do_not_count),
        RULE_TEST(of_two_as_near_the_first_is_told),
        RULE_TEST(a_line_without_an_amount_does_not_count),
        RULE_TEST(without_a_quota_it_is_not_evaluated),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
