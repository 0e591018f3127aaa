/* SPDX-License-Identifier: Apache-2.0 */
/* NAME.adapter read into a layout: elements in the order of the schema. */
#include "load/layout_mapping.h"
#include "load/layout_parse.h"

#include "xml/reader.h"
#include "xml/schemas.h"

static settle_status open_adapter(stl_layout_reader *r, const stl_xml_element *e, stl_error *err) {
    TRY(stl_layout_attr(r, e, "name", &r->layout->name, err));
    TRY(stl_layout_attr(r, e, "title", &r->layout->title, err));
    TRY(stl_layout_attr(r, e, "dialect", &r->layout->dialect, err));
    TRY(stl_layout_attr(r, e, "source", &r->layout->source, err));
    if (stl_str_empty(r->layout->dialect))
        r->layout->dialect = STL_STR("odbc");
    return stl_layout_attr_names(r, e, "never", &r->layout->never, err);
}

static settle_status open_option(stl_layout_reader *r, const stl_xml_element *e, stl_error *err) {
    stl_layout *l = r->layout;
    stl_layout_option made = {.has_fallback = stl_layout_has(e, "default")};
    TRY(stl_layout_attr(r, e, "name", &made.name, err));
    TRY(stl_layout_attr(r, e, "default", &made.fallback, err));
    TRY(stl_layout_attr(r, e, "says", &made.says, err));
    TRY(stl_layout_attr_names(r, e, "values", &made.values, err));
    for (size_t i = 0; i < l->n_options; i++)
        if (stl_str_eq(l->options[i].name, made.name))
            return stl_layout_fail(r, made.name, "the option stands twice", err);
    stl_layout_option *slot = stl_arena_push(r->arena, (void **)&l->options, &l->n_options,
                                             &l->cap_options, sizeof *slot);
    TRY_ALLOC(err, slot);
    *slot = made;
    return SETTLE_OK;
}

static settle_status open_codes(stl_layout_reader *r, const stl_xml_element *e, stl_error *err) {
    stl_layout *l = r->layout;
    stl_layout_codes *slot =
        stl_arena_push(r->arena, (void **)&l->codes, &l->n_codes, &l->cap_codes, sizeof *slot);
    TRY_ALLOC(err, slot);
    stl_str otherwise;
    TRY(stl_layout_attr(r, e, "name", &slot->name, err));
    TRY(stl_layout_attr(r, e, "otherwise", &otherwise, err));
    slot->otherwise = stl_str_is(otherwise, "keep")    ? STL_CODES_KEEP
                      : stl_str_is(otherwise, "empty") ? STL_CODES_EMPTY
                                                       : STL_CODES_REFUSE;
    return SETTLE_OK;
}

static settle_status open_code(stl_layout_reader *r, const stl_xml_element *e, stl_error *err) {
    stl_layout_codes *codes = &r->layout->codes[r->layout->n_codes - 1];
    stl_layout_code *slot =
        stl_arena_push(r->arena, (void **)&codes->items, &codes->count, &codes->cap, sizeof *slot);
    TRY_ALLOC(err, slot);
    TRY(stl_layout_attr(r, e, "from", &slot->from, err));
    return stl_layout_attr(r, e, "to", &slot->to, err);
}

static settle_status open_table(stl_layout_reader *r, const stl_xml_element *e, stl_error *err) {
    stl_str name;
    TRY(stl_layout_attr(r, e, "name", &name, err));
    size_t at;
    TRY(stl_layout_table_of(r, name, &at, err));
    stl_layout_table *table = &r->layout->tables[at];
    TRY(stl_layout_attr(r, e, "stay", &table->stay, err));
    TRY(stl_layout_attr(r, e, "by", &table->by, err));
    TRY(stl_layout_attr(r, e, "in", &table->in, err));
    TRY(stl_layout_attr(r, e, "of", &table->of, err));
    TRY(stl_layout_attr_names(r, e, "newer", &table->newer, err));
    bool any = !stl_str_empty(table->by) || !stl_str_empty(table->in) || !stl_str_empty(table->of);
    bool all = !stl_str_empty(table->by) && !stl_str_empty(table->in) && !stl_str_empty(table->of);
    if (any != all)
        return stl_layout_fail(r, name, "by, in and of stand together", err);
    return SETTLE_OK;
}

