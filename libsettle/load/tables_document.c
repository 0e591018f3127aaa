/* SPDX-License-Identifier: Apache-2.0 */
/* Tables in JSON and XML: read whole, since a column may first stand in the last row. */
#include "base/json.h"
#include "load/builder.h"
#include "load/tables_file.h"
#include "load/text_map.h"
#include "xml/reader.h"

typedef struct cell {
    size_t row, column;
    stl_str text;
} cell;

typedef struct document {
    stl_arena *arena;
    const char *file;
    stl_text_map columns;
    stl_str *names;
    size_t *last; /* by name: the number of the last row that has it */
    size_t n_names, cap_names, n_last, cap_last;
    cell *cells;
    size_t n_cells, cap_cells;
    int64_t *lines;
    size_t n_rows, cap_rows;
    int depth;
    int64_t line; /* of what is read now */
    stl_json_place at;
    bool begun; /* a row whose first column is still to come: its line is that of the row */
    size_t column;
    stl_buf text;
} document;

static settle_status refuse(const document *d, settle_status status, const char *detail,
                            stl_error *err) {
    return FAIL(err, status, .file = d->file, .line = d->line, .detail = detail);
}

static settle_status begin_row(document *d, stl_error *err) {
    int64_t *line =
        stl_arena_push(d->arena, (void **)&d->lines, &d->n_rows, &d->cap_rows, sizeof *line);
    TRY_ALLOC(err, line);
    *line = d->line;
    return SETTLE_OK;
}

static settle_status begin_cell(document *d, stl_str name, stl_error *err) {
    const int64_t *known = stl_text_map_find(&d->columns, name);
    if (known != NULL) {
        d->column = (size_t)*known;
        if (d->last[d->column] == d->n_rows)
            return FAIL(err, SETTLE_E_INPUT_COLUMN_TWICE, .file = d->file, .line = d->line,
                        .field = d->names[d->column].ptr);
        d->last[d->column] = d->n_rows;
        return SETTLE_OK;
    }
    stl_str *slot =
        stl_arena_push(d->arena, (void **)&d->names, &d->n_names, &d->cap_names, sizeof *slot);
    size_t *last =
        stl_arena_push(d->arena, (void **)&d->last, &d->n_last, &d->cap_last, sizeof *last);
    TRY_ALLOC(err, slot);
    TRY_ALLOC(err, last);
    *last = d->n_rows;
    *slot = stl_arena_str(d->arena, name);
    TRY_ALLOC(err, slot->ptr);
    d->column = d->n_names - 1;
    TRY_ALLOC(err, stl_text_map_at(&d->columns, d->arena, *slot, (int64_t)d->column));
    return SETTLE_OK;
}

static settle_status end_cell(document *d, stl_str text, stl_error *err) {
    cell *slot =
        stl_arena_push(d->arena, (void **)&d->cells, &d->n_cells, &d->cap_cells, sizeof *slot);
    TRY_ALLOC(err, slot);
    *slot = (cell){d->n_rows - 1, d->column, stl_arena_str(d->arena, text)};
    TRY_ALLOC(err, slot->text.ptr);
    return SETTLE_OK;
}

static settle_status hand_out(document *d, stl_table_out *out, stl_error *err) {
    TRY(stl_table_out_columns(out, d->names, d->n_names, err));
    if (out->query == NULL)
        return SETTLE_OK;
    stl_str *row = stl_arena_alloc(d->arena, (d->n_names + 1) * sizeof *row);
    TRY_ALLOC(err, row);
    for (size_t i = 0, at = 0; i < d->n_rows; i++) {
        memset(row, 0, d->n_names * sizeof *row);
        for (; at < d->n_cells && d->cells[at].row == i; at++)
            row[d->cells[at].column] = d->cells[at].text;
        TRY(stl_table_out_row(out, row, d->lines[i], err));
    }
    return SETTLE_OK;
}

