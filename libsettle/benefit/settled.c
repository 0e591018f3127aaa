/* SPDX-License-Identifier: Apache-2.0 */
/* A stay of which interim settlements settled a part: what is left is the payment of all of it less
 * what they paid, so that all its settlements together are the one of the whole stay, to the fen.
 */
#include "benefit/parts.h"

#include <stdlib.h>

typedef struct serial {
    stl_str feedetl_sn;
    size_t line;
} serial;

static int compare(const void *a, const void *b) {
    return stl_str_cmp(((const serial *)a)->feedetl_sn, ((const serial *)b)->feedetl_sn);
}

static bool same_amounts(const stl_line_amounts *a, const stl_line_amounts *b) {
    return a->det_item_fee_sumamt == b->det_item_fee_sumamt &&
           a->fulamt_ownpay_amt == b->fulamt_ownpay_amt && a->overlmt_amt == b->overlmt_amt &&
           a->preselfpay_amt == b->preselfpay_amt && a->inscp_scp_amt == b->inscp_scp_amt;
}

/* Marks what was settled; counts what is not there any more or came out differently. */
static settle_status mark(const stl_case *c, const stl_settled *settled, stl_settlement *out,
                          size_t *changed, stl_error *err) {
    serial *sorted = stl_arena_alloc(c->arena, (c->n_lines + 1) * sizeof *sorted);
    bool *in_settled = stl_arena_alloc(c->arena, (c->n_lines + 1) * sizeof *in_settled);
    TRY_ALLOC(err, sorted);
    TRY_ALLOC(err, in_settled);
    for (size_t i = 0; i < c->n_lines; i++)
        sorted[i] = (serial){stl_case_charge(c, i)->feedetl_sn, i};
    qsort(sorted, c->n_lines, sizeof *sorted, compare);
    for (size_t i = 0; i < settled->n_lines; i++) {
        const serial key = {settled->lines[i].feedetl_sn, 0};
        const serial *at = bsearch(&key, sorted, c->n_lines, sizeof *sorted, compare);
        if (at == NULL || !same_amounts(&settled->lines[i].amounts, &out->lines[at->line]))
            (*changed)++;
        else
            in_settled[at->line] = true;
    }
    out->in_settled = in_settled;
    return SETTLE_OK;
}

static const stl_setldetail *layer_of(const stl_setldetail *details, size_t n, stl_str layer) {
    for (size_t i = 0; i < n; i++)
        if (stl_str_eq(details[i].layer, layer))
            return &details[i];
    return NULL;
}

static settle_status less_layer(stl_benefit *b, const stl_settled *settled, stl_setldetail *d,
                                const char **negative, stl_error *err) {
    const stl_setldetail *before = layer_of(settled->details, settled->n_details, d->layer);
    if (before == NULL)
        return SETTLE_OK;
    b->layer = d->layer;
    b->proc_len = d->setl_proc_info.len < STL_PROC_INFO_MAX ? d->setl_proc_info.len : 0;
    memcpy(b->proc_info, d->setl_proc_info.ptr, b->proc_len);
    TRY(stl_benefit_difference(b, STL_STEP_SETTLED, d->fund_payamt, before->fund_payamt,
                               settled->msgids, err));
    d->fund_payamt -= before->fund_payamt;
    d->setl_proc_info = stl_arena_str(b->c->arena, (stl_str){b->proc_info, b->proc_len});
    TRY_ALLOC(err, d->setl_proc_info.ptr);
    d->inscp_scp_amt -= before->inscp_scp_amt;
    if (d->fund_payamt < 0 || d->inscp_scp_amt < 0)
        *negative = d->layer.ptr;
    return SETTLE_OK;
}

static settle_status less_layers(stl_benefit *b, const stl_settled *settled, const char **negative,
                                 stl_error *err) {
    stl_settlement *out = b->out;
    for (size_t i = 0; i < out->n_details; i++)
        TRY(less_layer(b, settled, &out->details[i], negative, err));
    for (size_t i = 0; i < settled->n_details; i++) {
        const stl_setldetail *d = &settled->details[i];
        if (d->fund_payamt > 0 && layer_of(out->details, out->n_details, d->layer) == NULL)
            *negative = d->layer.ptr;
    }
    return SETTLE_OK;
}

static settle_status less_sums(stl_benefit *b, const stl_settled *settled, const char **negative,
                               stl_error *err) {
    stl_setlinfo *info = &b->out->info;
    const stl_setlinfo whole = *info;
    const struct {
        stl_step_name name;
        stl_money all, before;
    } told[] = {
        {STL_STEP_COST, whole.medfee_sumamt, settled->info.medfee_sumamt},
        {STL_STEP_FUND, whole.fund_pay_sumamt, settled->info.fund_pay_sumamt},
        {STL_STEP_PERSONAL, whole.psn_part_amt, settled->info.psn_part_amt},
        {STL_STEP_ACCOUNT, whole.acct_pay, settled->info.acct_pay},
        {STL_STEP_CASH, whole.psn_cash_pay, settled->info.psn_cash_pay},
    };
    const char *below = stl_setlinfo_less(info, &settled->info);
    if (below != NULL)
        *negative = below;
    b->layer = STL_STR("settled");
    for (size_t i = 0; i < sizeof told / sizeof *told; i++)
        TRY(stl_benefit_difference(b, told[i].name, told[i].all, told[i].before, settled->msgids,
                                   err));
    return SETTLE_OK;
}

settle_status stl_benefit_less_settled(const stl_case *c, const stl_settled *settled, bool explain,
                                       stl_settlement *out, stl_verdict *verdict, stl_error *err) {
    stl_benefit b = {.c = c, .out = out, .verdict = verdict, .explain = explain};
    size_t changed = 0;
    const char *negative = NULL;
    out->settled = settled;
    TRY(mark(c, settled, out, &changed, err));
    if (changed > 0)
        TRY(stl_benefit_gap(&b, "中途结算过的明细现在金额不同或已不在（请先撤销 %s）",
                            "charges settled before that are gone or come out differently now "
                            "(reverse %s first)",
                            settled->msgids.ptr, changed));
    if (out->evaluated) {
        TRY(less_layers(&b, settled, &negative, err));
        TRY(less_sums(&b, settled, &negative, err));
    }
    if (negative != NULL && changed == 0)
        TRY(stl_benefit_gap(&b, "扣除中途结算后 %s 为负（请先撤销中途结算）",
                            "%s, negative after what was settled before (reverse that first)",
                            negative, 0));
    if (b.missing)
        stl_benefit_forget(out);
    return SETTLE_OK;
}
