/* SPDX-License-Identifier: Apache-2.0 */
#include "support/base_support.h"

#include "base/csv.h"
#include "base/mem.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* --- what is read, as text: "line:[cell][cell] line:..." --- */

static settle_status note(void *user, const stl_csv_row *row, stl_error *err) {
    (void)err;
    stl_buf_printf(user, "%lld:", (long long)row->line);
    for (size_t i = 0; i < row->count; i++) {
        stl_buf_text(user, "[");
        stl_buf_str(user, row->cells[i]);
        stl_buf_text(user, "]");
    }
    stl_buf_text(user, " ");
    return SETTLE_OK;
}

static void expect_rows(stl_str text, const char *want) {
    SCOPED_BUF got = {0};
    stl_error err = {0};
    stl_csv_reader reader = {note, note, &got};
    if (stl_csv_read_memory(text, "dir/t.csv", STL_ENC_DETECT, &reader, &err) != SETTLE_OK)
        fail_msg("%lld: %s", (long long)err.line, err.detail);
    assert_str(((stl_str){got.ptr, got.len}), want);
}

static void expect_error(stl_str text, settle_status status, int64_t line, const char *field) {
    SCOPED_BUF got = {0};
    stl_error err = {0};
    stl_csv_reader reader = {note, note, &got};
    settle_status answered = stl_csv_read_memory(text, "dir/t.csv", STL_ENC_DETECT, &reader, &err);
    if (answered != status || err.line != line || strcmp(err.field, field) != 0)
        fail_msg("status %d line %lld field %s (%s), want %d %lld %s", answered,
                 (long long)err.line, err.field, err.detail, status, (long long)line, field);
    assert_int_equal(err.status, status);
    assert_string_equal(err.file, "t.csv");
}

#define ROWS(text, want) expect_rows(STL_STR(text), want)
#define BROKEN(text, line, field) expect_error(STL_STR(text), SETTLE_E_INPUT_CSV, line, field)

static void rows_follow_the_header_with_their_lines(void **state) {
    (void)state;
    ROWS("a,b\n1,2\n3,4\n", "1:[a][b] 2:[1][2] 3:[3][4] ");
    ROWS("a,b\r\n1,2\r\n", "1:[a][b] 2:[1][2] ");
    ROWS("a,b\n1,2", "1:[a][b] 2:[1][2] ");
    ROWS("a,b\n,", "1:[a][b] 2:[][] ");
    ROWS("a\n1\r", "1:[a] 2:[1] ");
    ROWS("a,b\n", "1:[a][b] ");
    ROWS("a", "1:[a] ");
}

static void quoted_cells_hold_commas_quotes_and_line_breaks(void **state) {
    (void)state;
    ROWS("a,b\n\"1,\"\"x\"\"\",\"\"\n", "1:[a][b] 2:[1,\"x\"][] ");
    ROWS("a,b\n\"x\ny\r\nz\",2\n3,4\n", "1:[a][b] 2:[x\ny\r\nz][2] 5:[3][4] ");
    ROWS("\"a\",\"b\nc\"\r\n\"1\",2\r\n", "1:[a][b\nc] 3:[1][2] ");
    ROWS("a\n\"\"\n", "1:[a] 2:[] ");
    ROWS("a\n\"\r\"\n", "1:[a] 2:[\r] ");
}

static void blanks_belong_to_their_cell(void **state) {
    (void)state;
    ROWS("a,b\n 1 ,\t2\n", "1:[a][b] 2:[ 1 ][\t2] ");
    ROWS("a,b\n 1 ,\"2\"\n", "1:[a][b] 2:[ 1 ][2] ");
}

static void blank_lines_are_passed_over_and_counted(void **state) {
    (void)state;
    ROWS("\n\r\na\n\n\n1\r\n\r\n2\n\n", "3:[a] 6:[1] 8:[2] ");
}

