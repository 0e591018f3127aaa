/* SPDX-License-Identifier: Apache-2.0 */
/* V12: drugs paid for only at hospitals of a level or higher (rules/institution-grade.csv). */
#include "rules/checks.h"
#include "rules/funded.h"
#include "rules/restriction.h"
#include "rules/v12.h"

static bool is_level(stl_str text) {
    return text.len == 1 && text.ptr[0] >= '1' && text.ptr[0] <= '3';
}

static stl_restriction_answer judge(const stl_case *c, stl_str least) {
    if (!is_level(c->medins_lv) || !is_level(least))
        return STL_RESTRICTION_UNKNOWN;
    return c->medins_lv.ptr[0] >= least.ptr[0] ? STL_RESTRICTION_MET : STL_RESTRICTION_BROKEN;
}

static const char *explain(const stl_case *c, stl_str least) {
    const char *level = stl_str_is(least, "3")
                            ? stl_rules_pick(c, "三级", "level 3")
                            : stl_rules_pick(c, "二级及以上", "level 2 or higher");
    return stl_rules_text(c,
                          stl_rules_pick(c, "限%s医疗机构使用时支付，本院为%s",
                                         "is paid for only at %s, this hospital is %s"),
                          level, stl_rules_level(c));
}

static const char *missing(const stl_case *c) {
    return stl_rules_pick(c, "医院等级", "level of the hospital");
}

static settle_status run(const stl_case *c, stl_verdict *out, stl_error *err) {
    static const stl_restriction RESTRICTION = {
        .rule = &STL_RULE_INSTITUTION_GRADE,
        .table = STL_T_GRADE,
        .concerns = stl_line_claimed,
        .judge = judge,
        .explain = explain,
        .missing = missing,
    };
    return stl_restriction_run(&RESTRICTION, c, out, err);
}

const stl_rule STL_RULE_INSTITUTION_GRADE = {
    .id = "V12",
    .name = STL_V12_NAME,
    .fix = STL_V12_FIX,
    .basis = STL_V12_BASIS,
    .reads = "rules/institution-grade.csv",
    .action = STL_BLOCK,
    .scope = STL_SCOPE_ITEM,
    .run = run,
};
