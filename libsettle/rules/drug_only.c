/* SPDX-License-Identifier: Apache-2.0 */
/* V9: an inpatient stay with drugs (list "V9.drug") and, beside the bed and what comes with it
 * (list "V9.routine"), nothing else. */
#include "rules/checks.h"
#include "rules/facts.h"
#include "rules/visit.h"

static bool accompanies(const stl_case *c, stl_str code) {
    return stl_index_get(stl_rules_table(c, STL_T_BEDS), code).count > 0 ||
           stl_rules_listed(c, "V9.routine", code, stl_rules_stay_day(c)) != NULL;
}

static bool has_live(const stl_case *c, uint32_t code) {
    for (size_t i = c->code_first[code]; i < c->code_first[code + 1]; i++)
        if (stl_line_live(&c->lines[c->by_code[i]]))
            return true;
    return false;
}

/* The money of the drugs; STL_NONE: there is something else, or no drug. */
static stl_money drugs_only(const stl_case *c) {
    stl_money sum = 0;
    bool drugs = false;
    for (uint32_t code = 0; code < c->n_codes; code++) {
        stl_str text = stl_rules_code(c, code);
        bool is_drug = stl_rules_listed(c, "V9.drug", text, stl_rules_stay_day(c)) != NULL;
        if (!has_live(c, code))
            continue;
        if (!is_drug && !accompanies(c, text))
            return STL_NONE;
        drugs = drugs || is_drug;
        for (size_t i = c->code_first[code]; is_drug && i < c->code_first[code + 1]; i++)
            sum = stl_rules_sum(sum, stl_lines_worth(c, &c->by_code[i], 1));
    }
    return drugs ? sum : STL_NONE;
}

static settle_status gap(const char *missing, stl_verdict *out) {
    return stl_verdict_gap(out, STL_RULE_DRUG_ONLY.id, missing, 0);
}

static settle_status run(const stl_case *c, stl_verdict *out, stl_error *err) {
    stl_str visit = stl_rules_visit(c);
    bool is_stay = stl_str_is(visit, "inpatient");
    if ((!is_stay && !stl_str_empty(visit)) || c->n_lines == 0 || c->n_by_code < c->n_lines)
        return SETTLE_OK; /* no stay, nothing charged, or a line without a code: M1 stops it */
    if (!stl_rules_has_list(c, "V9.drug"))
        return gap(stl_rules_pick(c, "药品编码（清单 V9.drug）", "codes of drugs (list V9.drug)"),
                   out);
    stl_money sum = drugs_only(c);
    if (sum == STL_NONE)
        return SETTLE_OK;
    if (!is_stay)
        return gap(stl_rules_visit_missing(c), out);
    return stl_rule_find(&STL_RULE_DRUG_ONLY, c, out,
                         (stl_found){.vola_amt = sum, .basis = "rules/lists.csv V9.drug"}, err,
                         "住院期间只有药品费用 %s 元，没有检查、检验和治疗",
                         "the stay has drugs only (%s yuan), no test and no treatment",
                         stl_figure_money(sum).text);
}

const stl_rule STL_RULE_DRUG_ONLY = {
    .id = "V9",
    .name = {"疑似挂床住院", "stay without care"},
    .fix = {"请核对是否有住院指征：可在门诊用药的不应收住院",
            "check whether the stay was needed: drugs alone can be given to an outpatient"},
    .basis = "V9 (002:257,411,479,1165)",
    .reads = "rules/lists.csv V9.drug, rules/lists.csv visit, rules/lists.csv V9.routine?, "
             "rules/beds.csv",
    .action = STL_WARN,
    .scope = STL_SCOPE_STAY,
    .run = run,
};
