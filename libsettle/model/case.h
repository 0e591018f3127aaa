/* SPDX-License-Identifier: Apache-2.0 */
/* A stay made ready for judgement: each charge beside its item, mapping, catalogue row and cap in
 * force at its service instant, refunds netted. Rules and payment read this and nothing else. */
#ifndef STL_MODEL_CASE_H
#define STL_MODEL_CASE_H

#include "model/finding.h"
#include "model/mapping.h"
#include "model/region.h"
#include "model/stay.h"

typedef enum __attribute__((packed)) stl_map_state {
    STL_MAPPED,
    STL_MAP_MISSING,   /* M1: no row for the hospital item */
    STL_MAP_EXPIRED,   /* M2: rows, none in force on the day */
    STL_MAP_REFUSED,   /* M2: the row in force is not active */
    STL_MAP_AMBIGUOUS, /* M3: several rows with different content in force */
} stl_map_state;

typedef struct stl_line {
    const int64_t *item; /* items table row, NULL: not in the item master */
    const int64_t *map;  /* mapping row in force, NULL unless STL_MAPPED or STL_MAP_REFUSED */
    const int64_t *cat;  /* catalogue row in force, NULL: none on the day */
    const int64_t *cap;  /* cap row for code, level, area and day, NULL: the list has none */
    bool cap_listed;     /* the price list knows the item (cap may still have no price) */
    bool cat_known;      /* the catalogue knows the code, in force or not */
    bool excluded;       /* on the exclusion list on that day (V25): fully self-paid */
    stl_map_state map_state;
    int32_t refund_of; /* index of the original charge, past refunds of refunds; -1: not a refund,
                          or its init_feedetl_sn leads to no charge of the same hospital item
                          with the opposite sign (itself and circles included) */
    stl_str med_list_codg; /* "" when unmapped */
    stl_str item_key;      /* hospital item */
    uint32_t item_no;      /* dense number of the hospital item within the case */
    uint32_t code_no;      /* dense number of the catalogue code within the case, UINT32_MAX none */
    stl_day day;           /* of fee_ocur_time */
    int64_t factor_num, factor_den; /* 1/1 when unmapped; both > 0 */
    stl_qty national_cnt; /* cnt x num / den, 4 decimals half-up; STL_NONE overflow, unmapped or
                             a factor that is not positive */
    stl_qty net_cnt;      /* own cnt plus that of the refunds linked to it; 0 for a linked refund;
                             STL_NONE overflow */
    stl_money net_amt;    /* the same for the amount */
} stl_line;

typedef struct stl_case {
    const stl_stay *stay;
    const stl_region *region;
    const stl_mapping *mapping;
    stl_arena *arena;                            /* borrowed: results live in it */
    int32_t lang;                                /* SETTLE_LANG_*: of evidence, names, fixes */
    stl_str medins_lv, hosp_lv, mdtrtarea_admvs; /* of the stay, else of the site */
    bool special_lv; /* its grade has maxima of its own in the price list (level "3+") */
    stl_line *lines; /* one per charge, same index */
    size_t n_lines;
    uint32_t n_items, n_codes;
    const uint32_t *by_time; /* line indexes as stl_case_earlier() has them */
    const uint32_t *by_code; /* line indexes with a code, sorted by (code_no, by_time) */
    size_t n_by_code;
    const uint32_t *code_first;    /* n_codes + 1 offsets into by_code */
    bool settled_before;           /* V24: the ledger holds the settlement that ended this stay */
    bool settled_in_part;          /* it holds interim ones */
    stl_instant accumulators_at;   /* made_at of the settlement they go on from; 0: given */
    const uint32_t *settled_lines; /* V24: charges already settled under another stay, ascending */
    size_t n_settled_lines;
    bool settled_known;     /* the ledger was asked */
    bool settled_elsewhere; /* the ledger holds another settlement of the person */
    stl_str settled_as;     /* by which message, and when; "" when it is not known */
    stl_str settled_with;   /* the same of the other stays */
} stl_case;

typedef struct stl_case_site { /* what settle.ini gives when the stay is silent */
    stl_str medins_lv, hosp_lv, mdtrtarea_admvs;
} stl_case_site;

/* Resolves every line. Never fails for bad content: states say what is wrong. */
settle_status stl_case_build(const stl_stay *stay, const stl_region *region,
                             const stl_mapping *mapping, stl_case_site site, int32_t lang,
                             stl_arena *arena, stl_case *out, stl_error *err) STL_MUST_CHECK;

/* hosp_appr_flag beside the catalogue's lmt_used_flag: refused, so that the patient bears all of
 * it. Without the flag the charge stays as it is: that a restriction is met is for the checks of
 * approvals to judge. */
bool stl_case_approval_refused(const stl_case *c, size_t line);

/* The row of caps.csv for a price-list code at the hospital's level and area on the day; NULL:
 * none.
 */
const int64_t *stl_case_cap(const stl_case *c, stl_str price_code, stl_day day);

static inline const stl_charge *stl_case_charge(const stl_case *c, size_t line) {
    return &stl_stay_charges(c->stay)[line];
}

/* Below 0 where line `a` comes first: by time, in one second by serial, the shorter one being the
 * smaller. It does not hang on the order in which the lines came. */
int stl_case_earlier(const stl_case *c, uint32_t a, uint32_t b);

#endif
