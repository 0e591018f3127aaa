/* SPDX-License-Identifier: Apache-2.0 */
/* One CSV file into the rows of its table, every cell checked. */
#ifndef STL_PACK_TABLE_CSV_H
#define STL_PACK_TABLE_CSV_H

#include "base/csv.h"
#include "pack/rowset.h"

typedef struct stl_table_csv {
    const char *name;      /* stands in errors */
    settle_status failure; /* of every mistake */
    stl_encoding encoding;
    bool tolerant; /* a hospital's table: other columns are passed over, outer blanks cut */
    /* NULL: any text or number of the column's kind */
    const stl_cell_rule *(*rule)(size_t table, size_t column);
    size_t table;   /* first argument of `rule` */
    int begin, end; /* date columns that must not be the wrong way round; -1: none */
} stl_table_csv;

settle_status stl_table_csv_read(const stl_table_csv *csv, stl_str text, stl_pool *pool,
                                 stl_rowset *set, stl_error *err) STL_MUST_CHECK;

#endif
