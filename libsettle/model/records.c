/* SPDX-License-Identifier: Apache-2.0 */
/* The fields of every kind of record, with the lengths of the national interface. */
#include "model/stay.h"

#include <stddef.h>

enum {
    ID = STL_FIELD_IDENTITY | STL_FIELD_COLUMN, /* the record cannot be placed without it */
    KEY_PERSONAL = ID | STL_FIELD_PERSONAL,
    PERSONAL = STL_FIELD_PERSONAL,
    PERSONAL_COLUMN = STL_FIELD_PERSONAL | STL_FIELD_COLUMN,
    COLUMN = STL_FIELD_COLUMN,
};

#define FIELD(record, name, kind, max_len, flags)                                                  \
    { #name, STL_F_##kind, offsetof(record, name), max_len, flags }

#define F(name, kind, max_len, flags) FIELD(stl_admission, name, kind, max_len, flags)
static const stl_field STAY[] = {
    F(mdtrt_id, TEXT, 30, ID),
    F(fixmedins_code, TEXT, 30, COLUMN),
    F(fixmedins_name, TEXT, 200, 0),
    F(medins_lv, TEXT, 6, 0),
    F(hosp_lv, TEXT, 6, 0),
    F(psn_no, TEXT, 30, PERSONAL_COLUMN),
    F(psn_cert_type, TEXT, 6, 0),
    F(certno, TEXT, 50, PERSONAL),
    F(mdtrt_cert_type, TEXT, 6, 0),
    F(mdtrt_cert_no, TEXT, 50, PERSONAL),
    F(psn_name, TEXT, 50, PERSONAL),
    F(gend, TEXT, 6, 0),
    F(brdy, DAY, 0, PERSONAL),
    F(insuplc_admdvs, TEXT, 6, 0),
    F(mdtrtarea_admvs, TEXT, 6, 0),
    F(insutype, TEXT, 6, COLUMN),
    F(psn_type, TEXT, 6, 0),
    F(med_type, TEXT, 6, 0),
    F(begntime, INSTANT, 0, COLUMN),
    F(endtime, INSTANT, 0, COLUMN),
    F(setl_time, INSTANT, 0, 0),
    F(dscg_way, TEXT, 3, 0),
    F(refl_flag, TEXT, 3, 0),
    F(rel_ttp_flag, TEXT, 3, 0),
    F(acct_used_flag, TEXT, 3, 0),
    F(balc, MONEY, 0, 0),
    F(mulaid_used_flag, TEXT, 3, 0),
    F(mulaid_balc, MONEY, 0, 0),
    F(adm_dept_codg, TEXT, 30, 0),
    F(adm_dept_name, TEXT, 100, 0),
    F(wardno, TEXT, 50, 0),
    F(adm_bed, TEXT, 30, PERSONAL),
    F(atddr_no, TEXT, 30, 0),
    F(atddr_name, TEXT, 50, 0),
    F(medrcdno, TEXT, 30, PERSONAL),
    F(dscg_maindiag_code, TEXT, 50, 0),
    F(dscg_maindiag_name, TEXT, 300, 0),
    F(dise_codg, TEXT, 30, 0),
    F(medfee_sumamt, MONEY, 0, 0),
    F(fulamt_ownpay_amt, MONEY, 0, 0),
    F(overlmt_selfpay, MONEY, 0, 0),
    F(preselfpay_amt, MONEY, 0, 0),
    F(inscp_scp_amt, MONEY, 0, 0),
    F(act_pay_dedc, MONEY, 0, 0),
    F(hifp_pay, MONEY, 0, 0),
    F(cvlserv_pay, MONEY, 0, 0),
    F(hifes_pay, MONEY, 0, 0),
    F(hifmi_pay, MONEY, 0, 0),
    F(hifob_pay, MONEY, 0, 0),
    F(maf_pay, MONEY, 0, 0),
    F(oth_pay, MONEY, 0, 0),
    F(fund_pay_sumamt, MONEY, 0, 0),
    F(psn_part_amt, MONEY, 0, 0),
    F(acct_pay, MONEY, 0, 0),
    F(acct_mulaid_pay, MONEY, 0, 0),
    F(psn_cash_pay, MONEY, 0, 0),
    F(hosp_part_amt, MONEY, 0, 0),
};
#undef F
#define F(name, kind, max_len, flags) FIELD(stl_charge, name, kind, max_len, flags)
static const stl_field CHARGE[] = {
    F(mdtrt_id, TEXT, 30, ID),
    F(feedetl_sn, TEXT, 30, ID),
    F(init_feedetl_sn, TEXT, 30, 0),
    F(drord_no, TEXT, 30, 0),
    F(fee_ocur_time, INSTANT, 0, ID),
    F(entry_time, INSTANT, 0, 0),
    F(medins_list_codg, TEXT, 150, ID),
    F(medins_list_name, TEXT, 200, 0),
    F(spec, TEXT, 200, 0),
    F(prcunt, TEXT, 100, 0),
    F(cnt, QTY, 0, ID),
    F(pric, PRICE, 0, ID),
    F(det_item_fee_sumamt, MONEY, 0, ID),
    F(bilg_dept_codg, TEXT, 30, 0),
    F(bilg_dept_name, TEXT, 100, 0),
    F(bilg_dr_codg, TEXT, 30, 0),
    F(bilg_dr_name, TEXT, 50, 0),
    F(dscg_tkdrug_flag, TEXT, 3, 0),
    F(hosp_appr_flag, TEXT, 3, 0),
    F(days_supply, INT, 0, 0),
    F(exec_time, INSTANT, 0, 0),
    F(purc_pric, PRICE, 0, 0),
    F(outside_flag, TEXT, 3, 0),
    F(nwb_flag, TEXT, 3, 0),
};
#undef F
#define F(name, kind, max_len, flags) FIELD(stl_diagnosis, name, kind, max_len, flags)
static const stl_field DIAGNOSIS[] = {
    F(mdtrt_id, TEXT, 30, ID),  F(diag_srt_no, INT, 0, 0),    F(inout_diag_type, TEXT, 3, 0),
    F(diag_type, TEXT, 3, 0),   F(maindiag_flag, TEXT, 3, 0), F(diag_code, TEXT, 50, COLUMN),
    F(diag_name, TEXT, 300, 0), F(adm_cond_type, TEXT, 3, 0),
};
#undef F
#define F(name, kind, max_len, flags) FIELD(stl_operation, name, kind, max_len, flags)
static const stl_field OPERATION[] = {
    F(mdtrt_id, TEXT, 30, ID),       F(oprn_srt_no, INT, 0, 0),
    F(main_oprn_flag, TEXT, 3, 0),   F(oprn_oprt_code, TEXT, 50, COLUMN),
    F(oprn_oprt_name, TEXT, 500, 0), F(oprn_oprt_date, DAY, 0, 0),
};
#undef F
#define F(name, kind, max_len, flags) FIELD(stl_identity, name, kind, max_len, flags)
static const stl_field IDENTITY[] = {
    F(psn_no, TEXT, 30, KEY_PERSONAL), F(psn_idet_type, TEXT, 6, ID),  F(begntime, DAY, 0, COLUMN),
    F(endtime, DAY, 0, COLUMN),        F(roster_version, TEXT, 50, 0),
};
#undef F
#define F(name, kind, max_len, flags) FIELD(stl_accumulator, name, kind, max_len, flags)
static const stl_field ACCUMULATOR[] = {
    F(psn_no, TEXT, 30, KEY_PERSONAL),
    F(insutype, TEXT, 6, ID),
    F(year, TEXT, 10, ID),
    F(kind, TEXT, 50, ID),
    F(value, MONEY, 0, ID),
};
#undef F
#define F(name, kind, max_len, flags) FIELD(stl_history, name, kind, max_len, flags)
static const stl_field HISTORY[] = {
    F(psn_no, TEXT, 30, KEY_PERSONAL), F(mdtrt_id, TEXT, 30, ID),
    F(fixmedins_code, TEXT, 30, 0),    F(begntime, INSTANT, 0, ID),
    F(endtime, INSTANT, 0, 0),         F(dscg_maindiag_code, TEXT, 50, 0),
};
#undef F
#define F(name, kind, max_len, flags) FIELD(stl_history_item, name, kind, max_len, flags)
static const stl_field HISTORY_ITEM[] = {
    F(mdtrt_id, TEXT, 30, ID),
    F(med_list_codg, TEXT, 50, ID),
    F(fee_ocur_time, INSTANT, 0, ID),
};
#undef F
#define F(name, kind, max_len, flags) FIELD(stl_order, name, kind, max_len, flags)
static const stl_field ORDER[] = {
    F(mdtrt_id, TEXT, 30, ID),
    F(drord_no, TEXT, 30, ID),
    F(medins_list_codg, TEXT, 150, ID),
    F(cnt, QTY, 0, COLUMN),
    F(exec_cnt, QTY, 0, 0),
    F(drord_begn_date, INSTANT, 0, 0),
    F(drord_stop_date, INSTANT, 0, 0),
    F(dr_codg, TEXT, 30, 0),
};
#undef F
#define F(name, kind, max_len, flags) FIELD(stl_approval, name, kind, max_len, flags)
static const stl_field APPROVAL[] = {
    F(mdtrt_id, TEXT, 30, ID), F(feedetl_sn, TEXT, 30, 0),     F(code, TEXT, 50, 0),
    F(kind, TEXT, 50, COLUMN), F(appr_no, TEXT, 100, ID),      F(by, TEXT, 50, COLUMN),
    F(role, TEXT, 50, 0),      F(time, INSTANT, 0, COLUMN),    F(begndate, DAY, 0, 0),
    F(enddate, DAY, 0, 0),     F(fixmedins_code, TEXT, 30, 0),
};
#undef F
#define F(name, kind, max_len, flags) FIELD(stl_consent, name, kind, max_len, flags)
static const stl_field CONSENT[] = {
    F(mdtrt_id, TEXT, 30, ID), F(feedetl_sn, TEXT, 30, 0),
    F(code, TEXT, 50, 0),      F(signed_by, TEXT, 50, PERSONAL_COLUMN),
    F(relation, TEXT, 50, 0),  F(time, INSTANT, 0, COLUMN),
    F(digest, TEXT, 128, 0),
};
#undef F
#define F(name, kind, max_len, flags) FIELD(stl_pathway_event, name, kind, max_len, flags)
static const stl_field PATHWAY[] = {
    F(mdtrt_id, TEXT, 30, ID),  F(pathway_id, TEXT, 50, ID), F(entry_time, INSTANT, 0, 0),
    F(variation, TEXT, 500, 0), F(reason, TEXT, 500, 0),     F(by, TEXT, 50, 0),
};
#undef F
#define F(name, kind, max_len, flags) FIELD(stl_entitlement, name, kind, max_len, flags)
static const stl_field ENTITLEMENT[] = {
    F(psn_no, TEXT, 30, KEY_PERSONAL), F(insutype, TEXT, 6, ID),   F(psn_insu_stas, TEXT, 6, ID),
    F(begndate, DAY, 0, COLUMN),       F(enddate, DAY, 0, COLUMN), F(reason, TEXT, 200, 0),
};
#undef F
#define F(name, kind, max_len, flags) FIELD(stl_deposit, name, kind, max_len, flags)
static const stl_field DEPOSIT[] = {
    F(mdtrt_id, TEXT, 30, ID), F(recp_no, TEXT, 50, ID), F(time, INSTANT, 0, COLUMN),
    F(amt, MONEY, 0, ID),      F(pay_way, TEXT, 30, 0),
};
#undef F

#define TYPE(stem, item, fields, record)                                                           \
    { stem, item, fields, sizeof(fields) / sizeof *(fields), sizeof(record) }

const stl_record_type STL_RECORD_TYPES[STL_R_KINDS] = {
    [STL_R_STAY] = TYPE("stays", "stay", STAY, stl_admission),
    [STL_R_CHARGE] = TYPE("charges", "charge", CHARGE, stl_charge),
    [STL_R_DIAGNOSIS] = TYPE("diagnoses", "diagnosis", DIAGNOSIS, stl_diagnosis),
    [STL_R_OPERATION] = TYPE("operations", "operation", OPERATION, stl_operation),
    [STL_R_IDENTITY] = TYPE("identities", "identity", IDENTITY, stl_identity),
    [STL_R_ACCUMULATOR] = TYPE("accumulators", "accumulator", ACCUMULATOR, stl_accumulator),
    [STL_R_HISTORY] = TYPE("history", "history-stay", HISTORY, stl_history),
    [STL_R_HISTORY_ITEM] = TYPE("history-items", "history-item", HISTORY_ITEM, stl_history_item),
    [STL_R_ORDER] = TYPE("orders", "order", ORDER, stl_order),
    [STL_R_APPROVAL] = TYPE("approvals", "approval", APPROVAL, stl_approval),
    [STL_R_CONSENT] = TYPE("consents", "consent", CONSENT, stl_consent),
    [STL_R_PATHWAY] = TYPE("pathway", "pathway-event", PATHWAY, stl_pathway_event),
    [STL_R_ENTITLEMENT] = TYPE("entitlements", "entitlement", ENTITLEMENT, stl_entitlement),
    [STL_R_DEPOSIT] = TYPE("deposits", "deposit", DEPOSIT, stl_deposit),
};
