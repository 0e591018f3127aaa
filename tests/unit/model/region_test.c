/* SPDX-License-Identifier: Apache-2.0 */
#include "support/model_support.h"

static int setup(void **state) {
    *state = test_world_new();
    return 0;
}

static int teardown(void **state) {
    test_world_free(*state);
    return 0;
}

static void every_table_has_its_columns_key_first(void **state) {
    (void)state;
    for (int t = 0; t < STL_T_COUNT; t++) {
        const stl_table_spec *spec = &STL_TABLE_SPECS[t];
        assert_non_null(spec->name);
        assert_non_null(spec->file);
        assert_int_equal(spec->columns[0].kind, STL_F_TEXT);
        for (size_t i = 0; i < spec->n_columns; i++)
            for (size_t j = 0; j < i; j++)
                assert_string_not_equal(spec->columns[i].csv, spec->columns[j].csv);
    }
    assert_int_equal(STL_TABLE_SPECS[STL_T_CAPS].n_columns, STL_CAP_COLS);
    assert_string_equal(STL_TABLE_SPECS[STL_T_CAPS].columns[STL_CAP_PRICE].csv, "pric_uplmt_amt");
    assert_string_equal(STL_TABLE_SPECS[STL_T_ICD9].file, "dictionaries/icd9cm3.csv");
}

static void hospital_tables_are_keyed_by_the_hospital_item(void **state) {
    (void)state;
    assert_int_equal(STL_ITEM_TABLE.n_columns, STL_ITEM_COLS);
    assert_int_equal(STL_MAPPING_TABLE.n_columns, STL_MAP_COLS);
    assert_string_equal(STL_ITEM_TABLE.columns[0].csv, "medins_list_codg");
    assert_string_equal(STL_MAPPING_TABLE.columns[0].csv, "medins_list_codg");
    assert_string_equal(STL_MAPPING_TABLE.columns[STL_MAP_STATUS].csv, "status");
    assert_int_equal(STL_MAPPING_TABLE.columns[STL_MAP_DEN].kind, STL_F_INT);
}

static const int64_t *row_on(test_world *w, const char *code, const char *day) {
    const stl_region *region = test_region(w);
    return stl_region_row_on(&region->tables[STL_T_FREQUENCY], stl_str_of(code), STL_FREQ_BEGIN,
                             STL_FREQ_END, test_day(day));
}

static void row_is_in_force_from_first_to_last_day(void **state) {
    test_world *w = *state;
    test_row(w, STL_T_FREQUENCY, "med_list_codg=1 limit=1 begndate=2025-02-28 enddate=2025-03-01");
    assert_null(row_on(w, "1", "2025-02-27"));
    assert_non_null(row_on(w, "1", "2025-02-28"));
    assert_non_null(row_on(w, "1", "2025-03-01"));
    assert_null(row_on(w, "1", "2025-03-02"));
    assert_null(row_on(w, "2", "2025-03-01"));
}

static void open_ends_hold_for_ever(void **state) {
    test_world *w = *state;
    test_row(w, STL_T_FREQUENCY, "med_list_codg=1 limit=1");
    assert_non_null(row_on(w, "1", "1900-01-01"));
    assert_non_null(row_on(w, "1", "9999-12-31"));
}

static void latest_begin_wins(void **state) {
    test_world *w = *state;
    test_row(w, STL_T_FREQUENCY, "med_list_codg=1 limit=2 begndate=2025-03-01");
    test_row(w, STL_T_FREQUENCY, "med_list_codg=1 limit=3 begndate=2025-02-01");
    test_row(w, STL_T_FREQUENCY, "med_list_codg=1 limit=1");
    assert_int_equal(row_on(w, "1", "2025-03-01")[STL_FREQ_LIMIT], test_qty("2"));
    assert_int_equal(row_on(w, "1", "2025-02-28")[STL_FREQ_LIMIT], test_qty("3"));
    assert_int_equal(row_on(w, "1", "2025-01-31")[STL_FREQ_LIMIT], test_qty("1"));
}

static void span_covers_exactly_the_days_with_the_same_answer(void **state) {
    test_world *w = *state;
    test_row(w, STL_T_FREQUENCY, "med_list_codg=1 limit=1 begndate=2025-01-10 enddate=2025-01-20");
    test_row(w, STL_T_FREQUENCY, "med_list_codg=1 limit=2 begndate=2025-01-15 enddate=2025-01-17");
    const stl_index_table *table = &test_region(w)->tables[STL_T_FREQUENCY];
    stl_day first = test_day("2025-01-01"), last = test_day("2025-01-31");
    for (stl_day day = first; day <= last; day++) {
        stl_span span = STL_SPAN_ALWAYS;
        const int64_t *row =
            stl_region_row_within(table, STL_STR("1"), STL_FREQ_BEGIN, STL_FREQ_END, day, &span);
        assert_true(span.first <= day && day <= span.last);
        for (stl_day other = first; other <= last; other++)
            if (span.first <= other && other <= span.last)
                assert_ptr_equal(row, stl_region_row_on(table, STL_STR("1"), STL_FREQ_BEGIN,
                                                        STL_FREQ_END, other));
    }
}

static void span_without_rows_is_always(void **state) {
    const stl_index_table *table = &test_region(*state)->tables[STL_T_FREQUENCY];
    stl_span span = STL_SPAN_ALWAYS;
    assert_null(stl_region_row_within(table, STL_STR("1"), STL_FREQ_BEGIN, STL_FREQ_END, 0, &span));
    assert_int_equal(span.first, INT64_MIN);
    assert_int_equal(span.last, INT64_MAX);
}

#define WORLD(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_table_has_its_columns_key_first),
        cmocka_unit_test(hospital_tables_are_keyed_by_the_hospital_item),
        WORLD(row_is_in_force_from_first_to_last_day),
        WORLD(open_ends_hold_for_ever),
        WORLD(latest_begin_wins),
        WORLD(span_covers_exactly_the_days_with_the_same_answer),
        WORLD(span_without_rows_is_always),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
