/* SPDX-License-Identifier: Apache-2.0 */
/* Immutable keyed tables in one contiguous image that is used where it lies (mapped file or
 * memory). A row is an array of int64 cells: a number (fixed point, day, int; STL_NONE empty) or a
 * reference to a text of the image. Column 0 is the key text; rows of one key are adjacent, ordered
 * as given. */
#ifndef STL_BASE_INDEX_H
#define STL_BASE_INDEX_H

#include "base/buf.h"
#include "base/error.h"

typedef struct stl_index_table {
    const char *name; /* in the image */
    const int64_t *rows;
    size_t n_rows;
    size_t n_cols;
    const struct stl_index_slot *slots; /* open addressing; layout in index_image.h */
    size_t n_slots;                     /* power of two */
    const char *heap;                   /* of the image: texts */
    size_t heap_len;
} stl_index_table;

typedef struct stl_index_rows {
    const int64_t *rows; /* count x table->n_cols cells */
    size_t count;
} stl_index_rows;

/* Checks bounds of header and table directory only: opening does not read the rows.
 * `image` is borrowed for the life of the tables and must be 8-byte aligned.
 * PACK_TRUNCATED or PACK_FORMAT. */
typedef struct stl_index {
    const void *image;
    size_t len;
    size_t n_tables;
} stl_index;

settle_status stl_index_open(const void *image, size_t len, stl_index *out,
                             stl_error *err) STL_MUST_CHECK;
/* An absent table is an empty one: out->n_rows == 0 and every look-up finds nothing. */
settle_status stl_index_find_table(const stl_index *index, const char *name, size_t n_cols,
                                   stl_index_table *out, stl_error *err) STL_MUST_CHECK;

stl_index_rows stl_index_get(const stl_index_table *table, stl_str key);

/* The text a cell refers to; a reference outside the heap answers the empty text. */
stl_str stl_index_text(const stl_index_table *table, int64_t cell);

/* --- writing ------------------------------------------------------------------------------- */

typedef struct stl_index_writer stl_index_writer;

stl_index_writer *stl_index_writer_new(void); /* NULL: out of memory */
void stl_index_writer_free(stl_index_writer *writer);

/* Begins a table; rows then follow in any order and are stably sorted by key at the end. */
settle_status stl_index_writer_table(stl_index_writer *writer, const char *name, size_t n_cols,
                                     stl_error *err) STL_MUST_CHECK;
/* Interns a text and gives the cell that refers to it. Equal texts share their place. */
settle_status stl_index_writer_text(stl_index_writer *writer, stl_str text, int64_t *out_cell,
                                    stl_error *err) STL_MUST_CHECK;
/* cells[0] must be a text cell: the key. */
settle_status stl_index_writer_row(stl_index_writer *writer, const int64_t *cells,
                                   stl_error *err) STL_MUST_CHECK;
/* The finished image, the same bytes for the same calls. */
settle_status stl_index_writer_finish(stl_index_writer *writer, stl_buf *out,
                                      stl_error *err) STL_MUST_CHECK;

#endif
