/* SPDX-License-Identifier: Apache-2.0 */
/* libxml2's SAX2 callbacks, turned into ours. */
#include "xml/parse.h"

#include <libxml/parserInternals.h>

static void stop(stl_xml_parse_state *state, settle_status status) {
    if (state->status == SETTLE_OK)
        state->status = status;
    if (state->ctxt != NULL)
        xmlStopParser(state->ctxt);
}

static int64_t line_of(const stl_xml_parse_state *state) {
    const xmlParserCtxt *ctxt = state->ctxt;
    return ctxt == NULL || ctxt->input == NULL ? 0 : ctxt->input->line;
}

void stl_xml_refuse(stl_xml_parse_state *state, const char *detail, int native) {
    if (state->status != SETTLE_OK)
        return;
    stop(state, FAIL(state->err, SETTLE_E_INPUT_XML, .file = state->name, .line = line_of(state),
                     .detail = detail, .native = native));
}

static stl_str str_of(const xmlChar *text) {
    return stl_str_of((const char *)text);
}

/* Before the first event is handed on. */
static bool enter(stl_xml_parse_state *state) {
    const xmlChar *version = state->ctxt->version;
    if (state->status == SETTLE_OK && version != NULL && strcmp((const char *)version, "1.0") != 0)
        stl_xml_refuse(state, "only XML 1.0 is read", 0);
    return state->status == SETTLE_OK;
}

/* libxml2 gives the event of a start tag before it has seen its end. */
static bool tag_is_complete(const stl_xml_parse_state *state) {
    const xmlChar *at = state->ctxt->input->cur;
    return at[0] == '>' || (at[0] == '/' && at[1] == '>');
}

/* True: the handler has had this tag. */
static bool had_tag(stl_xml_parse_state *state) {
    if (state->told.tags == 0)
        return false;
    state->told.tags--;
    return true;
}

/* Leaves out what the handler has had of a text. */
static void skip_text(stl_xml_parse_state *state, stl_str *piece) {
    size_t had =
        state->told.tags > 0 || state->told.text > piece->len ? piece->len : state->told.text;
    if (state->told.tags == 0)
        state->told.text -= had;
    piece->ptr += had;
    piece->len -= had;
}

static bool take_attributes(stl_xml_parse_state *state, int count, const xmlChar **raw) {
    for (int i = 0; i < count; i++, raw += 5) {
        stl_xml_attribute *attribute = &state->attributes[i];
        attribute->name = (stl_xml_name){str_of(raw[0]), str_of(raw[1]), str_of(raw[2])};
        attribute->value = (stl_str){(const char *)raw[3], (size_t)(raw[4] - raw[3])};
        if (attribute->value.len > STL_XML_MAX_VALUE ||
            attribute->name.local.len > STL_XML_MAX_NAME) {
            stl_xml_refuse(state, "an attribute is too long", 0);
            return false;
        }
    }
    return true;
}

static void open_element(void *user, const xmlChar *local, const xmlChar *prefix,
                         const xmlChar *uri, int n_declared, const xmlChar **declared,
                         int n_attributes, int n_defaulted, const xmlChar **attributes) {
    stl_xml_parse_state *state = user;
    (void)n_defaulted;
    if (!enter(state) || !tag_is_complete(state))
        return;
    stl_xml_element element = {.name = {str_of(local), str_of(prefix), str_of(uri)},
                               .attributes = state->attributes,
                               .n_attributes = (size_t)n_attributes,
                               .declared = state->declared,
                               .n_declared = (size_t)n_declared,
                               .depth = state->depth++,
                               .line = line_of(state)};
    if (state->depth > state->limits.max_depth)
        return stl_xml_refuse(state, "elements are nested too deeply", 0);
    if (n_attributes > STL_XML_MAX_ATTRIBUTES || n_declared > STL_XML_MAX_DECLARED)
        return stl_xml_refuse(state, "too many attributes", 0);
    if (element.name.local.len > STL_XML_MAX_NAME)
        return stl_xml_refuse(state, "a name is too long", 0);
    for (int i = 0; i < n_declared; i++)
        state->declared[i] = (stl_xml_ns){str_of(declared[2 * i]), str_of(declared[2 * i + 1])};
    if (!take_attributes(state, n_attributes, attributes) || had_tag(state) ||
        state->handler->open == NULL)
        return;
    settle_status status = state->handler->open(state->handler->user, &element, state->err);
    if (status != SETTLE_OK)
        stop(state, status);
}

