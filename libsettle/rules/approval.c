/* SPDX-License-Identifier: Apache-2.0 */
/* V21: what needs an approval has a reference of that kind in approvals.csv. A kind may leave a
 * number free: three stents without a consultation. */
#include "rules/checks.h"
#include "rules/facts.h"

enum gap { NO_APPROVALS, NO_QUANTITY, GAPS };

static const char *const GAP_TEXTS[GAPS][2] = {
    [NO_APPROVALS] = {"审批记录（approvals）", "approvals"},
    [NO_QUANTITY] = {"可换算为目录单位的数量", "a quantity in the catalogue's unit"},
};

typedef struct need { /* of one kind of approval */
    stl_str kind;
    const int64_t *row;
    stl_lines lines; /* without a reference */
    stl_qty total;   /* of all lines, covered ones too; STL_NONE: not known */
} need;

typedef struct check {
    const stl_case *c;
    stl_verdict *out;
    stl_error *err;
    need *at;
    size_t count, cap;
    size_t gaps[GAPS];
} check;

static bool covers(const check *k, const stl_approval *a, uint32_t line, stl_str kind) {
    const stl_charge *charge = stl_case_charge(k->c, line);
    stl_day day = k->c->lines[line].day;
    if (!stl_str_eq(a->kind, kind) || stl_str_empty(a->appr_no) ||
        (a->begndate != STL_NONE && day < a->begndate) ||
        (a->enddate != STL_NONE && day > a->enddate))
        return false;
    if (stl_str_empty(a->feedetl_sn) && stl_str_empty(a->code))
        return true;
    if (!stl_str_empty(a->feedetl_sn))
        return stl_str_eq(a->feedetl_sn, charge->feedetl_sn);
    return stl_str_eq(a->code, k->c->lines[line].med_list_codg) ||
           stl_str_eq(a->code, charge->medins_list_codg);
}

static bool approved(const check *k, uint32_t line, stl_str kind) {
    const stl_rows *rows = &k->c->stay->rows[STL_R_APPROVAL];
    const stl_approval *approvals = rows->items;
    for (size_t i = 0; i < rows->count; i++)
        if (covers(k, &approvals[i], line, kind))
            return true;
    return false;
}

static need *need_of(check *k, stl_str kind, const int64_t *row) {
    for (size_t i = 0; i < k->count; i++)
        if (stl_str_eq(k->at[i].kind, kind))
            return &k->at[i];
    void *at = k->at;
    need *place = stl_arena_push(k->c->arena, &at, &k->count, &k->cap, sizeof *place);
    if (place == NULL)
        return NULL;
    k->at = at;
    *place = (need){.kind = kind, .row = row};
    return place;
}

static settle_status note(check *k, uint32_t line, const int64_t *row) {
    stl_str kind = stl_index_text(stl_rules_table(k->c, STL_T_LISTS), row[STL_LIST_VALUE]);
    need *n = need_of(k, kind, row);
    TRY_ALLOC(k->err, n);
    stl_qty qty = stl_line_national(k->c, line);
    n->total = qty == STL_NONE || n->total == STL_NONE ? STL_NONE : stl_rules_sum(n->total, qty);
    return approved(k, line, kind) ? SETTLE_OK
                                   : stl_lines_add(k->c->arena, &n->lines, line, k->err);
}

/* On whatever day: few codes are listed at all. */
static bool ever_listed(const stl_case *c, stl_str code) {
    const stl_index_table *table = stl_rules_table(c, STL_T_LISTS);
    stl_index_rows rows = stl_index_get(table, STL_STR("V21.needs"));
    for (size_t i = 0; i < rows.count; i++)
        if (stl_rules_pattern_fits(
                stl_index_text(table, rows.rows[i * STL_LIST_COLS + STL_LIST_ITEM]), code))
            return true;
    return false;
}

static settle_status collect(check *k, uint32_t code) {
    const stl_case *c = k->c;
    if (!ever_listed(c, stl_rules_code(c, code)))
        return SETTLE_OK;
    for (size_t i = c->code_first[code]; i < c->code_first[code + 1]; i++) {
        uint32_t line = c->by_code[i];
        if (!stl_line_live(&c->lines[line]))
            continue;
        const int64_t *row =
            stl_rules_listed(c, "V21.needs", stl_rules_code(c, code), c->lines[line].day);
        if (row != NULL)
            TRY(note(k, line, row));
    }
    return SETTLE_OK;
}

