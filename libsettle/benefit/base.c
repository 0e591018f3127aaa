/* SPDX-License-Identifier: Apache-2.0 */
/* What a layer pays on, and where it stands in the year. */
#include "benefit/layer_parts.h"

const char *stl_layer_yuan(stl_money value, char room[static STL_NUMBER_TEXT]) {
    stl_decimal_format(value, STL_SCALE_MONEY, room);
    return room;
}

void stl_layer_term(char *text, size_t cap, const char *sign, const char *value, bool nothing) {
    size_t len = strlen(text);
    if (!nothing)
        snprintf(text + len, cap - len, "%s%s", len == 0 ? "" : sign, value);
}

stl_money stl_benefit_left(const stl_benefit *b) {
    return b->out->info.medfee_sumamt - b->paid - b->shared - b->account;
}

enum { MAX_TERMS = 8 };
typedef struct term {
    const char *sign;
    stl_money value;
} term;

static settle_status add_up(stl_benefit *b, const term terms[static MAX_TERMS], stl_str basis,
                            stl_money *out, stl_error *err) {
    char text[300] = "", value[STL_NUMBER_TEXT];
    stl_wide sum = 0;
    for (size_t i = 0; i < MAX_TERMS && terms[i].sign != NULL; i++) {
        sum += terms[i].sign[1] == '-' ? -(stl_wide)terms[i].value : terms[i].value;
        stl_layer_term(text, sizeof text, terms[i].sign, stl_layer_yuan(terms[i].value, value),
                       i > 0 && terms[i].value == 0);
    }
    *out = sum < 0 ? 0 : (stl_money)sum;
    return stl_benefit_step(b, STL_STEP_BASE, 0, text, STL_NONE, *out * STL_FEN, basis, err);
}

static settle_status in_scope(stl_benefit *b, const stl_layer *l, stl_money *out, stl_error *err) {
    const term terms[MAX_TERMS] = {
        {" + ", b->out->info.inscp_scp_amt},
        {" - ", b->shared},
        {" - ", b->all_whole},
        {" - ", b->account},
    };
    return add_up(b, terms, l->base_basis, out, err);
}

static settle_status in_scope_personal(stl_benefit *b, const stl_layer *l, stl_money *out,
                                       stl_error *err) {
    const stl_setlinfo *info = &b->out->info;
    const term terms[MAX_TERMS] = {
        {" + ", info->inscp_scp_amt},
        {" + ", l->scope_counts_prepay ? info->preselfpay_amt : 0},
        {" + ", l->scope_counts_overlmt ? info->overlmt_selfpay : 0},
        {" - ", b->paid},
        {" - ", b->shared},
        {" - ", b->account},
        {" - ", b->pending_whole},
        {" - ", l->scope_counts_dedc ? 0 : b->dedc_borne},
    };
    return add_up(b, terms, l->base_basis, out, err);
}

static settle_status personal(stl_benefit *b, const stl_layer *l, stl_money *out, stl_error *err) {
    const term terms[MAX_TERMS] = {
        {" + ", b->out->info.medfee_sumamt},
        {" - ", b->paid},
        {" - ", b->shared},
        {" - ", b->account},
        {" - ", b->pending_whole},
    };
    return add_up(b, terms, l->base_basis, out, err);
}

static settle_status beyond(stl_benefit *b, const stl_layer *l, stl_money *out, stl_error *err) {
    const term terms[MAX_TERMS] = {{" + ", b->cut[l->base_layer]}};
    return add_up(b, terms, l->base_basis, out, err);
}

