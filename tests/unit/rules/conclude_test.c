/* SPDX-License-Identifier: Apache-2.0 */
#include "support/rules_support.h"

#include "rules/group.h"

#include <stdio.h>
#include <string.h>

/* Two doubles of one charge on a day that allows one: V5 and V2 over the same line. */
static void doubled(test_world *w) {
    test_service(w, "F1", "C1", "01");
    test_row(w, STL_T_FREQUENCY, "med_list_codg=C1 limit=1 unit=次");
    test_charge(w, "F1", "2025-03-02T10:00:00", "1", "26.50", "drord_no=O1");
    test_charge(w, "F1", "2025-03-02T10:00:00", "1", "26.50", "drord_no=O1");
}

static void conclude(test_findings *f, const stl_rule_switch *switches, size_t n) {
    assert_int_equal(stl_rules_conclude(f->c, switches, n, &f->verdict, NULL), SETTLE_OK);
}

static void a_line_charged_twice_leads_its_day_that_is_too_full(void **state) {
    doubled(*state);
    test_findings f = test_judge(*state);
    conclude(&f, NULL, 0);
    const stl_finding *cause = test_finding(&f, "V5", 0), *symptom = test_finding(&f, "V2", 0);
    assert_string_equal(cause->group, cause->finding_id);
    assert_string_equal(symptom->group, cause->finding_id);
    assert_string_not_equal(symptom->finding_id, cause->finding_id);
}

static void findings_on_other_lines_lead_themselves(void **state) {
    doubled(*state);
    test_row(*state, STL_T_FREQUENCY, "med_list_codg=C2 limit=1 unit=次");
    test_service(*state, "F2", "C2", "01");
    test_charge(*state, "F2", "2025-03-02T11:00:00", "2", "5.00", "drord_no=O2");
    test_findings f = test_judge(*state);
    conclude(&f, NULL, 0);
    size_t alone = 0;
    for (size_t i = 0; i < f.verdict.n_findings; i++) {
        const stl_finding *found = &f.verdict.findings[i];
        if (strcmp(found->rule_id, "V2") == 0)
            alone += strcmp(found->group, found->finding_id) == 0;
    }
    assert_int_equal(test_count(&f, "V2"), 2);
    assert_int_equal(alone, 1);
}

static void a_shadow_is_counted_and_not_shown(void **state) {
    doubled(*state);
    test_findings f = test_judge(*state);
    const stl_finding found = *test_finding(&f, "V5", 0);
    conclude(&f, &(stl_rule_switch){STL_STR("V5"), STL_SHADOW, 1}, 1);
    assert_silent(&f, "V5");
    assert_int_equal(f.verdict.n_shadow, 1);
    assert_string_equal(f.verdict.shadow[0].rule_id, "V5");
    assert_int_equal(f.verdict.shadow[0].count, 1);
    assert_int_equal(f.verdict.shadow[0].lines, found.n_lines);
    assert_int_equal(f.verdict.shadow[0].vola_amt, found.vola_amt);
    assert_true(stl_verdict_stops(&f.verdict)); /* V2 still does */
    const stl_finding *left = test_finding(&f, "V2", 0);
    assert_string_equal(left->group, left->finding_id); /* nobody follows what is not shown */
}

static void the_pack_may_try_a_rule_out(void **state) {
    doubled(*state);
    test_row(*state, STL_T_ACTIONS, "rule_id=V5 action=shadow");
    test_findings f = test_judge(*state);
    conclude(&f, NULL, 0);
    assert_silent(&f, "V5");
    assert_int_equal(f.verdict.n_shadow, 1);
}

static void a_site_may_make_it_live_again(void **state) {
    doubled(*state);
    test_row(*state, STL_T_ACTIONS, "rule_id=V5 action=shadow");
    test_findings f = test_judge(*state);
    conclude(&f, &(stl_rule_switch){STL_STR("V5"), STL_WARN, 1}, 1);
    assert_int_equal(test_finding(&f, "V5", 0)->action, STL_WARN);
    assert_int_equal(f.verdict.n_shadow, 0);
}

static bool says_gap(const test_findings *f, const char *rule_id, const char *part) {
    for (size_t i = 0; i < f->verdict.n_gaps; i++)
        if (strcmp(f->verdict.gaps[i].rule_id, rule_id) == 0 &&
            memmem(f->verdict.gaps[i].missing.ptr, f->verdict.gaps[i].missing.len, part,
                   strlen(part)) != NULL)
            return true;
    return false;
}

