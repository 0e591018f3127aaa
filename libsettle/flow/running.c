/* SPDX-License-Identifier: Apache-2.0 */
#include "flow/running.h"

#include "flow/answer.h"
#include "flow/explain.h"
#include "flow/running_told.h"
#include "load/source.h"

#include <stdlib.h>

/* A stay and what its rules say, the payment aside. */
typedef struct state {
    stl_stay *stay;
    stl_arena *arena;
    stl_judgement j;
} state;

struct stl_running {
    stl_session *session;
    state now;
};

static void state_free(state *s) {
    stl_stay_free(s->stay);
    stl_arena_free(s->arena);
}
#define SCOPED_STATE __attribute__((cleanup(state_free))) state

/* Takes `s->stay` for granted; the rest is set. */
static settle_status judge(stl_session *session, state *s, stl_error *err) {
    s->arena = stl_arena_new();
    TRY_ALLOC(err, s->arena);
    TRY(stl_flow_prepare(session, s->stay, s->arena, &s->j, err));
    TRY(stl_flow_ask_ledger(session, &s->j.c, err));
    if (stl_stay_n_charges(s->stay) == 0)
        return SETTLE_OK;
    TRY(stl_flow_rules(&s->j, err));
    return stl_flow_conclude(session, &s->j, err);
}

/* The stay with more records, as imports are merged; `more` empty: a copy. */
static settle_status merge(const stl_stay *stay, stl_str more, stl_stay **out, size_t *repeated,
                           stl_error *err) {
    SCOPED_BUF json = {0};
    stl_stay_to_json(stay, &json);
    if (!stl_buf_ok(&json))
        return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    SCOPED_BUILDER *builder = stl_source_builder_new();
    TRY_ALLOC(err, builder);
    stl_source_builder_update(builder);
    TRY(stl_source_builder_add_json(builder, (stl_str){json.ptr, json.len}, "running", 1, err));
    if (!stl_str_empty(more))
        TRY(stl_source_builder_add_more(builder, more, "json", 1, err));
    SCOPED_SOURCE *source = NULL;
    TRY(stl_source_builder_finish(builder, &source, err));
    *repeated = stl_source_report_of(source)->repeated[STL_R_CHARGE];
    *out = stl_source_take(source, 0);
    TRY_ALLOC(err, *out);
    return SETTLE_OK;
}

static void take(stl_running *r, state *next) {
    state old = r->now;
    r->now = *next;
    *next = old;
}

settle_status stl_running_open(stl_session *session, const stl_stay *stay, stl_running **out,
                               stl_error *err) {
    TRY(stl_session_need_site(session, err));
    SCOPED_STATE s = {0};
    size_t repeated;
    TRY(merge(stay, (stl_str){0}, &s.stay, &repeated, err));
    TRY(judge(session, &s, err));
    stl_running *r = calloc(1, sizeof *r);
    TRY_ALLOC(err, r);
    r->session = session;
    take(r, &s);
    *out = r;
    return SETTLE_OK;
}

settle_status stl_running_add(stl_running *r, stl_str json, bool keep, bool *stops, char **out_json,
                              stl_error *err) {
    SCOPED_STATE s = {0};
    stl_told_charges charges = {0};
    TRY(merge(r->now.stay, json, &s.stay, &charges.repeated, err));
    charges.added = stl_stay_n_charges(s.stay) - stl_stay_n_charges(r->now.stay);
    TRY(judge(r->session, &s, err));
    TRY(stl_running_tell(&r->now.j, &s.j, charges, out_json, err));
    *stops = stl_verdict_stops(&s.j.verdict);
    if (keep)
        take(r, &s);
    return SETTLE_OK;
}

settle_status stl_running_remove(stl_running *r, stl_str feedetl_sn, bool *stops, char **out_json,
                                 stl_error *err) {
    SCOPED_STATE s = {0};
    size_t repeated;
    int64_t line;
    TRY(stl_flow_find_line(r->now.stay, feedetl_sn, &line, err));
    TRY(merge(r->now.stay, (stl_str){0}, &s.stay, &repeated, err));
    stl_stay_drop(s.stay, STL_R_CHARGE, (size_t)line);
    TRY(judge(r->session, &s, err));
    TRY(stl_running_tell(&r->now.j, &s.j, (stl_told_charges){.removed = 1}, out_json, err));
    *stops = stl_verdict_stops(&s.j.verdict);
    take(r, &s);
    return SETTLE_OK;
}

settle_status stl_running_verdict(stl_running *r, bool *stops, char **out_json, stl_error *err) {
    return stl_flow_answer(r->session, r->now.stay, STL_RESULT_FINDINGS, stops, out_json, err);
}

void stl_running_free(stl_running *r) {
    if (r == NULL)
        return;
    state_free(&r->now);
    free(r);
}
