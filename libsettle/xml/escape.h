/* SPDX-License-Identifier: Apache-2.0 */
/* Canonical escaping, shared by writer and c14n. */
#ifndef STL_XML_ESCAPE_H
#define STL_XML_ESCAPE_H

#include "base/buf.h"

/* Appends `value` escaped; false when it holds a control character that XML cannot carry. */
bool stl_xml_put_text(stl_buf *out, stl_str value);
bool stl_xml_put_attr(stl_buf *out, stl_str value);

enum { STL_XML_WORD = 8 };

#define STL_XML_EACH(byte) (0x0101010101010101u * (byte))

/* High bit set in (at least) every byte of the word that is zero; exact for the lowest one. */
static inline uint64_t stl_xml_zero_bytes(uint64_t word) {
    return (word - STL_XML_EACH(0x01u)) & ~word & STL_XML_EACH(0x80u);
}

static inline uint64_t stl_xml_below_space(uint64_t word) {
    return (word - STL_XML_EACH(0x20u)) & ~word & STL_XML_EACH(0x80u);
}

static inline bool stl_xml_needs_care(uint64_t word, unsigned char quote) {
    return (stl_xml_below_space(word) | stl_xml_zero_bytes(word ^ STL_XML_EACH(0x26u)) |
            stl_xml_zero_bytes(word ^ STL_XML_EACH(0x3Cu)) |
            stl_xml_zero_bytes(word ^ STL_XML_EACH((uint64_t)quote))) != 0;
}

/* Names and values rarely pass 16 bytes, where a call of memcpy costs more. */
static inline char *stl_xml_copy_short(char *to, const char *from, size_t len) {
    if (len >= 8 && len <= 16) {
        uint64_t head, tail;
        memcpy(&head, from, 8);
        memcpy(&tail, from + len - 8, 8);
        memcpy(to, &head, 8);
        memcpy(to + len - 8, &tail, 8);
    } else if (len >= 4 && len < 8) {
        uint32_t head, tail;
        memcpy(&head, from, 4);
        memcpy(&tail, from + len - 4, 4);
        memcpy(to, &head, 4);
        memcpy(to + len - 4, &tail, 4);
    } else if (len < 4) {
        for (size_t i = 0; i < len; i++)
            to[i] = from[i];
    } else {
        memcpy(to, from, len);
    }
    return to + len;
}

/* Neither escapes nor control characters; `quote` is the third special: '"' or '>'. */
static inline bool stl_xml_is_plain(stl_str value, unsigned char quote) {
    uint64_t word = STL_XML_EACH((uint64_t)'0');
    if (value.len < STL_XML_WORD) {
        stl_xml_copy_short((char *)&word, value.ptr, value.len);
        return !stl_xml_needs_care(word, quote);
    }
    for (size_t at = 0; at <= value.len - STL_XML_WORD; at += STL_XML_WORD) {
        memcpy(&word, value.ptr + at, STL_XML_WORD);
        if (stl_xml_needs_care(word, quote))
            return false;
    }
    memcpy(&word, value.ptr + value.len - STL_XML_WORD, STL_XML_WORD);
    return !stl_xml_needs_care(word, quote);
}

#endif
