/* SPDX-License-Identifier: Apache-2.0 */
#include "wire/read.h"

#include "base/text.h"
#include "wire/setlinfo.h"

/* Layers that say which sum they add to must make it up. */
static settle_status check_layers(const stl_wire_reader *r, stl_error *err) {
    const stl_settlement *s = &r->doc.settlement;
    for (size_t sum = 0; sum < STL_WIRE_N_SUMS; sum++) {
        __int128 paid = 0;
        bool named = false;
        for (size_t i = 0; i < s->n_details; i++) {
            if (r->setl_fields[i] != sum)
                continue;
            named = true;
            paid += s->details[i].fund_payamt;
        }
        const char *at = (const char *)&s->info + STL_WIRE_SUMS[sum].offset;
        if (named && paid != *(const stl_money *)at)
            return FAIL(err, SETTLE_E_INPUT_SUMS, .file = r->name,
                        .field = STL_ATTRIBUTES[STL_WIRE_SUMS[sum].attribute].name,
                        .detail = "is not the sum of its layers");
    }
    return SETTLE_OK;
}

settle_status stl_wire_sums(const stl_wire_reader *r, stl_error *err) {
    settle_status status = stl_settlement_check(&r->doc.settlement, r->doc.refund_of, err);
    if (status != SETTLE_OK) {
        if (err != NULL)
            stl_text_show(stl_str_of(r->name), err->file, sizeof err->file);
        return status;
    }
    return check_layers(r, err);
}
