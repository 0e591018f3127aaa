/* SPDX-License-Identifier: Apache-2.0 */
/* A stay (住院就诊, mdtrt) as the hospital gives it. Field names are the national ones. */
#ifndef STL_MODEL_STAY_H
#define STL_MODEL_STAY_H

#include "model/record.h"

typedef struct stl_admission { /* stays.csv: the head of a stay */
    stl_str mdtrt_id, fixmedins_code, fixmedins_name, medins_lv, hosp_lv;
    stl_str psn_no, psn_cert_type, certno, mdtrt_cert_type, mdtrt_cert_no, psn_name, gend;
    stl_day brdy;
    stl_str insuplc_admdvs, mdtrtarea_admvs, insutype, psn_type, med_type;
    stl_instant begntime, endtime, setl_time;
    stl_str dscg_way, refl_flag;
    stl_str rel_ttp_flag; /* a third party is liable: 1 yes, 0 no */
    stl_str acct_used_flag;
    stl_money balc;
    stl_str mulaid_used_flag; /* family accounts may pay: 1 yes, 0 no (our name) */
    stl_money mulaid_balc;    /* what they hold for it (our name) */
    stl_str adm_dept_codg, adm_dept_name, wardno, adm_bed, atddr_no, atddr_name, medrcdno;
    stl_str dscg_maindiag_code, dscg_maindiag_name;
    stl_str dise_codg; /* disease or group that the method of payment goes by */
    /* What the caller computed itself, to be compared (V18, V28); empty: nothing. */
    stl_money medfee_sumamt, fulamt_ownpay_amt, overlmt_selfpay, preselfpay_amt, inscp_scp_amt;
    stl_money act_pay_dedc;
    stl_money hifp_pay, cvlserv_pay, hifes_pay, hifmi_pay, hifob_pay, maf_pay, oth_pay;
    stl_money fund_pay_sumamt, psn_part_amt, acct_pay, acct_mulaid_pay, psn_cash_pay, hosp_part_amt;
    int64_t line; /* where it was read, 0 unknown */
} stl_admission;

typedef struct stl_charge { /* charges.csv: 费用明细 (2301 feedetail) */
    stl_str mdtrt_id, feedetl_sn, init_feedetl_sn, drord_no;
    stl_instant fee_ocur_time, entry_time;
    stl_str medins_list_codg, medins_list_name, spec, prcunt;
    stl_qty cnt;
    stl_price pric;
    stl_money det_item_fee_sumamt;
    stl_str bilg_dept_codg, bilg_dept_name, bilg_dr_codg, bilg_dr_name, dscg_tkdrug_flag;
    stl_str hosp_appr_flag;
    int64_t days_supply;
    stl_instant exec_time;
    stl_price purc_pric;
    stl_str outside_flag; /* 1: bought outside for this stay, or supplied by a pharmacy */
    stl_str nwb_flag;     /* 1: for the newborn under the stay of its mother */
    int64_t line;
} stl_charge;

typedef struct stl_diagnosis { /* diagnoses.csv */
    stl_str mdtrt_id;
    int64_t diag_srt_no;
    stl_str inout_diag_type, diag_type, maindiag_flag, diag_code, diag_name, adm_cond_type;
    int64_t line;
} stl_diagnosis;

typedef struct stl_operation { /* operations.csv */
    stl_str mdtrt_id;
    int64_t oprn_srt_no;
    stl_str main_oprn_flag, oprn_oprt_code, oprn_oprt_name;
    stl_day oprn_oprt_date;
    int64_t line;
} stl_operation;

typedef struct stl_identity { /* identities.csv: special group membership with validity (L1) */
    stl_str psn_no, psn_idet_type;
    stl_day begntime, endtime; /* inclusive days */
    stl_str roster_version;
    int64_t line;
} stl_identity;

typedef struct stl_accumulator { /* accumulators.csv: year-to-date values, before this stay */
    stl_str psn_no, insutype, year, kind;
    stl_money value; /* fen; for counts (ipt_cnt) the count x 100 */
    int64_t line;
} stl_accumulator;

typedef struct stl_history { /* history.csv: earlier stays of the person */
    stl_str psn_no, mdtrt_id, fixmedins_code;
    stl_instant begntime, endtime;
    stl_str dscg_maindiag_code;
    int64_t line;
} stl_history;

typedef struct stl_history_item { /* history-items.csv */
    stl_str mdtrt_id, med_list_codg;
    stl_instant fee_ocur_time;
    int64_t line;
} stl_history_item;

