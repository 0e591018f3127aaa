/* SPDX-License-Identifier: Apache-2.0 */
/* Tables of a layout in memory: the columns it uses, the rows of the stays that are wanted. */
#include "load/layout_run.h"

enum { STEPS_MAX = 8 };

static void note_column(void *user, stl_str column) {
    const stl_table_data *data = ((void **)user)[0];
    bool *there = ((void **)user)[1];
    for (size_t i = 0; i < data->table->n_columns; i++)
        if (stl_str_eq_nocase(data->table->columns[i].name, column))
            there[i] = true;
}

/* Which columns there are; those that must be and are not are refused. */
static settle_status check_columns(stl_layout_run *run, stl_table_data *data, bool *there,
                                   stl_error *err) {
    void *user[] = {data, there};
    TRY(stl_tables_columns(run->tables, data->table->name.ptr, note_column, user, &data->there,
                           err));
    if (stl_tables_of_messages(run->tables, data->table->name.ptr))
        memset(there, true, data->table->n_columns);
    for (size_t i = 0; data->there && i < data->table->n_columns; i++)
        if (!there[i] && !data->table->columns[i].newer)
            return FAIL(err, SETTLE_E_INPUT_COLUMN_MISSING, .file = data->table->name.ptr,
                        .field = data->table->columns[i].name.ptr);
    return SETTLE_OK;
}

static const stl_layout_table *table_named(const stl_layout *layout, stl_str name) {
    for (size_t i = 0; i < layout->n_tables; i++)
        if (stl_str_eq_nocase(layout->tables[i].name, name))
            return &layout->tables[i];
    return NULL;
}

/* From the table to the column that holds the key of a stay; 0: no such way, all rows. */
static uint32_t steps_to_stay(const stl_layout *layout, const stl_layout_table *table,
                              settle_table_step *steps) {
    uint32_t n = 0;
    while (table != NULL && n < STEPS_MAX) {
        if (!stl_str_empty(table->stay)) {
            steps[n++] = (settle_table_step){table->stay.ptr, NULL, NULL};
            return n;
        }
        if (stl_str_empty(table->by))
            return 0;
        steps[n++] = (settle_table_step){table->by.ptr, table->in.ptr, table->of.ptr};
        table = table_named(layout, table->in);
    }
    return 0;
}

/* A key of several columns begins with the one that the tables are asked by. */
static settle_text first_part(const stl_layout *layout, const char *key) {
    stl_str text = stl_str_of(key);
    for (size_t i = 0; i < layout->n_records; i++) {
        const stl_layout_records *rec = &layout->records[i];
        for (size_t k = 0; rec->kind == STL_R_STAY && k < rec->fields.count; k++) {
            const stl_layout_value *v = &rec->fields.items[k];
            const char *end = v->has_join && stl_str_is(v->name, "mdtrt_id") && v->join.len > 0
                                  ? memmem(text.ptr, text.len, v->join.ptr, v->join.len)
                                  : NULL;
            if (end != NULL)
                return (settle_text){text.ptr, (uint64_t)(end - text.ptr)};
        }
    }
    return (settle_text){text.ptr, text.len};
}

stl_table_row *stl_table_data_row(stl_table_data *d, stl_arena *arena) {
    return stl_arena_push(arena, (void **)&d->rows, &d->n_rows, &d->cap_rows, sizeof *d->rows);
}

stl_str *stl_table_data_cells(const stl_table_data *d, stl_arena *arena) {
    return stl_arena_alloc(arena, d->table->n_columns * sizeof(stl_str));
}

/* Rows come in the order of what names them, so that two readings are one. */
static settle_status order_of(const stl_layout_run *run, const stl_layout_table *table,
                              settle_table_query *query, stl_error *err) {
    const stl_layout_refs *key = NULL;
    for (size_t i = 0; i < run->layout->n_records && key == NULL; i++)
        if (&run->layout->tables[run->layout->records[i].table] == table)
            key = &run->layout->records[i].key;
    for (size_t i = 0; i < run->layout->n_mappings && key == NULL; i++)
        if (&run->layout->tables[run->layout->mappings[i].table] == table)
            key = &run->layout->mappings[i].key;
    if (key == NULL)
        return SETTLE_OK;
    const char **order = stl_arena_alloc(run->arena, (key->count + 1) * sizeof *order);
    TRY_ALLOC(err, order);
    for (size_t i = 0; i < key->count; i++)
        order[i] = table->columns[key->items[i].column].name.ptr;
    query->order = order;
    query->n_order = (uint32_t)key->count;
    return SETTLE_OK;
}

