/* SPDX-License-Identifier: Apache-2.0 */
#include "compiler.h"

static size_t encode(uint32_t c, uint8_t out[4]) {
    if (c < 0x80) {
        out[0] = (uint8_t)c;
        return 1;
    }
    size_t len = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    static const uint8_t LEAD[] = {0, 0, 0xC0, 0xE0, 0xF0};
    for (size_t i = len; i-- > 1; c >>= 6)
        out[i] = (uint8_t)(0x80 | (c & 0x3F));
    out[0] = (uint8_t)(LEAD[len] | c);
    return len;
}

/* One path whose bytes vary each within its own range. */
static void path(nfa *a, uint32_t from, uint32_t to, const uint8_t *low, const uint8_t *high,
                 size_t len) {
    for (size_t i = 0; i < len; i++) {
        uint32_t next = i + 1 == len ? to : nfa_state_new(a);
        nfa_edge(a, from, next, low[i], high[i], false);
        from = next;
    }
}

/* Splits until all continuation bytes below the first difference run over their full range. */
static void add_range(nfa *a, uint32_t from, uint32_t to, uint32_t low, uint32_t high) {
    static const uint32_t LAST_OF_LENGTH[] = {0x7F, 0x7FF, 0xFFFF};
    for (size_t i = 0; i < 3; i++)
        if (low <= LAST_OF_LENGTH[i] && high > LAST_OF_LENGTH[i]) {
            add_range(a, from, to, low, LAST_OF_LENGTH[i]);
            add_range(a, from, to, LAST_OF_LENGTH[i] + 1, high);
            return;
        }
    uint8_t first[4], last[4];
    size_t len = encode(low, first);
    for (size_t i = 1; i < len; i++) {
        uint32_t mask = (1u << (6 * i)) - 1;
        if ((low & ~mask) == (high & ~mask))
            continue;
        if ((low & mask) != 0) {
            add_range(a, from, to, low, low | mask);
            add_range(a, from, to, (low | mask) + 1, high);
            return;
        }
        if ((high & mask) != mask) {
            add_range(a, from, to, low, (high & ~mask) - 1);
            add_range(a, from, to, high & ~mask, high);
            return;
        }
    }
    encode(high, last);
    path(a, from, to, first, last, len);
}

void nfa_charset(nfa *a, uint32_t from, uint32_t to, charset set) {
    for (size_t i = 0; i < set.n; i++)
        add_range(a, from, to, set.ranges[i].from, set.ranges[i].to);
}
