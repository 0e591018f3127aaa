/* SPDX-License-Identifier: Apache-2.0 */
/* The document as a libxml2 tree: the elements and attributes that the schema lists. */
#include "bench/conventional/conventional.h"

#include "bench/support.h"
#include "facet_names.h"
#include "wire/facet.h"
#include "wire/setlinfo.h"

static xmlNodePtr child(xmlNodePtr parent, const char *name) {
    xmlNodePtr node = xmlNewDocNode(parent->doc, parent->ns, BAD_CAST name, NULL);
    return xmlAddChild(parent, node);
}

static void put(xmlNodePtr node, const char *name, const char *value) {
    if (value != NULL && *value != '\0')
        xmlNewProp(node, BAD_CAST name, BAD_CAST value);
}

/* Texts of rows and of the arena end with a NUL. */
static void put_str(xmlNodePtr node, const char *name, stl_str value) {
    if (value.len > 0)
        put(node, name, value.ptr);
}

/* Pieces of mapped tables do not end with a NUL. */
static void put_piece(xmlNodePtr node, const char *name, stl_str value) {
    char text[16 * 1024];
    if (value.len == 0 || value.len >= sizeof text)
        return;
    memcpy(text, value.ptr, value.len);
    text[value.len] = '\0';
    put(node, name, text);
}

static void put_number(xmlNodePtr node, const char *name, int64_t value, int scale) {
    char text[STL_DECIMAL_TEXT_MAX];
    if (value == STL_NONE)
        return;
    stl_decimal_format(value, scale, text);
    put(node, name, text);
}

static void put_money(xmlNodePtr node, const char *name, stl_money value) {
    put_number(node, name, value, STL_SCALE_MONEY);
}

static void put_part(xmlNodePtr node, const char *name, stl_money value) {
    if (value != 0)
        put_money(node, name, value);
}

static void put_instant(xmlNodePtr node, const char *name, stl_instant at) {
    char text[STL_DATE_TEXT_MAX];
    if (at == STL_NONE)
        return;
    stl_instant_format(at, text);
    put(node, name, text);
}

static void put_flag(xmlNodePtr node, const char *name, bool value) {
    put(node, name, value ? "true" : "false");
}

static void put_count(xmlNodePtr node, size_t count) {
    put_number(node, "count", (int64_t)count, 0);
}

static void put_record(xmlNodePtr node, unsigned element, stl_record_kind kind,
                       const void *record) {
    const stl_element_decl *e = &STL_ELEMENTS[element];
    char scratch[STL_DECIMAL_TEXT_MAX];
    for (unsigned i = 0; i < e->n_attributes; i++) {
        const char *name = STL_ATTRIBUTES[e->first_attribute + i].name;
        int field = stl_record_field(&STL_RECORD_TYPES[kind], stl_str_of(name));
        if (field >= 0)
            put_str(node, name,
                    stl_record_get(&STL_RECORD_TYPES[kind], (size_t)field, record, scratch));
    }
}

static void build_envelope(xmlNodePtr root, const stl_envelope *e) {
    xmlNodePtr node = child(root, "envelope");
    put_str(node, "fixmedins_code", e->fixmedins_code);
    put_str(node, "fixmedins_name", e->fixmedins_name);
    put_instant(node, "inf_time", e->inf_time);
    put_str(node, "infver", e->infver);
    put_str(node, "msgid", e->msgid);
    put_str(node, "opter", e->opter);
    put_str(node, "opter_name", e->opter_name);
    put_str(node, "opter_type", e->opter_type);
    put_str(node, "software", e->software);
}

static void build_list(xmlNodePtr root, const stl_stay *stay, const char *list, const char *item,
                       unsigned element, stl_record_kind kind) {
    const stl_rows *rows = &stay->rows[kind];
    xmlNodePtr node = child(root, list);
    put_count(node, rows->count);
    for (size_t i = 0; i < rows->count; i++)
        put_record(child(node, item), element, kind,
                   (const char *)rows->items + i * STL_RECORD_TYPES[kind].size);
}

