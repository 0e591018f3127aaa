/* SPDX-License-Identifier: Apache-2.0 */
/* The codes of a catalogue in order, to find those that begin alike. */
#ifndef STL_MATCH_CODES_H
#define STL_MATCH_CODES_H

#include "model/region.h"

enum { STL_CODE_CUT = 20 };

typedef struct stl_codes {
    const stl_index_table *catalogue;
    const int64_t **rows; /* in force on the day, in the order of the catalogue */
    uint32_t *sorted;     /* places in rows, by code */
    size_t n;
} stl_codes;

/* In the arena; the region is borrowed. */
settle_status stl_codes_of(const stl_region *region, stl_day day, stl_arena *arena, stl_codes *out,
                           stl_error *err) STL_MUST_CHECK;

/* Places of rows whose code begins with the prefix ("": none) after the `n` that stand in out, up
 * to `most` in all; their number. */
size_t stl_codes_begin(const stl_codes *codes, stl_str prefix, uint32_t *out, size_t n,
                       size_t most);

/* Exactly STL_CODE_CUT characters, and the catalogue does not have it. */
bool stl_codes_may_be_cut(const stl_index_table *catalogue, stl_str code);

/* A code that may be cut and is the beginning of codes of the catalogue: the number of rows, the
 * first of them in out. 0: not suspect. */
size_t stl_codes_cut(const stl_codes *codes, stl_str code, const int64_t **out, size_t most);

#endif
