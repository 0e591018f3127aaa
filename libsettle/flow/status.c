/* SPDX-License-Identifier: Apache-2.0 */
#include "flow/map.h"
#include "flow/result.h"
#include "flow/site_packs.h"
#include "flow/stays.h"

static void put_instant(stl_json *j, const char *key, stl_instant at) {
    char text[STL_DATE_TEXT_MAX] = "";
    if (at != STL_NONE)
        stl_instant_format(at, text);
    stl_json_put_text(j, key, text);
}

static settle_status put_row(void *user, const stl_ledger_row *row, stl_error *err) {
    (void)err;
    stl_json *j = user;
    stl_json_object(j);
    stl_json_put_str(j, "mdtrt_id", row->mdtrt_id);
    stl_json_put_str(j, "state", row->state);
    stl_json_put_int(j, "charges", row->n_charges);
    stl_json_put_int(j, "imports", row->parts);
    put_instant(j, "last_import", row->last_import);
    stl_json_put_str(j, "msgid", row->msgid);
    put_instant(j, "made_at", row->made_at);
    if (!stl_str_empty(row->msgid)) {
        stl_json_put_int(j, "settlements", row->settlements);
        stl_json_put_decimal(j, "medfee_sumamt", row->medfee_sumamt_fen, STL_SCALE_MONEY);
        stl_json_put_decimal(j, "fund_pay_sumamt", row->fund_pay_sumamt_fen, STL_SCALE_MONEY);
        stl_json_put_decimal(j, "psn_part_amt", row->psn_part_amt_fen, STL_SCALE_MONEY);
    }
    stl_json_object_end(j);
    return SETTLE_OK;
}

settle_status stl_flow_status(stl_session *session, stl_str mdtrt_id, char **out_json,
                              stl_error *err) {
    stl_day today;
    TRY(stl_session_ledger(session, STL_LEDGER_READ, err));
    TRY(stl_flow_day(session, NULL, &today, err));
    SCOPED_BUF buf = {0};
    stl_json j = {.out = &buf};
    stl_json_object(&j);
    stl_json_key(&j, "stays");
    stl_json_array(&j);
    TRY(stl_ledger_list(session->ledger, mdtrt_id, put_row, &j, err));
    stl_json_array_end(&j);
    stl_flow_put_packs(&j, session->site, today, session->lang);
    stl_json_object_end(&j);
    return stl_flow_take_json(&buf, out_json, err);
}
