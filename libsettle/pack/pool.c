/* SPDX-License-Identifier: Apache-2.0 */
#include "pack/pool.h"

#include "base/mem.h"
#include <stdlib.h>

struct stl_pool {
    stl_arena *arena;
    stl_str *texts;
    uint32_t *hashes; /* upper half of each text's hash */
    size_t n, cap;
    uint32_t *slots; /* 1 + number, 0 empty */
    size_t n_slots;  /* power of two */
};

enum { FIRST_SLOTS = 1024 };

stl_pool *stl_pool_new(void) {
    stl_pool *pool = calloc(1, sizeof *pool);
    if (pool == NULL)
        return NULL;
    pool->arena = stl_arena_new();
    pool->slots = calloc(FIRST_SLOTS, sizeof *pool->slots);
    pool->n_slots = FIRST_SLOTS;
    if (pool->arena == NULL || pool->slots == NULL) {
        stl_pool_free(pool);
        return NULL;
    }
    return pool;
}

void stl_pool_free(stl_pool *pool) {
    if (pool == NULL)
        return;
    stl_arena_free(pool->arena);
    free(pool->texts);
    free(pool->hashes);
    free(pool->slots);
    free(pool);
}

void stl_pool_cleanup(stl_pool **pool) {
    stl_pool_free(*pool);
}

static uint32_t hash_of(stl_str text) {
    uint64_t hash = stl_str_hash(text);
    return (uint32_t)(hash >> 32) ^ (uint32_t)hash;
}

static bool grow_slots(stl_pool *pool) {
    size_t n_slots = pool->n_slots * 2;
    uint32_t *slots = calloc(n_slots, sizeof *slots);
    if (slots == NULL)
        return false;
    for (size_t id = 0; id < pool->n; id++) {
        size_t at = pool->hashes[id] & (n_slots - 1);
        while (slots[at] != 0)
            at = (at + 1) & (n_slots - 1);
        slots[at] = (uint32_t)id + 1;
    }
    free(pool->slots);
    pool->slots = slots;
    pool->n_slots = n_slots;
    return true;
}

static bool grow_texts(stl_pool *pool) {
    size_t cap = pool->cap == 0 ? FIRST_SLOTS : pool->cap * 2;
    stl_str *texts = realloc(pool->texts, cap * sizeof *texts);
    if (texts == NULL)
        return false;
    pool->texts = texts;
    uint32_t *hashes = realloc(pool->hashes, cap * sizeof *hashes);
    if (hashes == NULL)
        return false;
    pool->hashes = hashes;
    pool->cap = cap;
    return true;
}

settle_status stl_pool_add(stl_pool *pool, stl_str text, uint32_t *out_id, stl_error *err) {
    uint32_t hash = hash_of(text);
    size_t at = hash & (pool->n_slots - 1);
    for (; pool->slots[at] != 0; at = (at + 1) & (pool->n_slots - 1)) {
        uint32_t id = pool->slots[at] - 1;
        if (pool->hashes[id] == hash && stl_str_eq(pool->texts[id], text)) {
            *out_id = id;
            return SETTLE_OK;
        }
    }
    stl_str copy = stl_arena_str(pool->arena, text);
    if (copy.ptr == NULL || pool->n >= UINT32_MAX / 2 ||
        (pool->n == pool->cap && !grow_texts(pool)))
        return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    pool->texts[pool->n] = copy;
    pool->hashes[pool->n] = hash;
    pool->slots[at] = (uint32_t)++pool->n;
    *out_id = (uint32_t)pool->n - 1;
    if (pool->n * 2 > pool->n_slots && !grow_slots(pool))
        return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    return SETTLE_OK;
}

stl_str stl_pool_text(const stl_pool *pool, uint32_t id) {
    return pool->texts[id];
}

size_t stl_pool_count(const stl_pool *pool) {
    return pool->n;
}
