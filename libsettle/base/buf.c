/* SPDX-License-Identifier: Apache-2.0 */
#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void stl_buf_reserve(stl_buf *buf, size_t more) {
    if (buf->failed || buf->cap - buf->len > more)
        return;
    size_t wanted = buf->cap < 256 ? 256 : buf->cap + buf->cap / 2;
    if (more > SIZE_MAX / 2 - buf->len) {
        buf->failed = true;
        return;
    }
    if (wanted < buf->len + more + 1)
        wanted = buf->len + more + 1;
    char *grown = realloc(buf->ptr, wanted);
    if (grown == NULL) {
        buf->failed = true;
        return;
    }
    buf->ptr = grown;
    buf->cap = wanted;
}

void stl_buf_bytes(stl_buf *buf, const void *bytes, size_t len) {
    stl_buf_reserve(buf, len);
    if (buf->failed || len == 0)
        return;
    memcpy(buf->ptr + buf->len, bytes, len);
    buf->len += len;
}

void stl_buf_str(stl_buf *buf, stl_str text) {
    stl_buf_bytes(buf, text.ptr, text.len);
}

void stl_buf_text(stl_buf *buf, const char *text) {
    stl_buf_bytes(buf, text, strlen(text));
}

void stl_buf_printf(stl_buf *buf, const char *fmt, ...) {
    va_list args;
    va_start(args, fmt);
    int need = vsnprintf(NULL, 0, fmt, args);
    va_end(args);
    if (need < 0) {
        buf->failed = true;
        return;
    }
    stl_buf_reserve(buf, (size_t)need);
    if (buf->failed)
        return;
    va_start(args, fmt);
    vsnprintf(buf->ptr + buf->len, (size_t)need + 1, fmt, args);
    va_end(args);
    buf->len += (size_t)need;
}

bool stl_buf_ok(const stl_buf *buf) {
    return !buf->failed;
}

void stl_buf_free(stl_buf *buf) {
    free(buf->ptr);
    *buf = (stl_buf){0};
}

char *stl_buf_take(stl_buf *buf) {
    stl_buf_reserve(buf, 1);
    if (buf->failed)
        return NULL;
    char *out = buf->ptr;
    out[buf->len] = '\0';
    *buf = (stl_buf){0};
    return out;
}
