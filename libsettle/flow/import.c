/* SPDX-License-Identifier: Apache-2.0 */
#include "base/json.h"
#include "flow/adapters.h"
#include "flow/desk.h"
#include "flow/stays.h"

#include "flow/result.h"

#include <stdio.h>

typedef struct totals {
    size_t stays, charges, kept;
} totals;

typedef struct part_reader {
    stl_source_builder *builder;
    int64_t part;
} part_reader;

static settle_status add_part(void *user, stl_str json, stl_error *err) {
    part_reader *r = user;
    return stl_source_builder_add_json(r->builder, json, "ledger", ++r->part, err);
}

static void builder_cleanup(stl_source_builder **builder) {
    stl_source_builder_free(*builder);
}

static void source_cleanup(stl_source **source) {
    stl_source_free(*source);
}

/* All parts of a stay and, when given, one more on top, as one stay. */
static settle_status merge(stl_session *session, stl_str mdtrt_id, stl_str more, stl_stay **out,
                           stl_error *err) {
    __attribute__((cleanup(builder_cleanup))) stl_source_builder *builder =
        stl_source_builder_new();
    TRY_ALLOC(err, builder);
    stl_source_builder_update(builder);
    part_reader reader = {builder, 0};
    TRY(stl_ledger_stay_parts(session->ledger, mdtrt_id, add_part, &reader, err));
    if (!stl_str_empty(more))
        TRY(stl_source_builder_add_json(builder, more, "import", 1, err));
    __attribute__((cleanup(source_cleanup))) stl_source *source = NULL;
    TRY(stl_source_builder_finish(builder, &source, err));
    if (stl_source_count(source) != 1)
        return FAIL(err, SETTLE_E_STORE_CORRUPT, .field = "mdtrt_id",
                    .detail = "the parts of a stay are not of one stay");
    return stl_source_take(source, 0, out, err);
}

settle_status stl_flow_stay(stl_session *session, stl_str mdtrt_id, stl_stay **out,
                            stl_error *err) {
    TRY(stl_session_ledger(session, STL_LEDGER_READ, err));
    return merge(session, mdtrt_id, (stl_str){0}, out, err);
}

/* Keeps of a kind what is new or was given again with other content; rows known already come first
 * and in their old order. `places` says where each row has gone, SIZE_MAX: dropped. */
static void keep_changed(const stl_record_type *type, stl_rows *rows, const stl_rows *old,
                         size_t *places) {
    size_t kept = 0;
    for (size_t i = 0; i < rows->count; i++) {
        char *row = (char *)rows->items + i * type->size;
        bool known =
            i < old->count && stl_record_same(type, row, (const char *)old->items + i * type->size);
        places[i] = known ? SIZE_MAX : kept;
        if (!known)
            memmove((char *)rows->items + kept++ * type->size, row, type->size);
    }
    rows->count = kept;
}

static void move_extras(stl_stay *stay, const stl_record_type *type, const size_t *places) {
    size_t kept = 0;
    for (size_t i = 0; i < stay->n_extras; i++) {
        stl_extra extra = stay->extras[i];
        if (extra.type == type)
            extra.index = places[extra.index];
        if (extra.index != SIZE_MAX)
            stay->extras[kept++] = extra;
    }
    stay->n_extras = kept;
}

/* Leaves in `merged` only what `old` does not say already; *any: there is something. */
static settle_status keep_news(stl_stay *merged, const stl_stay *old, bool *any, stl_error *err) {
    *any = !stl_record_same(&STL_RECORD_TYPES[STL_R_STAY], &merged->head, &old->head);
    for (int kind = STL_R_STAY + 1; kind < STL_R_KINDS; kind++) {
        stl_rows *rows = &merged->rows[kind];
        size_t *places = stl_arena_alloc(merged->arena, rows->count * sizeof *places);
        TRY_ALLOC(err, places);
        keep_changed(&STL_RECORD_TYPES[kind], rows, &old->rows[kind], places);
        move_extras(merged, &STL_RECORD_TYPES[kind], places);
        *any = *any || rows->count > 0;
    }
    return SETTLE_OK;
}

static settle_status append(stl_session *session, const stl_stay *stay, stl_error *err) {
    stl_instant now;
    int64_t utc;
    TRY(stl_session_now(session, &now, &utc, err));
    SCOPED_BUF json = {0};
    stl_stay_to_json(stay, &json);
    if (!stl_buf_ok(&json))
        return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    return stl_ledger_stay_append(session->ledger, stay->head.mdtrt_id,
                                  (stl_str){json.ptr, json.len}, stl_stay_n_charges(stay), now,
                                  stl_session_actor(session), err);
}

