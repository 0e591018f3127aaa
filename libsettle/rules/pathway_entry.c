/* SPDX-License-Identifier: Apache-2.0 */
/* P1: a stay is on a pathway that its diagnoses and operations lead to. */
#include "rules/checks.h"
#include "rules/pathway.h"

static const char *kind_name(const stl_case *c, stl_str kind) {
    if (stl_str_is(kind, "operation"))
        return stl_rules_pick(c, "手术操作", "operation");
    if (stl_str_is(kind, "principal"))
        return stl_rules_pick(c, "主要诊断", "principal diagnosis");
    return stl_str_is(kind, "other") ? stl_rules_pick(c, "其他诊断", "other diagnosis")
                                     : stl_rules_pick(c, "诊断", "diagnosis");
}

/* "K80.1, E11.2-E11.9": the codes of a criterion. NULL: no memory. */
static const char *codes_of(const stl_case *c, stl_str id, stl_str criterion) {
    const stl_index_table *table = stl_rules_table(c, STL_T_PATHWAY_ENTRY);
    stl_index_rows rows = stl_index_get(table, id);
    const char *text = "";
    for (size_t i = 0; i < rows.count && text != NULL; i++) {
        const int64_t *row = rows.rows + i * STL_PWE_COLS;
        if (!stl_str_eq(stl_index_text(table, row[STL_PWE_CRITERION]), criterion))
            continue;
        stl_str first = stl_index_text(table, row[STL_PWE_FIRST]);
        stl_str last = stl_index_text(table, row[STL_PWE_LAST]);
        bool range = !stl_str_eq(first, last);
        text = stl_rules_text(c, "%s%s%.*s%s%.*s", text,
                              text[0] == '\0' ? "" : stl_rules_pick(c, "、", ", "), STL_ARG(first),
                              range ? "-" : "", range ? (int)last.len : 0, last.ptr);
    }
    return text;
}

static settle_status without_indication(const stl_case *c, const stl_pathway *p,
                                        const int64_t *unmet, stl_verdict *out, stl_error *err) {
    const stl_index_table *table = stl_rules_table(c, STL_T_PATHWAY_ENTRY);
    const char *codes = codes_of(c, p->id, stl_index_text(table, unmet[STL_PWE_CRITERION]));
    const char *kind = kind_name(c, stl_index_text(table, unmet[STL_PWE_KIND]));
    const char *tail = stl_pathway_tail(c, p);
    stl_str principal = c->stay->head.dscg_maindiag_code;
    stl_found found = {.basis = stl_pathway_basis(c, p)};
    TRY_ALLOC(err, codes);
    TRY_ALLOC(err, tail);
    TRY_ALLOC(err, found.basis);
    TRY(stl_rule_find(&STL_RULE_PATHWAY_ENTRY, c, out, found, err,
                      "已入径 %.*s（%.*s），但没有%s属于 %s；出院主要诊断为 %.*s%s",
                      "on pathway %.*s (%.*s), but no %s is of %s; the principal diagnosis is "
                      "%.*s%s",
                      STL_ARG(p->id), STL_ARG(stl_pathway_cell(c, p, STL_PW_NAME)), kind, codes,
                      STL_ARG(principal), tail));
    stl_pathway_soften(p, false, out);
    return SETTLE_OK;
}

static settle_status not_in_force(const stl_case *c, const stl_pathway *p, stl_day day,
                                  stl_verdict *out, stl_error *err) {
    stl_found found = {.basis = stl_pathway_basis(c, p)};
    const char *tail = stl_pathway_tail(c, p);
    TRY_ALLOC(err, tail);
    TRY_ALLOC(err, found.basis);
    TRY(stl_rule_find(
        &STL_RULE_PATHWAY_ENTRY, c, out, found, err, "路径 %.*s（%.*s）在入径日 %s 不在施行期内%s",
        "pathway %.*s (%.*s) is not in force on the day of entry, %s%s", STL_ARG(p->id),
        STL_ARG(stl_pathway_cell(c, p, STL_PW_NAME)), stl_figure_day(day).text, tail));
    stl_pathway_soften(p, false, out);
    return SETTLE_OK;
}

