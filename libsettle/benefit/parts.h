/* SPDX-License-Identifier: Apache-2.0 */
/* Inside of the payment: one run over a case. */
#ifndef STL_BENEFIT_PARTS_H
#define STL_BENEFIT_PARTS_H

#include "benefit/benefit.h"

enum { STL_PROC_INFO_MAX = 4000 };

/* Lines that stop the payment, by cause. */
typedef struct stl_benefit_flaws {
    size_t no_amount;   /* det_item_fee_sumamt is empty */
    size_t no_level;    /* chrgitm_lv of the catalogue is none of 01 02 03 */
    size_t no_ratio;    /* class B without selfpay_prop, and the policy has no row for it */
    size_t no_cap_unit; /* paid to a cap whose unit is not that of the mapping */
    size_t unfit;       /* more given back than charged, or at figures that do not fit */
} stl_benefit_flaws;

typedef struct stl_benefit {
    const stl_case *c;
    const stl_policy *policy;
    stl_settlement *out;
    stl_verdict *verdict;
    bool explain;
    bool missing;     /* an input of the payment is missing: a gap says which */
    stl_day rule_day; /* STL_NONE unknown */
    stl_str year;     /* insurance year of the rule date */
    stl_benefit_flaws flaws;
    size_t n_applied;     /* layers so far */
    stl_money paid;       /* by them */
    stl_money dedc_borne; /* deductibles of them */
    stl_str layer;        /* stands in steps */
    char proc_info[STL_PROC_INFO_MAX];
    size_t proc_len;
} stl_benefit;

/* --- lines ------------------------------------------------------------------------------------ */

/* Amounts of every line into out->lines, and their sums into out->info. */
settle_status stl_benefit_lines(stl_benefit *b, stl_error *err) STL_MUST_CHECK;
/* What decided a line; applied to its own quantity, price and amount or to those of a refund. */
typedef struct stl_line_terms {
    bool full;       /* the patient bears all of it */
    bool pay_to_cap; /* what exceeds its cap is the patient's */
    const stl_line *line;
} stl_line_terms;
/* Level, ratio, cap, rule and basis of line `i` into amounts that are zero. */
stl_line_terms stl_benefit_line_terms(stl_benefit *b, size_t i, stl_line_amounts *out);
/* False: the figures do not fit each other. */
bool stl_benefit_line_apply(const stl_line_terms *terms, const stl_charge *charge,
                            stl_rounding rounding, stl_line_amounts *out);
/* Refunds mirror their originals. */
settle_status stl_benefit_refunds(stl_benefit *b, stl_error *err) STL_MUST_CHECK;

/* --- conditions and accumulators ---------------------------------------------------------------
 */

typedef enum stl_holds { STL_HOLDS_NOT, STL_HOLDS, STL_HOLDS_UNKNOWN } stl_holds;

/* UNKNOWN: `missing` names the field of the stay that is empty. */
stl_holds stl_benefit_holds(const stl_benefit *b, const stl_condition *when, const char **missing);
/* Position of the first row whose condition holds; n: none. A field that is empty is a gap, and the
 * answer n. Rows begin with their condition and lie `stride` bytes apart. */
settle_status stl_benefit_first(stl_benefit *b, const void *rows, size_t stride, size_t n,
                                size_t *out) STL_MUST_CHECK;
bool stl_benefit_list_has(stl_str list, stl_str value);
/* Value before this stay; STL_NONE when it is not given. `needed`: then it is a gap. */
settle_status stl_benefit_accumulator(stl_benefit *b, stl_str kind, bool needed,
                                      stl_money *out) STL_MUST_CHECK;
/* Adds to the accumulator after this stay. */
settle_status stl_benefit_accumulate(stl_benefit *b, stl_str kind, stl_money before, stl_money more,
                                     stl_error *err) STL_MUST_CHECK;
/* The payment cannot be computed: says why, in the language of the case. */
settle_status stl_benefit_gap(stl_benefit *b, const char *zh, const char *en, const char *what,
                              size_t lines) STL_MUST_CHECK;

/* --- layers and steps --------------------------------------------------------------------------
 */

settle_status stl_benefit_layers(stl_benefit *b, stl_error *err) STL_MUST_CHECK;

typedef enum stl_step_name {
    STL_STEP_BASE,
    STL_STEP_POSITION,
    STL_STEP_DEDC,
    STL_STEP_BAND,
    STL_STEP_SUM,
    STL_STEP_CEILING,
    STL_STEP_LEFT,
    STL_STEP_DEFERRED,
    STL_STEP_SHARE,
    STL_STEP_FUND,
    STL_STEP_PERSONAL,
    STL_STEP_ACCOUNT,
    STL_STEP_CASH,
} stl_step_name;

/* "input x ratio = result (basis)" behind the layer's text, and a step when explaining. `number` is
 * that of the band, 0 none; a ratio of STL_NONE is left out; `result` has six decimals of a yuan.
 */
settle_status stl_benefit_step(stl_benefit *b, stl_step_name name, int number, const char *input,
                               stl_ratio ratio, __int128 result, stl_str basis,
                               stl_error *err) STL_MUST_CHECK;

/* The text of such a result. */
void stl_benefit_exact(__int128 result, char out[static STL_DECIMAL_TEXT_MAX]);

#define STL_FEN ((__int128)STL_RATIO_ONE) /* a fen in the unit of results */

#endif
