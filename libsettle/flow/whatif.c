/* SPDX-License-Identifier: Apache-2.0 */
#include "flow/whatif.h"

#include "benefit/benefit.h"
#include "flow/accumulators.h"
#include "flow/result.h"
#include "flow/stays.h"
#include "flow/stored.h"
#include "flow/trial_totals.h"
#include "rules/support.h"

static void pack_cleanup(stl_pack **pack) {
    stl_pack_close(*pack);
}

/* What a stay comes to, and why it comes to nothing. */
typedef struct side {
    const char *state; /* settled, paid, not-served, not-evaluated, or the status of the pack */
    stl_str missing;   /* not-evaluated: the inputs, in words */
    bool known;
    stl_setlinfo info;
} side;

typedef struct whatif {
    stl_session *session;
    stl_site site; /* that has the new pack alone */
    stl_arena *arena;
    stl_ledger_row *rows;
    size_t n_rows, cap_rows;
    stl_json *j;
    bool differs;
    int64_t same, dearer, cheaper, left_out; /* for the patient */
    stl_money before[STL_N_TRIAL_AMOUNTS], after[STL_N_TRIAL_AMOUNTS];
} whatif;

static settle_status note_row(void *user, const stl_ledger_row *row, stl_error *err) {
    whatif *w = user;
    void *items = w->rows;
    stl_ledger_row *slot = stl_arena_push(w->arena, &items, &w->n_rows, &w->cap_rows, sizeof *slot);
    TRY_ALLOC(err, slot);
    w->rows = items;
    *slot = (stl_ledger_row){.mdtrt_id = stl_arena_str(w->arena, row->mdtrt_id),
                             .state = stl_arena_str(w->arena, row->state)};
    TRY_ALLOC(err, slot->mdtrt_id.ptr);
    TRY_ALLOC(err, slot->state.ptr);
    return SETTLE_OK;
}

/* --- what it was settled with -------------------------------------------------------------------
 */

typedef struct settled {
    const whatif *w;
    stl_stay *stay;
    side *side;
} settled;

/* The values before the stay, as its first settlement had them. */
static settle_status take_accumulators(stl_stay *stay, const stl_settlement *first,
                                       stl_error *err) {
    for (size_t i = 0; i < first->n_accs; i++) {
        if (first->accs[i].before == STL_NONE)
            continue;
        stl_accumulator *row = stl_stay_add(stay, STL_R_ACCUMULATOR);
        TRY_ALLOC(err, row);
        row->psn_no = stay->head.psn_no;
        row->insutype = stay->head.insutype;
        row->year = stl_arena_str(stay->arena, first->accs[i].year);
        row->kind = stl_arena_str(stay->arena, first->accs[i].kind);
        row->value = first->accs[i].before;
        TRY_ALLOC(err, row->year.ptr);
        TRY_ALLOC(err, row->kind.ptr);
    }
    stay->given[STL_R_ACCUMULATOR] = true;
    return SETTLE_OK;
}

static settle_status add_settlement(void *user, const stl_ledger_submission *s, stl_error *err) {
    settled *t = user;
    if (stl_str_is(s->state, "reversed"))
        return SETTLE_OK;
    SCOPED_READER *reader = stl_wire_reader_new("ledger");
    TRY_ALLOC(err, reader);
    const stl_wire_document *document;
    TRY(stl_flow_read_stored(t->w->session, s->document, s->made_at, reader, &document, err));
    if (!t->side->known && t->stay->rows[STL_R_ACCUMULATOR].count == 0)
        TRY(take_accumulators(t->stay, &document->settlement, err));
    t->side->known = true;
    if (!stl_setlinfo_add(&t->side->info, &document->settlement.info))
        return FAIL(err, SETTLE_E_OVERFLOW, .field = "setlinfo");
    return SETTLE_OK;
}

/* --- what it would be paid ----------------------------------------------------------------------
 */

