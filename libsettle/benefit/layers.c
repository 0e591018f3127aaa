/* SPDX-License-Identifier: Apache-2.0 */
/* One payer layer after the other: deductible, bands, ceiling, payment. */
#include "benefit/parts.h"

#include <stdio.h>

typedef __int128 wide;

/* Costs of the year as positions: before this stay, after it, and what of it the bands pay on. */
typedef struct span {
    stl_money base, before, after;
    stl_money dedc_line; /* position of the yearly deductible, 0 for one by stay */
    stl_money dedc;      /* of it borne in this stay */
    stl_money from, to;
    char terms[400]; /* what the bands pay, as a sum */
    int n_terms;
} span;

enum { NUMBER_TEXT = STL_DECIMAL_TEXT_MAX };

static const char *yuan(stl_money value, char room[static NUMBER_TEXT]) {
    stl_decimal_format(value, STL_SCALE_MONEY, room);
    return room;
}

static stl_money lesser(stl_money a, stl_money b) {
    return a < b ? a : b;
}

static stl_money greater(stl_money a, stl_money b) {
    return a > b ? a : b;
}

/* Appends " + 12.00"; nothing for nothing. */
static void add_term(char *text, size_t cap, const char *sign, const char *value, bool nothing) {
    size_t len = strlen(text);
    if (!nothing)
        snprintf(text + len, cap - len, "%s%s", len == 0 ? "" : sign, value);
}

static settle_status find_base(stl_benefit *b, const stl_layer *l, span *s, stl_error *err) {
    const stl_setlinfo *info = &b->out->info;
    bool personal = l->base == STL_BASE_SCOPE_PERSONAL;
    const struct {
        const char *sign;
        stl_money value;
    } terms[] = {
        {" + ", info->inscp_scp_amt},
        {" + ", personal && l->scope_counts_prepay ? info->preselfpay_amt : 0},
        {" + ", personal && l->scope_counts_overlmt ? info->overlmt_selfpay : 0},
        {" - ", personal ? b->paid : 0},
        {" - ", personal && !l->scope_counts_dedc ? b->dedc_borne : 0},
    };
    char text[200] = "", value[NUMBER_TEXT];
    wide sum = 0;
    for (size_t i = 0; i < sizeof terms / sizeof terms[0]; i++) {
        sum += terms[i].sign[1] == '-' ? -(wide)terms[i].value : terms[i].value;
        add_term(text, sizeof text, terms[i].sign, yuan(terms[i].value, value),
                 i > 0 && terms[i].value == 0);
    }
    s->base = sum < 0 ? 0 : (stl_money)sum;
    return stl_benefit_step(b, STL_STEP_BASE, 0, text, STL_NONE, s->base * STL_FEN, l->base_basis,
                            err);
}

static settle_status find_position(stl_benefit *b, const stl_layer *l, span *s, stl_error *err) {
    bool needed = l->n_bands > 1 || l->dedc_yearly || l->ceiling == STL_CEILING_POSITION;
    stl_money known = STL_NONE;
    if (!stl_str_empty(l->acc_base))
        TRY(stl_benefit_accumulator(b, l->acc_base, needed, &known));
    s->before = known == STL_NONE ? 0 : known;
    if (stl_decimal_add(s->before, s->base, &s->after) != SETTLE_OK)
        return FAIL(err, SETTLE_E_OVERFLOW, .field = "accumulators");
    TRY(stl_benefit_accumulate(b, l->acc_base, known, s->base, err));
    if (!needed)
        return SETTLE_OK;
    char before[NUMBER_TEXT], base[NUMBER_TEXT], text[80];
    snprintf(text, sizeof text, "%s + %s", yuan(s->before, before), yuan(s->base, base));
    return stl_benefit_step(b, STL_STEP_POSITION, 0, text, STL_NONE, s->after * STL_FEN,
                            l->bands_basis, err);
}

