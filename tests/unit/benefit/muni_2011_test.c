/* SPDX-License-Identifier: Apache-2.0 */
/* The pack muni-2011: its vectors of the atlas to the fen, and each of its rows. */
#include "support/benefit_support.h"

#include <stdio.h>

#define RETIRED "psn_type=12"
#define N(array) (sizeof(array) / sizeof((array)[0]))

static void check(const benefit_vector *vectors, size_t n) {
    benefit_check_vectors(vectors, n, "muni-2011", "");
}

static void atlas_vectors(void **state) {
    (void)state;
    const benefit_vector vectors[] = {
        {"", "", "50000", "43150.00"},
        {RETIRED, "", "50000", "46075.00"},
        {"", "ipt_cnt=1 inscp_scp_amt=15000", "10000", "8325.00"},
        {"", "ipt_cnt=1 inscp_scp_amt=50000", "10000", "8550.00"},
    };
    check(vectors, N(vectors));
}

/* Eligible 20000 stays in band 1: (20000 - deductible) x 0.85. */
static void B1_deductible_by_level(void **state) {
    (void)state;
    const benefit_vector vectors[] = {
        {"medins_lv=3 hosp_lv=02", "", "20000", "16150.00"},
        {"medins_lv=3 hosp_lv=01", "", "20000", "16150.00"},
        {"medins_lv=3 hosp_lv=03", "", "20000", "16405.00"},
        {"medins_lv=2 hosp_lv=05", "", "20000", "16575.00"},
        {"medins_lv=1 hosp_lv=08", "", "20000", "16745.00"},
    };
    check(vectors, N(vectors));
}

static void B1_specialised_hospital_is_an_other_tertiary_one(void **state) {
    (void)state;
    const benefit_vector vectors[] = {{"medins_lv=3 hosp_lv=02", "", "20000", "16405.00"}};
    benefit_check_vectors(vectors, 1, "muni-2011", "specialised-hospitals=H99990100001");
    check((benefit_vector[]){{"", "", "20000", "16150.00"}}, 1);
}

static void B2_place_without_a_tertiary_hospital(void **state) {
    (void)state;
    const benefit_vector there[] = {
        {"medins_lv=2 hosp_lv=05 mdtrtarea_admvs=999921", "", "20000", "16405.00"},
        {"medins_lv=1 hosp_lv=08 mdtrtarea_admvs=999921", "", "20000", "16745.00"},
        {"medins_lv=2 hosp_lv=05 mdtrtarea_admvs=999901", "", "20000", "16575.00"},
    };
    benefit_check_vectors(there, N(there), "muni-2011", "places-without-tertiary=999921_999922");
}

static void B3_referral_out_of_the_region(void **state) {
    (void)state;
    const benefit_vector vectors[] = {
        {"medins_lv=3 hosp_lv=03 refl_flag=1 mdtrtarea_admvs=888801", "", "20000", "16150.00"},
        {"medins_lv=3 hosp_lv=03 refl_flag=1 mdtrtarea_admvs=999901", "", "20000", "16405.00"},
        {"medins_lv=3 hosp_lv=03 refl_flag=0 mdtrtarea_admvs=888801", "", "20000", "16405.00"},
    };
    benefit_check_vectors(vectors, N(vectors), "muni-2011", "region=9999");
}

static void B3_without_a_region_the_flag_decides(void **state) {
    (void)state;
    const benefit_vector vectors[] = {
        {"medins_lv=2 hosp_lv=05 refl_flag=1", "", "20000", "16150.00"},
        {"medins_lv=2 hosp_lv=05 refl_flag=", "", "20000", "16575.00"},
    };
    check(vectors, N(vectors));
}

static void B4_second_and_later_stay_pay_half(void **state) {
    (void)state;
    const benefit_vector vectors[] = {
        {"", "ipt_cnt=0", "10000", "7650.00"},
        {"", "ipt_cnt=1", "10000", "8075.00"},
        {"", "ipt_cnt=7", "10000", "8075.00"},
        {"medins_lv=2 hosp_lv=05", "ipt_cnt=1", "10000", "8287.50"},
    };
    check(vectors, N(vectors));
}

