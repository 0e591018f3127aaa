/* SPDX-License-Identifier: Apache-2.0 */
/* What a name and a value of a layout are in a row. */
#include "load/foreign_date.h"
#include "load/layout_run.h"

#include <stdio.h>

bool stl_layout_is_personal(const stl_layout_records *records, stl_str column) {
    for (size_t i = 0; i < records->fields.count; i++) {
        const stl_layout_value *v = &records->fields.items[i];
        if ((records->type->fields[v->field].flags & STL_FIELD_PERSONAL) == 0)
            continue;
        for (size_t k = 0; k < v->columns.count; k++)
            if (stl_str_eq(v->columns.items[k].name, column))
                return true;
    }
    return false;
}

void stl_layout_row_place(const stl_layout_row *row, char *out, size_t cap) {
    int len = snprintf(out, cap, "%s", row->data->rows[row->at].place);
    for (size_t i = 0; i < row->records->key.count && (size_t)len < cap - 1; i++) {
        const stl_layout_ref *ref = &row->records->key.items[i];
        stl_str text = stl_layout_is_personal(row->records, ref->name) ? STL_STR("***")
                                                                       : stl_layout_get(row, ref);
        int more = snprintf(out + len, cap - (size_t)len, " %.*s=%.*s", (int)ref->name.len,
                            ref->name.ptr, (int)text.len, text.len == 0 ? "" : text.ptr);
        len += more < 0 ? 0 : more;
    }
}

settle_status stl_layout_row_fail(const stl_layout_row *row, settle_status status, stl_str column,
                                  const stl_str *value, const char *detail, stl_error *err) {
    char place[192], field[64], shown[96];
    stl_layout_row_place(row, place, sizeof place);
    snprintf(field, sizeof field, "%.*s", (int)column.len, column.len == 0 ? "" : column.ptr);
    if (value != NULL && stl_layout_is_personal(row->records, column))
        value = NULL;
    if (value != NULL)
        snprintf(shown, sizeof shown, "%.*s", (int)(value->len < 90 ? value->len : 90),
                 value->len == 0 ? "" : value->ptr);
    return FAIL(err, status, .file = place, .line = row->data->rows[row->at].line, .field = field,
                .value = value == NULL ? NULL : shown, .detail = detail);
}

static stl_str trimmed(stl_str text) {
    while (text.len > 0 && text.ptr[text.len - 1] == ' ')
        text.len--;
    return text;
}

stl_str stl_layout_get(const stl_layout_row *row, const stl_layout_ref *ref) {
    const stl_str *cells = ref->kind == STL_REF_COLUMN ? row->base : NULL;
    if (ref->kind == STL_REF_LET)
        return row->lets[ref->index];
    if (ref->kind == STL_REF_OPTION)
        return row->run->layout->options[ref->index].value;
    if (ref->kind == STL_REF_JOINED)
        cells = row->joined[ref->index];
    return cells == NULL ? (stl_str){NULL, 0} : trimmed(cells[ref->column]);
}

stl_str stl_layout_joined(const stl_str *parts, size_t n, stl_arena *arena) {
    size_t len = n;
    for (size_t i = 0; i < n; i++)
        len += parts[i].len;
    char *text = stl_arena_alloc(arena, len + 1), *to = text;
    for (size_t i = 0; text != NULL && i < n; i++) {
        if (parts[i].len > 0)
            memcpy(to, parts[i].ptr, parts[i].len);
        to += parts[i].len;
        *to++ = '\x1f';
    }
    return (stl_str){text, len};
}

stl_str stl_layout_key(const stl_layout_row *row, const stl_layout_refs *refs) {
    stl_str parts[STL_LAYOUT_KEY];
    size_t n = refs->count < STL_LAYOUT_KEY ? refs->count : STL_LAYOUT_KEY;
    for (size_t i = 0; i < n; i++)
        parts[i] = stl_layout_get(row, &refs->items[i]);
    return n == 0 ? STL_STR("") : stl_layout_joined(parts, n, row->run->arena);
}

static bool is_never(const stl_layout *layout, stl_str text) {
    stl_instant at, never;
    if (layout->never.count == 0 || !stl_foreign_instant(text, 0, &at))
        return false;
    for (size_t i = 0; i < layout->never.count; i++)
        if (stl_foreign_instant(layout->never.items[i], 0, &never) &&
            stl_instant_day(never) == stl_instant_day(at))
            return true;
    return false;
}

static bool is_zero(stl_str text) {
    stl_rational number;
    return stl_str_empty(text) || (stl_rational_parse(text, &number) && number.num == 0);
}

