/* SPDX-License-Identifier: Apache-2.0 */
#include "flow/explain.h"

#include <stdarg.h>
#include <stdio.h>

/* The decimals of one formula; each use formats into the next room. */
typedef struct numbers {
    char room[6][STL_DECIMAL_TEXT_MAX];
    size_t used;
} numbers;

static const char *number(numbers *n, int64_t value, int scale, int keep) {
    char *out = n->room[n->used++ % 6];
    stl_decimal_format_short(value, scale, keep, out);
    return out;
}

/* What a step computes: the national field it gives, and its name for people. */
typedef enum step_kind {
    STEP_AMOUNT,
    STEP_NATIONAL_CNT,
    STEP_CAP,
    STEP_CLASS,
    STEP_OVER,
    STEP_PREPAY,
    STEP_SCOPE,
} step_kind;

static const struct {
    const char *what, *label[2];
} STEPS[] = {
    [STEP_AMOUNT] = {"det_item_fee_sumamt", {"金额", "amount"}},
    [STEP_NATIONAL_CNT] = {"national_cnt", {"国家目录数量", "national quantity"}},
    [STEP_CAP] = {"pric_uplmt_amt", {"限价", "price limit"}},
    [STEP_CLASS] = {"fulamt_ownpay_amt", {"全自费", "fully self-paid"}},
    [STEP_OVER] = {"overlmt_amt", {"超限价", "above price limit"}},
    [STEP_PREPAY] = {"preselfpay_amt", {"先行自付", "pre-payment"}},
    [STEP_SCOPE] = {"inscp_scp_amt", {"符合政策范围", "in scope"}},
};

/* The rule of the line stage (benefit) that decided whether the line is self-funded. */
static const struct {
    const char *rule, *text[2];
} CLASSES[] = {
    {"class-a", {"甲类，不自费", "class A: not self-funded"}},
    {"class-b", {"乙类，不自费", "class B: not self-funded"}},
    {"self-funded", {"丙类或自费项目，全额自费", "class C: all self-funded"}},
    {"excluded", {"不予支付项目，全额自费", "on the exclusion list: all self-funded"}},
    {"unmapped", {"未对照，全额自费", "not mapped: all self-funded"}},
    {"not-in-catalogue", {"目录中没有，全额自费", "not in the catalogue: all self-funded"}},
    {"newborn", {"新生儿费用，全额自费", "for the newborn: all self-funded"}},
    {"not-approved", {"限制用药未审批，全额自费", "restricted, not approved: all self-funded"}},
    {"listed", {"特定项目，不自费", "listed item: not self-funded"}},
    {"pay-to-cap", {"按限价支付，超出自费", "paid up to the limit"}},
};

typedef struct steps {
    stl_json *j;
    int lang; /* index of a label */
} steps;

static void put_step(const steps *s, step_kind kind, const char *result, stl_str basis,
                     const char *fmt, ...) __attribute__((format(printf, 5, 6)));

static void put_step(const steps *s, step_kind kind, const char *result, stl_str basis,
                     const char *fmt, ...) {
    char formula[512];
    va_list args;
    va_start(args, fmt);
    vsnprintf(formula, sizeof formula, fmt, args);
    va_end(args);
    stl_json_object(s->j);
    stl_json_put_text(s->j, "what", STEPS[kind].what);
    stl_json_put_text(s->j, "label", STEPS[kind].label[s->lang]);
    stl_json_put_text(s->j, "formula", formula);
    stl_json_put_text(s->j, "result", result);
    stl_json_put_str(s->j, "basis", basis);
    stl_json_object_end(s->j);
}

