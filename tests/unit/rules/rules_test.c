/* SPDX-License-Identifier: Apache-2.0 */
/* What holds for all rules together. */
#include "support/rules_support.h"

#include <ctype.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static void speaks_both_languages_and_names_its_basis(const stl_rule *rule) {
    assert_true(strlen(rule->id) >= 2 && isupper((unsigned char)rule->id[0]));
    for (int lang = 0; lang < 2; lang++) {
        assert_true(strlen(rule->name[lang]) > 5);
        assert_true(strlen(rule->fix[lang]) > 10);
    }
    assert_true((rule->name[0][0] & 0x80) != 0); /* Chinese */
    assert_true((rule->name[1][0] & 0x80) == 0);
    assert_non_null(strchr(rule->basis, ':')); /* a source line of the atlas */
}

static void every_rule_speaks_both_languages_and_names_its_basis(void **state) {
    (void)state;
    for (size_t i = 0; STL_RULES[i] != NULL; i++) {
        speaks_both_languages_and_names_its_basis(STL_RULES[i]);
        assert_non_null(STL_RULES[i]->run);
        assert_in_range(STL_RULES[i]->scope, STL_SCOPE_STAY, STL_SCOPE_RECORDS);
        assert_true(STL_RULES[i]->concerns == NULL || STL_RULES[i]->scope == STL_SCOPE_STAY);
    }
    for (size_t i = 0; STL_PAYMENT_RULES[i] != NULL; i++) {
        speaks_both_languages_and_names_its_basis(STL_PAYMENT_RULES[i]);
        assert_non_null(STL_PAYMENT_RULES[i]->run_paid);
    }
}

/* The atlas blocks dates outside the stay and warns of many prescriptions: both are V14. A price
 * above the list's is blocked; that two operations went by one incision, or two tests at one time,
 * only a person knows: both are V3. To settle twice is blocked, to be insured twice is a warning:
 * both are V24. */
static bool is_split(const stl_rule *rule) {
    return strcmp(rule->id, "V3") == 0 || strcmp(rule->id, "V14") == 0 ||
           strcmp(rule->id, "V24") == 0;
}

static void rules_of_one_id_stand_together_with_one_name(void **state) {
    (void)state;
    for (size_t i = 0; STL_RULES[i] != NULL; i++)
        for (size_t k = i + 1; STL_RULES[k] != NULL; k++) {
            if (strcmp(STL_RULES[i]->id, STL_RULES[k]->id) != 0)
                continue;
            assert_string_equal(STL_RULES[k - 1]->id, STL_RULES[k]->id);
            if (is_split(STL_RULES[i]))
                continue;
            assert_string_equal(STL_RULES[i]->name[0], STL_RULES[k]->name[0]);
            assert_int_equal(STL_RULES[i]->action, STL_RULES[k]->action);
        }
}

static stl_action default_of(const char *id) {
    static const struct {
        const char *id;
        stl_action action;
    } NOT_BLOCK[] = {
        {"V7", STL_WARN},  {"V8", STL_HOLD},  {"V9", STL_WARN},  {"V11", STL_WARN},
        {"V13", STL_HOLD}, {"V15", STL_WARN}, {"V16", STL_WARN}, {"V17", STL_HINT},
        {"V20", STL_WARN}, {"V21", STL_HOLD}, {"V22", STL_HOLD}, {"V23", STL_WARN},
        {"V25", STL_WARN}, {"V30", STL_WARN}, {"V31", STL_HINT}, {"V33", STL_WARN},
        {"V34", STL_HOLD}, {"V36", STL_HOLD}, {"V37", STL_HINT}, {"P1", STL_WARN},
        {"P2", STL_WARN},  {"P3", STL_HINT},  {"P4", STL_WARN},  {"P5", STL_WARN},
        {"P6", STL_WARN},  {"P7", STL_WARN},  {"W14", STL_HOLD}, {"T1", STL_HINT},
    };
    for (size_t i = 0; i < sizeof NOT_BLOCK / sizeof *NOT_BLOCK; i++)
        if (strcmp(NOT_BLOCK[i].id, id) == 0)
            return NOT_BLOCK[i].action;
    return STL_BLOCK;
}

static void defaults_of_the_atlas(void **state) {
    (void)state;
    for (size_t i = 0; STL_RULES[i] != NULL; i++)
        if (!is_split(STL_RULES[i]))
            assert_int_equal(STL_RULES[i]->action, default_of(STL_RULES[i]->id));
    for (size_t i = 0; STL_PAYMENT_RULES[i] != NULL; i++)
        assert_int_equal(STL_PAYMENT_RULES[i]->action, default_of(STL_PAYMENT_RULES[i]->id));
}

