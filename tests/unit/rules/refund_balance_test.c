/* SPDX-License-Identifier: Apache-2.0 */
#include "support/rules_support.h"

static void charged(test_world *w, const char *cnt) {
    test_service(w, "F1", "C1", "01");
    test_service(w, "F2", "C2", "01");
    test_charge(w, "F1", "2025-03-02T10:00:00", cnt, "10.00", "");
}

static void refund(test_world *w, const char *item, const char *cnt, const char *more) {
    test_charge(w, item, "2025-03-03T10:00:00", cnt, "10.00", more);
}

static void a_full_refund_is_right(void **state) {
    charged(*state, "2");
    refund(*state, "F1", "-2", "init_feedetl_sn=1");
    test_findings f = test_judge(*state);
    assert_silent(&f, "R1");
    assert_silent(&f, "R2");
    assert_false(stl_verdict_stops(&f.verdict));
}

static void partial_refunds_up_to_the_charge_are_right(void **state) {
    charged(*state, "3");
    refund(*state, "F1", "-1", "init_feedetl_sn=1");
    refund(*state, "F1", "-2", "init_feedetl_sn=1");
    test_findings f = test_judge(*state);
    assert_silent(&f, "R1");
}

static void more_refunded_than_charged_is_found(void **state) {
    charged(*state, "2");
    refund(*state, "F1", "-3", "init_feedetl_sn=1");
    test_findings f = test_judge(*state);
    assert_found(&f, "R1", "2", "1");
    const stl_finding *found = test_finding(&f, "R1", 0);
    assert_int_equal(found->vola_amt, test_money("10.00"));
    assert_says(found->evidence, "charged 2 (20.00 yuan), refunded 3 (30.00 yuan)");
    assert_int_equal(found->action, STL_BLOCK);
}

static void what_leads_to_a_stray_refund_is_no_refund_too_many(void **state) {
    charged(*state, "-15"); /* names no original */
    test_charge(*state, "F1", "2025-03-03T10:00:00", "1", "10.00", "init_feedetl_sn=1");
    test_charge(*state, "F2", "2025-03-02T10:00:00", "1", "10.00", "");
    refund(*state, "F2", "-2", "init_feedetl_sn=3");
    test_findings f = test_judge(*state);
    assert_int_equal(test_count(&f, "R1"), 2);
    assert_int_equal(test_finding(&f, "R1", 0)->lines[0], 0);
    assert_says(test_finding(&f, "R1", 0)->evidence, "names no original serial");
    assert_int_equal(test_finding(&f, "R1", 1)->lines[0], 3);
}

static void the_second_of_two_full_refunds_is_wrong(void **state) {
    charged(*state, "2");
    refund(*state, "F1", "-2", "init_feedetl_sn=1");
    refund(*state, "F1", "-2", "init_feedetl_sn=1");
    test_findings f = test_judge(*state);
    assert_found(&f, "R1", "3", "1 2");
}

static void the_later_refund_is_wrong_wherever_its_row_stands(void **state) {
    charged(*state, "3");
    test_charge(*state, "F1", "2025-03-04T10:00:00", "-3", "10.00", "init_feedetl_sn=1");
    refund(*state, "F1", "-1", "init_feedetl_sn=1");
    test_findings f = test_judge(*state);
    assert_found(&f, "R1", "2", "1 3");
}

static void what_is_left_of_money_may_be_nothing(void **state) {
    charged(*state, "3");
    refund(*state, "F1", "-1", "init_feedetl_sn=1 det_item_fee_sumamt=-30.00");
    refund(*state, "F1", "-1", "init_feedetl_sn=1");
    test_findings f = test_judge(*state);
    assert_found(&f, "R1", "3", "1 2");
}

static void a_refund_without_an_amount_is_not_weighed(void **state) {
    charged(*state, "2");
    refund(*state, "F1", "-1", "init_feedetl_sn=1 det_item_fee_sumamt=");
    test_findings f = test_judge(*state);
    assert_silent(&f, "R1");
}

static void a_quantity_alone_takes_back(void **state) {
    charged(*state, "2");
    refund(*state, "F1", "-1", "det_item_fee_sumamt=");
    test_findings f = test_judge(*state);
    assert_found(&f, "R1", "2", "");
    assert_int_equal(test_finding(&f, "R1", 0)->vola_amt, 0);
}

static void an_amount_alone_takes_back(void **state) {
    charged(*state, "2");
    refund(*state, "F1", "-1", "cnt=");
    test_findings f = test_judge(*state);
    assert_found(&f, "R1", "2", "");
}

static void a_refund_booked_before_its_charge_is_weighed_too(void **state) {
    charged(*state, "2");
    test_charge(*state, "F1", "2025-03-02T09:00:00", "-3", "10.00", "init_feedetl_sn=1");
    test_findings f = test_judge(*state);
    assert_found(&f, "R1", "2", "1");
}

static void a_charge_of_nothing_is_no_refund(void **state) {
    charged(*state, "0");
    test_findings f = test_judge(*state);
    assert_silent(&f, "R1");
}

