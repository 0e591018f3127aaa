/* SPDX-License-Identifier: Apache-2.0 */
/* An arena of one block a request and no room to spare: with the address sanitizer a rule that
 * reads one element too many ends. In place of base/mem.c. */
#include "base/mem.h"

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

void stl_arena_free(stl_arena *arena) {
    for (block *b = arena == NULL ? NULL : arena->head; b != NULL;) {
        block *next = b->next;
        free(b->at);
        free(b);
        b = next;
    }
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
    void *grown = stl_arena_alloc(arena, (*count + 1) * size);
    if (grown == NULL)
        return NULL;
    if (*count > 0)
        memcpy(grown, *items, *count * size);
    *items = grown;
    *cap = *count + 1;
    return (char *)grown + size * (*count)++;
}

void stl_arena_cleanup(stl_arena **arena) {
    stl_arena_free(*arena);
}

void stl_free_cleanup(void *ptr) {
    free(*(void **)ptr);
}
