/* SPDX-License-Identifier: Apache-2.0 */
#include "wire/put.h"

#include <stdio.h>

#define FIRST_DAY (-25567) /* 1900-01-01 */

void stl_wire_open(stl_wire_out *o, unsigned element) {
    if (o->status == SETTLE_OK)
        stl_xml_open(&o->xml, STL_ELEMENTS[element].name, STL_ELEMENTS[element].name_len);
}

void stl_wire_shut(stl_wire_out *o) {
    if (o->status == SETTLE_OK)
        stl_xml_close(&o->xml);
}

static void refuse(stl_wire_out *o, const stl_attribute_decl *a, stl_str value) {
    char shown[96], detail[128];
    snprintf(shown, sizeof shown, "%.*s", value.len < 90 ? (int)value.len : 90, value.ptr);
    stl_facet_describe(a->type, detail, sizeof detail);
    o->status = FAIL(o->err, SETTLE_E_INPUT_SCHEMA, .line = o->line, .field = a->name,
                     .value = a->personal ? NULL : shown, .detail = detail);
}

static void absent(stl_wire_out *o, const stl_attribute_decl *a) {
    if (a->required && o->status == SETTLE_OK)
        o->status = FAIL(o->err, SETTLE_E_INPUT_SCHEMA, .line = o->line, .field = a->name,
                         .detail = "the document needs it");
}

void stl_wire_put(stl_wire_out *o, unsigned attribute, stl_str value) {
    const stl_attribute_decl *a = &STL_ATTRIBUTES[attribute];
    if (value.len == 0)
        absent(o, a);
    else if (o->status != SETTLE_OK)
        return;
    else if (stl_facet_ok(a->type, value))
        stl_xml_attr(&o->xml, a->name, a->name_len, value);
    else
        refuse(o, a, value);
}

void stl_wire_put_number(stl_wire_out *o, unsigned attribute, int64_t value) {
    const stl_attribute_decl *a = &STL_ATTRIBUTES[attribute];
    if (value == STL_NONE) {
        absent(o, a);
        return;
    }
    if (o->status != SETTLE_OK)
        return;
    if (!a->type->scaled || !stl_facet_scaled_ok(a->type, value)) {
        char text[STL_DECIMAL_TEXT_MAX];
        size_t len = stl_decimal_format(value, a->type->fraction_digits, text);
        refuse(o, a, (stl_str){text, len});
        return;
    }
    char *to = stl_xml_attr_room(&o->xml, a->name, a->name_len);
    if (to != NULL)
        stl_xml_attr_filled(&o->xml, stl_decimal_format(value, a->type->fraction_digits, to));
}

/* "HH:MM:SS" of a second of the day. */
static void put_clock(char *to, int64_t second) {
    static const uint32_t PLACES[] = {36000, 3600, 600, 60, 10, 1};
    static const uint8_t AT[] = {0, 1, 3, 4, 6, 7};
    uint32_t rest = (uint32_t)second;
    for (size_t i = 0; i < sizeof AT; i++) {
        to[AT[i]] = (char)('0' + rest / PLACES[i]);
        rest %= PLACES[i];
    }
}

/* Times of one day differ in their last eight characters only. */
void stl_wire_put_instant(stl_wire_out *o, unsigned attribute, stl_instant at) {
    const stl_attribute_decl *a = &STL_ATTRIBUTES[attribute];
    if (at == STL_NONE) {
        absent(o, a);
        return;
    }
    if (o->status != SETTLE_OK)
        return;
    stl_day day = stl_instant_day(at);
    if (day != o->day) {
        stl_str text = {o->instant, stl_instant_format(day * STL_DAY_SECONDS, o->instant)};
        o->day = day;
        o->day_ok = FIRST_DAY <= day && day <= STL_DAY_FOREVER && stl_facet_ok(a->type, text);
    }
    if (!o->day_ok) {
        char text[STL_DATE_TEXT_MAX];
        refuse(o, a, (stl_str){text, stl_instant_format(at, text)});
        return;
    }
    char *to = stl_xml_attr_room(&o->xml, a->name, a->name_len);
    if (to == NULL)
        return;
    memcpy(to, o->instant, sizeof o->instant);
    put_clock(to + 11, at - day * STL_DAY_SECONDS);
    stl_xml_attr_filled(&o->xml, 19);
}

void stl_wire_put_flag(stl_wire_out *o, unsigned attribute, bool value) {
    stl_wire_put(o, attribute, value ? STL_STR("true") : STL_STR("false"));
}

/* A day or number that has no text is not the same as none. */
static void put_field(stl_wire_out *o, unsigned attribute, const stl_field *field,
                      const void *record, stl_str text) {
    int64_t number = STL_NONE;
    if (field->kind != STL_F_TEXT)
        memcpy(&number, (const char *)record + field->offset, sizeof number);
    if (text.len == 0 && number != STL_NONE && o->status == SETTLE_OK)
        refuse(o, &STL_ATTRIBUTES[attribute], text);
    else
        stl_wire_put(o, attribute, text);
}

void stl_wire_put_record(stl_wire_out *o, unsigned element, stl_record_kind kind,
                         const void *record) {
    const stl_element_decl *e = &STL_ELEMENTS[element];
    const stl_record_type *type = &STL_RECORD_TYPES[kind];
    stl_wire_open(o, element);
    for (unsigned i = 0; i < e->n_attributes; i++) {
        unsigned attribute = e->first_attribute + i;
        const char *name = STL_ATTRIBUTES[attribute].name;
        int field = stl_record_field(type, stl_str_of(name));
        char scratch[STL_DECIMAL_TEXT_MAX];
        if (field >= 0)
            put_field(o, attribute, &type->fields[field], record,
                      stl_record_get(type, (size_t)field, record, scratch));
        else if (STL_ATTRIBUTES[attribute].required && o->status == SETTLE_OK)
            o->status =
                FAIL(o->err, SETTLE_E_INTERNAL, .field = name, .detail = "no field of that name");
    }
}
