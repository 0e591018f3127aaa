/* SPDX-License-Identifier: Apache-2.0 */
#include "flow/result.h"

#include "flow/base_data.h"
#include "flow/desk.h"

settle_status stl_flow_take_json(stl_buf *buf, char **out_json, stl_error *err) {
    char *text = stl_buf_take(buf);
    TRY_ALLOC(err, text);
    *out_json = text;
    return SETTLE_OK;
}

void stl_flow_put_money(stl_json *j, const char *key, stl_money value) {
    stl_json_put_decimal(j, key, value, STL_SCALE_MONEY);
}

void stl_flow_put_day(stl_json *j, const char *key, stl_day day) {
    char text[STL_DATE_TEXT_MAX] = "";
    if (day != STL_NONE)
        stl_day_format(day, text);
    stl_json_put_text(j, key, text);
}

static void put_serials(stl_json *j, const char *key, const stl_case *c, const uint32_t *lines,
                        size_t n) {
    stl_json_key(j, key);
    stl_json_array(j);
    for (size_t i = 0; i < n; i++)
        stl_json_str(j, stl_case_charge(c, lines[i])->feedetl_sn);
    stl_json_array_end(j);
}

static void put_override(stl_json *j, const stl_override *o) {
    char at[STL_DATE_TEXT_MAX];
    stl_instant_format(o->at, at);
    stl_json_key(j, "override");
    stl_json_object(j);
    stl_json_put_str(j, "approval", o->approval);
    stl_json_put_str(j, "by", o->by);
    stl_json_put_str(j, "role", o->role);
    stl_json_put_str(j, "second", o->second);
    stl_json_put_str(j, "reason", o->reason);
    stl_json_put_text(j, "time", at);
    stl_json_object_end(j);
}

void stl_flow_put_finding(stl_json *j, const stl_case *c, const stl_finding *f) {
    char sev_deg[] = {stl_action_sev_deg(f->action), '\0'};
    stl_json_object(j);
    stl_json_put_text(j, "finding_id", f->finding_id);
    stl_json_put_text(j, "rule_id", f->rule_id);
    stl_json_put_str(j, "gz_code", f->gz_code);
    stl_json_put_str(j, "rule_name", f->rule_name);
    stl_json_put_text(j, "action", stl_action_name(f->action));
    stl_json_put_text(j, "sev_deg", sev_deg);
    stl_flow_put_money(j, "vola_amt", f->vola_amt);
    put_serials(j, "lines", c, f->lines, f->n_lines);
    put_serials(j, "involved", c, f->involved, f->n_involved);
    stl_json_put_str(j, "evidence", f->evidence);
    stl_json_put_str(j, "basis", f->basis);
    stl_json_put_str(j, "fix", f->fix);
    stl_json_put_bool(j, "overridden", f->overridden);
    stl_json_put_text(j, "group", f->group);
    if (f->overridden)
        put_override(j, &f->override);
    stl_json_object_end(j);
}

void stl_flow_put_gap(stl_json *j, const stl_not_evaluated *gap, int32_t lang) {
    stl_json_object(j);
    stl_json_put_text(j, "rule_id", gap->rule_id);
    stl_json_put_text(j, "rule_name", stl_flow_rule_name(gap->rule_id, lang));
    stl_json_put_str(j, "missing", gap->missing);
    stl_json_put_int(j, "lines", (int64_t)gap->lines);
    stl_json_object_end(j);
}

static void put_shadow(stl_json *j, const stl_verdict *v) {
    stl_json_key(j, "shadow");
    stl_json_array(j);
    for (size_t i = 0; i < v->n_shadow; i++) {
        stl_json_object(j);
        stl_json_put_text(j, "rule_id", v->shadow[i].rule_id);
        stl_json_put_str(j, "rule_name", v->shadow[i].rule_name);
        stl_json_put_int(j, "count", (int64_t)v->shadow[i].count);
        stl_json_put_int(j, "lines", (int64_t)v->shadow[i].lines);
        stl_flow_put_money(j, "vola_amt", v->shadow[i].vola_amt);
        stl_json_object_end(j);
    }
    stl_json_array_end(j);
}

