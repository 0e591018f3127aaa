/* SPDX-License-Identifier: Apache-2.0 */
#include "support/pathway_support.h"

#include <stdio.h>

static void world(test_world *w, const char *drug) {
    char row[256];
    snprintf(row, sizeof row,
             "pathway_id=CAP drug=001 name=抗菌药 med_list_codg=XJ01_XJ02 basis=b %s", drug);
    test_pathway(w, "");
    test_enter(w, "");
    test_row(w, STL_T_PATHWAY_DRUG, row);
    test_service(w, "D1", "XJ01DC02", "01");
    test_service(w, "D2", "XJ02AC01", "01");
    test_service(w, "D3", "XN02BE01", "01");
}

static void give(test_world *w, const char *item, const char *at) {
    test_charge(w, item, at, "1", "5.00", "");
}

static void an_expected_class_that_is_given_is_right(void **state) {
    world(*state, "use=expected");
    give(*state, "D2", "2025-03-02T10:00:00");
    test_findings f = test_judge(*state);
    assert_silent(&f, "P4");
    assert_gap(&f, "P4", -1);
}

static void an_expected_class_that_is_not_given_is_found(void **state) {
    world(*state, "use=expected");
    give(*state, "D3", "2025-03-02T10:00:00");
    test_findings f = test_judge(*state);
    assert_found(&f, "P4", "", "");
    assert_int_equal(test_finding(&f, "P4", 0)->action, STL_WARN);
    assert_says(test_finding(&f, "P4", 0)->evidence, "抗菌药 (XJ01 XJ02) is expected, not charged");
}

static void an_unmapped_line_might_be_it(void **state) {
    world(*state, "use=expected");
    give(*state, "D9", "2025-03-02T10:00:00");
    test_findings f = test_judge(*state);
    assert_silent(&f, "P4");
    assert_gap(&f, "P4", 1);
}

static void before_the_discharge_it_may_still_come(void **state) {
    world(*state, "use=expected");
    test_the_stay(*state)->head.endtime = STL_NONE;
    test_findings f = test_judge(*state);
    assert_silent(&f, "P4");
    assert_gap(&f, "P4", 0);
}

static void an_excluded_class_is_found_with_its_lines(void **state) {
    world(*state, "use=excluded");
    give(*state, "D2", "2025-03-02T10:00:00");
    give(*state, "D3", "2025-03-02T10:00:00");
    give(*state, "D1", "2025-03-01T10:00:00");
    test_findings f = test_judge(*state);
    assert_found(&f, "P4", "1 3", "");
    assert_int_equal(test_finding(&f, "P4", 0)->vola_amt, test_money("10.00"));
}

static void an_excluded_class_that_is_not_given_is_right(void **state) {
    world(*state, "use=excluded");
    give(*state, "D3", "2025-03-02T10:00:00");
    test_findings f = test_judge(*state);
    assert_silent(&f, "P4");
}

static void the_last_second_of_the_hours_is_right(void **state) {
    world(*state, "use=expected within_hours=8");
    give(*state, "D1", "2025-03-01T16:00:00"); /* admission at 08:00 */
    test_findings f = test_judge(*state);
    assert_silent(&f, "P4");
}

static void a_second_later_is_found(void **state) {
    world(*state, "use=expected within_hours=8");
    give(*state, "D2", "2025-03-02T16:00:00");
    give(*state, "D1", "2025-03-01T16:00:01");
    test_findings f = test_judge(*state);
    assert_found(&f, "P4", "2", "");
    assert_says(test_finding(&f, "P4", 0)->evidence,
                "first on 2025-03-01 16:00:01, admission on 2025-03-01 08:00:00: later than 8");
}

static void without_admission_the_hours_are_not_evaluated(void **state) {
    world(*state, "use=allowed within_hours=8");
    give(*state, "D1", "2025-03-01T16:00:01");
    test_the_stay(*state)->head.begntime = STL_NONE;
    test_findings f = test_judge(*state);
    assert_silent(&f, "P4");
    assert_gap(&f, "P4", 1);
}

static void as_many_days_as_allowed_are_right(void **state) {
    world(*state, "use=allowed max_days=2");
    give(*state, "D1", "2025-03-01T16:00:00");
    give(*state, "D2", "2025-03-02T16:00:00");
    give(*state, "D1", "2025-03-02T18:00:00");
    test_findings f = test_judge(*state);
    assert_silent(&f, "P4");
}

static void the_days_too_many_are_found(void **state) {
    world(*state, "use=allowed max_days=2");
    give(*state, "D1", "2025-03-01T16:00:00");
    give(*state, "D2", "2025-03-03T16:00:00");
    give(*state, "D1", "2025-03-02T18:00:00");
    give(*state, "D1", "2025-03-03T18:00:00");
    test_findings f = test_judge(*state);
    assert_found(&f, "P4", "2 4", "");
    assert_says(test_finding(&f, "P4", 0)->evidence, "given on 3 days > limit 2");
}

static void refunded_and_undated_drugs_are_not_given(void **state) {
    world(*state, "use=excluded");
    give(*state, "D1", "2025-03-02T10:00:00");
    test_charge(*state, "D1", "2025-03-02T11:00:00", "-1", "5.00", "init_feedetl_sn=1");
    test_charge(*state, "D1", "2025-03-02T11:00:00", "1", "5.00", "fee_ocur_time=");
    test_findings f = test_judge(*state);
    assert_silent(&f, "P4");
}

static void each_class_of_the_pathway_is_judged(void **state) {
    world(*state, "use=excluded");
    test_row(*state, STL_T_PATHWAY_DRUG,
             "pathway_id=CAP drug=002 name=n med_list_codg=Z use=excluded");
    test_service(*state, "D4", "ZA01", "01");
    give(*state, "D4", "2025-03-02T10:00:00");
    test_findings f = test_judge(*state);
    assert_found(&f, "P4", "1", "");
    assert_says(test_finding(&f, "P4", 0)->evidence, "n (Z) is excluded, but charged");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RULE_TEST(an_expected_class_that_is_given_is_right),
        RULE_TEST(an_expected_class_that_is_not_given_is_found),
        RULE_TEST(an_unmapped_line_might_be_it),
        RULE_TEST(before_the_discharge_it_may_still_come),
        RULE_TEST(an_excluded_class_is_found_with_its_lines),
        RULE_TEST(an_excluded_class_that_is_not_given_is_right),
        RULE_TEST(the_last_second_of_the_hours_is_right),
        RULE_TEST(a_second_later_is_found),
        RULE_TEST(without_admission_the_hours_are_not_evaluated),
        RULE_TEST(as_many_days_as_allowed_are_right),
        RULE_TEST(the_days_too_many_are_found),
        RULE_TEST(refunded_and_undated_drugs_are_not_given),
        RULE_TEST(each_class_of_the_pathway_is_judged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
