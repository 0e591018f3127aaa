/* SPDX-License-Identifier: Apache-2.0 */
#include "flow/map_sheet.h"

#include "base/csv.h"

static stl_str name_of(int column) {
    static const char *const ADDED[] = {"replaced_by", "enddate_before"};
    return stl_str_of(column < STL_MAP_COLS ? STL_MAPPING_TABLE.columns[column].csv
                                            : ADDED[column - STL_MAP_COLS]);
}

static int column_of(stl_str name) {
    for (int i = 0; i < STL_SHEET_COLS; i++)
        if (stl_str_eq(name_of(i), name))
            return i;
    return -1;
}

static settle_status read_header(void *user, const stl_csv_row *header, stl_error *err) {
    stl_sheet *sheet = user;
    size_t most = header->count + STL_SHEET_COLS;
    sheet->names = stl_arena_alloc(sheet->arena, most * sizeof *sheet->names);
    TRY_ALLOC(err, sheet->names);
    for (int i = 0; i < STL_SHEET_COLS; i++)
        sheet->at[i] = -1;
    for (size_t i = 0; i < header->count; i++) {
        int column = column_of(header->cells[i]);
        sheet->names[i] = stl_arena_str(sheet->arena, header->cells[i]);
        TRY_ALLOC(err, sheet->names[i].ptr);
        if (column >= 0)
            sheet->at[column] = (int)i;
    }
    sheet->n_columns = header->count;
    for (int i = 0; i < STL_SHEET_COLS; i++) {
        if (sheet->at[i] >= 0)
            continue;
        sheet->at[i] = (int)sheet->n_columns;
        sheet->names[sheet->n_columns++] = name_of(i);
    }
    return SETTLE_OK;
}

stl_str *stl_sheet_add(stl_sheet *sheet) {
    stl_str *cells = stl_arena_alloc(sheet->arena, sheet->n_columns * sizeof *cells);
    stl_str **place = stl_arena_push(sheet->arena, (void **)&sheet->rows, &sheet->n_rows,
                                     &sheet->cap, sizeof *sheet->rows);
    if (cells == NULL || place == NULL)
        return NULL;
    for (size_t i = 0; i < sheet->n_columns; i++)
        cells[i] = STL_STR("");
    return *place = cells;
}

static settle_status read_row(void *user, const stl_csv_row *row, stl_error *err) {
    stl_sheet *sheet = user;
    stl_str *cells = stl_sheet_add(sheet);
    TRY_ALLOC(err, cells);
    for (size_t i = 0; i < row->count; i++) {
        cells[i] = stl_arena_str(sheet->arena, row->cells[i]);
        TRY_ALLOC(err, cells[i].ptr);
    }
    return SETTLE_OK;
}

settle_status stl_sheet_read(const char *path, stl_arena *arena, stl_sheet *out, stl_error *err) {
    const stl_csv_reader reader = {read_header, read_row, out};
    *out = (stl_sheet){.arena = arena};
    return stl_csv_read_file(path, STL_ENC_DETECT, &reader, err);
}

stl_map_row stl_sheet_row(const stl_sheet *sheet, stl_str *row) {
    stl_map_row out = {.line = 0};
    for (int i = 0; i < STL_MAP_COLS; i++)
        out.cells[i] = *stl_sheet_cell(sheet, row, i);
    return out;
}

/* --- writing ---------------------------------------------------------------------------------- */

static bool needs_quotes(stl_str cell) {
    for (size_t i = 0; i < cell.len; i++)
        if (strchr(",\"\r\n", cell.ptr[i]) != NULL)
            return true;
    return false;
}

static void write_cell(stl_str cell, stl_buf *out) {
    if (!needs_quotes(cell)) {
        stl_buf_str(out, cell);
        return;
    }
    stl_buf_text(out, "\"");
    for (size_t i = 0; i < cell.len; i++) {
        if (cell.ptr[i] == '"')
            stl_buf_text(out, "\"");
        stl_buf_bytes(out, &cell.ptr[i], 1);
    }
    stl_buf_text(out, "\"");
}

static void write_cells(const stl_str *cells, size_t n, stl_buf *out) {
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            stl_buf_text(out, ",");
        write_cell(cells[i], out);
    }
    stl_buf_text(out, "\n");
}

void stl_sheet_write(const stl_sheet *sheet, stl_buf *out) {
    write_cells(sheet->names, sheet->n_columns, out);
    for (size_t i = 0; i < sheet->n_rows; i++)
        write_cells(sheet->rows[i], sheet->n_columns, out);
}
