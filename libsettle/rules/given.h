/* SPDX-License-Identifier: Apache-2.0 */
/* The amounts that the caller may give with a stay, beside those of the settlement. */
#ifndef STL_RULES_GIVEN_H
#define STL_RULES_GIVEN_H

#include "rules/facts.h"
#include "model/settlement.h"

typedef struct stl_given_sum {
    const char *name; /* national */
    uint16_t given;   /* offset in stl_admission */
    uint16_t own;     /* offset in stl_setlinfo */
} stl_given_sum;

extern const stl_given_sum STL_GIVEN_SUMS[];
extern const size_t STL_N_GIVEN_SUMS;

static inline stl_money stl_given(const stl_case *c, const stl_given_sum *sum) {
    return *(const stl_money *)((const char *)&c->stay->head + sum->given);
}
static inline stl_money stl_given_own(const stl_settlement *s, const stl_given_sum *sum) {
    return *(const stl_money *)((const char *)&s->info + sum->own);
}

#endif
