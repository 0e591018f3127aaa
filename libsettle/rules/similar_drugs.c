/* SPDX-License-Identifier: Apache-2.0 */
/* V15: two prescriptions (drord_no) of one outpatient visit with similar drugs: of equal first
 * `class-characters` of the code. Drugs are on the list "V15.drug", what may repeat on
 * "V15.exempt". */
#include "rules/checks.h"
#include "rules/facts.h"
#include "rules/visit.h"

#include <stdlib.h>

typedef struct check {
    const stl_case *c;
    stl_verdict *out;
    stl_error *err;
    bool visit_known;
    int64_t class_chars;
    stl_lines drugs;
    size_t no_order, unjudged;
} check;

typedef struct drug {
    stl_str class;
    uint32_t line;
} drug;

static int by_class(const void *a, const void *b, void *the_case) {
    const drug *x = a, *y = b;
    return stl_str_cmp(x->class, y->class) ?: stl_case_earlier(the_case, x->line, y->line);
}

static bool is_drug(const stl_case *c, stl_str code) {
    stl_day day = stl_rules_stay_day(c);
    return stl_rules_listed(c, "V15.drug", code, day) != NULL &&
           stl_rules_listed(c, "V15.exempt", code, day) == NULL;
}

static settle_status collect(check *k) {
    const stl_case *c = k->c;
    for (uint32_t code = 0; code < c->n_codes; code++) {
        if (!is_drug(c, stl_rules_code(c, code)))
            continue;
        for (size_t i = c->code_first[code]; i < c->code_first[code + 1]; i++) {
            uint32_t line = c->by_code[i];
            if (!stl_line_live(&c->lines[line]))
                continue;
            bool no_order = stl_str_empty(stl_case_charge(c, line)->drord_no);
            k->no_order += no_order;
            if (!no_order)
                TRY(stl_lines_add(c->arena, &k->drugs, line, k->err));
        }
    }
    return SETTLE_OK;
}

static settle_status report(check *k, stl_str class, const stl_lines *later,
                            const stl_lines *first) {
    const stl_case *c = k->c;
    const stl_charge *a = stl_case_charge(c, first->at[0]), *b = stl_case_charge(c, later->at[0]);
    stl_found found = {.lines = later->at,
                       .n_lines = later->count,
                       .involved = first->at,
                       .n_involved = first->count,
                       .vola_amt = stl_lines_worth(c, later->at, later->count),
                       .basis = "rules/lists.csv V15.drug; rules/parameters.csv V15 "
                                "class-characters"};
    const char *extent = stl_rules_extent(c, later->count, found.vola_amt);
    TRY_ALLOC(k->err, extent);
    return stl_rule_find(
        &STL_RULE_SIMILAR_DRUGS, c, k->out, found, k->err,
        "同次门诊处方 %.*s 的 %.*s 与处方 %.*s 的 %.*s 同类（%.*s）%s",
        "in one visit prescription %.*s has %.*s, prescription %.*s has %.*s of the same class "
        "(%.*s)%s",
        STL_ARG(b->drord_no), STL_ARG(b->medins_list_name), STL_ARG(a->drord_no),
        STL_ARG(a->medins_list_name), STL_ARG(class), extent);
}

/* Drugs of one class, by time: the first prescription is right, the others are not. */
static settle_status judge_class(check *k, const drug *drugs, size_t count) {
    const stl_case *c = k->c;
    stl_lines first = {0}, later = {0};
    stl_str order = stl_case_charge(c, drugs[0].line)->drord_no;
    for (size_t i = 0; i < count; i++) {
        bool same = stl_str_eq(stl_case_charge(c, drugs[i].line)->drord_no, order);
        TRY(stl_lines_add(c->arena, same ? &first : &later, drugs[i].line, k->err));
    }
    if (later.count == 0)
        return SETTLE_OK;
    if (k->visit_known && k->class_chars > 0)
        return report(k, drugs[0].class, &later, &first);
    k->unjudged += later.count;
    return SETTLE_OK;
}

static settle_status judge(check *k) {
    size_t count = k->drugs.count;
    drug *drugs = stl_arena_alloc(k->c->arena, (count + 1) * sizeof *drugs);
    TRY_ALLOC(k->err, drugs);
    for (size_t i = 0; i < count; i++) {
        stl_str code = k->c->lines[k->drugs.at[i]].med_list_codg;
        if (code.len > (size_t)k->class_chars)
            code.len = (size_t)k->class_chars;
        drugs[i] = (drug){code, k->drugs.at[i]};
    }
    if (count > 1)
        qsort_r(drugs, count, sizeof *drugs, by_class, (void *)(uintptr_t)k->c);
    for (size_t i = 0, n; i < count; i += n) {
        for (n = 1; i + n < count && stl_str_eq(drugs[i + n].class, drugs[i].class);)
            n++;
        TRY(judge_class(k, drugs + i, n));
    }
    return SETTLE_OK;
}

static settle_status tell_gaps(check *k) {
    const stl_case *c = k->c;
    if (k->no_order > 0)
        TRY(stl_verdict_gap(k->out, STL_RULE_SIMILAR_DRUGS.id,
                            stl_rules_pick(c, "药品的处方号", "prescription number of drugs"),
                            k->no_order));
    if (k->unjudged > 0)
        TRY(stl_verdict_gap(k->out, STL_RULE_SIMILAR_DRUGS.id,
                            k->visit_known ? stl_rules_pick(c, "参数 V15 class-characters",
                                                            "parameter V15 class-characters")
                                           : stl_rules_visit_missing(c),
                            k->unjudged));
    return SETTLE_OK;
}

static settle_status run(const stl_case *c, stl_verdict *out, stl_error *err) {
    check k = {.c = c, .out = out, .err = err};
    stl_str visit = stl_rules_visit(c);
    k.visit_known = !stl_str_empty(visit);
    if (k.visit_known && !stl_str_is(visit, "outpatient") && !stl_str_is(visit, "emergency"))
        return SETTLE_OK;
    if (!stl_rules_has_list(c, "V15.drug"))
        return k.visit_known && c->n_lines > 0
                   ? stl_verdict_gap(out, STL_RULE_SIMILAR_DRUGS.id,
                                     stl_rules_pick(c, "药品编码（清单 V15.drug）",
                                                    "codes of drugs (list V15.drug)"),
                                     0)
                   : SETTLE_OK;
    if (!stl_rules_parameter(c, "V15", "class-characters", stl_rules_stay_day(c), 0,
                             &k.class_chars) ||
        k.class_chars < 0)
        k.class_chars = 0;
    TRY(collect(&k));
    TRY(judge(&k));
    return tell_gaps(&k);
}

const stl_rule STL_RULE_SIMILAR_DRUGS = {
    .id = "V15",
    .name = {"同次门诊开具相类似药物处方", "similar drugs in two prescriptions"},
    .fix = {"请核对是否重复用药：重复的处方请退费",
            "check whether the drug is doubled; refund the second prescription then"},
    .basis = "V15 (002:1161)",
    .reads = "rules/parameters.csv class-characters, rules/lists.csv V15.drug, rules/lists.csv "
             "visit, rules/lists.csv V15.exempt?",
    .action = STL_WARN,
    .scope = STL_SCOPE_STAY,
    .run = run,
};
