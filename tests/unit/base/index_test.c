/* SPDX-License-Identifier: Apache-2.0 */
#include "support/base_support.h"

#include "base/decimal.h"
#include "base/index.h"
#include "base/index_image.h"

#include <stdio.h>
#include <stdlib.h>

static int64_t text_cell(stl_index_writer *w, const char *text) {
    int64_t cell;
    assert_int_equal(stl_index_writer_text(w, stl_str_of(text), &cell, NULL), SETTLE_OK);
    return cell;
}

static void put_row(stl_index_writer *w, const char *key, int64_t number, const char *text) {
    int64_t cells[] = {text_cell(w, key), number, text_cell(w, text)};
    assert_int_equal(stl_index_writer_row(w, cells, NULL), SETTLE_OK);
}

/* Two tables of three columns; keys in no order, three rows of "B2". */
static void build(stl_buf *out) {
    stl_index_writer *w = stl_index_writer_new();
    assert_int_equal(stl_index_writer_table(w, "caps", 3, NULL), SETTLE_OK);
    put_row(w, "B2", 1, "一");
    put_row(w, "A1", STL_NONE, "");
    put_row(w, "B2", 2, "二");
    put_row(w, "B2", 3, "一");
    put_row(w, "110100001A", -5, "a text that is longer than a word");
    assert_int_equal(stl_index_writer_table(w, "units", 3, NULL), SETTLE_OK);
    put_row(w, "A1", 9, "次");
    assert_int_equal(stl_index_writer_table(w, "empty", 2, NULL), SETTLE_OK);
    assert_int_equal(stl_index_writer_finish(w, out, NULL), SETTLE_OK);
    stl_index_writer_free(w);
}

static stl_index_table table_of(const stl_buf *image, const char *name, size_t n_cols) {
    stl_index index;
    stl_index_table table;
    assert_int_equal(stl_index_open(image->ptr, image->len, &index, NULL), SETTLE_OK);
    assert_int_equal(stl_index_find_table(&index, name, n_cols, &table, NULL), SETTLE_OK);
    return table;
}

static void rows_are_found_by_key_in_the_order_given(void **state) {
    (void)state;
    SCOPED_BUF image = {0};
    build(&image);
    stl_index_table caps = table_of(&image, "caps", 3);
    assert_int_equal(caps.n_rows, 5);
    stl_index_rows b2 = stl_index_get(&caps, STL_STR("B2"));
    assert_int_equal(b2.count, 3);
    for (int64_t i = 0; i < 3; i++)
        assert_int_equal(b2.rows[i * 3 + 1], i + 1);
    assert_str(stl_index_text(&caps, b2.rows[0]), "B2");
    assert_str(stl_index_text(&caps, b2.rows[2]), "一");
    assert_str(stl_index_text(&caps, b2.rows[5]), "二");
    assert_int_equal(b2.rows[2], b2.rows[8]);
    stl_index_rows a1 = stl_index_get(&caps, STL_STR("A1"));
    assert_int_equal(a1.count, 1);
    assert_true(a1.rows[1] == STL_NONE);
    assert_str(stl_index_text(&caps, a1.rows[2]), "");
}

static void absent_keys_find_nothing(void **state) {
    (void)state;
    SCOPED_BUF image = {0};
    build(&image);
    stl_index_table caps = table_of(&image, "caps", 3);
    static const char *const ABSENT[] = {"", "B", "B20", "b2", "110100001", "次"};
    for (size_t i = 0; i < sizeof ABSENT / sizeof *ABSENT; i++)
        assert_int_equal(stl_index_get(&caps, stl_str_of(ABSENT[i])).count, 0);
}

static void tables_do_not_mix(void **state) {
    (void)state;
    SCOPED_BUF image = {0};
    build(&image);
    stl_index_table units = table_of(&image, "units", 3);
    assert_int_equal(stl_index_get(&units, STL_STR("A1")).rows[1], 9);
    assert_int_equal(stl_index_get(&units, STL_STR("B2")).count, 0);
}

static void absent_and_empty_tables_find_nothing(void **state) {
    (void)state;
    SCOPED_BUF image = {0};
    build(&image);
    stl_index_table empty = table_of(&image, "empty", 2);
    stl_index_table absent = table_of(&image, "no such table", 7);
    assert_int_equal(empty.n_rows, 0);
    assert_int_equal(absent.n_rows, 0);
    assert_int_equal(stl_index_get(&empty, STL_STR("A1")).count, 0);
    assert_int_equal(stl_index_get(&absent, STL_STR("A1")).count, 0);
    assert_str(stl_index_text(&absent, 12345678), "");
}

