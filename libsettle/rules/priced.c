/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/priced.h"

#include "rules/surcharge.h"

settle_status stl_rules_priced(const stl_case *c, uint32_t line, stl_priced *out, stl_error *err) {
    const stl_line *l = &c->lines[line];
    stl_qty count = stl_line_national(c, line);
    *out = (stl_priced){.gap = STL_PRICED_NO_CAP};
    if (l->cap == NULL || l->cap[STL_CAP_PRICE] == STL_NONE || l->map_state != STL_MAPPED)
        return SETTLE_OK;
    out->gap = STL_PRICED_NO_UNIT;
    out->unit = stl_rules_cell(stl_rules_table(c, STL_T_CAPS), l->cap, STL_CAP_UNIT);
    if (count == STL_NONE || !stl_str_eq(out->unit, stl_rules_map_cell(c, l, STL_MAP_LIST_UNIT)))
        return SETTLE_OK;
    stl_surcharge price;
    TRY(stl_rules_surcharge(c, line, l->cap, &price, err));
    out->gap = STL_PRICED;
    out->full = price.certain;
    out->count = count + (STL_QTY_ONE - count % STL_QTY_ONE) % STL_QTY_ONE;
    return SETTLE_OK;
}

stl_money stl_rules_share(stl_qty count, stl_price full, int64_t share, int64_t whole) {
    stl_price price;
    stl_money money;
    if (stl_decimal_mul_div(full, share, whole, STL_ROUND_HALF_UP, &price) != SETTLE_OK ||
        stl_money_of(count, price, STL_ROUND_HALF_UP, &money) != SETTLE_OK)
        return STL_DECIMAL_MAX;
    return money;
}
