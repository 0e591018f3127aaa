/* SPDX-License-Identifier: Apache-2.0 */
/* V4: a bed dearer than the standard to which the patient is entitled, claimed from the fund (list
 * "V4.standard": level/catalogue code/psn_type, yuan a bed-day; the standard itself is allowed). */
#include "rules/checks.h"
#include "rules/facts.h"
#include "rules/funded.h"

enum { DAY_MINUTES = 1440 };

typedef struct check {
    const stl_case *c;
    stl_verdict *out;
    stl_error *err;
    size_t unknown; /* lines whose unit is no time */
} check;

/* What the list names; NULL: no memory. */
static const char *item_of(const stl_case *c, uint32_t line) {
    return stl_rules_text(c, "%.*s/%.*s/%.*s", STL_ARG(c->medins_lv),
                          STL_ARG(c->lines[line].med_list_codg), STL_ARG(c->stay->head.psn_type));
}

/* Price of the charge for one bed-day. */
static bool a_day(const stl_case *c, uint32_t line, stl_price *out) {
    const stl_line *l = &c->lines[line];
    int64_t minutes = stl_rules_minutes(c, stl_rules_map_cell(c, l, STL_MAP_LIST_UNIT));
    stl_price price = stl_case_charge(c, line)->pric;
    return minutes > 0 && price != STL_NONE &&
           stl_decimal_mul_div(price, l->factor_den, l->factor_num, STL_ROUND_HALF_UP, &price) ==
               SETTLE_OK &&
           stl_decimal_mul_div(price, DAY_MINUTES, minutes, STL_ROUND_HALF_UP, out) == SETTLE_OK;
}

static settle_status judge(check *k, uint32_t line) {
    const stl_case *c = k->c;
    stl_price most, price;
    const char *item = item_of(c, line);
    TRY_ALLOC(k->err, item);
    const int64_t *row = stl_rules_listed(c, "V4.standard", stl_str_of(item), c->lines[line].day);
    if (row == NULL)
        return SETTLE_OK;
    const stl_index_table *table = stl_rules_table(c, STL_T_LISTS);
    if (!a_day(c, line, &price) || stl_decimal_parse(stl_index_text(table, row[STL_LIST_VALUE]),
                                                     STL_SCALE_PRICE, &most) != SETTLE_OK) {
        k->unknown++;
        return SETTLE_OK;
    }
    if (price <= most)
        return SETTLE_OK;
    stl_money worth = c->lines[line].net_amt, excess = worth;
    if (stl_decimal_mul_div(worth, price - most, price, STL_ROUND_HALF_UP, &excess) != SETTLE_OK)
        excess = worth;
    stl_found found = {.lines = &line,
                       .n_lines = 1,
                       .vola_amt = excess,
                       .basis = stl_rules_list_basis(c, "V4.standard", row)};
    TRY_ALLOC(k->err, found.basis);
    return stl_rule_find(&STL_RULE_BED_STANDARD, c, k->out, found, k->err,
                         "%.*s 每床日 %s 元 > 待遇标准 %s 元，超出 %s 元",
                         "%.*s: %s yuan a bed-day > standard %s yuan, %s yuan too much",
                         STL_ARG(stl_case_charge(c, line)->medins_list_name),
                         stl_figure_price(price).text, stl_figure_price(most).text,
                         stl_figure_money(excess).text);
}

static settle_status run(const stl_case *c, stl_verdict *out, stl_error *err) {
    check k = {.c = c, .out = out, .err = err};
    bool has_list = stl_rules_has_list(c, "V4.standard");
    const stl_index_table *beds = stl_rules_table(c, STL_T_BEDS);
    size_t lines = 0;
    for (uint32_t code = 0; beds->n_rows > 0 && code < c->n_codes; code++) {
        if (stl_index_get(beds, stl_rules_code(c, code)).count == 0)
            continue;
        for (size_t i = c->code_first[code]; i < c->code_first[code + 1]; i++) {
            if (!stl_line_claimed(c, c->by_code[i]))
                continue;
            lines++;
            if (has_list)
                TRY(judge(&k, c->by_code[i]));
        }
    }
    if (lines > 0 && !has_list)
        return stl_verdict_gap(
            out, STL_RULE_BED_STANDARD.id,
            stl_rules_pick(c, "床位费待遇标准（V4.standard）", "standards of beds (V4.standard)"),
            lines);
    return k.unknown == 0
               ? SETTLE_OK
               : stl_verdict_gap(out, STL_RULE_BED_STANDARD.id,
                                 stl_rules_pick(c, "床位费的时间单位、单价或待遇标准",
                                                "unit of time, price or standard of the bed"),
                                 k.unknown);
}

const stl_rule STL_RULE_BED_STANDARD = {
    .id = "V4",
    .name = {"床位费超天数或超标准", "bed-days or price of the bed beyond what is due"},
    .fix = {"超出标准的部分由患者自费：请按标准收取医保床位费，差额另列自费项目并取得知情同意",
            "the part above the standard is the patient's: charge the bed up to the standard, and "
            "the rest as a self-funded item with a signed consent"},
    .basis = "V4 (001:357, 002:1165), Q5",
    .reads = "rules/beds.csv, rules/lists.csv V4.standard",
    .action = STL_BLOCK,
    .scope = STL_SCOPE_ITEM,
    .run = run,
};
