/* SPDX-License-Identifier: Apache-2.0 */
#include "support/pack_support.h"

#include <dirent.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static stl_pack *open_built(pack_world *w) {
    stl_pack *pack = NULL;
    assert_int_equal(stl_pack_open(pack_path(w, "t.pack"), &pack, &w->err), SETTLE_OK);
    return pack;
}

static void what_was_written_is_found_again(void **state) {
    pack_world *w = *state;
    pack_write_tree(w);
    pack_build(w);
    stl_pack *pack = open_built(w);
    const stl_region *region = stl_pack_region(pack);
    const stl_index_table *cat = &region->tables[STL_T_CATALOGUE];
    stl_day may = stl_day_of(2025, 5, 1), july = stl_day_of(2025, 7, 1);
    const int64_t *row =
        stl_region_row_on(cat, STL_STR("001201000020000"), STL_CAT_BEGIN, STL_CAT_END, may);
    assert_non_null(row);
    assert_int_equal(row[STL_CAT_SELFPAY], 1000);
    assert_str(stl_index_text(cat, row[STL_CAT_NAME]), "护理, 一级");
    row = stl_region_row_on(cat, STL_STR("001201000020000"), STL_CAT_BEGIN, STL_CAT_END, july);
    assert_int_equal(row[STL_CAT_SELFPAY], 2000);
    assert_int_equal(row[STL_CAT_END], STL_NONE);
    assert_null(stl_region_row_on(cat, STL_STR("001201000020000"), STL_CAT_BEGIN, STL_CAT_END,
                                  stl_day_of(2024, 12, 31)));

    const stl_index_table *caps = &region->tables[STL_T_CAPS];
    stl_index_rows found = stl_index_get(caps, STL_STR("110100001"));
    assert_int_equal(found.count, 2);
    found = stl_index_get(caps, STL_STR("120100002a"));
    assert_int_equal(found.count, 1);
    assert_int_equal(found.rows[STL_CAP_PRICE], STL_NONE);
    assert_str(stl_index_text(caps, found.rows[STL_CAP_KIND]), "pay-to-cap");
    assert_int_equal(stl_index_get(caps, STL_STR("120100002")).count, 0);
    assert_int_equal(region->tables[STL_T_SEX].n_rows, 0);
    assert_int_equal(region->policy->n_layers, 0);
    stl_pack_close(pack);
}

static void the_description_says_what_the_pack_is(void **state) {
    pack_world *w = *state;
    pack_write_tree(w);
    pack_build(w);
    stl_pack *pack = open_built(w);
    stl_pack_info info;
    stl_pack_describe(pack, &info);
    assert_string_equal(info.id, "test-9999");
    assert_string_equal(info.version, "1.0");
    assert_string_equal(info.name, "测试包");
    assert_int_equal(info.begndate, stl_day_of(2025, 1, 1));
    assert_int_equal(info.enddate, stl_day_of(2025, 12, 31));
    assert_int_equal(info.rows[STL_T_CATALOGUE], 3);
    assert_int_equal(info.rows[STL_T_CAPS], 3);
    assert_int_equal(info.rows[STL_T_EXCLUSIONS], 1);
    assert_int_equal(info.n_regions, 1);
    assert_str(info.regions[0], "9999");
    assert_int_equal(info.n_schemes, 2);
    assert_int_equal(strlen(info.digest), 64);
    assert_string_equal(info.digest, stl_pack_region(pack)->digest);
    stl_pack_close(pack);
}

static void without_a_path_the_pack_stands_beside_its_tree(void **state) {
    pack_world *w = *state;
    pack_write_tree(w);
    stl_pack *pack = NULL;
    assert_int_equal(stl_pack_build(pack_path(w, "tree"), NULL, &pack, &w->err), SETTLE_OK);
    stl_pack_close(pack);
    struct stat about;
    assert_int_equal(stat(pack_path(w, "test-9999-1.0.pack"), &about), 0);
    assert_int_equal(about.st_mode & 0777, 0644);
    assert_int_equal(stat(pack_path(w, "test-9999-1.0.pack.digest"), &about), 0);
}

