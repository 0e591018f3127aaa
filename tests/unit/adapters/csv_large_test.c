/* SPDX-License-Identifier: Apache-2.0 */
/* Input past the length that is read whole. What other CSV tests read is read both ways there
 * (support/load_support.h). */
#include "support/load_support.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { STAYS = STL_TEST_LARGE_STAYS, LINES = STL_TEST_LARGE_LINES };

static void assert_all_there(const stl_test_dir *dir, bool by_turns) {
    stl_source *source = stl_test_open("csv", dir, NULL);
    assert_int_equal(stl_source_count(source), STAYS);
    assert_int_equal(stl_source_report_of(source)->kept[STL_R_CHARGE], STAYS * LINES);
    for (int s = 0; s < STAYS; s++) {
        stl_stay *stay;
        assert_int_equal(stl_source_read(source, (size_t)s, &stay, NULL), SETTLE_OK);
        assert_int_equal(stl_stay_n_charges(stay), LINES);
        for (int k = 0; k < LINES; k++) {
            int row = by_turns ? k * STAYS + s : s * LINES + k;
            assert_int_equal(stl_stay_charges(stay)[k].line, row + 2);
        }
        stl_source_release(source, (size_t)s);
    }
    stl_source_free(source);
}

static void rows_of_a_stay_together_are_found(void **state) {
    stl_test_write_large(*state, false, "");
    assert_all_there(*state, false);
}

static void rows_of_stays_by_turns_are_found(void **state) {
    stl_test_write_large(*state, true, "");
    assert_all_there(*state, true);
}

static void the_last_row_may_lack_its_line_end(void **state) {
    stl_test_write_large(*state, true, "L03,x,2025-03-04 08:00:00,F100231,n,1,12.00,12.00");
    stl_source *source = stl_test_open("csv", *state, NULL);
    assert_int_equal(stl_stay_n_charges(stl_source_stay(source, 3)), LINES + 1);
    assert_int_equal(stl_stay_n_charges(stl_source_stay(source, 4)), LINES);
    stl_source_free(source);
}

static void errors_are_placed_as_in_a_small_input(void **state) {
    static const struct {
        const char *row;
        settle_status status;
        const char *field;
    } WRONG[] = {
        {"L07,z,2025-02-30 08:00:00,F1,n,1,12.00,12.00\n", SETTLE_E_INPUT_DATE, "fee_ocur_time"},
        {"L07,z,2025-03-04 08:00:00,F1,n,x,12.00,12.00\n", SETTLE_E_INPUT_NUMBER, "cnt"},
        {"XX,z,2025-03-04 08:00:00,F1,n,1,12.00,12.00\n", SETTLE_E_INPUT_ORPHAN, "mdtrt_id"},
        {",z,2025-03-04 08:00:00,F1,n,1,12.00,12.00\n", SETTLE_E_INPUT_MISSING, "mdtrt_id"},
        {"L07,z,2025-03-04 08:00:00,F1,n\"n,1,12.00,12.00\n", SETTLE_E_INPUT_CSV,
         "medins_list_name"},
        {"L07,z,2025-03-04 08:00:00,F1,\"n\n", SETTLE_E_INPUT_CSV, NULL},
        {"L07,z\n", SETTLE_E_INPUT_CSV, NULL},
        {"L07,z,2025-03-04 08:00:00,F1,\xff\xff,1,12.00,12.00\n", SETTLE_E_INPUT_ENCODING, NULL},
        {"L39,0099999,2025-03-04 08:00:00,F1,n,1,12.00,12.00\n", SETTLE_E_INPUT_DUPLICATE,
         "feedetl_sn"},
    };
    for (size_t i = 0; i < sizeof WRONG / sizeof *WRONG; i++) {
        stl_test_write_large(*state, false, WRONG[i].row);
        stl_test_refused("csv", *state, WRONG[i].status, "charges.csv", STAYS * LINES + 2,
                         WRONG[i].field, NULL);
    }
}

static void the_first_of_two_errors_is_told_whatever_stay_it_is_of(void **state) {
    stl_test_write_large(*state, false,
                         "L39,y,2025-03-04 08:00:00,F1,n,1,12.00,x\n"
                         "L00,z,2025-03-04 08:00:00,F1,n,x,12.00,12.00\n");
    stl_test_refused("csv", *state, SETTLE_E_INPUT_NUMBER, "charges.csv", STAYS * LINES + 2,
                     "det_item_fee_sumamt", NULL);
}

static void a_taken_stay_outlives_its_source_and_is_taken_once(void **state) {
    stl_test_write_large(*state, true, "");
    stl_source *source = stl_test_open("csv", *state, NULL);
    stl_stay *stay, *again;
    assert_int_equal(stl_source_take(source, 5, &stay, NULL), SETTLE_OK);
    assert_int_equal(stl_source_take(source, 5, &again, NULL), SETTLE_E_ARG_STATE);
    assert_int_equal(stl_source_read(source, 5, &again, NULL), SETTLE_E_ARG_STATE);
    stl_source_free(source);
    assert_string_equal(stay->head.mdtrt_id.ptr, "L05");
    assert_string_equal(stay->head.psn_name.ptr, "测试甲");
    assert_int_equal(stl_stay_n_charges(stay), LINES);
    stl_stay_free(stay);
}

