/* SPDX-License-Identifier: Apache-2.0 */
/* Tables of a hospital system in files: TABLE.csv, TABLE.json, TABLE.ndjson, TABLE.xml, or in a
 * live database. Names are compared without regard to ASCII case. */
#ifndef STL_LOAD_TABLES_H
#define STL_LOAD_TABLES_H

#include "load/source.h"

#include <settle/adapter.h>

typedef struct stl_tables stl_tables;

/* Before the name of a database, [odbc NAME] of settle.ini, where a path may stand. */
#define STL_DATABASE_PREFIX "odbc:"

/* `messages`: the standard whose messages the files hold, "" none: their tables come after those of
 * files. By the paths of `ask`: files, directories, at most one database, which is asked for stays
 * by their keys alone. Where a file and the database have a table, the file counts. INPUT_OPEN,
 * ARG_VALUE, and what stl_live_open answers. */
settle_status stl_tables_open(const stl_adapter_ask *ask, stl_str messages, stl_tables **out,
                              stl_error *err) STL_MUST_CHECK;
void stl_tables_free(stl_tables *tables);
void stl_tables_cleanup(stl_tables **tables);
#define SCOPED_TABLES __attribute__((cleanup(stl_tables_cleanup))) stl_tables

/* Whether a table comes from messages: any column may be asked for then, empty where it lacks. */
bool stl_tables_of_messages(const stl_tables *tables, const char *table);

/* The file of messages, where there is but one; NULL. */
const char *stl_tables_only_file(const stl_tables *tables);

/* Calls `each` with every column of a table; *there: the table exists. */
typedef void (*stl_column_fn)(void *user, stl_str column);
settle_status stl_tables_columns(stl_tables *tables, const char *table, stl_column_fn each,
                                 void *user, bool *there, stl_error *err) STL_MUST_CHECK;

/* Of the files of tables those that nothing was read from are told as passed over; one that was
 * given by its name is refused (INPUT_FILE_UNKNOWN). */
settle_status stl_tables_pass_over(const stl_tables *tables, stl_source_builder *builder,
                                   stl_error *err) STL_MUST_CHECK;

/* The rows asked for, in the order of the source. INPUT_TABLE_MISSING, INPUT_COLUMN_MISSING;
 * INPUT_TABLE_TWICE of two files;
 * what `each` answered, with the place added where it has none. */
settle_status stl_tables_rows(stl_tables *tables, const settle_table_query *query,
                              settle_table_row_fn each, void *user, stl_error *err) STL_MUST_CHECK;

/* For those who look before they read. The statement for a table of the database; what the file of
 * a table is called and written in, NULL where it is none; the database product, NULL without one.
 */
settle_status stl_tables_statement(stl_tables *tables, const settle_table_query *query,
                                   stl_buf *out, stl_error *err) STL_MUST_CHECK;
settle_status stl_tables_place(stl_tables *tables, const char *table, const char **file,
                               const char **encoding, stl_error *err) STL_MUST_CHECK;
settle_status stl_tables_product(const stl_tables *tables, stl_arena *arena, const char **out,
                                 stl_error *err) STL_MUST_CHECK;

#endif
