/* SPDX-License-Identifier: Apache-2.0 */
#include "support/rules_support.h"

#include <stdio.h>

/* A card of another kind: only the age is judged here. */
static void limits(test_world *w) {
    test_row(w, STL_T_LISTS, "list=V10.certificate item=01");
    test_stay(w, "psn_cert_type=99");
    test_row(w, STL_T_AGE_GROUPS, "age_group=newborn min_days=0 max_days=28");
    test_row(w, STL_T_AGE_GROUPS, "age_group=child min_years=0 max_years=17");
}

static void item_for(test_world *w, const char *group) {
    char row[200];
    limits(w);
    test_service(w, "F1", "C1", "01");
    snprintf(row, sizeof row, "med_list_codg=C1 age_group=%s text=专用 gz_code=GZ4 kp_id=KP4",
             group);
    test_row(w, STL_T_AGE, row);
    test_charge(w, "F1", "2025-03-02T10:00:00", "2", "10.00", "");
}

static void item_for_children_is_found_with_an_adult(void **state) {
    item_for(*state, "child");
    test_charge(*state, "F1", "2025-03-03T10:00:00", "1", "10.00", "");
    test_findings f = test_judge(*state);
    assert_found(&f, "V10", "1 2", "");
    const stl_finding *found = test_finding(&f, "V10", 0);
    assert_int_equal(found->vola_amt, test_money("30.00"));
    assert_int_equal(found->action, STL_BLOCK);
    assert_str(found->gz_code, "GZ4");
    assert_says(found->basis, "KP4");
    assert_says(found->evidence, "for the age of 0 to 17 years, the patient was 57 years");
}

static void a_group_may_begin_and_never_end(void **state) {
    test_row(*state, STL_T_AGE_GROUPS, "age_group=old min_years=60");
    item_for(*state, "old");
    test_findings f = test_judge(*state);
    assert_found(&f, "V10", "1", "");
    assert_says(test_finding(&f, "V10", 0)->evidence, "for the age of at least 60 years");
}

static void a_group_without_an_end_holds_who_is_older(void **state) {
    test_row(*state, STL_T_AGE_GROUPS, "age_group=grown min_years=18");
    item_for(*state, "grown");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V10");
}

static void a_group_without_a_begin_ends(void **state) {
    test_row(*state, STL_T_AGE_GROUPS, "age_group=young max_years=56");
    item_for(*state, "young");
    test_findings f = test_judge(*state);
    assert_found(&f, "V10", "1", "");
    assert_says(test_finding(&f, "V10", 0)->evidence, "for the age of at most 56 years");
}

static void a_group_of_days_may_have_no_first_day(void **state) {
    test_row(*state, STL_T_AGE_GROUPS, "age_group=fresh max_days=28");
    item_for(*state, "fresh");
    test_findings f = test_judge(*state);
    assert_found(&f, "V10", "1", "");
    assert_says(test_finding(&f, "V10", 0)->evidence, "for the age of at most 28 days");
}

static void child_is_one_until_the_day_before_the_limit(void **state) {
    item_for(*state, "child");
    test_stay(*state, "brdy=2007-03-03"); /* 18 on the day after */
    test_findings f = test_judge(*state);
    assert_silent(&f, "V10");
    assert_gap(&f, "V10", -1);
}

static void child_is_none_on_the_birthday_after_the_limit(void **state) {
    item_for(*state, "child");
    test_stay(*state, "brdy=2007-03-02");
    test_findings f = test_judge(*state);
    assert_found(&f, "V10", "1", "");
}

static void newborn_limit_is_inclusive(void **state) {
    item_for(*state, "newborn");
    test_stay(*state, "brdy=2025-02-02"); /* 28 days */
    test_findings f = test_judge(*state);
    assert_silent(&f, "V10");
}

static void newborn_limit_ends_and_the_birth_date_is_not_told(void **state) {
    item_for(*state, "newborn");
    test_stay(*state, "brdy=2025-02-01"); /* 29 days */
    test_findings f = test_judge(*state);
    assert_found(&f, "V10", "1", "");
    const stl_finding *found = test_finding(&f, "V10", 0);
    assert_says(found->evidence, "0 to 28 days, the patient was less than 1 year");
    assert_null(memmem(found->evidence.ptr, found->evidence.len, "2025-02-01", 10));
    assert_null(memmem(found->evidence.ptr, found->evidence.len, "29", 2));
}

static void one_row_that_fits_allows_the_item(void **state) {
    item_for(*state, "newborn");
    test_row(*state, STL_T_AGE, "med_list_codg=C1 age_group=child");
    test_stay(*state, "brdy=2020-02-01");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V10");
}

static void row_not_in_force_does_not_bind(void **state) {
    limits(*state);
    test_service(*state, "F1", "C1", "01");
    test_row(*state, STL_T_AGE, "med_list_codg=C1 age_group=child begndate=2025-03-03");
    test_charge(*state, "F1", "2025-03-02T10:00:00", "1", "10.00", "");
    test_charge(*state, "F1", "2025-03-03T10:00:00", "1", "10.00", "");
    test_findings f = test_judge(*state);
    assert_found(&f, "V10", "2", "");
}

