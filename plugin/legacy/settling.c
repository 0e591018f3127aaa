/* SPDX-License-Identifier: Apache-2.0 */
/* Transactions that settle, reverse and ask. */
#include "legacy.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- signing in ------------------------------------------------------------------------------- */

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

bool do_sign_out(legacy_call *call) {
    const char *sign_no = json_at(json_member(call->input, "signOut"), "sign_no");
    char now[LEGACY_INSTANT];
    legacy_now(0, now);
    if (sign_no[0] == '\0')
        return legacy_fail(call, SETTLE_E_INPUT_MISSING, "缺少签到流水号（sign_no）");
    if (!legacy_did(call, settle_exchange_mark(call->session, sign_no, "confirmed")))
        return false;
    put_key(call->out, "sign_time");
    yajl_gen_map_open(call->out);
    put(call->out, "sign_time", now);
    yajl_gen_map_close(call->out);
    return true;
}

/* --- the stay --------------------------------------------------------------------------------- */

static const char *needed(legacy_call *call, yajl_val node, const char *name) {
    const char *text = json_at(node, name);
    if (text[0] == '\0')
        legacy_fail(call, SETTLE_E_INPUT_MISSING, "缺少 %s", name);
    return text;
}

/* Persons are the centre's to tell; of those whose stays are in the ledger the stay tells. */
bool do_person(legacy_call *call) {
    static const char *const BASE[] = {"psn_no",   "psn_cert_type", "certno",
                                       "psn_name", "gend",          "brdy"};
    static const char *const INSURED[] = {"balc", "insutype", "psn_type", "insuplc_admdvs"};
    const char *id = needed(call, json_member(call->input, "data"), "mdtrt_id");
    settle_stay *stay = NULL;
    char *json = NULL;
    if (id[0] == '\0' || !legacy_did(call, settle_stay_load(call->session, id, &stay)))
        return false;
    settle_status status = settle_stay_json(call->session, stay, &json);
    settle_stay_free(stay);
    if (!legacy_did(call, status))
        return false;
    yajl_val whole = legacy_parsed(call, json), head = json_member(whole, "stay");
    if (whole == NULL)
        return false;
    put_key(call->out, "baseinfo");
    yajl_gen_map_open(call->out);
    for (size_t i = 0; i < sizeof BASE / sizeof *BASE; i++)
        put(call->out, BASE[i], json_at(head, BASE[i]));
    yajl_gen_map_close(call->out);
    put_key(call->out, "insuinfo");
    yajl_gen_map_open(call->out);
    for (size_t i = 0; i < sizeof INSURED / sizeof *INSURED; i++)
        put(call->out, INSURED[i], json_at(head, INSURED[i]));
    yajl_gen_map_close(call->out);
    yajl_tree_free(whole);
    return true;
}

/* What the caller says of the discharge and the account before he settles. */
static bool take_head(legacy_call *call, const char *id, yajl_val data) {
    static const char *const FIELDS[][2] = {{"endtime", "endtime"},
                                            {"dscgTime", "endtime"},
                                            {"dscg_way", "dscg_way"},
                                            {"acct_used_flag", "acct_used_flag"},
                                            {"dscg_maindiag_code", "dscg_maindiag_code"},
                                            {"dscg_maindiag_name", "dscg_maindiag_name"}};
    bool any = false;
    yajl_gen gen = put_begin();
    yajl_gen_map_open(gen);
    put_key(gen, "stay");
    yajl_gen_map_open(gen);
    for (size_t i = 0; i < sizeof FIELDS / sizeof *FIELDS; i++) {
        const char *text = json_at(data, FIELDS[i][0]);
        bool twice = i == 1 && json_at(data, FIELDS[0][0])[0] != '\0';
        if (text[0] != '\0' && !twice) {
            put(gen, FIELDS[i][1], text);
            any = true;
        }
    }
    yajl_gen_map_close(gen);
    yajl_gen_map_close(gen);
    char *json = put_end(gen);
    if (json == NULL)
        return legacy_fail(call, SETTLE_E_NO_MEMORY, NULL);
    bool good = !any || legacy_did(call, settle_stay_append(call->session, id, json, strlen(json)));
    free(json);
    return good;
}

/* The findings that stop a settlement, the dearest first, as far as there is room. */
static bool stopped(legacy_call *call, yajl_val judged) {
    yajl_val findings = json_member(judged, "findings");
    int len = snprintf(call->text, sizeof call->text, "不能结算：");
    size_t told = 0;
    call->status = SETTLE_E_INPUT_OVERRIDE;
    for (size_t i = 0; i < json_count(findings); i++) {
        yajl_val f = json_row(findings, i);
        const char *action = json_at(f, "action"), *evidence = json_at(f, "evidence");
        if (YAJL_IS_TRUE(json_member(f, "overridden")) ||
            (strcmp(action, "block") != 0 && strcmp(action, "hold") != 0) ||
            (size_t)len > sizeof call->text - 420)
            continue;
        len += snprintf(call->text + len, sizeof call->text - (size_t)len, "%s%.*s（%.*s）%s 元",
                        told++ > 0 ? "；" : "", legacy_cut(json_at(f, "rule_name"), 60),
                        json_at(f, "rule_name"), legacy_cut(evidence, 240), evidence,
                        json_at(f, "vola_amt"));
    }
    if (told == 0)
        snprintf(call->text, sizeof call->text, "不能结算：待遇未能计算，请用 settle check 查看");
    return false;
}

