/* SPDX-License-Identifier: Apache-2.0 */
#include "model/region.h"

#define COLUMN_SPEC(prefix, name, csv, kind) {csv, kind},
#define COLUMN_SPECS(id, name, file, columns)                                                      \
    static const stl_column_spec id##_SPECS[] = {columns(COLUMN_SPEC)};
STL_TABLES(COLUMN_SPECS)

#define TABLE_SPEC(id, name, file, columns)                                                        \
    [STL_T_##id] = {name, file, id##_SPECS, sizeof id##_SPECS / sizeof *id##_SPECS},
const stl_table_spec STL_TABLE_SPECS[STL_T_COUNT] = {STL_TABLES(TABLE_SPEC)};

void stl_span_narrow(stl_span *span, int64_t begin, int64_t end, stl_day day) {
    if (begin != STL_NONE && day < begin) {
        span->last = span->last < begin - 1 ? span->last : begin - 1;
    } else if (end != STL_NONE && day > end) {
        span->first = span->first > end + 1 ? span->first : end + 1;
    } else {
        if (begin != STL_NONE && begin > span->first)
            span->first = begin;
        if (end != STL_NONE && end < span->last)
            span->last = end;
    }
}

const int64_t *stl_region_row_within(const stl_index_table *table, stl_str key, size_t begin_col,
                                     size_t end_col, stl_day day, stl_span *span) {
    stl_index_rows found = stl_index_get(table, key);
    const int64_t *best = NULL;
    for (size_t i = 0; i < found.count; i++) {
        const int64_t *row = found.rows + i * table->n_cols;
        stl_span_narrow(span, row[begin_col], row[end_col], day);
        if (stl_row_in_force(row, begin_col, end_col, day) &&
            (best == NULL || row[begin_col] > best[begin_col]))
            best = row;
    }
    return best;
}

const int64_t *stl_region_row_on(const stl_index_table *table, stl_str key, size_t begin_col,
                                 size_t end_col, stl_day day) {
    stl_span unused = STL_SPAN_ALWAYS;
    return stl_region_row_within(table, key, begin_col, end_col, day, &unused);
}

stl_str stl_region_parameter(const stl_region *region, const char *rule_id, const char *name,
                             stl_day day) {
    const stl_index_table *table = &region->tables[STL_T_PARAMETERS];
    stl_index_rows rows = stl_index_get(table, stl_str_of(rule_id));
    for (size_t i = 0; i < rows.count; i++) {
        const int64_t *row = rows.rows + i * STL_PAR_COLS;
        if (stl_str_is(stl_index_text(table, row[STL_PAR_NAME]), name) &&
            stl_row_in_force(row, STL_PAR_BEGIN, STL_PAR_END, day))
            return stl_index_text(table, row[STL_PAR_VALUE]);
    }
    return STL_STR("");
}

/* How well `item` fits: 0 not, else the more the longer the text that agrees; equal beats prefix.
 */
static size_t fit(stl_str pattern, stl_str item) {
    if (stl_str_empty(pattern))
        return 0;
    stl_str prefix = {pattern.ptr, pattern.len - 1};
    if (pattern.ptr[prefix.len] == '*')
        return stl_str_starts(item, prefix) ? 2 * prefix.len + 1 : 0;
    return stl_str_eq(pattern, item) ? 2 * pattern.len + 2 : 0;
}

const int64_t *stl_region_listed(const stl_region *region, stl_str list, stl_str item,
                                 stl_day day) {
    const stl_index_table *table = &region->tables[STL_T_LISTS];
    stl_index_rows rows = stl_index_get(table, list);
    const int64_t *best = NULL;
    size_t best_fit = 0;
    for (size_t i = 0; i < rows.count; i++) {
        const int64_t *row = rows.rows + i * STL_LIST_COLS;
        size_t fits = fit(stl_index_text(table, row[STL_LIST_ITEM]), item);
        if (fits > best_fit && stl_row_in_force(row, STL_LIST_BEGIN, STL_LIST_END, day)) {
            best = row;
            best_fit = fits;
        }
    }
    return best;
}
