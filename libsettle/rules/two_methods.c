/* SPDX-License-Identifier: Apache-2.0 */
/* V16: two methods of one examination on one civil day (list "V16.methods": catalogue code, name of
 * the examination). The one done first is right. */
#include "rules/checks.h"
#include "rules/lists.h"

#include <stdlib.h>

typedef struct test {
    stl_day day;
    stl_str examination;
    uint32_t line;
} test;

typedef struct tests {
    test *at;
    size_t count, cap;
} tests;

static stl_str examination_of(const stl_case *c, uint32_t line) {
    const int64_t *row =
        stl_rules_listed(c, "V16.methods", c->lines[line].med_list_codg, c->lines[line].day);
    return stl_rules_cell(stl_rules_table(c, STL_T_LISTS), row, STL_LIST_VALUE);
}

static settle_status collect_code(const stl_case *c, uint32_t code, tests *out, stl_error *err) {
    for (size_t i = c->code_first[code]; i < c->code_first[code + 1]; i++) {
        uint32_t line = c->by_code[i];
        stl_str examination = examination_of(c, line);
        if (!stl_line_live(&c->lines[line]) || c->lines[line].day == STL_NONE ||
            stl_str_empty(examination))
            continue;
        void *at = out->at;
        test *place = stl_arena_push(c->arena, &at, &out->count, &out->cap, sizeof *place);
        TRY_ALLOC(err, place);
        out->at = at;
        *place = (test){c->lines[line].day, examination, line};
    }
    return SETTLE_OK;
}

static int by_examination(const void *a, const void *b, void *the_case) {
    const test *x = a, *y = b;
    return stl_str_cmp(x->examination, y->examination)
               ?: stl_case_earlier(the_case, x->line, y->line);
}

static settle_status report(const stl_case *c, const test *first, const stl_lines *same,
                            const stl_lines *other, stl_verdict *out, stl_error *err) {
    const stl_charge *a = stl_case_charge(c, first->line), *b = stl_case_charge(c, other->at[0]);
    stl_found found = {.lines = other->at,
                       .n_lines = other->count,
                       .involved = same->at,
                       .n_involved = same->count,
                       .vola_amt = stl_lines_worth(c, other->at, other->count),
                       .basis = stl_rules_text(c, "rules/lists.csv V16.methods %.*s",
                                               STL_ARG(first->examination))};
    const char *extent = stl_rules_extent(c, other->count, found.vola_amt);
    TRY_ALLOC(err, found.basis);
    TRY_ALLOC(err, extent);
    return stl_rule_find(&STL_RULE_TWO_METHODS, c, out, found, err,
                         "%s 同日用两种方法做%.*s：%.*s、%.*s%s",
                         "on %s two methods of one examination (%.*s): %.*s, %.*s%s",
                         stl_figure_day(first->day).text, STL_ARG(first->examination),
                         STL_ARG(a->medins_list_name), STL_ARG(b->medins_list_name), extent);
}

/* Tests of one examination on one day. */
static settle_status judge(const stl_case *c, const test *all, size_t count, stl_verdict *out,
                           stl_error *err) {
    stl_lines same = {0}, other = {0};
    for (size_t i = 0; i < count; i++) {
        bool as_first = c->lines[all[i].line].code_no == c->lines[all[0].line].code_no;
        TRY(stl_lines_add(c->arena, as_first ? &same : &other, all[i].line, err));
    }
    return other.count == 0 ? SETTLE_OK : report(c, all, &same, &other, out, err);
}

static bool is_read(const stl_case *c, uint32_t line) {
    return stl_rules_ever_listed(c, "V16.methods", c->lines[line].med_list_codg);
}

static settle_status run(const stl_case *c, stl_verdict *out, stl_error *err) {
    tests all = {0};
    if (!stl_rules_has_list(c, "V16.methods"))
        return stl_verdict_gap(out, STL_RULE_TWO_METHODS.id,
                               stl_rules_pick(c, "同一检查的方法名单（V16.methods）",
                                              "the list of methods of one examination "
                                              "(V16.methods)"),
                               0);
    for (uint32_t code = 0; code < c->n_codes; code++)
        if (stl_rules_ever_listed(c, "V16.methods", stl_rules_code(c, code)))
            TRY(collect_code(c, code, &all, err));
    if (all.count > 1)
        qsort_r(all.at, all.count, sizeof *all.at, by_examination, (void *)(uintptr_t)c);
    for (size_t i = 0, n; i < all.count; i += n) {
        for (n = 1; i + n < all.count && all.at[i + n].day == all.at[i].day &&
                    stl_str_eq(all.at[i + n].examination, all.at[i].examination);)
            n++;
        TRY(judge(c, all.at + i, n, out, err));
    }
    return SETTLE_OK;
}

const stl_rule STL_RULE_TWO_METHODS = {
    .id = "V16",
    .name = {"检查重复或次序不当", "test repeated, doubled or out of order"},
    .fix = {"请核对两种方法是否都有必要：有必要的在病历写明理由，否则退费其中一项",
            "check whether both methods were needed: record the reason, else refund one of them"},
    .basis = "V16 (002:1125-1127)",
    .reads = "rules/lists.csv V16.methods",
    .action = STL_WARN,
    .scope = STL_SCOPE_STAY,
    .concerns = is_read,
    .run = run,
};
