/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/similarity.h"

enum { LONGEST = 64 };

typedef struct letters {
    uint32_t at[LONGEST];
    size_t count;
} letters;

/* Decodes one character of valid UTF-8; what is cut off or damaged counts byte by byte. */
static uint32_t next_char(stl_str *text) {
    const unsigned char *p = (const unsigned char *)text->ptr;
    size_t len = p[0] < 0xC0 ? 1 : p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 : 4;
    uint32_t ch = p[0];
    if (len > text->len)
        len = 1;
    else if (len > 1)
        ch = p[0] & (0xFFu >> (len + 1));
    for (size_t i = 1; i < len; i++)
        ch = ch << 6 | (p[i] & 0x3F);
    *text = (stl_str){text->ptr + len, text->len - len};
    return ch;
}

/* 0: a sign that does not count. */
static uint32_t folded(uint32_t ch) {
    if (ch >= 0xFF01 && ch <= 0xFF5E)
        ch -= 0xFEE0;
    if (ch >= 'a' && ch <= 'z')
        ch -= 'a' - 'A';
    bool plain = (ch >= '0' && ch <= '9') || (ch >= 'A' && ch <= 'Z');
    if (ch < 0xC0)
        return plain ? ch : 0;
    bool sign = (ch >= 0x2000 && ch <= 0x206F) || (ch >= 0x3000 && ch <= 0x303F) ||
                (ch >= 0xFF00 && ch <= 0xFFEF);
    return sign ? 0 : ch;
}

static void read_letters(stl_str text, letters *out) {
    out->count = 0;
    while (text.len > 0 && out->count < LONGEST) {
        uint32_t ch = folded(next_char(&text));
        if (ch != 0)
            out->at[out->count++] = ch;
    }
}

/* How many runs of `n` characters of the shorter text the longer one has, each once. */
static size_t common(const letters *shorter, const letters *longer, size_t n) {
    bool used[LONGEST] = {false};
    size_t found = 0;
    for (size_t i = 0; i + n <= shorter->count; i++) {
        for (size_t j = 0; j + n <= longer->count; j++) {
            if (used[j] || shorter->at[i] != longer->at[j] ||
                shorter->at[i + n - 1] != longer->at[j + n - 1])
                continue;
            used[j] = true;
            found++;
            break;
        }
    }
    return found;
}

int stl_similarity(stl_str a, stl_str b) {
    letters x, y;
    if (stl_str_eq(a, b))
        return 100;
    read_letters(a, &x);
    read_letters(b, &y);
    const letters *shorter = x.count <= y.count ? &x : &y, *longer = shorter == &x ? &y : &x;
    if (shorter->count == 0)
        return 100;
    size_t n = shorter->count == 1 ? 1 : 2;
    return (int)(100 * common(shorter, longer, n) / (shorter->count - n + 1));
}
