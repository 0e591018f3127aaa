/* SPDX-License-Identifier: Apache-2.0 */
#include "pack/rowset.h"

#include "base/mem.h"
#include <stdio.h>
#include <stdlib.h>

void stl_rowset_free(stl_rowset *set) {
    free(set->cells);
    free(set->origins);
    free(set->order);
    *set = (stl_rowset){.spec = set->spec};
}

static bool reserve(stl_rowset *set, size_t more) {
    if (more <= set->cap - set->n)
        return true;
    size_t cap = set->cap == 0 ? 64 : set->cap * 2;
    if (cap < set->n + more)
        cap = set->n + more;
    int64_t *cells = realloc(set->cells, cap * set->spec->n_columns * sizeof *cells);
    if (cells == NULL)
        return false;
    set->cells = cells;
    stl_origin *origins = realloc(set->origins, cap * sizeof *origins);
    if (origins == NULL)
        return false;
    set->origins = origins;
    set->cap = cap;
    return true;
}

settle_status stl_rowset_add(stl_rowset *set, const int64_t *cells, stl_origin origin,
                             stl_error *err) {
    if (set->n >= UINT32_MAX || !reserve(set, 1))
        return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    size_t width = set->spec->n_columns;
    memcpy(set->cells + set->n * width, cells, width * sizeof *cells);
    set->origins[set->n++] = origin;
    return SETTLE_OK;
}

settle_status stl_rowset_append(stl_rowset *set, const stl_rowset *from, stl_error *err) {
    if (from->n == 0)
        return SETTLE_OK;
    if (!reserve(set, from->n))
        return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    size_t width = set->spec->n_columns;
    memcpy(set->cells + set->n * width, from->cells, from->n * width * sizeof *from->cells);
    memcpy(set->origins + set->n, from->origins, from->n * sizeof *from->origins);
    set->n += from->n;
    return SETTLE_OK;
}

stl_str stl_rowset_text(const stl_rowset *set, const stl_pool *pool, size_t row, size_t column,
                        char scratch[static STL_DECIMAL_TEXT_MAX]) {
    int64_t cell = stl_rowset_row(set, row)[column];
    stl_field_kind kind = set->spec->columns[column].kind;
    return kind == STL_F_TEXT ? stl_pool_text(pool, (uint32_t)cell)
                              : stl_pack_number_text(kind, cell, scratch);
}

typedef struct ordering {
    const stl_rowset *set;
    const stl_pool *pool;
    stl_table_key key;
} ordering;

static uint32_t *identity_order(size_t n) {
    uint32_t *order = malloc((n + 1) * sizeof *order);
    for (size_t i = 0; order != NULL && i < n; i++)
        order[i] = (uint32_t)i;
    return order;
}

/* Tabs sort before every character that a cell may hold, so cells compare like the joined line. */
static int by_canonical_bytes(const void *a, const void *b, void *user) {
    const ordering *by = user;
    uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
    const int64_t *l = stl_rowset_row(by->set, left), *r = stl_rowset_row(by->set, right);
    for (size_t i = 0; i < by->set->spec->n_columns; i++) {
        if (l[i] == r[i])
            continue;
        char scratch_l[STL_DECIMAL_TEXT_MAX], scratch_r[STL_DECIMAL_TEXT_MAX];
        return stl_str_cmp(stl_rowset_text(by->set, by->pool, left, i, scratch_l),
                           stl_rowset_text(by->set, by->pool, right, i, scratch_r));
    }
    return left < right ? -1 : left > right;
}

settle_status stl_rowset_sort(stl_rowset *set, const stl_pool *pool, stl_error *err) {
    free(set->order);
    set->order = identity_order(set->n);
    TRY_ALLOC(err, set->order);
    ordering by = {.set = set, .pool = pool};
    qsort_r(set->order, set->n, sizeof *set->order, by_canonical_bytes, &by);
    return SETTLE_OK;
}

/* Only equality of the key matters here: numbers of texts do for texts. */
static int by_key_and_begin(const void *a, const void *b, void *user) {
    const ordering *by = user;
    uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
    const int64_t *l = stl_rowset_row(by->set, left), *r = stl_rowset_row(by->set, right);
    for (const int *column = by->key.columns; *column >= 0; column++)
        if (l[*column] != r[*column])
            return l[*column] < r[*column] ? -1 : 1;
    if (by->key.begin >= 0 && l[by->key.begin] != r[by->key.begin])
        return l[by->key.begin] < r[by->key.begin] ? -1 : 1;
    return left < right ? -1 : left > right;
}

static bool same_key(const int64_t *l, const int64_t *r, stl_table_key key) {
    for (const int *column = key.columns; *column >= 0; column++)
        if (l[*column] != r[*column])
            return false;
    return true;
}

