/* SPDX-License-Identifier: Apache-2.0 */
#include "support/pathway_support.h"

#include <stdio.h>

/* 肾功能 is F1 and F2, 心电图 is F3 or F4, CT (optional) is F5. */
static void world(test_world *w) {
    test_pathway(w, "examined_when=day_1");
    test_enter(w, "");
    test_exam(w, "001", "need=required name=肾功能 match=all pric_list_codg=F1");
    test_exam(w, "001", "need=required name=肾功能 match=all pric_list_codg=F2");
    test_exam(w, "002", "need=required name=心电图 match=any pric_list_codg=F3");
    test_exam(w, "002", "need=required name=心电图 match=any pric_list_codg=F4");
    test_exam(w, "003", "need=optional name=CT match=any pric_list_codg=F5");
    for (int i = 1; i <= 5; i++) {
        char item[16], code[16];
        snprintf(item, sizeof item, "F%d", i);
        snprintf(code, sizeof code, "C%d", i);
        test_service(w, item, code, "01");
    }
}

static void charge(test_world *w, const char *item) {
    test_charge(w, item, "2025-03-02T10:00:00", "1", "5.00", "");
}

static void all_of_one_and_any_of_the_other_is_right(void **state) {
    world(*state);
    charge(*state, "F1");
    charge(*state, "F2");
    charge(*state, "F4");
    test_findings f = test_judge(*state);
    assert_silent(&f, "P2");
    assert_gap(&f, "P2", -1);
}

static void one_missing_of_all_is_found(void **state) {
    world(*state);
    charge(*state, "F1");
    charge(*state, "F4");
    test_findings f = test_judge(*state);
    assert_found(&f, "P2", "", "");
    const stl_finding *found = test_finding(&f, "P2", 0);
    assert_int_equal(found->action, STL_WARN);
    assert_int_equal(found->vola_amt, 0);
    assert_says(found->evidence, "1 examination required and not charged: 肾功能 (lacks F2)");
    assert_says(found->basis, "day 1");
}

static void none_of_any_is_found_beside_the_other(void **state) {
    world(*state);
    charge(*state, "F1");
    charge(*state, "F5");
    test_findings f = test_judge(*state);
    assert_says(test_finding(&f, "P2", 0)->evidence, "肾功能 (lacks F2), 心电图 (lacks F3)");
}

static void a_refunded_examination_is_missing(void **state) {
    world(*state);
    charge(*state, "F1");
    charge(*state, "F2");
    charge(*state, "F3");
    test_charge(*state, "F3", "2025-03-02T11:00:00", "-1", "5.00", "init_feedetl_sn=3");
    test_findings f = test_judge(*state);
    assert_says(test_finding(&f, "P2", 0)->evidence, "心电图 (lacks F3)");
}

static void what_is_missing_for_a_stated_reason_only_is_a_hint(void **state) {
    world(*state);
    charge(*state, "F1");
    charge(*state, "F2");
    charge(*state, "F3");
    test_exam(*state, "004",
              "need=required name=血型 match=any pric_list_codg=F9 unless=done_before");
    test_findings f = test_judge(*state);
    assert_int_equal(test_finding(&f, "P2", 0)->action, STL_HINT);
    assert_says(test_finding(&f, "P2", 0)->evidence, "血型 (lacks F9, unless done before)");
    test_exam(*state, "005", "need=required name=血糖 match=any pric_list_codg=F8");
    f = test_judge(*state);
    assert_int_equal(test_finding(&f, "P2", 0)->action, STL_WARN);
}

static void a_recorded_variation_makes_it_a_hint(void **state) {
    world(*state);
    test_enter(*state, VARIED);
    test_findings f = test_judge(*state);
    assert_int_equal(test_finding(&f, "P2", 0)->action, STL_HINT);
}

static void a_suggested_pathway_makes_it_a_hint(void **state) {
    world(*state);
    test_the_stay(*state)->rows[STL_R_PATHWAY].count = 0;
    test_findings f = test_judge(*state);
    assert_int_equal(test_finding(&f, "P2", 0)->action, STL_HINT);
    assert_says(test_finding(&f, "P2", 0)->evidence, "no record of entry");
}

static void before_the_discharge_it_is_not_evaluated(void **state) {
    world(*state);
    test_the_stay(*state)->head.endtime = STL_NONE;
    test_findings f = test_judge(*state);
    assert_silent(&f, "P2");
    assert_gap(&f, "P2", 0);
}

static void a_service_without_price_code_might_be_it(void **state) {
    world(*state);
    test_item(*state, "medins_list_codg=F9 medins_list_name=F9 item_kind=service");
    charge(*state, "F1");
    charge(*state, "F9");
    charge(*state, "F10"); /* not in the item master */
    test_findings f = test_judge(*state);
    assert_silent(&f, "P2");
    assert_gap(&f, "P2", 2);
}

static void a_drug_without_price_code_is_not_it(void **state) {
    world(*state);
    test_item(*state, "medins_list_codg=F9 medins_list_name=F9 item_kind=drug");
    charge(*state, "F9");
    test_findings f = test_judge(*state);
    assert_found(&f, "P2", "", "");
}

static void examinations_of_another_pathway_are_not_asked(void **state) {
    test_pathway(*state, "");
    test_enter(*state, "");
    test_exam(*state, "001", "need=required name=肾功能 match=all pric_list_codg=F1");
    test_row(*state, STL_T_PATHWAY_EXAM,
             "pathway_id=CAQ exam=001 need=required name=n match=all pric_list_codg=F2");
    test_service(*state, "F1", "C1", "01");
    charge(*state, "F1");
    test_findings f = test_judge(*state);
    assert_silent(&f, "P2");
}

static void one_item_without_a_code_might_be_it(void **state) {
    world(*state);
    charge(*state, "X");
    test_findings f = test_judge(*state);
    assert_silent(&f, "P2");
    assert_gap(&f, "P2", 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RULE_TEST(all_of_one_and_any_of_the_other_is_right),
        RULE_TEST(one_missing_of_all_is_found),
        RULE_TEST(none_of_any_is_found_beside_the_other),
        RULE_TEST(a_refunded_examination_is_missing),
        RULE_TEST(what_is_missing_for_a_stated_reason_only_is_a_hint),
        RULE_TEST(a_recorded_variation_makes_it_a_hint),
        RULE_TEST(a_suggested_pathway_makes_it_a_hint),
        RULE_TEST(before_the_discharge_it_is_not_evaluated),
        RULE_TEST(a_service_without_price_code_might_be_it),
        RULE_TEST(a_drug_without_price_code_is_not_it),
        RULE_TEST(examinations_of_another_pathway_are_not_asked),
        RULE_TEST(one_item_without_a_code_might_be_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
