/* SPDX-License-Identifier: Apache-2.0 */
#include "model/stay.h"

#include <stdlib.h>

stl_stay *stl_stay_new(void) {
    stl_stay *stay = calloc(1, sizeof *stay);
    if (stay == NULL)
        return NULL;
    stay->arena = stl_arena_new();
    if (stay->arena == NULL) {
        free(stay);
        return NULL;
    }
    stl_record_init(&STL_RECORD_TYPES[STL_R_STAY], &stay->head);
    return stay;
}

void stl_stay_reset(stl_stay *stay) {
    stl_arena *arena = stay->arena;
    stl_arena_reset(arena);
    *stay = (stl_stay){.arena = arena};
    stl_record_init(&STL_RECORD_TYPES[STL_R_STAY], &stay->head);
}

void stl_stay_free(stl_stay *stay) {
    if (stay == NULL)
        return;
    stl_arena_free(stay->arena);
    free(stay);
}

void stl_stay_cleanup(stl_stay **stay) {
    stl_stay_free(*stay);
}

void *stl_stay_add(stl_stay *stay, stl_record_kind kind) {
    stl_rows *rows = &stay->rows[kind];
    return stl_arena_push(stay->arena, &rows->items, &rows->count, &rows->cap,
                          STL_RECORD_TYPES[kind].size);
}

bool stl_stay_reserve(stl_stay *stay, stl_record_kind kind, size_t more) {
    stl_rows *rows = &stay->rows[kind];
    size_t size = STL_RECORD_TYPES[kind].size, cap = 2 * rows->cap;
    if (rows->count + more <= rows->cap)
        return true;
    if (cap < rows->count + more)
        cap = rows->count + more;
    void *items = stl_arena_alloc(stay->arena, cap * size);
    if (items == NULL)
        return false;
    if (rows->count > 0)
        memcpy(items, rows->items, rows->count * size);
    rows->items = items;
    rows->cap = cap;
    return true;
}

void stl_stay_drop(stl_stay *stay, stl_record_kind kind, size_t index) {
    const stl_record_type *type = &STL_RECORD_TYPES[kind];
    stl_rows *rows = &stay->rows[kind];
    char *row = (char *)rows->items + index * type->size;
    memmove(row, row + type->size, (rows->count - index - 1) * type->size);
    rows->count--;
    size_t kept = 0;
    for (size_t i = 0; i < stay->n_extras; i++) {
        stl_extra extra = stay->extras[i];
        bool of_kind = extra.type == type;
        if (of_kind && extra.index == index)
            continue;
        extra.index -= of_kind && extra.index > index;
        stay->extras[kept++] = extra;
    }
    stay->n_extras = kept;
}

stl_str stl_stay_principal(const stl_stay *stay) {
    if (!stl_str_empty(stay->head.dscg_maindiag_code))
        return stay->head.dscg_maindiag_code;
    const stl_diagnosis *diagnoses = stay->rows[STL_R_DIAGNOSIS].items;
    for (size_t i = 0; i < stay->rows[STL_R_DIAGNOSIS].count; i++)
        if (stl_str_is(diagnoses[i].maindiag_flag, "1"))
            return diagnoses[i].diag_code;
    return STL_STR("");
}
