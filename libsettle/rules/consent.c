/* SPDX-License-Identifier: Apache-2.0 */
/* V13: a line that the patient bears altogether, with a signed consent (consents.csv) for the line
 * or for its hospital or catalogue code. */
#include "rules/checks.h"
#include "rules/funded.h"

#include "model/keys.h"

static settle_status read_consents(const stl_case *c, stl_keys *serials, stl_keys *codes,
                                   stl_error *err) {
    const stl_rows *rows = &c->stay->rows[STL_R_CONSENT];
    const stl_consent *consents = rows->items;
    for (size_t i = 0; i < rows->count; i++) {
        const stl_consent *one = &consents[i];
        if (stl_str_empty(one->signed_by))
            continue;
        bool for_line = !stl_str_empty(one->feedetl_sn);
        stl_str key = for_line ? one->feedetl_sn : one->code;
        if (!stl_str_empty(key) && stl_keys_number(for_line ? serials : codes, key) == STL_NO_KEY)
            return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    }
    return SETTLE_OK;
}

static bool consented(const stl_case *c, uint32_t line, const stl_keys *serials,
                      const stl_keys *codes) {
    const stl_charge *charge = stl_case_charge(c, line);
    return stl_keys_find(serials, charge->feedetl_sn) != STL_NO_KEY ||
           stl_keys_find(codes, charge->medins_list_codg) != STL_NO_KEY ||
           stl_keys_find(codes, c->lines[line].med_list_codg) != STL_NO_KEY;
}

static settle_status report(const stl_rule *rule, const stl_case *c, stl_lines lines,
                            stl_verdict *out, stl_error *err) {
    stl_found found = {.lines = lines.at,
                       .n_lines = lines.count,
                       .vola_amt = stl_lines_worth(c, lines.at, lines.count)};
    const char *extent = stl_rules_extent(c, lines.count, found.vola_amt);
    TRY_ALLOC(err, extent);
    return stl_rule_find(rule, c, out, found, err, "%.*s（%.*s）由个人自费，没有自费知情同意签字%s",
                         "%.*s (%.*s) is self-funded without a signed consent%s",
                         STL_ARG(stl_case_charge(c, lines.at[0])->medins_list_name),
                         STL_ARG(c->lines[lines.at[0]].med_list_codg), extent);
}

static settle_status run(const stl_case *c, stl_verdict *out, stl_error *err) {
    stl_keys serials = {.arena = c->arena}, codes = {.arena = c->arena};
    stl_lines lines = {0};
    TRY(read_consents(c, &serials, &codes, err));
    for (uint32_t line = 0; line < c->n_lines; line++) {
        if (stl_line_live(&c->lines[line]) && stl_line_self_funded(c, line) &&
            !consented(c, line, &serials, &codes))
            TRY(stl_lines_add(c->arena, &lines, line, err));
    }
    if (lines.count > 0 && !c->stay->given[STL_R_CONSENT])
        return stl_verdict_gap(
            out, STL_RULE_CONSENT.id,
            stl_rules_pick(c, "自费知情同意记录", "records of consent to self-funded items"),
            lines.count);
    return stl_rules_each_item(&STL_RULE_CONSENT, c, lines, report, out, err);
}

const stl_rule STL_RULE_CONSENT = {
    .id = "V13",
    .name = {"自费项目无知情同意签字", "self-funded without a consent"},
    .fix = {"请患者或家属签署自费知情同意书并登记；确未同意的不得向患者收费",
            "have the patient or the family sign and record the consent; without it the patient "
            "must not be charged"},
    .basis = "V13 (002:257,271)",
    .reads = "catalogue.csv, rules/exclusions.csv, consents.csv",
    .action = STL_HOLD,
    .scope = STL_SCOPE_ITEM,
    .run = run,
};
