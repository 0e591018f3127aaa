/* SPDX-License-Identifier: Apache-2.0 */
#include "support/base_support.h"

typedef struct row {
    settle_status status;
    const char *name;
} row;

static const row LIST[] = {
#define ROW(name, value, ...) {SETTLE_E_##name, #name},
    SETTLE_STATUS_LIST(ROW)
#undef ROW
};
enum { COUNT = sizeof LIST / sizeof *LIST };

static void values_and_names_are_unique(void **state) {
    (void)state;
    for (int i = 0; i < COUNT; i++)
        for (int k = 0; k < i; k++) {
            assert_int_not_equal(LIST[i].status, LIST[k].status);
            assert_string_not_equal(LIST[i].name, LIST[k].name);
        }
}

static void every_status_has_name_text_and_remedy_in_both_languages(void **state) {
    (void)state;
    for (int i = 0; i < COUNT; i++) {
        settle_status s = LIST[i].status;
        assert_string_equal(settle_status_name(s), LIST[i].name);
        for (int32_t lang = SETTLE_LANG_ZH; lang <= SETTLE_LANG_EN; lang++) {
            assert_true(strlen(settle_status_text(s, lang)) > 0);
            assert_true(strlen(settle_status_remedy(s, lang)) > 0);
        }
        assert_true((unsigned char)settle_status_text(s, SETTLE_LANG_ZH)[0] >= 0x80 ||
                    strstr(settle_status_text(s, SETTLE_LANG_ZH), " ") != NULL);
        for (const char *c = settle_status_text(s, SETTLE_LANG_EN); *c != '\0'; c++)
            assert_in_range(*c, 0x20, 0x7E);
    }
}

static void success_has_a_text_and_no_remedy(void **state) {
    (void)state;
    assert_string_equal(settle_status_name(SETTLE_OK), "OK");
    assert_string_equal(settle_status_text(SETTLE_OK, SETTLE_LANG_EN), "done");
    assert_null(settle_status_remedy(SETTLE_OK, SETTLE_LANG_EN));
}

static void unknown_values_answer_null(void **state) {
    (void)state;
    assert_null(settle_status_name(-1));
    assert_null(settle_status_text(1, SETTLE_LANG_ZH));
    assert_null(settle_status_remedy(INT32_MIN, SETTLE_LANG_EN));
}

static void an_unknown_language_is_chinese(void **state) {
    (void)state;
    assert_string_equal(settle_status_text(SETTLE_OK, 99), "完成");
}

static void exit_codes_follow_the_category(void **state) {
    (void)state;
    for (int i = 0; i < COUNT; i++) {
        int32_t category = -LIST[i].status / 1000;
        assert_int_equal(settle_status_exit_code(LIST[i].status), category == 9 ? 6 : category);
        assert_true((category >= 2 && category <= 6) || category == 9);
    }
    assert_int_equal(settle_status_exit_code(SETTLE_OK), 0);
}

static void an_unknown_failure_is_never_success(void **state) {
    (void)state;
    assert_int_equal(settle_status_exit_code(-1), 6);
    assert_int_equal(settle_status_exit_code(-7001), 6);
    assert_int_equal(settle_status_exit_code(INT32_MIN), 6);
    assert_int_equal(settle_status_exit_code(5), 6);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_and_names_are_unique),
        cmocka_unit_test(every_status_has_name_text_and_remedy_in_both_languages),
        cmocka_unit_test(success_has_a_text_and_no_remedy),
        cmocka_unit_test(unknown_values_answer_null),
        cmocka_unit_test(an_unknown_language_is_chinese),
        cmocka_unit_test(exit_codes_follow_the_category),
        cmocka_unit_test(an_unknown_failure_is_never_success),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
