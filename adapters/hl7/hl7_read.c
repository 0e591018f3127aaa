/* SPDX-License-Identifier: Apache-2.0 */
#include "hl7.h"

#include "base/text.h"

#include <stdio.h>

enum { MESSAGES_END = 28, MESSAGES_BEGIN = 11 }; /* of the lower layer protocol */

/* Messages whose segments say what a visit is and costs. */
static const struct {
    const char *type, *event;
} KINDS[] = {{"DFT", "P03"}, {"DFT", "P11"}, {"BAR", "P01"},
             {"BAR", "P05"}, {"BAR", "P06"}, {"BAR", "P12"}};

const char *const STL_HL7_SETS[HL7_SETS] = {"DG1", "PR1"};

typedef struct reader {
    hl7 *h;
    const stl_message_file *file;
    int64_t line;
    size_t batch;              /* messages since the last batch header */
    size_t batches;            /* since the header of the file */
    bool open;                 /* a message */
    bool framed;               /* 0x0B stood, not yet 0x1C */
    bool in_batch, in_batches; /* their headers stood, not yet their trailers */
    stl_error *err;
} reader;

static settle_status refuse(const reader *r, int64_t line, const char *field, stl_str value,
                            const char *detail) {
    SCOPED_BUF text = {0};
    stl_buf_str(&text, value);
    SCOPED_FREE char *shown = stl_str_empty(value) ? NULL : stl_buf_take(&text);
    return FAIL(r->err, SETTLE_E_INPUT_MESSAGE, .file = r->file->file, .line = line, .field = field,
                .value = shown, .detail = detail);
}

size_t stl_hl7_split(const hl7_marks *marks, stl_str segment, stl_str fields[static HL7_FIELDS]) {
    size_t n = 0;
    const char *at = segment.ptr, *end = segment.ptr + segment.len;
    bool header = segment.len > 3 && segment.ptr[1] != '\0' &&
                  (memcmp(segment.ptr, "MSH", 3) == 0 || memcmp(segment.ptr, "BHS", 3) == 0 ||
                   memcmp(segment.ptr, "FHS", 3) == 0);
    while (n < HL7_FIELDS) {
        const char *stop = memchr(at, marks->field, (size_t)(end - at));
        fields[n++] = (stl_str){at, (size_t)((stop == NULL ? end : stop) - at)};
        if (n == 1 && header)
            fields[n++] = (stl_str){segment.ptr + 3, 1};
        if (stop == NULL)
            break;
        at = stop + 1;
    }
    return n;
}

/* The part number `n` from 1 of what `mark` divides. */
static stl_str part(stl_str text, char mark, size_t n) {
    const char *at = text.ptr, *end = text.ptr + text.len;
    for (;; n--) {
        const char *stop = at == end ? NULL : memchr(at, mark, (size_t)(end - at));
        if (n == 1)
            return (stl_str){at, (size_t)((stop == NULL ? end : stop) - at)};
        if (stop == NULL)
            return STL_STR("");
        at = stop + 1;
    }
}

