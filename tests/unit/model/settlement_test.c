/* SPDX-License-Identifier: Apache-2.0 */
#include "support/model_support.h"

#include "model/settlement.h"

/* Three charges, a refund of the second, two layers; every amount that an invariant reads is not
 * zero. */
typedef struct sound {
    stl_settlement s;
    stl_line_amounts lines[4];
    stl_setldetail details[2];
    int32_t refund_of[4];
} sound;

static int setup(void **state) {
    sound *w = test_malloc(sizeof *w);
    *w = (sound){
        .lines =
            {
                /* 3 x 40.00 over a cap of 35.00, a tenth prepaid */
                {.pric_uplmt_amt = 35000000,
                 .cnt = 30000,
                 .selfpay_prop = 1000,
                 .det_item_fee_sumamt = 12000,
                 .overlmt_amt = 1500,
                 .preselfpay_amt = 1050,
                 .inscp_scp_amt = 9450},
                {.pric_uplmt_amt = STL_NONE,
                 .cnt = 20000,
                 .selfpay_prop = 2000,
                 .det_item_fee_sumamt = 2001,
                 .preselfpay_amt = 400,
                 .inscp_scp_amt = 1601},
                {.pric_uplmt_amt = STL_NONE,
                 .cnt = 10000,
                 .selfpay_prop = STL_RATIO_ONE,
                 .det_item_fee_sumamt = 700,
                 .fulamt_ownpay_amt = 700},
                {.pric_uplmt_amt = STL_NONE,
                 .cnt = -10000,
                 .selfpay_prop = 2000,
                 .det_item_fee_sumamt = -1000,
                 .preselfpay_amt = -200,
                 .inscp_scp_amt = -800},
            },
        .details = {{.inscp_scp_amt = 10251, .fund_payamt = 5000},
                    {.inscp_scp_amt = 5251, .fund_payamt = 900}},
        .refund_of = {-1, -1, -1, 1},
    };
    w->s = (stl_settlement){
        .evaluated = true,
        .served = true,
        .info = {.medfee_sumamt = 13701,
                 .fulamt_ownpay_amt = 700,
                 .overlmt_selfpay = 1500,
                 .preselfpay_amt = 1250,
                 .inscp_scp_amt = 10251,
                 .act_pay_dedc = 1000,
                 .hifp_pay = 5000,
                 .hifmi_pay = 900,
                 .fund_pay_sumamt = 5900,
                 .psn_part_amt = 7501,
                 .acct_pay = 2000,
                 .acct_mulaid_pay = 500,
                 .psn_cash_pay = 5501,
                 .hosp_part_amt = 300,
                 .balc = 0},
        .lines = w->lines,
        .n_lines = 4,
        .details = w->details,
        .n_details = 2,
    };
    *state = w;
    return 0;
}

static int teardown(void **state) {
    test_free(*state);
    return 0;
}

static void accepts(const sound *w) {
    stl_error err = {0};
    assert_int_equal(stl_settlement_check(&w->s, w->refund_of, &err), SETTLE_OK);
}

static void refuses(const sound *w, int64_t line, const char *field) {
    stl_error err = {0};
    assert_int_equal(stl_settlement_check(&w->s, w->refund_of, &err), SETTLE_E_INPUT_SUMS);
    test_error_is(&err, SETTLE_E_INPUT_SUMS, line, field);
}

/* One fen more, then one less, is refused there; the amount itself is accepted. */
static void broken_by_a_fen(sound *w, stl_money *amount, int64_t line, const char *field) {
    accepts(w);
    *amount += 1;
    refuses(w, line, field);
    *amount -= 2;
    refuses(w, line, field);
    *amount += 1;
    accepts(w);
}

static void sound_settlement_is_accepted(void **state) {
    accepts(*state);
}

static void line_is_the_sum_of_its_parts(void **state) {
    sound *w = *state;
    for (int i = 0; i < 4; i++) {
        broken_by_a_fen(w, &w->lines[i].det_item_fee_sumamt, i + 1, "det_item_fee_sumamt");
        broken_by_a_fen(w, &w->lines[i].inscp_scp_amt, i + 1, "det_item_fee_sumamt");
        broken_by_a_fen(w, &w->lines[i].fulamt_ownpay_amt, i + 1, "det_item_fee_sumamt");
    }
}

