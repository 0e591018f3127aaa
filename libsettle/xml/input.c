/* SPDX-License-Identifier: Apache-2.0 */
/* What is looked at before libxml2 sees the bytes. */
#include "xml/parse.h"

enum { LONG_STRETCH = 4096 };

static size_t count_assignments(stl_xml_guard *guard, const char *bytes, size_t len) {
    size_t n = 0;
    for (size_t i = 0; i < len; i++) {
        unsigned char byte = (unsigned char)bytes[i];
        if (byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r')
            continue;
        if (guard->last == '=' && (byte == '"' || byte == '\''))
            n++;
        guard->last = byte;
    }
    return n;
}

const char *stl_xml_guard_feed(stl_xml_guard *guard, const char *bytes, size_t len) {
    if (len > 0 && memchr(bytes, '\0', len) != NULL) /* libxml2 takes one for the end */
        return "a NUL byte";
    while (len > 0) {
        const char *tag = memchr(bytes, '<', len);
        size_t piece = tag == NULL ? len : (size_t)(tag - bytes);
        guard->stretch += piece;
        if (guard->stretch > LONG_STRETCH)
            guard->assigned += count_assignments(guard, bytes, piece);
        if (guard->assigned > STL_XML_MAX_ATTRIBUTES)
            return "too many attributes";
        if (tag == NULL)
            return NULL;
        *guard = (stl_xml_guard){0};
        bytes += piece + 1;
        len -= piece + 1;
    }
    return NULL;
}

static stl_str after(stl_str text, const char *what) {
    const char *found = text.len == 0 ? NULL : memmem(text.ptr, text.len, what, strlen(what));
    if (found == NULL)
        return (stl_str){NULL, 0};
    found += strlen(what);
    return (stl_str){found, text.len - (size_t)(found - text.ptr)};
}

/* The encoding that the XML declaration names; empty when none. */
static stl_str declared_encoding(stl_str head) {
    const char *end = head.len < 5 || memcmp(head.ptr, "<?xml", 5) != 0
                          ? NULL
                          : memmem(head.ptr, head.len, "?>", 2);
    if (end == NULL)
        return (stl_str){NULL, 0};
    stl_str rest = after((stl_str){head.ptr, (size_t)(end - head.ptr)}, "encoding");
    while (rest.len > 0 && memchr(" \t\r\n=", rest.ptr[0], 5) != NULL) {
        rest.ptr++;
        rest.len--;
    }
    const char *close = rest.len < 2 ? NULL : memchr(rest.ptr + 1, rest.ptr[0], rest.len - 1);
    if (close == NULL)
        return (stl_str){NULL, 0};
    return (stl_str){rest.ptr + 1, (size_t)(close - rest.ptr) - 1};
}

static bool is_one_of(stl_str name, const char *const *list, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (stl_str_eq_nocase(name, stl_str_of(list[i])))
            return true;
    return false;
}

const char *stl_xml_encoding(stl_str head, bool utf8_only, bool *out_gb18030) {
    static const char *const utf8[] = {"UTF-8", "UTF8", "US-ASCII"};
    static const char *const gb[] = {"GB18030", "GBK", "GB2312"};
    if (head.len > STL_XML_HEAD)
        head.len = STL_XML_HEAD;
    if (head.len >= 3 && memcmp(head.ptr, "\xEF\xBB\xBF", 3) == 0)
        head = (stl_str){head.ptr + 3, head.len - 3};
    if (head.len == 0)
        return "the document is empty";
    if (head.len >= 2 &&
        (memchr(head.ptr, '\0', 2) != NULL || memcmp(head.ptr, "\xFE\xFF", 2) == 0 ||
         memcmp(head.ptr, "\xFF\xFE", 2) == 0))
        return "UTF-16 and UTF-32 are not read";
    if (memchr("< \t\r\n", head.ptr[0], 5) == NULL)
        return "no XML document, or something follows it";
    stl_str name = declared_encoding(head);
    *out_gb18030 = is_one_of(name, gb, sizeof gb / sizeof gb[0]) && !utf8_only;
    if (name.len > 0 && !*out_gb18030 && !is_one_of(name, utf8, sizeof utf8 / sizeof utf8[0]))
        return "the declared encoding is not served";
    return NULL;
}
