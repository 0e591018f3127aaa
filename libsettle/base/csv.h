/* SPDX-License-Identifier: Apache-2.0 */
/* Streaming CSV (libcsv behind it): header row, then rows by callback. */
#ifndef STL_BASE_CSV_H
#define STL_BASE_CSV_H

#include "base/text.h"

typedef struct stl_csv_row {
    const stl_str *cells; /* borrowed until the callback returns */
    size_t count;         /* equals the header's: a shorter or longer row is INPUT_CSV */
    int64_t line;         /* 1-based physical line where the row begins */
    int64_t last_line;    /* where it ends */
} stl_csv_row;

typedef struct stl_csv_reader {
    /* Called once with the header, then with each row. A failure stops the reading. */
    settle_status (*header)(void *user, const stl_csv_row *row, stl_error *err);
    settle_status (*row)(void *user, const stl_csv_row *row, stl_error *err);
    void *user;
} stl_csv_reader;

/* A longer cell, or a row of more than eight times this, is INPUT_TOO_LONG at its row. */
enum { STL_CSV_CELL_MAX = 1024 * 1024 };

/* RFC 4180 to the letter: LF or CRLF ends a row, blanks belong to their cell, a quote only in
 * quoted cells, every row as wide as the header. Blank lines are passed over. NUL, a column without
 * a name or more than 512 of them are INPUT_CSV; a failure that a callback leaves without a place
 * gets the row's. */

/* Reads a whole file in blocks of 64 KiB. Errors carry file (base name), line and column name. */
settle_status stl_csv_read_file(const char *path, stl_encoding encoding,
                                const stl_csv_reader *reader, stl_error *err) STL_MUST_CHECK;
/* The same from memory; `name` stands in errors. */
settle_status stl_csv_read_memory(stl_str text, const char *name, stl_encoding encoding,
                                  const stl_csv_reader *reader, stl_error *err) STL_MUST_CHECK;

/* Whole rows of a file: where their bytes lie, and the physical line where they begin. */
typedef struct stl_csv_place {
    int64_t offset, line;
    size_t len;
} stl_csv_place;

/* A file whose rows are read place by place, under the header it had. Borrowed all. */
typedef struct stl_csv_file {
    int fd;
    const char *name; /* stands in errors */
    stl_encoding encoding;
    stl_str header; /* its bytes, with their byte order mark */
} stl_csv_file;

/* Reads the header and the rows of these places, which ascend. INPUT_OPEN, INPUT_CHANGED where the
 * file is shorter than they say. */
settle_status stl_csv_read_places(const stl_csv_file *file, const stl_csv_place *places, size_t n,
                                  const stl_csv_reader *reader, stl_error *err) STL_MUST_CHECK;

#endif