typedef struct stl_order { /* orders.csv: 医嘱 */
    stl_str mdtrt_id, drord_no, medins_list_codg;
    stl_qty cnt, exec_cnt;
    stl_instant drord_begn_date, drord_stop_date;
    stl_str dr_codg;
    int64_t line;
} stl_order;

typedef struct stl_approval { /* approvals.csv */
    stl_str mdtrt_id, feedetl_sn, code, kind, appr_no, by, role;
    stl_instant time;
    stl_day begndate, enddate; /* inclusive days for which it holds */
    stl_str fixmedins_code;    /* the institution at which it holds; "" any (our use) */
    int64_t line;
} stl_approval;

typedef struct stl_consent { /* consents.csv: 自费知情同意 */
    stl_str mdtrt_id, feedetl_sn, code, signed_by, relation;
    stl_instant time;
    stl_str digest;
    int64_t line;
} stl_consent;

typedef struct stl_pathway_event { /* pathway.csv */
    stl_str mdtrt_id, pathway_id;
    stl_instant entry_time;
    stl_str variation, reason, by;
    int64_t line;
} stl_pathway_event;

typedef struct stl_entitlement { /* entitlements.csv: insurance by status (1101 insuinfo) */
    stl_str psn_no, insutype, psn_insu_stas;
    stl_day begndate, enddate; /* inclusive days */
    stl_str reason;
    int64_t line;
} stl_entitlement;

typedef struct stl_deposit { /* deposits.csv: what the patient paid ahead at the desk (预交金) */
    stl_str mdtrt_id, recp_no; /* number of the receipt */
    stl_instant time;
    stl_money amt; /* negative: given back */
    stl_str pay_way;
    int64_t line;
} stl_deposit;

typedef enum stl_record_kind {
    STL_R_STAY,
    STL_R_CHARGE,
    STL_R_DIAGNOSIS,
    STL_R_OPERATION,
    STL_R_IDENTITY,
    STL_R_ACCUMULATOR,
    STL_R_HISTORY,
    STL_R_HISTORY_ITEM,
    STL_R_ORDER,
    STL_R_APPROVAL,
    STL_R_CONSENT,
    STL_R_PATHWAY,
    STL_R_ENTITLEMENT,
    STL_R_DEPOSIT,
    STL_R_KINDS
} stl_record_kind;

/* Descriptions in the order of stl_record_kind; stems are stays, charges, diagnoses, operations,
 * identities, accumulators, history, history-items, orders, approvals, consents, pathway,
 * entitlements, deposits. */
extern const stl_record_type STL_RECORD_TYPES[STL_R_KINDS];

/* An array of one kind of record. */
typedef struct stl_rows {
    void *items;
    size_t count, cap;
} stl_rows;

typedef struct stl_stay {
    stl_arena *arena; /* owned: everything below lives in it */
    stl_admission head;
    stl_rows rows[STL_R_KINDS]; /* rows[STL_R_STAY] stays empty: the head is it */
    bool given[STL_R_KINDS];    /* the file or array was supplied, even if empty for this stay:
                                   a check whose input was not given answers "not evaluated" */
    bool interim;               /* to be settled in part: the stay goes on */
    stl_extra *extras;
    size_t n_extras, cap_extras;
} stl_stay;

stl_stay *stl_stay_new(void); /* NULL: out of memory */
void stl_stay_free(stl_stay *stay);
void stl_stay_reset(stl_stay *stay); /* as new, in the memory it has */
void stl_stay_cleanup(stl_stay **stay);
#define SCOPED_STAY __attribute__((cleanup(stl_stay_cleanup))) stl_stay

/* Appends a zero-initialised record of a kind; NULL: out of memory. */
void *stl_stay_add(stl_stay *stay, stl_record_kind kind);

/* Makes room for so many records more: adding them cannot fail. False: out of memory. */
bool stl_stay_reserve(stl_stay *stay, stl_record_kind kind, size_t more);

/* Takes a record out; those after it move up. */
void stl_stay_drop(stl_stay *stay, stl_record_kind kind, size_t index);

/* Code of the principal diagnosis: of the head, else of the diagnosis marked so; "" none. */
stl_str stl_stay_principal(const stl_stay *stay);

#define STL_ROWS_OF(stay, kind, type) ((const type *)(stay)->rows[kind].items)

static inline const stl_charge *stl_stay_charges(const stl_stay *stay) {
    return STL_ROWS_OF(stay, STL_R_CHARGE, stl_charge);
}
static inline size_t stl_stay_n_charges(const stl_stay *stay) {
    return stay->rows[STL_R_CHARGE].count;
}

#endif
