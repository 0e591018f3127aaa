/* SPDX-License-Identifier: Apache-2.0 */
/* The hospital's mapping proposed (3301, 3110), and what became of the proposals (3120). */
#include "legacy.h"

#include <stdlib.h>
#include <string.h>

/* National names of 3301, and the columns of mapping.csv; those below are the same. */
static const char *const COLUMNS[][2] = {
    {"fixmedins_hilist_id", "medins_list_codg"},
    {"fixmedins_hilist_name", "medins_list_name"},
    {"list_type", "list_type"},
    {"med_list_codg", "med_list_codg"},
    {"prcunt", "prcunt"},
    {"begndate", "begndate"},
    {"enddate", "enddate"},
    {"memo", "remark"},
    {"med_list_unit", "med_list_unit"},
    {"factor_num", "factor_num"},
    {"factor_den", "factor_den"},
};

static char *rows_of(yajl_val rows) {
    yajl_gen gen = put_begin();
    if (gen == NULL)
        return NULL;
    yajl_gen_array_open(gen);
    for (size_t i = 0; i < json_count(rows); i++) {
        yajl_gen_map_open(gen);
        for (size_t k = 0; k < sizeof COLUMNS / sizeof *COLUMNS; k++)
            put_member(gen, json_row(rows, i), COLUMNS[k][0], COLUMNS[k][1]);
        put(gen, "code_source", "3301");
        yajl_gen_map_close(gen);
    }
    yajl_gen_array_close(gen);
    return put_end(gen);
}

bool do_mapping(legacy_call *call) {
    yajl_val rows = json_member(call->input, "data");
    char *json = NULL;
    if (json_count(rows) == 0)
        return legacy_fail(call, SETTLE_E_INPUT_MISSING, "没有要上传的对照（data）");
    char *text = rows_of(rows);
    if (text == NULL)
        return legacy_fail(call, SETTLE_E_NO_MEMORY, NULL);
    bool good =
        legacy_did(call, settle_mapping_upload(call->session, text, strlen(text), NULL, &json));
    free(text);
    yajl_val counts = good ? legacy_parsed(call, json) : NULL;
    if (counts == NULL)
        return false;
    put_key(call->out, "result");
    put_value(call->out, counts);
    yajl_tree_free(counts);
    return true;
}

static void put_state(yajl_gen gen, yajl_val proposal) {
    static const char *const MEMBERS[] = {"proposal",     "state",         "lacks",
                                          "suggested_by", "suggested_at",  "decided_by",
                                          "decided_at",   "decided_reason"};
    yajl_val row = json_member(proposal, "row");
    yajl_gen_map_open(gen);
    for (size_t i = 0; i < sizeof MEMBERS / sizeof *MEMBERS; i++)
        put_member(gen, proposal, MEMBERS[i], MEMBERS[i]);
    put_member(gen, row, "medins_list_codg", "fixmedins_hilist_id");
    put_member(gen, row, "med_list_codg", "med_list_codg");
    put_member(gen, row, "begndate", "begndate");
    put_member(gen, row, "enddate", "enddate");
    yajl_gen_map_close(gen);
}

bool do_mapping_state(legacy_call *call) {
    const char *item =
        json_at(json_row(json_member(call->input, "data"), 0), "fixmedins_hilist_id");
    char *json = NULL;
    if (item[0] == '\0')
        return legacy_fail(call, SETTLE_E_INPUT_MISSING, "缺少医院项目编码（fixmedins_hilist_id）");
    if (!legacy_did(call, settle_mapping_review(call->session, NULL, item, &json)))
        return false;
    yajl_val list = legacy_parsed(call, json);
    if (list == NULL)
        return false;
    yajl_val proposals = json_member(list, "proposals");
    put_key(call->out, "data");
    yajl_gen_array_open(call->out);
    for (size_t i = 0; i < json_count(proposals); i++)
        put_state(call->out, json_row(proposals, i));
    yajl_gen_array_close(call->out);
    yajl_tree_free(list);
    return true;
}
