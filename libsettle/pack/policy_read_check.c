/* SPDX-License-Identifier: Apache-2.0 */
/* Traps that a schema cannot see. */
#include "base/words.h"
#include "pack/policy_parse.h"

static settle_status check_unique_id(const stl_policy_reader *r, stl_error *err) {
    const stl_layer *layers = r->layers.items;
    for (size_t i = 0; i + 1 < r->layers.count; i++)
        if (stl_str_eq(layers[i].id, r->layer->id))
            return stl_policy_fail(r, r->layer->id, "two layers of one id", err);
    return SETTLE_OK;
}

static settle_status check_accumulators(const stl_policy_reader *r, stl_error *err) {
    const stl_layer *l = r->layer;
    bool position = l->n_bands > 1 || l->dedc_yearly || l->ceiling == STL_CEILING_POSITION;
    if (position && stl_str_empty(l->acc_base))
        return stl_policy_fail(
            r, l->id, "base needs counts: bands, deductible or ceiling go by the year's cost", err);
    if (l->ceiling == STL_CEILING_PAYMENTS && l->ceiling_per != STL_PER_STAY &&
        stl_str_empty(l->acc_pay))
        return stl_policy_fail(r, l->id, "layer needs counts-payments: the ceiling is on payments",
                               err);
    return SETTLE_OK;
}

static settle_status check_deductible(const stl_policy_reader *r, stl_error *err) {
    const stl_layer *l = r->layer;
    if (l->dedc_yearly && l->dedc_repeat_from != 0)
        return stl_policy_fail(r, l->id, "repeat has no sense with a deductible per year", err);
    if (!l->dedc_yearly && l->n_dedc > 0 && l->bands_on == STL_BAND_EXCESS)
        return stl_policy_fail(r, l->id, "bands on the excess need a deductible per year", err);
    return SETTLE_OK;
}

/* A figure that is known here; STL_NONE: a value of the person. */
static stl_money figure_of(const stl_amount_row *row) {
    stl_money product;
    bool known =
        row->amount != STL_NONE && stl_decimal_mul_div(row->amount, row->times, STL_RATIO_ONE,
                                                       STL_ROUND_HALF_UP, &product) == SETTLE_OK;
    return known ? product : STL_NONE;
}

/* Cost up to the ceiling that the deductible takes whole is never paid. */
static settle_status check_ceiling(const stl_policy_reader *r, stl_error *err) {
    const stl_layer *l = r->layer;
    if (l->ceiling != STL_CEILING_POSITION || l->n_dedc == 0)
        return SETTLE_OK;
    stl_money least = figure_of(&l->dedc[0]);
    for (size_t i = 0; i < l->n_dedc; i++) {
        stl_money figure = figure_of(&l->dedc[i]);
        least = figure == STL_NONE || least == STL_NONE ? STL_NONE
                : figure < least                        ? figure
                                                        : least;
    }
    for (size_t i = 0; i < l->n_ceilings; i++) {
        bool last = i + 1 == l->n_ceilings;
        stl_money below = last ? figure_of(&l->dedc[l->n_dedc - 1]) : least;
        stl_money most = figure_of(&l->ceilings[i]);
        if (below > 0 && most != STL_NONE && below != STL_NONE && most <= below)
            return stl_policy_fail(
                r, l->id,
                "the ceiling on position is not above the deductible: nothing would "
                "be paid",
                err);
    }
    return SETTLE_OK;
}

static settle_status check_last_band(const stl_policy_reader *r, stl_error *err) {
    const stl_layer *l = r->layer;
    if (l->bands[l->n_bands - 1].upto != STL_NONE && l->ceiling != STL_CEILING_POSITION)
        return stl_policy_fail(r, l->id,
                               "the last band has an upper bound and no ceiling on position", err);
    return SETTLE_OK;
}