static char *digest_of_tree(pack_world *w, char out[65]) {
    pack_build(w);
    stl_pack *pack = open_built(w);
    strcpy(out, stl_pack_region(pack)->digest);
    stl_pack_close(pack);
    return out;
}

static void two_builds_are_the_same_bytes(void **state) {
    pack_world *w = *state;
    pack_write_tree(w);
    pack_build(w);
    size_t first_len, second_len;
    unsigned char *first = pack_read(w, "t.pack", &first_len);
    pack_build(w);
    unsigned char *second = pack_read(w, "t.pack", &second_len);
    assert_int_equal(first_len, second_len);
    assert_memory_equal(first, second, first_len);
    free(first);
    free(second);
}

static void the_order_of_rows_columns_and_zeros_changes_nothing(void **state) {
    pack_world *w = *state;
    char first[65], second[65];
    pack_write_tree(w);
    digest_of_tree(w, first);
    pack_write(
        w, "tree/caps.csv",
        "unit,source,pric_list_codg,medins_lv,admdvs,begndate,enddate,kind,pric_uplmt_amt\r\n"
        "日,list 2,120100002a,,,2021-01-01,,pay-to-cap,\r\n"
        "次,list 1,110100001,2,,2021-01-01,,refuse,20.0000\r\n"
        "次,list 1,110100001,3,,2021-01-01,,refuse,25\r\n");
    assert_string_equal(digest_of_tree(w, second), first);
}

static void any_fact_changes_the_digest(void **state) {
    pack_world *w = *state;
    char first[65], second[65];
    pack_write_tree(w);
    digest_of_tree(w, first);
    pack_write(w, "tree/pack.xml", PACK_XML("test-9999", "1.1", ""));
    assert_string_not_equal(digest_of_tree(w, second), first);
    pack_write(w, "tree/pack.xml", PACK_XML("test-9999", "1.0", ""));
    assert_string_equal(digest_of_tree(w, second), first);
    pack_write(w, "tree/caps.csv", CAPS_HEAD "110100001,3,,2021-01-01,,refuse,25.01,次,list 1\n");
    assert_string_not_equal(digest_of_tree(w, second), first);
}

static void anyone_can_open_it_with_sqlite(void **state) {
    pack_world *w = *state;
    pack_write_tree(w);
    pack_build(w);
    sqlite3 *db = NULL;
    sqlite3_stmt *stmt = NULL;
    assert_int_equal(sqlite3_open_v2(pack_path(w, "t.pack"), &db, SQLITE_OPEN_READONLY, NULL),
                     SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db,
                                        "SELECT pric_uplmt_amt, enddate, typeof(pric_uplmt_amt) "
                                        "FROM caps WHERE medins_lv = '3'",
                                        -1, &stmt, NULL),
                     SQLITE_OK);
    assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
    assert_string_equal((const char *)sqlite3_column_text(stmt, 0), "25.000000");
    assert_int_equal(sqlite3_column_type(stmt, 1), SQLITE_NULL);
    assert_string_equal((const char *)sqlite3_column_text(stmt, 2), "text");
    assert_int_equal(sqlite3_step(stmt), SQLITE_DONE);
    sqlite3_finalize(stmt);
    sqlite3_close(db);
}

static void a_tree_of_nothing_is_refused(void **state) {
    pack_world *w = *state;
    pack_write(w, "tree/pack.xml", PACK_XML("empty", "1", ""));
    pack_write(w, "tree/caps.csv", CAPS_HEAD);
    pack_refused(w, SETTLE_E_PACK_EMPTY, "pack.xml", 0, NULL);
}

static void a_tree_that_is_not_there_is_refused(void **state) {
    pack_world *w = *state;
    pack_refused(w, SETTLE_E_PACK_SOURCE, pack_path(w, "tree"), 0, NULL);
}