static int64_t last_day(const int64_t *row, stl_table_key key) {
    return key.end < 0 || row[key.end] == STL_NONE ? INT64_MAX : row[key.end];
}

typedef struct clash {
    bool found;
    uint32_t earlier, later; /* rows, in the order of reading */
} clash;

static clash first_clash(const stl_rowset *set, stl_table_key key, const uint32_t *order) {
    clash first = {.found = false};
    uint32_t longest = 0;
    for (size_t i = 0; i < set->n; i++) {
        const int64_t *row = stl_rowset_row(set, order[i]);
        const int64_t *open = stl_rowset_row(set, longest);
        if (i == 0 || !same_key(row, open, key)) {
            longest = order[i];
            continue;
        }
        int64_t begin = key.begin < 0 ? INT64_MIN : row[key.begin];
        if (begin <= last_day(open, key)) {
            uint32_t later = order[i] > longest ? order[i] : longest;
            if (!first.found || later < first.later)
                first = (clash){true, order[i] ^ longest ^ later, later};
        }
        if (last_day(row, key) > last_day(open, key))
            longest = order[i];
    }
    return first;
}

settle_status stl_rowset_unique(const stl_rowset *set, stl_table_key key, const stl_pool *pool,
                                settle_status failure, stl_error *err) {
    SCOPED_FREE uint32_t *order = identity_order(set->n);
    TRY_ALLOC(err, order);
    ordering by = {.set = set, .pool = pool, .key = key};
    qsort_r(order, set->n, sizeof *order, by_key_and_begin, &by);
    clash first = first_clash(set, key, order);
    if (!first.found)
        return SETTLE_OK;
    stl_origin here = set->origins[first.later], there = set->origins[first.earlier];
    char scratch[STL_DECIMAL_TEXT_MAX], detail[256];
    snprintf(detail, sizeof detail, "%s as %s:%u",
             key.begin < 0 ? "the same key" : "the same key, in force on the same day",
             stl_pool_text(pool, there.file).ptr, there.line);
    return FAIL(err, failure, .file = stl_pool_text(pool, here.file).ptr, .line = here.line,
                .field = set->spec->columns[key.columns[0]].csv,
                .value = stl_rowset_text(set, pool, first.later, 0, scratch).ptr, .detail = detail);
}

void stl_canonical_row(stl_buf *out, const stl_table_spec *spec, const stl_str *cells) {
    stl_buf_text(out, spec->name);
    for (size_t i = 0; i < spec->n_columns; i++) {
        stl_buf_bytes(out, "\t", 1);
        stl_buf_str(out, cells[i]);
    }
    stl_buf_bytes(out, "\n", 1);
}

settle_status stl_rowset_digest(const stl_rowset *set, const stl_pool *pool, stl_digest *digest,
                                stl_error *err) {
    char scratch[STL_COLUMNS_MAX][STL_DECIMAL_TEXT_MAX];
    stl_str cells[STL_COLUMNS_MAX];
    SCOPED_BUF line = {0};
    for (size_t i = 0; i < set->n; i++) {
        for (size_t c = 0; c < set->spec->n_columns; c++)
            cells[c] = stl_rowset_text(set, pool, set->order[i], c, scratch[c]);
        line.len = 0;
        stl_canonical_row(&line, set->spec, cells);
        if (!stl_buf_ok(&line))
            return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
        if (!stl_digest_add(digest, line.ptr, line.len))
            return FAIL(err, SETTLE_E_INTERNAL, .detail = "SHA-256");
    }
    return SETTLE_OK;
}

int64_t *stl_rowset_memo(const stl_pool *pool) {
    size_t n = stl_pool_count(pool);
    int64_t *memo = malloc((n + 1) * sizeof *memo);
    for (size_t i = 0; memo != NULL && i < n; i++)
        memo[i] = STL_NONE;
    return memo;
}

settle_status stl_rowset_index(const stl_rowset *set, const stl_pool *pool, int64_t *memo,
                               stl_index_writer *writer, stl_error *err) {
    const stl_table_spec *spec = set->spec;
    TRY(stl_index_writer_table(writer, spec->name, spec->n_columns, err));
    int64_t cells[STL_COLUMNS_MAX];
    for (size_t i = 0; i < set->n; i++) {
        const int64_t *row = stl_rowset_row(set, set->order == NULL ? i : set->order[i]);
        for (size_t c = 0; c < spec->n_columns; c++) {
            cells[c] = row[c];
            if (spec->columns[c].kind != STL_F_TEXT)
                continue;
            if (memo[row[c]] == STL_NONE)
                TRY(stl_index_writer_text(writer, stl_pool_text(pool, (uint32_t)row[c]),
                                          &memo[row[c]], err));
            cells[c] = memo[row[c]];
        }
        TRY(stl_index_writer_row(writer, cells, err));
    }
    return SETTLE_OK;
}
