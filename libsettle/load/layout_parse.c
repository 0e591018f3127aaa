/* SPDX-License-Identifier: Apache-2.0 */
#include "load/layout_parse.h"

#include <stdio.h>

settle_status stl_layout_fail(const stl_layout_reader *r, stl_str value, const char *detail,
                              stl_error *err) {
    char shown[96];
    snprintf(shown, sizeof shown, "%.*s", (int)(value.len < 90 ? value.len : 90),
             value.len == 0 ? "" : value.ptr);
    return FAIL(err, SETTLE_E_ADAPTER_LAYOUT, .file = r->layout->file, .line = r->line,
                .field = r->element, .value = shown[0] == 0 ? NULL : shown, .detail = detail);
}

bool stl_layout_has(const stl_xml_element *e, const char *name) {
    return stl_xml_attribute_of(e, name) != NULL;
}

settle_status stl_layout_attr(stl_layout_reader *r, const stl_xml_element *e, const char *name,
                              stl_str *out, stl_error *err) {
    const stl_str *given = stl_xml_attribute_of(e, name);
    *out = STL_STR("");
    if (given == NULL)
        return SETTLE_OK;
    *out = stl_arena_str(r->arena, *given);
    TRY_ALLOC(err, out->ptr);
    return SETTLE_OK;
}

settle_status stl_layout_attr_names(stl_layout_reader *r, const stl_xml_element *e,
                                    const char *name, stl_names *out, stl_error *err) {
    stl_str text;
    TRY(stl_layout_attr(r, e, name, &text, err));
    *out = (stl_names){0};
    for (size_t at = 0; at < text.len;) {
        size_t end = at;
        while (end < text.len && text.ptr[end] != ' ')
            end++;
        if (end > at) {
            stl_str *slot = stl_arena_push(r->arena, (void **)&out->items, &out->count, &out->cap,
                                           sizeof *slot);
            TRY_ALLOC(err, slot);
            *slot = stl_arena_str(r->arena, (stl_str){text.ptr + at, end - at});
            TRY_ALLOC(err, slot->ptr);
        }
        at = end + 1;
    }
    return SETTLE_OK;
}

settle_status stl_layout_int(const stl_layout_reader *r, stl_str text, int64_t *out,
                             stl_error *err) {
    return stl_decimal_parse(text, 0, out) == SETTLE_OK
               ? SETTLE_OK
               : stl_layout_fail(r, text, "a whole number", err);
}

settle_status stl_layout_table_of(stl_layout_reader *r, stl_str name, size_t *out, stl_error *err) {
    stl_layout *l = r->layout;
    for (*out = 0; *out < l->n_tables; ++*out)
        if (stl_str_eq_nocase(l->tables[*out].name, name))
            return SETTLE_OK;
    stl_layout_table *slot =
        stl_arena_push(r->arena, (void **)&l->tables, &l->n_tables, &l->cap_tables, sizeof *slot);
    TRY_ALLOC(err, slot);
    slot->name = name;
    return SETTLE_OK;
}

static bool is_newer(const stl_layout_table *table, stl_str column) {
    for (size_t i = 0; i < table->newer.count; i++)
        if (stl_str_eq_nocase(table->newer.items[i], column))
            return true;
    return false;
}

static settle_status use_column(stl_layout_reader *r, size_t table, stl_str name, size_t *out,
                                stl_error *err) {
    stl_layout_table *t = &r->layout->tables[table];
    for (*out = 0; *out < t->n_columns; ++*out)
        if (stl_str_eq_nocase(t->columns[*out].name, name))
            return SETTLE_OK;
    stl_layout_column *slot = stl_arena_push(r->arena, (void **)&t->columns, &t->n_columns,
                                             &t->cap_columns, sizeof *slot);
    TRY_ALLOC(err, slot);
    slot->name = stl_arena_str(r->arena, name);
    TRY_ALLOC(err, slot->name.ptr);
    slot->newer = is_newer(t, name);
    return SETTLE_OK;
}

static settle_status option_ref(const stl_layout_reader *r, stl_layout_ref *out, stl_error *err) {
    stl_str name = {out->name.ptr + 1, out->name.len - 1};
    out->kind = STL_REF_OPTION;
    for (size_t i = 0; i < r->layout->n_options; i++)
        if (stl_str_eq(r->layout->options[i].name, name)) {
            out->index = i;
            return SETTLE_OK;
        }
    return stl_layout_fail(r, out->name, "no such option is declared", err);
}

static settle_status resolve(stl_layout_reader *r, stl_str name, stl_layout_ref *out,
                             stl_error *err) {
    *out = (stl_layout_ref){.name = name};
    if (name.ptr[0] == '@')
        return option_ref(r, out, err);
    if (r->in_join)
        return use_column(r, r->join.table, name, &out->column, err);
    const stl_layout_records *rec = &r->records;
    for (size_t i = 0; i < rec->lets.count; i++)
        if (stl_str_eq(rec->lets.items[i].name, name)) {
            *out = (stl_layout_ref){.kind = STL_REF_LET, .index = i, .name = name};
            return SETTLE_OK;
        }
    const char *dot = memchr(name.ptr, '.', name.len);
    size_t head = dot == NULL ? 0 : (size_t)(dot - name.ptr);
    for (size_t i = 0; dot != NULL && i < rec->n_joins; i++)
        if (stl_str_eq(rec->joins[i].as, (stl_str){name.ptr, head})) {
            *out = (stl_layout_ref){.kind = STL_REF_JOINED, .index = i, .name = name};
            return use_column(r, rec->joins[i].table, (stl_str){dot + 1, name.len - head - 1},
                              &out->column, err);
        }
    if (dot != NULL && stl_str_empty(r->layout->source)) /* columns of messages are paths */
        return stl_layout_fail(r, name, "no join of that name stands before it", err);
    return use_column(r, rec->table, name, &out->column, err);
}

