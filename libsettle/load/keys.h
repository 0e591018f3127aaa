/* SPDX-License-Identifier: Apache-2.0 */
/* Finds a record by the hash of what tells it apart. */
#ifndef STL_LOAD_KEYS_H
#define STL_LOAD_KEYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Where a record was read and where it lies now. */
typedef struct stl_load_key {
    uint64_t hash;
    int64_t line;
    const char *file;
    int32_t stay; /* index or STL_LOAD_SHARED */
    uint32_t kind;
    size_t index;
} stl_load_key;

typedef struct stl_load_keys { /* open addressing over an array */
    stl_load_key *items;
    size_t count, cap;
    uint32_t *slots; /* 1 + index, 0 empty */
    size_t n_slots;
} stl_load_keys;

bool stl_load_keys_init(stl_load_keys *keys);
void stl_load_keys_free(stl_load_keys *keys);
void stl_load_keys_clear(stl_load_keys *keys);
/* Walks the entries of one hash: *cursor begins at 0; NULL: no more. */
const stl_load_key *stl_load_keys_next(const stl_load_keys *keys, uint64_t hash, size_t *cursor);
bool stl_load_keys_put(stl_load_keys *keys, stl_load_key key);

#endif
