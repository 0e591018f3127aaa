/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/said.h"

#include "rules/support.h"

#include <stdlib.h>

void stl_said_free(stl_said *said) {
    free(said->findings);
    free(said->gaps);
    *said = (stl_said){0};
}

void stl_said_keep(stl_said *said, stl_said *before, bool renewed) {
    if (!renewed) {
        stl_said_findings *same = said->findings;
        said->findings = before->findings;
        before->findings = same;
    }
    stl_said_free(before);
}

size_t stl_said_first(size_t rule) {
    while (rule > 0 && strcmp(STL_RULES[rule - 1]->id, STL_RULES[rule]->id) == 0)
        rule--;
    return rule;
}

/* --- one block -------------------------------------------------------------------------------- */

/* First every piece is counted, then each is put where it belongs. */
typedef struct block {
    char *at; /* NULL while counting */
    size_t used;
} block;

static void *piece(block *b, const void *from, size_t len) {
    size_t place = b->used;
    b->used += (len + 15) / 16 * 16;
    if (b->at == NULL)
        return NULL;
    if (len > 0)
        memcpy(b->at + place, from, len);
    return b->at + place;
}

static stl_str text_piece(block *b, stl_str text) {
    size_t place = b->used;
    b->used += (text.len + 16) / 16 * 16;
    if (b->at == NULL)
        return text;
    if (text.len > 0)
        memcpy(b->at + place, text.ptr, text.len);
    b->at[place + text.len] = '\0';
    return (stl_str){b->at + place, text.len};
}

static const uint32_t *line_piece(block *b, const uint32_t *from, size_t n, const uint32_t *map) {
    uint32_t *to = piece(b, from, n * sizeof *from);
    for (size_t i = 0; to != NULL && map != NULL && i < n; i++)
        to[i] = map[from[i]];
    return to;
}

typedef struct spoken {
    const stl_verdict *v;
    const uint16_t *rules; /* of each finding */
    const uint32_t *map;
} spoken;

static void put_findings(block *b, const spoken *s) {
    size_t n = s->v->n_findings;
    stl_said_findings *head = piece(b, &(stl_said_findings){.n = n}, sizeof *head);
    stl_finding *at = piece(b, s->v->findings, n * sizeof *at);
    uint16_t *rules = piece(b, s->rules, n * sizeof *rules);
    if (head != NULL)
        *head = (stl_said_findings){n, at, rules};
    for (size_t i = 0; i < n; i++) {
        stl_finding f = s->v->findings[i];
        f.lines = line_piece(b, f.lines, f.n_lines, s->map);
        f.involved = line_piece(b, f.involved, f.n_involved, s->map);
        f.evidence = text_piece(b, f.evidence);
        f.basis = text_piece(b, f.basis);
        if (at != NULL)
            at[i] = f;
    }
}

static size_t rule_of(const char *id) {
    size_t rule = 0;
    while (STL_RULES[rule + 1] != NULL && strcmp(STL_RULES[rule]->id, id) != 0)
        rule++;
    return rule;
}

static void put_gaps(block *b, const spoken *s) {
    size_t n = s->v->n_gaps;
    stl_said_gaps *head = piece(b, &(stl_said_gaps){.n = n}, sizeof *head);
    stl_not_evaluated *at = piece(b, s->v->gaps, n * sizeof *at);
    uint16_t *rules = piece(b, NULL, 0);
    b->used += (n * sizeof *rules + 15) / 16 * 16;
    if (head != NULL)
        *head = (stl_said_gaps){n, at, rules};
    for (size_t i = 0; i < n; i++) {
        stl_str missing = text_piece(b, s->v->gaps[i].missing);
        if (at == NULL)
            continue;
        at[i].missing = missing;
        rules[i] = (uint16_t)rule_of(at[i].rule_id);
    }
}

static settle_status packed(void (*put)(block *b, const spoken *s), const spoken *s, void **out,
                            stl_error *err) {
    block b = {0};
    put(&b, s);
    b.at = malloc(b.used);
    TRY_ALLOC(err, b.at);
    *out = b.at;
    b.used = 0;
    put(&b, s);
    return SETTLE_OK;
}

static settle_status keep(const spoken *s, stl_said *out, stl_error *err) {
    void *findings = NULL, *gaps = NULL;
    if (s->v->n_findings > 0)
        TRY(packed(put_findings, s, &findings, err));
    settle_status status = s->v->n_gaps > 0 ? packed(put_gaps, s, &gaps, err) : SETTLE_OK;
    if (status != SETTLE_OK) {
        free(findings);
        return status;
    }
    *out = (stl_said){findings, gaps};
    return SETTLE_OK;
}

/* --- saying ----------------------------------------------------------------------------------- */

static settle_status tag(stl_arena *arena, uint16_t **rules, size_t *count, size_t *cap, size_t n,
                         size_t rule, stl_error *err) {
    while (*count < n) {
        void *at = *rules;
        uint16_t *place = stl_arena_push(arena, &at, count, cap, sizeof *place);
        TRY_ALLOC(err, place);
        *rules = at;
        *place = (uint16_t)rule;
    }
    return SETTLE_OK;
}

settle_status stl_said_of(const stl_case *c, stl_rule_set set, const uint32_t *lines, stl_said *out,
                          stl_error *err) {
    stl_verdict v = {.arena = c->arena};
    uint16_t *rules = NULL;
    size_t count = 0, cap = 0;
    for (size_t i = 0; i < set.n; i++) {
        TRY(stl_rules_told(STL_RULES[set.at[i]]->run(c, &v, err), err));
        TRY(tag(c->arena, &rules, &count, &cap, v.n_findings, set.at[i], err));
    }
    return keep(&(spoken){&v, rules, lines}, out, err);
}

/* --- comparing -------------------------------------------------------------------------------- */

static bool same_lines(const uint32_t *a, size_t n, const uint32_t *b, size_t m) {
    return n == m && (n == 0 || memcmp(a, b, n * sizeof *a) == 0);
}

static bool same(const stl_finding *a, const stl_finding *b) {
    return a->action == b->action && a->vola_amt == b->vola_amt &&
           same_lines(a->lines, a->n_lines, b->lines, b->n_lines) &&
           same_lines(a->involved, a->n_involved, b->involved, b->n_involved) &&
           stl_str_eq(a->evidence, b->evidence) && stl_str_eq(a->basis, b->basis) &&
           stl_str_eq(a->gz_code, b->gz_code) && stl_str_eq(a->fix, b->fix);
}

bool stl_said_same_findings(const stl_said *a, const stl_said *b) {
    size_t n = a->findings == NULL ? 0 : a->findings->n;
    if (n != (b->findings == NULL ? 0 : b->findings->n))
        return false;
    for (size_t i = 0; i < n; i++)
        if (a->findings->rules[i] != b->findings->rules[i] ||
            !same(&a->findings->at[i], &b->findings->at[i]))
            return false;
    return true;
}
