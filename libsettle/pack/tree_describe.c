/* SPDX-License-Identifier: Apache-2.0 */
#include "pack/tree.h"

#include <stdio.h>

typedef struct describing {
    stl_tree *tree;
    stl_pool *pool;
    uint32_t file;
} describing;

static settle_status put(const describing *in, size_t table, int64_t line, const stl_str *texts,
                         stl_error *err) {
    stl_rowset *set = &in->tree->sets[table];
    int64_t cells[STL_COLUMNS_MAX];
    for (size_t i = 0; i < set->spec->n_columns; i++) {
        uint32_t id;
        TRY(stl_pool_add(in->pool, texts[i], &id, err));
        cells[i] = id;
    }
    return stl_rowset_add(set, cells, (stl_origin){in->file, (uint32_t)line}, err);
}

static settle_status put_pair(const describing *in, const char *key, stl_str value,
                              stl_error *err) {
    return put(in, STL_M_PACK, 1, (stl_str[]){stl_str_of(key), value}, err);
}

static settle_status put_head(const describing *in, stl_error *err) {
    const stl_manifest *m = &in->tree->manifest;
    char begin[STL_DECIMAL_TEXT_MAX], end[STL_DECIMAL_TEXT_MAX];
    TRY(put_pair(in, "id", m->id, err));
    TRY(put_pair(in, "version", m->version, err));
    TRY(put_pair(in, "name", m->name, err));
    TRY(put_pair(in, "begndate", stl_pack_number_text(STL_F_DAY, m->begndate, begin), err));
    return put_pair(in, "enddate", stl_pack_number_text(STL_F_DAY, m->enddate, end), err);
}

static settle_status put_list(const describing *in, size_t table, const stl_manifest_list *list,
                              stl_error *err) {
    for (size_t i = 0; i < list->n; i++)
        TRY(put(in, table, list->items[i].line, &list->items[i].text, err));
    return SETTLE_OK;
}

static settle_status put_policy(const describing *in, size_t number, stl_error *err) {
    const stl_tree_policy *policy = &in->tree->policies[number];
    char seq[24];
    snprintf(seq, sizeof seq, "%02zu", number + 1);
    stl_str digest = stl_str_of(policy->digest);
    TRY(put(in, STL_M_POLICY, 1,
            (stl_str[]){stl_str_of(seq), policy->file, policy->insutype, digest}, err));
    for (size_t i = 0; i < policy->n_params; i++)
        TRY(put(in, STL_M_PARAM, 1,
                (stl_str[]){stl_str_of(seq), policy->params[i].name, policy->params[i].value},
                err));
    for (size_t i = 0; i < number; i++)
        if (strcmp(in->tree->policies[i].digest, policy->digest) == 0)
            return SETTLE_OK;
    return put(in, STL_M_TEXT, 1, (stl_str[]){digest, policy->xml}, err);
}

static settle_status put_count(const describing *in, size_t table, stl_error *err) {
    uint32_t id;
    TRY(stl_pool_add(in->pool, stl_str_of(stl_pack_spec(table)->name), &id, err));
    const int64_t cells[] = {id, (int64_t)in->tree->sets[table].n};
    return stl_rowset_add(&in->tree->sets[STL_M_COUNTS], cells, (stl_origin){in->file, 1}, err);
}

static settle_status put_all(const describing *in, const stl_pack_include *includes,
                             size_t n_includes, stl_error *err) {
    const stl_manifest *m = &in->tree->manifest;
    TRY(put_head(in, err));
    TRY(put_list(in, STL_M_REGION, &m->regions, err));
    TRY(put_list(in, STL_M_SCHEME, &m->schemes, err));
    for (size_t i = 0; i < n_includes; i++)
        TRY(put(in, STL_M_INCLUDE, m->includes[i].line,
                (stl_str[]){includes[i].path, includes[i].id, includes[i].version,
                            includes[i].takes, includes[i].digest},
                err));
    for (size_t i = 0; i < in->tree->n_policies; i++)
        TRY(put_policy(in, i, err));
    for (size_t i = 0; i < in->tree->n_pathways; i++)
        TRY(put(in, STL_M_TEXT, 1,
                (stl_str[]){in->tree->pathways[i].digest, in->tree->pathways[i].xml}, err));
    for (size_t i = 0; i < STL_T_COUNT; i++)
        TRY(put_count(in, i, err));
    return SETTLE_OK;
}

static settle_status digest_rows(const describing *in, stl_digest *digest, stl_error *err) {
    size_t tables[STL_PACK_TABLES];
    stl_pack_name_order(tables);
    for (size_t i = 0; i < STL_PACK_TABLES; i++)
        if (tables[i] != STL_M_TEXT)
            TRY(stl_rowset_digest(&in->tree->sets[tables[i]], in->pool, digest, err));
    if (!stl_digest_end(digest, in->tree->digest))
        return FAIL(err, SETTLE_E_INTERNAL, .detail = "SHA-256");
    return SETTLE_OK;
}

settle_status stl_tree_describe(stl_tree *tree, const stl_pack_include *includes, size_t n_includes,
                                const char *manifest_name, stl_tree_loader *loader,
                                stl_error *err) {
    describing in = {.tree = tree, .pool = loader->pool};
    TRY(stl_pool_add(in.pool, stl_str_of(manifest_name), &in.file, err));
    TRY(put_all(&in, includes, n_includes, err));
    for (size_t i = STL_T_COUNT; i < STL_PACK_TABLES; i++) {
        TRY(stl_rowset_unique(&tree->sets[i], stl_pack_key(i), in.pool, SETTLE_E_PACK_SOURCE, err));
        TRY(stl_rowset_sort(&tree->sets[i], in.pool, err));
    }
    stl_digest *digest = stl_digest_new(STL_SHA256);
    TRY_ALLOC(err, digest);
    settle_status status = digest_rows(&in, digest, err);
    stl_digest_free(digest);
    return status;
}
