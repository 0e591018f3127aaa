/* SPDX-License-Identifier: Apache-2.0 */
/* The inverted index of a catalogue's names: characters and pairs of neighbours, each weighed by
 * how few names have it. */
#ifndef STL_MATCH_GRAMS_H
#define STL_MATCH_GRAMS_H

#include "match/fold.h"

enum { STL_GRAMS_MAX = 2 * STL_FOLD_MAX, STL_GRAM_NONE = -1 };

typedef struct stl_grams stl_grams;

/* The grams of one text: each once, rising; those that no name has are counted only. */
typedef struct stl_gram_set {
    uint32_t ids[STL_GRAMS_MAX];
    size_t n, unknown;
} stl_gram_set;

stl_grams *stl_grams_new(void); /* NULL: out of memory */
void stl_grams_free(stl_grams *grams);
/* Names are numbered 0, 1, 2 ... as they are added. */
settle_status stl_grams_add(stl_grams *grams, const stl_folded *name,
                            stl_error *err) STL_MUST_CHECK;
/* After the last name, before the first question. */
settle_status stl_grams_finish(stl_grams *grams, stl_error *err) STL_MUST_CHECK;

void stl_grams_of(const stl_grams *grams, const stl_folded *text, stl_gram_set *out);
/* Up to `most` names that share the most weight of rare grams with the text; their number. */
size_t stl_grams_nearest(stl_grams *grams, const stl_gram_set *set, uint32_t *out, size_t most);

typedef struct stl_gram_overlap { /* in thousandths, by weight */
    int32_t of_text, of_name;
} stl_gram_overlap;
stl_gram_overlap stl_grams_overlap(const stl_grams *grams, const stl_gram_set *set, uint32_t name);

#endif
