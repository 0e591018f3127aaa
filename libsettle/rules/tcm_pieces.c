/* SPDX-License-Identifier: Apache-2.0 */
/* V12: decoction pieces that are never paid for (`any`), and those that are not when a prescription
 * has such only (`single`) (rules/tcm-pieces.csv). What is a piece the list "V12.piece" says. */
#include "rules/checks.h"
#include "rules/funded.h"
#include "rules/lists.h"
#include "rules/v12.h"

#include "model/keys.h"

typedef struct check {
    const stl_case *c;
    stl_verdict *out;
    stl_error *err;
    stl_keys orders;
    bool *with_others; /* by number of the order: it has a piece that is paid for */
    stl_lines single, any;
    size_t no_order;
} check;

static const int64_t *row_of(const stl_case *c, uint32_t line) {
    return stl_region_row_on(stl_rules_table(c, STL_T_TCM), c->lines[line].med_list_codg,
                             STL_TCM_BEGIN, STL_TCM_END, c->lines[line].day);
}

static settle_status collect(check *k) {
    const stl_case *c = k->c;
    const stl_index_table *table = stl_rules_table(c, STL_T_TCM);
    for (uint32_t code = 0; code < c->n_codes; code++) {
        if (stl_index_get(table, stl_rules_code(c, code)).count == 0)
            continue;
        for (size_t i = c->code_first[code]; i < c->code_first[code + 1]; i++) {
            uint32_t line = c->by_code[i];
            const int64_t *row = stl_line_claimed(c, line) ? row_of(c, line) : NULL;
            if (row == NULL)
                continue;
            bool any = stl_str_is(stl_index_text(table, row[STL_TCM_USE]), "any");
            TRY(stl_lines_add(c->arena, any ? &k->any : &k->single, line, k->err));
        }
    }
    return SETTLE_OK;
}

static settle_status number_orders(check *k) {
    const stl_case *c = k->c;
    for (size_t i = 0; i < k->single.count; i++) {
        stl_str order = stl_case_charge(c, k->single.at[i])->drord_no;
        if (!stl_str_empty(order) && stl_keys_number(&k->orders, order) == STL_NO_KEY)
            return FAIL(k->err, SETTLE_E_NO_MEMORY, .field = NULL);
    }
    k->with_others = stl_arena_alloc(c->arena, k->orders.count);
    TRY_ALLOC(k->err, k->with_others);
    return SETTLE_OK;
}

/* Marks the orders that have a piece outside the table. */
static void mark_others(check *k) {
    const stl_case *c = k->c;
    for (uint32_t code = 0; code < c->n_codes; code++) {
        if (stl_rules_listed(c, "V12.piece", stl_rules_code(c, code), STL_NONE) == NULL)
            continue;
        for (size_t i = c->code_first[code]; i < c->code_first[code + 1]; i++) {
            uint32_t line = c->by_code[i];
            uint32_t order = stl_keys_find(&k->orders, stl_case_charge(c, line)->drord_no);
            if (order != STL_NO_KEY && stl_line_live(&c->lines[line]) && row_of(c, line) == NULL)
                k->with_others[order] = true;
        }
    }
}

static settle_status find(check *k, const stl_lines *lines, const char *why) {
    const stl_case *c = k->c;
    const stl_index_table *table = stl_rules_table(c, STL_T_TCM);
    const int64_t *row = row_of(c, lines->at[0]);
    stl_found found = {
        .lines = lines->at,
        .n_lines = lines->count,
        .vola_amt = stl_lines_worth(c, lines->at, lines->count),
        .gz_code = stl_index_text(table, row[STL_TCM_GZ]),
        .basis = stl_rules_text(c, "%s %.*s %.*s", STL_TABLE_SPECS[STL_T_TCM].file,
                                STL_ARG(c->lines[lines->at[0]].med_list_codg),
                                STL_ARG(stl_index_text(table, row[STL_TCM_KP]))),
    };
    const char *extent = stl_rules_extent(c, lines->count, found.vola_amt);
    TRY_ALLOC(k->err, why);
    TRY_ALLOC(k->err, found.basis);
    TRY_ALLOC(k->err, extent);
    return stl_rule_find(&STL_RULE_TCM_PIECES, c, k->out, found, k->err, "%s：“%.*s”%s",
                         "%s: \"%.*s\"%s", why, STL_ARG(stl_index_text(table, row[STL_TCM_TEXT])),
                         extent);
}

