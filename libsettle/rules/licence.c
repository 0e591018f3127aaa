/* SPDX-License-Identifier: Apache-2.0 */
/* V19: treatment that needs a licence (list "V19.licensed": catalogue code) at an institution that
 * has it (list "V19.licences": fixmedins_code/catalogue code). */
#include "rules/checks.h"
#include "rules/facts.h"

static settle_status report(const stl_rule *rule, const stl_case *c, stl_lines lines,
                            stl_verdict *out, stl_error *err) {
    const stl_line *l = &c->lines[lines.at[0]];
    const int64_t *row = stl_rules_listed(c, "V19.licensed", l->med_list_codg, l->day);
    stl_found found = {.lines = lines.at,
                       .n_lines = lines.count,
                       .vola_amt = stl_lines_worth(c, lines.at, lines.count),
                       .basis = stl_rules_list_basis(c, "V19.licensed", row)};
    const char *extent = stl_rules_extent(c, lines.count, found.vola_amt);
    TRY_ALLOC(err, found.basis);
    TRY_ALLOC(err, extent);
    return stl_rule_find(
        rule, c, out, found, err, "%.*s（%.*s）须经审批方可开展，机构 %.*s 在 %s 没有该项许可%s",
        "%.*s (%.*s) needs a licence, institution %.*s has none on %s%s",
        STL_ARG(stl_case_charge(c, lines.at[0])->medins_list_name), STL_ARG(l->med_list_codg),
        STL_ARG(c->stay->head.fixmedins_code), stl_figure_day(l->day).text, extent);
}

static settle_status is_licensed(const stl_case *c, uint32_t line, bool *out, stl_error *err) {
    const char *item = stl_rules_text(c, "%.*s/%.*s", STL_ARG(c->stay->head.fixmedins_code),
                                      STL_ARG(c->lines[line].med_list_codg));
    TRY_ALLOC(err, item);
    *out = stl_rules_listed(c, "V19.licences", stl_str_of(item), c->lines[line].day) != NULL;
    return SETTLE_OK;
}

/* Of an institution without an agreement that one is told, not what it lacks besides. */
static bool is_designated(const stl_case *c) {
    const int64_t *row = stl_rules_listed(c, "V19.institutions", c->stay->head.fixmedins_code,
                                          stl_rules_stay_day(c));
    return !stl_rules_has_list(c, "V19.institutions") ||
           stl_str_is(stl_rules_cell(stl_rules_table(c, STL_T_LISTS), row, STL_LIST_VALUE),
                      "active");
}

static settle_status run(const stl_case *c, stl_verdict *out, stl_error *err) {
    stl_lines lines = {0};
    if (!stl_rules_has_list(c, "V19.licensed"))
        return stl_verdict_gap(out, STL_RULE_LICENCE.id,
                               stl_rules_pick(c, "须经审批的诊疗项目名单（V19.licensed）",
                                              "the list of what needs a licence (V19.licensed)"),
                               0);
    for (uint32_t code = 0; is_designated(c) && code < c->n_codes; code++) {
        stl_str text = stl_rules_code(c, code);
        if (!stl_rules_ever_listed(c, "V19.licensed", text))
            continue;
        for (size_t i = c->code_first[code]; i < c->code_first[code + 1]; i++) {
            uint32_t line = c->by_code[i];
            bool licensed = true;
            if (stl_line_live(&c->lines[line]) &&
                stl_rules_listed(c, "V19.licensed", text, c->lines[line].day) != NULL)
                TRY(is_licensed(c, line, &licensed, err));
            if (!licensed)
                TRY(stl_lines_add(c->arena, &lines, line, err));
        }
    }
    return stl_rules_each_item(&STL_RULE_LICENCE, c, lines, report, out, err);
}

const stl_rule STL_RULE_LICENCE = {
    .id = "V19",
    .name = {"机构无资格或超出协议、许可范围",
             "institution without agreement or licence, or outside it"},
    .fix = {"未取得许可的诊疗项目不得纳入医保结算：请退费或改为自费，并报医务部门核实许可",
            "without the licence it must not be settled with the fund: refund it or make it "
            "self-funded, and have the medical office verify the licence"},
    .basis = "V19 (002:181, 004:70)",
    .reads = "rules/lists.csv V19.licensed, rules/lists.csv V19.licences, rules/lists.csv "
             "V19.institutions",
    .action = STL_BLOCK,
    .scope = STL_SCOPE_ITEM,
    .run = run,
};
