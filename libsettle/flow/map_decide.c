/* SPDX-License-Identifier: Apache-2.0 */
#include "flow/map_decide.h"

#include "flow/map_complete.h"
#include "flow/map_proposals.h"
#include "flow/map_publish.h"
#include "flow/result.h"
#include "flow/who.h"

typedef struct deciding {
    stl_session *session;
    stl_arena *arena;
    stl_review_state to;
    stl_map_which which;
    stl_ledger_mapping event;
    int64_t decided, incomplete;
} deciding;

static settle_status refuse(int64_t proposal, const char *detail, stl_error *err) {
    char number[STL_DECIMAL_TEXT_MAX + 1] = "R";
    stl_decimal_format(proposal, 0, number + 1);
    return FAIL(err, SETTLE_E_INPUT_MAPPING, .field = "proposal", .value = number,
                .detail = detail);
}

static settle_status refuse_all(const stl_map_which *which, stl_error *err) {
    static const char WHY[] = "nothing there is in the state that this needs";
    char batch[STL_DECIMAL_TEXT_MAX];
    if (which->proposal != 0)
        return refuse(which->proposal, WHY, err);
    stl_decimal_format(which->batch, 0, batch);
    return FAIL(err, SETTLE_E_INPUT_MAPPING, .field = "batch", .value = batch, .detail = WHY);
}

static settle_status put(deciding *d, const stl_map_proposal *p, stl_error *err) {
    d->event.proposal = p->no;
    d->decided++;
    return stl_ledger_mapping_add(d->session->ledger, &d->event, stl_session_actor(d->session),
                                  err);
}

static settle_status approve(deciding *d, const stl_map_proposal *p, stl_error *err) {
    stl_map_row row;
    if (stl_flow_same_person(p->made.by, d->session->opter))
        return refuse(p->no, "who proposed it does not approve it", err);
    TRY(stl_map_row_read(p->row, d->arena, &row, err));
    stl_map_lack lack = stl_map_lacks(d->session->site, stl_instant_day(d->event.at), &row);
    if (lack == STL_MAP_LACKS_NOTHING)
        return put(d, p, err);
    if (d->which.proposal != 0)
        return refuse(p->no,
                      lack == STL_MAP_LACKS_FACTOR ? "the units differ, and it has no factor"
                                                   : "no catalogue in force has its code",
                      err);
    d->incomplete++;
    return SETTLE_OK;
}

static settle_status decide_one(deciding *d, const stl_map_proposal *p, stl_error *err) {
    stl_review_state from =
        d->to == STL_REVIEW_EXPIRED ? STL_REVIEW_APPROVED : STL_REVIEW_SUGGESTED;
    bool meant =
        d->which.proposal != 0 ? p->no == d->which.proposal : p->made.batch == d->which.batch;
    if (!meant || stl_review_state_of(p) != from)
        return SETTLE_OK;
    return d->to == STL_REVIEW_APPROVED ? approve(d, p, err) : put(d, p, err);
}

static bool was_decided_in(const stl_map_proposal *p, int64_t batch) {
    for (const stl_map_step *s = p->last; s != NULL; s = s->before)
        if (s->batch == batch)
            return true;
    return false;
}

static settle_status undo_one(deciding *d, const stl_map_proposal *p, stl_error *err) {
    if (!was_decided_in(p, d->which.batch))
        return SETTLE_OK;
    if (p->last->batch != d->which.batch)
        return refuse(p->no, "it was decided on since", err);
    return put(d, p, err);
}

static settle_status decide_all(deciding *d, stl_error *err) {
    stl_map_proposals proposals;
    stl_ledger_mapping next;
    int64_t utc;
    TRY(stl_flow_map_proposals(d->session->ledger, d->arena, &proposals, err));
    TRY(stl_ledger_mapping_next(d->session->ledger, &next, err));
    TRY(stl_session_now(d->session, &d->event.at, &utc, err));
    d->event.batch = next.batch;
    for (size_t i = 0; i < proposals.count; i++)
        TRY(d->to == STL_REVIEW_WITHDRAWN ? undo_one(d, proposals.items[i], err)
                                          : decide_one(d, proposals.items[i], err));
    if (d->decided + d->incomplete == 0)
        return refuse_all(&d->which, err);
    return stl_ledger_commit(d->session->ledger, err);
}

static settle_status check(const deciding *d, stl_str act, stl_error *err) {
    if (d->to == STL_REVIEW_SUGGESTED)
        return FAIL(err, SETTLE_E_ARG_VALUE, .field = "decision", .value = act.ptr,
                    .detail = "approve, refuse, expire or undo");
    bool by_batch = d->which.batch > 0 && d->which.proposal == 0;
    bool by_number = d->which.batch == 0 && d->which.proposal > 0;
    if (!by_batch && (!by_number || d->to == STL_REVIEW_WITHDRAWN))
        return FAIL(err, SETTLE_E_ARG_VALUE, .field = "batch",
                    .detail = "a batch, or a proposal, which undo does not take");
    return stl_review_check_reason(d->event.reason, err);
}

settle_status stl_flow_map_decide(stl_session *session, stl_str act, stl_map_which which,
                                  stl_str reason, char **out_json, stl_error *err) {
    SCOPED_ARENA *arena = stl_arena_new();
    TRY_ALLOC(err, arena);
    deciding d = {.session = session, .arena = arena, .which = which, .to = STL_REVIEW_SUGGESTED};
    d.event = (stl_ledger_mapping){
        .action = act, .by = session->opter, .reason = reason, .row = STL_STR("")};
    TRY(stl_session_need_site(session, err));
    (void)stl_review_find_act(act, &d.to);
    TRY(check(&d, act, err));
    TRY(stl_session_ledger(session, STL_LEDGER_WRITE, err));
    if (stl_ledger_is_held(session->ledger))
        return FAIL(err, SETTLE_E_ARG_STATE, .field = "decision", .detail = "an exchange is open");
    TRY(stl_ledger_begin(session->ledger, err));
    settle_status status = decide_all(&d, err);
    stl_ledger_rollback(session->ledger);
    TRY(status);
    int64_t in_force;
    TRY(stl_flow_map_publish(session, &in_force, err));
    SCOPED_BUF buf = {0};
    stl_json j = {.out = &buf};
    stl_json_object(&j);
    stl_json_put_int(&j, "batch", d.decided == 0 ? 0 : d.event.batch);
    stl_json_put_int(&j, "decided", d.decided);
    stl_json_put_int(&j, "incomplete", d.incomplete);
    stl_json_put_int(&j, "in_force", in_force);
    stl_json_object_end(&j);
    return stl_flow_take_json(&buf, out_json, err);
}