static void close_element(void *user, const xmlChar *local, const xmlChar *prefix,
                          const xmlChar *uri) {
    stl_xml_parse_state *state = user;
    if (state->status != SETTLE_OK)
        return;
    state->depth--;
    if (had_tag(state) || state->handler->close == NULL)
        return;
    stl_xml_name name = {str_of(local), str_of(prefix), str_of(uri)};
    settle_status status =
        state->handler->close(state->handler->user, name, state->depth, state->err);
    if (status != SETTLE_OK)
        stop(state, status);
}

static void text(void *user, const xmlChar *bytes, int len) {
    stl_xml_parse_state *state = user;
    if (state->status != SETTLE_OK || state->handler->text == NULL)
        return;
    stl_str piece = {(const char *)bytes, (size_t)len};
    skip_text(state, &piece);
    if (piece.len == 0)
        return;
    settle_status status = state->handler->text(state->handler->user, piece, state->err);
    if (status != SETTLE_OK)
        stop(state, status);
}

static void instruction(void *user, const xmlChar *target, const xmlChar *data) {
    stl_xml_parse_state *state = user;
    if (!enter(state) || state->handler->pi == NULL)
        return;
    settle_status status =
        state->handler->pi(state->handler->user, str_of(target), str_of(data), state->err);
    if (status != SETTLE_OK)
        stop(state, status);
}

static void doctype(void *user, const xmlChar *name, const xmlChar *external_id,
                    const xmlChar *system_id) {
    (void)name, (void)external_id, (void)system_id;
    stl_xml_refuse(user, "a DTD is not allowed", 0);
}

/* libxml2's own messages quote the document, so they are replaced. */
static const char *meaning(int code) {
    switch (code) {
    case XML_ERR_DOCUMENT_EMPTY:
    case XML_ERR_DOCUMENT_END:
        return "no XML document, or something follows it";
    case XML_ERR_TAG_NAME_MISMATCH:
    case XML_ERR_TAG_NOT_FINISHED:
        return "an end tag is missing or wrong";
    case XML_ERR_UNDECLARED_ENTITY:
        return "an entity other than the five of XML";
    case XML_ERR_INVALID_CHAR:
    case XML_ERR_INVALID_CHARREF:
        return "a character that XML does not allow";
    case XML_ERR_INVALID_ENCODING:
        return "the encoding is wrong";
    case XML_ERR_ATTRIBUTE_REDEFINED:
    case XML_NS_ERR_ATTRIBUTE_REDEFINED:
        return "an attribute stands twice";
    case XML_NS_ERR_UNDEFINED_NAMESPACE:
        return "a namespace prefix is not declared";
    case XML_ERR_INTERNAL_ERROR:
        return "nested too deeply or too large";
    default:
        return "not well-formed";
    }
}

/* Since libxml2 2.12 the error is const: the cast below serves both. */
static void parser_error(void *user, xmlError *error) {
    stl_xml_parse_state *state = user;
    if (error->level < XML_ERR_ERROR || state->status != SETTLE_OK)
        return;
    if (error->code == XML_ERR_NO_MEMORY)
        stop(state, FAIL(state->err, SETTLE_E_NO_MEMORY, .file = state->name));
    else if (error->code != XML_ERR_USER_STOP)
        stl_xml_refuse(state, meaning(error->code), error->code);
}

const xmlSAXHandler STL_XML_SAX = {.initialized = XML_SAX2_MAGIC,
                                   .internalSubset = doctype,
                                   .startElementNs = open_element,
                                   .endElementNs = close_element,
                                   .characters = text,
                                   .ignorableWhitespace = text,
                                   .cdataBlock = text,
                                   .processingInstruction = instruction,
                                   .serror = (xmlStructuredErrorFunc)parser_error};
