/* SPDX-License-Identifier: Apache-2.0 */
/* V2: what is charged of one item on one civil day, in the catalogue's unit, against the limit of
 * the item (rules/frequency.csv) and against what fits into a day (rules/units.csv). */
#include "rules/checks.h"
#include "rules/support.h"

typedef struct limit {
    stl_qty most;
    stl_str unit;
    stl_str gz_code;
    const char *file; /* the row behind it: file, key, source or library record */
    stl_str key, source;
} limit;

typedef struct unit_memo { /* the last mapping row met and what rules/units.csv says of its unit */
    const int64_t *map;
    const int64_t *row;
} unit_memo;

typedef struct gaps {
    size_t unit, folded;
} gaps;

typedef struct check {
    const stl_case *c;
    stl_verdict *out;
    stl_error *err;
    stl_index_rows limits; /* of the code at hand */
    unit_memo memo;
    gaps gaps;
    stl_lines day; /* live lines of the day at hand */
} check;

static const int64_t *unit_row(check *k, const stl_line *l) {
    if (l->map != k->memo.map) {
        stl_str unit = stl_rules_map_cell(k->c, l, STL_MAP_LIST_UNIT);
        stl_index_rows rows = stl_index_get(stl_rules_table(k->c, STL_T_UNITS), unit);
        k->memo = (unit_memo){l->map, rows.rows};
    }
    return k->memo.row;
}

/* The line's quantity in the unit of the limit; STL_NONE: the units cannot be compared. */
static stl_qty in_unit_of(check *k, uint32_t line, const limit *lim) {
    const stl_line *l = &k->c->lines[line];
    stl_qty qty = stl_line_national(k->c, line);
    if (qty == STL_NONE || stl_str_eq(stl_rules_map_cell(k->c, l, STL_MAP_LIST_UNIT), lim->unit))
        return qty;
    const int64_t *row = unit_row(k, l);
    int64_t minutes = row == NULL || row[STL_UNIT_MINUTES] == STL_NONE ? 0 : row[STL_UNIT_MINUTES];
    int64_t limit_minutes = stl_rules_minutes(k->c, lim->unit);
    stl_qty converted = STL_NONE;
    if (minutes <= 0 || limit_minutes <= 0 ||
        stl_decimal_mul_div(qty, minutes, limit_minutes, STL_ROUND_HALF_UP, &converted) !=
            SETTLE_OK)
        return STL_NONE;
    return converted;
}

/* What hangs on the lines beyond the limit; of a line that breaks it alone, its part above. */
static stl_money beyond(const check *k, const stl_lines *wrong, size_t others, stl_qty total,
                        stl_qty most) {
    stl_money worth = stl_lines_worth(k->c, wrong->at, wrong->count), part;
    if (others > 0 || wrong->count > 1 ||
        stl_decimal_mul_div(worth, total - most, total, STL_ROUND_HALF_UP, &part) != SETTLE_OK)
        return worth;
    return part;
}

static settle_status report(check *k, const uint32_t *lines, size_t count, const limit *lim,
                            stl_qty total) {
    const stl_case *c = k->c;
    stl_lines wrong = {0}, others = {0};
    stl_qty sum = 0;
    for (size_t i = 0; i < count; i++) {
        stl_qty qty = in_unit_of(k, lines[i], lim);
        if (qty == STL_NONE)
            continue;
        sum = stl_rules_sum(sum, qty);
        TRY(stl_lines_add(c->arena, sum > lim->most ? &wrong : &others, lines[i], k->err));
    }
    const stl_charge *charge = stl_case_charge(c, wrong.at[0]);
    const stl_line *l = &c->lines[wrong.at[0]];
    stl_found found = {
        .lines = wrong.at,
        .n_lines = wrong.count,
        .involved = others.at,
        .n_involved = others.count,
        .vola_amt = beyond(k, &wrong, others.count, total, lim->most),
        .gz_code = lim->gz_code,
        .basis =
            stl_rules_text(c, "%s %.*s %.*s", lim->file, STL_ARG(lim->key), STL_ARG(lim->source)),
    };
    TRY_ALLOC(k->err, found.basis);
    return stl_rule_find(&STL_RULE_QUANTITY, c, k->out, found, k->err,
                         "%s %.*s（%.*s）：当日数量 %s %.*s > 上限 %s %.*s，涉及 %s 元",
                         "%s %.*s (%.*s): %s %.*s on the day > limit %s %.*s: %s yuan",
                         stl_figure_day(l->day).text, STL_ARG(charge->medins_list_name),
                         STL_ARG(l->med_list_codg), stl_figure_qty(total).text, STL_ARG(lim->unit),
                         stl_figure_qty(lim->most).text, STL_ARG(lim->unit),
                         stl_figure_money(found.vola_amt).text);
}

static stl_qty total_of(check *k, const uint32_t *lines, size_t count, const limit *lim,
                        size_t *out_unknown) {
    stl_qty total = 0;
    *out_unknown = 0;
    for (size_t i = 0; i < count; i++) {
        stl_qty qty = in_unit_of(k, lines[i], lim);
        if (qty == STL_NONE)
            ++*out_unknown;
        else
            total = stl_rules_sum(total, qty);
    }
    return total;
}

static limit item_limit(const check *k, const int64_t *row) {
    const stl_index_table *table = stl_rules_table(k->c, STL_T_FREQUENCY);
    return (limit){.most = row[STL_FREQ_LIMIT],
                   .unit = stl_index_text(table, row[STL_FREQ_UNIT]),
                   .gz_code = stl_index_text(table, row[STL_FREQ_GZ]),
                   .file = "rules/frequency.csv",
                   .key = stl_index_text(table, row[STL_FREQ_CODE]),
                   .source = stl_index_text(table, row[STL_FREQ_KP])};
}

