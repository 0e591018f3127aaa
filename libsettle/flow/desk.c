/* SPDX-License-Identifier: Apache-2.0 */
#include "flow/desk.h"

#include "flow/result.h"
#include "rules/support.h"

static stl_money deposits_of(const stl_stay *stay) {
    const stl_deposit *rows = STL_ROWS_OF(stay, STL_R_DEPOSIT, stl_deposit);
    stl_money sum = 0;
    for (size_t i = 0; i < stay->rows[STL_R_DEPOSIT].count; i++)
        sum = stl_rules_sum(sum, rows[i].amt);
    return sum;
}

void stl_flow_put_desk(stl_json *j, const stl_judgement *judgement) {
    const stl_settlement *s = &judgement->settlement;
    const stl_stay *stay = judgement->c.stay;
    stl_json_key(j, "desk");
    if (!s->evaluated || !stay->given[STL_R_DEPOSIT]) {
        stl_json_null(j);
        return;
    }
    stl_money before = s->settled == NULL ? 0 : s->settled->info.psn_cash_pay;
    stl_money deposits = deposits_of(stay), cash = s->info.psn_cash_pay + before;
    stl_json_object(j);
    stl_flow_put_money(j, "deposits", deposits);
    stl_flow_put_money(j, "psn_cash_pay", cash);
    stl_flow_put_money(j, "to_collect", cash > deposits ? cash - deposits : 0);
    stl_flow_put_money(j, "to_give_back", deposits > cash ? deposits - cash : 0);
    stl_json_object_end(j);
}

settle_status stl_flow_check_deposits(const stl_stay *stay, stl_error *err) {
    if (deposits_of(stay) >= 0)
        return SETTLE_OK;
    return FAIL(err, SETTLE_E_INPUT_DEPOSITS, .file = STL_RECORD_TYPES[STL_R_DEPOSIT].stem,
                .field = "amt", .value = stay->head.mdtrt_id.ptr);
}
