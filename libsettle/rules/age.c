/* SPDX-License-Identifier: Apache-2.0 */
/* V10: drugs and services for an age (rules/age.csv); what "child" or "newborn" means is the
 * pack's (rules/age-groups.csv). Age on the day of the service. */
#include "rules/checks.h"
#include "rules/facts.h"

enum gap { NO_BIRTH, NO_LIMITS, NEWBORN_OF_MOTHER, GAPS };

static const char *const GAP_TEXTS[GAPS][2] = {
    [NO_BIRTH] = {"患者出生日期", "date of birth of the patient"},
    [NO_LIMITS] = {"年龄组的上下限", "limits of the age group"},
    [NEWBORN_OF_MOTHER] = {"新生儿自己的就诊登记", "the newborn's own registration"},
};

typedef enum fit { FITS, MISFITS, UNKNOWN } fit;

typedef struct check {
    const stl_case *c;
    stl_verdict *out;
    stl_error *err;
    size_t gaps[GAPS];
} check;

static bool within(int64_t value, int64_t min, int64_t max) {
    return (min == STL_NONE || min <= value) && (max == STL_NONE || value <= max);
}

static const int64_t *group_of(const stl_case *c, stl_str group) {
    stl_index_rows rows = stl_index_get(stl_rules_table(c, STL_T_AGE_GROUPS), group);
    return rows.count == 0 ? NULL : rows.rows;
}

static bool by_days(const int64_t *group) {
    return group[STL_AGRP_MIN_DAYS] != STL_NONE || group[STL_AGRP_MAX_DAYS] != STL_NONE;
}

static bool by_years(const int64_t *group) {
    return group[STL_AGRP_MIN_YEARS] != STL_NONE || group[STL_AGRP_MAX_YEARS] != STL_NONE;
}

static fit fit_of(const stl_case *c, const int64_t *row, stl_day day) {
    stl_day birth = c->stay->head.brdy;
    const int64_t *group =
        group_of(c, stl_index_text(stl_rules_table(c, STL_T_AGE), row[STL_AGE_GROUP]));
    if (group == NULL || (!by_days(group) && !by_years(group)))
        return UNKNOWN;
    return within(day - birth, group[STL_AGRP_MIN_DAYS], group[STL_AGRP_MAX_DAYS]) &&
                   within(stl_age_years(birth, day), group[STL_AGRP_MIN_YEARS],
                          group[STL_AGRP_MAX_YEARS])
               ? FITS
               : MISFITS;
}

/* The row that forbids the item on the day; NULL: none, or one in force allows it. *out begins as
 * FITS. */
static const int64_t *forbidden(const stl_case *c, stl_index_rows rows, stl_day day, fit *out) {
    const int64_t *found = NULL;
    for (size_t i = 0; i < rows.count; i++) {
        const int64_t *row = rows.rows + i * STL_AGE_COLS;
        if (!stl_row_in_force(row, STL_AGE_BEGIN, STL_AGE_END, day))
            continue;
        fit one = fit_of(c, row, day);
        if (one == FITS) {
            *out = FITS;
            return NULL;
        }
        if (*out != UNKNOWN)
            *out = one;
        found = row;
    }
    return *out == MISFITS ? found : NULL;
}

/* Items of a newborn may stand on the bill of the mother. */
static bool is_of_mother(const stl_case *c, const int64_t *row) {
    stl_str code;
    const int64_t *mother;
    return stl_rules_diagnosed(c, "V10.mother", &code, &mother) &&
           stl_str_eq(stl_index_text(stl_rules_table(c, STL_T_LISTS), mother[STL_LIST_VALUE]),
                      stl_index_text(stl_rules_table(c, STL_T_AGE), row[STL_AGE_GROUP]));
}

static const char *limits_text(const stl_case *c, int64_t min, int64_t max, const char *unit) {
    if (min != STL_NONE && max != STL_NONE)
        return stl_rules_text(c, stl_rules_pick(c, "%lld 至 %lld %s", "%lld to %lld %s"),
                              (long long)min, (long long)max, unit);
    return stl_rules_text(c,
                          max != STL_NONE ? stl_rules_pick(c, "至多 %lld %s", "at most %lld %s")
                                          : stl_rules_pick(c, "至少 %lld %s", "at least %lld %s"),
                          (long long)(max != STL_NONE ? max : min), unit);
}

static const char *limits_of(const stl_case *c, const int64_t *group) {
    if (by_days(group))
        return limits_text(c, group[STL_AGRP_MIN_DAYS], group[STL_AGRP_MAX_DAYS],
                           stl_rules_pick(c, "天", "days"));
    return limits_text(c, group[STL_AGRP_MIN_YEARS], group[STL_AGRP_MAX_YEARS],
                       stl_rules_pick(c, "周岁", "years"));
}

