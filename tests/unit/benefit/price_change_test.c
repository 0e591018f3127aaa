/* SPDX-License-Identifier: Apache-2.0 */
/* A price, a cap or a class that changes inside a stay: each charge goes by its own service day. */
#include "support/benefit_support.h"

#define LAST_OLD "2025-03-02T23:59:59"
#define FIRST_NEW "2025-03-03T00:00:00"

/* Pays the in-scope amount whole. */
static const char WHOLE[] =
    "<policy xmlns='urn:libsettle:policy:1.0' id='whole' basis='T'>"
    "<rounding mode='half-up' basis='T'/>"
    "<layer id='basic' name='B' fund_pay_type='310100' pays-into='hifp_pay' basis='T'>"
    "<base of='in-scope' basis='T'/><bands on='position' basis='T'>"
    "<band><ratio value='1' basis='T'/></band></bands></layer></policy>";

static test_world *world(void) {
    test_world *w = test_world_new();
    benefit_policy(w, WHOLE);
    test_stay(w, "begntime=2025-03-01T08:00:00 endtime=2025-03-05T10:00:00");
    return w;
}

/* Class A, until 2025-03-02 paid up to 20, from then on up to 30. */
static test_world *cap_rises(void) {
    test_world *w = world();
    test_service(w, "A", "001", "01");
    test_row(w, STL_T_CAPS,
             "pric_list_codg=A kind=pay-to-cap pric_uplmt_amt=20 enddate=2025-03-02");
    test_row(w, STL_T_CAPS,
             "pric_list_codg=A kind=pay-to-cap pric_uplmt_amt=30 begndate=2025-03-03");
    return w;
}

/* Class B with a tenth, until 2025-03-02; from then on a quarter. */
static test_world *prepayment_rises(void) {
    test_world *w = world();
    test_item(w, "medins_list_codg=A medins_list_name=A");
    test_map(w, "medins_list_codg=A map_id=M med_list_codg=001");
    test_row(w, STL_T_CATALOGUE,
             "med_list_codg=001 chrgitm_lv=02 selfpay_prop=0.10 enddate=2025-03-02");
    test_row(w, STL_T_CATALOGUE,
             "med_list_codg=001 chrgitm_lv=02 selfpay_prop=0.25 begndate=2025-03-03");
    return w;
}

/* Two charges of two at 40, and what is over the cap, prepaid and paid of both together. */
static void pays(test_world *w, const char *first, const char *second, const char *over,
                 const char *prepaid, const char *fund) {
    test_charge(w, "A", first, "2", "40.00", "");
    test_charge(w, "A", second, "2", "40.00", "");
    const stl_settlement *s = benefit_settle(w);
    assert_true(s->evaluated);
    assert_money(s->info.medfee_sumamt, "160.00");
    assert_money(s->info.overlmt_selfpay, over);
    assert_money(s->info.preselfpay_amt, prepaid);
    assert_money(s->info.hifp_pay, fund);
    test_world_free(w);
}

static void cap_is_that_of_the_service_day(void **state) {
    (void)state;
    pays(cap_rises(), LAST_OLD, FIRST_NEW, "60.00", "0.00", "100.00");
}

static void without_a_change_one_cap_holds_for_both(void **state) {
    (void)state;
    pays(cap_rises(), LAST_OLD, LAST_OLD, "80.00", "0.00", "80.00");
    pays(cap_rises(), FIRST_NEW, FIRST_NEW, "40.00", "0.00", "120.00");
}

static void prepayment_is_that_of_the_service_day(void **state) {
    (void)state;
    pays(prepayment_rises(), LAST_OLD, FIRST_NEW, "0.00", "28.00", "132.00");
}

static void without_a_change_one_prepayment_holds_for_both(void **state) {
    (void)state;
    pays(prepayment_rises(), LAST_OLD, LAST_OLD, "0.00", "16.00", "144.00");
    pays(prepayment_rises(), FIRST_NEW, FIRST_NEW, "0.00", "40.00", "120.00");
}

/* Discharge and settlement move nothing: only the service day decides. */
static void day_of_discharge_decides_no_price(void **state) {
    (void)state;
    test_world *w = cap_rises();
    test_stay(w, "endtime=2025-03-02T23:59:59");
    pays(w, LAST_OLD, LAST_OLD, "80.00", "0.00", "80.00");
    w = cap_rises();
    test_stay(w, "endtime=2025-03-20T10:00:00 setl_time=2025-03-21T10:00:00");
    pays(w, LAST_OLD, LAST_OLD, "80.00", "0.00", "80.00");
}

/* A refund after the change takes back at the terms of the day of its charge. */
static void refund_goes_by_the_day_of_its_charge(void **state) {
    (void)state;
    test_world *w = cap_rises();
    test_charge(w, "A", LAST_OLD, "2", "40.00", "");
    test_charge(w, "A", FIRST_NEW, "-1", "40.00", "init_feedetl_sn=1");
    const stl_settlement *s = benefit_settle(w);
    assert_money(s->lines[1].overlmt_amt, "-20.00");
    assert_money(s->info.hifp_pay, "20.00");
    test_world_free(w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cap_is_that_of_the_service_day),
        cmocka_unit_test(without_a_change_one_cap_holds_for_both),
        cmocka_unit_test(prepayment_is_that_of_the_service_day),
        cmocka_unit_test(without_a_change_one_prepayment_holds_for_both),
        cmocka_unit_test(day_of_discharge_decides_no_price),
        cmocka_unit_test(refund_goes_by_the_day_of_its_charge),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
