/* SPDX-License-Identifier: Apache-2.0 */
#include "wire/facet_number.h"

/* A decimal taken apart: no zeros before the whole part, none behind the fraction. */
typedef struct decimal {
    bool negative;
    stl_str whole, fraction;
} decimal;

static decimal take_apart(stl_str text) {
    decimal d = {0};
    size_t at = 0;
    if (text.len > 0 && (text.ptr[0] == '-' || text.ptr[0] == '+'))
        d.negative = text.ptr[at++] == '-';
    while (at < text.len && text.ptr[at] == '0')
        at++;
    const char *point = memchr(text.ptr + at, '.', text.len - at);
    size_t end = point == NULL ? text.len : (size_t)(point - text.ptr);
    d.whole = (stl_str){text.ptr + at, end - at};
    if (point != NULL)
        d.fraction = (stl_str){point + 1, text.len - end - 1};
    while (d.fraction.len > 0 && d.fraction.ptr[d.fraction.len - 1] == '0')
        d.fraction.len--;
    if (d.whole.len == 0 && d.fraction.len == 0)
        d.negative = false;
    return d;
}

static int compare_size(const decimal *a, const decimal *b) {
    if (a->whole.len != b->whole.len)
        return a->whole.len < b->whole.len ? -1 : 1;
    int order = stl_str_cmp(a->whole, b->whole);
    return order != 0 ? order : stl_str_cmp(a->fraction, b->fraction);
}

static int compare(const decimal *a, const decimal *b) {
    if (a->negative != b->negative)
        return a->negative ? -1 : 1;
    return a->negative ? compare_size(b, a) : compare_size(a, b);
}

static bool above(const decimal *d, const char *bound, bool open) {
    if (bound == NULL)
        return true;
    decimal b = take_apart(stl_str_of(bound));
    int order = compare(d, &b);
    return open ? order > 0 : order >= 0;
}

static bool below(const decimal *d, const char *bound, bool open) {
    if (bound == NULL)
        return true;
    decimal b = take_apart(stl_str_of(bound));
    int order = compare(d, &b);
    return open ? order < 0 : order <= 0;
}

bool stl_facet_number_ok(const stl_simple_type *type, stl_str text) {
    decimal d = take_apart(text);
    if (type->total_digits >= 0 && d.whole.len + d.fraction.len > (size_t)type->total_digits)
        return false;
    if (type->fraction_digits >= 0 && d.fraction.len > (size_t)type->fraction_digits)
        return false;
    return above(&d, type->min, type->min_open) && below(&d, type->max, type->max_open);
}
