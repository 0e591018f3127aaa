/* SPDX-License-Identifier: Apache-2.0 */
/* V5: the same hospital item in the same second under the same order, after netting refunds. */
#include "rules/checks.h"
#include "rules/support.h"

#include <stdlib.h>

static int by_item_and_order(const void *a, const void *b, void *the_case) {
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    const stl_case *c = the_case;
    return stl_compare(c->lines[x].item_no, c->lines[y].item_no)
               ?: stl_str_cmp(stl_case_charge(c, x)->drord_no, stl_case_charge(c, y)->drord_no)
               ?: stl_case_earlier(c, x, y);
}

static bool same(const stl_case *c, uint32_t a, uint32_t b) {
    return c->lines[a].item_no == c->lines[b].item_no &&
           stl_str_eq(stl_case_charge(c, a)->drord_no, stl_case_charge(c, b)->drord_no);
}

static settle_status report(const stl_case *c, const uint32_t *lines, size_t count,
                            stl_verdict *out, stl_error *err) {
    const stl_charge *first = stl_case_charge(c, lines[0]);
    stl_found found = {.lines = lines + 1,
                       .n_lines = count - 1,
                       .involved = lines,
                       .n_involved = 1,
                       .vola_amt = stl_lines_worth(c, lines + 1, count - 1)};
    return stl_rule_find(
        &STL_RULE_DUPLICATE, c, out, found, err,
        "%.*s 在 %s 按同一医嘱 %.*s 收费 %zu 次，多收 %s 元",
        "%.*s is charged at %s under the same order %.*s %zu times, %s yuan too much",
        STL_ARG(first->medins_list_name), stl_figure_instant(first->fee_ocur_time).text,
        STL_ARG(first->drord_no), count, stl_figure_money(found.vola_amt).text);
}

/* Live lines of one second. */
static settle_status judge_second(const stl_case *c, stl_lines *lines, size_t *no_order,
                                  stl_verdict *out, stl_error *err) {
    if (lines->count < 2)
        return SETTLE_OK;
    qsort_r(lines->at, lines->count, sizeof *lines->at, by_item_and_order, (void *)(uintptr_t)c);
    for (size_t i = 0, n; i < lines->count; i += n) {
        for (n = 1; i + n < lines->count && same(c, lines->at[i], lines->at[i + n]); n++)
            continue;
        if (n == 1)
            continue;
        if (stl_str_empty(stl_case_charge(c, lines->at[i])->drord_no))
            *no_order += n;
        else
            TRY(report(c, lines->at + i, n, out, err));
    }
    return SETTLE_OK;
}

static settle_status run(const stl_case *c, stl_verdict *out, stl_error *err) {
    stl_lines second = {0};
    size_t no_order = 0;
    stl_instant at = STL_NONE;
    for (size_t i = 0; i < c->n_lines; i++) {
        uint32_t line = c->by_time[i];
        stl_instant when = stl_case_charge(c, line)->fee_ocur_time;
        if (when == STL_NONE || !stl_line_live(&c->lines[line]))
            continue;
        if (when != at) {
            TRY(judge_second(c, &second, &no_order, out, err));
            second.count = 0;
        }
        at = when;
        TRY(stl_lines_add(c->arena, &second, line, err));
    }
    TRY(judge_second(c, &second, &no_order, out, err));
    if (no_order > 0)
        TRY(stl_verdict_gap(out, STL_RULE_DUPLICATE.id, stl_rules_pick(c, "医嘱号", "order number"),
                            no_order));
    return SETTLE_OK;
}

const stl_rule STL_RULE_DUPLICATE = {
    .id = "V5",
    .name = {"重复收费", "charged twice"},
    .fix = {"核对医嘱执行次数，多收的明细请退费（负数冲销并注明原流水号）",
            "check how often the order was carried out and refund what is too much, naming the "
            "original serial"},
    .basis = "V5 (001:59)",
    .reads = "charges.csv",
    .action = STL_BLOCK,
    .scope = STL_SCOPE_ITEM,
    .run = run,
};
