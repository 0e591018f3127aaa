/* SPDX-License-Identifier: Apache-2.0 */
/* Refunds mirror their charges: part by part, and to zero when all is given back. */
#include "support/benefit_support.h"

#include <stdio.h>

static const char HALF[] =
    "<policy xmlns='urn:libsettle:policy:1.0' id='half' basis='T'>"
    "<rounding mode='half-up' basis='T'/>"
    "<layer id='basic' name='B' fund_pay_type='310100' pays-into='hifp_pay' basis='T'>"
    "<for insutype='310' basis='T'/><base of='in-scope' basis='T'/><bands on='position' basis='T'>"
    "<band><ratio value='0.5' basis='T'/></band></bands></layer></policy>";

/* Item P: class B at `ratio`, paid to 0.70 a unit where the price is above. */
static test_world *world_of(const char *ratio) {
    test_world *w = test_world_new();
    benefit_policy(w, HALF);
    char row[120];
    test_item(w, "medins_list_codg=P medins_list_name=P pric_list_codg=P");
    test_map(w, "medins_list_codg=P map_id=M med_list_codg=X chrgitm_lv=02");
    snprintf(row, sizeof row, "med_list_codg=X chrgitm_lv=02 selfpay_prop=%s", ratio);
    test_row(w, STL_T_CATALOGUE, row);
    test_row(w, STL_T_CAPS, "pric_list_codg=P kind=pay-to-cap pric_uplmt_amt=0.70");
    return w;
}

static void refund(test_world *w, int minute, const char *cnt, const char *pric) {
    char at[32];
    snprintf(at, sizeof at, "2025-03-03T10:%02d:00", minute);
    test_charge(w, "P", at, cnt, pric, "init_feedetl_sn=1");
}

static stl_line_amounts net_of(const stl_settlement *s) {
    stl_line_amounts net = {0};
    for (size_t i = 0; i < s->n_lines; i++) {
        net.det_item_fee_sumamt += s->lines[i].det_item_fee_sumamt;
        net.fulamt_ownpay_amt += s->lines[i].fulamt_ownpay_amt;
        net.overlmt_amt += s->lines[i].overlmt_amt;
        net.preselfpay_amt += s->lines[i].preselfpay_amt;
        net.inscp_scp_amt += s->lines[i].inscp_scp_amt;
    }
    return net;
}

static void assert_nothing_left(const stl_settlement *s) {
    stl_line_amounts net = net_of(s);
    assert_true(s->evaluated);
    assert_int_equal(net.det_item_fee_sumamt, 0);
    assert_int_equal(net.fulamt_ownpay_amt, 0);
    assert_int_equal(net.overlmt_amt, 0);
    assert_int_equal(net.preselfpay_amt, 0);
    assert_int_equal(net.inscp_scp_amt, 0);
}

static void full_refund_mirrors_every_part(void **state) {
    (void)state;
    test_world *w = world_of("0.15");
    test_charge(w, "P", "2025-03-02T10:00:00", "3", "1.01", "");
    refund(w, 0, "-3", "1.01");
    const stl_settlement *s = benefit_settle(w);
    assert_money(s->lines[0].overlmt_amt, "0.93");
    assert_money(s->lines[0].preselfpay_amt, "0.32"); /* 2.10 x 0.15 = 0.315 */
    assert_money(s->lines[1].overlmt_amt, "-0.93");
    assert_money(s->lines[1].preselfpay_amt, "-0.32");
    assert_money(s->lines[1].inscp_scp_amt, "-1.78");
    assert_nothing_left(s);
    test_world_free(w);
}

static void partial_refund_is_rounded_like_a_charge(void **state) {
    (void)state;
    test_world *w = world_of("0.1");
    test_charge(w, "P", "2025-03-02T10:00:00", "5", "0.60", "");
    refund(w, 0, "-2", "0.60");
    const stl_settlement *s = benefit_settle(w);
    assert_money(s->lines[0].preselfpay_amt, "0.30");
    assert_money(s->lines[1].preselfpay_amt, "-0.12");
    assert_money(s->lines[1].inscp_scp_amt, "-1.08");
    assert_money(s->info.medfee_sumamt, "1.80");
    test_world_free(w);
}

