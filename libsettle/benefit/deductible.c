/* SPDX-License-Identifier: Apache-2.0 */
/* The deductible: full, repeated, credited, of the stay or of the year. */
#include "benefit/layer_parts.h"

/* Count of this stay in the year, 1 the first. */
static settle_status find_ordinal(stl_benefit *b, const stl_layer *l, int64_t *out) {
    stl_money count;
    TRY(stl_benefit_accumulator(b, l->acc_count, true, &count));
    *out = count == STL_NONE ? 1 : count / 100 + 1;
    return SETTLE_OK;
}

settle_status stl_layer_amount(stl_benefit *b, stl_step_name name, const stl_amount_row *rows,
                               size_t n, bool *any, stl_money *amount, stl_str *basis,
                               stl_error *err) {
    size_t row;
    TRY(stl_benefit_first(b, rows, sizeof *rows, n, &row));
    *any = row < n;
    if (row == n)
        return SETTLE_OK;
    *basis = rows[row].basis;
    stl_money value = rows[row].amount;
    *amount = 0;
    if (!stl_str_empty(rows[row].of))
        TRY(stl_benefit_accumulator(b, rows[row].of, true, &value));
    if (value == STL_NONE)
        return SETTLE_OK;
    if (stl_decimal_mul_div(value, rows[row].times, STL_RATIO_ONE, b->policy->rounding, amount) !=
        SETTLE_OK)
        return FAIL(err, SETTLE_E_OVERFLOW, .field = "amount");
    if (stl_str_empty(rows[row].of))
        return SETTLE_OK;
    char text[STL_NUMBER_TEXT];
    return stl_benefit_step(b, name, 0, stl_layer_yuan(value, text), rows[row].times,
                            *amount * STL_FEN, *basis, err);
}

/* The amount of the stay or of the year, before what was borne already. */
static settle_status find_amount(stl_benefit *b, const stl_layer *l, stl_money *amount,
                                 stl_error *err) {
    bool any;
    stl_money full = 0;
    stl_ratio ratio = STL_NONE;
    stl_str basis = l->basis;
    TRY(stl_layer_amount(b, STL_STEP_DEDC, l->dedc, l->n_dedc, &any, &full, &basis, err));
    *amount = full;
    int64_t ordinal = 0;
    if (l->dedc_repeat_from != 0)
        TRY(find_ordinal(b, l, &ordinal));
    if (l->dedc_repeat_from != 0 && ordinal >= l->dedc_repeat_from) {
        ratio = l->dedc_repeat_ratio;
        basis = l->dedc_repeat_basis;
        if (stl_money_part(full, ratio, b->policy->rounding, amount) != SETTLE_OK)
            return FAIL(err, SETTLE_E_OVERFLOW, .field = "act_pay_dedc");
    }
    char text[STL_NUMBER_TEXT];
    return stl_benefit_step(b, STL_STEP_DEDC, 0, stl_layer_yuan(full, text), ratio,
                            *amount * STL_FEN, basis, err);
}

static settle_status take_credit(stl_benefit *b, const stl_layer *l, stl_money *amount,
                                 stl_error *err) {
    size_t row;
    TRY(stl_benefit_first(b, &l->credit, sizeof l->credit, 1, &row));
    if (stl_str_empty(l->credit.counted_by) || row == 1)
        return SETTLE_OK;
    stl_money borne;
    TRY(stl_benefit_accumulator(b, l->credit.counted_by, true, &borne));
    if (borne == STL_NONE)
        return SETTLE_OK;
    char text[80], full[STL_NUMBER_TEXT], credit[STL_NUMBER_TEXT];
    snprintf(text, sizeof text, "%s - %s", stl_layer_yuan(*amount, full),
             stl_layer_yuan(stl_lesser(borne, *amount), credit));
    *amount -= stl_lesser(borne, *amount);
    return stl_benefit_step(b, STL_STEP_CREDIT, 0, text, STL_NONE, *amount * STL_FEN,
                            l->credit.basis, err);
}

/* --- counting admissions -----------------------------------------------------------------------
 */

/* Admission and discharge; a gap where one is missing. */
static settle_status find_stay(stl_benefit *b, bool *known) {
    const stl_admission *head = &b->c->stay->head;
    *known = head->begntime != STL_NONE && head->endtime != STL_NONE;
    if (*known)
        return SETTLE_OK;
    return stl_benefit_gap(b, "就诊字段 %s", "stay field %s",
                           head->begntime == STL_NONE ? "begntime" : "endtime", 0);
}

