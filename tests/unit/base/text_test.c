/* SPDX-License-Identifier: Apache-2.0 */
#include "support/base_support.h"

#include "base/text.h"

#include <stdlib.h>

/* --- checking --- */

static size_t put_code_point(char *out, uint32_t c) {
    if (c < 0x80)
        return out[0] = (char)c, 1;
    size_t n = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    for (size_t i = n - 1; i > 0; i--, c >>= 6)
        out[i] = (char)(0x80 | (c & 0x3F));
    out[0] = (char)((n == 2 ? 0xC0 : n == 3 ? 0xE0 : 0xF0) | c);
    return n;
}

static void every_code_point_but_surrogates_is_valid(void **state) {
    (void)state;
    for (uint32_t c = 0; c <= 0x110000; c++) {
        char text[4];
        size_t len = put_code_point(text, c);
        bool valid = (c < 0xD800 || c > 0xDFFF) && c <= 0x10FFFF;
        assert_int_equal(stl_utf8_valid(text, len), valid ? len : 0);
        for (size_t cut = 1; cut < len; cut++)
            assert_int_equal(stl_utf8_valid(text, cut), 0);
    }
}

static void overlong_and_impossible_bytes_are_refused(void **state) {
    (void)state;
    static const char *const BAD[] = {
        "\x80",
        "\xBF",
        "\xC0\x80",
        "\xC1\xBF",
        "\xE0\x80\x80",
        "\xE0\x9F\xBF",
        "\xF0\x80\x80\x80",
        "\xF0\x8F\xBF\xBF",
        "\xF5\x80\x80\x80",
        "\xFE",
        "\xFF",
        "\xE8\xB4",
        "\xE8\xB4\x41",
        "\xE8\x41\xB9",
        "\xF0\x9F\x98\x41",
    };
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++)
        assert_int_equal(stl_utf8_valid(BAD[i], strlen(BAD[i])), 0);
}

static void the_valid_prefix_ends_before_the_bad_byte_wherever_it_stands(void **state) {
    (void)state;
    for (size_t at = 0; at < 64; at++) {
        char text[64];
        memset(text, 'a', sizeof text);
        text[at] = '\xFF';
        assert_int_equal(stl_utf8_valid(text, sizeof text), at);
        text[at] = '\x7F';
        assert_int_equal(stl_utf8_valid(text, sizeof text), sizeof text);
    }
    assert_int_equal(stl_utf8_valid("费用\xB4", 7), 6);
    assert_int_equal(stl_utf8_valid(NULL, 0), 0);
}

static void characters_are_counted_not_bytes(void **state) {
    (void)state;
    assert_int_equal(stl_utf8_count(STL_STR("")), 0);
    assert_int_equal(stl_utf8_count(STL_STR("a费é\U0001F600")), 4);
}

/* --- decoding --- */

/* Feeds in parts of `step` bytes; each part is a block of its own so that a sanitizer sees reads
 * behind it. */
static settle_status decode(stl_encoding encoding, stl_str text, size_t step, stl_buf *out,
                            stl_error *err) {
    stl_decoder *decoder;
    TRY(stl_decoder_new(encoding, &decoder, err));
    settle_status status = SETTLE_OK;
    for (size_t at = 0; at < text.len && status == SETTLE_OK; at += step) {
        size_t len = text.len - at < step ? text.len - at : step;
        status = stl_decoder_feed(decoder, text.ptr + at, len, false, out, err);
    }
    if (status == SETTLE_OK)
        status = stl_decoder_feed(decoder, "", 0, true, out, err);
    stl_decoder_free(decoder);
    return status;
}

static void expect_decoded(stl_encoding encoding, stl_str text, const char *want) {
    for (size_t step = 1; step <= text.len + 1; step++) {
        SCOPED_BUF out = {0};
        stl_error err = {0};
        assert_int_equal(decode(encoding, text, step, &out, &err), SETTLE_OK);
        assert_str(((stl_str){out.ptr, out.len}), want);
    }
}

