/* SPDX-License-Identifier: Apache-2.0 */
#include "support/rules_support.h"

#include "rules/support.h"

#include <stdio.h>

static void sums_stop_at_the_largest_number(void **state) {
    (void)state;
    assert_int_equal(stl_rules_sum(2, -5), -3);
    assert_int_equal(stl_rules_sum(STL_DECIMAL_MAX - 1, 1), STL_DECIMAL_MAX);
    assert_int_equal(stl_rules_sum(STL_DECIMAL_MAX, 1), STL_DECIMAL_MAX);
    assert_int_equal(stl_rules_sum(1 - STL_DECIMAL_MAX, -1), -STL_DECIMAL_MAX);
    assert_int_equal(stl_rules_sum(-STL_DECIMAL_MAX, -1), -STL_DECIMAL_MAX);
    assert_int_equal(stl_rules_sum(INT64_MAX, 1), STL_DECIMAL_MAX);
    assert_int_equal(stl_rules_sum(INT64_MIN, -1), -STL_DECIMAL_MAX);
}

static void amounts_are_apart_by_what_lies_between(void **state) {
    (void)state;
    assert_int_equal(stl_money_apart(3, 5), 2);
    assert_int_equal(stl_money_apart(5, 3), 2);
    assert_int_equal(stl_money_apart(-5, 3), 8);
    assert_int_equal(stl_money_apart(4, 4), 0);
}

static void a_unit_without_minutes_is_no_time(void **state) {
    test_row(*state, STL_T_UNITS, "unit=小时 minutes=60");
    test_row(*state, STL_T_UNITS, "unit=次 day_limit=24");
    const stl_case *c = test_case(*state);
    assert_int_equal(stl_rules_minutes(c, STL_STR("小时")), 60);
    assert_int_equal(stl_rules_minutes(c, STL_STR("次")), 0);
    assert_int_equal(stl_rules_minutes(c, STL_STR("日")), 0);
}

static void numbers_of_records_have_a_plural(void **state) {
    assert_string_equal(stl_rules_count(test_case(*state), 1, "条", "line"), "1 line");
    assert_string_equal(stl_rules_count(test_case(*state), 0, "条", "line"), "0 lines");
    assert_string_equal(stl_rules_extent(test_case(*state), 2, 1), ": 2 lines, 0.01 yuan");
    assert_string_equal(stl_rules_extent(test_case(*state), 2, 0), "");
    test_lang(*state, SETTLE_LANG_ZH);
    assert_string_equal(stl_rules_extent(test_case(*state), 1, -1), "，共 1 条，金额 -0.01 元");
}

static void what_is_left_after_refunds_is_converted(void **state) {
    test_item(*state, "medins_list_codg=F1");
    test_map(*state, "medins_list_codg=F1 med_list_codg=C1 factor_num=3 factor_den=2");
    test_charge(*state, "F1", "2025-03-02T10:00:00", "4", "1.00", "");
    test_charge(*state, "F1", "2025-03-02T11:00:00", "-1", "1.00", "init_feedetl_sn=1");
    test_charge(*state, "F1", "2025-03-02T10:00:00", "4", "1.00", "");
    test_charge(*state, "F1", "2025-03-02T10:00:00", "4", "1.00", "cnt=");
    const stl_case *c = test_case(*state);
    assert_int_equal(stl_line_national(c, 0), test_qty("4.5"));
    assert_int_equal(stl_line_national(c, 2), test_qty("6"));
    assert_int_equal(stl_line_national(c, 3), STL_NONE);
}

/* One finding an item, over its lines. */
static settle_status tell(const stl_rule *rule, const stl_case *c, stl_lines lines,
                          stl_verdict *out, stl_error *err) {
    return stl_rule_find(rule, c, out, (stl_found){.lines = lines.at, .n_lines = lines.count}, err,
                         "%zu", "%zu", lines.count);
}

