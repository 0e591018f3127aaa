/* SPDX-License-Identifier: Apache-2.0 */
#include "support/rules_support.h"

#include "rules/checks.h"

static void limits(test_world *w) {
    test_row(w, STL_T_PARAMETERS, "rule_id=V20 name=hours value=24");
    test_row(w, STL_T_PARAMETERS, "rule_id=V20 name=last-day-share value=0.5");
    test_service(w, "F1", "C1", "01");
}

static void entered_a_second_after_the_limit_is_found(void **state) {
    limits(*state);
    test_charge(*state, "F1", "2025-03-02T10:00:00", "1", "5.00", "entry_time=2025-03-03T10:00:01");
    test_charge(*state, "F1", "2025-03-02T11:00:00", "1", "5.00", "");
    test_findings f = test_judge(*state);
    assert_found(&f, "V20", "1", "");
    const stl_finding *found = test_finding(&f, "V20", 0);
    assert_int_equal(found->action, STL_WARN);
    assert_int_equal(found->vola_amt, test_money("5.00"));
    assert_says(found->evidence, "at the longest 24 h 0 min 1 s > limit 24 h");
}

static void limit_of_hours_is_inclusive(void **state) {
    limits(*state);
    test_charge(*state, "F1", "2025-03-02T10:00:00", "1", "5.00", "entry_time=2025-03-03T10:00:00");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V20");
    assert_gap(&f, "V20", -1);
}

/* Within the hours, all on the last day. */
static void two_of_three(test_world *w, const char *third) {
    limits(w);
    test_charge(w, "F1", "2025-03-04T20:00:00", "1", "5.00", "entry_time=2025-03-05T09:00:00");
    test_charge(w, "F1", "2025-03-04T21:00:00", "1", "5.00", "entry_time=2025-03-05T00:00:00");
    test_charge(w, "F1", "2025-03-04T22:00:00", "1", "5.00", "entry_time=2025-03-04T23:59:59");
    test_charge(w, "F1", third, "1", "5.00", "");
}

static void share_entered_on_the_last_day_is_found(void **state) {
    two_of_three(*state, "2025-03-05T08:00:00"); /* of that day itself: counts for neither side */
    test_findings f = test_judge(*state);
    assert_found(&f, "V20", "1 2", "");
    assert_says(test_finding(&f, "V20", 0)->evidence,
                "of 3 lines before the day of discharge 2 were entered on it or later, more than "
                "0.50: 10.00 yuan");
}

static void share_is_inclusive(void **state) {
    two_of_three(*state, "2025-03-03T08:00:00"); /* 2 of 4 */
    test_findings f = test_judge(*state);
    assert_silent(&f, "V20");
}

static void refunded_line_does_not_count(void **state) {
    limits(*state);
    test_charge(*state, "F1", "2025-03-02T10:00:00", "1", "5.00", "entry_time=2025-03-04T10:00:01");
    test_charge(*state, "F1", "2025-03-04T11:00:00", "-1", "5.00", "init_feedetl_sn=1");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V20");
}

static void line_without_time_of_entry_is_not_evaluated(void **state) {
    limits(*state);
    test_charge(*state, "F1", "2025-03-02T10:00:00", "1", "5.00", "entry_time=");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V20");
    assert_gap(&f, "V20", 1);
}

static void without_parameters_nothing_is_evaluated(void **state) {
    test_service(*state, "F1", "C1", "01");
    test_charge(*state, "F1", "2025-03-02T10:00:00", "1", "5.00", "entry_time=2025-03-09T10:00:00");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V20");
    assert_int_equal(test_gaps(&f, "V20"), 2);
}

static void without_discharge_the_share_is_not_judged(void **state) {
    two_of_three(*state, "2025-03-05T08:00:00");
    test_stay(*state, "endtime= setl_time=");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V20");
    assert_int_equal(test_gaps(&f, "V20"), 0);
}

static void of_several_late_lines_the_longest_is_told(void **state) {
    limits(*state);
    test_charge(*state, "F1", "2025-03-02T10:00:00", "1", "5.00", "entry_time=2025-03-03T11:00:00");
    test_charge(*state, "F1", "2025-03-02T10:00:00", "1", "5.00", "entry_time=2025-03-03T13:59:59");
    test_charge(*state, "F1", "2025-03-02T10:00:00", "1", "5.00", "entry_time=2025-03-03T12:00:00");
    test_findings f = test_judge(*state);
    assert_found(&f, "V20", "1 2 3", "");
    assert_says(test_finding(&f, "V20", 0)->evidence, "at the longest 27 h 59 min 59 s");
}

static void a_limit_of_no_hours_is_a_limit(void **state) {
    test_row(*state, STL_T_PARAMETERS, "rule_id=V20 name=hours value=0");
    test_service(*state, "F1", "C1", "01");
    test_charge(*state, "F1", "2025-03-02T10:00:00", "1", "5.00", "entry_time=2025-03-02T10:00:01");
    test_findings f = test_judge(*state);
    assert_found(&f, "V20", "1", "");
    assert_says(test_finding(&f, "V20", 0)->evidence, "at the longest 0 h 0 min 1 s > limit 0 h");
}

