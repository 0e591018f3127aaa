/* SPDX-License-Identifier: Apache-2.0 */
#include "base/json.h"
#include "base/mem.h"
#include "base/text.h"

#include <setjmp.h>
#include <stdio.h>
#include <yajl/yajl_parse.h>

enum { DEPTH_MAX = 32 };

/* yajl does not check what its allocator answers. It therefore takes its memory from an arena, and
 * where that has none left the reading is left by longjmp: over frames of yajl only, which own
 * nothing but memory of the arena. */
typedef struct reading {
    const stl_json_reader *reader;
    stl_error *err;
    settle_status status; /* of the event that failed */
    int depth;
    stl_arena *arena;
    jmp_buf no_memory;
} reading;

typedef struct piece {
    _Alignas(16) size_t size;
} piece;

static void *arena_malloc(void *ctx, size_t size) {
    reading *r = ctx;
    piece *p = size > SIZE_MAX / 2 ? NULL : stl_arena_alloc(r->arena, sizeof *p + size);
    if (p == NULL)
        longjmp(r->no_memory, 1);
    p->size = size;
    return p + 1;
}

static void *arena_realloc(void *ctx, void *old, size_t size) {
    size_t before = old == NULL ? 0 : ((piece *)old - 1)->size;
    if (size <= before)
        return old;
    void *grown = arena_malloc(ctx, size);
    if (before > 0)
        memcpy(grown, old, before);
    return grown;
}

static void arena_keep(void *ctx, void *ptr) {
    (void)ctx, (void)ptr;
}

static int tell(void *ctx, stl_json_event event, const void *text, size_t len) {
    reading *r = ctx;
    r->status = r->reader->event(r->reader->user, event, (stl_str){text, len}, r->err);
    return r->status == SETTLE_OK;
}

static int enter(void *ctx, stl_json_event event) {
    reading *r = ctx;
    if (++r->depth > DEPTH_MAX)
        return 0;
    return tell(ctx, event, "", 0);
}

static int leave(void *ctx, stl_json_event event) {
    ((reading *)ctx)->depth--;
    return tell(ctx, event, "", 0);
}

static int on_null(void *ctx) {
    return tell(ctx, STL_JSON_NULL, "", 0);
}
static int on_boolean(void *ctx, int value) {
    return tell(ctx, value ? STL_JSON_TRUE : STL_JSON_FALSE, "", 0);
}
static int on_number(void *ctx, const char *text, size_t len) {
    return tell(ctx, STL_JSON_NUMBER, text, len);
}
static int on_string(void *ctx, const unsigned char *text, size_t len) {
    return tell(ctx, STL_JSON_STRING, text, len);
}
static int on_key(void *ctx, const unsigned char *text, size_t len) {
    return tell(ctx, STL_JSON_KEY, text, len);
}
static int on_object(void *ctx) {
    return enter(ctx, STL_JSON_OBJECT);
}
static int on_object_end(void *ctx) {
    return leave(ctx, STL_JSON_OBJECT_END);
}
static int on_array(void *ctx) {
    return enter(ctx, STL_JSON_ARRAY);
}
static int on_array_end(void *ctx) {
    return leave(ctx, STL_JSON_ARRAY_END);
}

static const yajl_callbacks EVENTS = {
    .yajl_null = on_null,
    .yajl_boolean = on_boolean,
    .yajl_number = on_number,
    .yajl_string = on_string,
    .yajl_start_map = on_object,
    .yajl_map_key = on_key,
    .yajl_end_map = on_object_end,
    .yajl_start_array = on_array,
    .yajl_end_array = on_array_end,
};

static settle_status bad_json(stl_error *err, size_t offset, const char *why) {
    char detail[160];
    snprintf(detail, sizeof detail, "byte %zu: %.*s", offset, (int)strcspn(why, "\n"), why);
    return FAIL(err, SETTLE_E_INPUT_JSON, .detail = detail);
}

/* The code unit of "\uXXXX" at `at`; -1 where there is none. */
static int unit_at(stl_str text, size_t at) {
    if (at > text.len || text.len - at < 6 || text.ptr[at] != '\\' || text.ptr[at + 1] != 'u')
        return -1;
    int unit = 0;
    for (size_t i = at + 2; i < at + 6; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        unsigned char letter = (unsigned char)(c | 0x20);
        if (c >= '0' && c <= '9')
            unit = unit * 16 + (c - '0');
        else if (letter >= 'a' && letter <= 'f')
            unit = unit * 16 + (letter - 'a' + 10);
        else
            return -1;
    }
    return unit;
}

/* yajl lets through what no text may hold: half a surrogate pair and U+0000. */
static settle_status check_escapes(stl_str text, stl_error *err) {
    const char *end = text.ptr + text.len;
    const char *at = memchr(text.ptr, '\\', text.len);
    while (at != NULL) {
        size_t offset = (size_t)(at - text.ptr);
        int unit = unit_at(text, offset);
        int next = unit_at(text, offset + 6);
        bool high = unit >= 0xD800 && unit <= 0xDBFF;
        bool pair = high && next >= 0xDC00 && next <= 0xDFFF;
        if (unit == 0 || (high && !pair) || (unit >= 0xDC00 && unit <= 0xDFFF))
            return bad_json(err, offset, "an escape that is no character");
        size_t step = pair ? 12 : unit >= 0 ? 6 : 2;
        at = (size_t)(end - at) <= step ? NULL : memchr(at + step, '\\', (size_t)(end - at) - step);
    }
    return SETTLE_OK;
}

static settle_status failure(reading *r, yajl_handle yajl, stl_str text, size_t offset) {
    if (r->depth > DEPTH_MAX)
        return bad_json(r->err, offset, "nested deeper than 32");
    if (r->status != SETTLE_OK)
        return r->status;
    unsigned char *why = yajl_get_error(yajl, 0, (const unsigned char *)text.ptr, text.len);
    return bad_json(r->err, offset, (const char *)why);
}

static settle_status parse(reading *r, stl_str text) {
    if (setjmp(r->no_memory) != 0)
        return FAIL(r->err, SETTLE_E_NO_MEMORY, .field = NULL);
    yajl_alloc_funcs memory = {arena_malloc, arena_realloc, arena_keep, r};
    yajl_handle yajl = yajl_alloc(&EVENTS, &memory, r);
    if (yajl_parse(yajl, (const unsigned char *)text.ptr, text.len) != yajl_status_ok)
        return failure(r, yajl, text, yajl_get_bytes_consumed(yajl));
    if (yajl_complete_parse(yajl) != yajl_status_ok)
        return failure(r, yajl, text, text.len);
    return SETTLE_OK;
}

settle_status stl_json_read(stl_str text, const stl_json_reader *reader, stl_error *err) {
    size_t valid = stl_utf8_valid(text.ptr, text.len);
    if (valid < text.len)
        return bad_json(err, valid, "not UTF-8");
    if (text.len == 0)
        return bad_json(err, 0, "nothing there");
    TRY(check_escapes(text, err));
    SCOPED_ARENA *arena = stl_arena_new();
    TRY_ALLOC(err, arena);
    reading r = {.reader = reader, .err = err, .arena = arena};
    return parse(&r, text);
}

void stl_json_follow(stl_json_place *p, stl_str text) {
    const char *end = p->input.ptr + p->input.len;
    if (text.ptr == NULL || text.ptr < p->counted || text.ptr >= end)
        return;
    for (const char *at = p->counted; (at = memchr(at, '\n', (size_t)(text.ptr - at))) != NULL;
         at++)
        p->line++;
    p->counted = text.ptr;
}