static void put_findings(stl_json *j, const stl_case *c, const stl_verdict *v) {
    stl_json_key(j, "findings");
    stl_json_array(j);
    for (size_t i = 0; i < v->n_findings; i++)
        stl_flow_put_finding(j, c, &v->findings[i]);
    stl_json_array_end(j);
    stl_json_key(j, "not_evaluated");
    stl_json_array(j);
    for (size_t i = 0; i < v->n_gaps; i++)
        stl_flow_put_gap(j, &v->gaps[i], c->lang);
    stl_json_array_end(j);
}

void stl_flow_put_setlinfo(stl_json *j, const stl_setlinfo *s) {
    stl_json_object(j);
    stl_flow_put_money(j, "medfee_sumamt", s->medfee_sumamt);
    stl_flow_put_money(j, "fulamt_ownpay_amt", s->fulamt_ownpay_amt);
    stl_flow_put_money(j, "overlmt_selfpay", s->overlmt_selfpay);
    stl_flow_put_money(j, "preselfpay_amt", s->preselfpay_amt);
    stl_flow_put_money(j, "inscp_scp_amt", s->inscp_scp_amt);
    stl_flow_put_money(j, "act_pay_dedc", s->act_pay_dedc);
    stl_flow_put_money(j, "hifp_pay", s->hifp_pay);
    stl_flow_put_money(j, "cvlserv_pay", s->cvlserv_pay);
    stl_flow_put_money(j, "hifes_pay", s->hifes_pay);
    stl_flow_put_money(j, "hifmi_pay", s->hifmi_pay);
    stl_flow_put_money(j, "hifob_pay", s->hifob_pay);
    stl_flow_put_money(j, "maf_pay", s->maf_pay);
    stl_flow_put_money(j, "oth_pay", s->oth_pay);
    stl_flow_put_money(j, "fund_pay_sumamt", s->fund_pay_sumamt);
    stl_flow_put_money(j, "psn_part_amt", s->psn_part_amt);
    stl_flow_put_money(j, "acct_pay", s->acct_pay);
    stl_flow_put_money(j, "acct_mulaid_pay", s->acct_mulaid_pay);
    stl_flow_put_money(j, "psn_cash_pay", s->psn_cash_pay);
    stl_flow_put_money(j, "hosp_part_amt", s->hosp_part_amt);
    stl_flow_put_money(j, "balc", s->balc);
    stl_json_object_end(j);
}

static void put_details(stl_json *j, const stl_settlement *s) {
    stl_json_key(j, "setldetail");
    stl_json_array(j);
    for (size_t i = 0; i < s->n_details; i++) {
        const stl_setldetail *d = &s->details[i];
        stl_json_object(j);
        stl_json_put_str(j, "layer", d->layer);
        stl_json_put_str(j, "layer_name", d->layer_name);
        stl_json_put_str(j, "fund_pay_type", d->fund_pay_type);
        stl_flow_put_money(j, "inscp_scp_amt", d->inscp_scp_amt);
        stl_flow_put_money(j, "fund_payamt", d->fund_payamt);
        stl_json_put_str(j, "setl_proc_info", d->setl_proc_info);
        stl_json_object_end(j);
    }
    stl_json_array_end(j);
    stl_json_key(j, "accumulators");
    stl_json_array(j);
    for (size_t i = 0; i < s->n_accs; i++) {
        stl_json_object(j);
        stl_json_put_str(j, "year", s->accs[i].year);
        stl_json_put_str(j, "kind", s->accs[i].kind);
        stl_flow_put_money(j, "value", s->accs[i].value);
        stl_json_object_end(j);
    }
    stl_json_array_end(j);
}

static void put_lines(stl_json *j, const stl_case *c, const stl_settlement *s) {
    stl_json_key(j, "lines");
    stl_json_array(j);
    for (size_t i = 0; i < s->n_lines; i++) {
        if (!stl_settlement_is_new(s, i))
            continue;
        const stl_line_amounts *a = &s->lines[i];
        const stl_charge *charge = stl_case_charge(c, i);
        stl_json_object(j);
        stl_json_put_str(j, "feedetl_sn", charge->feedetl_sn);
        stl_json_put_str(j, "medins_list_codg", charge->medins_list_codg);
        stl_json_put_str(j, "med_list_codg", c->lines[i].med_list_codg);
        stl_flow_put_money(j, "det_item_fee_sumamt", a->det_item_fee_sumamt);
        stl_json_put_decimal(j, "pric_uplmt_amt", a->pric_uplmt_amt, STL_SCALE_PRICE);
        stl_json_put_decimal(j, "selfpay_prop", a->selfpay_prop, STL_SCALE_RATIO);
        stl_flow_put_money(j, "fulamt_ownpay_amt", a->fulamt_ownpay_amt);
        stl_flow_put_money(j, "overlmt_amt", a->overlmt_amt);
        stl_flow_put_money(j, "preselfpay_amt", a->preselfpay_amt);
        stl_flow_put_money(j, "inscp_scp_amt", a->inscp_scp_amt);
        stl_json_put_str(j, "chrgitm_lv", a->chrgitm_lv);
        stl_json_object_end(j);
    }
    stl_json_array_end(j);
}

