/* SPDX-License-Identifier: Apache-2.0 */
/* The rows of a table made into records. */
#include "load/layout_run.h"

typedef struct making {
    stl_layout_run *run;
    const stl_layout_records *records;
    const stl_table_data *data; /* merged, of the states wanted */
    const stl_table_data *joined[STL_LAYOUT_JOINS];
    stl_text_map keys[STL_LAYOUT_JOINS];  /* of joined rows */
    stl_text_map twins[STL_LAYOUT_JOINS]; /* key: another row as good; -1 none */
    stl_text_map preferred;               /* mdtrt_id: the first of the order that occurs */
    stl_layout_mades *out;
} making;

/* The place of what the row says in an order; all the same where there is none. */
static settle_status place_in(const stl_layout_row *row, const stl_layout_refs *by,
                              const stl_names *order, size_t *out, stl_error *err) {
    *out = 0;
    if (by->count == 0)
        return SETTLE_OK;
    stl_str text = stl_layout_get(row, &by->items[0]);
    while (*out < order->count && !stl_str_eq(order->items[*out], text))
        ++*out;
    return *out < order->count ? SETTLE_OK
                               : stl_layout_row_fail(row, SETTLE_E_INPUT_CODE, by->items[0].name,
                                                     &text, "not in the order of the layout", err);
}

/* Several rows of one key: the first of the order counts. Two as good are refused where one of them
 * is asked for. */
static settle_status choose(making *m, size_t j, const stl_layout_row *row, stl_str key,
                            int64_t *known, stl_error *err) {
    const stl_layout_join *join = &m->records->joins[j];
    stl_layout_row before = *row;
    size_t place, known_place;
    before.at = (size_t)*known;
    before.base = row->data->rows[before.at].cells;
    TRY(place_in(row, &join->prefer, &join->prefer_order, &place, err));
    TRY(place_in(&before, &join->prefer, &join->prefer_order, &known_place, err));
    if (place > known_place)
        return SETTLE_OK;
    int64_t *twin = stl_text_map_at(&m->twins[j], m->run->arena, key, -1);
    TRY_ALLOC(err, twin);
    if (place < known_place)
        *known = (int64_t)row->at;
    *twin = place < known_place ? -1 : (int64_t)row->at;
    return SETTLE_OK;
}

/* How messages name a row of a joined table: by its key, unless that is a number of the person. */
static stl_layout_records named_joined(const making *m, const stl_layout_join *join) {
    stl_layout_records named = {
        .type = m->records->type, .fields = m->records->fields, .key = join->key};
    for (size_t i = 0; i < join->on.count; i++)
        if (stl_layout_is_personal(m->records, join->on.items[i].name))
            named.key.count = 0;
    return named;
}

static settle_status index_join(making *m, size_t j, stl_error *err) {
    const stl_layout_join *join = &m->records->joins[j];
    const stl_table_data *data;
    bool may_lack = join->optional && !stl_str_empty(m->run->layout->source);
    TRY(stl_layout_load(m->run, join->table, may_lack, &data, err));
    m->joined[j] = data;
    const stl_layout_records named = named_joined(m, join);
    for (size_t at = 0; at < data->n_rows; at++) {
        stl_layout_row row = {.run = m->run, .records = &named, .data = data, .at = at};
        bool keep;
        row.base = data->rows[at].cells;
        TRY(stl_layout_state_of(&row, &join->states, &keep, err));
        stl_str key = keep ? stl_layout_key(&row, &join->key) : STL_STR("");
        TRY_ALLOC(err, key.ptr);
        if (!keep)
            continue;
        int64_t *place = stl_text_map_at(&m->keys[j], m->run->arena, key, -1);
        TRY_ALLOC(err, place);
        if (*place < 0)
            *place = (int64_t)at;
        else
            TRY(choose(m, j, &row, key, place, err));
    }
    return SETTLE_OK;
}

static settle_status refuse_twin(const making *m, size_t j, size_t at, stl_error *err) {
    const stl_layout_join *join = &m->records->joins[j];
    const stl_layout_records named = named_joined(m, join);
    const stl_layout_row row = {.run = m->run,
                                .records = &named,
                                .data = m->joined[j],
                                .at = at,
                                .base = m->joined[j]->rows[at].cells};
    return stl_layout_row_fail(&row, SETTLE_E_INPUT_DUPLICATE, join->key.items[0].name, NULL,
                               "several rows where one is joined", err);
}

static settle_status join_row(const making *m, stl_layout_row *row, size_t j, stl_error *err) {
    const stl_layout_join *join = &m->records->joins[j];
    row->joined[j] = NULL;
    stl_str first = stl_layout_get(row, &join->on.items[0]);
    stl_str key = stl_layout_key(row, &join->on);
    TRY_ALLOC(err, key.ptr);
    const int64_t *at = stl_text_map_find(&m->keys[j], key);
    const int64_t *twin = stl_text_map_find(&m->twins[j], key);
    if (twin != NULL && *twin >= 0)
        return refuse_twin(m, j, (size_t)*twin, err);
    if (at != NULL)
        row->joined[j] = m->joined[j]->rows[*at].cells;
    else if (!join->optional)
        return stl_layout_row_fail(row, SETTLE_E_INPUT_ORPHAN, join->on.items[0].name, &first,
                                   m->joined[j]->table->name.ptr, err);
    return SETTLE_OK;
}

