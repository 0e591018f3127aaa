/* SPDX-License-Identifier: Apache-2.0 */
#include "pack/pathway_read.h"

#include "pack/xml_source.h"
#include "xml/schemas.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct reading {
    const stl_pathway_source *source;
    uint32_t file, empty; /* texts of the pool */
    int64_t pathway[STL_PW_COLS];
    int64_t exam[STL_PWX_COLS]; /* of the examination being read */
    int64_t exam_line;
    size_t exam_items;
    const char *kind, *part; /* of the entry's codes, of the notes */
    int criterion, exam_no, drug_no, note_no;
    int64_t line; /* of the root */
} reading;

typedef settle_status element_fn(reading *r, const stl_xml_element *e, stl_error *err);

static settle_status refuse(const reading *r, int64_t line, const char *field, stl_str value,
                            const char *detail, stl_error *err) {
    return FAIL(err, SETTLE_E_PACK_SOURCE, .file = r->source->name, .line = line, .field = field,
                .value = value.len == 0 ? NULL : value.ptr, .detail = detail);
}

static settle_status text_cell(const reading *r, stl_str text, int64_t *cell, stl_error *err) {
    uint32_t id;
    TRY(stl_pool_add(r->source->pool, text, &id, err));
    *cell = id;
    return SETTLE_OK;
}

static void blank(const reading *r, stl_table_id table, int64_t *cells) {
    const stl_table_spec *spec = stl_pack_spec(table);
    for (size_t i = 0; i < spec->n_columns; i++)
        cells[i] = spec->columns[i].kind == STL_F_TEXT ? (int64_t)r->empty : STL_NONE;
}

static settle_status number_cell(const reading *r, const stl_xml_element *e, const char *name,
                                 stl_field_kind kind, stl_str text, int64_t *cell, stl_error *err) {
    settle_status status =
        kind == STL_F_DAY
            ? stl_day_parse(text, cell)
            : stl_decimal_parse(text, kind == STL_F_MONEY ? STL_SCALE_MONEY : 0, cell);
    return status == SETTLE_OK ? SETTLE_OK
                               : refuse(r, e->line, name, text,
                                        kind == STL_F_DAY ? "no such date" : "no such number", err);
}

/* One attribute into the cell of a column; absent: as it is. */
static settle_status take(const reading *r, const stl_xml_element *e, const char *name,
                          stl_table_id table, size_t column, int64_t *cells, stl_error *err) {
    stl_str text;
    TRY(stl_source_attribute(r->source->arena, e, name, &text, err));
    if (stl_str_empty(text))
        return SETTLE_OK;
    stl_field_kind kind = stl_pack_spec(table)->columns[column].kind;
    return kind == STL_F_TEXT ? text_cell(r, text, &cells[column], err)
                              : number_cell(r, e, name, kind, text, &cells[column], err);
}

static settle_status add(const reading *r, stl_table_id table, int64_t *cells, int64_t line,
                         stl_error *err) {
    cells[0] = r->pathway[STL_PW_ID];
    return stl_rowset_add(&r->source->tables[table], cells, (stl_origin){r->file, (uint32_t)line},
                          err);
}

/* Ordinals sort as texts. */
static settle_status ordinal(const reading *r, int number, int64_t *cell, stl_error *err) {
    char text[16];
    snprintf(text, sizeof text, "%03d", number);
    return text_cell(r, stl_str_of(text), cell, err);
}

static settle_status in_order(const reading *r, const stl_xml_element *e, const char *field,
                              int64_t least, int64_t most, stl_error *err) {
    return least == STL_NONE || most == STL_NONE || least <= most
               ? SETTLE_OK
               : refuse(r, e->line, field, STL_STR(""), "less than where it begins", err);
}

