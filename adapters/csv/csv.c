/* SPDX-License-Identifier: Apache-2.0 */
/* The canonical input: one CSV file a kind of record, known by its base name. */
#include "load/builtin.h"

#include "base/csv.h"

enum { COLUMNS_MAX = 1024 };

typedef struct reading {
    stl_source_builder *builder;
    stl_record_kind kind;
    const stl_record_type *type;
    const char *file;
    stl_arena *arena;
    stl_cell *cells; /* names of the header, texts of the row */
    size_t n_cells;
} reading;

/* Files of the canonical input that describe the hospital, not stays. */
static const char *const OF_THE_SITE[] = {"items.csv", "mapping.csv"};

static int kind_of(const char *base) {
    size_t len = strlen(base);
    if (len < 4 || strcmp(base + len - 4, ".csv") != 0)
        return -1;
    stl_str stem = {base, len - 4};
    for (int kind = 0; kind < STL_R_KINDS; kind++)
        if (stl_str_is(stem, STL_RECORD_TYPES[kind].stem))
            return kind;
    return -1;
}

static bool of_the_site(const char *base) {
    for (size_t i = 0; i < sizeof OF_THE_SITE / sizeof *OF_THE_SITE; i++)
        if (strcmp(base, OF_THE_SITE[i]) == 0)
            return true;
    return false;
}

/* Why a file may have none of its columns. */
static const char *not_a_csv(const reading *r) {
    static const char ZIP[] = "PK\003\004";
    if (stl_str_empty(r->cells[0].name) || r->n_cells > 1)
        return NULL;
    bool zip = r->cells[0].name.len >= 4 && memcmp(r->cells[0].name.ptr, ZIP, 4) == 0;
    return zip ? "an Excel workbook, not a CSV" : "the cells are not separated by commas";
}

static settle_status check_columns(const reading *r, int64_t line, stl_error *err) {
    for (size_t i = 1; i < r->n_cells; i++)
        for (size_t k = 0; k < i; k++)
            if (stl_str_eq(r->cells[i].name, r->cells[k].name))
                return FAIL(err, SETTLE_E_INPUT_COLUMN_TWICE, .file = r->file, .line = line,
                            .field = r->cells[i].name.ptr);
    for (size_t f = 0; f < r->type->n_fields; f++) {
        const stl_field *field = &r->type->fields[f];
        size_t i = 0;
        while (i < r->n_cells && !stl_str_is(r->cells[i].name, field->name))
            i++;
        if (i == r->n_cells && (field->flags & STL_FIELD_COLUMN) != 0)
            return FAIL(err, SETTLE_E_INPUT_COLUMN_MISSING, .file = r->file, .line = line,
                        .field = field->name, .detail = not_a_csv(r));
    }
    return SETTLE_OK;
}

static settle_status on_header(void *user, const stl_csv_row *row, stl_error *err) {
    reading *r = user;
    if (row->count > COLUMNS_MAX)
        return FAIL(err, SETTLE_E_INPUT_CSV, .file = r->file, .line = row->line,
                    .detail = "more than 1024 columns");
    r->cells = stl_arena_alloc(r->arena, row->count * sizeof *r->cells);
    TRY_ALLOC(err, r->cells);
    r->n_cells = row->count;
    for (size_t i = 0; i < row->count; i++) {
        r->cells[i].name = stl_arena_str(r->arena, row->cells[i]);
        TRY_ALLOC(err, r->cells[i].name.ptr);
    }
    return check_columns(r, row->line, err);
}

/* Two stray quotes in a column make one cell of all between them: as many commas as a row has. */
static settle_status check_quotes(const reading *r, const stl_csv_row *row, stl_error *err) {
    for (size_t i = 0; i < row->count; i++) {
        size_t commas = 0;
        for (size_t k = 0; k < row->cells[i].len; k++)
            commas += row->cells[i].ptr[k] == ',';
        if (commas + 1 >= row->count && row->count > 1)
            return FAIL(err, SETTLE_E_INPUT_CSV, .file = r->file, .line = row->line,
                        .field = r->cells[i].name.ptr,
                        .detail = "a quoted cell over several lines holds whole rows");
    }
    return SETTLE_OK;
}

static settle_status on_row(void *user, const stl_csv_row *row, stl_error *err) {
    reading *r = user;
    if (row->last_line != row->line)
        TRY(check_quotes(r, row, err));
    for (size_t i = 0; i < r->n_cells; i++)
        r->cells[i].text = row->cells[i];
    return stl_source_builder_add(r->builder, r->kind, r->cells, r->n_cells, r->file, row->line,
                                  err);
}

static settle_status read_file(stl_source_builder *builder, const stl_input_file *file,
                               stl_record_kind kind, stl_encoding encoding, stl_error *err) {
    SCOPED_ARENA *arena = stl_arena_new();
    TRY_ALLOC(err, arena);
    reading r = {.builder = builder,
                 .kind = kind,
                 .type = &STL_RECORD_TYPES[kind],
                 .file = file->base,
                 .arena = arena};
    stl_csv_reader reader = {on_header, on_row, &r};
    stl_source_builder_given(builder, kind);
    return stl_csv_read_file(file->path, encoding, &reader, err);
}

/* Stays first, then the other kinds: whatever order the paths had, an error is the same. */
static settle_status read_kinds(stl_source_builder *builder, const stl_input_files *files,
                                stl_encoding encoding, stl_error *err) {
    for (int kind = 0; kind < STL_R_KINDS; kind++)
        for (size_t i = 0; i < files->count; i++)
            if (kind_of(files->items[i].base) == kind)
                TRY(read_file(builder, &files->items[i], (stl_record_kind)kind, encoding, err));
    return SETTLE_OK;
}

/* A file named by the user is read or refused; what else lies in a directory is reported. */
static settle_status sort_out(stl_source_builder *builder, const stl_input_files *files,
                              stl_error *err) {
    size_t known = 0;
    for (size_t i = 0; i < files->count; i++) {
        const stl_input_file *file = &files->items[i];
        if (kind_of(file->base) >= 0)
            known++;
        else if (file->named && !of_the_site(file->base))
            return FAIL(err, SETTLE_E_INPUT_FILE_UNKNOWN, .file = file->base);
        else
            stl_source_builder_passed_over(builder, file->base);
    }
    if (known == 0)
        return FAIL(err, SETTLE_E_INPUT_FILE_UNKNOWN,
                    .file = files->count == 0 ? NULL : files->items[0].base);
    return SETTLE_OK;
}

static settle_status open_csv(const stl_adapter_ask *ask, stl_source **out, stl_error *err) {
    SCOPED_ARENA *arena = stl_arena_new();
    SCOPED_BUILDER *builder = stl_source_builder_new();
    TRY_ALLOC(err, arena);
    TRY_ALLOC(err, builder);
    stl_input_files files;
    TRY(stl_input_list(ask->paths, ask->n_paths, arena, &files, err));
    TRY(sort_out(builder, &files, err));
    TRY(read_kinds(builder, &files, ask->encoding, err));
    return stl_source_builder_finish(builder, out, err);
}

const stl_adapter STL_ADAPTER_CSV = {"csv", open_csv};