stl_ratio stl_policy_shares_most(const stl_share_row *shares, size_t n) {
    stl_ratio most[STL_PAYERS_MAX] = {0}, sum = 0;
    for (size_t i = 0; i < n; i++)
        if (shares[i].ratio > most[shares[i].payer])
            most[shares[i].payer] = shares[i].ratio;
    for (size_t i = 0; i < STL_PAYERS_MAX; i++)
        sum += most[i];
    return sum;
}

static settle_status check_ratio(const stl_policy_reader *r, stl_ratio ratio, stl_ratio others,
                                 stl_error *err) {
    const stl_growth *g = &r->layer->growth;
    stl_ratio most = g->on_ratio ? g->most : 0;
    stl_ratio grown = ratio + (ratio * most + STL_RATIO_ONE / 2) / STL_RATIO_ONE;
    stl_ratio low = 0, high = 0;
    for (size_t k = 0; k < r->layer->n_adjusts; k++) {
        low = r->layer->adjusts[k].ratio < low ? r->layer->adjusts[k].ratio : low;
        high = r->layer->adjusts[k].ratio > high ? r->layer->adjusts[k].ratio : high;
    }
    if (ratio + low < 0 || grown + high > STL_RATIO_ONE)
        return stl_policy_fail(r, r->layer->id,
                               most > 0 ? "adjust and growth take a ratio out of 0 to 1"
                                        : "adjust takes a ratio out of 0 to 1",
                               err);
    if (grown + high + others > STL_RATIO_ONE)
        return stl_policy_fail(r, r->layer->id, "ratio and shares are more than the whole", err);
    return SETTLE_OK;
}

static settle_status check_points(const stl_policy_reader *r, stl_error *err) {
    const stl_layer *l = r->layer;
    for (size_t b = 0; b < l->n_bands; b++)
        for (size_t i = 0; i < l->bands[b].n_ratios; i++)
            TRY(check_ratio(r, l->bands[b].ratios[i].ratio,
                            stl_policy_shares_most(l->bands[b].shares, l->bands[b].n_shares), err));
    return SETTLE_OK;
}

/* Schemes that both the policy and the including pack name; none: the row pays nobody. */
static settle_status restrict_row(stl_policy_reader *r, stl_str *mine, stl_error *err) {
    stl_str rest = r->source->insutype_for, word;
    char *both = stl_arena_alloc(r->arena, rest.len + 1);
    TRY_ALLOC(err, both);
    size_t len = 0;
    while (stl_words_next(&rest, &word)) {
        if (!stl_str_empty(*mine) && !stl_words_have(*mine, word))
            continue;
        if (len > 0)
            both[len++] = ' ';
        memcpy(both + len, word.ptr, word.len);
        len += word.len;
    }
    *mine = len > 0 ? (stl_str){both, len} : STL_STR("-");
    return SETTLE_OK;
}

static settle_status restrict_schemes(stl_policy_reader *r, stl_error *err) {
    stl_str allowed = r->source->insutype_for;
    bool any = false;
    if (!stl_str_empty(allowed) && r->fors.count == 0) {
        stl_for_row *everybody;
        TRY(stl_policy_push(r, &r->fors, sizeof *everybody, &everybody, err));
    }
    stl_for_row *rows = r->fors.items;
    for (size_t i = 0; i < r->fors.count && !stl_str_empty(allowed); i++) {
        TRY(restrict_row(r, &rows[i].when.insutype, err));
        any = any || !stl_str_is(rows[i].when.insutype, "-");
    }
    if (!stl_str_empty(allowed) && !any)
        return stl_policy_fail(r, allowed, "the layer pays none of the schemes it is included for",
                               err);
    r->layer->fors = rows;
    r->layer->n_fors = r->fors.count;
    return SETTLE_OK;
}

settle_status stl_policy_check_layer(stl_policy_reader *r, stl_error *err) {
    TRY(check_unique_id(r, err));
    TRY(check_accumulators(r, err));
    TRY(check_deductible(r, err));
    TRY(check_ceiling(r, err));
    TRY(check_last_band(r, err));
    TRY(check_points(r, err));
    return restrict_schemes(r, err);
}
