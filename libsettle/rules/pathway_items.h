/* SPDX-License-Identifier: Apache-2.0 */
/* The items of the price list that are still charged in a stay, by their codes. */
#ifndef STL_RULES_PATHWAY_ITEMS_H
#define STL_RULES_PATHWAY_ITEMS_H

#include "rules/support.h"

typedef struct stl_charged_item {
    stl_str code;
    uint32_t line; /* the first */
    bool named;    /* for the caller */
} stl_charged_item;

typedef struct stl_charged_items {
    stl_charged_item *slots; /* an empty code: free */
    size_t n_slots;          /* power of two */
    size_t unknown;          /* live lines of services whose code is not known */
} stl_charged_items;

settle_status stl_charged_items_of(const stl_case *c, stl_charged_items *out,
                                   stl_error *err) STL_MUST_CHECK;
/* NULL: not charged. */
stl_charged_item *stl_charged_items_find(const stl_charged_items *items, stl_str code);

/* The line may change what they are: its item is not known, or none of its code stands before. */
bool stl_charged_items_concern(const stl_case *c, uint32_t line);

#endif
