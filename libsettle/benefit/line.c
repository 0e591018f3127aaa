/* SPDX-License-Identifier: Apache-2.0 */
/* The line stage: what of each charge is self-funded, over its limit, prepaid, in scope. */
#include "base/words.h"
#include "benefit/parts.h"

typedef __int128 wide;

static const stl_str SELF_FUNDED = {"03", 2}, CLASS_B = {"02", 2}, CLASS_A = {"01", 2};

static void bears_all(stl_line_terms *t, stl_line_amounts *out, stl_str rule, stl_str basis) {
    t->full = true;
    out->selfpay_prop = STL_RATIO_ONE;
    out->rule = rule;
    out->basis = basis;
}

/* The cap in the hospital's unit; false: the charge is paid to it, and it has none. */
static bool set_cap(const stl_benefit *b, stl_line_terms *t, stl_line_amounts *out) {
    const stl_line *line = t->line;
    if (line->cap == NULL || line->cap[STL_CAP_PRICE] == STL_NONE || line->map == NULL)
        return true;
    const stl_index_table *caps = &b->c->region->tables[STL_T_CAPS];
    stl_str kind = stl_index_text(caps, line->cap[STL_CAP_KIND]);
    bool pays = stl_str_eq(kind, STL_STR("pay-to-cap"));
    stl_str mine = stl_index_text(&b->c->mapping->rows, line->map[STL_MAP_LIST_UNIT]);
    stl_price cap = line->cap[STL_CAP_PRICE];
    if (!stl_str_eq(stl_index_text(caps, line->cap[STL_CAP_UNIT]), mine) ||
        (line->factor_num != line->factor_den &&
         stl_decimal_mul_div(cap, line->factor_num, line->factor_den, STL_ROUND_HALF_UP, &cap) !=
             SETTLE_OK))
        return !pays;
    out->pric_uplmt_amt = cap;
    t->pay_to_cap = pays;
    return true;
}

static void prepay_of(stl_benefit *b, const stl_line *line, bool class_b, stl_line_amounts *out) {
    const stl_index_table *catalogue = &b->c->region->tables[STL_T_CATALOGUE];
    const int64_t *cat = line->cat;
    if (cat[STL_CAT_SELFPAY] != STL_NONE || !class_b) {
        out->selfpay_prop = cat[STL_CAT_SELFPAY] == STL_NONE ? 0 : cat[STL_CAT_SELFPAY];
        return;
    }
    stl_str list_type = stl_index_text(catalogue, cat[STL_CAT_LIST_TYPE]);
    for (size_t i = 0; i < b->policy->n_prepays; i++) {
        const stl_prepay_row *row = &b->policy->prepays[i];
        if (!stl_str_empty(row->list_type) && !stl_words_have(row->list_type, list_type))
            continue;
        out->selfpay_prop = row->ratio;
        out->basis = row->basis;
        return;
    }
    b->flaws.no_ratio++;
}

/* The patient bears all that is charged for the newborn; how it is paid is never guessed. */
static bool newborn_bears_all(stl_benefit *b, const stl_charge *charge, stl_str *basis) {
    if (stl_str_empty(charge->nwb_flag) || stl_str_is(charge->nwb_flag, "0"))
        return false;
    b->flaws.no_newborn_flag += !stl_str_is(charge->nwb_flag, "1");
    for (size_t i = 0; i < b->policy->n_newborns; i++) {
        const stl_newborn_row *row = &b->policy->newborns[i];
        const char *lacks;
        stl_holds holds = stl_benefit_holds(b, &row->when, &lacks);
        if (holds == STL_HOLDS_UNKNOWN)
            b->flaws.newborn_lacks = lacks;
        if (holds == STL_HOLDS_NOT)
            continue;
        *basis = row->basis;
        return row->self_funded;
    }
    b->flaws.no_newborn++;
    return false;
}

stl_line_terms stl_benefit_line_terms(stl_benefit *b, size_t i, stl_line_amounts *out) {
    const stl_line *line = &b->c->lines[i];
    stl_line_terms t = {.line = line};
    out->pric_uplmt_amt = STL_NONE;
    if (line->map_state != STL_MAPPED) {
        bears_all(&t, out, STL_STR("unmapped"), STL_STR("V1"));
        return t;
    }
    bool has_cap = set_cap(b, &t, out);
    if (line->cat == NULL) {
        bears_all(&t, out, STL_STR("not-in-catalogue"), STL_STR("V1"));
        return t;
    }
    const stl_index_table *catalogue = &b->c->region->tables[STL_T_CATALOGUE];
    out->chrgitm_lv = stl_index_text(catalogue, line->cat[STL_CAT_LV]);
    out->basis = stl_index_text(catalogue, line->cat[STL_CAT_SOURCE]);
    stl_str newborn;
    if (line->excluded) {
        bears_all(&t, out, STL_STR("excluded"), STL_STR("V25"));
    } else if (stl_str_eq(out->chrgitm_lv, SELF_FUNDED)) {
        bears_all(&t, out, STL_STR("self-funded"), out->basis);
    } else if (stl_case_approval_refused(b->c, i)) {
        bears_all(&t, out, STL_STR("not-approved"), STL_STR("hosp_appr_flag"));
    } else if (newborn_bears_all(b, stl_case_charge(b->c, i), &newborn)) {
        bears_all(&t, out, STL_STR("newborn"), newborn);
    } else {
        bool class_b = stl_str_eq(out->chrgitm_lv, CLASS_B);
        out->rule = class_b ? STL_STR("class-b") : STL_STR("class-a");
        b->flaws.no_cap_unit += !has_cap;
        b->flaws.no_level += !class_b && !stl_str_eq(out->chrgitm_lv, CLASS_A);
        t.item = stl_benefit_listed_row(b, line);
        stl_ratio person = t.item == 0 ? STL_NONE : b->policy->items[t.item - 1].person;
        if (person == STL_NONE) {
            prepay_of(b, line, class_b, out);
        } else {
            out->selfpay_prop = person;
            out->rule = STL_STR("listed");
            out->basis = b->policy->items[t.item - 1].basis;
        }
    }
    return t;
}

