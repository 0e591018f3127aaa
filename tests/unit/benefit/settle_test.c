/* SPDX-License-Identifier: Apache-2.0 */
/* The settlement as a whole: sums, account, unpaid schemes, missing inputs, and properties that
 * hold for any stay. */
#include "support/benefit_support.h"

#include <stdio.h>

static test_world *muni_and_critical(void) {
    test_world *w = test_world_new();
    benefit_packs(w, "muni-2011", "", "changsha-2015", "", NULL);
    return w;
}

static test_world *eligible_50000(void) {
    test_world *w = muni_and_critical();
    benefit_year(w, "");
    benefit_eligible(w, "50000.00");
    return w;
}

static void stay_sums_over_lines_and_layers(void **state) {
    (void)state;
    test_world *w = muni_and_critical();
    benefit_year(w, "");
    benefit_eligible(w, "30000.00");
    test_service(w, "B", "002", "02");
    test_service(w, "S", "003", "03");
    test_charge(w, "B", "2025-03-02T10:00:00", "1", "20000", "");
    test_charge(w, "S", "2025-03-02T10:00:00", "1", "500", "");
    const stl_settlement *s = benefit_settle(w);
    assert_money(s->info.medfee_sumamt, "50500.00");
    assert_money(s->info.fulamt_ownpay_amt, "500.00");
    assert_money(s->info.preselfpay_amt, "2000.00");
    assert_money(s->info.inscp_scp_amt, "48000.00");
    assert_money(s->info.act_pay_dedc, "1000.00");
    assert_money(s->info.hifp_pay, "41350.00"); /* 16150 + 28000 x 0.90 */
    assert_money(s->info.hifmi_pay, "0.00");
    assert_money(s->info.fund_pay_sumamt, "41350.00");
    assert_money(s->info.psn_part_amt, "9150.00");
    assert_money(s->info.psn_cash_pay, "9150.00");
    assert_money(s->info.hosp_part_amt, "0.00");
    assert_int_equal(s->n_details, 2);
    assert_str(s->details[0].layer, "basic");
    assert_str(s->details[1].layer, "critical");
    assert_money(s->details[1].inscp_scp_amt, "8650.00"); /* 48000 + 2000 - 41350 */
    test_world_free(w);
}

/* Eligible 50000: the in-scope share of the patient is 6850. */
static void account_pays(const char *stay, const char *acct, const char *cash, const char *balc) {
    test_world *w = eligible_50000();
    test_service(w, "S", "003", "03");
    test_charge(w, "S", "2025-03-02T10:00:00", "1", "500", "");
    test_stay(w, stay);
    const stl_settlement *s = benefit_settle(w);
    assert_true(s->evaluated);
    assert_money(s->info.psn_part_amt, "7350.00");
    assert_money(s->info.acct_pay, acct);
    assert_money(s->info.psn_cash_pay, cash);
    assert_money(s->info.balc, balc);
    test_world_free(w);
}

static void account_pays_the_in_scope_share_up_to_its_balance(void **state) {
    (void)state;
    account_pays("acct_used_flag=1 balc=300.00", "300.00", "7050.00", "0.00");
    account_pays("acct_used_flag=1 balc=6850.00", "6850.00", "500.00", "0.00");
    account_pays("acct_used_flag=1 balc=9000.00", "6850.00", "500.00", "2150.00");
    account_pays("acct_used_flag=0 balc=9000.00", "0.00", "7350.00", "9000.00");
    account_pays("acct_used_flag= balc=9000.00", "0.00", "7350.00", "9000.00");
}

static void account_use_is_a_switch_of_the_policy(void **state) {
    (void)state;
    static const struct {
        const char *use, *acct;
    } cases[] = {{"account=personal-share", "7350.00"}, {"account=nothing", "0.00"}};
    for (size_t i = 0; i < 2; i++) {
        test_world *w = test_world_new();
        benefit_packs(w, "muni-2011", cases[i].use, NULL);
        benefit_year(w, "");
        benefit_eligible(w, "50000.00");
        test_service(w, "S", "003", "03");
        test_charge(w, "S", "2025-03-02T10:00:00", "1", "500", "");
        test_stay(w, "acct_used_flag=1 balc=9000.00");
        assert_money(benefit_settle(w)->info.acct_pay, cases[i].acct);
        test_world_free(w);
    }
}

