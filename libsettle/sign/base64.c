/* SPDX-License-Identifier: Apache-2.0 */
#include "sign/crypto.h"

void stl_base64_put(stl_buf *out, const unsigned char *bytes, size_t len) {
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    stl_buf_reserve(out, (len + 2) / 3 * 4);
    if (out->failed)
        return;
    char *to = out->ptr + out->len;
    for (size_t i = 0; i < len; i += 3) {
        size_t left = len - i;
        uint32_t group = (uint32_t)bytes[i] << 16 | (left > 1 ? (uint32_t)bytes[i + 1] << 8 : 0) |
                         (left > 2 ? (uint32_t)bytes[i + 2] : 0);
        *to++ = digits[group >> 18];
        *to++ = digits[group >> 12 & 63];
        *to++ = left > 1 ? digits[group >> 6 & 63] : '=';
        *to++ = left > 2 ? digits[group & 63] : '=';
    }
    out->len = (size_t)(to - out->ptr);
}

static int digit_of(char c) {
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

/* Four digits into 1-3 bytes; -1 when malformed or when unused bits are set. */
static int group_get(const char *from, bool last, unsigned char out[static 3]) {
    int pad = !last || from[3] != '=' ? 0 : from[2] != '=' ? 1 : 2;
    uint32_t group = 0;
    for (int i = 0; i < 4; i++) {
        int digit = i >= 4 - pad ? 0 : digit_of(from[i]);
        if (digit < 0)
            return -1;
        group = group << 6 | (uint32_t)digit;
    }
    if ((pad == 1 && (group & 0xFF) != 0) || (pad == 2 && (group & 0xFFFF) != 0))
        return -1;
    for (int i = 0; i < 3; i++)
        out[i] = (unsigned char)(group >> (16 - 8 * i));
    return 3 - pad;
}

int64_t stl_base64_get(stl_str text, unsigned char *out, size_t cap) {
    size_t len = 0;
    if (text.len == 0 || text.len % 4 != 0 || text.len / 4 * 3 > cap + 2)
        return -1;
    for (size_t i = 0; i < text.len; i += 4) {
        unsigned char bytes[3];
        int n = group_get(text.ptr + i, i + 4 == text.len, bytes);
        if (n < 0 || len + (size_t)n > cap)
            return -1;
        memcpy(out + len, bytes, (size_t)n);
        len += (size_t)n;
    }
    return (int64_t)len;
}
