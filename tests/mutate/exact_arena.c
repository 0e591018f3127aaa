/* SPDX-License-Identifier: Apache-2.0 */
/* An arena of one block a request, whose growing lists are closed behind their last element: with
 * the address sanitizer a rule that reads one element too many ends. In place of base/mem.c. */
#include "base/mem.h"

#include <sanitizer/asan_interface.h>
#include <stdlib.h>
#include <string.h>

typedef struct block {
    struct block *next;
    void *at;
} block;

struct stl_arena {
    block *head;
    size_t total;
};

stl_arena *stl_arena_new(void) {
    return calloc(1, sizeof(stl_arena));
}

void stl_arena_reset(stl_arena *arena) {
    for (block *b = arena->head; b != NULL;) {
        block *next = b->next;
        free(b->at);
        free(b);
        b = next;
    }
    *arena = (stl_arena){0};
}

void stl_arena_free(stl_arena *arena) {
    if (arena == NULL)
        return;
    stl_arena_reset(arena);
    free(arena);
}

void *stl_arena_alloc(stl_arena *arena, size_t size) {
    block *b = malloc(sizeof *b);
    void *at = b == NULL ? NULL : calloc(1, size == 0 ? 1 : size);
    if (at == NULL) {
        free(b);
        return NULL;
    }
    *b = (block){arena->head, at};
    arena->head = b;
    arena->total += size;
    return at;
}

stl_str stl_arena_str(stl_arena *arena, stl_str text) {
    char *copy = stl_arena_alloc(arena, text.len + 1);
    if (copy == NULL)
        return (stl_str){NULL, 0};
    if (text.len > 0)
        memcpy(copy, text.ptr, text.len);
    return (stl_str){copy, text.len};
}

size_t stl_arena_size(const stl_arena *arena) {
    return arena->total;
}

void *stl_arena_push(stl_arena *arena, void **items, size_t *count, size_t *cap, size_t size) {
    if (*count == *cap) {
        size_t more = *cap == 0 ? 4 : 2 * *cap;
        char *grown = stl_arena_alloc(arena, more * size);
        if (grown == NULL)
            return NULL;
        if (*count > 0)
            memcpy(grown, *items, *count * size);
        ASAN_POISON_MEMORY_REGION(grown + *count * size, (more - *count) * size);
        *items = grown;
        *cap = more;
    }
    void *next = (char *)*items + size * (*count)++;
    ASAN_UNPOISON_MEMORY_REGION(next, size);
    return next;
}

void stl_arena_cleanup(stl_arena **arena) {
    stl_arena_free(*arena);
}

void stl_free_cleanup(void *ptr) {
    free(*(void **)ptr);
}
