/* SPDX-License-Identifier: Apache-2.0 */
/* Inside of the payment: one run over a case. */
#ifndef STL_BENEFIT_PARTS_H
#define STL_BENEFIT_PARTS_H

#include "benefit/benefit.h"

enum { STL_PROC_INFO_MAX = 4000 };

/* Lines that stop the payment, by cause. */
typedef struct stl_benefit_flaws {
    size_t no_amount;          /* det_item_fee_sumamt is empty */
    size_t no_level;           /* chrgitm_lv of the catalogue is none of 01 02 03 */
    size_t no_ratio;           /* class B without selfpay_prop, and the policy has no row for it */
    size_t no_cap_unit;        /* paid to a cap whose unit is not that of the mapping */
    size_t no_newborn_flag;    /* nwb_flag is neither 0 nor 1 */
    size_t no_newborn;         /* for a newborn, and no row of the policy says how they are paid */
    const char *newborn_lacks; /* the field that decides such a row and is empty; NULL none */
    size_t unfit;              /* more given back than charged, or at figures that do not fit */
} stl_benefit_flaws;

typedef enum stl_holds { STL_HOLDS_NOT, STL_HOLDS, STL_HOLDS_UNKNOWN } stl_holds;

/* Charges of one row of listed items, over the stay. */
typedef struct stl_listed {
    stl_holds holds;     /* the condition of the row, for this stay */
    const char *missing; /* UNKNOWN: the field that decides */
    bool asked;          /* a charge is on the list of a row that is unknown */
    stl_money rest;      /* amount less what is self-funded or over the limit */
    stl_money scope;     /* of it in scope */
} stl_listed;

typedef struct stl_benefit {
    const stl_case *c;
    const stl_policy *policy;
    stl_settlement *out;
    stl_verdict *verdict;
    bool explain;
    bool missing;        /* an input of the payment is missing: a gap says which */
    stl_day rule_day;    /* STL_NONE unknown */
    stl_str rule_text;   /* the same as text */
    stl_str year;        /* insurance year of the rule date */
    stl_str *identities; /* valid on it, of those with precedence the first only */
    size_t n_identities;
    stl_listed *listed; /* by row of the policy's items */
    stl_benefit_flaws flaws;
    bool *applies;    /* by layer */
    stl_money *whole; /* by layer: what it pays whole, outside deductible and bands */
    bool *below;      /* by layer: the stay is below its deductible */
    stl_money *cut;   /* by layer: what its ceiling on payments cut off */
    stl_money all_whole;
    stl_money pending_whole; /* of it what layers that have not paid yet will pay */
    stl_money shared;        /* of listed charges, by other payers: off every base */
    stl_money account;       /* paid before the layers: off every base */
    stl_money payers[STL_PAYERS_MAX];
    char payer_terms[STL_PAYERS_MAX][200];
    size_t n_applied;     /* layers so far */
    stl_money paid;       /* by them and by other payers beside them */
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
    size_t item;     /* row of listed items, from 1; 0 none */
    bool full;       /* the patient bears all of it */
    bool pay_to_cap; /* what exceeds its cap is the patient's */
    const stl_line *line;
} stl_line_terms;
/* Level, ratio, cap, rule and basis of line `i` into amounts that are zero. */
stl_line_terms stl_benefit_line_terms(stl_benefit *b, size_t i, stl_line_amounts *out);
/* False: the figures do not fit each other. */
bool stl_benefit_line_apply(const stl_line_terms *terms, const stl_charge *charge,
                            stl_rounding rounding, stl_line_amounts *out);
/* Adds a line to the sums of its row of listed items. */
void stl_benefit_list_line(stl_benefit *b, const stl_line_terms *terms,
                           const stl_line_amounts *amounts);
/* Which rows of listed items hold for the stay: before the lines. */
settle_status stl_benefit_listed_begin(stl_benefit *b, stl_error *err) STL_MUST_CHECK;
/* The row of listed items of a line, from 1; 0 none. */
size_t stl_benefit_listed_row(const stl_benefit *b, const stl_line *line);
/* A gap for each row that charges asked in vain: after the lines. */
settle_status stl_benefit_listed_end(stl_benefit *b) STL_MUST_CHECK;
/* What other payers and layers bear of them: after the lines, when b->applies is known. */
settle_status stl_benefit_listed_shares(stl_benefit *b, stl_error *err) STL_MUST_CHECK;
/* Refunds mirror their originals. */
settle_status stl_benefit_refunds(stl_benefit *b, stl_error *err) STL_MUST_CHECK;