static const stl_rule RULE = {.id = "T1", .name = {"", ""}, .fix = {"", ""}, .basis = ""};

static void lines_are_told_item_by_item(void **state) {
    static const char *const ITEMS[] = {"F2", "F1", "F2", "F1", "F3", "F2"};
    static const char *const TOLD[] = {"3", "2", "1"};
    uint32_t lines[] = {3, 5, 2, 4, 1, 0};
    for (size_t i = 0; i < 6; i++)
        test_charge(*state, ITEMS[i], "2025-03-02T10:00:00", "1", "1.00", "");
    const stl_case *c = test_case(*state);
    stl_verdict verdict = {.arena = test_arena(*state)};
    stl_error err = {0};
    assert_int_equal(stl_rules_each_item(&RULE, c, (stl_lines){lines, 6, 6}, tell, &verdict, &err),
                     SETTLE_OK);
    assert_int_equal(verdict.n_findings, 3);
    for (size_t i = 0; i < 3; i++)
        assert_str(verdict.findings[i].evidence, TOLD[i]);
    assert_int_equal(lines[0], 0);
    assert_int_equal(lines[1], 2);
    assert_int_equal(lines[2], 5);
    assert_int_equal(lines[3], 1);
}

static void lines_of_one_list_item_are_brought_together(void **state) {
    test_item(*state, "medins_list_codg=A1 pric_list_codg=P1");
    test_item(*state, "medins_list_codg=A2 pric_list_codg=P1");
    test_item(*state, "medins_list_codg=B pric_list_codg=P2");
    static const char *const ITEMS[] = {"A1", "B", "A2", "X", "B", "Y", "A1", "X"};
    uint32_t lines[] = {0, 1, 2, 3, 4, 5, 6, 7};
    for (size_t i = 0; i < 8; i++)
        test_charge(*state, ITEMS[i], "2025-03-02T10:00:00", "1", "1.00", "");
    const stl_case *c = test_case(*state);
    const uint32_t *folded = stl_rules_fold(c, lines, 8);
    size_t runs = 0, seen = 0;
    for (size_t i = 0, n; i < 8; i += n, runs++) {
        n = stl_rules_fold_run(c, folded + i, 8 - i);
        for (size_t k = 1; k < n; k++)
            assert_true(folded[i + k - 1] < folded[i + k]);
        for (size_t k = 0; k < n; k++)
            seen |= (size_t)1 << folded[i + k];
        if (folded[i] == 0)
            assert_int_equal(n, 3); /* A1, A2, A1 */
    }
    assert_int_equal(runs, 4); /* P1, P2, X, Y */
    assert_int_equal(seen, 255);
    assert_ptr_equal(stl_rules_fold(c, lines + 7, 1), lines + 7);
}

static void levels_have_names(void **state) {
    static const char *const NAMES[][3] = {
        {"3", "level 3", "三级"}, {"2", "level 2", "二级"}, {"1", "level 1", "一级"}};
    for (size_t i = 0; i < 3; i++) {
        char fields[32];
        snprintf(fields, sizeof fields, "medins_lv=%s", NAMES[i][0]);
        test_stay(*state, fields);
        test_lang(*state, SETTLE_LANG_EN);
        assert_string_equal(stl_rules_level(test_case(*state)), NAMES[i][1]);
        test_lang(*state, SETTLE_LANG_ZH);
        assert_string_equal(stl_rules_level(test_case(*state)), NAMES[i][2]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RULE_TEST(sums_stop_at_the_largest_number),
        RULE_TEST(amounts_are_apart_by_what_lies_between),
        RULE_TEST(a_unit_without_minutes_is_no_time),
        RULE_TEST(numbers_of_records_have_a_plural),
        RULE_TEST(what_is_left_after_refunds_is_converted),
        RULE_TEST(lines_are_told_item_by_item),
        RULE_TEST(lines_of_one_list_item_are_brought_together),
        RULE_TEST(levels_have_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
