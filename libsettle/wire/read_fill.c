/* SPDX-License-Identifier: Apache-2.0 */
/* Values that have passed their facets, taken into the document. */
#include "wire/read.h"
#include "wire/setlinfo.h"

static stl_str value_of(const stl_wire_reader *r, unsigned element, unsigned attribute) {
    return r->values[attribute - STL_ELEMENTS[element].first_attribute];
}

static settle_status keep_text(stl_wire_reader *r, unsigned element, unsigned attribute,
                               stl_str *out, stl_error *err) {
    stl_str value = value_of(r, element, attribute);
    if (value.ptr == NULL)
        return SETTLE_OK;
    *out = stl_arena_str(r->doc.arena, value);
    TRY_ALLOC(err, out->ptr);
    return SETTLE_OK;
}

/* The facets have seen to it that the number is one; blanks about it are allowed to decimals. */
int64_t stl_wire_number(const stl_wire_reader *r, unsigned element, unsigned attribute) {
    stl_str value = value_of(r, element, attribute);
    int64_t number = STL_NONE;
    while (value.len > 0 && value.ptr[0] <= ' ')
        value = (stl_str){value.ptr + 1, value.len - 1};
    while (value.len > 0 && value.ptr[value.len - 1] <= ' ')
        value.len--;
    if (value.len == 0 || stl_decimal_parse(value, STL_ATTRIBUTES[attribute].type->fraction_digits,
                                            &number) != SETTLE_OK)
        return STL_NONE;
    return number;
}

#define KEEP(r, E, A, place, err) TRY(keep_text((r), STL_E_##E, STL_A_##E##_##A, &(place), (err)))
#define NUMBER(r, E, A) stl_wire_number((r), STL_E_##E, STL_A_##E##_##A)

static settle_status fill_envelope(stl_wire_reader *r, stl_error *err) {
    stl_envelope *e = &r->doc.envelope;
    KEEP(r, ENVELOPE, MSGID, e->msgid, err);
    KEEP(r, ENVELOPE, INFVER, e->infver, err);
    KEEP(r, ENVELOPE, FIXMEDINS_CODE, e->fixmedins_code, err);
    KEEP(r, ENVELOPE, FIXMEDINS_NAME, e->fixmedins_name, err);
    KEEP(r, ENVELOPE, OPTER, e->opter, err);
    KEEP(r, ENVELOPE, OPTER_NAME, e->opter_name, err);
    KEEP(r, ENVELOPE, OPTER_TYPE, e->opter_type, err);
    KEEP(r, ENVELOPE, SOFTWARE, e->software, err);
    stl_str at = value_of(r, STL_E_ENVELOPE, STL_A_ENVELOPE_INF_TIME);
    if (stl_instant_parse(at, &e->inf_time) != SETTLE_OK)
        return FAIL(err, SETTLE_E_INPUT_SCHEMA, .file = r->name, .field = "inf_time");
    return SETTLE_OK;
}

static settle_status fill_sources(stl_wire_reader *r, unsigned element, stl_error *err) {
    if (element == STL_E_MAPPING) {
        KEEP(r, MAPPING, DIGEST, r->doc.mapping_digest, err);
        return SETTLE_OK;
    }
    KEEP(r, PACK, ID, r->doc.pack_id, err);
    KEEP(r, PACK, VERSION, r->doc.pack_version, err);
    KEEP(r, PACK, DIGEST, r->doc.pack_digest, err);
    return SETTLE_OK;
}

static settle_status fill_stay(stl_wire_reader *r, stl_error *err) {
    KEEP(r, MDTRTINFO, MDTRT_ID, r->doc.mdtrt_id, err);
    KEEP(r, MDTRTINFO, PSN_NO, r->doc.psn_no, err);
    KEEP(r, MDTRTINFO, INSUTYPE, r->doc.insutype, err);
    return SETTLE_OK;
}

static settle_status add_reference(stl_wire_reader *r, unsigned element, unsigned attribute,
                                   size_t from, stl_error *err) {
    stl_wire_reference *ref = stl_arena_push(r->doc.arena, (void **)&r->references,
                                             &r->n_references, &r->cap_references, sizeof *ref);
    TRY_ALLOC(err, ref);
    ref->attribute = attribute;
    ref->from = (uint32_t)from;
    return keep_text(r, element, attribute, &ref->feedetl_sn, err);
}

static stl_money part_of(const stl_wire_reader *r, unsigned attribute) {
    stl_money part = stl_wire_number(r, STL_E_FEEDETAIL, attribute);
    return part == STL_NONE ? 0 : part;
}

