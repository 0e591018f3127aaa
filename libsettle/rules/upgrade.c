/* SPDX-License-Identifier: Apache-2.0 */
/* V23: a diagnosis that raises the disease group needs what would go with it: an operation
 * (V23.operative) or charges of its treatment (V23.severe). Values are patterns of codes. */
#include "rules/checks.h"
#include "rules/facts.h"

static stl_str cell(const stl_case *c, const int64_t *row, size_t col) {
    return stl_index_text(stl_rules_table(c, STL_T_LISTS), row[col]);
}

static settle_status lacks(const stl_case *c, stl_verdict *out, const char *zh, const char *en) {
    return stl_verdict_gap(out, STL_RULE_UPGRADE.id, stl_rules_pick(c, zh, en), 0);
}

static settle_status report(const stl_case *c, const char *list, stl_str code, const int64_t *row,
                            const char *what, stl_verdict *out, stl_error *err) {
    stl_str name = cell(c, row, STL_LIST_NAME), wanted = cell(c, row, STL_LIST_VALUE);
    stl_found found = {.vola_amt = stl_rules_stay_worth(c),
                       .basis = stl_rules_list_basis(c, list, row)};
    TRY_ALLOC(err, found.basis);
    return stl_rule_find(&STL_RULE_UPGRADE, c, out, found, err,
                         "诊断 %.*s（%.*s）缺少相应的%s（%.*s），本次金额 %s 元",
                         "diagnosis %.*s (%.*s) goes with %s (%.*s), there is none: %s yuan",
                         STL_ARG(code), STL_ARG(name), what, STL_ARG(wanted),
                         stl_figure_money(found.vola_amt).text);
}

static bool operated(const stl_case *c, stl_str patterns) {
    const stl_rows *rows = &c->stay->rows[STL_R_OPERATION];
    const stl_operation *operations = rows->items;
    for (size_t i = 0; i < rows->count; i++)
        if (stl_words_fit(patterns, operations[i].oprn_oprt_code))
            return true;
    return false;
}

static settle_status judge_principal(const stl_case *c, stl_verdict *out, stl_error *err) {
    stl_str code = stl_rules_principal(c);
    const int64_t *row = stl_rules_listed(c, "V23.operative", code, stl_rules_stay_day(c));
    if (row == NULL || operated(c, cell(c, row, STL_LIST_VALUE)))
        return SETTLE_OK;
    if (!c->stay->given[STL_R_OPERATION])
        return lacks(c, out, "手术操作", "operations");
    return report(c, "V23.operative", code, row,
                  stl_rules_pick(c, "手术操作编码", "the code of an operation"), out, err);
}

static bool charged(const stl_case *c, stl_str patterns) {
    for (uint32_t code = 0; code < c->n_codes; code++) {
        if (!stl_words_fit(patterns, stl_rules_code(c, code)))
            continue;
        for (size_t i = c->code_first[code]; i < c->code_first[code + 1]; i++)
            if (stl_line_live(&c->lines[c->by_code[i]]))
                return true;
    }
    return false;
}

static settle_status judge_secondary(const stl_case *c, stl_verdict *out, stl_error *err) {
    const stl_rows *rows = &c->stay->rows[STL_R_DIAGNOSIS];
    const stl_diagnosis *diagnoses = rows->items;
    for (size_t i = 0; i < rows->count; i++) {
        stl_str code = diagnoses[i].diag_code;
        const int64_t *row = stl_rules_listed(c, "V23.severe", code, stl_rules_stay_day(c));
        if (row != NULL && !stl_str_eq(code, stl_rules_principal(c)) &&
            !charged(c, cell(c, row, STL_LIST_VALUE)))
            TRY(report(c, "V23.severe", code, row,
                       stl_rules_pick(c, "诊疗收费项目", "a charge of its treatment"), out, err));
    }
    return SETTLE_OK;
}

static settle_status run(const stl_case *c, stl_verdict *out, stl_error *err) {
    if (!stl_rules_diagnoses_given(c))
        return lacks(c, out, "诊断", "diagnoses");
    if (stl_rules_has_list(c, "V23.operative"))
        TRY(judge_principal(c, out, err));
    else
        TRY(lacks(c, out, "手术病组诊断名单（V23.operative）",
                  "the list of operative disease groups (V23.operative)"));
    if (!stl_rules_has_list(c, "V23.severe"))
        return lacks(c, out, "严重合并症与诊疗项目名单（V23.severe）",
                     "the list of severe secondary diagnoses (V23.severe)");
    return c->stay->given[STL_R_DIAGNOSIS] ? judge_secondary(c, out, err)
                                           : lacks(c, out, "其他诊断", "the other diagnoses");
}

const stl_rule STL_RULE_UPGRADE = {
    .id = "V23",
    .name = {"疑似诊断升级", "diagnosis perhaps upgraded"},
    .fix = {"请核对诊断依据与病案首页；补录漏填的手术操作，或更正诊断",
            "check the diagnosis against record and front page: add the operation left out, or "
            "correct the diagnosis"},
    .basis = "V23 (002:433)",
    .reads =
        "rules/lists.csv V23.operative, rules/lists.csv V23.severe, diagnoses.csv, operations.csv",
    .action = STL_WARN,
    .scope = STL_SCOPE_STAY,
    .run = run,
};
