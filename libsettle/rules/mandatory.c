/* SPDX-License-Identifier: Apache-2.0 */
/* V26: fields that a discharge must bear and the form of their codes (rules/mandatory.csv, S9). */
#include "rules/checks.h"
#include "rules/forms.h"
#include "base/labels.h"

enum { MAPPING = STL_R_KINDS }; /* beside the kinds of records */
typedef enum fault { NO_FAULT, EMPTY, BAD_FORM } fault;

typedef struct faults {  /* of one kind, of one field */
    stl_lines lines;     /* charges */
    size_t count, first; /* ordinal of the first record, from 1 */
    stl_str value;
} faults;

typedef struct demand {
    const stl_case *c;
    stl_verdict *out;
    stl_error *err;
    stl_str record, field, form_name, source;
    bool required;
    stl_form form;
    bool any_text; /* no form */
    const stl_record_type *type;
    const stl_field *spec; /* NULL: of the mapping, or no such field */
    faults found[BAD_FORM + 1];
} demand;

static const stl_index_table *table_of(const stl_case *c) {
    return stl_rules_table(c, STL_T_MANDATORY);
}

static fault fault_of(demand *d, stl_str text) {
    if (stl_str_empty(text))
        return d->required ? EMPTY : NO_FAULT;
    return stl_form_holds(&d->form, text) ? NO_FAULT : BAD_FORM;
}

/* How many records and which first, as the end of a sentence; a stay is one record. */
static const char *where_of(const stl_case *c, const demand *d, const faults *f) {
    if (stl_str_is(d->record, STL_RECORD_TYPES[STL_R_STAY].stem))
        return "";
    const char *records = stl_rules_count(c, f->count, "条", "record");
    return records == NULL ? NULL
                           : stl_rules_text(c,
                                            stl_rules_pick(c, "，共 %s，首条为第 %zu 条",
                                                           ": %s, the first is number %zu"),
                                            records, f->first);
}

static settle_status report(const demand *d, fault kind, const faults *f) {
    const stl_case *c = d->c;
    bool personal = d->spec != NULL && (d->spec->flags & STL_FIELD_PERSONAL) != 0;
    bool show = !personal && f->value.len < 64;
    stl_found found = {
        .lines = f->lines.at,
        .n_lines = f->lines.count,
        .vola_amt = stl_lines_worth(c, f->lines.at, f->lines.count),
        .basis = stl_rules_text(c, "rules/mandatory.csv %.*s %.*s %.*s %.*s", STL_ARG(d->record),
                                STL_ARG(d->field), STL_ARG(d->form_name), STL_ARG(d->source)),
    };
    TRY_ALLOC(d->err, found.basis);
    const char *label = stl_rules_pick(c, stl_field_label(d->field), "");
    const char *where = where_of(c, d, f);
    TRY_ALLOC(d->err, where);
    if (kind == EMPTY)
        return stl_rule_find(&STL_RULE_MANDATORY, c, d->out, found, d->err, "%s（%.*s.%.*s）为空%s",
                             "%s%.*s.%.*s is empty%s", label, STL_ARG(d->record), STL_ARG(d->field),
                             where);
    stl_str form = c->lang == SETTLE_LANG_EN ? d->form_name : stl_str_of(d->form.chinese);
    return stl_rule_find(
        &STL_RULE_MANDATORY, c, d->out, found, d->err, "%s（%.*s.%.*s）应为%.*s%s%.*s%s",
        "%s%.*s.%.*s has not the form %.*s%s%.*s%s", label, STL_ARG(d->record), STL_ARG(d->field),
        STL_ARG(form), show ? stl_rules_pick(c, "，现为 ", ": ") : "", show ? (int)f->value.len : 0,
        show ? f->value.ptr : "", where);
}

static settle_status note(const demand *d, faults *f, size_t ordinal, stl_str value,
                          bool is_charge) {
    if (f->count++ == 0) {
        const char *copy = stl_rules_text(d->c, "%.*s", STL_ARG(value)); /* may be scratch */
        TRY_ALLOC(d->err, copy);
        f->first = ordinal;
        f->value = stl_str_of(copy);
    }
    return is_charge ? stl_lines_add(d->c->arena, &f->lines, (uint32_t)(ordinal - 1), d->err)
                     : SETTLE_OK;
}

/* What the case knows of the head where the stay is silent. */
static stl_str head_default(const demand *d) {
    if (stl_str_is(d->field, "medins_lv"))
        return d->c->medins_lv;
    if (stl_str_is(d->field, "hosp_lv"))
        return d->c->hosp_lv;
    if (stl_str_is(d->field, "mdtrtarea_admvs"))
        return d->c->mdtrtarea_admvs;
    return STL_STR("");
}

