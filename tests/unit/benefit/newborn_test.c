/* SPDX-License-Identifier: Apache-2.0 */
/* Charges for the newborn under the stay of its mother: hers, borne whole, or not evaluated. */
#include "support/benefit_support.h"

#include <stdio.h>

#define N(array) (sizeof(array) / sizeof(array)[0])

/* One layer that pays half of the in-scope amount. */
static test_world *world(const char *newborn) {
    test_world *w = test_world_new();
    char xml[1000];
    snprintf(xml, sizeof xml,
             "<policy xmlns='urn:libsettle:policy:1.0' id='half' basis='T'>"
             "<rounding mode='half-up' basis='T'/>"
             "<line><class-b-prepay ratio='0.10' basis='T'/>%s</line>"
             "<layer id='basic' name='B' fund_pay_type='310100' pays-into='hifp_pay' basis='T'>"
             "<base of='in-scope' basis='T'/><bands on='position' basis='T'>"
             "<band><ratio value='0.5' basis='T'/></band></bands></layer></policy>",
             newborn);
    benefit_policy(w, xml);
    test_service(w, "A", "001", "01");
    test_service(w, "C", "003", "03");
    return w;
}

static void charge_both(test_world *w, const char *code) {
    test_charge(w, "A", "2025-03-02T10:00:00", "1", "100.00", "nwb_flag=0");
    test_charge(w, code, "2025-03-02T11:00:00", "1", "60.00", "nwb_flag=1");
}

static void paid_as_the_policy_says(void **state) {
    (void)state;
    const struct {
        const char *newborn, *own, *pays, *rule;
    } rows[] = {
        {"<newborn paid='as-mother' basis='X'/>", "0.00", "80.00", "class-a"},
        {"<newborn paid='self-funded' basis='X'/>", "60.00", "50.00", "newborn"},
        {"<newborn insutype='310' paid='self-funded' basis='X'/>"
         "<newborn paid='as-mother' basis='T'/>",
         "60.00", "50.00", "newborn"},
        {"<newborn insutype='390' paid='self-funded' basis='X'/>"
         "<newborn paid='as-mother' basis='T'/>",
         "0.00", "80.00", "class-a"},
    };
    for (size_t i = 0; i < N(rows); i++) {
        test_world *w = world(rows[i].newborn);
        charge_both(w, "A");
        const stl_settlement *s = benefit_settle(w);
        assert_true(s->evaluated);
        assert_str(s->lines[0].rule, "class-a");
        assert_str(s->lines[1].rule, rows[i].rule);
        assert_money(s->info.fulamt_ownpay_amt, rows[i].own);
        assert_money(s->info.hifp_pay, rows[i].pays);
        test_world_free(w);
    }
}

static void borne_whole_names_the_row(void **state) {
    (void)state;
    test_world *w = world("<newborn paid='self-funded' basis='Article 7'/>");
    charge_both(w, "A");
    assert_str(benefit_settle(w)->lines[1].basis, "Article 7");
    test_world_free(w);
}

static void not_evaluated(const char *newborn, const char *stay, const char *missing,
                          size_t lines) {
    test_world *w = world(newborn);
    test_stay(w, stay);
    charge_both(w, "A");
    const stl_verdict *verdict;
    assert_false(benefit_explain(w, &verdict)->evaluated);
    assert_int_equal(verdict->n_gaps, 1);
    assert_str(verdict->gaps[0].missing, missing);
    assert_int_equal(verdict->gaps[0].lines, lines);
    test_world_free(w);
}

static void policy_that_says_nothing_is_not_guessed(void **state) {
    (void)state;
    const char *element = "policy element line/newborn (charges for a newborn)";
    not_evaluated("", "", element, 1);
    not_evaluated("<newborn insutype='390' paid='as-mother' basis='T'/>", "", element, 1);
    not_evaluated("<newborn psn_type='11' paid='as-mother' basis='T'/>",
                  "psn_type=", "stay field psn_type", 0);
}

static void flag_that_is_neither_is_not_guessed(void **state) {
    (void)state;
    static const char *const flags[] = {"nwb_flag=2", "nwb_flag=Y", "nwb_flag=01"};
    for (size_t i = 0; i < N(flags); i++) {
        test_world *w = world("<newborn paid='as-mother' basis='T'/>");
        test_charge(w, "A", "2025-03-02T10:00:00", "1", "100.00", flags[i]);
        const stl_verdict *verdict;
        assert_false(benefit_explain(w, &verdict)->evaluated);
        assert_int_equal(verdict->n_gaps, 1);
        assert_str(verdict->gaps[0].missing, "charge field nwb_flag (0 or 1)");
        test_world_free(w);
    }
}

static void what_is_the_patients_anyway_asks_nothing(void **state) {
    (void)state;
    test_world *w = world("");
    charge_both(w, "C");
    const stl_settlement *s = benefit_settle(w);
    assert_true(s->evaluated);
    assert_str(s->lines[1].rule, "self-funded");
    test_world_free(w);
}

static void stay_without_a_newborn_asks_nothing(void **state) {
    (void)state;
    static const char *const flags[] = {"", "nwb_flag=", "nwb_flag=0"};
    for (size_t i = 0; i < N(flags); i++) {
        test_world *w = world("");
        test_charge(w, "A", "2025-03-02T10:00:00", "1", "100.00", flags[i]);
        assert_money(benefit_settle(w)->info.hifp_pay, "50.00");
        test_world_free(w);
    }
}

/* The flag of the refund itself decides nothing. */
static void refund_goes_by_its_charge(void **state) {
    (void)state;
    test_world *w = world("<newborn paid='self-funded' basis='T'/>");
    test_charge(w, "A", "2025-03-02T10:00:00", "1", "100.00", "nwb_flag=1");
    test_charge(w, "A", "2025-03-03T10:00:00", "-1", "100.00", "init_feedetl_sn=1 nwb_flag=0");
    const stl_settlement *s = benefit_settle(w);
    assert_str(s->lines[1].rule, "newborn");
    assert_money(s->lines[1].fulamt_ownpay_amt, "-100.00");
    assert_money(s->info.fulamt_ownpay_amt, "0.00");
    test_world_free(w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(paid_as_the_policy_says),
        cmocka_unit_test(borne_whole_names_the_row),
        cmocka_unit_test(policy_that_says_nothing_is_not_guessed),
        cmocka_unit_test(flag_that_is_neither_is_not_guessed),
        cmocka_unit_test(what_is_the_patients_anyway_asks_nothing),
        cmocka_unit_test(stay_without_a_newborn_asks_nothing),
        cmocka_unit_test(refund_goes_by_its_charge),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
