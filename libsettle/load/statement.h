/* SPDX-License-Identifier: Apache-2.0 */
/* What a database is asked: one SELECT a table, the keys of the stays as parameters. */
#ifndef STL_LOAD_STATEMENT_H
#define STL_LOAD_STATEMENT_H

#include "base/buf.h"
#include "base/error.h"

#include <settle/adapter.h>

/* How tables and columns are called in the database, and what stands around a name. */
typedef struct stl_sql_names {
    stl_str quote;
    /* The schema ("" none) and name of a table. INPUT_TABLE_MISSING. */
    settle_status (*table)(void *user, const char *table, stl_str *schema, stl_str *name,
                           stl_error *err);
    /* The name of a column of it. INPUT_COLUMN_MISSING. */
    settle_status (*column)(void *user, const char *table, const char *column, stl_str *name,
                            stl_error *err);
    void *user;
} stl_sql_names;

/* SELECT columns FROM table WHERE key = ? ORDER BY order; in several steps by nested SELECTs. */
settle_status stl_sql_select(const settle_table_query *query, const stl_sql_names *names,
                             stl_buf *out, stl_error *err) STL_MUST_CHECK;

/* Names as a layout has them, for those who want to see the statements without a database. */
extern const stl_sql_names STL_SQL_AS_WRITTEN;
/* What stands around names in a dialect of a layout. */
stl_str stl_sql_quote_of(stl_str dialect);

#endif
