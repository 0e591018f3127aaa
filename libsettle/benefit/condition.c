/* SPDX-License-Identifier: Apache-2.0 */
/* Does a condition of the policy hold for this stay? */
#include "benefit/parts.h"

bool stl_benefit_list_has(stl_str list, stl_str value) {
    size_t from = 0;
    for (size_t i = 0; i <= list.len; i++) {
        if (i < list.len && list.ptr[i] != ' ')
            continue;
        if (stl_str_eq((stl_str){list.ptr + from, i - from}, value))
            return true;
        from = i + 1;
    }
    return false;
}

static bool list_begins(stl_str list, stl_str value) {
    size_t from = 0;
    for (size_t i = 0; i <= list.len; i++) {
        if (i < list.len && list.ptr[i] != ' ')
            continue;
        if (i > from && stl_str_starts(value, (stl_str){list.ptr + from, i - from}))
            return true;
        from = i + 1;
    }
    return false;
}

static bool is_nobody(stl_str list) {
    return list.len == 1 && list.ptr[0] == '-';
}

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
    else if (!stl_benefit_list_has(list, value))
        t->fails = true;
}

static void place_part(tally *t, stl_str list, stl_str place, bool inside) {
    if (stl_str_empty(list))
        return;
    if (is_nobody(list))
        t->fails = t->fails || inside;
    else if (stl_str_empty(place))
        t->unknown = "mdtrtarea_admvs";
    else if (list_begins(list, place) != inside)
        t->fails = true;
}

static bool has_identity(const stl_benefit *b, stl_str list) {
    const stl_stay *stay = b->c->stay;
    const stl_identity *rows = STL_ROWS_OF(stay, STL_R_IDENTITY, stl_identity);
    for (size_t i = 0; i < stay->rows[STL_R_IDENTITY].count; i++) {
        const stl_identity *row = &rows[i];
        bool valid = (row->begntime == STL_NONE || row->begntime <= b->rule_day) &&
                     (row->endtime == STL_NONE || b->rule_day <= row->endtime);
        if (valid && stl_str_eq(row->psn_no, stay->head.psn_no) &&
            stl_benefit_list_has(list, row->psn_idet_type))
            return true;
    }
    return false;
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
    if (!t.fails && !stl_str_empty(when->identity) && !has_identity(b, when->identity))
        t.fails = true;
    *missing = t.unknown;
    return t.fails ? STL_HOLDS_NOT : t.unknown != NULL ? STL_HOLDS_UNKNOWN : STL_HOLDS;
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
            return stl_benefit_gap(b, "就诊字段 %s", "stay field %s", missing, 0);
        *out = i;
        return SETTLE_OK;
    }
    return SETTLE_OK;
}
