/* SPDX-License-Identifier: Apache-2.0 */
/* Names as they are compared: full width, case, signs and the pack's words for one thing made
 * equal. */
#ifndef STL_MATCH_FOLD_H
#define STL_MATCH_FOLD_H

#include "base/mem.h"
#include "model/region.h"

enum { STL_FOLD_MAX = 96, STL_FOLD_GAP = ' ' };

typedef struct stl_folded { /* code points; one STL_FOLD_GAP between words */
    uint32_t at[STL_FOLD_MAX];
    size_t n;
} stl_folded;

typedef struct stl_fold_word {
    const uint32_t *from, *to;
    size_t n_from, n_to;
    stl_str value; /* as the list has it */
} stl_fold_word;

/* A list of the pack on a day, its items folded, ordered by their first character, longest first.
 */
typedef struct stl_fold_words {
    stl_fold_word *at;
    size_t n;
} stl_fold_words;

settle_status stl_fold_words_of(const stl_region *region, const char *list, stl_day day,
                                stl_arena *arena, stl_fold_words *out,
                                stl_error *err) STL_MUST_CHECK;
/* The longest word that stands at `at`, not cut out of a longer Latin one; NULL: none. */
const stl_fold_word *stl_fold_word_at(const stl_fold_words *words, const stl_folded *text,
                                      size_t at);

/* What is longer than STL_FOLD_MAX is cut. */
void stl_fold(stl_str text, stl_folded *out);
/* Each word replaced by its value. */
void stl_fold_replace(const stl_fold_words *words, const stl_folded *text, stl_folded *out);

static inline bool stl_fold_digit(uint32_t c) {
    return c >= '0' && c <= '9';
}
static inline bool stl_fold_latin(uint32_t c) {
    return c >= 'a' && c <= 'z';
}

#endif
