/* SPDX-License-Identifier: Apache-2.0 */
/* An item of the price list without a price of its own whose sub-items (its code and a letter) bear
 * the prices. */
#ifndef STL_RULES_SUB_ITEMS_H
#define STL_RULES_SUB_ITEMS_H

#include "rules/support.h"

typedef struct stl_sub_items {
    bool any;                /* with a price at the hospital's level */
    bool of_level_unknown;   /* the list has prices by level, and that of the hospital is unknown */
    const int64_t *cheapest; /* rows of caps.csv, of those in the mapping's unit; NULL: none */
    const int64_t *dearest;
} stl_sub_items;

/* Of a mapped line whose item is listed. */
stl_sub_items stl_rules_sub_items(const stl_case *c, uint32_t line);

#endif
