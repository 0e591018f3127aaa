/* SPDX-License-Identifier: Apache-2.0 */
/* The statement that asks a database for the rows of a table. */
#ifndef STL_LOAD_STATEMENT_H
#define STL_LOAD_STATEMENT_H

#include "base/buf.h"

#include <settle/adapter.h>

/* SELECT with a ? for each text. Names are quoted, `schema` ("" none) stands before each table.
 * Dialect mysql quotes with backquotes, the others as SQL:1992 does. */
void stl_statement(const settle_table_query *query, stl_str dialect, stl_str schema, stl_buf *out);

#endif
