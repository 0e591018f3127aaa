/* SPDX-License-Identifier: Apache-2.0 */
/* Deductible and ceiling: what they cost. */
#include "pack/policy_elements.h"

settle_status stl_policy_read_deductible(stl_policy_reader *r, const stl_xml_element *e,
                                         stl_error *err) {
    static const char *const WORDS[] = {"stay", "year", NULL};
    int word;
    TRY(stl_policy_attr_word(r, e, "per", WORDS, 0, &word, err));
    r->layer->dedc_yearly = word == 1;
    r->in_ceiling = false;
    r->amounts = (stl_policy_list){.items = NULL};
    r->container_line = e->line;
    return stl_policy_attr(r, e, "counts", &r->layer->acc_dedc, err);
}

settle_status stl_policy_read_repeat(stl_policy_reader *r, const stl_xml_element *e,
                                     stl_error *err) {
    stl_layer *l = r->layer;
    r->counts = (stl_policy_list){.items = NULL};
    TRY(stl_policy_attr_number(r, e, "from-stay", 0, 1, 99, &l->dedc_repeat_from, err));
    TRY(stl_policy_ratio(r, e, "ratio", &l->dedc_repeat_ratio, err));
    TRY(stl_policy_attr(r, e, "counted-by", &l->acc_count, err));
    return stl_policy_attr(r, e, "basis", &l->dedc_repeat_basis, err);
}

settle_status stl_policy_read_counts_as(stl_policy_reader *r, const stl_xml_element *e,
                                        stl_error *err) {
    stl_count_row row;
    TRY(stl_policy_condition(r, e, &row.when, err));
    TRY(stl_policy_attr_number(r, e, "hours-below", 0, 1, 99, &row.hours_below, err));
    TRY(stl_policy_attr_switch(r, e, "below-deductible", false, &row.below_deductible, err));
    TRY(stl_policy_attr_switch(r, e, "crosses-year", false, &row.crosses_year, err));
    TRY(stl_policy_ratio(r, e, "value", &row.value, err));
    TRY(stl_policy_attr(r, e, "basis", &row.basis, err));
    if (row.value % (STL_RATIO_ONE / 100) != 0)
        return stl_policy_fail(r, STL_STR(""), "a count has at most two decimals", err);
    const stl_count_row *rows = r->counts.items;
    const stl_count_row *last = r->counts.count == 0 ? NULL : &rows[r->counts.count - 1];
    if (last != NULL && last->hours_below == STL_NONE && !last->below_deductible &&
        !last->crosses_year)
        TRY(stl_policy_reachable(r, &r->counts, sizeof row, err));
    stl_count_row *kept;
    TRY(stl_policy_push(r, &r->counts, sizeof *kept, &kept, err));
    *kept = row;
    r->layer->counts = r->counts.items;
    r->layer->n_counts = r->counts.count;
    return SETTLE_OK;
}

settle_status stl_policy_read_credit(stl_policy_reader *r, const stl_xml_element *e,
                                     stl_error *err) {
    stl_credit *credit = &r->layer->credit;
    if (r->layer->dedc_yearly)
        return stl_policy_fail(r, STL_STR(""), "credit has no sense with a deductible per year",
                               err);
    TRY(stl_policy_condition(r, e, &credit->when, err));
    TRY(stl_policy_attr(r, e, "counted-by", &credit->counted_by, err));
    return stl_policy_attr(r, e, "basis", &credit->basis, err);
}

settle_status stl_policy_read_amount(stl_policy_reader *r, const stl_xml_element *e,
                                     stl_error *err) {
    stl_amount_row row = {.of = STL_STR("")};
    int64_t times;
    TRY(stl_policy_condition(r, e, &row.when, err));
    TRY(stl_policy_money(r, e, "value", &row.amount, err));
    TRY(stl_policy_attr(r, e, "of", &row.of, err));
    TRY(stl_policy_attr_number(r, e, "times", 4, 0, 99999999, &times, err));
    TRY(stl_policy_attr(r, e, "basis", &row.basis, err));
    TRY(stl_policy_reachable(r, &r->amounts, sizeof row, err));
    if ((row.amount == STL_NONE) == stl_str_empty(row.of))
        return stl_policy_fail(r, row.of, "either value or of is needed", err);
    row.times = times == STL_NONE ? STL_RATIO_ONE : times;
    stl_money product;
    if (row.amount != STL_NONE && stl_decimal_mul_div(row.amount, row.times, STL_RATIO_ONE,
                                                      STL_ROUND_UP, &product) != SETTLE_OK)
        return stl_policy_fail(r, STL_STR(""), "value times times is too large", err);
    stl_amount_row *kept;
    TRY(stl_policy_push(r, &r->amounts, sizeof *kept, &kept, err));
    *kept = row;
    return SETTLE_OK;
}

settle_status stl_policy_read_ceiling(stl_policy_reader *r, const stl_xml_element *e,
                                      stl_error *err) {
    static const char *const WORDS[] = {"position", "payments", NULL};
    static const char *const PER[] = {"year", "stay", "day", NULL};
    int word;
    TRY(stl_policy_attr_word(r, e, "on", WORDS, 0, &word, err));
    r->layer->ceiling = word == 0 ? STL_CEILING_POSITION : STL_CEILING_PAYMENTS;
    TRY(stl_policy_attr_word(r, e, "per", PER, 0, &word, err));
    r->layer->ceiling_per = (stl_ceiling_per)word;
    if (word != 0 && r->layer->ceiling == STL_CEILING_POSITION)
        return stl_policy_fail(r, stl_str_of(PER[word]), "a ceiling on position is one of the year",
                               err);
    r->in_ceiling = true;
    r->amounts = (stl_policy_list){.items = NULL};
    r->container_line = e->line;
    return SETTLE_OK;
}

settle_status stl_policy_end_amounts(stl_policy_reader *r, stl_error *err) {
    const stl_amount_row *rows = r->amounts.items;
    r->line = r->container_line;
    if (r->amounts.count == 0 || !stl_policy_unconditional(&rows[r->amounts.count - 1].when))
        return stl_policy_fail(r, STL_STR(""), "the last amount must be without condition", err);
    if (r->in_ceiling) {
        r->layer->ceilings = rows;
        r->layer->n_ceilings = r->amounts.count;
    } else {
        r->layer->dedc = rows;
        r->layer->n_dedc = r->amounts.count;
    }
    return SETTLE_OK;
}