/* Number that the kind leaves free; 0: none. */
static settle_status free_of(const check *k, const need *n, stl_qty *out) {
    const char *kind = stl_rules_text(k->c, "%.*s", STL_ARG(n->kind));
    TRY_ALLOC(k->err, kind);
    if (!stl_rules_parameter(k->c, STL_RULE_APPROVAL.id, kind, stl_rules_stay_day(k->c),
                             STL_SCALE_QTY, out))
        *out = 0;
    return SETTLE_OK;
}

static settle_status report(const check *k, const need *n, stl_qty free) {
    const stl_case *c = k->c;
    const stl_index_table *table = stl_rules_table(c, STL_T_LISTS);
    stl_found found = {.lines = n->lines.at,
                       .n_lines = n->lines.count,
                       .vola_amt = stl_lines_worth(c, n->lines.at, n->lines.count),
                       .basis =
                           stl_rules_text(c, "rules/lists.csv V21.needs %.*s %.*s",
                                          STL_ARG(stl_index_text(table, n->row[STL_LIST_ITEM])),
                                          STL_ARG(stl_index_text(table, n->row[STL_LIST_SOURCE])))};
    const char *extent = stl_rules_extent(c, found.n_lines, found.vola_amt);
    TRY_ALLOC(k->err, found.basis);
    TRY_ALLOC(k->err, extent);
    stl_str first = stl_case_charge(c, n->lines.at[0])->medins_list_name;
    if (free == 0)
        return stl_rule_find(&STL_RULE_APPROVAL, c, k->out, found, k->err,
                             "%.*s 等项目需要“%.*s”审批，无审批号%s",
                             "%.*s and what is like it needs an approval \"%.*s\", there is none%s",
                             STL_ARG(first), STL_ARG(n->kind), extent);
    return stl_rule_find(
        &STL_RULE_APPROVAL, c, k->out, found, k->err,
        "%.*s 等项目数量 %s > 免审批数量 %s，需要“%.*s”审批，无审批号%s",
        "%.*s and what is like it: %s > %s that are free of an approval \"%.*s\", there is none%s",
        STL_ARG(first), stl_figure_qty(n->total).text, stl_figure_qty(free).text, STL_ARG(n->kind),
        extent);
}

static settle_status judge(check *k, const need *n) {
    stl_qty free;
    TRY(free_of(k, n, &free));
    if (free > 0 && n->total == STL_NONE) {
        k->gaps[NO_QUANTITY] += n->lines.count;
        return SETTLE_OK;
    }
    if (n->lines.count == 0 || (free > 0 && n->total <= free))
        return SETTLE_OK;
    if (!k->c->stay->given[STL_R_APPROVAL]) {
        k->gaps[NO_APPROVALS] += n->lines.count;
        return SETTLE_OK;
    }
    return report(k, n, free);
}

static bool may_need(const stl_case *c, uint32_t line) {
    return ever_listed(c, c->lines[line].med_list_codg);
}

static settle_status run(const stl_case *c, stl_verdict *out, stl_error *err) {
    check k = {.c = c, .out = out, .err = err};
    if (!stl_rules_has_list(c, "V21.needs"))
        return stl_verdict_gap(out, STL_RULE_APPROVAL.id,
                               stl_rules_pick(c, "须审批项目名单（V21.needs）",
                                              "the list of what needs an approval (V21.needs)"),
                               0);
    for (uint32_t code = 0; code < c->n_codes; code++)
        TRY(collect(&k, code));
    for (size_t i = 0; i < k.count; i++)
        TRY(judge(&k, &k.at[i]));
    for (int g = 0; g < GAPS; g++)
        if (k.gaps[g] > 0)
            TRY(stl_verdict_gap(out, STL_RULE_APPROVAL.id,
                                stl_rules_pick(c, GAP_TEXTS[g][0], GAP_TEXTS[g][1]), k.gaps[g]));
    return SETTLE_OK;
}

const stl_rule STL_RULE_APPROVAL = {
    .id = "V21",
    .name = {"缺少审批或会诊记录", "approval or consultation missing"},
    .fix = {"请补审批（会诊）并在 approvals 中填写审批号；未获批准的改为自费或退费",
            "obtain the approval (consultation) and give its number in approvals; else refund it "
            "or make it self-funded"},
    .basis = "V21 (002:251,483,493, 000:197)",
    .reads = "rules/lists.csv V21.needs, approvals.csv",
    .action = STL_HOLD,
    .scope = STL_SCOPE_STAY,
    .concerns = may_need,
    .run = run,
};
