/* SPDX-License-Identifier: Apache-2.0 */
/* Texts to numbers, while a layout is read. */
#ifndef STL_LOAD_TEXT_MAP_H
#define STL_LOAD_TEXT_MAP_H

#include "base/mem.h"

typedef struct stl_text_slot {
    stl_str text; /* .ptr NULL: free */
    int64_t value;
} stl_text_slot;

typedef struct stl_text_map {
    stl_text_slot *slots;
    size_t count, cap; /* cap is a power of two */
} stl_text_map;

/* The value of a text, made with `first` when it is new; `text` is borrowed for the life of the
 * map. NULL: out of memory. */
int64_t *stl_text_map_at(stl_text_map *map, stl_arena *arena, stl_str text, int64_t first);
/* NULL: not there. */
const int64_t *stl_text_map_find(const stl_text_map *map, stl_str text);

#endif
