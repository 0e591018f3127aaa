/* SPDX-License-Identifier: Apache-2.0 */
#include "support/base_support.h"

#include "base/decimal.h"
#include "base/json.h"

#include <stdlib.h>

/* --- writing --- */

static void objects_and_arrays_get_their_commas(void **state) {
    (void)state;
    SCOPED_BUF out = {0};
    stl_json j = {.out = &out};
    stl_json_object(&j);
    stl_json_put_text(&j, "a", "x");
    stl_json_key(&j, "b");
    stl_json_array(&j);
    stl_json_int(&j, INT64_MIN);
    stl_json_object(&j);
    stl_json_object_end(&j);
    stl_json_null(&j);
    stl_json_array(&j);
    stl_json_array_end(&j);
    stl_json_array_end(&j);
    stl_json_put_bool(&j, "c", true);
    stl_json_put_int(&j, "d", 0);
    stl_json_object_end(&j);
    assert_str(((stl_str){out.ptr, out.len}),
               "{\"a\":\"x\",\"b\":[-9223372036854775808,{},null,[]],\"c\":true,\"d\":0}");
}

static void text_is_escaped_as_rfc_8259(void **state) {
    (void)state;
    SCOPED_BUF out = {0};
    stl_json j = {.out = &out};
    stl_json_str(&j, STL_STR("\"\\/\b\f\n\r\t\x01\x1f\x7f费€"));
    assert_str(((stl_str){out.ptr, out.len}), "\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001f\x7f费€\"");
}

static void amounts_are_strings_and_none_is_empty(void **state) {
    (void)state;
    SCOPED_BUF out = {0};
    stl_json j = {.out = &out};
    stl_json_object(&j);
    stl_json_put_decimal(&j, "a", 15000, STL_SCALE_MONEY);
    stl_json_put_decimal(&j, "b", STL_NONE, STL_SCALE_MONEY);
    stl_json_put_text(&j, "c", NULL);
    stl_json_object_end(&j);
    assert_str(((stl_str){out.ptr, out.len}), "{\"a\":\"150.00\",\"b\":\"\",\"c\":\"\"}");
}

/* --- reading --- */

/* Writes each event as one letter with its text. */
static settle_status note(void *user, stl_json_event event, stl_str text, stl_error *err) {
    static const char LETTER[] = "{}[]ksn10-";
    (void)err;
    stl_buf_bytes(user, &LETTER[event], 1);
    stl_buf_str(user, text);
    stl_buf_text(user, " ");
    return SETTLE_OK;
}

static void expect_events(const char *json, const char *want) {
    SCOPED_BUF got = {0};
    stl_error err = {0};
    stl_json_reader reader = {note, &got};
    if (stl_json_read(stl_str_of(json), &reader, &err) != SETTLE_OK)
        fail_msg("%s: %s", json, err.detail);
    assert_str(((stl_str){got.ptr, got.len}), want);
}

static void events_come_in_order_with_their_text(void **state) {
    (void)state;
    expect_events(" {\"stay\" : {\"a\":\"甲\"}, \"n\":[1, -2.50,1E400,true,false,null,\"\"] } \n",
                  "{ kstay { ka s甲 } kn [ n1 n-2.50 n1E400 1 0 - s ] } ");
    expect_events("\"x\"", "sx ");
    expect_events("12", "n12 ");
}

static void numbers_keep_every_digit(void **state) {
    (void)state;
    expect_events("[0.1000000000000000000000000001,123456789012345678901234567890]",
                  "[ n0.1000000000000000000000000001 n123456789012345678901234567890 ] ");
}

static void escapes_are_decoded(void **state) {
    (void)state;
    expect_events("[\"\\u8D39\\n\\\"\\\\\\/\\ud83d\\ude00\"]", "[ s费\n\"\\/\U0001F600 ] ");
    expect_events("[\"\\\\u0000\"]", "[ s\\u0000 ] ");
}