static void a_table_of_other_width_is_refused_by_name(void **state) {
    (void)state;
    SCOPED_BUF image = {0};
    build(&image);
    stl_index index;
    stl_index_table table;
    stl_error err = {0};
    assert_int_equal(stl_index_open(image.ptr, image.len, &index, NULL), SETTLE_OK);
    assert_int_equal(stl_index_find_table(&index, "caps", 4, &table, &err), SETTLE_E_PACK_FORMAT);
    assert_string_equal(err.field, "caps");
}

static void an_empty_key_is_a_key(void **state) {
    (void)state;
    SCOPED_BUF image = {0};
    stl_index_writer *w = stl_index_writer_new();
    assert_int_equal(stl_index_writer_table(w, "t", 3, NULL), SETTLE_OK);
    put_row(w, "", 4, "x");
    assert_int_equal(stl_index_writer_finish(w, &image, NULL), SETTLE_OK);
    stl_index_writer_free(w);
    stl_index_table t = table_of(&image, "t", 3);
    assert_int_equal(stl_index_get(&t, STL_STR("")).rows[1], 4);
}

static void the_same_calls_give_the_same_bytes(void **state) {
    (void)state;
    SCOPED_BUF first = {0}, second = {0};
    build(&first);
    build(&second);
    assert_int_equal(first.len, second.len);
    assert_memory_equal(first.ptr, second.ptr, first.len);
    assert_int_equal(first.len % 8, 0);
}

static void wrong_use_of_the_writer_is_refused(void **state) {
    (void)state;
    stl_index_writer *w = stl_index_writer_new();
    int64_t cells[] = {0, 1};
    assert_int_equal(stl_index_writer_row(w, cells, NULL), SETTLE_E_ARG_STATE);
    assert_int_equal(stl_index_writer_table(w, "t", 0, NULL), SETTLE_E_ARG_VALUE);
    assert_int_equal(stl_index_writer_table(w, "t", 257, NULL), SETTLE_E_ARG_VALUE);
    assert_int_equal(stl_index_writer_table(w, "a name of more than thirty-one b", 2, NULL),
                     SETTLE_E_ARG_VALUE);
    assert_int_equal(stl_index_writer_table(w, "t", 2, NULL), SETTLE_OK);
    assert_int_equal(stl_index_writer_table(w, "t", 2, NULL), SETTLE_E_ARG_VALUE);
    cells[0] = STL_NONE;
    assert_int_equal(stl_index_writer_row(w, cells, NULL), SETTLE_E_ARG_VALUE);
    cells[0] = 12345;
    assert_int_equal(stl_index_writer_row(w, cells, NULL), SETTLE_E_ARG_VALUE);
    SCOPED_BUF odd = {0};
    stl_buf_text(&odd, "abc");
    assert_int_equal(stl_index_writer_finish(w, &odd, NULL), SETTLE_E_ARG_STATE);
    stl_index_writer_free(w);
}

static void a_text_past_the_limit_overflows(void **state) {
    (void)state;
    stl_index_writer *w = stl_index_writer_new();
    char *big = calloc(1, STL_INDEX_TEXT_MAX + 1);
    int64_t cell = 7;
    assert_int_equal(stl_index_writer_text(w, (stl_str){big, STL_INDEX_TEXT_MAX + 1}, &cell, NULL),
                     SETTLE_E_OVERFLOW);
    assert_int_equal(cell, 7);
    assert_int_equal(stl_index_writer_text(w, (stl_str){big, STL_INDEX_TEXT_MAX}, &cell, NULL),
                     SETTLE_OK);
    free(big);
    stl_index_writer_free(w);
}

