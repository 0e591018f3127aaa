/* SPDX-License-Identifier: Apache-2.0 */
/* Subset construction: from an automaton with choices to a deterministic one. */
#include "subset.h"

#include <stdlib.h>
#include <string.h>

typedef struct state_set {
    uint32_t *items; /* ascending */
    size_t n;
    uint64_t hash;
} state_set;

typedef struct builder {
    const nfa *a;
    state_set *sets; /* one per state of the result, 0 the empty one */
    dfa out;
    size_t cap;
    uint32_t *slots; /* hash table: state + 1 */
    size_t n_slots;
    bool *seen; /* by state of a, for closures */
    uint32_t *stack;
} builder;

static int compare(const void *x, const void *y) {
    uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;
    return (a > b) - (a < b);
}

/* Adds what is reachable by empty edges; then sorts and hashes. */
static void close_set(builder *b, state_set *set) {
    size_t depth = 0;
    memcpy(b->stack, set->items, set->n * sizeof *b->stack);
    depth = set->n;
    while (depth > 0) {
        const nfa_state *s = &b->a->states[b->stack[--depth]];
        for (size_t i = 0; i < s->n; i++) {
            uint32_t to = s->edges[i].to;
            if (!s->edges[i].empty || b->seen[to])
                continue;
            b->seen[to] = true;
            set->items[set->n++] = to;
            b->stack[depth++] = to;
        }
    }
    qsort(set->items, set->n, sizeof *set->items, compare);
    set->hash = 0xcbf29ce484222325u;
    for (size_t i = 0; i < set->n; i++) {
        b->seen[set->items[i]] = false;
        set->hash = (set->hash ^ set->items[i]) * 0x100000001b3u;
    }
}

static void rehash(builder *b, size_t n_slots) {
    free(b->slots);
    b->slots = grow(NULL, 0, n_slots, sizeof *b->slots);
    b->n_slots = n_slots;
    for (size_t i = 0; i < b->out.n; i++) {
        size_t at = b->sets[i].hash & (n_slots - 1);
        while (b->slots[at] != 0)
            at = (at + 1) & (n_slots - 1);
        b->slots[at] = (uint32_t)i + 1;
    }
}

static bool accepts(const builder *b, const state_set *set) {
    for (size_t i = 0; i < set->n; i++)
        if (set->items[i] == b->a->accept)
            return true;
    return false;
}

/* The state of a set, made when new. */
static uint32_t intern(builder *b, const state_set *set) {
    size_t at = set->hash & (b->n_slots - 1);
    for (; b->slots[at] != 0; at = (at + 1) & (b->n_slots - 1)) {
        const state_set *old = &b->sets[b->slots[at] - 1];
        if (old->hash == set->hash && old->n == set->n &&
            memcmp(old->items, set->items, set->n * sizeof *set->items) == 0)
            return b->slots[at] - 1;
    }
    if (b->out.n == b->cap) {
        size_t more = b->cap * 2 + 64;
        b->sets = grow(b->sets, b->cap, more, sizeof *b->sets);
        b->out.next = grow(b->out.next, b->cap, more, sizeof *b->out.next);
        b->out.accept = grow(b->out.accept, b->cap, more, sizeof *b->out.accept);
        b->cap = more;
    }
    uint32_t made = (uint32_t)b->out.n++;
    b->sets[made] = *set;
    b->sets[made].items = grow(NULL, 0, set->n + 1, sizeof *set->items);
    memcpy(b->sets[made].items, set->items, set->n * sizeof *set->items);
    b->out.accept[made] = accepts(b, set);
    if (b->out.n * 2 > b->n_slots)
        rehash(b, b->n_slots * 2);
    else
        b->slots[at] = made + 1;
    return made;
}

/* Where the set goes on a byte, into `to`. */
static void move(const builder *b, const state_set *from, unsigned byte, state_set *to) {
    to->n = 0;
    for (size_t i = 0; i < from->n; i++) {
        const nfa_state *s = &b->a->states[from->items[i]];
        for (size_t j = 0; j < s->n; j++) {
            const edge *e = &s->edges[j];
            if (e->empty || byte < e->from_byte || byte > e->to_byte || b->seen[e->to])
                continue;
            b->seen[e->to] = true;
            to->items[to->n++] = e->to;
        }
    }
}

/* Marks the bytes at which some edge of the set begins or has just ended. */
static void find_cuts(const builder *b, const state_set *from, bool cut[257]) {
    memset(cut, 0, 257);
    cut[0] = true;
    for (size_t i = 0; i < from->n; i++) {
        const nfa_state *s = &b->a->states[from->items[i]];
        for (size_t j = 0; j < s->n; j++)
            if (!s->edges[j].empty)
                cut[s->edges[j].from_byte] = cut[s->edges[j].to_byte + 1] = true;
    }
}

dfa subset_dfa(const nfa *a) {
    builder b = {.a = a};
    b.seen = grow(NULL, 0, a->n, sizeof *b.seen);
    b.stack = grow(NULL, 0, a->n + 1, sizeof *b.stack);
    rehash(&b, 1024);
    state_set scratch = {grow(NULL, 0, a->n + 1, sizeof(uint32_t)), 0, 0};
    close_set(&b, &scratch);
    intern(&b, &scratch);
    scratch.items[0] = a->start;
    scratch.n = 1;
    b.seen[a->start] = true;
    close_set(&b, &scratch);
    intern(&b, &scratch);
    for (uint32_t s = 1; s < b.out.n; s++) {
        bool cut[257];
        find_cuts(&b, &b.sets[s], cut);
        uint32_t to = 0;
        for (unsigned byte = 0; byte < 256; byte++) {
            if (cut[byte]) {
                move(&b, &b.sets[s], byte, &scratch);
                close_set(&b, &scratch);
                to = intern(&b, &scratch);
            }
            b.out.next[s][byte] = to;
        }
    }
    return b.out;
}