/* Count of this stay in the year, 1 the first. */
static settle_status find_ordinal(stl_benefit *b, const stl_layer *l, int64_t *out,
                                  stl_error *err) {
    stl_money count;
    TRY(stl_benefit_accumulator(b, l->acc_count, true, &count));
    *out = count == STL_NONE ? 1 : count / 100 + 1;
    for (size_t i = 0; i < b->out->n_accs; i++)
        if (stl_str_eq(b->out->accs[i].kind, l->acc_count))
            return SETTLE_OK; /* a layer before has counted the stay */
    return stl_benefit_accumulate(b, l->acc_count, count, 100, err);
}

static settle_status find_dedc_amount(stl_benefit *b, const stl_layer *l, stl_money *amount,
                                      stl_ratio *ratio, stl_str *basis, stl_error *err) {
    size_t row;
    *amount = 0;
    *ratio = STL_NONE;
    TRY(stl_benefit_first(b, l->dedc, sizeof *l->dedc, l->n_dedc, &row));
    if (row < l->n_dedc) {
        *amount = l->dedc[row].amount;
        *basis = l->dedc[row].basis;
    }
    if (l->dedc_repeat_from == 0)
        return SETTLE_OK;
    int64_t ordinal;
    TRY(find_ordinal(b, l, &ordinal, err));
    if (ordinal >= l->dedc_repeat_from) {
        *ratio = l->dedc_repeat_ratio;
        *basis = l->dedc_repeat_basis;
    }
    return SETTLE_OK;
}

static settle_status find_deductible(stl_benefit *b, const stl_layer *l, span *s, stl_error *err) {
    s->from = s->before;
    s->to = s->after;
    if (l->n_dedc == 0)
        return SETTLE_OK;
    stl_money full, amount;
    stl_ratio ratio;
    stl_str basis = l->basis;
    TRY(find_dedc_amount(b, l, &full, &ratio, &basis, err));
    amount = full;
    if (ratio != STL_NONE && stl_money_part(full, ratio, b->policy->rounding, &amount) != SETTLE_OK)
        return FAIL(err, SETTLE_E_OVERFLOW, .field = "act_pay_dedc");
    s->dedc_line = l->dedc_yearly ? amount : 0;
    if (l->dedc_yearly)
        s->from = lesser(greater(s->before, amount), s->after);
    else
        s->from = s->before + lesser(amount, s->base);
    s->dedc = s->from - s->before;
    char text[NUMBER_TEXT];
    TRY(stl_benefit_step(b, STL_STEP_DEDC, 0, yuan(full, text), ratio, amount * STL_FEN, basis,
                         err));
    stl_money known = STL_NONE;
    if (!stl_str_empty(l->acc_dedc))
        TRY(stl_benefit_accumulator(b, l->acc_dedc, false, &known));
    return stl_benefit_accumulate(b, l->acc_dedc, known, s->dedc, err);
}

static settle_status cap_position(stl_benefit *b, const stl_layer *l, stl_money ceiling,
                                  stl_str basis, span *s, stl_error *err) {
    if (l->ceiling != STL_CEILING_POSITION || s->to <= ceiling)
        return SETTLE_OK;
    char text[NUMBER_TEXT];
    s->to = ceiling;
    s->from = lesser(s->from, s->to);
    return stl_benefit_step(b, STL_STEP_CEILING, 0, yuan(s->after, text), STL_NONE,
                            ceiling * STL_FEN, basis, err);
}

static settle_status find_ratio(stl_benefit *b, const stl_layer *l, const stl_band *band,
                                stl_ratio *ratio, stl_str *basis) {
    size_t row, adjust;
    *ratio = 0;
    TRY(stl_benefit_first(b, band->ratios, sizeof *band->ratios, band->n_ratios, &row));
    if (row < band->n_ratios) {
        *ratio = band->ratios[row].ratio;
        *basis = band->ratios[row].basis;
    }
    TRY(stl_benefit_first(b, l->adjusts, sizeof *l->adjusts, l->n_adjusts, &adjust));
    if (adjust < l->n_adjusts && l->adjusts[adjust].ratio != 0) {
        *ratio += l->adjusts[adjust].ratio;
        *basis = l->adjusts[adjust].basis;
    }
    return SETTLE_OK;
}