static settle_status row_counts(stl_benefit *b, const stl_count_row *row, bool below, bool *out) {
    const stl_admission *head = &b->c->stay->head;
    bool known = true;
    TRY(stl_benefit_asked(b, &row->when, out));
    *out = *out && (below || !row->below_deductible);
    if (*out && (row->hours_below != STL_NONE || row->crosses_year))
        TRY(find_stay(b, &known));
    if (!*out || !known)
        return SETTLE_OK;
    if (row->hours_below != STL_NONE)
        *out = head->endtime - head->begntime < row->hours_below * 3600;
    if (row->crosses_year)
        *out = *out && stl_benefit_year_of(b->policy, head->begntime) !=
                           stl_benefit_year_of(b->policy, head->endtime);
    return SETTLE_OK;
}

/* The stay is counted once, by the first layer that counts it. `below`: its deductible was not
 * reached. */
static settle_status count_stay(stl_benefit *b, const stl_layer *l, bool below, stl_error *err) {
    if (l->dedc_repeat_from == 0)
        return SETTLE_OK;
    for (size_t i = 0; i < b->out->n_accs; i++)
        if (stl_str_eq(b->out->accs[i].kind, l->acc_count))
            return SETTLE_OK;
    stl_ratio counts = STL_RATIO_ONE;
    bool found = false;
    for (size_t i = 0; i < l->n_counts && !found; i++) {
        TRY(row_counts(b, &l->counts[i], below, &found));
        counts = found ? l->counts[i].value : STL_RATIO_ONE;
    }
    stl_money before;
    TRY(stl_benefit_accumulator(b, l->acc_count, false, &before));
    return stl_benefit_accumulate(b, l->acc_count, before, counts * 100 / STL_RATIO_ONE, err);
}

settle_status stl_layer_deductible(stl_benefit *b, const stl_layer *l, stl_layer_span *s,
                                   stl_error *err) {
    s->from = s->before;
    s->to = s->after;
    if (l->n_dedc == 0)
        return SETTLE_OK;
    stl_money amount;
    TRY(find_amount(b, l, &amount, err));
    TRY(take_credit(b, l, &amount, err));
    bool below = !l->dedc_yearly && s->base < amount;
    b->below[l - b->policy->layers] = below;
    TRY(count_stay(b, l, below, err));
    s->dedc_line = l->dedc_yearly ? amount : 0;
    if (l->dedc_yearly)
        s->from = stl_lesser(stl_greater(s->before, amount), s->after);
    else
        s->from = s->before + stl_lesser(amount, s->base);
    s->dedc = s->from - s->before;
    stl_money known = STL_NONE;
    if (!stl_str_empty(l->acc_dedc))
        TRY(stl_benefit_accumulator(b, l->acc_dedc, false, &known));
    return stl_benefit_accumulate(b, l->acc_dedc, known, s->dedc, err);
}

settle_status stl_layer_growth(stl_benefit *b, const stl_layer *l, stl_layer_span *s,
                               stl_error *err) {
    const stl_growth *g = &l->growth;
    if (stl_str_empty(g->counted_by))
        return SETTLE_OK;
    stl_money count;
    TRY(stl_benefit_accumulator(b, g->counted_by, true, &count));
    int64_t n = count == STL_NONE ? 0 : count / 100;
    if (n < g->from)
        return SETTLE_OK;
    int64_t steps = n - g->from + 1;
    s->growth = g->step > 0 && steps > g->most / g->step ? g->most : steps * g->step;
    char text[120], step[STL_DECIMAL_TEXT_MAX], most[STL_DECIMAL_TEXT_MAX];
    stl_decimal_format(g->step, STL_SCALE_RATIO, step);
    stl_decimal_format(g->most, STL_SCALE_RATIO, most);
    snprintf(text, sizeof text, "min(%lld × %s, %s)", (long long)steps, step, most);
    return stl_benefit_step(b, STL_STEP_GROWTH, 0, text, STL_NONE,
                            (stl_wide)s->growth * STL_FEN * 100 / STL_RATIO_ONE, g->basis, err);
}
