/* SPDX-License-Identifier: Apache-2.0 */
/* One payer layer after the other: base, deductible, bands, ceiling, payment. */
#include "benefit/layer_parts.h"

static stl_money *fund_field(stl_setlinfo *info, stl_str name) {
    const struct {
        const char *name;
        stl_money *at;
    } fields[] = {
        {"hifp_pay", &info->hifp_pay},   {"cvlserv_pay", &info->cvlserv_pay},
        {"hifes_pay", &info->hifes_pay}, {"hifmi_pay", &info->hifmi_pay},
        {"hifob_pay", &info->hifob_pay}, {"maf_pay", &info->maf_pay},
    };
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        if (stl_str_is(name, fields[i].name))
            return fields[i].at;
    return &info->oth_pay;
}

/* One who pays: its amounts, and the steps so far as text. */
static settle_status add_detail(stl_benefit *b, stl_setldetail who, stl_str field, stl_error *err) {
    stl_settlement *out = b->out;
    void *items = out->details;
    stl_setldetail *detail =
        stl_arena_push(b->c->arena, &items, &out->n_details, &out->cap_details, sizeof *detail);
    TRY_ALLOC(err, detail);
    out->details = items;
    who.setl_proc_info = stl_arena_str(b->c->arena, (stl_str){b->proc_info, b->proc_len});
    TRY_ALLOC(err, who.setl_proc_info.ptr);
    *detail = who;
    *fund_field(&out->info, field) += who.fund_payamt;
    out->info.fund_pay_sumamt += who.fund_payamt;
    return SETTLE_OK;
}

static settle_status pay_layer(stl_benefit *b, const stl_layer *l, stl_error *err) {
    stl_layer_span s = {.whole = b->whole[l - b->policy->layers]};
    b->layer = l->id;
    b->proc_len = 0;
    TRY(stl_layer_base_of(b, l, &s, err));
    TRY(stl_layer_deductible(b, l, &s, err));
    TRY(stl_layer_growth(b, l, &s, err));
    TRY(stl_layer_payment(b, l, &s, err));
    char text[STL_NUMBER_TEXT];
    TRY(stl_benefit_step(b, STL_STEP_SHARE, 0, stl_layer_yuan(s.pay, text), STL_NONE,
                         s.pay * STL_FEN, l->basis, err));
    if (b->n_applied++ == 0)
        b->out->info.act_pay_dedc = s.dedc;
    b->pending_whole -= s.whole;
    b->dedc_borne += l->dedc_yearly ? 0 : s.dedc;
    const stl_setldetail who = {.layer = l->id,
                                .fund_pay_type = l->fund_pay_type,
                                .inscp_scp_amt = s.base + s.whole,
                                .fund_payamt = s.pay,
                                .layer_name = l->name};
    return add_detail(b, who, l->setl_field, err);
}

/* What each of the others bears of all lists and bands. */
static settle_status pay_payer(stl_benefit *b, size_t number, stl_error *err) {
    const stl_payer *payer = &b->policy->payers[number - 1];
    b->layer = payer->id;
    b->proc_len = 0;
    TRY(stl_benefit_step(b, STL_STEP_SHARE, 0, b->payer_terms[number], STL_NONE,
                         b->payers[number] * STL_FEN, payer->basis, err));
    const stl_setldetail who = {.layer = payer->id,
                                .fund_pay_type = payer->fund_pay_type,
                                .inscp_scp_amt = b->out->info.inscp_scp_amt,
                                .fund_payamt = b->payers[number],
                                .layer_name = payer->name};
    return add_detail(b, who, payer->setl_field, err);
}

stl_day stl_benefit_months_after(stl_day begun, int64_t months) {
    stl_civil c = stl_civil_of(begun * STL_DAY_SECONDS);
    int64_t month = c.month - 1 + months;
    int year = c.year + (int)(month / 12), next = (int)((month + 1) / 12) + c.year;
    stl_day first = stl_day_of(year, (int)(month % 12) + 1, 1);
    stl_day after = stl_day_of(next, (int)((month + 1) % 12) + 1, 1);
    return first + c.day - 1 < after ? first + c.day - 1 : after - 1;
}

static settle_status has_waited(stl_benefit *b, int64_t months, bool *out) {
    const stl_stay *stay = b->c->stay;
    const stl_entitlement *rows = stay->rows[STL_R_ENTITLEMENT].items;
    *out = months == 0;
    if (*out)
        return SETTLE_OK;
    bool known = false;
    for (size_t i = 0; i < stay->rows[STL_R_ENTITLEMENT].count; i++) {
        const stl_entitlement *row = &rows[i];
        if (!stl_str_eq(row->psn_no, stay->head.psn_no) ||
            !stl_str_eq(row->insutype, stay->head.insutype) || row->begndate == STL_NONE ||
            row->begndate > b->rule_day || (row->enddate != STL_NONE && row->enddate < b->rule_day))
            continue;
        known = true;
        *out = *out || stl_benefit_months_after(row->begndate, months) <= b->rule_day;
    }
    return known ? SETTLE_OK
                 : stl_benefit_gap(b, "待遇起始日期（%s）", "begin of the entitlement (%s)",
                                   "entitlements", 0);
}

static settle_status pays_stay(stl_benefit *b, const stl_layer *l, bool *out) {
    size_t row;
    TRY(stl_benefit_first(b, l->fors, sizeof *l->fors, l->n_fors, &row));
    *out = l->n_fors == 0;
    return row < l->n_fors ? has_waited(b, l->fors[row].waiting_months, out) : SETTLE_OK;
}

settle_status stl_benefit_layers_begin(stl_benefit *b, stl_error *err) {
    size_t n = b->policy->n_layers + 1, applied = 0;
    b->applies = stl_arena_alloc(b->c->arena, n * sizeof *b->applies);
    b->whole = stl_arena_alloc(b->c->arena, n * sizeof *b->whole);
    b->below = stl_arena_alloc(b->c->arena, n * sizeof *b->below);
    b->cut = stl_arena_alloc(b->c->arena, n * sizeof *b->cut);
    TRY_ALLOC(err, b->applies);
    TRY_ALLOC(err, b->whole);
    TRY_ALLOC(err, b->below);
    TRY_ALLOC(err, b->cut);
    for (size_t i = 0; i < b->policy->n_layers; i++) {
        const stl_layer *l = &b->policy->layers[i];
        bool pays = false;
        TRY(pays_stay(b, l, &pays));
        b->applies[i] = pays && (applied > 0 || !l->needs_payer);
        applied += b->applies[i];
    }
    return SETTLE_OK;
}

/* A layer for stays below the deductible of another pays no others. */
static bool is_due(const stl_benefit *b, const stl_layer *l) {
    const stl_layer *layers = b->policy->layers;
    for (size_t i = 0; i < b->policy->n_layers && !stl_str_empty(l->below_dedc_of); i++)
        if (stl_str_eq(layers[i].id, l->below_dedc_of))
            return b->applies[i] && b->below[i];
    return true;
}

settle_status stl_benefit_layers(stl_benefit *b, stl_error *err) {
    for (size_t i = 0; i < b->policy->n_layers; i++)
        if (b->applies[i] && is_due(b, &b->policy->layers[i]))
            TRY(pay_layer(b, &b->policy->layers[i], err));
    for (size_t i = 1; i <= b->policy->n_payers; i++)
        if (b->payers[i] > 0)
            TRY(pay_payer(b, i, err));
    b->out->info.hosp_part_amt = b->payers[STL_PAYER_HOSPITAL];
    return SETTLE_OK;
}