static void a_stay_that_was_lent_stays_what_it_is(void **state) {
    stl_test_write_large(*state, false, "");
    stl_source *source = stl_test_open("csv", *state, NULL);
    const stl_stay *lent = stl_source_stay(source, 0);
    for (size_t s = 0; s < STAYS; s++) {
        stl_stay *stay;
        assert_int_equal(stl_source_read(source, s, &stay, NULL), SETTLE_OK);
        stl_source_release(source, s);
    }
    assert_string_equal(lent->head.mdtrt_id.ptr, "L00");
    assert_int_equal(stl_stay_charges(lent)[LINES - 1].line, LINES + 1);
    assert_ptr_equal(lent, stl_source_stay(source, 0));
    stl_source_free(source);
}

/* It would have to be decoded first: such input is read whole. */
static void a_number_that_is_not_ascii_is_not_read_in_parts(void **state) {
    stl_source *source = NULL;
    const char *path = ((stl_test_dir *)*state)->path;
    stl_test_write(*state, "stays.csv",
                   STL_TEST_STAYS_HEAD "住院号1,H1,P1,测试甲,310,2025-03-03,2025-03-12\n");
    stl_test_write(*state, "charges.csv",
                   STL_TEST_CHARGES_HEAD "住院号1,1,2025-03-04 08:00:00,F1,n,1,12.00,12.00\n");
    assert_int_equal(stl_test_open_large(path, &source, NULL), SETTLE_E_INPUT_ENCODING);
    const stl_adapter_ask ask = {.paths = &path, .n_paths = 1};
    assert_int_equal(stl_adapter_open("csv", &ask, &source, NULL), SETTLE_OK);
    assert_int_equal(stl_source_report_of(source)->kept[STL_R_CHARGE], 1);
    stl_source_free(source);
}

static void only_stays_asked_for_are_kept(void **state) {
    stl_test_write_large(*state, true, "");
    const char *path = ((stl_test_dir *)*state)->path, *keys[] = {"L31", "L02"};
    const stl_adapter_ask ask = {.paths = &path, .n_paths = 1, .stays = keys, .n_stays = 2};
    stl_source *source;
    assert_int_equal(stl_adapter_open("csv", &ask, &source, NULL), SETTLE_OK);
    assert_int_equal(stl_source_count(source), 2);
    assert_string_equal(stl_source_stay(source, 1)->head.mdtrt_id.ptr, "L31");
    assert_int_equal(stl_stay_charges(stl_source_stay(source, 1))[0].line, 31 + 2);
    stl_source_free(source);
}

static void assert_refused_after(const stl_test_dir *dir, void (*change)(const char *path)) {
    stl_test_write_large(dir, false, "");
    stl_source *source = stl_test_open("csv", dir, NULL);
    stl_stay *stay;
    stl_error err = {0};
    change(stl_test_path(dir, "charges.csv"));
    assert_int_equal(stl_source_read(source, STAYS - 1, &stay, &err), SETTLE_E_INPUT_CHANGED);
    assert_string_equal(err.file, "charges.csv");
    assert_null(stl_source_stay(source, 0));
    stl_source_free(source);
}

static void cut(const char *path) {
    assert_int_equal(truncate(path, 4096), 0);
}

/* Shorter, of the same age. */
static void cut_unseen(const char *path) {
    struct stat st;
    assert_int_equal(stat(path, &st), 0);
    const struct timespec times[] = {st.st_atim, st.st_mtim};
    assert_int_equal(truncate(path, st.st_size - 1), 0);
    assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
}

static void overwrite(const char *path) {
    FILE *file = fopen(path, "r+");
    assert_non_null(file);
    assert_int_equal(fseek(file, -7, SEEK_END), 0);
    assert_int_equal(fputs("99.00\n", file) >= 0, true);
    assert_int_equal(fclose(file), 0);
    const struct timespec later[] = {{2000000000, 0}, {2000000000, 0}};
    assert_int_equal(utimensat(AT_FDCWD, path, later, 0), 0);
}

static void a_file_that_changes_afterwards_is_refused(void **state) {
    assert_refused_after(*state, cut);
    assert_refused_after(*state, cut_unseen);
    assert_refused_after(*state, overwrite);
}

/* As tools write that never change a file in place. */
static void a_file_that_is_replaced_is_read_as_it_was(void **state) {
    stl_test_write_large(*state, false, "");
    stl_source *source = stl_test_open("csv", *state, NULL);
    assert_int_equal(unlink(stl_test_path(*state, "charges.csv")), 0);
    stl_test_write(*state, "charges.csv", STL_TEST_CHARGES_HEAD);
    assert_int_equal(stl_stay_n_charges(stl_source_stay(source, STAYS - 1)), LINES);
    stl_source_free(source);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, stl_test_dir_setup, stl_test_dir_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(rows_of_a_stay_together_are_found),
        TEST(rows_of_stays_by_turns_are_found),
        TEST(the_last_row_may_lack_its_line_end),
        TEST(errors_are_placed_as_in_a_small_input),
        TEST(the_first_of_two_errors_is_told_whatever_stay_it_is_of),
        TEST(a_taken_stay_outlives_its_source_and_is_taken_once),
        TEST(a_stay_that_was_lent_stays_what_it_is),
        TEST(a_number_that_is_not_ascii_is_not_read_in_parts),
        TEST(only_stays_asked_for_are_kept),
        TEST(a_file_that_changes_afterwards_is_refused),
        TEST(a_file_that_is_replaced_is_read_as_it_was),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
