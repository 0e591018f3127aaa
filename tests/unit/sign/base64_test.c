/* SPDX-License-Identifier: Apache-2.0 */
#include "support/base_support.h"
#include "sign/crypto.h"

static void assert_both_ways(const char *bytes, const char *text) {
    SCOPED_BUF out = {0};
    unsigned char back[64];
    size_t len = strlen(bytes);
    stl_base64_put(&out, (const unsigned char *)bytes, len);
    assert_str(((stl_str){out.ptr, out.len}), text);
    assert_int_equal(stl_base64_get(stl_str_of(text), back, sizeof back), len);
    assert_memory_equal(back, bytes, len);
}

static void the_vectors_of_rfc_4648_hold_both_ways(void **state) {
    (void)state;
    assert_both_ways("f", "Zg==");
    assert_both_ways("fo", "Zm8=");
    assert_both_ways("foo", "Zm9v");
    assert_both_ways("foob", "Zm9vYg==");
    assert_both_ways("fooba", "Zm9vYmE=");
    assert_both_ways("foobar", "Zm9vYmFy");
    assert_both_ways("\xFB\xEF\xFF", "++//");
}

static void every_other_spelling_is_refused(void **state) {
    static const char *const wrong[] = {
        "",     "Zg",   "Zg=",   "Zg===", "Zh==",  "Zm9=",  "Zm9v\n",   "Z=9v",
        "Zm=v", "====", "Zm9v=", "Zm-_",  "Zm9v ", " Zm9v", "Zg==Zg==", "Zm\n9v"};
    unsigned char out[64];
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_int_equal(stl_base64_get(stl_str_of(wrong[i]), out, sizeof out), -1);
}

static void nothing_is_written_past_the_room(void **state) {
    unsigned char out[4] = {9, 9, 9, 9};
    (void)state;
    assert_int_equal(stl_base64_get(STL_STR("Zm9v"), out, 3), 3);
    assert_int_equal(stl_base64_get(STL_STR("Zm9vYg=="), out, 3), -1);
    assert_int_equal(stl_base64_get(STL_STR("Zm9v"), out, 2), -1);
    assert_int_equal(stl_base64_get(STL_STR("Zg=="), out, 1), 1);
    assert_int_equal(out[3], 9);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_vectors_of_rfc_4648_hold_both_ways),
        cmocka_unit_test(every_other_spelling_is_refused),
        cmocka_unit_test(nothing_is_written_past_the_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
