/* SPDX-License-Identifier: Apache-2.0 */
#include "base/decimal.h"

typedef __int128 wide;

static const int64_t POW10[] = {1,      10,      100,      1000,      10000,
                                100000, 1000000, 10000000, 100000000, 1000000000};

static settle_status fit(wide value, int64_t *out) {
    if (value > STL_DECIMAL_MAX || value < -STL_DECIMAL_MAX)
        return SETTLE_E_OVERFLOW;
    *out = (int64_t)value;
    return SETTLE_OK;
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

settle_status stl_decimal_parse(stl_str text, int scale, int64_t *out) {
    size_t i = 0;
    bool negative = text.len > 0 && text.ptr[0] == '-';
    if (text.len > 0 && (text.ptr[0] == '-' || text.ptr[0] == '+'))
        i = 1;
    int64_t value = 0;
    int decimals = -1;
    size_t digits = 0;
    for (; i < text.len; i++) {
        char c = text.ptr[i];
        if (c == '.' && decimals < 0 && digits > 0) {
            decimals = 0;
            continue;
        }
        if (!is_digit(c))
            return SETTLE_E_INPUT_NUMBER;
        digits++;
        if (decimals >= scale) {
            if (c != '0')
                return SETTLE_E_INPUT_RANGE;
            continue;
        }
        if (value > (STL_DECIMAL_MAX - (c - '0')) / 10)
            return SETTLE_E_INPUT_RANGE;
        value = value * 10 + (c - '0');
        if (decimals >= 0)
            decimals++;
    }
    if (digits == 0 || text.ptr[text.len - 1] == '.')
        return SETTLE_E_INPUT_NUMBER;
    int missing = scale - (decimals < 0 ? 0 : decimals);
    if (missing > 0 && value > STL_DECIMAL_MAX / POW10[missing])
        return SETTLE_E_INPUT_RANGE;
    if (missing > 0)
        value *= POW10[missing];
    *out = negative ? -value : value;
    return SETTLE_OK;
}

/* Digits without sign and point, from the end of `digits`; at least `least`. Returns their start.
 */
static size_t put_digits(uint64_t rest, size_t least, char digits[static STL_DECIMAL_TEXT_MAX]) {
    static const char PAIRS[] = "00010203040506070809101112131415161718192021222324"
                                "25262728293031323334353637383940414243444546474849"
                                "50515253545556575859606162636465666768697071727374"
                                "75767778798081828384858687888990919293949596979899";
    size_t at = STL_DECIMAL_TEXT_MAX;
    for (; rest >= 10; rest /= 100)
        memcpy(digits + (at -= 2), PAIRS + rest % 100 * 2, 2);
    if (rest > 0)
        digits[--at] = (char)('0' + rest);
    while (at > 0 && STL_DECIMAL_TEXT_MAX - at < least)
        digits[--at] = '0';
    return at;
}

size_t stl_decimal_format(int64_t value, int scale, char out[static STL_DECIMAL_TEXT_MAX]) {
    char digits[STL_DECIMAL_TEXT_MAX];
    size_t fraction = (size_t)scale, len = 0;
    uint64_t rest = value < 0 ? (uint64_t)0 - (uint64_t)value : (uint64_t)value;
    size_t at = put_digits(rest, fraction + 1, digits);
    if (value < 0)
        out[len++] = '-';
    while (at < STL_DECIMAL_TEXT_MAX - fraction)
        out[len++] = digits[at++];
    if (fraction > 0)
        out[len++] = '.';
    while (at < STL_DECIMAL_TEXT_MAX)
        out[len++] = digits[at++];
    out[len] = '\0';
    return len;
}

size_t stl_decimal_format_short(int64_t value, int scale, int keep,
                                char out[static STL_DECIMAL_TEXT_MAX]) {
    size_t len = stl_decimal_format(value, scale, out);
    for (int extra = scale - keep; extra > 0 && out[len - 1] == '0'; extra--)
        len--;
    if (out[len - 1] == '.')
        len--;
    out[len] = '\0';
    return len;
}

static wide rounded(wide product, int64_t divisor, stl_rounding mode) {
    wide quotient = product / divisor;
    wide rest = product % divisor;
    if (rest == 0 || mode == STL_ROUND_DOWN)
        return quotient;
    wide step = product < 0 ? -1 : 1;
    if (mode == STL_ROUND_UP)
        return quotient + step;
    wide twice = (rest < 0 ? -rest : rest) * 2;
    if (twice > divisor)
        return quotient + step;
    if (twice < divisor || mode == STL_ROUND_HALF_DOWN)
        return quotient;
    if (mode == STL_ROUND_HALF_EVEN && quotient % 2 == 0)
        return quotient;
    return quotient + step;
}

/* The common case: everything fits 64 bits. */
static inline int64_t rounded_narrow(int64_t product, int64_t divisor, stl_rounding mode) {
    int64_t quotient = product / divisor;
    int64_t rest = product % divisor;
    if (rest == 0 || mode == STL_ROUND_DOWN)
        return quotient;
    int64_t step = product < 0 ? -1 : 1;
    int64_t size = rest < 0 ? -rest : rest;
    if (mode == STL_ROUND_UP || size > divisor - size)
        return quotient + step;
    if (size < divisor - size || mode == STL_ROUND_HALF_DOWN)
        return quotient;
    return mode == STL_ROUND_HALF_EVEN && quotient % 2 == 0 ? quotient : quotient + step;
}

static inline settle_status mul_div(int64_t a, int64_t b, int64_t divisor, stl_rounding mode,
                                    int64_t *out) {
    int64_t product;
    if (__builtin_mul_overflow(a, b, &product))
        return fit(rounded((wide)a * b, divisor, mode), out);
    int64_t value = rounded_narrow(product, divisor, mode);
    if (value > STL_DECIMAL_MAX || value < -STL_DECIMAL_MAX)
        return SETTLE_E_OVERFLOW;
    *out = value;
    return SETTLE_OK;
}

settle_status stl_decimal_mul_div(int64_t a, int64_t b, int64_t divisor, stl_rounding mode,
                                  int64_t *out) {
    return mul_div(a, b, divisor, mode, out);
}

settle_status stl_decimal_add(int64_t a, int64_t b, int64_t *out) {
    return fit((wide)a + b, out);
}

settle_status stl_decimal_sub(int64_t a, int64_t b, int64_t *out) {
    return fit((wide)a - b, out);
}

settle_status stl_money_of(stl_qty cnt, stl_price pric, stl_rounding mode, stl_money *out) {
    enum { DIVISOR = 100000000 }; /* 10 to the power of 4 + 6 - 2 */
    return mul_div(cnt, pric, DIVISOR, mode, out);
}

settle_status stl_money_part(stl_money amount, stl_ratio ratio, stl_rounding mode, stl_money *out) {
    return mul_div(amount, ratio, STL_RATIO_ONE, mode, out);
}