/* A field that several values tell has the first that is not empty. */
static settle_status tell(const stl_layout_row *row, const stl_layout_value *v,
                          stl_layout_made *made, stl_error *err) {
    stl_str *text = &made->texts[v->field];
    if (!stl_str_empty(*text))
        return SETTLE_OK;
    TRY(stl_layout_eval(row, v, NULL, text, err));
    if (text->ptr == NULL) /* told to be empty, which is not the same as not told */
        *text = STL_STR("");
    return SETTLE_OK;
}

static bool is_policy(const stl_layout_value *v, const char *policy) {
    return v->policy != NULL && strcmp(v->policy, policy) == 0;
}

/* Where the date of the policy is empty, that of the service is told. */
static settle_status fill(const making *m, const stl_layout_row *row, stl_layout_made *made,
                          stl_error *err) {
    const stl_layout_values *fields = &m->records->fields;
    for (size_t i = 0; i < fields->count; i++) {
        const stl_layout_value *v = &fields->items[i];
        if (v->policy == NULL || is_policy(v, m->run->date_policy))
            TRY(tell(row, v, made, err));
    }
    for (size_t i = 0; i < fields->count; i++) {
        const stl_layout_value *v = &fields->items[i];
        if (is_policy(v, "occur"))
            TRY(tell(row, v, made, err));
    }
    return SETTLE_OK;
}

static settle_status try_unit(const stl_layout_row *row, const stl_layout_unit *unit, bool last,
                              stl_layout_made *made, bool *fits, stl_error *err) {
    *fits = true;
    for (size_t i = 0; i < unit->fields.count && *fits; i++) {
        const stl_layout_value *v = &unit->fields.items[i];
        bool exact, reprices = v->field == row->records->slots.pric && unit->reprice >= 0;
        TRY(stl_layout_eval(row, v, last && !reprices ? NULL : &exact, &made->texts[v->field],
                            err));
        *fits = last || exact;
        if (made->texts[v->field].ptr == NULL)
            made->texts[v->field] = STL_STR("");
    }
    for (size_t i = 0; i < unit->fields.count && !*fits; i++)
        made->texts[unit->fields.items[i].field] = (stl_str){0};
    return SETTLE_OK;
}

static bool number_of(const stl_layout_made *made, int slot, int scale, int64_t *out) {
    *out = STL_NONE;
    return slot >= 0 && stl_decimal_parse(made->texts[slot], scale, out) == SETTLE_OK;
}

/* The price that the amount says, where price x quantity is another. */
static settle_status reprice(const stl_layout_row *row, int decimals, stl_layout_made *made,
                             stl_error *err) {
    int64_t cnt, pric, amount, expected;
    const stl_layout_slots *slots = &row->records->slots;
    if (!number_of(made, slots->cnt, STL_SCALE_QTY, &cnt) || cnt == 0 ||
        !number_of(made, slots->pric, STL_SCALE_PRICE, &pric) ||
        !number_of(made, slots->amount, STL_SCALE_MONEY, &amount))
        return SETTLE_OK;
    if (stl_money_of(cnt, pric, STL_ROUND_HALF_UP, &expected) == SETTLE_OK && expected == amount)
        return SETTLE_OK;
    stl_rational price = {amount, 100}, quantity = {cnt, STL_QTY_ONE};
    bool exact;
    char text[STL_DECIMAL_TEXT_MAX];
    if (!stl_rational_div(price, quantity, &price) ||
        !stl_rational_fixed(price, decimals, &pric, &exact))
        return stl_layout_row_fail(row, SETTLE_E_INPUT_RANGE, STL_STR("pric"), NULL, NULL, err);
    stl_str fixed = {text, stl_decimal_format(pric, decimals, text)};
    made->texts[slots->pric] = stl_arena_str(row->run->arena, fixed);
    TRY_ALLOC(err, made->texts[slots->pric].ptr);
    return SETTLE_OK;
}

static bool is_for(const stl_layout_unit *unit, const stl_layout_row *row) {
    return unit->when.count == 0 ||
           stl_names_have(&unit->is, row->run, stl_layout_get(row, &unit->when.items[0]));
}

static settle_status measure(const making *m, const stl_layout_row *row, stl_layout_made *made,
                             stl_error *err) {
    const stl_layout_unit *units = m->records->units;
    size_t n = m->records->n_units;
    bool fits = false;
    while (n > 0 && !is_for(&units[n - 1], row)) /* the last that is for the row refuses */
        n--;
    for (size_t i = 0; i < n && !fits; i++) {
        if (!is_for(&units[i], row))
            continue;
        TRY(try_unit(row, &units[i], i == n - 1, made, &fits, err));
        if (fits && units[i].reprice >= 0)
            TRY(reprice(row, units[i].reprice, made, err));
    }
    return SETTLE_OK;
}

