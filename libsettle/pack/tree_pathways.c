/* SPDX-License-Identifier: Apache-2.0 */
#include "pack/tree.h"

#include "base/file.h"
#include "pack/pathway_read.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct names {
    const char **at;
    size_t count, cap;
} names;

static void close_directory(DIR **dir) {
    if (*dir != NULL)
        closedir(*dir);
}

static int by_bytes(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool is_pathway(const char *name) {
    size_t len = strlen(name);
    return name[0] != '.' && len > 4 && strcmp(name + len - 4, ".xml") == 0;
}

/* No such directory: no names. */
static settle_status list(const char *path, stl_arena *arena, names *out, stl_error *err) {
    __attribute__((cleanup(close_directory))) DIR *dir = opendir(path);
    if (dir == NULL && errno == ENOENT)
        return SETTLE_OK;
    if (dir == NULL)
        return FAIL(err, SETTLE_E_PACK_SOURCE, .file = path, .detail = strerrordesc_np(errno),
                    .native = errno);
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
        if (!is_pathway(entry->d_name))
            continue;
        void *items = out->at;
        const char **place = stl_arena_push(arena, &items, &out->count, &out->cap, sizeof *out->at);
        TRY_ALLOC(err, place);
        out->at = items;
        *place = stl_arena_str(arena, stl_str_of(entry->d_name)).ptr;
        TRY_ALLOC(err, *place);
    }
    if (out->count > 1)
        qsort(out->at, out->count, sizeof *out->at, by_bytes);
    return SETTLE_OK;
}

static settle_status keep(stl_tree_loader *loader, stl_tree *tree, stl_tree_text text,
                          stl_error *err) {
    void *items = tree->pathways;
    stl_tree_text *place = stl_arena_push(loader->arena, &items, &tree->n_pathways,
                                          &tree->cap_pathways, sizeof *tree->pathways);
    TRY_ALLOC(err, place);
    tree->pathways = items;
    *place = text;
    return SETTLE_OK;
}

static settle_status read_one(stl_tree_loader *loader, const char *path, const char *shown,
                              stl_tree *tree, stl_error *err) {
    SCOPED_BUF xml = {0};
    TRY(stl_file_read(path, shown, SETTLE_E_PACK_SOURCE, &xml, NULL, err));
    unsigned char digest[STL_DIGEST_LEN];
    char hex[STL_DIGEST_HEX];
    TRY(stl_digest_of(STL_SHA256, xml.ptr, xml.len, digest, err));
    stl_hex(digest, sizeof digest, hex);
    stl_tree_text text = {.digest = stl_arena_str(loader->arena, stl_str_of(hex)),
                          .xml = stl_arena_str(loader->arena, (stl_str){xml.ptr, xml.len})};
    TRY_ALLOC(err, text.digest.ptr);
    TRY_ALLOC(err, text.xml.ptr);
    const stl_pathway_source source = {.xml = text.xml,
                                       .name = shown,
                                       .digest = text.digest,
                                       .arena = loader->arena,
                                       .pool = loader->pool,
                                       .tables = tree->sets};
    TRY(stl_pathway_read(&source, err));
    return keep(loader, tree, text, err);
}

settle_status stl_tree_pathways(stl_tree_loader *loader, const char *dir, const char *prefix,
                                stl_tree *tree, stl_error *err) {
    SCOPED_FREE char *place = NULL;
    if (asprintf(&place, "%s/pathways", dir) < 0)
        return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    names files = {.at = NULL};
    TRY(list(place, loader->arena, &files, err));
    for (size_t i = 0; i < files.count; i++) {
        SCOPED_FREE char *path = NULL;
        SCOPED_FREE char *shown = NULL;
        if (asprintf(&path, "%s/%s", place, files.at[i]) < 0 ||
            asprintf(&shown, "%spathways/%s", prefix, files.at[i]) < 0)
            return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
        TRY(read_one(loader, path, shown, tree, err));
    }
    return SETTLE_OK;
}

settle_status stl_tree_take_pathways(stl_tree_loader *loader, const stl_tree *from, stl_tree *tree,
                                     stl_error *err) {
    for (size_t i = 0; i < STL_T_COUNT; i++)
        if (stl_tree_is_pathway(i))
            TRY(stl_rowset_append(&tree->sets[i], &from->sets[i], err));
    for (size_t i = 0; i < from->n_pathways; i++)
        TRY(keep(loader, tree, from->pathways[i], err));
    return SETTLE_OK;
}
