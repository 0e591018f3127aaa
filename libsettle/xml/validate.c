/* SPDX-License-Identifier: Apache-2.0 */
#include "xml/reader.h"

#include <libxml/parser.h>
#include <libxml/xmlschemas.h>
#include <stdio.h>
#include <string.h>

typedef struct fault {
    int code;
    int line;
    char element[64];
    char detail[160];
} fault;

/* Only these messages never quote a value of the document. */
static bool is_structural(int code) {
    switch (code) {
    case XML_SCHEMAV_ELEMENT_CONTENT:
    case XML_SCHEMAV_CVC_ELT_1:
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_2_1:
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_2_2:
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_2_3:
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_3_2_1:
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_3_2_2:
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_4:
        return true;
    default:
        return false;
    }
}

/* What the schema wants, behind "The value '...' is not": the last one, for a value may say it too.
 */
static const char *wanted(const char *facet) {
    static const char behind_value[] = "' is not ";
    const char *found = NULL;
    for (const char *at = facet; (at = strstr(at, behind_value)) != NULL; at++)
        found = at + strlen("' ");
    return found;
}

static void describe_facet(fault *first, const char *message, const char *facet) {
    const char *attribute = strstr(message, "attribute '"), *is_not = wanted(facet);
    bool named = attribute != NULL && attribute < facet;
    int name = named ? (int)(facet - attribute) - (int)strlen(": ") : 0;
    if (!named)
        attribute = "";
    if (is_not != NULL)
        snprintf(first->detail, sizeof first->detail, "%.*s%s%s", name, attribute,
                 name > 0 ? " " : "", is_not);
    else
        snprintf(first->detail, sizeof first->detail, "%.*s%s%.*s", name, attribute,
                 name > 0 ? ": " : "", (int)strcspn(facet + 1, "]"), facet + 1);
}

static void describe(fault *first, const char *message) {
    const char *text = strstr(message, "': ");
    text = text == NULL ? message : text + 3;
    const char *facet = strstr(message, "[facet '");
    if (facet != NULL)
        describe_facet(first, message, facet);
    else if (is_structural(first->code))
        snprintf(first->detail, sizeof first->detail, "%s", text);
    else
        snprintf(first->detail, sizeof first->detail, "not valid for its type or identity rule");
    size_t len = strlen(first->detail);
    if (len > 0 && first->detail[len - 1] == '\n')
        first->detail[len - 1] = '\0';
}

static void note_fault(void *user, xmlError *error) {
    fault *first = user;
    const xmlNode *node = error->node;
    if (first->code != 0)
        return;
    first->code = error->code;
    first->line = error->line;
    if (node != NULL && node->name != NULL)
        snprintf(first->element, sizeof first->element, "%s", (const char *)node->name);
    describe(first, error->message == NULL ? "" : error->message);
}

static void schema_parser_cleanup(xmlSchemaParserCtxt **parser) {
    xmlSchemaFreeParserCtxt(*parser);
}

static void schema_cleanup(xmlSchema **schema) {
    xmlSchemaFree(*schema);
}

static void valid_cleanup(xmlSchemaValidCtxt **valid) {
    xmlSchemaFreeValidCtxt(*valid);
}

static void doc_cleanup(xmlDoc **doc) {
    if (*doc != NULL)
        xmlFreeDoc(*doc);
}

static xmlSchema *read_schema(stl_str text, fault *first) {
    __attribute__((cleanup(schema_parser_cleanup))) xmlSchemaParserCtxt *parser =
        xmlSchemaNewMemParserCtxt(text.ptr, (int)text.len);
    if (parser == NULL)
        return NULL;
    xmlSchemaSetParserStructuredErrors(parser, (xmlStructuredErrorFunc)note_fault, first);
    return xmlSchemaParse(parser);
}

settle_status stl_xml_validate(stl_str bytes, const char *name, stl_str schema_text,
                               stl_error *err) {
    static const stl_xml_handler nothing = {0};
    fault first = {0};
    TRY(stl_xml_parse(bytes, name, (stl_xml_limits){.utf8_only = true}, &nothing, err));
    __attribute__((cleanup(schema_cleanup))) xmlSchema *schema = read_schema(schema_text, &first);
    if (schema == NULL)
        return FAIL(err, SETTLE_E_INTERNAL, .file = "schema", .line = first.line,
                    .field = first.element, .native = first.code, .detail = first.detail);
    __attribute__((cleanup(valid_cleanup))) xmlSchemaValidCtxt *valid =
        xmlSchemaNewValidCtxt(schema);
    TRY_ALLOC(err, valid);
    __attribute__((cleanup(doc_cleanup))) xmlDoc *doc =
        xmlReadMemory(bytes.ptr, (int)bytes.len, NULL, NULL,
                      XML_PARSE_NONET | XML_PARSE_NOENT | XML_PARSE_IGNORE_ENC | XML_PARSE_NOERROR |
                          XML_PARSE_NOWARNING);
    TRY_ALLOC(err, doc);
    xmlSchemaSetValidStructuredErrors(valid, (xmlStructuredErrorFunc)note_fault, &first);
    int verdict = xmlSchemaValidateDoc(valid, doc);
    if (verdict == 0)
        return SETTLE_OK;
    xmlResetLastError();
    return FAIL(err, verdict > 0 ? SETTLE_E_INPUT_SCHEMA : SETTLE_E_INTERNAL, .file = name,
                .line = first.line, .field = first.element, .native = first.code,
                .detail = first.detail);
}
