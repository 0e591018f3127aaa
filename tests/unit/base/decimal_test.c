/* SPDX-License-Identifier: Apache-2.0 */
#include "support/base_support.h"

#include "base/decimal.h"

#include <stdio.h>

/* The reference works on decimal digit strings as one does on paper and shares nothing with the
 * code under test: no 128-bit integers, no division instruction on the product. */
enum { DIGITS = 48 };
typedef struct number {
    int digit[DIGITS]; /* least first */
} number;

static number number_of(uint64_t value) {
    number n = {0};
    for (int i = 0; value > 0; i++, value /= 10)
        n.digit[i] = (int)(value % 10);
    return n;
}

static int compare(const number *a, const number *b) {
    for (int i = DIGITS - 1; i >= 0; i--)
        if (a->digit[i] != b->digit[i])
            return a->digit[i] < b->digit[i] ? -1 : 1;
    return 0;
}

static number times(const number *a, const number *b) {
    number out = {0};
    for (int i = 0; i < DIGITS / 2; i++) {
        int carry = 0;
        for (int k = 0; k < DIGITS / 2; k++) {
            int sum = out.digit[i + k] + a->digit[i] * b->digit[k] + carry;
            out.digit[i + k] = sum % 10;
            carry = sum / 10;
        }
        out.digit[i + DIGITS / 2] += carry;
    }
    return out;
}

static void subtract(number *a, const number *b) {
    for (int i = 0; i < DIGITS; i++) {
        a->digit[i] -= b->digit[i];
        if (a->digit[i] < 0) {
            a->digit[i] += 10;
            a->digit[i + 1]--;
        }
    }
}

static void add_one(number *a) {
    int i = 0;
    for (; a->digit[i] == 9; i++)
        a->digit[i] = 0;
    a->digit[i]++;
}

/* Long division, digit by digit. */
static number divide(const number *a, const number *by, number *rest) {
    number out = {0};
    *rest = (number){0};
    for (int i = DIGITS - 1; i >= 0; i--) {
        memmove(rest->digit + 1, rest->digit, (DIGITS - 1) * sizeof(int));
        rest->digit[0] = a->digit[i];
        while (compare(rest, by) >= 0) {
            subtract(rest, by);
            out.digit[i]++;
        }
    }
    return out;
}

static bool goes_up(stl_rounding mode, const number *quotient, const number *rest,
                    const number *by) {
    const number zero = {0}, two = number_of(2);
    number twice = times(rest, &two);
    int half = compare(&twice, by);
    if (compare(rest, &zero) == 0 || mode == STL_ROUND_DOWN)
        return false;
    if (mode == STL_ROUND_UP || half > 0)
        return true;
    if (half < 0 || mode == STL_ROUND_HALF_DOWN)
        return false;
    return mode == STL_ROUND_HALF_UP || quotient->digit[0] % 2 == 1;
}

static uint64_t magnitude(int64_t v) {
    return v < 0 ? (uint64_t)0 - (uint64_t)v : (uint64_t)v;
}

static settle_status reference(int64_t a, int64_t b, int64_t divisor, stl_rounding mode,
                               int64_t *out) {
    number x = number_of(magnitude(a)), y = number_of(magnitude(b));
    number by = number_of((uint64_t)divisor), rest;
    number product = times(&x, &y);
    number quotient = divide(&product, &by, &rest);
    if (goes_up(mode, &quotient, &rest, &by))
        add_one(&quotient);
    int64_t value = 0;
    for (int i = DIGITS - 1; i >= 16; i--)
        if (quotient.digit[i] != 0)
            return SETTLE_E_OVERFLOW;
    for (int i = 15; i >= 0; i--)
        value = value * 10 + quotient.digit[i];
    *out = (a < 0) != (b < 0) ? -value : value;
    return SETTLE_OK;
}

static void expect_as_reference(int64_t a, int64_t b, int64_t divisor) {
    for (stl_rounding mode = STL_ROUND_HALF_UP; mode <= STL_ROUND_DOWN; mode++) {
        int64_t got = 77, want = 77;
        settle_status expected = reference(a, b, divisor, mode, &want);
        settle_status answered = stl_decimal_mul_div(a, b, divisor, mode, &got);
        if (answered != expected || got != want)
            fail_msg("%lld * %lld / %lld mode %d: got %lld, want %lld", (long long)a, (long long)b,
                     (long long)divisor, (int)mode, (long long)got, (long long)want);
    }
}

