/* SPDX-License-Identifier: Apache-2.0 */
/* mapping.csv as it lies on disk: all its columns, all its rows. */
#ifndef STL_FLOW_MAP_SHEET_H
#define STL_FLOW_MAP_SHEET_H

#include "flow/map_row.h"

/* Columns that a published sheet has beside those of STL_MAPPING_TABLE. */
enum { STL_SHEET_REPLACED_BY = STL_MAP_COLS, STL_SHEET_END_BEFORE, STL_SHEET_COLS };

typedef struct stl_sheet {
    stl_arena *arena;
    stl_str *names; /* of the columns */
    size_t n_columns;
    int at[STL_SHEET_COLS]; /* column of each */
    stl_str **rows;         /* cells by columns */
    size_t n_rows, cap;
} stl_sheet;

/* Columns that it lacks are added behind. MAPPING_READ. */
settle_status stl_sheet_read(const char *path, stl_arena *arena, stl_sheet *out,
                             stl_error *err) STL_MUST_CHECK;
/* A further row, its cells empty; NULL: out of memory. */
stl_str *stl_sheet_add(stl_sheet *sheet);
/* The cell of a row by one of STL_MAP_* or STL_SHEET_*. */
static inline stl_str *stl_sheet_cell(const stl_sheet *sheet, stl_str *row, int column) {
    return &row[sheet->at[column]];
}
stl_map_row stl_sheet_row(const stl_sheet *sheet, stl_str *row);

/* As CSV in UTF-8. */
void stl_sheet_write(const stl_sheet *sheet, stl_buf *out);

#endif
