/* SPDX-License-Identifier: Apache-2.0 */
/* Where the second opinion (tests/oracle) once differed: each as the smallest case. */
#include "support/benefit_support.h"

#include <stdio.h>

#define LAYER(id, more)                                                                            \
    "<layer id='" id "' name='L' fund_pay_type='310100' pays-into='hifp_pay' basis='T' " more ">"
#define BANDS(ratio)                                                                               \
    "<bands on='position' basis='T'><band><ratio value='" ratio "' basis='T'/></band></bands>"
#define PLAIN(id, base, ratio)                                                                     \
    LAYER(id, "") "<base of='" base "' basis='T'/>" BANDS(ratio) "</layer>"

static test_world *policy(const char *inside) {
    char text[4000];
    snprintf(text, sizeof text,
             "<policy xmlns='urn:libsettle:policy:1.0' id='test' basis='T'>%s</policy>", inside);
    test_world *w = test_world_new();
    benefit_policy(w, text);
    return w;
}

static void is(stl_money value, const char *text, test_world *w) {
    assert_money(value, text);
    test_world_free(w);
}

static void a_ceiling_by_stay_still_counts_payments_of_the_year(void **state) {
    (void)state;
    test_world *w =
        policy(LAYER("a", "counts-payments='paid_kind'") "<base of='in-scope' basis='T'/>" BANDS(
            "1") "<ceiling on='payments' per='stay' basis='T'><amount value='60' "
                 "basis='T'/></ceiling></layer>");
    benefit_acc(w, "2025", "paid_kind", "50.00");
    benefit_eligible(w, "100.00");
    const stl_settlement *s = benefit_settle(w);
    assert_money(s->info.hifp_pay, "60.00");
    assert_int_equal(s->n_accs, 1);
    is(s->accs[0].value, "110.00", w);
}

static const char WHOLE_BEHIND[] =
    "<line><item list='X' paid-by='b' basis='T'/></line>" PLAIN("a", "in-scope-personal", "0.5")
        PLAIN("b", "in-scope-personal", "0.5");

static void what_is_paid_whole_is_in_no_personal_base(void **state) {
    (void)state;
    test_world *w = policy(WHOLE_BEHIND);
    benefit_eligible(w, "100.00");
    test_row(w, STL_T_LISTS, "list=X item=002");
    test_service(w, "W", "002", "01");
    test_charge(w, "W", "2025-03-02T10:00:00", "1", "40", "");
    const stl_settlement *s = benefit_settle(w);
    assert_money(s->details[0].fund_payamt, "50.00");
    assert_money(s->details[1].inscp_scp_amt, "90.00"); /* 50.00 and 40.00 whole */
    is(s->details[1].fund_payamt, "65.00", w);
}

static void a_shortfall_is_less_what_the_account_paid_first(void **state) {
    (void)state;
    test_world *w = policy("<account pays='in-scope-share' when='first' basis='T'/>" LAYER(
        "a", "") "<base of='shortfall' to-ratio='0.9' basis='T'/>" BANDS("1") "</layer>");
    test_stay(w, "acct_used_flag=1 balc=80.00");
    benefit_eligible(w, "100.00");
    is(benefit_settle(w)->info.hifp_pay, "10.00", w);
}

static const char EMPLOYER[] =
    "<payer id='employer' name='E' fund_pay_type='999997' pays-into='oth_pay' basis='T'/>"
    "<line><item list='X' age-below='7' person='0' basis='T'>"
    "<share payer='employer' value='0.5' psn_type='11' basis='T'/></item></line>" LAYER(
        "a",
        "") "<for insutype='310' basis='T'/><base of='in-scope' basis='T'/>" BANDS("0.5") "</"
                                                                                          "layer>";

static test_world *listed_charge(const char *level, const char *stay) {
    test_world *w = policy(EMPLOYER);
    test_row(w, STL_T_LISTS, "list=X item=002");
    test_service(w, "W", "002", level);
    test_charge(w, "W", "2025-03-02T10:00:00", "1", "40", "");
    test_stay(w, stay);
    return w;
}

static void of_a_stay_not_served_the_patient_pays_all(void **state) {
    (void)state;
    test_world *w = listed_charge("01", "insutype=390 brdy=2024-01-01 psn_type=11");
    const stl_settlement *s = benefit_settle(w);
    assert_false(s->served);
    is(s->info.psn_part_amt, "40.00", w);
    w = listed_charge("01", "insutype=310 brdy=2024-01-01 psn_type=11");
    is(benefit_settle(w)->info.oth_pay, "20.00", w);
}

static void a_row_asks_only_where_a_charge_is_listed(void **state) {
    (void)state;
    test_world *w = listed_charge("03", "insutype=310 psn_type=11");
    test_the_stay(w)->head.brdy = STL_NONE;
    assert_true(benefit_settle(w)->evaluated);
    test_world_free(w);
    w = listed_charge("01", "insutype=310 psn_type=11");
    test_the_stay(w)->head.brdy = STL_NONE;
    assert_false(benefit_settle(w)->evaluated);
    test_world_free(w);
}

