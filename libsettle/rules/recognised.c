/* SPDX-License-Identifier: Apache-2.0 */
/* V33: a test whose result must be recognised (list V33.recognised: catalogue code, days) is not
 * repeated while the earlier result is good: on the last of the days it still is. */
#include "rules/checks.h"
#include "rules/code_index.h"
#include "rules/lists.h"

typedef struct check {
    const stl_case *c;
    stl_verdict *out;
    stl_error *err;
    const int64_t *row;
    int64_t days;
    size_t no_history, no_days;
} check;

/* The latest result of the test that is still good on the day; NULL: none. */
static const stl_history_item *earlier_result(const check *k, stl_str code, stl_day day) {
    const stl_rows *rows = &k->c->stay->rows[STL_R_HISTORY_ITEM];
    const stl_history_item *items = rows->items, *latest = NULL;
    for (size_t i = 0; i < rows->count; i++) {
        const stl_history_item *item = &items[i];
        if (!stl_str_eq(item->med_list_codg, code) || item->fee_ocur_time == STL_NONE ||
            stl_str_eq(item->mdtrt_id, k->c->stay->head.mdtrt_id))
            continue;
        stl_day then = stl_instant_day(item->fee_ocur_time);
        if (then <= day && day - then <= k->days &&
            (latest == NULL || latest->fee_ocur_time < item->fee_ocur_time))
            latest = item;
    }
    return latest;
}

static stl_str institution_of(const stl_case *c, stl_str mdtrt_id) {
    const stl_history *rows = STL_ROWS_OF(c->stay, STL_R_HISTORY, stl_history);
    for (size_t i = 0; i < c->stay->rows[STL_R_HISTORY].count; i++)
        if (stl_str_eq(rows[i].mdtrt_id, mdtrt_id))
            return rows[i].fixmedins_code;
    return STL_STR("");
}

static settle_status report(check *k, uint32_t line, const stl_history_item *earlier) {
    const stl_case *c = k->c;
    const stl_charge *charge = stl_case_charge(c, line);
    stl_str source = stl_rules_cell(stl_rules_table(c, STL_T_LISTS), k->row, STL_LIST_SOURCE);
    stl_day then = stl_instant_day(earlier->fee_ocur_time);
    stl_found found = {.lines = &line,
                       .n_lines = 1,
                       .vola_amt = stl_lines_worth(c, &line, 1),
                       .basis =
                           stl_rules_text(c, "rules/lists.csv V33.recognised %.*s %.*s",
                                          STL_ARG(c->lines[line].med_list_codg), STL_ARG(source))};
    TRY_ALLOC(k->err, found.basis);
    return stl_rule_find(
        &STL_RULE_RECOGNISED, c, k->out, found, k->err,
        "%.*s（%.*s）%s 收费 %s 元，%s 已有可互认的结果（就诊 %.*s，机构 %.*s）：相隔 %lld 天 ≤ "
        "互认期 "
        "%lld 天",
        "%.*s (%.*s) on %s, %s yuan; a result of %s is to be recognised (stay %.*s, institution "
        "%.*s): %lld days apart <= %lld days",
        STL_ARG(charge->medins_list_name), STL_ARG(c->lines[line].med_list_codg),
        stl_figure_day(c->lines[line].day).text, stl_figure_money(found.vola_amt).text,
        stl_figure_day(then).text, STL_ARG(earlier->mdtrt_id),
        STL_ARG(institution_of(c, earlier->mdtrt_id)), (long long)(c->lines[line].day - then),
        (long long)k->days);
}

static settle_status judge_line(check *k, uint32_t line, bool readable) {
    const stl_line *l = &k->c->lines[line];
    if (!stl_line_live(l) || stl_case_charge(k->c, line)->fee_ocur_time == STL_NONE ||
        !stl_row_in_force(k->row, STL_LIST_BEGIN, STL_LIST_END, l->day))
        return SETTLE_OK;
    if (!readable || !k->c->stay->given[STL_R_HISTORY_ITEM]) {
        k->no_days += !readable;
        k->no_history += readable;
        return SETTLE_OK;
    }
    const stl_history_item *earlier = earlier_result(k, l->med_list_codg, l->day);
    return earlier == NULL ? SETTLE_OK : report(k, line, earlier);
}

static settle_status judge_row(check *k, const stl_code_index *codes) {
    const stl_case *c = k->c;
    const stl_index_table *table = stl_rules_table(c, STL_T_LISTS);
    uint32_t code = stl_code_index_find(codes, c, stl_rules_cell(table, k->row, STL_LIST_ITEM));
    if (code == UINT32_MAX)
        return SETTLE_OK;
    bool readable =
        stl_decimal_parse(stl_rules_cell(table, k->row, STL_LIST_VALUE), 0, &k->days) == SETTLE_OK;
    for (size_t i = c->code_first[code]; i < c->code_first[code + 1]; i++)
        TRY(judge_line(k, c->by_code[i], readable));
    return SETTLE_OK;
}

static settle_status gap(check *k, const char *zh, const char *en, size_t lines) {
    return lines == 0 ? SETTLE_OK
                      : stl_verdict_gap(k->out, STL_RULE_RECOGNISED.id,
                                        stl_rules_pick(k->c, zh, en), lines);
}

static settle_status run(const stl_case *c, stl_verdict *out, stl_error *err) {
    stl_index_rows rows = stl_index_get(stl_rules_table(c, STL_T_LISTS), STL_STR("V33.recognised"));
    if (rows.count == 0)
        return stl_verdict_gap(out, STL_RULE_RECOGNISED.id,
                               stl_rules_pick(c, "互认项目表 V33.recognised",
                                              "list V33.recognised of tests to be recognised"),
                               0);
    check k = {.c = c, .out = out, .err = err};
    stl_code_index codes;
    TRY(stl_code_index_build(c, &codes, err));
    for (size_t i = 0; i < rows.count; i++) {
        k.row = rows.rows + i * STL_LIST_COLS;
        TRY(judge_row(&k, &codes));
    }
    TRY(gap(&k, "既往检查检验记录（history-items.csv）", "earlier tests (history-items.csv)",
            k.no_history));
    return gap(&k, "互认项目的天数", "days of the test on list V33.recognised", k.no_days);
}

const stl_rule STL_RULE_RECOGNISED = {
    .id = "V33",
    .name = {"应互认的检查检验重复", "test repeated that must be recognised"},
    .fix = {"请调阅并采用已有结果；确需复查的说明理由，否则退费",
            "use the result at hand; give the reason where a repetition was needed, else refund"},
    .basis = "V33 (003:403)",
    .reads = "rules/lists.csv V33.recognised, history-items.csv",
    .action = STL_WARN,
    .scope = STL_SCOPE_ITEM,
    .run = run,
};