static void many_keys_are_all_found_with_their_rows(void **state) {
    (void)state;
    enum { KEYS = 30000 };
    stl_index_writer *w = stl_index_writer_new();
    assert_int_equal(stl_index_writer_table(w, "t", 3, NULL), SETTLE_OK);
    for (int64_t i = 0; i < KEYS * 2; i++) {
        char key[32];
        snprintf(key, sizeof key, "key-%lld", (long long)(i * 7919 % KEYS));
        put_row(w, key, i, key);
    }
    SCOPED_BUF image = {0};
    assert_int_equal(stl_index_writer_finish(w, &image, NULL), SETTLE_OK);
    stl_index_writer_free(w);
    stl_index_table t = table_of(&image, "t", 3);
    assert_true(t.n_slots >= KEYS * 2);
    for (int64_t i = 0; i < KEYS; i++) {
        char key[32];
        int len = snprintf(key, sizeof key, "key-%lld", (long long)(i * 7919 % KEYS));
        stl_index_rows got = stl_index_get(&t, (stl_str){key, (size_t)len});
        assert_int_equal(got.count, 2);
        assert_int_equal(got.rows[1], i);
        assert_int_equal(got.rows[4], i + KEYS);
    }
    for (size_t i = 1; i < t.n_rows; i++)
        assert_true(stl_str_cmp(stl_index_text(&t, t.rows[(i - 1) * 3]),
                                stl_index_text(&t, t.rows[i * 3])) <= 0);
}

/* --- hostile images --- */

static settle_status open_bytes(const void *bytes, size_t len) {
    stl_index index;
    return stl_index_open(bytes, len, &index, NULL);
}

static void truncated_images_are_refused_at_every_length(void **state) {
    (void)state;
    SCOPED_BUF image = {0};
    build(&image);
    for (size_t len = 0; len < image.len; len++) {
        char *exact = malloc(len + 1);
        memcpy(exact, image.ptr, len);
        assert_int_equal(open_bytes(exact, len), SETTLE_E_PACK_TRUNCATED);
        free(exact);
    }
    assert_int_equal(open_bytes(image.ptr, image.len), SETTLE_OK);
}

static void foreign_bytes_and_byte_orders_are_refused(void **state) {
    (void)state;
    SCOPED_BUF image = {0};
    build(&image);
    stl_index_header *head = (stl_index_header *)(void *)image.ptr;
    head->order = 0x04030201u;
    assert_int_equal(open_bytes(image.ptr, image.len), SETTLE_E_PACK_FORMAT);
    head->order = STL_INDEX_ORDER;
    head->magic[6]++;
    assert_int_equal(open_bytes(image.ptr, image.len), SETTLE_E_PACK_FORMAT);
    head->magic[6]--;
    head->n_tables = 1000;
    assert_int_equal(open_bytes(image.ptr, image.len), SETTLE_E_PACK_FORMAT);
    head->n_tables = 3;
    head->heap_len = UINT64_MAX;
    assert_int_equal(open_bytes(image.ptr, image.len), SETTLE_E_PACK_FORMAT);
}

static void tables_out_of_bounds_are_refused(void **state) {
    (void)state;
    SCOPED_BUF image = {0};
    build(&image);
    stl_index_entry *entry = (stl_index_entry *)(void *)(image.ptr + sizeof(stl_index_header));
    uint64_t *fields[] = {&entry->n_rows, &entry->n_cols, &entry->rows_offset, &entry->n_slots,
                          &entry->slots_offset};
    static const uint64_t WRONG[] = {UINT64_MAX, UINT64_MAX / 8, UINT64_C(1) << 60, 1000003};
    for (size_t f = 0; f < 5; f++)
        for (size_t i = 0; i < 4; i++) {
            uint64_t sound = *fields[f];
            *fields[f] = WRONG[i];
            assert_int_equal(open_bytes(image.ptr, image.len), SETTLE_E_PACK_FORMAT);
            *fields[f] = sound;
        }
    entry->n_slots = 0;
    assert_int_equal(open_bytes(image.ptr, image.len), SETTLE_E_PACK_FORMAT);
}

/* The sum keeps the compiler from leaving out the reads. */
static size_t use_everything(const void *bytes, size_t len) {
    static const char *const TABLES[] = {"caps", "units", "empty"};
    static const char *const KEYS[] = {"A1", "B2", "110100001A", "", "nothing"};
    stl_index index;
    size_t read = 0;
    if (stl_index_open(bytes, len, &index, NULL) != SETTLE_OK)
        return 0;
    for (size_t t = 0; t < 3; t++) {
        stl_index_table table;
        if (stl_index_find_table(&index, TABLES[t], t == 2 ? 2 : 3, &table, NULL) != SETTLE_OK)
            continue;
        for (size_t k = 0; k < 5; k++) {
            stl_index_rows rows = stl_index_get(&table, stl_str_of(KEYS[k]));
            for (size_t c = 0; c < rows.count * table.n_cols; c++) {
                stl_str text = stl_index_text(&table, rows.rows[c]);
                for (size_t i = 0; i < text.len; i++)
                    read += (unsigned char)text.ptr[i];
            }
        }
    }
    return read;
}

