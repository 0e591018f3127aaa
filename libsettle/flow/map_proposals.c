/* SPDX-License-Identifier: Apache-2.0 */
#include "flow/map_proposals.h"

#include "base/text.h"

static const char *const WORDS[STL_REVIEW_STATES][2] = {
    [STL_REVIEW_WITHDRAWN] = {"withdrawn", "undo"},
    [STL_REVIEW_SUGGESTED] = {"suggested", "suggest"},
    [STL_REVIEW_APPROVED] = {"approved", "approve"},
    [STL_REVIEW_REFUSED] = {"refused", "refuse"},
    [STL_REVIEW_EXPIRED] = {"expired", "expire"},
};
enum { WORD, ACT, REASON_MOST = 100 /* characters */ };

stl_review_state stl_review_state_of(const stl_map_proposal *proposal) {
    return proposal->last == NULL ? STL_REVIEW_WITHDRAWN : proposal->last->state;
}

const char *stl_review_word(stl_review_state state) {
    return WORDS[state][WORD];
}

stl_str stl_review_act(stl_review_state state) {
    return stl_str_of(WORDS[state][ACT]);
}

static bool find(stl_str word, int column, stl_review_state *out) {
    for (size_t i = 0; i < STL_REVIEW_STATES; i++)
        if (stl_str_is(word, WORDS[i][column])) {
            *out = (stl_review_state)i;
            return true;
        }
    return false;
}

bool stl_review_find(stl_str word, stl_review_state *out) {
    return find(word, WORD, out);
}

bool stl_review_find_act(stl_str act, stl_review_state *out) {
    return find(act, ACT, out);
}

typedef struct reading {
    stl_arena *arena;
    stl_map_proposals *out;
} reading;

static settle_status keep_step(const reading *r, const stl_ledger_mapping *event,
                               stl_review_state state, stl_map_step *out, stl_error *err) {
    *out = (stl_map_step){.state = state,
                          .no = event->no,
                          .batch = event->batch,
                          .by = stl_arena_str(r->arena, event->by),
                          .reason = stl_arena_str(r->arena, event->reason),
                          .at = event->at};
    TRY_ALLOC(err, out->by.ptr);
    TRY_ALLOC(err, out->reason.ptr);
    return SETTLE_OK;
}

static settle_status add_proposal(const reading *r, const stl_ledger_mapping *event,
                                  stl_error *err) {
    stl_map_proposal *p = stl_arena_alloc(r->arena, sizeof *p);
    TRY_ALLOC(err, p);
    stl_map_proposal **place = stl_arena_push(r->arena, (void **)&r->out->items, &r->out->count,
                                              &r->out->cap, sizeof *r->out->items);
    TRY_ALLOC(err, place);
    *place = p;
    p->no = event->proposal;
    p->row = stl_arena_str(r->arena, event->row);
    TRY_ALLOC(err, p->row.ptr);
    p->last = &p->made;
    return keep_step(r, event, STL_REVIEW_SUGGESTED, &p->made, err);
}

/* Numbers are given without gaps, from 1. */
static stl_map_proposal *proposal_of(const reading *r, int64_t no) {
    return no < 1 || (size_t)no > r->out->count ? NULL : r->out->items[no - 1];
}

static settle_status add_event(void *user, const stl_ledger_mapping *event, stl_error *err) {
    const reading *r = user;
    stl_review_state state;
    if (stl_str_eq(event->action, stl_review_act(STL_REVIEW_SUGGESTED)) &&
        event->proposal == (int64_t)r->out->count + 1)
        return add_proposal(r, event, err);
    stl_map_proposal *p = proposal_of(r, event->proposal);
    if (p == NULL || p->last == NULL || !find(event->action, ACT, &state) ||
        state == STL_REVIEW_SUGGESTED)
        return FAIL(err, SETTLE_E_STORE_CORRUPT, .field = "mapping_event", .line = event->no);
    if (state == STL_REVIEW_WITHDRAWN) {
        p->last = p->last->before;
        return SETTLE_OK;
    }
    stl_map_step *step = stl_arena_alloc(r->arena, sizeof *step);
    TRY_ALLOC(err, step);
    TRY(keep_step(r, event, state, step, err));
    step->before = p->last;
    p->was_approved |= state == STL_REVIEW_APPROVED;
    p->last = step;
    return SETTLE_OK;
}

settle_status stl_flow_map_proposals(stl_ledger *ledger, stl_arena *arena, stl_map_proposals *out,
                                     stl_error *err) {
    reading r = {arena, out};
    *out = (stl_map_proposals){.items = NULL};
    return stl_ledger_mappings(ledger, add_event, &r, err);
}

settle_status stl_review_check_reason(stl_str reason, stl_error *err) {
    if (!stl_text_printable(reason))
        return FAIL(err, SETTLE_E_ARG_VALUE, .field = "reason",
                    .detail = "not UTF-8, or with control characters");
    if (stl_utf8_count(reason) > REASON_MOST)
        return FAIL(err, SETTLE_E_ARG_VALUE, .field = "reason",
                    .detail = "UTF-8 of at most 100 characters");
    return SETTLE_OK;
}
