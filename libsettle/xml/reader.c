/* SPDX-License-Identifier: Apache-2.0 */
#include "xml/parse.h"

#include <errno.h>
#include <limits.h>
#include <libxml/parserInternals.h>
#include <stdio.h>

enum { LONG_STRETCH = 4096, DEFAULT_DEPTH = 32, DEFAULT_BYTES = 256 * 1024 * 1024 };

static size_t count_assignments(stl_xml_guard *guard, const char *bytes, size_t len) {
    size_t n = 0;
    for (size_t i = 0; i < len; i++) {
        unsigned char byte = (unsigned char)bytes[i];
        if (byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r')
            continue;
        if (guard->last == '=' && (byte == '"' || byte == '\''))
            n++;
        guard->last = byte;
    }
    return n;
}

bool stl_xml_guard_feed(stl_xml_guard *guard, const char *bytes, size_t len) {
    while (len > 0) {
        const char *tag = memchr(bytes, '<', len);
        size_t piece = tag == NULL ? len : (size_t)(tag - bytes);
        guard->stretch += piece;
        if (guard->stretch > LONG_STRETCH)
            guard->assigned += count_assignments(guard, bytes, piece);
        if (guard->assigned > STL_XML_MAX_ATTRIBUTES)
            return false;
        if (tag == NULL)
            return true;
        *guard = (stl_xml_guard){0};
        bytes += piece + 1;
        len -= piece + 1;
    }
    return true;
}

static bool looks_wide(const char *bytes, size_t len) {
    return len >= 2 && (memcmp(bytes, "\xFE\xFF", 2) == 0 || memcmp(bytes, "\xFF\xFE", 2) == 0 ||
                        bytes[0] == '\0' || bytes[1] == '\0');
}

static stl_xml_limits with_defaults(stl_xml_limits limits) {
    if (limits.max_bytes == 0)
        limits.max_bytes = DEFAULT_BYTES;
    if (limits.max_depth == 0)
        limits.max_depth = DEFAULT_DEPTH;
    return limits;
}

/* The parser's own error record quotes the document: it does not outlive the call. */
static settle_status run(stl_xml_parse_state *state, xmlParserCtxt *ctxt) {
    if (ctxt == NULL)
        return FAIL(state->err, SETTLE_E_NO_MEMORY, .file = state->name);
    state->ctxt = ctxt;
    *ctxt->sax = STL_XML_SAX;
    ctxt->userData = state;
    xmlCtxtUseOptions(ctxt, XML_PARSE_NONET | XML_PARSE_NOENT);
    int failed = xmlParseDocument(ctxt);
    if (state->status == SETTLE_OK && (failed != 0 || !ctxt->wellFormed || !ctxt->nsWellFormed))
        stl_xml_refuse(state, "not well-formed", ctxt->errNo);
    if (state->status != SETTLE_OK)
        xmlResetLastError();
    if (ctxt->myDoc != NULL)
        xmlFreeDoc(ctxt->myDoc);
    xmlFreeParserCtxt(ctxt);
    state->ctxt = NULL;
    return state->status;
}

settle_status stl_xml_parse(stl_str bytes, const char *name, stl_xml_limits limits,
                            const stl_xml_handler *handler, stl_error *err) {
    stl_xml_parse_state state = {
        .name = name, .limits = with_defaults(limits), .handler = handler, .err = err};
    stl_xml_guard guard = {0};
    if (bytes.len == 0)
        return FAIL(err, SETTLE_E_INPUT_XML, .file = name, .detail = "the document is empty");
    if (bytes.len > state.limits.max_bytes || bytes.len > INT_MAX)
        return FAIL(err, SETTLE_E_INPUT_XML, .file = name, .detail = "the document is too large");
    if (looks_wide(bytes.ptr, bytes.len))
        return FAIL(err, SETTLE_E_INPUT_XML, .file = name, .line = 1,
                    .detail = "UTF-16 and UTF-32 are not read");
    if (!stl_xml_guard_feed(&guard, bytes.ptr, bytes.len))
        return FAIL(err, SETTLE_E_INPUT_XML, .file = name, .detail = "too many attributes");
    return run(&state, xmlCreateMemoryParserCtxt(bytes.ptr, (int)bytes.len));
}

typedef struct stl_xml_source {
    stl_xml_parse_state *state;
    FILE *file;
    size_t taken;
    stl_xml_guard guard;
} stl_xml_source;

static int read_block(void *user, char *out, int cap) {
    stl_xml_source *source = user;
    stl_xml_parse_state *state = source->state;
    size_t len = fread(out, 1, (size_t)cap, source->file);
    if (ferror(source->file)) {
        if (state->status == SETTLE_OK)
            state->status = FAIL(state->err, SETTLE_E_INPUT_OPEN, .file = state->name,
                                 .native = errno, .detail = strerror(errno));
        return -1;
    }
    if (source->taken == 0 && looks_wide(out, len))
        stl_xml_refuse(state, "UTF-16 and UTF-32 are not read", 0);
    source->taken += len;
    if (source->taken > state->limits.max_bytes)
        stl_xml_refuse(state, "the document is too large", 0);
    if (!stl_xml_guard_feed(&source->guard, out, len))
        stl_xml_refuse(state, "too many attributes", 0);
    return state->status == SETTLE_OK ? (int)len : -1;
}

static void file_cleanup(FILE **file) {
    if (*file != NULL)
        fclose(*file);
}

settle_status stl_xml_parse_file(const char *path, stl_xml_limits limits,
                                 const stl_xml_handler *handler, stl_error *err) {
    stl_xml_parse_state state = {
        .name = path, .limits = with_defaults(limits), .handler = handler, .err = err};
    __attribute__((cleanup(file_cleanup))) FILE *file = fopen(path, "rbe");
    if (file == NULL)
        return FAIL(err, SETTLE_E_INPUT_OPEN, .file = path, .native = errno,
                    .detail = strerror(errno));
    stl_xml_source source = {.state = &state, .file = file};
    xmlParserCtxt *ctxt =
        xmlCreateIOParserCtxt(NULL, NULL, read_block, NULL, &source, XML_CHAR_ENCODING_NONE);
    return run(&state, ctxt);
}
