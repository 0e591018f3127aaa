/* SPDX-License-Identifier: Apache-2.0 */
/* V19: the institution is designated and its agreement in force on the day of settlement; the
 * department and the kind of care are within the agreement. */
#include "rules/checks.h"
#include "rules/facts.h"

static stl_day settled_on(const stl_case *c) {
    stl_instant at = c->stay->head.setl_time;
    return at == STL_NONE ? stl_rules_stay_day(c) : stl_instant_day(at);
}

static stl_str cell(const stl_case *c, const int64_t *row, size_t col) {
    return stl_rules_cell(stl_rules_table(c, STL_T_LISTS), row, col);
}

static settle_status lacks(const stl_case *c, stl_verdict *out, const char *zh, const char *en) {
    return stl_verdict_gap(out, STL_RULE_INSTITUTION.id, stl_rules_pick(c, zh, en), 0);
}

static stl_found found_by(const stl_case *c, const char *list, const int64_t *row) {
    return (stl_found){.vola_amt = stl_rules_stay_worth(c),
                       .basis = stl_rules_list_basis(c, list, row)};
}

static settle_status judge_status(const stl_case *c, stl_verdict *out, stl_error *err) {
    stl_str code = c->stay->head.fixmedins_code;
    const int64_t *row = stl_rules_listed(c, "V19.institutions", code, settled_on(c));
    stl_str status = cell(c, row, STL_LIST_VALUE);
    if (row != NULL && stl_str_is(status, "active"))
        return SETTLE_OK;
    stl_found found = found_by(c, "V19.institutions", row);
    TRY_ALLOC(err, found.basis);
    stl_figure day = stl_figure_day(settled_on(c)), worth = stl_figure_money(found.vola_amt);
    if (row == NULL)
        return stl_rule_find(&STL_RULE_INSTITUTION, c, out, found, err,
                             "机构 %.*s 在 %s 不在定点医疗机构名单中，本次金额 %s 元",
                             "institution %.*s is not designated on %s: %s yuan", STL_ARG(code),
                             day.text, worth.text);
    return stl_rule_find(&STL_RULE_INSTITUTION, c, out, found, err,
                         "机构 %.*s 在 %s 的协议状态为“%.*s”，协议未生效或已停止，本次金额 %s 元",
                         "agreement of institution %.*s on %s is %.*s, not active: %s yuan",
                         STL_ARG(code), day.text, STL_ARG(status), worth.text);
}

static settle_status judge_scope(const stl_case *c, const char *list, stl_str what, const char *zh,
                                 const char *en, stl_verdict *out, stl_error *err) {
    const char *kind = stl_rules_pick(c, zh, en);
    if (!stl_rules_has_list(c, list)) {
        const char *missing = stl_rules_text(
            c, stl_rules_pick(c, "协议范围：%s（%s）", "scope of the agreement: %s (%s)"), kind,
            list);
        TRY_ALLOC(err, missing);
        return stl_verdict_gap(out, STL_RULE_INSTITUTION.id, missing, 0);
    }
    if (stl_str_empty(what))
        return stl_verdict_gap(out, STL_RULE_INSTITUTION.id, kind, 0);
    stl_str code = c->stay->head.fixmedins_code;
    const char *item = stl_rules_text(c, "%.*s/%.*s", STL_ARG(code), STL_ARG(what));
    TRY_ALLOC(err, item);
    const int64_t *row = stl_rules_listed(c, list, stl_str_of(item), stl_rules_stay_day(c));
    if (stl_str_is(cell(c, row, STL_LIST_VALUE), "in"))
        return SETTLE_OK;
    stl_found found = found_by(c, list, row);
    TRY_ALLOC(err, found.basis);
    return stl_rule_find(&STL_RULE_INSTITUTION, c, out, found, err,
                         "%s %.*s 不在机构 %.*s 的协议范围内，本次金额 %s 元",
                         "%s %.*s is outside the agreement of institution %.*s: %s yuan", kind,
                         STL_ARG(what), STL_ARG(code), stl_figure_money(found.vola_amt).text);
}

static settle_status run(const stl_case *c, stl_verdict *out, stl_error *err) {
    const stl_admission *head = &c->stay->head;
    if (!stl_rules_has_list(c, "V19.institutions"))
        return lacks(c, out, "定点医疗机构名单（V19.institutions）",
                     "the list of designated institutions (V19.institutions)");
    if (stl_str_empty(head->fixmedins_code))
        return lacks(c, out, "定点医药机构编号", "code of the institution");
    size_t before = out->n_findings;
    TRY(judge_status(c, out, err));
    if (out->n_findings > before)
        return SETTLE_OK;
    TRY(judge_scope(c, "V19.departments", head->adm_dept_codg, "入院科室", "admitting department",
                    out, err));
    return judge_scope(c, "V19.med-types", head->med_type, "医疗类别", "kind of care", out, err);
}

const stl_rule STL_RULE_INSTITUTION = {
    .id = "V19",
    .name = {"机构无资格或超出协议、许可范围",
             "institution without agreement or licence, or outside it"},
    .fix = {"非定点或暂停协议期间不得联网结算；请核对机构编码、协议状态与协议科室",
            "nothing may be settled here without an agreement in force: check code, state of the "
            "agreement and its departments"},
    .basis = "V19 (002:181, 004:70)",
    .reads = "rules/lists.csv V19.institutions, rules/lists.csv V19.departments, rules/lists.csv "
             "V19.med-types",
    .action = STL_BLOCK,
    .scope = STL_SCOPE_WORTH,
    .run = run,
};
