/* SPDX-License-Identifier: Apache-2.0 */
/* V11: days of a drug taken home (dscg_tkdrug_flag 1), at most `acute-days`, or `chronic-days`
 * where a diagnosis is on the list "V11.chronic". */
#include "rules/checks.h"
#include "rules/facts.h"

typedef struct check {
    const stl_case *c;
    stl_verdict *out;
    stl_error *err;
    int64_t limit; /* -1: not asked yet */
    stl_str chronic;
    const char *missing; /* why there is no limit */
    size_t no_days, no_limit;
} check;

static void find_limit(check *k) {
    const stl_case *c = k->c;
    stl_day day = stl_rules_stay_day(c);
    if (!stl_rules_has_list(c, "V11.chronic"))
        k->missing = stl_rules_pick(c, "慢性病清单 V11.chronic", "list V11.chronic");
    else if (!stl_rules_diagnoses_given(c))
        k->missing = stl_rules_pick(c, "诊断", "diagnoses");
    const int64_t *row;
    if (!stl_rules_diagnosed(c, "V11.chronic", &k->chronic, &row))
        k->chronic = STL_STR("");
    const char *name = stl_str_empty(k->chronic) ? "acute-days" : "chronic-days";
    if (!stl_rules_parameter(c, "V11", name, day, 0, &k->limit) && k->missing == NULL)
        k->missing = stl_rules_pick(c, "参数 V11 acute-days、chronic-days",
                                    "parameters V11 acute-days and chronic-days");
}

static bool taken_home(const stl_case *c, uint32_t line) {
    return stl_line_live(&c->lines[line]) &&
           stl_str_is(stl_case_charge(c, line)->dscg_tkdrug_flag, "1");
}

static settle_status report(check *k, const stl_lines *over, const stl_lines *within,
                            int64_t days) {
    const stl_case *c = k->c;
    const char *why =
        stl_str_empty(k->chronic)
            ? stl_rules_pick(c, "急性病", "acute disease")
            : stl_rules_text(c, stl_rules_pick(c, "慢性病 %.*s", "chronic disease %.*s"),
                             STL_ARG(k->chronic));
    stl_found found = {.lines = over->at,
                       .n_lines = over->count,
                       .involved = within->at,
                       .n_involved = within->count,
                       .vola_amt = stl_lines_worth(c, over->at, over->count)};
    const char *extent = stl_rules_extent(c, over->count, found.vola_amt);
    TRY_ALLOC(k->err, why);
    TRY_ALLOC(k->err, extent);
    return stl_rule_find(&STL_RULE_TAKE_HOME, c, k->out, found, k->err,
                         "%.*s（%.*s）出院带药 %lld 天 > %lld 天（%s）%s",
                         "%.*s (%.*s) taken home for %lld days > %lld days (%s)%s",
                         STL_ARG(stl_case_charge(c, over->at[0])->medins_list_name),
                         STL_ARG(c->lines[over->at[0]].med_list_codg), (long long)days,
                         (long long)k->limit, why, extent);
}

static settle_status judge(check *k, uint32_t code) {
    const stl_case *c = k->c;
    stl_lines over = {0}, within = {0};
    int64_t days = 0;
    for (size_t i = c->code_first[code]; i < c->code_first[code + 1]; i++) {
        uint32_t line = c->by_code[i];
        if (!taken_home(c, line))
            continue;
        int64_t supply = stl_case_charge(c, line)->days_supply;
        if (k->limit < 0)
            find_limit(k);
        k->no_limit += k->missing != NULL;
        k->no_days += supply == STL_NONE;
        if (k->missing != NULL || supply == STL_NONE)
            continue;
        days = stl_rules_sum(days, supply);
        TRY(stl_lines_add(c->arena, days > k->limit ? &over : &within, line, k->err));
    }
    return over.count == 0 ? SETTLE_OK : report(k, &over, &within, days);
}

static settle_status run(const stl_case *c, stl_verdict *out, stl_error *err) {
    check k = {.c = c, .out = out, .err = err, .limit = -1};
    for (uint32_t code = 0; code < c->n_codes; code++)
        TRY(judge(&k, code));
    if (k.no_days > 0)
        TRY(stl_verdict_gap(out, STL_RULE_TAKE_HOME.id,
                            stl_rules_pick(c, "出院带药的用药天数（days_supply）",
                                           "days_supply of drugs taken home"),
                            k.no_days));
    if (k.no_limit > 0)
        TRY(stl_verdict_gap(out, STL_RULE_TAKE_HOME.id, k.missing, k.no_limit));
    return SETTLE_OK;
}

const stl_rule STL_RULE_TAKE_HOME = {
    .id = "V11",
    .name = {"药品超量", "too much of a drug"},
    .fix = {"请将超出天数的药品退费，或核对用药天数的录入",
            "refund the days over the limit, or correct days_supply"},
    .basis = "V11 (002:273,1161)",
    .reads = "rules/parameters.csv acute-days, rules/parameters.csv chronic-days, rules/lists.csv "
             "V11.chronic",
    .action = STL_WARN,
    .scope = STL_SCOPE_ITEM,
    .run = run,
};