static void a_refund_without_original_is_found(void **state) {
    charged(*state, "2");
    refund(*state, "F1", "-1", "");
    test_findings f = test_judge(*state);
    assert_found(&f, "R1", "2", "");
    assert_says(test_finding(&f, "R1", 0)->evidence, "names no original serial");
    assert_int_equal(test_finding(&f, "R1", 0)->vola_amt, test_money("10.00"));
}

static void a_refund_of_an_unknown_serial_is_found(void **state) {
    charged(*state, "2");
    refund(*state, "F1", "-1", "init_feedetl_sn=77");
    test_findings f = test_judge(*state);
    assert_found(&f, "R1", "2", "");
    assert_says(test_finding(&f, "R1", 0)->evidence, "77");
}

static void a_refund_of_another_item_is_found(void **state) {
    charged(*state, "2");
    refund(*state, "F2", "-1", "init_feedetl_sn=1");
    test_findings f = test_judge(*state);
    assert_found(&f, "R1", "2", "");
}

static void a_refund_of_itself_is_found(void **state) {
    charged(*state, "2");
    refund(*state, "F1", "-1", "init_feedetl_sn=2");
    test_findings f = test_judge(*state);
    assert_found(&f, "R1", "2", "");
}

static void a_charge_that_names_an_original_is_found(void **state) {
    charged(*state, "2");
    refund(*state, "F1", "1", "init_feedetl_sn=1");
    test_findings f = test_judge(*state);
    assert_found(&f, "R1", "2", "");
    assert_says(test_finding(&f, "R1", 0)->evidence, "is no refund");
}

static void more_money_back_at_the_same_price_is_found(void **state) {
    charged(*state, "2");
    refund(*state, "F1", "-2", "init_feedetl_sn=1 det_item_fee_sumamt=-25.00");
    test_findings f = test_judge(*state);
    assert_found(&f, "R1", "2", "1");
    assert_int_equal(test_finding(&f, "R1", 0)->vola_amt, test_money("5.00"));
}

static void more_money_back_at_another_price_is_left_to_r2(void **state) {
    charged(*state, "2");
    refund(*state, "F1", "-2", "init_feedetl_sn=1 pric=12.00 det_item_fee_sumamt=-24.00");
    test_findings f = test_judge(*state);
    assert_silent(&f, "R1");
    assert_found(&f, "R2", "2", "1");
}

static void a_refund_may_come_first_in_the_file(void **state) {
    test_service(*state, "F1", "C1", "01");
    test_charge(*state, "F1", "2025-03-03T10:00:00", "-3", "10.00", "init_feedetl_sn=2");
    test_charge(*state, "F1", "2025-03-02T10:00:00", "2", "10.00", "");
    test_findings f = test_judge(*state);
    assert_found(&f, "R1", "1", "2");
}

static void beside_a_refund_beyond_its_charge_others_are_right(void **state) {
    test_service(*state, "F1", "C1", "01");
    test_charge(*state, "F1", "2025-03-02T10:00:00", "2", "10.00", "");
    test_charge(*state, "F1", "2025-03-03T10:00:00", "-3", "10.00", "init_feedetl_sn=1");
    test_charge(*state, "F1", "2025-03-02T11:00:00", "2", "10.00", "");
    test_charge(*state, "F1", "2025-03-03T11:00:00", "-2", "10.00", "init_feedetl_sn=3");
    test_charge(*state, "F1", "2025-03-02T12:00:00", "2", "10.00", "");
    test_charge(*state, "F1", "2025-03-03T12:00:00", "-1", "10.00", "init_feedetl_sn=5");
    test_findings f = test_judge(*state);
    assert_found(&f, "R1", "2", "1");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RULE_TEST(a_full_refund_is_right),
        RULE_TEST(partial_refunds_up_to_the_charge_are_right),
        RULE_TEST(more_refunded_than_charged_is_found),
        RULE_TEST(the_second_of_two_full_refunds_is_wrong),
        RULE_TEST(the_later_refund_is_wrong_wherever_its_row_stands),
        RULE_TEST(what_is_left_of_money_may_be_nothing),
        RULE_TEST(a_refund_without_an_amount_is_not_weighed),
        RULE_TEST(a_quantity_alone_takes_back),
        RULE_TEST(a_charge_of_nothing_is_no_refund),
        RULE_TEST(an_amount_alone_takes_back),
        RULE_TEST(a_refund_booked_before_its_charge_is_weighed_too),
        RULE_TEST(a_refund_without_original_is_found),
        RULE_TEST(a_refund_of_an_unknown_serial_is_found),
        RULE_TEST(a_refund_of_another_item_is_found),
        RULE_TEST(a_refund_of_itself_is_found),
        RULE_TEST(a_charge_that_names_an_original_is_found),
        RULE_TEST(what_leads_to_a_stray_refund_is_no_refund_too_many),
        RULE_TEST(more_money_back_at_the_same_price_is_found),
        RULE_TEST(more_money_back_at_another_price_is_left_to_r2),
        RULE_TEST(a_refund_may_come_first_in_the_file),
        RULE_TEST(beside_a_refund_beyond_its_charge_others_are_right),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