/* Few, many and boundary digits alike. */
static int64_t any_number(stl_test_random *r) {
    static const int64_t POW[] = {
        1,          10,           1000,           100000,           10000000,
        1000000000, 100000000000, 10000000000000, 1000000000000000, STL_DECIMAL_MAX};
    int64_t bound = POW[stl_test_next(r) % 10];
    if (stl_test_next(r) % 16 == 0)
        return stl_test_next(r) % 2 == 0 ? bound : -bound;
    return stl_test_between(r, -bound, bound);
}

static void products_agree_with_paper_arithmetic_in_every_rounding(void **state) {
    (void)state;
    static const int64_t DIVISORS[] = {1, 2, 3, 7, 10, 24, 100, 365, 10000, 100000000, 999999999};
    stl_test_random r = {20240229};
    for (int i = 0; i < 40000; i++)
        expect_as_reference(any_number(&r), any_number(&r),
                            DIVISORS[stl_test_next(&r) % (sizeof DIVISORS / sizeof *DIVISORS)]);
}

static void ties_are_hit_and_agree(void **state) {
    (void)state;
    for (int64_t a = -400; a <= 400; a++)
        for (int64_t b = 0; b <= 50; b += 5)
            expect_as_reference(a, b, 10);
}

static void each_rounding_decides_a_tie_its_way(void **state) {
    (void)state;
    static const struct {
        stl_rounding mode;
        int64_t up, down, negative; /* of 2.5, 1.5, -2.5 */
    } CASES[] = {
        {STL_ROUND_HALF_UP, 3, 2, -3},   {STL_ROUND_HALF_EVEN, 2, 2, -2},
        {STL_ROUND_HALF_DOWN, 2, 1, -2}, {STL_ROUND_UP, 3, 2, -3},
        {STL_ROUND_DOWN, 2, 1, -2},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        int64_t got;
        assert_int_equal(stl_decimal_mul_div(25, 1, 10, CASES[i].mode, &got), SETTLE_OK);
        assert_int_equal(got, CASES[i].up);
        assert_int_equal(stl_decimal_mul_div(15, 1, 10, CASES[i].mode, &got), SETTLE_OK);
        assert_int_equal(got, CASES[i].down);
        assert_int_equal(stl_decimal_mul_div(-25, 1, 10, CASES[i].mode, &got), SETTLE_OK);
        assert_int_equal(got, CASES[i].negative);
    }
}

static void results_of_sixteen_digits_fit_and_one_more_overflows(void **state) {
    (void)state;
    int64_t got = 5;
    const int64_t max = STL_DECIMAL_MAX;
    assert_int_equal(stl_decimal_mul_div(max, 1, 1, STL_ROUND_UP, &got), SETTLE_OK);
    assert_true(got == max);
    assert_int_equal(stl_decimal_mul_div(-max, 1, 1, STL_ROUND_UP, &got), SETTLE_OK);
    assert_true(got == -max);
    got = 5;
    assert_int_equal(stl_decimal_mul_div(max, 11, 10, STL_ROUND_DOWN, &got), SETTLE_E_OVERFLOW);
    assert_int_equal(stl_decimal_mul_div(-max, 11, 10, STL_ROUND_DOWN, &got), SETTLE_E_OVERFLOW);
    assert_int_equal(stl_decimal_mul_div(INT64_MAX, INT64_MAX, 1, STL_ROUND_UP, &got),
                     SETTLE_E_OVERFLOW);
    assert_int_equal(stl_decimal_mul_div(INT64_MIN, INT64_MIN, 1, STL_ROUND_UP, &got),
                     SETTLE_E_OVERFLOW);
    assert_int_equal(stl_decimal_add(max, 1, &got), SETTLE_E_OVERFLOW);
    assert_int_equal(stl_decimal_sub(-max, 1, &got), SETTLE_E_OVERFLOW);
    assert_int_equal(stl_decimal_add(INT64_MAX, INT64_MAX, &got), SETTLE_E_OVERFLOW);
    assert_int_equal(stl_decimal_sub(INT64_MIN, INT64_MAX, &got), SETTLE_E_OVERFLOW);
    assert_int_equal(stl_decimal_add(STL_NONE, 0, &got), SETTLE_E_OVERFLOW);
    assert_int_equal(got, 5);
    assert_int_equal(stl_decimal_add(max - 1, 1, &got), SETTLE_OK);
    assert_true(got == max);
    assert_int_equal(stl_decimal_sub(1 - max, 1, &got), SETTLE_OK);
    assert_true(got == -max);
}

