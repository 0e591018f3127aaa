/* SPDX-License-Identifier: Apache-2.0 */
#include "model/keys.h"

enum { FIRST_SLOTS = 512 };

/* The arena's address is a seed that no input knows. */
static uint32_t hash_of(const stl_keys *keys, stl_str text) {
    return (uint32_t)stl_str_hash_seeded(text, (uintptr_t)keys->arena);
}

/* The slot of the text, or the empty one where it belongs. */
static uint32_t *slot_of(const stl_keys *keys, stl_str text, uint32_t hash) {
    size_t mask = keys->n_slots - 1;
    for (size_t at = hash & mask;; at = (at + 1) & mask) {
        uint32_t *slot = &keys->slots[at];
        if (*slot == 0)
            return slot;
        const stl_key *key = &keys->keys[*slot - 1];
        if (key->hash == hash && stl_str_eq(key->text, text))
            return slot;
    }
}

static bool grow(stl_keys *keys) {
    size_t wanted = keys->n_slots == 0 ? FIRST_SLOTS : keys->n_slots * 2;
    uint32_t *slots = stl_arena_alloc(keys->arena, wanted * sizeof *slots);
    if (slots == NULL)
        return false;
    keys->slots = slots;
    keys->n_slots = wanted;
    for (size_t i = 0; i < keys->count; i++)
        *slot_of(keys, keys->keys[i].text, keys->keys[i].hash) = (uint32_t)(i + 1);
    return true;
}

uint32_t stl_keys_number(stl_keys *keys, stl_str text) {
    if (keys->count * 2 >= keys->n_slots && !grow(keys))
        return STL_NO_KEY;
    uint32_t hash = hash_of(keys, text);
    uint32_t *slot = slot_of(keys, text, hash);
    if (*slot != 0)
        return *slot - 1;
    void *items = keys->keys;
    stl_key *key = stl_arena_push(keys->arena, &items, &keys->count, &keys->cap, sizeof *key);
    if (key == NULL)
        return STL_NO_KEY;
    keys->keys = items;
    *key = (stl_key){text, hash};
    *slot = (uint32_t)keys->count;
    return *slot - 1;
}

uint32_t stl_keys_find(const stl_keys *keys, stl_str text) {
    if (keys->count == 0)
        return STL_NO_KEY;
    uint32_t slot = *slot_of(keys, text, hash_of(keys, text));
    return slot == 0 ? STL_NO_KEY : slot - 1;
}

/* The newest lies behind no other: nothing is sought past its slot. */
void stl_keys_cut(stl_keys *keys, size_t count) {
    while (keys->count > count) {
        const stl_key *newest = &keys->keys[keys->count - 1];
        *slot_of(keys, newest->text, newest->hash) = 0;
        keys->count--;
    }
}