static settle_status name_missing(const stl_verdict *v, stl_arena *arena, stl_str *out,
                                  stl_error *err) {
    SCOPED_BUF text = {0};
    for (size_t i = 0; i < v->n_gaps; i++) {
        stl_buf_text(&text, i == 0 ? "" : ", ");
        stl_buf_str(&text, v->gaps[i].missing);
    }
    if (!stl_buf_ok(&text))
        return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    *out = stl_arena_str(arena, (stl_str){text.len == 0 ? "" : text.ptr, text.len});
    TRY_ALLOC(err, out->ptr);
    return SETTLE_OK;
}

static settle_status pay(whatif *w, const stl_site *site, const stl_pack *pack,
                         const stl_stay *stay, stl_arena *arena, side *out, stl_error *err) {
    stl_case c;
    stl_settlement s;
    stl_verdict verdict = {.arena = arena};
    TRY(stl_case_build(stay, stl_pack_region(pack), stl_mapping_of(site->mapping),
                       stl_site_defaults(site), w->session->lang, arena, &c, err));
    TRY(stl_flow_accumulators(w->session, &c, err));
    TRY(stl_benefit_settle(&c, false, &s, &verdict, err));
    out->known = s.evaluated;
    out->info = s.info;
    out->state = !s.evaluated ? "not-evaluated" : s.served ? "paid" : "not-served";
    return s.evaluated ? SETTLE_OK : name_missing(&verdict, arena, &out->missing, err);
}

static settle_status pay_now(whatif *w, const stl_stay *stay, stl_arena *arena, side *out,
                             stl_error *err) {
    const stl_pack *pack;
    settle_status status = stl_site_pack(w->session->site, &stay->head, &pack, err);
    if (status == SETTLE_OK)
        return pay(w, w->session->site, pack, stay, arena, out, err);
    if (status != SETTLE_E_PACK_NONE && status != SETTLE_E_PACK_EXPIRED)
        return status;
    out->state = settle_status_name(status);
    stl_error_reset(err);
    return SETTLE_OK;
}

static settle_status pay_then(whatif *w, const stl_stay *stay, stl_arena *arena, side *out,
                              stl_error *err) {
    if (!stl_site_serves(&w->site, w->site.packs[0], &stay->head)) {
        out->state = settle_status_name(SETTLE_E_PACK_NONE);
        return SETTLE_OK;
    }
    return pay(w, &w->site, w->site.packs[0], stay, arena, out, err);
}

/* --- telling ------------------------------------------------------------------------------------
 */

static stl_money amount_of(const side *s, size_t i) {
    stl_money value = STL_NONE;
    if (s->known)
        memcpy(&value, (const char *)&s->info + STL_TRIAL_AMOUNTS[i].offset, sizeof value);
    return value;
}

static bool alike(const side *a, const side *b) {
    bool equal = a->known == b->known;
    for (size_t i = 0; equal && i < STL_N_TRIAL_AMOUNTS; i++)
        equal = amount_of(a, i) == amount_of(b, i);
    return equal && (a->known || strcmp(a->state, b->state) == 0);
}

static void count(whatif *w, const side *a, const side *b) {
    if (!a->known || !b->known) {
        w->left_out++;
        return;
    }
    stl_money change = b->info.psn_part_amt - a->info.psn_part_amt;
    w->same += change == 0;
    w->dearer += change > 0;
    w->cheaper += change < 0;
    for (size_t i = 0; i < STL_N_TRIAL_AMOUNTS; i++) {
        stl_money before = amount_of(a, i), after = amount_of(b, i);
        w->before[i] = stl_rules_sum(w->before[i], before == STL_NONE ? 0 : before);
        w->after[i] = stl_rules_sum(w->after[i], after == STL_NONE ? 0 : after);
    }
}

static void put_side(stl_json *j, const char *key, const char *missing, const side *s) {
    stl_json_put_text(j, key, s->state);
    stl_json_put_str(j, missing, s->missing);
}

