/* SPDX-License-Identifier: Apache-2.0 */
#include "support/rules_support.h"

#include "rules/pathway_items.h"

#define NOON "2025-03-02T12:00:00"

/* Whether the last of two charges may change what the items of the stay are. */
static bool second_concerns(test_world *w, const char *first, const char *second) {
    test_charge(w, first, NOON, "1", "5.00", "");
    uint32_t line = test_charge(w, second, NOON, "1", "5.00", "");
    return stl_charged_items_concern(test_case(w), line);
}

static void an_item_concerns_once(void **state) {
    test_service(*state, "F1", "C1", "01");
    assert_false(second_concerns(*state, "F1", "F1"));
    assert_true(stl_charged_items_concern(test_case(*state), 0));
}

static void another_item_of_the_same_code_concerns(void **state) {
    test_service(*state, "F1", "C1", "01");
    test_item(*state, "medins_list_codg=F2 medins_list_name=F2 pric_list_codg=F2");
    test_map(*state, "medins_list_codg=F2 map_id=M2 med_list_codg=C1");
    assert_true(second_concerns(*state, "F1", "F2"));
}

static void an_item_without_a_price_code_concerns_each_time(void **state) {
    test_item(*state, "medins_list_codg=F1 medins_list_name=F1");
    test_map(*state, "medins_list_codg=F1 map_id=M1 med_list_codg=C1");
    assert_true(second_concerns(*state, "F1", "F1"));
}

static void an_item_without_a_national_code_concerns_each_time(void **state) {
    test_item(*state, "medins_list_codg=F1 medins_list_name=F1 pric_list_codg=F1");
    assert_true(second_concerns(*state, "F1", "F1"));
}

static void an_unknown_item_concerns_each_time(void **state) {
    test_map(*state, "medins_list_codg=F1 map_id=M1 med_list_codg=C1");
    assert_true(second_concerns(*state, "F1", "F1"));
}

static void what_was_refunded_before_concerns_again(void **state) {
    test_service(*state, "F1", "C1", "01");
    test_charge(*state, "F1", NOON, "1", "5.00", "");
    assert_false(second_concerns(*state, "F1", "F1"));
    test_charge(*state, "F1", NOON, "-1", "5.00", "init_feedetl_sn=1");
    assert_true(stl_charged_items_concern(test_case(*state), 1));
    assert_false(stl_charged_items_concern(test_case(*state), 2));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RULE_TEST(an_item_concerns_once),
        RULE_TEST(another_item_of_the_same_code_concerns),
        RULE_TEST(an_item_without_a_price_code_concerns_each_time),
        RULE_TEST(an_item_without_a_national_code_concerns_each_time),
        RULE_TEST(an_unknown_item_concerns_each_time),
        RULE_TEST(what_was_refunded_before_concerns_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
