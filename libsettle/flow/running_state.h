/* SPDX-License-Identifier: Apache-2.0 */
/* What a running stay is at one time: the stay, what its rules say, and what was told of it. */
#ifndef STL_FLOW_RUNNING_STATE_H
#define STL_FLOW_RUNNING_STATE_H

#include "flow/judge.h"
#include "flow/running_told.h"
#include "rules/watch.h"

typedef struct stl_state {
    stl_stay *stay; /* owned */
    stl_watch *watch;
    const stl_pack *pack;
    stl_arena *ledger; /* owned: what the ledger said when it was asked last */
    stl_told told;
} stl_state;

void stl_state_free(stl_state *s);
#define SCOPED_STATE __attribute__((cleanup(stl_state_free))) stl_state

void stl_state_swap(stl_state *a, stl_state *b);

/* The stay with more records, as imports are merged; `more` empty: a copy. */
settle_status stl_state_merge(const stl_stay *stay, stl_str more, stl_stay **out, size_t *repeated,
                              stl_error *err) STL_MUST_CHECK;

/* `s->stay` is there; the rest is made. */
settle_status stl_state_judge(stl_session *session, stl_state *s, stl_error *err) STL_MUST_CHECK;

/* Judges the charges that were added to the watch, told in `next`; *renewed false: nothing differs,
 * and what was told stands. */
settle_status stl_state_change(stl_session *session, stl_state *s, stl_told *next, bool *renewed,
                               stl_error *err) STL_MUST_CHECK;
/* The change stands, or is taken back. */
void stl_state_keep(stl_state *s, stl_told *next, bool renewed);
void stl_state_undo(stl_state *s);

/* What the ledger says now; afterwards what was told is as of now. */
settle_status stl_state_refresh(stl_session *session, stl_state *s, stl_error *err) STL_MUST_CHECK;

#endif