/* The line still adds up, but not by the formula. */
static void moved_by_a_fen(sound *w, stl_money *from, stl_money *to, int64_t line,
                           const char *field) {
    accepts(w);
    *from -= 1;
    *to += 1;
    refuses(w, line, field);
    *from += 2;
    *to -= 2;
    refuses(w, line, field);
    *from -= 1;
    *to += 1;
    accepts(w);
}

static void overlmt_is_what_exceeds_the_cap(void **state) {
    sound *w = *state;
    moved_by_a_fen(w, &w->lines[0].inscp_scp_amt, &w->lines[0].overlmt_amt, 1, "overlmt_amt");
    w->lines[0].pric_uplmt_amt = STL_NONE;
    refuses(w, 1, "overlmt_amt");
}

static void overlmt_needs_the_quantity(void **state) {
    sound *w = *state;
    w->lines[0].cnt = 20000;
    refuses(w, 1, "overlmt_amt");
}

static void preselfpay_is_the_ratio_of_the_rest(void **state) {
    sound *w = *state;
    for (int i = 0; i < 4; i++)
        if (i != 2)
            moved_by_a_fen(w, &w->lines[i].inscp_scp_amt, &w->lines[i].preselfpay_amt, i + 1,
                           "preselfpay_amt");
}

static void preselfpay_is_rounded_as_the_policy_says(void **state) {
    sound *w = *state;
    /* 2.05 x 0.1 = 0.205 */
    w->lines[2] = (stl_line_amounts){.pric_uplmt_amt = STL_NONE,
                                     .cnt = 10000,
                                     .selfpay_prop = 1000,
                                     .det_item_fee_sumamt = 205,
                                     .preselfpay_amt = 21,
                                     .inscp_scp_amt = 184};
    w->s.info = (stl_setlinfo){.medfee_sumamt = 13206,
                               .overlmt_selfpay = 1500,
                               .preselfpay_amt = 1271,
                               .inscp_scp_amt = 10435};
    w->s.evaluated = false;
    accepts(w);
    w->s.rounding = STL_ROUND_HALF_EVEN;
    refuses(w, 3, "preselfpay_amt");
}

static void ratio_past_one_is_refused(void **state) {
    sound *w = *state;
    w->lines[1].selfpay_prop = STL_RATIO_ONE + 1;
    refuses(w, 2, "preselfpay_amt");
    w->lines[1].selfpay_prop = STL_NONE;
    refuses(w, 2, "preselfpay_amt");
}

static void stay_is_the_sum_of_its_lines(void **state) {
    sound *w = *state;
    stl_setlinfo *info = &w->s.info;
    broken_by_a_fen(w, &info->medfee_sumamt, 0, "medfee_sumamt");
    broken_by_a_fen(w, &info->fulamt_ownpay_amt, 0, "fulamt_ownpay_amt");
    broken_by_a_fen(w, &info->overlmt_selfpay, 0, "overlmt_selfpay");
    broken_by_a_fen(w, &info->preselfpay_amt, 0, "preselfpay_amt");
    broken_by_a_fen(w, &info->inscp_scp_amt, 0, "inscp_scp_amt");
}

static void fund_is_the_sum_of_the_payers(void **state) {
    sound *w = *state;
    stl_setlinfo *info = &w->s.info;
    stl_money *payers[] = {&info->hifp_pay,  &info->cvlserv_pay, &info->hifes_pay, &info->hifmi_pay,
                           &info->hifob_pay, &info->maf_pay,     &info->oth_pay};
    for (size_t i = 0; i < sizeof payers / sizeof *payers; i++) {
        *payers[i] += 1;
        refuses(w, 0, "fund_pay_sumamt");
        *payers[i] -= 1;
        accepts(w);
    }
    broken_by_a_fen(w, &info->fund_pay_sumamt, 0, "fund_pay_sumamt");
}

