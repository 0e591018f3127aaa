/* SPDX-License-Identifier: Apache-2.0 */
#include "model/case_parts.h"

static stl_str first_of(stl_str given, stl_str otherwise) {
    return stl_str_empty(given) ? otherwise : given;
}

static stl_qty to_national(const stl_line *meaning, stl_qty cnt) {
    if (meaning->national_cnt == STL_NONE || meaning->factor_num == meaning->factor_den)
        return meaning->national_cnt == STL_NONE ? STL_NONE : cnt;
    stl_qty national;
    settle_status status = stl_decimal_mul_div(cnt, meaning->factor_num, meaning->factor_den,
                                               STL_ROUND_HALF_UP, &national);
    return status == SETTLE_OK ? national : STL_NONE;
}

settle_status stl_case_resolve(stl_resolver *resolver, const stl_charge *charge, stl_line *out,
                               stl_error *err) {
    stl_day day =
        charge->fee_ocur_time == STL_NONE ? STL_NONE : stl_instant_day(charge->fee_ocur_time);
    const stl_meaning *meaning = stl_case_meaning(resolver, charge->medins_list_codg, day);
    TRY_ALLOC(err, meaning);
    *out = meaning->line;
    out->item_key = charge->medins_list_codg;
    out->day = day;
    out->national_cnt = to_national(&meaning->line, charge->cnt);
    out->net_cnt = charge->cnt;
    out->net_amt = charge->det_item_fee_sumamt;
    return SETTLE_OK;
}

static settle_status resolve_all(stl_case *c, stl_resolver *resolver, stl_error *err) {
    c->lines = stl_arena_alloc(c->arena, c->n_lines * sizeof *c->lines);
    TRY_ALLOC(err, c->lines);
    for (size_t i = 0; i < c->n_lines; i++)
        TRY(stl_case_resolve(resolver, stl_case_charge(c, i), &c->lines[i], err));
    c->n_items = (uint32_t)resolver->items.count;
    c->n_codes = (uint32_t)resolver->codes.count;
    return SETTLE_OK;
}

/* Its grade stands on the list V3.special (rules/lists.csv): the price list has maxima of its own.
 */
static bool has_special_maxima(const stl_case *c) {
    const stl_index_table *lists = &c->region->tables[STL_T_LISTS];
    stl_index_rows rows = stl_index_get(lists, STL_STR("V3.special"));
    for (size_t i = 0; i < rows.count; i++) {
        int64_t item = rows.rows[i * STL_LIST_COLS + STL_LIST_ITEM];
        if (!stl_str_empty(c->hosp_lv) && stl_str_eq(stl_index_text(lists, item), c->hosp_lv))
            return true;
    }
    return false;
}

stl_case stl_case_begin(const stl_stay *stay, const stl_region *region, const stl_mapping *mapping,
                        stl_case_site site, int32_t lang, stl_arena *arena) {
    const stl_admission *head = &stay->head;
    stl_case c = {.stay = stay,
                  .region = region,
                  .mapping = mapping,
                  .arena = arena,
                  .lang = lang,
                  .medins_lv = first_of(head->medins_lv, site.medins_lv),
                  .hosp_lv = first_of(head->hosp_lv, site.hosp_lv),
                  .mdtrtarea_admvs = first_of(head->mdtrtarea_admvs, site.mdtrtarea_admvs),
                  .n_lines = stl_stay_n_charges(stay)};
    c.special_lv = has_special_maxima(&c);
    return c;
}

settle_status stl_case_fill(stl_case *c, stl_resolver *resolver, stl_error *err) {
    if (c->n_lines > INT32_MAX)
        return FAIL(err, SETTLE_E_OVERFLOW, .detail = "more than 2147483647 charges");
    TRY(resolve_all(c, resolver, err));
    TRY(stl_case_net_refunds(c, err));
    return stl_case_order(c, err);
}

settle_status stl_case_build(const stl_stay *stay, const stl_region *region,
                             const stl_mapping *mapping, stl_case_site site, int32_t lang,
                             stl_arena *arena, stl_case *out, stl_error *err) {
    stl_case c = stl_case_begin(stay, region, mapping, site, lang, arena);
    stl_resolver resolver = stl_case_resolver(&c);
    TRY(stl_case_fill(&c, &resolver, err));
    *out = c;
    return SETTLE_OK;
}
