/* SPDX-License-Identifier: Apache-2.0 */
/* V10: drugs and services for one sex (rules/sex.csv). */
#include "rules/checks.h"
#include "rules/facts.h"

static bool known(stl_str gend) {
    return stl_str_is(gend, "1") || stl_str_is(gend, "2");
}

/* The row that forbids the item on the day; NULL: none, or one in force allows it. */
static const int64_t *forbidden(const stl_case *c, stl_index_rows rows, stl_day day) {
    const stl_index_table *table = stl_rules_table(c, STL_T_SEX);
    const int64_t *found = NULL;
    for (size_t i = 0; i < rows.count; i++) {
        const int64_t *row = rows.rows + i * STL_SEX_COLS;
        if (!stl_row_in_force(row, STL_SEX_BEGIN, STL_SEX_END, day))
            continue;
        if (stl_str_eq(stl_index_text(table, row[STL_SEX_GEND]), c->stay->head.gend))
            return NULL;
        found = row;
    }
    return found;
}

static settle_status report(const stl_case *c, uint32_t line, const int64_t *row, stl_verdict *out,
                            stl_error *err) {
    const stl_index_table *table = stl_rules_table(c, STL_T_SEX);
    const stl_charge *charge = stl_case_charge(c, line);
    bool for_men = stl_str_is(stl_index_text(table, row[STL_SEX_GEND]), "1");
    const char *only = for_men ? stl_rules_pick(c, "限男性", "men only")
                               : stl_rules_pick(c, "限女性", "women only");
    const char *is = stl_str_is(c->stay->head.gend, "1") ? stl_rules_pick(c, "男", "male")
                                                         : stl_rules_pick(c, "女", "female");
    stl_str code = c->lines[line].med_list_codg, kp = stl_index_text(table, row[STL_SEX_KP]);
    stl_str text = stl_index_text(table, row[STL_SEX_TEXT]);
    stl_found found = {.lines = &line,
                       .n_lines = 1,
                       .vola_amt = stl_lines_worth(c, &line, 1),
                       .gz_code = stl_index_text(table, row[STL_SEX_GZ]),
                       .basis = stl_rules_text(c, "rules/sex.csv %.*s %.*s %.*s", STL_ARG(code),
                                               STL_ARG(kp), STL_ARG(text))};
    TRY_ALLOC(err, found.basis);
    return stl_rule_find(
        &STL_RULE_SEX, c, out, found, err, "%.*s（%.*s）%s，患者性别为%s，金额 %s 元",
        "%.*s (%.*s) is for %s, the patient is %s: %s yuan", STL_ARG(charge->medins_list_name),
        STL_ARG(code), only, is, stl_figure_money(found.vola_amt).text);
}

/* The library leaves out those whose sex is not certain: diagnoses on the list V10.sex-exempt. */
static bool is_exempt(const stl_case *c) {
    stl_str code;
    const int64_t *row;
    return stl_rules_diagnosed(c, "V10.sex-exempt", &code, &row);
}

static settle_status run(const stl_case *c, stl_verdict *out, stl_error *err) {
    const stl_index_table *table = stl_rules_table(c, STL_T_SEX);
    bool sex_known = known(c->stay->head.gend);
    size_t unknown = 0, exempt = 0;
    for (uint32_t code = 0; code < c->n_codes; code++) {
        stl_index_rows rows = stl_index_get(table, stl_rules_code(c, code));
        if (rows.count == 0)
            continue;
        for (size_t i = c->code_first[code]; i < c->code_first[code + 1]; i++) {
            uint32_t line = c->by_code[i];
            if (!stl_line_live(&c->lines[line]))
                continue;
            unknown += !sex_known;
            const int64_t *row = sex_known ? forbidden(c, rows, c->lines[line].day) : NULL;
            if (row != NULL && is_exempt(c))
                exempt++;
            else if (row != NULL)
                TRY(report(c, line, row, out, err));
        }
    }
    if (unknown > 0)
        TRY(stl_verdict_gap(out, STL_RULE_SEX.id,
                            stl_rules_pick(c, "患者性别", "sex of the patient"), unknown));
    if (exempt > 0)
        TRY(stl_verdict_gap(
            out, STL_RULE_SEX.id,
            stl_rules_pick(c, "可按性别判断的患者（诊断属规则除外人群）",
                           "a patient whom the rule does not leave out (diagnosis)"),
            exempt));
    return SETTLE_OK;
}

const stl_rule STL_RULE_SEX = {
    .id = "V10",
    .name = {"项目或证件与患者不符", "item or certificate of another person"},
    .fix =
        {"核对是否误收他人费用或医嘱开错；退费该明细后重新核对",
         "check for another person's charge or a wrong order; refund the line, then check again"},
    .basis = "V10 (001:55, 002:465)",
    .reads = "rules/sex.csv, rules/lists.csv V10.sex-exempt?",
    .action = STL_BLOCK,
    .scope = STL_SCOPE_ITEM,
    .run = run,
};
