/* SPDX-License-Identifier: Apache-2.0 */
#include "load/probe.h"

#include "base/text.h"
#include "load/foreign_date.h"
#include "load/layout_run.h"
#include "load/statement.h"

typedef struct probing {
    stl_layout_run run;
    stl_probe *out;
    stl_error *err;
} probing;

/* Where a name leads: a column of the records' own table, or of one that is joined. */
static stl_probe_column *column_of(const probing *p, const stl_layout_records *records,
                                   const stl_layout_ref *ref) {
    if (ref->kind != STL_REF_COLUMN && ref->kind != STL_REF_JOINED)
        return NULL;
    size_t table = ref->kind == STL_REF_COLUMN ? records->table : records->joins[ref->index].table;
    return &p->out->tables[table].columns[ref->column];
}

static void mark_values(const probing *p, const stl_layout_records *records,
                        const stl_layout_values *values) {
    for (size_t i = 0; i < values->count; i++)
        for (size_t k = 0; k < values->items[i].columns.count; k++) {
            stl_probe_column *c = column_of(p, records, &values->items[i].columns.items[k]);
            if (c == NULL)
                continue;
            c->has_words |= values->items[i].codes != NULL;
            c->has_dates |= values->items[i].date == STL_DATE_CIVIL;
        }
}

static void mark_states(const probing *p, const stl_layout_records *records,
                        const stl_layout_states *states) {
    for (size_t i = 0; i < states->count; i++) {
        stl_probe_column *c = column_of(p, records, &states->items[i].column);
        if (c != NULL)
            c->has_words = true;
    }
}

static void mark_records(const probing *p, const stl_layout_records *records) {
    p->out->tables[records->table].needed |= !records->optional;
    mark_states(p, records, &records->states);
    mark_values(p, records, &records->lets);
    mark_values(p, records, &records->fields);
    for (size_t i = 0; i < records->n_joins; i++) {
        p->out->tables[records->joins[i].table].needed |= !records->joins[i].optional;
        stl_layout_records of_join = {.table = records->joins[i].table};
        mark_states(p, &of_join, &records->joins[i].states);
    }
}

/* --- whether the layout knows a word ---------------------------------------------------------- */

static bool in_states(const probing *p, const stl_layout_records *records,
                      const stl_layout_states *states, const stl_probe_column *c, stl_str text,
                      bool *asked) {
    bool known = true;
    for (size_t i = 0; i < states->count; i++) {
        if (column_of(p, records, &states->items[i].column) != c)
            continue;
        *asked = true;
        known = known && (stl_names_have(&states->items[i].keep, &p->run, text) ||
                          stl_names_have(&states->items[i].drop, &p->run, text));
    }
    return known;
}

static bool in_codes(const probing *p, const stl_layout_records *records,
                     const stl_layout_values *values, const stl_probe_column *c, stl_str text,
                     bool *asked) {
    bool known = true;
    for (size_t i = 0; i < values->count; i++) {
        const stl_layout_codes *codes = values->items[i].codes;
        bool has = false, mine = false;
        for (size_t k = 0; k < values->items[i].columns.count; k++)
            mine = mine || column_of(p, records, &values->items[i].columns.items[k]) == c;
        if (codes == NULL || !mine)
            continue;
        *asked = true;
        for (size_t k = 0; k < codes->count && !has; k++)
            has = stl_str_eq(codes->items[k].from, text);
        known = known && (has || codes->otherwise != STL_CODES_REFUSE || stl_str_empty(text));
    }
    return known;
}

static bool is_known(const probing *p, const stl_probe_column *c, stl_str text) {
    bool known = true, asked = false;
    for (size_t i = 0; i < p->run.layout->n_records; i++) {
        const stl_layout_records *r = &p->run.layout->records[i];
        known = known && in_states(p, r, &r->states, c, text, &asked) &&
                in_codes(p, r, &r->fields, c, text, &asked) &&
                in_codes(p, r, &r->lets, c, text, &asked);
        for (size_t k = 0; k < r->n_joins; k++) {
            stl_layout_records of_join = {.table = r->joins[k].table};
            known = known && in_states(p, &of_join, &r->joins[k].states, c, text, &asked);
        }
    }
    return known && asked;
}

/* --- rows ------------------------------------------------------------------------------------- */

static settle_status note_word(const probing *p, stl_probe_column *c, stl_str text) {
    for (size_t i = 0; i < c->n_words; i++)
        if (stl_str_eq(c->words[i].text, text)) {
            c->words[i].rows++;
            return SETTLE_OK;
        }
    c->more_words = c->n_words == STL_PROBE_WORDS;
    if (c->more_words)
        return SETTLE_OK;
    stl_probe_word *slot =
        stl_arena_push(p->run.arena, (void **)&c->words, &c->n_words, &c->cap_words, sizeof *slot);
    TRY_ALLOC(p->err, slot);
    *slot = (stl_probe_word){stl_arena_str(p->run.arena, text), 1, is_known(p, c, text)};
    TRY_ALLOC(p->err, slot->text.ptr);
    return SETTLE_OK;
}

static void note_date(const probing *p, stl_probe_column *c, stl_str text) {
    stl_str never = STL_STR("never");
    const stl_names nevers = {&never, 1, 1};
    stl_instant at;
    if (stl_str_empty(text))
        return;
    if (stl_names_have(&nevers, &p->run, text))
        c->never++;
    else if (stl_foreign_instant(text, 0, &at))
        c->dates++;
    else
        c->undated++;
}

typedef struct counting {
    probing *p;
    stl_probe_table *table;
    stl_probe_column **asked;
} counting;

