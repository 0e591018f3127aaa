/* SPDX-License-Identifier: Apache-2.0 */
#include "load/source.h"

#include "base/json.h"

typedef struct writer {
    const stl_stay *stay;
    stl_json json;
    size_t extra; /* the first extra of the kind that is not yet written */
} writer;

static void write_extras(writer *w, const stl_record_type *type, size_t index) {
    const stl_stay *stay = w->stay;
    for (; w->extra < stay->n_extras; w->extra++) {
        const stl_extra *extra = &stay->extras[w->extra];
        if (extra->type != type)
            continue;
        if (extra->index != index)
            return;
        stl_json_put_str(&w->json, extra->name.ptr, extra->value);
    }
}

/* Empty fields are left out, except those without which a record is refused. */
static void write_record(writer *w, const stl_record_type *type, size_t index, const void *record) {
    char scratch[STL_DECIMAL_TEXT_MAX];
    stl_json_object(&w->json);
    for (size_t i = 0; i < type->n_fields; i++) {
        stl_str text = stl_record_get(type, i, record, scratch);
        if (!stl_str_empty(text) || (type->fields[i].flags & STL_FIELD_COLUMN) != 0)
            stl_json_put_str(&w->json, type->fields[i].name, text);
    }
    write_extras(w, type, index);
    stl_json_object_end(&w->json);
}

void stl_stay_to_json(const stl_stay *stay, stl_buf *out) {
    writer w = {.stay = stay, .json = {.out = out}};
    stl_json_object(&w.json);
    stl_json_key(&w.json, "stay");
    write_record(&w, &STL_RECORD_TYPES[STL_R_STAY], 0, &stay->head);
    for (int kind = STL_R_STAY + 1; kind < STL_R_KINDS; kind++) {
        if (!stay->given[kind])
            continue;
        const stl_record_type *type = &STL_RECORD_TYPES[kind];
        w.extra = 0;
        stl_json_key(&w.json, type->stem);
        stl_json_array(&w.json);
        for (size_t i = 0; i < stay->rows[kind].count; i++)
            write_record(&w, type, i, (const char *)stay->rows[kind].items + i * type->size);
        stl_json_array_end(&w.json);
    }
    stl_json_object_end(&w.json);
}
