/* SPDX-License-Identifier: Apache-2.0 */
/* A row of mapping.csv as its cells, by the columns of STL_MAPPING_TABLE. */
#ifndef STL_FLOW_MAP_ROW_H
#define STL_FLOW_MAP_ROW_H

#include "base/json.h"
#include "base/mem.h"
#include "model/mapping.h"

typedef struct stl_map_row {
    stl_str cells[STL_MAP_COLS]; /* "" where there is nothing */
    int64_t line;                /* of the file, 0 none */
} stl_map_row;

/* The column of mapping.csv with this name; -1: none. */
int stl_map_column(stl_str name);

/* As a JSON object without its number and status, which a review gives; and back, in the arena:
 * STORE_CORRUPT. */
void stl_map_row_put(const stl_map_row *row, stl_json *j);
settle_status stl_map_row_read(stl_str json, stl_arena *arena, stl_map_row *out,
                               stl_error *err) STL_MUST_CHECK;

/* What it sends its item to: rows of one meaning are equal here. */
void stl_map_row_meaning(const stl_map_row *row, stl_buf *out);
bool stl_map_row_same(const stl_map_row *a, const stl_map_row *b);
/* A row of the compiled mapping as cells, in the arena. */
settle_status stl_map_row_of(const stl_index_table *table, const int64_t *row, stl_arena *arena,
                             stl_map_row *out, stl_error *err) STL_MUST_CHECK;
/* Numbers and days of the cells; STL_NONE for an empty cell or one that is none. */
int64_t stl_map_row_number(const stl_map_row *row, int column);

#endif
