/* SPDX-License-Identifier: Apache-2.0 */
/* The hospital's tables: what is read, what is refused, and when the cache may be used. */
#include "support/pack_support.h"

#include "pack/mapping_cache.h"
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static settle_status open_mapping(pack_world *w, stl_mapping_file **out) {
    w->err = (stl_error){0};
    *out = NULL;
    return stl_mapping_open(pack_path(w, "hospital"), pack_path(w, "cache"), out, &w->err);
}

static stl_mapping_file *opened(pack_world *w) {
    stl_mapping_file *file;
    assert_int_equal(open_mapping(w, &file), SETTLE_OK);
    return file;
}

/* Price-list code of F1 in what opens now. */
static void assert_price_code(pack_world *w, const char *want) {
    stl_mapping_file *file = opened(w);
    const stl_mapping *m = stl_mapping_of(file);
    stl_index_rows found = stl_index_get(&m->items, STL_STR("F1"));
    assert_int_equal(found.count, 1);
    assert_str(stl_index_text(&m->items, found.rows[STL_ITEM_PRICE_CODE]), want);
    stl_mapping_close(file);
}

static stl_mapping_file *what_is_there(pack_world *w) {
    stl_mapping_file *file = opened(w);
    const stl_mapping *m = stl_mapping_of(file);
    assert_int_equal(m->items.n_rows, 2);
    assert_int_equal(m->rows.n_rows, 3);
    stl_index_rows found = stl_index_get(&m->rows, STL_STR("F2"));
    assert_int_equal(found.count, 2);
    const int64_t *second = found.rows + STL_MAP_COLS;
    assert_int_equal(second[STL_MAP_NUM], 240);
    assert_int_equal(second[STL_MAP_BEGIN], stl_day_of(2025, 7, 1));
    assert_int_equal(second[STL_MAP_END], STL_NONE);
    assert_str(stl_index_text(&m->rows, second[STL_MAP_REMARK]), "x");
    return file;
}

static void compiled_and_cached_say_the_same(void **state) {
    pack_world *w = *state;
    pack_write_hospital(w);
    char digest[65];
    stl_mapping_file *file = what_is_there(w);
    strcpy(digest, stl_mapping_of(file)->digest);
    stl_mapping_close(file);
    assert_int_equal(access(pack_path(w, "cache/mapping.idx"), F_OK), 0);
    file = what_is_there(w);
    assert_string_equal(stl_mapping_of(file)->digest, digest);
    stl_mapping_close(file);
}

static void other_columns_are_passed_over_and_blanks_cut(void **state) {
    pack_world *w = *state;
    pack_write_hospital(w);
    pack_write(w, "hospital/items.csv",
               "note,pric_list_codg,medins_list_codg,medins_list_name,spec,prcunt,item_kind\n"
               "n,110900001a, F1 ,床位费,,日,service\n");
    assert_price_code(w, "110900001a");
}

static void gb18030_is_understood(void **state) {
    pack_world *w = *state;
    pack_write_hospital(w);
    pack_write(w, "hospital/items.csv",
               ITEMS_HEAD "F1,\xb4\xb2\xce\xbb\xb7\xd1,,\xc8\xd5,service,1\n");
    stl_mapping_file *file = opened(w);
    const stl_mapping *m = stl_mapping_of(file);
    stl_index_rows found = stl_index_get(&m->items, STL_STR("F1"));
    assert_str(stl_index_text(&m->items, found.rows[STL_ITEM_NAME]), "床位费");
    stl_mapping_close(file);
}

static void implausible_factors_are_kept_for_the_findings(void **state) {
    pack_world *w = *state;
    pack_write_hospital(w);
    pack_write(w, "hospital/mapping.csv",
               MAPPING_HEAD "M1,F1,a,t,C,n,s,日,日,0,-5,01,2026-01-01,2025-01-01,active,\n");
    stl_mapping_file *file = opened(w);
    const stl_mapping *m = stl_mapping_of(file);
    assert_int_equal(m->rows.rows[STL_MAP_NUM], 0);
    assert_int_equal(m->rows.rows[STL_MAP_DEN], -5);
    stl_mapping_close(file);
}

typedef struct refusal {
    const char *file, *text;
    int64_t line;
    const char *field;
} refusal;

#define MAP(row) MAPPING_HEAD "M0,F1,a,t,C,n,s,日,日,1,1,01,,,active,\n" row

