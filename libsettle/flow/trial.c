/* SPDX-License-Identifier: Apache-2.0 */
#include "flow/trial.h"

#include "flow/judge.h"
#include "flow/result.h"
#include "flow/stays.h"
#include "flow/switches.h"
#include "flow/trial_totals.h"
#include "rules/support.h"

#include <stdlib.h>

typedef struct ids {
    stl_arena *arena;
    stl_str *at;
    size_t count, cap;
} ids;

static settle_status note_open(void *user, const stl_ledger_row *row, stl_error *err) {
    ids *list = user;
    void *items = list->at;
    if (!stl_str_is(row->state, "open") && !stl_str_is(row->state, "interim"))
        return SETTLE_OK;
    stl_str *slot = stl_arena_push(list->arena, &items, &list->count, &list->cap, sizeof *slot);
    TRY_ALLOC(err, slot);
    list->at = items;
    *slot = stl_arena_str(list->arena, row->mdtrt_id);
    TRY_ALLOC(err, slot->ptr);
    return SETTLE_OK;
}

/* A stay judged by one pack; a pack that does not serve it is an answer too. */
typedef struct trial {
    stl_judgement j;
    settle_status status; /* PACK_NONE, PACK_EXPIRED, else OK */
} trial;

static settle_status judge(const stl_session *session, const stl_site *site, const stl_stay *stay,
                           stl_arena *arena, trial *out, stl_error *err) {
    stl_session by = *session;
    by.site = site;
    *out = (trial){0};
    settle_status status = stl_flow_judge(&by, stay, false, arena, &out->j, err);
    if (status != SETTLE_E_PACK_NONE && status != SETTLE_E_PACK_EXPIRED)
        return status;
    *out = (trial){.status = status};
    if (err != NULL)
        stl_error_reset(err);
    return SETTLE_OK;
}

/* Findings of `here` that `there` has not. */
static void put_lacking(stl_json *j, const char *key, const trial *here, const trial *there) {
    stl_json_key(j, key);
    stl_json_array(j);
    for (size_t i = 0; i < here->j.verdict.n_findings; i++)
        if (stl_verdict_find(&there->j.verdict,
                             stl_str_of(here->j.verdict.findings[i].finding_id)) == NULL)
            stl_flow_put_finding(j, &here->j.c, &here->j.verdict.findings[i]);
    stl_json_array_end(j);
}

static void put_changed(stl_json *j, const trial *a, const trial *b) {
    stl_json_key(j, "change");
    stl_json_array(j);
    for (size_t i = 0; i < a->j.verdict.n_findings; i++) {
        const stl_finding *before = &a->j.verdict.findings[i];
        const stl_finding *after = stl_verdict_find(&b->j.verdict, stl_str_of(before->finding_id));
        if (after == NULL || stl_trial_same(before, after))
            continue;
        stl_json_object(j);
        stl_json_key(j, "before");
        stl_flow_put_finding(j, &a->j.c, before);
        stl_json_key(j, "after");
        stl_flow_put_finding(j, &b->j.c, after);
        stl_json_object_end(j);
    }
    stl_json_array_end(j);
}

/* --- what is not evaluated ---------------------------------------------------------------------
 */

static bool has_gap(const stl_verdict *v, const stl_not_evaluated *gap) {
    for (size_t i = 0; i < v->n_gaps; i++)
        if (strcmp(v->gaps[i].rule_id, gap->rule_id) == 0 && v->gaps[i].lines == gap->lines &&
            stl_str_eq(v->gaps[i].missing, gap->missing))
            return true;
    return false;
}

static bool same_gaps(const stl_verdict *a, const stl_verdict *b) {
    bool equal = a->n_gaps == b->n_gaps;
    for (size_t i = 0; equal && i < a->n_gaps; i++)
        equal = has_gap(b, &a->gaps[i]);
    return equal;
}

static void put_gaps(stl_json *j, const char *key, const trial *here, const trial *there,
                     int32_t lang) {
    stl_json_key(j, key);
    stl_json_array(j);
    for (size_t i = 0; i < here->j.verdict.n_gaps; i++)
        if (!has_gap(&there->j.verdict, &here->j.verdict.gaps[i]))
            stl_flow_put_gap(j, &here->j.verdict.gaps[i], lang);
    stl_json_array_end(j);
}

/* --- amounts -----------------------------------------------------------------------------------
 */

/* STL_NONE: the payment was not computed. */
static stl_money amount_of(const trial *t, size_t i) {
    stl_money value = STL_NONE;
    if (t->status == SETTLE_OK && t->j.settlement.evaluated)
        memcpy(&value, (const char *)&t->j.settlement.info + STL_TRIAL_AMOUNTS[i].offset,
               sizeof value);
    return value;
}