static settle_status open_pathway(reading *r, const stl_xml_element *e, stl_error *err) {
    static const struct {
        const char *name;
        size_t column;
    } PARTS[] = {{"id", STL_PW_ID},
                 {"name", STL_PW_NAME},
                 {"edition", STL_PW_EDITION},
                 {"begndate", STL_PW_BEGIN},
                 {"enddate", STL_PW_END}};
    blank(r, STL_T_PATHWAYS, r->pathway);
    r->line = e->line;
    for (size_t i = 0; i < sizeof PARTS / sizeof *PARTS; i++)
        TRY(take(r, e, PARTS[i].name, STL_T_PATHWAYS, PARTS[i].column, r->pathway, err));
    TRY(text_cell(r, r->source->digest, &r->pathway[STL_PW_DIGEST], err));
    TRY(in_order(r, e, "enddate", r->pathway[STL_PW_BEGIN], r->pathway[STL_PW_END], err));
    stl_str id = stl_pool_text(r->source->pool, (uint32_t)r->pathway[STL_PW_ID]);
    const char *base = strrchr(r->source->name, '/');
    base = base == NULL ? r->source->name : base + 1;
    if (strncmp(base, id.ptr, id.len) == 0 && strcmp(base + id.len, ".xml") == 0)
        return SETTLE_OK;
    return refuse(r, e->line, "id", id, "the file bears another name", err);
}

static settle_status open_span(reading *r, const stl_xml_element *e, size_t min, size_t max,
                               size_t read, stl_error *err) {
    TRY(take(r, e, "min", STL_T_PATHWAYS, min, r->pathway, err));
    TRY(take(r, e, "max", STL_T_PATHWAYS, max, r->pathway, err));
    if (read != 0)
        TRY(take(r, e, "read", STL_T_PATHWAYS, read, r->pathway, err));
    return in_order(r, e, "max", r->pathway[min], r->pathway[max], err);
}

static settle_status open_stay(reading *r, const stl_xml_element *e, stl_error *err) {
    return open_span(r, e, STL_PW_STAY_MIN, STL_PW_STAY_MAX, STL_PW_STAY_READ, err);
}

static settle_status open_operation_day(reading *r, const stl_xml_element *e, stl_error *err) {
    return open_span(r, e, STL_PW_OPRN_MIN, STL_PW_OPRN_MAX, STL_PW_OPRN_READ, err);
}

static settle_status open_cost(reading *r, const stl_xml_element *e, stl_error *err) {
    return open_span(r, e, STL_PW_COST_MIN, STL_PW_COST_MAX, 0, err);
}

static settle_status open_part(reading *r, const stl_xml_element *e, const char *part) {
    (void)e;
    r->part = part;
    r->note_no = 0;
    return SETTLE_OK;
}

static settle_status open_entry(reading *r, const stl_xml_element *e, stl_error *err) {
    (void)err;
    return open_part(r, e, "entry");
}

static settle_status open_drugs(reading *r, const stl_xml_element *e, stl_error *err) {
    (void)err;
    return open_part(r, e, "drugs");
}

static settle_status open_discharge(reading *r, const stl_xml_element *e, stl_error *err) {
    (void)err;
    return open_part(r, e, "discharge");
}

static settle_status open_variation(reading *r, const stl_xml_element *e, stl_error *err) {
    (void)err;
    return open_part(r, e, "variation");
}

static settle_status open_note(reading *r, const stl_xml_element *e, stl_error *err) {
    int64_t cells[STL_PWN_COLS];
    TRY(text_cell(r, stl_str_of(r->part), &cells[STL_PWN_PART], err));
    TRY(ordinal(r, ++r->note_no, &cells[STL_PWN_NOTE], err));
    TRY(take(r, e, "text", STL_T_PATHWAY_NOTE, STL_PWN_TEXT, cells, err));
    return add(r, STL_T_PATHWAY_NOTE, cells, e->line, err);
}

static settle_status open_source(reading *r, const stl_xml_element *e, stl_error *err) {
    if (strcmp(r->part, "source") != 0)
        TRY(open_part(r, e, "source"));
    return open_note(r, e, err);
}

/* --- entry ---------------------------------------------------------------------------------- */

static settle_status open_diagnosis(reading *r, const stl_xml_element *e, stl_error *err) {
    static const char *const POSITIONS[] = {"principal", "other", "any"};
    stl_str text;
    TRY(stl_source_attribute(r->source->arena, e, "position", &text, err));
    for (size_t i = 0; i < sizeof POSITIONS / sizeof *POSITIONS; i++)
        if (stl_str_is(text, POSITIONS[i]))
            r->kind = POSITIONS[i];
    r->criterion++;
    return SETTLE_OK;
}

static settle_status open_operation(reading *r, const stl_xml_element *e, stl_error *err) {
    (void)e, (void)err;
    r->kind = "operation";
    r->criterion++;
    return SETTLE_OK;
}

