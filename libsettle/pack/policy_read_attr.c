/* SPDX-License-Identifier: Apache-2.0 */
#include "base/words.h"
#include "pack/policy_parse.h"

#include <stdio.h>

settle_status stl_policy_fail(const stl_policy_reader *r, stl_str value, const char *detail,
                              stl_error *err) {
    char shown[96];
    snprintf(shown, sizeof shown, "%.*s", (int)(value.len < 90 ? value.len : 90),
             value.len == 0 ? "" : value.ptr);
    return FAIL(err, SETTLE_E_PACK_POLICY, .file = r->source->file, .line = r->line,
                .field = r->element, .value = shown[0] == 0 ? NULL : shown, .detail = detail);
}

static settle_status fail_attr(const stl_policy_reader *r, const char *name, stl_str value,
                               const char *reason, stl_error *err) {
    char detail[200];
    snprintf(detail, sizeof detail, "%s: %s", name, reason);
    return stl_policy_fail(r, value, detail, err);
}

static const stl_policy_param *param_of(const stl_policy_param *params, size_t n, stl_str name) {
    for (size_t i = 0; i < n; i++)
        if (stl_str_eq(params[i].name, name))
            return &params[i];
    return NULL;
}

static settle_status copy(stl_policy_reader *r, stl_str text, stl_str *out, stl_error *err) {
    *out = stl_arena_str(r->arena, text);
    TRY_ALLOC(err, out->ptr);
    return SETTLE_OK;
}

settle_status stl_policy_attr(stl_policy_reader *r, const stl_xml_element *e, const char *name,
                              stl_str *out, stl_error *err) {
    *out = STL_STR("");
    const stl_str *given = stl_xml_attribute_of(e, name);
    if (given == NULL)
        return SETTLE_OK;
    if (given->len < 3 || given->ptr[0] != '{')
        return copy(r, *given, out, err);
    stl_str ref = {given->ptr + 1, given->len - 2};
    const stl_policy_param *param = param_of(r->params.items, r->params.count, ref);
    if (param == NULL)
        return fail_attr(r, name, *given, "no such param is declared", err);
    *out = param->value;
    return SETTLE_OK;
}

settle_status stl_policy_attr_number(stl_policy_reader *r, const stl_xml_element *e,
                                     const char *name, int scale, int64_t min, int64_t max,
                                     int64_t *out, stl_error *err) {
    stl_str text;
    TRY(stl_policy_attr(r, e, name, &text, err));
    *out = STL_NONE;
    if (stl_str_empty(text))
        return SETTLE_OK;
    int64_t value;
    if (stl_decimal_parse(text, scale, &value) != SETTLE_OK)
        return fail_attr(r, name, text, "not a number of that many decimals", err);
    if (value < min || value > max)
        return fail_attr(r, name, text, "the number is out of its range", err);
    *out = value;
    return SETTLE_OK;
}

settle_status stl_policy_attr_word(stl_policy_reader *r, const stl_xml_element *e, const char *name,
                                   const char *const *words, int absent, int *out, stl_error *err) {
    stl_str text;
    TRY(stl_policy_attr(r, e, name, &text, err));
    *out = absent;
    if (stl_str_empty(text))
        return SETTLE_OK;
    for (int i = 0; words[i] != NULL; i++) {
        if (stl_str_is(text, words[i])) {
            *out = i;
            return SETTLE_OK;
        }
    }
    return fail_attr(r, name, text, "not one of its words", err);
}

settle_status stl_policy_attr_switch(stl_policy_reader *r, const stl_xml_element *e,
                                     const char *name, bool absent, bool *out, stl_error *err) {
    static const char *const WORDS[] = {"no", "yes", NULL};
    int word;
    TRY(stl_policy_attr_word(r, e, name, WORDS, absent ? 1 : 0, &word, err));
    *out = word == 1;
    return SETTLE_OK;
}

/* Values as the schema has them, also where a param brought them. */
static bool is_code_list(stl_str text) {
    char before = ' ';
    for (size_t i = 0; i < text.len; i++) {
        char ch = text.ptr[i];
        bool word = (ch >= '0' && ch <= '9') || (ch >= 'A' && ch <= 'Z') ||
                    (ch >= 'a' && ch <= 'z') || ch == '-';
        if (!word && (ch != ' ' || before == ' '))
            return false;
        before = ch;
    }
    return before != ' ';
}

