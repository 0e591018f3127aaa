/* SPDX-License-Identifier: Apache-2.0 */
#include "support/rules_support.h"

#include <stdio.h>

static void drug(test_world *w, const char *ours, const char *theirs) {
    char text[256];
    snprintf(text, sizeof text, "medins_list_codg=F1 medins_list_name=%s spec=100ml/袋", ours);
    test_item(w, text);
    test_map(w, "medins_list_codg=F1 map_id=M7 med_list_codg=X1");
    snprintf(text, sizeof text, "med_list_codg=X1 med_list_name=%s list_type=101 chrgitm_lv=01",
             theirs);
    test_row(w, STL_T_CATALOGUE, text);
    test_row(w, STL_T_LISTS, "list=V7.similarity item=101 value=50");
    test_row(w, STL_T_PARAMETERS, "rule_id=V7 name=renamed-percent value=50");
    test_row(w, STL_T_PARAMETERS, "rule_id=V7 name=remapped-days value=30");
}

static void use(test_world *w, const char *at, const char *name) {
    char text[128];
    snprintf(text, sizeof text, "medins_list_name=%s spec=100ml/袋", name);
    test_charge(w, "F1", at, "1", "10.00", text);
}

static void a_name_far_from_the_catalogues_is_found(void **state) {
    drug(*state, "人参养荣丸", "氯化钠注射液");
    use(*state, "2025-03-02T10:00:00", "人参养荣丸");
    use(*state, "2025-03-03T10:00:00", "人参养荣丸");
    test_findings f = test_judge(*state);
    assert_found(&f, "V7", "1 2", "");
    const stl_finding *found = test_finding(&f, "V7", 0);
    assert_int_equal(found->action, STL_WARN);
    assert_int_equal(found->vola_amt, test_money("20.00"));
    assert_says(found->evidence, "are 0% alike < 50%: 2 lines, 20.00 yuan");
    assert_says(found->basis, "mapping.csv M7");
}

static void a_similarity_on_the_threshold_is_right(void **state) {
    drug(*state, "甲乙丙", "乙丙丁"); /* 50 % */
    use(*state, "2025-03-02T10:00:00", "甲乙丙");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V7");
    assert_gap(&f, "V7", -1);
}

static void a_similarity_below_the_threshold_is_found(void **state) {
    drug(*state, "甲乙丙丁", "乙丙戊己"); /* 33 % */
    use(*state, "2025-03-02T10:00:00", "甲乙丙丁");
    test_findings f = test_judge(*state);
    assert_found(&f, "V7", "1", "");
}

static void a_kind_of_item_not_listed_is_not_judged_by_its_name(void **state) {
    drug(*state, "氯化钠", "氯化钠");
    test_service(*state, "F2", "C2", "01"); /* list_type 201, name F2 and NC2 */
    test_charge(*state, "F2", "2025-03-02T10:00:00", "1", "5.00", "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V7");
}

static void without_the_list_names_are_not_evaluated(void **state) {
    test_service(*state, "F2", "C2", "01");
    test_row(*state, STL_T_PARAMETERS, "rule_id=V7 name=renamed-percent value=50");
    test_row(*state, STL_T_PARAMETERS, "rule_id=V7 name=remapped-days value=30");
    test_charge(*state, "F2", "2025-03-02T10:00:00", "1", "5.00", "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V7");
    assert_gap(&f, "V7", 0);
}

static void refunded_lines_are_not_found(void **state) {
    drug(*state, "人参养荣丸", "氯化钠注射液");
    use(*state, "2025-03-02T10:00:00", "人参养荣丸");
    test_charge(*state, "F1", "2025-03-03T10:00:00", "-1", "10.00",
                "init_feedetl_sn=1 medins_list_name=人参养荣丸");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V7");
}

static void a_charge_named_unlike_the_item_master_is_found(void **state) {
    drug(*state, "氯化钠注射液", "氯化钠注射液");
    use(*state, "2025-03-02T10:00:00", "氯化钠注射液");
    use(*state, "2025-03-02T11:00:00", "人参养荣丸");
    test_findings f = test_judge(*state);
    assert_found(&f, "V7", "2", "");
    assert_says(test_finding(&f, "V7", 0)->evidence, "the charge says \"人参养荣丸\"");
}

static void a_charge_of_another_specification_is_found(void **state) {
    drug(*state, "氯化钠注射液", "氯化钠注射液");
    test_charge(*state, "F1", "2025-03-02T10:00:00", "1", "10.00",
                "medins_list_name=氯化钠注射液 spec=75mg*7片/盒");
    test_findings f = test_judge(*state);
    assert_found(&f, "V7", "1", "");
}

