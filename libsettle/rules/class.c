/* SPDX-License-Identifier: Apache-2.0 */
/* V1: the coverage class must be agreed on both sides, mapping and catalogue. */
#include "rules/checks.h"
#include "rules/support.h"

#define SELF_FUNDED "03"

static stl_str class_mapped(const stl_case *c, const stl_line *l) {
    return stl_rules_map_cell(c, l, STL_MAP_LV);
}

static stl_str class_listed(const stl_case *c, const stl_line *l) {
    return stl_rules_cell(stl_rules_table(c, STL_T_CATALOGUE), l->cat, STL_CAT_LV);
}

static const char *class_text(const stl_case *c, stl_str class) {
    const char *name = stl_str_is(class, "01")   ? "甲类"
                       : stl_str_is(class, "02") ? "乙类"
                       : stl_str_is(class, "03") ? "丙类"
                                                 : "";
    return stl_rules_text(c, stl_rules_pick(c, "%s（%.*s）", "%s%.*s"), stl_rules_pick(c, name, ""),
                          STL_ARG(class));
}

static bool disagrees(const stl_case *c, uint32_t line) {
    const stl_line *l = &c->lines[line];
    if (l->map_state != STL_MAPPED)
        return false;
    stl_str mapped = class_mapped(c, l);
    if (stl_str_empty(mapped))
        return false;
    if (l->cat == NULL)
        return !l->cat_known && !stl_str_is(mapped, SELF_FUNDED);
    stl_str listed = class_listed(c, l);
    return !stl_str_empty(listed) && !stl_str_eq(mapped, listed);
}

static settle_status report(const stl_rule *rule, const stl_case *c, stl_lines lines,
                            stl_verdict *out, stl_error *err) {
    const stl_line *l = &c->lines[lines.at[0]];
    const stl_charge *charge = stl_case_charge(c, lines.at[0]);
    const stl_index_table *catalogue = stl_rules_table(c, STL_T_CATALOGUE);
    stl_str row = stl_rules_map_cell(c, l, STL_MAP_ID);
    stl_str source = stl_rules_cell(catalogue, l->cat, STL_CAT_SOURCE);
    const char *mapped = class_text(c, class_mapped(c, l));
    const char *listed = l->cat == NULL ? stl_rules_pick(c, "目录外", "not listed")
                                        : class_text(c, class_listed(c, l));
    stl_found found = {.lines = lines.at,
                       .n_lines = lines.count,
                       .vola_amt = stl_lines_worth(c, lines.at, lines.count),
                       .basis = stl_rules_text(c, "mapping.csv %.*s; catalogue.csv %.*s %.*s",
                                               STL_ARG(row), STL_ARG(l->med_list_codg),
                                               STL_ARG(source))};
    const char *extent = stl_rules_extent(c, lines.count, found.vola_amt);
    TRY_ALLOC(err, found.basis);
    TRY_ALLOC(err, extent);
    TRY_ALLOC(err, mapped);
    TRY_ALLOC(err, listed);
    return stl_rule_find(rule, c, out, found, err, "%.*s（%.*s）：对照为%s ≠ 目录为%s%s",
                         "%.*s (%.*s): class %s in the mapping ≠ %s in the catalogue%s",
                         STL_ARG(charge->medins_list_name), STL_ARG(l->med_list_codg), mapped,
                         listed, extent);
}

static settle_status run(const stl_case *c, stl_verdict *out, stl_error *err) {
    size_t silent = 0;
    for (size_t i = 0; i < c->n_lines; i++) {
        const stl_line *l = &c->lines[i];
        silent +=
            l->map_state == STL_MAPPED && (stl_str_empty(class_mapped(c, l)) ||
                                           (l->cat != NULL && stl_str_empty(class_listed(c, l))));
    }
    if (silent > 0)
        TRY(stl_verdict_gap(out, STL_RULE_CLASS.id,
                            stl_rules_pick(c, "收费项目等级", "coverage class"), silent));
    return stl_rules_by_item(&STL_RULE_CLASS, c, disagrees, report, out, err);
}

const stl_rule STL_RULE_CLASS = {
    .id = "V1",
    .name = {"医保类别对照不一致", "coverage class of mapping and catalogue disagree"},
    .fix =
        {"请医保办按医保目录改正该项目的对照类别（甲01、乙02、丙03）后重新核对",
         "have the insurance office mend the class in the mapping by the catalogue (01, 02, 03), "
         "then check again"},
    .basis = "V1 (000:45, 001:181, 002:271)",
    .reads = "mapping.csv, catalogue.csv",
    .action = STL_BLOCK,
    .scope = STL_SCOPE_ITEM,
    .run = run,
};
