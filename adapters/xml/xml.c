/* SPDX-License-Identifier: Apache-2.0 */
/* schemas/stay-1.0.xsd: the records of the canonical input as XML. The root declares how many
 * records of each kind follow. */
#include "load/builtin.h"

#include "xml/reader.h"

#include <stdio.h>

#define NAMESPACE "urn:libsettle:stay:1.0"

enum { DEPTH_ROOT, DEPTH_GROUP, DEPTH_RECORD, DEPTH_FIELD };
enum { MAX_BYTES = 1024 * 1024 * 1024, MAX_DEPTH = 8 };

typedef struct span { /* of a name and its text in `texts` */
    size_t name, name_len, text, text_len;
} span;

typedef struct reading {
    stl_source_builder *builder;
    const char *file;
    stl_arena *arena;
    int kind;
    int depth; /* of the innermost open element */
    int64_t record_line, line;
    stl_buf texts;
    span *spans;
    size_t n_spans, cap_spans;
    stl_cell *cells;
    size_t cap_cells;
} reading;

static settle_status refuse(const reading *r, int64_t line, stl_str name, const char *detail,
                            stl_error *err) {
    SCOPED_BUF field = {0};
    stl_buf_str(&field, name);
    stl_buf_bytes(&field, "", 1);
    return FAIL(err, SETTLE_E_INPUT_SCHEMA, .file = r->file, .line = line,
                .field = stl_buf_ok(&field) ? field.ptr : NULL, .detail = detail);
}

static int kind_by_stem(stl_str name) {
    for (int kind = 0; kind < STL_R_KINDS; kind++)
        if (stl_str_is(name, STL_RECORD_TYPES[kind].stem))
            return kind;
    return -1;
}

static bool parse_count(stl_str text, size_t *out) {
    size_t value = 0;
    if (text.len == 0 || text.len > 9)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] < '0' || text.ptr[i] > '9')
            return false;
        value = value * 10 + (size_t)(text.ptr[i] - '0');
    }
    *out = value;
    return true;
}

static settle_status open_root(reading *r, const stl_xml_element *e, stl_error *err) {
    if (!stl_str_is(e->name.local, "input"))
        return refuse(r, e->line, e->name.local, "expected <input>", err);
    bool declared[STL_R_KINDS] = {false};
    for (size_t i = 0; i < e->n_attributes; i++) {
        const stl_xml_attribute *a = &e->attributes[i];
        int kind = stl_str_empty(a->name.uri) ? kind_by_stem(a->name.local) : -1;
        size_t count;
        if (!stl_str_empty(a->name.uri)) /* xsi:schemaLocation and the like */
            continue;
        if (kind < 0)
            return refuse(r, e->line, a->name.local, "no such kind of record", err);
        if (!parse_count(a->value, &count))
            return refuse(r, e->line, a->name.local, "expected a number of records", err);
        stl_source_builder_declare(r->builder, (stl_record_kind)kind, count, r->file);
        declared[kind] = true;
    }
    for (int kind = 0; kind < STL_R_KINDS; kind++) /* what is not declared is none */
        if (!declared[kind])
            stl_source_builder_declare(r->builder, (stl_record_kind)kind, 0, r->file);
    return SETTLE_OK;
}

static settle_status open_group(reading *r, const stl_xml_element *e, stl_error *err) {
    r->kind = kind_by_stem(e->name.local);
    if (r->kind < 0)
        return refuse(r, e->line, e->name.local, "no such kind of record", err);
    if (e->n_attributes > 0)
        return refuse(r, e->line, e->attributes[0].name.local, "a group has no attributes", err);
    stl_source_builder_given(r->builder, (stl_record_kind)r->kind);
    return SETTLE_OK;
}

static settle_status begin_field(reading *r, stl_str name, stl_error *err) {
    span *s = stl_arena_push(r->arena, (void **)&r->spans, &r->n_spans, &r->cap_spans, sizeof *s);
    TRY_ALLOC(err, s);
    s->name = r->texts.len;
    s->name_len = name.len;
    stl_buf_str(&r->texts, name);
    s->text = r->texts.len;
    s->text_len = 0;
    return SETTLE_OK;
}

static void append_text(reading *r, stl_str text) {
    stl_buf_str(&r->texts, text);
    r->spans[r->n_spans - 1].text_len += text.len;
}

