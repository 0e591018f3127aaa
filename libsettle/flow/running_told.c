/* SPDX-License-Identifier: Apache-2.0 */
#include "flow/running_told.h"

#include "flow/result.h"

void stl_told_free(stl_told *told) {
    stl_arena_free(told->arena);
    *told = (stl_told){0};
}

void stl_told_swap(stl_told *a, stl_told *b) {
    stl_told old = *a;
    *a = *b;
    *b = old;
}

/* --- findings of one id ----------------------------------------------------------------------- */

typedef struct ids {
    const stl_judgement *j;
    uint32_t *slots; /* 1 + finding, 0 empty */
    size_t n_slots;  /* power of two */
} ids;

static size_t slot_of(const ids *t, const char *id) {
    uint64_t hash;
    memcpy(&hash, id, sizeof hash);
    size_t slot = (size_t)(hash * 0x9E3779B97F4A7C15u >> 32) & (t->n_slots - 1);
    while (t->slots[slot] != 0 &&
           memcmp(t->j->verdict.findings[t->slots[slot] - 1].finding_id, id, 16) != 0)
        slot = (slot + 1) & (t->n_slots - 1);
    return slot;
}

static settle_status index_ids(const stl_told *told, ids *out, stl_error *err) {
    *out = (ids){.j = &told->j, .n_slots = 8};
    while (out->n_slots < 2 * told->j.verdict.n_findings)
        out->n_slots *= 2;
    out->slots = stl_arena_alloc(told->arena, out->n_slots * sizeof *out->slots);
    TRY_ALLOC(err, out->slots);
    for (size_t i = 0; i < told->j.verdict.n_findings; i++)
        out->slots[slot_of(out, told->j.verdict.findings[i].finding_id)] = (uint32_t)i + 1;
    return SETTLE_OK;
}

static const stl_finding *twin(const ids *in, const stl_finding *f) {
    uint32_t found = in->slots[slot_of(in, f->finding_id)];
    return found == 0 ? NULL : &in->j->verdict.findings[found - 1];
}

/* --- what differs ----------------------------------------------------------------------------- */

static bool same_involved(const stl_judgement *a, const stl_finding *x, const stl_judgement *b,
                          const stl_finding *y) {
    bool same = x->n_involved == y->n_involved;
    for (size_t i = 0; same && i < x->n_involved; i++)
        same = stl_str_eq(stl_case_charge(&a->c, x->involved[i])->feedetl_sn,
                          stl_case_charge(&b->c, y->involved[i])->feedetl_sn);
    return same;
}

/* Of one id: the same rule over the same charges. */
static bool same(const stl_judgement *a, const stl_finding *x, const stl_judgement *b,
                 const stl_finding *y) {
    return x->action == y->action && x->vola_amt == y->vola_amt && x->overridden == y->overridden &&
           strcmp(x->group, y->group) == 0 && stl_str_eq(x->evidence, y->evidence) &&
           stl_str_eq(x->basis, y->basis) && same_involved(a, x, b, y);
}

/* Findings of `here` that `there` has not. */
static void put_lacking(stl_json *j, const char *key, const ids *here, const ids *there) {
    const stl_verdict *v = &here->j->verdict;
    stl_json_key(j, key);
    stl_json_array(j);
    for (size_t i = 0; i < v->n_findings; i++)
        if (twin(there, &v->findings[i]) == NULL)
            stl_flow_put_finding(j, &here->j->c, &v->findings[i]);
    stl_json_array_end(j);
}

static void put_changed(stl_json *j, const ids *of_before, const ids *of_after) {
    const stl_judgement *before = of_before->j, *after = of_after->j;
    stl_json_key(j, "change");
    stl_json_array(j);
    for (size_t i = 0; i < before->verdict.n_findings; i++) {
        const stl_finding *was = &before->verdict.findings[i], *is = twin(of_after, was);
        if (is == NULL || same(before, was, after, is))
            continue;
        stl_json_object(j);
        stl_json_key(j, "before");
        stl_flow_put_finding(j, &before->c, was);
        stl_json_key(j, "after");
        stl_flow_put_finding(j, &after->c, is);
        stl_json_object_end(j);
    }
    stl_json_array_end(j);
}

/* The worst action that is not overridden, and how many findings there are of each. */
static void put_standing(stl_json *j, const stl_verdict *v) {
    int64_t counts[STL_BLOCK + 1] = {0}, overridden = 0;
    int worst = -1;
    for (size_t i = 0; i < v->n_findings; i++) {
        int action = v->findings[i].action;
        overridden += v->findings[i].overridden;
        if (v->findings[i].overridden)
            continue;
        counts[action]++;
        worst = action > worst ? action : worst;
    }
    stl_json_key(j, "standing");
    stl_json_object(j);
    stl_json_put_text(j, "action", worst < 0 ? "" : stl_action_name((stl_action)worst));
    for (int action = STL_BLOCK; action >= STL_HINT; action--)
        stl_json_put_int(j, stl_action_name((stl_action)action), counts[action]);
    stl_json_put_int(j, "overridden", overridden);
    stl_json_object_end(j);
}

static void put_charges(stl_json *j, stl_told_charges charges) {
    stl_json_key(j, "charges");
    stl_json_object(j);
    stl_json_put_int(j, "added", (int64_t)charges.added);
    stl_json_put_int(j, "repeated", (int64_t)charges.repeated);
    stl_json_put_int(j, "removed", (int64_t)charges.removed);
    stl_json_object_end(j);
}

static void put_nothing(stl_json *j) {
    static const char *const KEYS[] = {"appear", "vanish", "change"};
    for (size_t i = 0; i < sizeof KEYS / sizeof *KEYS; i++) {
        stl_json_key(j, KEYS[i]);
        stl_json_array(j);
        stl_json_array_end(j);
    }
}

static settle_status put_differences(stl_json *j, const stl_told *before, const stl_told *after,
                                     stl_error *err) {
    ids of_before, of_after;
    TRY(index_ids(before, &of_before, err));
    TRY(index_ids(after, &of_after, err));
    put_lacking(j, "appear", &of_after, &of_before);
    put_lacking(j, "vanish", &of_before, &of_after);
    put_changed(j, &of_before, &of_after);
    return SETTLE_OK;
}

settle_status stl_running_tell(const stl_told *before, const stl_told *after,
                               stl_told_charges charges, char **out_json, stl_error *err) {
    SCOPED_BUF buf = {0};
    stl_json j = {.out = &buf};
    stl_json_object(&j);
    stl_json_put_str(&j, "mdtrt_id", after->j.c.stay->head.mdtrt_id);
    put_charges(&j, charges);
    if (before == after)
        put_nothing(&j);
    else
        TRY(put_differences(&j, before, after, err));
    put_standing(&j, &after->j.verdict);
    stl_json_object_end(&j);
    return stl_flow_take_json(&buf, out_json, err);
}