static settle_status on_json(void *user, stl_json_event event, stl_str text, stl_error *err) {
    document *d = user;
    stl_json_follow(&d->at, text);
    d->line = d->at.line;
    switch (event) {
    case STL_JSON_ARRAY:
        return d->depth++ == 0 ? SETTLE_OK
                               : refuse(d, SETTLE_E_INPUT_JSON, "a row is a flat object", err);
    case STL_JSON_ARRAY_END:
        d->depth--;
        return SETTLE_OK;
    case STL_JSON_OBJECT:
        if (d->depth++ != 1)
            return refuse(d, SETTLE_E_INPUT_JSON, "a row is a flat object", err);
        d->begun = true;
        return begin_row(d, err);
    case STL_JSON_OBJECT_END:
        d->depth--;
        return SETTLE_OK;
    case STL_JSON_KEY:
        if (d->begun)
            d->lines[d->n_rows - 1] = d->line;
        d->begun = false;
        return begin_cell(d, text, err);
    case STL_JSON_NULL:
        return d->depth == 2 ? SETTLE_OK
                             : refuse(d, SETTLE_E_INPUT_JSON, "a row is a flat object", err);
    case STL_JSON_TRUE:
        return end_cell(d, STL_STR("1"), err);
    case STL_JSON_FALSE:
        return end_cell(d, STL_STR("0"), err);
    default:
        return d->depth == 2 ? end_cell(d, text, err)
                             : refuse(d, SETTLE_E_INPUT_JSON, "a row is a flat object", err);
    }
}

static settle_status parse_json(document *d, stl_str text, int64_t line, stl_error *err) {
    const stl_json_reader reader = {on_json, d};
    d->at = stl_json_begin(text, line);
    d->line = line;
    return stl_load_at(stl_json_read(text, &reader, err), err, d->file, d->line);
}

/* One object a line. */
static settle_status parse_lines(document *d, stl_str text, stl_error *err) {
    const char *at = text.ptr, *end = text.ptr + text.len;
    for (int64_t line = 1; at < end; line++) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        stl_str one = {at, (size_t)((stop == NULL ? end : stop) - at)};
        at = stop == NULL ? end : stop + 1;
        d->depth = 1;
        if (one.len > 0 && !stl_str_is(one, "\r"))
            TRY(parse_json(d, one, line, err));
    }
    return SETTLE_OK;
}

settle_status stl_table_json(const stl_input_file *file, stl_encoding encoding, stl_table_out *out,
                             stl_error *err) {
    SCOPED_BUF text = {0};
    document d = {.arena = out->arena, .file = file->base, .line = 1};
    TRY(stl_input_text(file, encoding, &text, err));
    bool lines = text.len > 0 && text.ptr[0] == '{';
    stl_str whole = {text.ptr, text.len};
    TRY(lines ? parse_lines(&d, whole, err) : parse_json(&d, whole, 1, err));
    return hand_out(&d, out, err);
}

static settle_status on_open(void *user, const stl_xml_element *e, stl_error *err) {
    document *d = user;
    d->line = e->line;
    d->text.len = 0;
    if (e->depth == 1)
        return begin_row(d, err);
    if (e->depth == 2)
        return begin_cell(d, e->name.local, err);
    return e->depth == 0 ? SETTLE_OK : refuse(d, SETTLE_E_INPUT_XML, "a column holds a text", err);
}

static settle_status on_text(void *user, stl_str text, stl_error *err) {
    document *d = user;
    stl_buf_str(&d->text, text);
    return stl_buf_ok(&d->text) ? SETTLE_OK : FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
}

static settle_status on_close(void *user, stl_xml_name name, int depth, stl_error *err) {
    document *d = user;
    (void)name;
    return depth == 2 ? end_cell(d, (stl_str){d->text.ptr, d->text.len}, err) : SETTLE_OK;
}

settle_status stl_table_xml(const stl_input_file *file, stl_encoding encoding, stl_table_out *out,
                            stl_error *err) {
    (void)encoding;
    document d = {.arena = out->arena, .file = file->base, .line = 1};
    const stl_xml_handler handler = {
        .open = on_open, .text = on_text, .close = on_close, .user = &d};
    settle_status status =
        stl_xml_parse_file(file->path, (stl_xml_limits){.max_depth = 4}, &handler, err);
    stl_buf_free(&d.text);
    TRY(status);
    return hand_out(&d, out, err);
}
