/* SPDX-License-Identifier: Apache-2.0 */
#include "base/json_tree.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include <time.h>

static const stl_json_node *tree(stl_arena *arena, const char *text) {
    const stl_json_node *root = NULL;
    stl_error err = {0};
    if (stl_json_tree(stl_str_of(text), "t.json", arena, &root, &err) != SETTLE_OK)
        fail_msg("%s: %s", settle_status_name(err.status), err.detail);
    return root;
}

static void numbers_stay_the_text_they_are(void **state) {
    SCOPED_ARENA *arena = stl_arena_new();
    (void)state;
    const stl_json_node *root = tree(arena, "{\"a\": 1.10,\n \"b\": \"x\\u4e00\", \"c\": true}");
    assert_true(stl_str_is(stl_json_text(stl_json_member(root, STL_STR("a"))), "1.10"));
    assert_true(stl_str_is(stl_json_text(stl_json_member(root, STL_STR("b"))), "x一"));
    assert_true(stl_str_is(stl_json_text(stl_json_member(root, STL_STR("c"))), "1"));
    assert_int_equal(stl_json_member(root, STL_STR("b"))->line, 2);
    assert_null(stl_json_member(root, STL_STR("d")));
    assert_true(stl_str_is(stl_json_text(NULL), ""));
}

static void children_stand_in_their_order(void **state) {
    SCOPED_ARENA *arena = stl_arena_new();
    (void)state;
    const stl_json_node *root = tree(arena, "[[1, 2], {\"x\": [3]}, 4]");
    assert_true(stl_json_is(root, STL_JSON_ARRAY));
    assert_true(stl_str_is(root->first->first->next->text, "2"));
    assert_true(stl_str_is(root->first->next->first->first->text, "3"));
    assert_true(stl_str_is(root->first->next->next->text, "4"));
    assert_null(root->first->next->next->next);
}

static void a_line_each_is_a_value_each(void **state) {
    SCOPED_ARENA *arena = stl_arena_new();
    (void)state;
    const stl_json_node *root = tree(arena, "{\"a\":1}\r\n\n{\"a\":2}\n");
    assert_true(stl_str_is(stl_json_text(stl_json_member(root, STL_STR("a"))), "1"));
    assert_true(stl_str_is(stl_json_text(stl_json_member(root->next, STL_STR("a"))), "2"));
    assert_int_equal(root->next->line, 3);
    assert_null(root->next->next);
}

static void what_is_no_json_is_refused_with_its_line(void **state) {
    static const struct {
        const char *text;
        int64_t line;
    } BAD[] = {
        {"", 1}, {"{", 1}, {"{\"a\":1}\n{\"b\":}\n", 2}, {"{\"a\":\n\"x\", }", 2}, {"[1] 2", 1}};
    (void)state;
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        SCOPED_ARENA *arena = stl_arena_new();
        const stl_json_node *root = NULL;
        stl_error err = {0};
        assert_int_equal(stl_json_tree(stl_str_of(BAD[i].text), "t.json", arena, &root, &err),
                         SETTLE_E_INPUT_JSON);
        assert_string_equal(err.file, "t.json");
        assert_int_equal(err.line, BAD[i].line);
        assert_null(root);
    }
}

/* An object of n names, one a line from the second on, of which one more stands at the end. */
static settle_status names(int n, const char *more, stl_error *err) {
    SCOPED_ARENA *arena = stl_arena_new();
    SCOPED_BUF text = {0};
    const stl_json_node *root = NULL;
    stl_buf_text(&text, "[{\"k0\":0");
    for (int i = 1; i < n; i++)
        stl_buf_printf(&text, ",\n\"k%d\":0", i);
    stl_buf_printf(&text, ",\n\"%s\":1},\n{\"k0\":0}]", more);
    assert_true(stl_buf_ok(&text));
    *err = (stl_error){0};
    return stl_json_tree((stl_str){text.ptr, text.len}, "t.json", arena, &root, err);
}

static void a_name_stands_once_in_an_object_of_any_size(void **state) {
    static const int SIZES[] = {1, 2, 62, 63, 64, 65, 66, 1000};
    static const char *const TWINS[] = {"k0", "k1"};
    stl_error err;
    (void)state;
    for (size_t i = 0; i < sizeof SIZES / sizeof *SIZES; i++) {
        assert_int_equal(names(SIZES[i], "other", &err), SETTLE_OK);
        assert_int_equal(names(SIZES[i], "", &err), SETTLE_OK);
        for (int k = 0; k < 2 && k < SIZES[i]; k++) {
            assert_int_equal(names(SIZES[i], TWINS[k], &err), SETTLE_E_INPUT_COLUMN_TWICE);
            assert_string_equal(err.file, "t.json");
            assert_int_equal(err.line, SIZES[i] + 1);
            assert_string_equal(err.field, TWINS[k]);
        }
        assert_int_equal(names(SIZES[i], "\":1,\"", &err), SETTLE_E_INPUT_COLUMN_TWICE);
        assert_int_equal(err.line, SIZES[i] + 1);
    }
}

static void many_names_are_told_apart_at_once(void **state) {
    stl_error err;
    (void)state;
    clock_t begun = clock();
    assert_int_equal(names(200000, "other", &err), SETTLE_OK);
    assert_true(clock() - begun < 3 * CLOCKS_PER_SEC);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_stay_the_text_they_are),
        cmocka_unit_test(children_stand_in_their_order),
        cmocka_unit_test(a_line_each_is_a_value_each),
        cmocka_unit_test(what_is_no_json_is_refused_with_its_line),
        cmocka_unit_test(a_name_stands_once_in_an_object_of_any_size),
        cmocka_unit_test(many_names_are_told_apart_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