static void a_byte_order_mark_is_no_part_of_the_first_name(void **state) {
    (void)state;
    ROWS("\xEF\xBB\xBF"
         "a,b\n1,2\n",
         "1:[a][b] 2:[1][2] ");
    ROWS("\xEF\xBB\xBF\"a\",b\n1,2\n", "1:[a][b] 2:[1][2] ");
}

static void gb18030_is_read_as_utf8(void **state) {
    (void)state;
    ROWS("a\n\xB7\xD1\n", "1:[a] 2:[费] ");
}

/* --- refusals --- */

static void a_file_without_a_header_is_refused(void **state) {
    (void)state;
    BROKEN("", 1, "");
    BROKEN("\n\r\n\n", 1, "");
    BROKEN("\xEF\xBB\xBF", 1, "");
}

static void ragged_rows_are_refused_at_their_line(void **state) {
    (void)state;
    BROKEN("a,b\n1,2\n3\n", 3, "");
    BROKEN("a,b\n1,2\n3,4,5\n", 3, "");
    BROKEN("a,b\n1,2\n3,4,\n", 3, "");
    BROKEN("a,b\n\"1\n\",2\n\"3\"\n", 4, "");
    BROKEN("a,b\n\"x\n\",2,3\n", 2, "");
    BROKEN("a,b\n1", 2, "");
    BROKEN("a,b\n \n", 2, "");
}

static void stray_quotes_are_refused_at_their_cell(void **state) {
    (void)state;
    BROKEN("a,b\n1,2\"\n", 2, "b");
    BROKEN("a,b\n1\"x\",2\n", 2, "a");
    BROKEN("a,b\n1,\"2\"x\n", 2, "b");
    BROKEN("a,b\n1,\"2\" \n", 2, "b");
    BROKEN("a,b\n1, \"2\"\n", 2, "b");
    BROKEN("a,b\n\"x\ny\"z,2\n", 3, "a");
    BROKEN("a\"\n", 1, "");
}

static void a_quote_never_closed_is_refused_where_its_row_begins(void **state) {
    (void)state;
    BROKEN("a,b\n1,2\n3,\"4\n5,6\n7,8\n", 3, "b");
    BROKEN("a,\"b\n", 1, "");
}

static void a_carriage_return_alone_ends_nothing(void **state) {
    (void)state;
    BROKEN("a,b\r1,2\r", 1, "");
    BROKEN("a,b\n1,2\r3,4\n", 2, "");
    BROKEN("a,b\n\"1\",2\r3,4\n", 2, "");
    BROKEN("a,b\n\r1,2\n", 2, "");
}

static void nul_bytes_are_refused_at_their_line(void **state) {
    (void)state;
    expect_error(STL_STR("a,b\n1,\0\n"), SETTLE_E_INPUT_CSV, 2, "a");
    expect_error(STL_STR("a,b\n\"x\n\0\",2\n"), SETTLE_E_INPUT_CSV, 3, "a");
    expect_error(STL_STR("\0"), SETTLE_E_INPUT_CSV, 1, "");
}

static void a_column_standing_twice_is_named(void **state) {
    (void)state;
    expect_error(STL_STR("pric,cnt,pric\n1,2,3\n"), SETTLE_E_INPUT_COLUMN_TWICE, 1, "pric");
    expect_error(STL_STR("\npric,\"pric\"\n"), SETTLE_E_INPUT_COLUMN_TWICE, 2, "pric");
    ROWS("pric,Pric\n1,2\n", "1:[pric][Pric] 2:[1][2] ");
}

static void a_column_without_a_name_is_refused(void **state) {
    (void)state;
    BROKEN("a,,c\n1,2,3\n", 1, "");
    BROKEN("a,b,\n", 1, "");
}

static void more_columns_than_the_limit_are_refused(void **state) {
    (void)state;
    for (int n = 512; n <= 513; n++) {
        SCOPED_BUF text = {0}, got = {0};
        for (int i = 0; i < n; i++)
            stl_buf_printf(&text, "%sc%d", i > 0 ? "," : "", i);
        stl_buf_text(&text, "\n");
        stl_csv_reader reader = {note, note, &got};
        assert_int_equal(stl_csv_read_memory((stl_str){text.ptr, text.len}, "t.csv", STL_ENC_UTF8,
                                             &reader, NULL),
                         n == 512 ? SETTLE_OK : SETTLE_E_INPUT_CSV);
    }
}

