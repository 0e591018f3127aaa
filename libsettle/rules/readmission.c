/* SPDX-License-Identifier: Apache-2.0 */
/* V8: admitted again within `days` days (inclusive) of a discharge with the same disease, or on the
 * day of a discharge from the same hospital (history.csv). Treatment in courses is exempt (list
 * "V8.exempt"). */
#include "rules/checks.h"
#include "rules/facts.h"
#include "rules/visit.h"

typedef struct check {
    const stl_case *c;
    stl_verdict *out;
    stl_error *err;
    int64_t days, same_chars;
    stl_str disease;
    bool exempt;                   /* treated in courses */
    const stl_history *found;      /* the latest that counts */
    int64_t apart;                 /* days since */
    bool split;                    /* it ended here on the day of admission */
    bool no_disease, no_discharge; /* a stay that might count lacks them */
} check;

static bool same_disease(const check *k, stl_str other) {
    size_t n = (size_t)k->same_chars;
    return k->disease.len >= n && other.len >= n && memcmp(k->disease.ptr, other.ptr, n) == 0;
}

static settle_status report(const check *k) {
    const stl_case *c = k->c;
    const stl_history *past = k->found;
    stl_found found = {
        .vola_amt = stl_rules_stay_worth(c),
        .basis = stl_rules_text(c, "history.csv %.*s; rules/parameters.csv V8 days %lld",
                                STL_ARG(past->mdtrt_id), (long long)k->days),
    };
    TRY_ALLOC(k->err, found.basis);
    if (k->split)
        return stl_rule_find(
            &STL_RULE_READMISSION, c, k->out, found, k->err,
            "%s 在本院出院（就诊 %.*s），当日又入院，费用 %s 元",
            "discharged here on %s (stay %.*s) and admitted again on that day: %s yuan",
            stl_figure_day(stl_instant_day(past->endtime)).text, STL_ARG(past->mdtrt_id),
            stl_figure_money(found.vola_amt).text);
    return stl_rule_find(
        &STL_RULE_READMISSION, c, k->out, found, k->err,
        "%s 出院（就诊 %.*s，%.*s），%lld 天后以同一疾病（%.*s）再次入院，未超过 %lld 天，费用 %s "
        "元",
        "discharged on %s (stay %.*s, %.*s), after %lld days admitted again with the same disease "
        "(%.*s), within %lld days: %s yuan",
        stl_figure_day(stl_instant_day(past->endtime)).text, STL_ARG(past->mdtrt_id),
        STL_ARG(past->dscg_maindiag_code), (long long)k->apart, STL_ARG(k->disease),
        (long long)k->days, stl_figure_money(found.vola_amt).text);
}

static void judge(check *k, const stl_history *past) {
    const stl_admission *head = &k->c->stay->head;
    if (stl_str_eq(past->mdtrt_id, head->mdtrt_id) || !stl_str_eq(past->psn_no, head->psn_no))
        return;
    if (past->endtime == STL_NONE) {
        k->no_discharge |= past->begntime == STL_NONE || past->begntime < head->begntime;
        return;
    }
    int64_t apart = stl_instant_day(head->begntime) - stl_instant_day(past->endtime);
    if (past->endtime > head->begntime || apart > k->days)
        return;
    bool split = apart == 0 && !stl_str_empty(past->fixmedins_code) &&
                 stl_str_eq(past->fixmedins_code, head->fixmedins_code);
    if (!split && k->exempt)
        return;
    if (!split && !same_disease(k, past->dscg_maindiag_code)) {
        k->no_disease |= stl_str_empty(k->disease) || stl_str_empty(past->dscg_maindiag_code);
        return;
    }
    if (k->found != NULL && (k->split > split || (k->split == split && k->apart <= apart)))
        return;
    k->found = past;
    k->apart = apart;
    k->split = split;
}

static settle_status gap(check *k, const char *zh, const char *en) {
    return stl_verdict_gap(k->out, STL_RULE_READMISSION.id, stl_rules_pick(k->c, zh, en), 0);
}

static bool parameters(check *k) {
    stl_day day = stl_rules_stay_day(k->c);
    return stl_rules_parameter(k->c, "V8", "days", day, 0, &k->days) && k->days >= 0 &&
           stl_rules_parameter(k->c, "V8", "same-disease-characters", day, 0, &k->same_chars) &&
           k->same_chars > 0;
}

static settle_status run(const stl_case *c, stl_verdict *out, stl_error *err) {
    check k = {.c = c, .out = out, .err = err, .disease = stl_rules_principal(c)};
    const stl_history *rows = STL_ROWS_OF(c->stay, STL_R_HISTORY, stl_history);
    stl_str visit = stl_rules_visit(c);
    if (!stl_str_empty(visit) && !stl_str_is(visit, "inpatient"))
        return SETTLE_OK;
    if (!c->stay->given[STL_R_HISTORY])
        return gap(&k, "既往就诊记录", "previous stays");
    if (c->stay->rows[STL_R_HISTORY].count == 0)
        return SETTLE_OK;
    if (c->stay->head.begntime == STL_NONE)
        return gap(&k, "入院时间", "time of admission");
    if (!parameters(&k))
        return gap(&k, "参数 V8 days、same-disease-characters",
                   "parameters V8 days and same-disease-characters");
    k.exempt = stl_rules_listed(c, "V8.exempt", k.disease, stl_rules_stay_day(c)) != NULL;
    for (size_t i = 0; i < c->stay->rows[STL_R_HISTORY].count; i++)
        judge(&k, &rows[i]);
    if (k.found != NULL)
        return report(&k);
    if (k.no_disease)
        TRY(gap(&k, "本次或既往就诊的主要诊断", "principal diagnosis of this or a previous stay"));
    if (k.no_discharge)
        TRY(gap(&k, "既往就诊的出院时间", "discharge time of a previous stay"));
    return SETTLE_OK;
}

const stl_rule STL_RULE_READMISSION = {
    .id = "V8",
    .name = {"分解住院、短期内重复住院", "split stay or readmission"},
    .fix =
        {"请核对两次住院的病历：确需再次入院的，凭病情依据按审批号申请放行；属分解住院的合并结算",
         "compare the records of both stays: with evidence that it was needed, override with "
         "the approval number; a split stay is settled as one"},
    .basis = "V8 (002:257,479)",
    .reads = "rules/parameters.csv days, rules/parameters.csv same-disease-characters, "
             "rules/lists.csv visit, rules/lists.csv V8.exempt?, history.csv",
    .action = STL_HOLD,
    .scope = STL_SCOPE_WORTH,
    .run = run,
};
