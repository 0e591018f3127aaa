/* SPDX-License-Identifier: Apache-2.0 */
/* P2: the examinations that a pathway requires: all or any of the items that stand for each. */
#include "rules/checks.h"
#include "rules/pathway.h"
#include "rules/pathway_items.h"

typedef struct missing {
    const stl_case *c;
    const stl_charged_items *items;
    const char *text; /* "肝功能（缺 250305009）、血型" */
    size_t count, excusable;
} missing;

static stl_str cell(const stl_case *c, const int64_t *row, size_t col) {
    return stl_index_text(stl_rules_table(c, STL_T_PATHWAY_EXAM), row[col]);
}

/* The first of the items that are not charged; empty where enough are. */
static stl_str lacking(const missing *m, const int64_t *rows, size_t n) {
    bool all = stl_str_is(cell(m->c, rows, STL_PWX_MATCH), "all");
    stl_str lack = STL_STR("");
    for (size_t i = 0; i < n; i++) {
        stl_str code = cell(m->c, rows + i * STL_PWX_COLS, STL_PWX_CODE);
        bool charged = stl_charged_items_find(m->items, code) != NULL;
        if (charged && !all)
            return STL_STR("");
        if (!charged && stl_str_empty(lack))
            lack = code;
    }
    return lack;
}

static settle_status judge_exam(missing *m, const int64_t *rows, size_t n, stl_error *err) {
    const stl_case *c = m->c;
    stl_str lack = lacking(m, rows, n);
    if (stl_str_empty(lack))
        return SETTLE_OK;
    stl_str unless = cell(c, rows, STL_PWX_UNLESS);
    const char *excuse = stl_str_empty(unless)
                             ? ""
                             : stl_rules_text(c, stl_rules_pick(c, "，%.*s的除外", ", unless %.*s"),
                                              STL_ARG(unless));
    TRY_ALLOC(err, excuse);
    m->text =
        stl_rules_text(c, stl_rules_pick(c, "%s%s%.*s（缺 %.*s%s）", "%s%s%.*s (lacks %.*s%s)"),
                       m->text, m->count == 0 ? "" : stl_rules_pick(c, "、", ", "),
                       STL_ARG(cell(c, rows, STL_PWX_NAME)), STL_ARG(lack), excuse);
    TRY_ALLOC(err, m->text);
    m->count++;
    m->excusable += excuse[0] != '\0';
    return SETTLE_OK;
}

static settle_status judge_exams(missing *m, stl_str id, stl_error *err) {
    stl_index_rows rows = stl_index_get(stl_rules_table(m->c, STL_T_PATHWAY_EXAM), id);
    for (size_t i = 0, n; i < rows.count; i += n) {
        const int64_t *first = rows.rows + i * STL_PWX_COLS;
        for (n = 1; i + n < rows.count; n++)
            if (!stl_str_eq(cell(m->c, first + n * STL_PWX_COLS, STL_PWX_EXAM),
                            cell(m->c, first, STL_PWX_EXAM)))
                break;
        if (stl_str_is(cell(m->c, first, STL_PWX_NEED), "required"))
            TRY(judge_exam(m, first, n, err));
    }
    return SETTLE_OK;
}

static settle_status report(const missing *m, const stl_pathway *p, stl_verdict *out,
                            stl_error *err) {
    const stl_case *c = m->c;
    stl_str when = stl_pathway_cell(c, p, STL_PW_WHEN);
    const char *tail = stl_pathway_tail(c, p);
    const char *basis = stl_pathway_basis(c, p);
    TRY_ALLOC(err, tail);
    TRY_ALLOC(err, basis);
    stl_found found = {.basis = stl_rules_text(c, "%s, %.*s", basis, STL_ARG(when))};
    TRY_ALLOC(err, found.basis);
    const char *count = stl_rules_count(c, m->count, "项", "examination");
    TRY_ALLOC(err, count);
    TRY(stl_rule_find(&STL_RULE_PATHWAY_REQUIRED, c, out, found, err,
                      "路径 %.*s（%.*s）的必需检查中 %s没有收费：%s%s",
                      "pathway %.*s (%.*s): %s required and not charged: %s%s", STL_ARG(p->id),
                      STL_ARG(stl_pathway_cell(c, p, STL_PW_NAME)), count, m->text, tail));
    stl_pathway_soften(p, m->count == m->excusable, out);
    return SETTLE_OK;
}

static settle_status judge(const stl_case *c, const stl_pathway *p, stl_verdict *out,
                           stl_error *err) {
    stl_charged_items items;
    TRY(stl_charged_items_of(c, &items, err));
    missing m = {.c = c, .items = &items, .text = ""};
    TRY(judge_exams(&m, p->id, err));
    if (m.count == 0)
        return SETTLE_OK;
    if (c->stay->head.endtime == STL_NONE)
        return stl_verdict_gap(out, STL_RULE_PATHWAY_REQUIRED.id,
                               stl_rules_pick(c, "出院时间", "time of discharge"), 0);
    if (items.unknown > 0)
        return stl_verdict_gap(out, STL_RULE_PATHWAY_REQUIRED.id,
                               stl_rules_pick(c, "项目的价表编码", "price-list code of the item"),
                               items.unknown);
    return report(&m, p, out, err);
}

static settle_status run(const stl_case *c, stl_verdict *out, stl_error *err) {
    return stl_pathways_each(c, judge, out, err);
}

const stl_rule STL_RULE_PATHWAY_REQUIRED = {
    .id = "P2",
    .name = {"临床路径必需检查缺失", "examination required by the pathway is missing"},
    .fix = {"核对是否漏记费用或在院外已做；未做的请登记变异及原因",
            "check whether a charge was forgotten or it was done elsewhere; else record the "
            "variation with its reason"},
    .basis = "S10 (003:401)",
    .reads = "pathways/*.xml?, items.csv",
    .action = STL_WARN,
    .scope = STL_SCOPE_STAY,
    .concerns = stl_charged_items_concern,
    .run = run,
};
