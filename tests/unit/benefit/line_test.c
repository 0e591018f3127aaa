/* SPDX-License-Identifier: Apache-2.0 */
/* The line stage: which part of a charge is self-funded, over its limit, prepaid, in scope. */
#include "support/benefit_support.h"

#include <stdio.h>

/* One layer that pays half of the in-scope amount. */
static const char HALF[] =
    "<policy xmlns='urn:libsettle:policy:1.0' id='half' basis='T'>"
    "<rounding mode='half-up' basis='T'/>"
    "<line><class-b-prepay list_type='101' ratio='0.05' basis='drugs'/></line>"
    "<layer id='basic' name='B' fund_pay_type='310100' pays-into='hifp_pay' basis='T'>"
    "<for insutype='310' basis='T'/><base of='in-scope' basis='T'/><bands on='position' basis='T'>"
    "<band><ratio value='0.5' basis='T'/></band></bands></layer></policy>";

static test_world *half(void) {
    test_world *w = test_world_new();
    benefit_policy(w, HALF);
    return w;
}

static const stl_line_amounts *first_line(test_world *w) {
    return &benefit_settle(w)->lines[0];
}

static void is(const stl_line_amounts *a, const char *own, const char *over, const char *prepaid,
               const char *scope, const char *rule) {
    assert_money(a->fulamt_ownpay_amt, own);
    assert_money(a->overlmt_amt, over);
    assert_money(a->preselfpay_amt, prepaid);
    assert_money(a->inscp_scp_amt, scope);
    assert_str(a->rule, rule);
}

static void class_a_is_in_scope(void **state) {
    (void)state;
    test_world *w = half();
    test_service(w, "A", "001", "01");
    test_charge(w, "A", "2025-03-02T10:00:00", "2", "10.55", "");
    const stl_line_amounts *a = first_line(w);
    is(a, "0.00", "0.00", "0.00", "21.10", "class-a");
    assert_int_equal(a->selfpay_prop, 0);
    assert_str(a->chrgitm_lv, "01");
    test_world_free(w);
}

static void class_b_is_prepaid_by_its_ratio(void **state) {
    (void)state;
    test_world *w = half();
    test_service(w, "B", "002", "02");
    test_charge(w, "B", "2025-03-02T10:00:00", "1", "10.05", "");
    const stl_line_amounts *a = first_line(w);
    is(a, "0.00", "0.00", "1.01", "9.04", "class-b"); /* 1.005 half up */
    assert_int_equal(a->selfpay_prop, 1000);
    test_world_free(w);
}

static test_world *class_b_of(const char *list_type) {
    test_world *w = half();
    char row[120];
    test_item(w, "medins_list_codg=D medins_list_name=D");
    test_map(w, "medins_list_codg=D map_id=M med_list_codg=X chrgitm_lv=02");
    snprintf(row, sizeof row, "med_list_codg=X chrgitm_lv=02 source=list list_type=%s", list_type);
    test_row(w, STL_T_CATALOGUE, row);
    test_charge(w, "D", "2025-03-02T10:00:00", "1", "100.00", "");
    return w;
}

static void class_b_without_ratio_takes_the_policys(void **state) {
    (void)state;
    test_world *w = class_b_of("101");
    const stl_line_amounts *a = first_line(w);
    is(a, "0.00", "0.00", "5.00", "95.00", "class-b");
    assert_str(a->basis, "drugs");
    test_world_free(w);
}

static void class_b_without_any_ratio_is_a_gap(void **state) {
    (void)state;
    test_world *w = class_b_of("201");
    const stl_verdict *verdict;
    const stl_settlement *s = benefit_explain(w, &verdict);
    assert_false(s->evaluated);
    assert_int_equal(verdict->n_gaps, 1);
    assert_string_equal(verdict->gaps[0].rule_id, "ACC");
    assert_str(verdict->gaps[0].missing, "selfpay_prop of class-B items");
    assert_int_equal(verdict->gaps[0].lines, 1);
    test_world_free(w);
}

static void class_c_is_self_funded(void **state) {
    (void)state;
    test_world *w = half();
    test_service(w, "C", "003", "03");
    test_charge(w, "C", "2025-03-02T10:00:00", "1", "88.00", "");
    const stl_line_amounts *a = first_line(w);
    is(a, "88.00", "0.00", "0.00", "0.00", "self-funded");
    assert_int_equal(a->selfpay_prop, STL_RATIO_ONE);
    test_world_free(w);
}

static void excluded_item_is_self_funded(void **state) {
    (void)state;
    test_world *w = half();
    test_service(w, "A", "001", "01");
    test_row(w, STL_T_EXCLUSIONS, "med_list_codg=001 med_list_name=N reason=R enddate=2025-03-02");
    test_charge(w, "A", "2025-03-02T23:59:59", "1", "10.00", "");
    test_charge(w, "A", "2025-03-03T00:00:00", "1", "10.00", "");
    const stl_settlement *s = benefit_settle(w);
    is(&s->lines[0], "10.00", "0.00", "0.00", "0.00", "excluded");
    is(&s->lines[1], "0.00", "0.00", "0.00", "10.00", "class-a");
    test_world_free(w);
}

