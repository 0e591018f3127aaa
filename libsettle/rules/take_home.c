/* SPDX-License-Identifier: Apache-2.0 */
/* V11: days for which a drug is supplied: taken home from a stay (dscg_tkdrug_flag 1), or
 * prescribed in an outpatient or emergency visit. How many are allowed depends on that, and on
 * whether a diagnosis is on the list "V11.chronic". Supplies of one code add up. */
#include "rules/checks.h"
#include "rules/facts.h"
#include "rules/visit.h"

typedef struct occasion {
    const char *acute, *chronic; /* parameters */
    const char *what[2];
} occasion;

static const occasion HOME = {"acute-days", "chronic-days", {"出院带药", "taken home for"}};
static const occasion EMERGENCY = {
    "emergency-days", "emergency-days", {"急诊处方", "prescribed in an emergency for"}};
static const occasion OUTPATIENT = {
    "outpatient-days", "outpatient-chronic-days", {"门诊处方", "prescribed to an outpatient for"}};

typedef struct check {
    const stl_case *c;
    stl_verdict *out;
    stl_error *err;
    const occasion *on;
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
    const char *name = stl_str_empty(k->chronic) ? k->on->acute : k->on->chronic;
    if (!stl_rules_parameter(c, "V11", name, day, 0, &k->limit) && k->missing == NULL)
        k->missing = stl_rules_text(c, stl_rules_pick(c, "参数 V11 %s", "parameter V11 %s"), name);
}

static bool concerns(const check *k, uint32_t line) {
    bool home = stl_str_is(stl_case_charge(k->c, line)->dscg_tkdrug_flag, "1");
    return stl_line_live(&k->c->lines[line]) &&
           (home || (k->on != &HOME && stl_rules_is_drug(k->c->lines[line].med_list_codg)));
}

static settle_status report(check *k, const stl_lines *over, const stl_lines *within,
                            int64_t days) {
    const stl_case *c = k->c;
    const char *why =
        stl_str_empty(k->chronic)
            ? stl_rules_pick(c, "急性病", "acute disease")
            : stl_rules_text(c, stl_rules_pick(c, "慢性病 %.*s", "chronic disease %.*s"),
                             STL_ARG(k->chronic));
    stl_found found = {
        .lines = over->at,
        .n_lines = over->count,
        .involved = within->at,
        .n_involved = within->count,
        .vola_amt = stl_lines_worth(c, over->at, over->count),
        .basis = stl_rules_text(c, "rules/parameters.csv V11 %s",
                                stl_str_empty(k->chronic) ? k->on->acute : k->on->chronic)};
    const char *extent = stl_rules_extent(c, over->count, found.vola_amt);
    TRY_ALLOC(k->err, why);
    TRY_ALLOC(k->err, found.basis);
    TRY_ALLOC(k->err, extent);
    return stl_rule_find(&STL_RULE_TAKE_HOME, c, k->out, found, k->err,
                         "%.*s（%.*s）%s %lld 天 > %lld 天（%s）%s",
                         "%.*s (%.*s) %s %lld days > %lld days (%s)%s",
                         STL_ARG(stl_case_charge(c, over->at[0])->medins_list_name),
                         STL_ARG(c->lines[over->at[0]].med_list_codg),
                         stl_rules_pick(c, k->on->what[0], k->on->what[1]), (long long)days,
                         (long long)k->limit, why, extent);
}

/* Why the line cannot be judged is counted; false then. */
static bool is_judged(check *k, uint32_t line) {
    int64_t supply = stl_case_charge(k->c, line)->days_supply;
    if (k->limit < 0)
        find_limit(k);
    k->no_limit += k->missing != NULL;
    k->no_days += supply == STL_NONE;
    return k->missing == NULL && supply != STL_NONE;
}

static bool belong_together(const check *k, uint32_t a, uint32_t b) {
    stl_str order = stl_case_charge(k->c, a)->drord_no;
    return k->on == &HOME ||
           (!stl_str_empty(order) && stl_str_eq(order, stl_case_charge(k->c, b)->drord_no));
}

/* The line at `first` with those after it that belong to it. */
static settle_status judge_together(check *k, const stl_lines *lines, size_t first) {
    const stl_case *c = k->c;
    stl_lines over = {0}, within = {0};
    int64_t days = 0;
    for (size_t i = first; i < lines->count; i++) {
        uint32_t line = lines->at[i];
        if (i > first && !belong_together(k, lines->at[first], line))
            continue;
        days = stl_rules_sum(days, stl_case_charge(c, line)->days_supply);
        TRY(stl_lines_add(c->arena, days > k->limit ? &over : &within, line, k->err));
    }
    return over.count == 0 ? SETTLE_OK : report(k, &over, &within, days);
}

static settle_status judge(check *k, uint32_t code) {
    const stl_case *c = k->c;
    stl_lines lines = {0};
    for (size_t i = c->code_first[code]; i < c->code_first[code + 1]; i++)
        if (concerns(k, c->by_code[i]) && is_judged(k, c->by_code[i]))
            TRY(stl_lines_add(c->arena, &lines, c->by_code[i], k->err));
    for (size_t i = 0; i < lines.count; i++) {
        bool seen = false;
        for (size_t j = 0; j < i && !seen; j++)
            seen = belong_together(k, lines.at[j], lines.at[i]);
        if (!seen)
            TRY(judge_together(k, &lines, i));
    }
    return SETTLE_OK;
}

static const occasion *occasion_of(const stl_case *c) {
    stl_str visit = stl_rules_visit(c);
    return stl_str_is(visit, "emergency")    ? &EMERGENCY
           : stl_str_is(visit, "outpatient") ? &OUTPATIENT
                                             : &HOME;
}

static settle_status run(const stl_case *c, stl_verdict *out, stl_error *err) {
    check k = {.c = c, .out = out, .err = err, .on = occasion_of(c), .limit = -1};
    for (uint32_t code = 0; code < c->n_codes; code++)
        TRY(judge(&k, code));
    if (k.no_days > 0)
        TRY(stl_verdict_gap(
            out, STL_RULE_TAKE_HOME.id,
            stl_rules_pick(c, "药品的用药天数（days_supply）", "days_supply of drugs"), k.no_days));
    if (k.no_limit > 0)
        TRY(stl_verdict_gap(out, STL_RULE_TAKE_HOME.id, k.missing, k.no_limit));
    return SETTLE_OK;
}

const stl_rule STL_RULE_TAKE_HOME = {
    .id = "V11",
    .name = {"药品超量", "too much of a drug"},
    .fix = {"请核对用药天数是否录错：录错的改正，确实超量的将超出部分退费",
            "check days_supply: correct it where it is wrong, else refund what is over the limit"},
    .basis = "V11 (002:273,1161)",
    .reads = "rules/parameters.csv acute-days, rules/parameters.csv chronic-days, "
             "rules/parameters.csv emergency-days, rules/parameters.csv outpatient-days, "
             "rules/parameters.csv outpatient-chronic-days, rules/lists.csv V11.chronic, "
             "rules/lists.csv visit",
    .action = STL_WARN,
    .scope = STL_SCOPE_ITEM,
    .run = run,
};
