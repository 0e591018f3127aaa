/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/support.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

settle_status stl_lines_add(stl_arena *arena, stl_lines *lines, uint32_t line, stl_error *err) {
    void *at = lines->at;
    uint32_t *place = stl_arena_push(arena, &at, &lines->count, &lines->cap, sizeof *place);
    TRY_ALLOC(err, place);
    lines->at = at;
    *place = line;
    return SETTLE_OK;
}

int64_t stl_rules_sum(int64_t a, int64_t b) {
    int64_t sum;
    if (__builtin_add_overflow(a, b, &sum))
        return a < 0 ? -STL_DECIMAL_MAX : STL_DECIMAL_MAX;
    return sum > STL_DECIMAL_MAX    ? STL_DECIMAL_MAX
           : sum < -STL_DECIMAL_MAX ? -STL_DECIMAL_MAX
                                    : sum;
}

stl_money stl_lines_worth(const stl_case *c, const uint32_t *lines, size_t count) {
    stl_money sum = 0;
    for (size_t i = 0; i < count; i++) {
        stl_money amount = c->lines[lines[i]].net_amt;
        if (amount != STL_NONE)
            sum = stl_rules_sum(sum, amount);
    }
    return sum;
}

stl_qty stl_line_national(const stl_case *c, uint32_t line) {
    const stl_line *l = &c->lines[line];
    if (l->national_cnt == STL_NONE || l->net_cnt == stl_case_charge(c, line)->cnt)
        return l->national_cnt;
    stl_qty net = STL_NONE;
    if (stl_decimal_mul_div(l->net_cnt, l->factor_num, l->factor_den, STL_ROUND_HALF_UP, &net) !=
        SETTLE_OK)
        return STL_NONE;
    return net;
}

stl_figure stl_figure_money(stl_money amount) {
    stl_figure f;
    stl_decimal_format(amount, STL_SCALE_MONEY, f.text);
    return f;
}

stl_figure stl_figure_price(stl_price price) {
    stl_figure f;
    stl_decimal_format_short(price, STL_SCALE_PRICE, 2, f.text);
    return f;
}

stl_figure stl_figure_qty(stl_qty qty) {
    stl_figure f;
    stl_decimal_format_short(qty, STL_SCALE_QTY, 0, f.text);
    return f;
}

stl_figure stl_figure_day(stl_day day) {
    stl_figure f;
    stl_day_format(day, f.text);
    return f;
}

stl_figure stl_figure_instant(stl_instant at) {
    stl_figure f;
    stl_instant_format(at, f.text);
    return f;
}

const char *stl_rules_level(const stl_case *c) {
    if (stl_str_is(c->medins_lv, "3"))
        return stl_rules_pick(c, "三级", "level 3");
    if (stl_str_is(c->medins_lv, "2"))
        return stl_rules_pick(c, "二级", "level 2");
    if (stl_str_is(c->medins_lv, "1"))
        return stl_rules_pick(c, "一级", "level 1");
    return stl_rules_pick(c, "未定级", "no level");
}

stl_str stl_rules_cell(const stl_index_table *table, const int64_t *row, size_t col) {
    return row == NULL ? STL_STR("") : stl_index_text(table, row[col]);
}

const char *stl_rules_text(const stl_case *c, const char *fmt, ...) {
    va_list args, again;
    va_start(args, fmt);
    va_copy(again, args);
    int len = vsnprintf(NULL, 0, fmt, args);
    char *text = len < 0 ? NULL : stl_arena_alloc(c->arena, (size_t)len + 1);
    if (text != NULL)
        vsnprintf(text, (size_t)len + 1, fmt, again);
    va_end(again);
    va_end(args);
    return text;
}

const char *stl_rules_count(const stl_case *c, size_t n, const char *zh, const char *en) {
    return c->lang == SETTLE_LANG_EN ? stl_rules_text(c, "%zu %s%s", n, en, n == 1 ? "" : "s")
                                     : stl_rules_text(c, "%zu %s", n, zh);
}