static void put_amounts(stl_json *j, const trial *a, const trial *b) {
    stl_json_key(j, "amounts");
    stl_json_array(j);
    for (size_t i = 0; i < STL_N_TRIAL_AMOUNTS; i++)
        stl_trial_put_amount(j, STL_TRIAL_AMOUNTS[i].name, amount_of(a, i), amount_of(b, i));
    stl_json_array_end(j);
}

static bool alike(const trial *a, const trial *b) {
    const stl_verdict *v = &a->j.verdict, *w = &b->j.verdict;
    bool equal = a->status == b->status && v->n_findings == w->n_findings && same_gaps(v, w);
    for (size_t i = 0; equal && i < STL_N_TRIAL_AMOUNTS; i++)
        equal = amount_of(a, i) == amount_of(b, i);
    for (size_t i = 0; equal && i < v->n_findings; i++) {
        const stl_finding *other = stl_verdict_find(w, stl_str_of(v->findings[i].finding_id));
        equal = other != NULL && stl_trial_same(&v->findings[i], other);
    }
    return equal;
}

static void put_status(stl_json *j, const char *key, settle_status status) {
    stl_json_put_text(j, key, status == SETTLE_OK ? "served" : settle_status_name(status));
}

/* Over all stays; an amount that one of both did not compute is left out on both sides. */
typedef struct totals {
    stl_trial_totals rules;
    stl_money before[STL_N_TRIAL_AMOUNTS], after[STL_N_TRIAL_AMOUNTS];
} totals;

static settle_status count(totals *t, const trial *a, const trial *b, stl_error *err) {
    for (size_t i = 0; i < STL_N_TRIAL_AMOUNTS; i++) {
        stl_money before = amount_of(a, i), after = amount_of(b, i);
        if (before == STL_NONE || after == STL_NONE)
            continue;
        t->before[i] = stl_rules_sum(t->before[i], before);
        t->after[i] = stl_rules_sum(t->after[i], after);
    }
    return stl_trial_count(&t->rules, &a->j.verdict, &b->j.verdict, err);
}

static void put_totals(stl_json *j, const totals *t) {
    stl_json_key(j, "totals");
    stl_json_object(j);
    stl_trial_put_rules(j, &t->rules);
    stl_json_key(j, "amounts");
    stl_json_array(j);
    for (size_t i = 0; i < STL_N_TRIAL_AMOUNTS; i++)
        stl_trial_put_amount(j, STL_TRIAL_AMOUNTS[i].name, t->before[i], t->after[i]);
    stl_json_array_end(j);
    stl_json_object_end(j);
}

static settle_status try_stay(const stl_session *session, const stl_site sites[static 2],
                              const stl_stay *stay, stl_json *j, totals *sum, bool *differs,
                              stl_error *err) {
    SCOPED_ARENA *arena = stl_arena_new();
    TRY_ALLOC(err, arena);
    trial a, b;
    TRY(judge(session, &sites[0], stay, arena, &a, err));
    TRY(judge(session, &sites[1], stay, arena, &b, err));
    TRY(count(sum, &a, &b, err));
    if (alike(&a, &b))
        return SETTLE_OK;
    *differs = true;
    stl_json_object(j);
    stl_json_put_str(j, "mdtrt_id", stay->head.mdtrt_id);
    put_status(j, "before", a.status);
    put_status(j, "after", b.status);
    put_lacking(j, "appear", &b, &a);
    put_lacking(j, "vanish", &a, &b);
    put_changed(j, &a, &b);
    put_amounts(j, &a, &b);
    put_gaps(j, "gaps_appear", &b, &a, session->lang);
    put_gaps(j, "gaps_vanish", &a, &b, session->lang);
    stl_json_object_end(j);
    return SETTLE_OK;
}

settle_status stl_flow_trial(stl_session *session, stl_pack *a, stl_pack *b, stl_json *j,
                             bool *differs, stl_error *err) {
    TRY(stl_session_need_site(session, err));
    stl_pack *packs[] = {a, b};
    stl_site sites[2] = {*session->site, *session->site};
    for (size_t i = 0; i < 2; i++) {
        sites[i].packs = &packs[i];
        sites[i].n_packs = 1;
        TRY(stl_flow_switches_check(&sites[i], err));
    }
    TRY(stl_session_ledger(session, STL_LEDGER_READ, err));
    SCOPED_ARENA *arena = stl_arena_new();
    TRY_ALLOC(err, arena);
    ids open = {.arena = arena};
    totals sum = {.rules.arena = arena};
    TRY(stl_ledger_list(session->ledger, STL_STR(""), note_open, &open, err));
    stl_json_put_int(j, "stays_judged", (int64_t)open.count);
    stl_json_key(j, "stays");
    stl_json_array(j);
    for (size_t i = 0; i < open.count; i++) {
        SCOPED_STAY *stay = NULL;
        TRY(stl_flow_stay(session, open.at[i], &stay, err));
        TRY(try_stay(session, sites, stay, j, &sum, differs, err));
    }
    stl_json_array_end(j);
    put_totals(j, &sum);
    return SETTLE_OK;
}