static settle_status begin_records(stl_layout_reader *r, const stl_xml_element *e, stl_error *err) {
    stl_str from, optional;
    r->records = (stl_layout_records){.rank = STL_NONE};
    TRY(stl_layout_attr(r, e, "from", &from, err));
    TRY(stl_layout_table_of(r, from, &r->records.table, err));
    TRY(stl_layout_attr(r, e, "optional", &optional, err));
    r->records.optional = !stl_str_empty(optional);
    return stl_layout_attr_refs(r, e, "key", &r->records.key, err);
}

static stl_layout_slots slots_of(const stl_record_type *type) {
    return (stl_layout_slots){
        .mdtrt_id = stl_record_field(type, STL_STR("mdtrt_id")),
        .psn_no = stl_record_field(type, STL_STR("psn_no")),
        .feedetl_sn = stl_record_field(type, STL_STR("feedetl_sn")),
        .init_feedetl_sn = stl_record_field(type, STL_STR("init_feedetl_sn")),
        .cnt = stl_record_field(type, STL_STR("cnt")),
        .pric = stl_record_field(type, STL_STR("pric")),
        .amount = stl_record_field(type, STL_STR("det_item_fee_sumamt")),
        .sum = stl_record_field(type, STL_STR("medfee_sumamt")),
        .nwb_flag = stl_record_field(type, STL_STR("nwb_flag")),
        .drord_no = stl_record_field(type, STL_STR("drord_no")),
    };
}

static settle_status open_records(stl_layout_reader *r, const stl_xml_element *e, stl_error *err) {
    stl_str kind, rank;
    TRY(begin_records(r, e, err));
    TRY(stl_layout_attr(r, e, "kind", &kind, err));
    TRY(stl_layout_attr(r, e, "rank", &rank, err));
    if (!stl_str_empty(rank))
        TRY(stl_layout_int(r, rank, &r->records.rank, err));
    for (stl_record_kind k = 0; k < STL_R_KINDS; k++)
        if (stl_str_is(kind, STL_RECORD_TYPES[k].stem))
            r->records.kind = k;
    r->records.type = &STL_RECORD_TYPES[r->records.kind];
    r->records.slots = slots_of(r->records.type);
    return SETTLE_OK;
}

static settle_status close_records(stl_layout_reader *r, stl_error *err) {
    stl_layout *l = r->layout;
    stl_layout_records *slot = stl_arena_push(r->arena, (void **)&l->records, &l->n_records,
                                              &l->cap_records, sizeof *slot);
    TRY_ALLOC(err, slot);
    *slot = r->records;
    return SETTLE_OK;
}

static settle_status open_mapping(stl_layout_reader *r, const stl_xml_element *e, stl_error *err) {
    TRY(begin_records(r, e, err));
    r->records.type = &STL_MAPPING_RECORD;
    r->records.slots = slots_of(r->records.type);
    return SETTLE_OK;
}

static settle_status close_mapping(stl_layout_reader *r, stl_error *err) {
    stl_layout *l = r->layout;
    bool told[2] = {false, false};
    for (size_t i = 0; i < r->records.fields.count; i++) {
        told[0] |= stl_str_is(r->records.fields.items[i].name, "medins_list_codg");
        told[1] |= stl_str_is(r->records.fields.items[i].name, "med_list_codg");
    }
    if (!told[0] || !told[1])
        return stl_layout_fail(r, STL_STR(""), "it tells medins_list_codg and med_list_codg", err);
    stl_layout_records *slot = stl_arena_push(r->arena, (void **)&l->mappings, &l->n_mappings,
                                              &l->cap_mappings, sizeof *slot);
    TRY_ALLOC(err, slot);
    *slot = r->records;
    return SETTLE_OK;
}

