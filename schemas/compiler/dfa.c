/* SPDX-License-Identifier: Apache-2.0 */
#include "compiler.h"
#include "subset.h"

#include <stdlib.h>
#include <string.h>

/* Splits blocks until the states of each go to the same blocks; returns the number of blocks. */
static size_t refine(const dfa *a, uint32_t *block) {
    size_t n_blocks = 0, before;
    for (size_t i = 0; i < a->n; i++)
        block[i] = a->accept[i];
    do {
        before = n_blocks;
        n_blocks = 0;
        uint32_t *fresh = grow(NULL, 0, a->n, sizeof *fresh);
        uint32_t *leader = grow(NULL, 0, a->n, sizeof *leader);
        for (size_t i = 0; i < a->n; i++) {
            size_t k = 0;
            for (; k < n_blocks; k++) {
                bool same = block[i] == block[leader[k]];
                for (unsigned c = 0; same && c < 256; c++)
                    same = block[a->next[i][c]] == block[a->next[leader[k]][c]];
                if (same)
                    break;
            }
            if (k == n_blocks)
                leader[n_blocks++] = (uint32_t)i;
            fresh[i] = (uint32_t)k;
        }
        memcpy(block, fresh, a->n * sizeof *block);
        free(fresh);
        free(leader);
    } while (n_blocks != before);
    return n_blocks;
}

/* Numbers blocks as they are met from the start, so equal languages give equal tables. */
static dfa rebuild(const dfa *a, const uint32_t *block, size_t n_blocks) {
    dfa out = {grow(NULL, 0, n_blocks + 1, sizeof *out.next),
               grow(NULL, 0, n_blocks + 1, sizeof *out.accept), 2};
    uint32_t *number = grow(NULL, 0, n_blocks, sizeof *number); /* of a block, 0 not yet */
    uint32_t *member = grow(NULL, 0, n_blocks + 2, sizeof *member);
    uint32_t dead = block[0];
    number[block[1]] = 1;
    member[1] = 1;
    for (uint32_t s = 1; s < out.n; s++) {
        out.accept[s] = a->accept[member[s]];
        for (unsigned c = 0; c < 256; c++) {
            uint32_t to = a->next[member[s]][c];
            if (block[to] == dead)
                continue;
            if (number[block[to]] == 0) {
                number[block[to]] = (uint32_t)out.n;
                member[out.n++] = to;
            }
            out.next[s][c] = number[block[to]];
        }
    }
    return out;
}

static dfa minimal(const dfa *a) {
    uint32_t *block = grow(NULL, 0, a->n, sizeof *block);
    size_t n_blocks = refine(a, block);
    return rebuild(a, block, n_blocks);
}

dfa dfa_of(const nfa *a) {
    dfa raw = subset_dfa(a);
    return minimal(&raw);
}

typedef struct pairs {
    uint32_t *number; /* by a->n x b->n, 0 not yet */
    uint32_t (*of)[2];
    size_t n;
} pairs;

dfa dfa_intersect(const dfa *a, const dfa *b) {
    size_t most = a->n * b->n + 2;
    pairs p = {grow(NULL, 0, most, sizeof *p.number), grow(NULL, 0, most, sizeof *p.of), 2};
    dfa out = {0};
    size_t cap = 0;
    p.of[1][0] = p.of[1][1] = 1;
    p.number[1 * b->n + 1] = 1;
    for (uint32_t s = 0; s < p.n; s++) {
        if (s >= cap) {
            out.next = grow(out.next, cap, cap * 2 + 64, sizeof *out.next);
            out.accept = grow(out.accept, cap, cap * 2 + 64, sizeof *out.accept);
            cap = cap * 2 + 64;
        }
        out.accept[s] = a->accept[p.of[s][0]] && b->accept[p.of[s][1]];
        for (unsigned c = 0; c < 256; c++) {
            uint32_t x = a->next[p.of[s][0]][c], y = b->next[p.of[s][1]][c];
            if (x == 0 || y == 0)
                continue;
            uint32_t *number = &p.number[x * b->n + y];
            if (*number == 0) {
                *number = (uint32_t)p.n;
                p.of[p.n][0] = x;
                p.of[p.n++][1] = y;
            }
            out.next[s][c] = *number;
        }
    }
    out.n = p.n;
    return minimal(&out);
}

bool dfa_accepts(const dfa *a, const char *text) {
    uint32_t state = 1;
    for (; *text != 0; text++)
        state = a->next[state][(unsigned char)*text];
    return a->accept[state];
}

/* The one live successor of a state and the bytes that lead there; 0: none, UINT32_MAX: several. */
static uint32_t only_successor(const dfa *a, uint32_t state, bool set[256]) {
    uint32_t only = 0;
    for (unsigned c = 0; c < 256; c++) {
        uint32_t to = a->next[state][c];
        set[c] = to != 0;
        if (to == 0)
            continue;
        if (only != 0 && only != to)
            return UINT32_MAX;
        only = to;
    }
    return only;
}

bool dfa_is_run(const dfa *a, byte_run *out) {
    uint32_t state = 1;
    *out = (byte_run){.min = SIZE_MAX};
    for (size_t len = 0;; len++) {
        bool set[256];
        uint32_t next = only_successor(a, state, set);
        if (next == UINT32_MAX || (a->accept[state] && out->min == SIZE_MAX && (out->min = len, 0)))
            return false;
        if (!a->accept[state] && out->min != SIZE_MAX)
            return false;
        out->max = len;
        if (next == 0)
            return out->min != SIZE_MAX;
        if (len == 0)
            memcpy(out->set, set, sizeof set);
        if (memcmp(out->set, set, sizeof set) != 0 || memchr(set + 128, 1, 128) != NULL)
            return false;
        if (next == state) {
            out->max = SIZE_MAX;
            return a->accept[state];
        }
        if (len > a->n)
            return false;
        state = next;
    }
}