typedef struct filling {
    stl_layout_run *run;
    stl_table_data *data;
    const size_t *places; /* of the columns asked for, in the table's */
    const char *place;    /* of the row before */
    bool stable;          /* texts live as long as the tables */
    stl_error *err;
} filling;

static settle_status on_row(void *user, const settle_text *texts, uint32_t n_texts,
                            const char *place, int64_t line) {
    filling *f = user;
    stl_table_data *d = f->data;
    if (f->place == NULL || strcmp(f->place, place) != 0)
        f->place = stl_arena_str(f->run->arena, stl_str_of(place)).ptr;
    TRY_ALLOC(f->err, f->place);
    stl_table_row *row = stl_table_data_row(d, f->run->arena);
    TRY_ALLOC(f->err, row);
    *row = (stl_table_row){stl_table_data_cells(d, f->run->arena), f->place, line};
    TRY_ALLOC(f->err, row->cells);
    for (uint32_t i = 0; i < n_texts; i++) {
        if (texts[i].ptr == NULL)
            continue;
        stl_str text = {texts[i].ptr, texts[i].len_bytes};
        text = f->stable ? text : stl_arena_str(f->run->arena, text);
        TRY_ALLOC(f->err, text.ptr);
        row->cells[f->places[i]] = text;
    }
    return SETTLE_OK;
}

settle_status stl_layout_query(const stl_layout_run *run, const stl_layout_table *table,
                               const bool *there, settle_table_query **out, stl_error *err) {
    settle_table_query *query = stl_arena_alloc(run->arena, sizeof *query);
    const char **names = stl_arena_alloc(run->arena, (table->n_columns + 1) * sizeof *names);
    settle_text *keys = stl_arena_alloc(run->arena, (run->ask->n_stays + 1) * sizeof *keys);
    settle_table_step *steps = stl_arena_alloc(run->arena, STEPS_MAX * sizeof *steps);
    TRY_ALLOC(err, query);
    TRY_ALLOC(err, names);
    TRY_ALLOC(err, keys);
    TRY_ALLOC(err, steps);
    *query = (settle_table_query){.struct_size = sizeof *query,
                                  .table = table->name.ptr,
                                  .columns = names,
                                  .steps = steps,
                                  .texts = keys};
    for (size_t i = 0; i < table->n_columns; i++)
        if (there[i])
            names[query->n_columns++] = table->columns[i].name.ptr;
    for (size_t i = 0; i < run->ask->n_stays; i++)
        keys[query->n_texts++] = first_part(run->layout, run->ask->stays[i]);
    query->n_steps = query->n_texts == 0 ? 0 : steps_to_stay(run->layout, table, steps);
    *out = query;
    return order_of(run, table, query, err);
}

static settle_status fetch(stl_layout_run *run, stl_table_data *data, const bool *there,
                           stl_error *err) {
    size_t n = 0,
           *places = stl_arena_alloc(run->arena, (data->table->n_columns + 1) * sizeof *places);
    settle_table_query *query;
    TRY_ALLOC(err, places);
    for (size_t i = 0; i < data->table->n_columns; i++)
        if (there[i])
            places[n++] = i;
    TRY(stl_layout_query(run, data->table, there, &query, err));
    bool stable = stl_tables_of_messages(run->tables, query->table);
    filling f = {run, data, places, NULL, stable, err};
    return stl_tables_rows(run->tables, query, on_row, &f, err);
}

settle_status stl_layout_load(stl_layout_run *run, size_t table, bool optional,
                              const stl_table_data **out, stl_error *err) {
    stl_table_data *data = &run->data[table];
    *out = data;
    if (!data->read) {
        data->table = &run->layout->tables[table];
        bool *there = stl_arena_alloc(run->arena, data->table->n_columns + 1);
        TRY_ALLOC(err, there);
        TRY(check_columns(run, data, there, err));
        if (data->there)
            TRY(fetch(run, data, there, err));
        data->read = true;
    }
    if (!data->there && !optional && !stl_str_empty(run->layout->source))
        return FAIL(err, SETTLE_E_INPUT_MESSAGE, .file = stl_tables_only_file(run->tables),
                    .field = data->table->name.ptr, .detail = "the messages have none");
    if (!data->there && !optional)
        return FAIL(err, SETTLE_E_INPUT_TABLE_MISSING, .file = data->table->name.ptr);
    return SETTLE_OK;
}
