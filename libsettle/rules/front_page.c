/* SPDX-License-Identifier: Apache-2.0 */
/* W14: before payment by disease the front page is complete: diagnoses and operations in national
 * codes, one principal of each. Who is paid so says the list W14.med-types. */
#include "rules/checks.h"
#include "rules/lists.h"

typedef struct page {
    const stl_case *c;
    stl_verdict *out;
    stl_error *err;
    const char *faults; /* "主要诊断 2 条；..." */
} page;

static settle_status fault(page *p, const char *text) {
    TRY_ALLOC(p->err, text);
    p->faults = stl_rules_text(p->c, "%s%s%s", p->faults,
                               p->faults[0] == '\0' ? "" : stl_rules_pick(p->c, "；", "; "), text);
    TRY_ALLOC(p->err, p->faults);
    return SETTLE_OK;
}

static settle_status gap(page *p, const char *zh, const char *en) {
    return stl_verdict_gap(p->out, STL_RULE_FRONT_PAGE.id, stl_rules_pick(p->c, zh, en), 0);
}

/* The dictionary is there and does not have the code. */
static bool is_foreign(const stl_case *c, stl_table_id dictionary, stl_str code) {
    const stl_index_table *table = stl_rules_table(c, dictionary);
    return table->n_rows > 0 && stl_index_get(table, code).count == 0;
}

static settle_status judge_code(page *p, stl_table_id dictionary, stl_str code, size_t number,
                                const char *zh, const char *en) {
    const stl_case *c = p->c;
    if (stl_str_empty(code))
        return fault(p, stl_rules_text(c,
                                       stl_rules_pick(c, "第 %zu 条%s无编码",
                                                      "number %zu of the %s has no code"),
                                       number, stl_rules_pick(c, zh, en)));
    if (!is_foreign(c, dictionary, code))
        return SETTLE_OK;
    return fault(p, stl_rules_text(c,
                                   stl_rules_pick(c, "%s编码 %.*s 不在国家编码库",
                                                  "%s: %.*s is no national code"),
                                   stl_rules_pick(c, zh, en), STL_ARG(code)));
}

static settle_status judge_principal(page *p, size_t principals, const char *zh, const char *en) {
    const stl_case *c = p->c;
    if (principals == 1)
        return SETTLE_OK;
    return fault(p, stl_rules_text(c,
                                   stl_rules_pick(c, "主要%s %zu 条，应为 1 条",
                                                  "principal %s: %zu instead of 1"),
                                   stl_rules_pick(c, zh, en), principals));
}

/* Those of western medicine: the others have dictionaries of their own. */
static bool is_western(const stl_diagnosis *diagnosis) {
    return stl_str_empty(diagnosis->diag_type) || stl_str_is(diagnosis->diag_type, "1");
}

static settle_status judge_diagnoses(page *p) {
    const stl_case *c = p->c;
    const stl_diagnosis *all = STL_ROWS_OF(c->stay, STL_R_DIAGNOSIS, stl_diagnosis);
    if (!c->stay->given[STL_R_DIAGNOSIS])
        return gap(p, "诊断", "diagnoses");
    if (stl_rules_table(c, STL_T_ICD10)->n_rows == 0)
        TRY(gap(p, "疾病编码库", "dictionary of diagnoses"));
    size_t principals = 0;
    stl_str head = c->stay->head.dscg_maindiag_code;
    for (size_t i = 0; i < c->stay->rows[STL_R_DIAGNOSIS].count; i++) {
        if (!is_western(&all[i]))
            continue;
        TRY(judge_code(p, STL_T_ICD10, all[i].diag_code, i + 1, "诊断", "diagnoses"));
        if (!stl_str_is(all[i].maindiag_flag, "1"))
            continue;
        principals++;
        if (!stl_str_empty(head) && !stl_str_eq(head, all[i].diag_code))
            TRY(fault(p, stl_rules_text(c,
                                        stl_rules_pick(c, "主要诊断 %.*s 与出院主要诊断 %.*s 不同",
                                                       "principal diagnosis %.*s differs from "
                                                       "that of the discharge, %.*s"),
                                        STL_ARG(all[i].diag_code), STL_ARG(head))));
    }
    return judge_principal(p, principals, "诊断", "diagnoses");
}

static settle_status judge_operations(page *p) {
    const stl_case *c = p->c;
    const stl_operation *all = STL_ROWS_OF(c->stay, STL_R_OPERATION, stl_operation);
    size_t count = c->stay->rows[STL_R_OPERATION].count, principals = 0;
    if (!c->stay->given[STL_R_OPERATION])
        return gap(p, "手术操作", "operations");
    if (count == 0)
        return SETTLE_OK;
    if (stl_rules_table(c, STL_T_ICD9)->n_rows == 0)
        TRY(gap(p, "手术操作编码库", "dictionary of operations"));
    for (size_t i = 0; i < count; i++) {
        TRY(judge_code(p, STL_T_ICD9, all[i].oprn_oprt_code, i + 1, "手术操作", "operations"));
        principals += stl_str_is(all[i].main_oprn_flag, "1");
        if (all[i].oprn_oprt_date == STL_NONE)
            TRY(fault(p, stl_rules_text(c,
                                        stl_rules_pick(c, "第 %zu 条手术操作无日期",
                                                       "number %zu of the operations has no "
                                                       "date"),
                                        i + 1)));
    }
    return judge_principal(p, principals, "手术操作", "operations");
}

static settle_status run(const stl_case *c, stl_verdict *out, stl_error *err) {
    stl_instant end = c->stay->head.endtime;
    if (end == STL_NONE ||
        stl_rules_listed(c, "W14.med-types", c->stay->head.med_type, stl_instant_day(end)) == NULL)
        return SETTLE_OK;
    page p = {.c = c, .out = out, .err = err, .faults = ""};
    TRY(judge_diagnoses(&p));
    TRY(judge_operations(&p));
    if (p.faults[0] == '\0')
        return SETTLE_OK;
    return stl_rule_find(&STL_RULE_FRONT_PAGE, c, out,
                         (stl_found){.basis = "rules/lists.csv W14.med-types"}, err,
                         "按病种付费（医疗类别 %.*s）的病案首页不完整：%s",
                         "paid by disease (med_type %.*s), and the front page is not complete: %s",
                         STL_ARG(c->stay->head.med_type), p.faults);
}

const stl_rule STL_RULE_FRONT_PAGE = {
    .id = "W14",
    .name = {"病案首页未完成质控", "front page incomplete before payment by disease"},
    .fix = {"请在病案首页补全诊断、手术操作及其国家编码后重新核对",
            "complete diagnoses, operations and their national codes on the front page, then check "
            "again"},
    .basis = "W14 S10 (003:401)",
    .reads = "rules/lists.csv W14.med-types?, dictionaries/icd10.csv, dictionaries/icd9cm3.csv, "
             "diagnoses.csv, operations.csv",
    .action = STL_HOLD,
    .scope = STL_SCOPE_RECORDS,
    .run = run,
};