static settle_status open_total(stl_layout_reader *r, const stl_xml_element *e, stl_error *err) {
    stl_str tolerance;
    TRY(begin_records(r, e, err));
    r->records.type = &STL_RECORD_TYPES[STL_R_STAY];
    r->records.slots = slots_of(r->records.type);
    TRY(stl_layout_attr(r, e, "tolerance", &tolerance, err));
    if (stl_decimal_parse(tolerance, STL_SCALE_MONEY, &r->tolerance) != SETTLE_OK)
        return stl_layout_fail(r, tolerance, "tolerance: an amount in yuan", err);
    return SETTLE_OK;
}

static settle_status close_total(stl_layout_reader *r, stl_error *err) {
    stl_layout *l = r->layout;
    bool told[2] = {false, false};
    for (size_t i = 0; i < r->records.fields.count; i++) {
        told[0] |= stl_str_is(r->records.fields.items[i].name, "mdtrt_id");
        told[1] |= stl_str_is(r->records.fields.items[i].name, "medfee_sumamt");
    }
    if (!told[0] || !told[1])
        return stl_layout_fail(r, STL_STR(""), "its fields are mdtrt_id and medfee_sumamt", err);
    stl_layout_total *slot =
        stl_arena_push(r->arena, (void **)&l->totals, &l->n_totals, &l->cap_totals, sizeof *slot);
    TRY_ALLOC(err, slot);
    *slot = (stl_layout_total){r->records, r->tolerance};
    return SETTLE_OK;
}

static settle_status open_state(stl_layout_reader *r, const stl_xml_element *e, stl_error *err) {
    stl_layout_states *states = r->in_join ? &r->join.states : &r->records.states;
    stl_layout_state *slot = stl_arena_push(r->arena, (void **)&states->items, &states->count,
                                            &states->cap, sizeof *slot);
    TRY_ALLOC(err, slot);
    TRY(stl_layout_attr_ref(r, e, "column", &slot->column, err));
    TRY(stl_layout_attr_names(r, e, "keep", &slot->keep, err));
    TRY(stl_layout_attr_names(r, e, "drop", &slot->drop, err));
    return stl_layout_attr_refs(r, e, "worth", &slot->worth, err);
}

static settle_status need_columns(stl_layout_reader *r, const stl_layout_refs *refs,
                                  stl_error *err) {
    for (size_t i = 0; i < refs->count; i++)
        if (refs->items[i].kind != STL_REF_COLUMN)
            return stl_layout_fail(r, refs->items[i].name, "sum and same name columns", err);
    return SETTLE_OK;
}

static settle_status open_merge(stl_layout_reader *r, const stl_xml_element *e, stl_error *err) {
    TRY(stl_layout_attr_refs(r, e, "by", &r->records.merge_by, err));
    TRY(stl_layout_attr_refs(r, e, "sum", &r->records.merge_sum, err));
    TRY(stl_layout_attr_refs(r, e, "same", &r->records.merge_same, err));
    TRY(need_columns(r, &r->records.merge_sum, err));
    return need_columns(r, &r->records.merge_same, err);
}

static settle_status open_join(stl_layout_reader *r, const stl_xml_element *e, stl_error *err) {
    stl_str table, optional;
    r->join = (stl_layout_join){.optional = false};
    TRY(stl_layout_attr(r, e, "as", &r->join.as, err));
    TRY(stl_layout_attr(r, e, "optional", &optional, err));
    r->join.optional = !stl_str_empty(optional);
    TRY(stl_layout_attr_refs(r, e, "on", &r->join.on, err));
    TRY(stl_layout_attr(r, e, "table", &table, err));
    TRY(stl_layout_table_of(r, table, &r->join.table, err));
    r->in_join = true;
    TRY(stl_layout_attr_refs(r, e, "key", &r->join.key, err));
    if (r->join.key.count != r->join.on.count)
        return stl_layout_fail(r, r->join.as, "key and on have as many names", err);
    return SETTLE_OK;
}

static settle_status close_join(stl_layout_reader *r, stl_error *err) {
    stl_layout_records *rec = &r->records;
    r->in_join = false;
    stl_layout_join *slot = stl_arena_push(r->arena, (void **)&rec->joins, &rec->n_joins,
                                           &rec->cap_joins, sizeof *slot);
    TRY_ALLOC(err, slot);
    *slot = r->join;
    return SETTLE_OK;
}

