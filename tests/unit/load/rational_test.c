/* SPDX-License-Identifier: Apache-2.0 */
#include "load/rational.h"
#include "support/load_support.h"

static stl_rational of(const char *text) {
    stl_rational r = {0, 1};
    assert_true(stl_rational_parse(stl_str_of(text), &r));
    return r;
}

static void texts_are_read_exactly(void **state) {
    (void)state;
    static const struct {
        const char *text;
        int64_t ten_thousandths;
    } GOOD[] = {{"0", 0},
                {"1.5", 15000},
                {"-.5", -5000},
                {"+2.", 20000},
                {"00012.3400", 123400},
                {"-0.0001", -1},
                {"1.00000000", 10000}};
    for (size_t i = 0; i < sizeof GOOD / sizeof *GOOD; i++) {
        int64_t fixed;
        bool exact;
        assert_true(stl_rational_fixed(of(GOOD[i].text), 4, &fixed, &exact));
        assert_int_equal(fixed, GOOD[i].ten_thousandths);
        assert_true(exact);
    }
}

static void what_is_no_number_is_refused(void **state) {
    (void)state;
    static const char *const BAD[] = {"",
                                      "-",
                                      ".",
                                      "1E2",
                                      "1,000",
                                      "1.2.3",
                                      " 1",
                                      "1 ",
                                      "0x10",
                                      "１",
                                      "1234567890123456789012345678901"};
    stl_rational r;
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++)
        if (stl_rational_parse(stl_str_of(BAD[i]), &r))
            fail_msg("%s was read", BAD[i]);
}

static void a_price_per_pack_is_exact_where_it_can_be(void **state) {
    (void)state;
    int64_t fixed;
    bool exact;
    stl_rational r;
    assert_true(stl_rational_div(of("12.40"), of("8"), &r));
    assert_true(stl_rational_fixed(r, 6, &fixed, &exact));
    assert_int_equal(fixed, 1550000);
    assert_true(exact);
    assert_true(stl_rational_div(of("10"), of("3"), &r));
    assert_true(stl_rational_fixed(r, 6, &fixed, &exact));
    assert_int_equal(fixed, 3333333);
    assert_false(exact);
    assert_true(stl_rational_mul(r, of("3"), &r));
    assert_true(stl_rational_fixed(r, 2, &fixed, &exact));
    assert_int_equal(fixed, 1000);
    assert_true(exact);
}

static void ties_go_away_from_zero(void **state) {
    (void)state;
    int64_t fixed;
    bool exact;
    assert_true(stl_rational_fixed(of("0.005"), 2, &fixed, &exact));
    assert_int_equal(fixed, 1);
    assert_true(stl_rational_fixed(of("-0.005"), 2, &fixed, &exact));
    assert_int_equal(fixed, -1);
    assert_true(stl_rational_fixed(of("0.0049"), 2, &fixed, &exact));
    assert_int_equal(fixed, 0);
}

static void what_does_not_fit_is_refused(void **state) {
    (void)state;
    int64_t fixed;
    bool exact;
    stl_rational r;
    assert_true(stl_rational_fixed(of("99999999999999.99"), 2, &fixed, &exact));
    assert_false(stl_rational_fixed(of("100000000000000.00"), 2, &fixed, &exact));
    assert_false(stl_rational_div(of("1"), of("0.00"), &r));
    stl_rational huge = of("999999999999999999999999999999");
    assert_false(stl_rational_mul(huge, huge, &r));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_are_read_exactly),
        cmocka_unit_test(what_is_no_number_is_refused),
        cmocka_unit_test(a_price_per_pack_is_exact_where_it_can_be),
        cmocka_unit_test(ties_go_away_from_zero),
        cmocka_unit_test(what_does_not_fit_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
