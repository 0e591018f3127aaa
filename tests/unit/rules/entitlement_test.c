/* SPDX-License-Identifier: Apache-2.0 */
#include "support/rules_support.h"

/* Status 1 entitles; charges on March 2 and 3. */
static void world(test_world *w) {
    test_row(w, STL_T_LISTS, "list=V35.entitled item=1");
    test_service(w, "F1", "C1", "01");
    test_charge(w, "F1", "2025-03-02T10:00:00", "1", "80.00", "");
    test_charge(w, "F1", "2025-03-03T00:00:00", "1", "20.00", "");
}

static void an_insured_person_is_entitled(void **state) {
    world(*state);
    test_record(*state, STL_R_ENTITLEMENT, "insutype=310 psn_insu_stas=1");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V35");
    assert_gap(&f, "V35", -1);
}

static void days_after_the_last_are_found(void **state) {
    world(*state);
    test_record(*state, STL_R_ENTITLEMENT,
                "insutype=310 psn_insu_stas=1 begndate=2020-01-01 enddate=2025-03-02");
    test_findings f = test_judge(*state);
    assert_found(&f, "V35", "2", "");
    const stl_finding *found = test_finding(&f, "V35", 0);
    assert_int_equal(found->vola_amt, test_money("20.00"));
    assert_int_equal(found->action, STL_BLOCK);
    assert_says(found->evidence, "no insurance on record on the day");
}

static void a_suspension_is_found_from_its_first_day(void **state) {
    world(*state);
    test_record(*state, STL_R_ENTITLEMENT, "insutype=310 psn_insu_stas=1 begndate=2020-01-01");
    test_record(*state, STL_R_ENTITLEMENT,
                "insutype=310 psn_insu_stas=2 begndate=2025-03-03 reason=欠费三个月");
    test_findings f = test_judge(*state);
    assert_found(&f, "V35", "2", "");
    assert_says(test_finding(&f, "V35", 0)->evidence,
                "status 2 (欠费三个月, 2025-03-03 to open): not entitled for services from "
                "2025-03-03 to 2025-03-03");
}

static void a_waiting_period_is_found_until_its_last_day(void **state) {
    world(*state);
    test_record(
        *state, STL_R_ENTITLEMENT,
        "insutype=310 psn_insu_stas=3 begndate=2025-01-01 enddate=2025-03-02 reason=等待期");
    test_record(*state, STL_R_ENTITLEMENT, "insutype=310 psn_insu_stas=1 begndate=2025-03-03");
    test_findings f = test_judge(*state);
    assert_found(&f, "V35", "1", "");
}

static void of_two_rows_from_one_day_the_worse_counts(void **state) {
    world(*state);
    test_record(*state, STL_R_ENTITLEMENT,
                "insutype=310 psn_insu_stas=2 begndate=2025-01-01 reason=卡挂失");
    test_record(*state, STL_R_ENTITLEMENT, "insutype=310 psn_insu_stas=1 begndate=2025-01-01");
    test_findings f = test_judge(*state);
    assert_found(&f, "V35", "1 2", "");
}

static void another_scheme_does_not_entitle(void **state) {
    world(*state);
    test_record(*state, STL_R_ENTITLEMENT, "insutype=390 psn_insu_stas=1");
    test_findings f = test_judge(*state);
    assert_found(&f, "V35", "1 2", "");
}

static void each_reason_is_one_finding(void **state) {
    world(*state);
    test_record(*state, STL_R_ENTITLEMENT,
                "insutype=310 psn_insu_stas=2 enddate=2025-03-02 reason=卡挂失");
    test_record(*state, STL_R_ENTITLEMENT,
                "insutype=310 psn_insu_stas=2 begndate=2025-03-03 reason=欠费");
    test_findings f = test_judge(*state);
    assert_int_equal(test_count(&f, "V35"), 2);
    assert_says(test_finding(&f, "V35", 0)->evidence, "卡挂失, open to 2025-03-02");
    assert_says(test_finding(&f, "V35", 1)->evidence, "欠费, 2025-03-03 to open");
}

static void without_a_record_of_the_person_it_is_not_evaluated(void **state) {
    world(*state);
    test_findings f = test_judge(*state);
    assert_gap(&f, "V35", 0);
    test_given(*state, STL_R_ENTITLEMENT);
    f = test_judge(*state);
    assert_silent(&f, "V35");
    assert_gap(&f, "V35", 0);
}

static void without_its_list_it_is_not_evaluated(void **state) {
    test_record(*state, STL_R_ENTITLEMENT, "insutype=310 psn_insu_stas=1");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V35");
    assert_gap(&f, "V35", 0);
}

static void a_later_row_goes_before_an_earlier_one(void **state) {
    world(*state);
    test_record(*state, STL_R_ENTITLEMENT, "insutype=310 psn_insu_stas=1 begndate=2025-01-01");
    test_record(*state, STL_R_ENTITLEMENT, "insutype=310 psn_insu_stas=2 begndate=2020-01-01");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V35");
}

static void the_worse_of_two_rows_from_one_day_may_come_last(void **state) {
    world(*state);
    test_record(*state, STL_R_ENTITLEMENT, "insutype=310 psn_insu_stas=1 begndate=2025-01-01");
    test_record(*state, STL_R_ENTITLEMENT, "insutype=310 psn_insu_stas=2 begndate=2025-01-01");
    test_findings f = test_judge(*state);
    assert_found(&f, "V35", "1 2", "");
    assert_says(test_finding(&f, "V35", 0)->evidence, "status 2 (no reason given, 2025-01-01 to");
}

static void refunded_and_undated_charges_need_no_entitlement(void **state) {
    test_row(*state, STL_T_LISTS, "list=V35.entitled item=1");
    test_record(*state, STL_R_ENTITLEMENT, "insutype=310 psn_insu_stas=2");
    test_service(*state, "F1", "C1", "01");
    test_charge(*state, "F1", "2025-03-02T10:00:00", "1", "80.00", "");
    test_charge(*state, "F1", "2025-03-02T11:00:00", "-1", "80.00", "init_feedetl_sn=1");
    test_charge(*state, "F1", "2025-03-02T10:00:00", "1", "80.00", "fee_ocur_time=");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V35");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RULE_TEST(an_insured_person_is_entitled),
        RULE_TEST(days_after_the_last_are_found),
        RULE_TEST(a_suspension_is_found_from_its_first_day),
        RULE_TEST(a_waiting_period_is_found_until_its_last_day),
        RULE_TEST(of_two_rows_from_one_day_the_worse_counts),
        RULE_TEST(another_scheme_does_not_entitle),
        RULE_TEST(each_reason_is_one_finding),
        RULE_TEST(without_a_record_of_the_person_it_is_not_evaluated),
        RULE_TEST(without_its_list_it_is_not_evaluated),
        RULE_TEST(a_later_row_goes_before_an_earlier_one),
        RULE_TEST(the_worse_of_two_rows_from_one_day_may_come_last),
        RULE_TEST(refunded_and_undated_charges_need_no_entitlement),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
