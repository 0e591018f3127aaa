/* SPDX-License-Identifier: Apache-2.0 */
#include "load/builder.h"

#include <stdlib.h>

enum { FIRST_ROWS = 8 };

static uint32_t *loose_of(stl_source_builder *b, int32_t stay) {
    return stay == STL_LOAD_SHARED ? &b->shared_loose : &b->stays[stay].loose;
}

/* Rows that begin to grow take the room that those before them left. */
static bool grow(stl_source_builder *b, stl_rows *rows, stl_record_kind kind) {
    size_t size = STL_RECORD_TYPES[kind].size;
    if (rows->cap == 0 && b->room[kind].items != NULL) {
        rows->items = b->room[kind].items;
        rows->cap = b->room[kind].cap;
        b->room[kind] = (stl_rows){0};
        return true;
    }
    size_t cap = rows->cap == 0 ? FIRST_ROWS : rows->cap * 2;
    void *items = cap > SIZE_MAX / size ? NULL : realloc(rows->items, cap * size);
    if (items == NULL)
        return false;
    rows->items = items;
    rows->cap = cap;
    return true;
}

static void leave_room(stl_source_builder *b, const stl_rows *rows, stl_record_kind kind) {
    free(b->room[kind].items);
    b->room[kind] = (stl_rows){rows->items, 0, rows->cap};
}

void *stl_load_push(stl_source_builder *b, int32_t stay, stl_record_kind kind) {
    stl_rows *rows = &stl_load_holder(b, stay)->rows[kind];
    if (rows->count == rows->cap) {
        if (!grow(b, rows, kind))
            return NULL;
        *loose_of(b, stay) |= 1u << kind;
    }
    return (char *)rows->items + rows->count++ * STL_RECORD_TYPES[kind].size;
}

settle_status stl_load_settle_rows(stl_source_builder *b, int32_t stay, stl_error *err) {
    stl_stay *holder = stl_load_holder(b, stay);
    uint32_t *loose = loose_of(b, stay);
    for (stl_record_kind kind = 0; kind < STL_R_KINDS; kind++) {
        stl_rows *rows = &holder->rows[kind];
        if ((*loose & (1u << kind)) == 0)
            continue;
        size_t len = rows->count * STL_RECORD_TYPES[kind].size;
        void *items = stl_arena_alloc(holder->arena, len);
        TRY_ALLOC(err, items);
        memcpy(items, rows->items, len);
        leave_room(b, rows, kind);
        rows->items = items;
        rows->cap = rows->count;
        *loose &= ~(1u << kind);
    }
    return SETTLE_OK;
}

static void free_loose(stl_stay *holder, uint32_t loose) {
    for (stl_record_kind kind = 0; kind < STL_R_KINDS; kind++)
        if ((loose & (1u << kind)) != 0)
            free(holder->rows[kind].items);
}

void stl_load_free_rows(stl_source_builder *b) {
    for (size_t i = 0; i < b->n_stays; i++)
        free_loose(b->stays[i].stay, b->stays[i].loose);
    if (b->shared != NULL)
        free_loose(b->shared, b->shared_loose);
}
