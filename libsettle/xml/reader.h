/* SPDX-License-Identifier: Apache-2.0 */
/* Hardened streaming parse (libxml2 SAX2): no DTD, no entities but the five, no network, limits on
 * size, depth and names. Global state of libxml2 is not touched. */
#ifndef STL_XML_READER_H
#define STL_XML_READER_H

#include "base/error.h"
#include "base/str.h"

typedef struct stl_xml_name {
    stl_str local, prefix, uri; /* empty when none */
} stl_xml_name;

typedef struct stl_xml_attribute {
    stl_xml_name name;
    stl_str value; /* normalised */
} stl_xml_attribute;

typedef struct stl_xml_ns { /* a namespace declaration on the element; prefix "" default */
    stl_str prefix, uri;
} stl_xml_ns;

typedef struct stl_xml_element {
    stl_xml_name name;
    const stl_xml_attribute *attributes;
    size_t n_attributes;
    const stl_xml_ns *declared;
    size_t n_declared;
    int depth; /* 0 the root */
    int64_t line;
} stl_xml_element;

/* The value of an attribute without a namespace; NULL: not there. */
const stl_str *stl_xml_attribute_of(const stl_xml_element *element, const char *name);

/* All texts are borrowed until the callback returns. Any callback may be NULL. A failure stops. */
typedef struct stl_xml_handler {
    settle_status (*open)(void *user, const stl_xml_element *element, stl_error *err);
    settle_status (*text)(void *user, stl_str text, stl_error *err); /* may come in pieces */
    settle_status (*close)(void *user, stl_xml_name name, int depth, stl_error *err);
    settle_status (*pi)(void *user, stl_str target, stl_str data, stl_error *err);
    void *user;
} stl_xml_handler;

typedef struct stl_xml_limits {
    size_t max_bytes; /* 0: 256 MiB */
    int max_depth;    /* 0: 32 */
    bool utf8_only;   /* else GB18030, GBK and GB2312 may be declared too */
} stl_xml_limits;

/* INPUT_XML with file `name`, line, libxml2's code as native and what is wrong as detail (never
 * document content). A DTD, an entity reference other than the five, UTF-16, XML 1.1 or too much of
 * anything is INPUT_XML too; bytes that are not the GB18030 declared are INPUT_ENCODING. Comments
 * are left out silently. */
settle_status stl_xml_parse(stl_str bytes, const char *name, stl_xml_limits limits,
                            const stl_xml_handler *handler, stl_error *err) STL_MUST_CHECK;
/* The same for a file, read in blocks: memory does not grow with it. */
settle_status stl_xml_parse_file(const char *path, stl_xml_limits limits,
                                 const stl_xml_handler *handler, stl_error *err) STL_MUST_CHECK;

/* A document that is no XML or breaks its schema, told as another status; other causes as they are.
 */
settle_status stl_xml_restate(settle_status cause, settle_status as, const char *name,
                              stl_error *err) STL_MUST_CHECK;

/* Validates a small file (pack sources) against an XSD by libxml2; INPUT_SCHEMA with file, line,
 * element and, as detail, attribute and what the schema wants of it (never the value).
 * `schema_text` is the XSD itself. libxml2 sets up its types at the first call in a process,
 * without a lock. */
settle_status stl_xml_validate(stl_str bytes, const char *name, stl_str schema_text,
                               stl_error *err) STL_MUST_CHECK;

#endif
