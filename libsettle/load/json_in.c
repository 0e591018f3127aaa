/* SPDX-License-Identifier: Apache-2.0 */
/* One stay as a JSON object. Arrays may stand before "stay": they are then read in a second pass.
 */
#include "load/builder.h"

#include "base/json.h"

#include <stdio.h>

typedef enum level { OUTSIDE, IN_STAY_OBJECT, IN_ROWS, IN_RECORD } level;

typedef struct span { /* of a name and its text in `texts` */
    size_t name, name_len, text, text_len;
} span;

typedef struct reading {
    stl_source_builder *b;
    stl_json_place at;
    const char *file;
    int64_t record_line;
    level level;
    bool alone; /* the record is the value of "stay", not in an array */
    int kind;   /* of the array or record we are in; -1: none yet */
    size_t row; /* of the record in its array, from 1 */
    bool skip;  /* an array before "stay", or one read in the first pass */
    bool second_pass;
    bool deferred[STL_R_KINDS];
    bool any_deferred;
    int32_t stay; /* -1 until "stay" was read, or known from the beginning */
    bool headed;  /* "stay" was read */
    stl_buf texts;
    span *spans;
    size_t n_spans, cap_spans;
    stl_cell *cells;
    size_t cap_cells;
    bool open_span;
    stl_arena *arena;
} reading;

static settle_status refuse(const reading *r, const char *detail, stl_error *err) {
    return FAIL(err, SETTLE_E_INPUT_JSON, .file = r->file, .line = r->at.line, .detail = detail);
}

static int kind_of(stl_str key) {
    for (int kind = STL_R_STAY + 1; kind < STL_R_KINDS; kind++)
        if (stl_str_is(key, STL_RECORD_TYPES[kind].stem))
            return kind;
    return stl_str_is(key, "stay") ? STL_R_STAY : -1;
}

static settle_status on_top_key(reading *r, stl_str key, stl_error *err) {
    r->kind = kind_of(key);
    if (r->kind < 0) {
        SCOPED_BUF name = {0};
        stl_buf_str(&name, key);
        stl_buf_bytes(&name, "", 1);
        return FAIL(err, SETTLE_E_INPUT_JSON, .file = r->file, .line = r->at.line,
                    .field = stl_buf_ok(&name) ? name.ptr : NULL,
                    .detail = "expected stay, charges, diagnoses or another array of records");
    }
    return SETTLE_OK;
}

static void begin_record(reading *r, bool alone) {
    r->level = IN_RECORD;
    r->row++;
    r->alone = alone;
    r->record_line = r->at.line;
    r->texts.len = 0;
    r->n_spans = 0;
    r->open_span = false;
}

static settle_status on_top_value(reading *r, stl_json_event event, stl_error *err) {
    if (r->kind == STL_R_STAY && event == STL_JSON_OBJECT) {
        if (r->headed && !r->second_pass)
            return refuse(r, "stay stands twice", err);
        r->headed = true;
        r->skip = r->second_pass;
        begin_record(r, true);
        return SETTLE_OK;
    }
    if (r->kind <= STL_R_STAY || event != STL_JSON_ARRAY)
        return refuse(
            r, r->kind == STL_R_STAY ? "stay must be an object" : "records must stand in an array",
            err);
    r->level = IN_ROWS;
    r->row = 0;
    if (r->second_pass) {
        r->skip = !r->deferred[r->kind];
    } else if ((r->skip = r->stay < 0)) {
        r->deferred[r->kind] = r->any_deferred = true;
    } else if (r->deferred[r->kind]) {
        r->skip = true; /* the array stands twice: the second pass reads both */
    }
    if (!r->skip)
        r->b->stays[r->stay].stay->given[r->kind] = true;
    return SETTLE_OK;
}

static settle_status on_name(reading *r, stl_str name, stl_error *err) {
    if (r->n_spans == 0)
        r->record_line = r->at.line;
    span *s = stl_arena_push(r->arena, (void **)&r->spans, &r->n_spans, &r->cap_spans, sizeof *s);
    TRY_ALLOC(err, s);
    *s = (span){.name = r->texts.len, .name_len = name.len};
    stl_buf_str(&r->texts, name);
    r->open_span = true;
    return SETTLE_OK;
}

static settle_status on_text(reading *r, stl_str text) {
    span *s = &r->spans[r->n_spans - 1];
    s->text = r->texts.len;
    s->text_len = text.len;
    stl_buf_str(&r->texts, text);
    r->open_span = false;
    return SETTLE_OK;
}

static settle_status place_stay(reading *r, stl_error *err) {
    stl_str id = {NULL, 0};
    for (size_t i = 0; i < r->n_spans; i++)
        if (stl_str_is(r->cells[i].name, "mdtrt_id"))
            id = r->cells[i].text;
    int32_t known = r->stay;
    if (known >= 0 && stl_str_empty(id) && r->b->patches)
        return SETTLE_OK;
    TRY(stl_load_find(r->b, id, r->file, r->record_line, &r->stay, err));
    if (known >= 0 && known != r->stay)
        return FAIL(err, SETTLE_E_INPUT_ORPHAN, .file = r->file, .line = r->record_line,
                    .field = "mdtrt_id", .detail = "of another stay");
    return SETTLE_OK;
}

