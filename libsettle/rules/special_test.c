/* SPDX-License-Identifier: Apache-2.0 */
/* V16: a special test (list "V16.general": catalogue code, patterns of general tests) without one
 * of the general tests up to then, in this stay or in an earlier one. */
#include "rules/checks.h"
#include "rules/facts.h"

static stl_str general_of(const stl_case *c, uint32_t line) {
    const int64_t *row =
        stl_rules_listed(c, "V16.general", c->lines[line].med_list_codg, c->lines[line].day);
    return stl_rules_cell(stl_rules_table(c, STL_T_LISTS), row, STL_LIST_VALUE);
}

static bool in_history(const stl_case *c, stl_str patterns) {
    const stl_rows *rows = &c->stay->rows[STL_R_HISTORY_ITEM];
    const stl_history_item *items = rows->items;
    for (size_t i = 0; i < rows->count; i++)
        if (stl_words_fit(patterns, items[i].med_list_codg))
            return true;
    return false;
}

/* A general test on the day of the special one, or before. */
static bool in_stay(const stl_case *c, stl_str patterns, stl_day day) {
    for (uint32_t code = 0; code < c->n_codes; code++) {
        if (!stl_words_fit(patterns, stl_rules_code(c, code)))
            continue;
        for (size_t i = c->code_first[code]; i < c->code_first[code + 1]; i++) {
            const stl_line *l = &c->lines[c->by_code[i]];
            if (stl_line_live(l) && l->day <= day)
                return true;
        }
    }
    return false;
}

static settle_status report(const stl_rule *rule, const stl_case *c, stl_lines lines,
                            stl_verdict *out, stl_error *err) {
    const stl_line *l = &c->lines[lines.at[0]];
    const int64_t *row = stl_rules_listed(c, "V16.general", l->med_list_codg, l->day);
    stl_found found = {.lines = lines.at,
                       .n_lines = lines.count,
                       .vola_amt = stl_lines_worth(c, lines.at, lines.count),
                       .basis = stl_rules_list_basis(c, "V16.general", row)};
    const char *extent = stl_rules_extent(c, lines.count, found.vola_amt);
    TRY_ALLOC(err, found.basis);
    TRY_ALLOC(err, extent);
    return stl_rule_find(
        rule, c, out, found, err, "%.*s（%.*s）%s 收费，此前没有做过常规检查（%.*s）%s",
        "%.*s (%.*s) on %s without a general test before (%.*s)%s",
        STL_ARG(stl_case_charge(c, lines.at[0])->medins_list_name), STL_ARG(l->med_list_codg),
        stl_figure_day(l->day).text, STL_ARG(general_of(c, lines.at[0])), extent);
}

static settle_status collect(const stl_case *c, stl_lines *out, stl_error *err) {
    for (uint32_t code = 0; code < c->n_codes; code++) {
        if (!stl_rules_ever_listed(c, "V16.general", stl_rules_code(c, code)))
            continue;
        for (size_t i = c->code_first[code]; i < c->code_first[code + 1]; i++) {
            uint32_t line = c->by_code[i];
            stl_str general = general_of(c, line);
            if (stl_line_live(&c->lines[line]) && !stl_str_empty(general) &&
                !in_stay(c, general, c->lines[line].day) && !in_history(c, general))
                TRY(stl_lines_add(c->arena, out, line, err));
        }
    }
    return SETTLE_OK;
}

/* A special test, or a general one of any of them. */
static bool is_read(const stl_case *c, uint32_t line) {
    const stl_index_table *table = stl_rules_table(c, STL_T_LISTS);
    stl_index_rows rows = stl_index_get(table, STL_STR("V16.general"));
    stl_str code = c->lines[line].med_list_codg;
    for (size_t i = 0; i < rows.count; i++)
        if (stl_words_fit(stl_index_text(table, rows.rows[i * STL_LIST_COLS + STL_LIST_VALUE]),
                          code))
            return true;
    return stl_rules_ever_listed(c, "V16.general", code);
}

static settle_status run(const stl_case *c, stl_verdict *out, stl_error *err) {
    stl_lines lines = {0};
    if (!stl_rules_has_list(c, "V16.general"))
        return stl_verdict_gap(out, STL_RULE_SPECIAL_TEST.id,
                               stl_rules_pick(c, "特殊检查与常规检查名单（V16.general）",
                                              "the list of special and general tests "
                                              "(V16.general)"),
                               0);
    TRY(collect(c, &lines, err));
    if (lines.count > 0 && !c->stay->given[STL_R_HISTORY_ITEM])
        return stl_verdict_gap(out, STL_RULE_SPECIAL_TEST.id,
                               stl_rules_pick(c, "既往就诊的项目记录", "items of previous stays"),
                               lines.count);
    return stl_rules_each_item(&STL_RULE_SPECIAL_TEST, c, lines, report, out, err);
}

const stl_rule STL_RULE_SPECIAL_TEST = {
    .id = "V16",
    .name = {"检查重复或次序不当", "test repeated, doubled or out of order"},
    .fix = {"请核对做特殊检查的依据：已在外院或门诊做过常规检查的补录既往记录，无依据的请退费",
            "check why the special test was done: add the record of a general test done elsewhere; "
            "without a reason refund it"},
    .basis = "V16 (002:1125-1127)",
    .reads = "rules/lists.csv V16.general, history-items.csv",
    .action = STL_WARN,
    .scope = STL_SCOPE_STAY,
    .concerns = is_read,
    .run = run,
};
