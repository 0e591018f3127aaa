/* SPDX-License-Identifier: Apache-2.0 */
/* V3: the unit price, converted to the list's unit, against the maximum of hospital level, area and
 * day; inclusive. An item whose sub-items bear the prices is held to the dearest of them. */
#include "rules/checks.h"
#include "rules/sub_items.h"
#include "rules/surcharge.h"

enum gap {
    NO_ITEM,
    NO_CODE,
    NO_LIST,
    NO_ENTRY,
    NO_LEVEL,
    NO_MAPPING,
    NO_UNIT,
    NO_PRICE,
    WHICH_SUB_ITEM,
    GAPS
};

static const char *const GAP_TEXTS[GAPS][2] = {
    [NO_ITEM] = {"医院项目字典", "the hospital's item master"},
    [NO_CODE] = {"项目的价表编码", "price-list code of the item"},
    [NO_LIST] = {"药品和耗材的限价", "price list of drugs and materials"},
    [NO_ENTRY] = {"价表中的该编码", "the code in the price list"},
    [NO_LEVEL] = {"医院等级", "level of the hospital"},
    [NO_MAPPING] = {"有效的目录对照", "a mapping in force"},
    [NO_UNIT] = {"与价表一致的对照单位", "the same unit in price list and mapping"},
    [NO_PRICE] = {"单价", "unit price"},
    [WHICH_SUB_ITEM] = {"价表子项目（带字母的编码）", "which sub-item of the price list it is"},
};

/* `limit` is for one unit of the list. */
static bool above(const stl_charge *charge, const stl_line *l, stl_price limit) {
    return (__int128)charge->pric * l->factor_den > (__int128)limit * l->factor_num;
}

static enum gap against_sub_items(const stl_case *c, uint32_t line, const int64_t **out_broken) {
    const stl_line *l = &c->lines[line];
    const stl_charge *charge = stl_case_charge(c, line);
    stl_sub_items sub = stl_rules_sub_items(c, line);
    if (!sub.any)
        return sub.of_level_unknown ? NO_LEVEL : GAPS;
    if (l->map_state != STL_MAPPED)
        return NO_MAPPING;
    if (sub.dearest == NULL)
        return NO_UNIT;
    if (charge->pric == STL_NONE)
        return NO_PRICE;
    if (above(charge, l, sub.dearest[STL_CAP_PRICE])) {
        *out_broken = sub.dearest;
        return GAPS;
    }
    return above(charge, l, sub.cheapest[STL_CAP_PRICE]) ? WHICH_SUB_ITEM : GAPS;
}

/* What is missing to judge a line, GAPS: nothing. *out_broken is the row of caps.csv above whose
 * maximum the unit price is. */
static enum gap against_cap(const stl_case *c, uint32_t line, const int64_t **out_broken) {
    const stl_line *l = &c->lines[line];
    const stl_charge *charge = stl_case_charge(c, line);
    if (l->item == NULL)
        return NO_ITEM;
    if (stl_str_empty(stl_rules_cell(&c->mapping->items, l->item, STL_ITEM_PRICE_CODE))) {
        stl_str kind = stl_rules_cell(&c->mapping->items, l->item, STL_ITEM_KIND);
        return stl_str_empty(kind) || stl_str_is(kind, "service") ? NO_CODE : NO_LIST;
    }
    if (!l->cap_listed)
        return NO_ENTRY;
    if (l->cap == NULL)
        return stl_str_empty(c->medins_lv) ? NO_LEVEL : GAPS;
    if (l->cap[STL_CAP_PRICE] == STL_NONE)
        return against_sub_items(c, line, out_broken);
    if (l->map_state != STL_MAPPED)
        return NO_MAPPING;
    const stl_index_table *caps = stl_rules_table(c, STL_T_CAPS);
    if (!stl_str_eq(stl_rules_cell(caps, l->cap, STL_CAP_UNIT),
                    stl_rules_map_cell(c, l, STL_MAP_LIST_UNIT)))
        return NO_UNIT;
    if (charge->pric == STL_NONE)
        return NO_PRICE;
    if (above(charge, l, l->cap[STL_CAP_PRICE]))
        *out_broken = l->cap;
    return GAPS;
}

static const stl_rule WITHIN_SURCHARGE = {
    .id = "V3",
    .name = {"单价含加收", "unit price with a surcharge"},
    .fix = {"请核对加收条件是否成立并留存依据；不成立时按限价退费重收",
            "check that the surcharge applies and keep the proof; if not, refund and charge within "
            "the cap"},
    .basis = "V3 (001:59,357, 002:1163, 004:70)",
    .reads = "surcharges.csv?, approvals.csv?",
    .action = STL_WARN,
};

static const stl_rule PAID_TO_CAP = {
    .id = "V3",
    .name = {"超限价部分自付", "the part above the price cap is the patient's"},
    .fix = {"超出限价部分由个人自费，请向患者说明并取得知情同意",
            "the patient pays the part above the cap: explain it and have the consent signed"},
    .basis = "V3 (001:59,357, 002:1163, 004:70)",
    .reads = "caps.csv",
    .action = STL_HINT,
};

/* How the list's price became the hospital's; empty where both have one unit. */
static const char *conversion(const stl_case *c, const stl_line *l, const int64_t *cap) {
    stl_str unit = stl_rules_cell(stl_rules_table(c, STL_T_CAPS), cap, STL_CAP_UNIT);
    if (l->factor_num == l->factor_den)
        return "";
    return stl_rules_text(c,
                          stl_rules_pick(c, "，价表 %s 元/%.*s × %lld/%lld",
                                         ", in the list %s yuan a %.*s × %lld/%lld"),
                          stl_figure_price(cap[STL_CAP_PRICE]).text, STL_ARG(unit),
                          (long long)l->factor_num, (long long)l->factor_den);
}

