/* SPDX-License-Identifier: Apache-2.0 */
#include "base/convert.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static settle_status convert(stl_encoding from, stl_encoding to, stl_str text, stl_buf *out,
                             stl_error *err) {
    stl_converter *converter = NULL;
    assert_int_equal(stl_converter_new(from, to, &converter, err), SETTLE_OK);
    settle_status status = stl_converter_text(converter, text, out, err);
    stl_converter_free(converter);
    return status;
}

static void texts_go_to_gb18030_and_back(void **state) {
    static const char *const TEXTS[] = {"", "abc|^", "测试甲", "𠮷 €", "丗丆"};
    (void)state;
    for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++) {
        SCOPED_BUF gb = {0}, back = {0};
        stl_error err = {0};
        assert_int_equal(convert(STL_ENC_UTF8, STL_ENC_GB18030, stl_str_of(TEXTS[i]), &gb, &err),
                         SETTLE_OK);
        assert_int_equal(
            convert(STL_ENC_GB18030, STL_ENC_UTF8, (stl_str){gb.ptr, gb.len}, &back, &err),
            SETTLE_OK);
        assert_true(stl_str_is((stl_str){back.ptr, back.len}, TEXTS[i]));
    }
    SCOPED_BUF gb = {0};
    assert_int_equal(convert(STL_ENC_UTF8, STL_ENC_GB18030, STL_STR("测"), &gb, NULL), SETTLE_OK);
    assert_memory_equal(gb.ptr, "\xB2\xE2", 2);
}

static void what_is_not_in_the_encoding_is_refused(void **state) {
    static const struct {
        stl_encoding from, to;
        const char *text, *detail;
    } BAD[] = {{STL_ENC_UTF8, STL_ENC_GB18030, "a\xB2\xE2", "not UTF-8"},
               {STL_ENC_UTF8, STL_ENC_UTF8, "a\xB2\xE2", "not UTF-8"},
               {STL_ENC_GB18030, STL_ENC_UTF8, "a\xB2", "not GB18030"},
               {STL_ENC_GB18030, STL_ENC_UTF8, "\xFF\xFF", "not GB18030"}};
    (void)state;
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        SCOPED_BUF out = {0};
        stl_error err = {0};
        assert_int_equal(convert(BAD[i].from, BAD[i].to, stl_str_of(BAD[i].text), &out, &err),
                         SETTLE_E_INPUT_ENCODING);
        assert_string_equal(err.detail, BAD[i].detail);
    }
}

/* A text that ended in the middle leaves nothing behind for the next. */
static void a_refused_text_does_not_spoil_the_next(void **state) {
    stl_converter *converter = NULL;
    SCOPED_BUF out = {0};
    (void)state;
    assert_int_equal(stl_converter_new(STL_ENC_GB18030, STL_ENC_UTF8, &converter, NULL), SETTLE_OK);
    assert_int_equal(stl_converter_text(converter, STL_STR("\xB2"), &out, NULL),
                     SETTLE_E_INPUT_ENCODING);
    out.len = 0;
    assert_int_equal(stl_converter_text(converter, STL_STR("\xB2\xE2"), &out, NULL), SETTLE_OK);
    assert_true(stl_str_is((stl_str){out.ptr, out.len}, "测"));
    stl_converter_free(converter);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_go_to_gb18030_and_back),
        cmocka_unit_test(what_is_not_in_the_encoding_is_refused),
        cmocka_unit_test(a_refused_text_does_not_spoil_the_next),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
