/* SPDX-License-Identifier: Apache-2.0 */
/* JSON out (a writer over a buffer) and in (yajl behind it: number text is handed out, no amount
 * ever becomes a floating-point number). */
#ifndef STL_BASE_JSON_H
#define STL_BASE_JSON_H

#include "base/buf.h"
#include "base/error.h"

/* Writer: compact, keys in the order written. Nesting is the caller's; commas are not. */
typedef struct stl_json {
    stl_buf *out;
    bool comma;
} stl_json;

void stl_json_object(stl_json *j);
void stl_json_object_end(stl_json *j);
void stl_json_array(stl_json *j);
void stl_json_array_end(stl_json *j);
void stl_json_key(stl_json *j, const char *key);
void stl_json_str(stl_json *j, stl_str text); /* valid UTF-8; escapes as RFC 8259 */
void stl_json_int(stl_json *j, int64_t value);
void stl_json_bool(stl_json *j, bool value);
void stl_json_null(stl_json *j);
/* key and value together */
void stl_json_put_str(stl_json *j, const char *key, stl_str text);
void stl_json_put_text(stl_json *j, const char *key, const char *text);
void stl_json_put_int(stl_json *j, const char *key, int64_t value);
void stl_json_put_bool(stl_json *j, const char *key, bool value);
/* a fixed-point number as a string, "" for STL_NONE */
void stl_json_put_decimal(stl_json *j, const char *key, int64_t value, int scale);

/* Reader: events; strings and numbers as text, borrowed until the callback returns. */
typedef enum stl_json_event {
    STL_JSON_OBJECT,
    STL_JSON_OBJECT_END,
    STL_JSON_ARRAY,
    STL_JSON_ARRAY_END,
    STL_JSON_KEY,
    STL_JSON_STRING,
    STL_JSON_NUMBER,
    STL_JSON_TRUE,
    STL_JSON_FALSE,
    STL_JSON_NULL,
} stl_json_event;

typedef struct stl_json_reader {
    settle_status (*event)(void *user, stl_json_event event, stl_str text, stl_error *err);
    void *user;
} stl_json_reader;

/* Which line of the input a text of an event lies in: most are handed out where they lie. */
typedef struct stl_json_place {
    stl_str input;
    const char *counted; /* lines up to here are in `line` */
    int64_t line;
} stl_json_place;
static inline stl_json_place stl_json_begin(stl_str input, int64_t line) {
    return (stl_json_place){input, input.ptr, line};
}
/* Texts of other memory, or before what was counted, say nothing. */
void stl_json_follow(stl_json_place *place, stl_str text);

/* One complete JSON text. INPUT_JSON with the byte offset in detail; depth at most 32. */
settle_status stl_json_read(stl_str text, const stl_json_reader *reader,
                            stl_error *err) STL_MUST_CHECK;

#endif
