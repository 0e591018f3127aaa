/* SPDX-License-Identifier: Apache-2.0 */
#include "support/base_support.h"

#include "base/text.h"

static void render_names_the_place_before_the_text(void **state) {
    (void)state;
    stl_error err;
    char out[512];
    assert_int_equal(FAIL(&err, SETTLE_E_INPUT_NUMBER, .file = "charges.csv", .line = 7,
                          .field = "pric", .value = "1,5", .detail = "decimal point"),
                     SETTLE_E_INPUT_NUMBER);
    stl_error_render(&err, SETTLE_LANG_EN, out, sizeof out);
    assert_string_equal(out, "charges.csv:7: pric: not a number: \"1,5\" (decimal point); "
                             "write digits with a decimal point, such as 1200.00");
    stl_error_render(&err, SETTLE_LANG_ZH, out, sizeof out);
    assert_string_equal(out, "charges.csv:7: pric: 单价：不是数字：\"1,5\"（decimal point）。"
                             "请只填数字，如 1200.00，不带千位分隔符、货币符号和单位");
}

static void details_known_to_a_desk_are_chinese(void **state) {
    (void)state;
    stl_error err;
    char out[512];
    (void)!FAIL(&err, SETTLE_E_INPUT_CSV, .file = "charges.csv", .line = 2,
                .detail = "a quoted cell without its end");
    stl_error_render(&err, SETTLE_LANG_ZH, out, sizeof out);
    assert_non_null(strstr(out, "CSV 格式损坏（引号没有配对）。"));
    (void)!FAIL(&err, SETTLE_E_INPUT_DUPLICATE, .field = "x", .detail = "first at charges.csv:2");
    stl_error_render(&err, SETTLE_LANG_ZH, out, sizeof out);
    assert_non_null(strstr(out, "（首次见于 charges.csv:2）"));
    stl_error_render(&err, SETTLE_LANG_EN, out, sizeof out);
    assert_non_null(strstr(out, " (first at charges.csv:2)"));
}

static void absent_parts_leave_no_punctuation(void **state) {
    (void)state;
    stl_error err;
    char out[256];
    (void)!FAIL(&err, SETTLE_E_NO_MEMORY, .field = NULL);
    stl_error_render(&err, SETTLE_LANG_EN, out, sizeof out);
    assert_string_equal(out, "out of memory; free memory and try again");
    (void)!FAIL(&err, SETTLE_E_INPUT_JSON, .line = 3);
    stl_error_render(&err, SETTLE_LANG_EN, out, sizeof out);
    assert_string_equal(out, "3: the JSON cannot be parsed; check the line");
}

static void a_failure_without_a_record_still_answers_its_status(void **state) {
    (void)state;
    assert_int_equal(FAIL(NULL, SETTLE_E_INTERNAL, .line = 1), SETTLE_E_INTERNAL);
}

static void the_record_names_its_birth(void **state) {
    (void)state;
    stl_error err;
    int line = __LINE__ + 1;
    (void)!FAIL(&err, SETTLE_E_STORE_IO, .native = 5);
    assert_int_equal(err.born_line, line);
    assert_non_null(strstr(err.born_file, "error_test.c"));
    assert_int_equal(err.native, 5);
}

static void a_second_failure_leaves_nothing_of_the_first(void **state) {
    (void)state;
    stl_error err;
    (void)!FAIL(&err, SETTLE_E_INPUT_CODE, .file = "a", .line = 1, .field = "b", .value = "c",
                .detail = "d", .native = 9);
    (void)!FAIL(&err, SETTLE_E_ARG_NULL, .field = NULL);
    stl_error empty = {0};
    assert_string_equal(err.file, empty.file);
    assert_string_equal(err.field, "");
    assert_string_equal(err.value, "");
    assert_string_equal(err.detail, "");
    assert_int_equal(err.line, 0);
    assert_int_equal(err.native, 0);
    stl_error_reset(&err);
    assert_int_equal(err.status, SETTLE_OK);
}