static void expect_refusal(stl_str json, const char *offset) {
    SCOPED_BUF got = {0};
    stl_error err = {0};
    stl_json_reader reader = {note, &got};
    assert_int_equal(stl_json_read(json, &reader, &err), SETTLE_E_INPUT_JSON);
    assert_int_equal(err.status, SETTLE_E_INPUT_JSON);
    if (strncmp(err.detail, offset, strlen(offset)) != 0)
        fail_msg("%.*s: %s, want %s", (int)json.len, json.ptr, err.detail, offset);
}

static void broken_json_is_refused_with_its_offset(void **state) {
    (void)state;
    expect_refusal(STL_STR(""), "byte 0:");
    expect_refusal(STL_STR("  "), "byte 2:");
    expect_refusal(STL_STR("{\"a\":1"), "byte 6:");
    expect_refusal(STL_STR("[1,]"), "byte ");
    expect_refusal(STL_STR("{\"a\":1,}"), "byte ");
    expect_refusal(STL_STR("{'a':1}"), "byte ");
    expect_refusal(STL_STR("[01]"), "byte ");
    expect_refusal(STL_STR("[1.]"), "byte ");
    expect_refusal(STL_STR("[NaN]"), "byte ");
    expect_refusal(STL_STR("[\"a\nb\"]"), "byte ");
    expect_refusal(STL_STR("[\"\\x\"]"), "byte ");
    expect_refusal(STL_STR("[1] [2]"), "byte ");
    expect_refusal(STL_STR("/* c */ [1]"), "byte ");
    expect_refusal(STL_STR("]"), "byte ");
}

static void bytes_that_are_no_utf8_are_refused_where_they_stand(void **state) {
    (void)state;
    expect_refusal(STL_STR("[\"ab\xff\"]"), "byte 4: not UTF-8");
    expect_refusal(STL_STR("[\"\xed\xa0\x80\"]"), "byte 2: not UTF-8");
    expect_refusal(STL_STR("[\"\xc0\xaf\"]"), "byte 2: not UTF-8");
}

static void escapes_of_no_character_are_refused(void **state) {
    (void)state;
    expect_refusal(STL_STR("[\"\\ud800\"]"), "byte 2:");
    expect_refusal(STL_STR("[\"\\ud800\\u0041\"]"), "byte 2:");
    expect_refusal(STL_STR("[\"x\\uDC00\"]"), "byte 3:");
    expect_refusal(STL_STR("[\"\\ud83d\\ude00\\ude00\"]"), "byte 14:");
    expect_refusal(STL_STR("[\"a\\u0000\"]"), "byte 3:");
    expect_refusal(STL_STR("[\"\\"), "byte ");
    expect_refusal(STL_STR("[\"\\ud8"), "byte ");
}

static void depth_is_limited_to_thirty_two(void **state) {
    (void)state;
    char text[256] = "", events[512] = "";
    for (int i = 0; i < 32; i++) {
        strcat(text, "[");
        strcat(events, "[ ");
    }
    for (int i = 0; i < 32; i++) {
        strcat(text, "]");
        strcat(events, "] ");
    }
    expect_events(text, events);
    expect_refusal(STL_STR("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]"),
                   "byte 33: nested deeper than 32");
    SCOPED_BUF deep = {0};
    for (int i = 0; i < 100000; i++)
        stl_buf_text(&deep, "{\"a\":");
    expect_refusal((stl_str){deep.ptr, deep.len}, "byte 161: nested deeper than 32");
}

static settle_status refuse_numbers(void *user, stl_json_event event, stl_str text,
                                    stl_error *err) {
    ++*(int *)user;
    if (event == STL_JSON_NUMBER)
        return FAIL(err, SETTLE_E_INPUT_CODE, .field = "n", .value = "1");
    (void)text;
    return SETTLE_OK;
}

static void a_failing_event_stops_the_reading(void **state) {
    (void)state;
    int events = 0;
    stl_error err = {0};
    stl_json_reader reader = {refuse_numbers, &events};
    assert_int_equal(stl_json_read(STL_STR("[1,2,3]"), &reader, &err), SETTLE_E_INPUT_CODE);
    assert_string_equal(err.field, "n");
    assert_int_equal(events, 2);
}