const char *stl_rules_extent(const stl_case *c, size_t n_lines, stl_money worth) {
    if (worth == 0)
        return "";
    const char *lines = stl_rules_count(c, n_lines, "条", "line");
    return lines == NULL
               ? NULL
               : stl_rules_text(c, stl_rules_pick(c, "，共 %s，金额 %s 元", ": %s, %s yuan"), lines,
                                stl_figure_money(worth).text);
}

int64_t stl_rules_minutes(const stl_case *c, stl_str unit) {
    stl_index_rows rows = stl_index_get(stl_rules_table(c, STL_T_UNITS), unit);
    if (rows.count == 0 || rows.rows[STL_UNIT_MINUTES] == STL_NONE)
        return 0;
    return rows.rows[STL_UNIT_MINUTES];
}

static int by_item(const void *a, const void *b, void *lines) {
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    const stl_line *l = lines;
    return stl_compare(l[x].item_no, l[y].item_no) ?: stl_compare(x, y);
}

settle_status stl_rules_by_item(const stl_rule *rule, const stl_case *c, stl_line_test *test,
                                stl_item_report *report, stl_verdict *out, stl_error *err) {
    stl_lines hits = {0};
    for (size_t i = 0; i < c->n_lines; i++)
        if (test(c, (uint32_t)i))
            TRY(stl_lines_add(c->arena, &hits, (uint32_t)i, err));
    return stl_rules_each_item(rule, c, hits, report, out, err);
}

settle_status stl_rules_each_item(const stl_rule *rule, const stl_case *c, stl_lines hits,
                                  stl_item_report *report, stl_verdict *out, stl_error *err) {
    if (hits.count == 0)
        return SETTLE_OK;
    qsort_r(hits.at, hits.count, sizeof *hits.at, by_item, c->lines);
    for (size_t i = 0, n; i < hits.count; i += n) {
        for (n = 1; i + n < hits.count; n++)
            if (c->lines[hits.at[i + n]].item_no != c->lines[hits.at[i]].item_no)
                break;
        TRY(report(rule, c, (stl_lines){hits.at + i, n, n}, out, err));
    }
    return SETTLE_OK;
}

int64_t stl_line_fold_class(const stl_case *c, uint32_t line) {
    const stl_line *l = &c->lines[line];
    if (!stl_str_empty(stl_rules_cell(&c->mapping->items, l->item, STL_ITEM_PRICE_CODE)))
        return l->item[STL_ITEM_PRICE_CODE];
    return -1 - (int64_t)l->item_no;
}

size_t stl_rules_fold_run(const stl_case *c, const uint32_t *lines, size_t count) {
    size_t n = 1;
    int64_t class = stl_line_fold_class(c, lines[0]);
    while (n < count && stl_line_fold_class(c, lines[n]) == class)
        n++;
    return n;
}

typedef struct folded {
    int64_t class;
    uint32_t place, line;
} folded;

static int by_class(const void *a, const void *b) {
    const folded *x = a, *y = b;
    return stl_compare(x->class, y->class) ?: stl_compare(x->place, y->place);
}

const uint32_t *stl_rules_fold(const stl_case *c, const uint32_t *lines, size_t count) {
    if (stl_rules_fold_run(c, lines, count) == count)
        return lines;
    folded *sorted = stl_arena_alloc(c->arena, count * sizeof *sorted);
    uint32_t *result = stl_arena_alloc(c->arena, count * sizeof *result);
    if (sorted == NULL || result == NULL)
        return NULL;
    for (size_t i = 0; i < count; i++)
        sorted[i] = (folded){stl_line_fold_class(c, lines[i]), (uint32_t)i, lines[i]};
    qsort(sorted, count, sizeof *sorted, by_class);
    for (size_t i = 0; i < count; i++)
        result[i] = sorted[i].line;
    return result;
}
