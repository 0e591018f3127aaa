/* SPDX-License-Identifier: Apache-2.0 */
/* Packs that must not serve: cut, changed, of another kind, without their record. */
#include "support/pack_support.h"

#include "base/index_image.h"
#include "pack/footer.h"
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct built {
    unsigned char *bytes;
    size_t len;
} built;

static built build_bytes(pack_world *w) {
    built b;
    pack_write_tree(w);
    pack_build(w);
    b.bytes = pack_read(w, "t.pack", &b.len);
    return b;
}

static unsigned char *fixture(const char *name, size_t *out_len) {
    char path[96];
    snprintf(path, sizeof path, "tests/fixtures/packs/%s", name);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    unsigned char *bytes = malloc(1 << 20);
    assert_non_null(bytes);
    *out_len = fread(bytes, 1, 1 << 20, file);
    fclose(file);
    return bytes;
}

static settle_status open_status(pack_world *w) {
    stl_pack *pack = NULL;
    w->err = (stl_error){0};
    settle_status status = stl_pack_open(pack_path(w, "t.pack"), &pack, &w->err);
    assert_true((status == SETTLE_OK) == (pack != NULL));
    stl_pack_close(pack);
    return status;
}

static void expect(pack_world *w, settle_status status, size_t at) {
    settle_status got = open_status(w);
    if (got != status)
        print_error("at %zu: %s %s\n", at, settle_status_name(got), w->err.detail);
    assert_int_equal(got, status);
    assert_memory_equal(w->err.file, pack_path(w, "t.pack"), strlen(pack_path(w, "t.pack")));
}

static void a_cut_pack_is_refused_at_every_length(void **state) {
    pack_world *w = *state;
    built b = build_bytes(w);
    for (size_t len = 1; len < b.len; len += len < 600 || len + 600 > b.len ? 1 : 977) {
        pack_write_bytes(w, "t.pack", b.bytes, len);
        expect(w, SETTLE_E_PACK_TRUNCATED, len);
    }
    pack_write_bytes(w, "t.pack", b.bytes, b.len);
    assert_int_equal(open_status(w), SETTLE_OK);
    free(b.bytes);
}

static void an_empty_file_is_refused(void **state) {
    pack_world *w = *state;
    built b = build_bytes(w);
    pack_write(w, "t.pack", "");
    expect(w, SETTLE_E_PACK_EMPTY, 0);
    free(b.bytes);
}

static settle_status status_of_flipped_footer(size_t byte) {
    if (byte < 8)
        return SETTLE_E_PACK_TRUNCATED; /* the magic: no footer is found */
    return byte < 16 ? SETTLE_E_PACK_FORMAT : SETTLE_E_PACK_DIGEST;
}

static void every_byte_of_the_footer_counts(void **state) {
    pack_world *w = *state;
    built b = build_bytes(w);
    for (size_t i = 0; i < STL_FOOTER_LEN; i++) {
        unsigned char *byte = &b.bytes[b.len - STL_FOOTER_LEN + i];
        *byte ^= 0x10;
        pack_write_bytes(w, "t.pack", b.bytes, b.len);
        expect(w, status_of_flipped_footer(i), i);
        *byte ^= 0x10;
    }
    free(b.bytes);
}

static void bytes_after_the_footer_are_refused(void **state) {
    pack_world *w = *state;
    built b = build_bytes(w);
    b.bytes[b.len] = 0;
    pack_write_bytes(w, "t.pack", b.bytes, b.len + 1);
    expect(w, SETTLE_E_PACK_TRUNCATED, b.len + 1);
    free(b.bytes);
}

static void another_format_version_is_named(void **state) {
    pack_world *w = *state;
    built b = build_bytes(w);
    b.bytes[b.len - STL_FOOTER_LEN + 8] = 2;
    pack_write_bytes(w, "t.pack", b.bytes, b.len);
    expect(w, SETTLE_E_PACK_FORMAT, 0);
    assert_string_equal(w->err.detail, "format 2; this software reads 1");
    free(b.bytes);
}

