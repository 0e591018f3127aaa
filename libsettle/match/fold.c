/* SPDX-License-Identifier: Apache-2.0 */
#include "match/fold.h"

#include <stdlib.h>

/* One code point of valid UTF-8. */
static uint32_t next_point(stl_str text, size_t *at) {
    const unsigned char *p = (const unsigned char *)text.ptr + *at;
    size_t left = text.len - *at, n = p[0] < 0x80 ? 1 : p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 : 4;
    uint32_t c = n == 1 ? p[0] : n == 2 ? p[0] & 0x1Fu : n == 3 ? p[0] & 0x0Fu : p[0] & 0x07u;
    for (size_t i = 1; i < n && i < left; i++)
        c = c << 6 | (p[i] & 0x3Fu);
    *at += n < left ? n : left;
    return c;
}

/* Half width, lower case, one micro sign; what is no letter, digit, '.' or '%' is a gap. */
static uint32_t fold_point(uint32_t c) {
    if (c >= 0xFF01 && c <= 0xFF5E)
        c -= 0xFEE0;
    if (c >= 'A' && c <= 'Z')
        return c - 'A' + 'a';
    if (c < 0x80)
        return stl_fold_digit(c) || stl_fold_latin(c) || c == '.' || c == '%' ? c : STL_FOLD_GAP;
    if (c == 0xB5)
        return 0x3BC;
    if (c >= 0x2170 && c <= 0x217B)
        return c - 0x10;
    if (c >= 0x391 && c <= 0x3A9)
        return c + 0x20;
    bool sign = c == 0xD7 || (c >= 0x2000 && c <= 0x206F) || (c >= 0x2190 && c <= 0x245F) ||
                (c >= 0x2500 && c <= 0x27BF) || (c >= 0x3000 && c <= 0x303F) || c == 0xB7 ||
                c >= 0xFE30;
    return sign ? STL_FOLD_GAP : c;
}

static void put(stl_folded *out, uint32_t c) {
    bool gap_again = c == STL_FOLD_GAP && (out->n == 0 || out->at[out->n - 1] == STL_FOLD_GAP);
    if (!gap_again && out->n < STL_FOLD_MAX)
        out->at[out->n++] = c;
}

void stl_fold(stl_str text, stl_folded *out) {
    out->n = 0;
    for (size_t at = 0; at < text.len;)
        put(out, fold_point(next_point(text, &at)));
    if (out->n > 0 && out->at[out->n - 1] == STL_FOLD_GAP)
        out->n--;
}

/* --- words ----------------------------------------------------------------------------------- */

static settle_status keep(stl_str text, stl_arena *arena, const uint32_t **out, size_t *n,
                          stl_error *err) {
    stl_folded folded;
    stl_fold(text, &folded);
    uint32_t *copy = stl_arena_alloc(arena, (folded.n + 1) * sizeof *copy);
    TRY_ALLOC(err, copy);
    memcpy(copy, folded.at, folded.n * sizeof *copy);
    *out = copy;
    *n = folded.n;
    return SETTLE_OK;
}

static int by_first_longest(const void *a, const void *b) {
    const stl_fold_word *x = a, *y = b;
    if (x->from[0] != y->from[0])
        return x->from[0] < y->from[0] ? -1 : 1;
    if (x->n_from != y->n_from)
        return x->n_from > y->n_from ? -1 : 1;
    return memcmp(x->from, y->from, x->n_from * sizeof *x->from);
}

settle_status stl_fold_words_of(const stl_region *region, const char *list, stl_day day,
                                stl_arena *arena, stl_fold_words *out, stl_error *err) {
    const stl_index_table *table = &region->tables[STL_T_LISTS];
    stl_index_rows rows = stl_index_get(table, stl_str_of(list));
    *out = (stl_fold_words){.at = stl_arena_alloc(arena, (rows.count + 1) * sizeof *out->at)};
    TRY_ALLOC(err, out->at);
    for (size_t i = 0; i < rows.count; i++) {
        const int64_t *row = rows.rows + i * table->n_cols;
        stl_fold_word *word = &out->at[out->n];
        if (!stl_row_in_force(row, STL_LIST_BEGIN, STL_LIST_END, day))
            continue;
        word->value = stl_index_text(table, row[STL_LIST_VALUE]);
        TRY(keep(stl_index_text(table, row[STL_LIST_ITEM]), arena, &word->from, &word->n_from,
                 err));
        TRY(keep(word->value, arena, &word->to, &word->n_to, err));
        out->n += word->n_from > 0;
    }
    qsort(out->at, out->n, sizeof *out->at, by_first_longest);
    return SETTLE_OK;
}

static bool stands_alone(const stl_fold_word *word, const stl_folded *text, size_t at) {
    size_t end = at + word->n_from;
    bool before = at > 0 && stl_fold_latin(text->at[at - 1]);
    bool after = end < text->n && stl_fold_latin(text->at[end]);
    return !(before && stl_fold_latin(word->from[0])) &&
           !(after && stl_fold_latin(word->from[word->n_from - 1]));
}

const stl_fold_word *stl_fold_word_at(const stl_fold_words *words, const stl_folded *text,
                                      size_t at) {
    size_t low = 0, high = words->n;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (words->at[mid].from[0] < text->at[at])
            low = mid + 1;
        else
            high = mid;
    }
    for (; low < words->n && words->at[low].from[0] == text->at[at]; low++) {
        const stl_fold_word *word = &words->at[low];
        if (at + word->n_from <= text->n &&
            memcmp(word->from, text->at + at, word->n_from * sizeof *word->from) == 0 &&
            stands_alone(word, text, at))
            return word;
    }
    return NULL;
}

void stl_fold_replace(const stl_fold_words *words, const stl_folded *text, stl_folded *out) {
    out->n = 0;
    for (size_t at = 0; at < text->n;) {
        const stl_fold_word *word = stl_fold_word_at(words, text, at);
        if (word == NULL) {
            put(out, text->at[at++]);
            continue;
        }
        for (size_t i = 0; i < word->n_to; i++)
            put(out, word->to[i]);
        at += word->n_from;
    }
}
