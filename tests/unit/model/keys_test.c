/* SPDX-License-Identifier: Apache-2.0 */
#include "support/model_support.h"

#include "model/keys.h"

#include <stdio.h>

static void numbers_follow_first_appearance(void **state) {
    (void)state;
    SCOPED_ARENA *arena = stl_arena_new();
    stl_keys keys = {.arena = arena};
    assert_int_equal(stl_keys_number(&keys, STL_STR("b")), 0);
    assert_int_equal(stl_keys_number(&keys, STL_STR("a")), 1);
    assert_int_equal(stl_keys_number(&keys, STL_STR("b")), 0);
    assert_int_equal(stl_keys_number(&keys, STL_STR("")), 2);
    assert_int_equal(stl_keys_number(&keys, STL_STR("bb")), 3);
    assert_int_equal(keys.count, 4);
}

static void unnumbered_text_is_not_found(void **state) {
    (void)state;
    SCOPED_ARENA *arena = stl_arena_new();
    stl_keys keys = {.arena = arena};
    assert_int_equal(stl_keys_find(&keys, STL_STR("a")), STL_NO_KEY);
    stl_keys_number(&keys, STL_STR("a"));
    assert_int_equal(stl_keys_find(&keys, STL_STR("a")), 0);
    assert_int_equal(stl_keys_find(&keys, STL_STR("A")), STL_NO_KEY);
    assert_int_equal(stl_keys_find(&keys, STL_STR("")), STL_NO_KEY);
}

static void numbers_stay_when_the_table_grows(void **state) {
    (void)state;
    SCOPED_ARENA *arena = stl_arena_new();
    stl_keys keys = {.arena = arena};
    char text[32];
    for (uint32_t i = 0; i < 10000; i++) {
        snprintf(text, sizeof text, "key-%u", i);
        assert_int_equal(stl_keys_number(&keys, stl_arena_str(arena, stl_str_of(text))), i);
    }
    for (uint32_t i = 0; i < 10000; i++) {
        snprintf(text, sizeof text, "key-%u", i);
        assert_int_equal(stl_keys_find(&keys, stl_str_of(text)), i);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_follow_first_appearance),
        cmocka_unit_test(unnumbered_text_is_not_found),
        cmocka_unit_test(numbers_stay_when_the_table_grows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
