/* SPDX-License-Identifier: Apache-2.0 */
/* The pack changsha-2015: its vectors of the atlas to the fen, alone and behind a basic layer, and
 * each of its rows. */
#include "support/benefit_support.h"

#include <stdio.h>

#define N(array) (sizeof(array) / sizeof((array)[0]))
#define LOW_INCOME                                                                                 \
    "psn_idet_type=2303 begntime=2025-01-01 endtime=2025-12-31 roster_version=2025-01"

/* The basic layer's cap is a position of 6000.00 that the year has passed: it pays nothing, so that
 * all eligible cost stays personal. */
#define NO_BASIC_LEFT "average-wage=1000.00"

static const struct {
    const char *cost, *ordinary, *low_income;
} ATLAS[] = {
    {"20000", "0.00", "5000.00"},        {"25000", "2500.00", "7500.00"},
    {"50000", "15000.00", "21000.00"},   {"100000", "45000.00", "52000.00"},
    {"170000", "94000.00", "102000.00"}, {"300000", "198000.00", "200000.00"},
};

static test_world *behind_basic(const char *params, const char *year) {
    test_world *w = test_world_new();
    benefit_packs(w, "muni-2011", NO_BASIC_LEFT, "changsha-2015", params, NULL);
    char values[200];
    snprintf(values, sizeof values, "inscp_scp_amt=100000 ipt_cnt=1 %s", year);
    benefit_year(w, values);
    return w;
}

static stl_money critical(test_world *w) {
    const stl_settlement *s = benefit_settle(w);
    assert_true(s->evaluated);
    assert_true(s->served);
    assert_int_equal(s->info.hifp_pay, 0);
    return s->info.hifmi_pay;
}

static void atlas_vectors_behind_the_basic_layer(void **state) {
    (void)state;
    for (size_t i = 0; i < N(ATLAS); i++) {
        test_world *w = behind_basic("", "");
        benefit_eligible(w, ATLAS[i].cost);
        assert_money(critical(w), ATLAS[i].ordinary);
        test_record(w, STL_R_IDENTITY, LOW_INCOME);
        assert_money(critical(w), ATLAS[i].low_income);
        test_world_free(w);
    }
}

static void atlas_vectors_of_the_pack_alone(void **state) {
    (void)state;
    for (size_t i = 0; i < N(ATLAS); i++) {
        benefit_vector vector = {"insutype=390 psn_type=16", "", ATLAS[i].cost, ATLAS[i].ordinary};
        benefit_check_vectors(&vector, 1, "changsha-2015", "");
    }
}

/* What the year had before does not change what it pays in all. */
static void D6_several_stays_count_together(void **state) {
    (void)state;
    for (size_t i = 0; i < N(ATLAS); i++) {
        stl_money total = test_money(ATLAS[i].cost), base = 0, paid = 0;
        for (int part = 0; part < 4; part++) {
            stl_money cost = part == 3 ? total - base : total / 8;
            char year[120], text[3][STL_DECIMAL_TEXT_MAX];
            stl_decimal_format(base, 2, text[0]);
            stl_decimal_format(paid, 2, text[1]);
            stl_decimal_format(cost, 2, text[2]);
            snprintf(year, sizeof year, "hifmi_base=%s hifmi_pay=%s", text[0], text[1]);
            test_world *w = behind_basic("", year);
            benefit_eligible(w, text[2]);
            paid += critical(w);
            base += cost;
            test_world_free(w);
        }
        assert_money(paid, ATLAS[i].ordinary);
    }
}

static void D6_paid_at_the_years_end_accumulates_only(void **state) {
    (void)state;
    test_world *w = behind_basic("paid=at-year-end", "");
    benefit_eligible(w, "50000");
    const stl_settlement *s = benefit_settle(w);
    assert_int_equal(s->info.hifmi_pay, 0);
    assert_money(s->info.psn_cash_pay, "50000.00");
    bool found = false;
    for (size_t i = 0; i < s->n_accs; i++) {
        if (!stl_str_is(s->accs[i].kind, "hifmi_base"))
            continue;
        found = true;
        assert_money(s->accs[i].value, "50000.00");
    }
    assert_true(found);
    test_world_free(w);
}

