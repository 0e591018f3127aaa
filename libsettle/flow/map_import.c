/* SPDX-License-Identifier: Apache-2.0 */
#include "flow/map_import.h"

#include "base/csv.h"
#include "base/json_tree.h"
#include "load/layout_find.h"
#include "load/layout_mapping.h"

enum { CELL_MOST = 200, SOURCE_MOST = 50 }; /* characters */

typedef struct importing {
    const stl_site *site;
    stl_day day;
    stl_arena *arena;
    stl_str names[STL_MAP_COLS]; /* of the columns in the file */
    bool renamed[STL_MAP_COLS];
    int at[STL_MAP_COLS]; /* where they stand in it; -1: not there */
    stl_map_rows *out;
} importing;

/* --- names of the columns --------------------------------------------------------------------- */

static settle_status rename_one(importing *k, stl_str pair, stl_error *err) {
    const char *equals = memchr(pair.ptr, '=', pair.len);
    size_t len = equals == NULL ? pair.len : (size_t)(equals - pair.ptr);
    int column = stl_map_column((stl_str){pair.ptr, len});
    if (equals == NULL || column < 0 || len + 1 == pair.len || k->renamed[column])
        return FAIL(err, SETTLE_E_ARG_VALUE, .field = "columns",
                    .value = stl_arena_str(k->arena, pair).ptr,
                    .detail = "a column of mapping.csv, = and its name in the file, once each");
    k->names[column] = (stl_str){equals + 1, pair.len - len - 1};
    k->renamed[column] = true;
    return SETTLE_OK;
}

static settle_status name_columns(importing *k, stl_str columns, stl_error *err) {
    for (int i = 0; i < STL_MAP_COLS; i++)
        k->names[i] = stl_str_of(STL_MAPPING_TABLE.columns[i].csv);
    while (columns.len > 0) {
        const char *comma = memchr(columns.ptr, ',', columns.len);
        size_t len = comma == NULL ? columns.len : (size_t)(comma - columns.ptr);
        TRY(rename_one(k, (stl_str){columns.ptr, len}, err));
        size_t past = len + (comma != NULL);
        columns = (stl_str){columns.ptr + past, columns.len - past};
    }
    return SETTLE_OK;
}

static settle_status place(importing *k, const stl_csv_row *header, int column, stl_error *err) {
    k->at[column] = -1;
    for (size_t i = 0; i < header->count; i++) {
        if (!stl_str_eq(header->cells[i], k->names[column]))
            continue;
        if (k->at[column] >= 0)
            return FAIL(err, SETTLE_E_INPUT_COLUMN_TWICE,
                        .field = stl_arena_str(k->arena, k->names[column]).ptr);
        k->at[column] = (int)i;
    }
    bool needed = k->renamed[column] || column == STL_MAP_ITEM || column == STL_MAP_CODE;
    if (k->at[column] < 0 && needed)
        return FAIL(err, SETTLE_E_INPUT_COLUMN_MISSING,
                    .field = stl_arena_str(k->arena, k->names[column]).ptr);
    return SETTLE_OK;
}

static settle_status read_header(void *user, const stl_csv_row *header, stl_error *err) {
    importing *k = user;
    for (int i = 0; i < STL_MAP_COLS; i++)
        TRY(place(k, header, i, err));
    return SETTLE_OK;
}

/* --- rows ------------------------------------------------------------------------------------- */

static settle_status check_text(stl_str text, int column, const char *field, stl_error *err) {
    bool source = column == STL_MAP_CODE_SOURCE;
    if (!stl_text_printable(text)) /* what was read is UTF-8 */
        return FAIL(err, SETTLE_E_INPUT_CSV, .field = field, .detail = "a control character");
    if (stl_utf8_count(text) > (source ? SOURCE_MOST : CELL_MOST))
        return FAIL(err, SETTLE_E_INPUT_TOO_LONG, .field = field,
                    .detail = source ? "50 characters" : "200 characters");
    return SETTLE_OK;
}

