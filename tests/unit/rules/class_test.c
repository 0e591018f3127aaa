/* SPDX-License-Identifier: Apache-2.0 */
#include "support/rules_support.h"

#include <stdio.h>

static test_findings judge(test_world *w, const char *mapped, const char *listed) {
    char row[128];
    test_item(w, "medins_list_codg=F1");
    snprintf(row, sizeof row, "medins_list_codg=F1 med_list_codg=C1 map_id=M1 chrgitm_lv=%s",
             mapped);
    test_map(w, row);
    snprintf(row, sizeof row, "med_list_codg=C1 chrgitm_lv=%s", listed);
    if (listed[0] != '-')
        test_row(w, STL_T_CATALOGUE, row);
    test_charge(w, "F1", "2025-03-02T10:00:00", "1", "10.00", "");
    test_charge(w, "F1", "2025-03-03T10:00:00", "1", "10.00", "");
    return test_judge(w);
}

static void equal_classes_are_right(void **state) {
    test_findings f = judge(*state, "02", "02");
    assert_silent(&f, "V1");
    assert_gap(&f, "V1", -1);
}

static void self_funded_item_mapped_as_covered_is_found(void **state) {
    test_findings f = judge(*state, "01", "03");
    assert_found(&f, "V1", "1 2", "");
    const stl_finding *found = test_finding(&f, "V1", 0);
    assert_int_equal(found->action, STL_BLOCK);
    assert_int_equal(found->vola_amt, test_money("20.00"));
    assert_says(found->evidence, "class 01 in the mapping ≠ 03 in the catalogue");
    assert_says(found->basis, "mapping.csv M1; catalogue.csv C1");
}

static void covered_item_mapped_as_self_funded_is_found(void **state) {
    test_findings f = judge(*state, "03", "02");
    assert_found(&f, "V1", "1 2", "");
}

static void item_outside_the_catalogue_mapped_as_covered_is_found(void **state) {
    test_findings f = judge(*state, "01", "-");
    assert_found(&f, "V1", "1 2", "");
    assert_says(test_finding(&f, "V1", 0)->evidence, "not listed");
}

static void item_outside_the_catalogue_mapped_as_self_funded_is_right(void **state) {
    test_findings f = judge(*state, "03", "-");
    assert_silent(&f, "V1");
}

static void a_mapping_without_class_is_not_evaluated(void **state) {
    test_findings f = judge(*state, "", "02");
    assert_silent(&f, "V1");
    assert_gap(&f, "V1", 2);
}

static void a_catalogue_row_without_class_is_not_evaluated(void **state) {
    test_findings f = judge(*state, "02", "");
    assert_silent(&f, "V1");
    assert_gap(&f, "V1", 2);
    assert_missing(&f, "V1", "coverage class");
}

static void one_line_without_class_is_told(void **state) {
    test_item(*state, "medins_list_codg=F2");
    test_map(*state, "medins_list_codg=F2 med_list_codg=C2 chrgitm_lv=");
    test_charge(*state, "F2", "2025-03-02T10:00:00", "1", "10.00", "");
    test_findings f = test_judge(*state);
    assert_gap(&f, "V1", 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RULE_TEST(equal_classes_are_right),
        RULE_TEST(self_funded_item_mapped_as_covered_is_found),
        RULE_TEST(covered_item_mapped_as_self_funded_is_found),
        RULE_TEST(item_outside_the_catalogue_mapped_as_covered_is_found),
        RULE_TEST(item_outside_the_catalogue_mapped_as_self_funded_is_right),
        RULE_TEST(a_mapping_without_class_is_not_evaluated),
        RULE_TEST(a_catalogue_row_without_class_is_not_evaluated),
        RULE_TEST(one_line_without_class_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
