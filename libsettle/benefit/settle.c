/* SPDX-License-Identifier: Apache-2.0 */
#include "benefit/parts.h"

#include <stdio.h>

static stl_instant rule_instant(const stl_policy *policy, const stl_admission *head) {
    const stl_instant chosen[] = {
        [STL_RULE_DATE_DISCHARGE] = head->endtime,
        [STL_RULE_DATE_ADMISSION] = head->begntime,
        [STL_RULE_DATE_SETTLE] = head->setl_time,
    };
    const stl_instant order[] = {chosen[policy->rule_date], head->endtime, head->setl_time,
                                 head->begntime};
    for (size_t i = 0; i < sizeof order / sizeof order[0]; i++)
        if (order[i] != STL_NONE)
            return order[i];
    return STL_NONE;
}

int stl_benefit_year_of(const stl_policy *policy, stl_instant at) {
    stl_civil day = stl_civil_of(at);
    bool begun = day.month > policy->year_month ||
                 (day.month == policy->year_month && day.day >= policy->year_day);
    return begun ? day.year : day.year - 1;
}

/* The insurance year is named after the calendar year in which it begins (B11). */
static settle_status find_year(stl_benefit *b, stl_error *err) {
    stl_instant at = rule_instant(b->policy, &b->c->stay->head);
    b->year = STL_STR("");
    b->rule_day = STL_NONE;
    if (at == STL_NONE)
        return stl_benefit_gap(b, "就诊字段 %s", "stay field %s", "endtime", 0);
    b->rule_day = stl_instant_day(at);
    char date[STL_DATE_TEXT_MAX];
    stl_day_format(b->rule_day, date);
    b->rule_text = stl_arena_str(b->c->arena, stl_str_of(date));
    TRY_ALLOC(err, b->rule_text.ptr);
    char text[16];
    snprintf(text, sizeof text, "%04d", stl_benefit_year_of(b->policy, at));
    b->year = stl_arena_str(b->c->arena, stl_str_of(text));
    TRY_ALLOC(err, b->year.ptr);
    return SETTLE_OK;
}

static settle_status report_flaws(stl_benefit *b) {
    const stl_benefit_flaws *f = &b->flaws;
    const struct {
        size_t lines;
        const char *zh, *en;
    } flaws[] = {
        {f->no_amount, "费用明细 det_item_fee_sumamt", "charge field det_item_fee_sumamt"},
        {f->no_level, "目录 chrgitm_lv（甲乙丙）", "catalogue chrgitm_lv (01, 02 or 03)"},
        {f->no_ratio, "乙类项目的先行自付比例 selfpay_prop", "selfpay_prop of class-B items"},
        {f->no_cap_unit, "与对照单位一致的限价单位", "caps in the unit of the mapping"},
        {f->no_newborn_flag, "费用明细 nwb_flag（0 或 1）", "charge field nwb_flag (0 or 1)"},
        {f->no_newborn, "政策要素 line/newborn（新生儿费用）",
         "policy element line/newborn (charges for a newborn)"},
        {f->unfit, "与原费用相符的退费", "refunds that fit their charges"},
    };
    for (size_t i = 0; i < sizeof flaws / sizeof flaws[0]; i++)
        if (flaws[i].lines > 0)
            TRY(stl_benefit_gap(b, flaws[i].zh, flaws[i].en, "", flaws[i].lines));
    if (f->newborn_lacks != NULL)
        return stl_benefit_gap(b, "就诊字段 %s", "stay field %s", f->newborn_lacks, 0);
    return SETTLE_OK;
}

/* What the account may pay: of the personal share, or first of what is in scope. */
static stl_money account_limit(const stl_benefit *b) {
    const stl_setlinfo *info = &b->out->info;
    if (b->policy->account_first)
        return info->inscp_scp_amt - b->shared - b->all_whole;
    if (b->policy->account == STL_ACCOUNT_ALL)
        return info->psn_part_amt;
    stl_money share = info->inscp_scp_amt - info->fund_pay_sumamt - info->hosp_part_amt;
    share = share < 0 ? 0 : share;
    return share < info->psn_part_amt ? share : info->psn_part_amt;
}

/* The smaller of what may be paid and what is held. */
static settle_status pay_from(stl_benefit *b, stl_step_name name, const char *field, stl_money most,
                              stl_money held, stl_money *out, stl_error *err) {
    *out = 0;
    if (held == STL_NONE)
        return stl_benefit_gap(b, "就诊字段 %s", "stay field %s", field, 0);
    held = held < 0 ? 0 : held;
    *out = most < held ? most : held;
    char text[80], a[STL_DECIMAL_TEXT_MAX], c[STL_DECIMAL_TEXT_MAX];
    stl_decimal_format(most, STL_SCALE_MONEY, a);
    stl_decimal_format(held, STL_SCALE_MONEY, c);
    snprintf(text, sizeof text, "min(%s, %s)", a, c);
    return stl_benefit_step(b, name, 0, text, STL_NONE, *out * STL_FEN, b->policy->account_basis,
                            err);
}

