/* SPDX-License-Identifier: Apache-2.0 */
/* What several checks ask of the stay as a whole. */
#ifndef STL_RULES_FACTS_H
#define STL_RULES_FACTS_H

#include "base/words.h"
#include "rules/lists.h"

/* Day by which lists about the stay are read: discharge, else settlement, else admission. */
stl_day stl_rules_stay_day(const stl_case *c);

/* Code of the principal diagnosis: of the head, else of the diagnosis marked so; "" none. */
stl_str stl_rules_principal(const stl_case *c);

/* A national code of western medicine, Chinese patent medicine or decoction pieces. */
bool stl_rules_is_drug(stl_str code);

/* All of the stay, refunds netted. */
stl_money stl_rules_stay_worth(const stl_case *c);

/* The first diagnosis, the head's before the others, that a list has; *out its row. False: none. */
bool stl_rules_diagnosed(const stl_case *c, const char *list, stl_str *code, const int64_t **out);

/* The head or the file of diagnoses says something. */
bool stl_rules_diagnoses_given(const stl_case *c);

#endif
