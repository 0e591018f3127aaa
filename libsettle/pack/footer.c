/* SPDX-License-Identifier: Apache-2.0 */
#include "pack/footer.h"

#include "base/mem.h"
#include "base/file.h"
#include "pack/file.h"
#include <stdio.h>
#include <stdlib.h>

static const char MAGIC[8] = "STLPACK\n";
static const char SQLITE_MAGIC[16] = "SQLite format 3";
enum {
    AT_FORMAT = 8,
    AT_SQLITE_LEN = 16,
    AT_INDEX_OFFSET = 24,
    AT_INDEX_LEN = 32,
    AT_FILE_LEN = 40,
    AT_INDEX_DIGEST = 48,
    AT_PACK_DIGEST = 80,
    AT_SELF_DIGEST = 224,
    AT_APPLICATION_ID = 68, /* in the database's header, big-endian */
};

static void put_number(unsigned char *to, uint64_t value) {
    for (int i = 0; i < 8; i++)
        to[i] = (unsigned char)(value >> (8 * i));
}

static uint64_t number_at(const unsigned char *from) {
    uint64_t value = 0;
    for (int i = 7; i >= 0; i--)
        value = value << 8 | from[i];
    return value;
}

settle_status stl_footer_encode(const stl_footer *footer, unsigned char out[static STL_FOOTER_LEN],
                                stl_error *err) {
    memset(out, 0, STL_FOOTER_LEN);
    memcpy(out, MAGIC, sizeof MAGIC);
    put_number(out + AT_FORMAT, STL_PACK_FORMAT);
    put_number(out + AT_SQLITE_LEN, footer->sqlite_len);
    put_number(out + AT_INDEX_OFFSET, footer->index_offset);
    put_number(out + AT_INDEX_LEN, footer->index_len);
    put_number(out + AT_FILE_LEN, footer->index_offset + footer->index_len + STL_FOOTER_LEN);
    memcpy(out + AT_INDEX_DIGEST, footer->index_digest, STL_DIGEST_LEN);
    memcpy(out + AT_PACK_DIGEST, footer->pack_digest, STL_DIGEST_LEN);
    return stl_digest_of(STL_SHA256, out, AT_SELF_DIGEST, out + AT_SELF_DIGEST, err);
}

static settle_status check_header(const unsigned char *file, size_t len, const char *path,
                                  stl_error *err) {
    static const unsigned char APPLICATION_ID[] = {'S', 'T', 'L', 'P'};
    if (len == 0)
        return FAIL(err, SETTLE_E_PACK_EMPTY, .file = path, .detail = "no bytes");
    size_t have = len < sizeof SQLITE_MAGIC ? len : sizeof SQLITE_MAGIC;
    if (memcmp(file, SQLITE_MAGIC, have) != 0)
        return FAIL(err, SETTLE_E_PACK_FORMAT, .file = path, .detail = "does not begin as a pack");
    if (len < AT_APPLICATION_ID + 4 + STL_FOOTER_LEN)
        return FAIL(err, SETTLE_E_PACK_TRUNCATED, .file = path);
    if (memcmp(file + AT_APPLICATION_ID, APPLICATION_ID, sizeof APPLICATION_ID) != 0)
        return FAIL(err, SETTLE_E_PACK_FORMAT, .file = path, .detail = "a database, but no pack");
    return SETTLE_OK;
}

