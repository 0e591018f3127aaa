/* SPDX-License-Identifier: Apache-2.0 */
#include "xml/writer.h"

#include "xml/escape.h"

enum { HASH_BLOCK = 16 * 1024, MAX_DEPTH = 16 };

_Static_assert(MAX_DEPTH ==
                   sizeof((stl_xml_writer *)0)->stack / sizeof((stl_xml_writer *)0)->stack[0],
               "depth");

void stl_xml_writer_begin(stl_xml_writer *w, stl_buf *out, stl_digest *digest,
                          size_t expected_len) {
    *w = (stl_xml_writer){.out = out, .digest = digest, .hashed = out->len};
    stl_buf_reserve(out, expected_len);
}

/* While the bytes are still in the cache. */
static void hash_written(stl_xml_writer *w) {
    if (w->digest == NULL || w->out->failed || w->out->len == w->hashed)
        return;
    if (!stl_digest_add(w->digest, w->out->ptr + w->hashed, w->out->len - w->hashed))
        w->failed = true;
    w->hashed = w->out->len;
}

static inline void end_tag_if_open(stl_xml_writer *w, char **to) {
    if (w->open_tag)
        *(*to)++ = '>';
    w->open_tag = false;
}

void stl_xml_open(stl_xml_writer *w, const char *name, size_t name_len) {
    stl_buf *out = w->out;
    stl_buf_reserve(out, name_len + 2);
    if (out->failed || w->failed)
        return;
    if (w->depth == MAX_DEPTH || name_len > UINT16_MAX) {
        w->failed = true;
        return;
    }
    char *to = out->ptr + out->len;
    end_tag_if_open(w, &to);
    *to++ = '<';
    to = stl_xml_copy_short(to, name, name_len);
    out->len = (size_t)(to - out->ptr);
    w->stack[w->depth].name = name;
    w->stack[w->depth++].len = (uint16_t)name_len;
    w->open_tag = true;
}

void stl_xml_attr(stl_xml_writer *w, const char *name, size_t name_len, stl_str value) {
    stl_buf *out = w->out;
    if (!w->open_tag)
        w->failed = true;
    stl_buf_reserve(out, name_len + value.len + 4);
    if (out->failed || w->failed)
        return;
    char *to = out->ptr + out->len;
    *to++ = ' ';
    to = stl_xml_copy_short(to, name, name_len);
    *to++ = '=';
    *to++ = '"';
    if (stl_xml_is_plain(value, '"')) {
        to = stl_xml_copy_short(to, value.ptr, value.len);
        *to++ = '"';
        out->len = (size_t)(to - out->ptr);
        return;
    }
    out->len = (size_t)(to - out->ptr);
    if (!stl_xml_put_attr(out, value))
        w->failed = true;
    stl_buf_bytes(out, "\"", 1);
}

char *stl_xml_attr_room(stl_xml_writer *w, const char *name, size_t name_len) {
    stl_buf *out = w->out;
    if (!w->open_tag)
        w->failed = true;
    stl_buf_reserve(out, name_len + STL_XML_ROOM + 4);
    if (out->failed || w->failed)
        return NULL;
    char *to = out->ptr + out->len;
    *to++ = ' ';
    to = stl_xml_copy_short(to, name, name_len);
    *to++ = '=';
    *to++ = '"';
    out->len = (size_t)(to - out->ptr);
    return to;
}

void stl_xml_attr_filled(stl_xml_writer *w, size_t value_len) {
    stl_buf *out = w->out;
    out->ptr[out->len + value_len] = '"';
    out->len += value_len + 1;
}

void stl_xml_attrs_again(stl_xml_writer *w, size_t from, size_t len) {
    stl_buf *out = w->out;
    if (!w->open_tag || from > out->len || len > out->len - from)
        w->failed = true;
    stl_buf_reserve(out, len);
    if (out->failed || w->failed)
        return;
    memcpy(out->ptr + out->len, out->ptr + from, len);
    out->len += len;
}

void stl_xml_text(stl_xml_writer *w, stl_str value) {
    if (w->depth == 0)
        w->failed = true;
    if (w->failed)
        return;
    if (w->open_tag)
        stl_buf_bytes(w->out, ">", 1);
    w->open_tag = false;
    if (!stl_xml_put_text(w->out, value))
        w->failed = true;
}

void stl_xml_close(stl_xml_writer *w) {
    stl_buf *out = w->out;
    if (w->depth == 0)
        w->failed = true;
    if (w->failed)
        return;
    w->depth--;
    size_t name_len = w->stack[w->depth].len;
    stl_buf_reserve(out, name_len + 4);
    if (out->failed)
        return;
    char *to = out->ptr + out->len;
    end_tag_if_open(w, &to);
    *to++ = '<';
    *to++ = '/';
    to = stl_xml_copy_short(to, w->stack[w->depth].name, name_len);
    *to++ = '>';
    out->len = (size_t)(to - out->ptr);
    if (out->len - w->hashed >= HASH_BLOCK)
        hash_written(w);
}

settle_status stl_xml_writer_digest(stl_xml_writer *w, unsigned char out[static STL_DIGEST_LEN],
                                    stl_error *err) {
    if (!stl_buf_ok(w->out))
        return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    if (w->failed || w->digest == NULL || w->depth != 1)
        return FAIL(err, SETTLE_E_INTERNAL,
                    .detail = "the document writer met a wrong nesting, "
                              "a control character or no digest");
    if (w->open_tag)
        stl_buf_bytes(w->out, ">", 1);
    w->open_tag = false;
    if (!stl_buf_ok(w->out))
        return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    hash_written(w);
    if (w->failed || !stl_digest_add(w->digest, "</", 2) ||
        !stl_digest_add(w->digest, w->stack[0].name, w->stack[0].len) ||
        !stl_digest_add(w->digest, ">", 1) || !stl_digest_end(w->digest, out))
        return FAIL(err, SETTLE_E_INTERNAL, .detail = "the digest failed");
    return SETTLE_OK;
}