static settle_status on_row(void *user, const settle_text *texts, uint32_t n_texts,
                            const char *place, int64_t row) {
    counting *all = user;
    (void)place;
    (void)row;
    all->table->rows++;
    for (uint32_t i = 0; i < n_texts; i++) {
        stl_probe_column *c = all->asked[i];
        stl_str text = {texts[i].ptr == NULL ? "" : texts[i].ptr, texts[i].len_bytes};
        while (text.len > 0 && text.ptr[text.len - 1] == ' ')
            text.len--;
        size_t characters = stl_utf8_count(text);
        c->filled += text.len > 0;
        c->longest = characters > c->longest ? characters : c->longest;
        if (c->has_words)
            TRY(note_word(all->p, c, text));
        if (c->has_dates)
            note_date(all->p, c, text);
    }
    return SETTLE_OK;
}

static void on_column(void *user, stl_str name) {
    stl_probe_table *t = user;
    for (size_t i = 0; i < t->table->n_columns; i++)
        t->columns[i].there |= stl_str_eq_nocase(t->columns[i].column->name, name);
}

static settle_status write_statement(probing *p, stl_probe_table *t,
                                     const settle_table_query *query) {
    SCOPED_BUF text = {0};
    stl_sql_names names = STL_SQL_AS_WRITTEN;
    names.quote = stl_sql_quote_of(p->run.layout->dialect);
    if (p->run.tables == NULL)
        TRY(stl_sql_select(query, &names, &text, p->err));
    else
        TRY(stl_tables_statement(p->run.tables, query, &text, p->err));
    t->statement = stl_arena_str(p->run.arena, (stl_str){text.ptr, text.len});
    TRY_ALLOC(p->err, t->statement.ptr);
    return SETTLE_OK;
}

/* All columns of the table, or those that are there. */
static settle_status ask_rows(probing *p, stl_probe_table *t) {
    bool *there = stl_arena_alloc(p->run.arena, t->table->n_columns + 1);
    stl_probe_column **asked =
        stl_arena_alloc(p->run.arena, (t->table->n_columns + 1) * sizeof *asked);
    settle_table_query *query;
    TRY_ALLOC(p->err, there);
    TRY_ALLOC(p->err, asked);
    size_t n = 0;
    for (size_t i = 0; i < t->table->n_columns; i++) {
        there[i] = p->run.tables == NULL || t->columns[i].there;
        if (there[i])
            asked[n++] = &t->columns[i];
    }
    if (n == 0)
        return SETTLE_OK;
    TRY(stl_layout_query(&p->run, t->table, there, &query, p->err));
    TRY(write_statement(p, t, query));
    counting all = {p, t, asked};
    return p->run.tables == NULL ? SETTLE_OK
                                 : stl_tables_rows(p->run.tables, query, on_row, &all, p->err);
}

static settle_status probe_table(probing *p, size_t i) {
    stl_probe_table *t = &p->out->tables[i];
    if (p->run.tables != NULL) {
        TRY(stl_tables_columns(p->run.tables, t->table->name.ptr, on_column, t, &t->there, p->err));
        for (size_t k = 0;
             stl_tables_of_messages(p->run.tables, t->table->name.ptr) && k < t->table->n_columns;
             k++)
            t->columns[k].there = true;
        TRY(stl_tables_place(p->run.tables, t->table->name.ptr, &t->file, &t->encoding, p->err));
        if (t->file != NULL) /* the tables are gone when it is told */
            t->file = stl_arena_str(p->run.arena, stl_str_of(t->file)).ptr;
        if (t->file == NULL && t->encoding != NULL)
            return FAIL(p->err, SETTLE_E_NO_MEMORY, .field = NULL);
    }
    if (p->run.tables != NULL && !t->there)
        return SETTLE_OK;
    stl_error *outer = p->err;
    p->err = &t->unasked;
    settle_status status = ask_rows(p, t);
    p->err = outer;
    return status == SETTLE_E_NO_MEMORY ? FAIL(outer, status, .field = NULL) : SETTLE_OK;
}

static settle_status make_room(probing *p) {
    const stl_layout *layout = p->run.layout;
    p->out->tables =
        stl_arena_alloc(p->run.arena, (layout->n_tables + 1) * sizeof(stl_probe_table));
    TRY_ALLOC(p->err, p->out->tables);
    for (size_t i = 0; i < layout->n_tables; i++) {
        stl_probe_table *t = &p->out->tables[i];
        t->table = &layout->tables[i];
        t->columns =
            stl_arena_alloc(p->run.arena, (t->table->n_columns + 1) * sizeof(stl_probe_column));
        TRY_ALLOC(p->err, t->columns);
        for (size_t k = 0; k < t->table->n_columns; k++)
            t->columns[k].column = &t->table->columns[k];
    }
    for (size_t i = 0; i < layout->n_records; i++)
        mark_records(p, &layout->records[i]);
    return SETTLE_OK;
}

settle_status stl_probe_layout(const stl_layout *layout, const stl_adapter_ask *ask,
                               stl_arena *arena, stl_probe *out, stl_error *err) {
    SCOPED_TABLES *tables = NULL;
    static const char *const ANY = "?";
    stl_adapter_ask one = *ask;
    if (ask->n_paths > 0) {
        TRY(stl_tables_open(ask, layout->source, &tables, err));
    } else { /* what would be asked for one stay */
        one.stays = &ANY;
        one.n_stays = 1;
    }
    *out = (stl_probe){.layout = layout};
    probing p = {{.layout = layout, .ask = &one, .arena = arena, .tables = tables}, out, err};
    TRY(make_room(&p));
    if (tables != NULL)
        TRY(stl_tables_product(tables, arena, &out->product, err));
    for (size_t i = 0; i < layout->n_tables; i++)
        TRY(probe_table(&p, i));
    return SETTLE_OK;
}