static void unmapped_item_is_self_funded(void **state) {
    (void)state;
    test_world *w = half();
    test_item(w, "medins_list_codg=U medins_list_name=U");
    test_charge(w, "U", "2025-03-02T10:00:00", "1", "10.00", "");
    is(first_line(w), "10.00", "0.00", "0.00", "0.00", "unmapped");
    test_world_free(w);
}

static void code_outside_the_catalogue_is_self_funded(void **state) {
    (void)state;
    test_world *w = half();
    test_item(w, "medins_list_codg=U medins_list_name=U");
    test_map(w, "medins_list_codg=U map_id=M med_list_codg=GONE");
    test_charge(w, "U", "2025-03-02T10:00:00", "1", "10.00", "");
    is(first_line(w), "10.00", "0.00", "0.00", "0.00", "not-in-catalogue");
    test_world_free(w);
}

static void catalogue_class_is_that_of_the_service_day(void **state) {
    (void)state;
    test_world *w = half();
    test_item(w, "medins_list_codg=A medins_list_name=A");
    test_map(w, "medins_list_codg=A map_id=M med_list_codg=001");
    test_row(w, STL_T_CATALOGUE, "med_list_codg=001 chrgitm_lv=03 enddate=2025-03-02");
    test_row(w, STL_T_CATALOGUE, "med_list_codg=001 chrgitm_lv=01 begndate=2025-03-03");
    test_charge(w, "A", "2025-03-02T23:59:59", "1", "10.00", "");
    test_charge(w, "A", "2025-03-03T00:00:00", "1", "10.00", "");
    const stl_settlement *s = benefit_settle(w);
    assert_str(s->lines[0].rule, "self-funded");
    assert_str(s->lines[1].rule, "class-a");
    test_world_free(w);
}

static void unknown_class_is_a_gap_not_a_guess(void **state) {
    (void)state;
    test_world *w = half();
    test_service(w, "A", "001", "09");
    test_charge(w, "A", "2025-03-02T10:00:00", "1", "10.00", "");
    const stl_verdict *verdict;
    assert_false(benefit_explain(w, &verdict)->evaluated);
    assert_str(verdict->gaps[0].missing, "catalogue chrgitm_lv (01, 02 or 03)");
    test_world_free(w);
}

static test_world *capped(const char *kind, const char *pric) {
    test_world *w = half();
    char row[120];
    test_service(w, "B", "002", "02");
    snprintf(row, sizeof row, "pric_list_codg=B kind=%s pric_uplmt_amt=20", kind);
    test_row(w, STL_T_CAPS, row);
    test_charge(w, "B", "2025-03-02T10:00:00", "3", pric, "");
    return w;
}

static void over_limit_is_what_exceeds_a_pay_to_cap(void **state) {
    (void)state;
    test_world *w = capped("pay-to-cap", "25.00");
    const stl_line_amounts *a = first_line(w);
    is(a, "0.00", "15.00", "6.00", "54.00", "pay-to-cap"); /* prepayment on what is left: 60 */
    assert_int_equal(a->pric_uplmt_amt, test_price("20"));
    test_world_free(w);
}

static void price_on_the_cap_is_not_over_it(void **state) {
    (void)state;
    test_world *w = capped("pay-to-cap", "20.00");
    is(first_line(w), "0.00", "0.00", "6.00", "54.00", "class-b");
    test_world_free(w);
    w = capped("pay-to-cap", "20.01");
    is(first_line(w), "0.00", "0.03", "6.00", "54.00", "pay-to-cap");
    test_world_free(w);
}

/* The price over it is the finding V3; the amount is not silently moved to the patient. */
static void price_over_a_refusing_cap_stays_in_scope(void **state) {
    (void)state;
    test_world *w = capped("refuse", "25.00");
    const stl_line_amounts *a = first_line(w);
    is(a, "0.00", "0.00", "7.50", "67.50", "class-b");
    assert_int_equal(a->pric_uplmt_amt, test_price("20"));
    test_world_free(w);
}

static void cap_is_compared_in_the_unit_of_the_hospital(void **state) {
    (void)state;
    test_world *w = half();
    test_item(w, "medins_list_codg=H medins_list_name=H prcunt=盒 pric_list_codg=P");
    test_map(w, "medins_list_codg=H map_id=M med_list_codg=001 prcunt=盒 med_list_unit=片 "
                "factor_num=24 factor_den=1");
    test_row(w, STL_T_CATALOGUE, "med_list_codg=001 chrgitm_lv=01 med_list_unit=片");
    test_row(w, STL_T_CAPS, "pric_list_codg=P kind=pay-to-cap pric_uplmt_amt=0.2746 unit=片");
    test_charge(w, "H", "2025-03-02T10:00:00", "2", "7.00", "");
    const stl_line_amounts *a = first_line(w);
    assert_int_equal(a->pric_uplmt_amt, test_price("6.5904"));
    is(a, "0.00", "0.82", "0.00", "13.18", "pay-to-cap"); /* 2 x 6.5904 = 13.1808 */
    test_world_free(w);
}

