/* SPDX-License-Identifier: Apache-2.0 */
#include "frame.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static char *decoded(const char *gbk) {
    size_t len;
    return frame_decode(gbk, strlen(gbk), &len);
}

/* Every character of two bytes whose second is a separator stands in a value of each part. */
static void trail_bytes_do_not_split(void **state) {
    (void)state;
    static const unsigned char TRAILS[] = {0x5E, 0x7C};
    int tried = 0;
    for (size_t t = 0; t < sizeof TRAILS; t++)
        for (unsigned lead = 0x81; lead <= 0xFE; lead++) {
            char gbk[128], word[3] = {(char)lead, (char)TRAILS[t], '\0'};
            strcpy(gbk, "2310^H1^");
            strcat(strcat(gbk, word), "^C^S^Z^");
            strcat(strcat(strcat(strcat(gbk, word), "|"), word), "|$^1^");
            char *text = decoded(gbk), *name = decoded(word);
            if (name == NULL) { /* not every pair is a character: then neither is the frame text */
                assert_null(text);
                continue;
            }
            frame_request request;
            assert_non_null(text);
            assert_true(frame_read(text, &request));
            assert_string_equal(request.opter, name);
            char *row = frame_next(&request.payload, '$');
            assert_string_equal(frame_next(&row, '|'), name);
            assert_string_equal(frame_next(&row, '|'), name);
            assert_null(frame_next(&row, '|'));
            free(text);
            free(name);
            tried++;
        }
    assert_true(tried > 200);
}

static void eight_parts_make_a_frame(void **state) {
    (void)state;
    char whole[] = "9100^H1^OP1^^S1^999901^^1^";
    frame_request request;
    assert_true(frame_read(whole, &request));
    assert_string_equal(request.number, "9100");
    assert_string_equal(request.institution, "H1");
    assert_string_equal(request.cycle, "");
    assert_string_equal(request.serial, "S1");
    assert_string_equal(request.centre, "999901");
    assert_string_equal(request.payload, "");
    assert_string_equal(request.online, "1");
}

static void other_numbers_of_parts_are_refused(void **state) {
    (void)state;
    const char *const wrong[] = {"", "9100", "1^2^3^4^5^6^7^", "1^2^3^4^5^6^7^8^9^",
                                 "1^2^3^4^5^6^7^8^9"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char text[64];
        frame_request request;
        strcpy(text, wrong[i]);
        assert_false(frame_read(text, &request));
    }
}

static void bytes_that_are_no_text_are_refused(void **state) {
    (void)state;
    assert_null(decoded("\xFF\xFF"));
    assert_null(decoded("9100^\x81"));
}

static void a_rare_name_comes_back(void **state) {
    (void)state;
    const char *name = "测试\xF0\xAC\x80\xA9"; /* four bytes in GB18030 */
    size_t len, back_len;
    char *gbk = frame_encode(name, strlen(name), &len);
    assert_int_equal(len, 8);
    char *back = frame_decode(gbk, len, &back_len);
    assert_string_equal(back, name);
    free(gbk);
    free(back);
}

static void separators_in_values_are_written_full_width(void **state) {
    (void)state;
    char out[64] = "";
    size_t len = frame_value("a^b|c$d", NULL);
    assert_int_equal(frame_value("a^b|c$d", out), len);
    assert_string_equal(out, "a＾b｜c＄d");
    assert_int_equal(frame_value("abc", NULL), 3);
}

static void a_piece_ends_between_characters(void **state) {
    (void)state;
    const char *name = "测a\xF0\xAC\x80\xA9"; /* 2 + 1 + 4 bytes */
    static const size_t WHOLE[] = {0, 0, 2, 3, 3, 3, 3, 7, 7};
    size_t len;
    char *gbk = frame_encode(name, strlen(name), &len);
    assert_int_equal(len, 7);
    for (size_t room = 0; room < sizeof WHOLE / sizeof *WHOLE; room++)
        assert_int_equal(frame_whole(gbk, len, room), WHOLE[room]);
    free(gbk);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(trail_bytes_do_not_split),
        cmocka_unit_test(eight_parts_make_a_frame),
        cmocka_unit_test(other_numbers_of_parts_are_refused),
        cmocka_unit_test(bytes_that_are_no_text_are_refused),
        cmocka_unit_test(a_rare_name_comes_back),
        cmocka_unit_test(separators_in_values_are_written_full_width),
        cmocka_unit_test(a_piece_ends_between_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
