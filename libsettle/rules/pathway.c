/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/pathway.h"

static bool is_exit(stl_str word) {
    return stl_str_is(word, "exit") || stl_str_is(word, "退出");
}

static const int64_t *row_of(const stl_case *c, stl_str id) {
    return stl_index_get(stl_rules_table(c, STL_T_PATHWAYS), id).rows;
}

static stl_pathway *known(stl_pathways *all, stl_str id) {
    for (size_t i = 0; i < all->count; i++)
        if (stl_str_eq(all->at[i].id, id))
            return &all->at[i];
    return NULL;
}

static settle_status add(const stl_case *c, stl_pathways *to, stl_pathway one, stl_error *err) {
    void *at = to->at;
    stl_pathway *place = stl_arena_push(c->arena, &at, &to->count, &to->cap, sizeof *place);
    TRY_ALLOC(err, place);
    to->at = at;
    *place = one;
    return SETTLE_OK;
}

/* --- as recorded ------------------------------------------------------------------------------ */

static void note(stl_pathway *p, const stl_pathway_event *event) {
    if (event->entry_time != STL_NONE && (p->entered == STL_NONE || event->entry_time < p->entered))
        p->entered = event->entry_time;
    if (stl_str_empty(event->variation) || stl_str_empty(event->reason) || stl_str_empty(event->by))
        return;
    if (is_exit(event->variation))
        p->left = true;
    else
        p->variation = event->reason;
}

static settle_status recorded(const stl_case *c, stl_pathways *out, stl_error *err) {
    const stl_pathway_event *events = STL_ROWS_OF(c->stay, STL_R_PATHWAY, stl_pathway_event);
    for (size_t i = 0; i < c->stay->rows[STL_R_PATHWAY].count; i++) {
        stl_pathway *p = known(out, events[i].pathway_id);
        if (p == NULL) {
            stl_pathway one = {.id = events[i].pathway_id,
                               .row = row_of(c, events[i].pathway_id),
                               .recorded = true,
                               .variation = STL_STR(""),
                               .entered = STL_NONE};
            TRY(add(c, out, one, err));
            p = &out->at[out->count - 1];
        }
        note(p, &events[i]);
    }
    return SETTLE_OK;
}

/* --- as the entry criteria say ---------------------------------------------------------------- */

static int by_beginning(stl_str code, stl_str bound) {
    return stl_str_cmp((stl_str){code.ptr, code.len < bound.len ? code.len : bound.len}, bound);
}

bool stl_pathway_has_code(stl_str code, stl_str first, stl_str last) {
    return by_beginning(code, first) >= 0 && by_beginning(code, last) <= 0;
}

bool stl_pathway_begins(stl_str code, stl_str prefixes) {
    while (prefixes.len > 0) {
        const char *end = memchr(prefixes.ptr, ' ', prefixes.len);
        stl_str prefix = {prefixes.ptr, end == NULL ? prefixes.len : (size_t)(end - prefixes.ptr)};
        if (stl_str_starts(code, prefix))
            return true;
        size_t used = end == NULL ? prefixes.len : prefix.len + 1;
        prefixes = (stl_str){prefixes.ptr + used, prefixes.len - used};
    }
    return false;
}

static stl_str entry_cell(const stl_case *c, const int64_t *row, size_t col) {
    return stl_index_text(stl_rules_table(c, STL_T_PATHWAY_ENTRY), row[col]);
}

static bool row_has(const stl_case *c, const int64_t *row, stl_str code) {
    return !stl_str_empty(code) && stl_pathway_has_code(code, entry_cell(c, row, STL_PWE_FIRST),
                                                        entry_cell(c, row, STL_PWE_LAST));
}

static bool has_operation(const stl_case *c, const int64_t *row) {
    const stl_operation *done = STL_ROWS_OF(c->stay, STL_R_OPERATION, stl_operation);
    for (size_t i = 0; i < c->stay->rows[STL_R_OPERATION].count; i++)
        if (row_has(c, row, done[i].oprn_oprt_code))
            return true;
    return false;
}

