/* SPDX-License-Identifier: Apache-2.0 */
#include "support/load_support.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int stl_test_dir_setup(void **state) {
    stl_test_dir *dir = calloc(1, sizeof *dir);
    strcpy(dir->path, "/tmp/settle-test-XXXXXX");
    *state = dir;
    return mkdtemp(dir->path) == NULL;
}

void stl_test_dir_empty(const stl_test_dir *dir) {
    DIR *d = opendir(dir->path);
    for (const struct dirent *entry; d != NULL && (entry = readdir(d)) != NULL;)
        if (entry->d_name[0] != '.')
            unlink(stl_test_path(dir, entry->d_name));
    closedir(d);
}

int stl_test_dir_teardown(void **state) {
    stl_test_dir *dir = *state;
    stl_test_dir_empty(dir);
    int rc = rmdir(dir->path);
    free(dir);
    return rc;
}

const char *stl_test_path(const stl_test_dir *dir, const char *name) {
    static char path[512];
    snprintf(path, sizeof path, "%s/%s", dir->path, name);
    return path;
}

void stl_test_write_bytes(const stl_test_dir *dir, const char *name, const void *bytes,
                          size_t len) {
    FILE *file = fopen(stl_test_path(dir, name), "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, len, file), len);
    assert_int_equal(fclose(file), 0);
}

void stl_test_write(const stl_test_dir *dir, const char *name, const char *text) {
    stl_test_write_bytes(dir, name, text, strlen(text));
}

void stl_test_same_json(const stl_stay *a, const stl_stay *b) {
    SCOPED_BUF text_a = {0}, text_b = {0};
    stl_stay_to_json(a, &text_a);
    stl_stay_to_json(b, &text_b);
    stl_buf_bytes(&text_a, "", 1);
    stl_buf_bytes(&text_b, "", 1);
    assert_string_equal(text_a.ptr, text_b.ptr);
}

/* And the lines of its charges, and the kinds given. */
static void same_stay(const stl_stay *a, const stl_stay *b) {
    stl_test_same_json(a, b);
    assert_int_equal(stl_stay_n_charges(a), stl_stay_n_charges(b));
    for (size_t i = 0; i < stl_stay_n_charges(a); i++)
        assert_int_equal(stl_stay_charges(a)[i].line, stl_stay_charges(b)[i].line);
    assert_memory_equal(a->given, b->given, sizeof a->given);
}

static void same_report(const stl_source_report *a, const stl_source_report *b) {
    assert_memory_equal(a->read, b->read, sizeof a->read);
    assert_memory_equal(a->kept, b->kept, sizeof a->kept);
    assert_memory_equal(a->repeated, b->repeated, sizeof a->repeated);
    assert_int_equal(a->n_unknown, b->n_unknown);
    for (size_t i = 0; i < a->n_unknown; i++)
        assert_string_equal(a->unknown_columns[i], b->unknown_columns[i]);
}

/* Each stay twice: what was released is read again. */
static void same_when_large(const char *path, stl_source *whole) {
    stl_source *large = NULL;
    assert_int_equal(stl_test_open_large(path, &large, NULL), SETTLE_OK);
    same_report(stl_source_report_of(whole), stl_source_report_of(large));
    assert_int_equal(stl_source_count(whole), stl_source_count(large));
    for (size_t i = 0; i < 2 * stl_source_count(whole); i++) {
        size_t stay = i % stl_source_count(whole);
        stl_stay *a, *b;
        assert_int_equal(stl_source_read(whole, stay, &a, NULL), SETTLE_OK);
        assert_int_equal(stl_source_read(large, stay, &b, NULL), SETTLE_OK);
        same_stay(a, b);
        stl_source_release(whole, stay);
        stl_source_release(large, stay);
    }
    stl_source_free(large);
}

void stl_test_write_large(const stl_test_dir *dir, bool by_turns, const char *last) {
    enum { STAYS = STL_TEST_LARGE_STAYS, LINES = STL_TEST_LARGE_LINES };
    SCOPED_BUF heads = {0}, rows = {0};
    stl_buf_text(&heads, STL_TEST_STAYS_HEAD);
    for (int s = 0; s < STAYS; s++)
        stl_buf_printf(&heads, "L%02d,H1,P%d,测试甲,310,2025-03-03,2025-03-12\n", s, s / 2);
    stl_test_write_bytes(dir, "stays.csv", heads.ptr, heads.len);
    stl_buf_text(&rows, STL_TEST_CHARGES_HEAD);
    for (int i = 0; i < STAYS * LINES; i++)
        stl_buf_printf(&rows,
                       "L%02d,%07d,2025-03-04 08:00:00,F100231,静脉输液 %040d,1,12.00,12.00\n",
                       by_turns ? i % STAYS : i / LINES, i, i);
    stl_buf_text(&rows, last);
    assert_true(rows.len > 8 * 1024 * 1024);
    stl_test_write_bytes(dir, "charges.csv", rows.ptr, rows.len);
}

stl_source *stl_test_open(const char *adapter, const stl_test_dir *dir, const char *name) {
    const char *path = name == NULL ? dir->path : stl_test_path(dir, name);
    stl_error err = {0};
    stl_source *source = NULL;
    settle_status status =
        stl_adapter_open(adapter, &(stl_adapter_ask){.paths = &path, .n_paths = 1}, &source, &err);
    if (status != SETTLE_OK)
        print_error("%s %s:%d %s %s\n", settle_status_name(status), err.file, (int)err.line,
                    err.field, err.detail);
    assert_int_equal(status, SETTLE_OK);
    if (strcmp(adapter, "csv") == 0)
        same_when_large(path, source);
    return source;
}

void stl_test_refused(const char *adapter, const stl_test_dir *dir, settle_status status,
                      const char *file, int64_t line, const char *field, stl_error *out_err) {
    const char *path = dir->path;
    stl_error err = {0};
    stl_source *source = NULL;
    settle_status got =
        stl_adapter_open(adapter, &(stl_adapter_ask){.paths = &path, .n_paths = 1}, &source, &err);
    assert_null(source);
    if (strcmp(adapter, "csv") == 0)
        assert_int_not_equal(stl_test_open_large(path, &source, NULL), SETTLE_OK);
    if (got != SETTLE_OK)
        assert_string_equal(settle_status_name(got), settle_status_name(status));
    assert_int_equal(got, status);
    assert_string_equal(err.file, file);
    assert_int_equal(err.line, line);
    if (field != NULL)
        assert_string_equal(err.field, field);
    if (out_err != NULL)
        *out_err = err;
}