static bool is_word(const stl_layout_run *run, stl_str word, stl_str text) {
    if (word.len > 1 && word.ptr[0] == '@') {
        for (size_t i = 0; i < run->layout->n_options; i++)
            if (stl_str_eq(run->layout->options[i].name, (stl_str){word.ptr + 1, word.len - 1}))
                return stl_str_eq(run->layout->options[i].value, text);
        return false;
    }
    if (stl_str_is(word, "null"))
        return stl_str_empty(text);
    if (stl_str_is(word, "set"))
        return !stl_str_empty(text);
    if (stl_str_is(word, "never"))
        return stl_str_empty(text) || is_never(run->layout, text);
    if (stl_str_is(word, "date"))
        return !stl_str_empty(text) && !is_never(run->layout, text);
    if (stl_str_is(word, "zero"))
        return is_zero(text);
    if (stl_str_is(word, "nonzero"))
        return !is_zero(text);
    return stl_str_eq(word, text);
}

bool stl_names_have(const stl_names *names, const stl_layout_run *run, stl_str text) {
    for (size_t i = 0; i < names->count; i++)
        if (is_word(run, names->items[i], text))
            return true;
    return false;
}

settle_status stl_layout_state_of(const stl_layout_row *row, const stl_layout_states *states,
                                  bool *keep, stl_error *err) {
    *keep = true;
    for (size_t i = 0; i < states->count; i++) {
        const stl_layout_state *state = &states->items[i];
        stl_str text = stl_layout_get(row, &state->column);
        if (stl_names_have(&state->keep, row->run, text))
            continue;
        *keep = false;
        if (!stl_names_have(&state->drop, row->run, text))
            return stl_layout_row_fail(row, SETTLE_E_INPUT_CODE, state->column.name, &text,
                                       "a state that the layout does not know", err);
        for (size_t k = 0; k < state->worth.count; k++) {
            text = stl_layout_get(row, &state->worth.items[k]);
            if (!is_zero(text))
                return stl_layout_row_fail(row, SETTLE_E_INPUT_NETTING, state->worth.items[k].name,
                                           &text, "a row that does not count bears an amount", err);
        }
    }
    return SETTLE_OK;
}

/* The first column that is not empty (nor a date that means none); or all of them, beginning with
 * one that is not. */
static settle_status source_text(const stl_layout_row *row, const stl_layout_value *v, stl_str *out,
                                 stl_error *err) {
    *out = v->has_text ? v->text : STL_STR("");
    if (!v->has_join) {
        for (size_t i = 0; i < v->columns.count && stl_str_empty(*out); i++) {
            *out = stl_layout_get(row, &v->columns.items[i]);
            if (v->date != STL_DATE_NONE && is_never(row->run->layout, *out))
                *out = STL_STR("");
        }
        return SETTLE_OK;
    }
    SCOPED_BUF all = {0};
    for (size_t i = 0; i < v->columns.count; i++) {
        stl_str text = stl_layout_get(row, &v->columns.items[i]);
        if (stl_str_empty(text) && i == 0)
            return SETTLE_OK;
        if (i > 0 && !stl_str_empty(text))
            stl_buf_str(&all, v->join);
        stl_buf_str(&all, text);
    }
    if (!stl_buf_ok(&all))
        return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    *out = stl_arena_str(row->run->arena, (stl_str){all.ptr, all.len});
    TRY_ALLOC(err, out->ptr);
    return SETTLE_OK;
}

stl_str stl_layout_column_of(const stl_layout_value *v) {
    return v->columns.count > 0 ? v->columns.items[0].name : v->name;
}

static settle_status as_date(const stl_layout_row *row, const stl_layout_value *v, stl_str *text,
                             stl_error *err) {
    stl_instant at;
    bool day = v->field >= 0 && row->records->type->fields[v->field].kind == STL_F_DAY;
    char civil[STL_DATE_TEXT_MAX];
    bool good = (v->date == STL_DATE_HOROLOG && stl_horolog_instant(*text, &at)) ||
                stl_foreign_instant(*text, stl_adapter_offset(row->run->ask->site), &at);
    if (!good)
        return stl_layout_row_fail(row, SETTLE_E_INPUT_DATE, stl_layout_column_of(v), text, NULL,
                                   err);
    size_t len = day ? stl_day_format(stl_instant_day(at), civil) : stl_instant_format(at, civil);
    *text = stl_arena_str(row->run->arena, (stl_str){civil, len});
    TRY_ALLOC(err, text->ptr);
    if (is_never(row->run->layout, *text))
        *text = STL_STR("");
    return SETTLE_OK;
}

