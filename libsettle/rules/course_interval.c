/* SPDX-License-Identifier: Apache-2.0 */
/* V12: at least `min_interval_days` between two days on which an item is paid for
 * (rules/course.csv). Several lines of one day are one. Earlier stays count where their items are
 * given. */
#include "rules/checks.h"
#include "rules/funded.h"
#include "rules/v12.h"

typedef struct check {
    const stl_case *c;
    stl_verdict *out;
    stl_error *err;
    const int64_t *row;
    size_t no_history;
} check;

/* The last day before `day` on which an earlier stay used the item; STL_NONE: none. */
static stl_day before(const stl_case *c, stl_str code, stl_day day) {
    const stl_rows *rows = &c->stay->rows[STL_R_HISTORY_ITEM];
    const stl_history_item *items = rows->items;
    stl_day last = STL_NONE;
    for (size_t i = 0; i < rows->count; i++) {
        if (items[i].fee_ocur_time == STL_NONE || !stl_str_eq(items[i].med_list_codg, code) ||
            stl_str_eq(items[i].mdtrt_id, c->stay->head.mdtrt_id))
            continue;
        stl_day at = stl_instant_day(items[i].fee_ocur_time);
        last = at < day && at > last ? at : last; /* STL_NONE is the least */
    }
    return last;
}

static settle_status report(check *k, uint32_t line, stl_day last, const stl_lines *earlier) {
    const stl_case *c = k->c;
    const stl_index_table *table = stl_rules_table(c, STL_T_COURSE);
    stl_str code = stl_index_text(table, k->row[STL_COURSE_CODE]);
    stl_found found = {
        .lines = &line,
        .n_lines = 1,
        .involved = earlier->at,
        .n_involved = earlier->count,
        .vola_amt = stl_lines_worth(c, &line, 1),
        .gz_code = stl_index_text(table, k->row[STL_COURSE_GZ]),
        .basis =
            stl_rules_text(c, "%s %.*s %.*s", STL_TABLE_SPECS[STL_T_COURSE].file, STL_ARG(code),
                           STL_ARG(stl_index_text(table, k->row[STL_COURSE_KP]))),
    };
    TRY_ALLOC(k->err, found.basis);
    return stl_rule_find(
        &STL_RULE_COURSE_INTERVAL, c, k->out, found, k->err,
        "%.*s（%.*s）%s 距上次 %s 仅 %lld 天 < %lld 天：“%.*s”，金额 %s 元",
        "%.*s (%.*s) on %s, the one before on %s: %lld days < %lld days: \"%.*s\": %s yuan",
        STL_ARG(stl_case_charge(c, line)->medins_list_name), STL_ARG(code),
        stl_figure_day(c->lines[line].day).text, stl_figure_day(last).text,
        (long long)(c->lines[line].day - last), (long long)k->row[STL_COURSE_INTERVAL],
        STL_ARG(stl_index_text(table, k->row[STL_COURSE_TEXT])),
        stl_figure_money(found.vola_amt).text);
}

static settle_status judge(check *k, uint32_t code) {
    const stl_case *c = k->c;
    stl_lines kept = {0};                         /* the last line that was right */
    stl_day asked = STL_NONE, earlier = STL_NONE; /* of an earlier stay */
    stl_instant begin = c->stay->head.begntime;
    for (size_t i = c->code_first[code]; i < c->code_first[code + 1]; i++) {
        uint32_t line = c->by_code[i];
        stl_day day = c->lines[line].day;
        if (!stl_row_in_force(k->row, STL_COURSE_BEGIN, STL_COURSE_END, day) ||
            !stl_line_claimed(c, line) || stl_case_charge(c, line)->fee_ocur_time == STL_NONE)
            continue;
        if (kept.count == 0 && day != asked)
            earlier = before(c, stl_rules_code(c, code), day);
        asked = day;
        stl_day last = kept.count > 0 ? c->lines[kept.at[0]].day : earlier;
        if (last != STL_NONE && day > last && day - last < k->row[STL_COURSE_INTERVAL]) {
            TRY(report(k, line, last, &kept));
            continue;
        }
        k->no_history += kept.count == 0 && !c->stay->given[STL_R_HISTORY_ITEM] &&
                         begin != STL_NONE &&
                         day - k->row[STL_COURSE_INTERVAL] < stl_instant_day(begin);
        kept.count = 0;
        TRY(stl_lines_add(c->arena, &kept, line, k->err));
    }
    return SETTLE_OK;
}

static settle_status run(const stl_case *c, stl_verdict *out, stl_error *err) {
    const stl_index_table *table = stl_rules_table(c, STL_T_COURSE);
    check k = {.c = c, .out = out, .err = err};
    for (uint32_t code = 0; table->n_rows > 0 && code < c->n_codes; code++) {
        stl_index_rows rows = stl_index_get(table, stl_rules_code(c, code));
        for (size_t i = 0; i < rows.count; i++) {
            k.row = rows.rows + i * STL_COURSE_COLS;
            if (k.row[STL_COURSE_INTERVAL] != STL_NONE)
                TRY(judge(&k, code));
        }
    }
    if (k.no_history > 0)
        TRY(stl_verdict_gap(out, STL_RULE_COURSE_INTERVAL.id,
                            stl_rules_pick(c, "既往就诊的项目记录", "items of previous stays"),
                            k.no_history));
    return SETTLE_OK;
}

const stl_rule STL_RULE_COURSE_INTERVAL = {
    .id = "V12",
    .name = STL_V12_NAME,
    .fix = STL_V12_FIX,
    .basis = STL_V12_BASIS,
    .reads = "rules/course.csv, history-items.csv",
    .action = STL_BLOCK,
    .scope = STL_SCOPE_ITEM,
    .run = run,
};
