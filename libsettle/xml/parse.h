/* SPDX-License-Identifier: Apache-2.0 */
/* The parser's state between libxml2's callbacks and ours. */
#ifndef STL_XML_PARSE_H
#define STL_XML_PARSE_H

#include "xml/reader.h"

#include <libxml/parser.h>

enum {
    STL_XML_MAX_ATTRIBUTES = 256,
    STL_XML_MAX_DECLARED = 32,
    STL_XML_MAX_NAME = 256,
    STL_XML_MAX_VALUE = 1024 * 1024
};

/* libxml2 compares the attributes of a tag pair by pair, so their number is bounded before it sees
 * them: by what looks like an assignment in a stretch without '<'. */
typedef struct stl_xml_guard {
    size_t stretch; /* bytes since the last '<' */
    size_t assigned;
    unsigned char last;
} stl_xml_guard;

/* What the first bytes say, before libxml2 sees them: it is never to convert anything, since it
 * reports failures of that to the process. NULL, or why the document is refused. */
enum { STL_XML_HEAD = 256 };
const char *stl_xml_encoding(stl_str head, bool utf8_only, bool *out_gb18030);

/* NULL, or why what has come so far is refused. */
const char *stl_xml_guard_feed(stl_xml_guard *guard, const char *bytes, size_t len);

/* Events that the handler has had before libxml2 begins: start and end tags, and bytes of text
 * behind the last of them. */
typedef struct stl_xml_told {
    size_t tags, text;
} stl_xml_told;

typedef struct stl_xml_parse_state {
    const char *name;
    stl_xml_limits limits;
    const stl_xml_handler *handler;
    stl_error *err;
    settle_status status; /* the first failure */
    xmlParserCtxt *ctxt;
    int depth;
    stl_xml_told told; /* still to be left out */
    stl_xml_attribute attributes[STL_XML_MAX_ATTRIBUTES];
    stl_xml_ns declared[STL_XML_MAX_DECLARED];
} stl_xml_parse_state;

/* UTF-8 through libxml2. */
settle_status stl_xml_read_any(stl_xml_parse_state *state, stl_str bytes) STL_MUST_CHECK;

/* Notes the first failure and stops the parser. */
void stl_xml_refuse(stl_xml_parse_state *state, const char *detail, int native);
extern const xmlSAXHandler STL_XML_SAX;

#endif
