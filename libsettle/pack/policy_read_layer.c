/* SPDX-License-Identifier: Apache-2.0 */
/* A layer: whom it pays, its base, deductible and ceiling. */
#include "pack/policy_elements.h"

/* One of the layers before the one being read. */
static bool has_deductible(const stl_policy_reader *r, stl_str id) {
    const stl_layer *layers = r->layers.items;
    for (size_t i = 0; i + 1 < r->layers.count; i++)
        if (stl_str_eq(layers[i].id, id))
            return layers[i].n_dedc > 0;
    return false;
}

settle_status stl_policy_read_layer(stl_policy_reader *r, const stl_xml_element *e,
                                    stl_error *err) {
    static const char *const PAID[] = {"at-discharge", "at-year-end", NULL};
    int paid;
    TRY(stl_policy_push(r, &r->layers, sizeof *r->layer, &r->layer, err));
    stl_layer *l = r->layer;
    TRY(stl_policy_attr(r, e, "id", &l->id, err));
    TRY(stl_policy_attr(r, e, "name", &l->name, err));
    TRY(stl_policy_attr(r, e, "fund_pay_type", &l->fund_pay_type, err));
    TRY(stl_policy_attr(r, e, "pays-into", &l->setl_field, err));
    TRY(stl_policy_attr(r, e, "counts-payments", &l->acc_pay, err));
    TRY(stl_policy_attr_switch(r, e, "needs-payer-before", false, &l->needs_payer, err));
    TRY(stl_policy_attr_word(r, e, "paid", PAID, 0, &paid, err));
    TRY(stl_policy_attr(r, e, "below-deductible-of", &l->below_dedc_of, err));
    if (!stl_str_empty(l->below_dedc_of) && !has_deductible(r, l->below_dedc_of))
        return stl_policy_fail(r, l->below_dedc_of,
                               "no layer before this one has that id and a deductible", err);
    l->deferred = paid == 1;
    l->needs_payer = l->needs_payer && r->layers.count > 1;
    r->layer_line = e->line;
    r->adjusts = r->bands = r->fors = (stl_policy_list){.items = NULL};
    return stl_policy_attr(r, e, "basis", &l->basis, err);
}

settle_status stl_policy_read_for(stl_policy_reader *r, const stl_xml_element *e, stl_error *err) {
    stl_for_row row;
    TRY(stl_policy_condition(r, e, &row.when, err));
    TRY(stl_policy_attr_number(r, e, "waiting-months", 0, 0, 99, &row.waiting_months, err));
    if (row.waiting_months == STL_NONE)
        row.waiting_months = 0;
    TRY(stl_policy_reachable(r, &r->fors, sizeof row, err));
    stl_for_row *kept;
    TRY(stl_policy_push(r, &r->fors, sizeof *kept, &kept, err));
    *kept = row;
    return SETTLE_OK;
}

/* The layer whose ceiling cut off what this one pays on: one before it. */
static settle_status base_layer(stl_policy_reader *r, const stl_xml_element *e, stl_error *err) {
    stl_layer *l = r->layer;
    const stl_layer *layers = r->layers.items;
    stl_str id;
    TRY(stl_policy_attr(r, e, "layer", &id, err));
    if ((l->base == STL_BASE_BEYOND) == stl_str_empty(id))
        return stl_policy_fail(r, id, "layer belongs to beyond-ceiling, which needs it", err);
    if (stl_str_empty(id))
        return SETTLE_OK;
    size_t at = 0;
    while (at + 1 < r->layers.count && !stl_str_eq(layers[at].id, id))
        at++;
    if (at + 1 == r->layers.count || layers[at].ceiling != STL_CEILING_PAYMENTS)
        return stl_policy_fail(
            r, id, "no layer before this one has that id and a ceiling on payments", err);
    l->base_layer = at;
    return SETTLE_OK;
}

