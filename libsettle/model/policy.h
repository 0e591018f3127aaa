/* SPDX-License-Identifier: Apache-2.0 */
/* A payment policy (policy.xml, schemas/policy-1.0.xsd) in memory: conditions, a line stage and an
 * ordered list of payer layers. Every element carries its basis. A policy pays the stays to which
 * at least one layer applies; for all others the patient pays all. */
#ifndef STL_MODEL_POLICY_H
#define STL_MODEL_POLICY_H

#include "base/date.h"

/* A condition on the stay; every part given must hold. A part is a blank-separated list of values
 * (empty: any; "-" matches nothing). Identities must be valid on the rule date. */
typedef struct stl_condition {
    stl_str insutype;
    stl_str psn_type;
    stl_str med_type;
    stl_str medins_lv;
    stl_str hosp_lv;
    stl_str fixmedins_code;
    stl_str refl_flag;
    stl_str mdtrtarea;           /* admdvs of the place of care, prefix match */
    stl_str outside;             /* the place of care begins with none of these */
    stl_str identity;            /* psn_idet_type, any of */
    stl_str identities;          /* psn_idet_type, all of */
    stl_str diagnosis;           /* principal diagnosis, patterns that may end in '*' */
    stl_str filed;               /* kinds of approvals.csv, any of, in force for the diagnosis */
    int64_t filed_months;        /* and at most so many months old; STL_NONE of any age */
    stl_str from, until;         /* the rule date, both included; "" open */
    stl_str count_of;            /* an accumulator that counts, "" any */
    int64_t count_from;          /* and is at least this */
    int64_t age_from, age_below; /* completed years on the rule date; 0 open */
} stl_condition;

/* One who pays beside fund and patient. */
typedef struct stl_payer {
    stl_str id, name, fund_pay_type, setl_field;
    stl_str basis;
} stl_payer;
enum {
    STL_PAYER_HOSPITAL = 0,
    STL_PAYERS_MAX = 9
}; /* the others from 1 on, as the policy lists them */

/* What another payer bears of a band or of listed charges. */
typedef struct stl_share_row {
    stl_condition when;
    stl_ratio ratio;
    stl_str basis;
    size_t payer;
} stl_share_row;

/* Charges of a list (rules/lists.csv, catalogue codes), borne otherwise than the rest. */
typedef struct stl_item_row {
    stl_condition when;
    stl_str list;
    stl_ratio
        person; /* prepaid by the patient in place of the class's ratio; STL_NONE: as the class */
    stl_str paid_by; /* the layer that pays what is in scope whole, "" none */
    const stl_share_row *shares;
    size_t n_shares;
    stl_str basis;
} stl_item_row;

/* How charges for the newborn under the stay of its mother are paid. */
typedef struct stl_newborn_row {
    stl_condition when;
    bool self_funded; /* else as hers */
    stl_str basis;
} stl_newborn_row;

/* What a deductible or a ceiling costs, the first row whose condition holds wins. */
typedef struct stl_amount_row {
    stl_condition when;
    stl_money amount; /* where `of` is empty */
    stl_str of;       /* an accumulator of the person */
    stl_ratio times;  /* what either is multiplied by */
    stl_str basis;
} stl_amount_row;

/* A deductible is reduced by what an accumulator says was borne before (J4). */
typedef struct stl_credit {
    stl_condition when;
    stl_str counted_by; /* "" no credit */
    stl_str basis;
} stl_credit;

/* What a stay adds to the count of admissions (F5). */
typedef struct stl_count_row {
    stl_condition when;
    int64_t hours_below;   /* STL_NONE: of any length */
    bool below_deductible; /* the base is less than the deductible */
    bool crosses_year;     /* admission and discharge lie in two insurance years */
    stl_ratio value;
    stl_str basis;
} stl_count_row;

/* From the count `from` on, by `step` a count, at most by `most` (G5). */
typedef struct stl_growth {
    stl_str counted_by; /* "" none */
    int64_t from;
    stl_ratio step, most;
    bool on_ratio, on_ceiling;
    stl_str basis;
} stl_growth;

