/* SPDX-License-Identifier: Apache-2.0 */
/* P3: examinations that a pathway neither requires nor allows. Only for a recorded pathway whose
 * lists are complete. */
#include "rules/checks.h"
#include "rules/pathway.h"
#include "rules/pathway_items.h"

enum { SHOWN = 8 }; /* names in the evidence */

typedef struct outside {
    stl_lines lines;
    const char *names;
    size_t items;
} outside;

/* Marks what is of the pathway, or of no kind that it lists wholly; the rest is outside. */
static bool mark(const stl_case *c, const stl_pathway *p, stl_str complete,
                 stl_charged_items *items) {
    const stl_index_table *table = stl_rules_table(c, STL_T_PATHWAY_EXAM);
    stl_index_rows rows = stl_index_get(table, p->id);
    for (size_t i = 0; i < rows.count; i++) {
        stl_charged_item *item = stl_charged_items_find(
            items, stl_index_text(table, rows.rows[i * STL_PWX_COLS + STL_PWX_CODE]));
        if (item != NULL)
            item->named = true;
    }
    bool outside = false;
    for (size_t i = 0; i < items->n_slots; i++) {
        stl_charged_item *item = &items->slots[i];
        if (item->code.len == 0 || item->named)
            continue;
        item->named = !stl_pathway_begins(item->code, complete);
        outside = outside || !item->named;
    }
    return outside;
}

static settle_status collect(const stl_case *c, const stl_charged_items *items, outside *out,
                             stl_error *err) {
    for (size_t i = 0; i < c->n_lines; i++) {
        const stl_line *l = &c->lines[i];
        stl_str code = stl_rules_cell(&c->mapping->items, l->item, STL_ITEM_PRICE_CODE);
        const stl_charged_item *item = stl_charged_items_find(items, code);
        if (!stl_line_live(l) || item == NULL || item->named)
            continue;
        TRY(stl_lines_add(c->arena, &out->lines, (uint32_t)i, err));
        if (item->line != i || out->items++ >= SHOWN)
            continue;
        out->names =
            stl_rules_text(c, stl_rules_pick(c, "%s%s%.*s（%.*s）", "%s%s%.*s (%.*s)"), out->names,
                           out->items == 1 ? "" : stl_rules_pick(c, "、", ", "),
                           STL_ARG(stl_case_charge(c, i)->medins_list_name), STL_ARG(code));
        TRY_ALLOC(err, out->names);
    }
    return SETTLE_OK;
}

static settle_status report(const stl_case *c, const stl_pathway *p, const outside *o,
                            stl_verdict *out, stl_error *err) {
    stl_found found = {.lines = o->lines.at,
                       .n_lines = o->lines.count,
                       .vola_amt = stl_lines_worth(c, o->lines.at, o->lines.count),
                       .basis = stl_pathway_basis(c, p)};
    const char *tail = stl_pathway_tail(c, p);
    const char *count = stl_rules_count(c, o->items, "个", "item");
    TRY_ALLOC(err, found.basis);
    TRY_ALLOC(err, tail);
    TRY_ALLOC(err, count);
    return stl_rule_find(&STL_RULE_PATHWAY_OUTSIDE, c, out, found, err,
                         "不在路径 %.*s（%.*s）检查清单内的项目 %s，金额 %s 元：%s%s%s",
                         "not among the examinations of pathway %.*s (%.*s): %s, %s yuan: %s%s%s",
                         STL_ARG(p->id), STL_ARG(stl_pathway_cell(c, p, STL_PW_NAME)), count,
                         stl_figure_money(found.vola_amt).text, o->names,
                         o->items > SHOWN ? "…" : "", tail);
}

static settle_status judge(const stl_case *c, const stl_pathway *p, stl_verdict *out,
                           stl_error *err) {
    stl_str complete = stl_pathway_cell(c, p, STL_PW_COMPLETE);
    if (!p->recorded || !stl_str_empty(p->variation) || stl_str_empty(complete))
        return SETTLE_OK;
    stl_charged_items items;
    TRY(stl_charged_items_of(c, &items, err));
    if (!mark(c, p, complete, &items))
        return SETTLE_OK;
    outside o = {.names = ""};
    TRY(collect(c, &items, &o, err));
    return report(c, p, &o, out, err);
}

static settle_status run(const stl_case *c, stl_verdict *out, stl_error *err) {
    return stl_pathways_each(c, judge, out, err);
}

const stl_rule STL_RULE_PATHWAY_OUTSIDE = {
    .id = "P3",
    .name = {"检查不在临床路径内", "examination outside the pathway"},
    .fix = {"核对是否病情需要；需要的请登记变异及原因",
            "check whether the patient needed it; if so record the variation with its reason"},
    .basis = "S10 (003:401)",
    .reads = "pathways/*.xml?, items.csv",
    .action = STL_HINT,
    .scope = STL_SCOPE_STAY,
    .concerns = stl_charged_items_concern,
    .recounts = true,
    .run = run,
};
