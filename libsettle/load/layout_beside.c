/* SPDX-License-Identifier: Apache-2.0 */
/* Canonical files beside the tables of a hospital system: what the insurance body, the insurance
 * office or the ward knows and the system does not (accumulators, identities, approvals, ...). */
#include "load/layout_run.h"

typedef struct beside {
    stl_layout_run *run;
    stl_record_kind kind;
    stl_names columns;
    stl_cell *cells;
    bool failed;
    stl_error *err;
} beside;

static void on_column(void *user, stl_str column) {
    beside *b = user;
    stl_str *slot = stl_arena_push(b->run->arena, (void **)&b->columns.items, &b->columns.count,
                                   &b->columns.cap, sizeof *slot);
    if (slot != NULL)
        *slot = stl_arena_str(b->run->arena, column);
    b->failed |= slot == NULL || slot->ptr == NULL;
}

static settle_status on_row(void *user, const settle_text *texts, uint32_t n_texts,
                            const char *place, int64_t line) {
    beside *b = user;
    for (uint32_t i = 0; i < n_texts; i++)
        b->cells[i] = (stl_cell){b->columns.items[i],
                                 {texts[i].ptr == NULL ? "" : texts[i].ptr, texts[i].len_bytes}};
    return stl_source_builder_add(b->run->builder, b->kind, b->cells, n_texts, place, line, b->err);
}

static settle_status read_kind(stl_layout_run *run, stl_record_kind kind, stl_error *err) {
    beside b = {.run = run, .kind = kind, .err = err};
    const char *stem = STL_RECORD_TYPES[kind].stem;
    bool there;
    TRY(stl_tables_columns(run->tables, stem, on_column, &b, &there, err));
    if (!there)
        return SETTLE_OK;
    const char **names = stl_arena_alloc(run->arena, (b.columns.count + 1) * sizeof *names);
    b.cells = stl_arena_alloc(run->arena, (b.columns.count + 1) * sizeof *b.cells);
    if (b.failed || names == NULL || b.cells == NULL)
        return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    for (size_t i = 0; i < b.columns.count; i++)
        names[i] = b.columns.items[i].ptr;
    settle_table_query query = {.struct_size = sizeof query,
                                .n_columns = (uint32_t)b.columns.count,
                                .table = stem,
                                .columns = names};
    stl_source_builder_given(run->builder, kind);
    return stl_tables_rows(run->tables, &query, on_row, &b, err);
}

static bool is_made(const stl_layout *layout, stl_record_kind kind) {
    for (size_t i = 0; i < layout->n_records; i++)
        if (layout->records[i].kind == kind)
            return true;
    return false;
}

settle_status stl_layout_beside(stl_layout_run *run, stl_error *err) {
    for (stl_record_kind kind = 0; kind < STL_R_KINDS; kind++)
        if (!is_made(run->layout, kind))
            TRY(read_kind(run, kind, err));
    return SETTLE_OK;
}
