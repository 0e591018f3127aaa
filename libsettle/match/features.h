/* SPDX-License-Identifier: Apache-2.0 */
/* What a name and a specification say beside their letters: dosage form and measures. */
#ifndef STL_MATCH_FEATURES_H
#define STL_MATCH_FEATURES_H

#include "match/fold.h"
#include "match/match.h"

enum { STL_MEASURES_MAX = 12 };

typedef struct stl_measure {
    int64_t value; /* millionths of the base */
    stl_str base;  /* as list map.measure has it */
} stl_measure;

typedef struct stl_facts {
    stl_str form; /* as list map.form has it; empty: none is said */
    stl_measure measures[STL_MEASURES_MAX];
    size_t n_measures;
} stl_facts;

/* "500mg" is a measure when list map.measure has "mg" with "1 g 1000": value and base. */
void stl_facts_read(const stl_fold_words *forms, const stl_fold_words *measures,
                    const stl_folded *text, stl_facts *facts);
stl_match_said stl_facts_form(const stl_facts *a, const stl_facts *b);
/* Every measure of the catalogue's name stands at the item; what only the item says is no
 * difference. */
stl_match_said stl_facts_measures(const stl_facts *item, const stl_facts *catalogue);

#endif
