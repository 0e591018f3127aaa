/* SPDX-License-Identifier: Apache-2.0 */
#include "load/statement.h"

typedef struct writing {
    stl_buf *out;
    char quote;
    stl_str schema;
} writing;

/* A quote inside a name is doubled, as every dialect reads it. */
static void put_name(const writing *w, const char *name) {
    stl_buf_bytes(w->out, &w->quote, 1);
    for (const char *at = name; *at != '\0'; at++)
        stl_buf_bytes(w->out, *at == w->quote ? (char[]){w->quote, w->quote} : at,
                      *at == w->quote ? 2 : 1);
    stl_buf_bytes(w->out, &w->quote, 1);
}

static void put_table(const writing *w, const char *name) {
    if (!stl_str_empty(w->schema)) {
        put_name(w, w->schema.ptr);
        stl_buf_text(w->out, ".");
    }
    put_name(w, name);
}

static void put_texts(const writing *w, uint32_t n) {
    stl_buf_text(w->out, n == 1 ? " = ?" : " IN (?");
    for (uint32_t i = 1; i < n; i++)
        stl_buf_text(w->out, ", ?");
    stl_buf_text(w->out, n == 1 ? "" : ")");
}

void stl_statement(const settle_table_query *query, stl_str dialect, stl_str schema, stl_buf *out) {
    writing w = {out, stl_str_is(dialect, "mysql") ? '`' : '"', schema};
    stl_buf_text(out, "SELECT ");
    for (uint32_t i = 0; i < query->n_columns; i++) {
        stl_buf_text(out, i > 0 ? ", " : "");
        put_name(&w, query->columns[i]);
    }
    stl_buf_text(out, " FROM ");
    put_table(&w, query->table);
    for (uint32_t i = 0; i < query->n_steps; i++) {
        const settle_table_step *step = &query->steps[i];
        stl_buf_text(out, " WHERE ");
        put_name(&w, step->column);
        if (step->in_table == NULL) {
            put_texts(&w, query->n_texts);
            break;
        }
        stl_buf_text(out, " IN (SELECT ");
        put_name(&w, step->in_column);
        stl_buf_text(out, " FROM ");
        put_table(&w, step->in_table);
    }
    for (uint32_t i = 1; i < query->n_steps; i++)
        stl_buf_text(out, ")");
}
