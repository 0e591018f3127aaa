/* SPDX-License-Identifier: Apache-2.0 */
#include "pack/tree.h"

#include "base/file.h"
#include "pack/table_csv.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct loading {
    stl_tree_loader *loader;
    const char *dir;
    const char *prefix;        /* stands before file names in errors */
    const char *manifest_name; /* with the prefix */
    stl_tree *tree;
    stl_pack_include *includes; /* one for each <include> */
} loading;

static settle_status load(stl_tree_loader *loader, const char *dir, const char *prefix,
                          stl_tree *out, stl_error *err);

void stl_tree_cleanup(stl_tree *tree) {
    for (size_t i = 0; i < STL_PACK_TABLES; i++)
        if (tree->sets[i].spec != NULL)
            stl_rowset_free(&tree->sets[i]);
}

static settle_status text_of(stl_arena *arena, const char *a, const char *b, const char **out,
                             stl_error *err) {
    size_t len = strlen(a) + strlen(b);
    char *text = stl_arena_alloc(arena, len + 1);
    TRY_ALLOC(err, text);
    snprintf(text, len + 1, "%s%s", a, b);
    *out = text;
    return SETTLE_OK;
}

/* `*found` false and nothing read: there is no such file. */
static settle_status read_source(const loading *in, const char *relative, const char *shown,
                                 stl_buf *out, bool *found, stl_error *err) {
    SCOPED_FREE char *path = NULL;
    if (asprintf(&path, "%s/%s", in->dir, relative) < 0)
        return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    struct stat about;
    *found = lstat(path, &about) == 0 || errno != ENOENT;
    return *found ? stl_file_read(path, shown, SETTLE_E_PACK_SOURCE, out, NULL, err) : SETTLE_OK;
}

static settle_status read_manifest(loading *in, stl_error *err) {
    SCOPED_BUF xml = {0};
    SCOPED_FREE char *path = NULL;
    if (asprintf(&path, "%s/pack.xml", in->dir) < 0)
        return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    TRY(stl_file_read(path, in->manifest_name, SETTLE_E_PACK_SOURCE, &xml, NULL, err));
    return stl_manifest_read((stl_str){xml.ptr, xml.len}, in->manifest_name, in->loader->arena,
                             &in->tree->manifest, err);
}

static settle_status read_table(loading *in, size_t table, stl_error *err) {
    const stl_table_spec *spec = stl_pack_spec(table);
    const char *shown;
    TRY(text_of(in->loader->arena, in->prefix, spec->file, &shown, err));
    SCOPED_BUF text = {0};
    bool found;
    TRY(read_source(in, spec->file, shown, &text, &found, err));
    if (!found)
        return SETTLE_OK;
    stl_table_key key = stl_pack_key(table);
    const stl_table_csv csv = {
        .name = shown,
        .failure = SETTLE_E_PACK_SOURCE,
        .encoding = STL_ENC_UTF8,
        .rule = stl_pack_cell_rule,
        .table = table,
        .begin = key.begin,
        .end = key.end,
    };
    return stl_table_csv_read(&csv, (stl_str){text.ptr, text.len}, in->loader->pool,
                              &in->tree->sets[table], err);
}

static settle_status add_policy(loading *in, const stl_tree_policy *policy, stl_error *err) {
    stl_tree *tree = in->tree;
    stl_tree_policy *place =
        stl_arena_push(in->loader->arena, (void **)&tree->policies, &tree->n_policies,
                       &tree->cap_policies, sizeof *tree->policies);
    TRY_ALLOC(err, place);
    *place = *policy;
    return SETTLE_OK;
}

static settle_status refuse(const loading *in, int64_t line, const char *field, const char *value,
                            const char *detail, stl_error *err) {
    return FAIL(err, SETTLE_E_PACK_SOURCE, .file = in->manifest_name, .line = line, .field = field,
                .value = value, .detail = detail);
}