static test_world *muni(const char *params) {
    test_world *w = test_world_new();
    benefit_packs(w, "muni-2011", params, NULL);
    return w;
}

static void B5_cross_year_stay_belongs_to_the_year_of_discharge(void **state) {
    (void)state;
    test_world *w = muni("");
    test_stay(w, "begntime=2024-12-20T08:00:00 endtime=2025-01-03T10:00:00");
    benefit_year(w, "ipt_cnt=0");
    benefit_acc(w, "2024", "ipt_cnt", "3");
    benefit_acc(w, "2024", "inscp_scp_amt", "90000");
    benefit_eligible(w, "10000");
    const stl_settlement *s = benefit_settle(w);
    assert_money(s->info.hifp_pay, "7650.00");
    assert_true(s->n_accs > 0);
    for (size_t i = 0; i < s->n_accs; i++)
        assert_str(s->accs[i].year, "2025");
    test_world_free(w);
}

static void B5_day_before_the_new_year_counts_in_the_old(void **state) {
    (void)state;
    test_world *w = muni("");
    test_stay(w, "begntime=2024-12-20T08:00:00 endtime=2024-12-31T23:59:59");
    benefit_year(w, ""); /* of 2025: not this year's */
    benefit_acc(w, "2024", "ipt_cnt", "1");
    benefit_acc(w, "2024", "inscp_scp_amt", "0");
    benefit_eligible(w, "10000");
    assert_money(benefit_settle(w)->info.hifp_pay, "8075.00");
    test_world_free(w);
}

static void B6_band_edge_is_inclusive(void **state) {
    (void)state;
    const benefit_vector vectors[] = {
        {"", "", "19999.99", "16149.99"}, /* 18999.99 x 0.85 = 16149.9915 */
        {"", "", "20000.00", "16150.00"},
        {"", "", "20000.01", "16150.01"}, /* + 0.01 x 0.90 = 16150.009 */
        {"", "", "20000.10", "16150.09"},
        {RETIRED, "", "19999.99", "17574.99"}, /* 18999.99 x 0.925 = 17574.99075 */
        {RETIRED, "", "20000.00", "17575.00"},
        {RETIRED, "", "20000.20", "17575.19"},
    };
    check(vectors, N(vectors));
}

static void B6_deductible_occupies_the_position_where_it_starts(void **state) {
    (void)state;
    const benefit_vector vectors[] = {
        /* 19800 + 500 reaches into band 2: 9500 x 0.90 of it in band 2 */
        {"", "ipt_cnt=1 inscp_scp_amt=19800", "10000", "8550.00"},
        {"", "ipt_cnt=1 inscp_scp_amt=19500", "10000", "8550.00"},
        {"", "ipt_cnt=1 inscp_scp_amt=19499.90", "10000", "8550.00"}, /* less 0.005: half up */
        {"", "ipt_cnt=1 inscp_scp_amt=19400", "10000", "8545.00"},
        {"", "ipt_cnt=1 inscp_scp_amt=20000", "10000", "8550.00"},
    };
    check(vectors, N(vectors));
}

static void B6_deductible_edge(void **state) {
    (void)state;
    const benefit_vector vectors[] = {
        {"", "", "999.99", "0.00"},
        {"", "", "1000.00", "0.00"},
        {"", "", "1000.01", "0.01"},
        {"", "", "0.01", "0.00"},
    };
    check(vectors, N(vectors));
}

static void B6_ratios_outside_the_city_district(void **state) {
    (void)state;
    /* 19000 x 0.90 + 30000 x 0.95; retired 19000 x 0.95 + 30000 x 0.98 */
    const benefit_vector vectors[] = {
        {"mdtrtarea_admvs=999921", "", "50000", "45600.00"},
        {"mdtrtarea_admvs=999901", "", "50000", "43150.00"},
        {"psn_type=12 mdtrtarea_admvs=999921", "", "50000", "47450.00"},
    };
    benefit_check_vectors(
        vectors, N(vectors), "muni-2011",
        "outside-city-district=999921 outside-active-1=0.90 outside-active-2=0.95 "
        "outside-retired-1=0.95 outside-retired-2=0.98");
}