static void no_part_of_a_message_forges_a_line_or_moves_the_cursor(void **state) {
    (void)state;
    stl_error err;
    char out[512];
    (void)!FAIL(&err, SETTLE_E_INPUT_JSON, .file = "a\nb\x1b[2J", .field = "c\rd\xC2\x9B",
                .value = "\xFF", .detail = "e\tf");
    stl_error_render(&err, SETTLE_LANG_EN, out, sizeof out);
    assert_string_equal(
        out, "a b [2J: c d : the JSON cannot be parsed: \"\xEF\xBF\xBD\" (e f); check the line");
}

static void long_values_are_cut_between_characters(void **state) {
    (void)state;
    for (size_t shift = 0; shift < 4; shift++) {
        char value[600] = "xxx";
        size_t len = shift;
        while (len < 590) {
            memcpy(value + len, "费", 3);
            len += 3;
        }
        value[len] = '\0';
        stl_error err;
        (void)!FAIL(&err, SETTLE_E_INPUT_CODE, .file = value, .field = value, .value = value,
                    .detail = value);
        assert_int_equal(stl_utf8_valid(err.value, strlen(err.value)), strlen(err.value));
        assert_int_equal(stl_utf8_valid(err.file, strlen(err.file)), strlen(err.file));
        assert_int_equal(stl_utf8_valid(err.detail, strlen(err.detail)), strlen(err.detail));
        assert_in_range(strlen(err.value), sizeof err.value - 3, sizeof err.value - 1);
    }
}

static void render_is_cut_between_characters_at_every_size(void **state) {
    (void)state;
    stl_error err;
    (void)!FAIL(&err, SETTLE_E_INPUT_DATE, .file = "费用.csv", .line = 12, .field = "日期",
                .value = "二月三十日", .detail = "没有这一天");
    char whole[512];
    stl_error_render(&err, SETTLE_LANG_ZH, whole, sizeof whole);
    for (size_t cap = 0; cap <= strlen(whole) + 1; cap++) {
        char out[512];
        memset(out, '#', sizeof out);
        stl_error_render(&err, SETTLE_LANG_ZH, out, cap);
        assert_int_equal(out[cap], '#');
        if (cap == 0)
            continue;
        size_t len = strlen(out);
        assert_true(len < cap && len + 3 >= cap);
        assert_memory_equal(out, whole, len);
        assert_int_equal(stl_utf8_valid(out, len), len);
    }
}

static void control_characters_become_blanks(void **state) {
    (void)state;
    stl_error err;
    (void)!FAIL(&err, SETTLE_E_INPUT_CODE, .value = "a\nb\x1b[31m\x7f");
    assert_string_equal(err.value, "a b [31m ");
}

static void a_record_may_be_failed_again_with_its_own_texts(void **state) {
    (void)state;
    stl_error err;
    (void)!FAIL(&err, SETTLE_E_INPUT_CODE, .field = "sex", .detail = "why");
    (void)!FAIL(&err, SETTLE_E_MAPPING_READ, .field = err.field, .detail = err.detail);
    assert_string_equal(err.field, "sex");
    assert_string_equal(err.detail, "why");
}

static settle_status allocate_nothing(void *user, stl_error *err) {
    char out[256];
    (void)user;
    (void)!FAIL(err, SETTLE_E_INPUT_DATE, .file = "x.csv", .line = 1, .value = "费");
    stl_error_render(err, SETTLE_LANG_ZH, out, sizeof out);
    return SETTLE_OK;
}

static void keeping_and_rendering_an_error_allocates_nothing(void **state) {
    (void)state;
    assert_int_equal(stl_test_each_alloc(allocate_nothing, NULL), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(render_names_the_place_before_the_text),
        cmocka_unit_test(details_known_to_a_desk_are_chinese),
        cmocka_unit_test(absent_parts_leave_no_punctuation),
        cmocka_unit_test(a_failure_without_a_record_still_answers_its_status),
        cmocka_unit_test(the_record_names_its_birth),
        cmocka_unit_test(a_second_failure_leaves_nothing_of_the_first),
        cmocka_unit_test(no_part_of_a_message_forges_a_line_or_moves_the_cursor),
        cmocka_unit_test(long_values_are_cut_between_characters),
        cmocka_unit_test(render_is_cut_between_characters_at_every_size),
        cmocka_unit_test(control_characters_become_blanks),
        cmocka_unit_test(a_record_may_be_failed_again_with_its_own_texts),
        cmocka_unit_test(keeping_and_rendering_an_error_allocates_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
