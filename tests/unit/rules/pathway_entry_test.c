/* SPDX-License-Identifier: Apache-2.0 */
#include "support/pathway_support.h"

#include <stdio.h>

static void entry_with_the_diagnosis_is_right(void **state) {
    test_pathway(*state, "");
    test_enter(*state, "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "P1");
    assert_gap(&f, "P1", -1);
}

static void entry_without_the_diagnosis_is_found(void **state) {
    test_pathway(*state, "");
    test_enter(*state, "");
    stl_diagnosis *diagnosis = test_the_stay(*state)->rows[STL_R_DIAGNOSIS].items;
    diagnosis->diag_code = STL_STR("J18.900");
    test_findings f = test_judge(*state);
    assert_found(&f, "P1", "", "");
    assert_int_equal(test_finding(&f, "P1", 0)->action, STL_WARN);
    assert_says(test_finding(&f, "P1", 0)->evidence,
                "on pathway CAP (肺炎), but no principal diagnosis is of J15.9, J18.0-J18.2");
    assert_says(test_finding(&f, "P1", 0)->basis, "pathways/CAP.xml 2009年版");
}

static void bounds_of_a_range_are_inclusive_by_as_many_characters(void **state) {
    static const struct {
        const char *code;
        size_t found;
    } CASES[] = {{"J17.900", 1}, {"J18.000", 0}, {"J18.200x002", 0}, {"J18.300", 1},
                 {"J15.9", 0},   {"J15", 1},     {"J15.800", 1}};
    test_pathway(*state, "");
    test_enter(*state, "");
    stl_diagnosis *diagnosis = test_the_stay(*state)->rows[STL_R_DIAGNOSIS].items;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        diagnosis->diag_code = stl_str_of(CASES[i].code);
        test_findings f = test_judge(*state);
        assert_int_equal(test_count(&f, "P1"), CASES[i].found);
    }
}

static void another_diagnosis_does_not_stand_for_the_principal(void **state) {
    test_pathway(*state, "");
    test_enter(*state, "");
    stl_diagnosis *diagnosis = test_the_stay(*state)->rows[STL_R_DIAGNOSIS].items;
    diagnosis->maindiag_flag = STL_STR("0");
    test_diagnosis(*state, "I10.x00x002", "1");
    test_findings f = test_judge(*state);
    assert_int_equal(test_count(&f, "P1"), 1);
}

static void the_head_speaks_where_no_diagnosis_is_marked(void **state) {
    test_pathway(*state, "");
    test_enter(*state, "");
    stl_diagnosis *diagnosis = test_the_stay(*state)->rows[STL_R_DIAGNOSIS].items;
    diagnosis->diag_code = STL_STR("I10.x00x002");
    diagnosis->maindiag_flag = STL_STR("0");
    test_stay(*state, "dscg_maindiag_code=J15.902");
    test_findings f = test_judge(*state);
    assert_silent(&f, "P1");
    test_stay(*state, "dscg_maindiag_code=J18.900");
    f = test_judge(*state);
    assert_int_equal(test_count(&f, "P1"), 1);
}

static void any_position_takes_another_diagnosis(void **state) {
    test_pathway(*state, "");
    test_row(*state, STL_T_PATHWAYS, "pathway_id=LUNG name=n edition=e");
    test_row(*state, STL_T_PATHWAY_ENTRY,
             "pathway_id=LUNG criterion=001 kind=any first=C34 last=C34");
    test_record(*state, STL_R_PATHWAY, "pathway_id=LUNG");
    test_findings f = test_judge(*state);
    assert_int_equal(test_count(&f, "P1"), 1);
    test_diagnosis(*state, "C34.900", "0");
    f = test_judge(*state);
    assert_silent(&f, "P1");
}

static void every_criterion_must_hold(void **state) {
    test_pathway(*state, "");
    test_enter(*state, "");
    test_row(*state, STL_T_PATHWAY_ENTRY,
             "pathway_id=CAP criterion=002 kind=other first=Z37 last=Z37");
    test_row(*state, STL_T_PATHWAY_ENTRY,
             "pathway_id=CAP criterion=003 kind=operation first=33.2 last=33.2");
    test_findings f = test_judge(*state);
    assert_says(test_finding(&f, "P1", 0)->evidence, "no other diagnosis is of Z37;");
    test_diagnosis(*state, "Z37.000", "0");
    f = test_judge(*state);
    assert_says(test_finding(&f, "P1", 0)->evidence, "no operation is of 33.2;");
    test_record(*state, STL_R_OPERATION, "oprn_oprt_code=33.2200");
    f = test_judge(*state);
    assert_silent(&f, "P1");
}

