/* SPDX-License-Identifier: Apache-2.0 */
/* The pack jiayuguan-2018: methods of payment, what the patient and the hospital bear under each.
 */
#include "support/benefit_support.h"

#include <stdio.h>

#define N(array) (sizeof(array) / sizeof((array)[0]))
#define INPATIENT                                                                                  \
    "insutype=310 med_type=21 mdtrtarea_admvs=999901 medins_lv=3 fixmedins_code=H99990100001 "     \
    "endtime=2025-03-05T10:00:00 begntime=2025-03-01T10:00:00 brdy=1980-01-01 "

static test_world *world(const char *params, const char *stay) {
    test_world *w = test_world_new();
    benefit_packs(w, "jiayuguan-2018", params, NULL);
    test_row(w, STL_T_STANDARDS,
             "method=disease-quota code=K80* fixmedins_code=H99990100001 medins_lv=3 amount=12000");
    test_row(w, STL_T_STANDARDS, "method=disease-quota code=G1 medins_lv=3 amount=7000");
    test_row(w, STL_T_STANDARDS, "method=bed-day code=F20* amount=150");
    test_row(w, STL_T_STANDARDS, "method=bed-day code=F20* medins_lv=2 amount=120");
    test_row(w, STL_T_STANDARDS, "method=head medins_lv=1 amount=0");
    test_stay(w, INPATIENT);
    test_stay(w, stay);
    benefit_year(w, "");
    return w;
}

static void J1_quota_of_the_signed_list(void **state) {
    (void)state;
    test_world *w = world("", "dscg_maindiag_code=K80.200");
    benefit_eligible(w, "10000");
    const stl_settlement *s = benefit_settle(w);
    assert_str(s->method.id, "disease-quota");
    assert_money(s->method.standard, "12000.00");
    assert_money(s->method.balance, "2000.00");
    assert_money(s->info.hifp_pay, "7125.00"); /* the patient pays by the cost */
    assert_money(s->info.hosp_part_amt, "0.00");
    test_world_free(w);
}

static void J1_dearer_than_the_quota_is_the_hospitals_balance(void **state) {
    (void)state;
    test_world *w = world("", "dscg_maindiag_code=K80.200");
    benefit_eligible(w, "15000");
    const stl_settlement *s = benefit_settle(w);
    assert_true(s->method.balance == -test_money("3000.00"));
    assert_money(s->info.hosp_part_amt, "0.00");
    assert_money(s->info.hifp_pay, "10875.00");
    test_world_free(w);
}

static void J1_disease_code_of_the_hospital_comes_before_the_diagnosis(void **state) {
    (void)state;
    test_world *w = world("", "dscg_maindiag_code=K80.200 dise_codg=G1");
    benefit_eligible(w, "10000");
    assert_money(benefit_settle(w)->method.standard, "7000.00");
    test_world_free(w);
}

static void J1_other_hospital_or_disease_is_paid_by_item(void **state) {
    (void)state;
    const char *const stays[] = {"dscg_maindiag_code=K80.200 fixmedins_code=H99990100009",
                                 "dscg_maindiag_code=K80.200 medins_lv=2",
                                 "dscg_maindiag_code=J18.900"};
    for (size_t i = 0; i < N(stays); i++) {
        test_world *w = world("", stays[i]);
        benefit_eligible(w, "10000");
        const stl_settlement *s = benefit_settle(w);
        assert_str(s->method.id, "");
        assert_money(s->info.hifp_pay, "7125.00");
        test_world_free(w);
    }
}

static void J2_bed_days_are_nights(void **state) {
    (void)state;
    const struct {
        const char *stay, *standard;
    } rows[] = {
        {"dscg_maindiag_code=F20.000", "600.00"},
        {"dscg_maindiag_code=F20.000 endtime=2025-03-01T20:00:00", "150.00"},
        {"dscg_maindiag_code=F20.000 medins_lv=2", "480.00"},
        {"dscg_maindiag_code=J18.900 adm_dept_codg=F20", "600.00"},
    };
    for (size_t i = 0; i < N(rows); i++) {
        test_world *w = world("", rows[i].stay);
        benefit_eligible(w, "500");
        assert_money(benefit_settle(w)->method.standard, rows[i].standard);
        test_world_free(w);
    }
}

static void J4_deductible_of_the_chain_is_credited(void **state) {
    (void)state;
    const struct {
        const char *stay, *chain, *dedc, *pays;
    } rows[] = {
        {"refl_flag=1", "300", "200.00", "7350.00"}, {"refl_flag=1", "500", "0.00", "7500.00"},
        {"refl_flag=1", "800", "0.00", "7500.00"},   {"refl_flag=1", "0", "500.00", "7125.00"},
        {"refl_flag=0", "300", "500.00", "7125.00"},
    };
    for (size_t i = 0; i < N(rows); i++) {
        test_world *w = world("", rows[i].stay);
        benefit_acc(w, "2025", "dedc_chain", rows[i].chain);
        benefit_eligible(w, "10000");
        const stl_settlement *s = benefit_settle(w);
        assert_money(s->info.act_pay_dedc, rows[i].dedc);
        assert_money(s->info.hifp_pay, rows[i].pays);
        test_world_free(w);
    }
}

