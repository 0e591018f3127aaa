/* SPDX-License-Identifier: Apache-2.0 */
/* V7: a charge bears another name or specification than the item master: how alike they must be is
 * parameter `renamed-percent`. */
#include "rules/checks.h"
#include "rules/facts.h"
#include "rules/similarity.h"

static bool unlike(stl_str ours, stl_str master, int64_t percent) {
    return !stl_str_empty(ours) && !stl_str_empty(master) && !stl_str_eq(ours, master) &&
           stl_similarity(ours, master) < percent;
}

static settle_status report(const stl_rule *rule, const stl_case *c, stl_lines lines,
                            stl_verdict *out, stl_error *err) {
    const stl_line *l = &c->lines[lines.at[0]];
    const stl_charge *charge = stl_case_charge(c, lines.at[0]);
    stl_found found = {.lines = lines.at,
                       .n_lines = lines.count,
                       .vola_amt = stl_lines_worth(c, lines.at, lines.count),
                       .basis = "items.csv; rules/parameters.csv V7 renamed-percent"};
    const char *extent = stl_rules_extent(c, lines.count, found.vola_amt);
    TRY_ALLOC(err, extent);
    return stl_rule_find(
        rule, c, out, found, err,
        "费用明细写作“%.*s”（规格“%.*s”），项目字典 %.*s 为“%.*s”（规格“%.*s”）%s",
        "the charge says \"%.*s\" (\"%.*s\"), the item master %.*s \"%.*s\" (\"%.*s\")%s",
        STL_ARG(charge->medins_list_name), STL_ARG(charge->spec), STL_ARG(l->item_key),
        STL_ARG(stl_rules_cell(&c->mapping->items, l->item, STL_ITEM_NAME)),
        STL_ARG(stl_rules_cell(&c->mapping->items, l->item, STL_ITEM_SPEC)), extent);
}

static settle_status run(const stl_case *c, stl_verdict *out, stl_error *err) {
    const stl_index_table *items = &c->mapping->items;
    int64_t percent = 0;
    bool known =
        stl_rules_parameter(c, "V7", "renamed-percent", stl_rules_stay_day(c), 0, &percent);
    if (!known && c->n_lines > 0)
        return stl_verdict_gap(
            out, STL_RULE_RENAMED.id,
            stl_rules_pick(c, "参数 V7 renamed-percent", "parameter V7 renamed-percent"), 0);
    stl_lines lines = {0};
    for (size_t i = 0; i < c->n_lines; i++) {
        const stl_line *l = &c->lines[i];
        const stl_charge *charge = stl_case_charge(c, i);
        if (l->item == NULL || !stl_line_live(l))
            continue;
        if (unlike(charge->medins_list_name, stl_index_text(items, l->item[STL_ITEM_NAME]),
                   percent) ||
            unlike(charge->spec, stl_index_text(items, l->item[STL_ITEM_SPEC]), percent))
            TRY(stl_lines_add(c->arena, &lines, (uint32_t)i, err));
    }
    return stl_rules_each_item(&STL_RULE_RENAMED, c, lines, report, out, err);
}

const stl_rule STL_RULE_RENAMED = {
    .id = "V7",
    .name = {"疑似串换项目", "item under another name or code"},
    .fix = {"请核对实际使用的项目：以实际项目收费，或更正项目字典",
            "charge the item that was really used, or correct the item master"},
    .basis = "V7 (001:59, 002:257,481)",
    .reads = "rules/parameters.csv renamed-percent, items.csv",
    .action = STL_WARN,
    .scope = STL_SCOPE_ITEM,
    .run = run,
};
