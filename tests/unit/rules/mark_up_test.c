/* SPDX-License-Identifier: Apache-2.0 */
#include "support/rules_support.h"

#include <stdio.h>

static void drug(test_world *w, const char *item, const char *code, const char *type) {
    char fields[256];
    snprintf(fields, sizeof fields, "medins_list_codg=%s map_id=M%s med_list_codg=%s", item, item,
             code);
    test_map(w, fields);
    snprintf(fields, sizeof fields, "med_list_codg=%s chrgitm_lv=01 list_type=%s", code, type);
    test_row(w, STL_T_CATALOGUE, fields);
}

/* No mark-up from 2025-03-03 00:00 on. */
static void world(test_world *w) {
    test_row(w, STL_T_LISTS, "list=V32.list-types item=101");
    test_row(w, STL_T_PARAMETERS, "rule_id=V32 name=mark-up value=0 begndate=2025-03-03");
    drug(w, "Y1", "X1", "101");
}

static void a_drug_at_its_purchase_price_is_right(void **state) {
    world(*state);
    test_charge(*state, "Y1", "2025-03-03T10:00:00", "2", "12.50", "purc_pric=12.5");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V32");
    assert_gap(&f, "V32", -1);
}

static void the_least_mark_up_is_found(void **state) {
    world(*state);
    test_charge(*state, "Y1", "2025-03-03T10:00:00", "200", "12.50", "purc_pric=12.499999");
    test_findings f = test_judge(*state);
    assert_found(&f, "V32", "1", "");
    assert_int_equal(test_finding(&f, "V32", 0)->action, STL_BLOCK);
    assert_says(test_finding(&f, "V32", 0)->evidence, "12.50 yuan > purchase price 12.499999");
}

static void what_is_too_much_is_counted(void **state) {
    world(*state);
    test_charge(*state, "Y1", "2025-03-03T10:00:00", "2", "12.50", "purc_pric=10");
    test_findings f = test_judge(*state);
    assert_int_equal(test_finding(&f, "V32", 0)->vola_amt, test_money("5.00"));
}

static void before_the_switch_a_mark_up_is_right(void **state) {
    world(*state);
    test_charge(*state, "Y1", "2025-03-02T23:59:59", "1", "12.50", "purc_pric=10");
    test_charge(*state, "Y1", "2025-03-03T00:00:00", "1", "12.50", "purc_pric=10");
    test_findings f = test_judge(*state);
    assert_found(&f, "V32", "2", "");
}

static void a_mark_up_that_the_pack_allows_is_right(void **state) {
    test_row(*state, STL_T_LISTS, "list=V32.list-types item=101");
    test_row(*state, STL_T_PARAMETERS, "rule_id=V32 name=mark-up value=0.15");
    drug(*state, "Y1", "X1", "101");
    test_charge(*state, "Y1", "2025-03-02T10:00:00", "1", "11.50", "purc_pric=10");
    test_charge(*state, "Y1", "2025-03-02T11:00:00", "1", "11.51", "purc_pric=10");
    test_findings f = test_judge(*state);
    assert_found(&f, "V32", "2", "");
    assert_int_equal(test_finding(&f, "V32", 0)->vola_amt, test_money("0.01"));
}

static void services_are_no_drugs(void **state) {
    world(*state);
    test_service(*state, "F1", "C1", "01");
    test_charge(*state, "F1", "2025-03-03T10:00:00", "1", "12.50", "purc_pric=10");
    test_charge(*state, "F1", "2025-03-03T11:00:00", "1", "12.50", "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V32");
    assert_gap(&f, "V32", -1);
}

static void a_drug_without_a_purchase_price_is_not_evaluated(void **state) {
    world(*state);
    test_charge(*state, "Y1", "2025-03-03T10:00:00", "1", "12.50", "");
    test_charge(*state, "Y1", "2025-03-03T11:00:00", "1", "12.50", "purc_pric=10");
    test_charge(*state, "Y1", "2025-03-02T11:00:00", "1", "12.50", "");
    test_findings f = test_judge(*state);
    assert_found(&f, "V32", "2", "");
    assert_gap(&f, "V32", 1);
}

static void a_refunded_drug_is_right(void **state) {
    world(*state);
    test_charge(*state, "Y1", "2025-03-03T10:00:00", "1", "12.50", "purc_pric=10");
    test_charge(*state, "Y1", "2025-03-03T11:00:00", "-1", "12.50", "init_feedetl_sn=1");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V32");
}

static void without_its_parameter_it_is_not_evaluated(void **state) {
    test_row(*state, STL_T_LISTS, "list=V32.list-types item=101");
    test_row(*state, STL_T_PARAMETERS, "rule_id=V32 name=mark-up value=none");
    drug(*state, "Y1", "X1", "101");
    test_charge(*state, "Y1", "2025-03-03T10:00:00", "1", "12.50", "purc_pric=10");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V32");
    assert_gap(&f, "V32", 0);
}

static void each_mark_up_holds_on_its_days(void **state) {
    world(*state);
    test_row(*state, STL_T_PARAMETERS, "rule_id=V32 name=stale^after value=2029-12-31");
    test_row(*state, STL_T_PARAMETERS, "rule_id=V32 name=mark-up value=0.15 enddate=2025-03-02");
    test_row(*state, STL_T_PARAMETERS, "rule_id=V33 name=mark-up value=none");
    test_charge(*state, "Y1", "2025-03-02T10:00:00", "1", "11.50", "purc_pric=10");
    test_charge(*state, "Y1", "2025-03-02T11:00:00", "1", "11.51", "purc_pric=10");
    test_charge(*state, "Y1", "2025-03-03T11:00:00", "1", "10.00", "purc_pric=10");
    test_findings f = test_judge(*state);
    assert_found(&f, "V32", "2", "");
    assert_gap(&f, "V32", -1);
}

static void without_a_mark_up_among_its_parameters_it_is_not_evaluated(void **state) {
    test_row(*state, STL_T_LISTS, "list=V32.list-types item=101");
    test_row(*state, STL_T_PARAMETERS, "rule_id=V32 name=stale^after value=2029-12-31");
    test_findings f = test_judge(*state);
    assert_gap(&f, "V32", 0);
}

static void a_drug_without_a_price_is_not_evaluated(void **state) {
    world(*state);
    test_charge(*state, "Y1", "2025-03-03T10:00:00", "1", "12.50", "purc_pric=10 pric=");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V32");
    assert_gap(&f, "V32", 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RULE_TEST(a_drug_at_its_purchase_price_is_right),
        RULE_TEST(the_least_mark_up_is_found),
        RULE_TEST(what_is_too_much_is_counted),
        RULE_TEST(before_the_switch_a_mark_up_is_right),
        RULE_TEST(a_mark_up_that_the_pack_allows_is_right),
        RULE_TEST(services_are_no_drugs),
        RULE_TEST(a_drug_without_a_purchase_price_is_not_evaluated),
        RULE_TEST(a_refunded_drug_is_right),
        RULE_TEST(without_its_parameter_it_is_not_evaluated),
        RULE_TEST(each_mark_up_holds_on_its_days),
        RULE_TEST(without_a_mark_up_among_its_parameters_it_is_not_evaluated),
        RULE_TEST(a_drug_without_a_price_is_not_evaluated),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
