/* SPDX-License-Identifier: Apache-2.0 */
#include "pack/handle.h"

#include "base/text.h"
#include "pack/policy_read.h"
#include <stdio.h>
#include <stdlib.h>

static settle_status unfit(const stl_pack *pack, const char *table, stl_error *err) {
    return FAIL(err, SETTLE_E_PACK_FORMAT, .file = pack->info.path, .field = table,
                .detail = "the description of the pack is incomplete");
}

static settle_status meta_table(const stl_pack *pack, size_t table, stl_index_table *out,
                                stl_error *err) {
    const stl_table_spec *spec = stl_pack_spec(table);
    return stl_index_find_table(&pack->index, spec->name, spec->n_columns, out, err);
}

static settle_status keep(stl_pack *pack, const stl_index_table *table, int64_t cell, stl_str *out,
                          stl_error *err) {
    *out = stl_arena_str(pack->arena, stl_index_text(table, cell));
    TRY_ALLOC(err, out->ptr);
    return SETTLE_OK;
}

static settle_status head_value(stl_pack *pack, const stl_index_table *table, const char *key,
                                stl_str *out, stl_error *err) {
    stl_index_rows found = stl_index_get(table, stl_str_of(key));
    if (found.count != 1)
        return unfit(pack, key, err);
    return keep(pack, table, found.rows[STL_META_PACK_VALUE], out, err);
}

static settle_status read_head(stl_pack *pack, stl_error *err) {
    stl_index_table table;
    stl_str id, version, name, begin, end;
    TRY(meta_table(pack, STL_M_PACK, &table, err));
    TRY(head_value(pack, &table, "id", &id, err));
    TRY(head_value(pack, &table, "version", &version, err));
    TRY(head_value(pack, &table, "name", &name, err));
    TRY(head_value(pack, &table, "begndate", &begin, err));
    TRY(head_value(pack, &table, "enddate", &end, err));
    pack->info.id = id.ptr;
    pack->info.version = version.ptr;
    pack->info.name = name.ptr;
    pack->info.enddate = STL_NONE;
    if (stl_day_parse(begin, &pack->info.begndate) != SETTLE_OK ||
        (!stl_str_empty(end) && stl_day_parse(end, &pack->info.enddate) != SETTLE_OK))
        return unfit(pack, "begndate", err);
    return SETTLE_OK;
}

static settle_status read_list(stl_pack *pack, size_t which, const stl_str **out, size_t *out_n,
                               stl_error *err) {
    stl_index_table table;
    TRY(meta_table(pack, which, &table, err));
    if (table.n_rows == 0)
        return unfit(pack, table.name, err);
    stl_str *texts = stl_arena_alloc(pack->arena, table.n_rows * sizeof *texts);
    TRY_ALLOC(err, texts);
    for (size_t i = 0; i < table.n_rows; i++)
        TRY(keep(pack, &table, table.rows[i], &texts[i], err));
    *out = texts;
    *out_n = table.n_rows;
    return SETTLE_OK;
}

static settle_status read_includes(stl_pack *pack, stl_error *err) {
    stl_index_table table;
    TRY(meta_table(pack, STL_M_INCLUDE, &table, err));
    stl_pack_include *includes =
        stl_arena_alloc(pack->arena, (table.n_rows + 1) * sizeof *includes);
    TRY_ALLOC(err, includes);
    for (size_t i = 0; i < table.n_rows; i++) {
        const int64_t *row = table.rows + i * table.n_cols;
        TRY(keep(pack, &table, row[STL_META_INCLUDE_PATH], &includes[i].path, err));
        TRY(keep(pack, &table, row[STL_META_INCLUDE_ID], &includes[i].id, err));
        TRY(keep(pack, &table, row[STL_META_INCLUDE_VERSION], &includes[i].version, err));
        TRY(keep(pack, &table, row[STL_META_INCLUDE_TAKES], &includes[i].takes, err));
        TRY(keep(pack, &table, row[STL_META_INCLUDE_DIGEST], &includes[i].digest, err));
    }
    pack->info.includes = includes;
    pack->info.n_includes = table.n_rows;
    return SETTLE_OK;
}

