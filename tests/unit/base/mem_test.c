/* SPDX-License-Identifier: Apache-2.0 */
#include "support/base_support.h"

#include "base/mem.h"

static void memory_is_zeroed_aligned_and_apart(void **state) {
    (void)state;
    SCOPED_ARENA *arena = stl_arena_new();
    static unsigned char *got[2000];
    for (size_t i = 0; i < 2000; i++) {
        size_t size = i % 97;
        got[i] = stl_arena_alloc(arena, size);
        assert_non_null(got[i]);
        assert_int_equal((uintptr_t)got[i] % 16, 0);
        for (size_t k = 0; k < size; k++)
            assert_int_equal(got[i][k], 0);
        memset(got[i], (int)(i % 251), size);
    }
    for (size_t i = 0; i < 2000; i++)
        for (size_t k = 0; k < i % 97; k++)
            assert_int_equal(got[i][k], i % 251);
}

static void large_pieces_do_not_waste_the_block_that_has_room(void **state) {
    (void)state;
    SCOPED_ARENA *arena = stl_arena_new();
    char *before = stl_arena_alloc(arena, 16);
    assert_non_null(stl_arena_alloc(arena, 3 * 1024 * 1024));
    char *after = stl_arena_alloc(arena, 16);
    assert_ptr_equal(after, before + 16);
}

static void the_first_piece_may_be_large(void **state) {
    (void)state;
    SCOPED_ARENA *arena = stl_arena_new();
    char *large = stl_arena_alloc(arena, 5 * 1024 * 1024);
    memset(large, 'x', 5 * 1024 * 1024);
    char *small = stl_arena_alloc(arena, 100);
    assert_int_equal(small[99], 0);
}

static void size_counts_what_was_taken_from_the_system(void **state) {
    (void)state;
    SCOPED_ARENA *arena = stl_arena_new();
    assert_int_equal(stl_arena_size(arena), 0);
    assert_non_null(stl_arena_alloc(arena, 1));
    size_t first = stl_arena_size(arena);
    assert_in_range(first, 1, 64 * 1024);
    assert_non_null(stl_arena_alloc(arena, 2 * 1024 * 1024));
    assert_true(stl_arena_size(arena) >= first + 2 * 1024 * 1024);
}

static void copied_text_is_terminated_and_independent(void **state) {
    (void)state;
    SCOPED_ARENA *arena = stl_arena_new();
    char source[] = "测试甲";
    stl_str copy = stl_arena_str(arena, stl_str_of(source));
    source[0] = '?';
    assert_str(copy, "测试甲");
    assert_int_equal(copy.ptr[copy.len], '\0');
    assert_str(stl_arena_str(arena, (stl_str){NULL, 0}), "");
}

static void pushed_elements_are_zeroed_and_keep_their_order(void **state) {
    (void)state;
    SCOPED_ARENA *arena = stl_arena_new();
    int64_t *items = NULL;
    size_t count = 0, cap = 0;
    for (int64_t i = 0; i < 10000; i++) {
        int64_t *item = stl_arena_push(arena, (void **)&items, &count, &cap, sizeof *item);
        assert_int_equal(*item, 0);
        *item = i;
    }
    assert_int_equal(count, 10000);
    for (int64_t i = 0; i < 10000; i++)
        assert_int_equal(items[i], i);
}

static void impossible_sizes_answer_null(void **state) {
    (void)state;
    SCOPED_ARENA *arena = stl_arena_new();
    assert_null(stl_arena_alloc(arena, SIZE_MAX));
    assert_null(stl_arena_alloc(arena, SIZE_MAX - 20));
    assert_null(stl_arena_alloc(arena, SIZE_MAX / 2 + 1));
    assert_non_null(stl_arena_alloc(arena, 8));
}

static void exhausted_memory_answers_null_and_the_arena_stays_usable(void **state) {
    (void)state;
    SCOPED_ARENA *arena = stl_arena_new();
    void *items = NULL;
    size_t count = 0, cap = 0;
    stl_test_fail_alloc(1);
    assert_null(stl_arena_alloc(arena, 8));
    assert_null(stl_arena_str(arena, STL_STR("x")).ptr);
    assert_null(stl_arena_push(arena, &items, &count, &cap, 8));
    assert_null(stl_arena_new());
    stl_test_fail_alloc(0);
    assert_int_equal(count, 0);
    assert_non_null(stl_arena_alloc(arena, 8));
}

static void after_a_reset_the_same_needs_no_new_memory(void **state) {
    (void)state;
    SCOPED_ARENA *arena = stl_arena_new();
    for (int round = 0; round < 3; round++) {
        stl_test_fail_alloc(round == 0 ? 0 : 1);
        for (int i = 0; i < 1000; i++) {
            unsigned char *zeroed = stl_arena_alloc(arena, 48);
            assert_non_null(zeroed);
            assert_int_equal(zeroed[7], 0);
            memset(zeroed, 0xA5, 48);
        }
        assert_non_null(stl_arena_alloc(arena, 4 * 1024 * 1024));
        assert_in_range(stl_arena_size(arena), 4 * 1024 * 1024 + 48000, 5 * 1024 * 1024);
        stl_test_fail_alloc(0);
        stl_arena_reset(arena);
    }
    stl_arena_reset(arena);
    assert_int_equal(stl_arena_size(arena), 0);
}

static void freeing_nothing_is_allowed(void **state) {
    (void)state;
    stl_arena_free(NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_is_zeroed_aligned_and_apart),
        cmocka_unit_test(large_pieces_do_not_waste_the_block_that_has_room),
        cmocka_unit_test(the_first_piece_may_be_large),
        cmocka_unit_test(size_counts_what_was_taken_from_the_system),
        cmocka_unit_test(copied_text_is_terminated_and_independent),
        cmocka_unit_test(pushed_elements_are_zeroed_and_keep_their_order),
        cmocka_unit_test(impossible_sizes_answer_null),
        cmocka_unit_test(exhausted_memory_answers_null_and_the_arena_stays_usable),
        cmocka_unit_test(after_a_reset_the_same_needs_no_new_memory),
        cmocka_unit_test(freeing_nothing_is_allowed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