static void pays(const char *params, const char *year, const char *cost, const char *expected) {
    test_world *w = behind_basic(params, year);
    benefit_eligible(w, cost);
    assert_money(critical(w), expected);
    test_world_free(w);
}

static void D1_deductible_edge(void **state) {
    (void)state;
    pays("", "", "19999.99", "0.00");
    pays("", "", "20000.00", "0.00");
    pays("", "", "20000.02", "0.01");
    pays("", "hifmi_base=19999.99", "0.03", "0.01");
    pays("", "hifmi_base=20000.00", "100.00", "50.00");
}

static void D3_band_edges_are_inclusive(void **state) {
    (void)state;
    /* excess 30000, 80000, 150000: a yuan below, on and above the edge */
    pays("", "", "49999.00", "14999.50");
    pays("", "", "50000.00", "15000.00");
    pays("", "", "50001.00", "15000.60");
    pays("", "", "99999.00", "44999.40");
    pays("", "", "100000.00", "45000.00");
    pays("", "", "100001.00", "45000.70");
    pays("", "", "169999.00", "93999.30");
    pays("", "", "170000.00", "94000.00");
    pays("", "", "170001.00", "94000.80");
    pays("", "hifmi_base=50000", "0.01", "0.01");    /* 0.006 */
    pays("", "hifmi_base=49999.99", "0.01", "0.01"); /* 0.005 half up */
}

static void D2_low_income_only_while_the_identity_is_valid(void **state) {
    (void)state;
    static const struct {
        const char *identity, *expected;
    } cases[] = {
        {"psn_idet_type=2303 begntime=2025-01-01 endtime=2025-12-31", "7500.00"},
        {"psn_idet_type=2303 begntime=2025-03-05 endtime=2025-03-05", "7500.00"},
        {"psn_idet_type=2303 begntime=2025-03-06 endtime=2025-12-31", "2500.00"},
        {"psn_idet_type=2303 begntime=2024-01-01 endtime=2025-03-04", "2500.00"},
        {"psn_idet_type=2303 begntime=2024-01-01", "7500.00"},
        {"psn_idet_type=2302 begntime=2025-01-01 endtime=2025-12-31", "2500.00"},
        {"psn_idet_type=2303 psn_no=99990100000000000002", "2500.00"},
    };
    for (size_t i = 0; i < N(cases); i++) {
        test_world *w = behind_basic("", "");
        benefit_eligible(w, "25000");
        test_record(w, STL_R_IDENTITY, cases[i].identity);
        assert_money(critical(w), cases[i].expected);
        test_world_free(w);
    }
}

static void D4_ceiling_of_payments_in_the_year(void **state) {
    (void)state;
    pays("", "", "302500.00", "200000.00");
    pays("", "", "302499.99", "199999.99");
    pays("", "", "302500.02", "200000.00");
    pays("", "hifmi_base=290000 hifmi_pay=190000", "20000", "10000.00");
    pays("", "hifmi_base=400000 hifmi_pay=200000", "20000", "0.00");
    pays("", "hifmi_base=400000 hifmi_pay=199999.99", "20000", "0.01");
}

static void D5_points_are_taken_without_tiered_referral(void **state) {
    (void)state;
    pays("unreferred-points=-0.1000", "", "50000", "12000.00"); /* refl_flag 0, level 3 */
    test_world *w = behind_basic("unreferred-points=-0.1000", "");
    test_stay(w, "refl_flag=1");
    benefit_eligible(w, "50000");
    assert_money(critical(w), "15000.00");
    test_stay(w, "refl_flag=0 medins_lv=1 hosp_lv=08");
    assert_money(critical(w), "15000.00");
    test_world_free(w);
}

/* One charge in each part: in scope 40000, prepayment 4000, over limit 3000, self-funded 2000. The
 * basic layer takes a deductible of 500. */