static void pay_to_cap_in_another_unit_is_a_gap(void **state) {
    (void)state;
    test_world *w = half();
    test_service(w, "A", "001", "01");
    test_row(w, STL_T_CAPS, "pric_list_codg=A kind=pay-to-cap pric_uplmt_amt=20 unit=日");
    test_charge(w, "A", "2025-03-02T10:00:00", "1", "25.00", "");
    const stl_verdict *verdict;
    assert_false(benefit_explain(w, &verdict)->evaluated);
    assert_str(verdict->gaps[0].missing, "caps in the unit of the mapping");
    test_world_free(w);
}

static void listed_without_a_price_has_no_cap(void **state) {
    (void)state;
    test_world *w = half();
    test_service(w, "A", "001", "01");
    test_row(w, STL_T_CAPS, "pric_list_codg=A kind=pay-to-cap pric_uplmt_amt=");
    test_charge(w, "A", "2025-03-02T10:00:00", "1", "2500.00", "");
    const stl_line_amounts *a = first_line(w);
    is(a, "0.00", "0.00", "0.00", "2500.00", "class-a");
    assert_true(a->pric_uplmt_amt == STL_NONE);
    test_world_free(w);
}

static void approval_flag_by_the_printed_rule(void **state) {
    (void)state;
    static const struct {
        const char *limited, *approval, *rule;
    } cases[] = {
        {"1", "0", "not-approved"}, {"1", "1", "class-a"}, {"1", "2", "not-approved"},
        {"0", "0", "class-a"},      {"0", "1", "class-a"}, {"0", "2", "not-approved"},
        {"1", "", "class-a"},       {"0", "", "class-a"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        test_world *w = half();
        char row[120];
        test_item(w, "medins_list_codg=A medins_list_name=A");
        test_map(w, "medins_list_codg=A map_id=M med_list_codg=001");
        snprintf(row, sizeof row, "med_list_codg=001 chrgitm_lv=01 lmt_used_flag=%s",
                 cases[i].limited);
        test_row(w, STL_T_CATALOGUE, row);
        test_charge(w, "A", "2025-03-02T10:00:00", "1", "10.00", "");
        stl_charge *charge = test_the_stay(w)->rows[STL_R_CHARGE].items;
        charge->hosp_appr_flag = stl_str_of(cases[i].approval);
        assert_str(first_line(w)->rule, cases[i].rule);
        test_world_free(w);
    }
}

static void empty_amount_is_a_gap(void **state) {
    (void)state;
    test_world *w = half();
    test_service(w, "A", "001", "01");
    test_charge(w, "A", "2025-03-02T10:00:00", "1", "10.00", "det_item_fee_sumamt=");
    test_charge(w, "A", "2025-03-02T11:00:00", "1", "10.00", "");
    const stl_verdict *verdict;
    const stl_settlement *s = benefit_explain(w, &verdict);
    assert_false(s->evaluated);
    assert_str(verdict->gaps[0].missing, "charge field det_item_fee_sumamt");
    assert_money(s->info.medfee_sumamt, "10.00");
    test_world_free(w);
}

static void sums_past_sixteen_digits_are_an_error(void **state) {
    (void)state;
    test_world *w = half();
    test_service(w, "A", "001", "01");
    for (int i = 0; i < 2; i++)
        test_charge(w, "A", "2025-03-02T10:00:00", "1", "1",
                    "det_item_fee_sumamt=99999999999999.99");
    stl_settlement s;
    stl_verdict verdict = {.arena = test_arena(w)};
    stl_error err = {0};
    assert_int_equal(stl_benefit_settle(test_case(w), false, &s, &verdict, &err),
                     SETTLE_E_INPUT_RANGE);
    assert_string_equal(err.field, "medfee_sumamt");
    test_world_free(w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(class_a_is_in_scope),
        cmocka_unit_test(class_b_is_prepaid_by_its_ratio),
        cmocka_unit_test(class_b_without_ratio_takes_the_policys),
        cmocka_unit_test(class_b_without_any_ratio_is_a_gap),
        cmocka_unit_test(class_c_is_self_funded),
        cmocka_unit_test(excluded_item_is_self_funded),
        cmocka_unit_test(unmapped_item_is_self_funded),
        cmocka_unit_test(code_outside_the_catalogue_is_self_funded),
        cmocka_unit_test(catalogue_class_is_that_of_the_service_day),
        cmocka_unit_test(unknown_class_is_a_gap_not_a_guess),
        cmocka_unit_test(over_limit_is_what_exceeds_a_pay_to_cap),
        cmocka_unit_test(price_on_the_cap_is_not_over_it),
        cmocka_unit_test(price_over_a_refusing_cap_stays_in_scope),
        cmocka_unit_test(cap_is_compared_in_the_unit_of_the_hospital),
        cmocka_unit_test(pay_to_cap_in_another_unit_is_a_gap),
        cmocka_unit_test(listed_without_a_price_has_no_cap),
        cmocka_unit_test(approval_flag_by_the_printed_rule),
        cmocka_unit_test(empty_amount_is_a_gap),
        cmocka_unit_test(sums_past_sixteen_digits_are_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
