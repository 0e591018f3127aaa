/* SPDX-License-Identifier: Apache-2.0 */
#include "flow/pack_rows.h"

#include "pack/tables.h"

void stl_flow_put_row(stl_json *j, const stl_table_spec *spec, const stl_index_table *table,
                      const int64_t *row, size_t first) {
    char scratch[STL_DECIMAL_TEXT_MAX];
    stl_json_object(j);
    for (size_t i = first; i < spec->n_columns; i++)
        stl_json_put_str(j, spec->columns[i].csv, stl_pack_cell(spec, table, row, i, scratch));
    stl_json_object_end(j);
}

void stl_flow_put_rows(stl_json *j, const char *key, const stl_table_spec *spec,
                       const stl_index_table *table, stl_index_rows rows, size_t first) {
    stl_json_key(j, key);
    stl_json_array(j);
    for (size_t i = 0; i < rows.count; i++)
        stl_flow_put_row(j, spec, table, rows.rows + i * table->n_cols, first);
    stl_json_array_end(j);
}

settle_status stl_flow_put_table(stl_json *j, const char *key, const stl_pack *pack, size_t table,
                                 stl_error *err) {
    stl_index_table rows;
    TRY(stl_pack_table(pack, table, &rows, err));
    stl_flow_put_rows(j, key, stl_pack_spec(table), &rows, (stl_index_rows){rows.rows, rows.n_rows},
                      0);
    return SETTLE_OK;
}