/* The own account, then those of the family. */
static settle_status use_account(stl_benefit *b, stl_error *err) {
    stl_setlinfo *info = &b->out->info;
    const stl_admission *head = &b->c->stay->head;
    if (b->policy->account == STL_ACCOUNT_NONE)
        return SETTLE_OK;
    stl_money limit = account_limit(b);
    if (stl_str_is(head->acct_used_flag, "1")) {
        TRY(pay_from(b, STL_STEP_ACCOUNT, "balc", limit, head->balc, &info->acct_pay, err));
        info->balc = info->balc == STL_NONE ? STL_NONE : info->balc - info->acct_pay;
    }
    if (b->policy->mutual_aid && stl_str_is(head->mulaid_used_flag, "1"))
        TRY(pay_from(b, STL_STEP_MUTUAL_AID, "mulaid_balc", limit - info->acct_pay,
                     head->mulaid_balc, &info->acct_mulaid_pay, err));
    info->acct_pay += info->acct_mulaid_pay;
    b->account = b->policy->account_first ? info->acct_pay : 0;
    return SETTLE_OK;
}

/* Account and cash: the remainder of every rounding is the patient's. */
static settle_status share_out(stl_benefit *b, stl_error *err) {
    stl_setlinfo *info = &b->out->info;
    b->layer = STL_STR("stay");
    b->proc_len = 0;
    stl_money borne = info->fund_pay_sumamt + info->hosp_part_amt;
    info->psn_part_amt = info->medfee_sumamt - borne;
    const stl_str basis = STL_STR("medfee = fund + psn");
    TRY(stl_benefit_difference(b, STL_STEP_PERSONAL, info->medfee_sumamt, borne, basis, err));
    if (b->out->served && !b->policy->account_first)
        TRY(use_account(b, err));
    info->psn_cash_pay = info->psn_part_amt - info->acct_pay;
    return stl_benefit_difference(b, STL_STEP_CASH, info->psn_part_amt, info->acct_pay, basis, err);
}

/* Nothing that rests on a missing input is shown; sums over lines stay. */
void stl_benefit_forget(stl_settlement *out) {
    const stl_setlinfo sums = out->info;
    out->evaluated = false;
    out->info = (stl_setlinfo){
        .medfee_sumamt = sums.medfee_sumamt,
        .fulamt_ownpay_amt = sums.fulamt_ownpay_amt,
        .overlmt_selfpay = sums.overlmt_selfpay,
        .preselfpay_amt = sums.preselfpay_amt,
        .inscp_scp_amt = sums.inscp_scp_amt,
        .balc = STL_NONE,
    };
    out->n_details = out->n_accs = out->n_steps = 0;
    out->method = (stl_payment_method){.balance = STL_NONE};
    out->withheld = out->later = STL_NONE;
}

static settle_status pay(stl_benefit *b, stl_error *err) {
    stl_setlinfo *info = &b->out->info;
    info->balc = b->c->stay->head.balc < 0 ? STL_NONE : b->c->stay->head.balc;
    TRY(stl_benefit_layers_begin(b, err));
    b->out->served = false;
    for (size_t i = 0; i < b->policy->n_layers; i++)
        b->out->served = b->out->served || b->applies[i];
    if (b->out->served)
        TRY(stl_benefit_listed_shares(b, err));
    TRY(stl_benefit_method(b, err));
    TRY(stl_benefit_later(b, err));
    if (b->out->served && b->policy->account_first) {
        b->layer = STL_STR("account");
        TRY(use_account(b, err));
    }
    TRY(stl_benefit_layers(b, err));
    TRY(stl_benefit_withhold(b, err));
    return share_out(b, err);
}

static settle_status check(const stl_benefit *b, stl_error *err) {
    const stl_case *c = b->c;
    int32_t *refund_of = NULL;
    for (size_t i = 0; i < c->n_lines; i++) {
        if (c->lines[i].refund_of < 0)
            continue;
        if (refund_of == NULL) {
            refund_of = stl_arena_alloc(c->arena, c->n_lines * sizeof *refund_of);
            TRY_ALLOC(err, refund_of);
            memset(refund_of, 0xff, c->n_lines * sizeof *refund_of);
        }
        refund_of[i] = c->lines[i].refund_of;
    }
    return stl_settlement_check(b->out, refund_of, err);
}

/* A pack without a policy pays nobody. */
static const stl_policy NO_POLICY = {.line_tolerance = 1, .year_month = 1, .year_day = 1};

settle_status stl_benefit_settle(const stl_case *c, bool explain, stl_settlement *out,
                                 stl_verdict *verdict, stl_error *err) {
    const stl_policy *policy = c->region->policy == NULL ? &NO_POLICY : c->region->policy;
    stl_benefit b = {.c = c, .policy = policy, .out = out, .verdict = verdict, .explain = explain};
    *out = (stl_settlement){.served = true,
                            .rounding = policy->rounding,
                            .n_lines = c->n_lines,
                            .withheld = STL_NONE,
                            .later = STL_NONE,
                            .info = {.balc = STL_NONE}};
    out->lines = stl_arena_alloc(c->arena, c->n_lines * sizeof *out->lines);
    TRY_ALLOC(err, out->lines);
    TRY(find_year(&b, err));
    TRY(stl_benefit_identities(&b, err));
    TRY(stl_benefit_listed_begin(&b, err));
    TRY(stl_benefit_lines(&b, err));
    TRY(report_flaws(&b));
    bool sound = b.flaws.unfit + b.flaws.no_amount == 0;
    if (sound && b.rule_day != STL_NONE)
        TRY(pay(&b, err));
    out->evaluated = true;
    if (b.missing)
        stl_benefit_forget(out);
    return sound ? check(&b, err) : SETTLE_OK;
}