static void J4_referral_without_the_chain_is_not_evaluated(void **state) {
    (void)state;
    test_world *w = world("", "refl_flag=1");
    benefit_eligible(w, "10000");
    const stl_verdict *verdict;
    assert_false(benefit_explain(w, &verdict)->evaluated);
    assert_str(verdict->gaps[0].missing, "accumulator 2025 dedc_chain");
    test_world_free(w);
}

static void J5_referred_down_bears_no_deductible(void **state) {
    (void)state;
    test_world *w = world("referred-down=6008", "");
    test_record(w, STL_R_IDENTITY, "psn_idet_type=6008");
    benefit_eligible(w, "10000");
    assert_money(benefit_settle(w)->info.hifp_pay, "7500.00");
    test_world_free(w);
}

static void J5_without_the_identity_the_deductible_is_borne(void **state) {
    (void)state;
    test_world *w = world("referred-down=6008", "");
    test_record(w, STL_R_IDENTITY, "psn_idet_type=6009");
    benefit_eligible(w, "10000");
    assert_money(benefit_settle(w)->info.hifp_pay, "7125.00");
    test_world_free(w);
}

static void J6_without_referral_the_patient_pays_and_gets_a_part_of_the_quota(void **state) {
    (void)state;
    const struct {
        const char *stay, *eligible, *later;
    } rows[] = {
        {"dscg_maindiag_code=K80.200", "10000", "3600.00"},
        {"dscg_maindiag_code=K80.200", "3000", "3000.00"}, /* at most the cost */
        {"dscg_maindiag_code=F20.000 medins_lv=2", "10000", "240.00"},
    };
    for (size_t i = 0; i < N(rows); i++) {
        test_world *w = world("", rows[i].stay);
        test_stay(w, "mdtrtarea_admvs=888801 refl_flag=0");
        benefit_eligible(w, rows[i].eligible);
        const stl_settlement *s = benefit_settle(w);
        assert_false(s->served);
        assert_true(s->info.psn_cash_pay == test_money(rows[i].eligible));
        assert_money(s->later, rows[i].later);
        test_world_free(w);
    }
}

static void J6_major_diseases_are_not_reduced(void **state) {
    (void)state;
    test_world *w =
        world("major-diseases=K80*", "dscg_maindiag_code=K80.200 mdtrtarea_admvs=888801");
    benefit_eligible(w, "20000");
    assert_money(benefit_settle(w)->later, "12000.00");
    test_world_free(w);
}

static void J6_without_a_quota_nothing_is_said_of_later(void **state) {
    (void)state;
    test_world *w = world("", "dscg_maindiag_code=J18.900 mdtrtarea_admvs=888801");
    benefit_eligible(w, "10000");
    assert_true(benefit_settle(w)->later == STL_NONE);
    test_world_free(w);
}

static void J7_techniques_are_paid_whole(void **state) {
    (void)state;
    test_world *w = world("", "");
    test_row(w, STL_T_LISTS, "list=J7.tcm item=00430*");
    test_service(w, "E", "001100000000000", "01");
    test_service(w, "T", "004300000010000", "01");
    test_charge(w, "T", "2025-03-02T10:00:00", "1", "200", "");
    benefit_eligible(w, "1500");
    const stl_settlement *s = benefit_settle(w);
    assert_money(s->info.hifp_pay, "950.00"); /* (1500 - 500) x 0.75 + 200 */
    assert_money(s->details[0].inscp_scp_amt, "1700.00");
    test_world_free(w);
}

static void J10_outpatient_of_a_day_is_capped(void **state) {
    (void)state;
    const struct {
        const char *paid, *eligible, *pays;
    } rows[] = {
        {"0", "50", "35.00"}, {"0", "57.14", "40.00"}, {"0", "60", "40.00"}, {"30", "50", "10.00"}};
    for (size_t i = 0; i < N(rows); i++) {
        test_world *w = world("", "med_type=11 medins_lv=1");
        benefit_acc(w, "2025-03-05", "outpatient_pay", rows[i].paid);
        benefit_acc(w, "2025", "outpatient_pay", "1000");
        benefit_eligible(w, rows[i].eligible);
        const stl_settlement *s = benefit_settle(w);
        assert_money(s->info.hifp_pay, rows[i].pays);
        assert_str(s->method.id, "head");
        assert_true(s->method.balance == STL_NONE);
        assert_str(s->accs[s->n_accs - 1].year, "2025-03-05");
        test_world_free(w);
    }
}