static void B7_cap_is_a_position_of_eligible_cost(void **state) {
    (void)state;
    const benefit_vector vectors[] = {
        /* cap 6 x 10000 = 60000: 19000 x 0.85 + 40000 x 0.90 */
        {"", "", "59999.99", "52149.99"},
        {"", "", "60000.00", "52150.00"},
        {"", "", "60000.10", "52150.00"},
        {"", "", "90000.00", "52150.00"},
        {"", "ipt_cnt=1 inscp_scp_amt=55000", "10000", "4050.00"},
        {"", "ipt_cnt=1 inscp_scp_amt=59800", "10000", "0.00"},
        {"", "ipt_cnt=1 inscp_scp_amt=70000", "10000", "0.00"},
    };
    benefit_check_vectors(vectors, N(vectors), "muni-2011", "average-wage=10000.00");
}

static void B7_reading_B_caps_the_payments(void **state) {
    (void)state;
    const benefit_vector vectors[] = {
        {"", "", "90000.00", "60000.00"},
        {"", "ipt_cnt=1 inscp_scp_amt=70000 hifp_pay=59999.99", "10000", "0.01"},
        {"", "ipt_cnt=1 inscp_scp_amt=70000 hifp_pay=60000.00", "10000", "0.00"},
        {"", "ipt_cnt=1 inscp_scp_amt=70000 hifp_pay=61000.00", "10000", "0.00"},
        {"", "ipt_cnt=1 inscp_scp_amt=70000 hifp_pay=10000.00", "10000", "8550.00"},
    };
    benefit_check_vectors(vectors, N(vectors), "muni-2011",
                          "average-wage=10000.00 annual-cap-on=payments");
}

static void class_b_without_ratio(const char *list_type, const char *params, const char *prepaid,
                                  const char *basis) {
    test_world *w = muni(params);
    benefit_year(w, "");
    char row[160];
    test_item(w, "medins_list_codg=D medins_list_name=D");
    test_map(w, "medins_list_codg=D map_id=MD med_list_codg=X1 chrgitm_lv=02");
    snprintf(row, sizeof row, "med_list_codg=X1 med_list_name=X chrgitm_lv=02 list_type=%s",
             list_type);
    test_row(w, STL_T_CATALOGUE, row);
    test_charge(w, "D", "2025-03-02T10:00:00", "1", "100.00", "");
    const stl_settlement *s = benefit_settle(w);
    assert_true(s->evaluated);
    assert_money(s->info.preselfpay_amt, prepaid);
    assert_str(s->lines[0].basis, basis);
    test_world_free(w);
}

static void B8_unspecified_class_b_drug_prepays_at_most_a_tenth(void **state) {
    (void)state;
    class_b_without_ratio("101", "", "10.00", "B8");
    class_b_without_ratio("101", "class-b-drug=0.05", "5.00", "B8");
}

static void B9_unspecified_material(void **state) {
    (void)state;
    class_b_without_ratio("301", "class-b-material=0.20", "20.00", "B9");
}

static void B10_B12_unspecified_service_takes_the_lower_bound(void **state) {
    (void)state;
    class_b_without_ratio("201", "", "10.00", "B10 B12");
}

static settle_status reading(const char *param, const char *value, stl_error *err) {
    test_world *w = test_world_new();
    stl_policy_param set = {stl_str_of(param), stl_str_of(value)};
    stl_policy_source source = {
        benefit_policy_text(w, "muni-2011"), "policy.xml", &set, 1, STL_STR(""), STL_STR("")};
    const stl_policy *policy;
    settle_status status = stl_policy_read(&source, 1, test_arena(w), &policy, err);
    test_world_free(w);
    return status;
}