/* Something of everything. */
static void wrong_stay(test_world *w) {
    test_service(w, "F1", "C1", "01");
    test_service(w, "F2", "C2", "01");
    test_row(w, STL_T_CAPS, "pric_list_codg=F1 medins_lv=3 pric_uplmt_amt=25");
    test_row(w, STL_T_SEX, "med_list_codg=C2 gend=2");
    test_row(w, STL_T_FREQUENCY, "med_list_codg=C1 limit=1 unit=次");
    test_row(w, STL_T_PAIRS, "main_code=C1 component_code=C2 frequency=visit");
    test_row(w, STL_T_CYCLE, "med_list_codg=C1 limit=1 days=7");
    test_charge(w, "F2", "2025-03-02T11:00:00", "1", "5.00", "drord_no=A");
    test_charge(w, "F2", "2025-03-02T11:00:00", "1", "5.00", "drord_no=A");
    test_charge(w, "F1", "2025-03-03T10:00:00", "1", "31.00", "");
    test_charge(w, "F1", "2025-03-03T09:00:00", "1", "31.00", "");
    test_charge(w, "F9", "2025-02-02T09:00:00", "1", "31.00", "det_item_fee_sumamt=30.00");
    test_charge(w, "F1", "2025-03-04T09:00:00", "-1", "31.00", "");
}

static void findings_are_ordered_by_rule_then_line(void **state) {
    wrong_stay(*state);
    test_findings f = test_judge(*state);
    size_t at = 0;
    for (size_t i = 0; i < f.verdict.n_findings; i++) {
        const stl_finding *x = &f.verdict.findings[i];
        while (strcmp(STL_RULES[at]->id, x->rule_id) != 0)
            at++; /* runs over the end of the list where the order is wrong */
        if (i == 0 || strcmp(x[-1].rule_id, x->rule_id) != 0)
            continue;
        assert_true(x[-1].n_lines == 0 || x[-1].lines[0] <= x->lines[0]);
    }
    static const char *const FOUND[] = {"V2",  "V3",  "V5",  "V6", "V10",
                                        "V14", "V16", "V26", "R1", "M1"};
    for (size_t i = 0; i < sizeof FOUND / sizeof *FOUND; i++)
        assert_true(test_count(&f, FOUND[i]) > 0);
}

static void gaps_of_a_rule_are_ordered_by_text(void **state) {
    wrong_stay(*state);
    test_service(*state, "F3", "C3", "01");
    test_charge(*state, "F3", "2025-03-03T10:00:00", "1", "31.00", "");
    test_charge(*state, "F8", "2025-03-03T10:00:00", "1", "31.00", "");
    test_findings f = test_judge(*state);
    size_t of_one_rule = 0;
    for (size_t i = 1; i < f.verdict.n_gaps; i++) {
        const stl_not_evaluated *g = &f.verdict.gaps[i];
        if (strcmp(g[-1].rule_id, g->rule_id) != 0)
            continue;
        of_one_rule++;
        assert_true(stl_str_cmp(g[-1].missing, g->missing) < 0);
    }
    assert_true(of_one_rule > 0);
}

static void ids_differ_within_a_verdict(void **state) {
    wrong_stay(*state);
    test_findings f = test_judge(*state);
    for (size_t i = 0; i < f.verdict.n_findings; i++)
        for (size_t k = 0; k < i; k++)
            assert_string_not_equal(f.verdict.findings[i].finding_id,
                                    f.verdict.findings[k].finding_id);
}

static void assert_same(const test_findings *a, const test_findings *b) {
    assert_int_equal(a->verdict.n_findings, b->verdict.n_findings);
    for (size_t i = 0; i < a->verdict.n_findings; i++) {
        const stl_finding *x = &a->verdict.findings[i], *y = &b->verdict.findings[i];
        assert_string_equal(x->finding_id, y->finding_id);
        assert_true(stl_str_eq(x->evidence, y->evidence));
        assert_true(stl_str_eq(x->basis, y->basis));
        assert_int_equal(x->vola_amt, y->vola_amt);
    }
}

static void a_second_check_finds_the_same(void **state) {
    wrong_stay(*state);
    test_findings a = test_judge(*state);
    test_findings b = test_judge(*state);
    assert_same(&a, &b);
}

static void locale_and_zone_do_not_matter(void **state) {
    wrong_stay(*state);
    test_findings a = test_judge(*state);
    setenv("TZ", "America/New_York", 1);
    tzset();
    if (setlocale(LC_ALL, "de_DE.UTF-8") == NULL)
        (void)setlocale(LC_ALL, "C.UTF-8");
    test_findings b = test_judge(*state);
    setlocale(LC_ALL, "C");
    unsetenv("TZ");
    tzset();
    assert_same(&a, &b);
}