static void build_head(xmlNodePtr root, const stl_case *c) {
    xmlNodePtr pack = child(root, "pack");
    put(pack, "digest", c->region->digest);
    put(pack, "id", c->region->id);
    put(pack, "version", c->region->version);
    put(child(root, "mapping"), "digest", c->mapping->digest);
    stl_admission head = c->stay->head;
    head.medins_lv = c->medins_lv;
    head.hosp_lv = c->hosp_lv;
    head.mdtrtarea_admvs = c->mdtrtarea_admvs;
    put_record(child(root, "mdtrtinfo"), STL_E_MDTRTINFO, STL_R_STAY, &head);
    build_list(root, c->stay, "identities", "identity", STL_E_IDENTITY, STL_R_IDENTITY);
    build_list(root, c->stay, "diagnoses", "diseinfo", STL_E_DISEINFO, STL_R_DIAGNOSIS);
    build_list(root, c->stay, "operations", "oprninfo", STL_E_OPRNINFO, STL_R_OPERATION);
}

static void build_charge(xmlNodePtr list, const stl_charge *charge, const stl_line *line,
                         const cv_line *texts, const stl_line_amounts *a) {
    xmlNodePtr node = child(list, "feedetail");
    put_str(node, "bilg_dept_codg", charge->bilg_dept_codg);
    put_str(node, "bilg_dept_name", charge->bilg_dept_name);
    put_str(node, "bilg_dr_codg", charge->bilg_dr_codg);
    put_str(node, "bilg_dr_name", charge->bilg_dr_name);
    put_piece(node, "chrgitm_lv", a->chrgitm_lv);
    put_number(node, "cnt", charge->cnt, STL_SCALE_QTY);
    put_number(node, "days_supply", charge->days_supply, 0);
    put_money(node, "det_item_fee_sumamt", a->det_item_fee_sumamt);
    put_str(node, "drord_no", charge->drord_no);
    put_str(node, "dscg_tkdrug_flag", charge->dscg_tkdrug_flag);
    put_instant(node, "entry_time", charge->entry_time);
    put_instant(node, "exec_time", charge->exec_time);
    put_instant(node, "fee_ocur_time", charge->fee_ocur_time);
    put_str(node, "feedetl_sn", charge->feedetl_sn);
    put_part(node, "fulamt_ownpay_amt", a->fulamt_ownpay_amt);
    put_str(node, "hosp_appr_flag", charge->hosp_appr_flag);
    put_str(node, "init_feedetl_sn", charge->init_feedetl_sn);
    put_part(node, "inscp_scp_amt", a->inscp_scp_amt);
    put_str(node, "med_list_codg", line->med_list_codg);
    put(node, "med_list_name", texts->catalogue_name);
    put_str(node, "medins_list_codg", charge->medins_list_codg);
    put(node, "medins_list_name", texts->hospital_name);
    put_str(node, "nwb_flag", charge->nwb_flag);
    put_str(node, "outside_flag", charge->outside_flag);
    put_part(node, "overlmt_amt", a->overlmt_amt);
    put_str(node, "prcunt", charge->prcunt);
    put_part(node, "preselfpay_amt", a->preselfpay_amt);
    put_number(node, "pric", charge->pric, STL_SCALE_PRICE);
    put_number(node, "pric_uplmt_amt", a->pric_uplmt_amt, STL_SCALE_PRICE);
    put_number(node, "purc_pric", charge->purc_pric, STL_SCALE_PRICE);
    put_number(node, "selfpay_prop", a->selfpay_prop, STL_SCALE_RATIO);
    put_str(node, "spec", charge->spec);
}

static void build_charges(xmlNodePtr root, const cv_result *r) {
    xmlNodePtr list = child(root, "charges");
    put_count(list, r->c.n_lines);
    for (size_t i = 0; i < r->c.n_lines; i++)
        build_charge(list, stl_case_charge(&r->c, i), &r->c.lines[i], &r->lines[i],
                     &r->settlement.lines[i]);
}

static const char *setl_field(const stl_policy *policy, stl_str layer) {
    for (size_t i = 0; i < policy->n_layers; i++)
        if (stl_str_eq(policy->layers[i].id, layer))
            return policy->layers[i].setl_field.ptr;
    return NULL;
}