static int hex(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* What stands between two escape characters; one that is not known stays as it is. */
static void put_escape(const hl7_marks *m, stl_str code, stl_buf *out) {
    const char *marks = "FSTRE";
    const char values[] = {m->field, m->component, m->sub, m->repetition, m->escape};
    const char *known = code.len == 1 ? strchr(marks, code.ptr[0]) : NULL;
    if (known != NULL) {
        stl_buf_bytes(out, &values[known - marks], 1);
    } else if (code.len > 1 && code.ptr[0] == 'X' && code.len % 2 == 1) {
        for (size_t i = 1; i + 1 < code.len; i += 2) {
            int byte = hex(code.ptr[i]) * 16 + hex(code.ptr[i + 1]);
            char c = (char)byte;
            stl_buf_bytes(out, &c, hex(code.ptr[i]) >= 0 && hex(code.ptr[i + 1]) >= 0 && byte > 0);
        }
    } else if (stl_str_starts(code, STL_STR(".br"))) {
        stl_buf_text(out, " ");
    } else if (!stl_str_is(code, "H") && !stl_str_is(code, "N")) {
        stl_buf_bytes(out, &m->escape, 1);
        stl_buf_str(out, code);
        stl_buf_bytes(out, &m->escape, 1);
    }
}

static stl_str unescaped(const hl7_marks *m, stl_str text, stl_arena *arena) {
    SCOPED_BUF out = {0};
    const char *end = text.ptr + text.len, *stop;
    const char *at = text.ptr, *mark = memchr(at, m->escape, text.len);
    if (mark == NULL)
        return text;
    while (mark != NULL && (stop = memchr(mark + 1, m->escape, (size_t)(end - mark - 1))) != NULL) {
        stl_buf_bytes(&out, at, (size_t)(mark - at));
        put_escape(m, (stl_str){mark + 1, (size_t)(stop - mark - 1)}, &out);
        at = stop + 1;
        mark = at == end ? NULL : memchr(at, m->escape, (size_t)(end - at));
    }
    stl_buf_bytes(&out, at, (size_t)(end - at));
    bool good = stl_buf_ok(&out) && stl_utf8_valid(out.ptr, out.len) == out.len;
    return good ? stl_arena_str(arena, (stl_str){out.ptr, out.len}) : text;
}

/* Most fields are one text. */
static bool is_plain(const hl7_marks *m, stl_str field) {
    for (size_t i = 0; i < field.len; i++)
        if (m->divides[(unsigned char)field.ptr[i]])
            return false;
    return true;
}

stl_str stl_hl7_part(const hl7_marks *m, stl_str field, stl_str tag, size_t component, size_t sub,
                     stl_arena *arena) {
    if (field.len == 0 || (stl_str_empty(tag) && is_plain(m, field)))
        return component == 1 && sub == 1 && field.len > 0 ? field : STL_STR("");
    stl_str one = part(field, m->repetition, 1);
    const char *end = field.ptr + field.len;
    while (!stl_str_empty(tag) && !stl_str_eq(part(one, m->component, 5), tag)) {
        if (one.ptr + one.len == end)
            return STL_STR("");
        const char *next = one.ptr + one.len + 1;
        one = part((stl_str){next, (size_t)(end - next)}, m->repetition, 1);
    }
    one = part(part(one, m->component, component), m->sub, sub);
    if (stl_str_is(one, "\"\""))
        return STL_STR("");
    return one.len == 0 ? STL_STR("") : unescaped(m, one, arena);
}

/* --- messages --------------------------------------------------------------------------------- */

static hl7_message *last_message(const reader *r) {
    return &r->h->messages[r->h->n_messages - 1];
}

static hl7_count *count_of(const hl7_message *m, const char *id) {
    for (size_t i = 0; i < m->n_kinds; i++)
        if (memcmp(m->kinds[i].id, id, 3) == 0)
            return &m->kinds[i];
    return NULL;
}

static settle_status add_segment(reader *r, stl_str text) {
    hl7_message *message = last_message(r);
    hl7_segment *slot = stl_arena_push(r->h->arena, (void **)&r->h->segments, &r->h->n_segments,
                                       &r->h->cap_segments, sizeof *slot);
    TRY_ALLOC(r->err, slot);
    *slot = (hl7_segment){
        .text = text, .file = r->file->file, .line = r->line, .message = r->h->n_messages - 1};
    memcpy(slot->id, text.ptr, 3);
    hl7_count *kind = count_of(message, slot->id);
    if (kind == NULL) {
        kind = stl_arena_push(r->h->arena, (void **)&message->kinds, &message->n_kinds,
                              &message->cap_kinds, sizeof *kind);
        TRY_ALLOC(r->err, kind);
        memcpy(kind->id, slot->id, sizeof kind->id);
    }
    slot->number = ++kind->segments;
    slot->nested = count_of(message, "FT1") != NULL && stl_str_is(message->event, "P11");
    message->count++;
    return SETTLE_OK;
}

static settle_status check_kind(const reader *r, const hl7_message *m) {
    for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++)
        if (stl_str_is(m->type, KINDS[i].type) && stl_str_is(m->event, KINDS[i].event))
            return SETTLE_OK;
    stl_str shown = stl_str_empty(m->event) ? m->type : m->event;
    return refuse(r, r->line, "MSH-9", shown, "messages of this kind are not read");
}

