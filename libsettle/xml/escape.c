/* SPDX-License-Identifier: Apache-2.0 */
#include "xml/escape.h"

#include "xml/writer.h"

enum { LONGEST_ESCAPE = 6 };

static const char *escape_of(unsigned char byte, bool attr) {
    switch (byte) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return attr ? NULL : "&gt;";
    case '"':
        return attr ? "&quot;" : NULL;
    case '\t':
        return attr ? "&#x9;" : NULL;
    case '\n':
        return attr ? "&#xA;" : NULL;
    case '\r':
        return "&#xD;";
    default:
        return NULL;
    }
}

static bool is_control(unsigned char byte) {
    return byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r';
}

/* Escapes `len` bytes into room of LONGEST_ESCAPE * len; returns the new end. */
static char *put_slowly(char *to, const char *from, size_t len, bool attr, bool *clean) {
    for (size_t i = 0; i < len; i++) {
        unsigned char byte = (unsigned char)from[i];
        const char *escape = escape_of(byte, attr);
        *clean = *clean && !is_control(byte);
        if (escape == NULL)
            *to++ = (char)byte;
        else
            to = stpcpy(to, escape);
    }
    return to;
}

static bool put_escaped(stl_buf *out, stl_str value, bool attr) {
    bool clean = true;
    for (size_t at = 0; at < value.len; at += STL_XML_WORD) {
        size_t len = value.len - at < STL_XML_WORD ? value.len - at : STL_XML_WORD;
        stl_buf_reserve(out, value.len - at + STL_XML_WORD * LONGEST_ESCAPE);
        if (out->failed)
            return true;
        char *end = put_slowly(out->ptr + out->len, value.ptr + at, len, attr, &clean);
        out->len = (size_t)(end - out->ptr);
    }
    return clean;
}

static inline bool put(stl_buf *out, stl_str value, bool attr) {
    if (value.len == 0)
        return true;
    if (!stl_xml_is_plain(value, attr ? '"' : '>'))
        return put_escaped(out, value, attr);
    stl_buf_reserve(out, value.len);
    if (!out->failed)
        out->len =
            (size_t)(stl_xml_copy_short(out->ptr + out->len, value.ptr, value.len) - out->ptr);
    return true;
}

bool stl_xml_put_text(stl_buf *out, stl_str value) {
    return put(out, value, false);
}

bool stl_xml_put_attr(stl_buf *out, stl_str value) {
    return put(out, value, true);
}

void stl_xml_escape_text(stl_buf *out, stl_str value) {
    if (!stl_xml_put_text(out, value))
        out->failed = true;
}

void stl_xml_escape_attr(stl_buf *out, stl_str value) {
    if (!stl_xml_put_attr(out, value))
        out->failed = true;
}
