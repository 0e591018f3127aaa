/* SPDX-License-Identifier: Apache-2.0 */
/* A whole input read by a layout. */
#include "load/layout_run.h"

enum { PLACE_MAX = 192 };

static bool is_value(const stl_layout_option *option) {
    for (size_t i = 0; i < option->values.count; i++)
        if (stl_str_eq(option->values.items[i], option->value))
            return true;
    return option->values.count == 0;
}

settle_status stl_layout_configure(stl_layout *layout, const stl_adapter_site *site,
                                   stl_error *err) {
    SCOPED_BUF section = {0};
    stl_buf_text(&section, "adapter ");
    stl_buf_str(&section, layout->name);
    SCOPED_FREE char *name = stl_buf_take(&section);
    TRY_ALLOC(err, name);
    for (size_t i = 0; i < layout->n_options; i++) {
        stl_layout_option *option = &layout->options[i];
        option->value = stl_site_option_of(site, name, option->name.ptr);
        if (stl_str_empty(option->value))
            option->value = stl_site_option_of(site, "institution", option->name.ptr);
        if (stl_str_empty(option->value) && !option->has_fallback)
            return FAIL(err, SETTLE_E_ADAPTER_OPTION, .file = "settle.ini",
                        .field = option->name.ptr, .value = name, .detail = option->says.ptr);
        if (stl_str_empty(option->value))
            option->value = option->fallback;
        if (!is_value(option))
            return FAIL(err, SETTLE_E_ADAPTER_OPTION, .file = "settle.ini",
                        .field = option->name.ptr, .value = option->value.ptr,
                        .detail = option->says.ptr);
    }
    return SETTLE_OK;
}

static const char *policy_of(const stl_layout *layout) {
    for (size_t i = 0; i < layout->n_options; i++)
        if (stl_str_is(layout->options[i].name, "date"))
            return layout->options[i].value.ptr;
    return "occur";
}

/* Of several sources of a kind the first in rank that has a row of the stay supplies it. */
static settle_status is_supplied(stl_layout_run *run, const stl_layout_records *rec,
                                 const stl_layout_made *made, bool *out, stl_error *err) {
    *out = false;
    if (rec->rank == STL_NONE)
        return SETTLE_OK;
    int64_t *by = stl_text_map_at(&run->ranked[rec->kind], run->arena, made->mdtrt_id, rec->rank);
    TRY_ALLOC(err, by);
    *out = *by != rec->rank;
    return SETTLE_OK;
}

static settle_status add_sum(stl_layout_run *run, const stl_layout_made *made, stl_error *err) {
    if (made->amount == STL_NONE || run->layout->n_totals == 0)
        return SETTLE_OK;
    const stl_str parts[] = {made->mdtrt_id, made->sn};
    stl_str key = stl_layout_joined(parts, 2, run->arena);
    TRY_ALLOC(err, key.ptr);
    int64_t *times = stl_text_map_at(&run->summed, run->arena, key, 0);
    TRY_ALLOC(err, times);
    if (++*times > 1) /* the same once more: the builder compares them */
        return SETTLE_OK;
    int64_t *sum = stl_text_map_at(&run->sums, run->arena, made->mdtrt_id, 0);
    TRY_ALLOC(err, sum);
    return stl_decimal_add(*sum, made->amount, sum);
}

static settle_status note_stay(stl_layout_run *run, const stl_layout_records *rec,
                               const stl_layout_made *made, stl_error *err) {
    stl_str psn_no = made->texts[rec->slots.psn_no];
    TRY_ALLOC(err, stl_text_map_at(&run->stays, run->arena, made->mdtrt_id, 0));
    TRY_ALLOC(err, stl_text_map_at(&run->persons, run->arena, psn_no, 0));
    return SETTLE_OK;
}

/* Table and key of the row that a record was made of. */
static void place_of(const stl_layout_run *run, const stl_layout_records *rec,
                     const stl_layout_mades *mades, const stl_layout_made *made, char *out,
                     size_t cap) {
    const stl_layout_row row = {.run = run,
                                .records = rec,
                                .data = mades->data,
                                .at = made->at,
                                .base = mades->data->rows[made->at].cells};
    stl_layout_row_place(&row, out, cap);
}

/* The builder knows where the row stands, not its key. */
static settle_status with_key(settle_status status, const char *place, const stl_layout_made *made,
                              stl_error *err) {
    if (err == NULL || strcmp(err->file, made->place) != 0 || err->line != made->line)
        return status;
    const stl_error told = *err;
    return stl_error_fail(err, status, told.born_file, told.born_line,
                          (stl_place){.file = place,
                                      .line = told.line,
                                      .field = told.field,
                                      .value = told.value,
                                      .detail = told.detail,
                                      .native = told.native});
}

