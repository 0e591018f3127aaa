/* SPDX-License-Identifier: Apache-2.0 */
/* Charge lines: the one part whose size follows the stay. */
#include "wire/put.h"

static stl_str hospital_name(const stl_case *c, const stl_charge *charge, const stl_line *line) {
    if (!stl_str_empty(charge->medins_list_name) || line->item == NULL)
        return charge->medins_list_name;
    return stl_index_text(&c->mapping->items, line->item[STL_ITEM_NAME]);
}

/* As the hospital mapped it, else as the catalogue has it. */
static stl_str catalogue_name(const stl_case *c, const stl_line *line) {
    stl_str name = {NULL, 0};
    if (line->map != NULL)
        name = stl_index_text(&c->mapping->rows, line->map[STL_MAP_NAME]);
    if (stl_str_empty(name) && line->cat != NULL)
        name = stl_index_text(&c->region->tables[STL_T_CATALOGUE], line->cat[STL_CAT_NAME]);
    return name;
}

static void write_charge(stl_wire_out *o, const stl_case *c, const stl_charge *charge,
                         const stl_line *line, const stl_line_amounts *a) {
    stl_wire_open(o, STL_E_FEEDETAIL);
    stl_wire_put(o, STL_A_FEEDETAIL_BILG_DEPT_CODG, charge->bilg_dept_codg);
    stl_wire_put(o, STL_A_FEEDETAIL_BILG_DEPT_NAME, charge->bilg_dept_name);
    stl_wire_put(o, STL_A_FEEDETAIL_BILG_DR_CODG, charge->bilg_dr_codg);
    stl_wire_put(o, STL_A_FEEDETAIL_BILG_DR_NAME, charge->bilg_dr_name);
    stl_wire_put(o, STL_A_FEEDETAIL_CHRGITM_LV, a->chrgitm_lv);
    stl_wire_put_number(o, STL_A_FEEDETAIL_CNT, charge->cnt);
    stl_wire_put_number(o, STL_A_FEEDETAIL_DAYS_SUPPLY, charge->days_supply);
    stl_wire_put_number(o, STL_A_FEEDETAIL_DET_ITEM_FEE_SUMAMT, a->det_item_fee_sumamt);
    stl_wire_put(o, STL_A_FEEDETAIL_DRORD_NO, charge->drord_no);
    stl_wire_put(o, STL_A_FEEDETAIL_DSCG_TKDRUG_FLAG, charge->dscg_tkdrug_flag);
    stl_wire_put_instant(o, STL_A_FEEDETAIL_ENTRY_TIME, charge->entry_time);
    stl_wire_put_instant(o, STL_A_FEEDETAIL_EXEC_TIME, charge->exec_time);
    stl_wire_put_instant(o, STL_A_FEEDETAIL_FEE_OCUR_TIME, charge->fee_ocur_time);
    stl_wire_put(o, STL_A_FEEDETAIL_FEEDETL_SN, charge->feedetl_sn);
    stl_wire_put_number(o, STL_A_FEEDETAIL_FULAMT_OWNPAY_AMT, a->fulamt_ownpay_amt);
    stl_wire_put(o, STL_A_FEEDETAIL_HOSP_APPR_FLAG, charge->hosp_appr_flag);
    stl_wire_put(o, STL_A_FEEDETAIL_INIT_FEEDETL_SN, charge->init_feedetl_sn);
    stl_wire_put_number(o, STL_A_FEEDETAIL_INSCP_SCP_AMT, a->inscp_scp_amt);
    stl_wire_put(o, STL_A_FEEDETAIL_MED_LIST_CODG, line->med_list_codg);
    stl_wire_put(o, STL_A_FEEDETAIL_MED_LIST_NAME, catalogue_name(c, line));
    stl_wire_put(o, STL_A_FEEDETAIL_MEDINS_LIST_CODG, charge->medins_list_codg);
    stl_wire_put(o, STL_A_FEEDETAIL_MEDINS_LIST_NAME, hospital_name(c, charge, line));
    stl_wire_put_number(o, STL_A_FEEDETAIL_OVERLMT_AMT, a->overlmt_amt);
    stl_wire_put(o, STL_A_FEEDETAIL_PRCUNT, charge->prcunt);
    stl_wire_put_number(o, STL_A_FEEDETAIL_PRESELFPAY_AMT, a->preselfpay_amt);
    stl_wire_put_number(o, STL_A_FEEDETAIL_PRIC, charge->pric);
    stl_wire_put_number(o, STL_A_FEEDETAIL_PRIC_UPLMT_AMT, a->pric_uplmt_amt);
    stl_wire_put_number(o, STL_A_FEEDETAIL_PURC_PRIC, charge->purc_pric);
    stl_wire_put_number(o, STL_A_FEEDETAIL_SELFPAY_PROP, a->selfpay_prop);
    stl_wire_put(o, STL_A_FEEDETAIL_SPEC, charge->spec);
    stl_wire_shut(o);
}

void stl_wire_write_charges(stl_wire_out *o, const stl_submission *s) {
    const stl_case *c = s->c;
    if (s->settlement->n_lines != c->n_lines && o->status == SETTLE_OK)
        o->status = FAIL(o->err, SETTLE_E_INTERNAL, .field = "charges",
                         .detail = "the settlement has another number of lines than the stay");
    stl_wire_open(o, STL_E_CHARGES);
    stl_wire_put_number(o, STL_A_CHARGES_COUNT, (int64_t)c->n_lines);
    for (size_t i = 0; i < c->n_lines && o->status == SETTLE_OK; i++) {
        const stl_charge *charge = stl_case_charge(c, i);
        o->line = charge->line;
        write_charge(o, c, charge, &c->lines[i], &s->settlement->lines[i]);
    }
    o->line = 0;
    stl_wire_shut(o);
}