/* --- conditions and accumulators ---------------------------------------------------------------
 */

/* Identities that count on the rule date. */
settle_status stl_benefit_identities(stl_benefit *b, stl_error *err) STL_MUST_CHECK;
/* UNKNOWN: `missing` names the field of the stay that is empty. */
stl_holds stl_benefit_holds(const stl_benefit *b, const stl_condition *when, const char **missing);
/* A gap that says what is missing: a field, an accumulator, the records of filings. */
settle_status stl_benefit_lacks(stl_benefit *b, const stl_condition *when,
                                const char *missing) STL_MUST_CHECK;
/* So many months later; the last day of a shorter month. */
stl_day stl_benefit_months_after(stl_day day, int64_t months);
/* The same where an empty field is a gap, and the answer no. */
settle_status stl_benefit_asked(stl_benefit *b, const stl_condition *when,
                                bool *out) STL_MUST_CHECK;
/* Of each payer the first row that holds is its share: is it this one? `served` is by payer. */
settle_status stl_benefit_share_due(stl_benefit *b, const stl_share_row *share,
                                    bool served[static STL_PAYERS_MAX], bool *out) STL_MUST_CHECK;
/* Position of the first row whose condition holds; n: none. A field that is empty is a gap, and the
 * answer n. Rows begin with their condition and lie `stride` bytes apart. */
settle_status stl_benefit_first(stl_benefit *b, const void *rows, size_t stride, size_t n,
                                size_t *out) STL_MUST_CHECK;
/* Value of the year before this stay; STL_NONE: not known. */
stl_money stl_benefit_value(const stl_benefit *b, stl_str kind);
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

/* The calendar year in which the insurance year of an instant begins (B11). */
int stl_benefit_year_of(const stl_policy *policy, stl_instant at);

/* The standard of the method of payment, and what of the cost the hospital bears by it. */
settle_status stl_benefit_method(stl_benefit *b, stl_error *err) STL_MUST_CHECK;
/* What the payer holds back of what it owes the hospital: after the layers. */
settle_status stl_benefit_withhold(stl_benefit *b, stl_error *err) STL_MUST_CHECK;
/* What a stay that is not served gets afterwards. */
settle_status stl_benefit_later(stl_benefit *b, stl_error *err) STL_MUST_CHECK;
/* Which layers apply to the stay. */
settle_status stl_benefit_layers_begin(stl_benefit *b, stl_error *err) STL_MUST_CHECK;
settle_status stl_benefit_layers(stl_benefit *b, stl_error *err) STL_MUST_CHECK;

typedef enum stl_step_name {
    STL_STEP_STANDARD,
    STL_STEP_EXCESS,
    STL_STEP_LATER,
    STL_STEP_WITHHELD,
    STL_STEP_LISTED,
    STL_STEP_WHOLE,
    STL_STEP_BASE,
    STL_STEP_FIRST_PAY,
    STL_STEP_POSITION,
    STL_STEP_DEDC,
    STL_STEP_CREDIT,
    STL_STEP_GROWTH,
    STL_STEP_BAND,
    STL_STEP_PAYER,
    STL_STEP_SUM,
    STL_STEP_CEILING,
    STL_STEP_LEFT,
    STL_STEP_DEFERRED,
    STL_STEP_SHARE,
    STL_STEP_FUND,
    STL_STEP_PERSONAL,
    STL_STEP_ACCOUNT,
    STL_STEP_MUTUAL_AID,
    STL_STEP_CASH,
    STL_STEP_COST,
    STL_STEP_SETTLED,
} stl_step_name;

/* "input x ratio = result (basis)" behind the layer's text, and a step when explaining. `number` is
 * that of the band, 0 none; a ratio of STL_NONE is left out; `result` has six decimals of a yuan.
 */
settle_status stl_benefit_step(stl_benefit *b, stl_step_name name, int number, const char *input,
                               stl_ratio ratio, __int128 result, stl_str basis,
                               stl_error *err) STL_MUST_CHECK;

/* "a - less = result" */
settle_status stl_benefit_difference(stl_benefit *b, stl_step_name name, stl_money a,
                                     stl_money less, stl_str basis, stl_error *err) STL_MUST_CHECK;

/* The text of such a result. */
void stl_benefit_exact(__int128 result, char out[static STL_DECIMAL_TEXT_MAX]);

#define STL_FEN ((__int128)STL_RATIO_ONE) /* a fen in the unit of results */

#endif