/* In scope of the charges on a list, refunds netted, at most what nobody has paid. */
static settle_status listed(stl_benefit *b, const stl_layer *l, stl_money *out, stl_error *err) {
    stl_wide sum = 0;
    for (size_t i = 0; i < b->c->n_lines; i++) {
        int32_t original = b->c->lines[i].refund_of;
        const stl_line *line = &b->c->lines[original < 0 ? (int32_t)i : original];
        if (!stl_str_empty(line->med_list_codg) &&
            stl_region_listed(b->c->region, l->base_list, line->med_list_codg, line->day) != NULL)
            sum += b->out->lines[i].inscp_scp_amt;
    }
    stl_wide left =
        (stl_wide)b->out->info.inscp_scp_amt - b->paid - b->shared - b->account - b->pending_whole;
    char text[120], all[STL_NUMBER_TEXT], rest[STL_NUMBER_TEXT];
    snprintf(text, sizeof text, "min(%s, %s)", stl_layer_yuan((stl_money)sum, all),
             stl_layer_yuan((stl_money)left, rest));
    *out = (stl_money)(sum < left ? sum : left);
    *out = *out < 0 ? 0 : *out;
    return stl_benefit_step(b, STL_STEP_BASE, 0, text, STL_NONE, *out * STL_FEN, l->base_basis,
                            err);
}

static settle_status shortfall(stl_benefit *b, const stl_layer *l, stl_money *out, stl_error *err) {
    const stl_setlinfo *info = &b->out->info;
    stl_money wanted;
    if (stl_money_part(info->inscp_scp_amt, l->base_ratio, b->policy->rounding, &wanted) !=
        SETTLE_OK)
        return FAIL(err, SETTLE_E_OVERFLOW, .field = "inscp_scp_amt");
    char text[STL_NUMBER_TEXT];
    TRY(stl_benefit_step(b, STL_STEP_BASE, 0, stl_layer_yuan(info->inscp_scp_amt, text),
                         l->base_ratio, wanted * STL_FEN, l->base_basis, err));
    const term terms[MAX_TERMS] = {
        {" + ", wanted},     {" - ", b->paid},          {" - ", b->shared},
        {" - ", b->account}, {" - ", b->pending_whole},
    };
    return add_up(b, terms, l->base_basis, out, err);
}

static settle_status first_pay(stl_benefit *b, const stl_layer *l, stl_money *base,
                               stl_error *err) {
    size_t row;
    TRY(stl_benefit_first(b, l->first_pays, sizeof *l->first_pays, l->n_first_pays, &row));
    if (row == l->n_first_pays)
        return SETTLE_OK;
    stl_money part;
    if (stl_money_part(*base, l->first_pays[row].ratio, b->policy->rounding, &part) != SETTLE_OK)
        return FAIL(err, SETTLE_E_OVERFLOW, .field = "inscp_scp_amt");
    char text[STL_NUMBER_TEXT];
    TRY(stl_benefit_step(b, STL_STEP_FIRST_PAY, 0, stl_layer_yuan(*base, text),
                         l->first_pays[row].ratio, part * STL_FEN, l->first_pays[row].basis, err));
    *base -= part;
    return SETTLE_OK;
}

static settle_status find_position(stl_benefit *b, const stl_layer *l, stl_layer_span *s,
                                   stl_error *err) {
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
    char before[STL_NUMBER_TEXT], base[STL_NUMBER_TEXT], text[80];
    snprintf(text, sizeof text, "%s + %s", stl_layer_yuan(s->before, before),
             stl_layer_yuan(s->base, base));
    return stl_benefit_step(b, STL_STEP_POSITION, 0, text, STL_NONE, s->after * STL_FEN,
                            l->bands_basis, err);
}

settle_status stl_layer_base_of(stl_benefit *b, const stl_layer *l, stl_layer_span *s,
                                stl_error *err) {
    typedef settle_status base_fn(stl_benefit *, const stl_layer *, stl_money *, stl_error *);
    static base_fn *const BASES[] = {
        [STL_BASE_INSCP] = in_scope,    [STL_BASE_SCOPE_PERSONAL] = in_scope_personal,
        [STL_BASE_PERSONAL] = personal, [STL_BASE_BEYOND] = beyond,
        [STL_BASE_LISTED] = listed,     [STL_BASE_SHORTFALL] = shortfall,
    };
    TRY(BASES[l->base](b, l, &s->base, err));
    TRY(first_pay(b, l, &s->base, err));
    return find_position(b, l, s, err);
}