/* A charge that contradicts the ledger is told by its line in the input. */
static void place_in_input(const stl_stay *stay, stl_error *err) {
    const stl_charge *charges = stl_stay_charges(stay);
    if (err == NULL || strcmp(err->field, "feedetl_sn") != 0)
        return;
    for (size_t i = 0; i < stl_stay_n_charges(stay); i++)
        if (stl_str_is(charges[i].feedetl_sn, err->value)) {
            snprintf(err->file, sizeof err->file, "%s", STL_RECORD_TYPES[STL_R_CHARGE].stem);
            err->line = charges[i].line;
            return;
        }
}

static settle_status append_new(stl_session *session, const stl_stay *stay, const stl_stay *old,
                                totals *t, stl_error *err) {
    stl_str id = stay->head.mdtrt_id;
    SCOPED_BUF json = {0};
    stl_stay_to_json(stay, &json);
    if (!stl_buf_ok(&json))
        return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    SCOPED_STAY *merged = NULL;
    settle_status status = merge(session, id, (stl_str){json.ptr, json.len}, &merged, err);
    if (status == SETTLE_E_INPUT_DUPLICATE)
        place_in_input(stay, err);
    TRY(status);
    bool any;
    stl_stay_state settled;
    TRY(stl_flow_check_deposits(merged, err));
    TRY(keep_news(merged, old, &any, err));
    if (!any)
        return SETTLE_OK;
    TRY(stl_ledger_settled(session->ledger, id, &settled, NULL, NULL, err));
    if (settled == STL_STAY_SETTLED)
        return FAIL(err, SETTLE_E_INPUT_SETTLED, .field = "mdtrt_id", .value = id.ptr);
    t->kept += stl_stay_n_charges(merged);
    return append(session, merged, err);
}

static settle_status import_stay(stl_session *session, const stl_stay *stay, totals *t,
                                 stl_error *err) {
    t->stays++;
    t->charges += stl_stay_n_charges(stay);
    SCOPED_STAY *old = NULL;
    settle_status status = merge(session, stay->head.mdtrt_id, (stl_str){0}, &old, err);
    if (status == SETTLE_OK)
        return append_new(session, stay, old, t, err);
    if (status != SETTLE_E_INPUT_STAY_UNKNOWN)
        return status;
    stl_error_reset(err);
    TRY(stl_flow_check_deposits(stay, err));
    t->kept += stl_stay_n_charges(stay);
    return append(session, stay, err);
}

/* The parts of a stay with more on top, or all of a stay without some charges. */
static settle_status add_more(stl_session *session, stl_str mdtrt_id, stl_str json, stl_stay **out,
                              stl_error *err) {
    SCOPED_BUILDER *builder = stl_source_builder_new();
    SCOPED_SOURCE *source = NULL;
    TRY_ALLOC(err, builder);
    stl_source_builder_update(builder);
    part_reader reader = {builder, 0};
    TRY(stl_ledger_stay_parts(session->ledger, mdtrt_id, add_part, &reader, err));
    stl_source_builder_patch(builder);
    TRY(stl_source_builder_add_more(builder, json, "json", 1, err));
    TRY(stl_source_builder_finish(builder, &source, err));
    return stl_source_take(source, 0, out, err);
}

static settle_status need_open(stl_session *session, stl_str mdtrt_id, bool interim_too,
                               stl_error *err) {
    stl_stay_state state;
    TRY(stl_ledger_settled(session->ledger, mdtrt_id, &state, NULL, NULL, err));
    if (state == STL_STAY_SETTLED || (interim_too && state == STL_STAY_INTERIM))
        return FAIL(err, SETTLE_E_INPUT_SETTLED, .field = "mdtrt_id", .value = mdtrt_id.ptr);
    return SETTLE_OK;
}

typedef settle_status changing(stl_session *session, stl_str mdtrt_id, stl_str more,
                               stl_error *err);

/* One change of a stay of the ledger, whole or not at all. */
static settle_status change(stl_session *session, stl_str mdtrt_id, stl_str more, changing *work,
                            stl_error *err) {
    TRY(stl_session_ledger(session, STL_LEDGER_CREATE, err));
    TRY(stl_ledger_begin(session->ledger, err));
    settle_status status = work(session, mdtrt_id, more, err);
    if (status == SETTLE_OK)
        status = stl_ledger_commit(session->ledger, err);
    stl_ledger_rollback(session->ledger);
    return status;
}

