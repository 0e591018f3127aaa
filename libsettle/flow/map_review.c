/* SPDX-License-Identifier: Apache-2.0 */
#include "flow/map_review.h"

#include "flow/map_complete.h"
#include "flow/map_proposals.h"
#include "flow/result.h"

typedef struct telling {
    const stl_session *session;
    stl_arena *arena;
    stl_day day;
    stl_str item;
    stl_json *j;
} telling;

static void put_instant(stl_json *j, const char *key, stl_instant at) {
    char text[STL_DATE_TEXT_MAX];
    stl_instant_format(at, text);
    stl_json_put_text(j, key, text);
}

static settle_status put_proposal(const telling *t, const stl_map_proposal *p, stl_error *err) {
    stl_map_row row;
    TRY(stl_map_row_read(p->row, t->arena, &row, err));
    if (!stl_str_empty(t->item) && !stl_str_eq(t->item, row.cells[STL_MAP_ITEM]))
        return SETTLE_OK;
    bool decided = p->last != NULL && p->last != &p->made;
    const stl_map_step nobody = {.by = STL_STR(""), .reason = STL_STR(""), .at = STL_NONE};
    const stl_map_step *last = decided ? p->last : &nobody;
    char number[STL_DECIMAL_TEXT_MAX + 1] = "R";
    stl_decimal_format(p->no, 0, number + 1);
    stl_json_object(t->j);
    stl_json_put_text(t->j, "proposal", number);
    stl_json_put_int(t->j, "batch", p->made.batch);
    stl_json_put_text(t->j, "state", stl_review_word(stl_review_state_of(p)));
    stl_json_put_text(t->j, "lacks",
                      stl_map_lack_word(stl_map_lacks(t->session->site, t->day, &row)));
    stl_json_put_str(t->j, "suggested_by", p->made.by);
    put_instant(t->j, "suggested_at", p->made.at);
    stl_json_put_str(t->j, "suggested_reason", p->made.reason);
    stl_json_put_int(t->j, "decided_batch", last->batch);
    stl_json_put_str(t->j, "decided_by", last->by);
    put_instant(t->j, "decided_at", last->at);
    stl_json_put_str(t->j, "decided_reason", last->reason);
    stl_json_key(t->j, "row");
    stl_map_row_put(&row, t->j);
    stl_json_object_end(t->j);
    return SETTLE_OK;
}

static settle_status put_all(const telling *t, stl_str word, stl_error *err) {
    stl_map_proposals proposals;
    stl_review_state state = STL_REVIEW_STATES;
    if (!stl_str_empty(word) && !stl_review_find(word, &state))
        return FAIL(err, SETTLE_E_ARG_VALUE, .field = "state", .value = word.ptr,
                    .detail = "suggested, approved, refused, expired or withdrawn");
    TRY(stl_flow_map_proposals(t->session->ledger, t->arena, &proposals, err));
    stl_json_object(t->j);
    stl_json_key(t->j, "proposals");
    stl_json_array(t->j);
    for (size_t i = 0; i < proposals.count; i++)
        if (state == STL_REVIEW_STATES || stl_review_state_of(proposals.items[i]) == state)
            TRY(put_proposal(t, proposals.items[i], err));
    stl_json_array_end(t->j);
    stl_json_object_end(t->j);
    return SETTLE_OK;
}

settle_status stl_flow_map_review(stl_session *session, stl_str state, stl_str item,
                                  char **out_json, stl_error *err) {
    stl_instant now;
    int64_t utc;
    TRY(stl_session_need_site(session, err));
    TRY(stl_session_ledger(session, STL_LEDGER_READ, err));
    TRY(stl_session_now(session, &now, &utc, err));
    SCOPED_ARENA *arena = stl_arena_new();
    TRY_ALLOC(err, arena);
    SCOPED_BUF buf = {0};
    stl_json j = {.out = &buf};
    const telling t = {session, arena, stl_instant_day(now), item, &j};
    TRY(put_all(&t, state, err));
    return stl_flow_take_json(&buf, out_json, err);
}
