/* SPDX-License-Identifier: Apache-2.0 */
/* Which catalogue items a hospital item may be: proposals with a score and what speaks for and
 * against each. What words mean the same is the pack's (lists map.*, docs/mapping.md). */
#ifndef STL_MATCH_MATCH_H
#define STL_MATCH_MATCH_H

#include "match/codes.h"

enum { STL_MATCH_MOST = 5, STL_MATCH_SCORE_MAX = 1000 };

typedef struct stl_match_item {
    stl_str code, name, spec, unit, kind, price_code;
    stl_str former; /* the catalogue code of an earlier mapping, or one given by a vendor */
} stl_match_item;

typedef enum stl_match_said {
    STL_MATCH_SILENT,
    STL_MATCH_AGREES,
    STL_MATCH_DIFFERS
} stl_match_said;

#define STL_MATCH_FEATURES(X)                                                                      \
    X(CODE)                                                                                        \
    X(PRICE_CODE)                                                                                  \
    X(KIND)                                                                                        \
    X(FORM)                                                                                        \
    X(MEASURE)                                                                                     \
    X(UNIT)
#define STL_MATCH_ENUM(name) STL_MATCH_##name,
typedef enum stl_match_feature { STL_MATCH_FEATURES(STL_MATCH_ENUM) STL_MATCH_N } stl_match_feature;

typedef struct stl_match {
    const int64_t *row;       /* of the catalogue */
    int32_t score;            /* 0 to STL_MATCH_SCORE_MAX */
    int32_t of_item, of_name; /* thousandths of the one's name that the other has */
    stl_match_said said[STL_MATCH_N];
    bool cut;  /* the former code is this one, cut at STL_CODE_CUT characters */
    bool sure; /* first, far before the second, and nothing speaks against it */
} stl_match;

typedef struct stl_matcher stl_matcher;

/* Over the rows of the pack's catalogue in force on the day; the region is borrowed. One question
 * at a time. */
settle_status stl_matcher_new(const stl_region *region, stl_day day, stl_matcher **out,
                              stl_error *err) STL_MUST_CHECK;
void stl_matcher_free(stl_matcher *matcher);
/* The best first; their number. */
size_t stl_matcher_find(stl_matcher *matcher, const stl_match_item *item,
                        stl_match out[static STL_MATCH_MOST]);

#endif
