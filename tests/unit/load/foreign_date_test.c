/* SPDX-License-Identifier: Apache-2.0 */
#include "load/foreign_date.h"
#include "support/load_support.h"

static void each_way_of_writing_is_one_instant(void **state) {
    (void)state;
    static const char *const WAYS[] = {"2025-03-03 09:05:07", "2025-03-03T09:05:07.250",
                                       "2025/3/3 9:05:07",    "20250303090507",
                                       "2025030309:05:07",    "2025-03-03 09:05:07.0",
                                       "03-MAR-25 09:05:07",  "3-3月 -25 9:05:07"};
    for (size_t i = 0; i < sizeof WAYS / sizeof *WAYS; i++) {
        stl_instant at = 0;
        char text[STL_DATE_TEXT_MAX];
        if (!stl_foreign_instant(stl_str_of(WAYS[i]), 0, &at))
            fail_msg("%s was refused", WAYS[i]);
        stl_instant_format(at, text);
        assert_string_equal(text, "2025-03-03 09:05:07");
    }
}

static void a_day_alone_is_its_midnight(void **state) {
    (void)state;
    static const char *const WAYS[] = {"2025-03-03", "20250303", "2025/03/03", "03-mar-25"};
    for (size_t i = 0; i < sizeof WAYS / sizeof *WAYS; i++) {
        stl_instant at = 0;
        assert_true(stl_foreign_instant(stl_str_of(WAYS[i]), 0, &at));
        assert_int_equal(at, stl_day_of(2025, 3, 3) * STL_DAY_SECONDS);
    }
}

static void a_zone_is_turned_into_that_of_the_hospital(void **state) {
    (void)state;
    static const char *const WAYS[] = {"2025-03-03T09:05:07+08:00", "2025-03-03T01:05:07Z",
                                       "20250303020507+0100", "202503022005.5-0500",
                                       "2025-03-03T09:05:07"};
    for (size_t i = 0; i < sizeof WAYS / sizeof *WAYS; i++) {
        stl_instant at = 0;
        if (!stl_foreign_instant(stl_str_of(WAYS[i]), 8 * 3600, &at))
            fail_msg("%s was refused", WAYS[i]);
        assert_int_equal(at - at % 60, stl_day_of(2025, 3, 3) * STL_DAY_SECONDS + 9 * 3600 + 300);
    }
    stl_instant at = 0;
    assert_false(stl_foreign_instant(STL_STR("2025-03-03T09:05:07+15:00"), 0, &at));
    assert_false(stl_foreign_instant(STL_STR("2025-03-03T09:05:07+08:60"), 0, &at));
}

static void oracle_years_turn_at_fifty(void **state) {
    (void)state;
    stl_instant at = 0;
    assert_true(stl_foreign_instant(STL_STR("01-JAN-49"), 0, &at));
    assert_int_equal(stl_civil_of(at).year, 2049);
    assert_true(stl_foreign_instant(STL_STR("01-JAN-50"), 0, &at));
    assert_int_equal(stl_civil_of(at).year, 1950);
}

static void what_is_no_date_is_refused(void **state) {
    (void)state;
    static const char *const BAD[] = {"",
                                      "2025-02-29",
                                      "20250229",
                                      "2025-13-01",
                                      "2025-3",
                                      "25-03-03",
                                      "2025-03-03 24:00:00",
                                      "2025-03-03 9",
                                      "2025-03-03x",
                                      "2025030",
                                      "2025030309",
                                      "2025-03-03 09:60",
                                      "32-JAN-25",
                                      "01-JEN-25",
                                      "1-13月-25",
                                      "0000-00-00",
                                      "2025-03-03 09:05:07+8:00"};
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        stl_instant at = 42;
        if (stl_foreign_instant(stl_str_of(BAD[i]), 0, &at))
            fail_msg("%s was read", BAD[i]);
    }
}

static void horolog_counts_from_the_last_day_of_1840(void **state) {
    (void)state;
    static const struct {
        const char *text, *civil;
    } GOOD[] = {{"1", "1841-01-01 00:00:00"},
                {"67267", "2025-03-03 00:00:00"},
                {"67267,32707", "2025-03-03 09:05:07"},
                {"67267 09:05", "2025-03-03 09:05:00"}};
    for (size_t i = 0; i < sizeof GOOD / sizeof *GOOD; i++) {
        stl_instant at = 0;
        char text[STL_DATE_TEXT_MAX];
        assert_true(stl_horolog_instant(stl_str_of(GOOD[i].text), &at));
        stl_instant_format(at, text);
        assert_string_equal(text, GOOD[i].civil);
    }
    static const char *const BAD[] = {"", "x", "67267,", "67267,86400", "67267,x", "67267;1", "-1"};
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        stl_instant at = 0;
        assert_false(stl_horolog_instant(stl_str_of(BAD[i]), &at));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_way_of_writing_is_one_instant),
        cmocka_unit_test(a_day_alone_is_its_midnight),
        cmocka_unit_test(a_zone_is_turned_into_that_of_the_hospital),
        cmocka_unit_test(oracle_years_turn_at_fifty),
        cmocka_unit_test(what_is_no_date_is_refused),
        cmocka_unit_test(horolog_counts_from_the_last_day_of_1840),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