static void wrong_encodings_are_refused_at_their_line_and_column(void **state) {
    (void)state;
    expect_error(STL_STR("a,b\n1,2\n费用清单,\xFF\n"), SETTLE_E_INPUT_ENCODING, 3, "b");
    expect_error(STL_STR("a,b\n1,2\n\xFF,费用清单\n"), SETTLE_E_INPUT_ENCODING, 3, "a");
    expect_error(STL_STR("a,b\n\"费用\n,清单\",\"东东东\xFF\"\n"), SETTLE_E_INPUT_ENCODING, 3, "b");
    expect_error(STL_STR("a,东\xFF\n1,2\n"), SETTLE_E_INPUT_ENCODING, 1, "");
    expect_error(STL_STR("a,b\n1\n东\xFF,2\n"), SETTLE_E_INPUT_CSV, 2, ""); /* the first */
    expect_error(STL_STR("\xFF\xFE"
                         "a\0,\0"),
                 SETTLE_E_INPUT_ENCODING, 1, "");
}

/* A cell of `len` bytes in line 3, column b. */
static void with_long_cell(stl_buf *text, size_t len, bool quoted) {
    stl_buf_text(text, quoted ? "a,b\n1,2\n3,\"" : "a,b\n1,2\n3,");
    for (size_t i = 0; i < len; i++)
        stl_buf_bytes(text, "x", 1);
    stl_buf_text(text, quoted ? "\"\n" : "\n");
}

static settle_status ignore(void *user, const stl_csv_row *row, stl_error *err) {
    (void)user, (void)row, (void)err;
    return SETTLE_OK;
}

static void cells_up_to_a_mebibyte_are_read_and_longer_ones_refused(void **state) {
    (void)state;
    static const size_t LENGTHS[] = {STL_CSV_CELL_MAX, STL_CSV_CELL_MAX + 1, 10 * 1024 * 1024};
    for (int quoted = 0; quoted < 2; quoted++)
        for (int i = 0; i < 3; i++) {
            SCOPED_BUF text = {0};
            stl_error err = {0};
            with_long_cell(&text, LENGTHS[i], quoted);
            stl_csv_reader reader = {ignore, ignore, NULL};
            settle_status want = i == 0 ? SETTLE_OK : SETTLE_E_INPUT_TOO_LONG;
            assert_int_equal(stl_csv_read_memory((stl_str){text.ptr, text.len}, "t.csv",
                                                 STL_ENC_DETECT, &reader, &err),
                             want);
            assert_int_equal(err.line, i == 0 ? 0 : 3);
            assert_string_equal(err.field, i == 0 ? "" : "b");
        }
}

static void a_quote_never_closed_does_not_swallow_a_large_file(void **state) {
    (void)state;
    SCOPED_BUF text = {0};
    stl_error err = {0};
    stl_buf_text(&text, "a,b\n1,\"2\n");
    for (int i = 0; i < 1000000; i++)
        stl_buf_text(&text, "3,4\n");
    stl_csv_reader reader = {ignore, ignore, NULL};
    assert_int_equal(
        stl_csv_read_memory((stl_str){text.ptr, text.len}, "t.csv", STL_ENC_UTF8, &reader, &err),
        SETTLE_E_INPUT_TOO_LONG);
    assert_int_equal(err.line, 2);
    assert_string_equal(err.field, "b");
}