/* Levels are few and short: consecutive lines mostly share one. */
static settle_status keep_level(stl_wire_reader *r, stl_line_amounts *line, stl_error *err) {
    stl_str level = value_of(r, STL_E_FEEDETAIL, STL_A_FEEDETAIL_CHRGITM_LV);
    if (r->doc.settlement.n_lines > 1 && stl_str_eq(line[-1].chrgitm_lv, level)) {
        line->chrgitm_lv = line[-1].chrgitm_lv;
        return SETTLE_OK;
    }
    return keep_text(r, STL_E_FEEDETAIL, STL_A_FEEDETAIL_CHRGITM_LV, &line->chrgitm_lv, err);
}

static settle_status fill_line(stl_wire_reader *r, stl_error *err) {
    stl_wire_document *d = &r->doc;
    size_t index = d->settlement.n_lines, n_serials = index;
    if (index == INT32_MAX)
        return FAIL(err, SETTLE_E_INPUT_COUNT, .file = r->name, .field = "charges",
                    .detail = "too many lines");
    stl_line_amounts *line = stl_arena_push(d->arena, (void **)&d->settlement.lines,
                                            &d->settlement.n_lines, &r->cap_lines, sizeof *line);
    TRY_ALLOC(err, line);
    stl_str *serial = stl_arena_push(d->arena, (void **)&d->feedetl_sn, &n_serials, &r->cap_serials,
                                     sizeof *serial);
    TRY_ALLOC(err, serial);
    line->cnt = NUMBER(r, FEEDETAIL, CNT);
    line->pric_uplmt_amt = NUMBER(r, FEEDETAIL, PRIC_UPLMT_AMT);
    line->selfpay_prop = NUMBER(r, FEEDETAIL, SELFPAY_PROP);
    line->det_item_fee_sumamt = NUMBER(r, FEEDETAIL, DET_ITEM_FEE_SUMAMT);
    line->fulamt_ownpay_amt = part_of(r, STL_A_FEEDETAIL_FULAMT_OWNPAY_AMT);
    line->overlmt_amt = part_of(r, STL_A_FEEDETAIL_OVERLMT_AMT);
    line->preselfpay_amt = part_of(r, STL_A_FEEDETAIL_PRESELFPAY_AMT);
    line->inscp_scp_amt = part_of(r, STL_A_FEEDETAIL_INSCP_SCP_AMT);
    TRY(keep_level(r, line, err));
    KEEP(r, FEEDETAIL, FEEDETL_SN, *serial, err);
    if (value_of(r, STL_E_FEEDETAIL, STL_A_FEEDETAIL_INIT_FEEDETL_SN).ptr == NULL)
        return SETTLE_OK;
    return add_reference(r, STL_E_FEEDETAIL, STL_A_FEEDETAIL_INIT_FEEDETL_SN, index, err);
}

static settle_status fill_setlinfo(stl_wire_reader *r, stl_error *err) {
    stl_settlement *s = &r->doc.settlement;
    s->evaluated = true;
    r->doc.interim = stl_str_is(value_of(r, STL_E_SETLINFO, STL_A_SETLINFO_MID_SETL_FLAG), "1");
    KEEP(r, SETLINFO, SETTLED_BEFORE, r->doc.settled_before, err);
    s->served = stl_str_is(value_of(r, STL_E_SETLINFO, STL_A_SETLINFO_SERVED), "true");
    stl_str rounding = value_of(r, STL_E_SETLINFO, STL_A_SETLINFO_ROUNDING);
    for (unsigned i = 0; i < STL_WIRE_N_ROUNDING; i++)
        if (stl_str_is(rounding, STL_WIRE_ROUNDING[i]))
            s->rounding = (stl_rounding)i;
    for (size_t i = 0; i < STL_WIRE_N_SUMS; i++) {
        char *at = (char *)&s->info + STL_WIRE_SUMS[i].offset;
        *(stl_money *)at = stl_wire_number(r, STL_E_SETLINFO, STL_WIRE_SUMS[i].attribute);
    }
    return SETTLE_OK;
}

static uint16_t setl_field(const stl_wire_reader *r) {
    stl_str name = value_of(r, STL_E_SETLDETAIL, STL_A_SETLDETAIL_SETL_FIELD);
    for (size_t i = 0; i < STL_WIRE_N_SUMS; i++)
        if (stl_str_is(name, STL_ATTRIBUTES[STL_WIRE_SUMS[i].attribute].name))
            return (uint16_t)i;
    return UINT16_MAX;
}

