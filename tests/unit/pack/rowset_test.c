/* SPDX-License-Identifier: Apache-2.0 */
#include "pack/rowset.h"

#include "support/base_support.h"
#include <stdio.h>

static stl_pool *pool;

static int make_pool(void **state) {
    (void)state;
    pool = stl_pool_new();
    return pool == NULL;
}

static int free_pool(void **state) {
    (void)state;
    stl_pool_free(pool);
    return 0;
}

static uint32_t id_of(const char *text) {
    uint32_t id;
    assert_int_equal(stl_pool_add(pool, stl_str_of(text), &id, NULL), SETTLE_OK);
    return id;
}

static void equal_texts_have_equal_numbers(void **state) {
    (void)state;
    char text[16];
    uint32_t first = id_of("a");
    assert_int_not_equal(id_of(""), first);
    for (int i = 0; i < 5000; i++) {
        snprintf(text, sizeof text, "t%d", i);
        (void)id_of(text);
    }
    assert_int_equal(id_of("a"), first);
    assert_int_equal(stl_pool_count(pool), 5002);
    assert_str(stl_pool_text(pool, id_of("t4999")), "t4999");
    assert_str(stl_pool_text(pool, id_of("")), "");
}

static void add_exclusion(stl_rowset *set, const char *code, int64_t begin, int64_t end,
                          uint32_t line) {
    const int64_t cells[] = {id_of(code), id_of("n"), id_of("r"), begin, end, id_of("s")};
    assert_int_equal(stl_rowset_add(set, cells, (stl_origin){id_of("f.csv"), line}, NULL),
                     SETTLE_OK);
}

static void assert_sorted_texts(const stl_rowset *set, const char *const *want) {
    char scratch[STL_DECIMAL_TEXT_MAX];
    for (size_t i = 0; i < set->n; i++)
        assert_str(stl_rowset_text(set, pool, set->order[i], 0, scratch), want[i]);
}

static void rows_are_sorted_by_their_canonical_bytes(void **state) {
    (void)state;
    stl_rowset set = {.spec = stl_pack_spec(STL_T_EXCLUSIONS)};
    add_exclusion(&set, "b", STL_NONE, STL_NONE, 2);
    add_exclusion(&set, "a", 20000, STL_NONE, 3);
    add_exclusion(&set, "a b", STL_NONE, STL_NONE, 4);
    add_exclusion(&set, "a", STL_NONE, STL_NONE, 5);
    assert_int_equal(stl_rowset_sort(&set, pool, NULL), SETTLE_OK);
    assert_sorted_texts(&set, (const char *const[]){"a", "a", "a b", "b"});
    assert_int_equal(set.order[0], 3);
    stl_rowset_free(&set);
}

static settle_status unique(const stl_rowset *set, stl_error *err) {
    return stl_rowset_unique(set, stl_pack_key(STL_T_EXCLUSIONS), pool, SETTLE_E_PACK_SOURCE, err);
}

static void the_first_clash_by_line_is_named(void **state) {
    (void)state;
    stl_error err = {0};
    stl_rowset set = {.spec = stl_pack_spec(STL_T_EXCLUSIONS)};
    add_exclusion(&set, "z", STL_NONE, STL_NONE, 2);
    add_exclusion(&set, "a", STL_NONE, STL_NONE, 3);
    add_exclusion(&set, "z", 20000, STL_NONE, 4);
    add_exclusion(&set, "a", 20000, STL_NONE, 5);
    assert_int_equal(unique(&set, &err), SETTLE_E_PACK_SOURCE);
    assert_int_equal(err.line, 4);
    assert_string_equal(err.value, "z");
    assert_non_null(strstr(err.detail, "f.csv:2"));
    stl_rowset_free(&set);
}

/* Against the plain definition, on random small tables. */
static void overlaps_are_found_as_defined(void **state) {
    (void)state;
    stl_test_random random = {.state = 11};
    static const char *const CODES[] = {"a", "b", "c"};
    int clashes = 0;
    for (int round = 0; round < 3000; round++) {
        int64_t begin[6], end[6], code[6];
        stl_rowset set = {.spec = stl_pack_spec(STL_T_EXCLUSIONS)};
        bool overlap = false;
        for (int i = 0; i < 6; i++) {
            code[i] = stl_test_between(&random, 0, 2);
            begin[i] =
                stl_test_between(&random, 0, 9) == 0 ? STL_NONE : stl_test_between(&random, 0, 60);
            end[i] = stl_test_between(&random, 0, 9) == 0
                         ? STL_NONE
                         : (begin[i] == STL_NONE ? 0 : begin[i]) + stl_test_between(&random, 0, 15);
            add_exclusion(&set, CODES[code[i]], begin[i], end[i], (uint32_t)i + 2);
            for (int k = 0; k < i; k++)
                overlap =
                    overlap || (code[i] == code[k] && (end[k] == STL_NONE || begin[i] <= end[k]) &&
                                (end[i] == STL_NONE || begin[k] <= end[i]));
        }
        clashes += overlap;
        assert_int_equal(unique(&set, NULL), overlap ? SETTLE_E_PACK_SOURCE : SETTLE_OK);
        stl_rowset_free(&set);
    }
    assert_in_range(clashes, 500, 2900);
}

static void the_canonical_row_is_tab_separated(void **state) {
    (void)state;
    SCOPED_BUF out = {0};
    const stl_str cells[] = {STL_STR("A00"), STL_STR("霍乱")};
    stl_canonical_row(&out, stl_pack_spec(STL_T_ICD10), cells);
    assert_str(((stl_str){out.ptr, out.len}), "icd10\tA00\t霍乱\n");
}

int main(void) {
#define POOL(test) cmocka_unit_test_setup_teardown(test, make_pool, free_pool)
    const struct CMUnitTest tests[] = {
        POOL(equal_texts_have_equal_numbers),     POOL(rows_are_sorted_by_their_canonical_bytes),
        POOL(the_first_clash_by_line_is_named),   POOL(overlaps_are_found_as_defined),
        POOL(the_canonical_row_is_tab_separated),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
