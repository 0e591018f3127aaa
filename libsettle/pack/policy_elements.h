/* SPDX-License-Identifier: Apache-2.0 */
/* The elements of policy.xml, each read where it opens, some closed where it ends. */
#ifndef STL_PACK_POLICY_ELEMENTS_H
#define STL_PACK_POLICY_ELEMENTS_H

#include "pack/policy_parse.h"

typedef settle_status stl_policy_open_fn(stl_policy_reader *r, const stl_xml_element *e,
                                         stl_error *err);
typedef settle_status stl_policy_close_fn(stl_policy_reader *r, stl_error *err);

/* policy_read_head.c */
stl_policy_open_fn stl_policy_read_policy, stl_policy_read_year, stl_policy_read_rule_date,
    stl_policy_read_rounding, stl_policy_read_precedence, stl_policy_read_payer,
    stl_policy_read_account, stl_policy_read_method, stl_policy_read_later,
    stl_policy_read_withhold;
/* policy_read_line.c */
stl_policy_open_fn stl_policy_read_line, stl_policy_read_prepay, stl_policy_read_item,
    stl_policy_read_newborn;
stl_policy_close_fn stl_policy_end_item;
/* Every layer that an item names is there: asked when all layers are. */
/* The most that shares bear at once: each payer by one of its rows. */
stl_ratio stl_policy_shares_most(const stl_share_row *shares, size_t n);
settle_status stl_policy_check_items(stl_policy_reader *r, stl_error *err) STL_MUST_CHECK;
/* policy_read_layer.c */
stl_policy_open_fn stl_policy_read_layer, stl_policy_read_for, stl_policy_read_base,
    stl_policy_read_first_pay, stl_policy_read_growth;
stl_policy_close_fn stl_policy_end_base, stl_policy_end_layer;
/* policy_read_amount.c */
stl_policy_open_fn stl_policy_read_deductible, stl_policy_read_repeat, stl_policy_read_counts_as,
    stl_policy_read_credit, stl_policy_read_amount, stl_policy_read_ceiling;
stl_policy_close_fn stl_policy_end_amounts;
/* policy_read_bands.c */
stl_policy_open_fn stl_policy_read_bands, stl_policy_read_band, stl_policy_read_ratio,
    stl_policy_read_share, stl_policy_read_adjust;
stl_policy_close_fn stl_policy_end_band;

#endif
