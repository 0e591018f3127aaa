/* SPDX-License-Identifier: Apache-2.0 */
#include "load/tables_file.h"

#include "base/csv.h"
#include "load/builder.h"

settle_status stl_table_out_columns(stl_table_out *out, const stl_str *names, size_t n,
                                    stl_error *err) {
    for (size_t i = 0; out->column != NULL && i < n; i++)
        out->column(out->user, names[i]);
    if (out->query == NULL)
        return SETTLE_OK;
    out->places = stl_arena_alloc(out->arena, (out->query->n_columns + 1) * sizeof *out->places);
    out->texts = stl_arena_alloc(out->arena, (out->query->n_columns + 1) * sizeof *out->texts);
    TRY_ALLOC(err, out->places);
    TRY_ALLOC(err, out->texts);
    for (uint32_t i = 0; i < out->query->n_columns; i++) {
        size_t at = 0;
        while (at < n && !stl_str_eq_nocase(names[at], stl_str_of(out->query->columns[i])))
            at++;
        if (at == n)
            return FAIL(err, SETTLE_E_INPUT_COLUMN_MISSING, .file = out->file, .line = 1,
                        .field = out->query->columns[i]);
        out->places[i] = at;
        for (size_t twin = at + 1; twin < n; twin++)
            if (stl_str_eq_nocase(names[twin], names[at]))
                return FAIL(err, SETTLE_E_INPUT_COLUMN_TWICE, .file = out->file, .line = 1,
                            .field = out->query->columns[i]);
    }
    return SETTLE_OK;
}

settle_status stl_table_out_row(stl_table_out *out, const stl_str *cells, int64_t line,
                                stl_error *err) {
    for (uint32_t i = 0; i < out->query->n_columns; i++) {
        stl_str cell = cells[out->places[i]];
        out->texts[i] = (settle_text){cell.len == 0 ? NULL : cell.ptr, cell.len};
    }
    settle_status status = out->each(out->user, out->texts, out->query->n_columns, out->file, line);
    return stl_load_at(status, err, out->file, line);
}

/* No status of the library: the header was all that was wanted. */
enum { ENOUGH = 1 };

static settle_status on_header(void *user, const stl_csv_row *row, stl_error *err) {
    stl_table_out *out = user;
    TRY(stl_table_out_columns(out, row->cells, row->count, err));
    return out->query == NULL ? ENOUGH : SETTLE_OK;
}

static settle_status on_row(void *user, const stl_csv_row *row, stl_error *err) {
    return stl_table_out_row(user, row->cells, row->line, err);
}

settle_status stl_table_csv(const stl_input_file *file, stl_encoding encoding, stl_table_out *out,
                            stl_error *err) {
    const stl_csv_reader reader = {on_header, on_row, out};
    settle_status status = stl_csv_read_file(file->path, encoding, &reader, err);
    if (status == ENOUGH)
        stl_error_reset(err);
    return status == ENOUGH ? SETTLE_OK : status;
}
