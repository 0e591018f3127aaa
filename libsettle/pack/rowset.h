/* SPDX-License-Identifier: Apache-2.0 */
/* The rows of one table while a pack or a mapping is built: a text cell is the number of its text
 * in the pool, any other cell the number itself. */
#ifndef STL_PACK_ROWSET_H
#define STL_PACK_ROWSET_H

#include "base/digest.h"
#include "base/index.h"
#include "pack/pool.h"
#include "pack/tables.h"

typedef struct stl_origin { /* where a row was read */
    uint32_t file;          /* text in the pool */
    uint32_t line;
} stl_origin;

typedef struct stl_rowset {
    const stl_table_spec *spec;
    int64_t *cells;
    stl_origin *origins;
    size_t n, cap;
    uint32_t *order; /* set by stl_rowset_sort */
} stl_rowset;

void stl_rowset_free(stl_rowset *set);
settle_status stl_rowset_add(stl_rowset *set, const int64_t *cells, stl_origin origin,
                             stl_error *err) STL_MUST_CHECK;
settle_status stl_rowset_append(stl_rowset *set, const stl_rowset *from,
                                stl_error *err) STL_MUST_CHECK;

/* Brings the rows into the order of their canonical bytes. */
settle_status stl_rowset_sort(stl_rowset *set, const stl_pool *pool, stl_error *err) STL_MUST_CHECK;

/* `failure` at the later line of the first two rows that share key and day; detail names the other.
 */
settle_status stl_rowset_unique(const stl_rowset *set, stl_table_key key, const stl_pool *pool,
                                settle_status failure, stl_error *err) STL_MUST_CHECK;

static inline const int64_t *stl_rowset_row(const stl_rowset *set, size_t row) {
    return set->cells + row * set->spec->n_columns;
}
stl_str stl_rowset_text(const stl_rowset *set, const stl_pool *pool, size_t row, size_t column,
                        char scratch[static STL_DECIMAL_TEXT_MAX]);

/* Appends one canonical row. */
void stl_canonical_row(stl_buf *out, const stl_table_spec *spec, const stl_str *cells);
/* All rows in their order (sorted before). */
settle_status stl_rowset_digest(const stl_rowset *set, const stl_pool *pool, stl_digest *digest,
                                stl_error *err) STL_MUST_CHECK;

/* Writes the rows as a table of an index; `memo` (one cell a text of the pool, STL_NONE at first)
 * is kept between the tables of one writer. */
settle_status stl_rowset_index(const stl_rowset *set, const stl_pool *pool, int64_t *memo,
                               stl_index_writer *writer, stl_error *err) STL_MUST_CHECK;
int64_t *stl_rowset_memo(const stl_pool *pool); /* to free(); NULL: out of memory */

#endif