static settle_status find_over(const stl_rule *rule, const stl_case *c, stl_found found,
                               const int64_t *cap, stl_price own, const char *notes,
                               stl_verdict *out, stl_error *err) {
    const stl_line *l = &c->lines[found.lines[0]];
    const stl_charge *charge = stl_case_charge(c, found.lines[0]);
    const stl_index_table *caps = stl_rules_table(c, STL_T_CAPS);
    stl_str code = stl_rules_cell(caps, cap, STL_CAP_CODE);
    stl_str source = stl_rules_cell(caps, cap, STL_CAP_SOURCE);
    stl_day begin = cap[STL_CAP_BEGIN];
    stl_figure from = begin == STL_NONE ? (stl_figure){"-"} : stl_figure_day(begin);
    const char *how = conversion(c, l, cap);
    const char *which =
        cap == l->cap ? "" : stl_rules_pick(c, "，最高的子项目", ", the dearest sub-item");
    found.basis =
        stl_rules_text(c, "caps.csv %.*s %s %.*s%s%s", STL_ARG(code), from.text, STL_ARG(source),
                       notes[0] == '\0' ? "" : "; surcharges.csv ", notes);
    TRY_ALLOC(err, how);
    TRY_ALLOC(err, found.basis);
    return stl_rule_find(
        rule, c, out, found, err, "%.*s：单价 %s > 上限 %s 元（%.*s%s，%s，%s 起%s），超出 %s 元",
        "%.*s: unit price %s > cap %s yuan (%.*s%s, %s, from %s%s), %s yuan too much",
        STL_ARG(charge->medins_list_name), stl_figure_price(charge->pric).text,
        stl_figure_price(own).text, STL_ARG(code), which, stl_rules_level(c), from.text, how,
        stl_figure_money(found.vola_amt).text);
}

static bool is_paid_to_cap(const stl_case *c, const int64_t *cap) {
    return stl_str_is(stl_rules_cell(stl_rules_table(c, STL_T_CAPS), cap, STL_CAP_KIND),
                      "pay-to-cap");
}

static settle_status report(const stl_case *c, uint32_t line, const int64_t *cap,
                            const stl_surcharge *surcharge, stl_verdict *out, stl_error *err) {
    const stl_line *l = &c->lines[line];
    stl_price own = surcharge->certain;
    stl_money allowed;
    stl_found found = {.lines = &line, .n_lines = 1, .vola_amt = l->net_amt};
    if (stl_decimal_mul_div(own, l->factor_num, l->factor_den, STL_ROUND_HALF_UP, &own) ==
            SETTLE_OK &&
        stl_money_of(l->net_cnt, own, STL_ROUND_HALF_UP, &allowed) == SETTLE_OK)
        found.vola_amt = stl_rules_sum(l->net_amt, -allowed);
    const stl_rule *rule = is_paid_to_cap(c, cap) ? &PAID_TO_CAP : &STL_RULE_PRICE_CAP;
    if (!above(stl_case_charge(c, line), l, surcharge->possible))
        rule = &WITHIN_SURCHARGE;
    return find_over(rule, c, found, cap, own, rule == &WITHIN_SURCHARGE ? surcharge->notes : "",
                     out, err);
}

/* Dearer than the list's maximum: a surcharge of its notes may allow it. */
static settle_status judge(const stl_case *c, uint32_t line, const int64_t *cap, stl_verdict *out,
                           stl_error *err) {
    stl_surcharge surcharge = {cap[STL_CAP_PRICE], cap[STL_CAP_PRICE], ""};
    if (!is_paid_to_cap(c, cap)) /* the payment knows no surcharges */
        TRY(stl_rules_surcharge(c, line, cap, &surcharge, err));
    if (!above(stl_case_charge(c, line), &c->lines[line], surcharge.certain))
        return SETTLE_OK;
    return report(c, line, cap, &surcharge, out, err);
}

static settle_status run(const stl_case *c, stl_verdict *out, stl_error *err) {
    size_t gaps[GAPS + 1] = {0};
    for (size_t i = 0; i < c->n_lines; i++) {
        if (!stl_line_live(&c->lines[i]))
            continue;
        const int64_t *broken = NULL;
        gaps[against_cap(c, (uint32_t)i, &broken)]++;
        if (broken != NULL)
            TRY(judge(c, (uint32_t)i, broken, out, err));
    }
    for (int g = 0; g < GAPS; g++)
        if (gaps[g] > 0)
            TRY(stl_verdict_gap(out, STL_RULE_PRICE_CAP.id,
                                stl_rules_pick(c, GAP_TEXTS[g][0], GAP_TEXTS[g][1]), gaps[g]));
    return SETTLE_OK;
}

const stl_rule STL_RULE_PRICE_CAP = {
    .id = "V3",
    .name = {"单价超限价", "unit price over the cap"},
    .fix =
        {"请按限价退费重收，或核对项目与医院等级是否选错",
         "refund and charge again within the cap, or check that item and hospital level are right"},
    .basis = "V3 (001:59,357, 002:1163, 004:70)",
    .reads = "caps.csv, surcharges.csv?, rules/lists.csv V3.special?, approvals.csv?, items.csv, "
             "mapping.csv",
    .action = STL_BLOCK,
    .scope = STL_SCOPE_ITEM,
    .run = run,
    .also = (const stl_rule *const[]){&WITHIN_SURCHARGE, &PAID_TO_CAP, NULL},
};
