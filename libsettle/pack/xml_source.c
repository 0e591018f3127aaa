/* SPDX-License-Identifier: Apache-2.0 */
#include "pack/xml_source.h"

#include <settle/status.h>

static settle_status collapsed(stl_arena *arena, stl_str text, stl_str *out, stl_error *err) {
    char *to = stl_arena_alloc(arena, text.len + 1);
    TRY_ALLOC(err, to);
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++) {
        bool blank = strchr(" \t\r\n", text.ptr[i]) != NULL;
        if (!blank)
            to[len++] = text.ptr[i];
        else if (len > 0 && to[len - 1] != ' ')
            to[len++] = ' ';
    }
    if (len > 0 && to[len - 1] == ' ')
        len--;
    to[len] = '\0';
    *out = (stl_str){to, len};
    return SETTLE_OK;
}

settle_status stl_source_attribute(stl_arena *arena, const stl_xml_element *element,
                                   const char *name, stl_str *out, stl_error *err) {
    *out = STL_STR("");
    for (size_t i = 0; i < element->n_attributes; i++)
        if (stl_str_is(element->attributes[i].name.local, name))
            return collapsed(arena, element->attributes[i].value, out, err);
    return SETTLE_OK;
}

static settle_status restate(settle_status cause, const char *name, stl_error *err) {
    if (cause != SETTLE_E_INPUT_XML && cause != SETTLE_E_INPUT_SCHEMA)
        return cause;
    if (err == NULL)
        return SETTLE_E_PACK_SOURCE;
    stl_error was = *err;
    return FAIL(err, SETTLE_E_PACK_SOURCE, .file = name, .line = was.line, .field = was.field,
                .value = was.value, .detail = was.detail, .native = was.native);
}

settle_status stl_source_parse(stl_str xml, const char *name, stl_str schema,
                               const stl_xml_handler *handler, stl_error *err) {
    TRY(restate(stl_xml_validate(xml, name, schema, err), name, err));
    return restate(stl_xml_parse(xml, name, (stl_xml_limits){0}, handler, err), name, err);
}