/* A name left empty is filled from the dictionary of its code. */
static stl_str diagnosis_default(const demand *d, const stl_diagnosis *diagnosis) {
    const stl_index_table *icd = stl_rules_table(d->c, STL_T_ICD10);
    if (!stl_str_is(d->field, "diag_name"))
        return STL_STR("");
    return stl_rules_cell(icd, stl_index_get(icd, diagnosis->diag_code).rows, STL_ICD_NAME);
}

static stl_str filled_text(const demand *d, stl_record_kind kind, const void *record) {
    if (kind == STL_R_STAY)
        return head_default(d);
    return kind == STL_R_DIAGNOSIS ? diagnosis_default(d, record) : STL_STR("");
}

static bool is_blank(const stl_field *field, const void *record) {
    const void *cell = (const char *)record + field->offset;
    return field->kind == STL_F_TEXT ? stl_str_empty(*(const stl_str *)cell)
                                     : *(const int64_t *)cell == STL_NONE;
}

static settle_status judge_record(demand *d, stl_record_kind kind, const void *record,
                                  size_t ordinal) {
    bool blank = is_blank(d->spec, record);
    if (d->any_text && !blank)
        return SETTLE_OK;
    char scratch[STL_DECIMAL_TEXT_MAX];
    stl_str text =
        blank ? filled_text(d, kind, record)
              : stl_record_get(d->type, (size_t)(d->spec - d->type->fields), record, scratch);
    fault broken = fault_of(d, text);
    if (broken == NO_FAULT)
        return SETTLE_OK;
    return note(d, &d->found[broken], ordinal, text, kind == STL_R_CHARGE);
}

/* Record by record, so that each is fetched from memory once. */
static settle_status judge_records(demand *demands, size_t n, stl_record_kind kind,
                                   const void *records, size_t count) {
    size_t size = STL_RECORD_TYPES[kind].size;
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < n; k++)
            if (demands[k].spec != NULL)
                TRY(judge_record(&demands[k], kind, (const char *)records + i * size, i + 1));
    return SETTLE_OK;
}

static int mapping_column(stl_str field) {
    for (size_t i = 0; i < STL_MAPPING_TABLE.n_columns; i++)
        if (stl_str_is(field, STL_MAPPING_TABLE.columns[i].csv))
            return STL_MAPPING_TABLE.columns[i].kind == STL_F_TEXT ? (int)i : -1;
    return -1;
}

typedef struct judged { /* the last mapping row of a hospital item */
    const int64_t *map;
    fault fault;
} judged;

static settle_status judge_mapping(demand *d) {
    const stl_case *c = d->c;
    int col = mapping_column(d->field);
    if (col < 0)
        return SETTLE_OK;
    judged *of_item = stl_arena_alloc(c->arena, c->n_items * sizeof *of_item);
    TRY_ALLOC(d->err, of_item);
    for (size_t i = 0; i < c->n_lines; i++) {
        const stl_line *l = &c->lines[i];
        judged *j = &of_item[l->item_no];
        if (l->map == NULL)
            continue;
        if (j->map != l->map)
            *j = (judged){l->map, fault_of(d, stl_rules_map_cell(c, l, (size_t)col))};
        if (j->fault != NO_FAULT)
            TRY(note(d, &d->found[j->fault], i + 1, stl_rules_map_cell(c, l, (size_t)col), true));
    }
    return SETTLE_OK;
}

/* A form or a field of the pack that this release does not have. */
static settle_status not_known(const demand *d, stl_str what) {
    const char *name = stl_rules_text(d->c, "%.*s", STL_ARG(what));
    TRY_ALLOC(d->err, name);
    return stl_verdict_gap(d->out, STL_RULE_MANDATORY.id, name, 0);
}

static settle_status read_demand(demand *d, const int64_t *row, int kind) {
    const stl_index_table *table = table_of(d->c);
    d->record = stl_index_text(table, row[STL_MAND_RECORD]);
    d->field = stl_index_text(table, row[STL_MAND_FIELD]);
    d->form_name = stl_index_text(table, row[STL_MAND_FORM]);
    d->source = stl_index_text(table, row[STL_MAND_SOURCE]);
    stl_str required = stl_index_text(table, row[STL_MAND_REQUIRED]);
    d->required =
        stl_str_is(required, "1") || (stl_str_is(required, "discharge") && !d->c->stay->interim);
    if (kind != MAPPING) {
        d->type = &STL_RECORD_TYPES[kind];
        int field = stl_record_field(d->type, d->field);
        d->spec = field < 0 ? NULL : &d->type->fields[field];
    }
    if (!stl_form_of(d->c, d->form_name, &d->form)) {
        d->form = (stl_form){0};
        TRY(not_known(d, d->form_name));
    }
    d->any_text = d->form.holds == NULL && !d->form.is_dictionary;
    bool there = kind == MAPPING ? mapping_column(d->field) >= 0 : d->spec != NULL;
    return there ? SETTLE_OK : not_known(d, d->field);
}