/* Sum of cost x ratio over the bands that the span touches, exact. */
static settle_status pay_bands(stl_benefit *b, const stl_layer *l, span *s, wide *out,
                               stl_error *err) {
    stl_money offset = l->bands_on == STL_BAND_EXCESS ? s->dedc_line : 0;
    stl_money from = s->from - offset, to = s->to - offset, low = 0;
    *out = 0;
    for (size_t i = 0; i < l->n_bands && from < to; i++) {
        const stl_band *band = &l->bands[i];
        stl_money begin = greater(from, low);
        stl_money end = band->upto == STL_NONE ? to : lesser(to, band->upto);
        low = band->upto;
        if (begin >= end)
            continue;
        stl_ratio ratio;
        stl_str basis = l->bands_basis;
        TRY(find_ratio(b, l, band, &ratio, &basis));
        wide part = (wide)(end - begin) * ratio;
        char high[NUMBER_TEXT], start[NUMBER_TEXT], text[80];
        snprintf(text, sizeof text, "(%s - %s)", yuan(end, high), yuan(begin, start));
        TRY(stl_benefit_step(b, STL_STEP_BAND, (int)i + 1, text, ratio, part, basis, err));
        *out += part;
        stl_benefit_exact(part, start);
        add_term(s->terms, sizeof s->terms, " + ", start, false);
        s->n_terms++;
    }
    return SETTLE_OK;
}

static settle_status round_share(stl_benefit *b, const span *s, wide exact, stl_money *out,
                                 stl_error *err) {
    /* exact = fen x 10000; at most the base, so it fits when split */
    wide fen = exact / STL_FEN;
    stl_money rest;
    if (stl_decimal_mul_div((int64_t)(exact % STL_FEN), 1, STL_RATIO_ONE, b->policy->rounding,
                            &rest) != SETTLE_OK)
        return FAIL(err, SETTLE_E_OVERFLOW, .field = "fund_payamt");
    if (b->policy->rounding == STL_ROUND_HALF_EVEN && exact % STL_FEN == STL_FEN / 2)
        rest = (stl_money)(fen % 2);
    *out = (stl_money)fen + rest;
    if (s->n_terms < 2 && exact % STL_FEN == 0)
        return SETTLE_OK;
    return stl_benefit_step(b, STL_STEP_SUM, 0, s->terms, STL_NONE, *out * STL_FEN,
                            b->policy->rounding_basis, err);
}

static settle_status cap_payments(stl_benefit *b, const stl_layer *l, stl_money ceiling,
                                  stl_str basis, stl_money before, stl_money *pay, stl_error *err) {
    stl_money room = greater(ceiling - (before == STL_NONE ? 0 : before), 0);
    if (l->ceiling != STL_CEILING_PAYMENTS || *pay <= room)
        return SETTLE_OK;
    char text[80], all[NUMBER_TEXT], done[NUMBER_TEXT];
    snprintf(text, sizeof text, "%s - %s", yuan(ceiling, all), yuan(ceiling - room, done));
    *pay = room;
    return stl_benefit_step(b, STL_STEP_CEILING, 0, text, STL_NONE, room * STL_FEN, basis, err);
}

/* Payers never add up to more than the cost (V28). */
static settle_status cap_cost(stl_benefit *b, stl_money *pay, stl_error *err) {
    stl_money left = b->out->info.medfee_sumamt - b->paid;
    if (*pay <= left)
        return SETTLE_OK;
    char text[NUMBER_TEXT];
    yuan(*pay, text);
    *pay = left;
    return stl_benefit_step(b, STL_STEP_LEFT, 0, text, STL_NONE, left * STL_FEN, STL_STR("V28"),
                            err);
}

