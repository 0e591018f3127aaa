/* SPDX-License-Identifier: Apache-2.0 */
#include "xml/plain.h"

#include "base/text.h"

#include <errno.h>
#include <limits.h>
#include <libxml/parserInternals.h>
#include <stdio.h>

enum { READ_BLOCK = 16 * 1024, DEFAULT_DEPTH = 32, DEFAULT_BYTES = 256 * 1024 * 1024 };

static const char TOO_LARGE[] = "the document is too large";

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
    xmlCtxtUseOptions(ctxt, XML_PARSE_NONET | XML_PARSE_NOENT | XML_PARSE_IGNORE_ENC);
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

settle_status stl_xml_read_any(stl_xml_parse_state *state, stl_str bytes) {
    stl_xml_guard guard = {0};
    if (bytes.len > INT_MAX)
        return FAIL(state->err, SETTLE_E_INPUT_XML, .file = state->name, .detail = TOO_LARGE);
    const char *refusal = stl_xml_guard_feed(&guard, bytes.ptr, bytes.len);
    if (refusal != NULL)
        return FAIL(state->err, SETTLE_E_INPUT_XML, .file = state->name, .detail = refusal);
    return run(state, xmlCreateMemoryParserCtxt(bytes.ptr, (int)bytes.len));
}

static settle_status parse_utf8(stl_xml_parse_state *state, stl_str bytes) {
    if (stl_xml_read_plain(state, bytes))
        return state->status;
    return stl_xml_read_any(state, bytes);
}

static void decoder_cleanup(stl_decoder **decoder) {
    stl_decoder_free(*decoder);
}
#define SCOPED_DECODER __attribute__((cleanup(decoder_cleanup))) stl_decoder

settle_status stl_xml_parse(stl_str bytes, const char *name, stl_xml_limits limits,
                            const stl_xml_handler *handler, stl_error *err) {
    stl_xml_parse_state state = {
        .name = name, .limits = with_defaults(limits), .handler = handler, .err = err};
    bool gb18030 = false;
    if (bytes.len > state.limits.max_bytes)
        return FAIL(err, SETTLE_E_INPUT_XML, .file = name, .detail = TOO_LARGE);
    const char *refusal = stl_xml_encoding(bytes, limits.utf8_only, &gb18030);
    if (refusal != NULL)
        return FAIL(err, SETTLE_E_INPUT_XML, .file = name, .line = 1, .detail = refusal);
    if (!gb18030)
        return parse_utf8(&state, bytes);
    SCOPED_BUF decoded = {0};
    SCOPED_DECODER *decoder = NULL;
    TRY(stl_decoder_new(STL_ENC_GB18030, &decoder, err));
    settle_status status = stl_decoder_feed(decoder, bytes.ptr, bytes.len, true, &decoded, err);
    if (status != SETTLE_OK && err != NULL)
        return FAIL(err, status, .file = name, .line = err->line);
    TRY(status);
    return parse_utf8(&state, (stl_str){decoded.ptr, decoded.len});
}

typedef struct stl_xml_source {
    stl_xml_parse_state *state;
    FILE *file;
    size_t taken;
    stl_xml_guard guard;
    stl_decoder *decoder; /* NULL: UTF-8 */
    stl_buf ready;        /* UTF-8 that the parser has not taken yet, from `given` on */
    size_t given;
} stl_xml_source;

static settle_status refill(stl_xml_source *source) {
    stl_xml_parse_state *state = source->state;
    char block[READ_BLOCK];
    size_t len = fread(block, 1, sizeof block, source->file);
    source->ready.len = source->given = 0;
    if (ferror(source->file))
        return FAIL(state->err, SETTLE_E_INPUT_OPEN, .file = state->name, .native = errno,
                    .detail = strerrordesc_np(errno));
    source->taken += len;
    if (source->taken > state->limits.max_bytes)
        return FAIL(state->err, SETTLE_E_INPUT_XML, .file = state->name, .detail = TOO_LARGE);
    const char *refusal = stl_xml_guard_feed(&source->guard, block, len);
    if (refusal != NULL)
        return FAIL(state->err, SETTLE_E_INPUT_XML, .file = state->name, .detail = refusal);
    if (source->decoder != NULL) {
        settle_status status = stl_decoder_feed(source->decoder, block, len, len < sizeof block,
                                                &source->ready, state->err);
        if (status != SETTLE_OK)
            return FAIL(state->err, status, .file = state->name,
                        .line = state->err == NULL ? 0 : state->err->line);
    } else {
        stl_buf_bytes(&source->ready, block, len);
    }
    if (!stl_buf_ok(&source->ready))
        return FAIL(state->err, SETTLE_E_NO_MEMORY, .file = state->name);
    return SETTLE_OK;
}

/* A failure looks like the end of the file: libxml2 would print an I/O error. */
static int give_block(void *user, char *out, int cap) {
    stl_xml_source *source = user;
    while (source->given == source->ready.len && !feof(source->file)) {
        if (source->state->status == SETTLE_OK)
            source->state->status = refill(source);
        if (source->state->status != SETTLE_OK)
            return 0;
    }
    size_t left = source->ready.len - source->given;
    size_t len = left < (size_t)cap ? left : (size_t)cap;
    if (len > 0)
        memcpy(out, source->ready.ptr + source->given, len);
    source->given += len;
    return (int)len;
}

static settle_status open_source(stl_xml_source *source) {
    stl_xml_parse_state *state = source->state;
    char head[STL_XML_HEAD];
    bool gb18030 = false;
    errno = 0;
    size_t len = fread(head, 1, sizeof head, source->file);
    if (ferror(source->file) || fseek(source->file, 0, SEEK_SET) != 0)
        return FAIL(state->err, SETTLE_E_INPUT_OPEN, .file = state->name, .native = errno,
                    .detail = strerrordesc_np(errno));
    const char *refusal = stl_xml_encoding((stl_str){head, len}, state->limits.utf8_only, &gb18030);
    if (refusal != NULL)
        return FAIL(state->err, SETTLE_E_INPUT_XML, .file = state->name, .line = 1,
                    .detail = refusal);
    return gb18030 ? stl_decoder_new(STL_ENC_GB18030, &source->decoder, state->err) : SETTLE_OK;
}

static void source_cleanup(stl_xml_source *source) {
    if (source->file != NULL)
        fclose(source->file);
    stl_decoder_free(source->decoder);
    stl_buf_free(&source->ready);
}

settle_status stl_xml_parse_file(const char *path, stl_xml_limits limits,
                                 const stl_xml_handler *handler, stl_error *err) {
    stl_xml_parse_state state = {
        .name = path, .limits = with_defaults(limits), .handler = handler, .err = err};
    __attribute__((cleanup(source_cleanup)))
    stl_xml_source source = {.state = &state, .file = fopen(path, "rbe")};
    if (source.file == NULL)
        return FAIL(err, SETTLE_E_INPUT_OPEN, .file = path, .native = errno,
                    .detail = strerrordesc_np(errno));
    TRY(open_source(&source));
    return run(&state, xmlCreateIOParserCtxt(NULL, NULL, give_block, NULL, &source,
                                             XML_CHAR_ENCODING_NONE));
}
