/* SPDX-License-Identifier: Apache-2.0 */
#include "support/pathway_support.h"

#include <stdio.h>

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

static void one_line_outside_is_one_item_and_may_come_first(void **state) {
    test_pathway(*state, "complete=21_25");
    test_enter(*state, "");
    test_exam(*state, "001", "need=optional name=血常规 match=any pric_list_codg=25F1");
    test_row(*state, STL_T_PATHWAY_EXAM,
             "pathway_id=CAQ exam=001 need=optional name=n match=any pric_list_codg=25F2");
    test_service(*state, "25F2", "C2", "01");
    test_charge(*state, "25F2", "2025-03-02T10:00:00", "1", "7.50", "");
    test_charge(*state, "X", "2025-03-02T11:00:00", "1", "7.50", "");
    test_findings f = test_judge(*state);
    assert_found(&f, "P3", "1", "");
    assert_says(test_finding(&f, "P3", 0)->evidence, ": 1 item, 7.50 yuan: 25F2 (25F2)");
}

static void an_item_is_named_once(void **state) {
    world(*state, "");
    test_charge(*state, "25F2", "2025-03-02T10:00:00", "1", "7.50", "");
    test_charge(*state, "25F2", "2025-03-03T10:00:00", "1", "7.50", "");
    test_findings f = test_judge(*state);
    assert_str(test_finding(&f, "P3", 0)->evidence,
               "not among the examinations of pathway CAP (肺炎): 1 item, 15.00 yuan: 25F2 (25F2)");
}

enum { NAMED = 8 }; /* items in the evidence */

static void charge_items(test_world *w, const char *chapter, int count) {
    char item[16], code[16];
    for (int i = 0; i < count; i++) {
        snprintf(item, sizeof item, "%s%02d", chapter, i);
        snprintf(code, sizeof code, "C%s%02d", chapter, i);
        test_service(w, item, code, "01");
        test_charge(w, item, "2025-03-02T10:00:00", "1", "5.00", "");
    }
}

static void of_many_items_of_other_chapters_none_is_outside(void **state) {
    static const char *const CHAPTERS[] = {"31A", "31B", "32C", "33D", "34E"};
    for (size_t i = 0; i < sizeof CHAPTERS / sizeof *CHAPTERS; i++) {
        test_rules_teardown(state);
        test_rules_setup(state);
        world(*state, "");
        test_service(*state, "9", "C9", "01");
        test_charge(*state, "9", "2025-03-02T10:00:00", "1", "5.00", "");
        charge_items(*state, CHAPTERS[i], 26);
        test_charge(*state, "25F2", "2025-03-02T10:00:00", "1", "7.50", "");
        test_findings f = test_judge(*state);
        assert_found(&f, "P3", "30", "");
    }
}

static size_t commas(stl_str text) {
    size_t n = 0;
    for (size_t i = 0; i < text.len; i++)
        n += text.ptr[i] == ',';
    return n;
}

static void as_many_items_as_fit_are_named_and_more_are_counted(void **state) {
    world(*state, "");
    charge_items(*state, "25", NAMED);
    test_findings f = test_judge(*state);
    stl_str evidence = test_finding(&f, "P3", 0)->evidence;
    assert_null(memmem(evidence.ptr, evidence.len, "…", strlen("…")));
    size_t named = commas(evidence);
    test_service(*state, "25Z", "C25Z", "01");
    test_charge(*state, "25Z", "2025-03-02T10:00:00", "1", "5.00", "");
    f = test_judge(*state);
    evidence = test_finding(&f, "P3", 0)->evidence;
    assert_says(evidence, "…");
    assert_int_equal(commas(evidence), named);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RULE_TEST(what_is_listed_or_of_another_chapter_is_right),
        RULE_TEST(what_is_not_listed_is_a_hint_with_its_lines),
        RULE_TEST(a_refunded_item_is_right),
        RULE_TEST(a_recorded_variation_explains_it),
        RULE_TEST(a_suggested_pathway_has_no_outside),
        RULE_TEST(lists_that_are_not_complete_have_no_outside),
        RULE_TEST(one_line_outside_is_one_item_and_may_come_first),
        RULE_TEST(an_item_is_named_once),
        RULE_TEST(of_many_items_of_other_chapters_none_is_outside),
        RULE_TEST(as_many_items_as_fit_are_named_and_more_are_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
