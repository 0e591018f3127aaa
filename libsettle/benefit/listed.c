/* SPDX-License-Identifier: Apache-2.0 */
/* Charges of the policy's lists, which other payers share or a layer pays whole (Q4, J7). */
#include "benefit/layer_parts.h"

settle_status stl_benefit_listed_begin(stl_benefit *b, stl_error *err) {
    size_t n = b->policy->n_items;
    b->listed = stl_arena_alloc(b->c->arena, (n + 1) * sizeof *b->listed);
    TRY_ALLOC(err, b->listed);
    for (size_t i = 0; i < n; i++)
        b->listed[i].holds = stl_benefit_holds(b, &b->policy->items[i].when, &b->listed[i].missing);
    return SETTLE_OK;
}

size_t stl_benefit_listed_row(const stl_benefit *b, const stl_line *line) {
    for (size_t i = 0; i < b->policy->n_items; i++) {
        if (b->listed[i].holds == STL_HOLDS_NOT ||
            stl_region_listed(b->c->region, b->policy->items[i].list, line->med_list_codg,
                              line->day) == NULL)
            continue;
        b->listed[i].asked = true;
        return i + 1;
    }
    return 0;
}

settle_status stl_benefit_listed_end(stl_benefit *b) {
    for (size_t i = 0; i < b->policy->n_items; i++)
        if (b->listed[i].asked && b->listed[i].holds == STL_HOLDS_UNKNOWN)
            TRY(stl_benefit_lacks(b, &b->policy->items[i].when, b->listed[i].missing));
    return SETTLE_OK;
}

void stl_benefit_list_line(stl_benefit *b, const stl_line_terms *terms,
                           const stl_line_amounts *amounts) {
    if (terms->item == 0)
        return;
    stl_listed *listed = &b->listed[terms->item - 1];
    listed->rest += amounts->preselfpay_amt + amounts->inscp_scp_amt;
    listed->scope += amounts->inscp_scp_amt;
}

/* The layer that pays a row whole, if it applies to the stay. */
static bool payer_layer(const stl_benefit *b, const stl_item_row *row, size_t *out) {
    for (size_t i = 0; i < b->policy->n_layers && !stl_str_empty(row->paid_by); i++) {
        *out = i;
        if (stl_str_eq(b->policy->layers[i].id, row->paid_by))
            return b->applies[i];
    }
    return false;
}

static settle_status share_row(stl_benefit *b, const stl_item_row *row, const stl_listed *listed,
                               stl_error *err) {
    stl_money left = stl_greater(listed->scope, 0);
    bool served[STL_PAYERS_MAX] = {false};
    for (size_t i = 0; i < row->n_shares && listed->rest > 0; i++) {
        const stl_share_row *share = &row->shares[i];
        bool due;
        TRY(stl_benefit_share_due(b, share, served, &due));
        if (!due)
            continue;
        stl_money part;
        if (stl_money_part(listed->rest, share->ratio, b->policy->rounding, &part) != SETTLE_OK)
            return FAIL(err, SETTLE_E_OVERFLOW, .field = "fund_payamt");
        part = stl_lesser(part, left);
        left -= part;
        char text[STL_NUMBER_TEXT], value[STL_NUMBER_TEXT];
        TRY(stl_benefit_step(b, STL_STEP_LISTED, 0, stl_layer_yuan(listed->rest, text),
                             share->ratio, part * STL_FEN, share->basis, err));
        b->shared += part;
        b->payers[share->payer] += part;
        stl_layer_term(b->payer_terms[share->payer], sizeof b->payer_terms[0], " + ",
                       stl_layer_yuan(part, value), part == 0);
    }
    return SETTLE_OK;
}

settle_status stl_benefit_listed_shares(stl_benefit *b, stl_error *err) {
    b->layer = STL_STR("listed");
    b->proc_len = 0;
    for (size_t i = 0; i < b->policy->n_items; i++) {
        const stl_item_row *row = &b->policy->items[i];
        size_t layer;
        TRY(share_row(b, row, &b->listed[i], err));
        if (!payer_layer(b, row, &layer))
            continue;
        stl_money whole = stl_greater(b->listed[i].scope, 0);
        b->whole[layer] += whole;
        b->all_whole += whole;
    }
    b->pending_whole = b->all_whole;
    return SETTLE_OK;
}
