/* SPDX-License-Identifier: Apache-2.0 */
/* A live database, read through a driver module: [odbc NAME] of settle.ini says which and how. */
#ifndef STL_LOAD_LIVE_H
#define STL_LOAD_LIVE_H

#include "load/tables.h"

typedef struct stl_live stl_live;

/* `name` as in "odbc:NAME". ADAPTER_OPTION: [odbc NAME] lacks or has a wrong option; ADAPTER_OPEN,
 * ADAPTER_ABI: its driver; INPUT_DATABASE. */
settle_status stl_live_open(const char *name, const stl_adapter_ask *ask, stl_live **out,
                            stl_error *err) STL_MUST_CHECK;
void stl_live_free(stl_live *database);
void stl_live_cleanup(stl_live **database);
#define SCOPED_LIVE __attribute__((cleanup(stl_live_cleanup))) stl_live

/* "PostgreSQL", ... as the driver says. */
const char *stl_live_product(const stl_live *database);

/* As stl_tables_columns and stl_tables_rows. A query without keys of stays for a table that has
 * them is refused: INPUT_DATABASE. */
settle_status stl_live_columns(stl_live *database, const char *table, stl_column_fn each,
                               void *user, bool *there, stl_error *err) STL_MUST_CHECK;
settle_status stl_live_rows(stl_live *database, const settle_table_query *query,
                            settle_table_row_fn each, void *user, stl_error *err) STL_MUST_CHECK;

settle_status stl_live_statement(stl_live *database, const settle_table_query *query, stl_buf *out,
                                 stl_error *err) STL_MUST_CHECK;

#endif
