/* SPDX-License-Identifier: Apache-2.0 */
/* The compiled form of every simple type gives the verdict of libxml2 on the schema itself. */
#include "wire/facet.h"

#include "../../support/facet_judge.h"
#include "../../support/wire_values.h"
#include "base/decimal.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

static int is_xsd_file(const struct dirent *entry) {
    size_t len = strlen(entry->d_name);
    return len > 4 && strcmp(entry->d_name + len - 4, ".xsd") == 0;
}

static void compiled_types_give_the_verdicts_of_libxml2(void **state) {
    (void)state;
    struct dirent **files;
    int n = scandir("schemas", &files, is_xsd_file, alphasort);
    size_t types = 0, differing = 0;
    assert_true(n > 0);
    for (int i = 0; i < n; i++) {
        facet_schema s = facet_schema_read("schemas", files[i]->d_name);
        for (size_t k = 0; k < s.n_types; k++)
            differing += facet_compare(&s, k, STL_SIMPLE_TYPES, STL_N_SIMPLE_TYPES, NULL);
        types += s.n_types;
        facet_schema_free(&s);
        free(files[i]);
    }
    free(files);
    assert_int_equal(differing, 0);
    print_message("%zu simple types, %d values each\n", types, FACET_VALUES);
    assert_true(types >= 38);
}

static const stl_simple_type *named(const char *name) {
    for (size_t i = 0; i < STL_N_SIMPLE_TYPES; i++)
        if (strcmp(STL_SIMPLE_TYPES[i].name, name) == 0 &&
            strcmp(STL_SIMPLE_TYPES[i].schema, "settlement-1.0") == 0)
            return &STL_SIMPLE_TYPES[i];
    fail_msg("no type %s", name);
    return NULL;
}

/* What no XML document can hold, so that libxml2 cannot be asked. */
static void texts_hold_only_characters_of_xml(void **state) {
    (void)state;
    const stl_simple_type *t = named("text50");
    static const char *const GOOD[] = {"a", "\t", "\n", "中", "\xF4\x8F\xBF\xBF", "\xEF\xBF\xBD"};
    static const char *const BAD[] = {"\x01",
                                      "a\x1F",
                                      "\x80",
                                      "\xC0\x80",
                                      "\xC1\xBF",
                                      "\xE0\x80\x80",
                                      "\xED\xA0\x80",
                                      "\xEF\xBF\xBE",
                                      "\xEF\xBF\xBF",
                                      "\xE4\xB8",
                                      "\xF0\x80\x80\x80",
                                      "\xF4\x90\x80\x80",
                                      "\xF5\x80\x80\x80",
                                      "\xFF"};
    for (size_t i = 0; i < sizeof GOOD / sizeof *GOOD; i++)
        assert_true(stl_facet_ok(t, stl_str_of(GOOD[i])));
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++)
        assert_false(stl_facet_ok(t, stl_str_of(BAD[i])));
    assert_false(stl_facet_ok(t, (stl_str){"a\0b", 3}));
}

/* The shortcut for integers gives the verdict of their spelling. */
static void scaled_numbers_are_values_when_their_spelling_is(void **state) {
    (void)state;
    wire_random r = {4};
    size_t n_types = 0;
    for (size_t i = 0; i < STL_N_SIMPLE_TYPES; i++) {
        const stl_simple_type *t = &STL_SIMPLE_TYPES[i];
        if (!t->scaled || t->ordinal == UINT32_MAX)
            continue;
        n_types++;
        for (int k = 0; k < FACET_VALUES; k++) {
            int64_t value = wire_random_below(&r, 1000000);
            for (uint32_t n = wire_random_below(&r, 13); n > 0; n--)
                value = value * 10 + wire_random_below(&r, 10);
            if (wire_random_below(&r, 8) == 0)
                value =
                    (wire_random_below(&r, 2) ? t->low : t->high) - 2 + wire_random_below(&r, 5);
            value = wire_random_below(&r, 3) == 0 ? -value : value;
            char text[STL_DECIMAL_TEXT_MAX];
            size_t len = stl_decimal_format(value, t->fraction_digits, text);
            if (stl_facet_scaled_ok(t, value) != stl_facet_ok(t, (stl_str){text, len}))
                fail_msg("%s:%s: %s", t->schema, t->name, text);
        }
    }
    assert_true(n_types >= 7);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(compiled_types_give_the_verdicts_of_libxml2),
        cmocka_unit_test(texts_hold_only_characters_of_xml),
        cmocka_unit_test(scaled_numbers_are_values_when_their_spelling_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
