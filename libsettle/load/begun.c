/* SPDX-License-Identifier: Apache-2.0 */
/* A stay of which all but its own rows is known. */
#include "load/builder.h"

#include <stdlib.h>

static settle_status copy_items(stl_arena *arena, void **items, size_t count, size_t size,
                                stl_error *err) {
    if (count == 0)
        return SETTLE_OK;
    void *copy = stl_arena_alloc(arena, count * size);
    TRY_ALLOC(err, copy);
    memcpy(copy, *items, count * size);
    *items = copy;
    return SETTLE_OK;
}

static settle_status copy_begun(stl_stay *stay, const stl_stay *begun, stl_error *err) {
    stl_arena *own = stay->arena;
    *stay = *begun;
    stay->arena = own;
    for (int kind = 0; kind < STL_R_KINDS; kind++) {
        stl_rows *rows = &stay->rows[kind];
        rows->cap = rows->count;
        TRY(copy_items(own, &rows->items, rows->count, STL_RECORD_TYPES[kind].size, err));
    }
    stay->cap_extras = stay->n_extras;
    void *extras = stay->extras;
    TRY(copy_items(own, &extras, stay->n_extras, sizeof *stay->extras, err));
    stay->extras = extras;
    return SETTLE_OK;
}

static void begin_anew(stl_source_builder *b) {
    stl_load_drop_stays(b);
    b->last_stay = STL_LOAD_SHARED;
    stl_load_keys_clear(&b->keys);
    if (b->words != NULL)
        memset(b->words, 0, sizeof *b->words << STL_LOAD_WORD_BITS);
    b->report = (stl_source_report){0};
    b->last_file = NULL;
    stl_arena_reset(b->arena);
}

settle_status stl_load_begin(stl_source_builder *b, const stl_stay *begun,
                             const stl_load_unknown *unknown, stl_error *err) {
    int32_t number;
    begin_anew(b);
    memcpy(b->unknown, unknown, sizeof b->unknown);
    TRY(stl_load_find(b, begun->head.mdtrt_id, STL_RECORD_TYPES[STL_R_STAY].stem, 0, &number, err));
    return copy_begun(b->stays[number].stay, begun, err);
}

settle_status stl_load_end(stl_source_builder *b, stl_stay **out, stl_source_report *report,
                           stl_error *err) {
    if (b->n_stays != 1)
        return FAIL(err, SETTLE_E_INPUT_ORPHAN, .field = "mdtrt_id");
    TRY(stl_load_settle_rows(b, 0, err));
    stl_stay *stay = b->stays[0].stay;
    for (int kind = 0; kind < STL_R_KINDS && report != NULL; kind++) {
        report->read[kind] += b->report.read[kind];
        report->repeated[kind] += b->report.repeated[kind];
        report->kept[kind] += b->report.read[kind] == 0 ? 0 : stay->rows[kind].count;
    }
    b->n_stays = 0;
    *out = stay;
    return SETTLE_OK;
}

void stl_load_back(stl_source_builder *b, stl_stay *stay) {
    stl_stay_free(b->spare);
    stl_stay_reset(stay);
    b->spare = stay;
}