static void expect_bad(stl_encoding encoding, stl_str text, int64_t line) {
    for (size_t step = 1; step <= text.len + 1; step++) {
        SCOPED_BUF out = {0};
        stl_error err = {0};
        assert_int_equal(decode(encoding, text, step, &out, &err), SETTLE_E_INPUT_ENCODING);
        assert_int_equal(err.line, line);
    }
}

#define GB_FEI "\xB7\xD1"          /* 费 */
#define GB_YONG "\xD3\xC3"         /* 用 */
#define GB_RARE "\x95\x32\x82\x36" /* U+20000 */

static void utf8_passes_over_any_cut(void **state) {
    (void)state;
    expect_decoded(STL_ENC_UTF8, STL_STR("a,费用\né\U0001F600\n"), "a,费用\né\U0001F600\n");
    expect_decoded(STL_ENC_UTF8, STL_STR(""), "");
}

static void gb18030_is_decoded_over_any_cut(void **state) {
    (void)state;
    expect_decoded(STL_ENC_GB18030, STL_STR("a," GB_FEI GB_YONG "\n" GB_RARE "z"),
                   "a,费用\n\U00020000z");
}

static void byte_order_marks_are_dropped_and_decide(void **state) {
    (void)state;
    expect_decoded(STL_ENC_DETECT, STL_STR("\xEF\xBB\xBF费"), "费");
    expect_decoded(STL_ENC_UTF8, STL_STR("\xEF\xBB\xBF"), "");
    expect_decoded(STL_ENC_DETECT, STL_STR("\x84\x31\x95\x33" GB_FEI), "费");
    expect_decoded(STL_ENC_GB18030, STL_STR("\x84\x31\x95\x33" GB_FEI), "费");
    expect_bad(STL_ENC_DETECT, STL_STR("\xEF\xBB\xBF" GB_FEI), 1);
    expect_bad(STL_ENC_GB18030, STL_STR("\xEF\xBB\xBF费"), 1);
    expect_bad(STL_ENC_UTF8, STL_STR("\x84\x31\x95\x33"), 1);
}

static void encoding_is_detected_from_the_bytes(void **state) {
    (void)state;
    expect_decoded(STL_ENC_DETECT, STL_STR("a,b\n1,2\n"), "a,b\n1,2\n");
    expect_decoded(STL_ENC_DETECT, STL_STR("a,b\n费,用\n"), "a,b\n费,用\n");
    expect_decoded(STL_ENC_DETECT, STL_STR("a,b\n" GB_FEI "," GB_YONG "\n"), "a,b\n费,用\n");
}

static void one_bad_byte_in_chinese_utf8_is_no_gb18030(void **state) {
    (void)state;
    expect_bad(STL_ENC_DETECT, STL_STR("费用清单\n甲乙\xFF\n"), 2);
    expect_bad(STL_ENC_DETECT, STL_STR("费用清单\n甲乙\xB7\xD1\n"), 2);
}

static void bad_bytes_are_reported_with_their_line(void **state) {
    (void)state;
    expect_bad(STL_ENC_UTF8, STL_STR("a\nb\n\xB7\xD1"), 3);
    expect_bad(STL_ENC_UTF8, STL_STR("a\n费\xE8\xB4"), 2);
    expect_bad(STL_ENC_GB18030, STL_STR("a\n" GB_FEI "\n\xFF"), 3);
    expect_bad(STL_ENC_GB18030, STL_STR("a\n" GB_FEI "\n\xB7"), 3);
    expect_bad(STL_ENC_DETECT, STL_STR("\n\xFF\xFE"), 2); /* neither, as UTF-16 is */
    expect_bad(STL_ENC_DETECT,
               STL_STR("\xFF\xFE"
                       "a\0"),
               1);
}