settle_status stl_layout_attr_refs(stl_layout_reader *r, const stl_xml_element *e, const char *name,
                                   stl_layout_refs *out, stl_error *err) {
    stl_names names;
    *out = (stl_layout_refs){0};
    TRY(stl_layout_attr_names(r, e, name, &names, err));
    if (names.count > STL_LAYOUT_KEY)
        return stl_layout_fail(r, stl_str_of(name), "at most 16 names", err);
    for (size_t i = 0; i < names.count; i++) {
        stl_layout_ref *slot =
            stl_arena_push(r->arena, (void **)&out->items, &out->count, &out->cap, sizeof *slot);
        TRY_ALLOC(err, slot);
        TRY(resolve(r, names.items[i], slot, err));
    }
    return SETTLE_OK;
}

settle_status stl_layout_attr_ref(stl_layout_reader *r, const stl_xml_element *e, const char *name,
                                  stl_layout_ref *out, stl_error *err) {
    stl_layout_refs refs;
    TRY(stl_layout_attr_refs(r, e, name, &refs, err));
    if (refs.count != 1)
        return stl_layout_fail(r, STL_STR(""), "one column", err);
    *out = refs.items[0];
    return SETTLE_OK;
}

static settle_status codes_of(stl_layout_reader *r, const stl_xml_element *e, stl_layout_value *out,
                              stl_error *err) {
    stl_str name;
    TRY(stl_layout_attr(r, e, "codes", &name, err));
    for (size_t i = 0; i < r->layout->n_codes; i++)
        if (stl_str_eq(r->layout->codes[i].name, name))
            out->codes = &r->layout->codes[i];
    if (!stl_str_empty(name) && out->codes == NULL)
        return stl_layout_fail(r, name, "no such codes stand before it", err);
    return SETTLE_OK;
}

static settle_status numbers_of(stl_layout_reader *r, const stl_xml_element *e,
                                stl_layout_value *out, stl_error *err) {
    stl_str modulo, round;
    int64_t decimals = -1;
    TRY(stl_layout_attr(r, e, "modulo", &modulo, err));
    TRY(stl_layout_attr(r, e, "round", &round, err));
    if (!stl_str_empty(modulo))
        TRY(stl_layout_int(r, modulo, &out->modulo, err));
    if (!stl_str_empty(round))
        TRY(stl_layout_int(r, round, &decimals, err));
    if (decimals > STL_SCALE_PRICE)
        return stl_layout_fail(r, round, "round: at most 6 decimals", err);
    out->round = (int)decimals;
    TRY(stl_layout_attr_refs(r, e, "times", &out->times, err));
    TRY(stl_layout_attr_refs(r, e, "per", &out->per, err));
    return stl_layout_attr_refs(r, e, "less", &out->less, err);
}

/* Exactly one of column, text and option says where the value comes from. */
static settle_status source_of(stl_layout_reader *r, const stl_xml_element *e,
                               stl_layout_value *out, stl_error *err) {
    stl_str option;
    out->has_text = stl_layout_has(e, "text");
    out->has_join = stl_layout_has(e, "join");
    TRY(stl_layout_attr(r, e, "text", &out->text, err));
    TRY(stl_layout_attr(r, e, "join", &out->join, err));
    TRY(stl_layout_attr(r, e, "option", &option, err));
    TRY(stl_layout_attr_refs(r, e, "column", &out->columns, err));
    int sources = out->has_text + !stl_str_empty(option) + (out->columns.count > 0);
    if (sources != 1)
        return stl_layout_fail(r, out->name, "one of column, text and option", err);
    if (stl_str_empty(option))
        return SETTLE_OK;
    stl_layout_ref *ref = stl_arena_push(r->arena, (void **)&out->columns.items,
                                         &out->columns.count, &out->columns.cap, sizeof *ref);
    SCOPED_BUF at = {0};
    stl_buf_text(&at, "@");
    stl_buf_str(&at, option);
    TRY_ALLOC(err, ref);
    if (!stl_buf_ok(&at))
        return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    ref->name = stl_arena_str(r->arena, (stl_str){at.ptr, at.len});
    TRY_ALLOC(err, ref->name.ptr);
    return option_ref(r, ref, err);
}

settle_status stl_layout_value_of(stl_layout_reader *r, const stl_xml_element *e,
                                  stl_layout_value *out, stl_error *err) {
    stl_str date;
    *out = (stl_layout_value){.field = -1};
    TRY(stl_layout_attr(r, e, "name", &out->name, err));
    TRY(source_of(r, e, out, err));
    TRY(stl_layout_attr(r, e, "date", &date, err));
    out->date = stl_str_empty(date)           ? STL_DATE_NONE
                : stl_str_is(date, "horolog") ? STL_DATE_HOROLOG
                                              : STL_DATE_CIVIL;
    TRY(stl_layout_attr_refs(r, e, "when", &out->when, err));
    TRY(stl_layout_attr_names(r, e, "is", &out->is, err));
    if ((out->when.count == 0) != (out->is.count == 0))
        return stl_layout_fail(r, out->name, "when and is stand together", err);
    TRY(codes_of(r, e, out, err));
    return numbers_of(r, e, out, err);
}

settle_status stl_layout_keep(stl_layout_reader *r, stl_layout_values *values,
                              const stl_layout_value *made, stl_error *err) {
    stl_layout_value *slot = stl_arena_push(r->arena, (void **)&values->items, &values->count,
                                            &values->cap, sizeof *slot);
    TRY_ALLOC(err, slot);
    *slot = *made;
    return SETTLE_OK;
}