static void build_payment(xmlNodePtr root, const cv_result *r) {
    const stl_settlement *s = &r->settlement;
    xmlNodePtr info = child(root, "setlinfo");
    for (size_t i = 0; i < STL_WIRE_N_SUMS; i++)
        put_money(info, STL_ATTRIBUTES[STL_WIRE_SUMS[i].attribute].name,
                  *(const stl_money *)((const char *)&s->info + STL_WIRE_SUMS[i].offset));
    put(info, "rounding", STL_WIRE_ROUNDING[s->rounding]);
    put_flag(info, "served", s->served);
    xmlNodePtr layers = child(root, "layers");
    put_count(layers, s->n_details);
    for (size_t i = 0; i < s->n_details; i++) {
        const stl_setldetail *d = &s->details[i];
        xmlNodePtr node = child(layers, "setldetail");
        put_piece(node, "fund_pay_type", d->fund_pay_type);
        put_money(node, "fund_payamt", d->fund_payamt);
        put_money(node, "inscp_scp_amt", d->inscp_scp_amt);
        put_piece(node, "layer", d->layer);
        put(node, "setl_field", setl_field(r->c.region->policy, d->layer));
        put_str(node, "setl_proc_info", d->setl_proc_info);
    }
    xmlNodePtr accumulators = child(root, "accumulators");
    put_count(accumulators, s->n_accs);
    for (size_t i = 0; i < s->n_accs; i++) {
        xmlNodePtr node = child(accumulators, "accumulator");
        put_money(node, "before", s->accs[i].before);
        put_piece(node, "kind", s->accs[i].kind);
        put_money(node, "value", s->accs[i].value);
        put_str(node, "year", s->accs[i].year);
    }
}

static void build_lines(xmlNodePtr parent, const char *name, const stl_case *c,
                        const uint32_t *lines, size_t n) {
    for (size_t i = 0; i < n; i++)
        put_str(child(parent, name), "feedetl_sn", stl_case_charge(c, lines[i])->feedetl_sn);
}

static void build_finding(xmlNodePtr list, const stl_case *c, const stl_finding *f) {
    const char severity[] = {stl_action_sev_deg(f->action), '\0'};
    xmlNodePtr node = child(list, "finding");
    put(node, "action", stl_action_name(f->action));
    put_piece(node, "approval", f->override.approval);
    put_piece(node, "basis", f->basis);
    put_piece(node, "by", f->override.by);
    put_piece(node, "evidence", f->evidence);
    put(node, "finding_id", f->finding_id);
    put_piece(node, "fix", f->fix);
    put_piece(node, "gz_code", f->gz_code);
    put_number(node, "n_involved", (int64_t)f->n_involved, 0);
    put_number(node, "n_lines", (int64_t)f->n_lines, 0);
    put_flag(node, "overridden", f->overridden);
    put_piece(node, "reason", f->override.reason);
    put_piece(node, "role", f->override.role);
    put(node, "rule_id", f->rule_id);
    put_piece(node, "rule_name", f->rule_name);
    put_piece(node, "second", f->override.second);
    put(node, "sev_deg", severity);
    if (f->overridden)
        put_instant(node, "time", f->override.at);
    put_money(node, "vola_amt", f->vola_amt);
    build_lines(node, "line", c, f->lines, f->n_lines);
    build_lines(node, "involved", c, f->involved, f->n_involved);
}

static void build_verdict(xmlNodePtr root, const cv_result *r) {
    const stl_verdict *v = &r->verdict;
    xmlNodePtr findings = child(root, "findings");
    put_count(findings, v->n_findings);
    for (size_t i = 0; i < v->n_findings; i++)
        build_finding(findings, &r->c, &v->findings[i]);
    xmlNodePtr gaps = child(root, "gaps");
    put_count(gaps, v->n_gaps);
    for (size_t i = 0; i < v->n_gaps; i++) {
        xmlNodePtr node = child(gaps, "not_evaluated");
        put_number(node, "lines", (int64_t)v->gaps[i].lines, 0);
        put_piece(node, "missing", v->gaps[i].missing);
        put(node, "rule_id", v->gaps[i].rule_id);
    }
}

void cv_build_tree(cv_program *p, const stl_envelope *envelope, cv_result *out) {
    (void)p;
    xmlDocPtr tree = xmlNewDoc(BAD_CAST "1.0");
    tree->dict = xmlDictCreate(); /* names are kept once */
    xmlNodePtr root = xmlNewDocNode(tree, NULL, BAD_CAST "settlement", NULL);
    xmlDocSetRootElement(tree, root);
    xmlSetNs(root, xmlNewNs(root, BAD_CAST STL_WIRE_NS, NULL));
    build_envelope(root, envelope);
    build_head(root, &out->c);
    build_charges(root, out);
    build_payment(root, out);
    build_verdict(root, out);
    out->tree = tree;
}

void cv_validate(cv_program *p, xmlDocPtr tree) {
    xmlSchemaValidCtxtPtr ctx = xmlSchemaNewValidCtxt(p->schema);
    if (ctx == NULL || xmlSchemaValidateDoc(ctx, tree) != 0)
        bench_die("the conventional document is not valid");
    xmlSchemaFreeValidCtxt(ctx);
}