static void operations_not_given_are_not_evaluated(void **state) {
    test_pathway(*state, "");
    test_enter(*state, "");
    test_row(*state, STL_T_PATHWAY_ENTRY,
             "pathway_id=CAP criterion=002 kind=operation first=33.2 last=33.2");
    test_the_stay(*state)->given[STL_R_OPERATION] = false;
    test_findings f = test_judge(*state);
    assert_silent(&f, "P1");
    assert_gap(&f, "P1", 0);
}

static void a_recorded_variation_makes_it_a_hint(void **state) {
    test_pathway(*state, "");
    test_enter(*state, VARIED);
    stl_diagnosis *diagnosis = test_the_stay(*state)->rows[STL_R_DIAGNOSIS].items;
    diagnosis->diag_code = STL_STR("J18.900");
    test_findings f = test_judge(*state);
    assert_int_equal(test_finding(&f, "P1", 0)->action, STL_HINT);
    assert_says(test_finding(&f, "P1", 0)->evidence, "(variation recorded: 病情需要)");
}

static void a_variation_without_reason_or_person_explains_nothing(void **state) {
    static const char *const RECORDS[] = {"variation=variation reason=x", "variation=exit by=D1",
                                          "reason=x by=D1"};
    for (size_t i = 0; i < sizeof RECORDS / sizeof *RECORDS; i++) {
        test_world *w = test_world_new();
        test_pathway(w, "");
        test_enter(w, RECORDS[i]);
        ((stl_diagnosis *)test_the_stay(w)->rows[STL_R_DIAGNOSIS].items)->diag_code =
            STL_STR("J18.900");
        test_findings f = test_judge(w);
        assert_int_equal(test_finding(&f, "P1", 0)->action, STL_WARN);
        test_world_free(w);
    }
    (void)state;
}

static void who_left_the_pathway_is_not_judged(void **state) {
    static const char *const RECORDS[] = {LEFT, "variation=退出 reason=合并症 by=D990101"};
    for (size_t i = 0; i < sizeof RECORDS / sizeof *RECORDS; i++) {
        test_world *w = test_world_new();
        test_pathway(w, "stay_min=9 stay_max=9 stay_read=full");
        test_enter(w, "");
        test_enter(w, RECORDS[i]);
        ((stl_diagnosis *)test_the_stay(w)->rows[STL_R_DIAGNOSIS].items)->diag_code =
            STL_STR("J18.900");
        test_findings f = test_judge(w);
        assert_silent(&f, "P1");
        assert_silent(&f, "P5");
        test_world_free(w);
    }
    (void)state;
}

static void a_pathway_that_the_pack_does_not_have_is_not_evaluated(void **state) {
    test_record(*state, STL_R_PATHWAY, "pathway_id=OTHER");
    test_findings f = test_judge(*state);
    assert_silent(&f, "P1");
    assert_gap(&f, "P1", 0);
}

static void entry_outside_its_interval_is_found(void **state) {
    test_pathway(*state, "begndate=2025-03-02");
    test_enter(*state, "");
    test_findings f = test_judge(*state);
    assert_says(test_finding(&f, "P1", 0)->evidence,
                "not in force on the day of entry, 2025-03-01");
}

