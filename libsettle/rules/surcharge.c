/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/surcharge.h"

/* Lengths at which a code has a heading: chapter 2, 4, 6 digits; item 9; sub-item with its letter.
 */
static const size_t PREFIXES[] = {2, 4, 6, 9, 10};
enum { PERCENT_ONE = 100 };

typedef struct summing {
    const stl_case *c;
    uint32_t line;
    stl_price base;
    stl_surcharge *out;
} summing;

/* "age<=6": in completed years on the day of the charge. Other words: nobody but a person knows. */
static bool known_to_hold(const summing *s, stl_str condition) {
    stl_str age = STL_STR("age<=");
    int64_t years;
    stl_day brdy = s->c->stay->head.brdy;
    return stl_str_starts(condition, age) && brdy != STL_NONE &&
           stl_decimal_parse((stl_str){condition.ptr + age.len, condition.len - age.len}, 0,
                             &years) == SETTLE_OK &&
           stl_age_years(brdy, s->c->lines[s->line].day) <= years;
}

static bool known_not_to_hold(const summing *s, stl_str condition) {
    return stl_str_starts(condition, STL_STR("age<=")) && s->c->stay->head.brdy != STL_NONE &&
           !known_to_hold(s, condition);
}

static settle_status amount_of(const summing *s, const int64_t *row, stl_str unit, stl_price *out) {
    if (stl_str_is(unit, "percent")) /* value has four decimals */
        return stl_decimal_mul_div(s->base, row[STL_SUR_VALUE], (int64_t)PERCENT_ONE * STL_QTY_ONE,
                                   STL_ROUND_HALF_UP, out);
    return stl_decimal_mul_div(row[STL_SUR_VALUE], 100, 1, STL_ROUND_HALF_UP, out); /* 4 to 6 */
}

static settle_status add(const summing *s, const int64_t *row, stl_error *err) {
    const stl_index_table *table = stl_rules_table(s->c, STL_T_SURCHARGES);
    stl_str condition = stl_index_text(table, row[STL_SUR_WHEN]);
    stl_str text = stl_index_text(table, row[STL_SUR_TEXT]);
    stl_price more;
    if (!stl_str_is(stl_index_text(table, row[STL_SUR_KIND]), "add") ||
        !stl_row_in_force(row, STL_SUR_BEGIN, STL_SUR_END, s->c->lines[s->line].day) ||
        known_not_to_hold(s, condition) ||
        amount_of(s, row, stl_index_text(table, row[STL_SUR_UNIT]), &more) != SETTLE_OK)
        return SETTLE_OK;
    s->out->possible = stl_rules_sum(s->out->possible, more);
    if (known_to_hold(s, condition)) {
        s->out->certain = stl_rules_sum(s->out->certain, more);
        return SETTLE_OK;
    }
    s->out->notes = stl_rules_text(s->c, "%s%s%.*s", s->out->notes,
                                   s->out->notes[0] == '\0' ? "" : "; ", STL_ARG(text));
    TRY_ALLOC(err, s->out->notes);
    return SETTLE_OK;
}

settle_status stl_rules_surcharge(const stl_case *c, uint32_t line, stl_surcharge *out,
                                  stl_error *err) {
    const stl_line *l = &c->lines[line];
    const stl_index_table *table = stl_rules_table(c, STL_T_SURCHARGES);
    stl_str code = stl_rules_cell(stl_rules_table(c, STL_T_CAPS), l->cap, STL_CAP_CODE);
    stl_price base = l->cap[STL_CAP_PRICE];
    *out = (stl_surcharge){base, base, ""};
    summing s = {c, line, base, out};
    for (size_t p = 0; p < sizeof PREFIXES / sizeof PREFIXES[0]; p++) {
        if (PREFIXES[p] > code.len)
            break;
        stl_index_rows rows = stl_index_get(table, (stl_str){code.ptr, PREFIXES[p]});
        for (size_t i = 0; i < rows.count; i++)
            TRY(add(&s, rows.rows + i * STL_SUR_COLS, err));
    }
    return SETTLE_OK;
}
