/* SPDX-License-Identifier: Apache-2.0 */
#include "flow/running_told.h"

#include "flow/result.h"

static const stl_finding *twin(const stl_judgement *in, const stl_finding *f) {
    for (size_t i = 0; i < in->verdict.n_findings; i++)
        if (strcmp(in->verdict.findings[i].finding_id, f->finding_id) == 0)
            return &in->verdict.findings[i];
    return NULL;
}

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
static void put_lacking(stl_json *j, const char *key, const stl_judgement *here,
                        const stl_judgement *there) {
    stl_json_key(j, key);
    stl_json_array(j);
    for (size_t i = 0; i < here->verdict.n_findings; i++)
        if (twin(there, &here->verdict.findings[i]) == NULL)
            stl_flow_put_finding(j, &here->c, &here->verdict.findings[i]);
    stl_json_array_end(j);
}

static void put_changed(stl_json *j, const stl_judgement *before, const stl_judgement *after) {
    stl_json_key(j, "change");
    stl_json_array(j);
    for (size_t i = 0; i < before->verdict.n_findings; i++) {
        const stl_finding *was = &before->verdict.findings[i], *is = twin(after, was);
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

settle_status stl_running_tell(const stl_judgement *before, const stl_judgement *after,
                               stl_told_charges charges, char **out_json, stl_error *err) {
    SCOPED_BUF buf = {0};
    stl_json j = {.out = &buf};
    stl_json_object(&j);
    stl_json_put_str(&j, "mdtrt_id", after->c.stay->head.mdtrt_id);
    stl_json_key(&j, "charges");
    stl_json_object(&j);
    stl_json_put_int(&j, "added", (int64_t)charges.added);
    stl_json_put_int(&j, "repeated", (int64_t)charges.repeated);
    stl_json_put_int(&j, "removed", (int64_t)charges.removed);
    stl_json_object_end(&j);
    put_lacking(&j, "appear", after, before);
    put_lacking(&j, "vanish", before, after);
    put_changed(&j, before, after);
    put_standing(&j, &after->verdict);
    stl_json_object_end(&j);
    return stl_flow_take_json(&buf, out_json, err);
}
