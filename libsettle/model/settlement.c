/* SPDX-License-Identifier: Apache-2.0 */
#include "model/settlement.h"

#include <stdlib.h>

typedef __int128 wide; /* sums of any number of amounts, without overflow */

static settle_status broken(const char *field, size_t place, const char *detail, stl_error *err) {
    return FAIL(err, SETTLE_E_INPUT_SUMS, .line = (int64_t)place, .field = field, .detail = detail);
}

/* An amount that no document can hold is not a number to reckon with. */
static inline bool fits(stl_money value) {
    return value <= STL_DECIMAL_MAX && value >= -STL_DECIMAL_MAX;
}

static settle_status amount(const char *field, size_t place, stl_money value, stl_error *err) {
    if (!fits(value))
        return broken(field, place, "no amount of 16 digits", err);
    return SETTLE_OK;
}

typedef struct part_spec {
    const char *line_field, *stay_field;
    size_t in_line, in_info;
} part_spec;

#define PART(line_field, stay_field)                                                               \
    {                                                                                              \
#line_field, #stay_field, offsetof(stl_line_amounts, line_field),                          \
            offsetof(stl_setlinfo, stay_field)                                                     \
    }
enum { TOTAL, FULAMT, OVERLMT, PRESELFPAY, INSCP, PARTS };
static const part_spec PART_SPECS[PARTS] = {
    [TOTAL] = PART(det_item_fee_sumamt, medfee_sumamt),
    [FULAMT] = PART(fulamt_ownpay_amt, fulamt_ownpay_amt),
    [OVERLMT] = PART(overlmt_amt, overlmt_selfpay),
    [PRESELFPAY] = PART(preselfpay_amt, preselfpay_amt),
    [INSCP] = PART(inscp_scp_amt, inscp_scp_amt),
};

static stl_money line_part(const stl_line_amounts *line, int part) {
    return *(const stl_money *)((const char *)line + PART_SPECS[part].in_line);
}

static stl_money info_part(const stl_setlinfo *info, int part) {
    return *(const stl_money *)((const char *)info + PART_SPECS[part].in_info);
}

/* Steps in which a charge was given back are rounded each, and the last takes what is left: so many
 * fen may a part of them differ from its formula. */
static bool differs(wide value, wide formula, int64_t tolerance) {
    wide difference = value - formula;
    return difference > tolerance || difference < -tolerance;
}

static settle_status check_overlmt(const stl_line_amounts *l, size_t place, stl_rounding rounding,
                                   int64_t tolerance, stl_error *err) {
    if (l->overlmt_amt == 0)
        return SETTLE_OK;
    const char *detail = "overlmt_amt = amount - round(cnt x pric_uplmt_amt, 2)";
    stl_money to_cap;
    if (l->pric_uplmt_amt == STL_NONE ||
        stl_money_of(l->cnt, l->pric_uplmt_amt, rounding, &to_cap) != SETTLE_OK ||
        differs(l->overlmt_amt, (wide)l->det_item_fee_sumamt - to_cap, tolerance))
        return broken("overlmt_amt", place, detail, err);
    return SETTLE_OK;
}

static settle_status check_preselfpay(const stl_line_amounts *l, size_t place,
                                      stl_rounding rounding, int64_t tolerance, stl_error *err) {
    const char *detail =
        "preselfpay_amt = round((amount - fulamt_ownpay_amt - overlmt_amt) x selfpay_prop, 2)";
    int64_t base = l->det_item_fee_sumamt - l->fulamt_ownpay_amt - l->overlmt_amt;
    if (base == 0 && l->preselfpay_amt == 0)
        return SETTLE_OK;
    stl_money expected;
    if (!fits(base) || l->selfpay_prop < 0 || l->selfpay_prop > STL_RATIO_ONE ||
        stl_money_part(base, l->selfpay_prop, rounding, &expected) != SETTLE_OK ||
        differs(l->preselfpay_amt, expected, tolerance))
        return broken("preselfpay_amt", place, detail, err);
    return SETTLE_OK;
}

