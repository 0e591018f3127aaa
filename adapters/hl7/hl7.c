/* SPDX-License-Identifier: Apache-2.0 */
/* HL7 v2 messages as tables: `visit`, one row a visit, with what its newest message says of each
 * field; and one table a segment (FT1, DG1, ...). Columns: SEG-field[.component[.subcomponent]],
 * SEG-field:TYPE for the repetition of that type; of the message `visit`, `message`, `event`,
 * `sent`, `number`; of FT1 `quantity` and `amount`, negative where it takes back. */
#include "hl7.h"

#include <stdio.h>
#include <stdlib.h>

typedef enum column_kind {
    OF_FIELD,
    OF_VISIT,
    OF_MESSAGE,
    OF_EVENT,
    OF_SENT,
    OF_NUMBER,
    OF_SET,
    OF_QUANTITY,
    OF_AMOUNT
} column_kind;

typedef struct column {
    column_kind kind;
    char segment[4];
    size_t field, component, sub;
    stl_str tag;
} column;

typedef struct asking {
    const hl7 *h;
    const settle_table_query *query;
    column *columns;
    settle_text *texts;
    stl_arena *arena; /* of resolved escapes */
    settle_table_row_fn each;
    void *user;
    stl_error *err;
} asking;

static const struct {
    const char *name;
    column_kind kind;
} NAMED[] = {{"visit", OF_VISIT},       {"message", OF_MESSAGE}, {"event", OF_EVENT},
             {"sent", OF_SENT},         {"number", OF_NUMBER},   {"set", OF_SET},
             {"quantity", OF_QUANTITY}, {"amount", OF_AMOUNT}};

/* "PID-3.1.2", "PID-3:NI". */
static bool parse_field(const char *name, column *out) {
    char *end;
    if (strlen(name) < 5 || name[3] != '-')
        return false;
    *out = (column){.kind = OF_FIELD, .component = 1, .sub = 1};
    memcpy(out->segment, name, 3);
    out->field = strtoul(name + 4, &end, 10);
    if (*end == '.')
        out->component = strtoul(end + 1, &end, 10);
    if (*end == '.')
        out->sub = strtoul(end + 1, &end, 10);
    if (*end == ':')
        out->tag = stl_str_of(end + 1);
    return (*end == '\0' || *end == ':') && out->field > 0 && out->field < HL7_FIELDS &&
           out->component > 0 && out->sub > 0;
}

static settle_status parse_column(const settle_table_query *query, uint32_t i, column *out,
                                  stl_error *err) {
    for (size_t k = 0; k < sizeof NAMED / sizeof *NAMED; k++)
        if (strcmp(query->columns[i], NAMED[k].name) == 0) {
            *out = (column){.kind = NAMED[k].kind};
            return SETTLE_OK;
        }
    return parse_field(query->columns[i], out)
               ? SETTLE_OK
               : FAIL(err, SETTLE_E_INPUT_COLUMN_MISSING, .file = query->table,
                      .field = query->columns[i]);
}

static stl_str field_part(const asking *a, const hl7_message *m, const stl_str *fields, size_t n,
                          const column *c) {
    if (c->field >= n)
        return STL_STR("");
    return stl_hl7_part(&m->marks, fields[c->field], c->tag, c->component, c->sub, a->arena);
}

static const hl7_segment *first_of(const hl7 *h, const hl7_message *m, const char *id) {
    for (size_t i = 0; i < m->count; i++)
        if (memcmp(h->segments[m->first + i].id, id, 3) == 0)
            return &h->segments[m->first + i];
    return NULL;
}

static stl_str of_other(const asking *a, const hl7_message *m, const column *c) {
    stl_str fields[HL7_FIELDS];
    const hl7_segment *s = first_of(a->h, m, c->segment);
    if (s == NULL)
        return STL_STR("");
    size_t n = stl_hl7_split(&m->marks, s->text, fields);
    return field_part(a, m, fields, n, c);
}

/* FT1-10 or FT1-11 with the sign that the row has: a credit, or one of them negative, takes back.
 */
static stl_str with_sign(const asking *a, const hl7_message *m, const stl_str *fields, size_t n,
                         bool amount) {
    const column type = {.field = 6, .component = 1, .sub = 1},
                 quantity = {.field = 10, .component = 1, .sub = 1},
                 total = {.field = 11, .component = 1, .sub = 1};
    stl_str q = field_part(a, m, fields, n, &quantity), t = field_part(a, m, fields, n, &total);
    bool back = stl_str_is(field_part(a, m, fields, n, &type), "CD") ||
                (q.len > 0 && q.ptr[0] == '-') || (t.len > 0 && t.ptr[0] == '-');
    stl_str text = amount ? t : stl_str_empty(q) ? STL_STR("1") : q;
    if (text.len > 0 && (text.ptr[0] == '-' || text.ptr[0] == '+'))
        text = (stl_str){text.ptr + 1, text.len - 1};
    if (!back || stl_str_empty(text))
        return text;
    SCOPED_BUF out = {0};
    stl_buf_text(&out, "-");
    stl_buf_str(&out, text);
    return stl_buf_ok(&out) ? stl_arena_str(a->arena, (stl_str){out.ptr, out.len})
                            : (stl_str){NULL, 0};
}

static stl_str decimal_of(const asking *a, size_t number) {
    char text[24];
    int len = snprintf(text, sizeof text, "%zu", number);
    return stl_arena_str(a->arena, (stl_str){text, (size_t)len});
}

