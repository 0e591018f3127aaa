/* SPDX-License-Identifier: Apache-2.0 */
/* Bands: cost x ratio for the layer and for those who pay beside it. */
#include "benefit/layer_parts.h"

static settle_status find_ratio(stl_benefit *b, const stl_layer *l, const stl_layer_span *s,
                                const stl_band *band, stl_ratio *ratio, stl_str *basis) {
    size_t row, adjust;
    *ratio = 0;
    TRY(stl_benefit_first(b, band->ratios, sizeof *band->ratios, band->n_ratios, &row));
    if (row < band->n_ratios) {
        *ratio = band->ratios[row].ratio;
        *basis = band->ratios[row].basis;
    }
    if (l->growth.on_ratio) {
        stl_ratio more;
        TRY(stl_decimal_mul_div(*ratio, s->growth, STL_RATIO_ONE, STL_ROUND_HALF_UP, &more));
        *ratio += more;
    }
    TRY(stl_benefit_first(b, l->adjusts, sizeof *l->adjusts, l->n_adjusts, &adjust));
    if (adjust < l->n_adjusts && l->adjusts[adjust].ratio != 0) {
        *ratio += l->adjusts[adjust].ratio;
        *basis = l->adjusts[adjust].basis;
    }
    return SETTLE_OK;
}

/* Those beside the layer: of each the first row that holds. */
static settle_status share_band(stl_benefit *b, const stl_band *band, const char *text,
                                stl_money cost, int number, stl_layer_span *s, stl_error *err) {
    bool served[STL_PAYERS_MAX] = {false};
    for (size_t i = 0; i < band->n_shares; i++) {
        const stl_share_row *share = &band->shares[i];
        bool due;
        TRY(stl_benefit_share_due(b, share, served, &due));
        if (!due)
            continue;
        stl_wide part = (stl_wide)cost * share->ratio;
        TRY(stl_benefit_step(b, STL_STEP_PAYER, number, text, share->ratio, part, share->basis,
                             err));
        s->exact_of[share->payer] += part;
    }
    return SETTLE_OK;
}

settle_status stl_layer_bands(stl_benefit *b, const stl_layer *l, stl_layer_span *s,
                              stl_error *err) {
    stl_money offset = l->bands_on == STL_BAND_EXCESS ? s->dedc_line : 0;
    stl_money from = s->from - offset, to = s->to - offset, low = 0;
    for (size_t i = 0; i < l->n_bands && from < to; i++) {
        const stl_band *band = &l->bands[i];
        stl_money begin = stl_greater(from, low);
        stl_money end = band->upto == STL_NONE ? to : stl_lesser(to, band->upto);
        low = band->upto;
        if (begin >= end)
            continue;
        stl_ratio ratio;
        stl_str basis = l->bands_basis;
        TRY(find_ratio(b, l, s, band, &ratio, &basis));
        stl_wide part = (stl_wide)(end - begin) * ratio;
        char high[STL_NUMBER_TEXT], start[STL_NUMBER_TEXT], text[80];
        snprintf(text, sizeof text, "(%s - %s)", stl_layer_yuan(end, high),
                 stl_layer_yuan(begin, start));
        TRY(stl_benefit_step(b, STL_STEP_BAND, (int)i + 1, text, ratio, part, basis, err));
        TRY(share_band(b, band, text, end - begin, (int)i + 1, s, err));
        s->exact += part;
        stl_benefit_exact(part, start);
        stl_layer_term(s->terms, sizeof s->terms, " + ", start, false);
        s->n_terms++;
    }
    return SETTLE_OK;
}
