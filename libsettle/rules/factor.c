/* SPDX-License-Identifier: Apache-2.0 */
/* V2: a conversion factor that cannot be right, found at each line it touches. */
#include "rules/checks.h"
#include "rules/support.h"

/* No package holds more units than this, nor is a hospital unit a smaller part of one. */
#define FACTOR_MOST 10000

typedef struct units {
    stl_str hospital, list;
    int64_t num, den;
    int64_t hospital_minutes, list_minutes; /* both 0 unless both are times */
} units;

static units units_of(const stl_case *c, const stl_line *l) {
    units u = {
        .hospital = stl_rules_map_cell(c, l, STL_MAP_UNIT),
        .list = stl_rules_map_cell(c, l, STL_MAP_LIST_UNIT),
        .num = l->map[STL_MAP_NUM],
        .den = l->map[STL_MAP_DEN],
    };
    if (stl_str_eq(u.hospital, u.list))
        return u;
    u.hospital_minutes = stl_rules_minutes(c, u.hospital);
    u.list_minutes = stl_rules_minutes(c, u.list);
    if (u.hospital_minutes == 0 || u.list_minutes == 0)
        u.hospital_minutes = u.list_minutes = 0;
    return u;
}

static bool out_of_bounds(const units *u) {
    return u->num <= 0 || u->den <= 0 || u->num / FACTOR_MOST > u->den ||
           u->den / FACTOR_MOST > u->num;
}

static bool implausible(const units *u) {
    if (out_of_bounds(u))
        return true;
    if (!stl_str_empty(u->list) && stl_str_eq(u->hospital, u->list))
        return u->num != u->den;
    return (__int128)u->num * u->list_minutes != (__int128)u->den * u->hospital_minutes;
}

static const char *reason_of(const stl_case *c, const units *u) {
    if (!implausible(u))
        return stl_rules_pick(c, "换算后的数量超出范围", "the converted quantity is out of range");
    if (out_of_bounds(u))
        return stl_rules_pick(c, "系数须为正数且在 1/10000 到 10000 之间",
                              "a factor is positive and from 1/10000 to 10000");
    if (u->list_minutes == 0)
        return stl_rules_pick(c, "单位相同，系数应为 1", "the units are the same, the factor is 1");
    return stl_rules_text(c,
                          stl_rules_pick(c, "1 %.*s = %lld 分钟，1 %.*s = %lld 分钟",
                                         "1 %.*s is %lld minutes, 1 %.*s is %lld minutes"),
                          STL_ARG(u->hospital), (long long)u->hospital_minutes, STL_ARG(u->list),
                          (long long)u->list_minutes);
}

static settle_status report(const stl_case *c, uint32_t line, const units *u, stl_verdict *out,
                            stl_error *err) {
    const stl_charge *charge = stl_case_charge(c, line);
    stl_str row = stl_rules_map_cell(c, &c->lines[line], STL_MAP_ID);
    const char *reason = reason_of(c, u);
    const char *basis = u->list_minutes == 0
                            ? stl_rules_text(c, "mapping.csv %.*s", STL_ARG(row))
                            : stl_rules_text(c, "mapping.csv %.*s; rules/units.csv %.*s",
                                             STL_ARG(row), STL_ARG(u->list));
    TRY_ALLOC(err, reason);
    TRY_ALLOC(err, basis);
    stl_found found = {
        .lines = &line, .n_lines = 1, .vola_amt = stl_lines_worth(c, &line, 1), .basis = basis};
    return stl_rule_find(&STL_RULE_FACTOR, c, out, found, err,
                         "%.*s 换算系数 %lld/%lld（%.*s→%.*s）不合理：%s",
                         "%.*s: conversion factor %lld/%lld (%.*s to %.*s) cannot be right: %s",
                         STL_ARG(charge->medins_list_name), (long long)u->num, (long long)u->den,
                         STL_ARG(u->hospital), STL_ARG(u->list), reason);
}

static settle_status run(const stl_case *c, stl_verdict *out, stl_error *err) {
    for (size_t i = 0; i < c->n_lines; i++) {
        const stl_line *l = &c->lines[i];
        if (l->map_state != STL_MAPPED || l->map == NULL)
            continue;
        units u = units_of(c, l);
        if (implausible(&u) ||
            (l->national_cnt == STL_NONE && stl_case_charge(c, i)->cnt != STL_NONE))
            TRY(report(c, (uint32_t)i, &u, out, err));
    }
    return SETTLE_OK;
}

const stl_rule STL_RULE_FACTOR = {
    .id = "V2",
    .name = {"单位换算或数量超限", "unit conversion or quantity beyond the limit"},
    .fix =
        {"若为单位换算错误，请医保办改正目录对照的换算系数后重新核对",
         "where the unit was converted wrongly, have the insurance office mend the factor of the "
         "mapping, then check again"},
    .basis = "V2 S1 (000:45)",
    .reads = "rules/units.csv, mapping.csv",
    .action = STL_BLOCK,
    .scope = STL_SCOPE_ITEM,
    .run = run,
};