static settle_status open_let(stl_layout_reader *r, const stl_xml_element *e, stl_error *err) {
    stl_layout_value made;
    TRY(stl_layout_value_of(r, e, &made, err));
    made.field = -1;
    return stl_layout_keep(r, &r->records.lets, &made, err);
}

static settle_status open_field(stl_layout_reader *r, const stl_xml_element *e, stl_error *err) {
    stl_layout_value made;
    TRY(stl_layout_value_of(r, e, &made, err));
    made.field = stl_record_field(r->records.type, made.name);
    if (made.field < 0)
        return stl_layout_fail(r, made.name, "the record has no such field", err);
    return stl_layout_keep(r, r->in_unit ? &r->unit.fields : &r->records.fields, &made, err);
}

static settle_status open_only(stl_layout_reader *r, const stl_xml_element *e, stl_error *err) {
    stl_layout_states *onlys = &r->records.onlys;
    stl_layout_state *slot =
        stl_arena_push(r->arena, (void **)&onlys->items, &onlys->count, &onlys->cap, sizeof *slot);
    TRY_ALLOC(err, slot);
    TRY(stl_layout_attr_ref(r, e, "column", &slot->column, err));
    return stl_layout_attr_names(r, e, "is", &slot->keep, err);
}

static settle_status open_prefer(stl_layout_reader *r, const stl_xml_element *e, stl_error *err) {
    stl_layout_refs *column = r->in_join ? &r->join.prefer : &r->records.prefer;
    stl_names *order = r->in_join ? &r->join.prefer_order : &r->records.prefer_order;
    TRY(stl_layout_attr_refs(r, e, "column", column, err));
    return stl_layout_attr_names(r, e, "order", order, err);
}

/* One of the three dates becomes a field of the record. */
static settle_status date_field(stl_layout_reader *r, const stl_xml_element *e, const char *field,
                                const char *attribute, stl_error *err) {
    stl_layout_value made = {.field = -1, .round = -1};
    stl_str form;
    if (!stl_layout_has(e, attribute))
        return SETTLE_OK;
    made.name = stl_str_of(field);
    made.has_join = stl_layout_has(e, "join");
    TRY(stl_layout_attr(r, e, "join", &made.join, err));
    TRY(stl_layout_attr(r, e, "date", &form, err));
    made.date = stl_str_is(form, "horolog") ? STL_DATE_HOROLOG : STL_DATE_CIVIL;
    TRY(stl_layout_attr_refs(r, e, attribute, &made.columns, err));
    made.field = stl_record_field(r->records.type, made.name);
    return stl_layout_keep(r, &r->records.fields, &made, err);
}

/* fee_ocur_time is the date that the policy names; where that is empty, the date of the service. */
static settle_status open_dates(stl_layout_reader *r, const stl_xml_element *e, stl_error *err) {
    static const char *const POLICIES[] = {"occur", "post", "execute"};
    if (r->records.kind != STL_R_CHARGE)
        return stl_layout_fail(r, STL_STR(""), "only charges have three dates", err);
    for (size_t i = 0; i < 3; i++)
        if (stl_layout_has(e, POLICIES[i])) {
            TRY(date_field(r, e, "fee_ocur_time", POLICIES[i], err));
            r->records.fields.items[r->records.fields.count - 1].policy = POLICIES[i];
        }
    TRY(date_field(r, e, "entry_time", "post", err));
    return date_field(r, e, "exec_time", "execute", err);
}

static settle_status open_unit(stl_layout_reader *r, const stl_xml_element *e, stl_error *err) {
    stl_str reprice;
    int64_t decimals = -1;
    r->unit = (stl_layout_unit){.reprice = -1};
    r->in_unit = true;
    TRY(stl_layout_attr_refs(r, e, "when", &r->unit.when, err));
    TRY(stl_layout_attr_names(r, e, "is", &r->unit.is, err));
    TRY(stl_layout_attr(r, e, "reprice", &reprice, err));
    if (!stl_str_empty(reprice))
        TRY(stl_layout_int(r, reprice, &decimals, err));
    if (decimals > STL_SCALE_PRICE)
        return stl_layout_fail(r, reprice, "reprice: a price has at most 6 decimals", err);
    r->unit.reprice = (int)decimals;
    return SETTLE_OK;
}