/* A pack built before the table was known has neither the table nor its count: it is empty. */
static bool counted(const stl_index_table *table, stl_index_rows count) {
    if (count.count == 0)
        return table->rows == NULL;
    return count.count == 1 && count.rows[STL_META_COUNT_ROWS] == (int64_t)table->n_rows;
}

static settle_status read_tables(stl_pack *pack, stl_error *err) {
    stl_index_table counts;
    TRY(meta_table(pack, STL_M_COUNTS, &counts, err));
    for (size_t i = 0; i < STL_T_COUNT; i++) {
        stl_index_table *table = &pack->region.tables[i];
        const stl_table_spec *spec = stl_pack_spec(i);
        TRY(stl_index_find_table(&pack->index, spec->name, spec->n_columns, table, err));
        if (!counted(table, stl_index_get(&counts, stl_str_of(spec->name))))
            return FAIL(err, SETTLE_E_PACK_DIGEST, .file = pack->info.path, .field = spec->name,
                        .detail = "the table has not as many rows as were built");
        pack->info.rows[i] = table->n_rows;
    }
    return SETTLE_OK;
}

typedef struct policy_tables {
    stl_index_table policies, params, texts;
} policy_tables;

static settle_status read_params(stl_pack *pack, const stl_index_table *params, stl_str seq,
                                 stl_policy_source *source, stl_error *err) {
    stl_index_rows found = stl_index_get(params, seq);
    stl_policy_param *items = stl_arena_alloc(pack->arena, (found.count + 1) * sizeof *items);
    TRY_ALLOC(err, items);
    for (size_t i = 0; i < found.count; i++) {
        const int64_t *row = found.rows + i * params->n_cols;
        TRY(keep(pack, params, row[STL_META_PARAM_NAME], &items[i].name, err));
        TRY(keep(pack, params, row[STL_META_PARAM_VALUE], &items[i].value, err));
    }
    source->params = items;
    source->n_params = found.count;
    return SETTLE_OK;
}

static settle_status read_source(stl_pack *pack, const policy_tables *in, size_t number,
                                 stl_policy_source *out, stl_error *err) {
    char seq[24];
    snprintf(seq, sizeof seq, "%02zu", number + 1);
    stl_index_rows found = stl_index_get(&in->policies, stl_str_of(seq));
    if (found.count != 1)
        return unfit(pack, "policy", err);
    stl_str file;
    TRY(keep(pack, &in->policies, found.rows[STL_META_POLICY_FILE], &file, err));
    TRY(keep(pack, &in->policies, found.rows[STL_META_POLICY_INSUTYPE], &out->insutype_for, err));
    out->file = file.ptr;
    stl_str digest = stl_index_text(&in->policies, found.rows[STL_META_POLICY_DIGEST]);
    stl_index_rows text = stl_index_get(&in->texts, digest);
    if (text.count != 1)
        return unfit(pack, "policy_text", err);
    out->xml = stl_index_text(&in->texts, text.rows[STL_META_TEXT_XML]);
    unsigned char bytes[STL_DIGEST_LEN];
    char hex[STL_DIGEST_HEX];
    TRY(stl_digest_of(STL_SHA256, out->xml.ptr, out->xml.len, bytes, err));
    stl_hex(bytes, sizeof bytes, hex);
    if (!stl_str_is(digest, hex))
        return FAIL(err, SETTLE_E_PACK_DIGEST, .file = pack->info.path, .field = "policy_text",
                    .detail = "the policy was changed");
    return read_params(pack, &in->params, stl_str_of(seq), out, err);
}

