/* SPDX-License-Identifier: Apache-2.0 */
/* V12: paid for at most `days` (rules/course.csv). A day's lines count as the longest supply of
 * them, one day where none is said; what was taken home without it is not known. */
#include "rules/checks.h"
#include "rules/funded.h"
#include "rules/v12.h"

enum { SHOWN = 16 }; /* earlier lines named with a finding */

typedef struct course {
    const stl_case *c;
    const int64_t *row;
    int64_t past, today; /* days of supply, up to and of the current day */
    stl_day day;
    stl_lines over, within;
    size_t unknown;
} course;

static int64_t supply_of(const stl_charge *charge) {
    if (charge->days_supply > 0)
        return charge->days_supply;
    return stl_str_is(charge->dscg_tkdrug_flag, "1") ? STL_NONE : 1;
}

static settle_status take(course *k, uint32_t line, stl_error *err) {
    const stl_charge *charge = stl_case_charge(k->c, line);
    int64_t supply = supply_of(charge);
    if (supply == STL_NONE || charge->fee_ocur_time == STL_NONE) {
        k->unknown++;
        return SETTLE_OK;
    }
    if (k->c->lines[line].day != k->day) {
        k->past = stl_rules_sum(k->past, k->today);
        k->today = 0;
        k->day = k->c->lines[line].day;
    }
    k->today = supply > k->today ? supply : k->today;
    bool over = stl_rules_sum(k->past, k->today) > k->row[STL_COURSE_DAYS];
    if (over || k->within.count < SHOWN)
        TRY(stl_lines_add(k->c->arena, over ? &k->over : &k->within, line, err));
    return SETTLE_OK;
}

static settle_status report(const course *k, stl_verdict *out, stl_error *err) {
    const stl_case *c = k->c;
    const stl_index_table *table = stl_rules_table(c, STL_T_COURSE);
    const stl_charge *charge = stl_case_charge(c, k->over.at[0]);
    stl_str code = stl_index_text(table, k->row[STL_COURSE_CODE]);
    stl_found found = {
        .lines = k->over.at,
        .n_lines = k->over.count,
        .involved = k->within.at,
        .n_involved = k->within.count,
        .vola_amt = stl_lines_worth(c, k->over.at, k->over.count),
        .gz_code = stl_index_text(table, k->row[STL_COURSE_GZ]),
        .basis =
            stl_rules_text(c, "%s %.*s %.*s", STL_TABLE_SPECS[STL_T_COURSE].file, STL_ARG(code),
                           STL_ARG(stl_index_text(table, k->row[STL_COURSE_KP]))),
    };
    const char *extent = stl_rules_extent(c, k->over.count, found.vola_amt);
    TRY_ALLOC(err, found.basis);
    TRY_ALLOC(err, extent);
    return stl_rule_find(&STL_RULE_COURSE, c, out, found, err,
                         "%.*s（%.*s）用至第 %lld 天 > 支付疗程 %lld 天：“%.*s”%s",
                         "%.*s (%.*s) is used for %lld days > %lld days paid for: \"%.*s\"%s",
                         STL_ARG(charge->medins_list_name), STL_ARG(code),
                         (long long)stl_rules_sum(k->past, k->today),
                         (long long)k->row[STL_COURSE_DAYS],
                         STL_ARG(stl_index_text(table, k->row[STL_COURSE_TEXT])), extent);
}

static settle_status judge(const stl_case *c, uint32_t code, const int64_t *row, size_t *unknown,
                           stl_verdict *out, stl_error *err) {
    course k = {.c = c, .row = row, .day = STL_NONE};
    for (size_t i = c->code_first[code]; i < c->code_first[code + 1]; i++) {
        uint32_t line = c->by_code[i];
        if (stl_row_in_force(row, STL_COURSE_BEGIN, STL_COURSE_END, c->lines[line].day) &&
            stl_line_claimed(c, line))
            TRY(take(&k, line, err));
    }
    if (k.over.count > 0)
        return report(&k, out, err);
    *unknown += k.unknown;
    return SETTLE_OK;
}

static settle_status run(const stl_case *c, stl_verdict *out, stl_error *err) {
    const stl_index_table *table = stl_rules_table(c, STL_T_COURSE);
    size_t unknown = 0;
    for (uint32_t code = 0; table->n_rows > 0 && code < c->n_codes; code++) {
        stl_index_rows rows = stl_index_get(table, stl_rules_code(c, code));
        for (size_t i = 0; i < rows.count; i++) {
            const int64_t *row = rows.rows + i * STL_COURSE_COLS;
            if (row[STL_COURSE_DAYS] != STL_NONE)
                TRY(judge(c, code, row, &unknown, out, err));
        }
    }
    if (unknown > 0)
        TRY(stl_verdict_gap(
            out, STL_RULE_COURSE.id,
            stl_rules_pick(c, "出院带药的用药天数（days_supply）或发生时间",
                           "days_supply of drugs taken home, or time of the charge"),
            unknown));
    return SETTLE_OK;
}

const stl_rule STL_RULE_COURSE = {
    .id = "V12",
    .name = STL_V12_NAME,
    .fix = STL_V12_FIX,
    .basis = STL_V12_BASIS,
    .reads = "rules/course.csv",
    .action = STL_BLOCK,
    .scope = STL_SCOPE_ITEM,
    .run = run,
};