static void B8_B9_limits_of_the_text_are_kept(void **state) {
    (void)state;
    stl_error err = {0};
    assert_int_equal(reading("class-b-drug", "0.1001", &err), SETTLE_E_PACK_POLICY);
    assert_string_equal(err.field, "param");
    assert_int_equal(reading("class-b-drug", "0.1000", &err), SETTLE_OK);
    assert_int_equal(reading("class-b-material", "0.2001", &err), SETTLE_E_PACK_POLICY);
    assert_int_equal(reading("outside-active-1", "0.8499", &err), SETTLE_E_PACK_POLICY);
    assert_int_equal(reading("outside-active-1", "0.9000", &err), SETTLE_OK);
}

static void B11_insurance_year_may_begin_in_april(void **state) {
    (void)state;
    test_world *w = muni("year-begins=04-01");
    test_stay(w, "begntime=2026-03-20T08:00:00 endtime=2026-03-31T23:00:00");
    benefit_year(w, "ipt_cnt=1"); /* 2025: from 2025-04-01 to 2026-03-31 */
    benefit_eligible(w, "10000");
    assert_money(benefit_settle(w)->info.hifp_pay, "8075.00");
    test_stay(w, "endtime=2026-04-01T00:00:00");
    assert_false(benefit_settle(w)->evaluated); /* no values of 2026 */
    test_world_free(w);
}

static void retired_early_is_retired(void **state) {
    (void)state;
    check((benefit_vector[]){{"psn_type=1204", "", "50000", "46075.00"}}, 1);
}

static void year_values_after_the_stay(void **state) {
    (void)state;
    test_world *w = muni("");
    benefit_year(w, "ipt_cnt=1 inscp_scp_amt=15000 act_pay_dedc=1000 hifp_pay=11900");
    benefit_eligible(w, "10000");
    const stl_settlement *s = benefit_settle(w);
    const char *expected[][3] = {{"inscp_scp_amt", "15000", "25000"},
                                 {"ipt_cnt", "1", "2"},
                                 {"act_pay_dedc", "1000", "1500"},
                                 {"hifp_pay", "11900", "20225"}};
    assert_int_equal(s->n_accs, N(expected));
    for (size_t i = 0; i < N(expected); i++) {
        assert_str(s->accs[i].kind, expected[i][0]);
        assert_money(s->accs[i].before, expected[i][1]);
        assert_money(s->accs[i].value, expected[i][2]);
    }
    assert_money(s->info.act_pay_dedc, "500.00");
    test_world_free(w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(atlas_vectors),
        cmocka_unit_test(B1_deductible_by_level),
        cmocka_unit_test(B1_specialised_hospital_is_an_other_tertiary_one),
        cmocka_unit_test(B2_place_without_a_tertiary_hospital),
        cmocka_unit_test(B3_referral_out_of_the_region),
        cmocka_unit_test(B3_without_a_region_the_flag_decides),
        cmocka_unit_test(B4_second_and_later_stay_pay_half),
        cmocka_unit_test(B5_cross_year_stay_belongs_to_the_year_of_discharge),
        cmocka_unit_test(B5_day_before_the_new_year_counts_in_the_old),
        cmocka_unit_test(B6_band_edge_is_inclusive),
        cmocka_unit_test(B6_deductible_occupies_the_position_where_it_starts),
        cmocka_unit_test(B6_deductible_edge),
        cmocka_unit_test(B6_ratios_outside_the_city_district),
        cmocka_unit_test(B7_cap_is_a_position_of_eligible_cost),
        cmocka_unit_test(B7_reading_B_caps_the_payments),
        cmocka_unit_test(B8_unspecified_class_b_drug_prepays_at_most_a_tenth),
        cmocka_unit_test(B9_unspecified_material),
        cmocka_unit_test(B10_B12_unspecified_service_takes_the_lower_bound),
        cmocka_unit_test(B8_B9_limits_of_the_text_are_kept),
        cmocka_unit_test(B11_insurance_year_may_begin_in_april),
        cmocka_unit_test(retired_early_is_retired),
        cmocka_unit_test(year_values_after_the_stay),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
