/* SPDX-License-Identifier: Apache-2.0 */
#include "flow/map_propose.h"

#include "flow/map_import.h"
#include "flow/map_proposals.h"
#include "flow/map_suggest.h"
#include "flow/map.h"
#include "flow/result.h"
#include "model/keys.h"

/* --- adding ----------------------------------------------------------------------------------- */

typedef struct adding {
    stl_session *session;
    stl_arena *arena;
    stl_str reason;
    const stl_map_rows *rows;
    stl_keys meanings; /* of what is proposed or approved */
    int64_t batch, proposed, known;
} adding;

static bool is_new(adding *a, const stl_map_row *row, bool *out_new) {
    SCOPED_BUF text = {0};
    stl_map_row_meaning(row, &text);
    stl_str meaning = stl_arena_str(a->arena, (stl_str){text.ptr, text.len});
    size_t before = a->meanings.count;
    bool ok = stl_buf_ok(&text) && meaning.ptr != NULL &&
              stl_keys_number(&a->meanings, meaning) != STL_NO_KEY;
    *out_new = a->meanings.count > before;
    return ok;
}

/* The hospital's mapping says so already from the row's first day on. */
static settle_status holds(const adding *a, const stl_map_row *row, bool *out, stl_error *err) {
    const stl_index_table *rows = &stl_mapping_of(a->session->site->mapping)->rows;
    stl_index_rows found = stl_index_get(rows, row->cells[STL_MAP_ITEM]);
    stl_day first = stl_map_row_number(row, STL_MAP_BEGIN);
    *out = false;
    for (size_t i = 0; i < found.count && !*out; i++) {
        const int64_t *at = found.rows + i * STL_MAP_COLS;
        stl_map_row other;
        if (!stl_row_in_force(at, STL_MAP_BEGIN, STL_MAP_END, first))
            continue;
        TRY(stl_map_row_of(rows, at, a->arena, &other, err));
        *out = stl_str_is(other.cells[STL_MAP_STATUS], "active") && stl_map_row_same(row, &other);
    }
    return SETTLE_OK;
}

static settle_status know_standing(adding *a, stl_error *err) {
    stl_map_proposals proposals;
    TRY(stl_flow_map_proposals(a->session->ledger, a->arena, &proposals, err));
    for (size_t i = 0; i < proposals.count; i++) {
        stl_review_state state = stl_review_state_of(proposals.items[i]);
        stl_map_row row;
        bool any;
        if (state != STL_REVIEW_SUGGESTED && state != STL_REVIEW_APPROVED)
            continue;
        TRY(stl_map_row_read(proposals.items[i]->row, a->arena, &row, err));
        if (!is_new(a, &row, &any))
            return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    }
    return SETTLE_OK;
}

static settle_status add_row(adding *a, const stl_map_row *row, stl_ledger_mapping *event,
                             stl_error *err) {
    bool fresh, held;
    if (!is_new(a, row, &fresh))
        return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    TRY(holds(a, row, &held, err));
    if (!fresh || held) {
        a->known++;
        return SETTLE_OK;
    }
    SCOPED_BUF json = {0};
    stl_json j = {.out = &json};
    stl_map_row_put(row, &j);
    if (!stl_buf_ok(&json))
        return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    event->row = (stl_str){json.ptr, json.len};
    TRY(stl_ledger_mapping_add(a->session->ledger, event, stl_session_actor(a->session), err));
    event->proposal++;
    a->proposed++;
    a->batch = event->batch;
    return SETTLE_OK;
}

static settle_status add_rows(adding *a, stl_error *err) {
    stl_ledger_mapping event;
    int64_t utc;
    TRY(know_standing(a, err));
    TRY(stl_ledger_mapping_next(a->session->ledger, &event, err));
    TRY(stl_session_now(a->session, &event.at, &utc, err));
    event.action = stl_review_act(STL_REVIEW_SUGGESTED);
    event.by = a->session->opter;
    event.reason = a->reason;
    for (size_t i = 0; i < a->rows->count; i++)
        TRY(add_row(a, &a->rows->items[i], &event, err));
    return stl_ledger_commit(a->session->ledger, err);
}

static settle_status add_all(adding *a, stl_error *err) {
    TRY(stl_session_ledger(a->session, STL_LEDGER_WRITE, err));
    TRY(stl_ledger_begin(a->session->ledger, err));
    settle_status status = add_rows(a, err);
    stl_ledger_rollback(a->session->ledger);
    return status;
}

/* The object stays open: what else is counted follows. */
static void put_added(stl_json *j, const adding *a, int64_t rows) {
    stl_json_object(j);
    stl_json_put_int(j, "batch", a->batch);
    stl_json_put_int(j, "rows", rows);
    stl_json_put_int(j, "proposed", a->proposed);
    stl_json_put_int(j, "known", a->known);
}

static settle_status propose_read(stl_session *session, stl_arena *arena, const stl_map_rows *rows,
                                  stl_str reason, char **out_json, stl_error *err) {
    adding a = {session, arena, reason, rows, {.arena = arena}, 0, 0, 0};
    TRY(add_all(&a, err));
    SCOPED_BUF buf = {0};
    stl_json j = {.out = &buf};
    put_added(&j, &a, (int64_t)rows->count + rows->unmapped + rows->inactive);
    stl_json_put_int(&j, "unmapped", rows->unmapped);
    stl_json_put_int(&j, "inactive", rows->inactive);
    stl_json_object_end(&j);
    return stl_flow_take_json(&buf, out_json, err);
}