settle_status stl_policy_attr_codes(stl_policy_reader *r, const stl_xml_element *e,
                                    const char *name, stl_str *out, stl_error *err) {
    TRY(stl_policy_attr(r, e, name, out, err));
    if (!stl_str_empty(*out) && !is_code_list(*out))
        return fail_attr(r, name, *out, "codes separated by single blanks are expected", err);
    return SETTLE_OK;
}

/* Does the dictionary hold the code? A pack without that dictionary, as one that is to be included,
 * cannot say. */
static bool is_known(const stl_policy_reader *r, const char *dictionary, stl_str code) {
    char word[128];
    bool any = false;
    size_t len = (size_t)snprintf(word, sizeof word, "%s=", dictionary);
    stl_str rest = r->source->codes, one;
    while (stl_words_next(&rest, &one)) {
        bool here = one.len > len && memcmp(one.ptr, word, len) == 0;
        any = any || here;
        if (here && stl_str_eq((stl_str){one.ptr + len, one.len - len}, code))
            return true;
    }
    return !any || stl_str_is(code, "-");
}

settle_status stl_policy_attr_known(stl_policy_reader *r, const stl_xml_element *e,
                                    const char *name, const char *dictionary, stl_str *out,
                                    stl_error *err) {
    TRY(stl_policy_attr_codes(r, e, name, out, err));
    stl_str rest = *out, code;
    while (stl_words_next(&rest, &code))
        if (!is_known(r, dictionary, code))
            return fail_attr(r, name, code,
                             "not in dictionaries/codes.csv of the pack: nobody has it", err);
    return SETTLE_OK;
}

static settle_status attr_day(stl_policy_reader *r, const stl_xml_element *e, const char *name,
                              stl_str *out, stl_error *err) {
    stl_day day;
    TRY(stl_policy_attr(r, e, name, out, err));
    if (!stl_str_empty(*out) && stl_day_parse(*out, &day) != SETTLE_OK)
        return fail_attr(r, name, *out, "no such day", err);
    return SETTLE_OK;
}

static settle_status attr_age(stl_policy_reader *r, const stl_xml_element *e, const char *name,
                              int64_t *out, stl_error *err) {
    TRY(stl_policy_attr_number(r, e, name, 0, 1, 999, out, err));
    if (*out == STL_NONE)
        *out = 0;
    return SETTLE_OK;
}

settle_status stl_policy_condition(stl_policy_reader *r, const stl_xml_element *e,
                                   stl_condition *out, stl_error *err) {
    *out = (stl_condition){.insutype = STL_STR("")};
    const struct {
        const char *name, *dictionary;
        stl_str *at;
    } parts[] = {
        {"insutype", "insutype", &out->insutype},
        {"psn_type", "psn_type", &out->psn_type},
        {"med_type", "med_type", &out->med_type},
        {"medins_lv", "medins_lv", &out->medins_lv},
        {"hosp_lv", "hosp_lv", &out->hosp_lv},
        {"refl_flag", "refl_flag", &out->refl_flag},
        {"psn_idet_type", "psn_idet_type", &out->identity},
        {"psn_idet_all", "psn_idet_type", &out->identities},
        {"fixmedins_code", "", &out->fixmedins_code},
        {"mdtrtarea_admvs", "", &out->mdtrtarea},
        {"outside", "", &out->outside},
    };
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        TRY(stl_policy_attr_known(r, e, parts[i].name, parts[i].dictionary, parts[i].at, err));
    TRY(stl_policy_attr(r, e, "diagnosis", &out->diagnosis, err));
    TRY(stl_policy_attr(r, e, "filed", &out->filed, err));
    TRY(stl_policy_attr_number(r, e, "filed-months", 0, 1, 99, &out->filed_months, err));
    if (stl_str_empty(out->filed) && out->filed_months != STL_NONE)
        return fail_attr(r, "filed-months", out->filed, "filed-months belongs to filed", err);
    TRY(attr_day(r, e, "from", &out->from, err));
    TRY(attr_day(r, e, "until", &out->until, err));
    TRY(stl_policy_attr(r, e, "count-of", &out->count_of, err));
    TRY(stl_policy_attr_number(r, e, "count-from", 0, 1, 99, &out->count_from, err));
    if (stl_str_empty(out->count_of) != (out->count_from == STL_NONE))
        return fail_attr(r, "count-of", out->count_of, "count-of and count-from go together", err);
    TRY(attr_age(r, e, "age-from", &out->age_from, err));
    return attr_age(r, e, "age-below", &out->age_below, err);
}

