/* SPDX-License-Identifier: Apache-2.0 */
/* What stands above the layers: year, dates, rounding, payers, line stage, account. */
#include "pack/policy_elements.h"

settle_status stl_policy_read_policy(stl_policy_reader *r, const stl_xml_element *e,
                                     stl_error *err) {
    stl_str id, joined = r->policy->id;
    TRY(stl_policy_attr(r, e, "id", &id, err));
    if (stl_str_empty(joined)) {
        r->policy->id = id;
        return SETTLE_OK;
    }
    char *both = stl_arena_alloc(r->arena, joined.len + 1 + id.len);
    TRY_ALLOC(err, both);
    memcpy(both, joined.ptr, joined.len);
    both[joined.len] = '+';
    memcpy(both + joined.len + 1, id.ptr, id.len);
    r->policy->id = (stl_str){both, joined.len + 1 + id.len};
    return SETTLE_OK;
}

settle_status stl_policy_read_year(stl_policy_reader *r, const stl_xml_element *e, stl_error *err) {
    stl_str begins;
    TRY(stl_policy_attr(r, e, "begins", &begins, err));
    char full[] = "2001-01-01";
    stl_day day;
    if (begins.len != 5)
        return stl_policy_fail(r, begins, "begins: month-day is expected", err);
    memcpy(full + 5, begins.ptr, begins.len);
    if (stl_day_parse(stl_str_of(full), &day) != SETTLE_OK)
        return stl_policy_fail(r, begins, "begins: no such day in every year", err);
    if (r->year_seen)
        return SETTLE_OK;
    r->year_seen = true;
    stl_civil civil = stl_civil_of(day * STL_DAY_SECONDS);
    r->policy->year_month = civil.month;
    r->policy->year_day = civil.day;
    return stl_policy_attr(r, e, "basis", &r->policy->year_basis, err);
}

settle_status stl_policy_read_rule_date(stl_policy_reader *r, const stl_xml_element *e,
                                        stl_error *err) {
    static const char *const WORDS[] = {"discharge", "admission", "settlement", NULL};
    int word;
    TRY(stl_policy_attr_word(r, e, "is", WORDS, 0, &word, err));
    if (!r->date_seen)
        r->policy->rule_date = (stl_rule_date)word;
    r->date_seen = true;
    return SETTLE_OK;
}

settle_status stl_policy_read_rounding(stl_policy_reader *r, const stl_xml_element *e,
                                       stl_error *err) {
    static const char *const WORDS[] = {"half-up", "half-even", "half-down", "up", "down", NULL};
    static const char *const REMAINDER[] = {"patient", "payer", NULL};
    int word, remainder;
    stl_money tolerance;
    TRY(stl_policy_attr_word(r, e, "mode", WORDS, 0, &word, err));
    TRY(stl_policy_attr_word(r, e, "remainder", REMAINDER, 0, &remainder, err));
    TRY(stl_policy_money(r, e, "line-tolerance", &tolerance, err));
    if (r->rounding_seen)
        return SETTLE_OK;
    r->rounding_seen = true;
    r->policy->rounding = (stl_rounding)word;
    r->policy->payer_takes_rest = remainder == 1;
    if (tolerance != STL_NONE)
        r->policy->line_tolerance = tolerance;
    return stl_policy_attr(r, e, "basis", &r->policy->rounding_basis, err);
}

/* Of several sources the first that has the element decides, as for the others above. */
settle_status stl_policy_read_precedence(stl_policy_reader *r, const stl_xml_element *e,
                                         stl_error *err) {
    stl_str list;
    TRY(stl_policy_attr_known(r, e, "psn_idet_type", "psn_idet_type", &list, err));
    if (stl_str_empty(r->policy->precedence))
        r->policy->precedence = list;
    return SETTLE_OK;
}

settle_status stl_policy_read_payer(stl_policy_reader *r, const stl_xml_element *e,
                                    stl_error *err) {
    stl_payer payer;
    TRY(stl_policy_attr(r, e, "id", &payer.id, err));
    TRY(stl_policy_attr(r, e, "name", &payer.name, err));
    TRY(stl_policy_attr(r, e, "fund_pay_type", &payer.fund_pay_type, err));
    TRY(stl_policy_attr(r, e, "pays-into", &payer.setl_field, err));
    TRY(stl_policy_attr(r, e, "basis", &payer.basis, err));
    size_t known;
    if (stl_policy_payer(r, payer.id, &known))
        return stl_policy_fail(r, payer.id, "two payers of one id, or that of the hospital", err);
    if (r->payers.count + 1 >= STL_PAYERS_MAX)
        return stl_policy_fail(r, payer.id, "more payers than a policy may have", err);
    stl_payer *kept;
    TRY(stl_policy_push(r, &r->payers, sizeof *kept, &kept, err));
    *kept = payer;
    return SETTLE_OK;
}

