/* SPDX-License-Identifier: Apache-2.0 */
/* Fixed-point numbers of the national interface: money N16,2, unit price N16,6, quantity N16,4,
 * ratio N5,4. Each is an int64 in its smallest unit; every operation is checked for overflow. */
#ifndef STL_BASE_DECIMAL_H
#define STL_BASE_DECIMAL_H

#include "base/error.h"
#include "base/str.h"

typedef int64_t stl_money; /* fen, 1/100 yuan */
typedef int64_t stl_price; /* 1/1,000,000 yuan a unit */
typedef int64_t stl_qty;   /* 1/10,000 of the unit */
typedef int64_t stl_ratio; /* 1/10,000 */

#define STL_NONE INT64_MIN               /* no value given */
#define STL_DECIMAL_MAX 9999999999999999 /* 16 digits */
#define STL_RATIO_ONE 10000
#define STL_QTY_ONE 10000

/* As qsort asks: below, at or above 0. */
static inline int stl_compare(int64_t x, int64_t y) {
    return (x > y) - (x < y);
}

/* Rounding of the last digit; the pack declares which. Ties: half-up goes away from zero,
 * half-even to the even digit; up goes away from zero, down towards it. */
typedef enum stl_rounding {
    STL_ROUND_HALF_UP,
    STL_ROUND_HALF_EVEN,
    STL_ROUND_HALF_DOWN,
    STL_ROUND_UP,
    STL_ROUND_DOWN,
} stl_rounding;

enum { STL_SCALE_MONEY = 2, STL_SCALE_QTY = 4, STL_SCALE_RATIO = 4, STL_SCALE_PRICE = 6 };
enum { STL_DECIMAL_TEXT_MAX = 24 };

/* Reads an optional sign, digits and at most `scale` decimals (further zeros are accepted) with at
 * most 16 digits in all; the five of a ratio are the caller's to check. INPUT_NUMBER or INPUT_RANGE
 * without a place: the caller adds it. Untouched on failure. */
settle_status stl_decimal_parse(stl_str text, int scale, int64_t *out) STL_MUST_CHECK;

/* Canonical text with exactly `scale` decimals ("-0.50"); returns its length, terminated. */
size_t stl_decimal_format(int64_t value, int scale, char out[static STL_DECIMAL_TEXT_MAX]);
/* The same with trailing zeros of the fraction removed down to `keep` decimals. */
size_t stl_decimal_format_short(int64_t value, int scale, int keep,
                                char out[static STL_DECIMAL_TEXT_MAX]);

/* round(a * b / divisor), exact in 128 bits; OVERFLOW past 16 digits. divisor > 0. */
settle_status stl_decimal_mul_div(int64_t a, int64_t b, int64_t divisor, stl_rounding mode,
                                  int64_t *out) STL_MUST_CHECK;
settle_status stl_decimal_add(int64_t a, int64_t b, int64_t *out) STL_MUST_CHECK;
settle_status stl_decimal_sub(int64_t a, int64_t b, int64_t *out) STL_MUST_CHECK;

/* Amount of a line: round(quantity x unit price, 2). */
settle_status stl_money_of(stl_qty cnt, stl_price pric, stl_rounding mode,
                           stl_money *out) STL_MUST_CHECK;
/* Part of an amount: round(amount x ratio, 2). */
settle_status stl_money_part(stl_money amount, stl_ratio ratio, stl_rounding mode,
                             stl_money *out) STL_MUST_CHECK;

#endif