bool stl_policy_unconditional(const stl_condition *when) {
    return when->insutype.len + when->psn_type.len + when->med_type.len + when->medins_lv.len +
                   when->hosp_lv.len + when->fixmedins_code.len + when->refl_flag.len +
                   when->mdtrtarea.len + when->outside.len + when->identity.len +
                   when->identities.len + when->diagnosis.len + when->filed.len + when->from.len +
                   when->until.len ==
               0 &&
           when->count_of.len == 0 && when->age_from == 0 && when->age_below == 0;
}

settle_status stl_policy_reachable(const stl_policy_reader *r, const stl_policy_list *list,
                                   size_t size, stl_error *err) {
    const char *rows = list->items;
    if (list->count > 0 &&
        stl_policy_unconditional((const void *)(rows + (list->count - 1) * size)))
        return stl_policy_fail(r, STL_STR(""), "the row before it fits everybody", err);
    return SETTLE_OK;
}

bool stl_policy_payer(const stl_policy_reader *r, stl_str id, size_t *out) {
    const stl_payer *payers = r->payers.items;
    *out = STL_PAYER_HOSPITAL;
    if (stl_str_is(id, "hospital"))
        return true;
    for (size_t i = 0; i < r->payers.count; i++) {
        *out = i + 1;
        if (stl_str_eq(payers[i].id, id))
            return true;
    }
    return false;
}

static settle_status check_limits(stl_policy_reader *r, const stl_xml_element *e, stl_str value,
                                  stl_error *err) {
    int64_t min, max, number;
    TRY(stl_policy_attr_number(r, e, "min", 4, -STL_DECIMAL_MAX, STL_DECIMAL_MAX, &min, err));
    TRY(stl_policy_attr_number(r, e, "max", 4, -STL_DECIMAL_MAX, STL_DECIMAL_MAX, &max, err));
    if (min == STL_NONE && max == STL_NONE)
        return SETTLE_OK;
    if (stl_decimal_parse(value, 4, &number) != SETTLE_OK)
        return fail_attr(r, "value", value, "a number is expected: the param has limits", err);
    if ((min != STL_NONE && number < min) || (max != STL_NONE && number > max))
        return fail_attr(r, "value", value, "outside min and max of the param", err);
    return SETTLE_OK;
}

settle_status stl_policy_param_read(stl_policy_reader *r, const stl_xml_element *e,
                                    stl_error *err) {
    const stl_str *name = stl_xml_attribute_of(e, "name"),
                  *value = stl_xml_attribute_of(e, "value");
    if (name == NULL || value == NULL)
        return stl_policy_fail(r, STL_STR(""), "name and value are needed", err);
    if (param_of(r->params.items, r->params.count, *name) != NULL)
        return stl_policy_fail(r, *name, "the param is declared twice", err);
    const stl_policy_param *set = param_of(r->source->params, r->source->n_params, *name);
    stl_policy_param read;
    TRY(copy(r, *name, &read.name, err));
    TRY(copy(r, set != NULL ? set->value : *value, &read.value, err));
    TRY(check_limits(r, e, read.value, err));
    stl_policy_param *kept =
        stl_arena_push(r->arena, &r->params.items, &r->params.count, &r->params.cap, sizeof *kept);
    TRY_ALLOC(err, kept);
    *kept = read;
    return SETTLE_OK;
}

settle_status stl_policy_params_known(const stl_policy_reader *r, stl_error *err) {
    for (size_t i = 0; i < r->source->n_params; i++) {
        stl_str name = r->source->params[i].name;
        if (param_of(r->params.items, r->params.count, name) == NULL)
            return stl_policy_fail(
                r, name, "the including pack sets a param that the policy does not have", err);
    }
    return SETTLE_OK;
}

settle_status stl_policy_push(stl_policy_reader *r, stl_policy_list *list, size_t size, void *out,
                              stl_error *err) {
    void *item = stl_arena_push(r->arena, &list->items, &list->count, &list->cap, size);
    TRY_ALLOC(err, item);
    memcpy(out, &item, sizeof item);
    return SETTLE_OK;
}

settle_status stl_policy_ratio(stl_policy_reader *r, const stl_xml_element *e, const char *name,
                               stl_ratio *out, stl_error *err) {
    return stl_policy_attr_number(r, e, name, STL_SCALE_RATIO, 0, STL_RATIO_ONE, out, err);
}

settle_status stl_policy_money(stl_policy_reader *r, const stl_xml_element *e, const char *name,
                               stl_money *out, stl_error *err) {
    return stl_policy_attr_number(r, e, name, STL_SCALE_MONEY, 0, STL_DECIMAL_MAX, out, err);
}
