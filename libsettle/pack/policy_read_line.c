/* SPDX-License-Identifier: Apache-2.0 */
/* The line stage: pre-payment of class B, charges that are borne otherwise. */
#include "pack/policy_elements.h"

settle_status stl_policy_read_line(stl_policy_reader *r, const stl_xml_element *e, stl_error *err) {
    (void)e, (void)err;
    r->line_here = !r->line_seen;
    r->line_seen = true;
    return SETTLE_OK;
}

settle_status stl_policy_read_prepay(stl_policy_reader *r, const stl_xml_element *e,
                                     stl_error *err) {
    stl_prepay_row row;
    TRY(stl_policy_attr(r, e, "list_type", &row.list_type, err));
    TRY(stl_policy_ratio(r, e, "ratio", &row.ratio, err));
    TRY(stl_policy_attr(r, e, "basis", &row.basis, err));
    if (!r->line_here)
        return SETTLE_OK;
    const stl_prepay_row *rows = r->prepays.items;
    if (r->prepays.count > 0 && stl_str_empty(rows[r->prepays.count - 1].list_type))
        return stl_policy_fail(r, row.list_type, "the row before it fits everything", err);
    stl_prepay_row *kept;
    TRY(stl_policy_push(r, &r->prepays, sizeof *kept, &kept, err));
    *kept = row;
    r->policy->prepays = r->prepays.items;
    r->policy->n_prepays = r->prepays.count;
    return SETTLE_OK;
}

settle_status stl_policy_read_item(stl_policy_reader *r, const stl_xml_element *e, stl_error *err) {
    stl_item_row row = {.shares = NULL};
    TRY(stl_policy_condition(r, e, &row.when, err));
    TRY(stl_policy_attr(r, e, "list", &row.list, err));
    TRY(stl_policy_ratio(r, e, "person", &row.person, err));
    TRY(stl_policy_attr(r, e, "paid-by", &row.paid_by, err));
    TRY(stl_policy_attr(r, e, "basis", &row.basis, err));
    r->item = row;
    r->container_line = e->line;
    r->shares = (stl_policy_list){.items = NULL};
    return SETTLE_OK;
}

static settle_status check_shares(stl_policy_reader *r, stl_error *err) {
    stl_ratio person = r->item.person == STL_NONE ? 0 : r->item.person;
    if (person + stl_policy_shares_most(r->item.shares, r->item.n_shares) > STL_RATIO_ONE)
        return stl_policy_fail(r, r->item.list, "person and shares are more than the whole", err);
    if (r->item.n_shares > 0 && !stl_str_empty(r->item.paid_by))
        return stl_policy_fail(r, r->item.list, "what a layer pays whole has no other shares", err);
    return SETTLE_OK;
}

settle_status stl_policy_end_item(stl_policy_reader *r, stl_error *err) {
    r->line = r->container_line;
    r->item.shares = r->shares.items;
    r->item.n_shares = r->shares.count;
    TRY(check_shares(r, err));
    if (!r->line_here)
        return SETTLE_OK;
    stl_item_row *kept;
    int64_t *at;
    TRY(stl_policy_push(r, &r->items, sizeof *kept, &kept, err));
    TRY(stl_policy_push(r, &r->item_lines, sizeof *at, &at, err));
    *kept = r->item;
    *at = r->line;
    r->policy->items = r->items.items;
    r->policy->n_items = r->items.count;
    return SETTLE_OK;
}

settle_status stl_policy_read_newborn(stl_policy_reader *r, const stl_xml_element *e,
                                      stl_error *err) {
    static const char *const WORDS[] = {"as-mother", "self-funded", NULL};
    stl_newborn_row row;
    int word;
    TRY(stl_policy_condition(r, e, &row.when, err));
    TRY(stl_policy_attr_word(r, e, "paid", WORDS, 0, &word, err));
    row.self_funded = word == 1;
    TRY(stl_policy_attr(r, e, "basis", &row.basis, err));
    if (!r->line_here)
        return SETTLE_OK;
    TRY(stl_policy_reachable(r, &r->newborns, sizeof row, err));
    stl_newborn_row *kept;
    TRY(stl_policy_push(r, &r->newborns, sizeof *kept, &kept, err));
    *kept = row;
    r->policy->newborns = r->newborns.items;
    r->policy->n_newborns = r->newborns.count;
    return SETTLE_OK;
}

settle_status stl_policy_check_items(stl_policy_reader *r, stl_error *err) {
    const stl_item_row *rows = r->items.items;
    const int64_t *lines = r->item_lines.items;
    const stl_layer *layers = r->layers.items;
    r->element = "item";
    for (size_t i = 0; i < r->items.count; i++) {
        bool found = stl_str_empty(rows[i].paid_by);
        for (size_t k = 0; k < r->layers.count && !found; k++)
            found = stl_str_eq(layers[k].id, rows[i].paid_by);
        r->line = lines[i];
        if (!found)
            return stl_policy_fail(r, rows[i].paid_by, "paid-by: there is no such layer", err);
    }
    return SETTLE_OK;
}
