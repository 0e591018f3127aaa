/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/facts.h"

stl_day stl_rules_stay_day(const stl_case *c) {
    const stl_admission *head = &c->stay->head;
    stl_instant at = head->endtime != STL_NONE     ? head->endtime
                     : head->setl_time != STL_NONE ? head->setl_time
                                                   : head->begntime;
    return at == STL_NONE ? 0 : stl_instant_day(at);
}

stl_str stl_rules_principal(const stl_case *c) {
    return stl_stay_principal(c->stay);
}

bool stl_rules_is_drug(stl_str code) {
    return !stl_str_empty(code) && strchr("XZT", code.ptr[0]) != NULL;
}

stl_money stl_rules_stay_worth(const stl_case *c) {
    stl_money sum = 0;
    for (size_t i = 0; i < c->n_lines; i++)
        if (c->lines[i].net_amt != STL_NONE)
            sum = stl_rules_sum(sum, c->lines[i].net_amt);
    return sum;
}

bool stl_rules_diagnosed(const stl_case *c, const char *list, stl_str *code, const int64_t **out) {
    stl_day day = stl_rules_stay_day(c);
    const stl_rows *rows = &c->stay->rows[STL_R_DIAGNOSIS];
    const stl_diagnosis *diagnoses = rows->items;
    *code = stl_rules_principal(c);
    *out = stl_rules_listed(c, list, *code, day);
    for (size_t i = 0; *out == NULL && i < rows->count; i++) {
        *code = diagnoses[i].diag_code;
        *out = stl_rules_listed(c, list, *code, day);
    }
    return *out != NULL;
}

bool stl_rules_diagnoses_given(const stl_case *c) {
    return c->stay->given[STL_R_DIAGNOSIS] || !stl_str_empty(c->stay->head.dscg_maindiag_code);
}
