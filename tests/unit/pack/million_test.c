/* SPDX-License-Identifier: Apache-2.0 */
/* Opening does not depend on the number of rows. STL_TEST_ROWS=1000000 (make check-long) measures
 * the size that the project promises; without it a tenth of that must open just as fast. */
#include "support/pack_support.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { OPEN_LIMIT_US = 20000, LOOK_UPS = 200000, CODE_ROOM = 24 };

static size_t rows_wanted(void) {
    const char *text = getenv("STL_TEST_ROWS");
    return text == NULL ? 100000 : (size_t)strtoul(text, NULL, 10);
}

static int64_t now_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * INT64_C(1000000000) + t.tv_nsec;
}

static void code_of(size_t i, char out[static CODE_ROOM]) {
    snprintf(out, CODE_ROOM, "00%09u%04u", (unsigned)(i * 7919 % 1000000000),
             (unsigned)(i % 10000));
}

static void write_tree(const pack_world *w, size_t rows) {
    pack_write(w, "tree/pack.xml", PACK_XML("million", "1", ""));
    pack_write(w, "tree/caps.csv", "");
    FILE *file = fopen(pack_path(w, "tree/catalogue.csv"), "w");
    fputs(CATALOGUE_HEAD, file);
    for (size_t i = 0; i < rows / 2; i++) {
        char code[CODE_ROOM];
        code_of(i, code);
        fprintf(file, "%s,项目%zu,201,日,02,0.1000,0,2025-01-01,2099-12-31,MADE\n", code, i);
    }
    fclose(file);
    file = fopen(pack_path(w, "tree/caps.csv"), "w");
    fputs(CAPS_HEAD, file);
    for (size_t i = 0; i < rows / 2; i++)
        fprintf(file, "%zu,%zu,,2021-01-01,,refuse,%zu.50,次,MADE %zu\n", 100000000 + i / 3 * 791,
                i % 3 + 1, i % 1000, i % 5000);
    fclose(file);
}

static void report(const char *what, int64_t ns) {
    print_message("%-28s %9lld.%03lld ms\n", what, (long long)(ns / 1000000),
                  (long long)(ns / 1000 % 1000));
}

/* Look-ups of `codes` different codes in random order; a hospital uses some thousands. */
static void report_look_ups(const stl_index_table *table, size_t rows, size_t codes) {
    stl_test_random random = {.state = 7};
    char(*texts)[CODE_ROOM] = calloc(codes, sizeof *texts);
    for (size_t i = 0; i < codes; i++)
        code_of((size_t)stl_test_between(&random, 0, (int64_t)rows - 1), texts[i]);
    size_t found = 0;
    int64_t best = INT64_MAX;
    for (int round = 0; round < 3; round++) {
        int64_t begin = now_ns();
        for (size_t i = 0; i < LOOK_UPS; i++)
            found += stl_region_row_on(table, (stl_str){texts[i % codes], 15}, STL_CAT_BEGIN,
                                       STL_CAT_END, 20300) != NULL;
        int64_t ns = now_ns() - begin;
        best = ns < best ? ns : best;
    }
    assert_int_equal(found, 3 * LOOK_UPS);
    free(texts);
    print_message("look-up among %-10zu     %9lld ns\n", codes, (long long)(best / LOOK_UPS));
}

static void a_big_pack_opens_at_once(void **state) {
    pack_world *w = *state;
    size_t rows = rows_wanted();
    write_tree(w, rows);
    int64_t begin = now_ns();
    pack_build(w);
    report("pack build", now_ns() - begin);
    int64_t best = INT64_MAX;
    for (int i = 0; i < 5; i++) {
        stl_pack *pack = NULL;
        begin = now_ns();
        assert_int_equal(stl_pack_open(pack_path(w, "t.pack"), &pack, &w->err), SETTLE_OK);
        int64_t ns = now_ns() - begin;
        best = ns < best ? ns : best;
        const stl_region *region = stl_pack_region(pack);
        assert_int_equal(region->tables[STL_T_CATALOGUE].n_rows, rows / 2);
        assert_int_equal(region->tables[STL_T_CAPS].n_rows, rows / 2);
        if (i == 4) {
            report_look_ups(&region->tables[STL_T_CATALOGUE], rows / 2, 1000);
            report_look_ups(&region->tables[STL_T_CATALOGUE], rows / 2, LOOK_UPS);
        }
        stl_pack_close(pack);
    }
    report("pack open", best);
    assert_true(best < OPEN_LIMIT_US * INT64_C(1000));
    begin = now_ns();
    assert_int_equal(stl_pack_check(pack_path(w, "t.pack"), &w->err), SETTLE_OK);
    report("pack check", now_ns() - begin);
}

static void write_hospital(const pack_world *w, size_t rows) {
    pack_write_hospital(w);
    FILE *items = fopen(pack_path(w, "hospital/items.csv"), "w");
    FILE *mapping = fopen(pack_path(w, "hospital/mapping.csv"), "w");
    fputs(ITEMS_HEAD, items);
    fputs(MAPPING_HEAD, mapping);
    for (size_t i = 0; i < rows / 2; i++) {
        fprintf(items, "F%07zu,项目名称%zu,规格,日,service,%zua\n", i, i, 110000000 + i / 3);
        fprintf(
            mapping,
            "M%07zu,F%07zu,项目名称%zu,诊疗项目,00%zu0000,目录名称%zu,made,日,日,1,1,02,2025-01-01,"
            "2099-12-31,active,\n",
            i, i, i, 110000000 + i / 3, i / 3);
    }
    fclose(items);
    fclose(mapping);
}

static int64_t open_mapping(pack_world *w, size_t rows) {
    stl_mapping_file *file = NULL;
    int64_t begin = now_ns();
    assert_int_equal(
        stl_mapping_open(pack_path(w, "hospital"), pack_path(w, "cache"), &file, &w->err),
        SETTLE_OK);
    int64_t ns = now_ns() - begin;
    assert_int_equal(stl_mapping_of(file)->rows.n_rows, rows / 2);
    stl_mapping_close(file);
    return ns;
}

static void a_big_compiled_mapping_opens_at_once(void **state) {
    pack_world *w = *state;
    size_t rows = rows_wanted();
    write_hospital(w, rows);
    report("mapping compile", open_mapping(w, rows));
    int64_t second = open_mapping(w, rows);
    report("mapping open", second);
    assert_true(second < OPEN_LIMIT_US * INT64_C(1000));
}

int main(void) {
#define WORLD(test) cmocka_unit_test_setup_teardown(test, pack_world_setup, pack_world_teardown)
    const struct CMUnitTest tests[] = {
        WORLD(a_big_pack_opens_at_once),
        WORLD(a_big_compiled_mapping_opens_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