/* The price in the list's unit compared with the list's maximum: no result of its own. */
static void put_cap_step(const steps *s, const stl_case *c, size_t i) {
    const stl_line *line = &c->lines[i];
    const stl_charge *charge = stl_case_charge(c, i);
    if (line->cap == NULL || line->cap[STL_CAP_PRICE] == STL_NONE)
        return;
    numbers n = {0};
    const char *cap = number(&n, line->cap[STL_CAP_PRICE], STL_SCALE_PRICE, 2);
    const char *price = number(&n, charge->pric, STL_SCALE_PRICE, 2);
    bool over = (__int128)charge->pric * line->factor_den >
                (__int128)line->cap[STL_CAP_PRICE] * line->factor_num;
    stl_str source = stl_index_text(&c->region->tables[STL_T_CAPS], line->cap[STL_CAP_SOURCE]);
    put_step(s, STEP_CAP, "", source, "%s × %lld / %lld %s %s", price, (long long)line->factor_den,
             (long long)line->factor_num, over ? ">" : "≤", cap);
}

static void put_mapping_step(const steps *s, const stl_case *c, size_t i) {
    const stl_line *line = &c->lines[i];
    if (line->map == NULL || line->national_cnt == STL_NONE)
        return;
    numbers n = {0};
    put_step(s, STEP_NATIONAL_CNT, number(&n, line->national_cnt, STL_SCALE_QTY, 0),
             stl_index_text(&c->mapping->rows, line->map[STL_MAP_ID]), "%s × %lld / %lld",
             number(&n, stl_case_charge(c, i)->cnt, STL_SCALE_QTY, 0), (long long)line->factor_num,
             (long long)line->factor_den);
}

static const char *class_text(const steps *s, stl_str rule) {
    for (size_t i = 0; i < sizeof CLASSES / sizeof CLASSES[0]; i++)
        if (stl_str_is(rule, CLASSES[i].rule))
            return CLASSES[i].text[s->lang];
    return rule.len > 0 ? rule.ptr : "";
}

static void put_amount_steps(const steps *s, const stl_case *c, size_t i,
                             const stl_line_amounts *a) {
    const stl_charge *charge = stl_case_charge(c, i);
    numbers n = {0};
    put_step(s, STEP_AMOUNT, number(&n, a->det_item_fee_sumamt, STL_SCALE_MONEY, 2),
             STL_STR("cnt × pric"), "%s × %s", number(&n, charge->cnt, STL_SCALE_QTY, 0),
             number(&n, charge->pric, STL_SCALE_PRICE, 2));
    put_mapping_step(s, c, i);
    put_cap_step(s, c, i);
    n = (numbers){0};
    const char *total = number(&n, a->det_item_fee_sumamt, STL_SCALE_MONEY, 2);
    const char *own = number(&n, a->fulamt_ownpay_amt, STL_SCALE_MONEY, 2);
    const char *over = number(&n, a->overlmt_amt, STL_SCALE_MONEY, 2);
    const char *prepaid = number(&n, a->preselfpay_amt, STL_SCALE_MONEY, 2);
    const char *scope = number(&n, a->inscp_scp_amt, STL_SCALE_MONEY, 2);
    put_step(s, STEP_CLASS, own, a->basis, "%s", class_text(s, a->rule));
    if (a->overlmt_amt != 0)
        put_step(s, STEP_OVER, over, a->basis, "%s - %s × %s", total,
                 number(&(numbers){0}, charge->cnt, STL_SCALE_QTY, 0),
                 number(&(numbers){0}, a->pric_uplmt_amt, STL_SCALE_PRICE, 2));
    if (a->selfpay_prop != STL_NONE)
        put_step(s, STEP_PREPAY, prepaid, a->basis, "(%s - %s - %s) × %s", total, own, over,
                 number(&n, a->selfpay_prop, STL_SCALE_RATIO, 4));
    put_step(s, STEP_SCOPE, scope, a->basis, "%s - %s - %s - %s", total, own, over, prepaid);
}