/* A ratio, or points added to one (signed). */
typedef struct stl_ratio_row {
    stl_condition when;
    stl_ratio ratio;
    stl_str basis;
} stl_ratio_row;

typedef struct stl_band {
    stl_money upto; /* inclusive; STL_NONE: without bound */
    const stl_ratio_row *ratios;
    size_t n_ratios;
    const stl_share_row *shares; /* of other payers; the first row that holds for each of them */
    size_t n_shares;
} stl_band;

/* What a layer pays on. */
typedef enum stl_layer_base {
    STL_BASE_INSCP,          /* in-scope amount (inscp_scp_amt) */
    STL_BASE_SCOPE_PERSONAL, /* in-scope personal cost: what the layers before leave of the in-scope
                                amount, and what the switches of D1 add to it */
    STL_BASE_PERSONAL,       /* all that the layers before leave, self-funded too (F9) */
    STL_BASE_BEYOND,         /* what the ceiling on payments of a layer before cut off (Z4) */
    STL_BASE_LISTED,         /* in scope of the charges on a list, as far as nobody paid it */
    STL_BASE_SHORTFALL, /* what all payers so far lack to a ratio of the in-scope amount (P1) */
} stl_layer_base;

/* What the upper bounds of bands are measured on. */
typedef enum stl_band_position {
    STL_BAND_POSITION, /* absolute position of the accumulated base, deductible included (B6) */
    STL_BAND_EXCESS,   /* accumulated excess over the deductible (D3) */
} stl_band_position;

typedef enum stl_ceiling_kind {
    STL_CEILING_NONE,
    STL_CEILING_POSITION, /* cost that counts (B7 reading A) */
    STL_CEILING_PAYMENTS, /* what the layer pays in the year (D4, G4) */
} stl_ceiling_kind;

typedef struct stl_for_row {
    stl_condition when;
    int64_t waiting_months; /* after the begin of the entitlement; 0 none (G6) */
} stl_for_row;

typedef enum stl_ceiling_per { STL_PER_YEAR, STL_PER_STAY, STL_PER_DAY } stl_ceiling_per;

typedef struct stl_layer {
    stl_str id;              /* "basic" */
    stl_str name;            /* for people */
    stl_str fund_pay_type;   /* national dictionary, such as 310100 */
    stl_str setl_field;      /* the setlinfo field it fills: hifp_pay, hifmi_pay ... */
    const stl_for_row *fors; /* whom it pays: any of them; none: everybody */
    size_t n_fors;
    bool needs_payer;      /* pays only where a layer before it applies (D8) */
    stl_str below_dedc_of; /* pays only stays below the deductible of that layer (F5); "" any */
    bool deferred;         /* accumulates now, pays at the year's end (D6) */
    stl_layer_base base;
    stl_str base_basis;
    size_t base_layer;               /* STL_BASE_BEYOND */
    stl_str base_list;               /* STL_BASE_LISTED */
    stl_ratio base_ratio;            /* STL_BASE_SHORTFALL */
    const stl_ratio_row *first_pays; /* borne before the deductible; none holds: nothing (F3) */
    size_t n_first_pays;
    bool scope_counts_prepay; /* D1 switches for STL_BASE_SCOPE_PERSONAL */
    bool scope_counts_dedc;
    bool scope_counts_overlmt;
    stl_str acc_base;  /* accumulator kind of the base so far this year */
    stl_str acc_pay;   /* accumulator kind of this layer's payments so far */
    stl_str acc_count; /* accumulator kind of earlier stays, "" none */
    stl_str acc_dedc;  /* accumulator kind of deductibles borne so far, "" none */
    bool dedc_yearly;  /* the deductible is met once a year by the accumulated base (D1),
                          else by each stay (B1) */
    const stl_amount_row *dedc;
    size_t n_dedc;
    int64_t dedc_repeat_from; /* the ratio applies from that stay of the year on; 0: never */
    stl_ratio dedc_repeat_ratio;
    stl_str dedc_repeat_basis;
    const stl_count_row *counts; /* the first that holds; none: 1 */
    size_t n_counts;
    stl_credit credit;
    stl_band_position bands_on;
    const stl_band *bands;
    size_t n_bands;
    stl_str bands_basis;
    const stl_ratio_row *adjusts; /* points added to the band's ratio; none holds: nothing (D5) */
    size_t n_adjusts;
    stl_growth growth;
    stl_ceiling_kind ceiling;
    stl_ceiling_per ceiling_per;
    const stl_amount_row *ceilings;
    size_t n_ceilings;
    stl_str basis;
} stl_layer;