void stl_flow_result_head(stl_json *j, const stl_judgement *judgement) {
    const stl_region *region = judgement->c.region;
    stl_json_put_str(j, "mdtrt_id", judgement->c.stay->head.mdtrt_id);
    stl_json_key(j, "pack");
    stl_json_object(j);
    stl_json_put_text(j, "id", region->id);
    stl_json_put_text(j, "version", region->version);
    stl_json_put_text(j, "digest", region->digest);
    stl_json_object_end(j);
}

/* As of the last day of service. */
static void put_base_data(stl_json *j, const stl_case *c) {
    stl_day last = c->n_lines == 0 ? STL_NONE : c->lines[c->by_time[c->n_lines - 1]].day;
    stl_flow_put_base_data(j, c->region, last, c->lang);
}

static void put_method(stl_json *j, const stl_settlement *s) {
    stl_json_key(j, "payment_method");
    if (stl_str_empty(s->method.id)) {
        stl_json_null(j);
    } else {
        stl_json_object(j);
        stl_json_put_str(j, "id", s->method.id);
        stl_json_put_str(j, "name", s->method.name);
        stl_json_put_str(j, "code", s->method.code);
        stl_flow_put_money(j, "standard", s->method.standard);
        stl_flow_put_money(j, "hospital_balance", s->method.balance);
        stl_json_object_end(j);
    }
    stl_flow_put_money(j, "withheld", s->withheld);
    stl_flow_put_money(j, "later_reimbursement", s->later);
}

static void put_settled(stl_json *j, const stl_settlement *s) {
    stl_json_put_text(j, "mid_setl_flag", s->interim ? "1" : "0");
    stl_json_key(j, "settled_before");
    if (s->settled == NULL) {
        stl_json_null(j);
        return;
    }
    stl_json_object(j);
    stl_json_put_int(j, "settlements", (int64_t)s->settled->n_parts);
    stl_json_put_str(j, "msgids", s->settled->msgids);
    stl_json_put_int(j, "lines", (int64_t)s->settled->n_lines);
    stl_flow_put_money(j, "medfee_sumamt", s->settled->info.medfee_sumamt);
    stl_flow_put_money(j, "fund_pay_sumamt", s->settled->info.fund_pay_sumamt);
    stl_flow_put_money(j, "psn_part_amt", s->settled->info.psn_part_amt);
    stl_flow_put_money(j, "acct_pay", s->settled->info.acct_pay);
    stl_flow_put_money(j, "psn_cash_pay", s->settled->info.psn_cash_pay);
    stl_json_object_end(j);
}

static void put_payment(stl_json *j, const stl_judgement *judgement) {
    const stl_settlement *s = &judgement->settlement;
    stl_json_key(j, "setlinfo");
    if (s->evaluated)
        stl_flow_put_setlinfo(j, &s->info);
    else
        stl_json_null(j);
    put_settled(j, s);
    put_details(j, s);
    put_method(j, s);
    stl_flow_put_desk(j, judgement);
    put_lines(j, &judgement->c, s);
}

void stl_flow_result(stl_json *j, const stl_judgement *judgement, unsigned parts) {
    if (parts & STL_RESULT_FINDINGS)
        put_findings(j, &judgement->c, &judgement->verdict);
    if (parts & STL_RESULT_AMOUNTS)
        put_payment(j, judgement);
    if (parts & STL_RESULT_FINDINGS)
        put_shadow(j, &judgement->verdict);
    if (parts & STL_RESULT_FINDINGS)
        put_base_data(j, &judgement->c);
}
