/* SPDX-License-Identifier: Apache-2.0 */
/* Decimals and dates against a second, naive reading of the same rules. */
#include "base/date.h"
#include "fuzz.h"

typedef __int128 wide;

static bool all_digits(stl_str text) {
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] < '0' || text.ptr[i] > '9')
            return false;
    return text.len > 0;
}

/* [+-]digits[.digits], decimals past `scale` are zeros, at most 16 digits in the smallest unit. */
static settle_status naive_decimal(stl_str text, int scale, int64_t *out) {
    bool negative = text.len > 0 && text.ptr[0] == '-';
    if (text.len > 0 && (text.ptr[0] == '-' || text.ptr[0] == '+'))
        text = (stl_str){text.ptr + 1, text.len - 1};
    const char *point = text.len == 0 ? NULL : memchr(text.ptr, '.', text.len);
    stl_str whole = {text.ptr, point == NULL ? text.len : (size_t)(point - text.ptr)};
    stl_str rest = {point == NULL ? "" : point + 1, point == NULL ? 0 : text.len - whole.len - 1};
    if (!all_digits(whole) || (point != NULL && !all_digits(rest)))
        return SETTLE_E_INPUT_NUMBER;
    wide value = 0;
    for (size_t i = 0; i < whole.len + (size_t)scale; i++) {
        size_t at = i - whole.len;
        char c = i < whole.len ? whole.ptr[i] : at < rest.len ? rest.ptr[at] : '0';
        value = value * 10 + (c - '0');
        if (value > STL_DECIMAL_MAX)
            return SETTLE_E_INPUT_RANGE;
    }
    for (size_t i = (size_t)scale; i < rest.len; i++)
        if (rest.ptr[i] != '0')
            return SETTLE_E_INPUT_RANGE;
    *out = (int64_t)(negative ? -value : value);
    return SETTLE_OK;
}

static void check_decimal(stl_str text) {
    static const int scales[] = {STL_SCALE_MONEY, STL_SCALE_QTY, STL_SCALE_PRICE};
    for (size_t i = 0; i < 3; i++) {
        int64_t got = 42, want = 42;
        char out[STL_DECIMAL_TEXT_MAX];
        settle_status status = stl_decimal_parse(text, scales[i], &got);
        settle_status naive = naive_decimal(text, scales[i], &want);
        /* What is too long and ill-formed may be called either. */
        CLAIM((status == SETTLE_OK) == (naive == SETTLE_OK));
        CLAIM(status == SETTLE_OK || status == SETTLE_E_INPUT_NUMBER ||
              status == SETTLE_E_INPUT_RANGE);
        CLAIM(got == want);
        if (status != SETTLE_OK)
            continue;
        int64_t again;
        size_t len = stl_decimal_format(got, scales[i], out);
        CLAIM(len == strlen(out) && len < STL_DECIMAL_TEXT_MAX);
        CLAIM(stl_decimal_parse(stl_str_of(out), scales[i], &again) == SETTLE_OK && again == got);
        len = stl_decimal_format_short(got, scales[i], 0, out);
        CLAIM(len == strlen(out));
        CLAIM(stl_decimal_parse(stl_str_of(out), scales[i], &again) == SETTLE_OK && again == got);
    }
}

static bool leap(int year) {
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

/* Counts the days one year and one month after the other. */
static bool naive_day(stl_str text, stl_day *out) {
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int numbers[3];
    char copy[11], rest;
    if (text.len != 10 || memchr(text.ptr, '\0', text.len) != NULL)
        return false;
    for (size_t i = 0; i < 10; i++) {
        bool dash = i == 4 || i == 7;
        if (dash != (text.ptr[i] == '-') || (!dash && (text.ptr[i] < '0' || text.ptr[i] > '9')))
            return false;
    }
    memcpy(copy, text.ptr, 10);
    copy[10] = '\0';
    if (sscanf(copy, "%4d-%2d-%2d%c", &numbers[0], &numbers[1], &numbers[2], &rest) != 3)
        return false;
    int year = numbers[0], month = numbers[1], day = numbers[2];
    if (year < 1900 || month < 1 || month > 12 || day < 1 ||
        day > lengths[month - 1] + (month == 2 && leap(year)))
        return false;
    int64_t days = -25567; /* 1900-01-01 */
    for (int y = 1900; y < year; y++)
        days += leap(y) ? 366 : 365;
    for (int m = 1; m < month; m++)
        days += lengths[m - 1] + (m == 2 && leap(year));
    *out = days + day - 1;
    return true;
}

static void check_date(stl_str text) {
    stl_day got = 42, want = 42;
    stl_instant at = 42;
    char out[STL_DATE_TEXT_MAX];
    CLAIM((stl_day_parse(text, &got) == SETTLE_OK) == naive_day(text, &want));
    CLAIM(got == want);
    if (stl_day_parse(text, &got) == SETTLE_OK) {
        CLAIM(stl_day_format(got, out) == 10 && memcmp(out, text.ptr, 10) == 0);
    }
    if (stl_instant_parse(text, &at) == SETTLE_OK) {
        size_t len = stl_instant_format(at, out);
        CLAIM(len == 19 && memcmp(out, text.ptr, 10) == 0);
        CLAIM(text.len == 10 || memcmp(out + 11, text.ptr + 11, 8) == 0);
        CLAIM(naive_day((stl_str){text.ptr, 10}, &want) && stl_instant_day(at) == want);
    } else {
        CLAIM(at == 42);
    }
}

/* Rounds by looking at twice the remainder. */
static wide naive_mul_div(int64_t a, int64_t b, int64_t divisor, stl_rounding mode) {
    wide product = (wide)a * b;
    wide size = product < 0 ? -product : product;
    wide quotient = size / divisor, twice = size % divisor * 2;
    bool up = mode == STL_ROUND_UP          ? twice > 0
              : mode == STL_ROUND_DOWN      ? false
              : mode == STL_ROUND_HALF_UP   ? twice >= divisor
              : mode == STL_ROUND_HALF_DOWN ? twice > divisor
                                            : twice > divisor || (twice == divisor && quotient % 2);
    quotient += up;
    return product < 0 ? -quotient : quotient;
}

static void check_mul_div(const uint8_t *data, size_t size) {
    int64_t n[3];
    if (size < sizeof n + 1)
        return;
    memcpy(n, data, sizeof n);
    n[2] = n[2] == INT64_MIN ? 1 : n[2] < 0 ? -n[2] : n[2];
    if (n[2] == 0 || n[0] == INT64_MIN || n[1] == INT64_MIN)
        return;
    stl_rounding mode = (stl_rounding)(data[sizeof n] % 5);
    wide want = naive_mul_div(n[0], n[1], n[2], mode);
    int64_t got = 0;
    settle_status status = stl_decimal_mul_div(n[0], n[1], n[2], mode, &got);
    bool fits = want <= STL_DECIMAL_MAX && want >= -STL_DECIMAL_MAX;
    CLAIM(status == (fits ? SETTLE_OK : SETTLE_E_OVERFLOW));
    CLAIM(!fits || got == want);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    stl_str text = {(const char *)data, size};
    check_decimal(text);
    check_date(text);
    check_mul_div(data, size);
    return 0;
}
