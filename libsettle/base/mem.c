/* SPDX-License-Identifier: Apache-2.0 */
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_BLOCK = 2 * 1024, LARGEST_BLOCK = 1024 * 1024, ALIGN = 16 };

typedef struct block {
    struct block *next;
    size_t cap;
    size_t used;
    size_t pad;
} block;

struct stl_arena {
    block *head;
    block *spare; /* of before a reset */
    size_t total;
};

static block *block_new(size_t cap) {
    block *b = malloc(sizeof *b + cap);
    if (b == NULL)
        return NULL;
    *b = (block){.cap = cap};
    return b;
}

stl_arena *stl_arena_new(void) {
    return calloc(1, sizeof(stl_arena));
}

static void free_blocks(block *b) {
    while (b != NULL) {
        block *next = b->next;
        free(b);
        b = next;
    }
}

void stl_arena_free(stl_arena *arena) {
    if (arena == NULL)
        return;
    free_blocks(arena->head);
    free_blocks(arena->spare);
    free(arena);
}

void stl_arena_reset(stl_arena *arena) {
    free_blocks(arena->spare);
    arena->spare = arena->head;
    arena->head = NULL;
    arena->total = 0;
}

/* A block of at least this size: the smallest that fits of before a reset, or a new one. */
static block *block_of(stl_arena *arena, size_t cap) {
    block **best = NULL;
    for (block **link = &arena->spare; *link != NULL; link = &(*link)->next)
        if ((*link)->cap >= cap && (best == NULL || (*link)->cap < (*best)->cap))
            best = link;
    block *b = best == NULL ? block_new(cap) : *best;
    if (best != NULL) {
        *best = b->next;
        b->used = 0;
    }
    if (b != NULL)
        arena->total += b->cap;
    return b;
}

static block *room_for(stl_arena *arena, size_t size) {
    block *head = arena->head;
    if (head != NULL && head->cap - head->used >= size)
        return head;
    size_t cap = head == NULL ? FIRST_BLOCK : head->cap * 2;
    if (cap > LARGEST_BLOCK)
        cap = LARGEST_BLOCK;
    if (size > cap / 4) { /* a block of its own, behind the head that still has room */
        block *own = block_of(arena, size);
        if (own == NULL)
            return NULL;
        if (head != NULL) {
            own->next = head->next;
            head->next = own;
        } else {
            own->next = NULL;
            arena->head = own;
        }
        return own;
    }
    block *fresh = block_of(arena, cap);
    if (fresh == NULL)
        return NULL;
    fresh->next = head;
    arena->head = fresh;
    return fresh;
}

static void *take(stl_arena *arena, size_t size) {
    if (size > SIZE_MAX / 2)
        return NULL;
    size = (size + ALIGN - 1) / ALIGN * ALIGN;
    block *b = room_for(arena, size);
    if (b == NULL)
        return NULL;
    void *at = (char *)(b + 1) + b->used;
    b->used += size;
    return at;
}

void *stl_arena_alloc(stl_arena *arena, size_t size) {
    void *at = take(arena, size == 0 ? 1 : size);
    return at == NULL ? NULL : memset(at, 0, size);
}

stl_str stl_arena_str(stl_arena *arena, stl_str text) {
    char *copy = take(arena, text.len + 1);
    if (copy == NULL)
        return (stl_str){NULL, 0};
    if (text.len > 0)
        memcpy(copy, text.ptr, text.len);
    copy[text.len] = '\0';
    return (stl_str){copy, text.len};
}

size_t stl_arena_size(const stl_arena *arena) {
    return arena->total;
}

void *stl_arena_push(stl_arena *arena, void **items, size_t *count, size_t *cap, size_t size) {
    if (*count == *cap) {
        size_t wanted = *cap == 0 ? 8 : *cap * 2;
        void *grown = wanted > SIZE_MAX / size ? NULL : take(arena, wanted * size);
        if (grown == NULL)
            return NULL;
        if (*count > 0)
            memcpy(grown, *items, *count * size);
        *items = grown;
        *cap = wanted;
    }
    return memset((char *)*items + size * (*count)++, 0, size);
}

void stl_arena_cleanup(stl_arena **arena) {
    stl_arena_free(*arena);
}

void stl_free_cleanup(void *ptr) {
    free(*(void **)ptr);
}