static const refusal REFUSALS[] = {
    {"mapping.csv", "", 1, NULL},
    {"mapping.csv", "map_id,medins_list_codg\n", 1, "medins_list_name"},
    {"mapping.csv", MAP("M1,F1,a,t,C,n,s,日,日,1.5,1,01,,,active,\n"), 3, "factor_num"},
    {"mapping.csv", MAP("M1,F1,a,t,C,n,s,日,日,1,,01,,,active,\n"), 3, "factor_den"},
    {"mapping.csv", MAP("M1,F1,a,t,C,n,s,日,日,1,x,01,,,active,\n"), 3, "factor_den"},
    {"mapping.csv", MAP("M1,F1,a,t,C,n,s,日,日,1,99999999999999999999,01,,,active,\n"), 3,
     "factor_den"},
    {"mapping.csv", MAP("M1,F1,a,t,C,n,s,日,日,1,1,01,2025-02-30,,active,\n"), 3, "begndate"},
    {"mapping.csv", MAP("M1,,a,t,C,n,s,日,日,1,1,01,,,active,\n"), 3, "medins_list_codg"},
    {"mapping.csv", MAP("M1,F1,a\x01,t,C,n,s,日,日,1,1,01,,,active,\n"), 3, "medins_list_name"},
    {"mapping.csv", MAP("M1,F1,a\n"), 3, NULL},
    {"items.csv", ITEMS_HEAD "F1,a,,日,service,1\nF2,a,,日,service,1\nF1,b,,日,service,1\n", 4,
     "medins_list_codg"},
    {"items.csv", "medins_list_codg,medins_list_name,spec,prcunt,item_kind\n", 1, "pric_list_codg"},
};

static void what_cannot_be_read_is_refused_at_its_place(void **state) {
    pack_world *w = *state;
    for (size_t i = 0; i < sizeof REFUSALS / sizeof REFUSALS[0]; i++) {
        const refusal *r = &REFUSALS[i];
        char path[64];
        pack_write_hospital(w);
        snprintf(path, sizeof path, "hospital/%s", r->file);
        pack_write(w, path, r->text);
        stl_mapping_file *file;
        settle_status status = open_mapping(w, &file);
        if (status != SETTLE_E_MAPPING_READ || w->err.line != r->line)
            print_error("%zu: %d line %d field %s: %s\n", i, status, (int)w->err.line, w->err.field,
                        w->err.detail);
        assert_int_equal(status, SETTLE_E_MAPPING_READ);
        assert_null(file);
        assert_string_equal(w->err.file, r->file);
        assert_int_equal(w->err.line, r->line);
        if (r->field != NULL)
            assert_string_equal(w->err.field, r->field);
        assert_int_equal(access(pack_path(w, "cache/mapping.idx"), F_OK), -1);
    }
}

static void a_missing_source_is_refused_even_beside_a_cache(void **state) {
    pack_world *w = *state;
    pack_write_hospital(w);
    stl_mapping_close(opened(w));
    assert_int_equal(unlink(pack_path(w, "hospital/items.csv")), 0);
    stl_mapping_file *file;
    assert_int_equal(open_mapping(w, &file), SETTLE_E_MAPPING_READ);
    assert_string_equal(w->err.file, "items.csv");
}

static void a_changed_source_is_compiled_again(void **state) {
    pack_world *w = *state;
    pack_write_hospital(w);
    assert_price_code(w, "110900001a");
    pack_write(w, "hospital/items.csv", ITEMS_HEAD "F1,四人间床位费,,日,service,110900001b\n");
    assert_price_code(w, "110900001b");
    assert_price_code(w, "110900001b");
}

/* Same size, inode and modification time, again and again within one tick of the clock. */
static void a_change_in_place_within_a_tick_is_seen(void **state) {
    pack_world *w = *state;
    pack_write_hospital(w);
    char text[] = ITEMS_HEAD "F1,床位费,,日,service,110900001a\n";
    int fd = open(pack_path(w, "hospital/items.csv"), O_RDWR | O_TRUNC);
    assert_true(fd >= 0);
    for (char letter = 'a'; letter <= 'z'; letter++) {
        char want[] = "110900001?";
        want[9] = text[sizeof text - 3] = letter;
        assert_int_equal(pwrite(fd, text, sizeof text - 1, 0), sizeof text - 1);
        assert_price_code(w, want);
    }
    close(fd);
}

static void a_restored_modification_time_deceives_nobody(void **state) {
    pack_world *w = *state;
    pack_write_hospital(w);
    struct stat about;
    assert_int_equal(stat(pack_path(w, "hospital/items.csv"), &about), 0);
    usleep(50000);
    assert_price_code(w, "110900001a");
    int fd = open(pack_path(w, "hospital/items.csv"), O_RDWR);
    size_t len;
    unsigned char *bytes = pack_read(w, "hospital/items.csv", &len);
    unsigned char *code = memmem(bytes, len, "110900001a", 10);
    code[9] = 'c';
    assert_int_equal(pwrite(fd, bytes, len, 0), len);
    const struct timespec times[2] = {about.st_atim, about.st_mtim};
    assert_int_equal(futimens(fd, times), 0);
    close(fd);
    free(bytes);
    assert_price_code(w, "110900001c");
}

