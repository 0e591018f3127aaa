/* SPDX-License-Identifier: Apache-2.0 */
#include "support/base_support.h"

#include "base/digest.h"

/* FIPS 180-2 and GB/T 32905 examples. */
#define SHA256_ABC "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
#define SHA256_EMPTY "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
#define SM3_ABC "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"

static void expect(stl_digest_kind kind, const char *text, const char *want) {
    unsigned char raw[STL_DIGEST_LEN];
    char hex[STL_DIGEST_HEX];
    assert_int_equal(stl_digest_of(kind, text, strlen(text), raw, NULL), SETTLE_OK);
    stl_hex(raw, sizeof raw, hex);
    assert_string_equal(hex, want);
}

static void standard_examples_hold(void **state) {
    (void)state;
    expect(STL_SHA256, "abc", SHA256_ABC);
    expect(STL_SHA256, "", SHA256_EMPTY);
    expect(STL_SM3, "abc", SM3_ABC);
}

static void parts_give_the_digest_of_the_whole(void **state) {
    (void)state;
    unsigned char raw[STL_DIGEST_LEN];
    char hex[STL_DIGEST_HEX];
    stl_digest *digest = stl_digest_new(STL_SM3);
    assert_true(stl_digest_add(digest, "a", 1));
    assert_true(stl_digest_add(digest, NULL, 0));
    assert_true(stl_digest_add(digest, "bc", 2));
    assert_true(stl_digest_end(digest, raw));
    stl_hex(raw, sizeof raw, hex);
    assert_string_equal(hex, SM3_ABC);
    stl_digest_free(digest);
}

static void an_object_is_reusable_after_reset(void **state) {
    (void)state;
    unsigned char first[STL_DIGEST_LEN], second[STL_DIGEST_LEN];
    stl_digest *digest = stl_digest_new(STL_SHA256);
    assert_true(stl_digest_add(digest, "lost", 4));
    for (int i = 0; i < 3; i++) {
        assert_true(stl_digest_reset(digest));
        assert_true(stl_digest_add(digest, "abc", 3));
        assert_true(stl_digest_end(digest, i == 0 ? first : second));
    }
    assert_memory_equal(first, second, sizeof first);
    stl_digest_free(digest);
}

static void an_ended_digest_takes_nothing_until_reset(void **state) {
    (void)state;
    unsigned char raw[STL_DIGEST_LEN];
    stl_digest *digest = stl_digest_new(STL_SHA256);
    assert_true(stl_digest_end(digest, raw));
    assert_false(stl_digest_add(digest, "x", 1));
    assert_false(stl_digest_end(digest, raw));
    assert_true(stl_digest_reset(digest));
    assert_true(stl_digest_add(digest, "x", 1));
    stl_digest_free(digest);
}

static void freeing_nothing_is_allowed(void **state) {
    (void)state;
    stl_digest_free(NULL);
}

static void hex_is_lower_case_and_terminated(void **state) {
    (void)state;
    char out[] = "xxxxxxxxx";
    stl_hex((const unsigned char *)"\x00\x9f\xAB\xff", 4, out);
    assert_string_equal(out, "009fabff");
    stl_hex(NULL, 0, out);
    assert_string_equal(out, "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(standard_examples_hold),
        cmocka_unit_test(parts_give_the_digest_of_the_whole),
        cmocka_unit_test(an_object_is_reusable_after_reset),
        cmocka_unit_test(an_ended_digest_takes_nothing_until_reset),
        cmocka_unit_test(freeing_nothing_is_allowed),
        cmocka_unit_test(hex_is_lower_case_and_terminated),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