static settle_status read_policy(loading *in, stl_error *err) {
    const stl_manifest_policy *given = &in->tree->manifest.policy;
    const char *shown;
    TRY(text_of(in->loader->arena, in->prefix, "policy.xml", &shown, err));
    SCOPED_BUF xml = {0};
    bool found;
    TRY(read_source(in, "policy.xml", shown, &xml, &found, err));
    if (!found && given->given)
        return refuse(in, given->line, "policy", NULL, "the tree has no policy.xml", err);
    if (!found)
        return SETTLE_OK;
    stl_tree_policy policy = {
        .file = STL_STR("policy.xml"),
        .xml = stl_arena_str(in->loader->arena, (stl_str){xml.ptr, xml.len}),
        .insutype = given->given ? given->insutype : STL_STR(""),
        .params = given->params,
        .n_params = given->n,
    };
    TRY_ALLOC(err, policy.xml.ptr);
    unsigned char digest[STL_DIGEST_LEN];
    TRY(stl_digest_of(STL_SHA256, xml.ptr, xml.len, digest, err));
    stl_hex(digest, sizeof digest, policy.digest);
    return add_policy(in, &policy, err);
}

/* The including pack's word wins; what it does not set stays as the included pack.xml says. */
static settle_status merge_params(loading *in, const stl_manifest_policy *given,
                                  stl_tree_policy *policy, stl_error *err) {
    size_t most = given->n + policy->n_params;
    stl_policy_param *params = stl_arena_alloc(in->loader->arena, (most + 1) * sizeof *params);
    TRY_ALLOC(err, params);
    size_t n = 0;
    for (; n < given->n; n++)
        params[n] = given->params[n];
    for (size_t i = 0; i < policy->n_params; i++) {
        bool set = false;
        for (size_t k = 0; k < given->n; k++)
            set = set || stl_str_eq(given->params[k].name, policy->params[i].name);
        if (!set)
            params[n++] = policy->params[i];
    }
    policy->params = params;
    policy->n_params = n;
    return SETTLE_OK;
}

static settle_status take_policies(loading *in, const stl_manifest_include *include,
                                   const stl_tree *other, stl_error *err) {
    const stl_manifest_policy *given = &include->policy;
    if (other->n_policies == 0)
        return refuse(in, given->line, "policy", include->path.ptr, "that tree has no policy", err);
    for (size_t i = 0; i < other->n_policies; i++) {
        stl_tree_policy policy = other->policies[i];
        const char *dir, *file;
        TRY(text_of(in->loader->arena, include->path.ptr, "/", &dir, err));
        TRY(text_of(in->loader->arena, dir, policy.file.ptr, &file, err));
        policy.file = stl_str_of(file);
        if (!stl_str_empty(given->insutype))
            policy.insutype = given->insutype;
        TRY(merge_params(in, given, &policy, err));
        TRY(add_policy(in, &policy, err));
    }
    return SETTLE_OK;
}

static settle_status take_tables(loading *in, const stl_manifest_include *include,
                                 const stl_tree *other, stl_buf *takes, stl_error *err) {
    for (size_t i = 0; i < STL_T_COUNT; i++) {
        if (!include->tables[i])
            continue;
        if (other->sets[i].n == 0)
            return refuse(in, include->line, "table", STL_TABLE_SPECS[i].file,
                          "that tree has no such rows", err);
        stl_buf_printf(takes, "%s%s", takes->len == 0 ? "" : " ", STL_TABLE_SPECS[i].file);
        TRY(stl_rowset_append(&in->tree->sets[i], &other->sets[i], err));
    }
    return SETTLE_OK;
}

static settle_status take(loading *in, const stl_manifest_include *include, const stl_tree *other,
                          stl_pack_include *record, stl_error *err) {
    SCOPED_BUF takes = {0};
    TRY(take_tables(in, include, other, &takes, err));
    if (include->pathways) {
        if (other->n_pathways == 0)
            return refuse(in, include->line, "pathways", include->path.ptr,
                          "that tree has no pathways", err);
        stl_buf_printf(&takes, "%spathways", takes.len == 0 ? "" : " ");
        TRY(stl_tree_take_pathways(in->loader, other, in->tree, err));
    }
    if (include->policy.given) {
        TRY(take_policies(in, include, other, err));
        stl_buf_printf(&takes, "%spolicy%s%s", takes.len == 0 ? "" : "; ",
                       include->policy.insutype.len == 0 ? "" : " ",
                       include->policy.insutype.ptr == NULL ? "" : include->policy.insutype.ptr);
    }
    if (!stl_buf_ok(&takes))
        return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    if (takes.len == 0)
        return refuse(in, include->line, "include", include->path.ptr, "takes nothing", err);
    char hex[STL_DIGEST_HEX];
    stl_hex(other->digest, sizeof other->digest, hex);
    *record = (stl_pack_include){
        .path = include->path,
        .id = other->manifest.id,
        .version = other->manifest.version,
        .digest = stl_arena_str(in->loader->arena, stl_str_of(hex)),
        .takes = stl_arena_str(in->loader->arena, (stl_str){takes.ptr, takes.len}),
    };
    TRY_ALLOC(err, record->digest.ptr);
    TRY_ALLOC(err, record->takes.ptr);
    return SETTLE_OK;
}

