/* SPDX-License-Identifier: Apache-2.0 */
#include "pack/mapping_source.h"

#include "base/mem.h"
#include "base/file.h"
#include "pack/table_csv.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static const char *const NAMES[STL_SOURCES] = {"items.csv", "mapping.csv"};
enum { TICK_NS = 20000000, NS = 1000000000 };

static settle_status path_of(const char *dir, int source, char **out, stl_error *err) {
    if (asprintf(out, "%s/%s", dir, NAMES[source]) >= 0)
        return SETTLE_OK;
    *out = NULL;
    return FAIL(err, SETTLE_E_NO_MEMORY, .file = NAMES[source]);
}

static stl_stamp stamp_of(const struct stat *about) {
    return (stl_stamp){
        .device = (int64_t)about->st_dev,
        .inode = (int64_t)about->st_ino,
        .size = about->st_size,
        .mtime_s = about->st_mtim.tv_sec,
        .mtime_ns = about->st_mtim.tv_nsec,
        .ctime_s = about->st_ctim.tv_sec,
        .ctime_ns = about->st_ctim.tv_nsec,
    };
}

static void begin_look(stl_look *look) {
    struct timespec now = {0};
    clock_gettime(CLOCK_REALTIME_COARSE, &now);
    *look = (stl_look){.at_s = now.tv_sec, .at_ns = now.tv_nsec};
}

settle_status stl_mapping_look(const char *dir, stl_look *out, stl_error *err) {
    begin_look(out);
    for (int i = 0; i < STL_SOURCES; i++) {
        SCOPED_FREE char *path = NULL;
        TRY(path_of(dir, i, &path, err));
        struct stat about;
        if (stat(path, &about) != 0) {
            int native = errno;
            return FAIL(err, SETTLE_E_MAPPING_READ, .file = NAMES[i],
                        .detail = strerrordesc_np(native), .native = native);
        }
        out->stamps[i] = stamp_of(&about);
    }
    return SETTLE_OK;
}

/* File systems without fractions of a second keep whole ones, or two. */
static bool settled(int64_t s, int64_t ns, const stl_look *look) {
    int64_t wait_s = ns == 0 ? 2 : 0, wait_ns = ns == 0 ? 0 : TICK_NS;
    int64_t until_s = s + wait_s + (ns + wait_ns) / NS, until_ns = (ns + wait_ns) % NS;
    return until_s < look->at_s || (until_s == look->at_s && until_ns <= look->at_ns);
}

bool stl_look_settled(const stl_look *look) {
    bool ok = true;
    for (int i = 0; i < STL_SOURCES; i++)
        ok = ok && settled(look->stamps[i].mtime_s, look->stamps[i].mtime_ns, look) &&
             settled(look->stamps[i].ctime_s, look->stamps[i].ctime_ns, look);
    return ok;
}

bool stl_look_same(const stl_look *a, const stl_look *b) {
    return memcmp(a->stamps, b->stamps, sizeof a->stamps) == 0;
}

static settle_status digest_texts(stl_mapping_source *source, stl_error *err) {
    SCOPED_BUF lines = {0};
    for (int i = 0; i < STL_SOURCES; i++) {
        unsigned char digest[STL_DIGEST_LEN];
        char hex[STL_DIGEST_HEX];
        TRY(stl_digest_of(STL_SHA256, source->texts[i].ptr, source->texts[i].len, digest, err));
        stl_hex(digest, sizeof digest, hex);
        stl_buf_printf(&lines, "%s  %s\n", hex, NAMES[i]);
    }
    if (!stl_buf_ok(&lines))
        return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    return stl_digest_of(STL_SHA256, lines.ptr, lines.len, source->digest, err);
}

settle_status stl_mapping_source_read(const char *dir, stl_mapping_source *out, stl_error *err) {
    begin_look(&out->look);
    for (int i = 0; i < STL_SOURCES; i++) {
        SCOPED_FREE char *path = NULL;
        struct stat about;
        TRY(path_of(dir, i, &path, err));
        TRY(stl_file_read(path, NAMES[i], SETTLE_E_MAPPING_READ, &out->texts[i], &about, err));
        out->look.stamps[i] = stamp_of(&about);
    }
    return digest_texts(out, err);
}