static settle_status open_record(reading *r, const stl_xml_element *e, stl_error *err) {
    if (!stl_str_is(e->name.local, STL_RECORD_TYPES[r->kind].item))
        return refuse(r, e->line, e->name.local, STL_RECORD_TYPES[r->kind].item, err);
    r->record_line = e->line;
    r->texts.len = 0;
    r->n_spans = 0;
    for (size_t i = 0; i < e->n_attributes; i++) {
        TRY(begin_field(r, e->attributes[i].name.local, err));
        append_text(r, e->attributes[i].value);
    }
    return SETTLE_OK;
}

static settle_status open_field(reading *r, const stl_xml_element *e, stl_error *err) {
    if (e->n_attributes > 0)
        return refuse(r, e->line, e->name.local, "a field has no attributes", err);
    return begin_field(r, e->name.local, err);
}

static settle_status on_open(void *user, const stl_xml_element *e, stl_error *err) {
    static settle_status (*const BY_DEPTH[])(reading *, const stl_xml_element *, stl_error *) = {
        open_root, open_group, open_record, open_field};
    reading *r = user;
    if (!stl_str_is(e->name.uri, NAMESPACE))
        return refuse(r, e->line, e->name.local, "expected the namespace " NAMESPACE, err);
    if (e->depth > DEPTH_FIELD)
        return refuse(r, e->line, e->name.local, "a field holds text only", err);
    r->depth = e->depth;
    r->line = e->line;
    return BY_DEPTH[e->depth](r, e, err);
}

static settle_status on_text(void *user, stl_str text, stl_error *err) {
    reading *r = user;
    if (r->depth == DEPTH_FIELD) {
        append_text(r, text);
        return SETTLE_OK;
    }
    for (size_t i = 0; i < text.len; i++)
        if (strchr(" \t\r\n", text.ptr[i]) == NULL)
            return refuse(r, r->line, (stl_str){NULL, 0}, "text outside a field", err);
    return SETTLE_OK;
}

static settle_status end_record(reading *r, stl_error *err) {
    if (!stl_buf_ok(&r->texts))
        return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    if (r->n_spans > r->cap_cells) {
        r->cap_cells = r->cap_spans;
        r->cells = stl_arena_alloc(r->arena, r->cap_cells * sizeof *r->cells);
        TRY_ALLOC(err, r->cells);
    }
    for (size_t i = 0; i < r->n_spans; i++) {
        const span *s = &r->spans[i];
        r->cells[i] = (stl_cell){{r->texts.ptr + s->name, s->name_len},
                                 {r->texts.ptr + s->text, s->text_len}};
    }
    return stl_source_builder_add(r->builder, (stl_record_kind)r->kind, r->cells, r->n_spans,
                                  r->file, r->record_line, err);
}

static settle_status on_close(void *user, stl_xml_name name, int depth, stl_error *err) {
    reading *r = user;
    (void)name;
    r->depth = depth - 1;
    return depth == DEPTH_RECORD ? end_record(r, err) : SETTLE_OK;
}

/* The encoding is the document's own affair (its declaration). */
static settle_status read_file(stl_source_builder *builder, const stl_input_file *file,
                               stl_encoding encoding, stl_error *err) {
    (void)encoding;
    SCOPED_ARENA *arena = stl_arena_new();
    TRY_ALLOC(err, arena);
    reading r = {.builder = builder, .file = file->base, .arena = arena, .kind = -1};
    stl_xml_handler handler = {.open = on_open, .text = on_text, .close = on_close, .user = &r};
    stl_xml_limits limits = {.max_bytes = MAX_BYTES, .max_depth = MAX_DEPTH};
    settle_status status = stl_xml_parse_file(file->path, limits, &handler, err);
    stl_buf_free(&r.texts);
    if (status != SETTLE_OK && err != NULL) /* the reader names the path */
        snprintf(err->file, sizeof err->file, "%s", file->base);
    return status;
}

static bool is_xml(const char *base) {
    const char *dot = strrchr(base, '.');
    return dot != NULL && strcmp(dot, ".xml") == 0;
}

static settle_status open_xml(const stl_adapter_ask *ask, stl_source **out, stl_error *err) {
    static const stl_file_format XML = {is_xml, read_file};
    return stl_source_open_files(&XML, ask, out, err);
}

const stl_adapter STL_ADAPTER_XML = {"xml", open_xml};
