/* SPDX-License-Identifier: Apache-2.0 */
/* Transactions that bring a stay: admission, charges, discharge, approvals, and what undoes them.
 */
#include "legacy.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* National names of 2401, 2403 and 2402, and what the canonical stay calls them. */
static const char *const HEAD[][2] = {
    {"psn_no", "psn_no"},
    {"insutype", "insutype"},
    {"psn_type", "psn_type"},
    {"psn_name", "psn_name"},
    {"psn_cert_type", "psn_cert_type"},
    {"certno", "certno"},
    {"mdtrt_cert_type", "mdtrt_cert_type"},
    {"gend", "gend"},
    {"brdy", "brdy"},
    {"med_type", "med_type"},
    {"begntime", "begntime"},
    {"endtime", "endtime"},
    {"dscg_way", "dscg_way"},
    {"adm_dept_codg", "adm_dept_codg"},
    {"adm_dept_name", "adm_dept_name"},
    {"adm_bed", "adm_bed"},
    {"dscg_bed", "adm_bed"},
    {"wardno", "wardno"},
    {"atddr_no", "atddr_no"},
    {"chfpdr_name", "atddr_name"},
    {"medrcdno", "medrcdno"},
    {"insuplc_admdvs", "insuplc_admdvs"},
    {"balc", "balc"},
    {"refl_flag", "refl_flag"},
    {"acct_used_flag", "acct_used_flag"},
    {"dise_codg", "dise_codg"},
    {"dscg_maindiag_code", "dscg_maindiag_code"},
    {"dscg_maindiag_name", "dscg_maindiag_name"},
};
static const char *const DIAGNOSIS[] = {"diag_srt_no", "diag_type", "maindiag_flag",
                                        "diag_code",   "diag_name", NULL};
static const char *const CHARGE[] = {"feedetl_sn",
                                     "init_feedetl_sn",
                                     "drord_no",
                                     "fee_ocur_time",
                                     "medins_list_codg",
                                     "medins_list_name",
                                     "spec",
                                     "prcunt",
                                     "cnt",
                                     "pric",
                                     "det_item_fee_sumamt",
                                     "bilg_dept_codg",
                                     "bilg_dept_name",
                                     "bilg_dr_codg",
                                     "bilg_dr_name",
                                     "dscg_tkdrug_flag",
                                     "hosp_appr_flag",
                                     NULL};

/* The number of the stay: mdtrt_id, or the hospital's own (ipt_no) at admission. */
static const char *stay_of(legacy_call *call, yajl_val node) {
    const char *id = json_at(node, "mdtrt_id");
    if (id[0] == '\0')
        id = json_at(node, "ipt_no");
    if (id[0] == '\0')
        legacy_fail(call, SETTLE_E_INPUT_MISSING, "缺少就诊号（mdtrt_id，入院登记可用 ipt_no）");
    return id;
}

yajl_val legacy_stay(legacy_call *call, const char *id) {
    settle_stay *stay = NULL;
    char *json = NULL;
    if (!legacy_did(call, settle_stay_load(call->session, id, &stay)))
        return NULL;
    settle_status status = settle_stay_json(call->session, stay, &json);
    settle_stay_free(stay);
    return legacy_did(call, status) ? legacy_parsed(call, json) : NULL;
}

bool legacy_is_person(legacy_call *call, const char *id, yajl_val rows) {
    yajl_val whole = NULL;
    bool good = true;
    for (size_t i = 0; good && i < json_count(rows); i++) {
        const char *psn_no = json_at(json_row(rows, i), "psn_no");
        if (psn_no[0] == '\0')
            continue;
        if (whole == NULL && (whole = legacy_stay(call, id)) == NULL)
            return false;
        good =
            strcmp(json_at(json_member(whole, "stay"), "psn_no"), psn_no) == 0 ||
            legacy_fail(call, SETTLE_E_INPUT_ORPHAN, "就诊 %.40s 不是这个人员编号（psn_no）的", id);
    }
    yajl_tree_free(whole);
    return good;
}

static void put_head(yajl_gen gen, yajl_val node) {
    bool told[sizeof HEAD / sizeof *HEAD] = {false};
    for (size_t i = 0; i < sizeof HEAD / sizeof *HEAD; i++) {
        for (size_t k = 0; k < i; k++)
            told[i] |= told[k] && strcmp(HEAD[k][1], HEAD[i][1]) == 0;
        const char *text = json_at(node, HEAD[i][0]);
        if (told[i] || json_member(node, HEAD[i][0]) == NULL || text[0] == '\0')
            continue;
        put(gen, HEAD[i][1], text);
        told[i] = true;
    }
}

