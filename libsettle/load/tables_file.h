/* SPDX-License-Identifier: Apache-2.0 */
/* A table in a file. */
#ifndef STL_LOAD_TABLES_FILE_H
#define STL_LOAD_TABLES_FILE_H

#include "load/tables.h"

/* How rows go out: those columns of a file that were asked for, in the order asked. */
typedef struct stl_table_out {
    const settle_table_query *query; /* NULL: only the columns are wanted */
    settle_table_row_fn each;
    stl_column_fn column;
    void *user;
    const char *file;
    stl_arena *arena;
    size_t *places;     /* of what was asked for, in the file's columns */
    settle_text *texts; /* one row */
} stl_table_out;

/* The file's columns are known. INPUT_COLUMN_MISSING. */
settle_status stl_table_out_columns(stl_table_out *out, const stl_str *names, size_t n,
                                    stl_error *err) STL_MUST_CHECK;
settle_status stl_table_out_row(stl_table_out *out, const stl_str *cells, int64_t line,
                                stl_error *err) STL_MUST_CHECK;

settle_status stl_table_csv(const stl_input_file *file, stl_encoding encoding, stl_table_out *out,
                            stl_error *err) STL_MUST_CHECK;
/* An array of flat objects, or one object a line. */
settle_status stl_table_json(const stl_input_file *file, stl_encoding encoding, stl_table_out *out,
                             stl_error *err) STL_MUST_CHECK;
/* The root's children are rows, their children columns. */
settle_status stl_table_xml(const stl_input_file *file, stl_encoding encoding, stl_table_out *out,
                            stl_error *err) STL_MUST_CHECK;

#endif
