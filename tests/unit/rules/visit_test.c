/* SPDX-License-Identifier: Apache-2.0 */
#include "support/rules_support.h"

#include "rules/visit.h"

static void each_kind_of_visit_has_its_words(void **state) {
    static const char *const WORDS[][2] = {{"inpatient", "an inpatient stay"},
                                           {"emergency", "an emergency visit"},
                                           {"outpatient", "an outpatient visit"},
                                           {"pharmacy", "a purchase at a pharmacy"},
                                           {"internet", "a visit over the internet"},
                                           {"other", "another visit"},
                                           {"", "another visit"}};
    const stl_case *c = test_case(*state);
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
        assert_string_equal(stl_rules_visit_words(c, stl_str_of(WORDS[i][0])), WORDS[i][1]);
    test_lang(*state, SETTLE_LANG_ZH);
    assert_string_equal(stl_rules_visit_words(test_case(*state), STL_STR("outpatient")), "门诊");
}

static void a_visit_is_of_the_kind_that_the_list_gives_its_care_class(void **state) {
    test_row(*state, STL_T_LISTS, "list=visit item=11 value=outpatient");
    test_stay(*state, "med_type=11");
    assert_str(stl_rules_visit(test_case(*state)), "outpatient");
    test_stay(*state, "med_type=21");
    assert_str(stl_rules_visit(test_case(*state)), "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RULE_TEST(each_kind_of_visit_has_its_words),
        RULE_TEST(a_visit_is_of_the_kind_that_the_list_gives_its_care_class),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
