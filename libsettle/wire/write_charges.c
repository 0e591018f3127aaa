/* SPDX-License-Identifier: Apache-2.0 */
/* Charge lines: the one part whose size follows the stay. */
#include "wire/put.h"

#include <stdlib.h>

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

/* --- attributes that lines share -------------------------------------------------------------- */

/* Where attributes of an earlier line stand in the output; len 0: nowhere yet. */
typedef struct span {
    size_t from, len;
    uint32_t line;
} span;

typedef struct writer {
    stl_wire_out *o;
    const stl_submission *s;
    span staff;  /* of the line before */
    span *items; /* by item_no */
} writer;

static bool same_staff(const stl_charge *a, const stl_charge *b) {
    return stl_str_eq(a->bilg_dept_codg, b->bilg_dept_codg) &&
           stl_str_eq(a->bilg_dept_name, b->bilg_dept_name) &&
           stl_str_eq(a->bilg_dr_codg, b->bilg_dr_codg) &&
           stl_str_eq(a->bilg_dr_name, b->bilg_dr_name);
}

static void put_staff(stl_wire_out *o, const stl_charge *charge) {
    stl_wire_put(o, STL_A_FEEDETAIL_BILG_DEPT_CODG, charge->bilg_dept_codg);
    stl_wire_put(o, STL_A_FEEDETAIL_BILG_DEPT_NAME, charge->bilg_dept_name);
    stl_wire_put(o, STL_A_FEEDETAIL_BILG_DR_CODG, charge->bilg_dr_codg);
    stl_wire_put(o, STL_A_FEEDETAIL_BILG_DR_NAME, charge->bilg_dr_name);
}

static bool same_item(const stl_case *c, size_t a, size_t b) {
    const stl_line *x = &c->lines[a], *y = &c->lines[b];
    return x->map == y->map && x->cat == y->cat && x->item == y->item &&
           stl_str_eq(x->med_list_codg, y->med_list_codg) &&
           stl_str_eq(stl_case_charge(c, a)->medins_list_codg,
                      stl_case_charge(c, b)->medins_list_codg) &&
           stl_str_eq(stl_case_charge(c, a)->medins_list_name,
                      stl_case_charge(c, b)->medins_list_name);
}

/* On which row of the hospital's mapping the code rests, and why that row holds. */
static void put_evidence(stl_wire_out *o, const stl_case *c, const stl_line *line) {
    const stl_index_table *rows = &c->mapping->rows;
    if (line->map == NULL || line->map_state != STL_MAPPED)
        return;
    stl_wire_put(o, STL_A_FEEDETAIL_MAP_EVIDENCE, stl_index_text(rows, line->map[STL_MAP_REMARK]));
    stl_wire_put(o, STL_A_FEEDETAIL_MAP_ID, stl_index_text(rows, line->map[STL_MAP_ID]));
    stl_wire_put(o, STL_A_FEEDETAIL_MAP_SOURCE,
                 stl_index_text(rows, line->map[STL_MAP_CODE_SOURCE]));
}

static void put_item(stl_wire_out *o, const stl_case *c, size_t i) {
    const stl_charge *charge = stl_case_charge(c, i);
    put_evidence(o, c, &c->lines[i]);
    stl_wire_put(o, STL_A_FEEDETAIL_MED_LIST_CODG, c->lines[i].med_list_codg);
    stl_wire_put(o, STL_A_FEEDETAIL_MED_LIST_NAME, catalogue_name(c, &c->lines[i]));
    stl_wire_put(o, STL_A_FEEDETAIL_MEDINS_LIST_CODG, charge->medins_list_codg);
    stl_wire_put(o, STL_A_FEEDETAIL_MEDINS_LIST_NAME, hospital_name(c, charge, &c->lines[i]));
}

static void note(span *place, const stl_wire_out *o, size_t from, size_t line) {
    *place = (span){from, o->xml.out->len - from, (uint32_t)line};
}

