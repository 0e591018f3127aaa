/* SPDX-License-Identifier: Apache-2.0 */
/* The amounts of a settlement (2303/2304 setlinfo and setldetail) with the steps behind them. */
#ifndef STL_MODEL_SETTLEMENT_H
#define STL_MODEL_SETTLEMENT_H

#include "base/date.h"
#include "base/mem.h"

typedef struct stl_line_amounts { /* 2301 result */
    stl_price pric_uplmt_amt;     /* cap in the hospital's unit, STL_NONE: none */
    stl_qty cnt; /* of the charge: overlmt_amt = amount - round(cnt x cap) is checked with it */
    stl_ratio selfpay_prop;
    stl_money det_item_fee_sumamt, fulamt_ownpay_amt, overlmt_amt, preselfpay_amt, inscp_scp_amt;
    stl_str chrgitm_lv;
    stl_str rule;  /* which step of the line stage decided: self-funded, excluded, class-a ... */
    stl_str basis; /* catalogue row, cap row, policy */
} stl_line_amounts;

typedef struct stl_setlinfo {
    stl_money medfee_sumamt, fulamt_ownpay_amt, overlmt_selfpay, preselfpay_amt, inscp_scp_amt;
    stl_money act_pay_dedc;
    stl_money hifp_pay, cvlserv_pay, hifes_pay, hifmi_pay, hifob_pay, maf_pay, oth_pay;
    stl_money fund_pay_sumamt, psn_part_amt, acct_pay, acct_mulaid_pay, psn_cash_pay;
    stl_money hosp_part_amt, balc;
} stl_setlinfo;

typedef struct stl_setldetail {
    stl_str layer;
    stl_str fund_pay_type;
    stl_money inscp_scp_amt; /* the base the layer paid on */
    stl_money fund_payamt;
    stl_str setl_proc_info; /* the steps as one text */
    stl_str layer_name;     /* for people */
} stl_setldetail;

/* One step of the calculation, enough to recompute it on paper. Numbers are canonical texts. */
typedef struct stl_step {
    stl_str layer; /* "line", a layer's id, "stay" */
    stl_str what;  /* "deductible", "band 2", "ceiling", "share", "sum" ... */
    stl_str input, ratio, result;
    stl_str basis;
} stl_step;

typedef struct stl_acc_change {
    stl_str year, kind;
    stl_money before, value; /* value: after this stay; counts x 100 as in stl_accumulator */
} stl_acc_change;

/* How the hospital is paid for the stay; by item where `id` is empty. */
typedef struct stl_payment_method {
    stl_str id, name, code, basis;
    stl_money standard; /* of the stay */
    stl_money balance; /* standard less cost: what the hospital gains or bears; STL_NONE: by head */
} stl_payment_method;

/* What interim settlements settled of a stay before. */
typedef struct stl_settled_line {
    stl_str feedetl_sn;
    stl_line_amounts amounts;
} stl_settled_line;

typedef struct stl_settled {
    stl_str msgids; /* in order, a blank between */
    size_t n_parts;
    stl_instant first; /* when the first of them was made */
    stl_setlinfo info; /* sums over them */
    stl_setldetail *details;
    size_t n_details, cap_details;
    stl_settled_line *lines;
    size_t n_lines, cap_lines;
} stl_settled;

typedef struct stl_settlement {
    bool evaluated;        /* false: an input is missing (rule ACC), amounts by line only */
    bool served;           /* false: the pack does not pay this scheme, the patient pays all */
    stl_rounding rounding; /* of the policy: how the amounts of lines were rounded */
    stl_payment_method method;
    stl_money withheld; /* of what funds pay the hospital; STL_NONE: the policy says nothing */
    stl_money
        later; /* paid afterwards by the insuring place to a stay not served, STL_NONE unknown */
    stl_setlinfo info;
    stl_line_amounts *lines;
    size_t n_lines;
    /* After interim settlements info and details are what is left to settle, lines are those of the
     * whole stay. */
    const stl_settled *settled; /* NULL: none before */
    const bool *in_settled;     /* by line: settled with one of them */
    bool interim;               /* an interim settlement itself: the stay goes on */
    stl_setldetail *details;
    size_t n_details, cap_details;
    stl_step *steps;
    size_t n_steps, cap_steps;
    stl_acc_change *accs;
    size_t n_accs, cap_accs;
} stl_settlement;

/* Is line `i` one that no interim settlement settled before? And how many are. */
static inline bool stl_settlement_is_new(const stl_settlement *s, size_t i) {
    return s->in_settled == NULL || !s->in_settled[i];
}
size_t stl_settlement_n_new(const stl_settlement *s);

enum { STL_REFUND_ELSEWHERE = -2 }; /* in `refund_of`: of a charge settled before */
/* Every invariant of the contract over lines, layers and stay (except cnt x pric, a finding); of a
 * settlement that was not evaluated those over lines and their sums. `refund_of` (n_lines, or NULL)
 * gives the original of each refund, -1 none: lines netted with their refunds must not be negative,
 * and of a charge refunded in k steps each refund may be off its formulas by k - 1 fen, so that all
 * of them give back exactly what the charge took; of a refund of a charge that was settled before
 * (STL_REFUND_ELSEWHERE) neither is known here. INPUT_SUMS names the field, and as line the
 * number of the charge from 1 or of the layer from 1 (field fund_payamt). */
settle_status stl_settlement_check(const stl_settlement *s, const int32_t *refund_of,
                                   stl_error *err) STL_MUST_CHECK;

/* Adds every amount but `balc`; false: one overflows. */
bool stl_setlinfo_add(stl_setlinfo *to, const stl_setlinfo *more);
/* Takes every amount but `balc` off; NULL, or the field that is negative now. */
const char *stl_setlinfo_less(stl_setlinfo *from, const stl_setlinfo *less);

#endif
