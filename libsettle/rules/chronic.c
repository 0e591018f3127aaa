/* SPDX-License-Identifier: Apache-2.0 */
/* V27: outpatient care of a special or chronic disease needs a recognition of that disease which
 * holds on the day of service. */
#include "rules/checks.h"
#include "rules/filings.h"

typedef struct check {
    const stl_case *c;
    stl_str diagnosis;
    bool has_conditions;
    stl_day day; /* of `condition` and `recognised` */
    stl_str condition;
    bool recognised;
} check;

/* The condition to which a diagnosis belongs: the row's value, "" when it is none of the list. */
static stl_str condition_of(const stl_case *c, stl_str code, stl_day day) {
    const int64_t *row = stl_rules_listed(c, "V27.conditions", code, day);
    return stl_rules_cell(stl_rules_table(c, STL_T_LISTS), row, STL_LIST_VALUE);
}

static bool of_disease(const stl_case *c, const stl_approval *filing, const void *about) {
    const check *k = about;
    return !k->has_conditions || stl_str_empty(filing->code) ||
           stl_str_eq(filing->code, k->condition) ||
           stl_str_eq(condition_of(c, filing->code, k->day), k->condition);
}

static void look_up(check *k, stl_day day) {
    k->day = day;
    k->condition = condition_of(k->c, k->diagnosis, day);
    k->recognised = !(k->has_conditions && stl_str_empty(k->condition)) &&
                    stl_rules_filing(k->c, "V27.kinds", day, of_disease, k) != NULL;
}

static settle_status report(check *k, stl_lines lines, stl_verdict *out, stl_error *err) {
    const stl_case *c = k->c;
    stl_day first = c->lines[lines.at[0]].day;
    look_up(k, first);
    stl_found found = {.lines = lines.at,
                       .n_lines = lines.count,
                       .vola_amt = stl_lines_worth(c, lines.at, lines.count),
                       .basis = "rules/lists.csv V27.med-types, V27.conditions"};
    const char *extent = stl_rules_extent(c, lines.count, found.vola_amt);
    TRY_ALLOC(err, extent);
    bool no_condition = k->has_conditions && stl_str_empty(k->condition);
    const char *why =
        no_condition ? stl_rules_pick(c, "不属于认定病种", "is none of the conditions recognised")
                     : stl_rules_pick(c, "无当日有效的病种认定记录",
                                      "has no recognition that holds on the day");
    return stl_rule_find(&STL_RULE_CHRONIC, c, out, found, err,
                         "医疗类别 %.*s 属门诊慢特病，主诊断 %.*s %s（%s 起）%s",
                         "care class %.*s is for chronic diseases, main diagnosis %.*s %s (from "
                         "%s)%s",
                         STL_ARG(c->stay->head.med_type), STL_ARG(k->diagnosis), why,
                         stl_figure_day(first).text, extent);
}

static settle_status judge(check *k, stl_verdict *out, stl_error *err) {
    const stl_case *c = k->c;
    stl_lines lines = {0};
    for (size_t i = 0; i < c->n_lines; i++) {
        uint32_t line = c->by_time[i];
        if (!stl_line_live(&c->lines[line]) || stl_case_charge(c, line)->fee_ocur_time == STL_NONE)
            continue;
        if (c->lines[line].day != k->day)
            look_up(k, c->lines[line].day);
        if (!k->recognised)
            TRY(stl_lines_add(c->arena, &lines, line, err));
    }
    return lines.count == 0 ? SETTLE_OK : report(k, lines, out, err);
}

static settle_status gap(const stl_case *c, stl_verdict *out, const char *zh, const char *en) {
    return stl_verdict_gap(out, STL_RULE_CHRONIC.id, stl_rules_pick(c, zh, en), 0);
}

static settle_status run(const stl_case *c, stl_verdict *out, stl_error *err) {
    const stl_admission *head = &c->stay->head;
    if (!stl_rules_has_list(c, "V27.med-types"))
        return gap(c, out, "门诊慢特病医疗类别表 V27.med-types",
                   "list V27.med-types of care classes for chronic diseases");
    stl_day day = head->begntime == STL_NONE ? 0 : stl_instant_day(head->begntime);
    if (stl_rules_listed(c, "V27.med-types", head->med_type, day) == NULL)
        return SETTLE_OK;
    if (!c->stay->given[STL_R_APPROVAL])
        return gap(c, out, "病种认定记录（approvals.csv）", "recognitions (approvals.csv)");
    if (!stl_rules_has_list(c, "V27.kinds"))
        return gap(c, out, "认定记录种类表 V27.kinds", "list V27.kinds of kinds of recognitions");
    if (stl_str_empty(head->dscg_maindiag_code))
        return gap(c, out, "主诊断", "the main diagnosis");
    check k = {.c = c,
               .diagnosis = head->dscg_maindiag_code,
               .has_conditions = stl_rules_has_list(c, "V27.conditions"),
               .day = STL_NONE};
    if (!k.has_conditions)
        TRY(gap(c, out, "认定病种表 V27.conditions", "list V27.conditions of conditions"));
    return judge(&k, out, err);
}

const stl_rule STL_RULE_CHRONIC = {
    .id = "V27",
    .name = {"门诊慢特病无认定记录", "chronic-disease care without recognition"},
    .fix = {"请补录有效的病种认定记录，或改按普通门诊结算",
            "supply the recognition that holds, or settle as ordinary outpatient care"},
    .basis = "V27 (001:31,63, 004:126), B13 (001:243)",
    .reads = "rules/lists.csv V27.med-types, rules/lists.csv V27.kinds, rules/lists.csv "
             "V27.conditions, approvals.csv",
    .action = STL_BLOCK,
    .scope = STL_SCOPE_STAY,
    .run = run,
};
