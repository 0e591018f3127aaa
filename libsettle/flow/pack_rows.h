/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of a pack as JSON objects, one a row, one member a column. */
#ifndef STL_FLOW_PACK_ROWS_H
#define STL_FLOW_PACK_ROWS_H

#include "base/json.h"
#include "pack/pack.h"

/* Columns from `first` on. */
void stl_flow_put_row(stl_json *j, const stl_table_spec *spec, const stl_index_table *table,
                      const int64_t *row, size_t first);
/* Member `key`, an array of them. */
void stl_flow_put_rows(stl_json *j, const char *key, const stl_table_spec *spec,
                       const stl_index_table *table, stl_index_rows rows, size_t first);
/* Member `key`: a whole table of pack/tables.h. */
settle_status stl_flow_put_table(stl_json *j, const char *key, const stl_pack *pack, size_t table,
                                 stl_error *err) STL_MUST_CHECK;

#endif
