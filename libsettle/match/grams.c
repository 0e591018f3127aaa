/* SPDX-License-Identifier: Apache-2.0 */
#include "match/grams.h"

#include <stdlib.h>

enum {
    FIRST_SLOTS = 1 << 14,
    RAREST = 4,           /* grams always looked up, however many names have them */
    POSTINGS_MAX = 24000, /* names looked at besides */
    UNKNOWN_WEIGHT = 24,  /* of a gram that no name has: a brand says little */
};

typedef struct gram {
    uint64_t key; /* one code point, or two; never 0 */
    uint32_t names, first;
    int32_t weight;
} gram;

struct stl_grams {
    gram *grams;
    size_t n_grams, grams_cap;
    uint32_t *slots; /* open addressing: 1 + number */
    size_t n_slots;
    uint32_t *ids; /* of all names, one after the other */
    size_t n_ids, ids_cap;
    uint32_t *begins; /* of each name in ids, and the end */
    size_t n_names, names_cap;
    uint32_t *postings;
    int32_t *shared;   /* by name, all zero between questions */
    uint32_t *touched; /* names whose share is not zero */
};

stl_grams *stl_grams_new(void) {
    stl_grams *g = calloc(1, sizeof *g);
    if (g == NULL)
        return NULL;
    g->n_slots = FIRST_SLOTS;
    g->slots = calloc(g->n_slots, sizeof *g->slots);
    if (g->slots == NULL) {
        free(g);
        return NULL;
    }
    return g;
}

void stl_grams_free(stl_grams *g) {
    if (g == NULL)
        return;
    free(g->grams);
    free(g->slots);
    free(g->ids);
    free(g->begins);
    free(g->postings);
    free(g->shared);
    free(g->touched);
    free(g);
}

static bool room_for(void **items, size_t needed, size_t *cap, size_t size) {
    if (needed <= *cap)
        return true;
    size_t wanted = *cap == 0 ? 4096 : *cap * 2;
    wanted = wanted < needed ? needed : wanted;
    void *more = reallocarray(*items, wanted, size);
    if (more == NULL)
        return false;
    *items = more;
    *cap = wanted;
    return true;
}

static size_t slot_of(const stl_grams *g, uint64_t key) {
    size_t at = (size_t)((key * 0x9E3779B97F4A7C15u) >> 20) & (g->n_slots - 1);
    while (g->slots[at] != 0 && g->grams[g->slots[at] - 1].key != key)
        at = (at + 1) & (g->n_slots - 1);
    return at;
}

static bool grow_slots(stl_grams *g) {
    if (g->n_grams * 2 < g->n_slots)
        return true;
    uint32_t *wider = calloc(g->n_slots * 2, sizeof *wider);
    if (wider == NULL)
        return false;
    free(g->slots);
    g->slots = wider;
    g->n_slots *= 2;
    for (size_t i = 0; i < g->n_grams; i++)
        g->slots[slot_of(g, g->grams[i].key)] = (uint32_t)i + 1;
    return true;
}

/* --- the keys of a text ------------------------------------------------------------------------
 */

static int by_key(const void *a, const void *b) {
    uint64_t x, y;
    memcpy(&x, a, sizeof x);
    memcpy(&y, b, sizeof y);
    return (x > y) - (x < y);
}

/* Each once. */
static size_t keys_of(const stl_folded *text, uint64_t out[static STL_GRAMS_MAX]) {
    size_t n = 0, kept = 0;
    for (size_t i = 0; i < text->n; i++) {
        if (text->at[i] == STL_FOLD_GAP)
            continue;
        out[n++] = text->at[i];
        if (i + 1 < text->n && text->at[i + 1] != STL_FOLD_GAP)
            out[n++] = (uint64_t)text->at[i] << 32 | text->at[i + 1];
    }
    qsort(out, n, sizeof *out, by_key);
    for (size_t i = 0; i < n; i++)
        if (kept == 0 || out[kept - 1] != out[i])
            out[kept++] = out[i];
    return kept;
}

