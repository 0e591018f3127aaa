/* SPDX-License-Identifier: Apache-2.0 */
/* V16: at most `limit` of an item in `days` days (rules/cycle.csv): an item allowed once in 15 days
 * is right again on the 15th day after. Earlier stays count where their items are given. */
#include "rules/checks.h"
#include "rules/support.h"

#include <stdlib.h>

#define FROM_HISTORY UINT32_MAX /* one before the first line */
enum { SHOWN = 16 };            /* earlier lines named with a finding */

typedef struct use {
    stl_day day;
    stl_qty qty;
    uint32_t line;
} use;

typedef struct uses {
    use *at;
    size_t count, cap;
} uses;

typedef struct check {
    const stl_case *c;
    stl_verdict *out;
    stl_error *err;
    const int64_t *row;
    size_t no_history, folded;
    uses earlier; /* of the code, from history */
} check;

static settle_status add(const stl_case *c, uses *to, use one, stl_error *err) {
    void *at = to->at;
    use *place = stl_arena_push(c->arena, &at, &to->count, &to->cap, sizeof *place);
    TRY_ALLOC(err, place);
    to->at = at;
    *place = one;
    return SETTLE_OK;
}

/* Earlier stays before this one. */
static int by_day(const void *a, const void *b, void *the_case) {
    const use *x = a, *y = b;
    if (x->day != y->day)
        return stl_compare(x->day, y->day);
    if (x->line == FROM_HISTORY || y->line == FROM_HISTORY)
        return (y->line == FROM_HISTORY) - (x->line == FROM_HISTORY);
    return stl_case_earlier(the_case, x->line, y->line);
}

static settle_status collect_history(check *k, stl_str code) {
    const stl_rows *rows = &k->c->stay->rows[STL_R_HISTORY_ITEM];
    const stl_history_item *items = rows->items;
    k->earlier.count = 0;
    for (size_t i = 0; i < rows->count; i++)
        if (stl_str_eq(items[i].med_list_codg, code) && items[i].fee_ocur_time != STL_NONE &&
            !stl_str_eq(items[i].mdtrt_id, k->c->stay->head.mdtrt_id))
            TRY(add(k->c, &k->earlier,
                    (use){stl_instant_day(items[i].fee_ocur_time), 10000, FROM_HISTORY}, k->err));
    return SETTLE_OK;
}

static settle_status report(check *k, const use *one, const uses *kept, size_t from, stl_qty sum) {
    const stl_case *c = k->c;
    const stl_index_table *table = stl_rules_table(c, STL_T_CYCLE);
    stl_lines involved = {0};
    for (size_t i = kept->count; i-- > from && involved.count < SHOWN;)
        if (kept->at[i].line != FROM_HISTORY)
            TRY(stl_lines_add(c->arena, &involved, kept->at[i].line, k->err));
    stl_day before = kept->count > from ? kept->at[kept->count - 1].day : one->day;
    const stl_charge *charge = stl_case_charge(c, one->line);
    stl_str code = stl_index_text(table, k->row[STL_CYC_CODE]);
    stl_str why = stl_index_text(table, k->row[STL_CYC_BASIS]);
    stl_found found = {
        .lines = &one->line,
        .n_lines = 1,
        .involved = involved.at,
        .n_involved = involved.count,
        .vola_amt = stl_lines_worth(c, &one->line, 1),
        .gz_code = stl_index_text(table, k->row[STL_CYC_GZ]),
        .basis = stl_rules_text(c, "rules/cycle.csv %.*s %.*s %.*s", STL_ARG(code),
                                STL_ARG(stl_index_text(table, k->row[STL_CYC_KP])), STL_ARG(why)),
    };
    TRY_ALLOC(k->err, found.basis);
    return stl_rule_find(
        &STL_RULE_CYCLE, c, k->out, found, k->err,
        "%.*s（%.*s）%s 收费，距上次 %s 仅 %lld 天：%lld 天内 %s 次 > 上限 %s 次，金额 %s "
        "元",
        "%.*s (%.*s) on %s, the one before on %s, %lld days apart: in %lld days %s > "
        "limit %s; %s yuan",
        STL_ARG(charge->medins_list_name), STL_ARG(code), stl_figure_day(one->day).text,
        stl_figure_day(before).text, (long long)(one->day - before),
        (long long)k->row[STL_CYC_DAYS], stl_figure_qty(sum).text,
        stl_figure_qty(k->row[STL_CYC_LIMIT]).text, stl_figure_money(found.vola_amt).text);
}

