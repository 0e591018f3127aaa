/* SPDX-License-Identifier: Apache-2.0 */
/* A borrowed slice of UTF-8 text. Not NUL-terminated unless it came from an arena. */
#ifndef STL_BASE_STR_H
#define STL_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct stl_str {
    const char *ptr;
    size_t len;
} stl_str;

#define STL_STR(literal) ((stl_str){(literal), sizeof(literal) - 1})

static inline stl_str stl_str_of(const char *text) {
    return (stl_str){text, text == NULL ? 0 : strlen(text)};
}
static inline bool stl_str_eq(stl_str a, stl_str b) {
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}
static inline bool stl_str_is(stl_str a, const char *text) {
    return stl_str_eq(a, stl_str_of(text));
}
static inline bool stl_str_empty(stl_str a) {
    return a.len == 0;
}
static inline bool stl_str_starts(stl_str a, stl_str prefix) {
    return a.len >= prefix.len && stl_str_eq((stl_str){a.ptr, prefix.len}, prefix);
}
/* Equal but for the case of ASCII letters; independent of the locale. */
bool stl_str_eq_nocase(stl_str a, stl_str b);
/* Without the blanks around it. */
stl_str stl_str_trimmed(stl_str text);
/* Byte order, shorter first on a common prefix: independent of the locale. */
int stl_str_cmp(stl_str a, stl_str b);

/* 64-bit hash, the same on every machine; seeds nothing from the process. */
uint64_t stl_str_hash(stl_str a);
/* For tables of texts that others wrote: who does not know the seed cannot make texts that collide.
 */
uint64_t stl_str_hash_seeded(stl_str a, uint64_t seed);

#endif
