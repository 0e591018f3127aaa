/* SPDX-License-Identifier: Apache-2.0 */
#include "support/rules_support.h"

static void insured(test_world *w, const char *other) {
    test_row(w, STL_T_LISTS, "list=V24.exclusive item=310");
    test_row(w, STL_T_LISTS, "list=V24.exclusive item=39*");
    test_row(w, STL_T_LISTS, "list=V35.entitled item=1");
    test_record(w, STL_R_ENTITLEMENT, "insutype=310 psn_insu_stas=1");
    test_record(w, STL_R_ENTITLEMENT, other);
    test_service(w, "F1", "C1", "01");
    test_charge(w, "F1", "2025-03-02T10:00:00", "1", "10.00", "");
    test_charge(w, "F1", "2025-03-03T10:00:00", "1", "20.00", "");
}

static void two_exclusive_schemes_warn_from_the_first_day(void **state) {
    insured(*state, "insutype=390 psn_insu_stas=1 begndate=2025-03-03");
    test_findings f = test_judge(*state);
    assert_found(&f, "V24", "2", "");
    const stl_finding *found = test_finding(&f, "V24", 0);
    assert_int_equal(found->action, STL_WARN);
    assert_int_equal(found->vola_amt, test_money("20.00"));
    assert_says(found->evidence, "from 2025-03-03 on the patient is entitled in scheme 310 and in "
                                 "scheme 390");
}

static void scheme_that_ended_the_day_before_is_right(void **state) {
    insured(*state, "insutype=390 psn_insu_stas=1 enddate=2025-03-01");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V24");
    assert_gap(&f, "V24", -1);
}

static void scheme_that_does_not_entitle_is_right(void **state) {
    insured(*state, "insutype=390 psn_insu_stas=2");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V24");
}

static void of_two_schemes_one_must_be_that_of_the_stay(void **state) {
    insured(*state, "insutype=390 psn_insu_stas=1");
    test_stay(*state, "insutype=391");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V24");
}

static void scheme_beside_is_right(void **state) {
    insured(*state, "insutype=510 psn_insu_stas=1");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V24");
}

static void without_entitlements_or_list_it_is_not_evaluated(void **state) {
    test_findings f = test_judge(*state);
    assert_missing(&f, "V24", "entitlements of the person (entitlements.csv)");
    test_record(*state, STL_R_ENTITLEMENT, "insutype=310 psn_insu_stas=1");
    f = test_judge(*state);
    assert_missing(&f, "V24",
                   "the lists of schemes of which one may have one (V24.exclusive, V35.entitled)");
}

static void scheme_that_ends_on_the_day_still_entitles(void **state) {
    insured(*state, "insutype=390 psn_insu_stas=1 enddate=2025-03-02");
    test_findings f = test_judge(*state);
    assert_found(&f, "V24", "1", "");
}

static void either_list_is_needed(void **state) {
    test_row(*state, STL_T_LISTS, "list=V24.exclusive item=310");
    test_record(*state, STL_R_ENTITLEMENT, "insutype=310 psn_insu_stas=1");
    test_findings f = test_judge(*state);
    assert_missing(&f, "V24",
                   "the lists of schemes of which one may have one (V24.exclusive, V35.entitled)");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RULE_TEST(two_exclusive_schemes_warn_from_the_first_day),
        RULE_TEST(scheme_that_ended_the_day_before_is_right),
        RULE_TEST(scheme_that_does_not_entitle_is_right),
        RULE_TEST(of_two_schemes_one_must_be_that_of_the_stay),
        RULE_TEST(scheme_beside_is_right),
        RULE_TEST(without_entitlements_or_list_it_is_not_evaluated),
        RULE_TEST(scheme_that_ends_on_the_day_still_entitles),
        RULE_TEST(either_list_is_needed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
