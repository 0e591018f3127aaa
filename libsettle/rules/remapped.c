/* SPDX-License-Identifier: Apache-2.0 */
/* V7: a hospital item that was mapped to another code within `remapped-days` days before the stay,
 * or during it, although the catalogue still has the former code. */
#include "rules/checks.h"
#include "rules/facts.h"

typedef struct check {
    const stl_case *c;
    stl_day since;
} check;

static bool counts(const check *k, const int64_t *row) {
    const stl_index_table *rows = &k->c->mapping->rows;
    return stl_str_is(stl_index_text(rows, row[STL_MAP_STATUS]), "active") &&
           (row[STL_MAP_END] == STL_NONE || row[STL_MAP_END] >= k->since);
}

static bool in_catalogue(const stl_case *c, stl_str code, stl_day day) {
    return stl_region_row_on(stl_rules_table(c, STL_T_CATALOGUE), code, STL_CAT_BEGIN, STL_CAT_END,
                             day) != NULL;
}

/* The row of another code that stands before the one of the line; NULL: none. STL_NONE is less than
 * any day. */
static const int64_t *former_of(const check *k, const stl_line *l) {
    const stl_mapping *mapping = k->c->mapping;
    stl_index_rows rows = stl_index_get(&mapping->rows, l->item_key);
    for (size_t i = 0; i < rows.count; i++) {
        const int64_t *row = rows.rows + i * STL_MAP_COLS;
        stl_str code = stl_index_text(&mapping->rows, row[STL_MAP_CODE]);
        if (row[STL_MAP_BEGIN] < l->map[STL_MAP_BEGIN] && counts(k, row) &&
            !stl_str_eq(code, l->med_list_codg) && in_catalogue(k->c, code, l->map[STL_MAP_BEGIN]))
            return row;
    }
    return NULL;
}

static check window(const stl_case *c, int64_t days) {
    stl_day first = stl_instant_day(c->stay->head.begntime);
    return (check){c, days > first - STL_DAY_FIRST ? STL_DAY_FIRST : first - days};
}

static int64_t days_of(const stl_case *c) {
    int64_t days;
    return stl_rules_parameter(c, "V7", "remapped-days", stl_rules_stay_day(c), 0, &days) &&
                   days >= 0
               ? days
               : -1;
}

static settle_status report(const stl_rule *rule, const stl_case *c, stl_lines lines,
                            stl_verdict *out, stl_error *err) {
    const stl_line *l = &c->lines[lines.at[0]];
    const stl_index_table *rows = &c->mapping->rows;
    check k = window(c, days_of(c));
    const int64_t *former = former_of(&k, l);
    if (former == NULL)
        return SETTLE_OK;
    stl_found found = {
        .lines = lines.at,
        .n_lines = lines.count,
        .vola_amt = stl_lines_worth(c, lines.at, lines.count),
        .basis = stl_rules_text(c, "mapping.csv %.*s %.*s; rules/parameters.csv V7 remapped-days",
                                STL_ARG(stl_index_text(rows, former[STL_MAP_ID])),
                                STL_ARG(stl_rules_map_cell(c, l, STL_MAP_ID)))};
    const char *extent = stl_rules_extent(c, lines.count, found.vola_amt);
    TRY_ALLOC(err, found.basis);
    TRY_ALLOC(err, extent);
    return stl_rule_find(
        rule, c, out, found, err, "%.*s（%.*s）自 %s 起由 %.*s 改对照为 %.*s，而原编码仍在目录内%s",
        "%.*s (%.*s) is mapped since %s no longer to %.*s but to %.*s; the catalogue still has the "
        "former code%s",
        STL_ARG(stl_case_charge(c, lines.at[0])->medins_list_name), STL_ARG(l->item_key),
        stl_figure_day(l->map[STL_MAP_BEGIN]).text,
        STL_ARG(stl_index_text(rows, former[STL_MAP_CODE])), STL_ARG(l->med_list_codg), extent);
}

static settle_status run(const stl_case *c, stl_verdict *out, stl_error *err) {
    int64_t days = days_of(c);
    if (c->n_by_code == 0 || c->stay->head.begntime == STL_NONE)
        return SETTLE_OK;
    if (days < 0)
        return stl_verdict_gap(
            out, STL_RULE_REMAPPED.id,
            stl_rules_pick(c, "参数 V7 remapped-days", "parameter V7 remapped-days"), 0);
    check k = window(c, days);
    const int64_t **known = stl_arena_alloc(c->arena, (c->n_items + (size_t)1) * sizeof *known);
    bool *former = stl_arena_alloc(c->arena, c->n_items + (size_t)1);
    TRY_ALLOC(err, known);
    TRY_ALLOC(err, former);
    stl_lines lines = {0};
    for (size_t i = 0; i < c->n_lines; i++) {
        const stl_line *l = &c->lines[i];
        if (l->map_state != STL_MAPPED)
            continue;
        if (known[l->item_no] != l->map)
            former[l->item_no] = former_of(&k, l) != NULL;
        known[l->item_no] = l->map;
        if (former[l->item_no] && stl_line_live(l))
            TRY(stl_lines_add(c->arena, &lines, (uint32_t)i, err));
    }
    return stl_rules_each_item(&STL_RULE_REMAPPED, c, lines, report, out, err);
}

const stl_rule STL_RULE_REMAPPED = {
    .id = "V7",
    .name = {"疑似串换项目", "item under another name or code"},
    .fix = {"请说明改对照的原因：无正当理由的恢复原对照",
            "give the reason of the change; without one restore the former mapping"},
    .basis = "V7 (001:59, 002:257,481)",
    .reads = "rules/parameters.csv remapped-days, catalogue.csv, mapping.csv",
    .action = STL_WARN,
    .scope = STL_SCOPE_ITEM,
    .run = run,
};
