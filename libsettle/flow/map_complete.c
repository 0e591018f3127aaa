/* SPDX-License-Identifier: Apache-2.0 */
#include "flow/map_complete.h"

typedef struct entry { /* of a catalogue; row NULL: none has the code */
    const stl_index_table *table;
    const int64_t *row;
} entry;

static entry find(const stl_site *site, stl_str code, stl_day day) {
    entry e = {NULL, NULL};
    for (size_t i = 0; i < site->n_packs && e.row == NULL; i++) {
        if (!stl_pack_in_force(site->packs[i], day))
            continue;
        e.table = &stl_pack_region(site->packs[i])->tables[STL_T_CATALOGUE];
        e.row = stl_region_row_on(e.table, code, STL_CAT_BEGIN, STL_CAT_END, day);
    }
    return e;
}

static void fill(stl_map_row *row, int column, stl_str text) {
    if (stl_str_empty(row->cells[column]))
        row->cells[column] = text;
}

static void fill_of_item(const stl_site *site, stl_map_row *row) {
    const stl_index_table *items = &stl_mapping_of(site->mapping)->items;
    stl_index_rows found = stl_index_get(items, row->cells[STL_MAP_ITEM]);
    if (found.count == 0)
        return;
    fill(row, STL_MAP_ITEM_NAME, stl_index_text(items, found.rows[STL_ITEM_NAME]));
    fill(row, STL_MAP_UNIT, stl_index_text(items, found.rows[STL_ITEM_UNIT]));
}

static void fill_of_catalogue(const entry *e, stl_map_row *row) {
    fill(row, STL_MAP_NAME, stl_index_text(e->table, e->row[STL_CAT_NAME]));
    fill(row, STL_MAP_LIST_TYPE, stl_index_text(e->table, e->row[STL_CAT_LIST_TYPE]));
    fill(row, STL_MAP_LIST_UNIT, stl_index_text(e->table, e->row[STL_CAT_UNIT]));
    fill(row, STL_MAP_LV, stl_index_text(e->table, e->row[STL_CAT_LV]));
}

static void fill_factor(stl_map_row *row) {
    stl_str unit = row->cells[STL_MAP_UNIT], list_unit = row->cells[STL_MAP_LIST_UNIT];
    bool none = stl_str_empty(row->cells[STL_MAP_NUM]) && stl_str_empty(row->cells[STL_MAP_DEN]);
    if (!none || stl_str_empty(unit) || !stl_str_eq(unit, list_unit))
        return;
    row->cells[STL_MAP_NUM] = STL_STR("1");
    row->cells[STL_MAP_DEN] = STL_STR("1");
}

settle_status stl_map_complete(const stl_site *site, stl_day day, stl_arena *arena,
                               stl_map_row *row, stl_error *err) {
    char text[STL_DATE_TEXT_MAX];
    stl_day_format(day, text);
    stl_str today = stl_arena_str(arena, stl_str_of(text));
    TRY_ALLOC(err, today.ptr);
    fill(row, STL_MAP_BEGIN, today);
    entry e = find(site, row->cells[STL_MAP_CODE], stl_map_row_number(row, STL_MAP_BEGIN));
    if (e.row == NULL)
        e = find(site, row->cells[STL_MAP_CODE], day);
    fill_of_item(site, row);
    if (e.row != NULL)
        fill_of_catalogue(&e, row);
    fill_factor(row);
    return SETTLE_OK;
}

stl_map_lack stl_map_lacks(const stl_site *site, stl_day day, const stl_map_row *row) {
    stl_day first = stl_map_row_number(row, STL_MAP_BEGIN);
    if (find(site, row->cells[STL_MAP_CODE], first > day ? first : day).row == NULL)
        return STL_MAP_LACKS_CATALOGUE;
    return stl_map_row_number(row, STL_MAP_NUM) == STL_NONE ||
                   stl_map_row_number(row, STL_MAP_DEN) == STL_NONE
               ? STL_MAP_LACKS_FACTOR
               : STL_MAP_LACKS_NOTHING;
}

const char *stl_map_lack_word(stl_map_lack lack) {
    static const char *const WORDS[] = {"", "catalogue", "factor"};
    return WORDS[lack];
}