static settle_status close_unit(stl_layout_reader *r, stl_error *err) {
    stl_layout_records *rec = &r->records;
    r->in_unit = false;
    stl_layout_unit *slot = stl_arena_push(r->arena, (void **)&rec->units, &rec->n_units,
                                           &rec->cap_units, sizeof *slot);
    TRY_ALLOC(err, slot);
    *slot = r->unit;
    return SETTLE_OK;
}

static settle_status open_refunds(stl_layout_reader *r, const stl_xml_element *e, stl_error *err) {
    r->records.nets = true;
    if (r->records.kind != STL_R_CHARGE)
        return stl_layout_fail(r, STL_STR(""), "only charges are taken back", err);
    TRY(stl_layout_attr_refs(r, e, "pair", &r->records.pair, err));
    return stl_layout_attr_refs(r, e, "group", &r->records.group, err);
}

static const struct {
    const char *name;
    settle_status (*open)(stl_layout_reader *r, const stl_xml_element *e, stl_error *err);
    settle_status (*close)(stl_layout_reader *r, stl_error *err);
} ELEMENTS[] = {
    {"adapter", open_adapter, NULL},    {"option", open_option, NULL},
    {"codes", open_codes, NULL},        {"code", open_code, NULL},
    {"table", open_table, NULL},        {"records", open_records, close_records},
    {"total", open_total, close_total}, {"mapping", open_mapping, close_mapping},
    {"state", open_state, NULL},        {"merge", open_merge, NULL},
    {"join", open_join, close_join},    {"let", open_let, NULL},
    {"field", open_field, NULL},        {"only", open_only, NULL},
    {"prefer", open_prefer, NULL},      {"dates", open_dates, NULL},
    {"unit", open_unit, close_unit},    {"refunds", open_refunds, NULL},
};

static settle_status on_open(void *user, const stl_xml_element *e, stl_error *err) {
    stl_layout_reader *r = user;
    for (size_t i = 0; i < sizeof ELEMENTS / sizeof *ELEMENTS; i++) {
        if (!stl_str_is(e->name.local, ELEMENTS[i].name))
            continue;
        r->element = ELEMENTS[i].name;
        r->line = e->line;
        return ELEMENTS[i].open(r, e, err);
    }
    return FAIL(err, SETTLE_E_INTERNAL, .detail = "the schema let an unknown element pass");
}

static settle_status on_close(void *user, stl_xml_name name, int depth, stl_error *err) {
    (void)depth;
    stl_layout_reader *r = user;
    for (size_t i = 0; i < sizeof ELEMENTS / sizeof *ELEMENTS; i++) {
        if (!stl_str_is(name.local, ELEMENTS[i].name) || ELEMENTS[i].close == NULL)
            continue;
        r->element = ELEMENTS[i].name;
        return ELEMENTS[i].close(r, err);
    }
    return SETTLE_OK;
}

settle_status stl_layout_read(stl_str xml, const char *file, stl_arena *arena, stl_layout **out,
                              stl_error *err) {
    stl_layout *layout = stl_arena_alloc(arena, sizeof *layout);
    TRY_ALLOC(err, layout);
    layout->file = stl_arena_str(arena, stl_str_of(file)).ptr;
    TRY_ALLOC(err, layout->file);
    stl_layout_reader r = {.arena = arena, .layout = layout};
    settle_status valid = stl_xml_validate(xml, layout->file, STL_SCHEMA_ADAPTER_1_0, err);
    TRY(stl_xml_restate(valid, SETTLE_E_ADAPTER_LAYOUT, layout->file, err));
    const stl_xml_handler handler = {.open = on_open, .close = on_close, .user = &r};
    TRY(stl_xml_parse(xml, layout->file, (stl_xml_limits){.max_depth = 8}, &handler, err));
    *out = layout;
    return SETTLE_OK;
}