static void J11_own_rule_by_age(void **state) {
    (void)state;
    const struct {
        const char *stay, *pays;
    } rows[] = {
        {"brdy=2020-03-06", "7600.00"},
        {"brdy=2020-03-05", "7125.00"},
        {"brdy=1960-03-05", "7600.00"},
        {"brdy=1960-03-06", "7125.00"},
    };
    for (size_t i = 0; i < N(rows); i++) {
        test_world *w = world("own-rule-points=0.05", rows[i].stay);
        benefit_eligible(w, "10000");
        assert_money(benefit_settle(w)->info.hifp_pay, rows[i].pays);
        test_world_free(w);
    }
}

static void J11_without_a_date_of_birth_nothing_is_guessed(void **state) {
    (void)state;
    test_world *w = world("own-rule-points=0.05", "brdy=");
    benefit_eligible(w, "10000");
    const stl_verdict *verdict;
    assert_false(benefit_explain(w, &verdict)->evaluated);
    assert_str(verdict->gaps[0].missing, "stay field brdy");
    test_world_free(w);
}

#define METHOD(attributes)                                                                         \
    "<policy xmlns='urn:libsettle:policy:1.0' id='m' basis='test'>"                                \
    "<account pays='in-scope-share' basis='test'/>"                                                \
    "<method id='m' name='m' " attributes " basis='test'/>"                                        \
    "<layer id='basic' name='b' fund_pay_type='310100' pays-into='hifp_pay' basis='test'>"         \
    "<base of='in-scope' basis='test'/><bands on='position' basis='test'><band>"                   \
    "<ratio value='0.80' basis='test'/></band></bands></layer></policy>"

static const stl_settlement *by_method(test_world *w, const char *policy, const char *standard) {
    char row[80];
    snprintf(row, sizeof row, "method=m amount=%s", standard);
    benefit_policy(w, policy);
    test_row(w, STL_T_STANDARDS, row);
    test_stay(w, INPATIENT "dise_codg=G1");
    benefit_year(w, "");
    benefit_eligible(w, "10000");
    return benefit_settle(w);
}

static void patient_on_the_standard_leaves_the_excess_to_the_hospital(void **state) {
    (void)state;
    test_world *w = test_world_new();
    const stl_settlement *s = by_method(w, METHOD("kind='quota' patient-on='standard'"), "7000");
    assert_money(s->info.hosp_part_amt, "3000.00");
    assert_money(s->info.hifp_pay, "5600.00");
    assert_money(s->info.psn_part_amt, "1400.00");
    test_world_free(w);
    w = test_world_new();
    s = by_method(w, METHOD("kind='quota' patient-on='standard'"), "10000");
    assert_money(s->info.hosp_part_amt, "0.00");
    assert_money(s->info.hifp_pay, "8000.00");
    test_world_free(w);
}

static void points_are_multiplied_by_the_value_of_one(void **state) {
    (void)state;
    test_world *w = test_world_new();
    const stl_settlement *s = by_method(w, METHOD("kind='points' point-value='98.75'"), "103.20");
    assert_money(s->method.standard, "10191.00");
    assert_money(s->method.balance, "191.00");
    test_world_free(w);
}

static void visit_has_one_standard(void **state) {
    (void)state;
    test_world *w = test_world_new();
    assert_money(by_method(w, METHOD("kind='visit'"), "280")->method.standard, "280.00");
    test_world_free(w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(J1_quota_of_the_signed_list),
        cmocka_unit_test(J1_dearer_than_the_quota_is_the_hospitals_balance),
        cmocka_unit_test(J1_disease_code_of_the_hospital_comes_before_the_diagnosis),
        cmocka_unit_test(J1_other_hospital_or_disease_is_paid_by_item),
        cmocka_unit_test(J2_bed_days_are_nights),
        cmocka_unit_test(J4_deductible_of_the_chain_is_credited),
        cmocka_unit_test(J4_referral_without_the_chain_is_not_evaluated),
        cmocka_unit_test(J5_referred_down_bears_no_deductible),
        cmocka_unit_test(J5_without_the_identity_the_deductible_is_borne),
        cmocka_unit_test(J6_without_referral_the_patient_pays_and_gets_a_part_of_the_quota),
        cmocka_unit_test(J6_major_diseases_are_not_reduced),
        cmocka_unit_test(J6_without_a_quota_nothing_is_said_of_later),
        cmocka_unit_test(J7_techniques_are_paid_whole),
        cmocka_unit_test(J10_outpatient_of_a_day_is_capped),
        cmocka_unit_test(J11_own_rule_by_age),
        cmocka_unit_test(J11_without_a_date_of_birth_nothing_is_guessed),
        cmocka_unit_test(patient_on_the_standard_leaves_the_excess_to_the_hospital),
        cmocka_unit_test(points_are_multiplied_by_the_value_of_one),
        cmocka_unit_test(visit_has_one_standard),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
