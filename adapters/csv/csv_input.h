/* SPDX-License-Identifier: Apache-2.0 */
/* The canonical input from inside: which file holds which records, and how one is read. */
#ifndef STL_CSV_INPUT_H
#define STL_CSV_INPUT_H

#include "base/csv.h"
#include "load/builder.h"

/* Which kind of record a file holds by its base name: "charges.csv"; -1 none. */
int stl_csv_kind(const char *base);

/* A reader that adds the records of a file to a builder. `file` is borrowed. */
typedef struct stl_csv_records {
    stl_source_builder *builder;
    stl_record_kind kind;
    const char *file;
    stl_arena *arena;
    stl_cell *cells; /* names of the header, texts of the row */
    size_t n_cells;
} stl_csv_records;
stl_csv_reader stl_csv_records_reader(stl_csv_records *records);

/* Reads a file whole. */
settle_status stl_csv_read_records(stl_source_builder *builder, const stl_input_file *file,
                                   stl_record_kind kind, stl_encoding encoding,
                                   stl_error *err) STL_MUST_CHECK;

/* The same input, but the rows of a stay are read when it is asked for: what stays in memory are
 * heads, rows of persons and where the rest lies. The builder has noted what was passed over. An
 * input that is not sound is told by some error: the first in its order is for who reads it whole.
 */
settle_status stl_csv_open_large(stl_source_builder *builder, const stl_input_files *files,
                                 stl_encoding encoding, stl_source **out,
                                 stl_error *err) STL_MUST_CHECK;

#endif