/* 0.30 at 0.05 prepays 0.015 = 0.02; each third by itself 0.005 = 0.01, 0.03 in all. */
static void last_refund_takes_what_is_left(void **state) {
    (void)state;
    test_world *w = world_of("0.05");
    test_charge(w, "P", "2025-03-02T10:00:00", "3", "0.10", "");
    for (int i = 0; i < 3; i++)
        refund(w, i, "-1", "0.10");
    const stl_settlement *s = benefit_settle(w);
    assert_money(s->lines[0].preselfpay_amt, "0.02");
    assert_money(s->lines[1].preselfpay_amt, "-0.01");
    assert_money(s->lines[2].preselfpay_amt, "-0.01");
    assert_money(s->lines[3].preselfpay_amt, "0.00");
    assert_nothing_left(s);
    test_world_free(w);
}

static uint64_t next(uint64_t *random) {
    *random = *random * 6364136223846793005u + 1442695040888963407u;
    return *random >> 33;
}

static void split(test_world *w, uint64_t *random, int64_t cnt, bool all, const char *pric) {
    int64_t left = all ? cnt : (int64_t)(next(random) % (uint64_t)cnt);
    for (int minute = 0; left > 0; minute++) {
        int64_t part = minute == 8 ? left : 1 + (int64_t)(next(random) % (uint64_t)left);
        char text[32];
        snprintf(text, sizeof text, "-%lld", (long long)part);
        refund(w, minute, text, pric);
        left -= part;
    }
}

/* benefit_settle fails the test when an invariant breaks, netted parts below zero among them. */
static void any_split_of_a_refund_nets_exactly(void **state) {
    (void)state;
    uint64_t random = 7;
    for (int i = 0; i < 400; i++) {
        char ratio[16], pric[16], cnt_text[16];
        snprintf(ratio, sizeof ratio, "0.%04d", (int)(next(&random) % 10000));
        snprintf(pric, sizeof pric, "%d.%02d", (int)(next(&random) % 2),
                 (int)(next(&random) % 99 + 1));
        int64_t cnt = 1 + (int64_t)(next(&random) % 60);
        snprintf(cnt_text, sizeof cnt_text, "%lld", (long long)cnt);
        test_world *w = world_of(ratio);
        test_charge(w, "P", "2025-03-02T10:00:00", cnt_text, pric, "");
        split(w, &random, cnt, i % 2 == 0, pric);
        const stl_settlement *s = benefit_settle(w);
        assert_true(s->evaluated);
        if (i % 2 == 0)
            assert_nothing_left(s);
        test_world_free(w);
    }
}

static void order_of_rows_changes_nothing(void **state) {
    (void)state;
    stl_line_amounts net[2];
    for (int turned = 0; turned < 2; turned++) {
        test_world *w = world_of("0.05");
        for (int i = 0; i < 4; i++) {
            int k = turned ? 3 - i : i;
            if (k == 0)
                test_charge(w, "P", "2025-03-02T10:00:00", "3", "0.10", "feedetl_sn=1");
            else
                refund(w, k, k == 3 ? "-0.5" : "-1", "0.10");
            stl_charge *charges = test_the_stay(w)->rows[STL_R_CHARGE].items;
            static const char *const SERIALS[] = {"1", "22", "23", "24"};
            charges[i].feedetl_sn = stl_str_of(SERIALS[k]);
        }
        net[turned] = net_of(benefit_settle(w));
        test_world_free(w);
    }
    assert_memory_equal(&net[0], &net[1], sizeof net[0]);
}

static void refund_takes_the_terms_of_the_charged_day(void **state) {
    (void)state;
    test_world *w = test_world_new();
    benefit_policy(w, HALF);
    test_item(w, "medins_list_codg=P medins_list_name=P");
    test_map(w, "medins_list_codg=P map_id=M med_list_codg=X chrgitm_lv=02");
    test_row(w, STL_T_CATALOGUE,
             "med_list_codg=X chrgitm_lv=02 selfpay_prop=0.1 enddate=2025-03-02");
    test_row(w, STL_T_CATALOGUE, "med_list_codg=X chrgitm_lv=03 begndate=2025-03-03");
    test_charge(w, "P", "2025-03-02T10:00:00", "1", "10.00", "");
    refund(w, 0, "-1", "10.00");
    const stl_settlement *s = benefit_settle(w);
    assert_money(s->lines[1].preselfpay_amt, "-1.00");
    assert_str(s->lines[1].rule, "class-b");
    assert_nothing_left(s);
    test_world_free(w);
}

