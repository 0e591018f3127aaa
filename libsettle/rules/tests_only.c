/* SPDX-License-Identifier: Apache-2.0 */
/* V30: a stay of nothing but examinations, with bed and nursing: admitted for a check-up. */
#include "rules/checks.h"
#include "rules/lists.h"

typedef enum sort { TEST, CARE, TREATMENT, UNKNOWN, SORTS } sort;

/* By the item's place in the regional price list, else by its kind. */
static sort sort_of(const stl_case *c, const stl_line *l) {
    if (l->item == NULL)
        return UNKNOWN;
    stl_str place = stl_rules_cell(&c->mapping->items, l->item, STL_ITEM_PRICE_CODE);
    if (stl_str_empty(place))
        place = stl_rules_cell(&c->mapping->items, l->item, STL_ITEM_KIND);
    if (stl_str_empty(place))
        return UNKNOWN;
    const int64_t *row = stl_rules_listed(c, "V30.tests", place, l->day);
    if (row == NULL)
        return TREATMENT;
    stl_str value = stl_rules_cell(stl_rules_table(c, STL_T_LISTS), row, STL_LIST_VALUE);
    return stl_str_is(value, "care") ? CARE : stl_str_is(value, "treatment") ? TREATMENT : TEST;
}

static settle_status report(const stl_case *c, const stl_lines *lines, stl_verdict *out,
                            stl_error *err) {
    const stl_lines *tests = &lines[TEST], *care = &lines[CARE];
    stl_money worth = stl_lines_worth(c, tests->at, tests->count);
    stl_money all = stl_rules_sum(worth, stl_lines_worth(c, care->at, care->count));
    stl_found found = {.lines = tests->at,
                       .n_lines = tests->count,
                       .involved = care->at,
                       .n_involved = care->count,
                       .vola_amt = all,
                       .basis = "rules/lists.csv V30.tests"};
    const char *count = stl_rules_count(c, tests->count, "条", "line");
    TRY_ALLOC(err, count);
    return stl_rule_find(&STL_RULE_TESTS_ONLY, c, out, found, err,
                         "本次住院除床位、护理外仅有检查检验 %s，检查检验 %s 元，合计 %s 元",
                         "beside bed and nursing the stay has examinations only (%s): %s of %s "
                         "yuan",
                         count, stl_figure_money(worth).text, stl_figure_money(all).text);
}

static settle_status judge(const stl_case *c, stl_verdict *out, stl_error *err) {
    stl_lines lines[SORTS] = {0};
    for (size_t i = 0; i < c->n_lines; i++) {
        if (!stl_line_live(&c->lines[i]))
            continue;
        sort s = sort_of(c, &c->lines[i]);
        if (s == TREATMENT)
            return SETTLE_OK;
        TRY(stl_lines_add(c->arena, &lines[s], (uint32_t)i, err));
    }
    if (lines[UNKNOWN].count > 0)
        return stl_verdict_gap(out, STL_RULE_TESTS_ONLY.id,
                               stl_rules_pick(c, "价表编码", "price-list code"),
                               lines[UNKNOWN].count);
    return lines[TEST].count == 0 ? SETTLE_OK : report(c, lines, out, err);
}

static settle_status run(const stl_case *c, stl_verdict *out, stl_error *err) {
    const stl_admission *head = &c->stay->head;
    if (!stl_rules_has_list(c, "V30.tests") || !stl_rules_has_list(c, "V30.med-types"))
        return stl_verdict_gap(
            out, STL_RULE_TESTS_ONLY.id,
            stl_rules_pick(c, "检查检验项目表 V30.tests、住院医疗类别表 V30.med-types",
                           "lists V30.tests of examinations and V30.med-types "
                           "of inpatient care classes"),
            0);
    stl_day day = head->begntime == STL_NONE ? 0 : stl_instant_day(head->begntime);
    if (stl_rules_listed(c, "V30.med-types", head->med_type, day) == NULL)
        return SETTLE_OK;
    return judge(c, out, err);
}

const stl_rule STL_RULE_TESTS_ONLY = {
    .id = "V30",
    .name = {"仅做检查的住院", "stay of examinations only"},
    .fix = {"请核实住院指征；以体检为目的的费用不得纳入医保结算",
            "verify that admission was indicated; a check-up is not for the fund to pay"},
    .basis = "V30 (001:53, 002:411,479)",
    .reads = "rules/lists.csv V30.med-types, rules/lists.csv V30.tests, items.csv",
    .action = STL_WARN,
    .scope = STL_SCOPE_STAY,
    .run = run,
};
