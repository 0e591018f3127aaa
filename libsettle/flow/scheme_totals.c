/* SPDX-License-Identifier: Apache-2.0 */
#include "flow/scheme_totals.h"

#include "flow/result.h"
#include "flow/stored.h"
#include "rules/support.h"

/* What one layer paid in one scheme by one pack. */
typedef struct fund {
    stl_str layer, fund_pay_type;
    stl_money payamt;
} fund;

typedef struct scheme {
    stl_str insutype, pack_id, pack_version;
    int64_t settlements;
    stl_setlinfo info;
    fund *funds;
    size_t n_funds, cap_funds;
} scheme;

typedef struct totals {
    const stl_session *session;
    stl_arena *arena;
    stl_instant from, until;
    scheme *schemes;
    size_t n, cap;
} totals;

static settle_status scheme_of(totals *t, const stl_ledger_submission *s, scheme **out,
                               stl_error *err) {
    for (size_t i = 0; i < t->n; i++) {
        *out = &t->schemes[i];
        if (stl_str_eq((*out)->insutype, s->insutype) && stl_str_eq((*out)->pack_id, s->pack_id) &&
            stl_str_eq((*out)->pack_version, s->pack_version))
            return SETTLE_OK;
    }
    void *items = t->schemes;
    *out = stl_arena_push(t->arena, &items, &t->n, &t->cap, sizeof **out);
    TRY_ALLOC(err, *out);
    t->schemes = items;
    **out = (scheme){.insutype = stl_arena_str(t->arena, s->insutype),
                     .pack_id = stl_arena_str(t->arena, s->pack_id),
                     .pack_version = stl_arena_str(t->arena, s->pack_version)};
    TRY_ALLOC(err, (*out)->insutype.ptr);
    TRY_ALLOC(err, (*out)->pack_id.ptr);
    TRY_ALLOC(err, (*out)->pack_version.ptr);
    return SETTLE_OK;
}

static settle_status add_fund(totals *t, scheme *in, const stl_setldetail *d, stl_error *err) {
    for (size_t i = 0; i < in->n_funds; i++)
        if (stl_str_eq(in->funds[i].layer, d->layer) &&
            stl_str_eq(in->funds[i].fund_pay_type, d->fund_pay_type)) {
            in->funds[i].payamt = stl_rules_sum(in->funds[i].payamt, d->fund_payamt);
            return SETTLE_OK;
        }
    void *items = in->funds;
    fund *slot = stl_arena_push(t->arena, &items, &in->n_funds, &in->cap_funds, sizeof *slot);
    TRY_ALLOC(err, slot);
    in->funds = items;
    *slot = (fund){stl_arena_str(t->arena, d->layer), stl_arena_str(t->arena, d->fund_pay_type),
                   d->fund_payamt};
    TRY_ALLOC(err, slot->layer.ptr);
    TRY_ALLOC(err, slot->fund_pay_type.ptr);
    return SETTLE_OK;
}

static settle_status add(void *user, const stl_ledger_submission *s, stl_error *err) {
    totals *t = user;
    if (stl_str_is(s->state, "reversed") || (t->from != STL_NONE && s->made_at < t->from) ||
        (t->until != STL_NONE && s->made_at > t->until))
        return SETTLE_OK;
    scheme *in;
    SCOPED_READER *reader = stl_wire_reader_new("ledger");
    TRY_ALLOC(err, reader);
    const stl_wire_document *document;
    TRY(scheme_of(t, s, &in, err));
    TRY(stl_flow_read_stored(t->session, s->document, s->made_at, reader, &document, err));
    in->settlements++;
    if (!stl_setlinfo_add(&in->info, &document->settlement.info))
        return FAIL(err, SETTLE_E_OVERFLOW, .field = "setlinfo");
    for (size_t i = 0; i < document->settlement.n_details; i++)
        TRY(add_fund(t, in, &document->settlement.details[i], err));
    return SETTLE_OK;
}

static void put_scheme(stl_json *j, const scheme *s) {
    stl_json_object(j);
    stl_json_put_str(j, "insutype", s->insutype);
    stl_json_put_str(j, "pack_id", s->pack_id);
    stl_json_put_str(j, "pack_version", s->pack_version);
    stl_json_put_int(j, "settlements", s->settlements);
    stl_flow_put_money(j, "medfee_sumamt", s->info.medfee_sumamt);
    stl_flow_put_money(j, "fund_pay_sumamt", s->info.fund_pay_sumamt);
    stl_flow_put_money(j, "psn_part_amt", s->info.psn_part_amt);
    stl_flow_put_money(j, "acct_pay", s->info.acct_pay);
    stl_flow_put_money(j, "psn_cash_pay", s->info.psn_cash_pay);
    stl_flow_put_money(j, "hosp_part_amt", s->info.hosp_part_amt);
    stl_json_key(j, "funds");
    stl_json_array(j);
    for (size_t i = 0; i < s->n_funds; i++) {
        stl_json_object(j);
        stl_json_put_str(j, "layer", s->funds[i].layer);
        stl_json_put_str(j, "fund_pay_type", s->funds[i].fund_pay_type);
        stl_flow_put_money(j, "fund_payamt", s->funds[i].payamt);
        stl_json_object_end(j);
    }
    stl_json_array_end(j);
    stl_json_object_end(j);
}

settle_status stl_flow_scheme_totals(stl_session *session, stl_day from, stl_day until,
                                     char **out_json, stl_error *err) {
    TRY(stl_session_need_site(session, err));
    TRY(stl_session_ledger(session, STL_LEDGER_READ, err));
    SCOPED_ARENA *arena = stl_arena_new();
    TRY_ALLOC(err, arena);
    totals t = {.session = session,
                .arena = arena,
                .from = from == STL_NONE ? STL_NONE : from * STL_DAY_SECONDS,
                .until = until == STL_NONE ? STL_NONE : (until + 1) * STL_DAY_SECONDS - 1};
    TRY(stl_ledger_submissions(session->ledger, STL_STR(""), add, &t, err));
    SCOPED_BUF buf = {0};
    stl_json j = {.out = &buf};
    stl_json_object(&j);
    stl_json_key(&j, "schemes");
    stl_json_array(&j);
    for (size_t i = 0; i < t.n; i++)
        put_scheme(&j, &t.schemes[i]);
    stl_json_array_end(&j);
    stl_json_object_end(&j);
    return stl_flow_take_json(&buf, out_json, err);
}
