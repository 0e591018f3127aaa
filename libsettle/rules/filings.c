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

bool stl_filing_of_line(const stl_case *c, const stl_approval *filing, const void *about) {
    uint32_t line = *(const uint32_t *)about;
    const stl_charge *charge = stl_case_charge(c, line);
    if (!stl_str_empty(filing->feedetl_sn))
        return stl_str_eq(filing->feedetl_sn, charge->feedetl_sn);
    return stl_str_empty(filing->code) || stl_str_eq(filing->code, c->lines[line].med_list_codg) ||
           stl_str_eq(filing->code, charge->medins_list_codg);
}

bool stl_rules_filed(const stl_case *c, stl_str kind, uint32_t line) {
    const stl_approval *filings = STL_ROWS_OF(c->stay, STL_R_APPROVAL, stl_approval);
    for (size_t i = 0; i < c->stay->rows[STL_R_APPROVAL].count; i++)
        if (stl_str_eq(filings[i].kind, kind) && holds(&filings[i], c->lines[line].day) &&
            stl_filing_of_line(c, &filings[i], &line))
            return true;
    return false;
}