static void refunded_line_is_right(void **state) {
    item_for(*state, "child");
    test_charge(*state, "F1", "2025-03-02T11:00:00", "-2", "10.00", "init_feedetl_sn=1");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V10");
}

static void unknown_birth_date_is_not_evaluated(void **state) {
    item_for(*state, "child");
    test_stay(*state, "brdy=");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V10");
    assert_gap(&f, "V10", 1);
}

static void birth_after_the_service_is_not_evaluated(void **state) {
    item_for(*state, "child");
    test_stay(*state, "brdy=2025-03-03");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V10");
    assert_gap(&f, "V10", 1);
}

static void group_without_limits_is_not_evaluated(void **state) {
    item_for(*state, "infant");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V10");
    assert_gap(&f, "V10", 1);
}

static void newborn_item_on_the_mothers_bill_is_not_evaluated(void **state) {
    item_for(*state, "newborn");
    test_row(*state, STL_T_LISTS, "list=V10.mother item=O80* value=newborn");
    test_stay(*state, "dscg_maindiag_code=O80.000");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V10");
    assert_gap(&f, "V10", 1);
}

static void childs_item_on_the_mothers_bill_is_found(void **state) {
    item_for(*state, "child");
    test_row(*state, STL_T_LISTS, "list=V10.mother item=O80* value=newborn");
    test_stay(*state, "dscg_maindiag_code=O80.000");
    test_findings f = test_judge(*state);
    assert_found(&f, "V10", "1", "");
}

static void a_group_begins_on_the_day_of_birth(void **state) {
    item_for(*state, "child");
    test_stay(*state, "brdy=2025-03-02");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V10");
    assert_gap(&f, "V10", -1);
}

static void a_patient_is_a_year_old_on_the_birthday(void **state) {
    item_for(*state, "newborn");
    test_stay(*state, "brdy=2024-03-02");
    test_findings f = test_judge(*state);
    assert_says(test_finding(&f, "V10", 0)->evidence, "the patient was 1 years on the day");
}

static void the_groups_of_another_item_do_not_count(void **state) {
    item_for(*state, "child");
    test_row(*state, STL_T_AGE_GROUPS, "age_group=grown min_years=18");
    test_row(*state, STL_T_AGE, "med_list_codg=C0 age_group=grown");
    test_row(*state, STL_T_AGE, "med_list_codg=C2 age_group=grown");
    test_findings f = test_judge(*state);
    assert_found(&f, "V10", "1", "");
}

static void a_row_that_fits_allows_the_item_whatever_stands_beside_it(void **state) {
    item_for(*state, "unlimited");
    test_row(*state, STL_T_AGE_GROUPS, "age_group=grown min_years=18");
    test_row(*state, STL_T_AGE, "med_list_codg=C1 age_group=grown");
    test_row(*state, STL_T_AGE, "med_list_codg=C1 age_group=child");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V10");
    assert_gap(&f, "V10", -1);
}

static void what_is_missing_is_told_in_both_languages(void **state) {
    item_for(*state, "child");
    test_stay(*state, "brdy=");
    test_findings f = test_judge(*state);
    assert_missing(&f, "V10", "date of birth of the patient");
    test_lang(*state, SETTLE_LANG_ZH);
    f = test_judge(*state);
    assert_missing(&f, "V10", "患者出生日期");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RULE_TEST(item_for_children_is_found_with_an_adult),
        RULE_TEST(a_group_may_begin_and_never_end),
        RULE_TEST(a_group_without_an_end_holds_who_is_older),
        RULE_TEST(a_group_without_a_begin_ends),
        RULE_TEST(a_group_of_days_may_have_no_first_day),
        RULE_TEST(child_is_one_until_the_day_before_the_limit),
        RULE_TEST(child_is_none_on_the_birthday_after_the_limit),
        RULE_TEST(newborn_limit_is_inclusive),
        RULE_TEST(newborn_limit_ends_and_the_birth_date_is_not_told),
        RULE_TEST(one_row_that_fits_allows_the_item),
        RULE_TEST(row_not_in_force_does_not_bind),
        RULE_TEST(refunded_line_is_right),
        RULE_TEST(unknown_birth_date_is_not_evaluated),
        RULE_TEST(birth_after_the_service_is_not_evaluated),
        RULE_TEST(group_without_limits_is_not_evaluated),
        RULE_TEST(newborn_item_on_the_mothers_bill_is_not_evaluated),
        RULE_TEST(childs_item_on_the_mothers_bill_is_found),
        RULE_TEST(a_group_begins_on_the_day_of_birth),
        RULE_TEST(a_patient_is_a_year_old_on_the_birthday),
        RULE_TEST(the_groups_of_another_item_do_not_count),
        RULE_TEST(a_row_that_fits_allows_the_item_whatever_stands_beside_it),
        RULE_TEST(what_is_missing_is_told_in_both_languages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