/* A stay that is not there yet is admitted by a text that has its head. */
static settle_status admit(stl_session *session, stl_str mdtrt_id, stl_str json, stl_error *err) {
    SCOPED_SOURCE *source = NULL;
    totals t = {0};
    stl_error wrong = {0};
    settle_status status = stl_stay_from_json(json, "json", 1, &source, &wrong);
    if (status == SETTLE_E_INPUT_MISSING &&
        (strcmp(wrong.field, "stay") == 0 || strcmp(wrong.field, "mdtrt_id") == 0))
        return SETTLE_E_INPUT_STAY_UNKNOWN; /* as err says */
    if (status != SETTLE_OK) {
        if (err != NULL)
            *err = wrong;
        return status;
    }
    stl_stay *stay;
    TRY(stl_source_read(source, 0, &stay, err));
    if (!stl_str_eq(stay->head.mdtrt_id, mdtrt_id))
        return FAIL(err, SETTLE_E_INPUT_ORPHAN, .file = "json", .line = 1, .field = "mdtrt_id",
                    .detail = "of another stay");
    stl_error_reset(err);
    return import_stay(session, stay, &t, err);
}

static settle_status append_more(stl_session *session, stl_str mdtrt_id, stl_str json,
                                 stl_error *err) {
    SCOPED_STAY *old = NULL;
    SCOPED_STAY *merged = NULL;
    bool any;
    settle_status status = stl_flow_stay(session, mdtrt_id, &old, err);
    if (status == SETTLE_E_INPUT_STAY_UNKNOWN)
        return admit(session, mdtrt_id, json, err);
    TRY(status);
    TRY(add_more(session, mdtrt_id, json, &merged, err));
    TRY(stl_flow_check_deposits(merged, err));
    TRY(keep_news(merged, old, &any, err));
    if (!any)
        return SETTLE_OK;
    TRY(need_open(session, mdtrt_id, false, err));
    return append(session, merged, err);
}

settle_status stl_flow_append(stl_session *session, stl_str mdtrt_id, stl_str json,
                              stl_error *err) {
    return change(session, mdtrt_id, json, append_more, err);
}

/* Leaves the charges out; extras of the others keep their charge. */
static settle_status drop_charges(stl_stay *stay, stl_str feedetl_sn, stl_error *err) {
    const stl_record_type *type = &STL_RECORD_TYPES[STL_R_CHARGE];
    stl_rows *rows = &stay->rows[STL_R_CHARGE];
    size_t *places = stl_arena_alloc(stay->arena, (rows->count + 1) * sizeof *places);
    size_t kept = 0;
    TRY_ALLOC(err, places);
    for (size_t i = 0; i < rows->count; i++) {
        stl_charge *charge = (stl_charge *)rows->items + i;
        bool gone = stl_str_empty(feedetl_sn) || stl_str_eq(charge->feedetl_sn, feedetl_sn);
        places[i] = gone ? SIZE_MAX : kept;
        if (!gone)
            ((stl_charge *)rows->items)[kept++] = *charge;
    }
    if (kept == rows->count)
        return FAIL(err, SETTLE_E_INPUT_CHARGE_UNKNOWN, .field = "feedetl_sn",
                    .value = feedetl_sn.ptr);
    rows->count = kept;
    move_extras(stay, type, places);
    return SETTLE_OK;
}

static settle_status remove_charges(stl_session *session, stl_str mdtrt_id, stl_str feedetl_sn,
                                    stl_error *err) {
    SCOPED_STAY *stay = NULL;
    SCOPED_BUF json = {0};
    stl_instant now;
    int64_t utc;
    TRY(stl_flow_stay(session, mdtrt_id, &stay, err));
    TRY(need_open(session, mdtrt_id, true, err));
    TRY(drop_charges(stay, feedetl_sn, err));
    TRY(stl_session_now(session, &now, &utc, err));
    stl_stay_to_json(stay, &json);
    if (!stl_buf_ok(&json))
        return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    return stl_ledger_stay_replace(session->ledger, mdtrt_id, (stl_str){json.ptr, json.len},
                                   stl_stay_n_charges(stay), now, stl_session_actor(session), err);
}

settle_status stl_flow_remove(stl_session *session, stl_str mdtrt_id, stl_str feedetl_sn,
                              stl_error *err) {
    return change(session, mdtrt_id, feedetl_sn, remove_charges, err);
}

