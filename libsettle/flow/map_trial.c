/* SPDX-License-Identifier: Apache-2.0 */
#include "flow/map_trial.h"

#include "flow/map.h"
#include "flow/result.h"

typedef struct trying {
    const stl_session *session;
    const stl_pack *here, *there;
    stl_json *j;
    bool any;
} trying;

static bool has(const stl_verdict *v, const stl_finding *f) {
    for (size_t i = 0; i < v->n_findings; i++)
        if (strcmp(v->findings[i].rule_id, f->rule_id) == 0 &&
            stl_str_eq(v->findings[i].evidence, f->evidence))
            return true;
    return false;
}

/* Problems of an item that `here` finds and `there` does not. */
static settle_status try_item(void *user, const stl_stay *stay, stl_error *err) {
    trying *t = user;
    SCOPED_ARENA *arena = stl_arena_new();
    TRY_ALLOC(err, arena);
    stl_case c, other;
    stl_verdict found, known;
    TRY(stl_flow_map_judge(t->session, stay, t->here, arena, &c, &found, err));
    TRY(stl_flow_map_judge(t->session, stay, t->there, arena, &other, &known, err));
    for (size_t i = 0; i < found.n_findings; i++) {
        if (has(&known, &found.findings[i]))
            continue;
        stl_flow_put_map_problem(t->j, &c, &found.findings[i]);
        t->any = true;
    }
    return SETTLE_OK;
}

static settle_status put_lacking(trying *t, const char *key, stl_day at, stl_error *err) {
    stl_json_key(t->j, key);
    stl_json_array(t->j);
    TRY(stl_flow_map_each(t->session->site, at, try_item, t, err));
    stl_json_array_end(t->j);
    return SETTLE_OK;
}

settle_status stl_flow_map_trial(const stl_session *session, const stl_pack *a, const stl_pack *b,
                                 stl_json *j, bool *differs, stl_error *err) {
    stl_day at;
    stl_pack_info info;
    TRY(stl_flow_day(session, NULL, &at, err));
    stl_pack_describe(b, &info);
    if (info.begndate > at)
        at = info.begndate;
    stl_json_key(j, "mappings");
    stl_json_object(j);
    stl_flow_put_day(j, "at", at);
    trying appear = {session, b, a, j, false}, vanish = {session, a, b, j, false};
    TRY(put_lacking(&appear, "appear", at, err));
    TRY(put_lacking(&vanish, "vanish", at, err));
    stl_json_object_end(j);
    *differs = *differs || appear.any || vanish.any;
    return SETTLE_OK;
}