static void a_cap_in_another_unit_matters_only_where_it_is_paid_to(void **state) {
    (void)state;
    const char *const levels[] = {"03", "01"};
    for (int i = 0; i < 2; i++) {
        test_world *w = policy(PLAIN("a", "in-scope", "0.5"));
        test_service(w, "F1", "001", levels[i]);
        test_row(w, STL_T_CAPS, "pric_list_codg=F1 kind=pay-to-cap pric_uplmt_amt=1 unit=日");
        test_charge(w, "F1", "2025-03-02T10:00:00", "1", "40", "");
        assert_int_equal(benefit_settle(w)->evaluated, i == 0);
        test_world_free(w);
    }
}

static void value_times_is_rounded_by_the_policy(void **state) {
    (void)state;
    const struct {
        const char *mode, *borne;
    } modes[] = {{"half-up", "0.03"}, {"half-even", "0.02"}, {"down", "0.02"}};
    for (size_t i = 0; i < 3; i++) {
        char text[1000];
        snprintf(text, sizeof text,
                 "<rounding mode='%s' basis='T'/>" LAYER(
                     "a", "") "<base of='in-scope' basis='T'/><deductible per='stay'>"
                              "<amount value='0.05' times='0.5' basis='T'/></deductible>" BANDS(
                                  "1") "</layer>",
                 modes[i].mode);
        test_world *w = policy(text);
        benefit_eligible(w, "100.00");
        is(benefit_settle(w)->info.act_pay_dedc, modes[i].borne, w);
    }
}

static void a_remainder_never_makes_a_share_negative(void **state) {
    (void)state;
    test_world *w = policy("<rounding mode='up' remainder='payer' basis='T'/>" LAYER(
        "a", "") "<base of='in-scope' basis='T'/><bands on='position' basis='T'><band><ratio "
                 "value='0' basis='T'/>"
                 "<share payer='hospital' value='0.5' basis='T'/></band></bands></layer>");
    benefit_eligible(w, "0.01");
    const stl_settlement *s = benefit_settle(w);
    assert_money(s->info.hifp_pay, "0.00");
    is(s->info.hosp_part_amt, "0.01", w);
}

static test_world *with_method(const char *kind) {
    char text[1000];
    snprintf(text, sizeof text,
             "<method id='m' name='M' kind='%s' basis='T'/>%s"
             "<later of='standard' ratio='0.5' basis='T'/>",
             kind,
             LAYER("a", "") "<for insutype='390' basis='T'/><base of='in-scope' basis='T'/>" BANDS(
                 "0.5") "</layer>");
    test_world *w = policy(text);
    test_row(w, STL_T_STANDARDS, "method=m code=K8* fixmedins_code=H99990100001 amount=10.00");
    test_row(w, STL_T_STANDARDS, "method=m code=K80 amount=20.00");
    test_stay(w, "insutype=310 dscg_maindiag_code=K80 fixmedins_code=H99990100001");
    benefit_eligible(w, "100.00");
    return w;
}

static void a_whole_code_fits_better_than_a_beginning(void **state) {
    (void)state;
    test_world *w = with_method("quota");
    const stl_settlement *s = benefit_settle(w);
    assert_money(s->later, "10.00");
    is(s->method.standard, "20.00", w);
}

static void paid_by_head_has_no_standard(void **state) {
    (void)state;
    test_world *w = with_method("head");
    const stl_settlement *s = benefit_settle(w);
    assert_str(s->method.id, "m");
    assert_int_equal(s->later, STL_NONE);
    assert_int_equal(s->method.standard, STL_NONE);
    test_world_free(w);
}

static void nobody_has_the_diagnosis_nobody(void **state) {
    (void)state;
    test_world *w =
        policy(LAYER("a", "") "<for diagnosis='-' basis='T'/><base of='in-scope' basis='T'/>" BANDS(
            "0.5") "</layer>");
    test_stay(w, "dscg_maindiag_code=");
    benefit_eligible(w, "100.00");
    const stl_settlement *s = benefit_settle(w);
    assert_true(s->evaluated);
    assert_false(s->served);
    test_world_free(w);
}

