/* SPDX-License-Identifier: Apache-2.0 */
#include "flow/running_state.h"

#include "load/source.h"
#include "rules/checks.h"

void stl_state_free(stl_state *s) {
    stl_told_free(&s->told);
    stl_arena_free(s->ledger);
    stl_watch_free(s->watch);
    stl_stay_free(s->stay);
}

void stl_state_swap(stl_state *a, stl_state *b) {
    stl_state old = *a;
    *a = *b;
    *b = old;
}

settle_status stl_state_merge(const stl_stay *stay, stl_str more, stl_stay **out, size_t *repeated,
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
    return stl_source_take(source, 0, out, err);
}

/* --- telling ---------------------------------------------------------------------------------- */

/* Findings as they stand, concluded, in memory of their own. */
static settle_status conclude(stl_session *session, const stl_state *s, stl_told *out,
                              stl_error *err) {
    out->arena = stl_arena_new();
    TRY_ALLOC(err, out->arena);
    out->j = (stl_judgement){
        .c = stl_watch_growing(s->watch)->c, .verdict = {.arena = out->arena}, .pack = s->pack};
    out->j.c.arena = out->arena;
    if (out->j.c.n_lines == 0)
        return SETTLE_OK;
    TRY(stl_watch_gather(s->watch, &out->j.c, false, &out->j.verdict, err));
    return stl_flow_conclude(session, &out->j, err);
}

/* What the ledger knows of stay and charges now. */
static settle_status ask(stl_session *session, stl_state *s, stl_error *err) {
    SCOPED_ARENA *fresh = stl_arena_new();
    TRY_ALLOC(err, fresh);
    stl_case *c = &stl_watch_growing(s->watch)->c, asked = *c;
    asked.arena = fresh;
    asked.settled_before = asked.settled_in_part = asked.settled_elsewhere = false;
    asked.settled_lines = NULL;
    asked.n_settled_lines = 0;
    asked.settled_as = asked.settled_with = STL_STR("");
    TRY(stl_flow_ask_ledger(session, &asked, err));
    stl_arena *old = s->ledger;
    asked.arena = c->arena;
    *c = asked;
    s->ledger = fresh;
    fresh = NULL;
    stl_arena_free(old);
    return SETTLE_OK;
}

settle_status stl_state_judge(stl_session *session, stl_state *s, stl_error *err) {
    const stl_site *site = session->site;
    TRY(stl_site_pack(site, &s->stay->head, &s->pack, err));
    TRY(stl_watch_new(s->stay, stl_pack_region(s->pack), stl_mapping_of(site->mapping),
                      stl_site_defaults(site), session->lang, &s->watch, err));
    TRY(ask(session, s, err));
    if (stl_stay_n_charges(s->stay) > 0)
        TRY(stl_watch_begin(s->watch, err));
    return conclude(session, s, &s->told, err);
}

/* Of a person without any other settlement the ledger knows nothing of new charges either. */
static settle_status judge_change(stl_session *session, stl_state *s, stl_error *err) {
    TRY(stl_watch_judge_parts(s->watch, err));
    if (stl_watch_growing(s->watch)->c.settled_elsewhere)
        TRY(ask(session, s, err));
    return stl_watch_judge_whole(s->watch, err);
}

settle_status stl_state_change(stl_session *session, stl_state *s, stl_told *next, bool *renewed,
                               stl_error *err) {
    TRY(judge_change(session, s, err));
    *renewed = stl_watch_differs(s->watch);
    return *renewed ? conclude(session, s, next, err) : SETTLE_OK;
}

void stl_state_keep(stl_state *s, stl_told *next, bool renewed) {
    stl_watch_keep(s->watch, renewed);
    if (renewed)
        stl_told_swap(&s->told, next);
}

void stl_state_undo(stl_state *s) {
    stl_watch_undo(s->watch);
}

settle_status stl_state_refresh(stl_session *session, stl_state *s, stl_error *err) {
    SCOPED_TOLD next = {0};
    TRY(ask(session, s, err));
    settle_status status = stl_watch_again(s->watch, &STL_RULE_SETTLED_TWICE, err);
    if (status == SETTLE_OK)
        status = conclude(session, s, &next, err);
    if (status != SETTLE_OK)
        stl_state_undo(s);
    else
        stl_state_keep(s, &next, true);
    return status;
}