/* setlinfo and setldetail of a judgement, and the number that the settlement bears. */
static void put_settlement(legacy_call *call, yajl_val judged) {
    yajl_val info = json_member(judged, "setlinfo");
    put_key(call->out, "setlinfo");
    yajl_gen_map_open(call->out);
    put(call->out, "mdtrt_id", json_at(judged, "mdtrt_id"));
    put(call->out, "setl_id", json_at(judged, "msgid"));
    for (size_t i = 0; YAJL_IS_OBJECT(info) && i < YAJL_GET_OBJECT(info)->len; i++) {
        put_key(call->out, YAJL_GET_OBJECT(info)->keys[i]);
        put_value(call->out, YAJL_GET_OBJECT(info)->values[i]);
    }
    put(call->out, "medins_setl_id", call->key);
    yajl_gen_map_close(call->out);
    put_key(call->out, "setldetail");
    put_value(call->out, json_member(judged, "setldetail"));
}

static bool answer(legacy_call *call, settle_status status, int32_t verdict, char *json) {
    if (!legacy_did(call, status))
        return false;
    yajl_val judged = legacy_parsed(call, json);
    if (judged == NULL)
        return false;
    bool good = verdict == SETTLE_VERDICT_CLEAR || stopped(call, judged);
    if (good)
        put_settlement(call, judged);
    yajl_tree_free(judged);
    return good;
}

bool do_trial(legacy_call *call) {
    yajl_val data = json_member(call->input, "data");
    const char *id = needed(call, data, "mdtrt_id");
    settle_stay *stay = NULL;
    char *json = NULL, *none = NULL;
    int32_t verdict = 0;
    if (id[0] == '\0')
        return false;
    /* What the trial is told of the discharge is not kept: an exchange that is abandoned. */
    if (!legacy_did(call, settle_exchange_begin(call->session, "-trial-", "2303", "", &none)))
        return false;
    settle_status status = SETTLE_OK;
    bool good = take_head(call, id, data);
    if (good)
        status = settle_stay_load(call->session, id, &stay);
    if (good && status == SETTLE_OK)
        status = settle_stay_preview(call->session, stay, &verdict, &json);
    good = good && answer(call, status, verdict, json);
    settle_stay_free(stay);
    settle_exchange_abandon(call->session);
    return good;
}

bool do_settle(legacy_call *call) {
    yajl_val data = json_member(call->input, "data");
    const char *id = needed(call, data, "mdtrt_id");
    char *json = NULL;
    int32_t verdict = 0;
    if (id[0] == '\0' || !take_head(call, id, data))
        return false;
    settle_status status = settle_stay_submit(call->session, id, &verdict, &json);
    return answer(call, status, verdict, json);
}

/* Two persons: the operator, and one whom the caller or settle.ini names. */
static bool take_back(legacy_call *call, const char *id, yajl_val data, char **out_json) {
    const char *second = json_at(data, "second"), *reason = json_at(data, "reason");
    if (second[0] == '\0')
        second = settle_context_option(call->context, "legacy", "second");
    const settle_override_options who = {.struct_size = sizeof who,
                                         .approval = "",
                                         .by = call->opter,
                                         .role = "收费员",
                                         .reason = reason[0] == '\0' ? "撤销结算" : reason,
                                         .second = second};
    return legacy_did(call, settle_stay_reverse(call->session, id, &who, out_json));
}

bool do_unsettle(legacy_call *call) {
    yajl_val data = json_member(call->input, "data");
    const char *id = needed(call, data, "mdtrt_id");
    char *json = NULL;
    if (id[0] == '\0' || !take_back(call, id, data, &json))
        return false;
    yajl_val reversed = legacy_parsed(call, json);
    if (reversed == NULL)
        return false;
    put_settlement(call, reversed);
    yajl_tree_free(reversed);
    return true;
}

/* --- lost answers ----------------------------------------------------------------------------- */

static bool undo(legacy_call *call, yajl_val data, yajl_val found) {
    const char *infno = json_at(found, "kind");
    yajl_val output = yajl_tree_parse(json_at(found, "answer"), NULL, 0);
    bool good = output != NULL || legacy_fail(call, SETTLE_E_STORE_CORRUPT, NULL);
    if (good && strcmp(infno, "2304") == 0) {
        char *json = NULL;
        const char *id = json_at(json_member(output, "setlinfo"), "mdtrt_id");
        good = take_back(call, id, data, &json);
        settle_free(json);
    } else if (good) {
        good = undo_exchange(call, infno, output);
    }
    yajl_tree_free(output);
    return good;
}