void stl_mapping_source_free(stl_mapping_source *source) {
    for (int i = 0; i < STL_SOURCES; i++)
        stl_buf_free(&source->texts[i]);
}

/* --- compiling ----------------------------------------------------------------------------- */

typedef struct compiling {
    const stl_mapping_source *source;
    stl_pool *pool;
    stl_rowset sets[STL_SOURCES];
    stl_index_writer *writer;
} compiling;

/* A factor must be there and a whole number; whether it is plausible is a finding, not an error.
 * What the settlement document carries must fit into it (schemas/settlement-1.0.xsd, feedetail). */
static const stl_cell_rule *mapping_rule(size_t table, size_t column) {
    static const stl_cell_rule FACTOR = {.least = -INT64_MAX, .most = INT64_MAX},
                               SHORT = {.may_be_empty = true, .most = 50},
                               LONG = {.may_be_empty = true, .most = 500};
    if (table != STL_SOURCE_MAPPING)
        return NULL;
    switch (column) {
    case STL_MAP_NUM:
    case STL_MAP_DEN:
        return &FACTOR;
    case STL_MAP_ID:
    case STL_MAP_CODE_SOURCE:
        return &SHORT;
    case STL_MAP_REMARK:
        return &LONG;
    default:
        return NULL;
    }
}

static settle_status read_rows(compiling *c, int source, stl_error *err) {
    const stl_buf *text = &c->source->texts[source];
    const stl_table_csv csv = {
        .name = NAMES[source],
        .failure = SETTLE_E_MAPPING_READ,
        .encoding = STL_ENC_DETECT,
        .tolerant = true,
        .rule = mapping_rule,
        .table = (size_t)source,
        .begin = -1,
        .end = -1,
    };
    return stl_table_csv_read(&csv, (stl_str){text->ptr, text->len}, c->pool, &c->sets[source],
                              err);
}

static settle_status compile(compiling *c, stl_buf *out_image, stl_error *err) {
    static const stl_table_key ITEM_KEY = {{STL_ITEM_CODE, -1}, -1, -1};
    for (int i = 0; i < STL_SOURCES; i++)
        TRY(read_rows(c, i, err));
    TRY(stl_rowset_unique(&c->sets[STL_SOURCE_ITEMS], ITEM_KEY, c->pool, SETTLE_E_MAPPING_READ,
                          err));
    SCOPED_FREE int64_t *memo = stl_rowset_memo(c->pool);
    TRY_ALLOC(err, memo);
    for (int i = 0; i < STL_SOURCES; i++) {
        TRY(stl_rowset_index(&c->sets[i], c->pool, memo, c->writer, err));
        stl_rowset_free(&c->sets[i]);
    }
    return stl_index_writer_finish(c->writer, out_image, err);
}

settle_status stl_mapping_compile(const stl_mapping_source *source, stl_buf *out_image,
                                  stl_error *err) {
    SCOPED_POOL *pool = stl_pool_new();
    TRY_ALLOC(err, pool);
    compiling c = {
        .source = source,
        .pool = pool,
        .sets = {{.spec = &STL_ITEM_TABLE}, {.spec = &STL_MAPPING_TABLE}},
        .writer = stl_index_writer_new(),
    };
    TRY_ALLOC(err, c.writer);
    settle_status status = compile(&c, out_image, err);
    for (int i = 0; i < STL_SOURCES; i++)
        stl_rowset_free(&c.sets[i]);
    stl_index_writer_free(c.writer);
    return status;
}

settle_status stl_mapping_tables(const void *image, size_t len, stl_mapping *out, stl_error *err) {
    stl_index index;
    TRY(stl_index_open(image, len, &index, err));
    TRY(stl_index_find_table(&index, STL_ITEM_TABLE.name, STL_ITEM_COLS, &out->items, err));
    return stl_index_find_table(&index, STL_MAPPING_TABLE.name, STL_MAP_COLS, &out->rows, err);
}