static settle_status cancel_stay(stl_session *session, stl_str mdtrt_id, stl_str unused,
                                 stl_error *err) {
    SCOPED_STAY *stay = NULL;
    stl_instant now;
    int64_t utc;
    (void)unused;
    TRY(stl_flow_stay(session, mdtrt_id, &stay, err));
    TRY(need_open(session, mdtrt_id, true, err));
    if (stl_stay_n_charges(stay) > 0)
        return FAIL(err, SETTLE_E_INPUT_SETTLED, .field = "mdtrt_id", .value = mdtrt_id.ptr,
                    .detail = "it has charges: take them back first");
    TRY(stl_session_now(session, &now, &utc, err));
    return stl_ledger_stay_replace(session->ledger, mdtrt_id, STL_STR(""), 0, now,
                                   stl_session_actor(session), err);
}

settle_status stl_flow_cancel(stl_session *session, stl_str mdtrt_id, stl_error *err) {
    return change(session, mdtrt_id, (stl_str){0}, cancel_stay, err);
}

static void put_texts(stl_json *j, const char *key, const char *const *texts, size_t n) {
    stl_json_key(j, key);
    stl_json_array(j);
    for (size_t i = 0; i < n; i++)
        stl_json_str(j, stl_str_of(texts[i]));
    stl_json_array_end(j);
}

static void put_counts(stl_json *j, const char *key, const size_t *counts) {
    stl_json_key(j, key);
    stl_json_object(j);
    for (int kind = 0; kind < STL_R_KINDS; kind++)
        if (counts[kind] > 0)
            stl_json_put_int(j, STL_RECORD_TYPES[kind].stem, (int64_t)counts[kind]);
    stl_json_object_end(j);
}

settle_status stl_flow_source_report(const stl_source *source, char **out_json, stl_error *err) {
    const stl_source_report *r = stl_source_report_of(source);
    SCOPED_BUF buf = {0};
    stl_json j = {.out = &buf};
    stl_json_object(&j);
    stl_json_put_int(&j, "stays", (int64_t)stl_source_count(source));
    stl_json_put_int(&j, "declared", (int64_t)r->declared);
    put_counts(&j, "records", r->read);
    put_counts(&j, "repeated", r->repeated);
    put_texts(&j, "unknown_columns", r->unknown_columns, r->n_unknown);
    put_texts(&j, "files_passed_over", r->passed_over, r->n_passed_over);
    stl_json_object_end(&j);
    return stl_flow_take_json(&buf, out_json, err);
}

static settle_status report(const stl_source_report *r, const totals *t, char **out_json,
                            stl_error *err) {
    SCOPED_BUF buf = {0};
    stl_json j = {.out = &buf};
    stl_json_object(&j);
    stl_json_put_int(&j, "stays", (int64_t)t->stays);
    stl_json_key(&j, "charges");
    stl_json_object(&j);
    stl_json_put_int(&j, "read", (int64_t)r->read[STL_R_CHARGE]);
    stl_json_put_int(&j, "kept", (int64_t)t->kept);
    stl_json_put_int(&j, "repeated", (int64_t)(r->read[STL_R_CHARGE] - t->kept));
    stl_json_object_end(&j);
    put_counts(&j, "records", r->read);
    put_texts(&j, "unknown_columns", r->unknown_columns, r->n_unknown);
    put_texts(&j, "files_passed_over", r->passed_over, r->n_passed_over);
    stl_json_object_end(&j);
    return stl_flow_take_json(&buf, out_json, err);
}

/* The report is written before the commit: afterwards nothing may fail. */
static settle_status import_all(stl_session *session, stl_source *source, char **out_json,
                                stl_error *err) {
    totals t = {0};
    TRY(stl_ledger_begin(session->ledger, err));
    for (size_t i = 0; i < stl_source_count(source); i++) {
        stl_stay *stay;
        TRY(stl_source_read(source, i, &stay, err));
        TRY(import_stay(session, stay, &t, err));
        stl_source_release(source, i);
    }
    TRY(report(stl_source_report_of(source), &t, out_json, err));
    return stl_ledger_commit(session->ledger, err);
}

settle_status stl_flow_import(stl_session *session, stl_source *source, char **out_json,
                              stl_error *err) {
    TRY(stl_session_ledger(session, STL_LEDGER_CREATE, err));
    SCOPED_FREE char *json = NULL;
    settle_status status = import_all(session, source, &json, err);
    if (status != SETTLE_OK) {
        stl_ledger_rollback(session->ledger);
        return status;
    }
    *out_json = json;
    json = NULL;
    return SETTLE_OK;
}
