/* SPDX-License-Identifier: Apache-2.0 */
/* V11: more of a drug in one stay than the list "V11.quantity" allows, in the catalogue's unit. */
#include "rules/checks.h"
#include "rules/lists.h"

static bool limit_of(const stl_case *c, uint32_t code, const int64_t **row, stl_qty *limit) {
    const stl_index_table *table = stl_rules_table(c, STL_T_LISTS);
    stl_day day = c->lines[c->by_code[c->code_first[code]]].day;
    *row = stl_rules_listed(c, "V11.quantity", stl_rules_code(c, code), day);
    return *row != NULL && stl_decimal_parse(stl_index_text(table, (*row)[STL_LIST_VALUE]),
                                             STL_SCALE_QTY, limit) == SETTLE_OK;
}

static settle_status report(const stl_case *c, const stl_lines *over, const stl_lines *within,
                            stl_qty sum, stl_qty limit, const int64_t *row, stl_verdict *out,
                            stl_error *err) {
    const stl_line *l = &c->lines[over->at[0]];
    stl_str unit = stl_rules_map_cell(c, l, STL_MAP_LIST_UNIT);
    stl_found found = {
        .lines = over->at,
        .n_lines = over->count,
        .involved = within->at,
        .n_involved = within->count,
        .vola_amt = stl_lines_worth(c, over->at, over->count),
        .basis = stl_rules_list_basis(c, "V11.quantity", row),
    };
    const char *extent = stl_rules_extent(c, over->count, found.vola_amt);
    TRY_ALLOC(err, found.basis);
    TRY_ALLOC(err, extent);
    return stl_rule_find(
        &STL_RULE_DRUG_QUANTITY, c, out, found, err, "%.*s（%.*s）本次共 %s %.*s > 上限 %s %.*s%s",
        "%.*s (%.*s): %s %.*s in this stay > limit %s %.*s%s",
        STL_ARG(stl_case_charge(c, over->at[0])->medins_list_name), STL_ARG(l->med_list_codg),
        stl_figure_qty(sum).text, STL_ARG(unit), stl_figure_qty(limit).text, STL_ARG(unit), extent);
}

static settle_status judge(const stl_case *c, uint32_t code, size_t *unknown, stl_verdict *out,
                           stl_error *err) {
    const int64_t *row;
    stl_qty limit, sum = 0;
    stl_lines over = {0}, within = {0};
    if (!limit_of(c, code, &row, &limit))
        return SETTLE_OK;
    for (size_t i = c->code_first[code]; i < c->code_first[code + 1]; i++) {
        uint32_t line = c->by_code[i];
        if (!stl_line_live(&c->lines[line]))
            continue;
        stl_qty qty = stl_line_national(c, line);
        *unknown += qty == STL_NONE;
        sum = stl_rules_sum(sum, qty == STL_NONE ? 0 : qty);
        TRY(stl_lines_add(c->arena, sum > limit ? &over : &within, line, err));
    }
    return over.count == 0 ? SETTLE_OK : report(c, &over, &within, sum, limit, row, out, err);
}

static settle_status run(const stl_case *c, stl_verdict *out, stl_error *err) {
    size_t unknown = 0;
    if (!stl_rules_has_list(c, "V11.quantity"))
        return SETTLE_OK;
    for (uint32_t code = 0; code < c->n_codes; code++)
        TRY(judge(c, code, &unknown, out, err));
    return unknown == 0
               ? SETTLE_OK
               : stl_verdict_gap(out, STL_RULE_DRUG_QUANTITY.id,
                                 stl_rules_pick(c, "限量药品的数量", "quantity of a limited drug"),
                                 unknown);
}

const stl_rule STL_RULE_DRUG_QUANTITY = {
    .id = "V11",
    .name = {"药品超量", "too much of a drug"},
    .fix = {"请核对用法用量，超出部分退费",
            "compare with the dosage and refund what is over the limit"},
    .basis = "V11 (001:31)",
    .reads = "rules/lists.csv V11.quantity?",
    .action = STL_WARN,
    .scope = STL_SCOPE_ITEM,
    .run = run,
};
