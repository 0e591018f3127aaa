/* SPDX-License-Identifier: Apache-2.0 */
#include "flow/running.h"

#include "flow/accumulators.h"
#include "flow/answer.h"
#include "flow/explain.h"
#include "flow/running_state.h"
#include "load/source.h"

#include <stdlib.h>

struct stl_running {
    stl_session *session;
    stl_state now;
};

settle_status stl_running_open(stl_session *session, const stl_stay *stay, stl_running **out,
                               stl_error *err) {
    TRY(stl_session_need_site(session, err));
    SCOPED_STATE s = {0};
    size_t repeated;
    TRY(stl_state_merge(stay, (stl_str){0}, &s.stay, &repeated, err));
    TRY(stl_state_judge(session, &s, err));
    stl_running *r = calloc(1, sizeof *r);
    TRY_ALLOC(err, r);
    r->session = session;
    stl_state_swap(&r->now, &s);
    *out = r;
    return SETTLE_OK;
}

void stl_running_free(stl_running *r) {
    if (r == NULL)
        return;
    stl_state_free(&r->now);
    free(r);
}

/* --- anew: whatever changes besides charges -----------------------------------------------------
 */

/* `s->stay` is what the stay becomes. */
static settle_status become(stl_running *r, stl_state *s, stl_told_charges charges, bool keep,
                            bool *stops, char **out_json, stl_error *err) {
    TRY(stl_state_judge(r->session, s, err));
    TRY(stl_running_tell(&r->now.told, &s->told, charges, out_json, err));
    *stops = stl_verdict_stops(&s->told.j.verdict);
    if (keep)
        stl_state_swap(&r->now, s);
    return SETTLE_OK;
}

static settle_status add_anew(stl_running *r, stl_str json, bool keep, bool *stops, char **out_json,
                              stl_error *err) {
    SCOPED_STATE s = {0};
    stl_told_charges charges = {0};
    TRY(stl_state_merge(r->now.stay, json, &s.stay, &charges.repeated, err));
    charges.added = stl_stay_n_charges(s.stay) - stl_stay_n_charges(r->now.stay);
    return become(r, &s, charges, keep, stops, out_json, err);
}

settle_status stl_running_remove(stl_running *r, stl_str feedetl_sn, bool *stops, char **out_json,
                                 stl_error *err) {
    SCOPED_STATE s = {0};
    size_t repeated;
    int64_t line;
    TRY(stl_flow_find_line(r->now.stay, feedetl_sn, &line, err));
    TRY(stl_state_merge(r->now.stay, (stl_str){0}, &s.stay, &repeated, err));
    stl_stay_drop(s.stay, STL_R_CHARGE, (size_t)line);
    return become(r, &s, (stl_told_charges){.removed = 1}, true, stops, out_json, err);
}

/* --- charges alone ---------------------------------------------------------------------------- */

static bool has_only_charges(const stl_stay *part) {
    for (int kind = 0; kind < STL_R_KINDS; kind++)
        if (kind != STL_R_CHARGE && part->given[kind])
            return false;
    return part->given[STL_R_CHARGE];
}

static settle_status refuse_twin(const stl_charge *charge, stl_error *err) {
    return FAIL(err, SETTLE_E_INPUT_DUPLICATE, .file = "json", .line = charge->line,
                .field = "feedetl_sn", .value = charge->feedetl_sn.ptr,
                .detail = "the stay has it with other content");
}

/* Those of the part that the stay has not. */
static settle_status news_of(const stl_running *r, const stl_stay *part, stl_arena *arena,
                             stl_rows *out, stl_error *err) {
    const stl_growing *g = stl_watch_growing(r->now.watch);
    size_t n = stl_stay_n_charges(part);
    stl_charge *news = stl_arena_alloc(arena, n * sizeof *news);
    TRY_ALLOC(err, news);
    *out = (stl_rows){.items = news};
    for (size_t i = 0; i < n; i++) {
        const stl_charge *charge = &stl_stay_charges(part)[i];
        uint32_t known = stl_growing_find(g, charge->feedetl_sn);
        if (known == STL_NO_KEY)
            news[out->count++] = *charge;
        else if (!stl_record_same(&STL_RECORD_TYPES[STL_R_CHARGE], charge,
                                  stl_case_charge(&g->c, known)))
            return refuse_twin(charge, err);
    }
    return SETTLE_OK;
}

static settle_status change(stl_running *r, stl_told_charges charges, bool keep, stl_told *next,
                            bool *renewed, bool *stops, char **out_json, stl_error *err) {
    const stl_told *told = &r->now.told;
    TRY(stl_state_change(r->session, &r->now, next, renewed, err));
    if (keep)
        TRY(stl_watch_adopt(r->now.watch, err));
    told = *renewed ? next : told;
    *stops = stl_verdict_stops(&told->j.verdict);
    return stl_running_tell(&r->now.told, told, charges, out_json, err);
}

/* *fits false: nothing was done, the stay is to be judged anew. */
static settle_status add_charges(stl_running *r, const stl_stay *part, bool keep, bool *fits,
                                 bool *stops, char **out_json, stl_error *err) {
    SCOPED_ARENA *arena = stl_arena_new();
    SCOPED_TOLD next = {0};
    TRY_ALLOC(err, arena);
    stl_rows news = {0};
    bool renewed = false;
    TRY(news_of(r, part, arena, &news, err));
    stl_told_charges charges = {.added = news.count,
                                .repeated = stl_stay_n_charges(part) - news.count};
    settle_status status = stl_watch_add(r->now.watch, news.items, news.count, fits, err);
    if (status == SETTLE_OK && *fits)
        status = change(r, charges, keep, &next, &renewed, stops, out_json, err);
    if (status == SETTLE_OK && *fits && keep)
        stl_state_keep(&r->now, &next, renewed);
    else
        stl_state_undo(&r->now);
    return status;
}

settle_status stl_running_add(stl_running *r, stl_str json, bool keep, bool *stops, char **out_json,
                              stl_error *err) {
    SCOPED_BUILDER *builder = stl_source_builder_new();
    TRY_ALLOC(err, builder);
    const stl_stay *part;
    bool fits = false;
    TRY(stl_source_builder_part(builder, &r->now.stay->head, json, "json", 1, &part, err));
    if (has_only_charges(part) && part->n_extras == 0 && stl_stay_n_charges(r->now.stay) > 0)
        TRY(add_charges(r, part, keep, &fits, stops, out_json, err));
    return fits ? SETTLE_OK : add_anew(r, json, keep, stops, out_json, err);
}

settle_status stl_running_verdict(stl_running *r, bool *stops, char **out_json, stl_error *err) {
    TRY(stl_flow_not_empty(r->now.stay, err));
    SCOPED_ARENA *arena = stl_arena_new();
    TRY_ALLOC(err, arena);
    TRY(stl_state_refresh(r->session, &r->now, err));
    stl_judgement j = {
        .c = stl_watch_growing(r->now.watch)->c, .verdict = {.arena = arena}, .pack = r->now.pack};
    j.c.arena = arena;
    TRY(stl_flow_accumulators(r->session, &j.c, err));
    TRY(stl_watch_gather(r->now.watch, &j.c, true, &j.verdict, err));
    TRY(stl_flow_pay(r->session, false, &j, err));
    return stl_flow_answer_judged(&j, STL_RESULT_FINDINGS, stops, out_json, err);
}