static settle_status fill_layer(stl_wire_reader *r, stl_error *err) {
    stl_settlement *s = &r->doc.settlement;
    stl_setldetail *d = stl_arena_push(r->doc.arena, (void **)&s->details, &s->n_details,
                                       &s->cap_details, sizeof *d);
    TRY_ALLOC(err, d);
    uint16_t *field = stl_arena_push(r->doc.arena, (void **)&r->setl_fields, &r->n_setl_fields,
                                     &r->cap_setl_fields, sizeof *field);
    TRY_ALLOC(err, field);
    *field = setl_field(r);
    d->inscp_scp_amt = NUMBER(r, SETLDETAIL, INSCP_SCP_AMT);
    d->fund_payamt = NUMBER(r, SETLDETAIL, FUND_PAYAMT);
    KEEP(r, SETLDETAIL, LAYER, d->layer, err);
    KEEP(r, SETLDETAIL, FUND_PAY_TYPE, d->fund_pay_type, err);
    KEEP(r, SETLDETAIL, SETL_PROC_INFO, d->setl_proc_info, err);
    return SETTLE_OK;
}

static settle_status fill_accumulator(stl_wire_reader *r, stl_error *err) {
    stl_settlement *s = &r->doc.settlement;
    stl_acc_change *a =
        stl_arena_push(r->doc.arena, (void **)&s->accs, &s->n_accs, &s->cap_accs, sizeof *a);
    TRY_ALLOC(err, a);
    a->before = NUMBER(r, ACCUMULATOR, BEFORE);
    a->value = NUMBER(r, ACCUMULATOR, VALUE);
    KEEP(r, ACCUMULATOR, YEAR, a->year, err);
    KEEP(r, ACCUMULATOR, KIND, a->kind, err);
    return SETTLE_OK;
}

/* Overridden: by someone, with a reason; else by nobody. No schema says so: kept until the end, as
 * what lists declare. */
static void fill_finding(stl_wire_reader *r) {
    static const unsigned OF_OVERRIDE[] = {STL_A_FINDING_APPROVAL, STL_A_FINDING_BY,
                                           STL_A_FINDING_REASON,   STL_A_FINDING_ROLE,
                                           STL_A_FINDING_TIME,     STL_A_FINDING_SECOND};
    bool overridden = stl_str_is(value_of(r, STL_E_FINDING, STL_A_FINDING_OVERRIDDEN), "true");
    r->doc.n_findings++;
    r->doc.n_overridden += overridden;
    for (size_t i = 0; i < sizeof OF_OVERRIDE / sizeof *OF_OVERRIDE; i++) {
        bool present = value_of(r, STL_E_FINDING, OF_OVERRIDE[i]).ptr != NULL;
        bool optional = overridden && OF_OVERRIDE[i] == STL_A_FINDING_SECOND;
        if (present != overridden && !optional && r->count_status == SETTLE_OK)
            r->count_status = FAIL(&r->count_error, SETTLE_E_INPUT_COUNT, .file = r->name,
                                   .field = STL_ATTRIBUTES[OF_OVERRIDE[i]].name,
                                   .detail = overridden ? "missing in an overridden finding"
                                                        : "in a finding that is not overridden");
    }
}

settle_status stl_wire_fill(stl_wire_reader *r, unsigned element, stl_error *err) {
    switch (element) {
    case STL_E_ENVELOPE:
        return fill_envelope(r, err);
    case STL_E_PACK:
    case STL_E_MAPPING:
        return fill_sources(r, element, err);
    case STL_E_MDTRTINFO:
        return fill_stay(r, err);
    case STL_E_FEEDETAIL:
        return fill_line(r, err);
    case STL_E_SETLINFO:
        return fill_setlinfo(r, err);
    case STL_E_SETLDETAIL:
        return fill_layer(r, err);
    case STL_E_ACCUMULATOR:
        return fill_accumulator(r, err);
    case STL_E_FINDING:
        fill_finding(r);
        return SETTLE_OK;
    case STL_E_LINE:
        return add_reference(r, STL_E_LINE, STL_A_LINE_FEEDETL_SN, r->doc.n_findings, err);
    case STL_E_INVOLVED:
        return add_reference(r, STL_E_INVOLVED, STL_A_INVOLVED_FEEDETL_SN, r->doc.n_findings, err);
    default:
        return SETTLE_OK;
    }
}
