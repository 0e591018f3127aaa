/* SPDX-License-Identifier: Apache-2.0 */
#include "base/json.h"
#include "base/decimal.h"

static void comma(stl_json *j) {
    if (j->comma)
        stl_buf_bytes(j->out, ",", 1);
    j->comma = true;
}

static void open_with(stl_json *j, const char *bracket) {
    comma(j);
    stl_buf_bytes(j->out, bracket, 1);
    j->comma = false;
}

static void close_with(stl_json *j, const char *bracket) {
    stl_buf_bytes(j->out, bracket, 1);
    j->comma = true;
}

void stl_json_object(stl_json *j) {
    open_with(j, "{");
}

void stl_json_object_end(stl_json *j) {
    close_with(j, "}");
}

void stl_json_array(stl_json *j) {
    open_with(j, "[");
}

void stl_json_array_end(stl_json *j) {
    close_with(j, "]");
}

static void escape(stl_buf *out, unsigned char c) {
    static const char *const SHORT[] = {
        ['\b'] = "\\b", ['\t'] = "\\t", ['\n'] = "\\n",  ['\f'] = "\\f",
        ['\r'] = "\\r", ['"'] = "\\\"", ['\\'] = "\\\\",
    };
    if (SHORT[c] != NULL)
        stl_buf_bytes(out, SHORT[c], 2);
    else
        stl_buf_printf(out, "\\u%04x", c);
}

static bool needs_escape(unsigned char c) {
    return c < 0x20 || c == '"' || c == '\\';
}

static void quoted(stl_buf *out, stl_str text) {
    stl_buf_bytes(out, "\"", 1);
    size_t begin = 0;
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if (!needs_escape(c))
            continue;
        stl_buf_bytes(out, text.ptr + begin, i - begin);
        escape(out, c);
        begin = i + 1;
    }
    if (begin < text.len)
        stl_buf_bytes(out, text.ptr + begin, text.len - begin);
    stl_buf_bytes(out, "\"", 1);
}

void stl_json_key(stl_json *j, const char *key) {
    comma(j);
    quoted(j->out, stl_str_of(key));
    stl_buf_bytes(j->out, ":", 1);
    j->comma = false;
}

void stl_json_str(stl_json *j, stl_str text) {
    comma(j);
    quoted(j->out, text);
}

void stl_json_int(stl_json *j, int64_t value) {
    char text[STL_DECIMAL_TEXT_MAX];
    comma(j);
    stl_buf_bytes(j->out, text, stl_decimal_format(value, 0, text));
}

void stl_json_bool(stl_json *j, bool value) {
    comma(j);
    stl_buf_text(j->out, value ? "true" : "false");
}

void stl_json_null(stl_json *j) {
    comma(j);
    stl_buf_text(j->out, "null");
}

void stl_json_put_str(stl_json *j, const char *key, stl_str text) {
    stl_json_key(j, key);
    stl_json_str(j, text);
}

void stl_json_put_text(stl_json *j, const char *key, const char *text) {
    stl_json_put_str(j, key, stl_str_of(text));
}

void stl_json_put_int(stl_json *j, const char *key, int64_t value) {
    stl_json_key(j, key);
    stl_json_int(j, value);
}

void stl_json_put_bool(stl_json *j, const char *key, bool value) {
    stl_json_key(j, key);
    stl_json_bool(j, value);
}

void stl_json_put_decimal(stl_json *j, const char *key, int64_t value, int scale) {
    char text[STL_DECIMAL_TEXT_MAX];
    size_t len = value == STL_NONE ? 0 : stl_decimal_format(value, scale, text);
    stl_json_put_str(j, key, (stl_str){text, len});
}
