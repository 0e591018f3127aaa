/* SPDX-License-Identifier: Apache-2.0 */
#include "support/pathway_support.h"

/* 25F1 is required; lists of chapters 25 and 21 are complete. */
static void world(test_world *w, const char *more) {
    test_pathway(w, "complete=21_25");
    test_enter(w, more);
    test_exam(w, "001", "need=optional name=血常规 match=any pric_list_codg=25F1");
    test_service(w, "25F1", "C1", "01");
    test_service(w, "25F2", "C2", "01");
    test_service(w, "31F3", "C3", "01");
    test_charge(w, "25F1", "2025-03-02T10:00:00", "1", "5.00", "");
    test_charge(w, "31F3", "2025-03-02T10:00:00", "1", "5.00", "");
}

static void what_is_listed_or_of_another_chapter_is_right(void **state) {
    world(*state, "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "P3");
}

static void what_is_not_listed_is_a_hint_with_its_lines(void **state) {
    world(*state, "");
    test_charge(*state, "25F2", "2025-03-02T10:00:00", "1", "7.50", "");
    test_charge(*state, "25F2", "2025-03-03T10:00:00", "1", "7.50", "");
    test_findings f = test_judge(*state);
    assert_found(&f, "P3", "3 4", "");
    assert_int_equal(test_finding(&f, "P3", 0)->action, STL_HINT);
    assert_int_equal(test_finding(&f, "P3", 0)->vola_amt, test_money("15.00"));
    assert_says(test_finding(&f, "P3", 0)->evidence, "1 item, 15.00 yuan: 25F2 (25F2)");
}

static void a_refunded_item_is_right(void **state) {
    world(*state, "");
    test_charge(*state, "25F2", "2025-03-02T10:00:00", "1", "7.50", "");
    test_charge(*state, "25F2", "2025-03-02T11:00:00", "-1", "7.50", "init_feedetl_sn=3");
    test_findings f = test_judge(*state);
    assert_silent(&f, "P3");
}

static void a_recorded_variation_explains_it(void **state) {
    world(*state, VARIED);
    test_charge(*state, "25F2", "2025-03-02T10:00:00", "1", "7.50", "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "P3");
}

static void a_suggested_pathway_has_no_outside(void **state) {
    world(*state, "");
    test_the_stay(*state)->rows[STL_R_PATHWAY].count = 0;
    test_charge(*state, "25F2", "2025-03-02T10:00:00", "1", "7.50", "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "P3");
}

static void lists_that_are_not_complete_have_no_outside(void **state) {
    test_pathway(*state, "");
    test_enter(*state, "");
    test_service(*state, "25F2", "C2", "01");
    test_charge(*state, "25F2", "2025-03-02T10:00:00", "1", "7.50", "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "P3");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RULE_TEST(what_is_listed_or_of_another_chapter_is_right),
        RULE_TEST(what_is_not_listed_is_a_hint_with_its_lines),
        RULE_TEST(a_refunded_item_is_right),
        RULE_TEST(a_recorded_variation_explains_it),
        RULE_TEST(a_suggested_pathway_has_no_outside),
        RULE_TEST(lists_that_are_not_complete_have_no_outside),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