static void a_row_of_many_long_cells_is_refused(void **state) {
    (void)state;
    SCOPED_BUF text = {0};
    stl_error err = {0};
    stl_buf_text(&text, "a,b,c,d,e,f,g,h,i,j\n");
    for (int c = 0; c < 10; c++) {
        stl_buf_text(&text, c == 0 ? "" : ",");
        for (int i = 0; i < 1000000; i++)
            stl_buf_bytes(&text, "x", 1);
    }
    stl_csv_reader reader = {ignore, ignore, NULL};
    assert_int_equal(
        stl_csv_read_memory((stl_str){text.ptr, text.len}, "t.csv", STL_ENC_UTF8, &reader, &err),
        SETTLE_E_INPUT_TOO_LONG);
    assert_int_equal(err.line, 2);
    assert_string_equal(err.field, "i");
}

/* --- callbacks --- */

static settle_status refuse_bare(void *user, const stl_csv_row *row, stl_error *err) {
    (void)err;
    ++*(int *)user;
    return stl_str_is(row->cells[0], "bad") ? SETTLE_E_INPUT_NUMBER : SETTLE_OK;
}

static settle_status refuse_placed(void *user, const stl_csv_row *row, stl_error *err) {
    (void)user, (void)row;
    return FAIL(err, SETTLE_E_INPUT_DATE, .line = 99, .field = "begntime", .value = "x");
}

static void a_failing_row_stops_the_reading_and_gets_its_place(void **state) {
    (void)state;
    int rows = 0;
    stl_error err = {0};
    stl_csv_reader reader = {ignore, refuse_bare, &rows};
    assert_int_equal(stl_csv_read_memory(STL_STR("a\nok\n\"bad\"\nok\n"), "x/t.csv", STL_ENC_UTF8,
                                         &reader, &err),
                     SETTLE_E_INPUT_NUMBER);
    assert_int_equal(rows, 2);
    assert_int_equal(err.status, SETTLE_E_INPUT_NUMBER);
    assert_int_equal(err.line, 3);
    assert_string_equal(err.file, "t.csv");
}

static void a_failure_keeps_the_place_it_brings(void **state) {
    (void)state;
    stl_error err = {0};
    stl_csv_reader reader = {refuse_placed, ignore, NULL};
    assert_int_equal(stl_csv_read_memory(STL_STR("a\n1\n"), "t.csv", STL_ENC_UTF8, &reader, &err),
                     SETTLE_E_INPUT_DATE);
    assert_int_equal(err.line, 99);
    assert_string_equal(err.field, "begntime");
    assert_string_equal(err.value, "x");
    assert_string_equal(err.file, "t.csv");
}

/* --- properties --- */

static void put_cell(stl_buf *text, stl_str cell, bool quoted) {
    stl_buf_text(text, quoted ? "\"" : "");
    for (size_t i = 0; i < cell.len; i++) {
        if (cell.ptr[i] == '"')
            stl_buf_text(text, "\"");
        stl_buf_bytes(text, cell.ptr + i, 1);
    }
    stl_buf_text(text, quoted ? "\"" : "");
}

static stl_str random_cell(stl_test_random *r, char room[static 16]) {
    static const char ALPHABET[] = "ab \t,\"\n\rx1.";
    size_t len = stl_test_next(r) % 12;
    for (size_t i = 0; i < len; i++)
        room[i] = ALPHABET[stl_test_next(r) % (sizeof ALPHABET - 1)];
    return (stl_str){room, len};
}

/* Quoting where needed only, or everywhere, reads the same: the two ways through the reader agree.
 */
