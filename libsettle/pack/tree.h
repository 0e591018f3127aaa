/* SPDX-License-Identifier: Apache-2.0 */
/* A pack's source tree with what it includes, read and checked. */
#ifndef STL_PACK_TREE_H
#define STL_PACK_TREE_H

#include "pack/manifest.h"
#include "pack/pack.h"
#include "pack/rowset.h"
#include <sys/types.h>

typedef struct stl_tree_policy {
    stl_str file; /* relative to the tree */
    stl_str xml;
    stl_str insutype;
    stl_policy_param *params;
    size_t n_params;
    char digest[STL_DIGEST_HEX];
} stl_tree_policy;

typedef struct stl_tree_text { /* the XML of a pathway */
    stl_str digest, xml;
} stl_tree_text;

typedef struct stl_tree {
    stl_manifest manifest;
    stl_rowset sets[STL_PACK_TABLES]; /* sorted */
    stl_tree_policy *policies;
    size_t n_policies, cap_policies;
    stl_tree_text *pathways;
    size_t n_pathways, cap_pathways;
    unsigned char digest[STL_DIGEST_LEN];
} stl_tree;

enum { STL_TREE_DEPTH_MAX = 8 };

typedef struct stl_tree_loader {
    stl_arena *arena;
    stl_pool *pool;
    struct {
        dev_t device;
        ino_t inode;
    } open[STL_TREE_DEPTH_MAX]; /* from the tree that is built to the one being read */
    size_t depth;
} stl_tree_loader;

/* PACK_SOURCE with file, line, field. Texts live in the loader's arena and pool. */
settle_status stl_tree_load(stl_tree_loader *loader, const char *dir, stl_tree *out,
                            stl_error *err) STL_MUST_CHECK;
void stl_tree_cleanup(stl_tree *tree);
#define SCOPED_TREE __attribute__((cleanup(stl_tree_cleanup))) stl_tree

/* A file of the tree or a directory in it: PACK_SOURCE when it is a table or policy by its ending
 * and not by its name. `prefix` stands before the file in the error. */
settle_status stl_tree_scan(const char *dir, const char *prefix, stl_error *err) STL_MUST_CHECK;

/* Reads pathways/<ID>.xml of a directory, in byte order of the names, into the tables of pathways.
 */
settle_status stl_tree_pathways(stl_tree_loader *loader, const char *dir, const char *prefix,
                                stl_tree *tree, stl_error *err) STL_MUST_CHECK;
settle_status stl_tree_take_pathways(stl_tree_loader *loader, const stl_tree *from, stl_tree *tree,
                                     stl_error *err) STL_MUST_CHECK;
static inline bool stl_tree_is_pathway(size_t table) {
    return strcmp(stl_pack_spec(table)->file, STL_PATHWAY_FILES) == 0;
}

/* Fills and sorts the tables that describe the pack, and sets the digest of the tree. */
settle_status stl_tree_describe(stl_tree *tree, const stl_pack_include *includes, size_t n_includes,
                                const char *manifest_name, stl_tree_loader *loader,
                                stl_error *err) STL_MUST_CHECK;

#endif
