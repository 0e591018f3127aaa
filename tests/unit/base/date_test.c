/* SPDX-License-Identifier: Apache-2.0 */
#include "support/base_support.h"

#include "base/date.h"

#include <stdio.h>

static bool leap(int year) {
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int length(int year, int month) {
    switch (month) {
    case 2:
        return leap(year) ? 29 : 28;
    case 4:
    case 6:
    case 9:
    case 11:
        return 30;
    default:
        return 31;
    }
}

/* Walks the calendar by hand from 1900-01-01, which is day -25567. */
static void every_day_from_1900_to_2100_round_trips(void **state) {
    (void)state;
    stl_day expected = -25567;
    for (int year = 1900; year <= 2100; year++)
        for (int month = 1; month <= 12; month++)
            for (int day = 1; day <= length(year, month); day++, expected++) {
                char want[64], got[STL_DATE_TEXT_MAX];
                snprintf(want, sizeof want, "%04d-%02d-%02d", year, month, day);
                stl_day parsed;
                assert_int_equal(stl_day_parse(stl_str_of(want), &parsed), SETTLE_OK);
                assert_int_equal(parsed, expected);
                assert_int_equal(stl_day_of(year, month, day), expected);
                assert_int_equal(stl_day_format(parsed, got), 10);
                assert_string_equal(got, want);
            }
}

static void instants_round_trip_at_the_edges_of_each_day(void **state) {
    (void)state;
    static const char *const TIMES[] = {"00:00:00", "00:00:01", "11:59:59", "23:59:59"};
    for (stl_day day = -25567; day < 47847; day += 13)
        for (size_t i = 0; i < 4; i++) {
            char want[32], got[STL_DATE_TEXT_MAX];
            stl_instant at;
            stl_day_format(day, want);
            snprintf(want + 10, sizeof want - 10, " %s", TIMES[i]);
            assert_int_equal(stl_instant_parse(stl_str_of(want), &at), SETTLE_OK);
            assert_int_equal(stl_instant_day(at), day);
            assert_int_equal(stl_instant_format(at, got), 19);
            assert_string_equal(got, want);
        }
}

static void known_days_have_their_number(void **state) {
    (void)state;
    assert_int_equal(stl_day_of(1970, 1, 1), 0);
    assert_int_equal(stl_day_of(2000, 3, 1), 11017);
    assert_int_equal(stl_day_of(9999, 12, 31), STL_DAY_FOREVER);
    assert_int_equal(stl_day_of(1, 1, 1), STL_DAY_FIRST);
}

static void a_date_alone_is_its_midnight(void **state) {
    (void)state;
    stl_instant at, midnight;
    assert_int_equal(stl_instant_parse(STL_STR("2024-02-29"), &at), SETTLE_OK);
    assert_int_equal(stl_instant_parse(STL_STR("2024-02-29T00:00:00"), &midnight), SETTLE_OK);
    assert_int_equal(at, midnight);
}

static void dates_that_do_not_exist_are_refused(void **state) {
    (void)state;
    static const char *const BAD[] = {
        "",           "2023-02-29", "1900-02-29",  "2100-02-29",  "2024-02-30",
        "2024-04-31", "2024-00-10", "2024-13-01",  "2024-01-00",  "2024-01-32",
        "1899-12-31", "0000-01-01", "2024-1-1",    "2024/01/01",  "20240101",
        "2024-01-1x", "+024-01-01", "-024-01-01",  "2024-01-011", "2024 01 01",
        "２０２４",   "2024-0a-01", " 2024-01-01", "2024-01-01 ",
    };
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        stl_day day = 77;
        stl_instant at = 78;
        assert_int_equal(stl_day_parse(stl_str_of(BAD[i]), &day), SETTLE_E_INPUT_DATE);
        assert_int_equal(stl_instant_parse(stl_str_of(BAD[i]), &at), SETTLE_E_INPUT_DATE);
        assert_int_equal(day, 77);
        assert_int_equal(at, 78);
    }
}

static void times_that_do_not_exist_are_refused(void **state) {
    (void)state;
    static const char *const BAD[] = {
        "2024-01-01 24:00:00", "2024-01-01 23:60:00", "2024-01-01 23:59:60",  "2024-01-01 1:00:00",
        "2024-01-01 01:00",    "2024-01-01x01:00:00", "2024-01-01 01-00-00",  "2024-01-01 0x:00:00",
        "2023-02-29 01:00:00", "2024-01-01 -1:00:00", "2024-01-01T01:00:00Z", "2024-01-01 01:00:0 ",
    };
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        stl_instant at = 78;
        assert_int_equal(stl_instant_parse(stl_str_of(BAD[i]), &at), SETTLE_E_INPUT_DATE);
        assert_int_equal(at, 78);
    }
}

static void what_has_no_date_formats_as_nothing(void **state) {
    (void)state;
    char text[STL_DATE_TEXT_MAX];
    static const int64_t OUT[] = {STL_NONE, INT64_MAX, STL_DAY_FOREVER + 1, STL_DAY_FIRST - 1};
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(stl_day_format(OUT[i], text), 0);
        assert_string_equal(text, "");
    }
    assert_int_equal(stl_instant_format(STL_NONE, text), 0);
    assert_int_equal(stl_instant_format(INT64_MAX, text), 0);
    assert_int_equal(stl_day_format(STL_DAY_FOREVER, text), 10);
    assert_string_equal(text, "9999-12-31");
    assert_int_equal(stl_day_format(STL_DAY_FIRST, text), 10);
    assert_string_equal(text, "0001-01-01");
}

static void instants_before_1970_belong_to_their_own_day(void **state) {
    (void)state;
    assert_int_equal(stl_instant_day(-1), -1);
    assert_int_equal(stl_instant_day(-STL_DAY_SECONDS), -1);
    assert_int_equal(stl_instant_day(-STL_DAY_SECONDS - 1), -2);
    assert_int_equal(stl_instant_day(0), 0);
    stl_civil c = stl_civil_of(-1);
    assert_int_equal(c.year, 1969);
    assert_int_equal(c.second, 59);
}

static void age_grows_on_the_birthday_and_not_before(void **state) {
    (void)state;
    stl_day birth = stl_day_of(2000, 6, 15);
    assert_int_equal(stl_age_years(birth, stl_day_of(2018, 6, 14)), 17);
    assert_int_equal(stl_age_years(birth, stl_day_of(2018, 6, 15)), 18);
    stl_day leap_day = stl_day_of(2004, 2, 29);
    assert_int_equal(stl_age_years(leap_day, stl_day_of(2005, 2, 28)), 0);
    assert_int_equal(stl_age_years(leap_day, stl_day_of(2005, 3, 1)), 1);
    assert_int_equal(stl_age_years(leap_day, stl_day_of(2008, 2, 29)), 4);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_day_from_1900_to_2100_round_trips),
        cmocka_unit_test(instants_round_trip_at_the_edges_of_each_day),
        cmocka_unit_test(known_days_have_their_number),
        cmocka_unit_test(a_date_alone_is_its_midnight),
        cmocka_unit_test(dates_that_do_not_exist_are_refused),
        cmocka_unit_test(times_that_do_not_exist_are_refused),
        cmocka_unit_test(what_has_no_date_formats_as_nothing),
        cmocka_unit_test(instants_before_1970_belong_to_their_own_day),
        cmocka_unit_test(age_grows_on_the_birthday_and_not_before),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
