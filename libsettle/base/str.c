/* SPDX-License-Identifier: Apache-2.0 */
#include "base/str.h"

int stl_str_cmp(stl_str a, stl_str b) {
    size_t common = a.len < b.len ? a.len : b.len;
    int order = common == 0 ? 0 : memcmp(a.ptr, b.ptr, common);
    if (order != 0)
        return order;
    return (a.len > b.len) - (a.len < b.len);
}

/* FNV-1a over bytes with a final mix; little-endian reads are not assumed. */
uint64_t stl_str_hash(stl_str a) {
    uint64_t h = 0xcbf29ce484222325u;
    for (size_t i = 0; i < a.len; i++)
        h = (h ^ (unsigned char)a.ptr[i]) * 0x100000001b3u;
    h ^= h >> 32;
    h *= 0xd6e8feb86659fd93u;
    return h ^ (h >> 32);
}