static void put_rows(yajl_gen gen, yajl_val rows, const char *name, const char *const *fields,
                     const char *inout) {
    if (json_count(rows) == 0)
        return;
    put_key(gen, name);
    yajl_gen_array_open(gen);
    for (size_t i = 0; i < json_count(rows); i++) {
        yajl_gen_map_open(gen);
        if (inout != NULL)
            put(gen, "inout_diag_type", inout);
        for (size_t f = 0; fields[f] != NULL; f++)
            put_member(gen, json_row(rows, i), fields[f], fields[f]);
        yajl_gen_map_close(gen);
    }
    yajl_gen_array_close(gen);
}

static bool append(legacy_call *call, const char *mdtrt_id, yajl_gen gen) {
    yajl_gen_map_close(gen);
    char *json = put_end(gen);
    if (json == NULL)
        return legacy_fail(call, SETTLE_E_NO_MEMORY, NULL);
    bool good = legacy_did(call, settle_stay_append(call->session, mdtrt_id, json, strlen(json)));
    free(json);
    return good;
}

static yajl_gen object(void) {
    yajl_gen gen = put_begin();
    yajl_gen_map_open(gen);
    return gen;
}

bool do_admit(legacy_call *call) {
    yajl_val node = json_member(call->input, "mdtrtinfo");
    const char *id = stay_of(call, node);
    settle_stay *known = NULL;
    if (id[0] == '\0')
        return false;
    settle_status status = settle_stay_load(call->session, id, &known);
    settle_stay_free(known);
    if (status == SETTLE_OK)
        return legacy_fail(call, SETTLE_E_ARG_EXISTS, "就诊 %.40s 已登记", id);
    yajl_gen gen = object();
    put_key(gen, "stay");
    yajl_gen_map_open(gen);
    put(gen, "mdtrt_id", id);
    put(gen, "fixmedins_code",
        settle_context_option(call->context, "institution", "fixmedins_code"));
    put(gen, "fixmedins_name",
        settle_context_option(call->context, "institution", "fixmedins_name"));
    put_head(gen, node);
    if (json_at(node, "endtime")[0] == '\0')
        put(gen, "endtime", "");
    yajl_gen_map_close(gen);
    put_rows(gen, json_member(call->input, "diseinfo"), "diagnoses", DIAGNOSIS, "1");
    if (!append(call, id, gen))
        return false;
    put_key(call->out, "result");
    yajl_gen_map_open(call->out);
    put(call->out, "mdtrt_id", id);
    yajl_gen_map_close(call->out);
    return true;
}

static bool change_head(legacy_call *call, const char *name, const char *inout) {
    yajl_val node = json_member(call->input, name);
    const char *id = stay_of(call, node);
    if (id[0] == '\0')
        return false;
    yajl_gen gen = object();
    put_key(gen, "stay");
    yajl_gen_map_open(gen);
    put_head(gen, node);
    yajl_gen_map_close(gen);
    put_rows(gen, json_member(call->input, "diseinfo"), "diagnoses", DIAGNOSIS, inout);
    return append(call, id, gen);
}

bool do_change(legacy_call *call) {
    return change_head(call, "adminfo", "1");
}

bool do_discharge(legacy_call *call) {
    if (!change_head(call, "dscginfo", "2"))
        return false;
    put(call->out, "mdtrt_id", stay_of(call, json_member(call->input, "dscginfo")));
    return true;
}

bool undo_discharge(legacy_call *call, const char *id) {
    yajl_gen gen = object();
    put_key(gen, "stay");
    yajl_gen_map_open(gen);
    put(gen, "endtime", "");
    put(gen, "dscg_way", "");
    yajl_gen_map_close(gen);
    return append(call, id, gen);
}

bool do_undischarge(legacy_call *call) {
    const char *id = stay_of(call, json_member(call->input, "data"));
    return id[0] != '\0' && undo_discharge(call, id) && mark_taken_back(call, "2402", id);
}

/* What was done to it is not taken back from a stay that is admitted under its number later. */
bool cancel(legacy_call *call, const char *id) {
    return legacy_did(call, settle_stay_cancel(call->session, id)) &&
           mark_taken_back(call, "2401", id) && mark_taken_back(call, "2301", id) &&
           mark_taken_back(call, "2402", id);
}

bool do_cancel(legacy_call *call) {
    const char *id = stay_of(call, json_member(call->input, "data"));
    return id[0] != '\0' && cancel(call, id);
}

/* --- charges ---------------------------------------------------------------------------------- */

bool is_among(yajl_val rows, const char *feedetl_sn) {
    for (size_t i = 0; i < json_count(rows); i++)
        if (strcmp(json_at(json_row(rows, i), "feedetl_sn"), feedetl_sn) == 0)
            return true;
    return false;
}

