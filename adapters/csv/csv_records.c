/* SPDX-License-Identifier: Apache-2.0 */
#include "csv_input.h"

enum { COLUMNS_MAX = 1024 };

int stl_csv_kind(const char *base) {
    size_t len = strlen(base);
    if (len < 4 || strcmp(base + len - 4, ".csv") != 0)
        return -1;
    stl_str stem = {base, len - 4};
    for (int kind = 0; kind < STL_R_KINDS; kind++)
        if (stl_str_is(stem, STL_RECORD_TYPES[kind].stem))
            return kind;
    return -1;
}

/* Why a file may have none of its columns. */
static const char *not_a_csv(const stl_csv_records *r) {
    static const char ZIP[] = "PK\003\004";
    if (stl_str_empty(r->cells[0].name) || r->n_cells > 1)
        return NULL;
    bool zip = r->cells[0].name.len >= 4 && memcmp(r->cells[0].name.ptr, ZIP, 4) == 0;
    return zip ? "an Excel workbook, not a CSV" : "the cells are not separated by commas";
}

static settle_status check_columns(const stl_csv_records *r, int64_t line, stl_error *err) {
    const stl_record_type *type = &STL_RECORD_TYPES[r->kind];
    for (size_t i = 1; i < r->n_cells; i++)
        for (size_t k = 0; k < i; k++)
            if (stl_str_eq(r->cells[i].name, r->cells[k].name))
                return FAIL(err, SETTLE_E_INPUT_COLUMN_TWICE, .file = r->file, .line = line,
                            .field = r->cells[i].name.ptr);
    for (size_t f = 0; f < type->n_fields; f++) {
        const stl_field *field = &type->fields[f];
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
    stl_csv_records *r = user;
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
static settle_status check_quotes(const stl_csv_records *r, const stl_csv_row *row,
                                  stl_error *err) {
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
    stl_csv_records *r = user;
    if (row->last_line != row->line)
        TRY(check_quotes(r, row, err));
    for (size_t i = 0; i < r->n_cells; i++)
        r->cells[i].text = row->cells[i];
    return stl_source_builder_add(r->builder, r->kind, r->cells, r->n_cells, r->file, row->line,
                                  err);
}

stl_csv_reader stl_csv_records_reader(stl_csv_records *records) {
    return (stl_csv_reader){on_header, on_row, records};
}

settle_status stl_csv_read_records(stl_source_builder *builder, const stl_input_file *file,
                                   stl_record_kind kind, stl_encoding encoding, stl_error *err) {
    SCOPED_ARENA *arena = stl_arena_new();
    TRY_ALLOC(err, arena);
    stl_csv_records records = {
        .builder = builder, .kind = kind, .file = file->base, .arena = arena};
    stl_csv_reader reader = stl_csv_records_reader(&records);
    stl_source_builder_given(builder, kind);
    return stl_csv_read_file(file->path, encoding, &reader, err);
}