static int by_id(const void *a, const void *b) {
    const uint32_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static bool number_of(stl_grams *g, uint64_t key, uint32_t *out) {
    size_t at = slot_of(g, key);
    if (g->slots[at] == 0) {
        if (!room_for((void **)&g->grams, g->n_grams + 1, &g->grams_cap, sizeof *g->grams))
            return false;
        g->grams[g->n_grams++] = (gram){.key = key};
        g->slots[at] = (uint32_t)g->n_grams;
    }
    *out = g->slots[at] - 1;
    return grow_slots(g);
}

settle_status stl_grams_add(stl_grams *g, const stl_folded *name, stl_error *err) {
    uint64_t keys[STL_GRAMS_MAX];
    size_t n = keys_of(name, keys);
    if (!room_for((void **)&g->ids, g->n_ids + n, &g->ids_cap, sizeof *g->ids) ||
        !room_for((void **)&g->begins, g->n_names + 2, &g->names_cap, sizeof *g->begins))
        return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    uint32_t *mine = g->ids + g->n_ids;
    for (size_t i = 0; i < n; i++) {
        if (!number_of(g, keys[i], &mine[i]))
            return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
        g->grams[mine[i]].names++;
    }
    qsort(mine, n, sizeof *mine, by_id);
    g->begins[g->n_names++] = (uint32_t)g->n_ids;
    g->n_ids += n;
    g->begins[g->n_names] = (uint32_t)g->n_ids;
    return SETTLE_OK;
}

/* 16 times the logarithm to base 2, of a number from 1 on; straight between powers. */
static int32_t log2_16(uint64_t x) {
    int bits = 63 - __builtin_clzll(x);
    uint64_t part = bits >= 4 ? x >> (bits - 4) : x << (4 - bits);
    return bits * 16 + (int32_t)(part & 15);
}

settle_status stl_grams_finish(stl_grams *g, stl_error *err) {
    g->postings = calloc(g->n_ids + 1, sizeof *g->postings);
    g->shared = calloc(g->n_names + 1, sizeof *g->shared);
    g->touched = calloc(g->n_names + 1, sizeof *g->touched);
    if (g->postings == NULL || g->shared == NULL || g->touched == NULL)
        return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    uint32_t first = 0;
    for (size_t i = 0; i < g->n_grams; i++) {
        gram *gr = &g->grams[i];
        gr->weight = 8 + log2_16(g->n_names + 1) - log2_16(gr->names);
        gr->first = first;
        first += gr->names;
        gr->names = 0;
    }
    for (uint32_t name = 0; name < g->n_names; name++)
        for (uint32_t i = g->begins[name]; i < g->begins[name + 1]; i++) {
            gram *gr = &g->grams[g->ids[i]];
            g->postings[gr->first + gr->names++] = name;
        }
    return SETTLE_OK;
}

/* --- questions -------------------------------------------------------------------------------- */

void stl_grams_of(const stl_grams *g, const stl_folded *text, stl_gram_set *out) {
    uint64_t keys[STL_GRAMS_MAX];
    size_t n = keys_of(text, keys);
    *out = (stl_gram_set){.n = 0};
    for (size_t i = 0; i < n; i++) {
        uint32_t slot = g->slots[slot_of(g, keys[i])];
        if (slot == 0)
            out->unknown++;
        else
            out->ids[out->n++] = slot - 1;
    }
    qsort(out->ids, out->n, sizeof *out->ids, by_id);
}

/* The ids of the set, those with the fewest names first. */
static void rarest_first(const stl_grams *g, const stl_gram_set *set, uint32_t *out) {
    for (size_t i = 0; i < set->n; i++) {
        size_t at = i;
        for (; at > 0 && g->grams[out[at - 1]].names > g->grams[set->ids[i]].names; at--)
            out[at] = out[at - 1];
        out[at] = set->ids[i];
    }
}

/* Keeps the best in order: more weight first, then the lower number. */
static size_t insert_best(const stl_grams *g, uint32_t name, uint32_t *out, size_t n, size_t most) {
    int32_t mine = g->shared[name];
    size_t at = n;
    for (; at > 0; at--) {
        int32_t other = g->shared[out[at - 1]];
        if (other > mine || (other == mine && out[at - 1] < name))
            break;
        if (at < most)
            out[at] = out[at - 1];
    }
    if (at < most)
        out[at] = name;
    return n < most ? n + 1 : n;
}

size_t stl_grams_nearest(stl_grams *g, const stl_gram_set *set, uint32_t *out, size_t most) {
    uint32_t order[STL_GRAMS_MAX];
    size_t used = 0, seen = 0, n_touched = 0, n = 0;
    rarest_first(g, set, order);
    for (; used < set->n; used++) {
        const gram *gr = &g->grams[order[used]];
        if (used >= RAREST && seen + gr->names > POSTINGS_MAX)
            break;
        seen += gr->names;
        for (uint32_t i = 0; i < gr->names; i++) {
            uint32_t name = g->postings[gr->first + i];
            if (g->shared[name] == 0)
                g->touched[n_touched++] = name;
            g->shared[name] += gr->weight;
        }
    }
    for (size_t i = 0; i < n_touched; i++)
        n = insert_best(g, g->touched[i], out, n, most);
    for (size_t i = 0; i < n_touched; i++)
        g->shared[g->touched[i]] = 0;
    return n;
}

stl_gram_overlap stl_grams_overlap(const stl_grams *g, const stl_gram_set *set, uint32_t name) {
    const uint32_t *ids = g->ids + g->begins[name];
    size_t n = g->begins[name + 1] - g->begins[name], a = 0, b = 0;
    int64_t common = 0, text = (int64_t)set->unknown * UNKNOWN_WEIGHT, whole = 0;
    while (a < set->n || b < n) {
        bool in_text = a < set->n && (b == n || set->ids[a] <= ids[b]);
        bool in_name = b < n && (a == set->n || ids[b] <= set->ids[a]);
        int32_t weight = g->grams[in_text ? set->ids[a] : ids[b]].weight;
        text += in_text ? weight : 0;
        whole += in_name ? weight : 0;
        common += in_text && in_name ? weight : 0;
        a += in_text;
        b += in_name;
    }
    return (stl_gram_overlap){.of_text = text == 0 ? 0 : (int32_t)(common * 1000 / text),
                              .of_name = whole == 0 ? 0 : (int32_t)(common * 1000 / whole)};
}