/* Walks uses in the order of days; what breaks the limit is found and does not count further. */
static settle_status walk(check *k, const uses *all, bool find, size_t *out_broken) {
    uses kept = {0};
    size_t from = 0;
    stl_qty sum = 0, limit = k->row[STL_CYC_LIMIT];
    *out_broken = 0;
    for (size_t i = 0; i < all->count; i++) {
        use one = all->at[i];
        for (; from < kept.count && one.day - kept.at[from].day >= k->row[STL_CYC_DAYS]; from++)
            sum -= kept.at[from].qty;
        stl_qty with = stl_rules_sum(sum, one.qty);
        if (with > limit && one.line != FROM_HISTORY) {
            ++*out_broken;
            if (find)
                TRY(report(k, &one, &kept, from, with));
            one.qty = sum < limit ? limit - sum : 0;
        }
        if (one.qty > 0)
            TRY(add(k->c, &kept, one, k->err));
        sum = stl_rules_sum(sum, one.qty);
    }
    return SETTLE_OK;
}

static settle_status uses_of(check *k, const uint32_t *lines, size_t count, uses *out) {
    *out = (uses){0};
    for (size_t i = 0; i < k->earlier.count; i++)
        TRY(add(k->c, out, k->earlier.at[i], k->err));
    for (size_t i = 0; i < count; i++) {
        stl_qty qty = stl_line_national(k->c, lines[i]);
        if (qty != STL_NONE)
            TRY(add(k->c, out, (use){k->c->lines[lines[i]].day, qty, lines[i]}, k->err));
    }
    if (out->count > 1)
        qsort_r(out->at, out->count, sizeof *out->at, by_day, (void *)(uintptr_t)k->c);
    return SETTLE_OK;
}

static settle_status against_row(check *k, const stl_lines *live) {
    const stl_case *c = k->c;
    const uint32_t *lines = stl_rules_fold(c, live->at, live->count);
    TRY_ALLOC(k->err, lines);
    size_t broken = 0, classes = 0;
    uses all;
    for (size_t i = 0, n; i < live->count; i += n, classes++) {
        n = stl_rules_fold_run(c, lines + i, live->count - i);
        size_t more;
        TRY(uses_of(k, lines + i, n, &all));
        TRY(walk(k, &all, true, &more));
        broken += more;
    }
    if (classes > 1 && broken == 0) {
        TRY(uses_of(k, lines, live->count, &all));
        TRY(walk(k, &all, false, &broken));
        k->folded += broken;
    }
    if (c->stay->given[STL_R_HISTORY_ITEM] || c->stay->head.begntime == STL_NONE)
        return SETTLE_OK;
    stl_day begin = stl_instant_day(c->stay->head.begntime);
    for (size_t i = 0; i < live->count; i++)
        k->no_history += c->lines[lines[i]].day - k->row[STL_CYC_DAYS] < begin;
    return SETTLE_OK;
}

static settle_status judge_code(check *k, uint32_t code) {
    const stl_case *c = k->c;
    stl_index_rows rows = stl_index_get(stl_rules_table(c, STL_T_CYCLE), stl_rules_code(c, code));
    if (rows.count == 0)
        return SETTLE_OK;
    TRY(collect_history(k, stl_rules_code(c, code)));
    for (size_t r = 0; r < rows.count; r++) {
        k->row = rows.rows + r * STL_CYC_COLS;
        stl_lines live = {0};
        for (size_t i = c->code_first[code]; i < c->code_first[code + 1]; i++) {
            uint32_t line = c->by_code[i];
            if (stl_line_live(&c->lines[line]) &&
                stl_case_charge(c, line)->fee_ocur_time != STL_NONE &&
                stl_row_in_force(k->row, STL_CYC_BEGIN, STL_CYC_END, c->lines[line].day))
                TRY(stl_lines_add(c->arena, &live, line, k->err));
        }
        if (live.count > 0)
            TRY(against_row(k, &live));
    }
    return SETTLE_OK;
}

static settle_status run(const stl_case *c, stl_verdict *out, stl_error *err) {
    check k = {.c = c, .out = out, .err = err};
    for (uint32_t code = 0; code < c->n_codes; code++)
        TRY(judge_code(&k, code));
    if (k.no_history > 0)
        TRY(stl_verdict_gap(out, STL_RULE_CYCLE.id,
                            stl_rules_pick(c, "既往就诊的项目记录", "items of previous stays"),
                            k.no_history));
    if (k.folded > 0)
        TRY(stl_verdict_gap(
            out, STL_RULE_CYCLE.id,
            stl_rules_pick(c, "同一国家编码下各价表项目各自的限量",
                           "the limit of each of several price-list items that share "
                           "one national code"),
            k.folded));
    return SETTLE_OK;
}

const stl_rule STL_RULE_CYCLE = {
    .id = "V16",
    .name = {"检查重复或次序不当", "test repeated, doubled or out of order"},
    .fix = {"请核对是否确需复查；无特殊理由的请退费或改为自费",
            "check whether the repetition was needed; without a reason refund it or make it "
            "self-funded"},
    .basis = "V16 (002:1125-1127)",
    .reads = "rules/cycle.csv, history-items.csv",
    .action = STL_WARN,
    .scope = STL_SCOPE_ITEM,
    .run = run,
};