static settle_status add_category(const reading *r, const stl_xml_element *e, stl_str category,
                                  stl_error *err) {
    const stl_rowset *set = &r->source->tables[STL_T_PATHWAY_CATEGORY];
    int64_t cells[STL_PWC_COLS];
    TRY(text_cell(r, category, &cells[STL_PWC_CATEGORY], err));
    for (size_t i = set->n; i-- > 0;) {
        const int64_t *row = stl_rowset_row(set, i);
        if (row[STL_PWC_ID] != r->pathway[STL_PW_ID])
            break;
        if (row[STL_PWC_CATEGORY] == cells[STL_PWC_CATEGORY])
            return SETTLE_OK;
    }
    cells[STL_PWC_ID] = r->pathway[STL_PW_ID];
    return stl_rowset_add(&r->source->tables[STL_T_PATHWAY_CATEGORY], cells,
                          (stl_origin){r->file, (uint32_t)e->line}, err);
}

/* The categories from the one to the other: letter and two digits, or two digits. */
static settle_status add_categories(const reading *r, const stl_xml_element *e, stl_str first,
                                    stl_str last, stl_error *err) {
    bool operation = strcmp(r->kind, "operation") == 0;
    size_t lead = operation ? 0 : 1;
    if (lead == 1 && first.ptr[0] != last.ptr[0])
        return refuse(r, e->line, "to", last, "of another letter", err);
    int from = (first.ptr[lead] - '0') * 10 + first.ptr[lead + 1] - '0';
    int to = (last.ptr[lead] - '0') * 10 + last.ptr[lead + 1] - '0';
    for (int i = from; i <= to; i++) {
        char text[24];
        snprintf(text, sizeof text, "%.*s%02d", (int)lead, first.ptr, i);
        TRY(add_category(r, e, stl_str_of(text), err));
    }
    return SETTLE_OK;
}

static settle_status open_code(reading *r, const stl_xml_element *e, stl_error *err) {
    int64_t cells[STL_PWE_COLS];
    blank(r, STL_T_PATHWAY_ENTRY, cells);
    TRY(ordinal(r, r->criterion, &cells[STL_PWE_CRITERION], err));
    TRY(text_cell(r, stl_str_of(r->kind), &cells[STL_PWE_KIND], err));
    TRY(take(r, e, "from", STL_T_PATHWAY_ENTRY, STL_PWE_FIRST, cells, err));
    cells[STL_PWE_LAST] = cells[STL_PWE_FIRST];
    TRY(take(r, e, "to", STL_T_PATHWAY_ENTRY, STL_PWE_LAST, cells, err));
    TRY(take(r, e, "printed", STL_T_PATHWAY_ENTRY, STL_PWE_PRINTED, cells, err));
    TRY(take(r, e, "basis", STL_T_PATHWAY_ENTRY, STL_PWE_BASIS, cells, err));
    stl_str first = stl_pool_text(r->source->pool, (uint32_t)cells[STL_PWE_FIRST]);
    stl_str last = stl_pool_text(r->source->pool, (uint32_t)cells[STL_PWE_LAST]);
    if (stl_str_cmp(first, last) > 0 && !stl_str_starts(first, last))
        return refuse(r, e->line, "to", last, "less than where it begins", err);
    TRY(add_categories(r, e, first, last, err));
    return add(r, STL_T_PATHWAY_ENTRY, cells, e->line, err);
}

/* --- what is done ---------------------------------------------------------------------------- */

static settle_status open_examinations(reading *r, const stl_xml_element *e, stl_error *err) {
    TRY(take(r, e, "complete", STL_T_PATHWAYS, STL_PW_COMPLETE, r->pathway, err));
    return take(r, e, "when", STL_T_PATHWAYS, STL_PW_WHEN, r->pathway, err);
}

static settle_status open_exam(reading *r, const stl_xml_element *e, stl_error *err) {
    blank(r, STL_T_PATHWAY_EXAM, r->exam);
    r->exam_items = 0;
    r->exam_line = e->line;
    TRY(ordinal(r, ++r->exam_no, &r->exam[STL_PWX_EXAM], err));
    TRY(text_cell(r, e->name.local, &r->exam[STL_PWX_NEED], err));
    TRY(take(r, e, "name", STL_T_PATHWAY_EXAM, STL_PWX_NAME, r->exam, err));
    TRY(take(r, e, "match", STL_T_PATHWAY_EXAM, STL_PWX_MATCH, r->exam, err));
    return take(r, e, "unless", STL_T_PATHWAY_EXAM, STL_PWX_UNLESS, r->exam, err);
}

