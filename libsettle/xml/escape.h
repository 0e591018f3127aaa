/* SPDX-License-Identifier: Apache-2.0 */
/* Canonical escaping, shared by writer and c14n. */
#ifndef STL_XML_ESCAPE_H
#define STL_XML_ESCAPE_H

#include "base/buf.h"

/* Appends `value` escaped; false when it holds a control character that XML cannot carry. */
bool stl_xml_put_text(stl_buf *out, stl_str value);
bool stl_xml_put_attr(stl_buf *out, stl_str value);

/* For short texts: names and small values rarely pass 16 bytes, where a call of memcpy costs more.
 */
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

#endif
