/* SPDX-License-Identifier: Apache-2.0 */
/* V7: the hospital's name of an item is far from the catalogue's. List "V7.similarity" says for
 * which list_type, and how many percent alike the names must be. */
#include "rules/checks.h"
#include "rules/lists.h"
#include "rules/similarity.h"

typedef struct judged {
    const int64_t *item, *cat;
    bool far;
} judged;

static int64_t threshold_of(const stl_case *c, const stl_line *l) {
    const stl_index_table *table = stl_rules_table(c, STL_T_LISTS);
    stl_str type = stl_rules_cell(stl_rules_table(c, STL_T_CATALOGUE), l->cat, STL_CAT_LIST_TYPE);
    const int64_t *row = stl_rules_listed(c, "V7.similarity", type, l->day);
    int64_t percent;
    if (row == NULL || stl_decimal_parse(stl_index_text(table, row[STL_LIST_VALUE]), 0, &percent))
        return 0;
    return percent;
}

static stl_str hospital_name(const stl_case *c, const stl_line *l) {
    return stl_index_text(&c->mapping->items, l->item[STL_ITEM_NAME]);
}

static stl_str catalogue_name(const stl_case *c, const stl_line *l) {
    return stl_index_text(stl_rules_table(c, STL_T_CATALOGUE), l->cat[STL_CAT_NAME]);
}

static bool is_far(const stl_case *c, const stl_line *l) {
    stl_str ours = hospital_name(c, l), theirs = catalogue_name(c, l);
    return stl_similarity(ours, theirs) < threshold_of(c, l);
}

static settle_status report(const stl_rule *rule, const stl_case *c, stl_lines lines,
                            stl_verdict *out, stl_error *err) {
    const stl_line *l = &c->lines[lines.at[0]];
    stl_str ours = hospital_name(c, l), theirs = catalogue_name(c, l);
    stl_found found = {
        .lines = lines.at,
        .n_lines = lines.count,
        .vola_amt = stl_lines_worth(c, lines.at, lines.count),
        .basis = stl_rules_text(c, "mapping.csv %.*s; rules/lists.csv V7.similarity %.*s",
                                STL_ARG(stl_rules_map_cell(c, l, STL_MAP_ID)),
                                STL_ARG(stl_rules_cell(stl_rules_table(c, STL_T_CATALOGUE), l->cat,
                                                       STL_CAT_LIST_TYPE)))};
    const char *extent = stl_rules_extent(c, lines.count, found.vola_amt);
    TRY_ALLOC(err, found.basis);
    TRY_ALLOC(err, extent);
    return stl_rule_find(
        rule, c, out, found, err, "院内 %.*s “%.*s”与目录 %.*s “%.*s”名称相似度 %d%% < %d%%%s",
        "hospital item %.*s \"%.*s\" and catalogue item %.*s \"%.*s\" are %d%% "
        "alike < %d%%%s",
        STL_ARG(l->item_key), STL_ARG(ours), STL_ARG(l->med_list_codg), STL_ARG(theirs),
        stl_similarity(ours, theirs), (int)threshold_of(c, l), extent);
}

static settle_status run(const stl_case *c, stl_verdict *out, stl_error *err) {
    if (c->n_by_code == 0)
        return SETTLE_OK;
    if (!stl_rules_has_list(c, "V7.similarity"))
        return stl_verdict_gap(
            out, STL_RULE_NAME_FAR.id,
            stl_rules_pick(c, "名称相似度清单 V7.similarity", "list V7.similarity"), 0);
    judged *known = stl_arena_alloc(c->arena, (c->n_items + (size_t)1) * sizeof *known);
    TRY_ALLOC(err, known);
    stl_lines far = {0};
    for (size_t i = 0; i < c->n_lines; i++) {
        const stl_line *l = &c->lines[i];
        judged *k = &known[l->item_no];
        if (l->item == NULL || l->cat == NULL || l->map_state != STL_MAPPED)
            continue;
        if (k->item != l->item || k->cat != l->cat)
            *k = (judged){l->item, l->cat, is_far(c, l)};
        if (k->far && stl_line_live(l))
            TRY(stl_lines_add(c->arena, &far, (uint32_t)i, err));
    }
    return stl_rules_each_item(&STL_RULE_NAME_FAR, c, far, report, out, err);
}

const stl_rule STL_RULE_NAME_FAR = {
    .id = "V7",
    .name = {"疑似串换项目", "item under another name or code"},
    .fix = {"请核对目录对照是否对应同一产品、同一规格：有误的更正对照后重新核对",
            "check that the mapping names the same product and strength; correct it, then check "
            "again"},
    .basis = "V7 (001:59, 002:257,481)",
    .reads = "rules/lists.csv V7.similarity, catalogue.csv, mapping.csv",
    .action = STL_WARN,
    .scope = STL_SCOPE_ITEM,
    .run = run,
};