static void self_funded_charge_is_refunded_self_funded(void **state) {
    (void)state;
    test_world *w = test_world_new();
    benefit_policy(w, HALF);
    test_service(w, "P", "X", "03");
    test_charge(w, "P", "2025-03-02T10:00:00", "2", "10.00", "");
    refund(w, 0, "-1", "10.00");
    const stl_settlement *s = benefit_settle(w);
    assert_money(s->lines[1].fulamt_ownpay_amt, "-10.00");
    assert_money(s->info.fulamt_ownpay_amt, "10.00");
    test_world_free(w);
}

static void refund_of_a_refund_puts_it_back(void **state) {
    (void)state;
    test_world *w = world_of("0.1");
    test_charge(w, "P", "2025-03-02T10:00:00", "5", "0.60", "");
    refund(w, 0, "-2", "0.60");
    test_charge(w, "P", "2025-03-03T11:00:00", "2", "0.60", "init_feedetl_sn=2");
    const stl_settlement *s = benefit_settle(w);
    assert_money(s->info.medfee_sumamt, "3.00");
    assert_money(s->info.preselfpay_amt, "0.30");
    test_world_free(w);
}

static void not_evaluated(test_world *w) {
    const stl_verdict *verdict;
    const stl_settlement *s = benefit_explain(w, &verdict);
    assert_false(s->evaluated);
    assert_int_equal(s->n_details, 0);
    assert_int_equal(s->info.fund_pay_sumamt, 0);
    assert_str(verdict->gaps[0].missing, "refunds that fit their charges");
    assert_int_equal(verdict->gaps[0].lines, 1);
    test_world_free(w);
}

static void more_refunded_than_charged_is_not_evaluated(void **state) {
    (void)state;
    test_world *w = world_of("0.1");
    test_charge(w, "P", "2025-03-02T10:00:00", "1", "0.60", "");
    refund(w, 0, "-2", "0.60");
    not_evaluated(w);
}

static void refund_without_a_charge_is_not_evaluated(void **state) {
    (void)state;
    test_world *w = world_of("0.1");
    test_charge(w, "P", "2025-03-02T10:00:00", "-1", "0.60", "");
    not_evaluated(w);
}

/* R2 is the finding; the amounts still net, as the excess over the cap is what is left. */
static void refund_at_another_price_still_nets(void **state) {
    (void)state;
    test_world *w = world_of("0.0");
    test_charge(w, "P", "2025-03-02T10:00:00", "10", "1.00", "");
    refund(w, 0, "-10", "0.90");
    const stl_settlement *s = benefit_settle(w);
    assert_true(s->evaluated);
    assert_money(s->info.medfee_sumamt, "1.00");
    assert_money(s->info.overlmt_selfpay, "1.00");
    assert_money(s->info.inscp_scp_amt, "0.00");
    test_world_free(w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(full_refund_mirrors_every_part),
        cmocka_unit_test(partial_refund_is_rounded_like_a_charge),
        cmocka_unit_test(last_refund_takes_what_is_left),
        cmocka_unit_test(any_split_of_a_refund_nets_exactly),
        cmocka_unit_test(order_of_rows_changes_nothing),
        cmocka_unit_test(refund_takes_the_terms_of_the_charged_day),
        cmocka_unit_test(self_funded_charge_is_refunded_self_funded),
        cmocka_unit_test(refund_of_a_refund_puts_it_back),
        cmocka_unit_test(more_refunded_than_charged_is_not_evaluated),
        cmocka_unit_test(refund_without_a_charge_is_not_evaluated),
        cmocka_unit_test(refund_at_another_price_still_nets),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