static void ids_do_not_depend_on_the_language(void **state) {
    wrong_stay(*state);
    test_findings a = test_judge(*state);
    test_lang(*state, SETTLE_LANG_ZH);
    test_findings b = test_judge(*state);
    assert_int_equal(a.verdict.n_findings, b.verdict.n_findings);
    for (size_t i = 0; i < a.verdict.n_findings; i++)
        assert_string_equal(a.verdict.findings[i].finding_id, b.verdict.findings[i].finding_id);
}

static void two_causes_over_the_same_lines_are_one_finding(void **state) {
    test_row(*state, STL_T_MANDATORY, "record=charges field=cnt required=1 form=digits");
    test_service(*state, "F1", "C1", "01");
    test_charge(*state, "F1", "2025-03-02T11:00:00", "1.5", "5.00", "det_item_fee_sumamt=9.00");
    test_findings f = test_judge(*state);
    assert_found(&f, "V26", "1", "");
    const stl_finding *found = test_finding(&f, "V26", 0);
    assert_says(found->evidence, "charges.cnt has not the form digits");
    assert_says(found->evidence, "amount 9.00 ≠ quantity 1.5 × price 5.00 = 7.50");
}

/* A finding bears one national code: that of the other record stands with its basis. */
static void the_code_of_a_second_cause_is_told_with_the_basis(void **state) {
    test_service(*state, "F1", "C1", "01");
    test_row(*state, STL_T_HINTS, "med_list_codg=C1 rule_class=A text=a gz_code=GZ1 kp_id=KP1");
    test_row(*state, STL_T_HINTS, "med_list_codg=C1 rule_class=B text=b gz_code=GZ2 kp_id=KP2");
    test_row(*state, STL_T_HINTS, "med_list_codg=C1 rule_class=B text=c gz_code=GZ2 kp_id=KP3");
    test_charge(*state, "F1", "2025-03-02T11:00:00", "1", "5.00", "");
    test_findings f = test_judge(*state);
    assert_found(&f, "T1", "1", "");
    const stl_finding *found = test_finding(&f, "T1", 0);
    assert_str(found->gz_code, "GZ1");
    assert_says(found->basis, "; GZ2");
    assert_null(memmem(found->basis.ptr, found->basis.len, "GZ1", 3));
    assert_says(found->basis, "KP3");
}

/* Lines without a time, quantity, price or amount, of numbers at the edge. */
static void blank_and_extreme_lines_are_survived(void **state) {
    wrong_stay(*state);
    test_charge(*state, "F1", "2025-03-02T11:00:00", "1", "5.00", "fee_ocur_time=");
    test_charge(*state, "F2", "2025-03-02T11:00:00", "1", "5.00", "fee_ocur_time= drord_no=");
    test_charge(*state, "F1", "2025-03-02T11:00:00", "1", "5.00", "cnt=");
    test_charge(*state, "F1", "2025-03-02T11:00:00", "1", "5.00", "pric=");
    test_charge(*state, "F1", "2025-03-02T11:00:00", "1", "5.00", "det_item_fee_sumamt=");
    test_charge(*state, "F1", "1900-01-01T00:00:00", "0", "0", "");
    test_charge(*state, "F1", "9999-12-31T23:59:59", "1", "1.00",
                "cnt=999999999999.9999 pric=9999999999.999999 "
                "det_item_fee_sumamt=99999999999999.99");
    test_charge(*state, "F1", "9999-12-31T23:59:59", "1", "1.00",
                "cnt=-999999999999.9999 det_item_fee_sumamt=-99999999999999.99 init_feedetl_sn=7");
    test_stay(*state, "begntime= gend=");
    test_findings f = test_judge(*state);
    assert_true(f.verdict.n_findings > 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RULE_TEST(every_rule_speaks_both_languages_and_names_its_basis),
        RULE_TEST(rules_of_one_id_stand_together_with_one_name),
        RULE_TEST(defaults_of_the_atlas),
        RULE_TEST(findings_are_ordered_by_rule_then_line),
        RULE_TEST(gaps_of_a_rule_are_ordered_by_text),
        RULE_TEST(ids_differ_within_a_verdict),
        RULE_TEST(a_second_check_finds_the_same),
        RULE_TEST(locale_and_zone_do_not_matter),
        RULE_TEST(ids_do_not_depend_on_the_language),
        RULE_TEST(two_causes_over_the_same_lines_are_one_finding),
        RULE_TEST(the_code_of_a_second_cause_is_told_with_the_basis),
        RULE_TEST(blank_and_extreme_lines_are_survived),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