static bool over_cap(const stl_line_terms *t, stl_price pric) {
    return t->pay_to_cap && (wide)pric * t->line->factor_den >
                                (wide)t->line->cap[STL_CAP_PRICE] * t->line->factor_num;
}

bool stl_benefit_line_apply(const stl_line_terms *terms, const stl_charge *charge,
                            stl_rounding rounding, stl_line_amounts *out) {
    stl_money amount = charge->det_item_fee_sumamt;
    out->cnt = charge->cnt;
    out->det_item_fee_sumamt = amount;
    if (terms->full) {
        out->fulamt_ownpay_amt = amount;
        return true;
    }
    if (over_cap(terms, charge->pric)) {
        stl_money to_cap;
        if (charge->cnt == STL_NONE ||
            stl_money_of(charge->cnt, out->pric_uplmt_amt, rounding, &to_cap) != SETTLE_OK)
            return false;
        bool within =
            amount >= 0 ? to_cap >= 0 && to_cap <= amount : to_cap <= 0 && to_cap >= amount;
        if (!within)
            return false;
        out->overlmt_amt = amount - to_cap;
        out->rule = STL_STR("pay-to-cap");
    }
    stl_money rest = amount - out->overlmt_amt;
    if (out->selfpay_prop != 0 &&
        stl_money_part(rest, out->selfpay_prop, rounding, &out->preselfpay_amt) != SETTLE_OK)
        return false;
    out->inscp_scp_amt = rest - out->preselfpay_amt;
    return true;
}

static settle_status sum_lines(stl_benefit *b, stl_error *err) {
    wide total = 0, own = 0, over = 0, prepaid = 0, scope = 0;
    for (size_t i = 0; i < b->out->n_lines; i++) {
        const stl_line_amounts *a = &b->out->lines[i];
        total += a->det_item_fee_sumamt;
        own += a->fulamt_ownpay_amt;
        over += a->overlmt_amt;
        prepaid += a->preselfpay_amt;
        scope += a->inscp_scp_amt;
    }
    if (total > STL_DECIMAL_MAX || total < -STL_DECIMAL_MAX || own > STL_DECIMAL_MAX ||
        over > STL_DECIMAL_MAX || prepaid > STL_DECIMAL_MAX || scope > STL_DECIMAL_MAX)
        return FAIL(err, SETTLE_E_INPUT_RANGE, .field = "medfee_sumamt",
                    .detail = "the charges add up to more than 16 digits");
    stl_setlinfo *info = &b->out->info;
    info->medfee_sumamt = (stl_money)total;
    info->fulamt_ownpay_amt = (stl_money)own;
    info->overlmt_selfpay = (stl_money)over;
    info->preselfpay_amt = (stl_money)prepaid;
    info->inscp_scp_amt = (stl_money)scope;
    return SETTLE_OK;
}

settle_status stl_benefit_lines(stl_benefit *b, stl_error *err) {
    const stl_case *c = b->c;
    bool refunds = false;
    for (size_t i = 0; i < c->n_lines; i++) {
        const stl_charge *charge = stl_case_charge(c, i);
        stl_line_amounts *amounts = &b->out->lines[i];
        if (c->lines[i].refund_of >= 0) {
            refunds = true;
            continue;
        }
        stl_line_terms terms = stl_benefit_line_terms(b, i, amounts);
        if (charge->det_item_fee_sumamt == STL_NONE) {
            b->flaws.no_amount++;
        } else if (!stl_benefit_line_apply(&terms, charge, b->policy->rounding, amounts) ||
                   charge->det_item_fee_sumamt < 0) {
            b->flaws.unfit++;
        }
        stl_benefit_list_line(b, &terms, amounts);
    }
    if (refunds)
        TRY(stl_benefit_refunds(b, err));
    TRY(stl_benefit_listed_end(b));
    return sum_lines(b, err);
}