static settle_status judge_kind(demand *demands, size_t n, int kind) {
    const stl_stay *stay = demands[0].c->stay;
    if (kind == STL_R_STAY)
        return judge_records(demands, n, STL_R_STAY, &stay->head, 1);
    if (kind != MAPPING)
        return judge_records(demands, n, (stl_record_kind)kind, stay->rows[kind].items,
                             stay->rows[kind].count);
    for (size_t k = 0; k < n; k++)
        TRY(judge_mapping(&demands[k]));
    return SETTLE_OK;
}

static settle_status judge_rows(const stl_case *c, const char *record, int kind, stl_verdict *out,
                                stl_error *err) {
    stl_index_rows rows = stl_index_get(table_of(c), stl_str_of(record));
    if (rows.count == 0)
        return SETTLE_OK;
    if (kind == STL_R_DIAGNOSIS && !c->stay->given[kind])
        return stl_verdict_gap(out, STL_RULE_MANDATORY.id, stl_rules_pick(c, "诊断", "diagnoses"),
                               0);
    if (kind == STL_R_OPERATION && !c->stay->given[kind])
        return stl_verdict_gap(out, STL_RULE_MANDATORY.id,
                               stl_rules_pick(c, "手术操作", "operations"), 0);
    if (kind == STL_R_DIAGNOSIS && c->stay->rows[kind].count == 0)
        return stl_rule_find(&STL_RULE_MANDATORY, c, out,
                             (stl_found){.basis = "rules/mandatory.csv diagnoses"}, err,
                             "没有诊断记录（diagnoses）", "the stay has no diagnoses");
    demand *demands = stl_arena_alloc(c->arena, rows.count * sizeof *demands);
    TRY_ALLOC(err, demands);
    for (size_t i = 0; i < rows.count; i++) {
        demands[i] = (demand){.c = c, .out = out, .err = err};
        TRY(read_demand(&demands[i], rows.rows + i * STL_MAND_COLS, kind));
    }
    TRY(judge_kind(demands, rows.count, kind));
    for (size_t i = 0; i < rows.count; i++)
        for (int k = EMPTY; k <= BAD_FORM; k++)
            if (demands[i].found[k].count > 0)
                TRY(report(&demands[i], (fault)k, &demands[i].found[k]));
    return SETTLE_OK;
}

static settle_status run(const stl_case *c, stl_verdict *out, stl_error *err) {
    static const stl_record_kind KINDS[] = {STL_R_STAY, STL_R_DIAGNOSIS, STL_R_OPERATION};
    for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++)
        TRY(judge_rows(c, STL_RECORD_TYPES[KINDS[i]].stem, (int)KINDS[i], out, err));
    return SETTLE_OK;
}

static settle_status run_charges(const stl_case *c, stl_verdict *out, stl_error *err) {
    TRY(judge_rows(c, STL_RECORD_TYPES[STL_R_CHARGE].stem, STL_R_CHARGE, out, err));
    return judge_rows(c, "mapping", MAPPING, out, err);
}

#define NAME                                                                                       \
    { "清单项目填写不规范", "mandatory field or form" }
#define FIX                                                                                        \
    {                                                                                              \
        "请在 HIS 中补全或更正该字段后重新核对",                                                   \
            "fill in or correct the field in the HIS, then check again"                            \
    }

const stl_rule STL_RULE_MANDATORY = {
    .id = "V26",
    .name = NAME,
    .fix = FIX,
    .basis = "V26 S9 (001:307,357, 004:39)",
    .reads = "rules/mandatory.csv, stays.csv, dictionaries/icd10.csv?, dictionaries/icd9cm3.csv?, "
             "dictionaries/codes.csv?, diagnoses.csv, operations.csv",
    .action = STL_BLOCK,
    .scope = STL_SCOPE_RECORDS,
    .run = run,
};

const stl_rule STL_RULE_MANDATORY_CHARGE = {
    .id = "V26",
    .name = NAME,
    .fix = FIX,
    .basis = "V26 S9 (001:307,357, 004:39)",
    .reads = "rules/mandatory.csv, dictionaries/codes.csv?, charges.csv, mapping.csv",
    .action = STL_BLOCK,
    .scope = STL_SCOPE_ALONE,
    .run = run_charges,
};