static void sums_do_not_depend_on_their_grouping(void **state) {
    (void)state;
    stl_test_random r = {7};
    for (int i = 0; i < 100000; i++) {
        int64_t a = any_number(&r) / 4, b = any_number(&r) / 4, c = any_number(&r) / 4;
        int64_t ab, bc, left, right, back;
        assert_int_equal(stl_decimal_add(a, b, &ab), SETTLE_OK);
        assert_int_equal(stl_decimal_add(b, c, &bc), SETTLE_OK);
        assert_int_equal(stl_decimal_add(ab, c, &left), SETTLE_OK);
        assert_int_equal(stl_decimal_add(a, bc, &right), SETTLE_OK);
        assert_true(left == right);
        assert_int_equal(stl_decimal_sub(left, c, &back), SETTLE_OK);
        assert_true(back == ab);
    }
}

static void format_and_parse_round_trip_at_every_scale(void **state) {
    (void)state;
    stl_test_random r = {11};
    for (int i = 0; i < 100000; i++) {
        int scale = (int)(stl_test_next(&r) % 7);
        int64_t value = any_number(&r), back;
        char text[STL_DECIMAL_TEXT_MAX], brief[STL_DECIMAL_TEXT_MAX];
        size_t len = stl_decimal_format(value, scale, text);
        assert_int_equal(len, strlen(text));
        assert_int_equal(stl_decimal_parse((stl_str){text, len}, scale, &back), SETTLE_OK);
        assert_true(back == value);
        len = stl_decimal_format_short(value, scale, 0, brief);
        assert_int_equal(len, strlen(brief));
        assert_true(len <= strlen(text));
        assert_int_equal(stl_decimal_parse((stl_str){brief, len}, scale, &back), SETTLE_OK);
        assert_true(back == value);
    }
}

