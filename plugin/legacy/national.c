/* SPDX-License-Identifier: Apache-2.0 */
/* A transaction by its number: what it does, once. */
#include "legacy.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *infno;
    transaction *work;
    bool writes;
} TRANSACTIONS[] = {
    {"9001", do_sign_in, true},    {"9002", do_sign_out, true},
    {"1101", do_person, false},    {"2401", do_admit, true},
    {"2403", do_change, true},     {"2404", do_cancel, true},
    {"2301", do_charges, true},    {"2302", do_uncharge, true},
    {"2402", do_discharge, true},  {"2405", do_undischarge, true},
    {"2303", do_trial, false},     {"2304", do_settle, true},
    {"2305", do_unsettle, true},   {"2601", do_reverse, true},
    {"3201", do_totals, false},    {"1200", do_detail, false},
    {"1300", do_catalogue, false}, {"1600", do_approval, true},
    {"1999", do_doubt, false},     {"2220", do_accumulators, true},
    {"3301", do_mapping, true},    {"3120", do_mapping_state, false},
};

bool legacy_fail(legacy_call *call, settle_status status, const char *fmt, ...) {
    call->status = status;
    if (fmt == NULL) {
        snprintf(call->text, sizeof call->text, "%s", settle_status_text(status, SETTLE_LANG_ZH));
        return false;
    }
    va_list args;
    va_start(args, fmt);
    vsnprintf(call->text, sizeof call->text, fmt, args);
    va_end(args);
    return false;
}

bool legacy_did(legacy_call *call, settle_status status) {
    if (status == SETTLE_OK)
        return true;
    const settle_error *error = settle_session_error(call->session);
    call->status = status;
    if (error == NULL)
        return legacy_fail(call, status, NULL);
    settle_error_text(error, SETTLE_LANG_ZH, call->text, sizeof call->text);
    return false;
}

yajl_val legacy_parsed(legacy_call *call, char *json) {
    yajl_val value = yajl_tree_parse(json, NULL, 0);
    settle_free(json);
    if (value == NULL)
        legacy_fail(call, SETTLE_E_NO_MEMORY, NULL);
    return value;
}

const char *legacy_needed(legacy_call *call, yajl_val node, const char *name) {
    const char *text = json_at(node, name);
    if (text[0] == '\0')
        legacy_fail(call, SETTLE_E_INPUT_MISSING, "缺少 %s", name);
    return text;
}

bool legacy_is_key(legacy_call *call, const char *key) {
    if (key[0] == '\0')
        return legacy_fail(call, SETTLE_E_ARG_VALUE, "缺少交易流水号");
    return key[0] != '-' || legacy_fail(call, SETTLE_E_ARG_VALUE, "交易流水号不能以 - 开头");
}

/* The output as text: an object around what the transaction puts. */
static bool work(legacy_call *call, transaction *transaction, char **out_output) {
    call->out = put_begin();
    if (call->out == NULL)
        return legacy_fail(call, SETTLE_E_NO_MEMORY, NULL);
    yajl_gen_map_open(call->out);
    bool good = transaction(call);
    yajl_gen_map_close(call->out);
    *out_output = put_end(call->out);
    if (!good || *out_output == NULL) {
        free(*out_output);
        *out_output = NULL;
        return good ? legacy_fail(call, SETTLE_E_NO_MEMORY, NULL) : false;
    }
    return true;
}

/* What the key is compared with: the input as it stands, whatever the envelope around it. */
static char *request_of(yajl_val input) {
    yajl_gen gen = put_begin();
    if (gen == NULL)
        return NULL;
    put_value(gen, input);
    return put_end(gen);
}

/* A settlement that was taken back elsewhere is not told as one. */
static bool still_stands(legacy_call *call, char **output) {
    if (strcmp(call->infno, "2304") != 0)
        return true;
    yajl_val told = yajl_tree_parse(*output, NULL, 0);
    bool stands = false, asked = settlement_stands(call, told, &stands);
    yajl_tree_free(told);
    if (asked && stands)
        return true;
    free(*output);
    *output = NULL;
    return asked &&
           legacy_fail(call, SETTLE_E_INPUT_REVERSAL, "交易 %.100s 的结算已撤销", call->key);
}

static bool once(legacy_call *call, transaction *transaction, char **out_output) {
    char *request = request_of(call->input), *known = NULL;
    if (request == NULL)
        return legacy_fail(call, SETTLE_E_NO_MEMORY, NULL);
    settle_status status =
        settle_exchange_begin(call->session, call->key, call->infno, request, &known);
    free(request);
    if (status == SETTLE_E_INPUT_REVERSAL)
        return legacy_fail(call, status, "交易 %.100s 已撤销", call->key);
    if (!legacy_did(call, status))
        return false;
    if (known != NULL) {
        *out_output = strdup(known);
        settle_free(known);
        return *out_output != NULL ? still_stands(call, out_output)
                                   : legacy_fail(call, SETTLE_E_NO_MEMORY, NULL);
    }
    if (work(call, transaction, out_output) &&
        legacy_did(call, settle_exchange_end(call->session, *out_output)))
        return true;
    settle_exchange_abandon(call->session);
    free(*out_output);
    *out_output = NULL;
    return false;
}

bool legacy_do(legacy_call *call, char **out_output) {
    *out_output = NULL;
    for (size_t i = 0; i < sizeof TRANSACTIONS / sizeof *TRANSACTIONS; i++) {
        if (strcmp(TRANSACTIONS[i].infno, call->infno) != 0)
            continue;
        if (!TRANSACTIONS[i].writes)
            return work(call, TRANSACTIONS[i].work, out_output);
        return legacy_is_key(call, call->key) && once(call, TRANSACTIONS[i].work, out_output);
    }
    return legacy_fail(call, SETTLE_E_ARG_VALUE, "不提供交易 %.20s", call->infno);
}
