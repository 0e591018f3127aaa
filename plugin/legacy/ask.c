/* SPDX-License-Identifier: Apache-2.0 */
/* Questions: persons, totals, stays, the hospital's items. */
#include "legacy.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Persons are the centre's to tell; of those whose stays are in the ledger the stay tells. */
bool do_person(legacy_call *call) {
    static const char *const BASE[] = {"psn_no",   "psn_cert_type", "certno",
                                       "psn_name", "gend",          "brdy"};
    static const char *const INSURED[] = {"balc", "insutype", "psn_type", "insuplc_admdvs"};
    const char *id = legacy_needed(call, json_member(call->input, "data"), "mdtrt_id");
    yajl_val whole = id[0] == '\0' ? NULL : legacy_stay(call, id);
    yajl_val head = json_member(whole, "stay");
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

bool do_totals(legacy_call *call) {
    static const char *const AMOUNTS[] = {"medfee_sumamt", "fund_pay_sumamt", "acct_pay",
                                          "psn_cash_pay"};
    yajl_val data = json_member(call->input, "data");
    const char *insutype = json_at(data, "insutype"), *begin = json_at(data, "stmt_begndate"),
               *end = json_at(data, "stmt_enddate");
    const char *counted = json_at(data, "fixmedins_setl_cnt");
    long long sums[4] = {0}, count = 0;
    char *json = NULL, text[32];
    for (size_t k = 0; k < 4; k++)
        if (!legacy_amount(call, data, AMOUNTS[k]))
            return false;
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
    /* What the caller sums up is compared where he says it. */
    snprintf(text, sizeof text, "%lld", count);
    bool same = counted[0] == '\0' || strcmp(counted, text) == 0;
    for (size_t k = 0; k < 4; k++)
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
    const char *id = legacy_needed(call, json_member(call->input, "data"), "mdtrt_id");
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
