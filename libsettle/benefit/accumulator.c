/* SPDX-License-Identifier: Apache-2.0 */
/* Year-to-date values of the person, before and after this stay. */
#include "benefit/parts.h"

#include "base/labels.h"

#include <stdio.h>

settle_status stl_benefit_gap(stl_benefit *b, const char *zh, const char *en, const char *what,
                              size_t lines) {
    char text[200];
    b->missing = true;
    const char *fmt = b->c->lang == SETTLE_LANG_EN ? en : zh;
    snprintf(text, sizeof text, fmt, what);
    return stl_verdict_gap(b->verdict, "ACC", text, lines);
}

/* Value before this stay; STL_NONE: none, negative, or two different ones. */
static stl_money find(const stl_benefit *b, stl_str kind, bool *twice) {
    const stl_stay *stay = b->c->stay;
    const stl_accumulator *rows = STL_ROWS_OF(stay, STL_R_ACCUMULATOR, stl_accumulator);
    stl_money value = STL_NONE;
    *twice = false;
    for (size_t i = 0; i < stay->rows[STL_R_ACCUMULATOR].count; i++) {
        const stl_accumulator *row = &rows[i];
        if (!stl_str_eq(row->kind, kind) || !stl_str_eq(row->psn_no, stay->head.psn_no) ||
            !stl_str_eq(row->insutype, stay->head.insutype) || !stl_str_eq(row->year, b->year))
            continue;
        *twice = *twice || (value != STL_NONE && value != row->value);
        value = row->value;
    }
    return value;
}

stl_money stl_benefit_value(const stl_benefit *b, stl_str kind) {
    bool twice;
    stl_money value = find(b, kind, &twice);
    return twice || value < 0 ? STL_NONE : value;
}

settle_status stl_benefit_accumulator(stl_benefit *b, stl_str kind, bool needed, stl_money *out) {
    bool twice;
    stl_money value = find(b, kind, &twice);
    *out = twice || value < 0 ? STL_NONE : value;
    if (!needed || *out != STL_NONE)
        return SETTLE_OK;
    char what[160];
    const char *label = b->c->lang == SETTLE_LANG_EN ? "" : stl_field_label(kind);
    snprintf(what, sizeof what, label[0] == '\0' ? "%.*s %s%.*s" : "%.*s %s（%.*s）",
             (int)b->year.len, b->year.ptr, label, (int)kind.len, kind.ptr);
    if (twice)
        return stl_benefit_gap(b, "年度累计 %s（有两个不同的值）", "accumulator %s (given twice)",
                               what, 0);
    if (value != STL_NONE)
        return stl_benefit_gap(b, "年度累计 %s（为负）", "accumulator %s (negative)", what, 0);
    return stl_benefit_gap(b, "年度累计 %s", "accumulator %s", what, 0);
}

settle_status stl_benefit_accumulate(stl_benefit *b, stl_str kind, stl_money before, stl_money more,
                                     stl_error *err) {
    stl_settlement *out = b->out;
    if (stl_str_empty(kind) || before == STL_NONE)
        return SETTLE_OK;
    stl_acc_change *change = NULL;
    for (size_t i = 0; i < out->n_accs && change == NULL; i++)
        if (stl_str_eq(out->accs[i].kind, kind) && stl_str_eq(out->accs[i].year, b->year))
            change = &out->accs[i];
    if (change == NULL) {
        void *items = out->accs;
        change = stl_arena_push(b->c->arena, &items, &out->n_accs, &out->cap_accs, sizeof *change);
        TRY_ALLOC(err, change);
        out->accs = items;
        *change = (stl_acc_change){b->year, kind, before, before};
    }
    if (stl_decimal_add(change->value, more, &change->value) != SETTLE_OK)
        return FAIL(err, SETTLE_E_OVERFLOW, .field = "accumulators", .value = kind.ptr);
    return SETTLE_OK;
}
