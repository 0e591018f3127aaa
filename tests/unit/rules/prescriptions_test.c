/* SPDX-License-Identifier: Apache-2.0 */
#include "support/rules_support.h"

static void drug(test_world *w, const char *limit) {
    test_given(w, STL_R_ORDER);
    test_service(w, "F1", "XA01", "01");
    test_service(w, "F2", "C2", "01");
    if (limit != NULL)
        test_row(w, STL_T_PARAMETERS, limit);
}

static void three_orders(test_world *w) {
    test_charge(w, "F1", "2025-03-02T08:00:00", "1", "1.00", "drord_no=A");
    test_charge(w, "F1", "2025-03-02T09:00:00", "1", "1.00", "drord_no=B");
    test_charge(w, "F1", "2025-03-02T10:00:00", "1", "1.00", "drord_no=C");
}

static void more_than_the_limit_is_a_warning(void **state) {
    drug(*state, "rule_id=V14 name=prescriptions-a-day value=2");
    three_orders(*state);
    test_findings f = test_judge(*state);
    assert_found(&f, "V14", "1 2 3", "");
    const stl_finding *found = test_finding(&f, "V14", 0);
    assert_int_equal(found->action, STL_WARN);
    assert_int_equal(found->vola_amt, test_money("3.00"));
    assert_says(found->evidence,
                "on 2025-03-02 3 prescriptions (order numbers) of drugs > limit 2");
}

static void prescriptions_of_different_drugs_count_together(void **state) {
    drug(*state, "rule_id=V14 name=prescriptions-a-day value=1");
    test_service(*state, "F3", "XB02", "01");
    test_charge(*state, "F1", "2025-03-02T08:00:00", "1", "1.00", "drord_no=A");
    test_charge(*state, "F3", "2025-03-02T09:00:00", "1", "1.00", "drord_no=B");
    test_findings f = test_judge(*state);
    assert_found(&f, "V14", "1 2", "");
}

static void limit_is_inclusive(void **state) {
    drug(*state, "rule_id=V14 name=prescriptions-a-day value=3");
    three_orders(*state);
    test_findings f = test_judge(*state);
    assert_silent(&f, "V14");
    assert_gap(&f, "V14", -1);
}

static void lines_of_one_order_count_once(void **state) {
    drug(*state, "rule_id=V14 name=prescriptions-a-day value=3");
    three_orders(*state);
    test_charge(*state, "F1", "2025-03-02T11:00:00", "1", "1.00", "drord_no=B");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V14");
}

static void other_days_services_and_refunds_do_not_count(void **state) {
    drug(*state, "rule_id=V14 name=prescriptions-a-day value=3");
    three_orders(*state);
    test_charge(*state, "F1", "2025-03-03T00:00:00", "1", "1.00", "drord_no=D");
    test_charge(*state, "F2", "2025-03-02T11:00:00", "1", "1.00", "drord_no=E");
    test_charge(*state, "F1", "2025-03-02T12:00:00", "1", "1.00", "drord_no=F");
    test_charge(*state, "F1", "2025-03-02T13:00:00", "-1", "1.00", "drord_no=F init_feedetl_sn=6");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V14");
}

static void last_day_is_judged_too(void **state) {
    drug(*state, "rule_id=V14 name=prescriptions-a-day value=1");
    test_charge(*state, "F1", "2025-03-02T08:00:00", "1", "1.00", "drord_no=A");
    test_charge(*state, "F1", "2025-03-05T08:00:00", "1", "1.00", "drord_no=B");
    test_charge(*state, "F1", "2025-03-05T09:00:00", "1", "1.00", "drord_no=C");
    test_findings f = test_judge(*state);
    assert_found(&f, "V14", "2 3", "");
}

static void without_a_limit_drugs_are_not_evaluated(void **state) {
    drug(*state, NULL);
    three_orders(*state);
    test_findings f = test_judge(*state);
    assert_silent(&f, "V14");
    assert_gap(&f, "V14", 3);
}

static void without_drugs_nothing_is_said(void **state) {
    drug(*state, NULL);
    test_charge(*state, "F2", "2025-03-02T08:00:00", "1", "1.00", "");
    test_findings f = test_judge(*state);
    assert_gap(&f, "V14", -1);
}

static void lines_without_order_number_leave_it_open(void **state) {
    drug(*state, "rule_id=V14 name=prescriptions-a-day value=3");
    three_orders(*state);
    test_charge(*state, "F1", "2025-03-02T11:00:00", "1", "1.00", "drord_no=");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V14");
    assert_gap(&f, "V14", 1);
}

static void one_drug_without_a_limit_is_not_evaluated(void **state) {
    drug(*state, NULL);
    test_charge(*state, "F1", "2025-03-02T08:00:00", "1", "1.00", "drord_no=A");
    test_findings f = test_judge(*state);
    assert_gap(&f, "V14", 1);
    assert_missing(&f, "V14", "the limit of prescriptions a day");
}

static void a_stay_without_charges_has_no_prescriptions(void **state) {
    drug(*state, NULL);
    test_findings f = test_judge(*state);
    assert_gap(&f, "V14", -1);
}

static void the_day_that_is_too_full_is_told(void **state) {
    drug(*state, "rule_id=V14 name=prescriptions-a-day value=1");
    test_charge(*state, "F1", "2025-03-02T08:00:00", "1", "1.00", "drord_no=A");
    test_charge(*state, "F1", "2025-03-02T09:00:00", "1", "1.00", "drord_no=B");
    test_charge(*state, "F1", "2025-03-05T08:00:00", "1", "1.00", "drord_no=C");
    test_findings f = test_judge(*state);
    assert_found(&f, "V14", "1 2", "");
    assert_says(test_finding(&f, "V14", 0)->evidence, "on 2025-03-02 2 prescriptions");
}

static void lines_without_order_number_up_to_the_limit_are_right(void **state) {
    drug(*state, "rule_id=V14 name=prescriptions-a-day value=3");
    test_charge(*state, "F1", "2025-03-02T08:00:00", "1", "1.00", "drord_no=A");
    test_charge(*state, "F1", "2025-03-02T09:00:00", "1", "1.00", "drord_no=A");
    test_charge(*state, "F1", "2025-03-02T10:00:00", "1", "1.00", "drord_no=B");
    test_charge(*state, "F1", "2025-03-02T11:00:00", "1", "1.00", "drord_no=");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V14");
    assert_gap(&f, "V14", -1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RULE_TEST(more_than_the_limit_is_a_warning),
        RULE_TEST(prescriptions_of_different_drugs_count_together),
        RULE_TEST(limit_is_inclusive),
        RULE_TEST(lines_of_one_order_count_once),
        RULE_TEST(other_days_services_and_refunds_do_not_count),
        RULE_TEST(last_day_is_judged_too),
        RULE_TEST(without_a_limit_drugs_are_not_evaluated),
        RULE_TEST(without_drugs_nothing_is_said),
        RULE_TEST(lines_without_order_number_leave_it_open),
        RULE_TEST(one_drug_without_a_limit_is_not_evaluated),
        RULE_TEST(a_stay_without_charges_has_no_prescriptions),
        RULE_TEST(the_day_that_is_too_full_is_told),
        RULE_TEST(lines_without_order_number_up_to_the_limit_are_right),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
