/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/rules.h"

#include "rules/checks.h"
#include "rules/find.h"

const stl_rule *const STL_RULES[] = {
    &STL_RULE_CLASS,
    &STL_RULE_QUANTITY,
    &STL_RULE_FACTOR,
    &STL_RULE_PRICE_CAP,
    &STL_RULE_REDUCED_PRICE,
    &STL_RULE_SECOND_OPERATION,
    &STL_RULE_BED_DAYS,
    &STL_RULE_BED_STANDARD,
    &STL_RULE_DUPLICATE,
    &STL_RULE_REPEAT_CHARGE,
    &STL_RULE_NAME_FAR,
    &STL_RULE_RENAMED,
    &STL_RULE_REMAPPED,
    &STL_RULE_READMISSION,
    &STL_RULE_BED_ALONE,
    &STL_RULE_DRUG_ONLY,
    &STL_RULE_SEX,
    &STL_RULE_AGE,
    &STL_RULE_CREDENTIAL,
    &STL_RULE_TAKE_HOME,
    &STL_RULE_DRUG_QUANTITY,
    &STL_RULE_VISIT_MODE,
    &STL_RULE_INSTITUTION_GRADE,
    &STL_RULE_INSURANCE_TYPE,
    &STL_RULE_TCM_PIECES,
    &STL_RULE_COURSE,
    &STL_RULE_COURSE_INTERVAL,
    &STL_RULE_APPROVAL_FLAG,
    &STL_RULE_CONSENT,
    &STL_RULE_DATES,
    &STL_RULE_ORDER_DATES,
    &STL_RULE_PRESCRIPTIONS,
    &STL_RULE_SIMILAR_DRUGS,
    &STL_RULE_CYCLE,
    &STL_RULE_TWO_METHODS,
    &STL_RULE_SPECIAL_TEST,
    &STL_RULE_INDICATION,
    &STL_RULE_INSTITUTION,
    &STL_RULE_LICENCE,
    &STL_RULE_LATE_ENTRY,
    &STL_RULE_APPROVAL,
    &STL_RULE_INJURY,
    &STL_RULE_UPGRADE,
    &STL_RULE_SETTLED_TWICE,
    &STL_RULE_DOUBLE_INSURED,
    &STL_RULE_EXCLUDED,
    &STL_RULE_MANDATORY,
    &STL_RULE_MANDATORY_CHARGE,
    &STL_RULE_LINE_AMOUNT,
    &STL_RULE_CHRONIC,
    &STL_RULE_ORDERS,
    &STL_RULE_TESTS_ONLY,
    &STL_RULE_QUOTA,
    &STL_RULE_MARK_UP,
    &STL_RULE_RECOGNISED,
    &STL_RULE_REFERRAL,
    &STL_RULE_ENTITLEMENT,
    &STL_RULE_SPECIAL_DRUG,
    &STL_RULE_REFUND_BALANCE,
    &STL_RULE_REFUND_PRICE,
    &STL_RULE_UNMAPPED,
    &STL_RULE_MAPPING_UNFIT,
    &STL_RULE_MAPPING_UNSURE,
    &STL_RULE_PATHWAY_ENTRY,
    &STL_RULE_PATHWAY_REQUIRED,
    &STL_RULE_PATHWAY_OUTSIDE,
    &STL_RULE_PATHWAY_DRUGS,
    &STL_RULE_PATHWAY_STAY,
    &STL_RULE_PATHWAY_OPERATION,
    &STL_RULE_PATHWAY_COST,
    &STL_RULE_FRONT_PAGE,
    &STL_RULE_TEXT_HINT,
    NULL,
};

const stl_rule *const STL_PAYMENT_RULES[] = {
    &STL_RULE_GIVEN_AMOUNTS,
    &STL_RULE_PAYERS,
    &STL_RULE_ACCOUNT,
    NULL,
};

static const char *name_in(const stl_rule *const *rules, const char *rule_id, int32_t lang) {
    for (size_t i = 0; rules[i] != NULL; i++)
        if (strcmp(rules[i]->id, rule_id) == 0)
            return rules[i]->name[lang == SETTLE_LANG_EN];
    return NULL;
}

const char *stl_rules_name(const char *rule_id, int32_t lang) {
    const char *name = name_in(STL_RULES, rule_id, lang);
    return name != NULL ? name : name_in(STL_PAYMENT_RULES, rule_id, lang);
}

/* stl_verdict_gap() has no record to tell in that it found no memory. */
settle_status stl_rules_told(settle_status status, stl_error *err) {
    return status == SETTLE_E_NO_MEMORY ? FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL) : status;
}

settle_status stl_rules_gather(const stl_case *c, stl_rule_say *say, const void *user,
                               stl_verdict *out, stl_error *err) {
    size_t first = out->n_findings, first_gap = out->n_gaps;
    for (size_t i = 0; STL_RULES[i] != NULL; i++) {
        if (i > 0 && strcmp(STL_RULES[i]->id, STL_RULES[i - 1]->id) != 0) {
            first = out->n_findings;
            first_gap = out->n_gaps;
        }
        TRY(stl_rules_told(say(user, c, i, out, err), err));
        TRY(stl_rules_order(c, out, first, err));
        stl_rules_order_gaps(out, first_gap);
    }
    return SETTLE_OK;
}

static settle_status run_rule(const void *user, const stl_case *c, size_t rule, stl_verdict *out,
                              stl_error *err) {
    (void)user;
    return STL_RULES[rule]->run(c, out, err);
}

settle_status stl_rules_run(const stl_case *c, stl_verdict *out, stl_error *err) {
    return stl_rules_gather(c, run_rule, NULL, out, err);
}

settle_status stl_rules_run_paid(const stl_case *c, const stl_settlement *s, stl_verdict *out,
                                 stl_error *err) {
    for (size_t i = 0; STL_PAYMENT_RULES[i] != NULL; i++)
        TRY(stl_rules_told(STL_PAYMENT_RULES[i]->run_paid(c, s, out, err), err));
    return SETTLE_OK;
}
