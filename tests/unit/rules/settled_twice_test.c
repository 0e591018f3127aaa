/* SPDX-License-Identifier: Apache-2.0 */
#include "support/rules_support.h"

static stl_case *charges(test_world *w) {
    test_record(w, STL_R_ENTITLEMENT, "insutype=310 psn_insu_stas=1");
    test_row(w, STL_T_LISTS, "list=V24.exclusive item=310");
    test_row(w, STL_T_LISTS, "list=V35.entitled item=1");
    test_service(w, "F1", "C1", "01");
    test_charge(w, "F1", "2025-03-02T10:00:00", "1", "10.00", "");
    test_charge(w, "F1", "2025-03-02T11:00:00", "1", "20.00", "");
    test_charge(w, "F1", "2025-03-02T12:00:00", "1", "30.00", "");
    stl_case *c = test_case(w);
    c->settled_known = true;
    return c;
}

static void a_stay_that_the_ledger_does_not_know_is_right(void **state) {
    test_findings f = test_judge_case(*state, charges(*state));
    assert_silent(&f, "V24");
    assert_gap(&f, "V24", -1);
}

static void a_stay_settled_before_is_found_whole(void **state) {
    stl_case *c = charges(*state);
    c->settled_before = true;
    c->settled_as = STL_STR("M1 (2025-03-01 08:00:00)");
    c->settled_with = STL_STR("M2 (2025-03-02 08:00:00)");
    test_findings f = test_judge_case(*state, c);
    assert_found(&f, "V24", "", "");
    assert_int_equal(test_finding(&f, "V24", 0)->vola_amt, test_money("60.00"));
    assert_int_equal(test_finding(&f, "V24", 0)->action, STL_BLOCK);
    assert_string_equal(
        test_finding(&f, "V24", 0)->evidence.ptr,
        "this stay is settled already (message M1 (2025-03-01 08:00:00)): 60.00 yuan");
}

static void lines_settled_with_another_stay_are_named(void **state) {
    stl_case *c = charges(*state);
    static const uint32_t LINES[] = {0, 2};
    c->settled_lines = LINES;
    c->n_settled_lines = 2;
    c->settled_as = STL_STR("M1 (2025-03-01 08:00:00)");
    c->settled_with = STL_STR("M2 (2025-03-02 08:00:00)");
    test_findings f = test_judge_case(*state, c);
    assert_found(&f, "V24", "1 3", "");
    assert_int_equal(test_finding(&f, "V24", 0)->vola_amt, test_money("40.00"));
    assert_string_equal(
        test_finding(&f, "V24", 0)->evidence.ptr,
        "2 lines settled already with another stay (message M2 (2025-03-02 08:00:00)): 40.00 yuan");
}

static void without_the_ledger_it_is_not_evaluated(void **state) {
    stl_case *c = charges(*state);
    c->settled_known = false;
    c->settled_before = true;
    test_findings f = test_judge_case(*state, c);
    assert_silent(&f, "V24");
    assert_gap(&f, "V24", 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RULE_TEST(a_stay_that_the_ledger_does_not_know_is_right),
        RULE_TEST(a_stay_settled_before_is_found_whole),
        RULE_TEST(lines_settled_with_another_stay_are_named),
        RULE_TEST(without_the_ledger_it_is_not_evaluated),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
