/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/surcharge.h"

#include "rules/filings.h"

/* Lengths at which a code has a heading, the narrowest first: sub-item with its letter, item 9,
 * chapter 6, 4, 2 digits. */
static const size_t PREFIXES[] = {10, 9, 6, 4, 2};
enum { N_PREFIXES = sizeof PREFIXES / sizeof *PREFIXES, PERCENT_ONE = 100 };

static stl_index_rows rows_of(const stl_case *c, stl_str code, size_t prefix) {
    if (PREFIXES[prefix] > code.len)
        return (stl_index_rows){0};
    return stl_index_get(stl_rules_table(c, STL_T_SURCHARGES),
                         (stl_str){code.ptr, PREFIXES[prefix]});
}

/* Both say what is added under one and the same condition; without one each note stands for itself.
 */
static bool is_same_note(const stl_index_table *table, const int64_t *a, const int64_t *b) {
    return !stl_str_empty(stl_index_text(table, a[STL_SUR_WHEN])) &&
           a[STL_SUR_WHEN] == b[STL_SUR_WHEN] && a[STL_SUR_KIND] == b[STL_SUR_KIND];
}

/* What is said of an item goes before what is said of its chapter. */
static bool is_said_narrower(const stl_case *c, stl_str code, stl_day day, size_t prefix,
                             const int64_t *row) {
    for (size_t p = 0; p < prefix; p++) {
        stl_index_rows rows = rows_of(c, code, p);
        for (size_t i = 0; i < rows.count; i++) {
            const int64_t *other = rows.rows + i * STL_SUR_COLS;
            if (is_same_note(stl_rules_table(c, STL_T_SURCHARGES), row, other) &&
                stl_row_in_force(other, STL_SUR_BEGIN, STL_SUR_END, day))
                return true;
        }
    }
    return false;
}

settle_status stl_rules_each_surcharge(const stl_case *c, stl_str code, stl_day day,
                                       stl_surcharge_visit *visit, void *user, stl_error *err) {
    for (size_t p = 0; p < N_PREFIXES; p++) {
        stl_index_rows rows = rows_of(c, code, p);
        for (size_t i = 0; i < rows.count; i++) {
            const int64_t *row = rows.rows + i * STL_SUR_COLS;
            if (stl_row_in_force(row, STL_SUR_BEGIN, STL_SUR_END, day) &&
                !is_said_narrower(c, code, day, p, row))
                TRY(visit(user, row, err));
        }
    }
    return SETTLE_OK;
}

typedef enum answer { HOLDS, DOES_NOT, ONLY_A_PERSON_KNOWS } answer;

/* "age<=6": in completed years on the day of the charge. */
static answer by_age(const stl_case *c, uint32_t line, stl_str limit) {
    int64_t years;
    stl_day brdy = c->stay->head.brdy;
    if (brdy == STL_NONE || stl_decimal_parse(limit, 0, &years) != SETTLE_OK)
        return ONLY_A_PERSON_KNOWS;
    return stl_age_years(brdy, c->lines[line].day) <= years ? HOLDS : DOES_NOT;
}

/* "filed:bilateral": a record of that kind in approvals.csv. */
static answer by_filing(const stl_case *c, uint32_t line, stl_str kind) {
    if (!c->stay->given[STL_R_APPROVAL])
        return ONLY_A_PERSON_KNOWS;
    return stl_rules_filed(c, kind, line) ? HOLDS : DOES_NOT;
}

static answer answer_of(const stl_case *c, uint32_t line, stl_str condition) {
    stl_str age = STL_STR("age<="), filed = STL_STR("filed:");
    if (stl_str_starts(condition, age))
        return by_age(c, line, (stl_str){condition.ptr + age.len, condition.len - age.len});
    if (stl_str_starts(condition, filed))
        return by_filing(c, line, (stl_str){condition.ptr + filed.len, condition.len - filed.len});
    return ONLY_A_PERSON_KNOWS;
}

typedef struct summing {
    const stl_case *c;
    uint32_t line;
    stl_price base;
    bool endless;    /* added for each further unit */
    stl_price bound; /* of that; STL_NONE: none */
    stl_surcharge *out;
} summing;

/* A value beyond what a price can be is no bound and no addition: it says nothing. */
static stl_price amount_of(const summing *s, const int64_t *row) {
    stl_str unit = stl_index_text(stl_rules_table(s->c, STL_T_SURCHARGES), row[STL_SUR_UNIT]);
    bool percent = stl_str_is(unit, "percent"); /* value has four decimals, a price six */
    stl_price amount = 0;
    if (stl_decimal_mul_div(percent ? s->base : row[STL_SUR_VALUE],
                            percent ? row[STL_SUR_VALUE] : 100,
                            percent ? (int64_t)PERCENT_ONE * STL_QTY_ONE : 1, STL_ROUND_HALF_UP,
                            &amount) != SETTLE_OK)
        return 0;
    return amount;
}

static settle_status add(void *user, const int64_t *row, stl_error *err) {
    summing *s = user;
    const stl_index_table *table = stl_rules_table(s->c, STL_T_SURCHARGES);
    stl_str kind = stl_index_text(table, row[STL_SUR_KIND]);
    stl_str condition = stl_index_text(table, row[STL_SUR_WHEN]);
    stl_str text = stl_index_text(table, row[STL_SUR_TEXT]);
    answer known = answer_of(s->c, s->line, condition);
    if (stl_str_is(kind, "most-add"))
        s->bound = amount_of(s, row);
    if (!stl_str_is(kind, "add") || known == DOES_NOT)
        return SETTLE_OK;
    s->out->possible = stl_rules_sum(s->out->possible, amount_of(s, row));
    s->endless |= stl_str_is(condition, "each");
    if (known == HOLDS) {
        s->out->certain = stl_rules_sum(s->out->certain, amount_of(s, row));
        return SETTLE_OK;
    }
    s->out->notes = stl_rules_text(s->c, "%s%s%.*s", s->out->notes,
                                   s->out->notes[0] == '\0' ? "" : "; ", STL_ARG(text));
    TRY_ALLOC(err, s->out->notes);
    return SETTLE_OK;
}

settle_status stl_rules_surcharge(const stl_case *c, uint32_t line, const int64_t *cap,
                                  stl_surcharge *out, stl_error *err) {
    stl_str code = stl_rules_cell(stl_rules_table(c, STL_T_CAPS), cap, STL_CAP_CODE);
    stl_price base = cap[STL_CAP_PRICE];
    *out = (stl_surcharge){base, base, ""};
    summing s = {c, line, base, false, STL_NONE, out};
    TRY(stl_rules_each_surcharge(c, code, c->lines[line].day, add, &s, err));
    if (s.endless)
        out->possible =
            s.bound == STL_NONE ? STL_DECIMAL_MAX : stl_rules_sum(out->certain, s.bound);
    return SETTLE_OK;
}
