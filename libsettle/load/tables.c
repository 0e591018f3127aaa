/* SPDX-License-Identifier: Apache-2.0 */
#include "load/live.h"
#include "load/messages.h"
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
    stl_live *database; /* NULL: files alone */
    const stl_message_format *format;
    void *messages;
    const char *only; /* file of messages, where there is one */
};

static const stl_message_format *const MESSAGES[] = {&STL_MESSAGES_HL7, &STL_MESSAGES_FHIR,
                                                     &STL_MESSAGES_NHSA};

const stl_message_format *stl_message_format_named(stl_str name) {
    for (size_t i = 0; i < sizeof MESSAGES / sizeof *MESSAGES; i++)
        if (stl_str_is(name, MESSAGES[i]->name))
            return MESSAGES[i];
    return NULL;
}

static bool is_canonical(const char *base) {
    stl_str stem = {base, strcspn(base, ".")};
    for (stl_record_kind kind = 0; kind < STL_R_KINDS; kind++)
        if (stl_str_is(stem, STL_RECORD_TYPES[kind].stem))
            return true;
    return false;
}

static int64_t line_at(const char *text, const char *at) {
    int64_t line = 1;
    for (; text < at; text++)
        line += *text == '\n' || (*text == '\r' && text[1] != '\n');
    return line;
}

/* Takes the files of messages out of those of tables. */
static settle_status open_messages(stl_tables *tables, stl_str standard, stl_error *err) {
    stl_input_files *files = &tables->files;
    stl_message_file *mine = stl_arena_alloc(tables->arena, (files->count + 1) * sizeof *mine);
    size_t n = 0, others = 0;
    TRY_ALLOC(err, mine);
    tables->format = stl_message_format_named(standard);
    for (size_t i = 0; i < files->count; i++) {
        const stl_input_file *file = &files->items[i];
        bool table = is_canonical(file->base) || !(file->named || tables->format->mine(file->base));
        if (table) {
            files->items[others++] = *file;
            continue;
        }
        SCOPED_BUF text = {0};
        TRY(stl_input_text(file, tables->encoding, &text, err));
        const char *nul = text.len == 0 ? NULL : memchr(text.ptr, '\0', text.len);
        if (nul != NULL)
            return FAIL(err, SETTLE_E_INPUT_ENCODING, .file = file->base,
                        .line = line_at(text.ptr, nul), .detail = "a NUL byte");
        mine[n] = (stl_message_file){file->base,
                                     stl_arena_str(tables->arena, (stl_str){text.ptr, text.len})};
        TRY_ALLOC(err, mine[n++].text.ptr);
    }
    files->count = others;
    if (n == 0)
        return FAIL(err, SETTLE_E_INPUT_FILE_UNKNOWN, .detail = "no file of messages");
    tables->only = n == 1 ? mine[0].file : NULL;
    return tables->format->open(mine, n, tables->arena, &tables->messages, err);
}

/* "odbc:NAME" among the paths is a database; the others are files. */
static settle_status open_paths(stl_tables *tables, const stl_adapter_ask *ask, stl_error *err) {
    const char **paths = stl_arena_alloc(tables->arena, (ask->n_paths + 1) * sizeof *paths);
    size_t n_paths = 0;
    TRY_ALLOC(err, paths);
    for (size_t i = 0; i < ask->n_paths; i++) {
        if (strncmp(ask->paths[i], STL_DATABASE_PREFIX, strlen(STL_DATABASE_PREFIX)) != 0) {
            paths[n_paths++] = ask->paths[i];
            continue;
        }
        if (tables->database != NULL || (ask->n_stays == 0 && !ask->whole_tables))
            return FAIL(err, SETTLE_E_ARG_VALUE, .field = "paths", .value = ask->paths[i],
                        .detail = tables->database != NULL
                                      ? "one database at a time"
                                      : "a database is asked for stays by their keys");
        TRY(stl_live_open(ask->paths[i] + strlen(STL_DATABASE_PREFIX), ask, &tables->database,
                          err));
    }
    return stl_input_list(paths, n_paths, tables->arena, &tables->files, err);
}

settle_status stl_tables_open(const stl_adapter_ask *ask, stl_str messages, stl_tables **out,
                              stl_error *err) {
    SCOPED_TABLES *tables = calloc(1, sizeof *tables);
    TRY_ALLOC(err, tables);
    tables->encoding = ask->encoding;
    tables->arena = stl_arena_new();
    TRY_ALLOC(err, tables->arena);
    TRY(open_paths(tables, ask, err));
    if (!stl_str_empty(messages))
        TRY(open_messages(tables, messages, err));
    *out = tables;
    tables = NULL;
    return SETTLE_OK;
}

void stl_tables_free(stl_tables *tables) {
    if (tables == NULL)
        return;
    stl_live_free(tables->database);
    stl_arena_free(tables->arena);
    free(tables);
}

void stl_tables_cleanup(stl_tables **tables) {
    stl_tables_free(*tables);
}

