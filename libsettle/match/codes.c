/* SPDX-License-Identifier: Apache-2.0 */
#include "match/codes.h"

#include <stdlib.h>

static stl_str code_of(const stl_codes *c, uint32_t place) {
    return stl_index_text(c->catalogue, c->rows[place][STL_CAT_CODE]);
}

static int by_code(const void *a, const void *b, void *user) {
    const stl_codes *c = user;
    return stl_str_cmp(code_of(c, *(const uint32_t *)a), code_of(c, *(const uint32_t *)b));
}

settle_status stl_codes_of(const stl_region *region, stl_day day, stl_arena *arena, stl_codes *out,
                           stl_error *err) {
    const stl_index_table *t = &region->tables[STL_T_CATALOGUE];
    *out = (stl_codes){.catalogue = t};
    out->rows = stl_arena_alloc(arena, (t->n_rows + 1) * sizeof *out->rows);
    out->sorted = stl_arena_alloc(arena, (t->n_rows + 1) * sizeof *out->sorted);
    TRY_ALLOC(err, out->rows);
    TRY_ALLOC(err, out->sorted);
    for (size_t i = 0; i < t->n_rows; i++) {
        const int64_t *row = t->rows + i * t->n_cols;
        if (!stl_row_in_force(row, STL_CAT_BEGIN, STL_CAT_END, day))
            continue;
        out->rows[out->n] = row;
        out->sorted[out->n] = (uint32_t)out->n;
        out->n++;
    }
    qsort_r(out->sorted, out->n, sizeof *out->sorted, by_code, out);
    return SETTLE_OK;
}

/* The place of the first code not below the prefix. */
static size_t first_of(const stl_codes *c, stl_str prefix) {
    size_t low = 0, high = c->n;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (stl_str_cmp(code_of(c, c->sorted[mid]), prefix) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

size_t stl_codes_begin(const stl_codes *c, stl_str prefix, uint32_t *out, size_t n, size_t most) {
    if (stl_str_empty(prefix))
        return n;
    for (size_t i = first_of(c, prefix);
         n < most && i < c->n && stl_str_starts(code_of(c, c->sorted[i]), prefix); i++)
        out[n++] = c->sorted[i];
    return n;
}

bool stl_codes_may_be_cut(const stl_index_table *catalogue, stl_str code) {
    return code.len == STL_CODE_CUT && stl_index_get(catalogue, code).count == 0;
}

size_t stl_codes_cut(const stl_codes *c, stl_str code, const int64_t **out, size_t most) {
    size_t n = 0;
    if (!stl_codes_may_be_cut(c->catalogue, code))
        return 0;
    for (size_t i = first_of(c, code); i < c->n && stl_str_starts(code_of(c, c->sorted[i]), code);
         i++, n++)
        if (n < most)
            out[n] = c->rows[c->sorted[i]];
    return n;
}
