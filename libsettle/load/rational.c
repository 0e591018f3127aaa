/* SPDX-License-Identifier: Apache-2.0 */
#include "load/rational.h"

enum { DIGITS_MAX = 30 };

static stl_wide divisor_of(stl_wide a, stl_wide b) {
    while (b != 0) {
        stl_wide rest = a % b;
        a = b;
        b = rest;
    }
    return a < 0 ? -a : a;
}

static stl_rational lowest(stl_wide num, stl_wide den) {
    stl_wide by = divisor_of(num, den);
    if (den < 0)
        by = -by;
    return by == 0 ? (stl_rational){0, 1} : (stl_rational){num / by, den / by};
}

bool stl_rational_parse(stl_str text, stl_rational *out) {
    size_t at = 0, digits = 0;
    bool negative = false, point = false;
    stl_wide num = 0, den = 1;
    if (at < text.len && (text.ptr[at] == '-' || text.ptr[at] == '+'))
        negative = text.ptr[at++] == '-';
    for (; at < text.len; at++) {
        char c = text.ptr[at];
        if (c == '.' && !point) {
            point = true;
            continue;
        }
        if (c < '0' || c > '9' || ++digits > DIGITS_MAX)
            return false;
        num = num * 10 + (c - '0');
        den *= point ? 10 : 1;
    }
    *out = lowest(negative ? -num : num, den);
    return digits > 0;
}

bool stl_rational_mul(stl_rational a, stl_rational b, stl_rational *out) {
    stl_rational x = lowest(a.num, b.den), y = lowest(b.num, a.den);
    stl_wide num, den;
    if (__builtin_mul_overflow(x.num, y.num, &num) || __builtin_mul_overflow(x.den, y.den, &den))
        return false;
    *out = lowest(num, den);
    return true;
}

bool stl_rational_div(stl_rational a, stl_rational b, stl_rational *out) {
    return b.num != 0 && stl_rational_mul(a, lowest(b.den, b.num), out);
}

bool stl_rational_add(stl_rational a, stl_rational b, stl_rational *out) {
    stl_wide x, y, num, den;
    if (__builtin_mul_overflow(a.num, b.den, &x) || __builtin_mul_overflow(b.num, a.den, &y) ||
        __builtin_add_overflow(x, y, &num) || __builtin_mul_overflow(a.den, b.den, &den))
        return false;
    *out = lowest(num, den);
    return true;
}

bool stl_rational_fixed(stl_rational a, int scale, int64_t *out, bool *exact) {
    stl_wide num = a.num, shifted;
    for (int i = 0; i < scale; i++)
        if (__builtin_mul_overflow(num, (stl_wide)10, &num))
            return false;
    stl_wide whole = num / a.den, rest = num % a.den;
    if (__builtin_mul_overflow(rest, (stl_wide)2, &shifted))
        return false;
    if (shifted >= a.den)
        whole++;
    else if (-shifted >= a.den)
        whole--;
    if (whole > STL_DECIMAL_MAX || whole < -STL_DECIMAL_MAX)
        return false;
    *out = (int64_t)whole;
    *exact = rest == 0;
    return true;
}
