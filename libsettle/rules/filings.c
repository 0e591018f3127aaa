/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/filings.h"

static bool holds(const stl_approval *filing, stl_day day) {
    stl_day begin = filing->begndate;
    if (begin == STL_NONE && filing->time != STL_NONE)
        begin = stl_instant_day(filing->time);
    return (begin == STL_NONE || begin <= day) &&
           (filing->enddate == STL_NONE || day <= filing->enddate);
}

const stl_approval *stl_rules_filing(const stl_case *c, const char *kinds, stl_day day,
                                     stl_filing_fit *fit, const void *about) {
    const stl_approval *filings = STL_ROWS_OF(c->stay, STL_R_APPROVAL, stl_approval);
    for (size_t i = 0; i < c->stay->rows[STL_R_APPROVAL].count; i++)
        if (holds(&filings[i], day) && stl_rules_listed(c, kinds, filings[i].kind, day) != NULL &&
            (fit == NULL || fit(c, &filings[i], about)))
            return &filings[i];
    return NULL;
}
