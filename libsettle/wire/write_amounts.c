/* SPDX-License-Identifier: Apache-2.0 */
/* The stay as a whole: setlinfo, payer layers, accumulators after. */
#include "wire/put.h"
#include "wire/setlinfo.h"

static void write_setlinfo(stl_wire_out *o, const stl_settlement *s) {
    stl_wire_open(o, STL_E_SETLINFO);
    for (size_t i = 0; i < STL_WIRE_N_SUMS; i++) {
        const char *at = (const char *)&s->info + STL_WIRE_SUMS[i].offset;
        if (s->interim && STL_WIRE_SUMS[i].attribute == STL_A_SETLINFO_MID_SETL_FLAG + 1)
            stl_wire_put(o, STL_A_SETLINFO_MID_SETL_FLAG, STL_STR("1"));
        stl_wire_put_number(o, STL_WIRE_SUMS[i].attribute, *(const stl_money *)at);
    }
    stl_wire_put(o, STL_A_SETLINFO_ROUNDING, stl_str_of(STL_WIRE_ROUNDING[s->rounding]));
    stl_wire_put_flag(o, STL_A_SETLINFO_SERVED, s->served);
    if (s->settled != NULL)
        stl_wire_put(o, STL_A_SETLINFO_SETTLED_BEFORE, s->settled->msgids);
    stl_wire_shut(o);
}

/* The sum that the layer adds to, "" when the policy has no such layer. */
static stl_str setl_field(const stl_policy *policy, stl_str layer) {
    for (size_t i = 0; policy != NULL && i < policy->n_layers; i++)
        if (stl_str_eq(policy->layers[i].id, layer))
            return policy->layers[i].setl_field;
    for (size_t i = 0; policy != NULL && i < policy->n_payers; i++)
        if (stl_str_eq(policy->payers[i].id, layer))
            return policy->payers[i].setl_field;
    return (stl_str){NULL, 0};
}

static void write_layers(stl_wire_out *o, const stl_submission *s) {
    const stl_settlement *settlement = s->settlement;
    stl_wire_open(o, STL_E_LAYERS);
    stl_wire_put_number(o, STL_A_LAYERS_COUNT, (int64_t)settlement->n_details);
    for (size_t i = 0; i < settlement->n_details; i++) {
        const stl_setldetail *d = &settlement->details[i];
        stl_wire_open(o, STL_E_SETLDETAIL);
        stl_wire_put(o, STL_A_SETLDETAIL_FUND_PAY_TYPE, d->fund_pay_type);
        stl_wire_put_number(o, STL_A_SETLDETAIL_FUND_PAYAMT, d->fund_payamt);
        stl_wire_put_number(o, STL_A_SETLDETAIL_INSCP_SCP_AMT, d->inscp_scp_amt);
        stl_wire_put(o, STL_A_SETLDETAIL_LAYER, d->layer);
        stl_wire_put(o, STL_A_SETLDETAIL_SETL_FIELD, setl_field(s->c->region->policy, d->layer));
        stl_wire_put(o, STL_A_SETLDETAIL_SETL_PROC_INFO, d->setl_proc_info);
        stl_wire_shut(o);
    }
    stl_wire_shut(o);
}

static void write_accumulators(stl_wire_out *o, const stl_settlement *s) {
    stl_wire_open(o, STL_E_ACCUMULATORS);
    stl_wire_put_number(o, STL_A_ACCUMULATORS_COUNT, (int64_t)s->n_accs);
    for (size_t i = 0; i < s->n_accs; i++) {
        const stl_acc_change *a = &s->accs[i];
        stl_wire_open(o, STL_E_ACCUMULATOR);
        stl_wire_put_number(o, STL_A_ACCUMULATOR_BEFORE, a->before);
        stl_wire_put(o, STL_A_ACCUMULATOR_KIND, a->kind);
        stl_wire_put_number(o, STL_A_ACCUMULATOR_VALUE, a->value);
        stl_wire_put(o, STL_A_ACCUMULATOR_YEAR, a->year);
        stl_wire_shut(o);
    }
    stl_wire_shut(o);
}

void stl_wire_write_amounts(stl_wire_out *o, const stl_submission *s) {
    write_setlinfo(o, s->settlement);
    write_layers(o, s);
    write_accumulators(o, s->settlement);
}