/* Nothing is paid. */
static const stl_policy NO_POLICY = {
    .id = {"", 0},
    .rounding = STL_ROUND_HALF_UP,
    .line_tolerance = 1,
    .year_month = 1,
    .year_day = 1,
    .rule_date = STL_RULE_DATE_DISCHARGE,
    .rounding_basis = {"", 0},
    .year_basis = {"", 0},
    .account_basis = {"", 0},
};

static settle_status read_policy(stl_pack *pack, stl_error *err) {
    policy_tables in;
    TRY(meta_table(pack, STL_M_POLICY, &in.policies, err));
    TRY(meta_table(pack, STL_M_PARAM, &in.params, err));
    TRY(meta_table(pack, STL_M_TEXT, &in.texts, err));
    size_t n = in.policies.n_rows;
    pack->region.policy = &NO_POLICY;
    if (n == 0)
        return SETTLE_OK;
    stl_policy_source *sources = stl_arena_alloc(pack->arena, n * sizeof *sources);
    TRY_ALLOC(err, sources);
    for (size_t i = 0; i < n; i++)
        TRY(read_source(pack, &in, i, &sources[i], err));
    return stl_policy_read(sources, n, pack->arena, &pack->region.policy, err);
}

/* Errors of the index know no file. */
static settle_status with_path(const stl_pack *pack, settle_status status, stl_error *err) {
    if (status != SETTLE_OK && err != NULL && err->file[0] == '\0')
        stl_text_show(stl_str_of(pack->info.path), err->file, sizeof err->file);
    return status;
}

static settle_status read_all(stl_pack *pack, bool installed, stl_error *err) {
    TRY(stl_file_map(pack->info.path, SETTLE_E_PACK_OPEN, &pack->file, err));
    if ((pack->file.stat.st_mode & S_IWOTH) != 0)
        return FAIL(err, SETTLE_E_PACK_OPEN, .file = pack->info.path,
                    .detail = "everyone may write to it");
    TRY(stl_footer_decode(pack->file.bytes, pack->file.len, pack->info.path, &pack->footer, err));
    if (installed)
        TRY(stl_installed_compare(pack->info.path, &pack->footer, err));
    TRY(stl_index_open(pack->file.bytes + pack->footer.index_offset, pack->footer.index_len,
                       &pack->index, err));
    TRY(read_head(pack, err));
    TRY(read_list(pack, STL_M_REGION, &pack->info.regions, &pack->info.n_regions, err));
    TRY(read_list(pack, STL_M_SCHEME, &pack->info.schemes, &pack->info.n_schemes, err));
    TRY(read_includes(pack, err));
    TRY(read_tables(pack, err));
    TRY(read_policy(pack, err));
    pack->region.id = pack->info.id;
    pack->region.version = pack->info.version;
    stl_hex(pack->footer.pack_digest, STL_DIGEST_LEN, pack->region.digest);
    memcpy(pack->info.digest, pack->region.digest, sizeof pack->info.digest);
    return SETTLE_OK;
}

settle_status stl_pack_open_as(const char *path, bool installed, stl_pack **out, stl_error *err) {
    SCOPED_PACK *pack = calloc(1, sizeof *pack);
    TRY_ALLOC(err, pack);
    pack->arena = stl_arena_new();
    TRY_ALLOC(err, pack->arena);
    pack->info.path = stl_arena_str(pack->arena, stl_str_of(path)).ptr;
    TRY_ALLOC(err, pack->info.path);
    TRY(with_path(pack, read_all(pack, installed, err), err));
    *out = pack;
    pack = NULL;
    return SETTLE_OK;
}

settle_status stl_pack_open(const char *path, stl_pack **out, stl_error *err) {
    return stl_pack_open_as(path, true, out, err);
}

void stl_pack_close(stl_pack *pack) {
    if (pack == NULL)
        return;
    stl_file_unmap(&pack->file);
    stl_arena_free(pack->arena);
    free(pack);
}

void stl_pack_cleanup(stl_pack **pack) {
    stl_pack_close(*pack);
}