static void another_file_is_no_pack(void **state) {
    pack_world *w = *state;
    built b = build_bytes(w);
    pack_write(w, "t.pack", "<pack/>");
    expect(w, SETTLE_E_PACK_FORMAT, 0);
    unlink(pack_path(w, "t.pack"));
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(pack_path(w, "t.pack"), &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "CREATE TABLE caps (a)", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
    expect(w, SETTLE_E_PACK_FORMAT, 0);
    free(b.bytes);
}

static void a_pack_that_is_not_there_cannot_be_opened(void **state) {
    pack_world *w = *state;
    assert_int_equal(open_status(w), SETTLE_E_PACK_OPEN);
    mkdir(pack_path(w, "t.pack"), 0755);
    assert_int_equal(open_status(w), SETTLE_E_PACK_OPEN);
    assert_string_equal(w->err.detail, "not a regular file");
}

static void a_pack_that_everyone_may_write_to_is_refused(void **state) {
    pack_world *w = *state;
    built b = build_bytes(w);
    assert_int_equal(chmod(pack_path(w, "t.pack"), 0646), 0);
    expect(w, SETTLE_E_PACK_OPEN, 0);
    assert_int_equal(chmod(pack_path(w, "t.pack"), 0664), 0);
    assert_int_equal(open_status(w), SETTLE_OK);
    free(b.bytes);
}

static void without_its_record_a_pack_is_refused(void **state) {
    pack_world *w = *state;
    built b = build_bytes(w);
    assert_int_equal(unlink(pack_path(w, "t.pack.digest")), 0);
    expect(w, SETTLE_E_PACK_DIGEST, 0);
    assert_int_equal(stl_pack_check(pack_path(w, "t.pack"), &w->err), SETTLE_OK);
    assert_int_equal(open_status(w), SETTLE_OK);
    free(b.bytes);
}

static void the_record_of_another_pack_is_refused(void **state) {
    pack_world *w = *state;
    built b = build_bytes(w);
    pack_write(w, "tree/pack.xml", PACK_XML("test-9999", "2.0", ""));
    pack_build(w);
    pack_write_bytes(w, "t.pack", b.bytes, b.len);
    expect(w, SETTLE_E_PACK_DIGEST, 0);
    assert_string_equal(w->err.detail, "the installed record is of another file");
    free(b.bytes);
}

static void a_copy_with_its_record_opens_anywhere(void **state) {
    pack_world *w = *state;
    built b = build_bytes(w);
    size_t record_len;
    unsigned char *record = pack_read(w, "t.pack.digest", &record_len);
    pack_write_bytes(w, "there/copy.pack", b.bytes, b.len);
    pack_write_bytes(w, "there/copy.pack.digest", record, record_len);
    stl_pack *pack = NULL;
    assert_int_equal(stl_pack_open(pack_path(w, "there/copy.pack"), &pack, &w->err), SETTLE_OK);
    stl_pack_close(pack);
    free(record);
    free(b.bytes);
}

/* Footer and record fit, but the table is not as long as the build said. */
static void a_half_imported_pack_is_refused(void **state) {
    pack_world *w = *state;
    built b = build_bytes(w);
    stl_footer footer;
    assert_int_equal(stl_footer_decode(b.bytes, b.len, "t", &footer, NULL), SETTLE_OK);
    unsigned char *image = b.bytes + footer.index_offset;
    stl_index_entry *entry = (stl_index_entry *)(void *)(image + sizeof(stl_index_header));
    while (strcmp(entry->name, "caps") != 0)
        entry++;
    entry->n_rows--;
    assert_int_equal(stl_digest_of(STL_SHA256, image, footer.index_len, footer.index_digest, NULL),
                     SETTLE_OK);
    assert_int_equal(stl_footer_encode(&footer, b.bytes + b.len - STL_FOOTER_LEN, NULL), SETTLE_OK);
    pack_write_bytes(w, "t.pack", b.bytes, b.len);
    assert_int_equal(stl_installed_write(pack_path(w, "t.pack"), &footer, NULL), SETTLE_OK);
    expect(w, SETTLE_E_PACK_DIGEST, 0);
    assert_string_equal(w->err.field, "caps");
    free(b.bytes);
}

/* tests/fixtures/packs/former-1.pack was built when a pack had neither pathways nor parameters. */
static void a_pack_built_before_a_table_was_known_serves(void **state) {
    pack_world *w = *state;
    for (int i = 0; i < 2; i++) {
        size_t len;
        unsigned char *bytes = fixture(i == 0 ? "former-1.pack" : "former-1.pack.digest", &len);
        pack_write_bytes(w, i == 0 ? "t.pack" : "t.pack.digest", bytes, len);
        free(bytes);
    }
    stl_pack *pack = NULL;
    assert_int_equal(stl_pack_open(pack_path(w, "t.pack"), &pack, &w->err), SETTLE_OK);
    const stl_region *region = stl_pack_region(pack);
    assert_int_equal(region->tables[STL_T_CATALOGUE].n_rows, 1);
    assert_int_equal(region->tables[STL_T_PARAMETERS].n_rows, 0);
    assert_int_equal(stl_index_get(&region->tables[STL_T_PATHWAYS], STL_STR("CAP")).count, 0);
    stl_pack_close(pack);
    assert_int_equal(stl_pack_check(pack_path(w, "t.pack"), &w->err), SETTLE_OK);
}

/* Its rows would be there, but nobody said how many. */
static void a_table_without_its_count_is_refused(void **state) {
    pack_world *w = *state;
    built b = build_bytes(w);
    stl_footer footer;
    assert_int_equal(stl_footer_decode(b.bytes, b.len, "t", &footer, NULL), SETTLE_OK);
    unsigned char *image = b.bytes + footer.index_offset;
    const stl_index_header *head = (const stl_index_header *)(void *)image;
    unsigned char *name = memmem(image + head->heap_offset, head->heap_len, "exclusions", 10);
    assert_non_null(name);
    *name = 'x';
    pack_write_bytes(w, "t.pack", b.bytes, b.len);
    expect(w, SETTLE_E_PACK_DIGEST, 0);
    assert_string_equal(w->err.field, "exclusions");
    free(b.bytes);
}

/* Whatever stands in the index, opening and look-ups survive it. */
static void a_hostile_index_does_no_harm(void **state) {
    pack_world *w = *state;
    built b = build_bytes(w);
    stl_footer footer;
    assert_int_equal(stl_footer_decode(b.bytes, b.len, "t", &footer, NULL), SETTLE_OK);
    stl_test_random random = {.state = 20251125};
    size_t begin = (size_t)footer.index_offset, refused = 0;
    for (int round = 0; round < 2000; round++) {
        size_t at = begin + (size_t)stl_test_between(
                                &random, 0, round % 2 == 0 ? 1500 : (int64_t)footer.index_len - 1);
        unsigned char was = b.bytes[at];
        b.bytes[at] = (unsigned char)stl_test_next(&random);
        pack_write_bytes(w, "t.pack", b.bytes, b.len);
        stl_pack *pack = NULL;
        if (stl_pack_open(pack_path(w, "t.pack"), &pack, NULL) == SETTLE_OK) {
            const stl_region *region = stl_pack_region(pack);
            for (size_t t = 0; t < STL_T_COUNT; t++)
                (void)stl_index_get(&region->tables[t], STL_STR("110100001"));
        } else {
            refused++;
        }
        stl_pack_close(pack);
        b.bytes[at] = was;
    }
    assert_true(refused > 0);
    free(b.bytes);
}

int main(void) {
#define WORLD(test) cmocka_unit_test_setup_teardown(test, pack_world_setup, pack_world_teardown)
    const struct CMUnitTest tests[] = {
        WORLD(a_cut_pack_is_refused_at_every_length),
        WORLD(an_empty_file_is_refused),
        WORLD(every_byte_of_the_footer_counts),
        WORLD(bytes_after_the_footer_are_refused),
        WORLD(another_format_version_is_named),
        WORLD(another_file_is_no_pack),
        WORLD(a_pack_that_is_not_there_cannot_be_opened),
        WORLD(a_pack_that_everyone_may_write_to_is_refused),
        WORLD(without_its_record_a_pack_is_refused),
        WORLD(the_record_of_another_pack_is_refused),
        WORLD(a_copy_with_its_record_opens_anywhere),
        WORLD(a_half_imported_pack_is_refused),
        WORLD(a_pack_built_before_a_table_was_known_serves),
        WORLD(a_table_without_its_count_is_refused),
        WORLD(a_hostile_index_does_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
