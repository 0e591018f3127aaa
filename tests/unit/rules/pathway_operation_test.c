/* SPDX-License-Identifier: Apache-2.0 */
#include "support/pathway_support.h"

#include <stdio.h>

/* Admission on 2025-03-01, the operation 51.23 on day 2 or 3. */
static void world(test_world *w, const char *read) {
    char more[128];
    snprintf(more, sizeof more, "operation_day_min=2 operation_day_max=3 operation_day_read=%s",
             read);
    test_pathway(w, more);
    test_enter(w, "");
    test_row(w, STL_T_PATHWAY_ENTRY,
             "pathway_id=CAP criterion=002 kind=operation first=51.23 last=51.23");
}

static void operate(test_world *w, const char *code, const char *day) {
    char fields[128];
    snprintf(fields, sizeof fields, "oprn_oprt_code=%s oprn_oprt_name=LC%s%s", code,
             day[0] == '\0' ? "" : " oprn_oprt_date=", day);
    test_record(w, STL_R_OPERATION, fields);
}

static void on_either_bound_is_right(void **state) {
    static const char *const DAYS[] = {"2025-03-02", "2025-03-03"};
    for (size_t i = 0; i < 2; i++) {
        test_world *w = test_world_new();
        world(w, "full");
        operate(w, "51.2300", DAYS[i]);
        test_findings f = test_judge(w);
        assert_silent(&f, "P6");
        assert_gap(&f, "P6", -1);
        test_world_free(w);
    }
    (void)state;
}

static void a_day_later_is_found(void **state) {
    world(*state, "full");
    operate(*state, "51.2300", "2025-03-04");
    test_findings f = test_judge(*state);
    assert_found(&f, "P6", "", "");
    assert_int_equal(test_finding(&f, "P6", 0)->action, STL_WARN);
    assert_says(test_finding(&f, "P6", 0)->evidence,
                "LC (51.2300) on 2025-03-04, day 4 of the stay; pathway CAP (肺炎) has it on day 2 "
                "to 3");
}

static void on_the_day_of_admission_is_found(void **state) {
    world(*state, "full");
    operate(*state, "51.2300", "2025-03-01");
    test_findings f = test_judge(*state);
    assert_found(&f, "P6", "", "");
}

static void inferred_days_make_a_hint(void **state) {
    world(*state, "part");
    operate(*state, "51.2300", "2025-03-04");
    test_findings f = test_judge(*state);
    assert_int_equal(test_finding(&f, "P6", 0)->action, STL_HINT);
    assert_says(test_finding(&f, "P6", 0)->evidence, "(as inferred)");
}

static void the_earliest_of_the_pathways_operations_counts(void **state) {
    world(*state, "full");
    operate(*state, "51.2301", "2025-03-05");
    operate(*state, "51.2300", "2025-03-03");
    operate(*state, "93.9000", "2025-03-01"); /* not of the pathway */
    test_findings f = test_judge(*state);
    assert_silent(&f, "P6");
}

static void without_a_date_it_is_not_evaluated(void **state) {
    world(*state, "full");
    operate(*state, "51.2300", "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "P6");
    assert_gap(&f, "P6", 0);
}

static void without_admission_it_is_not_evaluated(void **state) {
    world(*state, "full");
    operate(*state, "51.2300", "2025-03-04");
    test_the_stay(*state)->head.begntime = STL_NONE;
    test_findings f = test_judge(*state);
    assert_silent(&f, "P6");
    assert_gap(&f, "P6", 0);
}

static void an_operation_of_another_pathway_is_not_judged(void **state) {
    test_pathway(*state, "operation_day_min=2 operation_day_max=3 operation_day_read=full");
    test_enter(*state, "");
    test_row(*state, STL_T_PATHWAY_ENTRY,
             "pathway_id=CAQ criterion=001 kind=operation first=51.23 last=51.23");
    operate(*state, "51.2300", "2025-03-04");
    test_findings f = test_judge(*state);
    assert_silent(&f, "P6");
    assert_gap(&f, "P6", -1);
}

static void the_operation_may_be_the_first_criterion(void **state) {
    test_row(
        *state, STL_T_PATHWAYS,
        "pathway_id=LC name=n operation_day_min=1 operation_day_max=1 operation_day_read=full");
    test_row(*state, STL_T_PATHWAY_ENTRY,
             "pathway_id=LC criterion=001 kind=operation first=51.23 last=51.23");
    test_record(*state, STL_R_PATHWAY, "pathway_id=LC entry_time=2025-03-01T09:00:00");
    operate(*state, "51.2300", "2025-03-02");
    test_findings f = test_judge(*state);
    assert_found(&f, "P6", "", "");
}

static void a_pathway_without_days_of_operation_says_nothing(void **state) {
    test_pathway(*state, "");
    test_enter(*state, "");
    test_row(*state, STL_T_PATHWAY_ENTRY,
             "pathway_id=CAP criterion=002 kind=operation first=51.23 last=51.23");
    operate(*state, "51.2300", "2025-03-04");
    test_findings f = test_judge(*state);
    assert_silent(&f, "P6");
}

static void an_undated_operation_beside_a_dated_one_says_nothing(void **state) {
    world(*state, "full");
    test_findings f = test_judge(*state);
    assert_gap(&f, "P6", -1);
    operate(*state, "51.2300", "2025-03-02");
    operate(*state, "51.2300", "");
    f = test_judge(*state);
    assert_silent(&f, "P6");
    assert_gap(&f, "P6", -1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RULE_TEST(on_either_bound_is_right),
        RULE_TEST(a_day_later_is_found),
        RULE_TEST(on_the_day_of_admission_is_found),
        RULE_TEST(inferred_days_make_a_hint),
        RULE_TEST(the_earliest_of_the_pathways_operations_counts),
        RULE_TEST(without_a_date_it_is_not_evaluated),
        RULE_TEST(without_admission_it_is_not_evaluated),
        RULE_TEST(an_operation_of_another_pathway_is_not_judged),
        RULE_TEST(the_operation_may_be_the_first_criterion),
        RULE_TEST(a_pathway_without_days_of_operation_says_nothing),
        RULE_TEST(an_undated_operation_beside_a_dated_one_says_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