/* The head speaks for the principal diagnosis where no diagnosis is marked as such. */
static bool has_diagnosis(const stl_case *c, const int64_t *row, stl_str position) {
    const stl_diagnosis *all = STL_ROWS_OF(c->stay, STL_R_DIAGNOSIS, stl_diagnosis);
    bool any = stl_str_is(position, "any"), principal = stl_str_is(position, "principal");
    bool marked = false;
    for (size_t i = 0; i < c->stay->rows[STL_R_DIAGNOSIS].count; i++) {
        bool main = stl_str_is(all[i].maindiag_flag, "1");
        marked = marked || main;
        if ((any || main == principal) && row_has(c, row, all[i].diag_code))
            return true;
    }
    return !marked && (any || principal) && row_has(c, row, c->stay->head.dscg_maindiag_code);
}

static bool row_holds(const stl_case *c, const int64_t *row) {
    stl_str kind = entry_cell(c, row, STL_PWE_KIND);
    return stl_str_is(kind, "operation") ? has_operation(c, row) : has_diagnosis(c, row, kind);
}

static bool is_given(const stl_case *c, const int64_t *row) {
    stl_str kind = entry_cell(c, row, STL_PWE_KIND);
    if (stl_str_is(kind, "operation"))
        return c->stay->given[STL_R_OPERATION];
    return c->stay->given[STL_R_DIAGNOSIS] ||
           (stl_str_is(kind, "principal") && !stl_str_empty(c->stay->head.dscg_maindiag_code));
}

stl_pathway_fit stl_pathway_fits(const stl_case *c, stl_str id, const int64_t **unmet) {
    stl_index_rows rows = stl_index_get(stl_rules_table(c, STL_T_PATHWAY_ENTRY), id);
    stl_pathway_fit fit = STL_PATHWAY_FITS;
    for (size_t i = 0; i < rows.count;) {
        const int64_t *first = rows.rows + i * STL_PWE_COLS;
        stl_str criterion = entry_cell(c, first, STL_PWE_CRITERION);
        bool holds = false;
        for (; i < rows.count; i++) {
            const int64_t *row = rows.rows + i * STL_PWE_COLS;
            if (!stl_str_eq(entry_cell(c, row, STL_PWE_CRITERION), criterion))
                break;
            holds = holds || row_holds(c, row);
        }
        if (holds || (fit == STL_PATHWAY_UNKNOWN && !is_given(c, first)))
            continue;
        *unmet = first;
        fit = is_given(c, first) ? STL_PATHWAY_UNFIT : STL_PATHWAY_UNKNOWN;
        if (fit == STL_PATHWAY_UNFIT)
            return fit;
    }
    return fit;
}

static stl_day admitted(const stl_case *c) {
    stl_instant at = c->stay->head.begntime;
    return at == STL_NONE ? STL_NONE : stl_instant_day(at);
}

static settle_status consider(const stl_case *c, stl_str id, stl_pathways *out, stl_error *err) {
    const int64_t *row = row_of(c, id), *unmet;
    stl_day day = admitted(c);
    if (row == NULL || known(out, id) != NULL ||
        (day != STL_NONE && !stl_row_in_force(row, STL_PW_BEGIN, STL_PW_END, day)))
        return SETTLE_OK;
    stl_pathway_fit fit = stl_pathway_fits(c, id, &unmet);
    out->unknown += fit == STL_PATHWAY_UNKNOWN;
    if (fit != STL_PATHWAY_FITS)
        return SETTLE_OK;
    return add(c, out,
               (stl_pathway){.id = id, .row = row, .variation = STL_STR(""), .entered = STL_NONE},
               err);
}