static void a_cache_is_used_without_reading_the_sources(void **state) {
    pack_world *w = *state;
    pack_write_hospital(w);
    usleep(50000);
    stl_mapping_close(opened(w));
    struct stat before, after;
    assert_int_equal(stat(pack_path(w, "cache/mapping.idx"), &before), 0);
    stl_mapping_close(opened(w));
    assert_int_equal(stat(pack_path(w, "cache/mapping.idx"), &after), 0);
    assert_int_equal(before.st_ino, after.st_ino);
    /* touched, not changed: read again, compiled not */
    assert_int_equal(utimensat(AT_FDCWD, pack_path(w, "hospital/items.csv"), NULL, 0), 0);
    assert_price_code(w, "110900001a");
    assert_int_equal(stat(pack_path(w, "cache/mapping.idx"), &after), 0);
    assert_int_not_equal(before.st_ino, after.st_ino);
}

static void a_damaged_cache_is_compiled_again(void **state) {
    pack_world *w = *state;
    pack_write_hospital(w);
    usleep(50000);
    stl_mapping_close(opened(w));
    size_t len;
    unsigned char *bytes = pack_read(w, "cache/mapping.idx", &len);
    for (size_t cut = 0; cut < len; cut += 61) {
        pack_write_bytes(w, "cache/mapping.idx", bytes, cut);
        assert_price_code(w, "110900001a");
    }
    for (size_t at = 0; at < 300; at++) {
        bytes[at] ^= 0x40;
        pack_write_bytes(w, "cache/mapping.idx", bytes, len);
        assert_price_code(w, "110900001a");
        bytes[at] ^= 0x40;
    }
    free(bytes);
}

static void a_cache_that_others_may_write_is_not_trusted(void **state) {
    pack_world *w = *state;
    pack_write_hospital(w);
    usleep(50000);
    stl_mapping_close(opened(w));
    stl_cached cached;
    const char *cache = pack_path(w, "cache"), *hospital = pack_path(w, "hospital");
    assert_true(stl_mapping_cache_open(cache, hospital, &cached));
    stl_file_unmap(&cached.file);
    assert_int_equal(chmod(pack_path(w, "cache/mapping.idx"), 0666), 0);
    assert_false(stl_mapping_cache_open(cache, hospital, &cached));
    assert_price_code(w, "110900001a");
}

static void without_a_cache_directory_it_is_compiled_in_memory(void **state) {
    pack_world *w = *state;
    pack_write_hospital(w);
    pack_write(w, "cache", "a file where the directory should be");
    stl_mapping_close(what_is_there(w));
    stl_mapping_close(what_is_there(w));
}

static void processes_that_compile_at_once_agree(void **state) {
    pack_world *w = *state;
    pack_write_hospital(w);
    pid_t children[4];
    for (int i = 0; i < 4; i++) {
        children[i] = fork();
        if (children[i] != 0)
            continue;
        int bad = 0;
        for (int round = 0; round < 50; round++) {
            stl_mapping_file *file;
            if (open_mapping(w, &file) != SETTLE_OK || stl_mapping_of(file)->rows.n_rows != 3)
                bad = 1;
            stl_mapping_close(file);
            if (round % 5 == i)
                unlink(pack_path(w, "cache/mapping.idx"));
        }
        _exit(bad);
    }
    for (int i = 0; i < 4; i++) {
        int rc;
        assert_int_equal(waitpid(children[i], &rc, 0), children[i]);
        assert_int_equal(rc, 0);
    }
    stl_mapping_close(what_is_there(w));
}

int main(void) {
#define WORLD(test) cmocka_unit_test_setup_teardown(test, pack_world_setup, pack_world_teardown)
    const struct CMUnitTest tests[] = {
        WORLD(compiled_and_cached_say_the_same),
        WORLD(other_columns_are_passed_over_and_blanks_cut),
        WORLD(gb18030_is_understood),
        WORLD(implausible_factors_are_kept_for_the_findings),
        WORLD(what_cannot_be_read_is_refused_at_its_place),
        WORLD(a_missing_source_is_refused_even_beside_a_cache),
        WORLD(a_changed_source_is_compiled_again),
        WORLD(a_change_in_place_within_a_tick_is_seen),
        WORLD(a_restored_modification_time_deceives_nobody),
        WORLD(a_cache_is_used_without_reading_the_sources),
        WORLD(a_damaged_cache_is_compiled_again),
        WORLD(a_cache_that_others_may_write_is_not_trusted),
        WORLD(without_a_cache_directory_it_is_compiled_in_memory),
        WORLD(processes_that_compile_at_once_agree),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
