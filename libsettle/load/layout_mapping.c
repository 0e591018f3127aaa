/* SPDX-License-Identifier: Apache-2.0 */
#include "load/layout_mapping.h"

#include "load/layout_run.h"

#define FIELD_OF(prefix, column, csv, number) {.name = csv, .kind = number},
static const stl_field FIELDS[] = {STL_MAPPING_COLUMNS(FIELD_OF)};
const stl_record_type STL_MAPPING_RECORD = {
    .stem = "mapping", .item = "mapping", .fields = FIELDS, .n_fields = STL_MAP_COLS};

static settle_status tell(stl_layout_run *run, const stl_layout_records *mapping,
                          stl_layout_mapping_fn each, void *user, stl_error *err) {
    stl_layout_mades mades = {0};
    TRY(stl_layout_make(run, mapping, &mades, err));
    for (size_t i = 0; i < mades.count; i++)
        TRY(each(user, mades.items[i].texts, mades.items[i].place, mades.items[i].line, err));
    return SETTLE_OK;
}

settle_status stl_layout_mapping(const stl_layout *layout, const stl_adapter_ask *ask,
                                 stl_layout_mapping_fn each, void *user, stl_error *err) {
    SCOPED_ARENA *arena = stl_arena_new();
    SCOPED_TABLES *tables = NULL;
    TRY_ALLOC(err, arena);
    if (layout->n_mappings == 0)
        return FAIL(err, SETTLE_E_ADAPTER_LAYOUT, .file = layout->file, .field = "mapping",
                    .detail = "it names no table of catalogue codes");
    TRY(stl_tables_open(ask, layout->source, &tables, err));
    stl_layout_run run = {.layout = layout, .ask = ask, .arena = arena, .tables = tables};
    run.data = stl_arena_alloc(arena, (layout->n_tables + 1) * sizeof *run.data);
    TRY_ALLOC(err, run.data);
    for (size_t i = 0; i < layout->n_mappings; i++)
        TRY(tell(&run, &layout->mappings[i], each, user, err));
    return SETTLE_OK;
}
