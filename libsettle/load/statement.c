/* SPDX-License-Identifier: Apache-2.0 */
#include "load/statement.h"

typedef struct writing {
    const stl_sql_names *names;
    const settle_table_query *query;
    stl_buf *out;
    stl_error *err;
} writing;

/* A quote within a name is doubled. */
static void put_name(const writing *w, stl_str name) {
    stl_buf_str(w->out, w->names->quote);
    for (size_t i = 0; i < name.len; i++) {
        if (w->names->quote.len == 1 && name.ptr[i] == w->names->quote.ptr[0])
            stl_buf_str(w->out, w->names->quote);
        stl_buf_bytes(w->out, name.ptr + i, 1);
    }
    stl_buf_str(w->out, w->names->quote);
}

static settle_status put_column(const writing *w, const char *table, const char *column) {
    stl_str name;
    TRY(w->names->column(w->names->user, table, column, &name, w->err));
    put_name(w, name);
    return SETTLE_OK;
}

static settle_status put_table(const writing *w, const char *table) {
    stl_str schema, name;
    TRY(w->names->table(w->names->user, table, &schema, &name, w->err));
    stl_buf_text(w->out, " FROM ");
    if (!stl_str_empty(schema)) {
        put_name(w, schema);
        stl_buf_text(w->out, ".");
    }
    put_name(w, name);
    return SETTLE_OK;
}

static void put_places(const writing *w) {
    if (w->query->n_texts == 1) {
        stl_buf_text(w->out, " = ?");
        return;
    }
    for (uint32_t i = 0; i < w->query->n_texts; i++)
        stl_buf_text(w->out, i == 0 ? " IN (?" : ", ?");
    stl_buf_text(w->out, ")");
}

static settle_status put_steps(const writing *w) {
    const char *table = w->query->table;
    for (uint32_t i = 0; i < w->query->n_steps; i++) {
        const settle_table_step *step = &w->query->steps[i];
        stl_buf_text(w->out, " WHERE ");
        TRY(put_column(w, table, step->column));
        if (step->in_table == NULL)
            break;
        stl_buf_text(w->out, " IN (SELECT ");
        TRY(put_column(w, step->in_table, step->in_column));
        TRY(put_table(w, step->in_table));
        table = step->in_table;
    }
    if (w->query->n_steps == 0)
        return SETTLE_OK;
    put_places(w);
    for (uint32_t i = 1; i < w->query->n_steps; i++)
        stl_buf_text(w->out, ")");
    return SETTLE_OK;
}

settle_status stl_sql_select(const settle_table_query *query, const stl_sql_names *names,
                             stl_buf *out, stl_error *err) {
    const writing w = {names, query, out, err};
    for (uint32_t i = 0; i < query->n_columns; i++) {
        stl_buf_text(out, i == 0 ? "SELECT " : ", ");
        TRY(put_column(&w, query->table, query->columns[i]));
    }
    TRY(put_table(&w, query->table));
    TRY(put_steps(&w));
    for (uint32_t i = 0; i < query->n_order; i++) {
        stl_buf_text(out, i == 0 ? " ORDER BY " : ", ");
        TRY(put_column(&w, query->table, query->order[i]));
    }
    return stl_buf_ok(out) ? SETTLE_OK : FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
}

static settle_status table_as_written(void *user, const char *table, stl_str *schema, stl_str *name,
                                      stl_error *err) {
    (void)user;
    (void)err;
    *schema = STL_STR("");
    *name = stl_str_of(table);
    return SETTLE_OK;
}

static settle_status column_as_written(void *user, const char *table, const char *column,
                                       stl_str *name, stl_error *err) {
    (void)user;
    (void)table;
    (void)err;
    *name = stl_str_of(column);
    return SETTLE_OK;
}

const stl_sql_names STL_SQL_AS_WRITTEN = {
    .quote = {"\"", 1}, .table = table_as_written, .column = column_as_written};

stl_str stl_sql_quote_of(stl_str dialect) {
    return stl_str_is(dialect, "mysql") ? STL_STR("`") : STL_STR("\"");
}