static void what_is_written_reads_back(void **state) {
    (void)state;
    stl_test_random r = {3};
    for (int i = 0; i < 2000; i++) {
        char text[40];
        size_t len = (size_t)stl_test_between(&r, 0, 39);
        for (size_t k = 0; k < len; k++)
            text[k] = (char)stl_test_between(&r, 1, 127);
        SCOPED_BUF out = {0}, got = {0}, want = {0};
        stl_json j = {.out = &out};
        stl_json_str(&j, (stl_str){text, len});
        stl_json_reader reader = {note, &got};
        assert_int_equal(stl_json_read((stl_str){out.ptr, out.len}, &reader, NULL), SETTLE_OK);
        stl_buf_text(&want, "s");
        stl_buf_bytes(&want, text, len);
        stl_buf_text(&want, " ");
        assert_int_equal(got.len, want.len);
        assert_memory_equal(got.ptr, want.ptr, want.len);
    }
}

static void mutated_json_never_crashes(void **state) {
    (void)state;
    static const char SEED[] =
        "{\"stay\":{\"a\":\"甲\\u8d39\\n\",\"n\":-1.5e3},\"c\":[true,null,[]]}";
    stl_test_random r = {17};
    for (int i = 0; i < 50000; i++) {
        size_t len = sizeof SEED - 1;
        SCOPED_BUF text = {0}, got = {0};
        stl_buf_bytes(&text, SEED, len);
        for (int k = 0; k < 3; k++)
            text.ptr[stl_test_next(&r) % len] = (char)stl_test_next(&r);
        len = stl_test_next(&r) % 4 == 0 ? stl_test_next(&r) % len : len;
        char *exact = malloc(len + 1); /* to the byte, so that a sanitizer sees reads behind it */
        char *tight = realloc(exact, len == 0 ? 1 : len);
        memcpy(tight, text.ptr, len);
        stl_json_reader reader = {note, &got};
        settle_status status = stl_json_read((stl_str){tight, len}, &reader, NULL);
        assert_true(status == SETTLE_OK || status == SETTLE_E_INPUT_JSON);
        free(tight);
    }
}

static settle_status count(void *user, stl_json_event event, stl_str text, stl_error *err) {
    (void)event, (void)text, (void)err;
    ++*(int *)user;
    return SETTLE_OK;
}

static settle_status read_long(void *user, stl_error *err) {
    int events = 0;
    stl_json_reader reader = {count, &events};
    return stl_json_read(*(stl_str *)user, &reader, err);
}

static void every_failed_allocation_is_reported(void **state) {
    (void)state;
    SCOPED_BUF text = {0};
    stl_buf_text(&text, "[\"");
    for (int i = 0; i < 20000; i++)
        stl_buf_text(&text, "\\u8d39\\n");
    stl_buf_text(&text, "\",[[[[[[[[1]]]]]]]]]");
    stl_str json = {text.ptr, text.len};
    assert_true(stl_test_each_alloc(read_long, &json) >= 4);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(objects_and_arrays_get_their_commas),
        cmocka_unit_test(text_is_escaped_as_rfc_8259),
        cmocka_unit_test(amounts_are_strings_and_none_is_empty),
        cmocka_unit_test(events_come_in_order_with_their_text),
        cmocka_unit_test(numbers_keep_every_digit),
        cmocka_unit_test(escapes_are_decoded),
        cmocka_unit_test(broken_json_is_refused_with_its_offset),
        cmocka_unit_test(bytes_that_are_no_utf8_are_refused_where_they_stand),
        cmocka_unit_test(escapes_of_no_character_are_refused),
        cmocka_unit_test(depth_is_limited_to_thirty_two),
        cmocka_unit_test(a_failing_event_stops_the_reading),
        cmocka_unit_test(what_is_written_reads_back),
        cmocka_unit_test(mutated_json_never_crashes),
        cmocka_unit_test(every_failed_allocation_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
