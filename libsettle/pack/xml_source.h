/* SPDX-License-Identifier: Apache-2.0 */
/* XML files of a pack's source tree: validated, then parsed; every mistake is PACK_SOURCE. */
#ifndef STL_PACK_XML_SOURCE_H
#define STL_PACK_XML_SOURCE_H

#include "base/mem.h"
#include "xml/reader.h"

settle_status stl_source_parse(stl_str xml, const char *name, stl_str schema,
                               const stl_xml_handler *handler, stl_error *err) STL_MUST_CHECK;

/* As xs:token: no blanks at the ends, one between words. Empty when the attribute is absent. */
settle_status stl_source_attribute(stl_arena *arena, const stl_xml_element *element,
                                   const char *name, stl_str *out, stl_error *err) STL_MUST_CHECK;

#endif
