/* SPDX-License-Identifier: Apache-2.0 */
#include "load/text_map.h"

enum { FIRST_SLOTS = 64 };

static stl_text_slot *slot_of(const stl_text_map *map, stl_str text) {
    size_t at = (size_t)stl_str_hash_seeded(text, (uint64_t)(uintptr_t)map) & (map->cap - 1);
    while (map->slots[at].text.ptr != NULL && !stl_str_eq(map->slots[at].text, text))
        at = (at + 1) & (map->cap - 1);
    return &map->slots[at];
}

static bool grow(stl_text_map *map, stl_arena *arena) {
    stl_text_slot *old = map->slots;
    size_t n = map->cap;
    size_t cap = n == 0 ? FIRST_SLOTS : n * 2;
    stl_text_slot *slots = stl_arena_alloc(arena, cap * sizeof *slots);
    if (slots == NULL)
        return false;
    map->slots = slots;
    map->cap = cap;
    for (size_t i = 0; i < n; i++)
        if (old[i].text.ptr != NULL)
            *slot_of(map, old[i].text) = old[i];
    return true;
}

int64_t *stl_text_map_at(stl_text_map *map, stl_arena *arena, stl_str text, int64_t first) {
    if (map->count * 4 >= map->cap * 3 && !grow(map, arena))
        return NULL;
    stl_text_slot *slot = slot_of(map, text);
    if (slot->text.ptr == NULL) {
        *slot = (stl_text_slot){{text.ptr == NULL ? "" : text.ptr, text.len}, first};
        map->count++;
    }
    return &slot->value;
}

const int64_t *stl_text_map_find(const stl_text_map *map, stl_str text) {
    if (map->cap == 0)
        return NULL;
    const stl_text_slot *slot = slot_of(map, text);
    return slot->text.ptr == NULL ? NULL : &slot->value;
}
