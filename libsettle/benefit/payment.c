/* SPDX-License-Identifier: Apache-2.0 */
/* What a layer pays in the end: rounded, cut at its ceiling and at the cost. */
#include "benefit/layer_parts.h"

/* exact = fen x 10000; at most the base, so it fits when split */
static settle_status rounded(const stl_benefit *b, stl_wide exact, stl_money *out, stl_error *err) {
    stl_wide fen = exact / STL_FEN;
    stl_money rest;
    if (stl_decimal_mul_div((int64_t)(exact % STL_FEN), 1, STL_RATIO_ONE, b->policy->rounding,
                            &rest) != SETTLE_OK)
        return FAIL(err, SETTLE_E_OVERFLOW, .field = "fund_payamt");
    if (b->policy->rounding == STL_ROUND_HALF_EVEN && exact % STL_FEN == STL_FEN / 2)
        rest = (stl_money)(fen % 2);
    *out = (stl_money)fen + rest;
    return SETTLE_OK;
}

/* What the layer pays that takes the rest: what is covered, less what the patient and others bear.
 */
static settle_status take_rest(stl_benefit *b, stl_layer_span *s, stl_wide others, stl_money given,
                               stl_error *err) {
    stl_money covered = s->to - s->from, personal;
    TRY(rounded(b, (stl_wide)covered * STL_FEN - s->exact - others, &personal, err));
    s->pay = stl_greater(covered - personal - given, 0);
    char text[STL_TERMS_MAX + 200], all[STL_NUMBER_TEXT], part[STL_DECIMAL_TEXT_MAX],
        borne[STL_NUMBER_TEXT];
    stl_layer_yuan(covered, all);
    stl_benefit_exact(others, part);
    snprintf(text, sizeof text, "%s - round(%s - (%s) - %s) - %s", all, all, s->terms, part,
             stl_layer_yuan(given, borne));
    return stl_benefit_step(b, STL_STEP_SUM, 0, text, STL_NONE, s->pay * STL_FEN,
                            b->policy->rounding_basis, err);
}

/* Shares of the others, then the layer's: its own rounding, or what the patient's leaves. */
static settle_status round_shares(stl_benefit *b, stl_layer_span *s, stl_error *err) {
    stl_wide others = 0;
    stl_money given = 0;
    for (size_t i = 0; i < STL_PAYERS_MAX; i++) {
        TRY(rounded(b, s->exact_of[i], &s->pay_of[i], err));
        others += s->exact_of[i];
        given += s->pay_of[i];
    }
    if (b->policy->payer_takes_rest && s->to > s->from)
        return take_rest(b, s, others, given, err);
    TRY(rounded(b, s->exact, &s->pay, err));
    if (s->n_terms < 2 && s->exact % STL_FEN == 0)
        return SETTLE_OK;
    return stl_benefit_step(b, STL_STEP_SUM, 0, s->terms, STL_NONE, s->pay * STL_FEN,
                            b->policy->rounding_basis, err);
}

static settle_status add_whole(stl_benefit *b, const stl_layer *l, stl_layer_span *s,
                               stl_error *err) {
    if (s->whole == 0)
        return SETTLE_OK;
    char text[80], share[STL_NUMBER_TEXT], whole[STL_NUMBER_TEXT];
    snprintf(text, sizeof text, "%s + %s", stl_layer_yuan(s->pay, share),
             stl_layer_yuan(s->whole, whole));
    s->pay += s->whole;
    return stl_benefit_step(b, STL_STEP_WHOLE, 0, text, STL_NONE, s->pay * STL_FEN, l->basis, err);
}

static settle_status cap_position(stl_benefit *b, const stl_layer *l, stl_money ceiling,
                                  stl_str basis, stl_layer_span *s, stl_error *err) {
    if (l->ceiling != STL_CEILING_POSITION || s->to <= ceiling)
        return SETTLE_OK;
    char text[80], after[STL_NUMBER_TEXT], limit[STL_NUMBER_TEXT];
    snprintf(text, sizeof text, "min(%s, %s)", stl_layer_yuan(s->after, after),
             stl_layer_yuan(ceiling, limit));
    s->to = ceiling;
    s->from = stl_lesser(s->from, s->to);
    return stl_benefit_step(b, STL_STEP_CEILING, 0, text, STL_NONE, ceiling * STL_FEN, basis, err);
}

static settle_status cap_payments(stl_benefit *b, const stl_layer *l, stl_money ceiling,
                                  stl_str basis, stl_money before, stl_money *pay, stl_error *err) {
    bool alone = before == STL_NONE || l->ceiling_per == STL_PER_STAY;
    stl_money room = stl_greater(ceiling - (alone ? 0 : before), 0);
    if (l->ceiling != STL_CEILING_PAYMENTS || *pay <= room)
        return SETTLE_OK;
    char text[120], wanted[STL_NUMBER_TEXT], all[STL_NUMBER_TEXT], done[STL_NUMBER_TEXT];
    snprintf(text, sizeof text, "min(%s, %s - %s)", stl_layer_yuan(*pay, wanted),
             stl_layer_yuan(ceiling, all), stl_layer_yuan(ceiling - room, done));
    b->cut[l - b->policy->layers] = *pay - room;
    *pay = room;
    return stl_benefit_step(b, STL_STEP_CEILING, 0, text, STL_NONE, room * STL_FEN, basis, err);
}