static settle_status check_line(const stl_line_amounts *l, size_t place, stl_rounding rounding,
                                int64_t tolerance, stl_error *err) {
    bool small = fits(l->det_item_fee_sumamt) && fits(l->fulamt_ownpay_amt) &&
                 fits(l->overlmt_amt) && fits(l->preselfpay_amt) && fits(l->inscp_scp_amt);
    for (int part = 0; part < PARTS && !small; part++)
        TRY(amount(PART_SPECS[part].line_field, place, line_part(l, part), err));
    int64_t parts = l->fulamt_ownpay_amt + l->overlmt_amt + l->preselfpay_amt + l->inscp_scp_amt;
    if (parts != l->det_item_fee_sumamt)
        return broken("det_item_fee_sumamt", place,
                      "= fulamt_ownpay_amt + overlmt_amt + preselfpay_amt + inscp_scp_amt", err);
    TRY(check_overlmt(l, place, rounding, tolerance, err));
    return check_preselfpay(l, place, rounding, tolerance, err);
}

/* A charge and its refunds together; `refunds` counts them. */
typedef struct netted {
    wide parts[PARTS];
    int64_t refunds;
} netted;

static bool is_refund(const stl_settlement *s, const int32_t *refund_of, size_t i) {
    return refund_of != NULL && refund_of[i] >= 0 && (size_t)refund_of[i] < s->n_lines;
}

static void add_up(const stl_settlement *s, const int32_t *refund_of, netted *nets) {
    for (size_t i = 0; i < s->n_lines; i++) {
        bool linked = is_refund(s, refund_of, i);
        netted *net = &nets[linked ? (size_t)refund_of[i] : i];
        net->refunds += linked;
        for (int part = 0; part < PARTS; part++)
            net->parts[part] += line_part(&s->lines[i], part);
    }
}

static settle_status check_lines(const stl_settlement *s, const int32_t *refund_of,
                                 const netted *nets, stl_error *err) {
    wide sums[PARTS] = {0};
    for (size_t i = 0; i < s->n_lines; i++) {
        int64_t steps = is_refund(s, refund_of, i) ? nets[refund_of[i]].refunds : 1;
        bool known = refund_of == NULL || refund_of[i] != STL_REFUND_ELSEWHERE;
        TRY(check_line(&s->lines[i], i + 1, s->rounding, known ? steps - 1 : STL_DECIMAL_MAX, err));
        const stl_line_amounts *l = &s->lines[i];
        sums[TOTAL] += l->det_item_fee_sumamt;
        sums[FULAMT] += l->fulamt_ownpay_amt;
        sums[OVERLMT] += l->overlmt_amt;
        sums[PRESELFPAY] += l->preselfpay_amt;
        sums[INSCP] += l->inscp_scp_amt;
    }
    for (int part = 0; part < PARTS; part++)
        if (sums[part] != info_part(&s->info, part))
            return broken(PART_SPECS[part].stay_field, 0, "is not the sum over the lines", err);
    return SETTLE_OK;
}

static settle_status check_nets(const stl_settlement *s, const int32_t *refund_of,
                                const netted *nets, stl_error *err) {
    for (size_t i = 0; i < s->n_lines; i++)
        for (int part = 0; part < PARTS && refund_of[i] != STL_REFUND_ELSEWHERE; part++)
            if (nets[i].parts[part] < 0)
                return broken(PART_SPECS[part].line_field, i + 1,
                              "negative after netting with its refunds", err);
    return SETTLE_OK;
}

static settle_status check_with_refunds(const stl_settlement *s, const int32_t *refund_of,
                                        stl_error *err) {
    SCOPED_FREE void *memory = calloc(s->n_lines + 1, sizeof(netted));
    TRY_ALLOC(err, memory);
    netted *nets = memory;
    add_up(s, refund_of, nets);
    TRY(check_lines(s, refund_of, nets, err));
    return check_nets(s, refund_of, nets, err);
}

typedef struct info_field {
    const char *name;
    size_t offset;
    bool fund; /* one of the payers whose sum is fund_pay_sumamt */
} info_field;