static settle_status today(const stl_session *session, stl_str reason, stl_day *out,
                           stl_error *err) {
    TRY(stl_session_need_site(session, err));
    TRY(stl_review_check_reason(reason, err));
    return stl_flow_day(session, NULL, out, err);
}

settle_status stl_flow_map_import(stl_session *session, const char *path, stl_str columns,
                                  stl_str reason, char **out_json, stl_error *err) {
    SCOPED_ARENA *arena = stl_arena_new();
    TRY_ALLOC(err, arena);
    stl_map_rows rows;
    stl_day day;
    TRY(today(session, reason, &day, err));
    TRY(stl_flow_map_read(session->site, path, columns, day, arena, &rows, err));
    return propose_read(session, arena, &rows, reason, out_json, err);
}

settle_status stl_flow_map_upload(stl_session *session, stl_str json, stl_str reason,
                                  char **out_json, stl_error *err) {
    SCOPED_ARENA *arena = stl_arena_new();
    TRY_ALLOC(err, arena);
    stl_map_rows rows;
    stl_day day;
    TRY(today(session, reason, &day, err));
    TRY(stl_flow_map_read_json(session->site, json, day, arena, &rows, err));
    return propose_read(session, arena, &rows, reason, out_json, err);
}

settle_status stl_flow_map_import_tables(stl_session *session, const char *adapter,
                                         const stl_adapter_ask *ask, stl_str reason,
                                         char **out_json, stl_error *err) {
    SCOPED_ARENA *arena = stl_arena_new();
    TRY_ALLOC(err, arena);
    stl_map_rows rows;
    stl_day day;
    TRY(today(session, reason, &day, err));
    TRY(stl_flow_map_read_tables(session->site, adapter, ask, day, arena, &rows, err));
    return propose_read(session, arena, &rows, reason, out_json, err);
}

/* --- proposing what suggest is sure of ---------------------------------------------------------
 */

typedef struct choosing {
    const stl_site *site;
    stl_arena *arena;
    stl_day day;
    stl_map_rows rows;
    stl_keys items; /* proposed by a pack before */
    int64_t units_differ;
} choosing;

static settle_status choose(choosing *k, const stl_region *region, const stl_match_item *item,
                            const stl_match *match, stl_error *err) {
    SCOPED_BUF evidence = {0};
    stl_flow_map_evidence(match, &evidence);
    stl_map_row *row = stl_arena_push(k->arena, (void **)&k->rows.items, &k->rows.count,
                                      &k->rows.cap, sizeof *row);
    TRY_ALLOC(err, row);
    for (size_t i = 0; i < STL_MAP_COLS; i++)
        row->cells[i] = STL_STR("");
    row->cells[STL_MAP_ITEM] = item->code;
    row->cells[STL_MAP_ITEM_NAME] = item->name;
    row->cells[STL_MAP_UNIT] = item->unit;
    row->cells[STL_MAP_CODE] =
        stl_index_text(&region->tables[STL_T_CATALOGUE], match->row[STL_CAT_CODE]);
    row->cells[STL_MAP_CODE_SOURCE] = STL_STR("suggest");
    row->cells[STL_MAP_NUM] = row->cells[STL_MAP_DEN] = STL_STR("1");
    row->cells[STL_MAP_REMARK] = stl_arena_str(k->arena, (stl_str){evidence.ptr, evidence.len});
    TRY_ALLOC(err, row->cells[STL_MAP_REMARK].ptr);
    return stl_map_complete(k->site, k->day, k->arena, row, err);
}

static settle_status take_sure(void *user, const stl_region *region, const stl_match_item *item,
                               const stl_match *matches, size_t n, stl_error *err) {
    choosing *k = user;
    if (n == 0 || !matches[0].sure || stl_keys_find(&k->items, item->code) != STL_NO_KEY)
        return SETTLE_OK;
    if (stl_keys_number(&k->items, item->code) == STL_NO_KEY)
        return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    if (matches[0].said[STL_MATCH_UNIT] == STL_MATCH_AGREES)
        return choose(k, region, item, &matches[0], err);
    k->units_differ++;
    return SETTLE_OK;
}

settle_status stl_flow_map_propose(stl_session *session, const char *const *items, size_t n_items,
                                   stl_day at, stl_str reason, char **out_json, stl_error *err) {
    TRY(stl_session_need_site(session, err));
    TRY(stl_flow_need_pack(session->site, at, err));
    TRY(stl_review_check_reason(reason, err));
    SCOPED_ARENA *arena = stl_arena_new();
    TRY_ALLOC(err, arena);
    choosing k = {.site = session->site, .arena = arena, .day = at, .items = {.arena = arena}};
    TRY(stl_flow_map_matches(session, items, n_items, at, take_sure, &k, err));
    adding a = {session, arena, reason, &k.rows, {.arena = arena}, 0, 0, 0};
    TRY(add_all(&a, err));
    SCOPED_BUF buf = {0};
    stl_json j = {.out = &buf};
    put_added(&j, &a, (int64_t)k.rows.count + k.units_differ);
    stl_json_put_int(&j, "units_differ", k.units_differ);
    stl_json_object_end(&j);
    return stl_flow_take_json(&buf, out_json, err);
}
