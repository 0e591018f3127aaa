/* SPDX-License-Identifier: Apache-2.0 */
/* The proposals for the hospital's mapping, as what was decided on them left them. */
#ifndef STL_FLOW_MAP_PROPOSALS_H
#define STL_FLOW_MAP_PROPOSALS_H

#include "base/mem.h"
#include "flow/session.h"

typedef enum stl_review_state {
    STL_REVIEW_WITHDRAWN, /* undone as a whole */
    STL_REVIEW_SUGGESTED,
    STL_REVIEW_APPROVED, /* by a second person */
    STL_REVIEW_REFUSED,
    STL_REVIEW_EXPIRED,
    STL_REVIEW_STATES
} stl_review_state;

/* One decision; undoing it makes the one before it the last. */
typedef struct stl_map_step stl_map_step;
struct stl_map_step {
    stl_review_state state;
    int64_t no, batch;
    stl_str by, reason;
    stl_instant at;
    const stl_map_step *before; /* NULL: the proposal itself */
};

typedef struct stl_map_proposal {
    int64_t no;
    stl_str row;              /* JSON object by the columns of mapping.csv */
    stl_map_step made;        /* who proposed it, in which batch */
    const stl_map_step *last; /* NULL: withdrawn */
    bool was_approved;        /* whatever was undone since */
} stl_map_proposal;

typedef struct stl_map_proposals { /* in the order of their numbers */
    stl_map_proposal **items;
    size_t count, cap;
} stl_map_proposals;

/* All of the ledger, in the arena. */
settle_status stl_flow_map_proposals(stl_ledger *ledger, stl_arena *arena, stl_map_proposals *out,
                                     stl_error *err) STL_MUST_CHECK;

stl_review_state stl_review_state_of(const stl_map_proposal *proposal);
/* "suggested", "approved", "refused", "expired", "withdrawn". */
const char *stl_review_word(stl_review_state state);
/* false: no such word. */
bool stl_review_find(stl_str word, stl_review_state *out);
/* The act that leads to a state: "suggest", "approve", "refuse", "expire", "undo"; and back. */
stl_str stl_review_act(stl_review_state state);
bool stl_review_find_act(stl_str act, stl_review_state *out);

/* Why somebody proposes or decides; "" is one. ARG_VALUE. */
settle_status stl_review_check_reason(stl_str reason, stl_error *err) STL_MUST_CHECK;

#endif
