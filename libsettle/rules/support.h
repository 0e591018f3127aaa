/* SPDX-License-Identifier: Apache-2.0 */
/* What the checks share: lists of lines, texts of numbers, groups of lines. */
#ifndef STL_RULES_SUPPORT_H
#define STL_RULES_SUPPORT_H

#include "rules/rules.h"

#define STL_ARG(text) (int)(text).len, (text).ptr /* for "%.*s" */

typedef struct stl_lines {
    uint32_t *at;
    size_t count, cap;
} stl_lines;

settle_status stl_lines_add(stl_arena *arena, stl_lines *lines, uint32_t line,
                            stl_error *err) STL_MUST_CHECK;

/* Still charged after its refunds. */
static inline bool stl_line_live(const stl_line *line) {
    return line->net_cnt > 0;
}

/* Sum of the amounts netted with their refunds. */
stl_money stl_lines_worth(const stl_case *c, const uint32_t *lines, size_t count);

/* Quantity left after refunds in the mapping's catalogue unit; STL_NONE: not known. */
stl_qty stl_line_national(const stl_case *c, uint32_t line);

/* Adds two amounts, stopping at the largest number instead of overflowing. */
int64_t stl_rules_sum(int64_t a, int64_t b);

/* How far two amounts are apart: nothing or more. */
static inline stl_money stl_money_apart(stl_money a, stl_money b) {
    return a < b ? stl_rules_sum(b, -a) : stl_rules_sum(a, -b);
}

typedef struct stl_figure {
    char text[STL_DECIMAL_TEXT_MAX];
} stl_figure;
stl_figure stl_figure_money(stl_money amount);
stl_figure stl_figure_price(stl_price price); /* at least two decimals */
stl_figure stl_figure_qty(stl_qty qty);       /* no needless decimals */
stl_figure stl_figure_day(stl_day day);
stl_figure stl_figure_instant(stl_instant at);

/* "3 条" or "3 records": `en` is the singular. NULL: no memory. */
const char *stl_rules_count(const stl_case *c, size_t n, const char *zh, const char *en);

/* How many lines with how much money, as the end of a sentence; "" where no money hangs on it, as
 * in a mapping judged without charges. NULL: no memory. */
const char *stl_rules_extent(const stl_case *c, size_t n_lines, stl_money worth);

static inline const char *stl_rules_pick(const stl_case *c, const char *zh, const char *en) {
    return c->lang == SETTLE_LANG_EN ? en : zh;
}
const char *stl_rules_level(const stl_case *c); /* of the hospital, for people */

stl_str stl_rules_cell(const stl_index_table *table, const int64_t *row, size_t col);
static inline const stl_index_table *stl_rules_table(const stl_case *c, stl_table_id id) {
    return &c->region->tables[id];
}
static inline stl_str stl_rules_map_cell(const stl_case *c, const stl_line *line, size_t col) {
    return stl_rules_cell(&c->mapping->rows, line->map, col);
}
/* Catalogue code of a group of by_code. */
static inline stl_str stl_rules_code(const stl_case *c, uint32_t code) {
    return c->lines[c->by_code[c->code_first[code]]].med_list_codg;
}

/* printf into the case's arena; NULL: out of memory. */
const char *stl_rules_text(const stl_case *c, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* Minutes of one unit (rules/units.csv); 0: no time. */
int64_t stl_rules_minutes(const stl_case *c, stl_str unit);

/* One call of `report` for each hospital item, with those of its lines for which `test` holds. */
typedef bool stl_line_test(const stl_case *c, uint32_t line);
typedef settle_status stl_item_report(const stl_rule *rule, const stl_case *c, stl_lines lines,
                                      stl_verdict *out, stl_error *err);
settle_status stl_rules_by_item(const stl_rule *rule, const stl_case *c, stl_line_test *test,
                                stl_item_report *report, stl_verdict *out,
                                stl_error *err) STL_MUST_CHECK;
/* The same with lines that are known already; their order is lost. */
settle_status stl_rules_each_item(const stl_rule *rule, const stl_case *c, stl_lines lines,
                                  stl_item_report *report, stl_verdict *out,
                                  stl_error *err) STL_MUST_CHECK;

/* Several items of the regional price list fold onto one catalogue code: what the code counts
 * together the price list may allow apart. Lines of equal class are one price-list item. */
int64_t stl_line_fold_class(const stl_case *c, uint32_t line);
/* The same lines with those of one class adjacent, else in their order; `lines` itself where there
 * is one class only. NULL: out of memory. */
const uint32_t *stl_rules_fold(const stl_case *c, const uint32_t *lines, size_t count);
/* How many of the first lines are of one class. */
size_t stl_rules_fold_run(const stl_case *c, const uint32_t *lines, size_t count);

#endif