static void fund_is_the_sum_of_the_layers(void **state) {
    sound *w = *state;
    broken_by_a_fen(w, &w->details[0].fund_payamt, 0, "fund_pay_sumamt");
    broken_by_a_fen(w, &w->details[1].fund_payamt, 0, "fund_pay_sumamt");
}

static void cost_is_borne_by_fund_person_and_hospital(void **state) {
    sound *w = *state;
    stl_setlinfo *info = &w->s.info;
    broken_by_a_fen(w, &info->hosp_part_amt, 0, "medfee_sumamt");
    broken_by_a_fen(w, &info->psn_part_amt, 0, "medfee_sumamt");
}

static void person_pays_by_account_and_cash(void **state) {
    sound *w = *state;
    broken_by_a_fen(w, &w->s.info.acct_pay, 0, "psn_part_amt");
    broken_by_a_fen(w, &w->s.info.psn_cash_pay, 0, "psn_part_amt");
}

static void mutual_aid_is_within_the_account(void **state) {
    sound *w = *state;
    w->s.info.acct_mulaid_pay = 2000;
    accepts(w);
    w->s.info.acct_mulaid_pay = 2001;
    refuses(w, 0, "acct_mulaid_pay");
}

static void negative_amounts_of_a_stay_are_refused(void **state) {
    sound *w = *state;
    stl_setlinfo *info = &w->s.info;
    const struct {
        stl_money *amount;
        const char *field;
    } fields[] = {
        {&info->act_pay_dedc, "act_pay_dedc"},
        {&info->hifp_pay, "hifp_pay"},
        {&info->cvlserv_pay, "cvlserv_pay"},
        {&info->hifes_pay, "hifes_pay"},
        {&info->hifmi_pay, "hifmi_pay"},
        {&info->hifob_pay, "hifob_pay"},
        {&info->maf_pay, "maf_pay"},
        {&info->oth_pay, "oth_pay"},
        {&info->acct_pay, "acct_pay"},
        {&info->acct_mulaid_pay, "acct_mulaid_pay"},
        {&info->psn_cash_pay, "psn_cash_pay"},
        {&info->hosp_part_amt, "hosp_part_amt"},
        {&info->psn_part_amt, "psn_part_amt"},
        {&info->fund_pay_sumamt, "fund_pay_sumamt"},
        {&info->balc, "balc"},
    };
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        stl_money kept = *fields[i].amount;
        *fields[i].amount = -1;
        refuses(w, 0, fields[i].field);
        *fields[i].amount = kept;
        accepts(w);
    }
}

static void balance_may_be_unknown(void **state) {
    sound *w = *state;
    w->s.info.balc = STL_NONE;
    accepts(w);
    w->s.info.psn_cash_pay = STL_NONE;
    refuses(w, 0, "psn_cash_pay");
}

static void negative_layer_is_refused_at_its_place(void **state) {
    sound *w = *state;
    w->details[0].fund_payamt = 5901;
    w->details[1].fund_payamt = -1;
    refuses(w, 2, "fund_payamt");
    w->details[0].fund_payamt = 5900;
    w->details[1].fund_payamt = 0;
    accepts(w);
    w->details[1].inscp_scp_amt = -1;
    refuses(w, 2, "inscp_scp_amt");
}

static void line_is_not_negative_after_its_refunds(void **state) {
    sound *w = *state;
    w->s.evaluated = false;
    w->refund_of[3] = -1;
    refuses(w, 4, "det_item_fee_sumamt");
    w->refund_of[3] = 1;
    accepts(w);
    w->refund_of[3] = 2;
    refuses(w, 3, "det_item_fee_sumamt");
    stl_error err = {0};
    assert_int_equal(stl_settlement_check(&w->s, NULL, &err), SETTLE_OK);
}