static void entry_on_its_first_day_is_right(void **state) {
    test_pathway(*state, "begndate=2025-03-01 enddate=2025-03-01");
    test_enter(*state, "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "P1");
}

static void without_the_file_a_fitting_pathway_is_one_gap(void **state) {
    test_pathway(*state, "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "P1");
    assert_gap(&f, "P1", 0);
}

static void without_the_file_a_stay_that_fits_nothing_says_nothing(void **state) {
    test_pathway(*state, "");
    ((stl_diagnosis *)test_the_stay(*state)->rows[STL_R_DIAGNOSIS].items)->diag_code =
        STL_STR("J15.800");
    test_findings f = test_judge(*state);
    assert_silent(&f, "P1");
    assert_gap(&f, "P1", -1);
}

static void with_the_file_a_fitting_stay_that_is_not_in_it_is_a_hint(void **state) {
    test_pathway(*state, "");
    test_given(*state, STL_R_PATHWAY);
    test_findings f = test_judge(*state);
    assert_found(&f, "P1", "", "");
    assert_int_equal(test_finding(&f, "P1", 0)->action, STL_HINT);
    assert_says(test_finding(&f, "P1", 0)->evidence, "no entry is recorded");
}

static void the_packs_action_does_not_harden_a_hint(void **state) {
    test_pathway(*state, "");
    test_given(*state, STL_R_PATHWAY);
    test_row(*state, STL_T_ACTIONS, "rule_id=P1 action=block");
    test_findings f = test_judge(*state);
    assert_int_equal(test_finding(&f, "P1", 0)->action, STL_HINT);
}

static void a_pathway_not_yet_in_force_is_not_suggested(void **state) {
    test_pathway(*state, "begndate=2025-03-02");
    test_findings f = test_judge(*state);
    assert_gap(&f, "P1", -1);
}

static void the_earliest_record_is_the_day_of_entry(void **state) {
    test_pathway(*state, "begndate=2025-03-03");
    test_enter(*state, "entry_time=2025-03-03T10:00:00");
    test_enter(*state, "entry_time=");
    test_findings f = test_judge(*state);
    assert_silent(&f, "P1");
    test_enter(*state, "entry_time=2025-03-02T10:00:00");
    test_enter(*state, "entry_time=2025-03-04T10:00:00");
    f = test_judge(*state);
    assert_says(test_finding(&f, "P1", 0)->evidence,
                "not in force on the day of entry, 2025-03-02");
}

static void what_another_pathway_asks_for_does_not_count(void **state) {
    test_pathway(*state, "");
    test_enter(*state, "");
    test_row(*state, STL_T_PATHWAY_ENTRY,
             "pathway_id=CAQ criterion=001 kind=principal first=J18.9 last=J18.9");
    test_row(*state, STL_T_PATHWAY_ENTRY,
             "pathway_id=CAO criterion=001 kind=principal first=J18.9 last=J18.9");
    stl_diagnosis *diagnosis = test_the_stay(*state)->rows[STL_R_DIAGNOSIS].items;
    diagnosis->diag_code = STL_STR("J18.900");
    test_findings f = test_judge(*state);
    assert_found(&f, "P1", "", "");
    assert_str(test_finding(&f, "P1", 0)->evidence,
               "on pathway CAP (肺炎), but no principal diagnosis is of J15.9, J18.0-J18.2; the "
               "principal diagnosis is J15.902");
}

/* A pathway LUNG with one criterion, and the category that suggests it. */
static void lung(test_world *w, const char *kind, const char *first, const char *category) {
    char row[128];
    test_row(w, STL_T_PATHWAYS, "pathway_id=LUNG name=n edition=e");
    snprintf(row, sizeof row, "pathway_id=LUNG criterion=001 kind=%s first=%s last=%s", kind, first,
             first);
    test_row(w, STL_T_PATHWAY_ENTRY, row);
    snprintf(row, sizeof row, "category=%s pathway_id=LUNG", category);
    test_row(w, STL_T_PATHWAY_CATEGORY, row);
}

static void diagnoses_not_given_leave_an_entry_open(void **state) {
    lung(*state, "any", "C34", "C34");
    test_record(*state, STL_R_PATHWAY, "pathway_id=LUNG");
    test_stay(*state, "dscg_maindiag_code=J15.902");
    test_findings f = test_judge(*state);
    assert_silent(&f, "P1");
    assert_missing(&f, "P1", "diagnoses");
}

static void the_head_alone_may_speak_for_the_principal_diagnosis(void **state) {
    lung(*state, "principal", "C34", "C34");
    test_record(*state, STL_R_PATHWAY, "pathway_id=LUNG");
    test_stay(*state, "dscg_maindiag_code=");
    test_findings f = test_judge(*state);
    assert_silent(&f, "P1");
    assert_missing(&f, "P1", "diagnoses");
    test_stay(*state, "dscg_maindiag_code=J15.902");
    f = test_judge(*state);
    assert_int_equal(test_count(&f, "P1"), 1);
    assert_gap(&f, "P1", -1);
}

static void a_criterion_that_fails_goes_before_one_that_is_open(void **state) {
    lung(*state, "operation", "33.2", "33");
    test_row(*state, STL_T_PATHWAY_ENTRY,
             "pathway_id=LUNG criterion=002 kind=principal first=C34 last=C34");
    test_record(*state, STL_R_PATHWAY, "pathway_id=LUNG");
    test_stay(*state, "dscg_maindiag_code=J15.902");
    test_findings f = test_judge(*state);
    assert_says(test_finding(&f, "P1", 0)->evidence, "no principal diagnosis is of C34");
    assert_gap(&f, "P1", -1);
}

static void a_pathway_is_suggested_by_head_diagnosis_or_operation(void **state) {
    lung(*state, "principal", "C34", "C34");
    test_stay(*state, "dscg_maindiag_code=C34.900");
    test_findings f = test_judge(*state);
    assert_missing(&f, "P1", "records of pathways");
    test_stay(*state, "dscg_maindiag_code=");
    f = test_judge(*state);
    assert_gap(&f, "P1", -1);
    test_diagnosis(*state, "C34.900", "1");
    f = test_judge(*state);
    assert_missing(&f, "P1", "records of pathways");
}

static void a_pathway_of_an_operation_is_suggested(void **state) {
    lung(*state, "operation", "33.2", "33");
    test_record(*state, STL_R_OPERATION, "oprn_oprt_code=33.2200");
    test_findings f = test_judge(*state);
    assert_missing(&f, "P1", "records of pathways");
}

static void a_diagnosis_may_be_a_category(void **state) {
    lung(*state, "principal", "C34", "C34");
    test_diagnosis(*state, "C34", "1");
    test_diagnosis(*state, "C3", "0");
    test_findings f = test_judge(*state);
    assert_missing(&f, "P1", "records of pathways");
}

static void a_pathway_that_two_diagnoses_suggest_is_one(void **state) {
    lung(*state, "any", "C34", "C34");
    test_row(*state, STL_T_PATHWAY_CATEGORY, "category=C34 pathway_id=GONE");
    test_diagnosis(*state, "C34.900", "1");
    test_diagnosis(*state, "C34.901", "0");
    test_given(*state, STL_R_PATHWAY);
    test_findings f = test_judge(*state);
    assert_found(&f, "P1", "", "");
    assert_str(test_finding(&f, "P1", 0)->evidence,
               "diagnoses and operations fit the entry of pathway LUNG (n), but no entry is "
               "recorded");
}

static void a_pathway_that_might_be_suggested_is_told(void **state) {
    lung(*state, "principal", "C34", "C34");
    test_row(*state, STL_T_PATHWAY_ENTRY,
             "pathway_id=LUNG criterion=002 kind=operation first=33.2 last=33.2");
    test_diagnosis(*state, "C34.900", "1");
    test_findings f = test_judge(*state);
    assert_gap(&f, "P1", 0);
    assert_int_equal(test_gaps(&f, "P1"), 1);
    assert_missing(&f, "P1", "diagnoses or operations that the entry asks for");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RULE_TEST(entry_with_the_diagnosis_is_right),
        RULE_TEST(entry_without_the_diagnosis_is_found),
        RULE_TEST(bounds_of_a_range_are_inclusive_by_as_many_characters),
        RULE_TEST(another_diagnosis_does_not_stand_for_the_principal),
        RULE_TEST(the_head_speaks_where_no_diagnosis_is_marked),
        RULE_TEST(any_position_takes_another_diagnosis),
        RULE_TEST(every_criterion_must_hold),
        RULE_TEST(operations_not_given_are_not_evaluated),
        RULE_TEST(a_recorded_variation_makes_it_a_hint),
        RULE_TEST(a_variation_without_reason_or_person_explains_nothing),
        RULE_TEST(who_left_the_pathway_is_not_judged),
        RULE_TEST(a_pathway_that_the_pack_does_not_have_is_not_evaluated),
        RULE_TEST(entry_outside_its_interval_is_found),
        RULE_TEST(entry_on_its_first_day_is_right),
        RULE_TEST(without_the_file_a_fitting_pathway_is_one_gap),
        RULE_TEST(without_the_file_a_stay_that_fits_nothing_says_nothing),
        RULE_TEST(with_the_file_a_fitting_stay_that_is_not_in_it_is_a_hint),
        RULE_TEST(the_packs_action_does_not_harden_a_hint),
        RULE_TEST(a_pathway_not_yet_in_force_is_not_suggested),
        RULE_TEST(the_earliest_record_is_the_day_of_entry),
        RULE_TEST(what_another_pathway_asks_for_does_not_count),
        RULE_TEST(diagnoses_not_given_leave_an_entry_open),
        RULE_TEST(the_head_alone_may_speak_for_the_principal_diagnosis),
        RULE_TEST(a_criterion_that_fails_goes_before_one_that_is_open),
        RULE_TEST(a_pathway_is_suggested_by_head_diagnosis_or_operation),
        RULE_TEST(a_pathway_of_an_operation_is_suggested),
        RULE_TEST(a_diagnosis_may_be_a_category),
        RULE_TEST(a_pathway_that_two_diagnoses_suggest_is_one),
        RULE_TEST(a_pathway_that_might_be_suggested_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