typedef enum stl_rule_date {
    STL_RULE_DATE_DISCHARGE,
    STL_RULE_DATE_ADMISSION,
    STL_RULE_DATE_SETTLE,
} stl_rule_date;

/* Pre-payment of class B where the catalogue gives no ratio (B8, B12); first row that fits wins. */
typedef struct stl_prepay_row {
    stl_str list_type; /* of the catalogue, list of values; empty: any */
    stl_ratio ratio;
    stl_str basis;
} stl_prepay_row;

typedef enum stl_method_kind {
    STL_METHOD_QUOTA, /* by disease (J1) */
    STL_METHOD_BED_DAY,
    STL_METHOD_VISIT,
    STL_METHOD_HEAD,   /* paid by head, whatever the visit costs (J10) */
    STL_METHOD_POINTS, /* of the group that the HIS gives, times the value of a point */
} stl_method_kind;

typedef struct stl_method {
    stl_condition when;
    stl_str id, name, basis;
    stl_method_kind kind;
    bool patient_on_standard; /* in-scope cost beyond the standard is the hospital's */
    stl_money point_value;
} stl_method;

/* What the insuring place pays afterwards to a stay that no layer serves. */
typedef struct stl_later_row {
    stl_condition when;
    bool of_standard; /* else of the in-scope amount */
    stl_ratio ratio;
    stl_str basis;
} stl_later_row;

/* What the payer owes the hospital and holds back; every row that holds (F7). */
typedef struct stl_withhold_row {
    stl_condition when;
    bool over_standard; /* of the cost beyond the standard; else of what funds pay */
    stl_ratio ratio;
    stl_str basis;
} stl_withhold_row;

typedef enum stl_account_use {
    STL_ACCOUNT_NONE,
    STL_ACCOUNT_INSCP, /* in-scope personal share, deductible included (F8) */
    STL_ACCOUNT_ALL,   /* everything the patient bears */
} stl_account_use;

typedef struct stl_policy {
    stl_str id;
    stl_rounding rounding;
    stl_money line_tolerance; /* |amount - cnt x pric| allowed, default 1 fen */
    int year_month, year_day; /* the insurance year begins here (B11) */
    stl_rule_date rule_date;
    const stl_prepay_row *prepays; /* none fits: a gap */
    size_t n_prepays;
    const stl_item_row *items; /* the first that holds wins */
    size_t n_items;
    const stl_newborn_row *newborns; /* the first that holds wins; none: a gap */
    size_t n_newborns;
    const stl_payer *payers; /* from STL_PAYER_HOSPITAL + 1 on */
    size_t n_payers;
    stl_str precedence; /* identities of which only the first that is valid counts; "" all count */
    bool payer_takes_rest; /* the patient's part of a layer is rounded, not the payers' */
    bool account_first;    /* the account pays before the layers (Q1) */
    stl_account_use account;
    bool mutual_aid; /* accounts of the family pay after the own one */
    stl_str rounding_basis, year_basis, account_basis;
    const stl_method *methods; /* the first that holds and has a standard; none: by item */
    size_t n_methods;
    const stl_withhold_row *withholds;
    size_t n_withholds;
    const stl_later_row *laters;
    size_t n_laters;
    const stl_layer *layers;
    size_t n_layers;
} stl_policy;

#endif
