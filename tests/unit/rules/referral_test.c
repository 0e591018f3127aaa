/* SPDX-License-Identifier: Apache-2.0 */
#include "support/rules_support.h"

/* The region is 9999; admitted on 2025-03-01. */
static void world(test_world *w, const char *head) {
    test_row(w, STL_T_LISTS, "list=V34.local item=9999*");
    test_row(w, STL_T_LISTS, "list=V34.kinds item=备案");
    test_row(w, STL_T_LISTS, "list=V34.kinds item=转诊");
    test_service(w, "F1", "C1", "01");
    test_charge(w, "F1", "2025-03-02T10:00:00", "1", "80.00", "");
    test_stay(w, head);
}

static void a_person_of_the_region_needs_no_filing(void **state) {
    world(*state, "insuplc_admdvs=999907");
    test_given(*state, STL_R_APPROVAL);
    test_findings f = test_judge(*state);
    assert_silent(&f, "V34");
    assert_gap(&f, "V34", -1);
}

static void no_place_of_insurance_is_the_region(void **state) {
    world(*state, "insuplc_admdvs=");
    test_given(*state, STL_R_APPROVAL);
    test_findings f = test_judge(*state);
    assert_silent(&f, "V34");
    assert_gap(&f, "V34", -1);
}

static void a_person_of_elsewhere_without_a_filing_is_held(void **state) {
    world(*state, "insuplc_admdvs=998801");
    test_given(*state, STL_R_APPROVAL);
    test_findings f = test_judge(*state);
    assert_found(&f, "V34", "", "");
    const stl_finding *found = test_finding(&f, "V34", 0);
    assert_int_equal(found->vola_amt, test_money("80.00"));
    assert_int_equal(found->action, STL_HOLD);
    assert_says(found->evidence, "insured in another area (area of insurance 998801)");
}

static void a_filing_that_ends_on_admission_holds(void **state) {
    world(*state, "insuplc_admdvs=998801");
    test_record(*state, STL_R_APPROVAL,
                "kind=备案 appr_no=A1 begndate=2025-01-01 enddate=2025-03-01");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V34");
    assert_gap(&f, "V34", -1);
}

static void a_filing_that_ended_the_day_before_does_not(void **state) {
    world(*state, "insuplc_admdvs=998801");
    test_record(*state, STL_R_APPROVAL,
                "kind=备案 appr_no=A1 begndate=2025-01-01 enddate=2025-02-28");
    test_findings f = test_judge(*state);
    assert_found(&f, "V34", "", "");
}

static void a_filing_made_after_admission_does_not_hold(void **state) {
    world(*state, "insuplc_admdvs=998801");
    test_record(*state, STL_R_APPROVAL, "kind=备案 appr_no=A1 time=2025-03-02T00:00:00");
    test_findings f = test_judge(*state);
    assert_found(&f, "V34", "", "");
}

static void a_referred_stay_needs_its_referral(void **state) {
    world(*state, "refl_flag=1");
    test_given(*state, STL_R_APPROVAL);
    test_findings f = test_judge(*state);
    assert_found(&f, "V34", "", "");
    assert_says(test_finding(&f, "V34", 0)->evidence, "a referred stay");
    test_record(*state, STL_R_APPROVAL, "kind=转诊 appr_no=A1 time=2025-03-01T00:00:00");
    f = test_judge(*state);
    assert_silent(&f, "V34");
}

static void an_approval_of_another_kind_does_not_count(void **state) {
    world(*state, "refl_flag=1");
    test_record(*state, STL_R_APPROVAL, "kind=慢特病 appr_no=A1 time=2025-03-01T00:00:00");
    test_findings f = test_judge(*state);
    assert_found(&f, "V34", "", "");
}

static void without_approvals_it_is_not_evaluated(void **state) {
    world(*state, "refl_flag=1");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V34");
    assert_gap(&f, "V34", 0);
}

static void without_the_region_it_is_not_evaluated(void **state) {
    test_stay(*state, "insuplc_admdvs=998801");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V34");
    assert_gap(&f, "V34", 0);
    assert_missing(&f, "V34", "list V34.local of the region's areas");
}

static void each_missing_input_is_named(void **state) {
    world(*state, "insuplc_admdvs=998801 begntime=");
    test_findings f = test_judge(*state);
    assert_missing(&f, "V34", "time of admission");
    test_rules_teardown(state);
    test_rules_setup(state);
    test_row(*state, STL_T_LISTS, "list=V34.local item=9999*");
    test_stay(*state, "insuplc_admdvs=998801");
    test_given(*state, STL_R_APPROVAL);
    f = test_judge(*state);
    assert_silent(&f, "V34");
    assert_missing(&f, "V34", "list V34.kinds of kinds of filings");
}

static void a_referred_stay_needs_no_list_of_areas(void **state) {
    test_row(*state, STL_T_LISTS, "list=V34.kinds item=转诊");
    test_stay(*state, "insuplc_admdvs=999907 refl_flag=1");
    test_record(*state, STL_R_APPROVAL, "kind=转诊 appr_no=A1 time=2025-03-01T00:00:00");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V34");
    assert_gap(&f, "V34", -1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RULE_TEST(a_person_of_the_region_needs_no_filing),
        RULE_TEST(no_place_of_insurance_is_the_region),
        RULE_TEST(a_person_of_elsewhere_without_a_filing_is_held),
        RULE_TEST(a_filing_that_ends_on_admission_holds),
        RULE_TEST(a_filing_that_ended_the_day_before_does_not),
        RULE_TEST(a_filing_made_after_admission_does_not_hold),
        RULE_TEST(a_referred_stay_needs_its_referral),
        RULE_TEST(an_approval_of_another_kind_does_not_count),
        RULE_TEST(without_approvals_it_is_not_evaluated),
        RULE_TEST(without_the_region_it_is_not_evaluated),
        RULE_TEST(each_missing_input_is_named),
        RULE_TEST(a_referred_stay_needs_no_list_of_areas),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
