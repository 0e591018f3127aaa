/* SPDX-License-Identifier: Apache-2.0 */
#include "support/base_support.h"

#include "rules/similarity.h"

static int alike(const char *a, const char *b) {
    int ab = stl_similarity(stl_str_of(a), stl_str_of(b));
    assert_int_equal(ab, stl_similarity(stl_str_of(b), stl_str_of(a)));
    return ab;
}

static void equal_names_are_wholly_alike(void **state) {
    (void)state;
    assert_int_equal(alike("氯化钠注射液", "氯化钠注射液"), 100);
}

static void a_name_within_the_other_is_wholly_alike(void **state) {
    (void)state;
    assert_int_equal(alike("氯化钠", "0.9%氯化钠注射液"), 100);
}

static void width_case_brackets_and_blanks_do_not_count(void **state) {
    (void)state;
    assert_int_equal(alike("ＤＲ摄片（胸部）", "dr 摄片(胸部)"), 100);
}

static void names_without_a_common_pair_are_not_alike(void **state) {
    (void)state;
    assert_int_equal(alike("尿常规", "尿液分析"), 0);
    assert_int_equal(alike("阿司匹林肠溶片", "氯化钠注射液"), 0);
}

static void the_share_is_of_the_shorter_name(void **state) {
    (void)state;
    assert_int_equal(alike("眼压测定", "眼压检查仪器"), 33); /* 1 of 3 pairs */
    assert_int_equal(alike("甲乙丙", "乙丙丁"), 50);
}

static void a_repeated_pair_counts_as_often_as_both_have_it(void **state) {
    (void)state;
    assert_int_equal(alike("甲乙甲乙", "甲乙丙丁戊"), 33);
}

static void a_single_character_is_looked_for(void **state) {
    (void)state;
    assert_int_equal(alike("钾", "钾测定"), 100);
    assert_int_equal(alike("钾", "钠测定"), 0);
}

static void nothing_to_compare_is_no_difference(void **state) {
    (void)state;
    assert_int_equal(alike("", "钾测定"), 100);
    assert_int_equal(alike("（）", "钾测定"), 100);
}

static void damaged_and_long_texts_are_harmless(void **state) {
    (void)state;
    char text[1000];
    memset(text, 'A', sizeof text);
    stl_str whole = {text, sizeof text};
    assert_int_equal(stl_similarity(whole, STL_STR("AA")), 100);
    static const char CUT[] = {'\xE6', '\xB0'};
    assert_int_equal(stl_similarity((stl_str){CUT, sizeof CUT}, STL_STR("氯化钠")), 0);
}

/* Alone, beside another character: what counts differs from it, what does not is no difference. */
static bool counts(const char *sign) {
    return alike(sign, "钾") == 0;
}

static void letters_and_digits_count_from_first_to_last(void **state) {
    static const char *const LETTERS[] = {"0", "9", "A", "Z", "a", "z", "Ａ", "ｚ", "À"};
    static const char *const OTHERS[] = {"/", ":", "@", "[", "`", "{", "\u00BF", "～", "！"};
    (void)state;
    for (size_t i = 0; i < sizeof LETTERS / sizeof *LETTERS; i++)
        assert_true(counts(LETTERS[i]));
    for (size_t i = 0; i < sizeof OTHERS / sizeof *OTHERS; i++)
        assert_false(counts(OTHERS[i]));
    assert_int_equal(alike("a", "A甲"), 100);
    assert_int_equal(alike("z", "Z甲"), 100);
}

static void signs_do_not_count_from_first_to_last(void **state) {
    static const char *const SIGNS[] = {"\u2000", "\u206F", "\u3000", "\u303F", "\uFF00", "\uFFEF"};
    static const char *const BESIDE[] = {"\u1FFF", "\u2070", "\u2FFF",
                                         "\u3040", "\uFEFF", "\uFFF0"};
    (void)state;
    for (size_t i = 0; i < sizeof SIGNS / sizeof *SIGNS; i++)
        assert_false(counts(SIGNS[i]));
    for (size_t i = 0; i < sizeof BESIDE / sizeof *BESIDE; i++)
        assert_true(counts(BESIDE[i]));
}

static void characters_of_three_and_four_bytes_are_told_apart_by_the_last(void **state) {
    (void)state;
    assert_int_equal(alike("ก", "ข"), 0);
    assert_int_equal(alike("𠀀", "𠀁"), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_names_are_wholly_alike),
        cmocka_unit_test(a_name_within_the_other_is_wholly_alike),
        cmocka_unit_test(width_case_brackets_and_blanks_do_not_count),
        cmocka_unit_test(names_without_a_common_pair_are_not_alike),
        cmocka_unit_test(the_share_is_of_the_shorter_name),
        cmocka_unit_test(a_repeated_pair_counts_as_often_as_both_have_it),
        cmocka_unit_test(a_single_character_is_looked_for),
        cmocka_unit_test(nothing_to_compare_is_no_difference),
        cmocka_unit_test(damaged_and_long_texts_are_harmless),
        cmocka_unit_test(letters_and_digits_count_from_first_to_last),
        cmocka_unit_test(signs_do_not_count_from_first_to_last),
        cmocka_unit_test(characters_of_three_and_four_bytes_are_told_apart_by_the_last),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