static settle_status check_number(stl_str text, int column, const char *field, stl_error *err) {
    int64_t value = 1;
    settle_status status = SETTLE_OK;
    if (STL_MAPPING_TABLE.columns[column].kind == STL_F_DAY)
        status = stl_day_parse(text, &value);
    else if (STL_MAPPING_TABLE.columns[column].kind != STL_F_TEXT)
        status = stl_decimal_parse(text, 0, &value);
    bool factor = column == STL_MAP_NUM || column == STL_MAP_DEN;
    if (status == SETTLE_OK && factor && value <= 0)
        status = SETTLE_E_INPUT_RANGE;
    return status == SETTLE_OK ? status : FAIL(err, status, .field = field, .value = text.ptr);
}

static settle_status take_cell(const importing *k, stl_str given, int column, stl_map_row *row,
                               stl_error *err) {
    const char *field = stl_arena_str(k->arena, k->names[column]).ptr;
    stl_str text = stl_arena_str(k->arena, stl_str_trimmed(given));
    TRY_ALLOC(err, field);
    TRY_ALLOC(err, text.ptr);
    TRY(check_text(text, column, field, err));
    if (!stl_str_empty(text))
        TRY(check_number(text, column, field, err));
    row->cells[column] = text;
    return SETTLE_OK;
}

static settle_status keep_row(const importing *k, stl_map_row *row, stl_error *err) {
    if (stl_str_empty(row->cells[STL_MAP_CODE_SOURCE]))
        row->cells[STL_MAP_CODE_SOURCE] = STL_STR("import");
    TRY(stl_map_complete(k->site, k->day, k->arena, row, err));
    int64_t end = stl_map_row_number(row, STL_MAP_END);
    if (end != STL_NONE && end < stl_map_row_number(row, STL_MAP_BEGIN))
        return FAIL(err, SETTLE_E_INPUT_DATE,
                    .field = stl_arena_str(k->arena, k->names[STL_MAP_END]).ptr,
                    .value = row->cells[STL_MAP_END].ptr, .detail = "ends before it begins");
    stl_map_row *kept = stl_arena_push(k->arena, (void **)&k->out->items, &k->out->count,
                                       &k->out->cap, sizeof *kept);
    TRY_ALLOC(err, kept);
    *kept = *row;
    return SETTLE_OK;
}

static settle_status take_row(importing *k, stl_map_row *row, stl_error *err) {
    if (stl_str_empty(row->cells[STL_MAP_ITEM]))
        return FAIL(err, SETTLE_E_INPUT_MISSING,
                    .field = stl_arena_str(k->arena, k->names[STL_MAP_ITEM]).ptr);
    stl_str status = row->cells[STL_MAP_STATUS];
    if (stl_str_empty(row->cells[STL_MAP_CODE]))
        k->out->unmapped++;
    else if (!stl_str_empty(status) && !stl_str_is(status, "active"))
        k->out->inactive++;
    else
        return keep_row(k, row, err);
    return SETTLE_OK;
}

static settle_status read_row(void *user, const stl_csv_row *cells, stl_error *err) {
    importing *k = user;
    stl_map_row row = {.line = cells->line};
    for (int i = 0; i < STL_MAP_COLS; i++)
        TRY(take_cell(k, k->at[i] < 0 ? STL_STR("") : cells->cells[k->at[i]], i, &row, err));
    return take_row(k, &row, err);
}

settle_status stl_flow_map_read(const stl_site *site, const char *path, stl_str columns,
                                stl_day day, stl_arena *arena, stl_map_rows *out, stl_error *err) {
    importing k = {.site = site, .day = day, .arena = arena, .out = out};
    const stl_csv_reader reader = {read_header, read_row, &k};
    *out = (stl_map_rows){.items = NULL};
    TRY(name_columns(&k, columns, err));
    return stl_csv_read_file(path, STL_ENC_DETECT, &reader, err);
}