static void data_is_stale_the_day_after(void **state) {
    doubled(*state);
    test_row(*state, STL_T_PARAMETERS, "rule_id=V5 name=stale^after value=2025-03-01");
    test_row(*state, STL_T_PARAMETERS, "rule_id=V2 name=stale^after value=2025-03-02");
    test_row(*state, STL_T_PARAMETERS, "rule_id=V37 name=stale^after value=soon");
    test_findings f = test_judge(*state);
    conclude(&f, NULL, 0);
    assert_true(says_gap(&f, "V5", "rule data later than 2025-03-01"));
    assert_false(says_gap(&f, "V2", "rule data"));
    assert_true(says_gap(&f, "V37", "rule data later than soon"));
    assert_int_equal(test_count(&f, "V5"), 1); /* what is found still counts */
}

static void an_empty_table_is_told(void **state) {
    doubled(*state);
    test_findings f = test_judge(*state);
    conclude(&f, NULL, 0);
    assert_true(says_gap(&f, "V16", "rows of rules/cycle.csv in the pack"));
    assert_false(says_gap(&f, "V2", "rules/frequency.csv"));
}

static size_t stale(const test_findings *f, const char *rule_id) {
    size_t count = 0;
    for (size_t i = 0; i < f->verdict.n_gaps; i++)
        count += strcmp(f->verdict.gaps[i].rule_id, rule_id) == 0 &&
                 stl_str_is(f->verdict.gaps[i].missing,
                            "rule data later than 2025-03-01: renew the pack") &&
                 f->verdict.gaps[i].lines == 0;
    return count;
}

static void every_rule_is_asked_once_whether_it_is_stale(void **state) {
    char row[128];
    const stl_rule *const *const LISTS[] = {STL_RULES, STL_PAYMENT_RULES};
    for (size_t k = 0; k < 2; k++)
        for (const stl_rule *const *rule = LISTS[k]; *rule != NULL; rule++) {
            snprintf(row, sizeof row, "rule_id=%s name=stale^after value=2025-03-01", (*rule)->id);
            test_row(*state, STL_T_PARAMETERS, row);
        }
    test_service(*state, "F1", "C1", "01");
    test_charge(*state, "F1", "2025-03-02T10:00:00", "1", "26.50", "");
    test_findings f = test_judge(*state);
    conclude(&f, NULL, 0);
    for (size_t k = 0; k < 2; k++)
        for (const stl_rule *const *rule = LISTS[k]; *rule != NULL; rule++)
            assert_int_equal(stale(&f, (*rule)->id), 1);
}

static void without_a_charge_nothing_is_stale(void **state) {
    test_row(*state, STL_T_PARAMETERS, "rule_id=V5 name=stale^after value=2025-03-01");
    test_findings f = test_judge(*state);
    conclude(&f, NULL, 0);
    assert_int_equal(stale(&f, "V5"), 0);
}

static void one_parameter_is_enough_to_be_stale(void **state) {
    test_service(*state, "F1", "C1", "01");
    test_charge(*state, "F1", "2025-03-02T10:00:00", "1", "26.50", "");
    test_row(*state, STL_T_PARAMETERS, "rule_id=V5 name=stale^after value=2025-03-01");
    test_findings f = test_judge(*state);
    conclude(&f, NULL, 0);
    assert_int_equal(stale(&f, "V5"), 1);
}

static void every_empty_table_is_told(void **state) {
    test_findings f = test_judge(*state);
    conclude(&f, NULL, 0);
    assert_missing(&f, "V2", "rows of rules/frequency.csv in the pack");
    assert_missing(&f, "V26", "rows of rules/mandatory.csv in the pack");
}

static void every_finding_of_a_rule_is_counted_in_its_shadow(void **state) {
    test_service(*state, "F1", "C1", "01");
    test_row(*state, STL_T_FREQUENCY, "med_list_codg=C1 limit=1 unit=次");
    test_charge(*state, "F1", "2025-03-02T10:00:00", "2", "5.00", "drord_no=O1");
    test_charge(*state, "F1", "2025-03-03T10:00:00", "3", "5.00", "drord_no=O2");
    test_findings f = test_judge(*state);
    assert_int_equal(test_count(&f, "V2"), 2);
    conclude(&f, &(stl_rule_switch){STL_STR("V2"), STL_SHADOW, 1}, 1);
    assert_silent(&f, "V2");
    assert_int_equal(f.verdict.n_shadow, 1);
    assert_int_equal(f.verdict.shadow[0].count, 2);
    assert_int_equal(f.verdict.shadow[0].lines, 2);
    assert_int_equal(f.verdict.shadow[0].vola_amt, test_money("15.00"));
}