static void detection_waits_for_the_first_chinese_character_however_late(void **state) {
    (void)state;
    SCOPED_BUF gb = {0}, want = {0};
    for (int i = 0; i < 50000; i++) {
        stl_buf_text(&gb, "1,2,3\n");
        stl_buf_text(&want, "1,2,3\n");
    }
    for (int i = 0; i < 50000; i++) {
        stl_buf_text(&gb, GB_FEI GB_YONG "\n");
        stl_buf_text(&want, "费用\n");
    }
    static const size_t STEPS[] = {1000, 65536, 1000000};
    for (int i = 0; i < 3; i++) {
        SCOPED_BUF out = {0};
        assert_int_equal(decode(STL_ENC_DETECT, (stl_str){gb.ptr, gb.len}, STEPS[i], &out, NULL),
                         SETTLE_OK);
        assert_int_equal(out.len, want.len);
        assert_memory_equal(out.ptr, want.ptr, want.len);
    }
}

/* \xC4\xA3 is GB18030 as well as UTF-8. */
static void a_few_pairs_are_chinese_unless_they_are_signs_of_records(void **state) {
    (void)state;
    expect_decoded(STL_ENC_DETECT, STL_STR("idm,zxdw\n1,\xC6\xAC\n"), "idm,zxdw\n1,片\n");
    expect_decoded(STL_ENC_DETECT, STL_STR("\xD6\xA7,\xC6\xBF\n"), "支,瓶\n");
    expect_decoded(STL_ENC_DETECT, STL_STR("5µg 37°C 2×3 β-内酰胺\n"), "5µg 37°C 2×3 β-内酰胺\n");
    expect_decoded(STL_ENC_DETECT, STL_STR("5µg 37°C 2×3 ±1\n"), "5µg 37°C 2×3 ±1\n");
    expect_decoded(STL_ENC_UTF8, STL_STR("\xC6\xAC\n"), "Ƭ\n");
}

static void detection_does_not_jump_at_the_first_character(void **state) {
    (void)state;
    expect_decoded(STL_ENC_DETECT, STL_STR("\xC4\xA3\xC4\xA3" GB_FEI "\n"), "模模费\n");
    expect_decoded(STL_ENC_DETECT, STL_STR("\xC4\xA3\n"), "模\n"); /* ģ in UTF-8 */
}

static void a_character_cut_where_the_probe_ends_is_no_wrong_byte(void **state) {
    (void)state;
    SCOPED_BUF text = {0}, out = {0};
    stl_buf_text(&text, "µ");
    while (text.len < 65535)
        stl_buf_text(&text, "x");
    stl_buf_text(&text, "µµ\n");
    for (size_t step = 65535; step <= 65541; step++) {
        out.len = 0;
        assert_int_equal(decode(STL_ENC_DETECT, (stl_str){text.ptr, text.len}, step, &out, NULL),
                         SETTLE_OK);
        assert_int_equal(out.len, text.len);
        assert_memory_equal(out.ptr, text.ptr, text.len);
    }
}

static void a_wrong_byte_after_the_decision_is_an_error(void **state) {
    (void)state;
    SCOPED_BUF text = {0}, out = {0};
    stl_error err = {0};
    for (int i = 0; i < 50000; i++)
        stl_buf_text(&text, "费用\n");
    stl_buf_text(&text, GB_FEI "\n");
    assert_int_equal(decode(STL_ENC_DETECT, (stl_str){text.ptr, text.len}, 65536, &out, &err),
                     SETTLE_E_INPUT_ENCODING);
    assert_int_equal(err.line, 50001);
    assert_int_equal(out.len, 50000 * 7);
}

static void random_bytes_give_valid_utf8_or_an_error(void **state) {
    (void)state;
    stl_test_random r = {5};
    for (int i = 0; i < 30000; i++) {
        char text[48];
        size_t len = stl_test_next(&r) % sizeof text;
        for (size_t k = 0; k < len; k++)
            text[k] = (char)stl_test_next(&r);
        for (int e = STL_ENC_DETECT; e <= STL_ENC_GB18030; e++) {
            SCOPED_BUF out = {0};
            settle_status status =
                decode((stl_encoding)e, (stl_str){text, len}, 1 + (size_t)i % 7, &out, NULL);
            assert_true(status == SETTLE_OK || status == SETTLE_E_INPUT_ENCODING);
            assert_int_equal(stl_utf8_valid(out.ptr, out.len), out.len);
        }
    }
}

