/* SPDX-License-Identifier: Apache-2.0 */
/* Rows that are one record: an item that a system writes in a row for each category of revenue. */
#include "load/builder.h"
#include "load/layout_run.h"

typedef struct merging {
    const stl_layout_run *run;
    const stl_layout_records *records;
    const stl_table_data *data;
    stl_table_data *merged;
    stl_text_map firsts; /* key: row in merged */
    stl_text_map rows;   /* key of a row that is part of one: where it stands in data */
} merging;

static settle_status begin(merging *m, const stl_layout_row *row, stl_error *err) {
    stl_table_row *slot = stl_table_data_row(m->merged, m->run->arena);
    TRY_ALLOC(err, slot);
    *slot = m->data->rows[row->at];
    if (m->records->merge_by.count == 0)
        return SETTLE_OK;
    slot->cells = stl_table_data_cells(m->data, m->run->arena);
    TRY_ALLOC(err, slot->cells);
    memcpy(slot->cells, row->base, m->data->table->n_columns * sizeof *slot->cells);
    return SETTLE_OK;
}

static settle_status add(const merging *m, const stl_layout_row *begun, const stl_layout_row *row,
                         const stl_layout_ref *ref, stl_str *sum, stl_error *err) {
    stl_str text = stl_layout_get(row, ref);
    stl_rational a = {0, 1}, b = {0, 1};
    if (!stl_str_empty(*sum) && !stl_rational_parse(*sum, &a))
        return stl_layout_row_fail(begun, SETTLE_E_INPUT_NUMBER, ref->name, sum, NULL, err);
    if (!stl_str_empty(text) && !stl_rational_parse(text, &b))
        return stl_layout_row_fail(row, SETTLE_E_INPUT_NUMBER, ref->name, &text, NULL, err);
    int64_t fixed;
    bool exact;
    char shown[STL_DECIMAL_TEXT_MAX];
    if (!stl_rational_add(a, b, &a) || !stl_rational_fixed(a, STL_SCALE_PRICE, &fixed, &exact) ||
        !exact)
        return stl_layout_row_fail(row, SETTLE_E_INPUT_RANGE, ref->name, &text, NULL, err);
    *sum =
        stl_arena_str(m->run->arena,
                      (stl_str){shown, stl_decimal_format_short(fixed, STL_SCALE_PRICE, 0, shown)});
    TRY_ALLOC(err, sum->ptr);
    return SETTLE_OK;
}

static settle_status join_in(merging *m, const stl_layout_row *row, size_t first, stl_error *err) {
    stl_str *cells = m->merged->rows[first].cells;
    const stl_layout_row begun = {
        .run = m->run, .records = m->records, .data = m->merged, .at = first, .base = cells};
    const stl_layout_refs *same = &m->records->merge_same, *sum = &m->records->merge_sum;
    for (size_t i = 0; i < same->count; i++) {
        stl_str text = stl_layout_get(row, &same->items[i]);
        if (!stl_str_eq(stl_layout_get(&begun, &same->items[i]), text))
            return stl_layout_row_fail(row, SETTLE_E_INPUT_NETTING, same->items[i].name, &text,
                                       "rows of one charge differ", err);
    }
    for (size_t i = 0; i < sum->count; i++)
        TRY(add(m, &begun, row, &sum->items[i], &cells[sum->items[i].column], err));
    return SETTLE_OK;
}

static bool are_same_columns(const stl_layout_refs *a, const stl_layout_refs *b) {
    bool same = a->count == b->count;
    for (size_t i = 0; same && i < a->count; i++)
        same = stl_str_eq(a->items[i].name, b->items[i].name);
    return same;
}

/* A row of the record whose key stood before is the same row once more, not a further part of the
 * record. Where rows are merged by their very key they are parts. */
static settle_status is_repeated(merging *m, const stl_layout_row *row, stl_str record, bool *out,
                                 stl_error *err) {
    *out = false;
    if (m->records->key.count == 0 || are_same_columns(&m->records->key, &m->records->merge_by))
        return SETTLE_OK;
    const stl_str parts[] = {record, stl_layout_key(row, &m->records->key)};
    TRY_ALLOC(err, parts[1].ptr);
    stl_str key = stl_layout_joined(parts, 2, m->run->arena);
    TRY_ALLOC(err, key.ptr);
    int64_t *first = stl_text_map_at(&m->rows, m->run->arena, key, (int64_t)row->at);
    TRY_ALLOC(err, first);
    *out = (size_t)*first != row->at;
    const stl_str *before = m->data->rows[*first].cells;
    for (size_t i = 0; *out && i < m->data->table->n_columns; i++)
        if (!stl_str_eq(before[i], row->base[i]))
            return stl_layout_row_fail(row, SETTLE_E_INPUT_DUPLICATE,
                                       m->data->table->columns[i].name, &row->base[i],
                                       "another row has this key", err);
    return SETTLE_OK;
}

/* Not the rows of a total, which are no records. */
static bool is_of_layout(const merging *m) {
    const stl_layout *layout = m->run->layout;
    for (size_t i = 0; i < layout->n_records; i++)
        if (m->records == &layout->records[i])
            return true;
    return false;
}

static settle_status take(merging *m, size_t at, stl_error *err) {
    stl_layout_row row = {.run = m->run, .records = m->records, .data = m->data, .at = at};
    bool keep;
    row.base = m->data->rows[at].cells;
    TRY(stl_layout_state_of(&row, &m->records->states, &keep, err));
    if (!keep)
        return SETTLE_OK;
    if (m->records->merge_by.count == 0)
        return begin(m, &row, err);
    TRY(stl_layout_let(&row, err));
    stl_str key = stl_layout_key(&row, &m->records->merge_by);
    bool repeated;
    TRY_ALLOC(err, key.ptr);
    TRY(is_repeated(m, &row, key, &repeated, err));
    if (repeated) {
        if (is_of_layout(m))
            stl_load_repeated(m->run->builder, m->records->kind);
        return SETTLE_OK;
    }
    const int64_t *known = stl_text_map_find(&m->firsts, key);
    if (known != NULL)
        return join_in(m, &row, (size_t)*known, err);
    TRY_ALLOC(err, stl_text_map_at(&m->firsts, m->run->arena, key, (int64_t)m->merged->n_rows));
    return begin(m, &row, err);
}

settle_status stl_layout_merge(const stl_layout_run *run, const stl_layout_records *records,
                               const stl_table_data *data, const stl_table_data **out,
                               stl_error *err) {
    merging m = {.run = run, .records = records, .data = data};
    m.merged = stl_arena_alloc(run->arena, sizeof *m.merged);
    TRY_ALLOC(err, m.merged);
    *m.merged = (stl_table_data){.table = data->table, .read = true, .there = data->there};
    for (size_t at = 0; at < data->n_rows; at++)
        TRY(take(&m, at, err));
    *out = m.merged;
    return SETTLE_OK;
}