static settle_status find_payment(stl_benefit *b, const stl_layer *l, span *s, stl_money *pay,
                                  stl_error *err) {
    size_t row;
    stl_money ceiling = STL_DECIMAL_MAX, before = STL_NONE;
    stl_str basis = l->basis;
    TRY(stl_benefit_first(b, l->ceilings, sizeof *l->ceilings, l->n_ceilings, &row));
    if (row < l->n_ceilings) {
        ceiling = l->ceilings[row].amount;
        basis = l->ceilings[row].basis;
    }
    if (!stl_str_empty(l->acc_pay))
        TRY(stl_benefit_accumulator(b, l->acc_pay, l->ceiling == STL_CEILING_PAYMENTS, &before));
    wide exact;
    TRY(cap_position(b, l, ceiling, basis, s, err));
    TRY(pay_bands(b, l, s, &exact, err));
    TRY(round_share(b, s, exact, pay, err));
    TRY(cap_payments(b, l, ceiling, basis, before, pay, err));
    TRY(cap_cost(b, pay, err));
    if (l->deferred) {
        char text[NUMBER_TEXT];
        yuan(*pay, text);
        *pay = 0;
        TRY(stl_benefit_step(b, STL_STEP_DEFERRED, 0, text, STL_NONE, 0, l->basis, err));
    }
    return stl_benefit_accumulate(b, l->acc_pay, before, *pay, err);
}

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

static settle_status add_detail(stl_benefit *b, const stl_layer *l, stl_money base, stl_money pay,
                                stl_error *err) {
    stl_settlement *out = b->out;
    void *items = out->details;
    stl_setldetail *detail =
        stl_arena_push(b->c->arena, &items, &out->n_details, &out->cap_details, sizeof *detail);
    TRY_ALLOC(err, detail);
    out->details = items;
    stl_str text = stl_arena_str(b->c->arena, (stl_str){b->proc_info, b->proc_len});
    TRY_ALLOC(err, text.ptr);
    *detail = (stl_setldetail){l->id, l->fund_pay_type, base, pay, text, l->name};
    *fund_field(&out->info, l->setl_field) += pay;
    out->info.fund_pay_sumamt += pay;
    return SETTLE_OK;
}

static settle_status pay_layer(stl_benefit *b, const stl_layer *l, stl_error *err) {
    span s = {.base = 0};
    stl_money pay = 0;
    b->layer = l->id;
    b->proc_len = 0;
    TRY(find_base(b, l, &s, err));
    TRY(find_position(b, l, &s, err));
    TRY(find_deductible(b, l, &s, err));
    TRY(find_payment(b, l, &s, &pay, err));
    char text[NUMBER_TEXT];
    TRY(stl_benefit_step(b, STL_STEP_SHARE, 0, yuan(pay, text), STL_NONE, pay * STL_FEN, l->basis,
                         err));
    if (b->n_applied++ == 0)
        b->out->info.act_pay_dedc = s.dedc;
    b->dedc_borne += l->dedc_yearly ? 0 : s.dedc;
    b->paid += pay;
    return add_detail(b, l, s.base, pay, err);
}

settle_status stl_benefit_layers(stl_benefit *b, stl_error *err) {
    for (size_t i = 0; i < b->policy->n_layers; i++) {
        const stl_layer *l = &b->policy->layers[i];
        const char *missing;
        stl_holds holds = stl_benefit_holds(b, &l->when, &missing);
        if (holds == STL_HOLDS_UNKNOWN)
            TRY(stl_benefit_gap(b, "就诊字段 %s", "stay field %s", missing, 0));
        if (holds == STL_HOLDS && (b->n_applied > 0 || !l->needs_payer))
            TRY(pay_layer(b, l, err));
    }
    return SETTLE_OK;
}