static settle_status decode_again(void *user, stl_error *err) {
    SCOPED_BUF out = {0};
    return decode(STL_ENC_DETECT, *(stl_str *)user, 1000, &out, err);
}

static void every_failed_allocation_is_reported(void **state) {
    (void)state;
    SCOPED_BUF text = {0};
    for (int i = 0; i < 3000; i++)
        stl_buf_text(&text, GB_FEI);
    stl_str gb = {text.ptr, text.len};
    assert_true(stl_test_each_alloc(decode_again, &gb) >= 3);
    stl_str utf8 = STL_STR("a,费用\n");
    assert_true(stl_test_each_alloc(decode_again, &utf8) >= 3);
}

static void what_is_shown_is_utf_8_without_control_characters(void **state) {
    static const char *const CASES[][2] = {
        {"", ""},
        {"charges.csv", "charges.csv"},
        {"费用.csv", "费用.csv"},
        {"a\x1b[31m\nb\x7f", "a [31m b "},
        {"\xC2\x9B"
         "1m\xC2\xA0",
         " 1m\xC2\xA0"}, /* CSI; a blank that does not break */
        {"\xFF\xFE"
         "a",
         "\xEF\xBF\xBD\xEF\xBF\xBD"
         "a"},
        {"\xB7\xD1", "\xEF\xBF\xBD\xEF\xBF\xBD"}, /* GBK */
        {"a\xE8\xB4", "a\xEF\xBF\xBD\xEF\xBF\xBD"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        char out[64];
        stl_text_show(stl_str_of(CASES[i][0]), out, sizeof out);
        assert_string_equal(out, CASES[i][1]);
    }
}

static void what_is_shown_is_cut_between_characters(void **state) {
    char out[8];
    (void)state;
    stl_text_show(STL_STR("ab费用"), out, 8);
    assert_string_equal(out, "ab费");
    stl_text_show(STL_STR("a费用"), out, 8);
    assert_string_equal(out, "a费用");
    stl_text_show(STL_STR("abcde\xFF"), out, 8);
    assert_string_equal(out, "abcde");
    stl_text_show(STL_STR("a"), out, 1);
    assert_string_equal(out, "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_code_point_but_surrogates_is_valid),
        cmocka_unit_test(overlong_and_impossible_bytes_are_refused),
        cmocka_unit_test(the_valid_prefix_ends_before_the_bad_byte_wherever_it_stands),
        cmocka_unit_test(characters_are_counted_not_bytes),
        cmocka_unit_test(utf8_passes_over_any_cut),
        cmocka_unit_test(gb18030_is_decoded_over_any_cut),
        cmocka_unit_test(byte_order_marks_are_dropped_and_decide),
        cmocka_unit_test(encoding_is_detected_from_the_bytes),
        cmocka_unit_test(one_bad_byte_in_chinese_utf8_is_no_gb18030),
        cmocka_unit_test(bad_bytes_are_reported_with_their_line),
        cmocka_unit_test(detection_waits_for_the_first_chinese_character_however_late),
        cmocka_unit_test(a_few_pairs_are_chinese_unless_they_are_signs_of_records),
        cmocka_unit_test(detection_does_not_jump_at_the_first_character),
        cmocka_unit_test(a_character_cut_where_the_probe_ends_is_no_wrong_byte),
        cmocka_unit_test(a_wrong_byte_after_the_decision_is_an_error),
        cmocka_unit_test(random_bytes_give_valid_utf8_or_an_error),
        cmocka_unit_test(every_failed_allocation_is_reported),
        cmocka_unit_test(what_is_shown_is_utf_8_without_control_characters),
        cmocka_unit_test(what_is_shown_is_cut_between_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
