/* SPDX-License-Identifier: Apache-2.0 */
#include "support/rules_support.h"

#include "rules/lists.h"

static stl_str value_of(const stl_case *c, const char *list, const char *item, const char *day) {
    const int64_t *row = stl_rules_listed(c, list, stl_str_of(item), test_day(day));
    return row == NULL ? STL_STR("none")
                       : stl_index_text(stl_rules_table(c, STL_T_LISTS), row[STL_LIST_VALUE]);
}

static void the_longest_fit_wins_and_equal_text_beats_a_prefix(void **state) {
    test_row(*state, STL_T_LISTS, "list=L item=J* value=short");
    test_row(*state, STL_T_LISTS, "list=L item=J15* value=long");
    test_row(*state, STL_T_LISTS, "list=L item=J15.9 value=equal");
    test_row(*state, STL_T_LISTS, "list=M item=K* value=other");
    const stl_case *c = test_case(*state);
    assert_str(value_of(c, "L", "J20", "2025-01-01"), "short");
    assert_str(value_of(c, "L", "J15.1", "2025-01-01"), "long");
    assert_str(value_of(c, "L", "J15.9", "2025-01-01"), "equal");
    assert_str(value_of(c, "L", "K20", "2025-01-01"), "none");
    assert_str(value_of(c, "L", "", "2025-01-01"), "none");
    assert_true(stl_rules_has_list(c, "M"));
    assert_false(stl_rules_has_list(c, "N"));
}

static void rows_hold_on_their_days_only(void **state) {
    test_row(*state, STL_T_LISTS, "list=L item=A value=1 begndate=2025-01-02 enddate=2025-01-03");
    const stl_case *c = test_case(*state);
    assert_str(value_of(c, "L", "A", "2025-01-01"), "none");
    assert_str(value_of(c, "L", "A", "2025-01-02"), "1");
    assert_str(value_of(c, "L", "A", "2025-01-03"), "1");
    assert_str(value_of(c, "L", "A", "2025-01-04"), "none");
}

static void a_parameter_is_a_number_of_its_scale_or_missing(void **state) {
    test_row(*state, STL_T_PARAMETERS, "rule_id=V8 name=days value=15 enddate=2025-06-30");
    test_row(*state, STL_T_PARAMETERS, "rule_id=V8 name=days value=10 begndate=2025-07-01");
    test_row(*state, STL_T_PARAMETERS, "rule_id=V8 name=word value=many");
    const stl_case *c = test_case(*state);
    int64_t value = -1;
    assert_true(stl_rules_parameter(c, "V8", "days", test_day("2025-06-30"), 0, &value));
    assert_int_equal(value, 15);
    assert_true(stl_rules_parameter(c, "V8", "days", test_day("2025-07-01"), 2, &value));
    assert_int_equal(value, 1000);
    assert_false(stl_rules_parameter(c, "V8", "word", test_day("2025-07-01"), 0, &value));
    assert_false(stl_rules_parameter(c, "V9", "days", test_day("2025-07-01"), 0, &value));
}

static void the_longest_fit_wins_wherever_it_stands(void **state) {
    test_row(*state, STL_T_LISTS, "list=L item=J15* value=long");
    test_row(*state, STL_T_LISTS, "list=L item=J* value=short");
    test_row(*state, STL_T_LISTS, "list=L item=* value=any");
    const stl_case *c = test_case(*state);
    assert_str(value_of(c, "L", "J15.1", "2025-01-01"), "long");
    assert_str(value_of(c, "L", "J20", "2025-01-01"), "short");
    assert_str(value_of(c, "L", "K20", "2025-01-01"), "any");
}

static void a_row_without_an_item_fits_nothing(void **state) {
    test_row(*state, STL_T_LISTS, "list=L item= value=empty");
    const stl_case *c = test_case(*state);
    assert_str(value_of(c, "L", "", "2025-01-01"), "none");
    assert_str(value_of(c, "L", "J20", "2025-01-01"), "none");
}

static void a_code_is_listed_on_any_day_by_any_pattern(void **state) {
    test_row(*state, STL_T_LISTS, "list=L item=* value=any enddate=1990-01-01");
    test_row(*state, STL_T_LISTS, "list=M item=A* value=a");
    const stl_case *c = test_case(*state);
    assert_true(stl_rules_ever_listed(c, "L", STL_STR("A")));
    assert_true(stl_rules_ever_listed(c, "M", STL_STR("A1")));
    assert_false(stl_rules_ever_listed(c, "M", STL_STR("B1")));
    assert_false(stl_rules_ever_listed(c, "N", STL_STR("A1")));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RULE_TEST(the_longest_fit_wins_and_equal_text_beats_a_prefix),
        RULE_TEST(rows_hold_on_their_days_only),
        RULE_TEST(a_parameter_is_a_number_of_its_scale_or_missing),
        RULE_TEST(the_longest_fit_wins_wherever_it_stands),
        RULE_TEST(a_row_without_an_item_fits_nothing),
        RULE_TEST(a_code_is_listed_on_any_day_by_any_pattern),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