/* Charges without a serial are told apart by the number of their message: it is one sender's. */
static settle_status check_sender(reader *r, const hl7_message *m) {
    size_t number = r->h->n_messages - 1;
    int64_t *first = stl_text_map_at(&r->h->by_id, r->h->arena, m->id, (int64_t)number);
    TRY_ALLOC(r->err, first);
    const hl7_message *other = &r->h->messages[*first];
    if (stl_str_eq(other->application, m->application) && stl_str_eq(other->facility, m->facility))
        return SETTLE_OK;
    return refuse(r, r->line, "MSH-10", m->id, "a message of another sender has this number");
}

static void note_dividers(hl7_marks *m) {
    const char marks[] = {m->component, m->repetition, m->escape, m->sub, '"'};
    for (size_t i = 0; i < sizeof marks; i++)
        m->divides[(unsigned char)marks[i]] = true;
}

static settle_status begin_message(reader *r, stl_str text) {
    stl_str fields[HL7_FIELDS];
    if (text.len < 8)
        return refuse(r, r->line, "MSH-2", STL_STR(""), "the separators are missing");
    hl7_message *slot = stl_arena_push(r->h->arena, (void **)&r->h->messages, &r->h->n_messages,
                                       &r->h->cap_messages, sizeof *slot);
    TRY_ALLOC(r->err, slot);
    *slot = (hl7_message){.marks = {.field = text.ptr[3],
                                    .component = text.ptr[4],
                                    .repetition = text.ptr[5],
                                    .escape = text.ptr[6],
                                    .sub = text.ptr[7]},
                          .file = r->file->file,
                          .line = r->line,
                          .first = r->h->n_segments};
    if (slot->marks.sub == slot->marks.field) /* an old sender without subcomponents */
        slot->marks.sub = '\x01';
    note_dividers(&slot->marks);
    size_t n = stl_hl7_split(&slot->marks, text, fields);
    if (n < 11)
        return refuse(r, r->line, "MSH-10", STL_STR(""), "the header ends too early");
    slot->type = stl_hl7_part(&slot->marks, fields[9], STL_STR(""), 1, 1, r->h->arena);
    slot->event = stl_hl7_part(&slot->marks, fields[9], STL_STR(""), 2, 1, r->h->arena);
    slot->id = stl_hl7_part(&slot->marks, fields[10], STL_STR(""), 1, 1, r->h->arena);
    slot->sent = stl_hl7_part(&slot->marks, fields[7], STL_STR(""), 1, 1, r->h->arena);
    slot->application = fields[3];
    slot->facility = fields[4];
    r->open = true;
    r->batch++;
    TRY(check_kind(r, slot));
    TRY(check_sender(r, slot));
    return add_segment(r, text);
}

static const hl7_segment *segment_of(const hl7 *h, const hl7_message *m, const char *id) {
    for (size_t i = 0; i < m->count; i++)
        if (memcmp(h->segments[m->first + i].id, id, 3) == 0)
            return &h->segments[m->first + i];
    return NULL;
}

static stl_str field_of(const hl7 *h, const hl7_message *m, const char *id, size_t field) {
    stl_str fields[HL7_FIELDS];
    const hl7_segment *s = segment_of(h, m, id);
    if (s == NULL || stl_hl7_split(&m->marks, s->text, fields) <= field)
        return STL_STR("");
    return stl_hl7_part(&m->marks, fields[field], STL_STR(""), 1, 1, h->arena);
}

