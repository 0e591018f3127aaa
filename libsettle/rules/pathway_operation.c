/* SPDX-License-Identifier: Apache-2.0 */
/* P6: the day of the operation that a pathway is about; the day of admission is day 1. */
#include "rules/checks.h"
#include "rules/pathway.h"

static bool is_of_pathway(const stl_case *c, const stl_pathway *p, stl_str code) {
    const stl_index_table *table = stl_rules_table(c, STL_T_PATHWAY_ENTRY);
    stl_index_rows rows = stl_index_get(table, p->id);
    for (size_t i = 0; i < rows.count; i++) {
        const int64_t *row = rows.rows + i * STL_PWE_COLS;
        if (stl_str_is(stl_index_text(table, row[STL_PWE_KIND]), "operation") &&
            stl_pathway_has_code(code, stl_index_text(table, row[STL_PWE_FIRST]),
                                 stl_index_text(table, row[STL_PWE_LAST])))
            return true;
    }
    return false;
}

/* The earliest; NULL: none with a date. */
static const stl_operation *first_of(const stl_case *c, const stl_pathway *p, size_t *undated) {
    const stl_operation *all = STL_ROWS_OF(c->stay, STL_R_OPERATION, stl_operation);
    const stl_operation *first = NULL;
    for (size_t i = 0; i < c->stay->rows[STL_R_OPERATION].count; i++) {
        if (stl_str_empty(all[i].oprn_oprt_code) || !is_of_pathway(c, p, all[i].oprn_oprt_code))
            continue;
        if (all[i].oprn_oprt_date == STL_NONE)
            ++*undated;
        else if (first == NULL || all[i].oprn_oprt_date < first->oprn_oprt_date)
            first = &all[i];
    }
    return first;
}

static settle_status report(const stl_case *c, const stl_pathway *p, const stl_operation *done,
                            int64_t day, stl_verdict *out, stl_error *err) {
    bool part = stl_str_is(stl_pathway_cell(c, p, STL_PW_OPRN_READ), "part");
    stl_found found = {.basis = stl_pathway_basis(c, p)};
    const char *tail = stl_pathway_tail(c, p);
    TRY_ALLOC(err, found.basis);
    TRY_ALLOC(err, tail);
    TRY(stl_rule_find(
        &STL_RULE_PATHWAY_OPERATION, c, out, found, err,
        "%.*s（%.*s）于 %s 即入院第 %lld 天进行，路径 %.*s（%.*s）的手术日为第 %lld-%lld 天%s%s",
        "%.*s (%.*s) on %s, day %lld of the stay; pathway %.*s (%.*s) has it on day %lld to "
        "%lld%s%s",
        STL_ARG(done->oprn_oprt_name), STL_ARG(done->oprn_oprt_code),
        stl_figure_day(done->oprn_oprt_date).text, (long long)day, STL_ARG(p->id),
        STL_ARG(stl_pathway_cell(c, p, STL_PW_NAME)), (long long)p->row[STL_PW_OPRN_MIN],
        (long long)p->row[STL_PW_OPRN_MAX],
        part ? stl_rules_pick(c, "（该天数为推算）", " (as inferred)") : "", tail));
    stl_pathway_soften(p, part, out);
    return SETTLE_OK;
}

static settle_status judge(const stl_case *c, const stl_pathway *p, stl_verdict *out,
                           stl_error *err) {
    if (p->row[STL_PW_OPRN_MAX] == STL_NONE)
        return SETTLE_OK;
    size_t undated = 0;
    const stl_operation *done = first_of(c, p, &undated);
    if (!c->stay->given[STL_R_OPERATION] || (done == NULL && undated > 0))
        return stl_verdict_gap(out, STL_RULE_PATHWAY_OPERATION.id,
                               stl_rules_pick(c, "手术日期", "date of the operation"), 0);
    if (done == NULL)
        return SETTLE_OK;
    if (c->stay->head.begntime == STL_NONE)
        return stl_verdict_gap(out, STL_RULE_PATHWAY_OPERATION.id,
                               stl_rules_pick(c, "入院时间", "time of admission"), 0);
    int64_t day = done->oprn_oprt_date - stl_instant_day(c->stay->head.begntime) + 1;
    if (p->row[STL_PW_OPRN_MIN] <= day && day <= p->row[STL_PW_OPRN_MAX])
        return SETTLE_OK;
    return report(c, p, done, day, out, err);
}

static settle_status run(const stl_case *c, stl_verdict *out, stl_error *err) {
    return stl_pathways_each(c, judge, out, err);
}

const stl_rule STL_RULE_PATHWAY_OPERATION = {
    .id = "P6",
    .name = {"手术日与临床路径不符", "operation day against the pathway"},
    .fix = {"核对手术日期；确有原因的请登记变异及原因",
            "check the date of the operation; record the variation with its reason"},
    .basis = "S10 (003:401)",
    .reads = "pathways/*.xml?, operations.csv",
    .action = STL_WARN,
    .scope = STL_SCOPE_RECORDS,
    .run = run,
};
