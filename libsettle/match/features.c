/* SPDX-License-Identifier: Apache-2.0 */
#include "match/features.h"

#include "base/decimal.h"
#include "base/words.h"

enum { MILLIONTHS = 6 };

/* The digits from `at` on; their end. */
static size_t read_number(const stl_folded *text, size_t at, int64_t *out) {
    char digits[STL_FOLD_MAX];
    size_t n = 0;
    while (at < text->n &&
           (stl_fold_digit(text->at[at]) ||
            (text->at[at] == '.' && at + 1 < text->n && stl_fold_digit(text->at[at + 1]))))
        digits[n++] = (char)text->at[at++];
    if (stl_decimal_parse((stl_str){digits, n}, MILLIONTHS, out) != SETTLE_OK)
        *out = STL_NONE;
    return at;
}

/* `value` of the list: how many of the base, and the base. */
static void add_measure(stl_str value, int64_t number, stl_facts *facts) {
    stl_str factor_text, base;
    int64_t factor, amount;
    if (number == STL_NONE || !stl_words_next(&value, &factor_text) ||
        !stl_words_next(&value, &base) || stl_decimal_parse(factor_text, 0, &factor) != SETTLE_OK ||
        stl_decimal_mul_div(number, factor, 1, STL_ROUND_DOWN, &amount) != SETTLE_OK)
        return;
    if (facts->n_measures < STL_MEASURES_MAX)
        facts->measures[facts->n_measures++] = (stl_measure){amount, base};
}

static void read_measures(const stl_fold_words *measures, const stl_folded *text,
                          stl_facts *facts) {
    for (size_t at = 0; at < text->n;) {
        int64_t number;
        if (!stl_fold_digit(text->at[at])) {
            at++;
            continue;
        }
        at = read_number(text, at, &number);
        const stl_fold_word *word = at < text->n ? stl_fold_word_at(measures, text, at) : NULL;
        if (word != NULL)
            add_measure(word->value, number, facts);
    }
}

/* The last one said; "注射用" may stand before everything. */
static void read_form(const stl_fold_words *forms, const stl_folded *text, stl_facts *facts) {
    for (size_t at = 0; at < text->n;) {
        const stl_fold_word *word = stl_fold_word_at(forms, text, at);
        if (word != NULL)
            facts->form = word->value;
        at += word == NULL ? 1 : word->n_from;
    }
}

void stl_facts_read(const stl_fold_words *forms, const stl_fold_words *measures,
                    const stl_folded *text, stl_facts *facts) {
    read_form(forms, text, facts);
    read_measures(measures, text, facts);
}

stl_match_said stl_facts_form(const stl_facts *a, const stl_facts *b) {
    if (stl_str_empty(a->form) || stl_str_empty(b->form))
        return STL_MATCH_SILENT;
    return stl_str_eq(a->form, b->form) ? STL_MATCH_AGREES : STL_MATCH_DIFFERS;
}

/* AGREES, or DIFFERS where only others of its base are there. */
static stl_match_said look_up(const stl_facts *facts, const stl_measure *m) {
    stl_match_said said = STL_MATCH_SILENT;
    for (size_t i = 0; i < facts->n_measures; i++) {
        if (!stl_str_eq(facts->measures[i].base, m->base))
            continue;
        if (facts->measures[i].value == m->value)
            return STL_MATCH_AGREES;
        said = STL_MATCH_DIFFERS;
    }
    return said;
}

stl_match_said stl_facts_measures(const stl_facts *item, const stl_facts *catalogue) {
    stl_match_said all = STL_MATCH_SILENT;
    for (size_t i = 0; i < catalogue->n_measures; i++) {
        stl_match_said one = look_up(item, &catalogue->measures[i]);
        if (one == STL_MATCH_DIFFERS)
            return one;
        if (one == STL_MATCH_AGREES)
            all = one;
    }
    return all;
}
