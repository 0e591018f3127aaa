/* SPDX-License-Identifier: Apache-2.0 */
/* Refunds mirror their originals. Each is rounded like a charge of its own; the one that gives the
 * last fen back takes what is left of every part, so that a charge refunded in any number of steps
 * nets to zero in each. */
#include "benefit/parts.h"

#include <stdlib.h>

/* What is left of an original. */
typedef struct rest {
    stl_line_amounts parts;
    int64_t refunds;
} rest;

static stl_money clamp(stl_money value, stl_money low, stl_money high) {
    return value < low ? low : value > high ? high : value;
}

static bool near(stl_money a, stl_money b, int64_t tolerance) {
    stl_money difference = a - b;
    return difference <= tolerance && difference >= -tolerance;
}

/* Parts that are left when `refund` has been taken by its own rounding, kept between nothing and
 * the amount that is left. */
static stl_line_amounts left_after(const stl_line_amounts *before, const stl_line_amounts *refund,
                                   bool full) {
    stl_line_amounts left = *before;
    stl_money amount = before->det_item_fee_sumamt + refund->det_item_fee_sumamt;
    left.det_item_fee_sumamt = amount;
    left.fulamt_ownpay_amt = full ? amount : 0;
    stl_money room = amount - left.fulamt_ownpay_amt;
    left.overlmt_amt = clamp(before->overlmt_amt + refund->overlmt_amt, 0, room);
    room -= left.overlmt_amt;
    left.preselfpay_amt = clamp(before->preselfpay_amt + refund->preselfpay_amt, 0, room);
    left.inscp_scp_amt = room - left.preselfpay_amt;
    return left;
}

/* `out` bears the terms of the original. */
static bool take(rest *of, const stl_line_terms *terms, const stl_charge *charge,
                 stl_rounding rounding, stl_line_amounts *out) {
    bool fits = stl_benefit_line_apply(terms, charge, rounding, out);
    const stl_line_amounts alone = *out;
    stl_money amount;
    if (stl_decimal_add(of->parts.det_item_fee_sumamt, charge->det_item_fee_sumamt, &amount) !=
            SETTLE_OK ||
        amount < 0)
        return false;
    stl_line_amounts before = of->parts;
    of->parts = left_after(&before, &alone, terms->full);
    of->refunds++;
    out->fulamt_ownpay_amt = of->parts.fulamt_ownpay_amt - before.fulamt_ownpay_amt;
    out->overlmt_amt = of->parts.overlmt_amt - before.overlmt_amt;
    out->preselfpay_amt = of->parts.preselfpay_amt - before.preselfpay_amt;
    out->inscp_scp_amt = of->parts.inscp_scp_amt - before.inscp_scp_amt;
    stl_money prepaid = alone.preselfpay_amt; /* of what is not over the limit in the end */
    if (out->overlmt_amt != alone.overlmt_amt)
        fits = fits && stl_money_part(charge->det_item_fee_sumamt - out->overlmt_amt,
                                      out->selfpay_prop, rounding, &prepaid) == SETTLE_OK;
    return fits && near(out->overlmt_amt, alone.overlmt_amt, of->refunds - 1) &&
           near(out->preselfpay_amt, prepaid, of->refunds - 1);
}

/* In the order of time, so that the order of the rows changes nothing. */
settle_status stl_benefit_refunds(stl_benefit *b, stl_error *err) {
    const stl_case *c = b->c;
    SCOPED_FREE rest *rests = NULL; /* most stays have no refund */
    for (size_t k = 0; k < c->n_lines; k++) {
        size_t i = c->by_time[k];
        if (c->lines[i].refund_of < 0)
            continue;
        if (rests == NULL)
            rests = calloc(c->n_lines, sizeof *rests);
        TRY_ALLOC(err, rests);
        size_t original = (size_t)c->lines[i].refund_of;
        const stl_charge *charge = stl_case_charge(c, i);
        stl_line_terms terms = stl_benefit_line_terms(b, original, &b->out->lines[i]);
        if (charge->det_item_fee_sumamt == STL_NONE) {
            b->flaws.no_amount++;
            continue;
        }
        if (rests[original].refunds == 0)
            rests[original].parts = b->out->lines[original];
        b->flaws.unfit +=
            !take(&rests[original], &terms, charge, b->policy->rounding, &b->out->lines[i]);
        stl_benefit_list_line(b, &terms, &b->out->lines[i]);
    }
    return SETTLE_OK;
}