static bool is_open(const stl_tree_loader *loader, const struct stat *about) {
    for (size_t i = 0; i < loader->depth; i++)
        if (loader->open[i].device == about->st_dev && loader->open[i].inode == about->st_ino)
            return true;
    return false;
}

static settle_status load_include(loading *in, size_t number, stl_error *err) {
    const stl_manifest_include *include = &in->tree->manifest.includes[number];
    const char *path = include->path.ptr;
    SCOPED_FREE char *dir = NULL;
    SCOPED_FREE char *prefix = NULL;
    if (asprintf(&dir, "%s/%s", in->dir, path) < 0 ||
        asprintf(&prefix, "%s%s/", in->prefix, path) < 0)
        return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    struct stat about;
    if (stat(dir, &about) != 0 || !S_ISDIR(about.st_mode))
        return refuse(in, include->line, "include", path, "no such directory", err);
    if (is_open(in->loader, &about))
        return refuse(in, include->line, "include", path, "the includes go in a circle", err);
    if (in->loader->depth == STL_TREE_DEPTH_MAX)
        return refuse(in, include->line, "include", path, "includes are nested too deeply", err);
    SCOPED_TREE other = {.policies = NULL};
    TRY(load(in->loader, dir, prefix, &other, err));
    return take(in, include, &other, &in->includes[number], err);
}

static settle_status load_parts(loading *in, stl_error *err) {
    TRY(stl_tree_scan(in->dir, in->prefix, err));
    TRY(read_manifest(in, err));
    size_t n_includes = in->tree->manifest.n_includes;
    in->includes = stl_arena_alloc(in->loader->arena, (n_includes + 1) * sizeof *in->includes);
    TRY_ALLOC(err, in->includes);
    for (size_t i = 0; i < STL_T_COUNT; i++)
        if (!stl_tree_is_pathway(i))
            TRY(read_table(in, i, err));
    TRY(stl_tree_pathways(in->loader, in->dir, in->prefix, in->tree, err));
    TRY(read_policy(in, err));
    for (size_t i = 0; i < n_includes; i++)
        TRY(load_include(in, i, err));
    for (size_t i = 0; i < STL_T_COUNT; i++) {
        TRY(stl_rowset_unique(&in->tree->sets[i], stl_pack_key(i), in->loader->pool,
                              SETTLE_E_PACK_SOURCE, err));
        TRY(stl_rowset_sort(&in->tree->sets[i], in->loader->pool, err));
    }
    return stl_tree_describe(in->tree, in->includes, n_includes, in->manifest_name, in->loader,
                             err);
}

static settle_status load(stl_tree_loader *loader, const char *dir, const char *prefix,
                          stl_tree *out, stl_error *err) {
    loading in = {.loader = loader, .dir = dir, .prefix = prefix, .tree = out};
    for (size_t i = 0; i < STL_PACK_TABLES; i++)
        out->sets[i] = (stl_rowset){.spec = stl_pack_spec(i)};
    TRY(text_of(loader->arena, prefix, "pack.xml", &in.manifest_name, err));
    struct stat about;
    if (stat(dir, &about) != 0 || !S_ISDIR(about.st_mode))
        return FAIL(err, SETTLE_E_PACK_SOURCE, .file = dir, .detail = "no such directory");
    loader->open[loader->depth].device = about.st_dev;
    loader->open[loader->depth++].inode = about.st_ino;
    TRY(load_parts(&in, err));
    loader->depth--;
    return SETTLE_OK;
}

settle_status stl_tree_load(stl_tree_loader *loader, const char *dir, stl_tree *out,
                            stl_error *err) {
    return load(loader, dir, "", out, err);
}
