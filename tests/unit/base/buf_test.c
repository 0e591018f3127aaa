/* SPDX-License-Identifier: Apache-2.0 */
#include "support/base_support.h"

#include "base/buf.h"

#include <stdlib.h>

static void appended_parts_follow_each_other(void **state) {
    (void)state;
    SCOPED_BUF buf = {0};
    stl_buf_text(&buf, "ab");
    stl_buf_str(&buf, STL_STR("c"));
    stl_buf_bytes(&buf, "\0d", 2);
    stl_buf_printf(&buf, "%d|%s", 42, "e");
    assert_true(stl_buf_ok(&buf));
    assert_int_equal(buf.len, 9);
    assert_memory_equal(buf.ptr, "abc\0d42|e", 9);
}

static void empty_parts_change_nothing(void **state) {
    (void)state;
    SCOPED_BUF buf = {0};
    stl_buf_str(&buf, (stl_str){NULL, 0});
    stl_buf_text(&buf, "");
    assert_true(stl_buf_ok(&buf));
    assert_int_equal(buf.len, 0);
}

static void growth_keeps_the_content(void **state) {
    (void)state;
    SCOPED_BUF buf = {0};
    for (int i = 0; i < 100000; i++)
        stl_buf_printf(&buf, "%05d", i);
    assert_int_equal(buf.len, 500000);
    assert_memory_equal(buf.ptr + 5 * 77777, "77777", 5);
}

static void reserved_room_does_not_move(void **state) {
    (void)state;
    SCOPED_BUF buf = {0};
    stl_buf_reserve(&buf, 5000);
    const char *before = buf.ptr;
    for (int i = 0; i < 1000; i++)
        stl_buf_text(&buf, "12345");
    assert_ptr_equal(buf.ptr, before);
}

static void taken_text_is_terminated_and_leaves_an_empty_buffer(void **state) {
    (void)state;
    SCOPED_BUF buf = {0};
    stl_buf_text(&buf, "完成");
    char *text = stl_buf_take(&buf);
    assert_string_equal(text, "完成");
    free(text);
    assert_null(buf.ptr);
    assert_int_equal(buf.len, 0);
}

static void taking_an_empty_buffer_gives_an_empty_text(void **state) {
    (void)state;
    SCOPED_BUF buf = {0};
    char *text = stl_buf_take(&buf);
    assert_string_equal(text, "");
    free(text);
}

static void a_failed_append_stays_failed_and_keeps_what_was_there(void **state) {
    (void)state;
    SCOPED_BUF buf = {0};
    stl_buf_text(&buf, "kept");
    stl_test_fail_alloc(1);
    stl_buf_reserve(&buf, 100000);
    stl_test_fail_alloc(0);
    stl_buf_text(&buf, "lost");
    stl_buf_printf(&buf, "%s", "lost");
    assert_false(stl_buf_ok(&buf));
    assert_int_equal(buf.len, 4);
    assert_null(stl_buf_take(&buf));
}

static void an_impossible_size_fails_without_allocating(void **state) {
    (void)state;
    SCOPED_BUF buf = {0};
    stl_buf_text(&buf, "x");
    stl_buf_reserve(&buf, SIZE_MAX - 1);
    assert_false(stl_buf_ok(&buf));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(appended_parts_follow_each_other),
        cmocka_unit_test(empty_parts_change_nothing),
        cmocka_unit_test(growth_keeps_the_content),
        cmocka_unit_test(reserved_room_does_not_move),
        cmocka_unit_test(taken_text_is_terminated_and_leaves_an_empty_buffer),
        cmocka_unit_test(taking_an_empty_buffer_gives_an_empty_text),
        cmocka_unit_test(a_failed_append_stays_failed_and_keeps_what_was_there),
        cmocka_unit_test(an_impossible_size_fails_without_allocating),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
