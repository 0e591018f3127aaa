/* SPDX-License-Identifier: Apache-2.0 */
/* Lost answers: what was asked under a key is asked for, confirmed or taken back. */
#include "legacy.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- what still stands ------------------------------------------------------------------------ */

/* The stay that an exchange concerned, by its answer. */
static const char *stay_in(const char *infno, yajl_val output) {
    const char *node = strcmp(infno, "2304") == 0   ? "setlinfo"
                       : strcmp(infno, "2401") == 0 ? "result"
                                                    : NULL;
    return json_at(node == NULL ? output : json_member(output, node), "mdtrt_id");
}

static char *quoted(const char *text) {
    yajl_gen gen = put_begin();
    if (gen == NULL)
        return NULL;
    put_text(gen, text);
    return put_end(gen);
}

typedef bool each_standing(legacy_call *call, void *user, const char *key, yajl_val output);

/* Of the exchanges that did this to the stay and were not taken back. */
static bool for_standing(legacy_call *call, const char *infno, const char *id, each_standing *each,
                         void *user) {
    char *within = quoted(id), *json = NULL;
    if (within == NULL)
        return legacy_fail(call, SETTLE_E_NO_MEMORY, NULL);
    bool good = legacy_did(call, settle_exchange_standing(call->session, infno, within, &json));
    free(within);
    yajl_val list = good ? legacy_parsed(call, json) : NULL;
    yajl_val rows = json_member(list, "exchanges");
    good = list != NULL;
    for (size_t i = 0; good && i < json_count(rows); i++) {
        yajl_val output = yajl_tree_parse(json_at(json_row(rows, i), "answer"), NULL, 0);
        good = output != NULL || legacy_fail(call, SETTLE_E_STORE_CORRUPT, NULL);
        if (good && strcmp(stay_in(infno, output), id) == 0)
            good = each(call, user, json_at(json_row(rows, i), "key"), output);
        yajl_tree_free(output);
    }
    yajl_tree_free(list);
    return good;
}

static bool mark_one(legacy_call *call, void *user, const char *key, yajl_val output) {
    (void)user;
    (void)output;
    return legacy_did(call, settle_exchange_mark(call->session, key, "taken back"));
}

bool mark_taken_back(legacy_call *call, const char *infno, const char *id) {
    return for_standing(call, infno, id, mark_one, NULL);
}

bool settlement_stands(legacy_call *call, yajl_val output, bool *out) {
    yajl_val info = json_member(output, "setlinfo");
    char *json = NULL;
    if (!legacy_did(call, settle_stay_list(call->session, json_at(info, "mdtrt_id"), &json)))
        return false;
    yajl_val list = legacy_parsed(call, json), stay = json_row(json_member(list, "stays"), 0);
    *out = strcmp(json_at(stay, "state"), "open") != 0 &&
           strcmp(json_at(stay, "msgid"), json_at(info, "setl_id")) == 0;
    yajl_tree_free(list);
    return list != NULL;
}

/* --- taking back ------------------------------------------------------------------------------ */

typedef struct undoing {
    const char *key;    /* of the exchange that is taken back */
    yajl_val result;    /* its charges */
    bool *kept;         /* by charge: another exchange had it too */
    char last_key[128]; /* of the kind */
} undoing;

static bool note_last(legacy_call *call, void *user, const char *key, yajl_val output) {
    undoing *u = user;
    (void)call;
    (void)output;
    snprintf(u->last_key, sizeof u->last_key, "%s", key);
    return true;
}

static bool keep_charges(legacy_call *call, void *user, const char *key, yajl_val output) {
    undoing *u = user;
    (void)call;
    if (strcmp(key, u->key) == 0)
        return true;
    for (size_t i = 0; i < json_count(u->result); i++)
        u->kept[i] |=
            is_among(json_member(output, "result"), json_at(json_row(u->result, i), "feedetl_sn"));
    return true;
}

/* Charges that another upload brought too stay: they are its own. Those gone meanwhile are gone. */
static bool undo_charges(legacy_call *call, const char *key, yajl_val output) {
    const char *id = json_at(output, "mdtrt_id");
    undoing u = {.key = key, .result = json_member(output, "result")};
    u.kept = calloc(json_count(u.result) + 1, sizeof *u.kept);
    if (u.kept == NULL)
        return legacy_fail(call, SETTLE_E_NO_MEMORY, NULL);
    bool good = for_standing(call, "2301", id, keep_charges, &u);
    for (size_t i = 0; good && i < json_count(u.result); i++) {
        const char *serial = json_at(json_row(u.result, i), "feedetl_sn");
        settle_status status =
            u.kept[i] ? SETTLE_OK : settle_stay_remove(call->session, id, serial);
        good = status == SETTLE_E_INPUT_CHARGE_UNKNOWN || legacy_did(call, status);
    }
    free(u.kept);
    return good;
}