settle_status stl_policy_read_base(stl_policy_reader *r, const stl_xml_element *e, stl_error *err) {
    static const char *const WORDS[] = {
        "in-scope", "in-scope-personal", "personal", "beyond-ceiling", "listed", "shortfall", NULL};
    stl_layer *l = r->layer;
    int word;
    TRY(stl_policy_attr_word(r, e, "of", WORDS, 0, &word, err));
    l->base = (stl_layer_base)word;
    TRY(stl_policy_attr(r, e, "basis", &l->base_basis, err));
    TRY(stl_policy_attr(r, e, "counts", &l->acc_base, err));
    TRY(stl_policy_attr_switch(r, e, "with-prepayment", false, &l->scope_counts_prepay, err));
    TRY(stl_policy_attr_switch(r, e, "with-deductible", true, &l->scope_counts_dedc, err));
    TRY(stl_policy_attr_switch(r, e, "with-over-limit", false, &l->scope_counts_overlmt, err));
    bool widened = l->scope_counts_prepay || !l->scope_counts_dedc || l->scope_counts_overlmt;
    if (l->base != STL_BASE_SCOPE_PERSONAL && widened)
        return stl_policy_fail(r, stl_str_of(WORDS[word]),
                               "with-... switches belong to in-scope-personal", err);
    r->first_pays = (stl_policy_list){.items = NULL};
    TRY(stl_policy_attr(r, e, "list", &l->base_list, err));
    if ((l->base == STL_BASE_LISTED) == stl_str_empty(l->base_list))
        return stl_policy_fail(r, stl_str_of(WORDS[word]), "list belongs to listed, which needs it",
                               err);
    TRY(base_layer(r, e, err));
    TRY(stl_policy_ratio(r, e, "to-ratio", &l->base_ratio, err));
    if ((l->base == STL_BASE_SHORTFALL) != (l->base_ratio != STL_NONE))
        return stl_policy_fail(r, stl_str_of(WORDS[word]), "to-ratio belongs to shortfall", err);
    return SETTLE_OK;
}

settle_status stl_policy_read_first_pay(stl_policy_reader *r, const stl_xml_element *e,
                                        stl_error *err) {
    stl_ratio_row row;
    TRY(stl_policy_condition(r, e, &row.when, err));
    TRY(stl_policy_ratio(r, e, "ratio", &row.ratio, err));
    TRY(stl_policy_attr(r, e, "basis", &row.basis, err));
    return stl_policy_keep_ratio(r, &row, &r->first_pays, err);
}

settle_status stl_policy_end_base(stl_policy_reader *r, stl_error *err) {
    (void)err;
    r->layer->first_pays = r->first_pays.items;
    r->layer->n_first_pays = r->first_pays.count;
    return SETTLE_OK;
}

settle_status stl_policy_read_growth(stl_policy_reader *r, const stl_xml_element *e,
                                     stl_error *err) {
    static const char *const ON[] = {"ratio", "ceiling", "both", NULL};
    stl_growth *g = &r->layer->growth;
    int on;
    TRY(stl_policy_attr(r, e, "counted-by", &g->counted_by, err));
    TRY(stl_policy_attr_number(r, e, "from", 0, 1, 99, &g->from, err));
    TRY(stl_policy_ratio(r, e, "step", &g->step, err));
    TRY(stl_policy_ratio(r, e, "most", &g->most, err));
    TRY(stl_policy_attr_word(r, e, "on", ON, 0, &on, err));
    g->on_ratio = on != 1;
    g->on_ceiling = on != 0;
    return stl_policy_attr(r, e, "basis", &g->basis, err);
}

settle_status stl_policy_end_layer(stl_policy_reader *r, stl_error *err) {
    r->line = r->layer_line;
    r->layer->bands = r->bands.items;
    r->layer->n_bands = r->bands.count;
    r->layer->adjusts = r->adjusts.items;
    r->layer->n_adjusts = r->adjusts.count;
    return stl_policy_check_layer(r, err);
}
