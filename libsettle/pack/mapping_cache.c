/* SPDX-License-Identifier: Apache-2.0 */
#include "pack/mapping_cache.h"

#include "base/mem.h"
#include "pack/file.h"
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { IMAGE_OFFSET = 4096 };
#define CACHE_MAGIC "STLMAP1\n"
#define BYTE_ORDER_MARK 0x01020304u

typedef struct cache_header {
    char magic[8];
    uint32_t order, zero;
    unsigned char columns[STL_DIGEST_LEN]; /* of the tables' columns: another version has others */
    stl_look look;
    unsigned char digest[STL_DIGEST_LEN];
    uint64_t image_len;
    unsigned char self[STL_DIGEST_LEN]; /* of all before */
} cache_header;

static void put_columns(stl_buf *out, const stl_table_spec *spec) {
    stl_buf_printf(out, "%s:", spec->name);
    for (size_t i = 0; i < spec->n_columns; i++)
        stl_buf_printf(out, "%s %d,", spec->columns[i].csv, (int)spec->columns[i].kind);
}

static bool columns_digest(unsigned char out[static STL_DIGEST_LEN]) {
    SCOPED_BUF text = {0};
    put_columns(&text, &STL_ITEM_TABLE);
    put_columns(&text, &STL_MAPPING_TABLE);
    return stl_buf_ok(&text) &&
           stl_digest_of(STL_SHA256, text.ptr, text.len, out, NULL) == SETTLE_OK;
}

static bool self_digest(const cache_header *header, unsigned char out[static STL_DIGEST_LEN]) {
    return stl_digest_of(STL_SHA256, header, offsetof(cache_header, self), out, NULL) == SETTLE_OK;
}

static bool trusted_owner(const struct stat *about, const char *hospital_dir) {
    struct stat source;
    SCOPED_FREE char *path = NULL;
    if ((about->st_mode & (S_IWGRP | S_IWOTH)) != 0)
        return false;
    if (about->st_uid == geteuid() || about->st_uid == 0)
        return true;
    return asprintf(&path, "%s/mapping.csv", hospital_dir) >= 0 && stat(path, &source) == 0 &&
           source.st_uid == about->st_uid;
}

static bool header_fits(const cache_header *header, size_t file_len) {
    unsigned char self[STL_DIGEST_LEN], columns[STL_DIGEST_LEN];
    return memcmp(header->magic, CACHE_MAGIC, sizeof header->magic) == 0 &&
           header->order == BYTE_ORDER_MARK && self_digest(header, self) &&
           memcmp(self, header->self, sizeof self) == 0 && columns_digest(columns) &&
           memcmp(columns, header->columns, sizeof columns) == 0 &&
           header->image_len == file_len - IMAGE_OFFSET;
}

static bool read_header(stl_cached *cached) {
    cache_header header;
    if (cached->file.len < IMAGE_OFFSET)
        return false;
    memcpy(&header, cached->file.bytes, sizeof header);
    if (!header_fits(&header, cached->file.len))
        return false;
    cached->image = cached->file.bytes + IMAGE_OFFSET;
    cached->image_len = (size_t)header.image_len;
    cached->look = header.look;
    memcpy(cached->digest, header.digest, sizeof cached->digest);
    return true;
}

static char *cache_path(const char *cache_dir) {
    char *path = NULL;
    return asprintf(&path, "%s/mapping.idx", cache_dir) < 0 ? NULL : path;
}

bool stl_mapping_cache_open(const char *cache_dir, const char *hospital_dir, stl_cached *out) {
    *out = (stl_cached){.image = NULL};
    SCOPED_FREE char *path = cache_path(cache_dir);
    if (path == NULL || stl_file_map(path, SETTLE_E_STORE_IO, &out->file, NULL) != SETTLE_OK)
        return false;
    stl_mapping tables;
    if (trusted_owner(&out->file.stat, hospital_dir) && read_header(out) &&
        stl_mapping_tables(out->image, out->image_len, &tables, NULL) == SETTLE_OK)
        return true;
    stl_file_unmap(&out->file);
    return false;
}

static bool make_header(const stl_mapping_source *source, size_t image_len, cache_header *out) {
    memset(out, 0, sizeof *out);
    memcpy(out->magic, CACHE_MAGIC, sizeof out->magic);
    out->order = BYTE_ORDER_MARK;
    out->look = source->look;
    memcpy(out->digest, source->digest, sizeof out->digest);
    out->image_len = image_len;
    return columns_digest(out->columns) && self_digest(out, out->self);
}

void stl_mapping_cache_store(const char *cache_dir, const stl_mapping_source *source,
                             const void *image, size_t image_len) {
    unsigned char page[IMAGE_OFFSET] = {0};
    cache_header header;
    SCOPED_FREE char *path = cache_path(cache_dir);
    SCOPED_ASIDE file = {.fd = -1};
    if (path == NULL || !make_header(source, image_len, &header))
        return;
    memcpy(page, &header, sizeof header);
    (void)mkdir(cache_dir, 0755);
    if (stl_aside_begin(path, &file, NULL) != SETTLE_OK ||
        stl_aside_write(&file, page, sizeof page, NULL) != SETTLE_OK ||
        stl_aside_write(&file, image, image_len, NULL) != SETTLE_OK)
        return;
    settle_status ignored = stl_aside_commit(&file, NULL);
    (void)ignored;
}