static void write_staff(writer *w, size_t i) {
    const stl_case *c = w->s->c;
    size_t from = w->o->xml.out->len;
    if (w->staff.len > 0 && same_staff(stl_case_charge(c, i), stl_case_charge(c, w->staff.line)))
        stl_xml_attrs_again(&w->o->xml, w->staff.from, w->staff.len);
    else
        put_staff(w->o, stl_case_charge(c, i));
    note(&w->staff, w->o, from, i);
}

static void write_item(writer *w, size_t i) {
    const stl_case *c = w->s->c;
    span *before = &w->items[c->lines[i].item_no];
    size_t from = w->o->xml.out->len;
    if (before->len > 0 && same_item(c, i, before->line)) {
        stl_xml_attrs_again(&w->o->xml, before->from, before->len);
        return;
    }
    put_item(w->o, c, i);
    note(before, w->o, from, i);
}

/* A zero is left out: most lines have some. */
static void put_part(stl_wire_out *o, unsigned attribute, stl_money part) {
    if (part != 0)
        stl_wire_put_number(o, attribute, part);
}

static void write_charge(writer *w, size_t i) {
    stl_wire_out *o = w->o;
    const stl_charge *charge = stl_case_charge(w->s->c, i);
    const stl_line_amounts *a = &w->s->settlement->lines[i];
    o->line = charge->line;
    stl_wire_open(o, STL_E_FEEDETAIL);
    write_staff(w, i);
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
    put_part(o, STL_A_FEEDETAIL_FULAMT_OWNPAY_AMT, a->fulamt_ownpay_amt);
    stl_wire_put(o, STL_A_FEEDETAIL_HOSP_APPR_FLAG, charge->hosp_appr_flag);
    stl_wire_put(o, STL_A_FEEDETAIL_INIT_FEEDETL_SN, charge->init_feedetl_sn);
    put_part(o, STL_A_FEEDETAIL_INSCP_SCP_AMT, a->inscp_scp_amt);
    write_item(w, i);
    stl_wire_put(o, STL_A_FEEDETAIL_NWB_FLAG, charge->nwb_flag);
    stl_wire_put(o, STL_A_FEEDETAIL_OUTSIDE_FLAG, charge->outside_flag);
    put_part(o, STL_A_FEEDETAIL_OVERLMT_AMT, a->overlmt_amt);
    stl_wire_put(o, STL_A_FEEDETAIL_PRCUNT, charge->prcunt);
    put_part(o, STL_A_FEEDETAIL_PRESELFPAY_AMT, a->preselfpay_amt);
    stl_wire_put_number(o, STL_A_FEEDETAIL_PRIC, charge->pric);
    stl_wire_put_number(o, STL_A_FEEDETAIL_PRIC_UPLMT_AMT, a->pric_uplmt_amt);
    stl_wire_put_number(o, STL_A_FEEDETAIL_PURC_PRIC, charge->purc_pric);
    stl_wire_put_number(o, STL_A_FEEDETAIL_SELFPAY_PROP, a->selfpay_prop);
    stl_wire_put(o, STL_A_FEEDETAIL_SPEC, charge->spec);
    stl_wire_shut(o);
}

void stl_wire_write_charges(stl_wire_out *o, const stl_submission *s) {
    size_t n = s->c->n_lines;
    SCOPED_FREE void *items = calloc(s->c->n_items + 1, sizeof(span));
    writer w = {.o = o, .s = s, .items = items};
    if (o->status == SETTLE_OK && items == NULL)
        o->status = FAIL(o->err, SETTLE_E_NO_MEMORY, .field = NULL);
    if (o->status == SETTLE_OK && s->settlement->n_lines != n)
        o->status = FAIL(o->err, SETTLE_E_INTERNAL, .field = "charges",
                         .detail = "the settlement has another number of lines than the stay");
    stl_wire_open(o, STL_E_CHARGES);
    stl_wire_put_number(o, STL_A_CHARGES_COUNT, (int64_t)stl_settlement_n_new(s->settlement));
    for (size_t i = 0; i < n && o->status == SETTLE_OK; i++)
        if (stl_settlement_is_new(s->settlement, i))
            write_charge(&w, i);
    o->line = 0;
    stl_wire_shut(o);
}