/* The row of mapping.csv on which the code rests; empty where there is none. */
static void put_mapping(stl_json *j, const stl_case *c, const stl_line *line) {
    const stl_index_table *rows = &c->mapping->rows;
    const int64_t *row = line->map_state == STL_MAPPED ? line->map : NULL;
    const stl_str none = STL_STR("");
    stl_json_put_str(j, "map_id", row == NULL ? none : stl_index_text(rows, row[STL_MAP_ID]));
    stl_json_put_str(j, "map_source",
                     row == NULL ? none : stl_index_text(rows, row[STL_MAP_CODE_SOURCE]));
    stl_json_put_str(j, "map_evidence",
                     row == NULL ? none : stl_index_text(rows, row[STL_MAP_REMARK]));
}

static void put_line(stl_json *j, const stl_judgement *judgement, size_t i) {
    const stl_case *c = &judgement->c;
    const stl_charge *charge = stl_case_charge(c, i);
    const stl_line *line = &c->lines[i];
    stl_str name = line->cat == NULL ? (stl_str){0}
                                     : stl_index_text(&c->region->tables[STL_T_CATALOGUE],
                                                      line->cat[STL_CAT_NAME]);
    stl_json_object(j);
    stl_json_put_str(j, "feedetl_sn", charge->feedetl_sn);
    stl_json_put_str(j, "medins_list_codg", charge->medins_list_codg);
    stl_json_put_str(j, "medins_list_name", charge->medins_list_name);
    stl_json_put_str(j, "med_list_codg", line->med_list_codg);
    stl_json_put_str(j, "med_list_name", name);
    put_mapping(j, c, line);
    stl_json_put_str(j, "chrgitm_lv", judgement->settlement.lines[i].chrgitm_lv);
    stl_json_key(j, "steps");
    stl_json_array(j);
    put_amount_steps(&(steps){j, c->lang == SETTLE_LANG_EN}, c, i, &judgement->settlement.lines[i]);
    stl_json_array_end(j);
    stl_json_object_end(j);
}

static stl_str layer_name(const stl_settlement *s, stl_str layer) {
    for (size_t i = 0; i < s->n_details; i++)
        if (stl_str_eq(s->details[i].layer, layer))
            return s->details[i].layer_name;
    return (stl_str){0};
}

void stl_flow_explain(stl_json *j, const stl_judgement *judgement, int64_t line) {
    const stl_settlement *s = &judgement->settlement;
    stl_json_key(j, "lines");
    stl_json_array(j);
    for (size_t i = 0; i < s->n_lines; i++)
        if (line < 0 || (size_t)line == i)
            put_line(j, judgement, i);
    stl_json_array_end(j);
    stl_json_key(j, "steps");
    stl_json_array(j);
    for (size_t i = 0; i < s->n_steps && line < 0; i++) {
        stl_json_object(j);
        stl_json_put_str(j, "layer", s->steps[i].layer);
        stl_json_put_str(j, "layer_name", layer_name(s, s->steps[i].layer));
        stl_json_put_str(j, "what", s->steps[i].what);
        stl_json_put_str(j, "input", s->steps[i].input);
        stl_json_put_str(j, "ratio", s->steps[i].ratio);
        stl_json_put_str(j, "result", s->steps[i].result);
        stl_json_put_str(j, "basis", s->steps[i].basis);
        stl_json_object_end(j);
    }
    stl_json_array_end(j);
}

settle_status stl_flow_find_line(const stl_stay *stay, stl_str feedetl_sn, int64_t *out,
                                 stl_error *err) {
    const stl_charge *charges = stl_stay_charges(stay);
    for (size_t i = 0; i < stl_stay_n_charges(stay); i++) {
        if (stl_str_eq(charges[i].feedetl_sn, feedetl_sn)) {
            *out = (int64_t)i;
            return SETTLE_OK;
        }
    }
    return FAIL(err, SETTLE_E_INPUT_CHARGE_UNKNOWN, .field = "feedetl_sn", .value = feedetl_sn.ptr);
}
