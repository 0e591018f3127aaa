/* SPDX-License-Identifier: Apache-2.0 */
/* Inside of one layer: costs of the year as positions, and what of them the bands pay on. */
#ifndef STL_BENEFIT_LAYER_PARTS_H
#define STL_BENEFIT_LAYER_PARTS_H

#include "benefit/parts.h"

#include <stdio.h>

typedef __int128 stl_wide;

enum { STL_TERMS_MAX = 400, STL_NUMBER_TEXT = STL_DECIMAL_TEXT_MAX };

typedef struct stl_layer_span {
    stl_money base, before, after; /* of the year: before this stay, after it */
    stl_money whole;               /* listed charges that the layer pays whole, in no position */
    stl_money dedc_line;           /* position of the yearly deductible, 0 for one by stay */
    stl_money dedc;                /* of it borne in this stay */
    stl_money from, to;
    stl_ratio growth;          /* 0: nothing grows */
    char terms[STL_TERMS_MAX]; /* what the bands pay, as a sum */
    int n_terms;
    stl_wide exact, exact_of[STL_PAYERS_MAX]; /* fen x 10000: of the layer, of other payers */
    stl_money pay, pay_of[STL_PAYERS_MAX];
} stl_layer_span;

const char *stl_layer_yuan(stl_money value, char room[static STL_NUMBER_TEXT]);
/* Appends " + 12.00"; nothing for nothing. */
void stl_layer_term(char *text, size_t cap, const char *sign, const char *value, bool nothing);

static inline stl_money stl_lesser(stl_money a, stl_money b) {
    return a < b ? a : b;
}
static inline stl_money stl_greater(stl_money a, stl_money b) {
    return a > b ? a : b;
}

/* Cost that neither payers nor an account that pays first have taken. */
stl_money stl_benefit_left(const stl_benefit *b);

settle_status stl_layer_base_of(stl_benefit *b, const stl_layer *l, stl_layer_span *s,
                                stl_error *err) STL_MUST_CHECK;
settle_status stl_layer_deductible(stl_benefit *b, const stl_layer *l, stl_layer_span *s,
                                   stl_error *err) STL_MUST_CHECK;
settle_status stl_layer_growth(stl_benefit *b, const stl_layer *l, stl_layer_span *s,
                               stl_error *err) STL_MUST_CHECK;
/* The first row of deductible or ceiling that holds; false in *any: none. `name`: of its step. */
settle_status stl_layer_amount(stl_benefit *b, stl_step_name name, const stl_amount_row *rows,
                               size_t n, bool *any, stl_money *amount, stl_str *basis,
                               stl_error *err) STL_MUST_CHECK;
/* Sums of cost x ratio over the bands that the span touches, exact. */
settle_status stl_layer_bands(stl_benefit *b, const stl_layer *l, stl_layer_span *s,
                              stl_error *err) STL_MUST_CHECK;
/* What the layer and other payers pay: rounded, cut at ceilings and at the cost. */
settle_status stl_layer_payment(stl_benefit *b, const stl_layer *l, stl_layer_span *s,
                                stl_error *err) STL_MUST_CHECK;

#endif
