/* SPDX-License-Identifier: Apache-2.0 */
/* A growing byte buffer. After a failed append it stays failed: check once, with stl_buf_ok. */
#ifndef STL_BASE_BUF_H
#define STL_BASE_BUF_H

#include "base/str.h"

typedef struct stl_buf {
    char *ptr;
    size_t len;
    size_t cap;
    bool failed;
} stl_buf;

void stl_buf_reserve(stl_buf *buf, size_t more);
void stl_buf_bytes(stl_buf *buf, const void *bytes, size_t len);
void stl_buf_str(stl_buf *buf, stl_str text);
void stl_buf_text(stl_buf *buf, const char *text);
void stl_buf_printf(stl_buf *buf, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
bool stl_buf_ok(const stl_buf *buf);
void stl_buf_free(stl_buf *buf);

/* Hands the bytes over, NUL-terminated, to be freed with free(); NULL: out of memory. */
char *stl_buf_take(stl_buf *buf);

#define SCOPED_BUF __attribute__((cleanup(stl_buf_free))) stl_buf

#endif