/* A verdict of the findings given: rule, first line, second line or -1. */
typedef struct given {
    const char *rule, *id;
    int first, second;
} given;

static stl_verdict grouped(test_world *w, const given *all, size_t n) {
    static uint32_t lines[16][2];
    for (int i = 0; i < 4; i++)
        test_charge(w, "F1", "2025-03-02T10:00:00", "1", "1.00", "");
    const stl_case *c = test_case(w);
    stl_verdict v = {.arena = test_arena(w), .n_findings = n};
    v.findings = stl_arena_alloc(v.arena, n * sizeof *v.findings);
    for (size_t i = 0; i < n; i++) {
        lines[i][0] = (uint32_t)all[i].first;
        lines[i][1] = (uint32_t)all[i].second;
        v.findings[i] = (stl_finding){
            .rule_id = all[i].rule, .lines = lines[i], .n_lines = all[i].second < 0 ? 1 : 2};
        snprintf(v.findings[i].finding_id, sizeof v.findings[i].finding_id, "%s", all[i].id);
    }
    assert_int_equal(stl_rules_group(c, &v, NULL), SETTLE_OK);
    return v;
}

static void a_symptom_follows_the_cause_on_any_of_its_lines(void **state) {
    const given all[] = {{"M1", "cause", 1, -1},
                         {"V3", "on-second", 0, 1},
                         {"V3", "elsewhere", 3, -1},
                         {"V1", "on-first", 1, 2},
                         {"V4", "no-symptom", 1, -1}};
    stl_verdict v = grouped(*state, all, 5);
    assert_string_equal(v.findings[0].group, "cause");
    assert_string_equal(v.findings[1].group, "cause");
    assert_string_equal(v.findings[2].group, "elsewhere");
    assert_string_equal(v.findings[3].group, "cause");
    assert_string_equal(v.findings[4].group, "no-symptom");
}

static void the_first_cause_on_a_line_leads(void **state) {
    const given all[] = {
        {"V5", "one", 0, -1}, {"V5", "two", 0, 1}, {"V2", "symptom", 0, 1}, {"V2", "other", 1, -1}};
    stl_verdict v = grouped(*state, all, 4);
    assert_string_equal(v.findings[2].group, "one");
    assert_string_equal(v.findings[3].group, "two");
}

static void who_follows_a_cause_follows_no_other(void **state) {
    const given all[] = {{"V24", "first", 0, -1}, {"V5", "then", 0, 1}, {"V2", "last", 0, 1}};
    stl_verdict v = grouped(*state, all, 3);
    assert_string_equal(v.findings[1].group, "first");
    assert_string_equal(v.findings[2].group, "first");
}

static void a_rule_whose_name_begins_alike_is_no_symptom(void **state) {
    const given all[] = {{"M1", "cause", 0, -1},
                         {"V22", "other", 0, -1},
                         {"V", "none", 0, -1},
                         {"2", "part", 0, -1},
                         {"V26", "last", 0, -1}};
    stl_verdict v = grouped(*state, all, 5);
    assert_string_equal(v.findings[1].group, "other");
    assert_string_equal(v.findings[2].group, "none");
    assert_string_equal(v.findings[3].group, "part");
    assert_string_equal(v.findings[4].group, "cause");
}

static void one_finding_leads_itself(void **state) {
    const given all[] = {{"M1", "alone", 0, -1}};
    stl_verdict v = grouped(*state, all, 1);
    assert_string_equal(v.findings[0].group, "alone");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RULE_TEST(a_line_charged_twice_leads_its_day_that_is_too_full),
        RULE_TEST(findings_on_other_lines_lead_themselves),
        RULE_TEST(a_shadow_is_counted_and_not_shown),
        RULE_TEST(the_pack_may_try_a_rule_out),
        RULE_TEST(a_site_may_make_it_live_again),
        RULE_TEST(data_is_stale_the_day_after),
        RULE_TEST(an_empty_table_is_told),
        RULE_TEST(every_rule_is_asked_once_whether_it_is_stale),
        RULE_TEST(without_a_charge_nothing_is_stale),
        RULE_TEST(one_parameter_is_enough_to_be_stale),
        RULE_TEST(every_empty_table_is_told),
        RULE_TEST(every_finding_of_a_rule_is_counted_in_its_shadow),
        RULE_TEST(a_symptom_follows_the_cause_on_any_of_its_lines),
        RULE_TEST(the_first_cause_on_a_line_leads),
        RULE_TEST(who_follows_a_cause_follows_no_other),
        RULE_TEST(a_rule_whose_name_begins_alike_is_no_symptom),
        RULE_TEST(one_finding_leads_itself),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