static settle_status as_code(const stl_layout_row *row, const stl_layout_value *v, stl_str *text,
                             stl_error *err) {
    const stl_layout_codes *codes = v->codes;
    for (size_t i = 0; i < codes->count; i++)
        if (stl_str_eq(codes->items[i].from, *text)) {
            *text = codes->items[i].to;
            return SETTLE_OK;
        }
    if (codes->otherwise == STL_CODES_EMPTY)
        *text = STL_STR("");
    if (codes->otherwise != STL_CODES_REFUSE || stl_str_empty(*text))
        return SETTLE_OK;
    return stl_layout_row_fail(row, SETTLE_E_INPUT_CODE, stl_layout_column_of(v), text,
                               "not among the codes of the layout", err);
}

/* Of a let what it comes to is told as exactly as any field could hold it. */
static int scale_of(const stl_layout_row *row, const stl_layout_value *v) {
    return v->field < 0 ? STL_SCALE_PRICE
                        : stl_field_scale(row->records->type->fields[v->field].kind);
}

static bool computes(const stl_layout_value *v) {
    return v->times.count + v->per.count + v->less.count > 0 || v->modulo > 0 || v->round >= 0;
}

typedef bool operation(stl_rational a, stl_rational b, stl_rational *out);

static settle_status apply(const stl_layout_row *row, const stl_layout_refs *refs, operation *op,
                           stl_rational *number, stl_error *err) {
    for (size_t i = 0; i < refs->count; i++) {
        stl_str text = stl_layout_get(row, &refs->items[i]);
        stl_rational other;
        if (stl_str_empty(text))
            continue;
        if (!stl_rational_parse(text, &other))
            return stl_layout_row_fail(row, SETTLE_E_INPUT_NUMBER, refs->items[i].name, &text, NULL,
                                       err);
        if (!op(*number, other, number))
            return stl_layout_row_fail(row, SETTLE_E_INPUT_RANGE, refs->items[i].name, &text, NULL,
                                       err);
    }
    return SETTLE_OK;
}

static bool subtract(stl_rational a, stl_rational b, stl_rational *out) {
    b.num = -b.num;
    return stl_rational_add(a, b, out);
}

static settle_status as_number(const stl_layout_row *row, const stl_layout_value *v, int scale,
                               bool *exact, stl_str *text, stl_error *err) {
    stl_rational number;
    if (!stl_rational_parse(*text, &number))
        return stl_layout_row_fail(row, SETTLE_E_INPUT_NUMBER, stl_layout_column_of(v), text, NULL,
                                   err);
    TRY(apply(row, &v->less, subtract, &number, err));
    TRY(apply(row, &v->times, stl_rational_mul, &number, err));
    TRY(apply(row, &v->per, stl_rational_div, &number, err));
    if (v->modulo > 0 && number.den == 1)
        number.num %= v->modulo;
    int64_t fixed;
    bool whole;
    int decimals = v->round >= 0 && v->round < scale ? v->round : scale;
    if (!stl_rational_fixed(number, decimals, &fixed, &whole))
        return stl_layout_row_fail(row, SETTLE_E_INPUT_RANGE, stl_layout_column_of(v), text, NULL,
                                   err);
    if (exact != NULL)
        *exact = whole || v->round >= 0;
    else if (!whole && v->round < 0)
        return stl_layout_row_fail(row, SETTLE_E_INPUT_RANGE, stl_layout_column_of(v), text,
                                   "more decimals than the field has", err);
    char canonical[STL_DECIMAL_TEXT_MAX];
    size_t len = stl_decimal_format_short(fixed, decimals, 0, canonical);
    *text = stl_arena_str(row->run->arena, (stl_str){canonical, len});
    TRY_ALLOC(err, text->ptr);
    return SETTLE_OK;
}

settle_status stl_layout_eval(const stl_layout_row *row, const stl_layout_value *v, bool *exact,
                              stl_str *out, stl_error *err) {
    *out = STL_STR("");
    if (exact != NULL)
        *exact = true;
    if (v->when.count > 0 &&
        !stl_names_have(&v->is, row->run, stl_layout_get(row, &v->when.items[0])))
        return SETTLE_OK;
    TRY(source_text(row, v, out, err));
    if (v->codes != NULL)
        TRY(as_code(row, v, out, err));
    if (stl_str_empty(*out))
        return SETTLE_OK;
    if (v->date != STL_DATE_NONE)
        return as_date(row, v, out, err);
    int scale = scale_of(row, v);
    if (scale < 0 || (v->field < 0 && !computes(v)))
        return SETTLE_OK;
    return as_number(row, v, scale, exact, out, err);
}

settle_status stl_layout_let(stl_layout_row *row, stl_error *err) {
    const stl_layout_values *lets = &row->records->lets;
    for (size_t i = 0; i < lets->count; i++)
        TRY(stl_layout_eval(row, &lets->items[i], NULL, &row->lets[i], err));
    return SETTLE_OK;
}