/* --- of a caller's memory ----------------------------------------------------------------------
 */

static settle_status take_object(importing *k, const stl_json_node *object, stl_map_row *row,
                                 stl_error *err) {
    if (object->kind != STL_JSON_OBJECT)
        return FAIL(err, SETTLE_E_INPUT_JSON, .detail = "an array of objects is wanted");
    for (int i = 0; i < STL_MAP_COLS; i++)
        row->cells[i] = STL_STR("");
    for (const stl_json_node *cell = object->first; cell != NULL; cell = cell->next) {
        int column = stl_map_column(cell->name);
        if (column < 0)
            return FAIL(err, SETTLE_E_INPUT_JSON, .field = stl_arena_str(k->arena, cell->name).ptr,
                        .detail = "mapping.csv has no such column");
        TRY(take_cell(k, stl_json_text(cell), column, row, err));
    }
    return take_row(k, row, err);
}

settle_status stl_flow_map_read_json(const stl_site *site, stl_str json, stl_day day,
                                     stl_arena *arena, stl_map_rows *out, stl_error *err) {
    importing k = {.site = site, .day = day, .arena = arena, .out = out};
    const stl_json_node *tree;
    *out = (stl_map_rows){.items = NULL};
    TRY(name_columns(&k, STL_STR(""), err));
    TRY(stl_json_tree(json, "json", arena, &tree, err));
    if (tree->kind != STL_JSON_ARRAY || tree->next != NULL)
        return FAIL(err, SETTLE_E_INPUT_JSON, .file = "json",
                    .detail = "an array of objects is wanted");
    int64_t number = 0;
    for (const stl_json_node *object = tree->first; object != NULL; object = object->next) {
        stl_map_row row = {.line = ++number};
        stl_error own = {0};
        settle_status status = take_object(&k, object, &row, &own);
        if (status != SETTLE_OK)
            return FAIL(err, status, .file = "json", .line = number, .field = own.field,
                        .value = own.value, .detail = own.detail);
    }
    return SETTLE_OK;
}

/* --- of the tables of a hospital system ---------------------------------------------------------
 */

static settle_status take_told(importing *k, const stl_str *texts, stl_map_row *row,
                               stl_error *err) {
    for (int i = 0; i < STL_MAP_COLS; i++)
        TRY(take_cell(k, texts[i].ptr == NULL ? STL_STR("") : texts[i], i, row, err));
    return take_row(k, row, err);
}

static settle_status read_told(void *user, const stl_str *texts, const char *place, int64_t line,
                               stl_error *err) {
    stl_map_row row = {.line = line};
    stl_error own = {0};
    settle_status status = take_told(user, texts, &row, &own);
    if (status == SETTLE_OK)
        return status;
    return FAIL(err, status, .file = place, .line = line, .field = own.field, .value = own.value,
                .detail = own.detail);
}

settle_status stl_flow_map_read_tables(const stl_site *site, const char *adapter,
                                       const stl_adapter_ask *ask, stl_day day, stl_arena *arena,
                                       stl_map_rows *out, stl_error *err) {
    importing k = {.site = site, .day = day, .arena = arena, .out = out};
    stl_layout *layout = NULL;
    *out = (stl_map_rows){.items = NULL};
    TRY(name_columns(&k, STL_STR(""), err));
    TRY(stl_layout_find(adapter, ask->site, arena, &layout, err));
    if (layout == NULL)
        return FAIL(err, SETTLE_E_ARG_VALUE, .field = "adapter", .value = adapter,
                    .detail = "no layout of this name");
    TRY(stl_layout_configure(layout, ask->site, err));
    TRY(stl_layout_mapping(layout, ask, read_told, &k, err));
    if (out->count == 0 && out->unmapped + out->inactive == 0)
        return FAIL(err, SETTLE_E_ADAPTER_OPTION, .file = "settle.ini", .value = adapter,
                    .detail = "no row of the system's mapping is for this site");
    return SETTLE_OK;
}