static void put_stay(whatif *w, const stl_ledger_row *row, const side *a, const side *b) {
    stl_json *j = w->j;
    stl_json_object(j);
    stl_json_put_str(j, "mdtrt_id", row->mdtrt_id);
    put_side(j, "before", "missing_before", a);
    put_side(j, "after", "missing_after", b);
    stl_json_key(j, "amounts");
    stl_json_array(j);
    for (size_t i = 0; i < STL_N_TRIAL_AMOUNTS && a->known && b->known; i++)
        stl_trial_put_amount(j, STL_TRIAL_AMOUNTS[i].name, amount_of(a, i), amount_of(b, i));
    stl_json_array_end(j);
    stl_json_object_end(j);
}

static settle_status try_stay(whatif *w, const stl_ledger_row *row, stl_error *err) {
    SCOPED_ARENA *arena = stl_arena_new();
    TRY_ALLOC(err, arena);
    SCOPED_STAY *stay = NULL;
    TRY(stl_flow_stay(w->session, row->mdtrt_id, &stay, err));
    side before = {.missing = STL_STR("")}, after = before;
    bool open = stl_str_is(row->state, "open") || stl_str_is(row->state, "interim");
    if (open) {
        TRY(pay_now(w, stay, arena, &before, err));
    } else {
        settled t = {w, stay, &before};
        before.state = "settled";
        TRY(stl_ledger_submissions(w->session->ledger, row->mdtrt_id, add_settlement, &t, err));
        before.info.balc = STL_NONE;
    }
    TRY(pay_then(w, stay, arena, &after, err));
    after.info.balc = open ? after.info.balc : STL_NONE;
    count(w, &before, &after);
    if (alike(&before, &after) && before.known)
        return SETTLE_OK;
    w->differs = w->differs || !alike(&before, &after);
    put_stay(w, row, &before, &after);
    return SETTLE_OK;
}

static void put_pack(stl_json *j, const stl_pack *pack) {
    stl_pack_info info;
    stl_pack_describe(pack, &info);
    stl_json_key(j, "pack");
    stl_json_object(j);
    stl_json_put_text(j, "file", info.path);
    stl_json_put_text(j, "id", info.id);
    stl_json_put_text(j, "version", info.version);
    stl_json_put_text(j, "digest", info.digest);
    stl_json_object_end(j);
}

static void put_totals(const whatif *w) {
    stl_json_key(w->j, "totals");
    stl_json_object(w->j);
    stl_json_put_int(w->j, "dearer", w->dearer);
    stl_json_put_int(w->j, "cheaper", w->cheaper);
    stl_json_put_int(w->j, "same", w->same);
    stl_json_put_int(w->j, "left_out", w->left_out);
    stl_json_key(w->j, "amounts");
    stl_json_array(w->j);
    for (size_t i = 0; i < STL_N_TRIAL_AMOUNTS; i++)
        stl_trial_put_amount(w->j, STL_TRIAL_AMOUNTS[i].name, w->before[i], w->after[i]);
    stl_json_array_end(w->j);
    stl_json_object_end(w->j);
}

settle_status stl_flow_whatif(stl_session *session, const char *path, bool *differs,
                              char **out_json, stl_error *err) {
    TRY(stl_session_need_site(session, err));
    __attribute__((cleanup(pack_cleanup))) stl_pack *pack = NULL;
    TRY(stl_pack_open(path, &pack, err));
    TRY(stl_session_ledger(session, STL_LEDGER_READ, err));
    SCOPED_ARENA *arena = stl_arena_new();
    TRY_ALLOC(err, arena);
    SCOPED_BUF buf = {0};
    stl_json j = {.out = &buf};
    whatif w = {.session = session, .site = *session->site, .arena = arena, .j = &j};
    w.site.packs = &pack;
    w.site.n_packs = 1;
    TRY(stl_ledger_list(session->ledger, STL_STR(""), note_row, &w, err));
    stl_json_object(&j);
    put_pack(&j, pack);
    stl_json_put_int(&j, "stays_judged", (int64_t)w.n_rows);
    stl_json_key(&j, "stays");
    stl_json_array(&j);
    for (size_t i = 0; i < w.n_rows; i++)
        TRY(try_stay(&w, &w.rows[i], err));
    stl_json_array_end(&j);
    put_totals(&w);
    stl_json_object_end(&j);
    *differs = w.differs;
    return stl_flow_take_json(&buf, out_json, err);
}
