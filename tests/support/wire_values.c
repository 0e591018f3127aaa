/* SPDX-License-Identifier: Apache-2.0 */
#include "wire_values.h"

#include <stdio.h>

/* splitmix64 */
static uint64_t next(wire_random *r) {
    uint64_t z = (r->state += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

uint32_t wire_random_below(wire_random *r, uint32_t bound) {
    return (uint32_t)(next(r) % bound);
}

static const char *const ODD[] = {
    " ",
    "  ",
    "\t",
    "\n",
    "\r",
    "0",
    "00",
    "+",
    "-",
    ".",
    ",",
    ":",
    "T",
    "Z",
    "e",
    "_",
    "/",
    "é",
    "中",
    "\xEF\xBC\x91",     /* full-width 1 */
    "\xD9\xA3",         /* Arabic-Indic 3 */
    "\xE3\x80\x80",     /* ideographic blank */
    "\xC2\xA0",         /* no-break blank */
    "\xF0\x9F\x92\x8A", /* beyond the basic plane */
    "\xEF\xBF\xBD",
    "9",
    "1",
    "a",
    "z",
    "A",
    "~",
    "!",
    "\x7F",
    "29",
    "30",
    "31",
    "-0",
    "true",
    "&",
    "<",
};
enum { N_ODD = sizeof ODD / sizeof *ODD };

static const char *const WHOLE[] = {
    "",
    " ",
    "0",
    "-0",
    "+0",
    "00",
    "0.0",
    "0.00",
    "-0.00",
    "1.",
    ".5",
    "-.5",
    ".",
    "+",
    "-",
    "1e5",
    "NaN",
    "INF",
    "9999999999999999",
    "99999999999999.99",
    "100000000000000.00",
    "-99999999999999.99",
    "9999999999.999999",
    "10000000000.000000",
    "1.0000",
    "1.0001",
    "0.9999",
    "2.0000",
    "true",
    "false",
    "1",
    "TRUE",
    "2024-02-29",
    "2023-02-29",
    "1900-02-29",
    "2000-02-29",
    "2024-02-30",
    "2024-04-31",
    "2024-13-01",
    "2024-00-10",
    "2024-12-00",
    "1899-12-31",
    "9999-12-31",
    "10000-01-01",
    "0000-01-01",
    "2024-02-29 23:59:59",
    "2024-02-29 24:00:00",
    "2024-02-29 23:60:00",
    "2024-02-29T23:59:59",
    "2024-02-29 23:59:59 ",
    "2024-02-29Z",
    "2024-02-29+08:00",
    "2024-02-29+14:01",
    "-0001-01-01",
    "18446744073709551615",
    "18446744073709551616",
    "-1",
    "999999999",
    "1000000000",
    "hint",
    "block",
    "1.0",
};
enum { N_WHOLE = sizeof WHOLE / sizeof *WHOLE };

static size_t put(char *out, size_t len, const char *text) {
    size_t n = strlen(text);
    if (len + n >= WIRE_VALUE_MAX)
        return len;
    memcpy(out + len, text, n);
    return len + n;
}

/* A length at or about the limits of a type. */
static size_t some_length(wire_random *r, const stl_simple_type *t) {
    uint32_t most = t->max_len > 4000 ? t->min_len + 40 : t->max_len;
    switch (wire_random_below(r, 6)) {
    case 0:
        return t->min_len;
    case 1:
        return most;
    case 2:
        return most + 1;
    case 3:
        return t->min_len > 0 ? t->min_len - 1 : 0;
    default:
        return most > 300 ? wire_random_below(r, 40) : wire_random_below(r, most + 2);
    }
}

static size_t some_text(wire_random *r, const stl_simple_type *t, char *out) {
    static const char *const LETTERS[] = {"a", "中", "7", "é", " ", "\xF0\x9F\x92\x8A", "药"};
    size_t len = 0, spread = wire_random_below(r, 7) + 1;
    for (size_t n = some_length(r, t); n > 0; n--)
        len = put(out, len, LETTERS[wire_random_below(r, (uint32_t)spread)]);
    return len;
}

static size_t some_run(wire_random *r, const stl_simple_type *t, char *out) {
    char inside[256];
    uint32_t n_inside = 0;
    for (int c = 1; c < 256; c++)
        if (!t->outside[c])
            inside[n_inside++] = (char)c;
    size_t n = some_length(r, t);
    for (size_t i = 0; i < n; i++)
        out[i] = inside[wire_random_below(r, n_inside)];
    return n;
}

/* A byte that leads on from the row: first its class, then one of the class. -1: none. */
static int some_byte(wire_random *r, const stl_dfa *dfa, size_t row) {
    uint8_t live[256], bytes[256];
    uint32_t n_live = 0, n_bytes = 0;
    for (uint8_t k = 0; k < dfa->n_classes; k++)
        if (dfa->rows[row + k] != 0)
            live[n_live++] = k;
    if (n_live == 0)
        return -1;
    uint8_t k = live[wire_random_below(r, n_live)];
    for (int c = 1; c < 256; c++)
        if (dfa->classes[c] == k)
            bytes[n_bytes++] = (uint8_t)c;
    return bytes[wire_random_below(r, n_bytes)];
}

/* A walk through the automaton that ends where it accepts. */
static size_t some_match(wire_random *r, const stl_dfa *dfa, char *out) {
    size_t row = dfa->width, len = 0;
    for (int steps = 0; steps < 400; steps++) {
        bool accepts = dfa->rows[row + dfa->n_classes] != 0;
        if (accepts && (wire_random_below(r, 5) == 0 || steps > 60))
            return len;
        int c = some_byte(r, dfa, row);
        if (c < 0)
            return len;
        row = dfa->rows[row + dfa->classes[c]];
        out[len++] = (char)c;
    }
    return len;
}

static size_t some_value(wire_random *r, const stl_simple_type *t, char *out) {
    switch ((stl_variety)t->variety) {
    case STL_VARIETY_TEXT:
        return some_text(r, t, out);
    case STL_VARIETY_RUN:
        return some_run(r, t, out);
    case STL_VARIETY_DFA:
        return some_match(r, t->dfa, out);
    case STL_VARIETY_UNION:
        return some_value(r, t->members[wire_random_below(r, (uint32_t)t->n_members)], out);
    case STL_VARIETY_LIST:
        break;
    }
    size_t len = 0;
    for (size_t n = some_length(r, t) % 20; n > 0 && len < 4000; n--) {
        len += some_value(r, t->item, out + len);
        out[len++] = ' ';
    }
    return len;
}

static size_t char_start(const char *text, size_t at) {
    while (at > 0 && ((unsigned char)text[at] & 0xC0) == 0x80)
        at--;
    return at;
}

static size_t char_end(const char *text, size_t len, size_t at) {
    for (at++; at < len && ((unsigned char)text[at] & 0xC0) == 0x80;)
        at++;
    return at;
}

/* Inserts, deletes, replaces or doubles one character. */
static size_t mutate(wire_random *r, char *text, size_t len) {
    static const uint32_t ENDS = 3;
    uint32_t where = wire_random_below(r, (uint32_t)len + ENDS);
    size_t at = where > len ? (where == len + 1 ? 0 : len) : where;
    at = at >= len ? len : char_start(text, at);
    size_t end = at < len ? char_end(text, len, at) : at;
    const char *odd = ODD[wire_random_below(r, N_ODD)];
    char copy[8] = "";
    uint32_t kind = wire_random_below(r, 4);
    if (kind == 0)
        end = at; /* insert */
    else if (kind == 1)
        odd = "";         /* delete */
    else if (kind == 2) { /* double */
        memcpy(copy, text + at, end - at);
        odd = copy;
        end = at;
    }
    size_t n = strlen(odd);
    if (len + n >= WIRE_VALUE_MAX - 1)
        return len;
    memmove(text + at + n, text + end, len - end);
    memcpy(text + at, odd, n);
    return len - (end - at) + n;
}

stl_str wire_value(wire_random *r, const stl_simple_type *type, char out[static WIRE_VALUE_MAX]) {
    size_t len = wire_random_below(r, 40) == 0 ? put(out, 0, WHOLE[wire_random_below(r, N_WHOLE)])
                                               : some_value(r, type, out);
    static const uint32_t MUTATIONS[] = {0, 0, 1, 1, 1, 2, 3};
    for (uint32_t n = MUTATIONS[wire_random_below(r, 7)]; n > 0; n--)
        len = mutate(r, out, len);
    out[len] = '\0';
    return (stl_str){out, len};
}
