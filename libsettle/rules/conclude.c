/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/group.h"
#include "rules/lists.h"

/* --- switches and shadows -------------------------------------------------------------------- */

static void switch_actions(const stl_rule_switch *switches, size_t n, stl_verdict *v) {
    for (size_t i = 0; n > 0 && i < v->n_findings; i++)
        for (size_t k = 0; k < n; k++)
            if (stl_str_is(switches[k].rule_id, v->findings[i].rule_id))
                v->findings[i].action = switches[k].action;
}

static settle_status count_shadow(stl_verdict *v, const stl_finding *f, stl_error *err) {
    stl_shadow *shadow = NULL;
    for (size_t i = 0; i < v->n_shadow; i++)
        if (strcmp(v->shadow[i].rule_id, f->rule_id) == 0)
            shadow = &v->shadow[i];
    if (shadow == NULL) {
        void *items = v->shadow;
        shadow = stl_arena_push(v->arena, &items, &v->n_shadow, &v->cap_shadow, sizeof *shadow);
        TRY_ALLOC(err, shadow);
        v->shadow = items;
        *shadow = (stl_shadow){.rule_id = f->rule_id, .rule_name = f->rule_name};
    }
    shadow->count++;
    shadow->lines += f->n_lines;
    shadow->vola_amt = stl_rules_sum(shadow->vola_amt, f->vola_amt);
    return SETTLE_OK;
}

static settle_status take_shadows(stl_verdict *v, stl_error *err) {
    size_t kept = 0;
    for (size_t i = 0; i < v->n_findings; i++) {
        if (v->findings[i].action == STL_SHADOW)
            TRY(count_shadow(v, &v->findings[i], err));
        else
            v->findings[kept++] = v->findings[i];
    }
    v->n_findings = kept;
    return SETTLE_OK;
}

/* --- base data ------------------------------------------------------------------------------- */

/* Rules that find nothing without a table, and would pass in silence. */
static const struct {
    const char *rule_id;
    stl_table_id table;
} BASE[] = {
    {"V2", STL_T_FREQUENCY},   {"V2", STL_T_UNITS},      {"V3", STL_T_CAPS},
    {"V3", STL_T_DISCOUNT},    {"V4", STL_T_BEDS},       {"V6", STL_T_PAIRS},
    {"V9", STL_T_BEDS},        {"V10", STL_T_SEX},       {"V10", STL_T_AGE},
    {"V12", STL_T_VISIT},      {"V12", STL_T_GRADE},     {"V12", STL_T_SCHEME},
    {"V12", STL_T_TCM},        {"V12", STL_T_COURSE},    {"V16", STL_T_CYCLE},
    {"V25", STL_T_EXCLUSIONS}, {"V26", STL_T_MANDATORY}, {"T1", STL_T_HINTS},
};
enum { N_BASE = sizeof BASE / sizeof *BASE };

static settle_status gap(stl_verdict *v, const char *rule_id, const char *text, stl_error *err) {
    TRY_ALLOC(err, text);
    return stl_verdict_gap(v, rule_id, text, 0);
}

static settle_status tell_missing(const stl_case *c, stl_verdict *v, stl_error *err) {
    for (size_t i = 0; i < N_BASE; i++)
        if (stl_rules_table(c, BASE[i].table)->n_rows == 0)
            TRY(gap(
                v, BASE[i].rule_id,
                stl_rules_text(c, stl_rules_pick(c, "政策包中 %s 的数据", "rows of %s in the pack"),
                               STL_TABLE_SPECS[BASE[i].table].file),
                err));
    return SETTLE_OK;
}

/* Tables are looked up by the service instant: the last one decides. A word that is no date is as
 * good as a date gone by. */
static settle_status tell_stale(const stl_case *c, const char *rule_id, stl_verdict *v,
                                stl_error *err) {
    stl_day last = c->lines[c->by_time[c->n_lines - 1]].day, until;
    stl_str text = stl_rules_parameter_text(c, rule_id, "stale_after", last);
    if (stl_str_empty(text))
        return SETTLE_OK;
    if (stl_day_parse(text, &until) == SETTLE_OK && last <= until)
        return SETTLE_OK;
    return gap(v, rule_id,
               stl_rules_text(c,
                              stl_rules_pick(c, "规则数据只到 %.*s，请更新政策包",
                                             "rule data later than %.*s: renew the pack"),
                              STL_ARG(text)),
               err);
}

static settle_status tell_all_stale(const stl_case *c, const stl_rule *const *rules, stl_verdict *v,
                                    stl_error *err) {
    for (size_t i = 0; rules[i] != NULL; i++)
        if (i == 0 || strcmp(rules[i]->id, rules[i - 1]->id) != 0)
            TRY(tell_stale(c, rules[i]->id, v, err));
    return SETTLE_OK;
}

settle_status stl_rules_conclude(const stl_case *c, const stl_rule_switch *switches,
                                 size_t n_switches, stl_verdict *v, stl_error *err) {
    switch_actions(switches, n_switches, v);
    TRY(take_shadows(v, err));
    TRY(tell_missing(c, v, err));
    if (c->n_lines > 0 && stl_rules_table(c, STL_T_PARAMETERS)->n_rows > 0) {
        TRY(tell_all_stale(c, STL_RULES, v, err));
        TRY(tell_all_stale(c, STL_PAYMENT_RULES, v, err));
    }
    return stl_rules_group(c, v, err);
}
