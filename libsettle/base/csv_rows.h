/* SPDX-License-Identifier: Apache-2.0 */
/* Where the rows of a CSV file lie, found without reading their cells. */
#ifndef STL_BASE_CSV_ROWS_H
#define STL_BASE_CSV_ROWS_H

#include "base/csv.h"

typedef struct stl_csv_walker {
    const char *key; /* name of the column by which rows belong together, ASCII */
    /* A row; `key` are the bytes of its cell, without quotes around them. */
    settle_status (*row)(void *user, stl_str key, const stl_csv_place *place, stl_error *err);
    void *user;
} stl_csv_walker;

/* Walks over the rows of a file of any length in little memory. *encoding: declared; then found.
 * Appends to `header` the bytes of the header row with its byte order mark. What is not a CSV row
 * by row, or lacks the key, is INPUT_CSV without a place; a row that looks sound need not be:
 * whoever wants to know reads it. INPUT_OPEN, INPUT_ENCODING. */
settle_status stl_csv_walk(int fd, stl_encoding *encoding, const stl_csv_walker *walker,
                           stl_buf *header, stl_error *err) STL_MUST_CHECK;

#endif
