/* SPDX-License-Identifier: Apache-2.0 */
/* Filings (approvals.csv): approvals, referrals and recognitions of the kinds that a list names. */
#ifndef STL_RULES_FILINGS_H
#define STL_RULES_FILINGS_H

#include "rules/lists.h"

/* Is the filing about this? */
typedef bool stl_filing_fit(const stl_case *c, const stl_approval *filing, const void *about);

/* A fit about a line (uint32_t): the filing names it, its code or item, or none of them and is for
 * the whole stay. */
bool stl_filing_of_line(const stl_case *c, const stl_approval *filing, const void *about);

/* A filing of a kind on the list `kinds` that holds on the day: from begndate, else from the day on
 * which it was given, to enddate. `fit` NULL: any. NULL: there is none. */
const stl_approval *stl_rules_filing(const stl_case *c, const char *kinds, stl_day day,
                                     stl_filing_fit *fit, const void *about);

/* A filing of exactly this kind for the line holds on its day. */
bool stl_rules_filed(const stl_case *c, stl_str kind, uint32_t line);

#endif