/* Whole years only: days would give the birth date away. */
static const char *age_text(const stl_case *c, stl_day day) {
    int64_t years = stl_age_years(c->stay->head.brdy, day);
    return years < 1
               ? stl_rules_pick(c, "不满 1 周岁", "less than 1 year")
               : stl_rules_text(c, stl_rules_pick(c, "%lld 周岁", "%lld years"), (long long)years);
}

static settle_status report(check *k, const stl_lines *lines, const int64_t *row) {
    const stl_case *c = k->c;
    const stl_index_table *table = stl_rules_table(c, STL_T_AGE);
    stl_str group = stl_index_text(table, row[STL_AGE_GROUP]);
    stl_str code = stl_index_text(table, row[STL_AGE_CODE]);
    stl_str kp = stl_index_text(table, row[STL_AGE_KP]);
    stl_str text = stl_index_text(table, row[STL_AGE_TEXT]);
    stl_money worth = stl_lines_worth(c, lines->at, lines->count);
    const char *limits = limits_of(c, group_of(c, group));
    const char *age = age_text(c, c->lines[lines->at[0]].day);
    const char *extent = stl_rules_extent(c, lines->count, worth);
    stl_found found = {
        .lines = lines->at,
        .n_lines = lines->count,
        .vola_amt = worth,
        .gz_code = stl_index_text(table, row[STL_AGE_GZ]),
        .basis = stl_rules_text(c, "rules/age.csv %.*s %.*s %.*s; rules/age-groups.csv %.*s",
                                STL_ARG(code), STL_ARG(kp), STL_ARG(text), STL_ARG(group))};
    TRY_ALLOC(k->err, limits);
    TRY_ALLOC(k->err, age);
    TRY_ALLOC(k->err, extent);
    TRY_ALLOC(k->err, found.basis);
    return stl_rule_find(&STL_RULE_AGE, c, k->out, found, k->err,
                         "%.*s（%.*s）限年龄 %s，患者服务当日 %s%s",
                         "%.*s (%.*s) is for the age of %s, the patient was %s on the day%s",
                         STL_ARG(stl_case_charge(c, lines->at[0])->medins_list_name), STL_ARG(code),
                         limits, age, extent);
}

static settle_status judge_line(check *k, stl_index_rows rows, uint32_t line, stl_lines *bad,
                                const int64_t **bad_row) {
    const stl_case *c = k->c;
    stl_day birth = c->stay->head.brdy, day = c->lines[line].day;
    if (birth == STL_NONE || birth > day) {
        k->gaps[NO_BIRTH]++;
        return SETTLE_OK;
    }
    fit how = FITS;
    const int64_t *row = forbidden(c, rows, day, &how);
    k->gaps[NO_LIMITS] += how == UNKNOWN;
    if (row == NULL)
        return SETTLE_OK;
    if (is_of_mother(c, row)) {
        k->gaps[NEWBORN_OF_MOTHER]++;
        return SETTLE_OK;
    }
    *bad_row = row;
    return stl_lines_add(c->arena, bad, line, k->err);
}

static settle_status judge_code(check *k, uint32_t code) {
    const stl_case *c = k->c;
    stl_index_rows rows = stl_index_get(stl_rules_table(c, STL_T_AGE), stl_rules_code(c, code));
    if (rows.count == 0)
        return SETTLE_OK;
    stl_lines bad = {0};
    const int64_t *bad_row = NULL;
    for (size_t i = c->code_first[code]; i < c->code_first[code + 1]; i++)
        if (stl_line_live(&c->lines[c->by_code[i]]))
            TRY(judge_line(k, rows, c->by_code[i], &bad, &bad_row));
    return bad.count > 0 ? report(k, &bad, bad_row) : SETTLE_OK;
}

static settle_status run(const stl_case *c, stl_verdict *out, stl_error *err) {
    check k = {.c = c, .out = out, .err = err};
    for (uint32_t code = 0; code < c->n_codes; code++)
        TRY(judge_code(&k, code));
    for (int g = 0; g < GAPS; g++)
        if (k.gaps[g] > 0)
            TRY(stl_verdict_gap(out, STL_RULE_AGE.id,
                                stl_rules_pick(c, GAP_TEXTS[g][0], GAP_TEXTS[g][1]), k.gaps[g]));
    return SETTLE_OK;
}

const stl_rule STL_RULE_AGE = {
    .id = "V10",
    .name = {"项目或证件与患者不符", "item or certificate of another person"},
    .fix =
        {"核对是否误收他人费用或医嘱开错；退费该明细后重新核对",
         "check for another person's charge or a wrong order; refund the line, then check again"},
    .basis = "V10 (001:55, 002:465)",
    .reads = "rules/age.csv, rules/age-groups.csv, rules/lists.csv V10.mother?",
    .action = STL_BLOCK,
    .scope = STL_SCOPE_ITEM,
    .run = run,
};
