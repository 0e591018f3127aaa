/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers texts densely, 0, 1, 2 ... in the order of their first appearance. */
#ifndef STL_MODEL_KEYS_H
#define STL_MODEL_KEYS_H

#include "base/mem.h"

#define STL_NO_KEY UINT32_MAX

typedef struct stl_key {
    stl_str text; /* borrowed */
    uint32_t hash;
} stl_key;

typedef struct stl_keys {
    stl_arena *arena; /* borrowed: set by the caller, the rest zero */
    uint32_t *slots;  /* open addressing: 1 + number, 0 empty */
    size_t n_slots;   /* power of two, at least twice the count */
    stl_key *keys;
    size_t count, cap;
} stl_keys;

/* The number of a text, a new one if need be; STL_NO_KEY: out of memory. */
uint32_t stl_keys_number(stl_keys *keys, stl_str text);
/* The number of a text; STL_NO_KEY: never numbered. */
uint32_t stl_keys_find(const stl_keys *keys, stl_str text);
/* Takes the newest numbers away until `count` are left. */
void stl_keys_cut(stl_keys *keys, size_t count);

#endif
