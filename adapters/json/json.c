/* SPDX-License-Identifier: Apache-2.0 */
/* Stays as `settle batch` takes them: objects one after the other (NDJSON) or in one array. The
 * file is read in blocks; what is kept of it is the object that is not yet whole. */
#include "load/builtin.h"

#include <errno.h>
#include <stdio.h>

enum { BLOCK = 64 * 1024, PROBE = 1024 * 1024 };

typedef struct scanner {
    stl_source_builder *builder;
    const char *file;
    stl_buf text; /* decoded, not yet consumed */
    size_t at;    /* scanned up to here */
    size_t begin; /* of the object we are in */
    int64_t line, begin_line;
    int depth; /* of braces and brackets within the object */
    bool in_string, escaped, in_array, array_closed, comma;
    size_t objects;
} scanner;

static settle_status refuse(const scanner *s, const char *detail, stl_error *err) {
    return FAIL(err, SETTLE_E_INPUT_JSON, .file = s->file, .line = s->line, .detail = detail);
}

static settle_status end_object(scanner *s, stl_error *err) {
    stl_str object = {s->text.ptr + s->begin, s->at + 1 - s->begin};
    s->objects++;
    s->comma = false;
    return stl_source_builder_add_json(s->builder, object, s->file, s->begin_line, err);
}

static settle_status between(scanner *s, char c, stl_error *err) {
    switch (c) {
    case ' ':
    case '\t':
    case '\r':
    case '\n':
        return SETTLE_OK;
    case '{':
        if (s->array_closed || (s->in_array && s->objects > 0 && !s->comma))
            return refuse(s, "a comma is missing, or something follows the array", err);
        s->begin = s->at;
        s->begin_line = s->line;
        s->depth = 1;
        return SETTLE_OK;
    case '[':
        if (s->in_array || s->objects > 0)
            return refuse(s, "only one array, and nothing beside it", err);
        s->in_array = true;
        return SETTLE_OK;
    case ',':
        if (!s->in_array || s->array_closed || s->objects == 0 || s->comma)
            return refuse(s, "unexpected comma", err);
        s->comma = true;
        return SETTLE_OK;
    case ']':
        if (!s->in_array || s->array_closed || s->comma)
            return refuse(s, "unexpected bracket", err);
        s->array_closed = true;
        return SETTLE_OK;
    default:
        return refuse(s, "expected an object", err);
    }
}

static settle_status within(scanner *s, char c, stl_error *err) {
    if (s->in_string) {
        if (s->escaped)
            s->escaped = false;
        else if (c == '\\')
            s->escaped = true;
        else if (c == '"')
            s->in_string = false;
    } else if (c == '"') {
        s->in_string = true;
    } else if (c == '{' || c == '[') {
        s->depth++;
    } else if ((c == '}' || c == ']') && --s->depth == 0) {
        return end_object(s, err);
    }
    return SETTLE_OK;
}

static settle_status scan(scanner *s, stl_error *err) {
    for (; s->at < s->text.len; s->at++) {
        char c = s->text.ptr[s->at];
        TRY(s->depth == 0 ? between(s, c, err) : within(s, c, err));
        if (c == '\n')
            s->line++;
    }
    size_t done = s->depth == 0 ? s->at : s->begin;
    if (done > 0) {
        memmove(s->text.ptr, s->text.ptr + done, s->text.len - done);
        s->text.len -= done;
        s->at -= done;
        s->begin = 0;
    }
    return SETTLE_OK;
}

/* The first block is large: the encoding is detected from it. */
static settle_status read_blocks(scanner *s, FILE *file, stl_decoder *decoder, stl_error *err) {
    SCOPED_BUF block = {0};
    stl_buf_reserve(&block, PROBE);
    if (!stl_buf_ok(&block))
        return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    size_t wanted = PROBE;
    for (bool last = false; !last; wanted = BLOCK) {
        size_t n = fread(block.ptr, 1, wanted, file);
        if (ferror(file))
            return FAIL(err, SETTLE_E_INPUT_OPEN, .file = s->file, .native = errno);
        last = n < wanted;
        TRY(stl_decoder_feed(decoder, block.ptr, n, last, &s->text, err));
        if (!stl_buf_ok(&s->text))
            return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
        TRY(scan(s, err));
    }
    if (s->depth > 0) /* the parser says best what is wrong with the rest */
        TRY(stl_source_builder_add_json(s->builder, (stl_str){s->text.ptr, s->text.len}, s->file,
                                        s->begin_line, err));
    if (s->depth > 0 || (s->in_array && !s->array_closed))
        return refuse(s, "the file ends too early", err);
    return SETTLE_OK;
}

static void place(stl_error *err, const char *file) {
    if (err != NULL && err->file[0] == '\0')
        snprintf(err->file, sizeof err->file, "%s", file);
}

static settle_status read_file(stl_source_builder *builder, const stl_input_file *input,
                               stl_encoding encoding, stl_error *err) {
    stl_decoder *decoder;
    TRY(stl_decoder_new(encoding, &decoder, err));
    FILE *file = fopen(input->path, "rbe");
    settle_status status;
    if (file == NULL) {
        status = FAIL(err, SETTLE_E_INPUT_OPEN, .file = input->base, .native = errno,
                      .detail = strerrordesc_np(errno));
    } else {
        scanner s = {.builder = builder, .file = input->base, .line = 1};
        status = read_blocks(&s, file, decoder, err);
        stl_buf_free(&s.text);
        fclose(file);
    }
    stl_decoder_free(decoder);
    if (status != SETTLE_OK)
        place(err, input->base);
    return status;
}

static bool is_json(const char *base) {
    const char *dot = strrchr(base, '.');
    return dot != NULL &&
           (strcmp(dot, ".json") == 0 || strcmp(dot, ".ndjson") == 0 || strcmp(dot, ".jsonl") == 0);
}

static settle_status open_json(const stl_adapter_ask *ask, stl_source **out, stl_error *err) {
    static const stl_file_format JSON = {is_json, read_file};
    return stl_source_open_files(&JSON, ask, out, err);
}

const stl_adapter STL_ADAPTER_JSON = {"json", open_json};