static void a_broken_policy_is_refused_at_build(void **state) {
    pack_world *w = *state;
    pack_write_tree(w);
    pack_write(w, "tree/policy.xml",
               "<policy xmlns=\"urn:libsettle:policy:1.0\">\n<nonsense/>\n</policy>\n");
    stl_pack *pack = NULL;
    assert_int_equal(stl_pack_build(pack_path(w, "tree"), pack_path(w, "t.pack"), &pack, &w->err),
                     SETTLE_E_PACK_POLICY);
    assert_string_equal(w->err.file, "policy.xml");
    assert_int_equal(access(pack_path(w, "t.pack"), F_OK), -1);
}

static void a_refused_build_leaves_the_old_pack(void **state) {
    pack_world *w = *state;
    pack_write_tree(w);
    pack_build(w);
    size_t before_len, after_len;
    unsigned char *before = pack_read(w, "t.pack", &before_len);
    pack_write(w, "tree/caps.csv", "pric_list_codg\n");
    stl_pack *pack = NULL;
    assert_int_equal(stl_pack_build(pack_path(w, "tree"), pack_path(w, "t.pack"), &pack, &w->err),
                     SETTLE_E_PACK_SOURCE);
    unsigned char *after = pack_read(w, "t.pack", &after_len);
    assert_int_equal(before_len, after_len);
    assert_memory_equal(before, after, before_len);
    free(before);
    free(after);
}

static void a_directory_that_is_not_there_cannot_be_written(void **state) {
    pack_world *w = *state;
    pack_write_tree(w);
    stl_pack *pack = NULL;
    assert_int_equal(
        stl_pack_build(pack_path(w, "tree"), pack_path(w, "no/t.pack"), &pack, &w->err),
        SETTLE_E_STORE_WRITE);
    assert_string_equal(w->err.file, pack_path(w, "no/t.pack"));
}

static int files_in(const char *path) {
    int n = 0;
    DIR *dir = opendir(path);
    for (const struct dirent *entry; (entry = readdir(dir)) != NULL;)
        n += entry->d_name[0] != '.';
    closedir(dir);
    return n;
}

/* A limit on the size of files stands for the full disk: 8 KiB within the database, 100 KiB after.
 */
static void a_full_disk_leaves_nothing_behind(void **state) {
    pack_world *w = *state;
    struct stat about;
    pack_write_tree(w);
    pack_build(w);
    assert_int_equal(stat(pack_path(w, "t.pack"), &about), 0);
    mkdir(pack_path(w, "out"), 0755);
    const rlim_t limits[] = {8192, (rlim_t)about.st_size / 2, (rlim_t)about.st_size - 1};
    for (size_t i = 0; i < 3; i++) {
        rlim_t most = limits[i];
        pid_t child = fork();
        if (child == 0) {
            stl_pack *pack = NULL;
            const struct rlimit limit = {most, most};
            signal(SIGXFSZ, SIG_IGN);
            setrlimit(RLIMIT_FSIZE, &limit);
            _exit(stl_pack_build(pack_path(w, "tree"), pack_path(w, "out/t.pack"), &pack,
                                 &w->err) != SETTLE_E_STORE_WRITE);
        }
        int rc;
        assert_int_equal(waitpid(child, &rc, 0), child);
        if (rc != 0)
            print_error("limit %llu\n", (unsigned long long)most);
        assert_int_equal(rc, 0);
        assert_int_equal(files_in(pack_path(w, "out")), 0);
    }
}

int main(void) {
#define WORLD(test) cmocka_unit_test_setup_teardown(test, pack_world_setup, pack_world_teardown)
    const struct CMUnitTest tests[] = {
        WORLD(what_was_written_is_found_again),
        WORLD(the_description_says_what_the_pack_is),
        WORLD(without_a_path_the_pack_stands_beside_its_tree),
        WORLD(two_builds_are_the_same_bytes),
        WORLD(the_order_of_rows_columns_and_zeros_changes_nothing),
        WORLD(any_fact_changes_the_digest),
        WORLD(anyone_can_open_it_with_sqlite),
        WORLD(a_tree_of_nothing_is_refused),
        WORLD(a_tree_that_is_not_there_is_refused),
        WORLD(a_broken_policy_is_refused_at_build),
        WORLD(a_refused_build_leaves_the_old_pack),
        WORLD(a_directory_that_is_not_there_cannot_be_written),
        WORLD(a_full_disk_leaves_nothing_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
