/* SPDX-License-Identifier: Apache-2.0 */
#include "support/rules_support.h"

#include "rules/forms.h"

static void assert_form(test_world *w, const char *name, const char *const *good,
                        const char *const *bad) {
    stl_form form;
    assert_true(stl_form_of(test_case(w), stl_str_of(name), &form));
    for (; *good != NULL; good++)
        if (!stl_form_holds(&form, stl_str_of(*good)))
            fail_msg("%s refuses \"%s\"", name, *good);
    for (; *bad != NULL; bad++)
        if (stl_form_holds(&form, stl_str_of(*bad)))
            fail_msg("%s accepts \"%s\"", name, *bad);
}

#define TEXTS(...) ((const char *const[]){__VA_ARGS__, NULL})

static void institutions(void **state) {
    assert_form(*state, "medins", TEXTS("H99990100001", "P99990100001"),
                TEXTS("H9999010000", "H999901000011", "X99990100001", "H9999010000A", "99990100001",
                      "h99990100001"));
}

static void doctors(void **state) {
    assert_form(*state, "doctor", TEXTS("D990101", "D999901000001"),
                TEXTS("D99010", "D9999010000012", "990101", "D99010X", "D"));
}

static void areas_and_digits(void **state) {
    assert_form(*state, "admdvs", TEXTS("999901"), TEXTS("99990", "9999011", "99990A"));
    assert_form(*state, "digits", TEXTS("1", "0901000001"), TEXTS("1 ", "-1", "1a", ""));
}

static void catalogue_codes(void **state) {
    assert_form(*state, "med-list",
                TEXTS("001109000010000", "XA11CCA351E002010101121", "ZD03AAA0043010100166",
                      "T000100001", "C9901010101010101010"),
                TEXTS("00110900001000", "0011090000100001", "XA11CCA351E00201010112",
                      "ZD03AAA00430101001667", "ZD03AAA004301010016a", "T00010000", "T00010000A",
                      "C990101010101010101", "C990101010101010101A", "X"));
}

static void diagnoses(void **state) {
    assert_form(*state, "icd10",
                TEXTS("J15.902", "H25.000x007", "A00.x00", "A01.000x005+J17.0*", "A01.002+G01*",
                      "A17.801+G05.0*", "E10.301+H36.0x021*", "A01.002+H36.0x1*"),
                TEXTS("J15.9", "J15", "j15.902", "J15.9022", "J15.902x07", "J15.902x0071",
                      "J15.902+", "J15.902+G01", "J15.902+*", "+G01*", "J15.902*", "J1A.902", "902",
                      "A00x00", "A01.002+G01.*", "A01.002+G01x*", "A00.x0"));
}

static void operations(void **state) {
    assert_form(*state, "icd9cm3",
                TEXTS("13.4100x001", "36.1500", "00.0x01", "86.700x0013", "81.5100", "13.410A",
                      "00.0x1", "13.410000"),
                TEXTS("13.41", "3.4100", "13.4100x01", "13.4100x", "13.x100", "13.41000000",
                      "13,4100", "13.4100x00001", "13A100"));
}

static void values_of_a_dictionary(void **state) {
    test_row(*state, STL_T_DICT, "dict=gend value=1 label=男");
    test_row(*state, STL_T_DICT, "dict=gend value=2 label=女");
    assert_form(*state, "dict:gend", TEXTS("1", "2", "1"), TEXTS("3", "", "12"));
}

static void any_text_has_the_empty_form(void **state) {
    assert_form(*state, "", TEXTS("x", "任意"), TEXTS(NULL));
}

static void unknown_forms_are_told(void **state) {
    stl_form form;
    const stl_case *c = test_case(*state);
    assert_false(stl_form_of(c, STL_STR("icd11"), &form));
    assert_false(stl_form_of(c, STL_STR("dict:none"), &form));
}

static void a_code_must_stand_in_the_table_where_the_pack_has_one(void **state) {
    test_row(*state, STL_T_ICD10, "code=J15.902 name=x");
    stl_form form;
    const stl_case *c = test_case(*state);
    assert_true(stl_form_of(c, STL_STR("icd10"), &form));
    assert_true(stl_form_holds(&form, STL_STR("J15.902")));
    assert_false(stl_form_holds(&form, STL_STR("J15.903")));
    assert_true(stl_form_of(c, STL_STR("icd9cm3"), &form)); /* no such table: the form alone */
    assert_true(stl_form_holds(&form, STL_STR("51.2300")));
}

static void a_dictionary_may_have_one_value(void **state) {
    test_row(*state, STL_T_DICT, "dict=one value=1 label=一");
    assert_form(*state, "dict:one", TEXTS("1"), TEXTS("2"));
}

static void a_form_has_a_name_for_people(void **state) {
    test_row(*state, STL_T_DICT, "dict=one value=1 label=一");
    stl_form form;
    const stl_case *c = test_case(*state);
    assert_true(stl_form_of(c, STL_STR("dict:one"), &form));
    assert_string_equal(form.chinese, "字典所列代码");
    assert_true(stl_form_of(c, STL_STR("digits"), &form));
    assert_string_equal(form.chinese, "全数字");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RULE_TEST(institutions),
        RULE_TEST(doctors),
        RULE_TEST(areas_and_digits),
        RULE_TEST(catalogue_codes),
        RULE_TEST(diagnoses),
        RULE_TEST(operations),
        RULE_TEST(values_of_a_dictionary),
        RULE_TEST(any_text_has_the_empty_form),
        RULE_TEST(unknown_forms_are_told),
        RULE_TEST(a_code_must_stand_in_the_table_where_the_pack_has_one),
        RULE_TEST(a_dictionary_may_have_one_value),
        RULE_TEST(a_form_has_a_name_for_people),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
