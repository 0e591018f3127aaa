/* SPDX-License-Identifier: Apache-2.0 */
#include "load/tables_file.h"

#include <stdlib.h>

typedef settle_status read_file(const stl_input_file *file, stl_encoding encoding,
                                stl_table_out *out, stl_error *err);

static const struct {
    const char *ending;
    read_file *read;
} FORMATS[] = {{".csv", stl_table_csv},
               {".json", stl_table_json},
               {".ndjson", stl_table_json},
               {".xml", stl_table_xml}};

struct stl_tables {
    stl_arena *arena;
    stl_input_files files;
    stl_encoding encoding;
};

settle_status stl_tables_open(const stl_adapter_ask *ask, stl_tables **out, stl_error *err) {
    SCOPED_TABLES *tables = calloc(1, sizeof *tables);
    TRY_ALLOC(err, tables);
    tables->encoding = ask->encoding;
    tables->arena = stl_arena_new();
    TRY_ALLOC(err, tables->arena);
    TRY(stl_input_list(ask->paths, ask->n_paths, tables->arena, &tables->files, err));
    *out = tables;
    tables = NULL;
    return SETTLE_OK;
}

void stl_tables_free(stl_tables *tables) {
    if (tables == NULL)
        return;
    stl_arena_free(tables->arena);
    free(tables);
}

void stl_tables_cleanup(stl_tables **tables) {
    stl_tables_free(*tables);
}

static const stl_input_file *file_of(const stl_tables *t, const char *table, read_file **read) {
    size_t len = strlen(table);
    for (size_t i = 0; i < t->files.count; i++)
        for (size_t f = 0; f < sizeof FORMATS / sizeof *FORMATS; f++) {
            stl_str base = stl_str_of(t->files.items[i].base);
            size_t ending = strlen(FORMATS[f].ending);
            if (base.len != len + ending || strcmp(base.ptr + len, FORMATS[f].ending) != 0 ||
                !stl_str_eq_nocase((stl_str){base.ptr, len}, (stl_str){table, len}))
                continue;
            *read = FORMATS[f].read;
            return &t->files.items[i];
        }
    return NULL;
}

static settle_status from_file(stl_tables *tables, const char *table, stl_table_out *out,
                               bool *there, stl_error *err) {
    read_file *read;
    const stl_input_file *file = file_of(tables, table, &read);
    *there = file != NULL;
    if (file == NULL)
        return SETTLE_OK;
    out->file = file->base;
    out->arena = stl_arena_new();
    TRY_ALLOC(err, out->arena);
    settle_status status = read(file, tables->encoding, out, err);
    stl_arena_free(out->arena);
    return status;
}

settle_status stl_tables_columns(stl_tables *tables, const char *table, stl_column_fn each,
                                 void *user, bool *there, stl_error *err) {
    stl_table_out out = {.column = each, .user = user};
    return from_file(tables, table, &out, there, err);
}

settle_status stl_tables_rows(stl_tables *tables, const settle_table_query *query,
                              settle_table_row_fn each, void *user, stl_error *err) {
    stl_table_out out = {.query = query, .each = each, .user = user};
    bool there;
    TRY(from_file(tables, query->table, &out, &there, err));
    return there ? SETTLE_OK : FAIL(err, SETTLE_E_INPUT_TABLE_MISSING, .file = query->table);
}