static void what_is_written_by_rfc_4180_reads_back(void **state) {
    (void)state;
    stl_test_random r = {23};
    for (int i = 0; i < 20000; i++) {
        SCOPED_BUF text = {0}, got = {0}, want = {0};
        const char *eol = stl_test_next(&r) % 2 == 0 ? "\n" : "\r\n";
        int64_t line = 2;
        stl_buf_printf(&text, "p,q,r%s", eol);
        stl_buf_text(&want, "1:[p][q][r] ");
        for (int row = 0; row < 4; row++) {
            bool all = stl_test_next(&r) % 2 == 0;
            stl_buf_printf(&want, "%lld:", (long long)line++);
            for (int c = 0; c < 3; c++) {
                char room[16];
                stl_str cell = random_cell(&r, room);
                bool needs = false;
                for (size_t k = 0; k < cell.len; k++) {
                    needs = needs || strchr(",\"\n\r", cell.ptr[k]) != NULL;
                    line += cell.ptr[k] == '\n';
                }
                stl_buf_text(&text, c > 0 ? "," : "");
                put_cell(&text, cell, needs || all);
                stl_buf_text(&want, "[");
                stl_buf_str(&want, cell);
                stl_buf_text(&want, "]");
            }
            stl_buf_text(&text, row == 3 && i % 3 == 0 ? "" : eol);
            stl_buf_text(&want, " ");
        }
        stl_csv_reader reader = {note, note, &got};
        assert_int_equal(
            stl_csv_read_memory((stl_str){text.ptr, text.len}, "t", STL_ENC_UTF8, &reader, NULL),
            SETTLE_OK);
        assert_int_equal(got.len, want.len);
        assert_memory_equal(got.ptr, want.ptr, want.len);
    }
}

static void random_bytes_never_crash(void **state) {
    (void)state;
    static const char ALPHABET[] = "a,\"\n\r\0 \xE8\xB4\xB9\xFF";
    stl_test_random r = {29};
    for (int i = 0; i < 50000; i++) {
        SCOPED_BUF got = {0};
        char text[64];
        size_t len = stl_test_next(&r) % sizeof text;
        for (size_t k = 0; k < len; k++)
            text[k] = ALPHABET[stl_test_next(&r) % (sizeof ALPHABET - 1)];
        stl_error err = {0};
        stl_csv_reader reader = {note, note, &got};
        settle_status status =
            stl_csv_read_memory((stl_str){text, len}, "t", STL_ENC_DETECT, &reader, &err);
        assert_true(status == SETTLE_OK || status <= SETTLE_E_INPUT_ENCODING);
        assert_true(status == SETTLE_OK || err.line > 0);
    }
}

/* --- files --- */

typedef struct totals {
    int64_t rows, bytes, last_line;
} totals;

static settle_status add_up(void *user, const stl_csv_row *row, stl_error *err) {
    (void)err;
    totals *t = user;
    t->rows++;
    t->last_line = row->line;
    for (size_t i = 0; i < row->count; i++)
        t->bytes += (int64_t)row->cells[i].len;
    return SETTLE_OK;
}

static char directory[] = "/tmp/csv_test.XXXXXX";

static int make_directory(void **state) {
    (void)state;
    return mkdtemp(directory) == NULL;
}

static int remove_directory(void **state) {
    (void)state;
    return rmdir(directory);
}

/* Rows cut by the blocks at every place: quoted and plain cells, CRLF, characters of three bytes.
 */
static void a_large_file_is_read_over_all_block_boundaries(void **state) {
    (void)state;
    enum { ROWS = 60000 };
    char path[64];
    snprintf(path, sizeof path, "%s/big.csv", directory);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs("a,b,c\r\n", file);
    for (int i = 0; i < ROWS; i++)
        fputs(i % 3 == 0   ? "费用,\"x\ny\",\r\n"
              : i % 3 == 1 ? "1,2,3\n"
                           : "费,,\"\"\"\"\r\n",
              file);
    fclose(file);
    totals t = {0};
    stl_csv_reader reader = {ignore, add_up, &t};
    assert_int_equal(stl_csv_read_file(path, STL_ENC_DETECT, &reader, NULL), SETTLE_OK);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(t.rows, ROWS);
    assert_int_equal(t.bytes, ROWS / 3 * (6 + 3 + 3 + 3 + 1));
    assert_int_equal(t.last_line, 1 + ROWS + ROWS / 3);
}

