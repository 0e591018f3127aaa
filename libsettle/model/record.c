/* SPDX-License-Identifier: Apache-2.0 */
#include "model/record.h"

#include "base/text.h"

#include <stddef.h>

enum { TEXT_MAX_DEFAULT = 200, VALUE_SHOWN = 128, RATIO_MAX = 99999 };

static void *cell_of(void *record, const stl_field *field) {
    return (char *)record + field->offset;
}

static const void *cell_in(const void *record, const stl_field *field) {
    return (const char *)record + field->offset;
}

static int64_t number_in(const void *record, const stl_field *field) {
    return *(const int64_t *)cell_in(record, field);
}

static stl_str text_in(const void *record, const stl_field *field) {
    return *(const stl_str *)cell_in(record, field);
}

int stl_field_scale(stl_field_kind kind) {
    switch (kind) {
    case STL_F_MONEY:
        return STL_SCALE_MONEY;
    case STL_F_PRICE:
        return STL_SCALE_PRICE;
    case STL_F_QTY:
        return STL_SCALE_QTY;
    case STL_F_RATIO:
        return STL_SCALE_RATIO;
    case STL_F_INT:
        return 0;
    default:
        return -1;
    }
}

int stl_record_field(const stl_record_type *type, stl_str name) {
    for (size_t i = 0; i < type->n_fields; i++)
        if (stl_str_is(name, type->fields[i].name))
            return (int)i;
    return -1;
}

static settle_status refuse(const stl_field *field, settle_status status, stl_str text,
                            stl_error *err) {
    char shown[VALUE_SHOWN] = "";
    size_t len = text.len < sizeof shown ? text.len : sizeof shown - 1;
    bool personal = (field->flags & STL_FIELD_PERSONAL) != 0;
    if (!personal && len > 0)
        memcpy(shown, text.ptr, len);
    return FAIL(err, status, .field = field->name, .value = personal ? NULL : shown);
}

static bool too_long(const stl_field *field, stl_str text) {
    size_t max = field->max_len == 0 ? TEXT_MAX_DEFAULT : field->max_len;
    return text.len > max && stl_utf8_count(text) > max;
}

static settle_status set_text(const stl_field *field, stl_str text, void *record, stl_arena *arena,
                              stl_error *err) {
    if (too_long(field, text))
        return refuse(field, SETTLE_E_INPUT_TOO_LONG, text, err);
    stl_str copy = stl_str_empty(text) ? STL_STR("") : stl_arena_str(arena, text);
    TRY_ALLOC(err, copy.ptr);
    *(stl_str *)cell_of(record, field) = copy;
    return SETTLE_OK;
}

static settle_status parse_number(stl_field_kind kind, stl_str text, int64_t *out) {
    if (kind == STL_F_INSTANT)
        return stl_instant_parse(text, out);
    if (kind == STL_F_DAY)
        return stl_day_parse(text, out);
    int64_t value;
    TRY(stl_decimal_parse(text, stl_field_scale(kind), &value));
    if (kind == STL_F_RATIO && (value > RATIO_MAX || value < -RATIO_MAX))
        return SETTLE_E_INPUT_RANGE;
    *out = value;
    return SETTLE_OK;
}

settle_status stl_record_set(const stl_record_type *type, size_t field, stl_str text, void *record,
                             stl_arena *arena, stl_error *err) {
    const stl_field *f = &type->fields[field];
    if (f->kind == STL_F_TEXT)
        return set_text(f, text, record, arena, err);
    int64_t value = STL_NONE;
    settle_status status = stl_str_empty(text) ? SETTLE_OK : parse_number(f->kind, text, &value);
    if (status != SETTLE_OK)
        return refuse(f, status, text, err);
    *(int64_t *)cell_of(record, f) = value;
    return SETTLE_OK;
}

stl_str stl_record_get(const stl_record_type *type, size_t field, const void *record,
                       char scratch[static STL_DECIMAL_TEXT_MAX]) {
    const stl_field *f = &type->fields[field];
    if (f->kind == STL_F_TEXT)
        return text_in(record, f);
    int64_t value = number_in(record, f);
    if (value == STL_NONE)
        return STL_STR("");
    if (f->kind == STL_F_INSTANT)
        return (stl_str){scratch, stl_instant_format(value, scratch)};
    if (f->kind == STL_F_DAY)
        return (stl_str){scratch, stl_day_format(value, scratch)};
    return (stl_str){scratch, stl_decimal_format(value, stl_field_scale(f->kind), scratch)};
}

bool stl_record_same(const stl_record_type *type, const void *a, const void *b) {
    for (size_t i = 0; i < type->n_fields; i++) {
        const stl_field *f = &type->fields[i];
        bool same = f->kind == STL_F_TEXT ? stl_str_eq(text_in(a, f), text_in(b, f))
                                          : number_in(a, f) == number_in(b, f);
        if (!same)
            return false;
    }
    return true;
}

void stl_record_init(const stl_record_type *type, void *record) {
    for (size_t i = 0; i < type->n_fields; i++) {
        const stl_field *f = &type->fields[i];
        if (f->kind != STL_F_TEXT)
            *(int64_t *)cell_of(record, f) = STL_NONE;
    }
}

settle_status stl_record_require(const stl_record_type *type, const void *record, stl_error *err) {
    for (size_t i = 0; i < type->n_fields; i++) {
        const stl_field *f = &type->fields[i];
        if ((f->flags & STL_FIELD_IDENTITY) == 0)
            continue;
        bool empty = f->kind == STL_F_TEXT ? stl_str_empty(text_in(record, f))
                                           : number_in(record, f) == STL_NONE;
        if (empty)
            return FAIL(err, SETTLE_E_INPUT_MISSING, .field = f->name);
    }
    return SETTLE_OK;
}
