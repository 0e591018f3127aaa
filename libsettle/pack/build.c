/* SPDX-License-Identifier: Apache-2.0 */
#include "pack/database.h"
#include "pack/file.h"
#include "pack/footer.h"
#include "pack/handle.h"
#include "pack/tree.h"

#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

typedef struct building {
    stl_tree_loader loader;
    const stl_tree *tree;
} building;

/* Values of the pack's dictionaries, as the policy reader takes them. */
static settle_status known_codes(const building *b, stl_str *out, stl_error *err) {
    const stl_rowset *set = &b->tree->sets[STL_T_DICT];
    char scratch[STL_DECIMAL_TEXT_MAX];
    SCOPED_BUF text = {0};
    for (size_t i = 0; i < set->n; i++) {
        stl_buf_str(&text, stl_rowset_text(set, b->loader.pool, i, STL_DICT_NAME, scratch));
        stl_buf_text(&text, "=");
        stl_buf_str(&text, stl_rowset_text(set, b->loader.pool, i, STL_DICT_VALUE, scratch));
        stl_buf_text(&text, " ");
    }
    if (!stl_buf_ok(&text))
        return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    *out = stl_arena_str(b->loader.arena, (stl_str){text.len == 0 ? "" : text.ptr, text.len});
    TRY_ALLOC(err, out->ptr);
    return SETTLE_OK;
}

static settle_status check_policy(const building *b, stl_error *err) {
    const stl_tree *tree = b->tree;
    stl_str codes;
    if (tree->n_policies == 0)
        return SETTLE_OK;
    TRY(known_codes(b, &codes, err));
    stl_policy_source *sources =
        stl_arena_alloc(b->loader.arena, tree->n_policies * sizeof *sources);
    TRY_ALLOC(err, sources);
    for (size_t i = 0; i < tree->n_policies; i++)
        sources[i] = (stl_policy_source){
            .xml = tree->policies[i].xml,
            .file = tree->policies[i].file.ptr,
            .params = tree->policies[i].params,
            .n_params = tree->policies[i].n_params,
            .codes = codes,
            .insutype_for = tree->policies[i].insutype,
        };
    const stl_policy *policy;
    return stl_policy_read(sources, tree->n_policies, b->loader.arena, &policy, err);
}

static settle_status check_not_empty(const building *b, stl_error *err) {
    size_t rows = b->tree->n_policies;
    for (size_t i = 0; i < STL_T_COUNT; i++)
        rows += b->tree->sets[i].n;
    return rows > 0 ? SETTLE_OK
                    : FAIL(err, SETTLE_E_PACK_EMPTY, .file = "pack.xml",
                           .detail = "no table has a row and there is no policy");
}

static void free_writer(stl_index_writer **writer) {
    stl_index_writer_free(*writer);
}

static settle_status make_index(const building *b, stl_buf *out, stl_error *err) {
    __attribute__((cleanup(free_writer))) stl_index_writer *writer = stl_index_writer_new();
    TRY_ALLOC(err, writer);
    SCOPED_FREE int64_t *memo = stl_rowset_memo(b->loader.pool);
    TRY_ALLOC(err, memo);
    for (size_t i = 0; i < STL_PACK_TABLES; i++)
        TRY(stl_rowset_index(&b->tree->sets[i], b->loader.pool, memo, writer, err));
    return stl_index_writer_finish(writer, out, err);
}

/* The database lies in the file already; index section and footer follow it. */
static settle_status append_index(const building *b, stl_aside *file, stl_footer *footer,
                                  stl_error *err) {
    SCOPED_BUF index = {0};
    TRY(make_index(b, &index, err));
    off_t end = lseek(file->fd, 0, SEEK_END);
    static const char PAGE[STL_PACK_PAGE] = "";
    size_t padding = (size_t)(-end) % STL_PACK_PAGE;
    *footer = (stl_footer){.sqlite_len = (uint64_t)end,
                           .index_offset = (uint64_t)end + padding,
                           .index_len = index.len};
    memcpy(footer->pack_digest, b->tree->digest, STL_DIGEST_LEN);
    TRY(stl_digest_of(STL_SHA256, index.ptr, index.len, footer->index_digest, err));
    unsigned char bytes[STL_FOOTER_LEN];
    TRY(stl_footer_encode(footer, bytes, err));
    TRY(stl_aside_write(file, PAGE, padding, err));
    TRY(stl_aside_write(file, index.ptr, index.len, err));
    return stl_aside_write(file, bytes, sizeof bytes, err);
}

static settle_status write_pack(const building *b, const char *path, stl_error *err) {
    SCOPED_ASIDE file = {.fd = -1};
    TRY(stl_aside_begin(path, &file, err));
    TRY(stl_database_write(file.temp, b->tree->sets, b->loader.pool, err));
    stl_footer footer;
    TRY(append_index(b, &file, &footer, err));
    TRY(stl_aside_commit(&file, err));
    return stl_installed_write(path, &footer, err);
}

static settle_status path_beside(const stl_manifest *manifest, const char *source_dir, char **out,
                                 stl_error *err) {
    SCOPED_FREE char *dir = realpath(source_dir, NULL);
    TRY_ALLOC(err, dir);
    return asprintf(out, "%s/%s-%s.pack", dirname(dir), manifest->id.ptr, manifest->version.ptr) >=
                   0
               ? SETTLE_OK
               : FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
}

settle_status stl_pack_build(const char *source_dir, const char *out_path, stl_pack **out,
                             stl_error *err) {
    SCOPED_ARENA *arena = stl_arena_new();
    SCOPED_POOL *pool = stl_pool_new();
    TRY_ALLOC(err, arena);
    TRY_ALLOC(err, pool);
    SCOPED_TREE tree = {.policies = NULL};
    building b = {.loader = {.arena = arena, .pool = pool}, .tree = &tree};
    TRY(stl_tree_load(&b.loader, source_dir, &tree, err));
    TRY(check_policy(&b, err));
    TRY(check_not_empty(&b, err));
    SCOPED_FREE char *beside = NULL;
    if (out_path == NULL)
        TRY(path_beside(&tree.manifest, source_dir, &beside, err));
    const char *path = out_path == NULL ? beside : out_path;
    TRY(write_pack(&b, path, err));
    return stl_pack_open(path, out, err);
}
