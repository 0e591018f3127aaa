/* SPDX-License-Identifier: Apache-2.0 */
/* The schema compiler on what the released schemas do not use yet, by a schema of its own. */
#include "../../support/facet_judge.h"

extern const stl_simple_type PROBE_SIMPLE_TYPES[];
extern const size_t PROBE_N_SIMPLE_TYPES;

/* Where libxml2 2.9.14 departs from XML Schema part 2, second edition. */

/* 3.2.3: at least 18 digits must be supported. libxml2 refuses more than 24; here there is no end.
 */
static bool has_too_many_digits(stl_str value) {
    size_t n = 0;
    for (size_t i = 0; i < value.len; i++) {
        char c = value.ptr[i];
        n += (c >= '1' && c <= '9') || (c == '0' && n > 0) || (c == '.' && n == 0);
    }
    return n > 24;
}

/* 3.2.3.1: a decimal has digits. libxml2 takes a sign alone for a number. */
static bool has_no_digit(stl_str value) {
    for (size_t i = 0; i < value.len; i++)
        if (value.ptr[i] >= '0' && value.ptr[i] <= '9')
            return false;
    return true;
}

/* 3.2.7: years of at least four digits must be supported. libxml2 refuses those past 64 bits. */
static bool has_long_year(stl_str value) {
    size_t n = 0;
    while (n < value.len && strchr("- \t\r\n", value.ptr[n]) != NULL)
        n++;
    size_t start = n;
    while (n < value.len && value.ptr[n] >= '0' && value.ptr[n] <= '9')
        n++;
    return n - start > 17;
}

/* 4.3.6: all of these collapse blanks, which are then no part of the value. libxml2 trims some
 * built-in types and not these. */
static bool has_outer_blanks(const stl_simple_type *type, stl_str value) {
    static const char *const UNTRIMMED[] = {"a-long", "a-int",  "a-short",
                                            "a-byte", "a-date", "a-dateTime"};
    bool blanks = value.len > 0 && (strchr(" \t\r\n", value.ptr[0]) != NULL ||
                                    strchr(" \t\r\n", value.ptr[value.len - 1]) != NULL);
    for (size_t i = 0; blanks && i < sizeof UNTRIMMED / sizeof *UNTRIMMED; i++)
        if (strcmp(type->name, UNTRIMMED[i]) == 0)
            return true;
    return false;
}

static bool departs(const stl_simple_type *type, stl_str value) {
    if (has_outer_blanks(type, value))
        return true;
    if (type->number)
        return has_too_many_digits(value) || has_no_digit(value);
    return strncmp(type->name, "a-date", 6) == 0 && has_long_year(value);
}

static void every_kind_of_type_gets_the_verdict_of_libxml2(void **state) {
    (void)state;
    facet_schema s = facet_schema_read("tests/unit/wire", "probe.xsd");
    size_t differing = 0;
    for (size_t k = 0; k < s.n_types; k++)
        differing += facet_compare(&s, k, PROBE_SIMPLE_TYPES, PROBE_N_SIMPLE_TYPES, departs);
    assert_int_equal(differing, 0);
    assert_true(s.n_types >= 40);
    facet_schema_free(&s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_of_type_gets_the_verdict_of_libxml2),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