static settle_status consider_category(const stl_case *c, stl_str code, size_t len,
                                       stl_pathways *out, stl_error *err) {
    const stl_index_table *table = stl_rules_table(c, STL_T_PATHWAY_CATEGORY);
    if (code.len < len)
        return SETTLE_OK;
    stl_index_rows rows = stl_index_get(table, (stl_str){code.ptr, len});
    for (size_t i = 0; i < rows.count; i++)
        TRY(consider(c, stl_index_text(table, rows.rows[i * STL_PWC_COLS + STL_PWC_ID]), out, err));
    return SETTLE_OK;
}

static settle_status suggested(const stl_case *c, stl_pathways *out, stl_error *err) {
    enum { DIAGNOSIS_CATEGORY = 3, OPERATION_CATEGORY = 2 };
    const stl_diagnosis *diagnoses = STL_ROWS_OF(c->stay, STL_R_DIAGNOSIS, stl_diagnosis);
    const stl_operation *operations = STL_ROWS_OF(c->stay, STL_R_OPERATION, stl_operation);
    TRY(consider_category(c, c->stay->head.dscg_maindiag_code, DIAGNOSIS_CATEGORY, out, err));
    for (size_t i = 0; i < c->stay->rows[STL_R_DIAGNOSIS].count; i++)
        TRY(consider_category(c, diagnoses[i].diag_code, DIAGNOSIS_CATEGORY, out, err));
    for (size_t i = 0; i < c->stay->rows[STL_R_OPERATION].count; i++)
        TRY(consider_category(c, operations[i].oprn_oprt_code, OPERATION_CATEGORY, out, err));
    return SETTLE_OK;
}

settle_status stl_pathways_of(const stl_case *c, stl_pathways *out, stl_error *err) {
    *out = (stl_pathways){.at = NULL};
    if (stl_rules_table(c, STL_T_PATHWAYS)->n_rows == 0 && c->stay->rows[STL_R_PATHWAY].count == 0)
        return SETTLE_OK;
    TRY(recorded(c, out, err));
    return out->count > 0 ? SETTLE_OK : suggested(c, out, err);
}

settle_status stl_pathways_each(const stl_case *c, stl_pathway_judge *judge, stl_verdict *out,
                                stl_error *err) {
    stl_pathways all;
    TRY(stl_pathways_of(c, &all, err));
    for (size_t i = 0; i < all.count; i++)
        if (all.at[i].row != NULL && !all.at[i].left)
            TRY(judge(c, &all.at[i], out, err));
    return SETTLE_OK;
}

/* --- how findings speak of it ----------------------------------------------------------------- */

stl_str stl_pathway_cell(const stl_case *c, const stl_pathway *p, size_t col) {
    return stl_rules_cell(stl_rules_table(c, STL_T_PATHWAYS), p->row, col);
}

const char *stl_pathway_basis(const stl_case *c, const stl_pathway *p) {
    return stl_rules_text(c, "pathways/%.*s.xml %.*s", STL_ARG(p->id),
                          STL_ARG(stl_pathway_cell(c, p, STL_PW_EDITION)));
}

const char *stl_pathway_tail(const stl_case *c, const stl_pathway *p) {
    if (!p->recorded)
        return c->stay->given[STL_R_PATHWAY]
                   ? stl_rules_pick(c, "（符合入径条件，无入径记录）",
                                    " (fits the entry criteria, no record of entry)")
                   : stl_rules_pick(c, "（符合入径条件，未提供入径记录）",
                                    " (fits the entry criteria, records of pathways not given)");
    if (stl_str_empty(p->variation))
        return "";
    return stl_rules_text(c,
                          stl_rules_pick(c, "（已记录变异：%.*s）", " (variation recorded: %.*s)"),
                          STL_ARG(p->variation));
}

void stl_pathway_soften(const stl_pathway *p, bool soft, stl_verdict *out) {
    if (soft || !p->recorded || !stl_str_empty(p->variation))
        out->findings[out->n_findings - 1].action = STL_HINT;
}