/* Payers never add up to more than the cost (V28). */
static settle_status cap_cost(stl_benefit *b, stl_money *pay, stl_error *err) {
    stl_money left = stl_benefit_left(b);
    if (*pay <= left)
        return SETTLE_OK;
    char text[80], wanted[STL_NUMBER_TEXT], rest[STL_NUMBER_TEXT];
    snprintf(text, sizeof text, "min(%s, %s)", stl_layer_yuan(*pay, wanted),
             stl_layer_yuan(left, rest));
    *pay = left;
    return stl_benefit_step(b, STL_STEP_LEFT, 0, text, STL_NONE, left * STL_FEN, STL_STR("V28"),
                            err);
}

static settle_status pay_others(stl_benefit *b, stl_layer_span *s, stl_error *err) {
    for (size_t i = 0; i < STL_PAYERS_MAX; i++) {
        if (s->pay_of[i] == 0)
            continue;
        TRY(cap_cost(b, &s->pay_of[i], err));
        char value[STL_NUMBER_TEXT];
        stl_layer_term(b->payer_terms[i], sizeof b->payer_terms[i], " + ",
                       stl_layer_yuan(s->pay_of[i], value), false);
        b->payers[i] += s->pay_of[i];
        b->paid += s->pay_of[i];
    }
    return SETTLE_OK;
}

/* A ceiling of a day counts what was paid on that day. */
static stl_str counting_year(const stl_benefit *b, const stl_layer *l) {
    return l->ceiling_per == STL_PER_DAY ? b->rule_text : b->year;
}

static settle_status paid_before(stl_benefit *b, const stl_layer *l, stl_money *before) {
    *before = STL_NONE;
    if (stl_str_empty(l->acc_pay))
        return SETTLE_OK;
    stl_str year = b->year;
    b->year = counting_year(b, l);
    bool needed = l->ceiling == STL_CEILING_PAYMENTS && l->ceiling_per != STL_PER_STAY;
    settle_status status = stl_benefit_accumulator(b, l->acc_pay, needed, before);
    b->year = year;
    return status;
}

static settle_status find_ceiling(stl_benefit *b, const stl_layer *l, const stl_layer_span *s,
                                  stl_money *ceiling, stl_str *basis, stl_error *err) {
    bool any;
    *ceiling = STL_DECIMAL_MAX;
    TRY(stl_layer_amount(b, STL_STEP_CEILING, l->ceilings, l->n_ceilings, &any, ceiling, basis,
                         err));
    if (!any || !l->growth.on_ceiling || s->growth == 0)
        return SETTLE_OK;
    stl_money more;
    char text[STL_NUMBER_TEXT];
    if (stl_decimal_mul_div(*ceiling, STL_RATIO_ONE + s->growth, STL_RATIO_ONE, b->policy->rounding,
                            &more) != SETTLE_OK)
        return FAIL(err, SETTLE_E_OVERFLOW, .field = "ceiling");
    TRY(stl_benefit_step(b, STL_STEP_CEILING, 0, stl_layer_yuan(*ceiling, text),
                         STL_RATIO_ONE + s->growth, more * STL_FEN, l->growth.basis, err));
    *ceiling = more;
    return SETTLE_OK;
}

settle_status stl_layer_payment(stl_benefit *b, const stl_layer *l, stl_layer_span *s,
                                stl_error *err) {
    stl_money ceiling, before;
    stl_str basis = l->basis;
    TRY(find_ceiling(b, l, s, &ceiling, &basis, err));
    TRY(paid_before(b, l, &before));
    TRY(cap_position(b, l, ceiling, basis, s, err));
    TRY(stl_layer_bands(b, l, s, err));
    TRY(round_shares(b, s, err));
    TRY(add_whole(b, l, s, err));
    TRY(cap_payments(b, l, ceiling, basis, before, &s->pay, err));
    TRY(cap_cost(b, &s->pay, err));
    if (l->deferred) {
        char text[STL_NUMBER_TEXT];
        stl_layer_yuan(s->pay, text);
        s->pay = 0;
        TRY(stl_benefit_step(b, STL_STEP_DEFERRED, 0, text, STL_NONE, 0, l->basis, err));
    }
    b->paid += s->pay;
    TRY(pay_others(b, s, err));
    stl_str year = b->year;
    b->year = counting_year(b, l);
    settle_status status = stl_benefit_accumulate(b, l->acc_pay, before, s->pay, err);
    b->year = year;
    return status;
}