static void a_file_that_cannot_be_read_says_why(void **state) {
    (void)state;
    char path[64];
    stl_error err = {0};
    stl_csv_reader reader = {ignore, ignore, NULL};
    snprintf(path, sizeof path, "%s/none.csv", directory);
    assert_int_equal(stl_csv_read_file(path, STL_ENC_DETECT, &reader, &err), SETTLE_E_INPUT_OPEN);
    assert_int_equal(err.native, ENOENT);
    assert_string_equal(err.file, "none.csv");
    assert_string_equal(err.detail, "No such file or directory");
    assert_int_equal(stl_csv_read_file(directory, STL_ENC_DETECT, &reader, &err),
                     SETTLE_E_INPUT_OPEN);
    assert_int_equal(err.native, EISDIR);
}

/* --- memory --- */

static settle_status read_again(void *user, stl_error *err) {
    totals t = {0};
    stl_csv_reader reader = {add_up, add_up, &t};
    return stl_csv_read_memory(*(stl_str *)user, "t.csv", STL_ENC_DETECT, &reader, err);
}

static settle_status read_path(void *user, stl_error *err) {
    totals t = {0};
    stl_csv_reader reader = {add_up, add_up, &t};
    return stl_csv_read_file(user, STL_ENC_DETECT, &reader, err);
}

static void every_failed_allocation_is_reported(void **state) {
    (void)state;
    SCOPED_BUF text = {0};
    stl_buf_text(&text, "a,b\n1,\"2\"\n");
    for (int i = 0; i < 20000; i++)
        stl_buf_text(&text, "\"x\",费用\n");
    stl_buf_text(&text, "1,\"");
    for (int i = 0; i < 200000; i++)
        stl_buf_text(&text, "\n");
    stl_buf_text(&text, "\"\n");
    stl_str csv = {text.ptr, text.len};
    assert_true(stl_test_each_alloc(read_again, &csv) >= 8);
    char path[64];
    snprintf(path, sizeof path, "%s/oom.csv", directory);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs("a\n\"1\"\n", file);
    fclose(file);
    assert_true(stl_test_each_alloc(read_path, path) >= 6);
    assert_int_equal(unlink(path), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_follow_the_header_with_their_lines),
        cmocka_unit_test(quoted_cells_hold_commas_quotes_and_line_breaks),
        cmocka_unit_test(blanks_belong_to_their_cell),
        cmocka_unit_test(blank_lines_are_passed_over_and_counted),
        cmocka_unit_test(a_byte_order_mark_is_no_part_of_the_first_name),
        cmocka_unit_test(gb18030_is_read_as_utf8),
        cmocka_unit_test(a_file_without_a_header_is_refused),
        cmocka_unit_test(ragged_rows_are_refused_at_their_line),
        cmocka_unit_test(stray_quotes_are_refused_at_their_cell),
        cmocka_unit_test(a_quote_never_closed_is_refused_where_its_row_begins),
        cmocka_unit_test(a_carriage_return_alone_ends_nothing),
        cmocka_unit_test(nul_bytes_are_refused_at_their_line),
        cmocka_unit_test(a_column_standing_twice_is_named),
        cmocka_unit_test(a_column_without_a_name_is_refused),
        cmocka_unit_test(more_columns_than_the_limit_are_refused),
        cmocka_unit_test(wrong_encodings_are_refused_at_their_line_and_column),
        cmocka_unit_test(cells_up_to_a_mebibyte_are_read_and_longer_ones_refused),
        cmocka_unit_test(a_quote_never_closed_does_not_swallow_a_large_file),
        cmocka_unit_test(a_row_of_many_long_cells_is_refused),
        cmocka_unit_test(a_failing_row_stops_the_reading_and_gets_its_place),
        cmocka_unit_test(a_failure_keeps_the_place_it_brings),
        cmocka_unit_test(what_is_written_by_rfc_4180_reads_back),
        cmocka_unit_test(random_bytes_never_crash),
        cmocka_unit_test(a_large_file_is_read_over_all_block_boundaries),
        cmocka_unit_test(a_file_that_cannot_be_read_says_why),
        cmocka_unit_test(every_failed_allocation_is_reported),
    };
    return cmocka_run_group_tests(tests, make_directory, remove_directory);
}
