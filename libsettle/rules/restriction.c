/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/restriction.h"

enum { CODE, ITS_NAME, VALUE, TEXT, BEGIN, END, GZ, KP, COLS };

#define AT(prefix, column, place) ((int)STL_##prefix##_##column == (int)(place))
#define SAME_SHAPE(prefix, value)                                                                  \
    _Static_assert(AT(prefix, CODE, CODE) && AT(prefix, value, VALUE) && AT(prefix, TEXT, TEXT) && \
                       AT(prefix, BEGIN, BEGIN) && AT(prefix, END, END) && AT(prefix, GZ, GZ) &&   \
                       AT(prefix, KP, KP) && AT(prefix, COLS, COLS),                               \
                   "")
SAME_SHAPE(VISIT, MODE);
SAME_SHAPE(GRADE, LV);
SAME_SHAPE(SCHEME, KIND);
SAME_SHAPE(HINT, CLASS);

static settle_status report(const stl_restriction *r, const stl_case *c, const int64_t *row,
                            const stl_lines *lines, stl_verdict *out, stl_error *err) {
    const stl_index_table *table = stl_rules_table(c, r->table);
    stl_str code = stl_index_text(table, row[CODE]), text = stl_index_text(table, row[TEXT]);
    stl_found found = {
        .lines = lines->at,
        .n_lines = lines->count,
        .vola_amt = stl_lines_worth(c, lines->at, lines->count),
        .gz_code = stl_index_text(table, row[GZ]),
        .basis = stl_rules_text(c, "%s %.*s %.*s", STL_TABLE_SPECS[r->table].file, STL_ARG(code),
                                STL_ARG(stl_index_text(table, row[KP]))),
    };
    const char *clause = r->explain(c, stl_index_text(table, row[VALUE]));
    const char *extent = stl_rules_extent(c, lines->count, found.vola_amt);
    TRY_ALLOC(err, found.basis);
    TRY_ALLOC(err, clause);
    TRY_ALLOC(err, extent);
    return stl_rule_find(r->rule, c, out, found, err, "%.*s（%.*s）%s：“%.*s”%s",
                         "%.*s (%.*s) %s: \"%.*s\"%s",
                         STL_ARG(stl_case_charge(c, lines->at[0])->medins_list_name), STL_ARG(code),
                         clause, STL_ARG(text), extent);
}

static settle_status judge_row(const stl_restriction *r, const stl_case *c, uint32_t code,
                               const int64_t *row, stl_verdict *out, stl_error *err) {
    stl_str value = stl_index_text(stl_rules_table(c, r->table), row[VALUE]);
    stl_restriction_answer answer = r->judge(c, value);
    if (answer == STL_RESTRICTION_MET)
        return SETTLE_OK;
    stl_lines lines = {0};
    for (size_t i = c->code_first[code]; i < c->code_first[code + 1]; i++) {
        uint32_t line = c->by_code[i];
        if (stl_row_in_force(row, BEGIN, END, c->lines[line].day) && r->concerns(c, line))
            TRY(stl_lines_add(c->arena, &lines, line, err));
    }
    if (lines.count == 0)
        return SETTLE_OK;
    return answer == STL_RESTRICTION_BROKEN
               ? report(r, c, row, &lines, out, err)
               : stl_verdict_gap(out, r->rule->id, r->missing(c), lines.count);
}

settle_status stl_restriction_run(const stl_restriction *r, const stl_case *c, stl_verdict *out,
                                  stl_error *err) {
    const stl_index_table *table = stl_rules_table(c, r->table);
    for (uint32_t code = 0; table->n_rows > 0 && code < c->n_codes; code++) {
        stl_index_rows rows = stl_index_get(table, stl_rules_code(c, code));
        for (size_t i = 0; i < rows.count; i++)
            TRY(judge_row(r, c, code, rows.rows + i * COLS, out, err));
    }
    return SETTLE_OK;
}
