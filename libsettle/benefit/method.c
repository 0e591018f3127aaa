/* SPDX-License-Identifier: Apache-2.0 */
/* How the hospital is paid: the standard of a method for this stay (J1, J2, J10). */
#include "base/words.h"
#include "benefit/layer_parts.h"

/* What the rows of a method are looked up by; several, of which any may fit. */
static size_t codes_of(const stl_benefit *b, const stl_method *m, stl_str out[static 2]) {
    const stl_admission *head = &b->c->stay->head;
    stl_str principal = stl_stay_principal(b->c->stay);
    if (m->kind == STL_METHOD_POINTS)
        return out[0] = head->dise_codg, 1;
    if (m->kind == STL_METHOD_QUOTA)
        return out[0] = stl_str_empty(head->dise_codg) ? principal : head->dise_codg, 1;
    out[0] = head->adm_dept_codg;
    out[1] = principal;
    return 2;
}

/* How well a row fits: 0 not; the more of the code it names, best all of it, then hospital and
 * level, the better. */
static size_t fit(const stl_benefit *b, const int64_t *row, const stl_str *codes, size_t n) {
    const stl_index_table *table = &b->c->region->tables[STL_T_STANDARDS];
    stl_str pattern = stl_index_text(table, row[STL_STD_CODE]);
    stl_str medins = stl_index_text(table, row[STL_STD_MEDINS]);
    stl_str level = stl_index_text(table, row[STL_STD_LV]);
    if ((!stl_str_empty(medins) && !stl_str_eq(medins, b->c->stay->head.fixmedins_code)) ||
        (!stl_str_empty(level) && !stl_str_eq(level, b->c->medins_lv)))
        return 0;
    bool fits = stl_str_empty(pattern);
    for (size_t i = 0; i < n && !fits; i++)
        fits = !stl_str_empty(codes[i]) && stl_words_fit(pattern, codes[i]);
    bool open = pattern.len > 0 && pattern.ptr[pattern.len - 1] == '*';
    return fits ? 1 + 8 * (pattern.len - open) + (open ? 0u : 4u) +
                      (stl_str_empty(medins) ? 0u : 2u) + (stl_str_empty(level) ? 0u : 1u)
                : 0;
}

static const int64_t *standard_of(const stl_benefit *b, const stl_method *m, stl_str *code) {
    const stl_index_table *table = &b->c->region->tables[STL_T_STANDARDS];
    stl_index_rows rows = stl_index_get(table, m->id);
    stl_str codes[2];
    size_t n = codes_of(b, m, codes), best_fit = 0;
    const int64_t *best = NULL;
    for (size_t i = 0; i < rows.count; i++) {
        const int64_t *row = rows.rows + i * STL_STD_COLS;
        size_t fits = fit(b, row, codes, n);
        if (fits > best_fit && stl_row_in_force(row, STL_STD_BEGIN, STL_STD_END, b->rule_day)) {
            best = row;
            best_fit = fits;
        }
    }
    if (best != NULL)
        *code = stl_index_text(table, best[STL_STD_CODE]);
    return best;
}

static int64_t nights_of(const stl_admission *head) {
    if (head->begntime == STL_NONE || head->endtime == STL_NONE)
        return STL_NONE;
    int64_t nights = stl_instant_day(head->endtime) - stl_instant_day(head->begntime);
    return nights < 1 ? 1 : nights;
}

static settle_status price(stl_benefit *b, const stl_method *m, const int64_t *row,
                           stl_payment_method *out, stl_error *err) {
    stl_money amount = row[STL_STD_AMOUNT] == STL_NONE ? 0 : row[STL_STD_AMOUNT];
    char text[80], first[STL_NUMBER_TEXT], second[STL_NUMBER_TEXT];
    stl_layer_yuan(amount, first);
    snprintf(text, sizeof text, "%s", first);
    out->standard = amount;
    if (m->kind == STL_METHOD_HEAD)
        return out->standard = STL_NONE, SETTLE_OK;
    if (m->kind == STL_METHOD_BED_DAY) {
        int64_t nights = nights_of(&b->c->stay->head);
        if (nights == STL_NONE)
            return stl_benefit_gap(b, "就诊字段 %s", "stay field %s", "endtime", 0);
        if (stl_decimal_mul_div(amount, nights, 1, STL_ROUND_HALF_UP, &out->standard) != SETTLE_OK)
            return FAIL(err, SETTLE_E_OVERFLOW, .field = "standards");
        snprintf(text, sizeof text, "%lld × %s", (long long)nights, first);
    }
    if (m->kind == STL_METHOD_POINTS) {
        if (stl_decimal_mul_div(amount, m->point_value, 100, b->policy->rounding, &out->standard) !=
            SETTLE_OK)
            return FAIL(err, SETTLE_E_OVERFLOW, .field = "standards");
        snprintf(text, sizeof text, "%s × %s", first, stl_layer_yuan(m->point_value, second));
    }
    return stl_benefit_step(b, STL_STEP_STANDARD, 0, text, STL_NONE, out->standard * STL_FEN,
                            m->basis, err);
}

