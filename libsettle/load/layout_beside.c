/* SPDX-License-Identifier: Apache-2.0 */
/* Canonical files beside the tables of a hospital system: what the insurance body, the insurance
 * office or the ward knows and the system does not (accumulators, identities, approvals, ...). */
#include "load/builder.h"
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

static stl_str cell_of(const beside *b, uint32_t n, const char *name) {
    for (uint32_t i = 0; i < n; i++)
        if (stl_str_eq_nocase(b->cells[i].name, stl_str_of(name)))
            return b->cells[i].text;
    return STL_STR("");
}

/* Where some stays are asked for, the rows of others are not wanted. Items of a former stay go with
 * it. */
static settle_status is_wanted(beside *b, uint32_t n, bool *out) {
    stl_str psn_no = cell_of(b, n, "psn_no"), mdtrt_id = cell_of(b, n, "mdtrt_id");
    stl_text_map *stays = b->kind == STL_R_HISTORY_ITEM ? &b->run->former : &b->run->stays;
    *out =
        b->run->ask->n_stays == 0 || (stl_load_of_person(b->kind) && b->kind != STL_R_HISTORY_ITEM
                                          ? stl_text_map_find(&b->run->persons, psn_no) != NULL
                                          : stl_text_map_find(stays, mdtrt_id) != NULL);
    if (!*out || b->kind != STL_R_HISTORY)
        return SETTLE_OK;
    stl_str kept = stl_arena_str(b->run->arena, mdtrt_id);
    TRY_ALLOC(b->err, kept.ptr);
    TRY_ALLOC(b->err, stl_text_map_at(&b->run->former, b->run->arena, kept, 0));
    return SETTLE_OK;
}

static settle_status on_row(void *user, const settle_text *texts, uint32_t n_texts,
                            const char *place, int64_t line) {
    beside *b = user;
    for (uint32_t i = 0; i < n_texts; i++)
        b->cells[i] = (stl_cell){b->columns.items[i],
                                 {texts[i].ptr == NULL ? "" : texts[i].ptr, texts[i].len_bytes}};
    bool wanted;
    TRY(is_wanted(b, n_texts, &wanted));
    return wanted ? stl_source_builder_add(b->run->builder, b->kind, b->cells, n_texts, place, line,
                                           b->err)
                  : SETTLE_OK;
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