/* How the file, if it is one of the table, is read; NULL. */
static read_file *reader_of(const stl_input_file *file, const char *table) {
    stl_str base = stl_str_of(file->base), name = stl_str_of(table);
    for (size_t f = 0; f < sizeof FORMATS / sizeof *FORMATS; f++)
        if (base.len == name.len + strlen(FORMATS[f].ending) &&
            strcmp(base.ptr + name.len, FORMATS[f].ending) == 0 &&
            stl_str_eq_nocase((stl_str){base.ptr, name.len}, name))
            return FORMATS[f].read;
    return NULL;
}

/* From `from` on; NULL none. */
static stl_input_file *file_of(const stl_tables *t, const char *table, size_t from) {
    for (size_t i = from; i < t->files.count; i++)
        if (reader_of(&t->files.items[i], table) != NULL)
            return &t->files.items[i];
    return NULL;
}

/* Which of two files of a table counts is not ours to say, nor whether both do. */
static settle_status the_file_of(const stl_tables *t, const char *table, stl_input_file **out,
                                 stl_error *err) {
    *out = file_of(t, table, 0);
    if (*out == NULL)
        return SETTLE_OK;
    const stl_input_file *twin = file_of(t, table, (size_t)(*out - t->files.items) + 1);
    if (twin == NULL)
        return SETTLE_OK;
    SCOPED_BUF first = {0};
    stl_buf_printf(&first, "first at %s", (*out)->path);
    return FAIL(err, SETTLE_E_INPUT_TABLE_TWICE, .file = twin->path, .field = table,
                .detail = stl_buf_ok(&first) ? first.ptr : NULL);
}

static settle_status from_file(stl_tables *tables, const char *table, stl_table_out *out,
                               bool *there, stl_error *err) {
    stl_input_file *file;
    TRY(the_file_of(tables, table, &file, err));
    *there = file != NULL;
    if (file == NULL)
        return SETTLE_OK;
    file->used = true;
    out->file = file->base;
    out->arena = stl_arena_new();
    TRY_ALLOC(err, out->arena);
    settle_status status = reader_of(file, table)(file, tables->encoding, out, err);
    stl_arena_free(out->arena);
    return status;
}

settle_status stl_tables_pass_over(const stl_tables *tables, stl_source_builder *builder,
                                   stl_error *err) {
    for (size_t i = 0; i < tables->files.count; i++) {
        const stl_input_file *file = &tables->files.items[i];
        if (file->named && !file->used && !stl_input_of_site(file->base))
            return FAIL(err, SETTLE_E_INPUT_FILE_UNKNOWN, .file = file->base);
        if (!file->used)
            stl_source_builder_passed_over(builder, file->base);
    }
    return SETTLE_OK;
}

const char *stl_tables_only_file(const stl_tables *tables) {
    return tables->only;
}

bool stl_tables_of_messages(const stl_tables *tables, const char *table) {
    return tables->messages != NULL && file_of(tables, table, 0) == NULL &&
           tables->format->has(tables->messages, stl_str_of(table));
}

settle_status stl_tables_columns(stl_tables *tables, const char *table, stl_column_fn each,
                                 void *user, bool *there, stl_error *err) {
    stl_table_out out = {.column = each, .user = user};
    TRY(from_file(tables, table, &out, there, err));
    *there = *there || stl_tables_of_messages(tables, table);
    if (*there || tables->database == NULL)
        return SETTLE_OK;
    return stl_live_columns(tables->database, table, each, user, there, err);
}

settle_status stl_tables_rows(stl_tables *tables, const settle_table_query *query,
                              settle_table_row_fn each, void *user, stl_error *err) {
    stl_table_out out = {.query = query, .each = each, .user = user};
    bool there;
    TRY(from_file(tables, query->table, &out, &there, err));
    if (there)
        return SETTLE_OK;
    if (stl_tables_of_messages(tables, query->table))
        return tables->format->rows(tables->messages, query, each, user, err);
    if (tables->database == NULL)
        return FAIL(err, SETTLE_E_INPUT_TABLE_MISSING, .file = query->table);
    return stl_live_rows(tables->database, query, each, user, err);
}

settle_status stl_tables_statement(stl_tables *tables, const settle_table_query *query,
                                   stl_buf *out, stl_error *err) {
    if (tables->database == NULL || file_of(tables, query->table, 0) != NULL)
        return SETTLE_OK;
    return stl_live_statement(tables->database, query, out, err);
}

settle_status stl_tables_place(stl_tables *tables, const char *table, const char **file,
                               const char **encoding, stl_error *err) {
    stl_input_file *found;
    *file = *encoding = NULL;
    TRY(the_file_of(tables, table, &found, err));
    if (found == NULL)
        return SETTLE_OK;
    *file = found->base;
    return stl_input_encoding(found, tables->encoding, encoding, err);
}

settle_status stl_tables_product(const stl_tables *tables, stl_arena *arena, const char **out,
                                 stl_error *err) {
    *out = NULL;
    if (tables->database == NULL)
        return SETTLE_OK;
    *out = stl_arena_str(arena, stl_str_of(stl_live_product(tables->database))).ptr;
    TRY_ALLOC(err, *out);
    return SETTLE_OK;
}
