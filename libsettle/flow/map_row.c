/* SPDX-License-Identifier: Apache-2.0 */
#include "flow/map_row.h"

#include "base/json_tree.h"

int stl_map_column(stl_str name) {
    for (int i = 0; i < STL_MAP_COLS; i++)
        if (stl_str_is(name, STL_MAPPING_TABLE.columns[i].csv))
            return i;
    return -1;
}

static bool is_proposed(int column) {
    return column != STL_MAP_ID && column != STL_MAP_STATUS;
}

void stl_map_row_put(const stl_map_row *row, stl_json *j) {
    stl_json_object(j);
    for (int i = 0; i < STL_MAP_COLS; i++)
        if (is_proposed(i))
            stl_json_put_str(j, STL_MAPPING_TABLE.columns[i].csv, row->cells[i]);
    stl_json_object_end(j);
}

settle_status stl_map_row_read(stl_str json, stl_arena *arena, stl_map_row *out, stl_error *err) {
    const stl_json_node *tree;
    *out = (stl_map_row){.line = 0};
    if (stl_json_tree(json, "ledger", arena, &tree, NULL) != SETTLE_OK)
        return FAIL(err, SETTLE_E_STORE_CORRUPT, .field = "mapping_event");
    for (int i = 0; i < STL_MAP_COLS; i++)
        out->cells[i] =
            stl_json_text(stl_json_member(tree, stl_str_of(STL_MAPPING_TABLE.columns[i].csv)));
    return SETTLE_OK;
}

void stl_map_row_meaning(const stl_map_row *row, stl_buf *out) {
    stl_buf_str(out, row->cells[STL_MAP_ITEM]);
    for (size_t i = 0; i < STL_MAPPING_DECIDE; i++) {
        stl_buf_bytes(out, "", 1);
        stl_buf_str(out, row->cells[STL_MAPPING_DECIDING[i]]);
    }
}

bool stl_map_row_same(const stl_map_row *a, const stl_map_row *b) {
    bool same = stl_str_eq(a->cells[STL_MAP_ITEM], b->cells[STL_MAP_ITEM]);
    for (size_t i = 0; i < STL_MAPPING_DECIDE; i++)
        same = same &&
               stl_str_eq(a->cells[STL_MAPPING_DECIDING[i]], b->cells[STL_MAPPING_DECIDING[i]]);
    return same;
}

static stl_str cell_of(const stl_index_table *table, int64_t value, stl_field_kind kind,
                       stl_arena *arena) {
    char text[STL_DECIMAL_TEXT_MAX] = "";
    if (kind == STL_F_TEXT)
        return stl_index_text(table, value);
    if (kind == STL_F_DAY)
        stl_day_format(value, text);
    else if (value != STL_NONE)
        stl_decimal_format(value, 0, text);
    return stl_arena_str(arena, stl_str_of(text));
}

settle_status stl_map_row_of(const stl_index_table *table, const int64_t *row, stl_arena *arena,
                             stl_map_row *out, stl_error *err) {
    *out = (stl_map_row){.line = 0};
    for (int i = 0; i < STL_MAP_COLS; i++) {
        out->cells[i] = cell_of(table, row[i], STL_MAPPING_TABLE.columns[i].kind, arena);
        TRY_ALLOC(err, out->cells[i].ptr);
    }
    return SETTLE_OK;
}

int64_t stl_map_row_number(const stl_map_row *row, int column) {
    int64_t value = STL_NONE;
    stl_str text = row->cells[column];
    settle_status status = STL_MAPPING_TABLE.columns[column].kind == STL_F_DAY
                               ? stl_day_parse(text, &value)
                               : stl_decimal_parse(text, 0, &value);
    return status == SETTLE_OK ? value : STL_NONE;
}
