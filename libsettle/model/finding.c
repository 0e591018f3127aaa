/* SPDX-License-Identifier: Apache-2.0 */
#include "model/finding.h"

static const struct {
    const char *name;
    char sev_deg;
} ACTIONS[] /* from STL_SHADOW on */ = {
    {"shadow", '3'}, {"hint", '3'}, {"warn", '2'}, {"hold", '1'}, {"block", '1'},
};
enum { N_ACTIONS = sizeof ACTIONS / sizeof *ACTIONS };

const char *stl_action_name(stl_action action) {
    return ACTIONS[action - STL_SHADOW].name;
}

bool stl_action_parse(stl_str text, stl_action *out) {
    for (int i = 0; i < N_ACTIONS; i++) {
        if (stl_str_is(text, ACTIONS[i].name)) {
            *out = (stl_action)(STL_SHADOW + i);
            return true;
        }
    }
    return false;
}

char stl_action_sev_deg(stl_action action) {
    return ACTIONS[action - STL_SHADOW].sev_deg;
}

bool stl_verdict_stops(const stl_verdict *verdict) {
    for (size_t i = 0; i < verdict->n_findings; i++) {
        const stl_finding *f = &verdict->findings[i];
        if (!f->overridden && f->action >= STL_HOLD)
            return true;
    }
    return false;
}

stl_finding *stl_verdict_find(const stl_verdict *verdict, stl_str finding_id) {
    for (size_t i = 0; i < verdict->n_findings; i++)
        if (stl_str_is(finding_id, verdict->findings[i].finding_id))
            return &verdict->findings[i];
    return NULL;
}

static stl_not_evaluated *gap_of(const stl_verdict *verdict, const char *rule_id, stl_str missing) {
    for (size_t i = 0; i < verdict->n_gaps; i++) {
        stl_not_evaluated *gap = &verdict->gaps[i];
        if (strcmp(gap->rule_id, rule_id) == 0 && stl_str_eq(gap->missing, missing))
            return gap;
    }
    return NULL;
}

settle_status stl_verdict_gap(stl_verdict *verdict, const char *rule_id, const char *missing,
                              size_t lines) {
    stl_not_evaluated *known = gap_of(verdict, rule_id, stl_str_of(missing));
    if (known != NULL) {
        known->lines += lines;
        return SETTLE_OK;
    }
    stl_str copy = stl_arena_str(verdict->arena, stl_str_of(missing));
    void *items = verdict->gaps;
    stl_not_evaluated *gap =
        stl_arena_push(verdict->arena, &items, &verdict->n_gaps, &verdict->cap_gaps, sizeof *gap);
    if (copy.ptr == NULL || gap == NULL)
        return SETTLE_E_NO_MEMORY;
    verdict->gaps = items;
    *gap = (stl_not_evaluated){rule_id, copy, lines};
    return SETTLE_OK;
}