static limit unit_limit(const check *k, const int64_t *row) {
    const stl_index_table *table = stl_rules_table(k->c, STL_T_UNITS);
    stl_str unit = stl_index_text(table, row[STL_UNIT_UNIT]);
    return (limit){.most = row[STL_UNIT_DAY_LIMIT],
                   .unit = unit,
                   .file = "rules/units.csv",
                   .key = unit,
                   .source = stl_index_text(table, row[STL_UNIT_SOURCE])};
}

/* Lines of one price-list item against one row: certain. */
static settle_status against_item_limit(check *k, const uint32_t *lines, size_t count,
                                        const limit *lim, bool *out_broken) {
    size_t unknown;
    stl_qty total = total_of(k, lines, count, lim, &unknown);
    k->gaps.unit += unknown;
    if (total <= lim->most)
        return SETTLE_OK;
    *out_broken = true;
    return report(k, lines, count, lim, total);
}

static settle_status against_unit(check *k, const uint32_t *lines, size_t count) {
    for (size_t i = 0; i < count; i++) {
        const int64_t *row = unit_row(k, &k->c->lines[lines[i]]);
        if (row == NULL || row[STL_UNIT_DAY_LIMIT] == STL_NONE)
            continue;
        limit lim = unit_limit(k, row);
        size_t unknown;
        stl_qty total = total_of(k, lines, count, &lim, &unknown);
        return total <= lim.most ? SETTLE_OK : report(k, lines, count, &lim, total);
    }
    return SETTLE_OK;
}

static settle_status against_limits(check *k, const uint32_t *lines, size_t count, stl_day day,
                                    bool *out_broken) {
    for (size_t r = 0; r < k->limits.count; r++) {
        const int64_t *row = k->limits.rows + r * STL_FREQ_COLS;
        if (!stl_row_in_force(row, STL_FREQ_BEGIN, STL_FREQ_END, day))
            continue;
        limit lim = item_limit(k, row);
        bool any = false;
        for (size_t i = 0, n; i < count; i += n) {
            n = stl_rules_fold_run(k->c, lines + i, count - i);
            TRY(against_item_limit(k, lines + i, n, &lim, &any));
        }
        size_t unknown;
        if (!any && total_of(k, lines, count, &lim, &unknown) > lim.most)
            k->gaps.folded += count;
        *out_broken |= any;
    }
    return SETTLE_OK;
}

static settle_status judge_day(check *k) {
    size_t count = k->day.count;
    if (count == 0)
        return SETTLE_OK;
    const uint32_t *lines = stl_rules_fold(k->c, k->day.at, count);
    TRY_ALLOC(k->err, lines);
    bool broken = false;
    if (k->limits.count > 0)
        TRY(against_limits(k, lines, count, k->c->lines[lines[0]].day, &broken));
    for (size_t i = 0, n; i < count && !broken; i += n) {
        n = stl_rules_fold_run(k->c, lines + i, count - i);
        TRY(against_unit(k, lines + i, n));
    }
    return SETTLE_OK;
}

static settle_status judge_code(check *k, uint32_t code) {
    const stl_case *c = k->c;
    k->limits = stl_index_get(stl_rules_table(c, STL_T_FREQUENCY), stl_rules_code(c, code));
    k->day.count = 0;
    stl_day day = STL_NONE;
    for (size_t i = c->code_first[code]; i < c->code_first[code + 1]; i++) {
        uint32_t at = c->by_code[i];
        const stl_line *l = &c->lines[at];
        if (!stl_line_live(l) || l->map == NULL ||
            (k->limits.count == 0 && unit_row(k, l) == NULL) || l->day == STL_NONE)
            continue;
        if (l->day != day)
            TRY(judge_day(k));
        if (l->day != day)
            k->day.count = 0;
        day = l->day;
        TRY(stl_lines_add(c->arena, &k->day, at, k->err));
    }
    return judge_day(k);
}

static settle_status run(const stl_case *c, stl_verdict *out, stl_error *err) {
    check k = {.c = c, .out = out, .err = err};
    for (uint32_t code = 0; code < c->n_codes; code++)
        TRY(judge_code(&k, code));
    if (k.gaps.unit > 0)
        TRY(stl_verdict_gap(out, STL_RULE_QUANTITY.id,
                            stl_rules_pick(c, "可换算为限量单位的对照单位",
                                           "a mapping unit comparable with the limit's"),
                            k.gaps.unit));
    if (k.gaps.folded > 0)
        TRY(stl_verdict_gap(
            out, STL_RULE_QUANTITY.id,
            stl_rules_pick(c, "同一国家编码下各价表项目各自的限量",
                           "the limit of each of several price-list items that share "
                           "one national code"),
            k.gaps.folded));
    return SETTLE_OK;
}

const stl_rule STL_RULE_QUANTITY = {
    .id = "V2",
    .name = {"单位换算或数量超限", "unit conversion or quantity beyond the limit"},
    .fix =
        {"请按实际执行数量更正或退费；若为单位换算错误，请医保办改正目录对照的换算系数后重新核对",
         "correct the quantity to what was done, or refund it; where the unit was converted "
         "wrongly, "
         "have the insurance office mend the factor of the mapping, then check again"},
    .basis = "V2 S1 (000:45)",
    .reads = "rules/frequency.csv, rules/units.csv, mapping.csv",
    .action = STL_BLOCK,
    .scope = STL_SCOPE_ITEM,
    .run = run,
};
