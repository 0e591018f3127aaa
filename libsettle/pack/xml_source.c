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
    const stl_str *given = stl_xml_attribute_of(element, name);
    *out = STL_STR("");
    return given == NULL ? SETTLE_OK : collapsed(arena, *given, out, err);
}

settle_status stl_source_parse(stl_str xml, const char *name, stl_str schema,
                               const stl_xml_handler *handler, stl_error *err) {
    settle_status status = stl_xml_validate(xml, name, schema, err);
    if (status == SETTLE_OK)
        status = stl_xml_parse(xml, name, (stl_xml_limits){0}, handler, err);
    return stl_xml_restate(status, SETTLE_E_PACK_SOURCE, name, err);
}
