/* SPDX-License-Identifier: Apache-2.0 */
/* V25: items the fund never pays (rules/exclusions.csv). The payment makes them self-funded; the
 * finding tells the ward, so that the patient hears of it. */
#include "rules/checks.h"
#include "rules/support.h"

static bool is_excluded(const stl_case *c, uint32_t line) {
    return c->lines[line].excluded && c->lines[line].net_cnt != 0;
}

static settle_status report(const stl_rule *rule, const stl_case *c, stl_lines lines,
                            stl_verdict *out, stl_error *err) {
    const stl_line *l = &c->lines[lines.at[0]];
    const stl_charge *charge = stl_case_charge(c, lines.at[0]);
    const stl_index_table *table = stl_rules_table(c, STL_T_EXCLUSIONS);
    const int64_t *row =
        stl_region_row_on(table, l->med_list_codg, STL_EXC_BEGIN, STL_EXC_END, l->day);
    stl_str reason = stl_rules_cell(table, row, STL_EXC_REASON);
    stl_str source = stl_rules_cell(table, row, STL_EXC_SOURCE);
    stl_found found = {.lines = lines.at,
                       .n_lines = lines.count,
                       .vola_amt = stl_lines_worth(c, lines.at, lines.count),
                       .basis = stl_rules_text(c, "rules/exclusions.csv %.*s %.*s",
                                               STL_ARG(l->med_list_codg), STL_ARG(source))};
    const char *count = stl_rules_count(c, lines.count, "条", "line");
    TRY_ALLOC(err, found.basis);
    TRY_ALLOC(err, count);
    return stl_rule_find(rule, c, out, found, err,
                         "%.*s（%.*s）属基金不予支付范围：%.*s，共 %s，%s 元由个人自费",
                         "%.*s (%.*s) is never paid by the fund: %.*s; %s, %s yuan self-funded",
                         STL_ARG(charge->medins_list_name), STL_ARG(l->med_list_codg),
                         STL_ARG(reason), count, stl_figure_money(found.vola_amt).text);
}

static settle_status run(const stl_case *c, stl_verdict *out, stl_error *err) {
    return stl_rules_by_item(&STL_RULE_EXCLUDED, c, is_excluded, report, out, err);
}

const stl_rule STL_RULE_EXCLUDED = {
    .id = "V25",
    .name = {"基金不予支付项目", "excluded from the fund"},
    .fix = {"请告知患者该费用由个人自费并取得自费知情同意签字",
            "tell the patient that it is self-funded and have the consent signed"},
    .basis = "V25 (002:277,1161, 003:409)",
    .reads = "rules/exclusions.csv",
    .action = STL_WARN,
    .scope = STL_SCOPE_ITEM,
    .run = run,
};
