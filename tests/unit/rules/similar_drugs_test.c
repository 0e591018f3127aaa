/* SPDX-License-Identifier: Apache-2.0 */
#include "support/rules_support.h"

#include <stdio.h>

static void outpatient(test_world *w) {
    test_service(w, "A", "XJ01MAM122B001", "01");
    test_service(w, "B", "XJ01MAL057A001", "01");
    test_service(w, "C", "XJ01CRP017B001", "01");
    test_service(w, "S", "XB05BAN001B001", "01");
    test_row(w, STL_T_LISTS, "list=V15.drug item=X*");
    test_row(w, STL_T_LISTS, "list=V15.exempt item=XB05*");
    test_row(w, STL_T_LISTS, "list=visit item=11 value=outpatient");
    test_row(w, STL_T_LISTS, "list=visit item=2101 value=inpatient");
    test_row(w, STL_T_PARAMETERS, "rule_id=V15 name=class-characters value=6");
    test_stay(w, "med_type=11");
}

static void use(test_world *w, const char *item, const char *order) {
    char text[64];
    snprintf(text, sizeof text, "drord_no=%s", order);
    test_charge(w, item, "2025-03-02T10:00:00", "1", "10.00", text);
}

static void similar_drugs_in_two_prescriptions_are_found(void **state) {
    outpatient(*state);
    use(*state, "A", "P1");
    use(*state, "B", "P2");
    test_findings f = test_judge(*state);
    assert_found(&f, "V15", "2", "1");
    const stl_finding *found = test_finding(&f, "V15", 0);
    assert_int_equal(found->action, STL_WARN);
    assert_int_equal(found->vola_amt, test_money("10.00"));
    assert_says(found->evidence, "prescription P2 has B, prescription P1 has A");
    assert_says(found->evidence, "(XJ01MA)");
}

static void the_same_drug_in_two_prescriptions_is_found(void **state) {
    outpatient(*state);
    use(*state, "A", "P1");
    use(*state, "A", "P2");
    test_findings f = test_judge(*state);
    assert_found(&f, "V15", "2", "1");
}

static void the_earlier_prescription_is_right_wherever_it_stands(void **state) {
    outpatient(*state);
    test_charge(*state, "A", "2025-03-02T10:00:01", "1", "10.00", "drord_no=P2");
    test_charge(*state, "B", "2025-03-02T10:00:00", "1", "10.00", "drord_no=P1");
    test_findings f = test_judge(*state);
    assert_found(&f, "V15", "1", "2");
}

static void similar_drugs_in_one_prescription_are_right(void **state) {
    outpatient(*state);
    use(*state, "A", "P1");
    use(*state, "B", "P1");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V15");
}

static void drugs_of_another_class_are_right(void **state) {
    outpatient(*state);
    use(*state, "A", "P1");
    use(*state, "C", "P2");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V15");
    assert_gap(&f, "V15", -1);
}

static void what_is_exempt_may_repeat(void **state) {
    outpatient(*state);
    use(*state, "S", "P1");
    use(*state, "S", "P2");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V15");
}

static void an_inpatient_has_many_orders(void **state) {
    outpatient(*state);
    test_stay(*state, "med_type=2101");
    use(*state, "A", "P1");
    use(*state, "B", "P2");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V15");
    assert_gap(&f, "V15", -1);
}

static void a_visit_of_unknown_kind_is_not_evaluated(void **state) {
    outpatient(*state);
    test_stay(*state, "med_type=77");
    use(*state, "A", "P1");
    use(*state, "B", "P2");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V15");
    assert_gap(&f, "V15", 1);
}

static void a_drug_without_a_prescription_is_not_evaluated(void **state) {
    outpatient(*state);
    use(*state, "A", "P1");
    use(*state, "B", "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V15");
    assert_gap(&f, "V15", 1);
}

static void classes_of(test_world *w, const char *characters) {
    char row[128];
    test_service(w, "A", "XJ01MAM122B001", "01");
    test_service(w, "B", "XC01MAL057A001", "01");
    test_row(w, STL_T_LISTS, "list=V15.drug item=X*");
    test_row(w, STL_T_LISTS, "list=visit item=11 value=outpatient");
    test_stay(w, "med_type=11");
    snprintf(row, sizeof row, "rule_id=V15 name=class-characters value=%s", characters);
    test_row(w, STL_T_PARAMETERS, row);
    use(w, "A", "P1");
    use(w, "B", "P2");
}

static void one_character_makes_a_class(void **state) {
    classes_of(*state, "1");
    test_findings f = test_judge(*state);
    assert_found(&f, "V15", "2", "1");
    assert_says(test_finding(&f, "V15", 0)->evidence, "(X)");
}

static void without_characters_classes_are_not_evaluated(void **state) {
    static const char *const NONE[] = {"0", "-1", "six"};
    for (size_t i = 0; i < sizeof NONE / sizeof *NONE; i++) {
        test_rules_teardown(state);
        test_rules_setup(state);
        classes_of(*state, NONE[i]);
        test_findings f = test_judge(*state);
        assert_silent(&f, "V15");
        assert_gap(&f, "V15", 1);
        assert_missing(&f, "V15", "parameter V15 class-characters");
    }
}

static void a_refunded_drug_is_right(void **state) {
    outpatient(*state);
    use(*state, "A", "P1");
    use(*state, "B", "P2");
    test_charge(*state, "B", "2025-03-02T11:00:00", "-1", "10.00", "drord_no=P2 init_feedetl_sn=2");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V15");
}

static void each_class_is_judged(void **state) {
    outpatient(*state);
    use(*state, "C", "P1");
    use(*state, "A", "P1");
    use(*state, "C", "P2");
    use(*state, "B", "P2");
    test_findings f = test_judge(*state);
    assert_int_equal(test_count(&f, "V15"), 2);
}

static void without_the_list_of_drugs_it_is_not_evaluated(void **state) {
    test_row(*state, STL_T_LISTS, "list=visit item=11 value=outpatient");
    test_stay(*state, "med_type=11");
    test_findings f = test_judge(*state);
    assert_gap(&f, "V15", -1);
    test_charge(*state, "X", "2025-03-02T10:00:00", "1", "10.00", "");
    f = test_judge(*state);
    assert_gap(&f, "V15", 0);
    assert_missing(&f, "V15", "codes of drugs (list V15.drug)");
    test_stay(*state, "med_type=77");
    f = test_judge(*state);
    assert_gap(&f, "V15", -1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RULE_TEST(similar_drugs_in_two_prescriptions_are_found),
        RULE_TEST(the_same_drug_in_two_prescriptions_is_found),
        RULE_TEST(the_earlier_prescription_is_right_wherever_it_stands),
        RULE_TEST(similar_drugs_in_one_prescription_are_right),
        RULE_TEST(drugs_of_another_class_are_right),
        RULE_TEST(what_is_exempt_may_repeat),
        RULE_TEST(an_inpatient_has_many_orders),
        RULE_TEST(a_visit_of_unknown_kind_is_not_evaluated),
        RULE_TEST(a_drug_without_a_prescription_is_not_evaluated),
        RULE_TEST(one_character_makes_a_class),
        RULE_TEST(without_characters_classes_are_not_evaluated),
        RULE_TEST(a_refunded_drug_is_right),
        RULE_TEST(each_class_is_judged),
        RULE_TEST(without_the_list_of_drugs_it_is_not_evaluated),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
