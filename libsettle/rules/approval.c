/* SPDX-License-Identifier: Apache-2.0 */
/* V21: what needs an approval has a reference of that kind in approvals.csv: by its code, or
 * because it was bought outside. A kind may leave a number free (three stents without a
 * consultation), or demand several approvers (controlled drugs: three levels). */
#include "rules/checks.h"
#include "rules/facts.h"

#define OUTSIDE "outside_flag=1" /* on the list instead of a code */

enum gap { NO_APPROVALS, NO_QUANTITY, GAPS };

static const char *const GAP_TEXTS[GAPS][2] = {
    [NO_APPROVALS] = {"审批记录（approvals）", "approvals"},
    [NO_QUANTITY] = {"可换算为目录单位的数量", "a quantity in the catalogue's unit"},
};

typedef struct need { /* of one kind of approval */
    stl_str kind;
    const int64_t *row;
    int64_t approvers; /* that it demands */
    int64_t most;      /* approvers that a line without enough of them has */
    stl_lines lines;   /* without a reference */
    stl_qty total;     /* of all lines, covered ones too; STL_NONE: not known */
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

/* A number that the parameter "<kind><ending>" gives; 0: none. */
static settle_status number_of(const check *k, stl_str kind, const char *ending, int scale,
                               int64_t *out) {
    const char *name = stl_rules_text(k->c, "%.*s%s", STL_ARG(kind), ending);
    TRY_ALLOC(k->err, name);
    if (!stl_rules_parameter(k->c, STL_RULE_APPROVAL.id, name, stl_rules_stay_day(k->c), scale,
                             out))
        *out = 0;
    return SETTLE_OK;
}

/* The same person twice is one approver. */
static bool is_new(const check *k, size_t at, uint32_t line, stl_str kind) {
    const stl_approval *all = STL_ROWS_OF(k->c->stay, STL_R_APPROVAL, stl_approval);
    for (size_t i = 0; i < at; i++)
        if (covers(k, &all[i], line, kind) && stl_str_eq(all[i].by, all[at].by))
            return false;
    return true;
}

/* Different persons who approved the line. */
static int64_t approvers_of(const check *k, uint32_t line, stl_str kind) {
    const stl_approval *all = STL_ROWS_OF(k->c->stay, STL_R_APPROVAL, stl_approval);
    int64_t count = 0;
    for (size_t i = 0; i < k->c->stay->rows[STL_R_APPROVAL].count; i++)
        count += covers(k, &all[i], line, kind) && is_new(k, i, line, kind);
    return count;
}

static settle_status need_of(check *k, stl_str kind, const int64_t *row, need **out) {
    for (size_t i = 0; i < k->count; i++)
        if (stl_str_eq(k->at[i].kind, kind)) {
            *out = &k->at[i];
            return SETTLE_OK;
        }
    int64_t approvers;
    TRY(number_of(k, kind, ".approvers", 0, &approvers));
    void *at = k->at;
    *out = stl_arena_push(k->c->arena, &at, &k->count, &k->cap, sizeof **out);
    TRY_ALLOC(k->err, *out);
    k->at = at;
    **out = (need){.kind = kind, .row = row, .approvers = approvers > 1 ? approvers : 1};
    return SETTLE_OK;
}

static settle_status note(check *k, uint32_t line, const int64_t *row) {
    stl_str kind = stl_index_text(stl_rules_table(k->c, STL_T_LISTS), row[STL_LIST_VALUE]);
    need *n;
    TRY(need_of(k, kind, row, &n));
    stl_qty qty = stl_line_national(k->c, line);
    n->total = qty == STL_NONE || n->total == STL_NONE ? STL_NONE : stl_rules_sum(n->total, qty);
    int64_t approvers = approvers_of(k, line, kind);
    if (approvers >= n->approvers)
        return SETTLE_OK;
    n->most = approvers > n->most ? approvers : n->most;
    return stl_lines_add(k->c->arena, &n->lines, line, k->err);
}

static settle_status collect(check *k, uint32_t code) {
    const stl_case *c = k->c;
    if (!stl_rules_ever_listed(c, "V21.needs", stl_rules_code(c, code)))
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

static settle_status collect_outside(check *k) {
    const stl_case *c = k->c;
    for (uint32_t line = 0; line < c->n_lines; line++) {
        if (!stl_line_live(&c->lines[line]) ||
            !stl_str_is(stl_case_charge(c, line)->outside_flag, "1"))
            continue;
        const int64_t *row = stl_rules_listed(c, "V21.needs", STL_STR(OUTSIDE), c->lines[line].day);
        if (row != NULL)
            TRY(note(k, line, row));
    }
    return SETTLE_OK;
}

/* Which approval there is of what is demanded. */
static const char *what_lacks(const stl_case *c, const need *n) {
    if (n->approvers == 1)
        return stl_rules_text(c,
                              stl_rules_pick(c, "需要“%.*s”审批，无审批号",
                                             "an approval \"%.*s\" is needed, there is none"),
                              STL_ARG(n->kind));
    return stl_rules_text(c,
                          stl_rules_pick(c, "需要“%.*s”由 %lld 人逐级审批，现有 %lld 人",
                                         "approval \"%.*s\" by %lld persons is needed, there are "
                                         "%lld"),
                          STL_ARG(n->kind), (long long)n->approvers, (long long)n->most);
}

static settle_status report(const check *k, const need *n, stl_qty free) {
    const stl_case *c = k->c;
    stl_found found = {.lines = n->lines.at,
                       .n_lines = n->lines.count,
                       .vola_amt = stl_lines_worth(c, n->lines.at, n->lines.count),
                       .basis = stl_rules_list_basis(c, "V21.needs", n->row)};
    const char *extent = stl_rules_extent(c, found.n_lines, found.vola_amt);
    TRY_ALLOC(k->err, found.basis);
    TRY_ALLOC(k->err, extent);
    const char *what = what_lacks(c, n);
    TRY_ALLOC(k->err, what);
    stl_str first = stl_case_charge(c, n->lines.at[0])->medins_list_name;
    if (free == 0)
        return stl_rule_find(&STL_RULE_APPROVAL, c, k->out, found, k->err, "%.*s 等项目%s%s",
                             "%.*s and what is like it: %s%s", STL_ARG(first), what, extent);
    return stl_rule_find(&STL_RULE_APPROVAL, c, k->out, found, k->err,
                         "%.*s 等项目数量 %s > 免审批数量 %s，%s%s",
                         "%.*s and what is like it: %s > %s that are free; %s%s", STL_ARG(first),
                         stl_figure_qty(n->total).text, stl_figure_qty(free).text, what, extent);
}

static settle_status judge(check *k, const need *n) {
    stl_qty free;
    TRY(number_of(k, n->kind, "", STL_SCALE_QTY, &free));
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
    return stl_str_is(stl_case_charge(c, line)->outside_flag, "1") ||
           stl_rules_ever_listed(c, "V21.needs", c->lines[line].med_list_codg);
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
    TRY(collect_outside(&k));
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
    .fix = {"请补办审批（会诊），在审批记录（approvals）中登记审批号；未获批准的改为自费或退费",
            "obtain the approval (consultation) and give its number in approvals; else refund it "
            "or make it self-funded"},
    .basis = "V21 (002:251,483,493, 000:197)",
    .reads = "rules/lists.csv V21.needs, approvals.csv, charges.csv",
    .action = STL_HOLD,
    .scope = STL_SCOPE_STAY,
    .concerns = may_need,
    .run = run,
};
