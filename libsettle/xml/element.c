/* SPDX-License-Identifier: Apache-2.0 */
#include "xml/reader.h"

const stl_str *stl_xml_attribute_of(const stl_xml_element *element, const char *name) {
    for (size_t i = 0; i < element->n_attributes; i++)
        if (stl_str_is(element->attributes[i].name.local, name) &&
            stl_str_empty(element->attributes[i].name.uri))
            return &element->attributes[i].value;
    return NULL;
}

settle_status stl_xml_restate(settle_status cause, settle_status as, const char *name,
                              stl_error *err) {
    if (cause != SETTLE_E_INPUT_XML && cause != SETTLE_E_INPUT_SCHEMA)
        return cause;
    if (err == NULL)
        return as;
    stl_error was = *err;
    return FAIL(err, as, .file = name, .line = was.line, .field = was.field, .value = was.value,
                .detail = was.detail, .native = was.native);
}
