/* SPDX-License-Identifier: Apache-2.0 */
/* Transactions that try, settle and take back a settlement. */
#include "legacy.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

/* What the caller says the charges come to is what they do. */
static bool is_total(legacy_call *call, yajl_val data, yajl_val judged) {
    const char *told = json_at(data, "medfee_sumamt"),
               *sum = json_at(json_member(judged, "setlinfo"), "medfee_sumamt");
    if (told[0] == '\0')
        return true;
    return legacy_amount(call, data, "medfee_sumamt") &&
           (legacy_fen(told) == legacy_fen(sum) ||
            legacy_fail(call, SETTLE_E_INPUT_SUMS,
                        "医疗费总额（medfee_sumamt）传入 %.20s，费用明细合计 %.20s", told, sum));
}

static bool answer(legacy_call *call, yajl_val data, settle_status status, int32_t verdict,
                   char *json) {
    if (!legacy_did(call, status))
        return false;
    yajl_val judged = legacy_parsed(call, json);
    if (judged == NULL)
        return false;
    bool good =
        (verdict == SETTLE_VERDICT_CLEAR || stopped(call, judged)) && is_total(call, data, judged);
    if (good)
        put_settlement(call, judged);
    yajl_tree_free(judged);
    return good;
}

bool do_trial(legacy_call *call) {
    yajl_val data = json_member(call->input, "data");
    const char *id = legacy_needed(call, data, "mdtrt_id");
    settle_stay *stay = NULL;
    char *json = NULL, *none = NULL;
    int32_t verdict = 0;
    if (id[0] == '\0' || !legacy_is_person(call, id, data))
        return false;
    /* What the trial is told of the discharge is not kept: an exchange that is abandoned. */
    if (!legacy_did(call, settle_exchange_begin(call->session, LEGACY_TRIAL, "2303", "", &none)))
        return false;
    settle_status status = SETTLE_OK;
    bool good = take_head(call, id, data);
    if (good)
        status = settle_stay_load(call->session, id, &stay);
    if (good && status == SETTLE_OK)
        status = settle_stay_preview(call->session, stay, &verdict, &json);
    good = good && answer(call, data, status, verdict, json);
    settle_stay_free(stay);
    settle_exchange_abandon(call->session);
    return good;
}

bool do_settle(legacy_call *call) {
    yajl_val data = json_member(call->input, "data");
    const char *id = legacy_needed(call, data, "mdtrt_id");
    char *json = NULL;
    int32_t verdict = 0;
    if (id[0] == '\0' || !legacy_is_person(call, id, data) || !take_head(call, id, data))
        return false;
    settle_status status = settle_stay_submit(call->session, id, &verdict, &json);
    return answer(call, data, status, verdict, json);
}

/* Two persons: the operator, and one whom the caller or settle.ini names. */
bool take_back(legacy_call *call, const char *id, yajl_val data, char **out_json) {
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
    const char *id = legacy_needed(call, data, "mdtrt_id");
    char *json = NULL;
    if (id[0] == '\0' || !take_back(call, id, data, &json))
        return false;
    yajl_val reversed = legacy_parsed(call, json);
    if (reversed == NULL)
        return false;
    put_settlement(call, reversed);
    yajl_tree_free(reversed);
    return mark_taken_back(call, "2304", id);
}