/* 10.04 at a tenth: 1.00; refunded as 5.05 (alone 0.51) and 4.99 (alone 0.50). */
static void refunded_in_steps(sound *w, stl_money first, stl_money last) {
    w->lines[0] = (stl_line_amounts){.pric_uplmt_amt = STL_NONE,
                                     .selfpay_prop = 1000,
                                     .det_item_fee_sumamt = 1004,
                                     .preselfpay_amt = 100,
                                     .inscp_scp_amt = 904};
    w->lines[1] = (stl_line_amounts){.pric_uplmt_amt = STL_NONE,
                                     .selfpay_prop = 1000,
                                     .det_item_fee_sumamt = -505,
                                     .preselfpay_amt = first,
                                     .inscp_scp_amt = -505 - first};
    w->lines[2] = (stl_line_amounts){.pric_uplmt_amt = STL_NONE,
                                     .selfpay_prop = 1000,
                                     .det_item_fee_sumamt = -499,
                                     .preselfpay_amt = last,
                                     .inscp_scp_amt = -499 - last};
    w->refund_of[1] = w->refund_of[2] = 0;
    w->s.n_lines = 3;
    w->s.evaluated = false;
    w->s.info =
        (stl_setlinfo){.preselfpay_amt = 100 + first + last, .inscp_scp_amt = -100 - first - last};
}

static void refund_in_steps_gives_back_what_was_taken(void **state) {
    sound *w = *state;
    refunded_in_steps(w, -51, -49);
    accepts(w);
    refunded_in_steps(w, -51, -50);
    refuses(w, 1, "preselfpay_amt");
}

static void refund_in_two_steps_may_be_off_by_one_fen(void **state) {
    sound *w = *state;
    refunded_in_steps(w, -52, -48);
    refuses(w, 3, "preselfpay_amt");
    refunded_in_steps(w, -50, -50);
    accepts(w);
}

static void single_refund_is_rounded_exactly(void **state) {
    sound *w = *state;
    refunded_in_steps(w, -51, -49);
    w->s.n_lines = 2;
    w->s.info = (stl_setlinfo){.medfee_sumamt = 499, .preselfpay_amt = 49, .inscp_scp_amt = 450};
    accepts(w);
    w->lines[1].preselfpay_amt++;
    w->lines[1].inscp_scp_amt--;
    refuses(w, 2, "preselfpay_amt");
}

static void settlement_not_evaluated_is_checked_by_line(void **state) {
    sound *w = *state;
    w->s.evaluated = false;
    w->s.info.psn_cash_pay = 0;
    accepts(w);
    w->s.info.medfee_sumamt++;
    refuses(w, 0, "medfee_sumamt");
}

static void amounts_past_sixteen_digits_are_refused(void **state) {
    sound *w = *state;
    w->lines[2].det_item_fee_sumamt = INT64_MAX;
    refuses(w, 3, "det_item_fee_sumamt");
    w->lines[2].det_item_fee_sumamt = STL_NONE;
    refuses(w, 3, "det_item_fee_sumamt");
}

#define SOUND(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        SOUND(sound_settlement_is_accepted),
        SOUND(line_is_the_sum_of_its_parts),
        SOUND(overlmt_is_what_exceeds_the_cap),
        SOUND(overlmt_needs_the_quantity),
        SOUND(preselfpay_is_the_ratio_of_the_rest),
        SOUND(preselfpay_is_rounded_as_the_policy_says),
        SOUND(ratio_past_one_is_refused),
        SOUND(stay_is_the_sum_of_its_lines),
        SOUND(fund_is_the_sum_of_the_payers),
        SOUND(fund_is_the_sum_of_the_layers),
        SOUND(cost_is_borne_by_fund_person_and_hospital),
        SOUND(person_pays_by_account_and_cash),
        SOUND(mutual_aid_is_within_the_account),
        SOUND(negative_amounts_of_a_stay_are_refused),
        SOUND(balance_may_be_unknown),
        SOUND(negative_layer_is_refused_at_its_place),
        SOUND(line_is_not_negative_after_its_refunds),
        SOUND(refund_in_steps_gives_back_what_was_taken),
        SOUND(refund_in_two_steps_may_be_off_by_one_fen),
        SOUND(single_refund_is_rounded_exactly),
        SOUND(settlement_not_evaluated_is_checked_by_line),
        SOUND(amounts_past_sixteen_digits_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