settle_status stl_policy_read_account(stl_policy_reader *r, const stl_xml_element *e,
                                      stl_error *err) {
    static const char *const WORDS[] = {"nothing", "in-scope-share", "personal-share", NULL};
    static const char *const WHEN[] = {"last", "first", NULL};
    static const char *const AID[] = {"no", "yes", NULL};
    int word, when, aid;
    TRY(stl_policy_attr_word(r, e, "pays", WORDS, 0, &word, err));
    TRY(stl_policy_attr_word(r, e, "when", WHEN, 0, &when, err));
    TRY(stl_policy_attr_word(r, e, "mutual-aid", AID, 0, &aid, err));
    if (aid == 1 && word == STL_ACCOUNT_NONE)
        return stl_policy_fail(r, STL_STR("mutual-aid"),
                               "accounts of the family pay what the own account may pay: nothing",
                               err);
    if (when == 1 && word == STL_ACCOUNT_ALL)
        return stl_policy_fail(r, STL_STR("first"),
                               "an account that pays first pays what is in scope", err);
    if (r->account_seen)
        return SETTLE_OK;
    r->account_seen = true;
    r->policy->account = (stl_account_use)word;
    r->policy->account_first = when == 1;
    r->policy->mutual_aid = aid == 1;
    return stl_policy_attr(r, e, "basis", &r->policy->account_basis, err);
}

settle_status stl_policy_read_method(stl_policy_reader *r, const stl_xml_element *e,
                                     stl_error *err) {
    static const char *const KINDS[] = {"quota", "bed-day", "visit", "head", "points", NULL};
    static const char *const ON[] = {"cost", "standard", NULL};
    stl_method method;
    int word;
    TRY(stl_policy_condition(r, e, &method.when, err));
    TRY(stl_policy_attr(r, e, "id", &method.id, err));
    TRY(stl_policy_attr(r, e, "name", &method.name, err));
    TRY(stl_policy_attr_word(r, e, "kind", KINDS, 0, &word, err));
    method.kind = (stl_method_kind)word;
    TRY(stl_policy_attr_word(r, e, "patient-on", ON, 0, &word, err));
    method.patient_on_standard = word == 1;
    TRY(stl_policy_money(r, e, "point-value", &method.point_value, err));
    TRY(stl_policy_attr(r, e, "basis", &method.basis, err));
    if ((method.kind == STL_METHOD_POINTS) != (method.point_value != STL_NONE))
        return stl_policy_fail(r, method.id, "point-value belongs to points, which need it", err);
    const stl_method *methods = r->methods.items;
    for (size_t i = 0; i < r->methods.count; i++)
        if (stl_str_eq(methods[i].id, method.id))
            return stl_policy_fail(r, method.id, "two methods of one id", err);
    stl_method *kept;
    TRY(stl_policy_push(r, &r->methods, sizeof *kept, &kept, err));
    *kept = method;
    return SETTLE_OK;
}

settle_status stl_policy_read_later(stl_policy_reader *r, const stl_xml_element *e,
                                    stl_error *err) {
    static const char *const OF[] = {"standard", "in-scope", NULL};
    stl_later_row row;
    int word;
    TRY(stl_policy_condition(r, e, &row.when, err));
    TRY(stl_policy_attr_word(r, e, "of", OF, 0, &word, err));
    row.of_standard = word == 0;
    TRY(stl_policy_ratio(r, e, "ratio", &row.ratio, err));
    TRY(stl_policy_attr(r, e, "basis", &row.basis, err));
    if (r->laters.count > r->laters_before) /* those of another policy may stand before */
        TRY(stl_policy_reachable(r, &r->laters, sizeof row, err));
    stl_later_row *kept;
    TRY(stl_policy_push(r, &r->laters, sizeof *kept, &kept, err));
    *kept = row;
    return SETTLE_OK;
}

settle_status stl_policy_read_withhold(stl_policy_reader *r, const stl_xml_element *e,
                                       stl_error *err) {
    static const char *const OF[] = {"fund", "over-standard", NULL};
    stl_withhold_row row;
    int word;
    TRY(stl_policy_condition(r, e, &row.when, err));
    TRY(stl_policy_attr_word(r, e, "of", OF, 0, &word, err));
    row.over_standard = word == 1;
    TRY(stl_policy_ratio(r, e, "ratio", &row.ratio, err));
    TRY(stl_policy_attr(r, e, "basis", &row.basis, err));
    stl_withhold_row *kept;
    TRY(stl_policy_push(r, &r->withholds, sizeof *kept, &kept, err));
    *kept = row;
    return SETTLE_OK;
}
