/* SPDX-License-Identifier: Apache-2.0 */
/* V17: principal diagnosis or admitting department known for admissions without indication. */
#include "rules/checks.h"
#include "rules/facts.h"

static settle_status judge(const stl_case *c, const char *list, stl_str code, const char *zh,
                           const char *en, stl_verdict *out, stl_error *err) {
    const char *what = stl_rules_pick(c, zh, en);
    if (!stl_rules_has_list(c, list)) {
        const char *missing =
            stl_rules_text(c, stl_rules_pick(c, "%s名单（%s）", "list of %s (%s)"), what, list);
        TRY_ALLOC(err, missing);
        return stl_verdict_gap(out, STL_RULE_INDICATION.id, missing, 0);
    }
    if (stl_str_empty(code))
        return stl_verdict_gap(out, STL_RULE_INDICATION.id, what, 0);
    const int64_t *row = stl_rules_listed(c, list, code, stl_rules_stay_day(c));
    if (row == NULL)
        return SETTLE_OK;
    const stl_index_table *table = stl_rules_table(c, STL_T_LISTS);
    stl_str name = stl_index_text(table, row[STL_LIST_NAME]);
    stl_found found = {.vola_amt = stl_rules_stay_worth(c),
                       .basis = stl_rules_list_basis(c, list, row)};
    TRY_ALLOC(err, found.basis);
    return stl_rule_find(&STL_RULE_INDICATION, c, out, found, err,
                         "%s %.*s（%.*s）在易发生无指征收治的名单中，本次金额 %s 元",
                         "%s %.*s (%.*s) is on the list of admissions without indication: %s yuan",
                         what, STL_ARG(code), STL_ARG(name), stl_figure_money(found.vola_amt).text);
}

static settle_status run(const stl_case *c, stl_verdict *out, stl_error *err) {
    TRY(judge(c, "V17.diagnosis", stl_rules_principal(c), "主要诊断", "principal diagnosis", out,
              err));
    return judge(c, "V17.department", c->stay->head.adm_dept_codg, "入院科室",
                 "admitting department", out, err);
}

const stl_rule STL_RULE_INDICATION = {
    .id = "V17",
    .name = {"疑似无指征收治", "admission perhaps without indication"},
    .fix = {"请核对入院指征，并在病历中记录",
            "check the indication of the admission and record it"},
    .basis = "V17 (001:61)",
    .reads = "rules/lists.csv V17.diagnosis, rules/lists.csv V17.department",
    .action = STL_HINT,
    .scope = STL_SCOPE_WORTH,
    .run = run,
};
