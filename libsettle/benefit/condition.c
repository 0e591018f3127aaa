/* SPDX-License-Identifier: Apache-2.0 */
/* Does a condition of the policy hold for this stay? */
#include "base/words.h"
#include "benefit/parts.h"

static bool is_nobody(stl_str list) {
    return list.len == 1 && list.ptr[0] == '-';
}

static const char APPROVALS[] = "approvals";

/* Collects the verdict over the parts: one that fails decides, whatever else is unknown. */
typedef struct tally {
    bool fails;
    const char *unknown;
} tally;

static void part(tally *t, stl_str list, stl_str value, const char *field) {
    if (stl_str_empty(list))
        return;
    if (is_nobody(list))
        t->fails = true;
    else if (stl_str_empty(value))
        t->unknown = field;
    else if (!stl_words_have(list, value))
        t->fails = true;
}

static void place_part(tally *t, stl_str list, stl_str place, bool inside) {
    if (stl_str_empty(list))
        return;
    if (is_nobody(list))
        t->fails = t->fails || inside;
    else if (stl_str_empty(place))
        t->unknown = "mdtrtarea_admvs";
    else if (stl_words_begin(list, place) != inside)
        t->fails = true;
}

static bool holds_identity(const stl_benefit *b, stl_str list) {
    for (size_t i = 0; i < b->n_identities; i++)
        if (stl_words_have(list, b->identities[i]))
            return true;
    return false;
}

static bool holds_all_identities(const stl_benefit *b, stl_str list) {
    stl_str one;
    while (stl_words_next(&list, &one))
        if (!holds_identity(b, one))
            return false;
    return true;
}

static void person_part(tally *t, const stl_benefit *b, const stl_condition *when) {
    t->fails = t->fails || (!stl_str_empty(when->identity) && !holds_identity(b, when->identity)) ||
               (!stl_str_empty(when->identities) && !holds_all_identities(b, when->identities));
    if (when->age_from == 0 && when->age_below == 0)
        return;
    stl_day birth = b->c->stay->head.brdy;
    if (birth == STL_NONE || birth > b->rule_day) {
        t->unknown = "brdy";
        return;
    }
    int64_t age = stl_age_years(birth, b->rule_day);
    t->fails = t->fails || age < when->age_from || (when->age_below > 0 && age >= when->age_below);
}

static void diagnosis_part(tally *t, const stl_benefit *b, stl_str patterns) {
    if (stl_str_empty(patterns))
        return;
    stl_str code = stl_stay_principal(b->c->stay);
    bool nobody = is_nobody(patterns);
    if (stl_str_empty(code) && !nobody)
        t->unknown = "dscg_maindiag_code";
    else if (nobody || !stl_words_fit(patterns, code))
        t->fails = true;
}

static int compare_text(stl_str a, stl_str b) {
    return memcmp(a.ptr, b.ptr, a.len < b.len ? a.len : b.len);
}

static void day_part(tally *t, const stl_benefit *b, const stl_condition *when) {
    t->fails = t->fails ||
               (!stl_str_empty(when->from) && compare_text(b->rule_text, when->from) < 0) ||
               (!stl_str_empty(when->until) && compare_text(when->until, b->rule_text) < 0);
}

/* In force on the rule date, for the principal diagnosis and the institution of the stay. */
static bool in_force(const stl_benefit *b, const stl_approval *a, int64_t months) {
    stl_str hospital = b->c->stay->head.fixmedins_code;
    bool here = stl_str_empty(a->fixmedins_code) || stl_str_eq(a->fixmedins_code, hospital);
    bool of_it = stl_str_empty(a->code) || stl_words_fit(a->code, stl_stay_principal(b->c->stay));
    bool holds = (a->begndate == STL_NONE || a->begndate <= b->rule_day) &&
                 (a->enddate == STL_NONE || b->rule_day <= a->enddate);
    if (!here || !of_it || !holds || months == STL_NONE)
        return here && of_it && holds;
    return a->time != STL_NONE && stl_instant_day(a->time) <= b->rule_day &&
           b->rule_day <= stl_benefit_months_after(stl_instant_day(a->time), months);
}

