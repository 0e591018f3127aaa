/* SPDX-License-Identifier: Apache-2.0 */
/* Findings of one root cause: a charge that is there twice is too many as well. */
#include "rules/group.h"

#include "rules/support.h"

/* Causes first; a symptom that shares a line with a cause follows it. What is itself a cause leads
 * only what comes later. */
static const struct {
    const char *cause;
    const char *symptoms; /* blank-separated */
} ROOTS[] = {
    {"M1", "V1 V2 V3 V25 V26"},     /* no code: class, unit and cap are not known */
    {"M2", "V1 V2 V3 V17 V25 V26"}, /* a code of yesterday */
    {"M3", "V1 V2 V3 V26"},         /* one of several codes */
    {"V24", "V5 V14 V2 V4 V6 V16"}, /* the charge belongs to another settlement */
    {"V5", "V2 V4 V6 V16 V18 V20"}, /* there twice: too many, too often */
    {"V14", "V2 V4 V6 V16 V20"},    /* a wrong date puts it on another day */
    {"V26", "V18"},                 /* an amount that does not multiply */
    {"R2", "R1 V18 V26"},           /* refunded at another price: the money does not balance */
    {"R1", "V2 V18"},               /* not taken back: still counted */
    {"V1", "V3 V18 V25"},           /* another class */
    {"V2", "V3 V4 V16"},            /* the unit is converted wrongly, or too many on a day */
    {"V4", "V16"},                  /* bed-days */
    {"V6", "V16"},                  /* the component should not be there at all */
};
enum { N_ROOTS = sizeof ROOTS / sizeof *ROOTS };

static bool is_among(const char *words, const char *word) {
    size_t len = strlen(word);
    for (const char *at = words; (at = strstr(at, word)) != NULL; at += len)
        if ((at == words || at[-1] == ' ') && (at[len] == ' ' || at[len] == '\0'))
            return true;
    return false;
}

/* Notes for each line the finding of the cause that stands on it, counted from 1. */
static bool mark(const stl_verdict *v, const char *cause, uint32_t *owner, size_t n_lines) {
    bool any = false;
    for (size_t i = 0; i < v->n_findings; i++) {
        const stl_finding *f = &v->findings[i];
        if (strcmp(f->rule_id, cause) != 0)
            continue;
        if (!any)
            memset(owner, 0, n_lines * sizeof *owner);
        any = true;
        for (size_t k = 0; k < f->n_lines; k++)
            if (owner[f->lines[k]] == 0)
                owner[f->lines[k]] = (uint32_t)i + 1;
    }
    return any;
}

static void follow(stl_verdict *v, const char *symptoms, const uint32_t *owner) {
    for (size_t i = 0; i < v->n_findings; i++) {
        stl_finding *f = &v->findings[i];
        if (strcmp(f->group, f->finding_id) != 0 || !is_among(symptoms, f->rule_id))
            continue;
        uint32_t leader = 0;
        for (size_t k = 0; k < f->n_lines && leader == 0; k++)
            leader = owner[f->lines[k]];
        if (leader != 0)
            memcpy(f->group, v->findings[leader - 1].group, sizeof f->group);
    }
}

settle_status stl_rules_group(const stl_case *c, stl_verdict *v, stl_error *err) {
    for (size_t i = 0; i < v->n_findings; i++)
        memcpy(v->findings[i].group, v->findings[i].finding_id, sizeof v->findings[i].group);
    if (v->n_findings < 2)
        return SETTLE_OK;
    uint32_t *owner = stl_arena_alloc(c->arena, c->n_lines * sizeof *owner);
    TRY_ALLOC(err, owner);
    for (size_t r = 0; r < N_ROOTS; r++)
        if (mark(v, ROOTS[r].cause, owner, c->n_lines))
            follow(v, ROOTS[r].symptoms, owner);
    return SETTLE_OK;
}