static settle_status open_item(reading *r, const stl_xml_element *e, stl_error *err) {
    TRY(take(r, e, "pric_list_codg", STL_T_PATHWAY_EXAM, STL_PWX_CODE, r->exam, err));
    TRY(take(r, e, "name", STL_T_PATHWAY_EXAM, STL_PWX_ITEM, r->exam, err));
    r->exam_items++;
    return add(r, STL_T_PATHWAY_EXAM, r->exam, e->line, err);
}

static settle_status close_exam(reading *r, bool required, stl_error *err) {
    if (r->exam_items > 0)
        return SETTLE_OK;
    if (required)
        return refuse(r, r->exam_line, "required", STL_STR(""),
                      "without an item nobody can tell whether it was done", err);
    return add(r, STL_T_PATHWAY_EXAM, r->exam, r->exam_line, err);
}

static settle_status open_drug(reading *r, const stl_xml_element *e, stl_error *err) {
    static const struct {
        const char *name;
        size_t column;
    } PARTS[] = {{"name", STL_PWD_NAME},     {"med_list_codg", STL_PWD_CODES},
                 {"use", STL_PWD_USE},       {"within-hours", STL_PWD_HOURS},
                 {"max-days", STL_PWD_DAYS}, {"basis", STL_PWD_BASIS}};
    int64_t cells[STL_PWD_COLS];
    blank(r, STL_T_PATHWAY_DRUG, cells);
    TRY(ordinal(r, ++r->drug_no, &cells[STL_PWD_DRUG], err));
    for (size_t i = 0; i < sizeof PARTS / sizeof *PARTS; i++)
        TRY(take(r, e, PARTS[i].name, STL_T_PATHWAY_DRUG, PARTS[i].column, cells, err));
    return add(r, STL_T_PATHWAY_DRUG, cells, e->line, err);
}

static settle_status open_element(void *user, const stl_xml_element *e, stl_error *err) {
    static const struct {
        const char *name;
        element_fn *open;
    } ELEMENTS[] = {
        {"item", open_item},
        {"required", open_exam},
        {"optional", open_exam},
        {"code", open_code},
        {"note", open_note},
        {"source", open_source},
        {"drug", open_drug},
        {"diagnosis", open_diagnosis},
        {"operation", open_operation},
        {"pathway", open_pathway},
        {"entry", open_entry},
        {"stay", open_stay},
        {"operation-day", open_operation_day},
        {"cost", open_cost},
        {"examinations", open_examinations},
        {"drugs", open_drugs},
        {"discharge", open_discharge},
        {"variation", open_variation},
    };
    for (size_t i = 0; i < sizeof ELEMENTS / sizeof *ELEMENTS; i++)
        if (stl_str_is(e->name.local, ELEMENTS[i].name))
            return ELEMENTS[i].open(user, e, err);
    return SETTLE_OK;
}

static settle_status close_element(void *user, stl_xml_name name, int depth, stl_error *err) {
    reading *r = user;
    if (stl_str_is(name.local, "required") || stl_str_is(name.local, "optional"))
        return close_exam(r, stl_str_is(name.local, "required"), err);
    if (stl_str_is(name.local, "entry") && r->criterion == 0)
        return refuse(r, r->line, "entry", STL_STR(""), "neither diagnosis nor operation", err);
    return depth == 0 ? add(r, STL_T_PATHWAYS, r->pathway, r->line, err) : SETTLE_OK;
}

settle_status stl_pathway_read(const stl_pathway_source *source, stl_error *err) {
    reading r = {.source = source, .part = ""};
    TRY(stl_pool_add(source->pool, stl_str_of(source->name), &r.file, err));
    TRY(stl_pool_add(source->pool, STL_STR(""), &r.empty, err));
    const stl_xml_handler handler = {.open = open_element, .close = close_element, .user = &r};
    return stl_source_parse(source->xml, source->name, STL_SCHEMA_PATHWAY_1_0, &handler, err);
}
