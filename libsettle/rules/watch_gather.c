/* SPDX-License-Identifier: Apache-2.0 */
/* What is said in parts, put together by rule. */
#include "rules/watch_parts.h"

/* Pieces of each rule, one rule after the other. */
typedef struct sorted {
    size_t *first; /* by rule, one more than there are */
    const void **pieces;
} sorted;

typedef struct gathering {
    sorted findings, gaps;
} gathering;

typedef void each_said(const stl_said *said, void *user);

static void each(const stl_watch *w, each_said *call, void *user) {
    for (size_t i = 0; i < w->bundles.n; i++)
        call(&w->bundles.at[i]->said, user);
    for (size_t i = 0; i < w->n_rules; i++)
        call(&w->whole[i].said, user);
}

static void count_findings(const stl_said *said, void *user) {
    size_t *first = user;
    for (size_t i = 0; said->findings != NULL && i < said->findings->n; i++)
        first[said->findings->rules[i] + 1]++;
}

static void put_findings(const stl_said *said, void *user) {
    sorted *s = user;
    for (size_t i = 0; said->findings != NULL && i < said->findings->n; i++)
        s->pieces[s->first[said->findings->rules[i]]++] = &said->findings->at[i];
}

static void count_gaps(const stl_said *said, void *user) {
    size_t *first = user;
    for (size_t i = 0; said->gaps != NULL && i < said->gaps->n; i++)
        first[said->gaps->rules[i] + 1]++;
}

static void put_gaps(const stl_said *said, void *user) {
    sorted *s = user;
    for (size_t i = 0; said->gaps != NULL && i < said->gaps->n; i++)
        s->pieces[s->first[said->gaps->rules[i]]++] = &said->gaps->at[i];
}

/* Putting moves each beginning to that of the next rule: they are moved back. */
static settle_status sort(const stl_watch *w, each_said *count, each_said *put, stl_arena *arena,
                          sorted *out, stl_error *err) {
    size_t n = w->n_rules;
    out->first = stl_arena_alloc(arena, (n + 1) * sizeof *out->first);
    TRY_ALLOC(err, out->first);
    each(w, count, out->first);
    for (size_t i = 0; i < n; i++)
        out->first[i + 1] += out->first[i];
    out->pieces = stl_arena_alloc(arena, out->first[n] * sizeof *out->pieces);
    TRY_ALLOC(err, out->pieces);
    each(w, put, out);
    for (size_t i = n; i > 0; i--)
        out->first[i] = out->first[i - 1];
    out->first[0] = 0;
    return SETTLE_OK;
}

static settle_status add_finding(stl_verdict *out, const stl_finding *finding) {
    void *items = out->findings;
    stl_finding *place =
        stl_arena_push(out->arena, &items, &out->n_findings, &out->cap_findings, sizeof *place);
    if (place == NULL)
        return SETTLE_E_NO_MEMORY;
    out->findings = items;
    *place = *finding;
    return SETTLE_OK;
}

static settle_status say(const void *user, const stl_case *c, size_t rule, stl_verdict *out,
                         stl_error *err) {
    const gathering *g = user;
    (void)c, (void)err;
    for (size_t i = g->findings.first[rule]; i < g->findings.first[rule + 1]; i++)
        TRY(add_finding(out, g->findings.pieces[i]));
    for (size_t i = g->gaps.first[rule]; i < g->gaps.first[rule + 1]; i++) {
        const stl_not_evaluated *gap = g->gaps.pieces[i];
        TRY(stl_verdict_gap(out, gap->rule_id, gap->missing.ptr, gap->lines));
    }
    return SETTLE_OK;
}

static void none(const stl_said *said, void *user) {
    (void)said, (void)user;
}

settle_status stl_watch_gather(const stl_watch *w, const stl_case *c, bool gaps, stl_verdict *out,
                               stl_error *err) {
    gathering g;
    TRY(sort(w, count_findings, put_findings, c->arena, &g.findings, err));
    TRY(sort(w, gaps ? count_gaps : none, gaps ? put_gaps : none, c->arena, &g.gaps, err));
    return stl_rules_gather(c, say, &g, out, err);
}