static settle_status find_visit(reader *r, stl_str key, size_t *out) {
    int64_t *at = stl_text_map_at(&r->h->by_key, r->h->arena, key, (int64_t)r->h->n_visits);
    TRY_ALLOC(r->err, at);
    *out = (size_t)*at;
    if (*out < r->h->n_visits)
        return SETTLE_OK;
    hl7_visit *slot = stl_arena_push(r->h->arena, (void **)&r->h->visits, &r->h->n_visits,
                                     &r->h->cap_visits, sizeof *slot);
    TRY_ALLOC(r->err, slot);
    slot->key = key;
    return SETTLE_OK;
}

/* By when they were sent, as far as both say it; else, and at the same time, what is read later. */
static bool was_sent_after(const hl7_message *a, const hl7_message *b) {
    static const char DIGITS[] = "0123456789";
    size_t x = strspn(a->sent.len == 0 ? "" : a->sent.ptr, DIGITS),
           y = strspn(b->sent.len == 0 ? "" : b->sent.ptr, DIGITS);
    size_t len = x < y ? x : y;
    return len > 0 && memcmp(a->sent.ptr, b->sent.ptr, len) > 0;
}

static void replace(hl7 *h, const hl7_message *m, const char *set) {
    for (size_t k = 0; k < m->count; k++)
        if (memcmp(h->segments[m->first + k].id, set, 3) == 0)
            h->segments[m->first + k].replaced = true;
}

/* Diagnoses and procedures of a message are all there are of the visit: those of the newest message
 * that has any count. */
static void replace_older(hl7 *h, hl7_visit *visit, size_t number) {
    const hl7_message *m = &h->messages[number];
    for (size_t s = 0; s < HL7_SETS; s++) {
        if (segment_of(h, m, STL_HL7_SETS[s]) == NULL)
            continue;
        const hl7_message *other =
            visit->current[s] == 0 ? NULL : &h->messages[visit->current[s] - 1];
        if (other != NULL && was_sent_after(other, m)) {
            replace(h, m, STL_HL7_SETS[s]);
            continue;
        }
        if (other != NULL)
            replace(h, other, STL_HL7_SETS[s]);
        visit->current[s] = number + 1;
    }
}

static settle_status end_message(reader *r) {
    if (!r->open)
        return SETTLE_OK;
    r->open = false;
    hl7_message *m = last_message(r);
    stl_str key = field_of(r->h, m, "PV1", 19);
    if (stl_str_empty(key))
        key = field_of(r->h, m, "PID", 18);
    if (stl_str_empty(key)) {
        const hl7_segment *pv1 = segment_of(r->h, m, "PV1");
        return refuse(r, pv1 == NULL ? m->line : pv1->line, "PV1-19", STL_STR(""),
                      "no number of the visit, in PID-18 neither");
    }
    TRY(find_visit(r, key, &m->visit));
    hl7_visit *visit = &r->h->visits[m->visit];
    replace_older(r->h, visit, r->h->n_messages - 1);
    size_t *slot = stl_arena_push(r->h->arena, (void **)&visit->messages, &visit->n_messages,
                                  &visit->cap_messages, sizeof *slot);
    TRY_ALLOC(r->err, slot);
    for (; slot > visit->messages && was_sent_after(&r->h->messages[slot[-1]], m); slot--)
        *slot = slot[-1];
    *slot = r->h->n_messages - 1;
    return SETTLE_OK;
}

/* --- lines ------------------------------------------------------------------------------------ */

static bool is_id(stl_str text) {
    for (size_t i = 0; i < 3; i++)
        if (i >= text.len || !((text.ptr[i] >= 'A' && text.ptr[i] <= 'Z') ||
                               (i > 0 && text.ptr[i] >= '0' && text.ptr[i] <= '9')))
            return false;
    return true;
}

/* BTS-1: how many messages the batch has; FTS-1: how many batches the file. */
static settle_status check_count(const reader *r, stl_str text, const char *field, size_t count) {
    stl_str told = part(text, text.len > 3 ? text.ptr[3] : '|', 2);
    char ours[24];
    snprintf(ours, sizeof ours, "%zu", count);
    if (!stl_str_empty(told) && !stl_str_is(told, ours))
        return FAIL(r->err, SETTLE_E_INPUT_COUNT, .file = r->file->file, .line = r->line,
                    .field = field, .value = ours);
    return SETTLE_OK;
}