#define INFO(field, fund)                                                                          \
    { #field, offsetof(stl_setlinfo, field), fund }
static const info_field INFO_FIELDS[] = {
    INFO(medfee_sumamt, false),  INFO(fulamt_ownpay_amt, false), INFO(overlmt_selfpay, false),
    INFO(preselfpay_amt, false), INFO(inscp_scp_amt, false),     INFO(act_pay_dedc, false),
    INFO(hifp_pay, true),        INFO(cvlserv_pay, true),        INFO(hifes_pay, true),
    INFO(hifmi_pay, true),       INFO(hifob_pay, true),          INFO(maf_pay, true),
    INFO(oth_pay, true),         INFO(fund_pay_sumamt, false),   INFO(psn_part_amt, false),
    INFO(acct_pay, false),       INFO(acct_mulaid_pay, false),   INFO(psn_cash_pay, false),
    INFO(hosp_part_amt, false),
};
enum { N_INFO_FIELDS = sizeof INFO_FIELDS / sizeof *INFO_FIELDS };

bool stl_setlinfo_add(stl_setlinfo *to, const stl_setlinfo *more) {
    bool fits = true;
    for (size_t i = 0; i < N_INFO_FIELDS; i++) {
        stl_money *sum = (stl_money *)((char *)to + INFO_FIELDS[i].offset);
        const stl_money value = *(const stl_money *)((const char *)more + INFO_FIELDS[i].offset);
        fits = fits && stl_decimal_add(*sum, value, sum) == SETTLE_OK;
    }
    return fits;
}

const char *stl_setlinfo_less(stl_setlinfo *from, const stl_setlinfo *less) {
    const char *negative = NULL;
    for (size_t i = 0; i < N_INFO_FIELDS; i++) {
        stl_money *value = (stl_money *)((char *)from + INFO_FIELDS[i].offset);
        *value -= *(const stl_money *)((const char *)less + INFO_FIELDS[i].offset);
        if (*value < 0 && negative == NULL)
            negative = INFO_FIELDS[i].name;
    }
    return negative;
}

static settle_status check_info(const stl_setlinfo *info, stl_error *err) {
    wide payers = 0;
    for (size_t i = 0; i < N_INFO_FIELDS; i++) {
        const info_field *f = &INFO_FIELDS[i];
        stl_money value = *(const stl_money *)((const char *)info + f->offset);
        TRY(amount(f->name, 0, value, err));
        if (value < 0)
            return broken(f->name, 0, "negative", err);
        payers += f->fund ? value : 0;
    }
    if (info->balc != STL_NONE && info->balc < 0)
        return broken("balc", 0, "negative", err);
    if (payers != info->fund_pay_sumamt)
        return broken("fund_pay_sumamt", 0, "= hifp + cvlserv + hifes + hifmi + hifob + maf + oth",
                      err);
    if ((wide)info->fund_pay_sumamt + info->psn_part_amt + info->hosp_part_amt !=
        info->medfee_sumamt)
        return broken("medfee_sumamt", 0, "= fund_pay_sumamt + psn_part_amt + hosp_part_amt", err);
    if ((wide)info->acct_pay + info->psn_cash_pay != info->psn_part_amt)
        return broken("psn_part_amt", 0, "= acct_pay + psn_cash_pay", err);
    if (info->acct_mulaid_pay > info->acct_pay)
        return broken("acct_mulaid_pay", 0, "is a part of acct_pay", err);
    return SETTLE_OK;
}

static settle_status check_details(const stl_settlement *s, stl_error *err) {
    wide paid = 0;
    for (size_t i = 0; i < s->n_details; i++) {
        const stl_setldetail *d = &s->details[i];
        TRY(amount("fund_payamt", i + 1, d->fund_payamt, err));
        TRY(amount("inscp_scp_amt", i + 1, d->inscp_scp_amt, err));
        if (d->fund_payamt < 0)
            return broken("fund_payamt", i + 1, "negative", err);
        if (d->inscp_scp_amt < 0)
            return broken("inscp_scp_amt", i + 1, "negative", err);
        paid += d->fund_payamt;
    }
    if (paid != s->info.fund_pay_sumamt)
        return broken("fund_pay_sumamt", 0, "is not the sum over the layers", err);
    return SETTLE_OK;
}

size_t stl_settlement_n_new(const stl_settlement *s) {
    size_t n = 0;
    for (size_t i = 0; i < s->n_lines; i++)
        n += stl_settlement_is_new(s, i);
    return n;
}

settle_status stl_settlement_check(const stl_settlement *s, const int32_t *refund_of,
                                   stl_error *err) {
    if (refund_of != NULL)
        TRY(check_with_refunds(s, refund_of, err));
    else
        TRY(check_lines(s, NULL, NULL, err));
    if (!s->evaluated)
        return SETTLE_OK;
    TRY(check_info(&s->info, err));
    return check_details(s, err);
}
