/* SPDX-License-Identifier: Apache-2.0 */
#include "flow/overrides.h"

#include "flow/result.h"
#include "flow/stays.h"
#include "rules/lists.h"
#include "flow/who.h"

/* --- what the pack permits ------------------------------------------------------------------- */

typedef enum need { NEVER, ONE, TWO } need;

static need need_of(const stl_judgement *j, const stl_finding *f) {
    stl_day day = stl_pack_rule_day(j->pack, &j->c.stay->head);
    const char *word = stl_rules_override(stl_pack_region(j->pack), f->rule_id, f->action, day);
    if (strcmp(f->rule_id, STL_FLOW_RULE_ACC) == 0) /* nobody's word computes a payment */
        return NEVER;
    return strcmp(word, "one") == 0 ? ONE : strcmp(word, "two") == 0 ? TWO : NEVER;
}

static bool enough(need need, const stl_override *o) {
    return need == ONE || (need == TWO && !stl_str_empty(o->second));
}

/* --- applying -------------------------------------------------------------------------------- */

static settle_status apply(void *user, const stl_ledger_override *row, stl_error *err) {
    stl_judgement *j = user;
    stl_finding *f = stl_verdict_find(&j->verdict, row->finding_id);
    if (f == NULL || !stl_str_is(row->rule_id, f->rule_id) || f->vola_amt > row->vola_amt_fen)
        return SETTLE_OK;
    stl_override o = {.approval = stl_arena_str(j->c.arena, row->approval),
                      .by = stl_arena_str(j->c.arena, row->by),
                      .role = stl_arena_str(j->c.arena, row->role),
                      .second = stl_arena_str(j->c.arena, row->second),
                      .reason = stl_arena_str(j->c.arena, row->reason),
                      .at = row->at};
    const stl_str texts[] = {o.approval, o.by, o.role, o.second, o.reason};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        TRY_ALLOC(err, texts[i].ptr);
    if (!enough(need_of(j, f), &o))
        return SETTLE_OK;
    f->overridden = true;
    f->override = o;
    return SETTLE_OK;
}

settle_status stl_flow_overrides_apply(stl_session *session, stl_judgement *j, stl_error *err) {
    if (j->verdict.n_findings == 0)
        return SETTLE_OK;
    return stl_ledger_overrides(session->ledger, j->c.stay->head.mdtrt_id, apply, j, err);
}

/* --- overriding ------------------------------------------------------------------------------ */

static settle_status permitted(const stl_judgement *j, const stl_finding *f, const stl_override *o,
                               stl_error *err) {
    need need = need_of(j, f);
    if (need == NEVER)
        return FAIL(err, SETTLE_E_INPUT_OVERRIDE, .field = "finding_id", .value = f->finding_id,
                    .detail = "the pack permits no override of this rule");
    if (!enough(need, o))
        return FAIL(err, SETTLE_E_INPUT_OVERRIDE, .field = "second",
                    .detail = "the pack demands a second person");
    if (stl_flow_same_person(o->second, o->by))
        return FAIL(err, SETTLE_E_INPUT_OVERRIDE, .field = "second",
                    .detail = "the second person is the first");
    if (f->overridden)
        return FAIL(err, SETTLE_E_ARG_EXISTS, .field = "finding_id", .value = f->finding_id,
                    .detail = "overridden already");
    return SETTLE_OK;
}

static settle_status store(stl_session *session, const stl_judgement *j, const stl_finding *f,
                           stl_error *err) {
    const stl_override *o = &f->override;
    stl_ledger_override row = {
        .mdtrt_id = j->c.stay->head.mdtrt_id,
        .finding_id = stl_str_of(f->finding_id),
        .rule_id = stl_str_of(f->rule_id),
        .vola_amt_fen = f->vola_amt,
        .approval = o->approval,
        .by = o->by,
        .role = o->role,
        .second = o->second,
        .reason = o->reason,
        .at = o->at,
    };
    return stl_ledger_override_add(session->ledger, &row, stl_session_actor(session), err);
}

static int64_t still_stopping(const stl_verdict *v) {
    int64_t n = 0;
    for (size_t i = 0; i < v->n_findings; i++)
        n += !v->findings[i].overridden && v->findings[i].action >= STL_HOLD;
    return n;
}

static settle_status judge_and_store(stl_session *session, stl_str mdtrt_id, stl_str finding_id,
                                     stl_override o, stl_buf *buf, stl_error *err) {
    SCOPED_STAY *stay = NULL;
    TRY(stl_flow_stay(session, mdtrt_id, &stay, err));
    SCOPED_ARENA *arena = stl_arena_new();
    TRY_ALLOC(err, arena);
    stl_judgement j;
    TRY(stl_flow_judge(session, stay, false, arena, &j, err));
    if (j.c.settled_before)
        return FAIL(err, SETTLE_E_INPUT_SETTLED, .field = "mdtrt_id",
                    .value = stay->head.mdtrt_id.ptr);
    stl_finding *f = stl_verdict_find(&j.verdict, finding_id);
    if (f == NULL)
        return FAIL(err, SETTLE_E_INPUT_FINDING_UNKNOWN, .field = "finding_id",
                    .detail = "not in the present verdict");
    TRY(permitted(&j, f, &o, err));
    int64_t utc;
    TRY(stl_session_now(session, &o.at, &utc, err));
    f->overridden = true;
    f->override = o;
    TRY(store(session, &j, f, err));
    stl_json json = {.out = buf};
    stl_json_object(&json);
    stl_flow_result_head(&json, &j);
    stl_json_key(&json, "finding");
    stl_flow_put_finding(&json, &j.c, f);
    stl_json_put_int(&json, "still_stopping", still_stopping(&j.verdict));
    stl_json_object_end(&json);
    stl_buf_reserve(buf, 1);
    if (!stl_buf_ok(buf))
        return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    return stl_ledger_commit(session->ledger, err);
}

/* Judging and storing are one transaction: the finding stands when it is overridden. */
settle_status stl_flow_override(stl_session *session, stl_str mdtrt_id, stl_str finding_id,
                                const stl_override *override, char **out_json, stl_error *err) {
    stl_override o = stl_flow_who(override);
    TRY(stl_session_need_site(session, err));
    TRY(stl_flow_check_who(&o, err));
    TRY(stl_session_ledger(session, STL_LEDGER_WRITE, err));
    TRY(stl_ledger_begin(session->ledger, err));
    SCOPED_BUF buf = {0};
    settle_status status = judge_and_store(session, mdtrt_id, finding_id, o, &buf, err);
    stl_ledger_rollback(session->ledger);
    TRY(status);
    return stl_flow_take_json(&buf, out_json, err);
}