static void format_is_canonical(void **state) {
    (void)state;
    static const struct {
        int64_t value;
        int scale;
        const char *text;
    } CASES[] = {
        {0, 2, "0.00"},
        {5, 2, "0.05"},
        {-50, 2, "-0.50"},
        {15000, 2, "150.00"},
        {1, 6, "0.000001"},
        {7, 0, "7"},
        {0, 0, "0"},
        {-1, 4, "-0.0001"},
        {STL_DECIMAL_MAX, 2, "99999999999999.99"},
        {INT64_MIN, 0, "-9223372036854775808"},
        {INT64_MIN, 6, "-9223372036854.775808"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        char text[STL_DECIMAL_TEXT_MAX];
        stl_decimal_format(CASES[i].value, CASES[i].scale, text);
        assert_string_equal(text, CASES[i].text);
    }
}

static void short_format_keeps_the_decimals_asked_for(void **state) {
    (void)state;
    char text[STL_DECIMAL_TEXT_MAX];
    stl_decimal_format_short(1500000, 6, 2, text);
    assert_string_equal(text, "1.50");
    stl_decimal_format_short(1234567, 6, 2, text);
    assert_string_equal(text, "1.234567");
    stl_decimal_format_short(20000, 4, 0, text);
    assert_string_equal(text, "2");
    stl_decimal_format_short(100, 0, 0, text);
    assert_string_equal(text, "100");
}

static void parse_accepts_what_the_interface_allows(void **state) {
    (void)state;
    static const struct {
        const char *text;
        int scale;
        int64_t value;
    } CASES[] = {
        {"150", 2, 15000},
        {"150.5", 2, 15050},
        {"+1.25", 2, 125},
        {"-0", 2, 0},
        {"0012.30", 2, 1230},
        {"1.230000", 2, 123},
        {"1", 0, 1},
        {"1.000", 0, 1},
        {"99999999999999.99", 2, STL_DECIMAL_MAX},
        {"-99999999999999.99", 2, -STL_DECIMAL_MAX},
        {"9999999999.999999", 6, STL_DECIMAL_MAX},
        {"00000000000000000000001.00", 2, 100},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        int64_t got;
        assert_int_equal(stl_decimal_parse(stl_str_of(CASES[i].text), CASES[i].scale, &got),
                         SETTLE_OK);
        assert_true(got == CASES[i].value);
    }
}

static void parse_refuses_the_rest_and_leaves_the_target(void **state) {
    (void)state;
    static const struct {
        const char *text;
        int scale;
        settle_status status;
    } CASES[] = {
        {"", 2, SETTLE_E_INPUT_NUMBER},
        {"-", 2, SETTLE_E_INPUT_NUMBER},
        {"+", 2, SETTLE_E_INPUT_NUMBER},
        {".", 2, SETTLE_E_INPUT_NUMBER},
        {".5", 2, SETTLE_E_INPUT_NUMBER},
        {"5.", 2, SETTLE_E_INPUT_NUMBER},
        {"1.2.3", 2, SETTLE_E_INPUT_NUMBER},
        {"--1", 2, SETTLE_E_INPUT_NUMBER},
        {"1e3", 2, SETTLE_E_INPUT_NUMBER},
        {"1,000.00", 2, SETTLE_E_INPUT_NUMBER},
        {" 1", 2, SETTLE_E_INPUT_NUMBER},
        {"1 ", 2, SETTLE_E_INPUT_NUMBER},
        {"0x10", 2, SETTLE_E_INPUT_NUMBER},
        {"nan", 2, SETTLE_E_INPUT_NUMBER},
        {"１", 2, SETTLE_E_INPUT_NUMBER},
        {"1.005", 2, SETTLE_E_INPUT_RANGE},
        {"1.5", 0, SETTLE_E_INPUT_RANGE},
        {"100000000000000.00", 2, SETTLE_E_INPUT_RANGE},
        {"99999999999999999999", 2, SETTLE_E_INPUT_RANGE},
        {"100000000000000", 2, SETTLE_E_INPUT_RANGE},
        {"-100000000000000", 2, SETTLE_E_INPUT_RANGE},
        {"10000000000", 6, SETTLE_E_INPUT_RANGE},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        int64_t got = 77;
        assert_int_equal(stl_decimal_parse(stl_str_of(CASES[i].text), CASES[i].scale, &got),
                         CASES[i].status);
        assert_int_equal(got, 77);
    }
}

static void the_amount_of_a_line_is_quantity_times_price(void **state) {
    (void)state;
    stl_money got;
    assert_int_equal(stl_money_of(30000, 12500000, STL_ROUND_HALF_UP, &got), SETTLE_OK);
    assert_int_equal(got, 3750); /* 3 x 12.50 */
    assert_int_equal(stl_money_of(-5000, 10000, STL_ROUND_HALF_UP, &got), SETTLE_OK);
    assert_int_equal(got, -1); /* -0.5 x 0.01 = -0.005 */
    assert_int_equal(stl_money_of(-5000, 10000, STL_ROUND_HALF_EVEN, &got), SETTLE_OK);
    assert_int_equal(got, 0);
    assert_int_equal(stl_money_of(STL_DECIMAL_MAX, STL_DECIMAL_MAX, STL_ROUND_DOWN, &got),
                     SETTLE_E_OVERFLOW);
}

static void a_part_and_its_complement_differ_by_at_most_one_fen(void **state) {
    (void)state;
    stl_test_random r = {13};
    for (int i = 0; i < 100000; i++) {
        stl_money amount = any_number(&r), part, complement;
        stl_ratio ratio = stl_test_between(&r, 0, STL_RATIO_ONE);
        assert_int_equal(stl_money_part(amount, ratio, STL_ROUND_HALF_UP, &part), SETTLE_OK);
        assert_int_equal(
            stl_money_part(amount, STL_RATIO_ONE - ratio, STL_ROUND_HALF_UP, &complement),
            SETTLE_OK);
        assert_true(magnitude(amount - part - complement) <= 1);
        assert_true(magnitude(part) <= magnitude(amount));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(products_agree_with_paper_arithmetic_in_every_rounding),
        cmocka_unit_test(ties_are_hit_and_agree),
        cmocka_unit_test(each_rounding_decides_a_tie_its_way),
        cmocka_unit_test(results_of_sixteen_digits_fit_and_one_more_overflows),
        cmocka_unit_test(sums_do_not_depend_on_their_grouping),
        cmocka_unit_test(format_and_parse_round_trip_at_every_scale),
        cmocka_unit_test(format_is_canonical),
        cmocka_unit_test(short_format_keeps_the_decimals_asked_for),
        cmocka_unit_test(parse_accepts_what_the_interface_allows),
        cmocka_unit_test(parse_refuses_the_rest_and_leaves_the_target),
        cmocka_unit_test(the_amount_of_a_line_is_quantity_times_price),
        cmocka_unit_test(a_part_and_its_complement_differ_by_at_most_one_fen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