/* A later discharge stands for itself; with the last one all are taken back. */
static bool undo_last_discharge(legacy_call *call, const char *key, yajl_val output) {
    const char *id = json_at(output, "mdtrt_id");
    undoing u = {.key = key};
    return for_standing(call, "2402", id, note_last, &u) &&
           (strcmp(u.last_key, key) != 0 ||
            (undo_discharge(call, id) && mark_taken_back(call, "2402", id)));
}

static bool undo_settlement(legacy_call *call, yajl_val data, yajl_val output) {
    bool stands;
    char *json = NULL;
    if (!settlement_stands(call, output, &stands))
        return false;
    if (!stands)
        return true;
    bool good = take_back(call, json_at(json_member(output, "setlinfo"), "mdtrt_id"), data, &json);
    settle_free(json);
    return good;
}

static bool undo(legacy_call *call, yajl_val data, yajl_val found) {
    const char *infno = json_at(found, "kind"), *key = json_at(found, "key");
    yajl_val output = yajl_tree_parse(json_at(found, "answer"), NULL, 0);
    bool good;
    if (output == NULL)
        return legacy_fail(call, SETTLE_E_STORE_CORRUPT, NULL);
    if (strcmp(infno, "2304") == 0)
        good = undo_settlement(call, data, output);
    else if (strcmp(infno, "2301") == 0)
        good = undo_charges(call, key, output);
    else if (strcmp(infno, "2401") == 0)
        good = cancel(call, stay_in(infno, output));
    else if (strcmp(infno, "2402") == 0)
        good = undo_last_discharge(call, key, output);
    else
        good = legacy_fail(call, SETTLE_E_INPUT_REVERSAL, "交易 %.10s 不能冲正", infno);
    yajl_tree_free(output);
    return good;
}

static bool undo_once(legacy_call *call, yajl_val data, yajl_val found) {
    const char *infno = json_at(data, "oinfno"), *kind = json_at(found, "kind");
    if (infno[0] != '\0' && kind[0] != '\0' && strcmp(infno, kind) != 0)
        return legacy_fail(call, SETTLE_E_INPUT_REVERSAL, "原交易是 %.10s，不是 %.10s", kind,
                           infno);
    return strcmp(json_at(found, "mark"), "taken back") == 0 || undo(call, data, found);
}

/* 2601: what was asked under another key is taken back; one that did not come yet is refused then.
 */
bool do_reverse(legacy_call *call) {
    yajl_val data = json_member(call->input, "data");
    const char *original = legacy_needed(call, data, "omsgid");
    char *json = NULL;
    if (original[0] == '\0' || !legacy_is_key(call, original) ||
        !legacy_did(call, settle_exchange_list(call->session, NULL, original, &json)))
        return false;
    yajl_val list = legacy_parsed(call, json);
    if (list == NULL)
        return false;
    yajl_val found = json_member(list, "exchanges");
    bool good = json_count(found) == 0 || undo_once(call, data, json_row(found, 0));
    yajl_tree_free(list);
    return good && legacy_did(call, settle_exchange_mark(call->session, original, "taken back"));
}

/* --- asking and confirming -------------------------------------------------------------------- */

/* A sign-in needs no confirmation, and ends by signing out alone. */
static bool confirm(legacy_call *call, const char *key) {
    char *json = NULL;
    if (!legacy_did(call, settle_exchange_list(call->session, NULL, key, &json)))
        return false;
    yajl_val list = legacy_parsed(call, json);
    if (list == NULL)
        return false;
    bool sign_in =
        strcmp(json_at(json_row(json_member(list, "exchanges"), 0), "kind"), "9001") == 0;
    yajl_tree_free(list);
    return sign_in || legacy_did(call, settle_exchange_mark(call->session, key, "confirmed"));
}

/* 1999: trades whose answer nobody confirmed; or one is confirmed. */
bool do_doubt(legacy_call *call) {
    const char *confirmed = json_at(json_member(call->input, "data"), "confirm");
    char *json = NULL;
    if (confirmed[0] != '\0')
        return confirm(call, confirmed);
    if (!legacy_did(call, settle_exchange_list(call->session, "open", NULL, &json)))
        return false;
    yajl_val list = legacy_parsed(call, json), rows = json_member(list, "exchanges");
    if (list == NULL)
        return false;
    put_key(call->out, "trades");
    yajl_gen_array_open(call->out);
    for (size_t i = 0; i < json_count(rows); i++) {
        yajl_val row = json_row(rows, i);
        if (strcmp(json_at(row, "kind"), "9001") == 0)
            continue;
        yajl_gen_map_open(call->out);
        put(call->out, "key", json_at(row, "key"));
        put(call->out, "infno", json_at(row, "kind"));
        put(call->out, "at", json_at(row, "at"));
        put(call->out, "opter", json_at(row, "opter"));
        yajl_gen_map_close(call->out);
    }
    yajl_gen_array_close(call->out);
    yajl_tree_free(list);
    return true;
}
