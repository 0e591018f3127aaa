/* SPDX-License-Identifier: Apache-2.0 */
#include "flow/settled.h"

#include "benefit/benefit.h"
#include "flow/stays.h"
#include "flow/stored.h"
#include "rules/support.h"

typedef struct reading {
    const stl_session *session;
    stl_arena *arena;
    stl_settled *settled;
} reading;

static settle_status add_msgid(reading *r, stl_str msgid, stl_error *err) {
    SCOPED_BUF text = {0};
    stl_buf_str(&text, r->settled->msgids);
    stl_buf_text(&text, r->settled->n_parts == 0 ? "" : " ");
    stl_buf_str(&text, msgid);
    if (!stl_buf_ok(&text))
        return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    r->settled->msgids = stl_arena_str(r->arena, (stl_str){text.ptr, text.len});
    TRY_ALLOC(err, r->settled->msgids.ptr);
    return SETTLE_OK;
}

static settle_status add_layer(reading *r, const stl_setldetail *d, stl_error *err) {
    stl_settled *all = r->settled;
    for (size_t i = 0; i < all->n_details; i++)
        if (stl_str_eq(all->details[i].layer, d->layer)) {
            all->details[i].fund_payamt += d->fund_payamt;
            all->details[i].inscp_scp_amt += d->inscp_scp_amt;
            return SETTLE_OK;
        }
    void *items = all->details;
    stl_setldetail *slot =
        stl_arena_push(r->arena, &items, &all->n_details, &all->cap_details, sizeof *slot);
    TRY_ALLOC(err, slot);
    all->details = items;
    *slot = (stl_setldetail){.layer = stl_arena_str(r->arena, d->layer),
                             .fund_payamt = d->fund_payamt,
                             .inscp_scp_amt = d->inscp_scp_amt};
    TRY_ALLOC(err, slot->layer.ptr);
    return SETTLE_OK;
}

static settle_status add_line(reading *r, stl_str feedetl_sn, const stl_line_amounts *amounts,
                              stl_error *err) {
    stl_settled *all = r->settled;
    void *items = all->lines;
    stl_settled_line *slot =
        stl_arena_push(r->arena, &items, &all->n_lines, &all->cap_lines, sizeof *slot);
    TRY_ALLOC(err, slot);
    all->lines = items;
    *slot = (stl_settled_line){stl_arena_str(r->arena, feedetl_sn), *amounts};
    TRY_ALLOC(err, slot->feedetl_sn.ptr);
    return SETTLE_OK;
}

static settle_status add_part(void *user, const stl_ledger_submission *s, stl_error *err) {
    reading *r = user;
    if (stl_str_is(s->state, "reversed"))
        return SETTLE_OK;
    SCOPED_READER *reader = stl_wire_reader_new("ledger");
    TRY_ALLOC(err, reader);
    const stl_wire_document *part;
    TRY(stl_flow_read_stored(r->session, s->document, s->made_at, reader, &part, err));
    TRY(add_msgid(r, s->msgid, err));
    if (r->settled->n_parts++ == 0)
        r->settled->first = s->made_at;
    if (!stl_setlinfo_add(&r->settled->info, &part->settlement.info))
        return FAIL(err, SETTLE_E_OVERFLOW, .field = "setlinfo");
    for (size_t i = 0; i < part->settlement.n_details; i++)
        TRY(add_layer(r, &part->settlement.details[i], err));
    for (size_t i = 0; i < part->settlement.n_lines; i++)
        TRY(add_line(r, part->feedetl_sn[i], &part->settlement.lines[i], err));
    return SETTLE_OK;
}

/* Accumulators continued from another stay's settlement that came after the first part hold that
 * part already: what they were before this stay nobody knows. */
static settle_status check_accumulators(stl_judgement *j, const stl_settled *settled) {
    const stl_settlement *s = &j->settlement;
    if (s->n_accs == 0 || j->c.accumulators_at < settled->first)
        return SETTLE_OK;
    stl_benefit_forget(&j->settlement);
    return stl_verdict_gap(
        &j->verdict, STL_FLOW_RULE_ACC,
        stl_rules_pick(&j->c, "本次就诊之前的年度累计（中途结算后另有一次就诊结算）",
                       "accumulators before this stay (another stay was settled since its first "
                       "interim settlement)"),
        0);
}

settle_status stl_flow_less_settled(stl_session *session, bool explain, stl_judgement *j,
                                    stl_error *err) {
    j->settlement.interim = j->c.stay->interim;
    if (!j->c.settled_in_part)
        return SETTLE_OK;
    stl_settled *settled = stl_arena_alloc(j->c.arena, sizeof *settled);
    TRY_ALLOC(err, settled);
    reading r = {session, j->c.arena, settled};
    TRY(stl_ledger_submissions(session->ledger, j->c.stay->head.mdtrt_id, add_part, &r, err));
    TRY(check_accumulators(j, settled));
    return stl_benefit_less_settled(&j->c, settled, explain, &j->settlement, &j->verdict, err);
}

/* --- the stay as of an instant ------------------------------------------------------------------
 */

static void keep_until(stl_stay *stay, stl_instant until) {
    stl_rows *rows = &stay->rows[STL_R_CHARGE];
    stl_charge *charges = rows->items;
    size_t kept = 0;
    for (size_t i = 0; i < rows->count; i++)
        if (charges[i].fee_ocur_time <= until)
            charges[kept++] = charges[i];
    rows->count = kept;
    stay->n_extras = 0; /* columns that nobody reads here, by the number of their row */
    if (stay->head.endtime > until)
        stay->head.endtime = STL_NONE;
}

settle_status stl_flow_interim(stl_session *session, stl_str mdtrt_id, stl_instant until,
                               stl_stay **out, stl_error *err) {
    SCOPED_STAY *stay = NULL;
    stl_instant now;
    int64_t utc;
    TRY(stl_flow_stay(session, mdtrt_id, &stay, err));
    TRY(stl_session_now(session, &now, &utc, err));
    if (until != STL_NONE && stl_instant_day(until) > stl_instant_day(now))
        return FAIL(err, SETTLE_E_ARG_VALUE, .field = "until", .detail = "the day lies ahead");
    if (until != STL_NONE)
        keep_until(stay, until);
    stay->head.setl_time = until != STL_NONE && until < now ? until : now;
    stay->interim = true;
    *out = stay;
    stay = NULL;
    return SETTLE_OK;
}
