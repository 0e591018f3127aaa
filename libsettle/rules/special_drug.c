/* SPDX-License-Identifier: Apache-2.0 */
/* V36: negotiated and special drugs (list V36.drugs) need an approval, and an institution that has
 * signed for them (list V36.institutions). A row's value demands one of both: approval or
 * institution; empty: both. */
#include "rules/checks.h"
#include "rules/code_index.h"
#include "rules/filings.h"

typedef struct check {
    const stl_case *c;
    stl_verdict *out;
    stl_error *err;
    const int64_t *row;
    size_t no_approvals, no_institutions, no_pharmacy;
} check;

static bool demands(const check *k, const char *what) {
    stl_str value = stl_rules_cell(stl_rules_table(k->c, STL_T_LISTS), k->row, STL_LIST_VALUE);
    return stl_str_empty(value) || stl_str_is(value, what);
}

static bool lacks_approval(check *k, uint32_t line) {
    const stl_case *c = k->c;
    if (!demands(k, "approval"))
        return false;
    if (!c->stay->given[STL_R_APPROVAL] || !stl_rules_has_list(c, "V36.kinds")) {
        k->no_approvals++;
        return false;
    }
    return stl_rules_filing(c, "V36.kinds", c->lines[line].day, stl_filing_of_line, &line) == NULL;
}

static bool lacks_signature(check *k, uint32_t line) {
    const stl_case *c = k->c;
    if (!demands(k, "institution"))
        return false;
    if (stl_str_is(stl_case_charge(c, line)->outside_flag, "1")) {
        k->no_pharmacy++; /* another one supplied it */
        return false;
    }
    if (!stl_rules_has_list(c, "V36.institutions")) {
        k->no_institutions++;
        return false;
    }
    return stl_rules_listed(c, "V36.institutions", c->stay->head.fixmedins_code,
                            c->lines[line].day) == NULL;
}

static settle_status report(check *k, stl_lines lines, bool approval, bool institution) {
    const stl_case *c = k->c;
    if (lines.count == 0)
        return SETTLE_OK;
    const stl_index_table *table = stl_rules_table(c, STL_T_LISTS);
    stl_str code = stl_rules_cell(table, k->row, STL_LIST_ITEM);
    stl_found found = {.lines = lines.at,
                       .n_lines = lines.count,
                       .vola_amt = stl_lines_worth(c, lines.at, lines.count),
                       .basis = stl_rules_list_basis(c, "V36.drugs", k->row)};
    const char *extent = stl_rules_extent(c, lines.count, found.vola_amt);
    TRY_ALLOC(k->err, found.basis);
    TRY_ALLOC(k->err, extent);
    const char *first =
        approval ? stl_rules_pick(c, "无有效的用药申请或备案", "has no approval") : "";
    const char *joint = approval && institution ? stl_rules_pick(c, "，且", " and ") : "";
    const char *second =
        institution ? stl_rules_pick(c, "本机构未签约供应", "the institution has not signed for it")
                    : "";
    return stl_rule_find(&STL_RULE_SPECIAL_DRUG, c, k->out, found, k->err,
                         "%.*s（%.*s）属谈判或特殊药品，%s%s%s%s",
                         "%.*s (%.*s) is a negotiated or special drug: %s%s%s%s",
                         STL_ARG(stl_case_charge(c, lines.at[0])->medins_list_name), STL_ARG(code),
                         first, joint, second, extent);
}

static settle_status judge_code(check *k, uint32_t code) {
    const stl_case *c = k->c;
    stl_lines found[2][2] = {0}; /* by what they lack: approval, institution */
    for (size_t i = c->code_first[code]; i < c->code_first[code + 1]; i++) {
        uint32_t line = c->by_code[i];
        if (!stl_line_live(&c->lines[line]) ||
            !stl_row_in_force(k->row, STL_LIST_BEGIN, STL_LIST_END, c->lines[line].day))
            continue;
        bool approval = lacks_approval(k, line), institution = lacks_signature(k, line);
        TRY(stl_lines_add(c->arena, &found[approval][institution], line, k->err));
    }
    TRY(report(k, found[1][0], true, false));
    TRY(report(k, found[0][1], false, true));
    return report(k, found[1][1], true, true);
}

static settle_status gap(check *k, const char *zh, const char *en, size_t lines) {
    return lines == 0 ? SETTLE_OK
                      : stl_verdict_gap(k->out, STL_RULE_SPECIAL_DRUG.id,
                                        stl_rules_pick(k->c, zh, en), lines);
}

static settle_status run(const stl_case *c, stl_verdict *out, stl_error *err) {
    const stl_index_table *table = stl_rules_table(c, STL_T_LISTS);
    stl_index_rows rows = stl_index_get(table, STL_STR("V36.drugs"));
    if (rows.count == 0)
        return stl_verdict_gap(out, STL_RULE_SPECIAL_DRUG.id,
                               stl_rules_pick(c, "谈判与特殊药品表 V36.drugs",
                                              "list V36.drugs of negotiated and special drugs"),
                               0);
    check k = {.c = c, .out = out, .err = err};
    stl_code_index codes;
    TRY(stl_code_index_build(c, &codes, err));
    for (size_t i = 0; i < rows.count; i++) {
        k.row = rows.rows + i * STL_LIST_COLS;
        uint32_t code = stl_code_index_find(&codes, c, stl_rules_cell(table, k.row, STL_LIST_ITEM));
        if (code != UINT32_MAX)
            TRY(judge_code(&k, code));
    }
    TRY(gap(&k, "用药申请与备案（approvals.csv）、种类表 V36.kinds",
            "approvals of drugs (approvals.csv), list V36.kinds of their kinds", k.no_approvals));
    TRY(gap(&k, "外购药品的供药机构", "who supplied a drug bought outside", k.no_pharmacy));
    return gap(&k, "签约机构表 V36.institutions", "list V36.institutions of those that have signed",
               k.no_institutions);
}

const stl_rule STL_RULE_SPECIAL_DRUG = {
    .id = "V36",
    .name = {"谈判或特殊药品未备案或非签约机构", "special drug without approval or agreement"},
    .fix = {"请补办用药申请与备案，或由签约机构供药；否则改为自费",
            "have the approval made up for, or the drug supplied by an institution that has "
            "signed; else it is self-funded"},
    .basis = "V36 (002:61-79,227)",
    .reads = "rules/lists.csv V36.drugs, rules/lists.csv V36.kinds, rules/lists.csv "
             "V36.institutions, approvals.csv",
    .action = STL_HOLD,
    .scope = STL_SCOPE_ITEM,
    .run = run,
};
