/* SPDX-License-Identifier: Apache-2.0 */
#include "support/base_support.h"

#include <stdio.h>

static void equality_compares_bytes_and_length(void **state) {
    (void)state;
    assert_true(stl_str_is(STL_STR("abc"), "abc"));
    assert_false(stl_str_is(STL_STR("abc"), "abcd"));
    assert_false(stl_str_is(STL_STR("abc"), "abd"));
    assert_true(stl_str_eq((stl_str){NULL, 0}, STL_STR("")));
}

static void null_text_is_the_empty_slice(void **state) {
    (void)state;
    assert_true(stl_str_empty(stl_str_of(NULL)));
    assert_false(stl_str_empty(STL_STR("x")));
}

static void prefix_must_fit_and_match(void **state) {
    (void)state;
    assert_true(stl_str_starts(STL_STR("A01.x"), STL_STR("A01")));
    assert_true(stl_str_starts(STL_STR("A01"), STL_STR("")));
    assert_false(stl_str_starts(STL_STR("A0"), STL_STR("A01")));
    assert_false(stl_str_starts(STL_STR("B01.x"), STL_STR("A01")));
}

static void case_of_ascii_letters_may_be_ignored(void **state) {
    (void)state;
    assert_true(stl_str_eq_nocase(STL_STR("UTF-8"), STL_STR("utf-8")));
    assert_true(stl_str_eq_nocase(STL_STR("床A"), STL_STR("床a")));
    assert_true(stl_str_eq_nocase((stl_str){NULL, 0}, STL_STR("")));
    assert_false(stl_str_eq_nocase(STL_STR("utf-8"), STL_STR("utf-80")));
    assert_false(stl_str_eq_nocase(STL_STR("["), STL_STR("{")));
    assert_false(stl_str_eq_nocase(STL_STR("@"), STL_STR("`")));
}

static void order_is_by_bytes_with_the_shorter_first(void **state) {
    (void)state;
    assert_true(stl_str_cmp(STL_STR("a"), STL_STR("ab")) < 0);
    assert_true(stl_str_cmp(STL_STR("ab"), STL_STR("a")) > 0);
    assert_true(stl_str_cmp(STL_STR("Z"), STL_STR("a")) < 0);
    assert_true(stl_str_cmp(STL_STR("z"), STL_STR("甲")) < 0);
    assert_int_equal(stl_str_cmp(STL_STR("甲"), STL_STR("甲")), 0);
    assert_int_equal(stl_str_cmp((stl_str){NULL, 0}, STL_STR("")), 0);
}

static void hash_depends_on_content_only(void **state) {
    (void)state;
    char shifted[64] = "x001101000010000-110100001A";
    stl_str there = {shifted + 1, strlen(shifted) - 1};
    assert_true(stl_str_hash(there) == stl_str_hash(STL_STR("001101000010000-110100001A")));
}

/* Images store hashes: a changed function would silently lose every key of an installed pack. */
static void hash_values_never_change(void **state) {
    (void)state;
    assert_true(stl_str_hash(STL_STR("")) == 0);
    assert_true(stl_str_hash(STL_STR("110100001A")) == UINT64_C(0xb61491e11a53f250));
}

static void hash_tells_zero_padding_apart(void **state) {
    (void)state;
    assert_true(stl_str_hash((stl_str){"a\0", 2}) != stl_str_hash(STL_STR("a")));
    assert_true(stl_str_hash((stl_str){"\0", 1}) != stl_str_hash(STL_STR("")));
}

/* Texts that collide are easily made for a known seed, and for that one only. */
static void a_seed_parts_texts_made_to_collide(void **state) {
    (void)state;
    const stl_str one = STL_STR("xzs2tMzyKnskcv#s"), other = STL_STR("1nik2MWwRUFSG#MR");
    assert_true(stl_str_hash(one) == stl_str_hash(other));
    assert_true(stl_str_hash_seeded(one, 0x7f0000001230) !=
                stl_str_hash_seeded(other, 0x7f0000001230));
    assert_true(stl_str_hash_seeded(one, 7) == stl_str_hash_seeded(one, 7));
}

static void hash_spreads_consecutive_codes(void **state) {
    (void)state;
    enum { KEYS = 4096, BUCKETS = 8192 };
    static unsigned char seen[BUCKETS];
    int taken = 0;
    for (int i = 0; i < KEYS; i++) {
        char code[24];
        int len = snprintf(code, sizeof code, "%09dA", 110100000 + i);
        unsigned char *bucket = &seen[stl_str_hash((stl_str){code, (size_t)len}) % BUCKETS];
        taken += *bucket == 0;
        *bucket = 1;
    }
    assert_in_range(taken, 3100, KEYS); /* random: 3223 +- 30 */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equality_compares_bytes_and_length),
        cmocka_unit_test(null_text_is_the_empty_slice),
        cmocka_unit_test(prefix_must_fit_and_match),
        cmocka_unit_test(case_of_ascii_letters_may_be_ignored),
        cmocka_unit_test(order_is_by_bytes_with_the_shorter_first),
        cmocka_unit_test(hash_depends_on_content_only),
        cmocka_unit_test(hash_values_never_change),
        cmocka_unit_test(hash_tells_zero_padding_apart),
        cmocka_unit_test(a_seed_parts_texts_made_to_collide),
        cmocka_unit_test(hash_spreads_consecutive_codes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