static settle_status unknown(const stl_case *c, const int64_t *unmet, stl_verdict *out) {
    stl_str kind = stl_index_text(stl_rules_table(c, STL_T_PATHWAY_ENTRY), unmet[STL_PWE_KIND]);
    return stl_verdict_gap(out, STL_RULE_PATHWAY_ENTRY.id,
                           stl_str_is(kind, "operation")
                               ? stl_rules_pick(c, "手术操作", "operations")
                               : stl_rules_pick(c, "诊断", "diagnoses"),
                           0);
}

static settle_status judge_recorded(const stl_case *c, const stl_pathway *p, stl_verdict *out,
                                    stl_error *err) {
    if (p->row == NULL) {
        const char *missing = stl_rules_text(
            c, stl_rules_pick(c, "包内的路径 %.*s", "pathway %.*s in the pack"), STL_ARG(p->id));
        TRY_ALLOC(err, missing);
        return stl_verdict_gap(out, STL_RULE_PATHWAY_ENTRY.id, missing, 0);
    }
    if (p->left)
        return SETTLE_OK;
    stl_instant entered = p->entered == STL_NONE ? c->stay->head.begntime : p->entered;
    stl_day day = entered == STL_NONE ? STL_NONE : stl_instant_day(entered);
    if (day != STL_NONE && !stl_row_in_force(p->row, STL_PW_BEGIN, STL_PW_END, day))
        TRY(not_in_force(c, p, day, out, err));
    const int64_t *unmet = NULL;
    stl_pathway_fit fit = stl_pathway_fits(c, p->id, &unmet);
    if (fit == STL_PATHWAY_UNKNOWN)
        return unknown(c, unmet, out);
    return fit == STL_PATHWAY_UNFIT ? without_indication(c, p, unmet, out, err) : SETTLE_OK;
}

/* The hospital keeps records of pathways and has none for this stay. */
static settle_status not_entered(const stl_case *c, const stl_pathway *p, stl_verdict *out,
                                 stl_error *err) {
    stl_found found = {.basis = stl_pathway_basis(c, p)};
    TRY_ALLOC(err, found.basis);
    TRY(stl_rule_find(&STL_RULE_PATHWAY_ENTRY, c, out, found, err,
                      "诊断和手术符合路径 %.*s（%.*s）的入径条件，但没有入径记录",
                      "diagnoses and operations fit the entry of pathway %.*s (%.*s), but no "
                      "entry is recorded",
                      STL_ARG(p->id), STL_ARG(stl_pathway_cell(c, p, STL_PW_NAME))));
    stl_pathway_soften(p, false, out);
    return SETTLE_OK;
}

static settle_status run(const stl_case *c, stl_verdict *out, stl_error *err) {
    stl_pathways all;
    TRY(stl_pathways_of(c, &all, err));
    bool records = c->stay->given[STL_R_PATHWAY];
    for (size_t i = 0; i < all.count; i++) {
        if (all.at[i].recorded)
            TRY(judge_recorded(c, &all.at[i], out, err));
        else if (records)
            TRY(not_entered(c, &all.at[i], out, err));
    }
    if (all.count > 0 && !records)
        TRY(stl_verdict_gap(out, STL_RULE_PATHWAY_ENTRY.id,
                            stl_rules_pick(c, "入径记录", "records of pathways"), 0));
    if (all.unknown > 0)
        TRY(stl_verdict_gap(out, STL_RULE_PATHWAY_ENTRY.id,
                            stl_rules_pick(c, "入径条件所需的诊断或手术操作",
                                           "diagnoses or operations that the entry asks for"),
                            0));
    return SETTLE_OK;
}

const stl_rule STL_RULE_PATHWAY_ENTRY = {
    .id = "P1",
    .name = {"临床路径入径不符", "pathway without indication"},
    .fix = {"核对诊断、手术编码和入径记录；不符合的请登记退出及原因",
            "check diagnoses, operation codes and the record of entry; where the pathway does not "
            "fit, record the exit with its reason"},
    .basis = "S10 (003:401)",
    .reads = "pathways/*.xml?, pathway.csv, diagnoses.csv, operations.csv",
    .action = STL_WARN,
    .scope = STL_SCOPE_RECORDS,
    .run = run,
};