static void filed_part(tally *t, const stl_benefit *b, const stl_condition *when) {
    const stl_stay *stay = b->c->stay;
    const stl_approval *rows = STL_ROWS_OF(stay, STL_R_APPROVAL, stl_approval);
    if (stl_str_empty(when->filed))
        return;
    if (!stay->given[STL_R_APPROVAL] && !is_nobody(when->filed)) {
        t->unknown = APPROVALS;
        return;
    }
    for (size_t i = 0; i < stay->rows[STL_R_APPROVAL].count; i++)
        if (stl_words_have(when->filed, rows[i].kind) && in_force(b, &rows[i], when->filed_months))
            return;
    t->fails = true;
}

static void count_part(tally *t, const stl_benefit *b, const stl_condition *when) {
    if (stl_str_empty(when->count_of))
        return;
    stl_money count = stl_benefit_value(b, when->count_of);
    if (count == STL_NONE)
        t->unknown = when->count_of.ptr;
    else if (count < when->count_from * 100)
        t->fails = true;
}

stl_holds stl_benefit_holds(const stl_benefit *b, const stl_condition *when, const char **missing) {
    const stl_admission *head = &b->c->stay->head;
    stl_str referred = stl_str_empty(head->refl_flag) ? STL_STR("0") : head->refl_flag;
    stl_str place =
        stl_str_empty(b->c->mdtrtarea_admvs) ? head->insuplc_admdvs : b->c->mdtrtarea_admvs;
    tally t = {.unknown = NULL};
    part(&t, when->insutype, head->insutype, "insutype");
    part(&t, when->psn_type, head->psn_type, "psn_type");
    part(&t, when->med_type, head->med_type, "med_type");
    part(&t, when->medins_lv, b->c->medins_lv, "medins_lv");
    part(&t, when->hosp_lv, b->c->hosp_lv, "hosp_lv");
    part(&t, when->fixmedins_code, head->fixmedins_code, "fixmedins_code");
    part(&t, when->refl_flag, referred, "refl_flag");
    place_part(&t, when->mdtrtarea, place, true);
    place_part(&t, when->outside, place, false);
    person_part(&t, b, when);
    diagnosis_part(&t, b, when->diagnosis);
    filed_part(&t, b, when);
    day_part(&t, b, when);
    count_part(&t, b, when);
    *missing = t.unknown;
    return t.fails ? STL_HOLDS_NOT : t.unknown != NULL ? STL_HOLDS_UNKNOWN : STL_HOLDS;
}

settle_status stl_benefit_lacks(stl_benefit *b, const stl_condition *when, const char *missing) {
    stl_money ignored;
    if (missing == when->count_of.ptr)
        return stl_benefit_accumulator(b, when->count_of, true, &ignored);
    if (missing == APPROVALS)
        return stl_benefit_gap(b, "备案或证明记录（%s.csv）", "records of filings (%s.csv)",
                               missing, 0);
    return stl_benefit_gap(b, "就诊字段 %s", "stay field %s", missing, 0);
}

settle_status stl_benefit_asked(stl_benefit *b, const stl_condition *when, bool *out) {
    const char *missing;
    stl_holds holds = stl_benefit_holds(b, when, &missing);
    *out = holds == STL_HOLDS;
    return holds == STL_HOLDS_UNKNOWN ? stl_benefit_lacks(b, when, missing) : SETTLE_OK;
}

settle_status stl_benefit_share_due(stl_benefit *b, const stl_share_row *share,
                                    bool served[static STL_PAYERS_MAX], bool *out) {
    *out = false;
    if (served[share->payer])
        return SETTLE_OK;
    TRY(stl_benefit_asked(b, &share->when, out));
    served[share->payer] = *out;
    return SETTLE_OK;
}

settle_status stl_benefit_first(stl_benefit *b, const void *rows, size_t stride, size_t n,
                                size_t *out) {
    *out = n;
    for (size_t i = 0; i < n; i++) {
        const void *row = (const char *)rows + i * stride;
        const char *missing;
        stl_holds holds = stl_benefit_holds(b, row, &missing);
        if (holds == STL_HOLDS_NOT)
            continue;
        if (holds == STL_HOLDS_UNKNOWN)
            return stl_benefit_lacks(b, row, missing);
        *out = i;
        return SETTLE_OK;
    }
    return SETTLE_OK;
}