/* 2601: what was asked under another key is taken back; one that did not come yet is refused then.
 */
bool do_reverse(legacy_call *call) {
    yajl_val data = json_member(call->input, "data");
    const char *original = needed(call, data, "omsgid"), *infno = json_at(data, "oinfno");
    char *json = NULL;
    if (original[0] == '\0' ||
        !legacy_did(call, settle_exchange_list(call->session, NULL, original, &json)))
        return false;
    yajl_val list = legacy_parsed(call, json);
    if (list == NULL)
        return false;
    yajl_val found = json_member(list, "exchanges");
    bool good = true;
    if (json_count(found) > 0) {
        yajl_val one = json_row(found, 0);
        if (strcmp(json_at(one, "mark"), "taken back") == 0)
            good = true;
        else if (infno[0] != '\0' && strcmp(infno, json_at(one, "kind")) != 0)
            good = legacy_fail(call, SETTLE_E_INPUT_REVERSAL, "原交易是 %.10s，不是 %.10s",
                               json_at(one, "kind"), infno);
        else
            good = undo(call, data, one);
    }
    yajl_tree_free(list);
    return good && legacy_did(call, settle_exchange_mark(call->session, original, "taken back"));
}

/* 1999: trades whose answer nobody confirmed; or one is confirmed. */
bool do_doubt(legacy_call *call) {
    yajl_val data = json_member(call->input, "data");
    const char *confirmed = json_at(data, "confirm");
    char *json = NULL;
    if (confirmed[0] != '\0')
        return legacy_did(call, settle_exchange_mark(call->session, confirmed, "confirmed"));
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

/* --- questions -------------------------------------------------------------------------------- */

bool do_totals(legacy_call *call) {
    static const char *const AMOUNTS[] = {"medfee_sumamt", "fund_pay_sumamt", "acct_pay",
                                          "psn_cash_pay"};
    yajl_val data = json_member(call->input, "data");
    const char *insutype = json_at(data, "insutype"), *begin = json_at(data, "stmt_begndate"),
               *end = json_at(data, "stmt_enddate");
    long long sums[4] = {0}, count = 0;
    char *json = NULL, text[32];
    if (!legacy_did(call, settle_policy_totals(call->session, begin[0] == '\0' ? NULL : begin,
                                               end[0] == '\0' ? NULL : end, &json)))
        return false;
    yajl_val totals = legacy_parsed(call, json), schemes = json_member(totals, "schemes");
    if (totals == NULL)
        return false;
    for (size_t i = 0; i < json_count(schemes); i++) {
        yajl_val s = json_row(schemes, i);
        if (insutype[0] != '\0' && strcmp(insutype, json_at(s, "insutype")) != 0)
            continue;
        for (size_t k = 0; k < 4; k++)
            sums[k] += legacy_fen(json_at(s, AMOUNTS[k]));
        count += atoll(json_at(s, "settlements"));
    }
    yajl_tree_free(totals);
    bool same = true;
    for (size_t k = 0; k < 4; k++) /* what the caller sums up is compared where he says it */
        same = same && (json_at(data, AMOUNTS[k])[0] == '\0' ||
                        legacy_fen(json_at(data, AMOUNTS[k])) == sums[k]);
    put_key(call->out, "stmtinfo");
    yajl_gen_map_open(call->out);
    put(call->out, "stmt_rslt", same ? "0" : "1");
    for (size_t k = 0; k < 4; k++)
        put(call->out, AMOUNTS[k], legacy_yuan(sums[k], text));
    snprintf(text, sizeof text, "%lld", count);
    put(call->out, "fixmedins_setl_cnt", text);
    yajl_gen_map_close(call->out);
    return true;
}

bool do_detail(legacy_call *call) {
    const char *id = needed(call, json_member(call->input, "data"), "mdtrt_id");
    char *json = NULL;
    if (id[0] == '\0' || !legacy_did(call, settle_stay_list(call->session, id, &json)))
        return false;
    yajl_val list = legacy_parsed(call, json);
    if (list == NULL)
        return false;
    put_key(call->out, "stay");
    put_value(call->out, json_row(json_member(list, "stays"), 0));
    yajl_tree_free(list);
    return true;
}

/* The hospital's items and the catalogue items they lead to today. */
bool do_catalogue(legacy_call *call) {
    char *json = NULL;
    if (!legacy_did(call, settle_mapping_list(call->session, NULL, &json)))
        return false;
    yajl_val list = legacy_parsed(call, json);
    if (list == NULL)
        return false;
    put_key(call->out, "rows");
    put_value(call->out, json_member(list, "rows"));
    yajl_tree_free(list);
    return true;
}
