/* SPDX-License-Identifier: Apache-2.0 */
/* The bands of a layer with their ratios and shares. */
#include "pack/policy_elements.h"

settle_status stl_policy_read_bands(stl_policy_reader *r, const stl_xml_element *e,
                                    stl_error *err) {
    static const char *const WORDS[] = {"position", "excess", NULL};
    int word;
    TRY(stl_policy_attr_word(r, e, "on", WORDS, 0, &word, err));
    r->layer->bands_on = (stl_band_position)word;
    return stl_policy_attr(r, e, "basis", &r->layer->bands_basis, err);
}

settle_status stl_policy_read_band(stl_policy_reader *r, const stl_xml_element *e, stl_error *err) {
    const stl_band *before = r->bands.items;
    stl_money last = r->bands.count == 0 ? 0 : before[r->bands.count - 1].upto;
    stl_band band = {.ratios = NULL};
    TRY(stl_policy_money(r, e, "upto", &band.upto, err));
    if (last == STL_NONE)
        return stl_policy_fail(r, STL_STR(""), "the band before it has no upper bound", err);
    if (band.upto != STL_NONE && band.upto <= last)
        return stl_policy_fail(r, STL_STR(""), "upper bounds of bands must rise", err);
    stl_band *kept;
    TRY(stl_policy_push(r, &r->bands, sizeof *kept, &kept, err));
    *kept = band;
    r->ratios = r->shares = (stl_policy_list){.items = NULL};
    r->container_line = e->line;
    return SETTLE_OK;
}

settle_status stl_policy_keep_ratio(stl_policy_reader *r, const stl_ratio_row *row,
                                    stl_policy_list *list, stl_error *err) {
    TRY(stl_policy_reachable(r, list, sizeof *row, err));
    stl_ratio_row *kept;
    TRY(stl_policy_push(r, list, sizeof *kept, &kept, err));
    *kept = *row;
    return SETTLE_OK;
}

settle_status stl_policy_read_ratio(stl_policy_reader *r, const stl_xml_element *e,
                                    stl_error *err) {
    stl_ratio_row row;
    TRY(stl_policy_condition(r, e, &row.when, err));
    TRY(stl_policy_ratio(r, e, "value", &row.ratio, err));
    TRY(stl_policy_attr(r, e, "basis", &row.basis, err));
    return stl_policy_keep_ratio(r, &row, &r->ratios, err);
}

settle_status stl_policy_read_share(stl_policy_reader *r, const stl_xml_element *e,
                                    stl_error *err) {
    stl_share_row row;
    stl_str payer;
    TRY(stl_policy_condition(r, e, &row.when, err));
    TRY(stl_policy_attr(r, e, "payer", &payer, err));
    TRY(stl_policy_ratio(r, e, "value", &row.ratio, err));
    TRY(stl_policy_attr(r, e, "basis", &row.basis, err));
    if (!stl_policy_payer(r, payer, &row.payer))
        return stl_policy_fail(r, payer, "no such payer is declared", err);
    stl_share_row *kept;
    TRY(stl_policy_push(r, &r->shares, sizeof *kept, &kept, err));
    *kept = row;
    return SETTLE_OK;
}

settle_status stl_policy_read_adjust(stl_policy_reader *r, const stl_xml_element *e,
                                     stl_error *err) {
    stl_ratio_row row;
    TRY(stl_policy_condition(r, e, &row.when, err));
    TRY(stl_policy_attr_number(r, e, "points", STL_SCALE_RATIO, -STL_RATIO_ONE, STL_RATIO_ONE,
                               &row.ratio, err));
    TRY(stl_policy_attr(r, e, "basis", &row.basis, err));
    return stl_policy_keep_ratio(r, &row, &r->adjusts, err);
}

settle_status stl_policy_end_band(stl_policy_reader *r, stl_error *err) {
    const stl_ratio_row *rows = r->ratios.items;
    r->line = r->container_line;
    if (r->ratios.count == 0 || !stl_policy_unconditional(&rows[r->ratios.count - 1].when))
        return stl_policy_fail(r, STL_STR(""), "the last ratio must be without condition", err);
    stl_band *band = (stl_band *)r->bands.items + r->bands.count - 1;
    band->ratios = rows;
    band->n_ratios = r->ratios.count;
    band->shares = r->shares.items;
    band->n_shares = r->shares.count;
    return SETTLE_OK;
}
