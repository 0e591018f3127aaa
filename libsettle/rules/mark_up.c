/* SPDX-License-Identifier: Apache-2.0 */
/* V32: drugs at the purchase price, since the day on which the pack's ratio V32 mark-up begins. */
#include "rules/checks.h"
#include "rules/lists.h"

typedef struct period { /* of one mark-up allowed */
    const int64_t *row;
    stl_ratio ratio;
} period;

typedef struct periods {
    period *at;
    size_t count;
} periods;

static settle_status read_periods(const stl_case *c, periods *out, bool *readable, stl_error *err) {
    const stl_index_table *table = stl_rules_table(c, STL_T_PARAMETERS);
    stl_index_rows rows = stl_index_get(table, STL_STR("V32"));
    *out = (periods){stl_arena_alloc(c->arena, rows.count * sizeof *out->at), 0};
    TRY_ALLOC(err, out->at);
    *readable = true;
    for (size_t i = 0; i < rows.count; i++) {
        const int64_t *row = rows.rows + i * STL_PAR_COLS;
        if (!stl_str_is(stl_index_text(table, row[STL_PAR_NAME]), "mark-up"))
            continue;
        period *p = &out->at[out->count++];
        p->row = row;
        *readable = *readable && stl_decimal_parse(stl_index_text(table, row[STL_PAR_VALUE]),
                                                   STL_SCALE_RATIO, &p->ratio) == SETTLE_OK;
    }
    *readable = *readable && out->count > 0;
    return SETTLE_OK;
}

static const period *period_on(const periods *all, stl_day day) {
    for (size_t i = 0; i < all->count; i++)
        if (stl_row_in_force(all->at[i].row, STL_PAR_BEGIN, STL_PAR_END, day))
            return &all->at[i];
    return NULL;
}

static settle_status report(const stl_case *c, uint32_t line, const period *p, stl_price allowed,
                            stl_verdict *out, stl_error *err) {
    const stl_charge *charge = stl_case_charge(c, line);
    stl_money right;
    stl_found found = {.lines = &line, .n_lines = 1, .vola_amt = c->lines[line].net_amt};
    if (stl_money_of(c->lines[line].net_cnt, allowed, STL_ROUND_HALF_UP, &right) == SETTLE_OK)
        found.vola_amt = stl_rules_sum(found.vola_amt, -right);
    stl_str source = stl_rules_cell(stl_rules_table(c, STL_T_PARAMETERS), p->row, STL_PAR_SOURCE);
    found.basis = stl_rules_text(c, "rules/parameters.csv V32 mark-up %.*s", STL_ARG(source));
    TRY_ALLOC(err, found.basis);
    return stl_rule_find(&STL_RULE_MARK_UP, c, out, found, err,
                         "%.*s（%.*s）单价 %s 元 > 进价 %s 元（允许售价 %s 元），多收 %s 元",
                         "%.*s (%.*s) at %s yuan > purchase price %s yuan (%s allowed): %s yuan "
                         "too much",
                         STL_ARG(charge->medins_list_name), STL_ARG(c->lines[line].med_list_codg),
                         stl_figure_price(charge->pric).text,
                         stl_figure_price(charge->purc_pric).text, stl_figure_price(allowed).text,
                         stl_figure_money(found.vola_amt).text);
}

static settle_status judge(const stl_case *c, uint32_t line, const periods *all, size_t *unknown,
                           stl_verdict *out, stl_error *err) {
    const stl_charge *charge = stl_case_charge(c, line);
    const period *p = period_on(all, c->lines[line].day);
    stl_price allowed;
    if (p == NULL)
        return SETTLE_OK;
    if (charge->purc_pric == STL_NONE || charge->pric == STL_NONE ||
        stl_decimal_mul_div(charge->purc_pric, 10000 + p->ratio, 10000, STL_ROUND_HALF_UP,
                            &allowed) != SETTLE_OK) {
        ++*unknown;
        return SETTLE_OK;
    }
    return charge->pric > allowed ? report(c, line, p, allowed, out, err) : SETTLE_OK;
}

/* Lines of one code are adjacent in by_code, so their kind is seldom asked for. */
static settle_status walk(const stl_case *c, const periods *all, size_t *unknown, stl_verdict *out,
                          stl_error *err) {
    const int64_t *cat = NULL;
    bool is_drug = false;
    for (size_t i = 0; i < c->n_by_code; i++) {
        uint32_t line = c->by_code[i];
        const stl_line *l = &c->lines[line];
        if (l->cat == NULL || !stl_line_live(l))
            continue;
        if (l->cat != cat) {
            cat = l->cat;
            stl_str type =
                stl_rules_cell(stl_rules_table(c, STL_T_CATALOGUE), cat, STL_CAT_LIST_TYPE);
            is_drug = stl_rules_listed(c, "V32.list-types", type, l->day) != NULL;
        }
        if (is_drug)
            TRY(judge(c, line, all, unknown, out, err));
    }
    return SETTLE_OK;
}

static settle_status run(const stl_case *c, stl_verdict *out, stl_error *err) {
    periods all;
    bool readable = false;
    TRY(read_periods(c, &all, &readable, err));
    if (!readable || !stl_rules_has_list(c, "V32.list-types"))
        return stl_verdict_gap(out, STL_RULE_MARK_UP.id,
                               stl_rules_pick(c, "参数 V32 mark-up、目录类别表 V32.list-types",
                                              "parameter V32 mark-up, list V32.list-types of kinds "
                                              "of drugs"),
                               0);
    size_t unknown = 0;
    TRY(walk(c, &all, &unknown, out, err));
    return unknown == 0 ? SETTLE_OK
                        : stl_verdict_gap(out, STL_RULE_MARK_UP.id,
                                          stl_rules_pick(c, "药品进价（purc_pric）",
                                                         "purchase price (purc_pric)"),
                                          unknown);
}

const stl_rule STL_RULE_MARK_UP = {
    .id = "V32",
    .name = {"药品加价", "mark-up on a drug"},
    .fix = {"请按进价退费重收（零差率）", "refund and charge again at the purchase price"},
    .basis = "V32 (002:229,1163), S15",
    .reads = "rules/parameters.csv mark-up, rules/lists.csv V32.list-types, catalogue.csv",
    .action = STL_BLOCK,
    .scope = STL_SCOPE_ITEM,
    .run = run,
};
