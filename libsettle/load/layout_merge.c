/* SPDX-License-Identifier: Apache-2.0 */
/* Rows that are one record: an item that a system writes in a row for each category of revenue. */
#include "load/layout_run.h"

typedef struct merging {
    const stl_layout_run *run;
    const stl_layout_records *records;
    const stl_table_data *data;
    stl_table_data *merged;
    stl_text_map firsts; /* key: row in merged */
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

static settle_status add(const merging *m, const stl_layout_row *row, const stl_layout_ref *ref,
                         stl_str *sum, stl_error *err) {
    stl_str text = stl_layout_get(row, ref);
    stl_rational a = {0, 1}, b = {0, 1};
    if ((!stl_str_empty(*sum) && !stl_rational_parse(*sum, &a)) ||
        (!stl_str_empty(text) && !stl_rational_parse(text, &b)))
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
    const stl_layout_row begun = {.run = m->run, .records = m->records, .base = cells};
    const stl_layout_refs *same = &m->records->merge_same, *sum = &m->records->merge_sum;
    for (size_t i = 0; i < same->count; i++) {
        stl_str text = stl_layout_get(row, &same->items[i]);
        if (!stl_str_eq(stl_layout_get(&begun, &same->items[i]), text))
            return stl_layout_row_fail(row, SETTLE_E_INPUT_NETTING, same->items[i].name, &text,
                                       "rows of one charge differ", err);
    }
    for (size_t i = 0; i < sum->count; i++)
        TRY(add(m, row, &sum->items[i], &cells[sum->items[i].column], err));
    return SETTLE_OK;
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
    TRY_ALLOC(err, key.ptr);
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