/* A trailer ends what its header began; what lacks it was cut. */
static settle_status check_ended(const reader *r, bool begun, const char *trailer) {
    return begun ? refuse(r, r->line, trailer, STL_STR(""), "the trailer is missing") : SETTLE_OK;
}

static settle_status read_header_or_trailer(reader *r, stl_str text) {
    TRY(end_message(r));
    if (memcmp(text.ptr, "FHS", 3) == 0) {
        TRY(check_ended(r, r->in_batches, "FTS"));
        r->in_batches = true;
        r->batches = 0;
    } else if (memcmp(text.ptr, "BHS", 3) == 0) {
        TRY(check_ended(r, r->in_batch, "BTS"));
        r->in_batch = true;
        r->batch = 0;
    } else if (memcmp(text.ptr, "BTS", 3) == 0) {
        TRY(check_count(r, text, "BTS-1", r->batch));
        r->in_batch = false;
        r->batches++;
    } else {
        TRY(check_ended(r, r->in_batch, "BTS"));
        TRY(check_count(r, text, "FTS-1", r->batches));
        r->in_batches = false;
    }
    return SETTLE_OK;
}

static settle_status read_segment(reader *r, stl_str text) {
    if (!is_id(text))
        return refuse(r, r->line, NULL, STL_STR(""), "a line that is no segment");
    if (memcmp(text.ptr, "MSH", 3) == 0) {
        TRY(end_message(r));
        return begin_message(r, text);
    }
    if ((text.ptr[0] == 'F' || text.ptr[0] == 'B') &&
        (memcmp(text.ptr + 1, "HS", 2) == 0 || memcmp(text.ptr + 1, "TS", 2) == 0))
        return read_header_or_trailer(r, text);
    if (!r->open)
        return refuse(r, r->line, "MSH", STL_STR(""), "a segment before the header of its message");
    if (memcmp(text.ptr, "ADD", 3) == 0 || memcmp(text.ptr, "DSC", 3) == 0)
        return refuse(r, r->line, "DSC", STL_STR(""), "continued messages are not read");
    return add_segment(r, text);
}

/* A frame that begins or the end of the file, while one is open: the message was cut. */
static settle_status check_frame(const reader *r, bool begins) {
    return begins && r->framed ? refuse(r, r->line, NULL, STL_STR(""),
                                        "the message is cut off: its frame has no end")
                               : SETTLE_OK;
}

settle_status stl_hl7_read(hl7 *out, const stl_message_file *file, stl_error *err) {
    reader r = {.h = out, .file = file, .err = err};
    const char *at = file->text.ptr, *end = at + file->text.len;
    while (at < end) {
        const char *stop = at + strcspn(at, "\r\n"); /* the text is terminated and without NUL */
        stl_str line = {at, (size_t)(stop - at)};
        bool both = stop + 1 < end && stop[0] == '\r' && stop[1] == '\n';
        at = stop + 1 + both;
        r.line++;
        for (; line.len > 0 && (line.ptr[0] == MESSAGES_BEGIN || line.ptr[0] == MESSAGES_END);
             line.ptr++, line.len--) {
            TRY(check_frame(&r, line.ptr[0] == MESSAGES_BEGIN));
            r.framed = line.ptr[0] == MESSAGES_BEGIN;
        }
        bool ends = false;
        for (; line.len > 0 && line.ptr[line.len - 1] == MESSAGES_END; line.len--)
            ends = true;
        if (line.len > 0)
            TRY(read_segment(&r, line));
        r.framed = r.framed && !ends;
    }
    TRY(check_frame(&r, true));
    TRY(end_message(&r));
    TRY(check_ended(&r, r.in_batch, "BTS"));
    return check_ended(&r, r.in_batches, "FTS");
}
