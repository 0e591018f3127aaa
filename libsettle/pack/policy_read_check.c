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
    if (l->ceiling == STL_CEILING_PAYMENTS && stl_str_empty(l->acc_pay))
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

static settle_status check_last_band(const stl_policy_reader *r, stl_error *err) {
    const stl_layer *l = r->layer;
    if (l->bands[l->n_bands - 1].upto != STL_NONE && l->ceiling != STL_CEILING_POSITION)
        return stl_policy_fail(r, l->id,
                               "the last band has an upper bound and no ceiling on position", err);
    return SETTLE_OK;
}

static settle_status check_points(const stl_policy_reader *r, stl_error *err) {
    const stl_layer *l = r->layer;
    for (size_t b = 0; b < l->n_bands; b++)
        for (size_t i = 0; i < l->bands[b].n_ratios; i++)
            for (size_t k = 0; k < l->n_adjusts; k++) {
                stl_ratio sum = l->bands[b].ratios[i].ratio + l->adjusts[k].ratio;
                if (sum < 0 || sum > STL_RATIO_ONE)
                    return stl_policy_fail(r, l->id, "adjust takes a ratio out of 0 to 1", err);
            }
    return SETTLE_OK;
}

/* Schemes that both the policy and the including pack name. */
static settle_status restrict_schemes(stl_policy_reader *r, stl_error *err) {
    stl_str allowed = r->source->insutype_for;
    stl_str *mine = &r->layer->when.insutype;
    if (stl_str_empty(allowed))
        return SETTLE_OK;
    char *both = stl_arena_alloc(r->arena, allowed.len + 1);
    TRY_ALLOC(err, both);
    size_t len = 0;
    stl_str word, rest = allowed;
    while (stl_words_next(&rest, &word)) {
        if (!stl_str_empty(*mine) && !stl_words_have(*mine, word))
            continue;
        if (len > 0)
            both[len++] = ' ';
        memcpy(both + len, word.ptr, word.len);
        len += word.len;
    }
    if (len == 0)
        return stl_policy_fail(r, allowed, "the layer pays none of the schemes it is included for",
                               err);
    *mine = (stl_str){both, len};
    return SETTLE_OK;
}

settle_status stl_policy_check_layer(stl_policy_reader *r, stl_error *err) {
    TRY(check_unique_id(r, err));
    TRY(check_accumulators(r, err));
    TRY(check_deductible(r, err));
    TRY(check_last_band(r, err));
    TRY(check_points(r, err));
    return restrict_schemes(r, err);
}
