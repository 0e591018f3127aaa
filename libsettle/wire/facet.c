/* SPDX-License-Identifier: Apache-2.0 */
#include "wire/facet.h"

#include "wire/facet_number.h"

#include <stdio.h>

static inline bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static stl_str trimmed(stl_str text) {
    while (text.len > 0 && is_blank(text.ptr[0]))
        text = (stl_str){text.ptr + 1, text.len - 1};
    while (text.len > 0 && is_blank(text.ptr[text.len - 1]))
        text.len--;
    return text;
}

/* --- characters ------------------------------------------------------------------------------ */

/* Length of the XML character that begins here, 0 if there is none. */
static inline size_t char_length(const unsigned char *at, size_t left) {
    unsigned char c = at[0];
    if (c < 0x80)
        return c >= 0x20 || c == '\t' || c == '\n' || c == '\r';
    size_t len = c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
    if (c < 0xC2 || c > 0xF4 || left < len || (at[1] & 0xC0) != 0x80)
        return 0;
    if (len == 2)
        return 2;
    if ((at[2] & 0xC0) != 0x80)
        return 0;
    if (len == 3) {
        bool overlong = c == 0xE0 && at[1] < 0xA0;
        bool surrogate = c == 0xED && at[1] >= 0xA0;
        bool noncharacter = c == 0xEF && at[1] == 0xBF && at[2] >= 0xBE; /* U+FFFE, U+FFFF */
        return overlong || surrogate || noncharacter ? 0 : 3;
    }
    bool out_of_range = (c == 0xF0 && at[1] < 0x90) || (c == 0xF4 && at[1] >= 0x90);
    return out_of_range || (at[3] & 0xC0) != 0x80 ? 0 : 4;
}

#define EACH(byte) (0x0101010101010101u * (uint64_t)(byte))

/* Eight bytes of plain ASCII; a control character among them is left to char_length. */
static inline bool is_plain_word(const unsigned char *at) {
    uint64_t word;
    memcpy(&word, at, sizeof word);
    return ((word | (word - EACH(0x20))) & EACH(0x80)) == 0;
}

/* U+1000 to U+CFFF: nearly all of Chinese. */
static inline bool is_common_triple(const unsigned char *at, size_t left) {
    return at[0] >= 0xE1 && at[0] <= 0xEC && left >= 3 && (at[1] & 0xC0) == 0x80 &&
           (at[2] & 0xC0) == 0x80;
}

static bool count_chars(stl_str text, size_t *out) {
    const unsigned char *at = (const unsigned char *)text.ptr;
    size_t n = 0;
    for (size_t left = text.len; left > 0;) {
        size_t len = 1, chars = 1;
        if (is_common_triple(at, left))
            len = 3;
        else if (left >= 8 && is_plain_word(at))
            len = chars = 8;
        else
            len = char_length(at, left);
        if (len == 0)
            return false;
        at += len;
        left -= len;
        n += chars;
    }
    *out = n;
    return true;
}

static bool length_ok(const stl_simple_type *type, size_t n) {
    return type->min_len <= n && n <= type->max_len;
}

/* --- automata -------------------------------------------------------------------------------- */

static bool matches(const stl_dfa *dfa, stl_str text) {
    size_t row = dfa->width;
    for (size_t i = 0; i < text.len; i++)
        row = dfa->rows[row + dfa->classes[(unsigned char)text.ptr[i]]];
    return dfa->rows[row + dfa->n_classes] != 0;
}

static bool within(const uint8_t *outside, stl_str text) {
    unsigned bad = 0;
    for (size_t i = 0; i < text.len; i++)
        bad |= outside[(unsigned char)text.ptr[i]];
    return bad == 0;
}

/* Reads a text as if its blanks were normalised: matching and counting in one pass. */
static bool normalised_ok(const stl_simple_type *type, stl_str text) {
    const stl_dfa *dfa = type->dfa;
    bool collapse = type->space == STL_SPACE_COLLAPSE;
    size_t row = dfa == NULL ? 0 : dfa->width, n = 0, chars;
    if (!count_chars(text, &chars))
        return false;
    if (collapse)
        text = trimmed(text);
    for (size_t i = 0; i < text.len; i++) {
        char c = is_blank(text.ptr[i]) ? ' ' : text.ptr[i];
        if (collapse && c == ' ' && is_blank(text.ptr[i - 1]))
            continue;
        if (dfa != NULL)
            row = dfa->rows[row + dfa->classes[(unsigned char)c]];
        n += ((unsigned char)c & 0xC0) != 0x80;
    }
    return (dfa == NULL || dfa->rows[row + dfa->n_classes] != 0) && length_ok(type, n);
}

static bool dfa_ok(const stl_simple_type *type, stl_str text) {
    if (type->number) {
        text = trimmed(text);
        return matches(type->dfa, text) && stl_facet_number_ok(type, text);
    }
    if (type->space != STL_SPACE_PRESERVE)
        return normalised_ok(type, text);
    if (!matches(type->dfa, text))
        return false;
    size_t n;
    return (type->min_len == 0 && type->max_len == UINT32_MAX) ||
           (count_chars(text, &n) && length_ok(type, n));
}

/* --- all varieties --------------------------------------------------------------------------- */

static bool text_ok(const stl_simple_type *type, stl_str text) {
    size_t n;
    if (type->space != STL_SPACE_PRESERVE)
        return normalised_ok(type, text);
    return count_chars(text, &n) && length_ok(type, n);
}

static bool run_ok(const stl_simple_type *type, stl_str text) {
    if (type->space == STL_SPACE_COLLAPSE)
        text = trimmed(text);
    return length_ok(type, text.len) && within(type->outside, text);
}

static bool list_ok(const stl_simple_type *type, stl_str text) {
    size_t n = 0;
    for (size_t at = 0; at < text.len;) {
        size_t end = at;
        while (end < text.len && !is_blank(text.ptr[end]))
            end++;
        if (end > at) {
            n++;
            if (!stl_facet_ok(type->item, (stl_str){text.ptr + at, end - at}))
                return false;
        }
        at = end + 1;
    }
    return length_ok(type, n);
}

static bool union_ok(const stl_simple_type *type, stl_str text) {
    for (size_t i = 0; i < type->n_members; i++)
        if (stl_facet_ok(type->members[i], text))
            return true;
    return false;
}

bool stl_facet_ok(const stl_simple_type *type, stl_str text) {
    switch ((stl_variety)type->variety) {
    case STL_VARIETY_TEXT:
        return text_ok(type, text);
    case STL_VARIETY_RUN:
        return run_ok(type, text);
    case STL_VARIETY_DFA:
        return dfa_ok(type, text);
    case STL_VARIETY_LIST:
        return list_ok(type, text);
    case STL_VARIETY_UNION:
        return union_ok(type, text);
    }
    return false;
}

void stl_facet_describe(const stl_simple_type *type, char *out, size_t cap) {
    if (type->number)
        snprintf(out, cap, "a number of type %s", type->name);
    else if (type->max_len != UINT32_MAX && type->min_len == type->max_len)
        snprintf(out, cap, "type %s, %u characters", type->name, type->max_len);
    else if (type->max_len != UINT32_MAX)
        snprintf(out, cap, "type %s, %u to %u characters", type->name, type->min_len,
                 type->max_len);
    else
        snprintf(out, cap, "type %s", type->name);
}