static void a_line_without_a_time_counts_for_no_share(void **state) {
    two_of_three(*state, "2025-03-05T08:00:00");
    test_charge(*state, "F1", "2025-03-04T22:00:00", "1", "5.00",
                "fee_ocur_time= entry_time=2025-03-04T23:00:00");
    test_findings f = test_judge(*state);
    assert_found(&f, "V20", "1 2", "");
    assert_says(test_finding(&f, "V20", 0)->evidence, "of 3 lines before the day of discharge");
}

static void a_share_of_no_lines_needs_no_limit(void **state) {
    test_row(*state, STL_T_PARAMETERS, "rule_id=V20 name=hours value=24");
    test_service(*state, "F1", "C1", "01");
    test_charge(*state, "F1", "2025-03-05T08:00:00", "1", "5.00", "");
    test_findings f = test_judge(*state);
    assert_gap(&f, "V20", -1);
    test_charge(*state, "F1", "2025-03-04T08:00:00", "1", "5.00", "");
    f = test_judge(*state);
    assert_gap(&f, "V20", 1);
    assert_missing(&f, "V20", "the limit of the share entered on the last day");
}

static void a_stay_without_charges_needs_no_parameters(void **state) {
    test_findings f = test_judge(*state);
    assert_gap(&f, "V20", -1);
}

/* Whether this charge, the last, can change what the rule says. */
static bool is_told(test_world *w, const char *at, const char *more) {
    uint32_t line = test_charge(w, "F1", at, "1", "5.00", more);
    return STL_RULE_LATE_ENTRY.concerns(test_case(w), line);
}

static void a_charge_is_told_from_the_second_after_the_limit(void **state) {
    limits(*state);
    assert_false(is_told(*state, "2025-03-02T10:00:00", "entry_time=2025-03-03T10:00:00"));
    assert_true(is_told(*state, "2025-03-02T10:00:00", "entry_time=2025-03-03T10:00:01"));
}

static void a_charge_is_told_that_was_entered_on_the_last_day(void **state) {
    limits(*state);
    assert_false(is_told(*state, "2025-03-04T22:00:00", "entry_time=2025-03-04T23:59:59"));
    assert_true(is_told(*state, "2025-03-04T22:00:00", "entry_time=2025-03-05T00:00:00"));
    assert_false(is_told(*state, "2025-03-05T00:00:00", "entry_time=2025-03-05T00:00:00"));
    test_stay(*state, "endtime= setl_time=");
    assert_false(is_told(*state, "2025-03-04T22:00:00", "entry_time=2025-03-05T00:00:00"));
}

static void a_charge_is_told_that_lacks_its_time_of_entry(void **state) {
    limits(*state);
    assert_true(is_told(*state, "2025-03-02T10:00:00", "entry_time="));
    assert_true(is_told(*state, "2025-03-02T10:00:00", "fee_ocur_time= entry_time="));
    assert_false(
        is_told(*state, "2025-03-02T10:00:00", "fee_ocur_time= entry_time=2025-03-05T00:00:00"));
}

static void a_charge_is_told_where_a_limit_is_missing(void **state) {
    test_service(*state, "F1", "C1", "01");
    assert_true(is_told(*state, "2025-03-05T00:00:00", ""));
    test_row(*state, STL_T_PARAMETERS, "rule_id=V20 name=hours value=24");
    assert_true(is_told(*state, "2025-03-04T23:59:59", ""));
    assert_false(is_told(*state, "2025-03-05T00:00:00", ""));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RULE_TEST(entered_a_second_after_the_limit_is_found),
        RULE_TEST(limit_of_hours_is_inclusive),
        RULE_TEST(share_entered_on_the_last_day_is_found),
        RULE_TEST(share_is_inclusive),
        RULE_TEST(refunded_line_does_not_count),
        RULE_TEST(line_without_time_of_entry_is_not_evaluated),
        RULE_TEST(without_parameters_nothing_is_evaluated),
        RULE_TEST(without_discharge_the_share_is_not_judged),
        RULE_TEST(of_several_late_lines_the_longest_is_told),
        RULE_TEST(a_limit_of_no_hours_is_a_limit),
        RULE_TEST(a_line_without_a_time_counts_for_no_share),
        RULE_TEST(a_share_of_no_lines_needs_no_limit),
        RULE_TEST(a_stay_without_charges_needs_no_parameters),
        RULE_TEST(a_charge_is_told_from_the_second_after_the_limit),
        RULE_TEST(a_charge_is_told_that_was_entered_on_the_last_day),
        RULE_TEST(a_charge_is_told_that_lacks_its_time_of_entry),
        RULE_TEST(a_charge_is_told_where_a_limit_is_missing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
