/* SPDX-License-Identifier: Apache-2.0 */
/* A case to which charges are added one after the other: at every time the case that
 * stl_case_build() makes of the stay, but for what refunds leave (refund_of, net_cnt, net_amt),
 * which whoever adds a line works out for its item (model/case_part.h). */
#ifndef STL_MODEL_CASE_GROWING_H
#define STL_MODEL_CASE_GROWING_H

#include "model/case_parts.h"

typedef struct stl_growing {
    stl_arena *arena; /* owned */
    stl_stay *stay;   /* borrowed: its charges grow */
    stl_case c;
    stl_resolver resolver;
    uint32_t *item_no, *code_no; /* in the case, by number in the resolver; STL_NO_KEY: not there */
    size_t cap_items, cap_codes, cap_lines, cap_first;
    uint32_t *by_time, *by_code, *code_first; /* those of the case */
    stl_keys serials;                         /* feedetl_sn: the number is the line */
} stl_growing;

/* Where to cut back to. */
typedef struct stl_growing_mark {
    size_t n_lines;
    uint32_t n_items, n_codes;
} stl_growing_mark;

settle_status stl_growing_new(stl_stay *stay, const stl_region *region, const stl_mapping *mapping,
                              stl_case_site site, int32_t lang, stl_growing **out,
                              stl_error *err) STL_MUST_CHECK;
void stl_growing_free(stl_growing *g);

/* Adds charges at the end of the stay; their texts are borrowed until adopted or cut away. On
 * failure nothing was added. */
settle_status stl_growing_add(stl_growing *g, const stl_charge *charges, size_t n,
                              stl_error *err) STL_MUST_CHECK;
stl_growing_mark stl_growing_marked(const stl_growing *g);
void stl_growing_cut(stl_growing *g, stl_growing_mark mark);
/* Makes the lines from `first` on the stay's own. On failure they are to be cut away. */
settle_status stl_growing_adopt(stl_growing *g, size_t first, stl_error *err) STL_MUST_CHECK;

/* The line of a serial; STL_NO_KEY: none. */
static inline uint32_t stl_growing_find(const stl_growing *g, stl_str feedetl_sn) {
    return stl_keys_find(&g->serials, feedetl_sn);
}
/* The number of a catalogue code in the case; STL_NO_KEY: it does not have it. */
uint32_t stl_growing_code(const stl_growing *g, stl_str med_list_codg);

#endif