/* Rounded down, the two steps are off their own formulas by the fen that the limit moved. */
static void refunds_in_steps_fit_under_any_rounding(void **state) {
    (void)state;
    test_world *w = policy("<rounding mode='down' basis='T'/><line><class-b-prepay ratio='0.2778' "
                           "basis='T'/></line>" PLAIN("a", "in-scope", "0.5"));
    test_item(w, "medins_list_codg=F1 pric_list_codg=P");
    test_map(w, "medins_list_codg=F1 map_id=M med_list_codg=001 med_list_unit=片");
    test_row(w, STL_T_CATALOGUE, "med_list_codg=001 chrgitm_lv=02 list_type=101");
    test_row(w, STL_T_CAPS, "pric_list_codg=P kind=pay-to-cap pric_uplmt_amt=2.665 unit=片");
    test_charge(w, "F1", "2025-03-02T10:00:00", "2", "379.69", "");
    test_charge(w, "F1", "2025-03-02T11:00:00", "-1", "379.69", "init_feedetl_sn=1");
    test_charge(w, "F1", "2025-03-02T12:00:00", "-1", "379.69", "init_feedetl_sn=1");
    const stl_settlement *s = benefit_settle(w);
    assert_true(s->evaluated);
    assert_money(s->lines[0].preselfpay_amt, "1.48");
    assert_money(s->lines[1].preselfpay_amt, "-0.73");
    is(s->lines[2].preselfpay_amt, "-0.75", w);
}

static bool has_input(const stl_settlement *s, const char *input) {
    for (size_t i = 0; i < s->n_steps; i++)
        if (stl_str_is(s->steps[i].input, input))
            return true;
    return false;
}

static void growth_and_remainder_can_be_recomputed(void **state) {
    (void)state;
    test_world *w = policy("<rounding mode='half-up' remainder='payer' basis='T'/>" LAYER(
        "a", "") "<base of='in-scope' basis='T'/>"
                 "<bands on='position' basis='T'><band><ratio value='0.5' basis='T'/>"
                 "<share payer='hospital' value='0.1' basis='T'/></band></bands>"
                 "<growth counted-by='n' from='1' step='0.05' most='0.06' on='ratio' "
                 "basis='T'/></layer>");
    benefit_acc(w, "2025", "n", "2.00");
    benefit_eligible(w, "0.99");
    const stl_verdict *verdict;
    const stl_settlement *s = benefit_explain(w, &verdict);
    assert_true(has_input(s, "min(2 × 0.0500, 0.0600)"));
    assert_true(has_input(s, "0.99 - round(0.99 - (0.5247) - 0.099) - 0.10"));
    is(s->info.hifp_pay, "0.52", w);
}

static void the_row_behind_the_one_that_holds_is_not_asked(void **state) {
    (void)state;
    test_world *w =
        policy(LAYER("a", "") "<base of='in-scope' basis='T'/>"
                              "<bands on='position' basis='T'><band><ratio value='0.5' basis='T'/>"
                              "<share insutype='310' payer='hospital' value='0.1' basis='T'/>"
                              "<share diagnosis='K80' payer='hospital' value='0.2' "
                              "basis='T'/></band></bands></layer>");
    test_stay(w, "insutype=310 dscg_maindiag_code=");
    benefit_eligible(w, "10.00");
    const stl_settlement *s = benefit_settle(w);
    assert_true(s->evaluated);
    is(s->info.hosp_part_amt, "1.00", w);
}

static void a_grown_ceiling_is_rounded_as_a_whole(void **state) {
    (void)state;
    test_world *w = policy("<rounding mode='half-even' basis='T'/>" LAYER(
        "a", "") "<base of='in-scope' basis='T'/>" BANDS("1") "<growth counted-by='n' from='1' "
                                                              "step='0.1' most='0.1' on='ceiling' "
                                                              "basis='T'/>"
                                                              "<ceiling on='payments' per='stay' "
                                                              "basis='T'><amount value='8.05' "
                                                              "basis='T'/></ceiling></layer>");
    benefit_acc(w, "2025", "n", "1.00");
    benefit_eligible(w, "100.00");
    is(benefit_settle(w)->info.hifp_pay, "8.86", w); /* 8.855 */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_ceiling_by_stay_still_counts_payments_of_the_year),
        cmocka_unit_test(what_is_paid_whole_is_in_no_personal_base),
        cmocka_unit_test(a_shortfall_is_less_what_the_account_paid_first),
        cmocka_unit_test(of_a_stay_not_served_the_patient_pays_all),
        cmocka_unit_test(a_row_asks_only_where_a_charge_is_listed),
        cmocka_unit_test(a_cap_in_another_unit_matters_only_where_it_is_paid_to),
        cmocka_unit_test(value_times_is_rounded_by_the_policy),
        cmocka_unit_test(a_remainder_never_makes_a_share_negative),
        cmocka_unit_test(a_whole_code_fits_better_than_a_beginning),
        cmocka_unit_test(paid_by_head_has_no_standard),
        cmocka_unit_test(nobody_has_the_diagnosis_nobody),
        cmocka_unit_test(refunds_in_steps_fit_under_any_rounding),
        cmocka_unit_test(growth_and_remainder_can_be_recomputed),
        cmocka_unit_test(a_grown_ceiling_is_rounded_as_a_whole),
        cmocka_unit_test(the_row_behind_the_one_that_holds_is_not_asked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
