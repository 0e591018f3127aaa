/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/checks.h"
#include "rules/support.h"

static stl_found found_of(const stl_case *c, stl_lines lines) {
    return (stl_found){.lines = lines.at,
                       .n_lines = lines.count,
                       .vola_amt = stl_lines_worth(c, lines.at, lines.count)};
}

static bool is_missing(const stl_case *c, uint32_t line) {
    return c->lines[line].map_state == STL_MAP_MISSING;
}

static settle_status report_missing(const stl_rule *rule, const stl_case *c, stl_lines lines,
                                    stl_verdict *out, stl_error *err) {
    const stl_charge *charge = stl_case_charge(c, lines.at[0]);
    stl_found found = found_of(c, lines);
    const char *extent = stl_rules_extent(c, lines.count, found.vola_amt);
    TRY_ALLOC(err, extent);
    return stl_rule_find(rule, c, out, found, err, "%.*s（%.*s）没有目录对照%s",
                         "%.*s (%.*s) has no mapping%s", STL_ARG(charge->medins_list_name),
                         STL_ARG(charge->medins_list_codg), extent);
}

static settle_status run_missing(const stl_case *c, stl_verdict *out, stl_error *err) {
    return stl_rules_by_item(&STL_RULE_UNMAPPED, c, is_missing, report_missing, out, err);
}

const stl_rule STL_RULE_UNMAPPED = {
    .id = "M1",
    .name = {"项目未对照", "item is not mapped"},
    .fix =
        {"请医保办在目录对照中补上该项目后重新核对；确属目录外的也须对照为自费，不得默认自费",
         "have the insurance office map the item and check again; an item outside the catalogue is "
         "mapped as self-funded, never left out"},
    .basis = "S1 (000:45)",
    .reads = "mapping.csv",
    .action = STL_BLOCK,
    .scope = STL_SCOPE_ITEM,
    .run = run_missing,
};

static bool is_unfit(const stl_case *c, uint32_t line) {
    const stl_line *l = &c->lines[line];
    return l->map_state == STL_MAP_EXPIRED || l->map_state == STL_MAP_REFUSED ||
           (l->map_state == STL_MAPPED && l->cat == NULL && l->cat_known);
}

static const char *cause_of(const stl_case *c, const stl_line *l) {
    if (l->map_state == STL_MAP_EXPIRED)
        return stl_rules_pick(c, "当日没有有效的目录对照", "no mapping is in force on that day");
    if (l->map_state == STL_MAP_REFUSED)
        return stl_rules_pick(c, "目录对照未通过或已停用", "the mapping is refused or stopped");
    return stl_rules_pick(c, "对照的目录编码当日不在有效期",
                          "the catalogue code is not in force on that day");
}

static settle_status report_unfit(const stl_rule *rule, const stl_case *c, stl_lines lines,
                                  stl_verdict *out, stl_error *err) {
    const stl_line *l = &c->lines[lines.at[0]];
    const stl_charge *charge = stl_case_charge(c, lines.at[0]);
    stl_found found = found_of(c, lines);
    const char *extent = stl_rules_extent(c, lines.count, found.vola_amt);
    TRY_ALLOC(err, extent);
    stl_str row = stl_rules_map_cell(c, l, STL_MAP_ID);
    stl_str code = stl_rules_map_cell(c, l, STL_MAP_CODE);
    if (l->map == NULL) { /* rows, none of the day */
        row = l->item_key;
        code = STL_STR("");
    }
    found.basis = stl_rules_text(c, "mapping.csv %.*s %.*s", STL_ARG(row), STL_ARG(code));
    TRY_ALLOC(err, found.basis);
    return stl_rule_find(
        rule, c, out, found, err, "%.*s（%.*s）：%s（%s 起）%s", "%.*s (%.*s): %s (from %s)%s",
        STL_ARG(charge->medins_list_name), STL_ARG(charge->medins_list_codg), cause_of(c, l),
        charge->fee_ocur_time == STL_NONE ? "?" : stl_figure_day(l->day).text, extent);
}

static settle_status run_unfit(const stl_case *c, stl_verdict *out, stl_error *err) {
    return stl_rules_by_item(&STL_RULE_MAPPING_UNFIT, c, is_unfit, report_unfit, out, err);
}

const stl_rule STL_RULE_MAPPING_UNFIT = {
    .id = "M2",
    .name = {"目录对照失效", "mapping expired or refused"},
    .fix =
        {"请医保办更新该项目在收费日期的目录对照后重新核对",
         "have the insurance office renew the item's mapping for the day of the charge, then check "
         "again"},
    .basis = "S1 S15 (000:45, 002:229-231)",
    .reads = "mapping.csv, catalogue.csv",
    .action = STL_BLOCK,
    .scope = STL_SCOPE_ITEM,
    .run = run_unfit,
};

static bool is_unsure(const stl_case *c, uint32_t line) {
    return c->lines[line].map_state == STL_MAP_AMBIGUOUS;
}

static settle_status report_unsure(const stl_rule *rule, const stl_case *c, stl_lines lines,
                                   stl_verdict *out, stl_error *err) {
    const stl_charge *charge = stl_case_charge(c, lines.at[0]);
    stl_found found = found_of(c, lines);
    const char *extent = stl_rules_extent(c, lines.count, found.vola_amt);
    TRY_ALLOC(err, extent);
    return stl_rule_find(rule, c, out, found, err, "%.*s（%.*s）在 %s 有多条不同的有效对照%s",
                         "%.*s (%.*s) has several different mappings in force on %s%s",
                         STL_ARG(charge->medins_list_name), STL_ARG(charge->medins_list_codg),
                         stl_figure_day(c->lines[lines.at[0]].day).text, extent);
}

static settle_status run_unsure(const stl_case *c, stl_verdict *out, stl_error *err) {
    return stl_rules_by_item(&STL_RULE_MAPPING_UNSURE, c, is_unsure, report_unsure, out, err);
}

const stl_rule STL_RULE_MAPPING_UNSURE = {
    .id = "M3",
    .name = {"目录对照不唯一", "mapping is ambiguous"},
    .fix = {"请医保办只保留一条有效对照后重新核对",
            "have the insurance office leave one mapping in force, then check again"},
    .basis = "S1 V7 (000:45, 001:59)",
    .reads = "mapping.csv",
    .action = STL_BLOCK,
    .scope = STL_SCOPE_ITEM,
    .run = run_unsure,
};
