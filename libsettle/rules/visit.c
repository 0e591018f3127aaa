/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/visit.h"

#include "rules/facts.h"

static const char *const WORDS[][3] = {
    {"inpatient", "住院", "an inpatient stay"},
    {"emergency", "急诊", "an emergency visit"},
    {"outpatient", "门诊", "an outpatient visit"},
    {"pharmacy", "药店购药", "a purchase at a pharmacy"},
    {"internet", "互联网诊疗", "a visit over the internet"},
};

stl_str stl_rules_visit(const stl_case *c) {
    const int64_t *row =
        stl_rules_listed(c, "visit", c->stay->head.med_type, stl_rules_stay_day(c));
    return stl_rules_cell(stl_rules_table(c, STL_T_LISTS), row, STL_LIST_VALUE);
}

const char *stl_rules_visit_words(const stl_case *c, stl_str visit) {
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
        if (stl_str_is(visit, WORDS[i][0]))
            return stl_rules_pick(c, WORDS[i][1], WORDS[i][2]);
    return stl_rules_pick(c, "其他就诊", "another visit");
}

const char *stl_rules_visit_missing(const stl_case *c) {
    return stl_rules_pick(c, "就诊类别（清单 visit 中的 med_type）",
                          "kind of the visit (med_type in the list visit)");
}