static void another_spelling_of_name_and_specification_is_right(void **state) {
    drug(*state, "氯化钠注射液", "氯化钠注射液");
    test_charge(*state, "F1", "2025-03-02T10:00:00", "1", "10.00",
                "medins_list_name=氯化钠（注射液） spec=１００ML／袋");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V7");
}

/* F1 led to X1 until 2025-01-31 and leads to X2 since 2025-02-01. */
static void remapped(test_world *w, const char *old_code) {
    char text[128];
    test_item(w, "medins_list_codg=F1 medins_list_name=氯化钠");
    test_map(w, "medins_list_codg=F1 map_id=M1 med_list_codg=X1 enddate=2025-01-31");
    test_map(w, "medins_list_codg=F1 map_id=M2 med_list_codg=X2 begndate=2025-02-01");
    test_row(w, STL_T_CATALOGUE, "med_list_codg=X2 med_list_name=氯化钠 chrgitm_lv=01");
    snprintf(text, sizeof text, "med_list_codg=X1 med_list_name=氯化钠 chrgitm_lv=01 %s", old_code);
    test_row(w, STL_T_CATALOGUE, text);
    test_row(w, STL_T_LISTS, "list=V7.similarity item=101 value=50");
    test_row(w, STL_T_PARAMETERS, "rule_id=V7 name=renamed-percent value=50");
    test_charge(w, "F1", "2025-03-02T10:00:00", "1", "10.00", "medins_list_name=氯化钠");
}

static void an_item_mapped_to_another_code_within_the_days_is_found(void **state) {
    remapped(*state, "");
    test_row(*state, STL_T_PARAMETERS, "rule_id=V7 name=remapped-days value=29");
    test_findings f = test_judge(*state); /* 2025-01-31 is 29 days before 2025-03-01 */
    assert_found(&f, "V7", "1", "");
    assert_says(test_finding(&f, "V7", 0)->evidence, "since 2025-02-01 no longer to X1 but to X2");
}

static void an_item_mapped_anew_before_those_days_is_right(void **state) {
    remapped(*state, "");
    test_row(*state, STL_T_PARAMETERS, "rule_id=V7 name=remapped-days value=28");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V7");
    assert_gap(&f, "V7", -1);
}

static void a_code_that_left_the_catalogue_may_be_replaced(void **state) {
    remapped(*state, "enddate=2025-01-31");
    test_row(*state, STL_T_PARAMETERS, "rule_id=V7 name=remapped-days value=29");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V7");
}

static void without_the_days_remapping_is_not_evaluated(void **state) {
    remapped(*state, "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V7");
    assert_gap(&f, "V7", 0);
}

static void a_name_that_is_missing_is_far_from_none(void **state) {
    drug(*state, "", "氯化钠注射液");
    use(*state, "2025-03-02T10:00:00", "人参养荣丸");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V7");
    test_rules_teardown(state);
    test_rules_setup(state);
    drug(*state, "人参养荣丸", "");
    use(*state, "2025-03-02T10:00:00", "人参养荣丸");
    f = test_judge(*state);
    assert_silent(&f, "V7");
}

static void each_code_of_an_item_is_compared(void **state) {
    test_item(*state, "medins_list_codg=F1 medins_list_name=氯化钠");
    test_map(*state, "medins_list_codg=F1 map_id=M1 med_list_codg=X1 enddate=2025-03-02");
    test_map(*state, "medins_list_codg=F1 map_id=M2 med_list_codg=X2 begndate=2025-03-03");
    test_row(*state, STL_T_CATALOGUE,
             "med_list_codg=X1 med_list_name=人参养荣丸 list_type=101 "
             "chrgitm_lv=01 enddate=2025-03-02");
    test_row(*state, STL_T_CATALOGUE,
             "med_list_codg=X2 med_list_name=氯化钠 list_type=101 chrgitm_lv=01");
    test_row(*state, STL_T_LISTS, "list=V7.similarity item=101 value=50");
    test_charge(*state, "F1", "2025-03-02T10:00:00", "1", "10.00", "medins_list_name=氯化钠");
    test_charge(*state, "F1", "2025-03-03T10:00:00", "1", "10.00", "medins_list_name=氯化钠");
    test_findings f = test_judge(*state);
    assert_found(&f, "V7", "1", "");
}