static settle_status report_any(const stl_rule *rule, const stl_case *c, stl_lines lines,
                                stl_verdict *out, stl_error *err) {
    (void)rule;
    check k = {.c = c, .out = out, .err = err};
    const char *why = stl_rules_text(
        c, stl_rules_pick(c, "%.*s（%.*s）基金不予支付", "%.*s (%.*s) is never paid for"),
        STL_ARG(stl_case_charge(c, lines.at[0])->medins_list_name),
        STL_ARG(c->lines[lines.at[0]].med_list_codg));
    return find(&k, &lines, why);
}

/* Each prescription that has such pieces only is one finding. */
static settle_status report_single(check *k) {
    const stl_case *c = k->c;
    stl_lines *by_order = stl_arena_alloc(c->arena, k->orders.count * sizeof *by_order);
    TRY_ALLOC(k->err, by_order);
    for (size_t i = 0; i < k->single.count; i++) {
        stl_str text = stl_case_charge(c, k->single.at[i])->drord_no;
        uint32_t order = stl_keys_find(&k->orders, text);
        k->no_order += order == STL_NO_KEY;
        if (order != STL_NO_KEY && !k->with_others[order])
            TRY(stl_lines_add(c->arena, &by_order[order], k->single.at[i], k->err));
    }
    for (size_t order = 0; order < k->orders.count; order++)
        if (by_order[order].count > 0)
            TRY(find(k, &by_order[order],
                     stl_rules_text(c,
                                    stl_rules_pick(c, "处方 %.*s 只有单独使用时不予支付的饮片",
                                                   "prescription %.*s has only pieces that are not "
                                                   "paid for alone"),
                                    STL_ARG(k->orders.keys[order].text))));
    return SETTLE_OK;
}

static settle_status judge_single(check *k) {
    const stl_case *c = k->c;
    if (k->single.count == 0)
        return SETTLE_OK;
    if (!stl_rules_has_list(c, "V12.piece"))
        return stl_verdict_gap(k->out, STL_RULE_TCM_PIECES.id,
                               stl_rules_pick(c, "饮片编码（清单 V12.piece）",
                                              "codes of decoction pieces (list V12.piece)"),
                               k->single.count);
    TRY(number_orders(k));
    mark_others(k);
    TRY(report_single(k));
    if (k->no_order > 0)
        TRY(stl_verdict_gap(
            k->out, STL_RULE_TCM_PIECES.id,
            stl_rules_pick(c, "饮片的处方号", "prescription number of decoction pieces"),
            k->no_order));
    return SETTLE_OK;
}

static bool is_piece(const stl_case *c, uint32_t line) {
    stl_str code = c->lines[line].med_list_codg;
    return stl_index_get(stl_rules_table(c, STL_T_TCM), code).count > 0 ||
           stl_rules_listed(c, "V12.piece", code, STL_NONE) != NULL;
}

static settle_status run(const stl_case *c, stl_verdict *out, stl_error *err) {
    check k = {.c = c, .out = out, .err = err, .orders = {.arena = c->arena}};
    if (stl_rules_table(c, STL_T_TCM)->n_rows == 0)
        return SETTLE_OK;
    TRY(collect(&k));
    TRY(stl_rules_each_item(&STL_RULE_TCM_PIECES, c, k.any, report_any, out, err));
    return judge_single(&k);
}

const stl_rule STL_RULE_TCM_PIECES = {
    .id = "V12",
    .name = STL_V12_NAME,
    .fix = STL_V12_FIX,
    .basis = STL_V12_BASIS,
    .reads = "rules/tcm-pieces.csv, rules/lists.csv V12.piece",
    .action = STL_BLOCK,
    .scope = STL_SCOPE_STAY,
    .concerns = is_piece,
    .run = run,
};