/* An object is often one line: the record is told by its number. */
static settle_status tell_record(const reading *r, settle_status status, stl_error *err) {
    if (status != SETTLE_OK && err != NULL && err->detail[0] == '\0' && !r->alone)
        snprintf(err->detail, sizeof err->detail, "%s, record %zu", STL_RECORD_TYPES[r->kind].stem,
                 r->row);
    return status;
}

static settle_status end_record(reading *r, stl_error *err) {
    r->level = r->alone ? IN_STAY_OBJECT : IN_ROWS;
    if (r->skip)
        return SETTLE_OK;
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
    if (r->alone)
        TRY(place_stay(r, err));
    settle_status status = stl_load_add(r->b, r->stay, (stl_record_kind)r->kind, r->cells,
                                        r->n_spans, r->file, r->record_line, err);
    return tell_record(r, status, err);
}

static settle_status refuse_value(const reading *r, stl_error *err) {
    const span *s = &r->spans[r->n_spans - 1];
    SCOPED_BUF name = {0};
    stl_buf_bytes(&name, r->texts.ptr + s->name, s->name_len);
    stl_buf_bytes(&name, "", 1);
    return FAIL(err, SETTLE_E_INPUT_JSON, .file = r->file, .line = r->at.line,
                .field = stl_buf_ok(&name) ? name.ptr : NULL,
                .detail = "a field must be a string, a number or null");
}

static settle_status in_record(reading *r, stl_json_event event, stl_str text, stl_error *err) {
    switch (event) {
    case STL_JSON_KEY:
        return on_name(r, text, err);
    case STL_JSON_STRING:
    case STL_JSON_NUMBER:
        return on_text(r, text);
    case STL_JSON_NULL:
        return on_text(r, (stl_str){NULL, 0});
    case STL_JSON_OBJECT_END:
        return end_record(r, err);
    default:
        return refuse_value(r, err);
    }
}

static settle_status on_event(void *user, stl_json_event event, stl_str text, stl_error *err) {
    reading *r = user;
    stl_json_follow(&r->at, text);
    switch (r->level) {
    case OUTSIDE:
        if (event != STL_JSON_OBJECT)
            return refuse(r, "a stay must be an object", err);
        r->level = IN_STAY_OBJECT;
        return SETTLE_OK;
    case IN_STAY_OBJECT:
        if (event == STL_JSON_KEY)
            return on_top_key(r, text, err);
        if (event != STL_JSON_OBJECT_END)
            return on_top_value(r, event, err);
        r->level = OUTSIDE;
        return SETTLE_OK;
    case IN_ROWS:
        if (event == STL_JSON_ARRAY_END) {
            r->level = IN_STAY_OBJECT;
            return SETTLE_OK;
        }
        if (event != STL_JSON_OBJECT)
            return refuse(r, "a record must be an object", err);
        begin_record(r, false);
        return SETTLE_OK;
    default:
        return in_record(r, event, text, err);
    }
}

static settle_status pass(reading *r, int64_t line, stl_error *err) {
    stl_json_reader reader = {on_event, r};
    r->at = stl_json_begin(r->at.input, line);
    r->level = OUTSIDE;
    settle_status status = stl_json_read(r->at.input, &reader, err);
    return stl_load_at(status, err, r->file, status == SETTLE_E_INPUT_JSON ? r->at.line : 0);
}

static settle_status read_stay(reading *r, int64_t line, stl_error *err) {
    TRY(pass(r, line, err));
    if (r->stay < 0)
        return FAIL(err, SETTLE_E_INPUT_MISSING, .file = r->file, .line = line, .field = "stay");
    if (!r->any_deferred)
        return SETTLE_OK;
    r->second_pass = true;
    return pass(r, line, err);
}

static settle_status add_json(stl_source_builder *b, stl_str json, const char *name, int64_t line,
                              int32_t stay, stl_error *err) {
    SCOPED_ARENA *arena = stl_arena_new();
    TRY_ALLOC(err, arena);
    reading r = {.b = b, .at.input = json, .file = name, .kind = -1, .stay = stay, .arena = arena};
    settle_status status = read_stay(&r, line, err);
    stl_buf_free(&r.texts);
    return status;
}

settle_status stl_source_builder_add_json(stl_source_builder *b, stl_str json, const char *name,
                                          int64_t line, stl_error *err) {
    return add_json(b, json, name, line, -1, err);
}

settle_status stl_source_builder_add_more(stl_source_builder *b, stl_str json, const char *name,
                                          int64_t line, stl_error *err) {
    return add_json(b, json, name, line, 0, err);
}

settle_status stl_source_builder_part(stl_source_builder *b, const stl_admission *head,
                                      stl_str json, const char *name, int64_t line,
                                      const stl_stay **out, stl_error *err) {
    int32_t stay;
    TRY(stl_load_find(b, head->mdtrt_id, name, line, &stay, err));
    b->stays[stay].stay->head = *head;
    TRY(add_json(b, json, name, line, stay, err));
    *out = b->stays[stay].stay;
    return SETTLE_OK;
}

settle_status stl_stay_from_json(stl_str json, const char *name, int64_t line, stl_source **out,
                                 stl_error *err) {
    SCOPED_BUILDER *builder = stl_source_builder_new();
    TRY_ALLOC(err, builder);
    TRY(stl_source_builder_add_json(builder, json, name, line, err));
    return stl_source_builder_finish(builder, out, err);
}
