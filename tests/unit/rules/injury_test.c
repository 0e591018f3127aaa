/* SPDX-License-Identifier: Apache-2.0 */
#include "support/rules_support.h"

static void lists(test_world *w) {
    test_row(w, STL_T_LISTS, "list=V22.injury item=S* source=V22");
    test_row(w, STL_T_LISTS, "list=V22.cause item=W*");
    test_stay(w, "rel_ttp_flag=0");
    test_service(w, "F1", "C1", "01");
    test_charge(w, "F1", "2025-03-02T10:00:00", "1", "26.50", "");
}

static void injury_without_cause_is_held(void **state) {
    lists(*state);
    test_stay(*state, "dscg_maindiag_code=S72.000");
    test_record(*state, STL_R_DIAGNOSIS, "maindiag_flag=1 diag_code=S72.000");
    test_record(*state, STL_R_DIAGNOSIS, "maindiag_flag=0 diag_code=I10.x00");
    test_findings f = test_judge(*state);
    assert_found(&f, "V22", "", "");
    const stl_finding *found = test_finding(&f, "V22", 0);
    assert_int_equal(found->action, STL_HOLD);
    assert_int_equal(found->vola_amt, test_money("26.50"));
    assert_says(found->evidence, "diagnosis S72.000 is an injury");
}

static void injury_with_cause_is_silent(void **state) {
    lists(*state);
    test_stay(*state, "dscg_maindiag_code=S72.000");
    test_record(*state, STL_R_DIAGNOSIS, "maindiag_flag=0 diag_code=W19.900");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V22");
    assert_gap(&f, "V22", -1);
}

static void liable_third_party_is_held_even_with_a_cause(void **state) {
    lists(*state);
    test_stay(*state, "dscg_maindiag_code=S72.000 rel_ttp_flag=1");
    test_record(*state, STL_R_DIAGNOSIS, "maindiag_flag=0 diag_code=W19.900");
    test_findings f = test_judge(*state);
    assert_found(&f, "V22", "", "");
    assert_int_equal(test_finding(&f, "V22", 0)->action, STL_HOLD);
    assert_int_equal(test_finding(&f, "V22", 0)->vola_amt, test_money("26.50"));
    assert_says(test_finding(&f, "V22", 0)->evidence,
                "S72.000 is an injury for which a third party is liable (rel_ttp_flag 1)");
    assert_says(test_finding(&f, "V22", 0)->basis, "stays.csv rel_ttp_flag");
}

static void unknown_third_party_is_not_evaluated(void **state) {
    lists(*state);
    test_stay(*state, "dscg_maindiag_code=S72.000 rel_ttp_flag=");
    test_record(*state, STL_R_DIAGNOSIS, "maindiag_flag=0 diag_code=W19.900");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V22");
    assert_missing(&f, "V22", "whether a third party is liable (rel_ttp_flag)");
}

static void third_party_without_an_injury_says_nothing(void **state) {
    lists(*state);
    test_stay(*state, "rel_ttp_flag=1");
    test_given(*state, STL_R_DIAGNOSIS);
    test_findings f = test_judge(*state);
    assert_silent(&f, "V22");
}

static void secondary_injury_counts(void **state) {
    lists(*state);
    test_record(*state, STL_R_DIAGNOSIS, "maindiag_flag=0 diag_code=S00.000");
    test_findings f = test_judge(*state);
    assert_found(&f, "V22", "", "");
}

static void stay_without_injury_is_silent(void **state) {
    lists(*state);
    test_given(*state, STL_R_DIAGNOSIS);
    test_findings f = test_judge(*state);
    assert_silent(&f, "V22");
    assert_gap(&f, "V22", -1);
}

static void injury_in_the_head_alone_is_not_evaluated(void **state) {
    lists(*state);
    test_stay(*state, "dscg_maindiag_code=S72.000");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V22");
    assert_gap(&f, "V22", 0);
}

static void without_diagnoses_nothing_is_evaluated(void **state) {
    lists(*state);
    test_stay(*state, "dscg_maindiag_code=");
    test_findings f = test_judge(*state);
    assert_gap(&f, "V22", 0);
}

static void without_both_lists_nothing_is_evaluated(void **state) {
    test_row(*state, STL_T_LISTS, "list=V22.injury item=S*");
    test_record(*state, STL_R_DIAGNOSIS, "maindiag_flag=0 diag_code=S00.000");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V22");
    assert_gap(&f, "V22", 0);
}

static void pack_may_make_it_a_hint(void **state) {
    lists(*state);
    test_row(*state, STL_T_ACTIONS, "rule_id=V22 action=hint");
    test_record(*state, STL_R_DIAGNOSIS, "maindiag_flag=0 diag_code=S00.000");
    test_findings f = test_judge(*state);
    assert_int_equal(test_finding(&f, "V22", 0)->action, STL_HINT);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RULE_TEST(injury_without_cause_is_held),
        RULE_TEST(injury_with_cause_is_silent),
        RULE_TEST(liable_third_party_is_held_even_with_a_cause),
        RULE_TEST(unknown_third_party_is_not_evaluated),
        RULE_TEST(third_party_without_an_injury_says_nothing),
        RULE_TEST(secondary_injury_counts),
        RULE_TEST(stay_without_injury_is_silent),
        RULE_TEST(injury_in_the_head_alone_is_not_evaluated),
        RULE_TEST(without_diagnoses_nothing_is_evaluated),
        RULE_TEST(without_both_lists_nothing_is_evaluated),
        RULE_TEST(pack_may_make_it_a_hint),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
