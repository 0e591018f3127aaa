/* SPDX-License-Identifier: Apache-2.0 */
#include "support/rules_support.h"

#include <stdio.h>

static void charge(test_world *w, const char *item, const char *at) {
    test_charge(w, item, at, "1", "10.00", "");
}

static void a_mapped_item_is_right(void **state) {
    test_service(*state, "F1", "C1", "01");
    charge(*state, "F1", "2025-03-02T10:00:00");
    test_findings f = test_judge(*state);
    assert_int_equal(f.verdict.n_findings, 0);
}

static void an_unmapped_item_blocks_with_all_its_lines(void **state) {
    test_service(*state, "F1", "C1", "01");
    charge(*state, "F9", "2025-03-02T10:00:00");
    charge(*state, "F1", "2025-03-02T11:00:00");
    charge(*state, "F9", "2025-03-02T12:00:00");
    test_findings f = test_judge(*state);
    assert_found(&f, "M1", "1 3", "");
    const stl_finding *found = test_finding(&f, "M1", 0);
    assert_int_equal(found->action, STL_BLOCK);
    assert_int_equal(found->vola_amt, test_money("20.00"));
    assert_says(found->evidence, "F9");
}

static void each_unmapped_item_is_a_finding(void **state) {
    charge(*state, "F9", "2025-03-02T10:00:00");
    charge(*state, "F8", "2025-03-02T11:00:00");
    test_findings f = test_judge(*state);
    assert_int_equal(test_count(&f, "M1"), 2);
}

static void map_until(test_world *w, const char *more) {
    char row[256];
    snprintf(row, sizeof row, "medins_list_codg=F1 med_list_codg=C1 map_id=M1 %s", more);
    test_item(w, "medins_list_codg=F1");
    test_map(w, row);
    test_row(w, STL_T_CATALOGUE, "med_list_codg=C1 chrgitm_lv=01");
}

static void a_mapping_holds_on_its_last_day(void **state) {
    map_until(*state, "enddate=2025-03-02");
    charge(*state, "F1", "2025-03-02T23:59:59");
    test_findings f = test_judge(*state);
    assert_silent(&f, "M2");
}

static void a_mapping_is_expired_the_day_after(void **state) {
    map_until(*state, "enddate=2025-03-02");
    charge(*state, "F1", "2025-03-03T00:00:00");
    test_findings f = test_judge(*state);
    assert_found(&f, "M2", "1", "");
    assert_says(test_finding(&f, "M2", 0)->evidence, "no mapping is in force");
    assert_int_equal(test_finding(&f, "M2", 0)->action, STL_BLOCK);
}

static void a_refused_mapping_is_found(void **state) {
    map_until(*state, "status=refused");
    charge(*state, "F1", "2025-03-02T10:00:00");
    test_findings f = test_judge(*state);
    assert_found(&f, "M2", "1", "");
    assert_says(test_finding(&f, "M2", 0)->evidence, "refused or stopped");
    assert_says(test_finding(&f, "M2", 0)->evidence, "(from 2025-03-02)");
    assert_says(test_finding(&f, "M2", 0)->basis, "mapping.csv M1 C1");
}

static void a_code_that_left_the_catalogue_is_found(void **state) {
    test_item(*state, "medins_list_codg=F1");
    test_map(*state, "medins_list_codg=F1 med_list_codg=C1");
    test_row(*state, STL_T_CATALOGUE, "med_list_codg=C1 chrgitm_lv=01 enddate=2025-03-01");
    charge(*state, "F1", "2025-03-02T10:00:00");
    test_findings f = test_judge(*state);
    assert_found(&f, "M2", "1", "");
    assert_says(test_finding(&f, "M2", 0)->evidence, "catalogue code is not in force");
    assert_silent(&f, "V1");
}

static void two_different_mappings_in_force_are_ambiguous(void **state) {
    map_until(*state, "");
    test_map(*state, "medins_list_codg=F1 med_list_codg=C2 map_id=M2");
    charge(*state, "F1", "2025-03-02T10:00:00");
    test_findings f = test_judge(*state);
    assert_found(&f, "M3", "1", "");
    assert_int_equal(test_finding(&f, "M3", 0)->action, STL_BLOCK);
}

static void mappings_one_after_the_other_are_right(void **state) {
    map_until(*state, "enddate=2025-03-02");
    test_map(*state, "medins_list_codg=F1 med_list_codg=C1 map_id=M2 begndate=2025-03-03");
    charge(*state, "F1", "2025-03-02T10:00:00");
    charge(*state, "F1", "2025-03-03T10:00:00");
    test_findings f = test_judge(*state);
    assert_silent(&f, "M3");
    assert_silent(&f, "M2");
}

static void a_refused_mapping_of_a_charge_without_a_time_is_found(void **state) {
    map_until(*state, "status=refused");
    test_charge(*state, "F1", "2025-03-02T10:00:00", "1", "10.00", "fee_ocur_time=");
    test_findings f = test_judge(*state);
    assert_found(&f, "M2", "1", "");
    assert_says(test_finding(&f, "M2", 0)->evidence, "(from ?)");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RULE_TEST(a_mapped_item_is_right),
        RULE_TEST(an_unmapped_item_blocks_with_all_its_lines),
        RULE_TEST(each_unmapped_item_is_a_finding),
        RULE_TEST(a_mapping_holds_on_its_last_day),
        RULE_TEST(a_mapping_is_expired_the_day_after),
        RULE_TEST(a_refused_mapping_is_found),
        RULE_TEST(a_code_that_left_the_catalogue_is_found),
        RULE_TEST(two_different_mappings_in_force_are_ambiguous),
        RULE_TEST(mappings_one_after_the_other_are_right),
        RULE_TEST(a_refused_mapping_of_a_charge_without_a_time_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
