/* SPDX-License-Identifier: Apache-2.0 */
/* V12: items of restricted use (lmt_used_flag 1) for which the hospital says that no approval is
 * needed. With 1 the restriction was found met, with 2 the patient bears the line. */
#include "rules/checks.h"
#include "rules/funded.h"
#include "rules/v12.h"

static bool restricted(const stl_case *c, const int64_t *cat) {
    const stl_index_table *table = stl_rules_table(c, STL_T_CATALOGUE);
    return cat != NULL && stl_str_is(stl_index_text(table, cat[STL_CAT_LMT_USED]), "1") &&
           !stl_str_is(stl_index_text(table, cat[STL_CAT_LV]), "03");
}

static settle_status report(const stl_rule *rule, const stl_case *c, stl_lines lines,
                            stl_verdict *out, stl_error *err) {
    const stl_line *l = &c->lines[lines.at[0]];
    stl_found found = {.lines = lines.at,
                       .n_lines = lines.count,
                       .vola_amt = stl_lines_worth(c, lines.at, lines.count),
                       .basis = "2301 hosp_appr_flag, 1312 lmt_used_flag"};
    const char *extent = stl_rules_extent(c, lines.count, found.vola_amt);
    TRY_ALLOC(err, extent);
    return stl_rule_find(
        rule, c, out, found, err,
        "%.*s（%.*s）限制使用，医院审批标志为 0（无须审批），基金不予支付%s",
        "%.*s (%.*s) is of restricted use and hosp_appr_flag is 0 (no approval needed): the fund "
        "does not pay%s",
        STL_ARG(stl_case_charge(c, lines.at[0])->medins_list_name), STL_ARG(l->med_list_codg),
        extent);
}

static settle_status run(const stl_case *c, stl_verdict *out, stl_error *err) {
    const int64_t *cat = NULL;
    bool is_restricted = false;
    stl_lines broken = {0};
    size_t unknown = 0;
    for (size_t i = 0; i < c->n_by_code; i++) {
        uint32_t line = c->by_code[i];
        const stl_line *l = &c->lines[line];
        if (l->cat != cat) {
            cat = l->cat;
            is_restricted = restricted(c, cat);
        }
        if (!is_restricted || l->excluded || !stl_line_live(l))
            continue;
        stl_str flag = stl_case_charge(c, line)->hosp_appr_flag;
        if (stl_str_is(flag, "0"))
            TRY(stl_lines_add(c->arena, &broken, line, err));
        unknown += stl_str_empty(flag);
    }
    if (unknown > 0)
        TRY(stl_verdict_gap(out, STL_RULE_APPROVAL_FLAG.id,
                            stl_rules_pick(c, "限制使用项目的医院审批标志",
                                           "hosp_appr_flag of items of restricted use"),
                            unknown));
    return stl_rules_each_item(&STL_RULE_APPROVAL_FLAG, c, broken, report, out, err);
}

const stl_rule STL_RULE_APPROVAL_FLAG = {
    .id = "V12",
    .name = STL_V12_NAME,
    .fix = {"符合限定条件的经医院审批后将审批标志改为 1；不符合的改为 2，由患者自费并取得知情同意",
            "where the restriction is met have it approved (hosp_appr_flag 1); else set 2, "
            "self-funded with a signed consent"},
    .basis = "V12 (002:257,273,1169, 000:135)",
    .reads = "catalogue.csv",
    .action = STL_BLOCK,
    .scope = STL_SCOPE_ITEM,
    .run = run,
};
