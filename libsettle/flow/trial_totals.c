/* SPDX-License-Identifier: Apache-2.0 */
#include "flow/trial_totals.h"

#include "flow/result.h"
#include "rules/support.h"

bool stl_trial_same(const stl_finding *a, const stl_finding *b) {
    return a->action == b->action && a->vola_amt == b->vola_amt;
}

static settle_status rule_of(stl_trial_totals *t, const stl_finding *f, stl_trial_rule **out,
                             stl_error *err) {
    for (size_t i = 0; i < t->n; i++) {
        *out = &t->rules[i];
        if (strcmp(t->rules[i].rule_id, f->rule_id) == 0)
            return SETTLE_OK;
    }
    void *items = t->rules;
    *out = stl_arena_push(t->arena, &items, &t->n, &t->cap, sizeof **out);
    TRY_ALLOC(err, *out);
    t->rules = items;
    **out = (stl_trial_rule){.rule_id = f->rule_id, .rule_name = f->rule_name};
    return SETTLE_OK;
}

settle_status stl_trial_count(stl_trial_totals *t, const stl_verdict *before,
                              const stl_verdict *after, stl_error *err) {
    stl_trial_rule *rule;
    for (size_t i = 0; i < before->n_findings; i++) {
        const stl_finding *f = &before->findings[i];
        const stl_finding *twin = stl_verdict_find(after, stl_str_of(f->finding_id));
        TRY(rule_of(t, f, &rule, err));
        rule->before = stl_rules_sum(rule->before, f->vola_amt);
        rule->vanish += twin == NULL;
        rule->change += twin != NULL && !stl_trial_same(f, twin);
    }
    for (size_t i = 0; i < after->n_findings; i++) {
        const stl_finding *f = &after->findings[i];
        TRY(rule_of(t, f, &rule, err));
        rule->after = stl_rules_sum(rule->after, f->vola_amt);
        rule->appear += stl_verdict_find(before, stl_str_of(f->finding_id)) == NULL;
    }
    return SETTLE_OK;
}

void stl_trial_put_rules(stl_json *j, const stl_trial_totals *t) {
    stl_json_key(j, "rules");
    stl_json_array(j);
    for (size_t i = 0; i < t->n; i++) {
        const stl_trial_rule *rule = &t->rules[i];
        if (rule->appear + rule->vanish + rule->change == 0)
            continue;
        stl_json_object(j);
        stl_json_put_text(j, "rule_id", rule->rule_id);
        stl_json_put_str(j, "rule_name", rule->rule_name);
        stl_json_put_int(j, "appear", rule->appear);
        stl_json_put_int(j, "vanish", rule->vanish);
        stl_json_put_int(j, "change", rule->change);
        stl_flow_put_money(j, "vola_amt_before", rule->before);
        stl_flow_put_money(j, "vola_amt_after", rule->after);
        stl_json_object_end(j);
    }
    stl_json_array_end(j);
}

#define AMOUNT(field)                                                                              \
    { #field, offsetof(stl_setlinfo, field) }
const stl_trial_amount STL_TRIAL_AMOUNTS[STL_N_TRIAL_AMOUNTS] = {
    AMOUNT(medfee_sumamt),   AMOUNT(fulamt_ownpay_amt),
    AMOUNT(overlmt_selfpay), AMOUNT(preselfpay_amt),
    AMOUNT(inscp_scp_amt),   AMOUNT(act_pay_dedc),
    AMOUNT(hifp_pay),        AMOUNT(cvlserv_pay),
    AMOUNT(hifes_pay),       AMOUNT(hifmi_pay),
    AMOUNT(hifob_pay),       AMOUNT(maf_pay),
    AMOUNT(oth_pay),         AMOUNT(fund_pay_sumamt),
    AMOUNT(psn_part_amt),    AMOUNT(acct_pay),
    AMOUNT(acct_mulaid_pay), AMOUNT(psn_cash_pay),
    AMOUNT(hosp_part_amt),   AMOUNT(balc),
};

/* Where both are the same, nothing. */
void stl_trial_put_amount(stl_json *j, const char *name, stl_money before, stl_money after) {
    if (before == after)
        return;
    stl_json_object(j);
    stl_json_put_text(j, "name", name);
    stl_flow_put_money(j, "before", before);
    stl_flow_put_money(j, "after", after);
    stl_json_object_end(j);
}
