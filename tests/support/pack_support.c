/* SPDX-License-Identifier: Apache-2.0 */
#include "support/pack_support.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

int pack_world_setup(void **state) {
    pack_world *w = calloc(1, sizeof *w);
    strcpy(w->root, "/tmp/settle-test-XXXXXX");
    *state = w;
    return mkdtemp(w->root) == NULL;
}

static int remove_entry(const char *path, const struct stat *about, int kind, struct FTW *at) {
    (void)about;
    (void)kind;
    (void)at;
    return remove(path);
}

int pack_world_teardown(void **state) {
    pack_world *w = *state;
    int rc = nftw(w->root, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
    free(w);
    return rc;
}

const char *pack_path(const pack_world *w, const char *relative) {
    static char paths[4][256];
    static size_t next;
    char *path = paths[next++ % 4];
    snprintf(path, sizeof paths[0], "%s/%s", w->root, relative);
    return path;
}

void pack_write_bytes(const pack_world *w, const char *relative, const void *bytes, size_t len) {
    char path[256];
    snprintf(path, sizeof path, "%s/%s", w->root, relative);
    for (char *slash = path + strlen(w->root) + 1; (slash = strchr(slash, '/')) != NULL; slash++) {
        *slash = '\0';
        mkdir(path, 0755);
        *slash = '/';
    }
    unlink(path); /* some file systems sync a file that is truncated and written again */
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, len, file), len);
    assert_int_equal(fclose(file), 0);
}

void pack_write(const pack_world *w, const char *relative, const char *text) {
    pack_write_bytes(w, relative, text, strlen(text));
}

unsigned char *pack_read(const pack_world *w, const char *relative, size_t *out_len) {
    FILE *file = fopen(pack_path(w, relative), "rb");
    assert_non_null(file);
    fseek(file, 0, SEEK_END);
    *out_len = (size_t)ftell(file);
    rewind(file);
    unsigned char *bytes = malloc(*out_len + 1);
    assert_int_equal(fread(bytes, 1, *out_len, file), *out_len);
    fclose(file);
    return bytes;
}

void pack_write_tree(const pack_world *w) {
    pack_write(w, "tree/pack.xml", PACK_XML("test-9999", "1.0", ""));
    pack_write(w, "tree/catalogue.csv",
               CATALOGUE_HEAD
               "001101000010000,诊查费,201,次,01,,0,2025-01-01,2099-12-31,MADE\n"
               "001201000020000,\"护理, 一级\",201,日,02,0.1000,0,2025-01-01,2025-06-30,MADE\n"
               "001201000020000,\"护理, 一级\",201,日,02,0.2,0,2025-07-01,,MADE\n");
    pack_write(w, "tree/caps.csv",
               CAPS_HEAD "110100001,3,,2021-01-01,,refuse,25.00,次,list 1\n"
                         "110100001,2,,2021-01-01,,refuse,20,次,list 1\n"
                         "120100002a,,,2021-01-01,,pay-to-cap,,日,list 2\n");
    pack_write(w, "tree/rules/exclusions.csv",
               "med_list_codg,med_list_name,reason,begndate,enddate,source\n"
               "001105000010000,体检,V25,,,MADE\n");
}

static void explain(const pack_world *w, settle_status status) {
    if (status != SETTLE_OK)
        print_error("%s %s:%d %s '%s' %s\n", settle_status_name(status), w->err.file,
                    (int)w->err.line, w->err.field, w->err.value, w->err.detail);
}

void pack_build(pack_world *w) {
    stl_pack *pack = NULL;
    settle_status status =
        stl_pack_build(pack_path(w, "tree"), pack_path(w, "t.pack"), &pack, &w->err);
    explain(w, status);
    assert_int_equal(status, SETTLE_OK);
    stl_pack_close(pack);
}

void pack_refused(pack_world *w, settle_status status, const char *file, int64_t line,
                  const char *field) {
    stl_pack *pack = NULL;
    settle_status got =
        stl_pack_build(pack_path(w, "tree"), pack_path(w, "refused.pack"), &pack, &w->err);
    if (got != status || w->err.line != line)
        explain(w, got);
    assert_int_equal(got, status);
    assert_null(pack);
    if (file != NULL)
        assert_string_equal(w->err.file, file);
    assert_int_equal(w->err.line, line);
    if (field != NULL)
        assert_string_equal(w->err.field, field);
    assert_int_equal(access(pack_path(w, "refused.pack"), F_OK), -1);
    assert_int_equal(access(pack_path(w, "refused.pack.digest"), F_OK), -1);
}

void pack_write_hospital(const pack_world *w) {
    pack_write(w, "hospital/items.csv",
               ITEMS_HEAD "F1,四人间床位费,,日,service,110900001a\n"
                          "F2,诊查费,,次,service,110100001\n");
    pack_write(
        w, "hospital/mapping.csv",
        MAPPING_HEAD
        "M1,F1,四人间床位费,诊疗项目,001109000010000,床位费,made,日,日,1,1,02,2025-01-01,,active,\n"
        "M2,F2,诊查费,诊疗项目,001101000010000,诊查费,made,次,次,1,1,01,2025-01-01,"
        "2025-06-30,active,\n"
        "M3,F2,诊查费,诊疗项目,001101000010000,诊查费,made,次,次,240,1,01,2025-07-01,,active,x\n");
}