static void map_twice(test_world *w, const char *before, const char *now, const char *days) {
    char text[128];
    test_item(w, "medins_list_codg=F1 medins_list_name=氯化钠");
    snprintf(text, sizeof text, "medins_list_codg=F1 map_id=M1 med_list_codg=X1 %s", before);
    test_map(w, text);
    snprintf(text, sizeof text, "medins_list_codg=F1 map_id=M2 med_list_codg=X2 %s", now);
    test_map(w, text);
    test_row(w, STL_T_CATALOGUE, "med_list_codg=X1 med_list_name=氯化钠 chrgitm_lv=01");
    test_row(w, STL_T_CATALOGUE, "med_list_codg=X2 med_list_name=氯化钠 chrgitm_lv=01");
    test_row(w, STL_T_LISTS, "list=V7.similarity item=101 value=50");
    test_row(w, STL_T_PARAMETERS, "rule_id=V7 name=renamed-percent value=50");
    snprintf(text, sizeof text, "rule_id=V7 name=remapped-days value=%s", days);
    test_row(w, STL_T_PARAMETERS, text);
    test_service(w, "G1", "C1", "01");
    test_charge(w, "G1", "2025-03-02T10:00:00", "1", "10.00", "medins_list_name=G1");
    test_charge(w, "F1", "2025-03-03T10:00:00", "1", "10.00", "medins_list_name=氯化钠");
}

static void mapped_anew_during_the_stay_is_found_with_no_days_before_it(void **state) {
    map_twice(*state, "enddate=2025-03-02", "begndate=2025-03-03", "0");
    test_charge(*state, "X", "2025-03-03T10:00:00", "1", "10.00", "medins_list_name=X");
    test_charge(*state, "F1", "2025-03-03T11:00:00", "1", "10.00", "medins_list_name=氯化钠");
    test_charge(*state, "F1", "2025-03-03T12:00:00", "-1", "10.00",
                "medins_list_name=氯化钠 init_feedetl_sn=4");
    test_findings f = test_judge(*state);
    assert_found(&f, "V7", "2", "");
}

static void a_row_that_begins_no_earlier_is_no_former_one(void **state) {
    map_twice(*state, "enddate=2025-03-02", "", "30");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V7");
    test_rules_teardown(state);
    test_rules_setup(state);
    map_twice(*state, "begndate=2025-03-02 enddate=2025-03-02", "begndate=2025-03-02", "30");
    f = test_judge(*state);
    assert_silent(&f, "V7");
}

static void without_the_admission_nothing_is_remapped(void **state) {
    map_twice(*state, "enddate=2025-03-02", "begndate=2025-03-03", "30");
    test_stay(*state, "begntime=");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V7");
    assert_gap(&f, "V7", -1);
}

static void a_stay_without_charges_needs_no_parameters(void **state) {
    test_findings f = test_judge(*state);
    assert_gap(&f, "V7", -1);
}

static void one_charge_needs_the_parameter_of_names(void **state) {
    test_charge(*state, "X", "2025-03-02T10:00:00", "1", "10.00", "");
    test_findings f = test_judge(*state);
    assert_gap(&f, "V7", 0);
    assert_int_equal(test_gaps(&f, "V7"), 1);
    assert_missing(&f, "V7", "parameter V7 renamed-percent");
}

static void a_refunded_charge_of_another_name_is_right(void **state) {
    drug(*state, "氯化钠注射液", "氯化钠注射液");
    use(*state, "2025-03-02T11:00:00", "人参养荣丸");
    test_charge(*state, "F1", "2025-03-03T10:00:00", "-1", "10.00",
                "init_feedetl_sn=1 medins_list_name=人参养荣丸");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V7");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RULE_TEST(a_name_far_from_the_catalogues_is_found),
        RULE_TEST(a_similarity_on_the_threshold_is_right),
        RULE_TEST(a_similarity_below_the_threshold_is_found),
        RULE_TEST(a_kind_of_item_not_listed_is_not_judged_by_its_name),
        RULE_TEST(without_the_list_names_are_not_evaluated),
        RULE_TEST(refunded_lines_are_not_found),
        RULE_TEST(a_charge_named_unlike_the_item_master_is_found),
        RULE_TEST(a_charge_of_another_specification_is_found),
        RULE_TEST(another_spelling_of_name_and_specification_is_right),
        RULE_TEST(an_item_mapped_to_another_code_within_the_days_is_found),
        RULE_TEST(an_item_mapped_anew_before_those_days_is_right),
        RULE_TEST(a_code_that_left_the_catalogue_may_be_replaced),
        RULE_TEST(without_the_days_remapping_is_not_evaluated),
        RULE_TEST(a_name_that_is_missing_is_far_from_none),
        RULE_TEST(each_code_of_an_item_is_compared),
        RULE_TEST(mapped_anew_during_the_stay_is_found_with_no_days_before_it),
        RULE_TEST(a_row_that_begins_no_earlier_is_no_former_one),
        RULE_TEST(without_the_admission_nothing_is_remapped),
        RULE_TEST(a_stay_without_charges_needs_no_parameters),
        RULE_TEST(one_charge_needs_the_parameter_of_names),
        RULE_TEST(a_refunded_charge_of_another_name_is_right),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