/* How each of the charges is paid, as 2301 answers. */
static bool put_results(legacy_call *call, const char *id, yajl_val sent) {
    settle_stay *stay = NULL;
    char *json = NULL;
    if (!legacy_did(call, settle_stay_load(call->session, id, &stay)))
        return false;
    settle_status status = settle_stay_preview(call->session, stay, NULL, &json);
    settle_stay_free(stay);
    if (!legacy_did(call, status))
        return false;
    yajl_val judged = yajl_tree_parse(json, NULL, 0);
    settle_free(json);
    if (judged == NULL)
        return legacy_fail(call, SETTLE_E_NO_MEMORY, NULL);
    yajl_val lines = json_member(judged, "lines");
    put(call->out, "mdtrt_id", id);
    put_key(call->out, "result");
    yajl_gen_array_open(call->out);
    for (size_t i = 0; i < json_count(lines); i++)
        if (is_among(sent, json_at(json_row(lines, i), "feedetl_sn")))
            put_value(call->out, json_row(lines, i));
    yajl_gen_array_close(call->out);
    yajl_tree_free(judged);
    return true;
}

/* The stay that all rows name; "": noted. */
static const char *stay_of_all(legacy_call *call, yajl_val rows, const char *none) {
    if (json_count(rows) == 0) {
        legacy_fail(call, SETTLE_E_INPUT_MISSING, "%s", none);
        return "";
    }
    const char *id = stay_of(call, json_row(rows, 0));
    for (size_t i = 1; i < json_count(rows) && id[0] != '\0'; i++)
        if (strcmp(stay_of(call, json_row(rows, i)), id) != 0) {
            legacy_fail(call, SETTLE_E_INPUT_ORPHAN, "一次上传只能是同一就诊的（第 %zu 行不是）",
                        i + 1);
            return "";
        }
    return id;
}

bool do_charges(legacy_call *call) {
    yajl_val rows = json_member(call->input, "feedetail");
    const char *id = stay_of_all(call, rows, "没有费用明细（feedetail）");
    if (id[0] == '\0' || !legacy_is_person(call, id, rows))
        return false;
    yajl_gen gen = object();
    put_rows(gen, rows, "charges", CHARGE, NULL);
    return append(call, id, gen) && put_results(call, id, rows);
}

bool do_uncharge(legacy_call *call) {
    yajl_val rows = json_member(call->input, "data");
    if (json_count(rows) == 0)
        return legacy_fail(call, SETTLE_E_INPUT_MISSING, "没有要撤销的费用（data）");
    for (size_t i = 0; i < json_count(rows); i++) {
        const char *serial = json_at(json_row(rows, i), "feedetl_sn");
        const char *id = stay_of(call, json_row(rows, i));
        if (id[0] == '\0')
            return false;
        if (serial[0] == '\0')
            return legacy_fail(call, SETTLE_E_INPUT_MISSING, "缺少费用流水号（全部撤销写 0000）");
        bool all = strcmp(serial, "0000") == 0;
        if (!legacy_did(call, settle_stay_remove(call->session, id, all ? NULL : serial)))
            return false;
    }
    return true;
}

bool do_approval(legacy_call *call) {
    static const char *const FIELDS[][2] = {{"medins_list_codg", "code"},
                                            {"feedetl_sn", "feedetl_sn"},
                                            {"kind", "kind"},
                                            {"appr_no", "appr_no"},
                                            {"by", "by"},
                                            {"begndate", "begndate"},
                                            {"enddate", "enddate"},
                                            {"reason", "reason"}};
    yajl_val rows = json_member(call->input, "data");
    const char *id = stay_of_all(call, rows, "没有审批（data）");
    char now[LEGACY_INSTANT];
    legacy_now(0, now);
    if (id[0] == '\0')
        return false;
    yajl_gen gen = object();
    put_key(gen, "approvals");
    yajl_gen_array_open(gen);
    for (size_t i = 0; i < json_count(rows); i++) {
        yajl_val row = json_row(rows, i);
        yajl_gen_map_open(gen);
        for (size_t f = 0; f < sizeof FIELDS / sizeof *FIELDS; f++)
            put_member(gen, row, FIELDS[f][0], FIELDS[f][1]);
        put(gen, "time", json_at(row, "time")[0] == '\0' ? now : json_at(row, "time"));
        yajl_gen_map_close(gen);
    }
    yajl_gen_array_close(gen);
    return append(call, id, gen);
}

/* What the insurance body told of the person's year (人员累计信息): the hospital's to pass on. */
bool do_accumulators(legacy_call *call) {
    static const char *const FIELDS[] = {"insutype", "year", "kind", "value", NULL};
    yajl_val rows = json_member(call->input, "data");
    const char *id = stay_of_all(call, rows, "没有人员累计信息（data）");
    if (id[0] == '\0')
        return false;
    yajl_gen gen = object();
    put_rows(gen, rows, "accumulators", FIELDS, NULL);
    return append(call, id, gen);
}
