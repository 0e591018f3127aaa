/* SPDX-License-Identifier: Apache-2.0 */
/* Signing in and out. */
#include "legacy.h"

#include <string.h>

/* The sign-in is an exchange whose key is its number. */
bool do_sign_in(legacy_call *call) {
    char now[LEGACY_INSTANT];
    legacy_now(0, now);
    put_key(call->out, "signinoutb");
    yajl_gen_map_open(call->out);
    put(call->out, "sign_time", now);
    put(call->out, "sign_no", call->key);
    yajl_gen_map_close(call->out);
    return true;
}

/* One of this operator that is still good. */
bool is_sign_in(legacy_call *call, const char *sign_no) {
    char *json = NULL;
    if (!legacy_did(call, settle_exchange_list(call->session, "", sign_no, &json)))
        return false;
    yajl_val list = legacy_parsed(call, json);
    if (list == NULL)
        return false;
    yajl_val one = json_row(json_member(list, "exchanges"), 0);
    bool good =
        strcmp(json_at(one, "kind"), "9001") == 0 && strcmp(json_at(one, "mark"), "open") == 0 &&
        strcmp(json_at(one, "opter"), call->opter) == 0 && !legacy_is_older(json_at(one, "at"), 24);
    yajl_tree_free(list);
    return good ||
           legacy_fail(call, SETTLE_E_ARG_STATE, "业务周期号无效、已签退、已满 24 小时或属他人");
}

bool do_sign_out(legacy_call *call) {
    const char *sign_no = json_at(json_member(call->input, "signOut"), "sign_no");
    char now[LEGACY_INSTANT];
    legacy_now(0, now);
    if (sign_no[0] == '\0')
        return legacy_fail(call, SETTLE_E_INPUT_MISSING, "缺少签到流水号（sign_no）");
    if (!is_sign_in(call, sign_no) ||
        !legacy_did(call, settle_exchange_mark(call->session, sign_no, "confirmed")))
        return false;
    put_key(call->out, "sign_time");
    yajl_gen_map_open(call->out);
    put(call->out, "sign_time", now);
    yajl_gen_map_close(call->out);
    return true;
}
