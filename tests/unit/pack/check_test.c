/* SPDX-License-Identifier: Apache-2.0 */
/* What opening leaves out and a complete check finds. */
#include "support/pack_support.h"

#include "pack/footer.h"
#include <sqlite3.h>
#include <stdlib.h>
#include <unistd.h>

typedef struct built {
    unsigned char *bytes;
    size_t len;
    stl_footer footer;
} built;

static built build_bytes(pack_world *w) {
    built b;
    pack_write_tree(w);
    pack_build(w);
    b.bytes = pack_read(w, "t.pack", &b.len);
    assert_int_equal(stl_footer_decode(b.bytes, b.len, "t", &b.footer, NULL), SETTLE_OK);
    return b;
}

static settle_status check(pack_world *w) {
    w->err = (stl_error){0};
    return stl_pack_check(pack_path(w, "t.pack"), &w->err);
}

static void a_sound_pack_passes_and_gets_its_record(void **state) {
    pack_world *w = *state;
    built b = build_bytes(w);
    size_t before_len, after_len;
    unsigned char *before = pack_read(w, "t.pack.digest", &before_len);
    unlink(pack_path(w, "t.pack.digest"));
    assert_int_equal(check(w), SETTLE_OK);
    unsigned char *after = pack_read(w, "t.pack.digest", &after_len);
    assert_int_equal(before_len, after_len);
    assert_memory_equal(before, after, before_len);
    free(before);
    free(after);
    free(b.bytes);
}

static void any_changed_byte_of_the_index_is_found(void **state) {
    pack_world *w = *state;
    built b = build_bytes(w);
    for (size_t at = 0; at < b.footer.index_len; at += 131) {
        b.bytes[b.footer.index_offset + at] ^= 1;
        pack_write_bytes(w, "t.pack", b.bytes, b.len);
        assert_true(check(w) <= SETTLE_E_PACK_TRUNCATED && check(w) >= SETTLE_E_PACK_EMPTY);
        b.bytes[b.footer.index_offset + at] ^= 1;
    }
    free(b.bytes);
}

/* Writes the bytes with a footer that fits the index again: the database must give it away. */
static void rewrite(pack_world *w, built *b) {
    assert_int_equal(stl_digest_of(STL_SHA256, b->bytes + b->footer.index_offset,
                                   b->footer.index_len, b->footer.index_digest, NULL),
                     SETTLE_OK);
    assert_int_equal(stl_footer_encode(&b->footer, b->bytes + b->len - STL_FOOTER_LEN, NULL),
                     SETTLE_OK);
    pack_write_bytes(w, "t.pack", b->bytes, b->len);
}

static size_t find(const built *b, size_t from, const char *text) {
    unsigned char *at = memmem(b->bytes + from, b->len - from, text, strlen(text));
    assert_non_null(at);
    return (size_t)(at - b->bytes);
}

static void an_index_that_differs_from_the_database_is_found(void **state) {
    pack_world *w = *state;
    built b = build_bytes(w);
    b.bytes[find(&b, b.footer.index_offset, "list 1")] = 'L';
    rewrite(w, &b);
    assert_int_equal(check(w), SETTLE_E_PACK_DIGEST);
    assert_string_equal(w->err.field, "caps");
    free(b.bytes);
}

static void a_database_changed_by_hand_is_found(void **state) {
    pack_world *w = *state;
    built b = build_bytes(w);
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(pack_path(w, "t.pack"), &db), SQLITE_OK);
    assert_int_equal(
        sqlite3_exec(db, "UPDATE caps SET pric_uplmt_amt = '26.000000'", NULL, NULL, NULL),
        SQLITE_OK);
    sqlite3_close(db);
    assert_int_not_equal(check(w), SETTLE_OK);
    free(b.bytes);
}

static void rows_of_both_sides_that_are_not_those_of_the_digest_are_found(void **state) {
    pack_world *w = *state;
    built b = build_bytes(w);
    b.bytes[find(&b, 0, "list 2")] = 'L';
    b.bytes[find(&b, b.footer.index_offset, "list 2")] = 'L';
    rewrite(w, &b);
    assert_int_equal(check(w), SETTLE_E_PACK_DIGEST);
    assert_string_equal(w->err.detail, "the rows are not those of the digest");
    free(b.bytes);
}

static void a_damaged_database_is_found(void **state) {
    pack_world *w = *state;
    built b = build_bytes(w);
    memset(b.bytes + 8192, 0xff, 64);
    pack_write_bytes(w, "t.pack", b.bytes, b.len);
    assert_int_equal(check(w), SETTLE_E_PACK_DIGEST);
    free(b.bytes);
}

static void a_failed_check_writes_no_record(void **state) {
    pack_world *w = *state;
    built b = build_bytes(w);
    unlink(pack_path(w, "t.pack.digest"));
    b.bytes[b.footer.index_offset + b.footer.index_len - 1] ^= 1;
    pack_write_bytes(w, "t.pack", b.bytes, b.len);
    assert_int_equal(check(w), SETTLE_E_PACK_DIGEST);
    assert_string_equal(w->err.detail, "the index section was changed");
    assert_int_equal(access(pack_path(w, "t.pack.digest"), F_OK), -1);
    free(b.bytes);
}

int main(void) {
#define WORLD(test) cmocka_unit_test_setup_teardown(test, pack_world_setup, pack_world_teardown)
    const struct CMUnitTest tests[] = {
        WORLD(a_sound_pack_passes_and_gets_its_record),
        WORLD(any_changed_byte_of_the_index_is_found),
        WORLD(an_index_that_differs_from_the_database_is_found),
        WORLD(a_database_changed_by_hand_is_found),
        WORLD(rows_of_both_sides_that_are_not_those_of_the_digest_are_found),
        WORLD(a_damaged_database_is_found),
        WORLD(a_failed_check_writes_no_record),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