static settle_status check_footer(const unsigned char *footer, size_t len, const char *path,
                                  stl_error *err) {
    if (memcmp(footer, MAGIC, sizeof MAGIC) != 0)
        return FAIL(err, SETTLE_E_PACK_TRUNCATED, .file = path, .detail = "no footer at the end");
    uint64_t format = number_at(footer + AT_FORMAT);
    if (format != STL_PACK_FORMAT) {
        char detail[80];
        snprintf(detail, sizeof detail, "format %llu; this software reads %d",
                 (unsigned long long)format, STL_PACK_FORMAT);
        return FAIL(err, SETTLE_E_PACK_FORMAT, .file = path, .detail = detail);
    }
    unsigned char digest[STL_DIGEST_LEN];
    TRY(stl_digest_of(STL_SHA256, footer, AT_SELF_DIGEST, digest, err));
    if (memcmp(digest, footer + AT_SELF_DIGEST, sizeof digest) != 0)
        return FAIL(err, SETTLE_E_PACK_DIGEST, .file = path, .detail = "the footer was changed");
    uint64_t file_len = number_at(footer + AT_FILE_LEN);
    if (file_len > len)
        return FAIL(err, SETTLE_E_PACK_TRUNCATED, .file = path, .detail = "shorter than it says");
    if (file_len < len)
        return FAIL(err, SETTLE_E_PACK_FORMAT, .file = path, .detail = "longer than it says");
    return SETTLE_OK;
}

settle_status stl_footer_decode(const unsigned char *file, size_t len, const char *path,
                                stl_footer *out, stl_error *err) {
    TRY(check_header(file, len, path, err));
    size_t body = len - STL_FOOTER_LEN;
    const unsigned char *footer = file + body;
    TRY(check_footer(footer, len, path, err));
    *out = (stl_footer){
        .sqlite_len = number_at(footer + AT_SQLITE_LEN),
        .index_offset = number_at(footer + AT_INDEX_OFFSET),
        .index_len = number_at(footer + AT_INDEX_LEN),
    };
    memcpy(out->index_digest, footer + AT_INDEX_DIGEST, STL_DIGEST_LEN);
    memcpy(out->pack_digest, footer + AT_PACK_DIGEST, STL_DIGEST_LEN);
    if (out->index_offset % STL_PACK_PAGE != 0 || out->index_offset > body ||
        out->sqlite_len > out->index_offset || out->index_len != body - out->index_offset)
        return FAIL(err, SETTLE_E_PACK_FORMAT, .file = path, .detail = "sections do not fit");
    return SETTLE_OK;
}

static void record_text(const stl_footer *footer, char out[static 160]) {
    char pack[STL_DIGEST_HEX], index[STL_DIGEST_HEX];
    stl_hex(footer->pack_digest, STL_DIGEST_LEN, pack);
    stl_hex(footer->index_digest, STL_DIGEST_LEN, index);
    snprintf(out, 160, "pack %s\nindex %s\n", pack, index);
}

settle_status stl_installed_compare(const char *pack_path, const stl_footer *footer,
                                    stl_error *err) {
    SCOPED_FREE char *path = NULL;
    if (asprintf(&path, "%s.digest", pack_path) < 0)
        return FAIL(err, SETTLE_E_NO_MEMORY, .file = pack_path);
    SCOPED_BUF found = {0};
    settle_status status = stl_file_read(path, path, SETTLE_E_PACK_DIGEST, &found, NULL, err);
    if (status == SETTLE_E_PACK_DIGEST)
        return FAIL(err, status, .file = path,
                    .detail = "no installed record; settle pack check makes one");
    TRY(status);
    char expected[160];
    record_text(footer, expected);
    if (!stl_str_is((stl_str){found.ptr, found.len}, expected))
        return FAIL(err, SETTLE_E_PACK_DIGEST, .file = path,
                    .detail = "the installed record is of another file");
    return SETTLE_OK;
}

settle_status stl_installed_write(const char *pack_path, const stl_footer *footer, stl_error *err) {
    SCOPED_FREE char *path = NULL;
    if (asprintf(&path, "%s.digest", pack_path) < 0)
        return FAIL(err, SETTLE_E_NO_MEMORY, .file = pack_path);
    char text[160];
    record_text(footer, text);
    SCOPED_ASIDE file = {.fd = -1};
    TRY(stl_aside_begin(path, &file, err));
    TRY(stl_aside_write(&file, text, strlen(text), err));
    return stl_aside_commit(&file, err);
}
