/* SPDX-License-Identifier: Apache-2.0 */
/* A live database of a hospital, only read: "odbc:NAME" is section [odbc NAME] of settle.ini. */
#ifndef STL_LOAD_DATABASE_H
#define STL_LOAD_DATABASE_H

#include "load/tables.h"

typedef struct stl_database stl_database;

bool stl_database_is(const char *path);

/* [odbc NAME]: connection = DSN=his (or any other connection string), password_file = one line,
 * charset = utf8 | gb18030, schema = before each table, dialect = that of the product.
 * CONFIG_MISSING, CONFIG_VALUE, ADAPTER_OPEN (no driver module), INPUT_DATABASE. */
settle_status stl_database_open(const char *path, const stl_adapter_site *site, stl_database **out,
                                stl_error *err) STL_MUST_CHECK;
void stl_database_close(stl_database *database);

settle_status stl_database_columns(stl_database *database, const char *table, stl_column_fn each,
                                   void *user, bool *there, stl_error *err) STL_MUST_CHECK;
settle_status stl_database_rows(stl_database *database, const settle_table_query *query,
                                settle_table_row_fn each, void *user,
                                stl_error *err) STL_MUST_CHECK;

#endif