static stl_str cell_of(const asking *a, const hl7_segment *s, const stl_str *fields, size_t n,
                       const column *c) {
    const hl7_message *m = &a->h->messages[s->message];
    const column first = {.field = 1, .component = 1, .sub = 1},
                 sent = {.segment = "MSH", .field = 7, .component = 1, .sub = 1};
    switch (c->kind) {
    case OF_VISIT:
        return a->h->visits[m->visit].key;
    case OF_MESSAGE:
        return m->id;
    case OF_EVENT:
        return m->event;
    case OF_SENT:
        return of_other(a, m, &sent);
    case OF_NUMBER:
        return decimal_of(a, s->number);
    case OF_SET: /* within a group of FT1 the numbers begin anew */
        return s->nested ? STL_STR("") : field_part(a, m, fields, n, &first);
    case OF_QUANTITY:
    case OF_AMOUNT:
        return with_sign(a, m, fields, n, c->kind == OF_AMOUNT);
    default:
        return memcmp(c->segment, s->id, 3) == 0 ? field_part(a, m, fields, n, c)
                                                 : of_other(a, m, c);
    }
}

static settle_status hand_out(asking *a, const char *file, int64_t line) {
    return a->each(a->user, a->texts, a->query->n_columns, file, line);
}

static settle_status set(asking *a, uint32_t i, stl_str text) {
    TRY_ALLOC(a->err, text.ptr);
    a->texts[i] = (settle_text){text.len == 0 ? NULL : text.ptr, text.len};
    return SETTLE_OK;
}

static settle_status segment_rows(asking *a) {
    stl_str fields[HL7_FIELDS];
    for (size_t k = 0; k < a->h->n_segments; k++) {
        const hl7_segment *s = &a->h->segments[k];
        if (s->replaced || strcmp(s->id, a->query->table) != 0)
            continue;
        size_t n = stl_hl7_split(&a->h->messages[s->message].marks, s->text, fields);
        for (uint32_t i = 0; i < a->query->n_columns; i++)
            TRY(set(a, i, cell_of(a, s, fields, n, &a->columns[i])));
        TRY(hand_out(a, s->file, s->line));
    }
    return SETTLE_OK;
}

/* What the newest of its messages says that says anything. */
static stl_str newest(const asking *a, const hl7_visit *visit, const column *c) {
    stl_str text = STL_STR("");
    if (c->kind == OF_VISIT)
        return visit->key;
    for (size_t i = visit->n_messages; i > 0 && text.ptr != NULL && stl_str_empty(text); i--) {
        const hl7_message *m = &a->h->messages[visit->messages[i - 1]];
        text = c->kind == OF_FIELD ? of_other(a, m, c)
                                   : cell_of(a, &a->h->segments[m->first], NULL, 0, c);
    }
    return text;
}

static settle_status visit_rows(asking *a) {
    for (size_t v = 0; v < a->h->n_visits; v++) {
        const hl7_visit *visit = &a->h->visits[v];
        const hl7_message *last = &a->h->messages[visit->messages[visit->n_messages - 1]];
        const hl7_segment *pv1 = first_of(a->h, last, "PV1");
        for (uint32_t i = 0; i < a->query->n_columns; i++)
            TRY(set(a, i, newest(a, visit, &a->columns[i])));
        TRY(hand_out(a, last->file, pv1 == NULL ? last->line : pv1->line));
    }
    return SETTLE_OK;
}

static settle_status rows(const void *messages, const settle_table_query *query,
                          settle_table_row_fn each, void *user, stl_error *err) {
    SCOPED_ARENA *arena = stl_arena_new();
    TRY_ALLOC(err, arena);
    const hl7 *h = messages;
    asking a = {.h = h, .query = query, .arena = h->arena, .each = each, .user = user, .err = err};
    a.columns = stl_arena_alloc(arena, (query->n_columns + 1) * sizeof *a.columns);
    a.texts = stl_arena_alloc(arena, (query->n_columns + 1) * sizeof *a.texts);
    TRY_ALLOC(err, a.columns);
    TRY_ALLOC(err, a.texts);
    for (uint32_t i = 0; i < query->n_columns; i++)
        TRY(parse_column(query, i, &a.columns[i], err));
    return strcmp(query->table, "visit") == 0 ? visit_rows(&a) : segment_rows(&a);
}

static bool has(const void *messages, stl_str table) {
    const hl7 *h = messages;
    if (stl_str_is(table, "visit"))
        return h->n_visits > 0;
    for (size_t i = 0; i < h->n_segments; i++)
        if (stl_str_is(table, h->segments[i].id))
            return true;
    return false;
}

static settle_status open_messages(const stl_message_file *files, size_t n_files, stl_arena *arena,
                                   void **out, stl_error *err) {
    hl7 *h = stl_arena_alloc(arena, sizeof *h);
    TRY_ALLOC(err, h);
    h->arena = arena;
    for (size_t i = 0; i < n_files; i++)
        TRY(stl_hl7_read(h, &files[i], err));
    *out = h;
    return SETTLE_OK;
}

static bool is_mine(const char *base) {
    const char *dot = strrchr(base, '.');
    return dot != NULL && (strcmp(dot, ".hl7") == 0 || strcmp(dot, ".er7") == 0);
}

const stl_message_format STL_MESSAGES_HL7 = {
    .name = "hl7", .mine = is_mine, .open = open_messages, .has = has, .rows = rows};