/* Each byte in turn, then random pairs; the block ends with the image, so that a sanitizer or
 * valgrind sees any read behind it. */
static void no_change_of_an_image_makes_a_look_up_leave_it(void **state) {
    (void)state;
    static const unsigned char VALUES[] = {0x00, 0x01, 0x7F, 0x80, 0xFF};
    SCOPED_BUF image = {0};
    build(&image);
    char *copy = malloc(image.len);
    size_t read = 0;
    for (size_t at = 0; at < image.len; at++)
        for (int v = 0; v < 13; v++) {
            memcpy(copy, image.ptr, image.len);
            unsigned char flipped = (unsigned char)(copy[at] ^ (1 << (v % 8)));
            memcpy(copy + at, v < 5 ? &VALUES[v] : &flipped, 1);
            read += use_everything(copy, image.len);
        }
    stl_test_random r = {19};
    for (int i = 0; i < 100000; i++) {
        memcpy(copy, image.ptr, image.len);
        for (int k = 0; k < 4; k++)
            copy[stl_test_next(&r) % image.len] = (char)stl_test_next(&r);
        read += use_everything(copy, image.len);
    }
    free(copy);
    assert_true(read > 0);
}

static void a_group_ends_with_the_table(void **state) {
    (void)state;
    SCOPED_BUF image = {0};
    build(&image);
    stl_index_table caps = table_of(&image, "caps", 3);
    caps.n_rows = 4; /* the last of B2's three rows no longer belongs to it */
    assert_int_equal(stl_index_get(&caps, STL_STR("B2")).count, 2);
}

static void a_full_slot_table_ends_the_search(void **state) {
    (void)state;
    SCOPED_BUF image = {0};
    build(&image);
    stl_index_table caps = table_of(&image, "caps", 3);
    stl_index_slot *slots = (stl_index_slot *)(uintptr_t)caps.slots;
    for (size_t i = 0; i < caps.n_slots; i++)
        slots[i] = (stl_index_slot){UINT32_MAX, stl_index_tag(stl_str_hash(STL_STR("zz"))), 0};
    assert_int_equal(stl_index_get(&caps, STL_STR("zz")).count, 0);
}

/* --- memory --- */

static settle_status write_image(void *user, stl_error *err) {
    (void)user;
    SCOPED_BUF image = {0};
    stl_index_writer *w = stl_index_writer_new();
    TRY_ALLOC(err, w);
    settle_status status = stl_index_writer_table(w, "t", 2, err);
    for (int i = 0; i < 1500 && status == SETTLE_OK; i++) {
        char key[16];
        int64_t cells[2] = {0, i};
        int len = snprintf(key, sizeof key, "k%d", i);
        status = stl_index_writer_text(w, (stl_str){key, (size_t)len}, cells, err);
        if (status == SETTLE_OK)
            status = stl_index_writer_row(w, cells, err);
    }
    if (status == SETTLE_OK)
        status = stl_index_writer_finish(w, &image, err);
    stl_index_writer_free(w);
    return status;
}

static void every_failed_allocation_is_reported(void **state) {
    (void)state;
    assert_true(stl_test_each_alloc(write_image, NULL) >= 10);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_found_by_key_in_the_order_given),
        cmocka_unit_test(absent_keys_find_nothing),
        cmocka_unit_test(tables_do_not_mix),
        cmocka_unit_test(absent_and_empty_tables_find_nothing),
        cmocka_unit_test(a_table_of_other_width_is_refused_by_name),
        cmocka_unit_test(an_empty_key_is_a_key),
        cmocka_unit_test(the_same_calls_give_the_same_bytes),
        cmocka_unit_test(wrong_use_of_the_writer_is_refused),
        cmocka_unit_test(a_text_past_the_limit_overflows),
        cmocka_unit_test(many_keys_are_all_found_with_their_rows),
        cmocka_unit_test(truncated_images_are_refused_at_every_length),
        cmocka_unit_test(foreign_bytes_and_byte_orders_are_refused),
        cmocka_unit_test(tables_out_of_bounds_are_refused),
        cmocka_unit_test(no_change_of_an_image_makes_a_look_up_leave_it),
        cmocka_unit_test(a_group_ends_with_the_table),
        cmocka_unit_test(a_full_slot_table_ends_the_search),
        cmocka_unit_test(every_failed_allocation_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
