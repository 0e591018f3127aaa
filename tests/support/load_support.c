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
