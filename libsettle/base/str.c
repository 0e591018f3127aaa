/* SPDX-License-Identifier: Apache-2.0 */
#include "base/str.h"

#include <endian.h>

static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool stl_str_eq_nocase(stl_str a, stl_str b) {
    size_t i = 0;
    while (i < a.len && i < b.len && lower(a.ptr[i]) == lower(b.ptr[i]))
        i++;
    return i == a.len && i == b.len;
}

int stl_str_cmp(stl_str a, stl_str b) {
    size_t common = a.len < b.len ? a.len : b.len;
    int order = common == 0 ? 0 : memcmp(a.ptr, b.ptr, common);
    if (order != 0)
        return order;
    return (a.len > b.len) - (a.len < b.len);
}

/* One step over eight bytes; for a given `h` different words give different results. */
static uint64_t mix(uint64_t h, uint64_t word) {
    h = (h ^ le64toh(word)) * 0x9e3779b97f4a7c15u;
    return h ^ (h >> 32);
}

uint64_t stl_str_hash(stl_str a) {
    return stl_str_hash_seeded(a, 0);
}

uint64_t stl_str_hash_seeded(stl_str a, uint64_t seed) {
    uint64_t h = a.len ^ seed;
    uint64_t word;
    size_t i = 0;
    for (; i + sizeof word <= a.len; i += sizeof word) {
        memcpy(&word, a.ptr + i, sizeof word);
        h = mix(h, word);
    }
    word = 0;
    if (i < a.len)
        memcpy(&word, a.ptr + i, a.len - i);
    h = mix(h, word) * 0xd6e8feb86659fd93u;
    return h ^ (h >> 32);
}

stl_str stl_str_trimmed(stl_str text) {
    while (text.len > 0 && text.ptr[0] == ' ')
        text = (stl_str){text.ptr + 1, text.len - 1};
    while (text.len > 0 && text.ptr[text.len - 1] == ' ')
        text.len--;
    return text;
}
