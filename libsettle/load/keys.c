/* SPDX-License-Identifier: Apache-2.0 */
#include "load/keys.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_SLOTS = 256 };

static void place(stl_load_keys *keys, size_t item) {
    size_t mask = keys->n_slots - 1;
    size_t at = (size_t)keys->items[item].hash & mask;
    while (keys->slots[at] != 0)
        at = (at + 1) & mask;
    keys->slots[at] = (uint32_t)item + 1;
}

bool stl_load_keys_init(stl_load_keys *keys) {
    keys->n_slots = FIRST_SLOTS;
    keys->slots = calloc(FIRST_SLOTS, sizeof *keys->slots);
    return keys->slots != NULL;
}

void stl_load_keys_free(stl_load_keys *keys) {
    free(keys->items);
    free(keys->slots);
    *keys = (stl_load_keys){0};
}

void stl_load_keys_clear(stl_load_keys *keys) {
    keys->count = 0;
    memset(keys->slots, 0, keys->n_slots * sizeof *keys->slots);
}

const stl_load_key *stl_load_keys_next(const stl_load_keys *keys, uint64_t hash, size_t *cursor) {
    size_t mask = keys->n_slots - 1;
    for (;;) {
        uint32_t item = keys->slots[((size_t)hash + *cursor) & mask];
        if (item == 0)
            return NULL;
        (*cursor)++;
        if (keys->items[item - 1].hash == hash)
            return &keys->items[item - 1];
    }
}

static bool grow_slots(stl_load_keys *keys) {
    size_t n = keys->n_slots * 2;
    uint32_t *slots = calloc(n, sizeof *slots);
    if (slots == NULL)
        return false;
    free(keys->slots);
    keys->slots = slots;
    keys->n_slots = n;
    for (size_t i = 0; i < keys->count; i++)
        place(keys, i);
    return true;
}

bool stl_load_keys_put(stl_load_keys *keys, stl_load_key key) {
    if (keys->count == keys->cap) {
        size_t cap = keys->cap == 0 ? FIRST_SLOTS / 2 : keys->cap * 2;
        stl_load_key *items =
            cap > UINT32_MAX / 2 ? NULL : realloc(keys->items, cap * sizeof *items);
        if (items == NULL)
            return false;
        keys->items = items;
        keys->cap = cap;
    }
    if (keys->count >= keys->n_slots / 2 && !grow_slots(keys))
        return false;
    keys->items[keys->count++] = key;
    place(keys, keys->count - 1);
    return true;
}