/* What netting asks for; texts that are no numbers are the builder's to refuse. */
static settle_status weigh(const making *m, const stl_layout_row *row, stl_layout_made *made,
                           stl_error *err) {
    const stl_layout_slots *slots = &m->records->slots;
    made->cnt = made->pric = made->amount = STL_NONE;
    if (slots->mdtrt_id >= 0)
        made->mdtrt_id = made->texts[slots->mdtrt_id];
    if (m->records->type != &STL_RECORD_TYPES[STL_R_CHARGE])
        return SETTLE_OK;
    made->sn = made->texts[slots->feedetl_sn];
    made->init_sn = made->texts[slots->init_feedetl_sn];
    number_of(made, slots->cnt, STL_SCALE_QTY, &made->cnt);
    number_of(made, slots->pric, STL_SCALE_PRICE, &made->pric);
    number_of(made, slots->amount, STL_SCALE_MONEY, &made->amount);
    made->takes_back =
        (made->cnt != STL_NONE && made->cnt < 0) || (made->amount != STL_NONE && made->amount < 0);
    m->out->any_back |= made->takes_back;
    made->left_cnt = made->cnt;
    made->pair = stl_layout_key(row, &m->records->pair);
    made->group = stl_layout_key(row, &m->records->group);
    TRY_ALLOC(err, made->pair.ptr);
    TRY_ALLOC(err, made->group.ptr);
    return SETTLE_OK;
}

static settle_status prefer(making *m, const stl_layout_row *row, stl_layout_made *made,
                            stl_error *err) {
    if (m->records->prefer.count == 0)
        return SETTLE_OK;
    TRY(place_in(row, &m->records->prefer, &m->records->prefer_order, &made->preferred, err));
    int64_t *best =
        stl_text_map_at(&m->preferred, m->run->arena, made->mdtrt_id, (int64_t)made->preferred);
    TRY_ALLOC(err, best);
    if ((int64_t)made->preferred < *best)
        *best = (int64_t)made->preferred;
    return SETTLE_OK;
}

static bool is_wanted(const stl_layout_run *run, stl_str mdtrt_id) {
    for (size_t i = 0; i < run->ask->n_stays; i++)
        if (stl_str_is(mdtrt_id, run->ask->stays[i]))
            return true;
    return run->ask->n_stays == 0 || stl_str_empty(mdtrt_id);
}

static bool is_only(const stl_layout_row *row) {
    const stl_layout_states *onlys = &row->records->onlys;
    for (size_t i = 0; i < onlys->count; i++)
        if (!stl_names_have(&onlys->items[i].keep, row->run,
                            stl_layout_get(row, &onlys->items[i].column)))
            return false;
    return true;
}

static settle_status make_row(making *m, size_t at, stl_error *err) {
    const stl_layout_records *rec = m->records;
    stl_layout_row row = {.run = m->run, .records = rec, .data = m->data, .at = at};
    row.base = m->data->rows[at].cells;
    TRY(stl_layout_let(&row, err));
    for (size_t j = 0; j < rec->n_joins; j++)
        TRY(join_row(m, &row, j, err));
    if (!is_only(&row))
        return SETTLE_OK;
    stl_layout_made made = {
        .line = m->data->rows[at].line, .place = m->data->rows[at].place, .at = at};
    made.texts = stl_arena_alloc(m->run->arena, rec->type->n_fields * sizeof *made.texts);
    TRY_ALLOC(err, made.texts);
    TRY(fill(m, &row, &made, err));
    TRY(measure(m, &row, &made, err));
    TRY(weigh(m, &row, &made, err));
    if (!is_wanted(m->run, made.mdtrt_id))
        return SETTLE_OK;
    TRY(prefer(m, &row, &made, err));
    stl_layout_made *slot = stl_arena_push(m->run->arena, (void **)&m->out->items, &m->out->count,
                                           &m->out->cap, sizeof *slot);
    TRY_ALLOC(err, slot);
    *slot = made;
    return SETTLE_OK;
}

static void drop_unpreferred(const making *m) {
    size_t kept = 0;
    for (size_t i = 0; i < m->out->count; i++) {
        const stl_layout_made *made = &m->out->items[i];
        const int64_t *best = stl_text_map_find(&m->preferred, made->mdtrt_id);
        if (best == NULL || (int64_t)made->preferred == *best)
            m->out->items[kept++] = *made;
    }
    m->out->count = kept;
}

settle_status stl_layout_make(stl_layout_run *run, const stl_layout_records *records,
                              stl_layout_mades *out, stl_error *err) {
    making m = {.run = run, .records = records, .out = out};
    const stl_table_data *data;
    TRY(stl_layout_load(run, records->table, records->optional, &data, err));
    TRY(stl_layout_merge(run, records, data, &m.data, err));
    out->data = m.data;
    for (size_t j = 0; m.data->n_rows > 0 && j < records->n_joins; j++)
        TRY(index_join(&m, j, err));
    for (size_t at = 0; at < m.data->n_rows; at++)
        TRY(make_row(&m, at, err));
    drop_unpreferred(&m);
    return SETTLE_OK;
}
