/* SPDX-License-Identifier: Apache-2.0 */
/* An arena: everything that lives as long as a stay is allocated from it and freed at once. */
#ifndef STL_BASE_MEM_H
#define STL_BASE_MEM_H

#include "base/error.h"
#include "base/str.h"

typedef struct stl_arena stl_arena;

stl_arena *stl_arena_new(void); /* NULL: out of memory */
void stl_arena_free(stl_arena *arena);

/* Everything in it is gone; its memory serves what comes. */
void stl_arena_reset(stl_arena *arena);

/* Zeroed memory aligned for any object; NULL: out of memory. Lives until the arena is freed. */
void *stl_arena_alloc(stl_arena *arena, size_t size);

/* A NUL-terminated copy; .ptr == NULL: out of memory. */
stl_str stl_arena_str(stl_arena *arena, stl_str text);

/* Bytes taken from the system so far. */
size_t stl_arena_size(const stl_arena *arena);

/* Makes room for one more element of a growing arena array (doubling; the old place is left to the
 * arena) and returns a pointer to it, zeroed; NULL: out of memory. */
void *stl_arena_push(stl_arena *arena, void **items, size_t *count, size_t *cap, size_t size);

void stl_arena_cleanup(stl_arena **arena);
void stl_free_cleanup(void *ptr);
#define SCOPED_ARENA __attribute__((cleanup(stl_arena_cleanup))) stl_arena
#define SCOPED_FREE __attribute__((cleanup(stl_free_cleanup)))

#endif
