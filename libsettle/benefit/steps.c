/* SPDX-License-Identifier: Apache-2.0 */
/* Each figure of the calculation as a line that can be recomputed on paper. */
#include "benefit/parts.h"

#include <stdio.h>

static const char *const NAMES[][2] = {
    [STL_STEP_STANDARD] = {"支付标准", "standard"},
    [STL_STEP_EXCESS] = {"超标准由医院负担", "beyond the standard, the hospital's"},
    [STL_STEP_LATER] = {"事后报销", "reimbursed later"},
    [STL_STEP_WITHHELD] = {"暂扣", "withheld"},
    [STL_STEP_LISTED] = {"特定项目", "listed charges"},
    [STL_STEP_WHOLE] = {"全额支付", "paid whole"},
    [STL_STEP_BASE] = {"计算基数", "base"},
    [STL_STEP_FIRST_PAY] = {"首先自付", "first borne by the patient"},
    [STL_STEP_POSITION] = {"年度累计", "year to date"},
    [STL_STEP_DEDC] = {"起付线", "deductible"},
    [STL_STEP_CREDIT] = {"起付线扣减", "deductible credited"},
    [STL_STEP_GROWTH] = {"年限增幅", "growth"},
    [STL_STEP_BAND] = {"分段", "band"},
    [STL_STEP_PAYER] = {"其他支付方", "other payer"},
    [STL_STEP_SUM] = {"分段合计", "sum"},
    [STL_STEP_CEILING] = {"封顶线", "ceiling"},
    [STL_STEP_LEFT] = {"剩余费用", "cost left"},
    [STL_STEP_DEFERRED] = {"年终支付", "paid at the year's end"},
    [STL_STEP_SHARE] = {"基金支付", "share"},
    [STL_STEP_FUND] = {"基金支付总额", "fund payments"},
    [STL_STEP_PERSONAL] = {"个人负担", "personal share"},
    [STL_STEP_ACCOUNT] = {"个人账户", "account"},
    [STL_STEP_MUTUAL_AID] = {"家庭共济账户", "mutual aid"},
    [STL_STEP_CASH] = {"个人现金", "cash"},
    [STL_STEP_COST] = {"医疗费总额", "cost"},
    [STL_STEP_SETTLED] = {"扣除中途结算", "less what was settled before"},
};

static stl_str kept(stl_benefit *b, const char *text) {
    return stl_arena_str(b->c->arena, stl_str_of(text));
}

void stl_benefit_exact(__int128 result, char out[static STL_DECIMAL_TEXT_MAX]) {
    if (result > INT64_MAX || result < INT64_MIN)
        stl_decimal_format((int64_t)(result / STL_FEN), STL_SCALE_MONEY, out);
    else
        stl_decimal_format_short((int64_t)result, STL_SCALE_MONEY + STL_SCALE_RATIO,
                                 STL_SCALE_MONEY, out);
}

static void append_text(stl_benefit *b, const char *what, const char *input, const char *ratio,
                        const char *result, stl_str basis) {
    char text[1600];
    const char *between = b->c->lang == SETTLE_LANG_EN ? "; " : "；";
    const char *joint = b->proc_len == 0 ? "" : between;
    bool plain = *ratio == 0 && (*input == 0 || strcmp(input, result) == 0);
    if (plain)
        snprintf(text, sizeof text, "%s%s %s [%.*s]", joint, what, result, (int)basis.len,
                 basis.ptr);
    else
        snprintf(text, sizeof text, "%s%s %s%s%s = %s [%.*s]", joint, what, input,
                 *ratio == 0 ? "" : " × ", ratio, result, (int)basis.len, basis.ptr);
    size_t len = strlen(text);
    if (b->proc_len + len >= STL_PROC_INFO_MAX)
        return;
    memcpy(b->proc_info + b->proc_len, text, len + 1);
    b->proc_len += len;
}

settle_status stl_benefit_step(stl_benefit *b, stl_step_name name, int number, const char *input,
                               stl_ratio ratio, __int128 result, stl_str basis, stl_error *err) {
    char what[64], ratio_text[STL_DECIMAL_TEXT_MAX] = "", result_text[STL_DECIMAL_TEXT_MAX];
    const char *called = NAMES[name][b->c->lang == SETTLE_LANG_EN];
    if (number > 0)
        snprintf(what, sizeof what, "%s %d", called, number);
    else
        snprintf(what, sizeof what, "%s", called);
    if (ratio != STL_NONE)
        stl_decimal_format(ratio, STL_SCALE_RATIO, ratio_text);
    stl_benefit_exact(result, result_text);
    append_text(b, what, input, ratio_text, result_text, basis);
    if (!b->explain)
        return SETTLE_OK;
    stl_settlement *out = b->out;
    void *items = out->steps;
    stl_step *step =
        stl_arena_push(b->c->arena, &items, &out->n_steps, &out->cap_steps, sizeof *step);
    TRY_ALLOC(err, step);
    out->steps = items;
    *step = (stl_step){
        b->layer, kept(b, what), kept(b, input), kept(b, ratio_text), kept(b, result_text), basis};
    if (step->what.ptr == NULL || step->input.ptr == NULL || step->ratio.ptr == NULL)
        return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    TRY_ALLOC(err, step->result.ptr);
    return SETTLE_OK;
}

settle_status stl_benefit_difference(stl_benefit *b, stl_step_name name, stl_money a,
                                     stl_money less, stl_str basis, stl_error *err) {
    char text[80], left[STL_DECIMAL_TEXT_MAX], right[STL_DECIMAL_TEXT_MAX];
    stl_decimal_format(a, STL_SCALE_MONEY, left);
    stl_decimal_format(less, STL_SCALE_MONEY, right);
    snprintf(text, sizeof text, "%s - %s", left, right);
    return stl_benefit_step(b, name, 0, text, STL_NONE, (a - less) * STL_FEN, basis, err);
}