/* In-scope cost beyond the standard is the hospital's. */
static settle_status bear_excess(stl_benefit *b, const stl_method *m,
                                 const stl_payment_method *chosen, stl_error *err) {
    stl_money scope = b->out->info.inscp_scp_amt - b->shared - b->all_whole;
    if (!m->patient_on_standard || scope <= chosen->standard)
        return SETTLE_OK;
    char text[80], all[STL_NUMBER_TEXT], standard[STL_NUMBER_TEXT];
    snprintf(text, sizeof text, "%s - %s", stl_layer_yuan(scope, all),
             stl_layer_yuan(chosen->standard, standard));
    stl_money excess = scope - chosen->standard;
    b->payers[STL_PAYER_HOSPITAL] += excess;
    b->shared += excess;
    return stl_benefit_step(b, STL_STEP_EXCESS, 0, text, STL_NONE, excess * STL_FEN, m->basis, err);
}

settle_status stl_benefit_method(stl_benefit *b, stl_error *err) {
    b->layer = STL_STR("method");
    b->proc_len = 0;
    for (size_t i = 0; i < b->policy->n_methods; i++) {
        const stl_method *m = &b->policy->methods[i];
        stl_payment_method *chosen = &b->out->method;
        bool holds;
        TRY(stl_benefit_asked(b, &m->when, &holds));
        const int64_t *row = holds ? standard_of(b, m, &chosen->code) : NULL;
        if (row == NULL)
            continue;
        chosen->id = m->id;
        chosen->name = m->name;
        chosen->basis = m->basis;
        TRY(price(b, m, row, chosen, err));
        chosen->balance =
            m->kind == STL_METHOD_HEAD ? STL_NONE : chosen->standard - b->out->info.medfee_sumamt;
        return b->out->served ? bear_excess(b, m, chosen, err) : SETTLE_OK;
    }
    return SETTLE_OK;
}

settle_status stl_benefit_later(stl_benefit *b, stl_error *err) {
    size_t row;
    if (b->out->served)
        return SETTLE_OK;
    TRY(stl_benefit_first(b, b->policy->laters, sizeof *b->policy->laters, b->policy->n_laters,
                          &row));
    if (row == b->policy->n_laters)
        return SETTLE_OK;
    const stl_later_row *later = &b->policy->laters[row];
    const stl_payment_method *method = &b->out->method;
    if (later->of_standard && (stl_str_empty(method->id) || method->standard == STL_NONE))
        return SETTLE_OK;
    stl_money base = later->of_standard ? method->standard : b->out->info.inscp_scp_amt;
    stl_money amount;
    if (stl_money_part(base, later->ratio, b->policy->rounding, &amount) != SETTLE_OK)
        return FAIL(err, SETTLE_E_OVERFLOW, .field = "later");
    char text[80], wanted[STL_NUMBER_TEXT], cost[STL_NUMBER_TEXT];
    b->layer = STL_STR("later");
    b->out->later = stl_lesser(amount, b->out->info.medfee_sumamt);
    TRY(stl_benefit_step(b, STL_STEP_LATER, 0, stl_layer_yuan(base, wanted), later->ratio,
                         amount * STL_FEN, later->basis, err));
    if (amount <= b->out->info.medfee_sumamt)
        return SETTLE_OK;
    snprintf(text, sizeof text, "min(%s, %s)", stl_layer_yuan(amount, wanted),
             stl_layer_yuan(b->out->info.medfee_sumamt, cost));
    return stl_benefit_step(b, STL_STEP_LATER, 0, text, STL_NONE, b->out->later * STL_FEN,
                            later->basis, err);
}

/* What a row is of; 0: nothing. */
static stl_money withheld_of(const stl_benefit *b, const stl_withhold_row *row) {
    const stl_payment_method *method = &b->out->method;
    stl_money fund = b->out->info.fund_pay_sumamt;
    if (!row->over_standard)
        return fund;
    if (stl_str_empty(method->id) || method->standard == STL_NONE)
        return 0;
    return stl_lesser(fund, stl_greater(b->out->info.medfee_sumamt - method->standard, 0));
}

settle_status stl_benefit_withhold(stl_benefit *b, stl_error *err) {
    if (!b->out->served || b->policy->n_withholds == 0)
        return SETTLE_OK;
    b->layer = STL_STR("withhold");
    b->proc_len = 0;
    b->out->withheld = 0;
    for (size_t i = 0; i < b->policy->n_withholds; i++) {
        const stl_withhold_row *row = &b->policy->withholds[i];
        stl_money base = withheld_of(b, row), part;
        bool holds;
        TRY(stl_benefit_asked(b, &row->when, &holds));
        if (!holds)
            continue;
        if (stl_money_part(base, row->ratio, b->policy->rounding, &part) != SETTLE_OK)
            return FAIL(err, SETTLE_E_OVERFLOW, .field = "withhold");
        char text[STL_NUMBER_TEXT];
        b->out->withheld = stl_lesser(b->out->withheld + part, b->out->info.fund_pay_sumamt);
        TRY(stl_benefit_step(b, STL_STEP_WITHHELD, 0, stl_layer_yuan(base, text), row->ratio,
                             part * STL_FEN, row->basis, err));
    }
    return SETTLE_OK;
}
