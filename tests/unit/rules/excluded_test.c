/* SPDX-License-Identifier: Apache-2.0 */
#include "support/rules_support.h"

#include <stdio.h>

static void check_up(test_world *w, const char *dates) {
    char row[256];
    snprintf(row, sizeof row, "med_list_codg=C1 reason=体检 source=V25 %s", dates);
    test_service(w, "F1", "C1", "03");
    test_row(w, STL_T_EXCLUSIONS, row);
    test_charge(w, "F1", "2025-03-02T10:00:00", "1", "30.00", "");
    test_charge(w, "F1", "2025-03-03T10:00:00", "1", "30.00", "");
}

static void an_excluded_item_warns_once_and_does_not_stop(void **state) {
    check_up(*state, "");
    test_findings f = test_judge(*state);
    assert_found(&f, "V25", "1 2", "");
    const stl_finding *found = test_finding(&f, "V25", 0);
    assert_int_equal(found->action, STL_WARN);
    assert_int_equal(found->vola_amt, test_money("60.00"));
    assert_says(found->evidence, "体检");
    assert_says(found->basis, "rules/exclusions.csv C1 V25");
    assert_false(stl_verdict_stops(&f.verdict));
}

static void an_item_not_on_the_list_is_silent(void **state) {
    test_service(*state, "F1", "C1", "03");
    test_charge(*state, "F1", "2025-03-02T10:00:00", "1", "30.00", "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V25");
}

static void exclusion_begins_on_its_day(void **state) {
    check_up(*state, "begndate=2025-03-03");
    test_findings f = test_judge(*state);
    assert_found(&f, "V25", "2", "");
}

static void refunded_lines_need_no_warning(void **state) {
    check_up(*state, "begndate=2025-03-03");
    test_charge(*state, "F1", "2025-03-03T11:00:00", "-1", "30.00", "init_feedetl_sn=2");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V25");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RULE_TEST(an_excluded_item_warns_once_and_does_not_stop),
        RULE_TEST(an_item_not_on_the_list_is_silent),
        RULE_TEST(exclusion_begins_on_its_day),
        RULE_TEST(refunded_lines_need_no_warning),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