/* The fields that were told, those that are empty too. */
static settle_status add(const stl_layout_run *run, const stl_layout_records *rec,
                         const stl_layout_mades *mades, const stl_layout_made *made,
                         const stl_str *names, stl_cell *cells, stl_error *err) {
    size_t n = 0;
    for (size_t i = 0; i < STL_RECORD_TYPES[rec->kind].n_fields; i++)
        if (made->texts[i].ptr != NULL)
            cells[n++] = (stl_cell){names[i], made->texts[i]};
    settle_status status =
        stl_source_builder_add(run->builder, rec->kind, cells, n, made->place, made->line, err);
    if (status == SETTLE_OK)
        return SETTLE_OK;
    char place[PLACE_MAX];
    place_of(run, rec, mades, made, place, sizeof place);
    return with_key(status, place, made, err);
}

static settle_status emit(stl_layout_run *run, const stl_layout_records *rec, stl_error *err) {
    stl_layout_mades mades = {0};
    const stl_record_type *type = &STL_RECORD_TYPES[rec->kind];
    stl_cell *cells = stl_arena_alloc(run->arena, type->n_fields * sizeof *cells);
    stl_str *names = stl_arena_alloc(run->arena, type->n_fields * sizeof *names);
    TRY_ALLOC(err, cells);
    TRY_ALLOC(err, names);
    for (size_t i = 0; i < type->n_fields; i++)
        names[i] = stl_str_of(type->fields[i].name);
    TRY(stl_layout_make(run, rec, &mades, err));
    TRY(stl_layout_net(run, rec, &mades, err));
    if (run->data[rec->table].there)
        stl_source_builder_given(run->builder, rec->kind);
    for (size_t i = 0; i < mades.count; i++) {
        const stl_layout_made *made = &mades.items[i];
        bool supplied;
        TRY(is_supplied(run, rec, made, &supplied, err));
        if (supplied)
            continue;
        TRY(add_sum(run, made, err));
        if (rec->kind == STL_R_STAY)
            TRY(note_stay(run, rec, made, err));
        TRY(add(run, rec, &mades, made, names, cells, err));
    }
    return SETTLE_OK;
}

static const char *sum_column(const stl_layout_values *fields) {
    size_t i = 0;
    while (!stl_str_is(fields->items[i].name, "medfee_sumamt")) /* the reader saw to it */
        i++;
    return stl_layout_column_of(&fields->items[i]).ptr;
}

/* What the system says the charges of a stay come to, against what was read. */
static settle_status check_total(stl_layout_run *run, const stl_layout_total *total,
                                 stl_error *err) {
    stl_layout_mades mades = {0};
    TRY(stl_layout_make(run, &total->records, &mades, err));
    for (size_t i = 0; i < mades.count; i++) {
        const stl_layout_made *made = &mades.items[i];
        const int64_t *known = stl_text_map_find(&run->sums, made->mdtrt_id);
        bool here = stl_text_map_find(&run->stays, made->mdtrt_id) != NULL;
        stl_money sum = known == NULL ? 0 : *known;
        stl_str told = made->texts[total->records.slots.sum];
        stl_money amount;
        char ours[STL_DECIMAL_TEXT_MAX];
        if (!here || stl_decimal_parse(told, STL_SCALE_MONEY, &amount) != SETTLE_OK)
            continue;
        stl_money apart = sum > amount ? sum - amount : amount - sum;
        if (apart <= total->tolerance)
            continue;
        stl_decimal_format(sum, STL_SCALE_MONEY, ours);
        SCOPED_BUF detail = {0};
        stl_buf_printf(&detail, "charges come to %s", ours);
        char place[PLACE_MAX];
        place_of(run, &total->records, &mades, made, place, sizeof place);
        return FAIL(err, SETTLE_E_INPUT_SUMS, .file = place, .line = made->line,
                    .field = sum_column(&total->records.fields), .value = told.ptr,
                    .detail = stl_buf_ok(&detail) ? detail.ptr : NULL);
    }
    return SETTLE_OK;
}

static settle_status read_all(stl_layout_run *run, stl_error *err) {
    for (size_t i = 0; i < run->layout->n_records; i++)
        TRY(emit(run, &run->layout->records[i], err));
    TRY(stl_layout_beside(run, err));
    for (size_t i = 0; i < run->layout->n_totals; i++)
        TRY(check_total(run, &run->layout->totals[i], err));
    return SETTLE_OK;
}

settle_status stl_layout_open(const stl_layout *layout, const stl_adapter_ask *ask,
                              stl_source **out, stl_error *err) {
    SCOPED_ARENA *arena = stl_arena_new();
    SCOPED_BUILDER *builder = stl_source_builder_new();
    SCOPED_TABLES *tables = NULL;
    TRY_ALLOC(err, arena);
    TRY_ALLOC(err, builder);
    TRY(stl_tables_open(ask, layout->source, &tables, err));
    stl_layout_run run = {.layout = layout,
                          .ask = ask,
                          .arena = arena,
                          .tables = tables,
                          .builder = builder,
                          .date_policy = policy_of(layout)};
    run.data = stl_arena_alloc(arena, (layout->n_tables + 1) * sizeof *run.data);
    TRY_ALLOC(err, run.data);
    TRY(read_all(&run, err));
    TRY(stl_tables_pass_over(tables, builder, err));
    return stl_source_builder_finish(builder, out, err);
}