static stl_money with_switches(const char *params) {
    test_world *w = test_world_new();
    char all[200];
    snprintf(all, sizeof all, "%s", params);
    benefit_packs(w, "muni-2011", "average-wage=1000.00", "changsha-2015", all, NULL);
    benefit_year(w, "inscp_scp_amt=100000 ipt_cnt=1");
    test_service(w, "B", "002", "02");
    test_service(w, "S", "003", "03");
    test_service(w, "A", "001", "01");
    test_row(w, STL_T_CAPS, "pric_list_codg=A kind=pay-to-cap pric_uplmt_amt=4000");
    test_charge(w, "B", "2025-03-02T10:00:00", "1", "40000", "");
    test_charge(w, "A", "2025-03-02T11:00:00", "1", "7000", "");
    test_charge(w, "S", "2025-03-02T12:00:00", "1", "2000", "");
    const stl_settlement *s = benefit_settle(w);
    assert_money(s->info.inscp_scp_amt, "40000.00");
    assert_money(s->info.preselfpay_amt, "4000.00");
    assert_money(s->info.overlmt_selfpay, "3000.00");
    assert_money(s->info.fulamt_ownpay_amt, "2000.00");
    stl_money base = s->details[1].inscp_scp_amt;
    test_world_free(w);
    return base;
}

static void D1_switches_say_what_counts(void **state) {
    (void)state;
    assert_money(with_switches(""), "44000.00");
    assert_money(with_switches("prepayment-counts=no"), "40000.00");
    assert_money(with_switches("over-limit-counts=yes"), "47000.00");
    assert_money(with_switches("deductible-counts=no"), "43500.00");
    assert_money(with_switches("deductible-counts=no prepayment-counts=no"), "39500.00");
}

static void D7_basis_of_the_layer_is_what_basic_insurance_leaves(void **state) {
    (void)state;
    test_world *w = test_world_new();
    benefit_packs(w, "muni-2011", "", "changsha-2015", "", NULL);
    benefit_year(w, "hifmi_base=20000");
    benefit_eligible(w, "50000");
    const stl_settlement *s = benefit_settle(w);
    assert_money(s->info.hifp_pay, "43150.00");
    assert_money(s->details[1].inscp_scp_amt, "6850.00");
    assert_money(s->info.hifmi_pay, "3425.00");
    assert_money(s->info.psn_cash_pay, "3425.00");
    assert_str(s->details[0].fund_pay_type, "310100");
    assert_str(s->details[1].fund_pay_type, "390200");
    test_world_free(w);
}

static void D8_without_basic_entitlement_nothing_is_paid(void **state) {
    (void)state;
    test_world *w = test_world_new();
    benefit_packs(w, "muni-2011", "", "changsha-2015", "", NULL);
    test_stay(w, "insutype=390 psn_type=16");
    benefit_year(w, "");
    benefit_eligible(w, "90000");
    const stl_settlement *s = benefit_settle(w);
    assert_true(s->evaluated);
    assert_false(s->served);
    assert_int_equal(s->n_details, 0);
    assert_money(s->info.psn_cash_pay, "90000.00");
    test_world_free(w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(atlas_vectors_behind_the_basic_layer),
        cmocka_unit_test(atlas_vectors_of_the_pack_alone),
        cmocka_unit_test(D1_deductible_edge),
        cmocka_unit_test(D1_switches_say_what_counts),
        cmocka_unit_test(D2_low_income_only_while_the_identity_is_valid),
        cmocka_unit_test(D3_band_edges_are_inclusive),
        cmocka_unit_test(D4_ceiling_of_payments_in_the_year),
        cmocka_unit_test(D5_points_are_taken_without_tiered_referral),
        cmocka_unit_test(D6_several_stays_count_together),
        cmocka_unit_test(D6_paid_at_the_years_end_accumulates_only),
        cmocka_unit_test(D7_basis_of_the_layer_is_what_basic_insurance_leaves),
        cmocka_unit_test(D8_without_basic_entitlement_nothing_is_paid),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