/* Eligible 50000 with mutual aid: own account first, then those of the family, up to the share. */
static test_world *with_mutual_aid(const char *params, const char *stay) {
    test_world *w = test_world_new();
    benefit_packs(w, "muni-2011", params, NULL);
    benefit_year(w, "");
    benefit_eligible(w, "50000.00");
    test_service(w, "S", "003", "03");
    test_charge(w, "S", "2025-03-02T10:00:00", "1", "500", "");
    test_stay(w, stay);
    return w;
}

static void accounts_of_the_family_pay_after_the_own_one(void **state) {
    (void)state;
    static const struct {
        const char *params, *stay, *acct, *family, *cash, *balc;
    } cases[] = {
        {"mutual-aid=yes", "acct_used_flag=1 balc=300 mulaid_used_flag=1 mulaid_balc=200", "500.00",
         "200.00", "6850.00", "0.00"},
        {"mutual-aid=yes", "acct_used_flag=1 balc=300 mulaid_used_flag=1 mulaid_balc=9000",
         "6850.00", "6550.00", "500.00", "0.00"},
        {"mutual-aid=yes", "acct_used_flag=1 balc=9000 mulaid_used_flag=1 mulaid_balc=9000",
         "6850.00", "0.00", "500.00", "2150.00"},
        {"mutual-aid=yes", "acct_used_flag=0 balc=300 mulaid_used_flag=1 mulaid_balc=200", "200.00",
         "200.00", "7150.00", "300.00"},
        {"mutual-aid=yes", "acct_used_flag=1 balc=300 mulaid_used_flag=0 mulaid_balc=200", "300.00",
         "0.00", "7050.00", "0.00"},
        {"mutual-aid=no", "acct_used_flag=1 balc=300 mulaid_used_flag=1 mulaid_balc=200", "300.00",
         "0.00", "7050.00", "0.00"},
        {"mutual-aid=yes account=personal-share",
         "acct_used_flag=1 balc=300 mulaid_used_flag=1 mulaid_balc=9000", "7350.00", "7050.00",
         "0.00", "0.00"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        test_world *w = with_mutual_aid(cases[i].params, cases[i].stay);
        const stl_settlement *s = benefit_settle(w);
        assert_money(s->info.psn_part_amt, "7350.00");
        assert_money(s->info.acct_pay, cases[i].acct);
        assert_money(s->info.acct_mulaid_pay, cases[i].family);
        assert_money(s->info.psn_cash_pay, cases[i].cash);
        assert_money(s->info.balc, cases[i].balc);
        test_world_free(w);
    }
}

static void missing(test_world *w, const char *what) {
    const stl_verdict *verdict;
    const stl_settlement *s = benefit_explain(w, &verdict);
    assert_false(s->evaluated);
    assert_int_equal(s->info.fund_pay_sumamt, 0);
    assert_int_equal(s->info.psn_cash_pay, 0);
    assert_int_equal(s->n_details, 0);
    assert_int_equal(s->n_accs, 0);
    bool found = false;
    for (size_t i = 0; i < verdict->n_gaps; i++) {
        assert_string_equal(verdict->gaps[i].rule_id, "ACC");
        found = found || stl_str_is(verdict->gaps[i].missing, what);
    }
    if (!found)
        fail_msg("no gap \"%s\" but %zu others, first \"%.*s\"", what, verdict->n_gaps,
                 (int)verdict->gaps[0].missing.len, verdict->gaps[0].missing.ptr);
    test_world_free(w);
}

static void account_without_balance_is_a_gap(void **state) {
    (void)state;
    test_world *w = eligible_50000();
    test_stay(w, "acct_used_flag=1 balc=");
    missing(w, "stay field balc");
}

static void mutual_aid_without_balance_is_a_gap(void **state) {
    (void)state;
    missing(with_mutual_aid("mutual-aid=yes",
                            "acct_used_flag=1 balc=300 mulaid_used_flag=1 mulaid_balc="),
            "stay field mulaid_balc");
}

static void accumulators_that_are_missing_are_named(void **state) {
    (void)state;
    static const char *const NEEDED[] = {
        "accumulator 2025 inscp_scp_amt",
        "accumulator 2025 ipt_cnt",
        "accumulator 2025 hifmi_base",
        "accumulator 2025 hifmi_pay",
    };
    for (size_t i = 0; i < 4; i++) {
        test_world *w = muni_and_critical();
        benefit_eligible(w, "50000.00");
        missing(w, NEEDED[i]);
    }
}

static void sums_by_line_stand_without_accumulators(void **state) {
    (void)state;
    test_world *w = muni_and_critical();
    benefit_eligible(w, "50000.00");
    const stl_settlement *s = benefit_settle(w);
    assert_false(s->evaluated);
    assert_money(s->info.medfee_sumamt, "50000.00");
    assert_money(s->info.inscp_scp_amt, "50000.00");
    test_world_free(w);
}

static void values_of_another_year_or_scheme_do_not_count(void **state) {
    (void)state;
    test_world *w = eligible_50000();
    test_stay(w, "endtime=2026-01-02T10:00:00");
    missing(w, "accumulator 2026 inscp_scp_amt");
    w = muni_and_critical();
    test_stay(w, "insutype=390");
    benefit_year(w, "");
    test_stay(w, "insutype=310");
    benefit_eligible(w, "50000.00");
    missing(w, "accumulator 2025 ipt_cnt");
}

static void contradicting_values_are_a_gap(void **state) {
    (void)state;
    test_world *w = eligible_50000();
    benefit_acc(w, "2025", "inscp_scp_amt", "1.00");
    missing(w, "accumulator 2025 inscp_scp_amt (given twice)");
    w = eligible_50000();
    benefit_acc(w, "2025", "inscp_scp_amt", "0.00"); /* the same again */
    assert_true(benefit_settle(w)->evaluated);
    test_world_free(w);
}

static void negative_value_is_a_gap(void **state) {
    (void)state;
    test_world *w = muni_and_critical();
    benefit_year(w, "inscp_scp_amt=-0.01");
    benefit_eligible(w, "50000.00");
    missing(w, "accumulator 2025 inscp_scp_amt (negative)");
}

static void unknown_level_is_a_gap(void **state) {
    (void)state;
    test_world *w = eligible_50000();
    test_stay(w, "hosp_lv=");
    missing(w, "stay field hosp_lv");
    w = eligible_50000();
    test_stay(w, "medins_lv=");
    missing(w, "stay field medins_lv");
    w = eligible_50000();
    test_stay(w, "psn_type=");
    missing(w, "stay field psn_type");
}

static void level_of_the_site_stands_in(void **state) {
    (void)state;
    test_world *w = eligible_50000();
    test_stay(w, "hosp_lv= medins_lv=");
    test_site(w, (stl_case_site){STL_STR("3"), STL_STR("02"), STL_STR("999901")});
    assert_money(benefit_settle(w)->info.hifp_pay, "43150.00");
    test_world_free(w);
}

static void rule_date_falls_back_to_settlement_then_admission(void **state) {
    (void)state;
    test_world *w = eligible_50000();
    test_stay(w, "endtime=");
    assert_true(benefit_settle(w)->evaluated);
    test_stay(w, "setl_time= begntime=");
    missing(w, "stay field endtime");
}

static void unpaid_scheme_is_borne_by_the_patient(void **state) {
    (void)state;
    test_world *w = muni_and_critical();
    test_stay(w, "insutype=510 acct_used_flag=1 balc=100.00");
    benefit_eligible(w, "800.00"); /* and no accumulators: none are needed */
    const stl_verdict *verdict;
    const stl_settlement *s = benefit_explain(w, &verdict);
    assert_true(s->evaluated);
    assert_false(s->served);
    assert_int_equal(verdict->n_gaps, 0);
    assert_money(s->info.psn_part_amt, "800.00");
    assert_money(s->info.psn_cash_pay, "800.00");
    assert_money(s->info.acct_pay, "0.00");
    test_world_free(w);
}

static void pack_without_a_policy_pays_nobody(void **state) {
    (void)state;
    test_world *w = test_world_new();
    benefit_eligible(w, "800.00");
    stl_case *c = test_case(w);
    stl_region bare = *c->region;
    bare.policy = NULL;
    c->region = &bare;
    stl_settlement s;
    stl_verdict verdict = {.arena = test_arena(w)};
    assert_int_equal(stl_benefit_settle(c, false, &s, &verdict, NULL), SETTLE_OK);
    assert_false(s.served);
    assert_money(s.info.psn_cash_pay, "800.00");
    test_world_free(w);
}

/* --- rounding ----------------------------------------------------------------------------------
 */

static const char ROUNDED[] =
    "<policy xmlns='urn:libsettle:policy:1.0' id='r' basis='T'><rounding mode='%s' basis='T'/>"
    "<layer id='a' name='A' fund_pay_type='310100' pays-into='hifp_pay' basis='T'>"
    "<base of='in-scope' basis='T'/><bands on='position' basis='T'>"
    "<band><ratio value='0.5' basis='T'/></band></bands></layer>"
    "<layer id='b' name='B' fund_pay_type='320100' pays-into='cvlserv_pay' basis='T'>"
    "<base of='in-scope-personal' basis='T'/><bands on='position' basis='T'>"
    "<band><ratio value='0.33' basis='T'/></band></bands></layer></policy>";

static void each_payer_is_rounded_as_the_policy_says(void **state) {
    (void)state;
    static const struct {
        const char *mode, *eligible, *first, *second;
    } cases[] = {
        {"half-up", "0.05", "0.03", "0.01"},   {"half-down", "0.05", "0.02", "0.01"},
        {"half-even", "0.05", "0.02", "0.01"}, {"half-even", "0.07", "0.04", "0.01"},
        {"up", "0.05", "0.03", "0.01"},        {"down", "0.05", "0.02", "0.00"},
        {"down", "0.09", "0.04", "0.01"},      {"up", "0.09", "0.05", "0.02"},
        {"half-down", "0.07", "0.03", "0.01"}, {"half-up", "100.01", "50.01", "16.50"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char xml[sizeof ROUNDED + 20];
        snprintf(xml, sizeof xml, ROUNDED, cases[i].mode);
        test_world *w = test_world_new();
        benefit_policy(w, xml);
        benefit_eligible(w, cases[i].eligible);
        const stl_settlement *s = benefit_settle(w);
        assert_money(s->info.hifp_pay, cases[i].first);
        assert_money(s->info.cvlserv_pay, cases[i].second);
        assert_int_equal(s->info.psn_cash_pay,
                         test_money(cases[i].eligible) - s->info.fund_pay_sumamt);
        test_world_free(w);
    }
}

static void payers_never_pay_more_than_the_cost(void **state) {
    (void)state;
    test_world *w = test_world_new();
    benefit_policy(w,
                   "<policy xmlns='urn:libsettle:policy:1.0' id='r' basis='T'>"
                   "<layer id='a' name='A' fund_pay_type='310100' pays-into='hifp_pay' basis='T'>"
                   "<base of='in-scope' basis='T'/><bands on='position' basis='T'>"
                   "<band><ratio value='0.7' basis='T'/></band></bands></layer>"
                   "<layer id='b' name='B' fund_pay_type='320100' pays-into='oth_pay' basis='T'>"
                   "<base of='in-scope' basis='T'/><bands on='position' basis='T'>"
                   "<band><ratio value='0.7' basis='T'/></band></bands></layer></policy>");
    benefit_eligible(w, "100.00");
    const stl_settlement *s = benefit_settle(w);
    assert_money(s->info.hifp_pay, "70.00");
    assert_money(s->info.oth_pay, "30.00");
    assert_money(s->info.psn_cash_pay, "0.00");
    test_world_free(w);
}

/* --- properties --------------------------------------------------------------------------------
 */

static uint64_t next(uint64_t *random) {
    *random = *random * 6364136223846793005u + 1442695040888963407u;
    return *random >> 33;
}

static void fill_at_random(test_world *w, uint64_t *random, int lines, bool turned) {
    static const char *const ITEMS[] = {"A", "B", "S"};
    struct {
        const char *item;
        char at[32], cnt[16], pric[24];
    } rows[40];
    for (int i = 0; i < lines; i++) {
        rows[i].item = ITEMS[next(random) % 3];
        snprintf(rows[i].at, sizeof rows[i].at, "2025-03-02T10:%02d:00", i);
        snprintf(rows[i].cnt, sizeof rows[i].cnt, "%d.%d", (int)(next(random) % 20 + 1),
                 (int)(next(random) % 10));
        snprintf(rows[i].pric, sizeof rows[i].pric, "%d.%04d", (int)(next(random) % 900),
                 (int)(next(random) % 10000));
    }
    for (int i = 0; i < lines; i++) {
        int k = turned ? lines - 1 - i : i;
        test_charge(w, rows[k].item, rows[k].at, rows[k].cnt, rows[k].pric, "");
    }
}

static void any_stay_adds_up_in_any_order(void **state) {
    (void)state;
    uint64_t random = 11;
    for (int i = 0; i < 150; i++) {
        uint64_t seed = next(&random);
        stl_setlinfo info[2];
        for (int turned = 0; turned < 2; turned++) {
            uint64_t r = seed;
            test_world *w = muni_and_critical();
            char year[100];
            snprintf(year, sizeof year, "inscp_scp_amt=%d hifmi_base=%d ipt_cnt=%d",
                     (int)(next(&r) % 250000), (int)(next(&r) % 90000), (int)(next(&r) % 3));
            benefit_year(w, year);
            test_service(w, "A", "001", "01");
            test_service(w, "B", "002", "02");
            test_service(w, "S", "003", "03");
            fill_at_random(w, &r, 1 + (int)(next(&r) % 40), turned);
            const stl_settlement *s = benefit_settle(w);
            info[turned] = s->info;
            assert_true(s->evaluated);
            assert_int_equal(s->info.fund_pay_sumamt + s->info.psn_part_amt, s->info.medfee_sumamt);
            assert_true(s->info.psn_cash_pay >= 0 && s->info.fund_pay_sumamt >= 0);
            test_world_free(w);
        }
        assert_memory_equal(&info[0], &info[1], sizeof info[0]);
    }
}

static stl_money fund_of(const char *year, stl_money eligible) {
    char text[STL_DECIMAL_TEXT_MAX];
    stl_decimal_format(eligible, STL_SCALE_MONEY, text);
    test_world *w = muni_and_critical();
    benefit_year(w, year);
    benefit_eligible(w, text);
    stl_money fund = benefit_settle(w)->info.fund_pay_sumamt;
    test_world_free(w);
    return fund;
}

static void more_eligible_cost_never_pays_less(void **state) {
    (void)state;
    uint64_t random = 3;
    static const char *const YEARS[] = {"", "inscp_scp_amt=15000 ipt_cnt=1",
                                        "inscp_scp_amt=215000 ipt_cnt=2 hifmi_base=19000"};
    for (int i = 0; i < 300; i++) {
        stl_money a = 1 + (stl_money)(next(&random) % 40000000);
        stl_money b = a + (stl_money)(next(&random) % (i % 2 ? 3 : 3000000));
        const char *year = YEARS[i % 3];
        assert_true(fund_of(year, a) <= fund_of(year, b));
        assert_true(fund_of(year, b) <= b);
    }
}

static void refund_later_pays_as_if_never_charged(void **state) {
    (void)state;
    uint64_t random = 5;
    for (int i = 0; i < 60; i++) {
        uint64_t seed = next(&random);
        stl_setlinfo info[2];
        for (int refunded = 0; refunded < 2; refunded++) {
            uint64_t r = seed;
            test_world *w = muni_and_critical();
            benefit_year(w, "");
            test_service(w, "A", "001", "01");
            test_service(w, "B", "002", "02");
            test_service(w, "S", "003", "03");
            fill_at_random(w, &r, 10, false);
            if (refunded) {
                test_charge(w, "B", "2025-03-03T08:00:00", "9", "13.37", "");
                test_charge(w, "B", "2025-03-03T09:00:00", "-4", "13.37", "init_feedetl_sn=11");
                test_charge(w, "B", "2025-03-03T09:30:00", "-5", "13.37", "init_feedetl_sn=11");
            }
            info[refunded] = benefit_settle(w)->info;
            test_world_free(w);
        }
        assert_memory_equal(&info[0], &info[1], sizeof info[0]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stay_sums_over_lines_and_layers),
        cmocka_unit_test(account_pays_the_in_scope_share_up_to_its_balance),
        cmocka_unit_test(account_use_is_a_switch_of_the_policy),
        cmocka_unit_test(account_without_balance_is_a_gap),
        cmocka_unit_test(accounts_of_the_family_pay_after_the_own_one),
        cmocka_unit_test(mutual_aid_without_balance_is_a_gap),
        cmocka_unit_test(accumulators_that_are_missing_are_named),
        cmocka_unit_test(sums_by_line_stand_without_accumulators),
        cmocka_unit_test(values_of_another_year_or_scheme_do_not_count),
        cmocka_unit_test(contradicting_values_are_a_gap),
        cmocka_unit_test(negative_value_is_a_gap),
        cmocka_unit_test(unknown_level_is_a_gap),
        cmocka_unit_test(level_of_the_site_stands_in),
        cmocka_unit_test(rule_date_falls_back_to_settlement_then_admission),
        cmocka_unit_test(unpaid_scheme_is_borne_by_the_patient),
        cmocka_unit_test(pack_without_a_policy_pays_nobody),
        cmocka_unit_test(each_payer_is_rounded_as_the_policy_says),
        cmocka_unit_test(payers_never_pay_more_than_the_cost),
        cmocka_unit_test(any_stay_adds_up_in_any_order),
        cmocka_unit_test(more_eligible_cost_never_pays_less),
        cmocka_unit_test(refund_later_pays_as_if_never_charged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
