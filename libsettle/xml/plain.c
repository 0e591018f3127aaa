/* SPDX-License-Identifier: Apache-2.0 */
#include "xml/plain.h"

enum { MAX_DEPTH = 32, MAX_SCOPE = 32, MAX_TEXT = 1024 * 1024, SCRATCH = 16 * 1024 };

/* What a byte may be part of; 0: nowhere plain. */
enum {
    NAME_START = 1,
    NAME = 2,
    VALUE = 4,
    TEXT = 8,
    URI = 16,
    MULTI = 32 /* begins a character */
};

#define BOTH (VALUE | TEXT)
#define DIGIT (NAME | BOTH | URI)
#define LETTER (NAME_START | DIGIT)

static const unsigned char CLASS[256] = {
    ['\t'] = TEXT,          ['\n'] = TEXT,         [' '] = BOTH,
    ['!'] = BOTH,           ['"'] = TEXT,          ['#' ... '%'] = BOTH,
    ['\'' ... ','] = BOTH,  ['-' ... '.'] = DIGIT, ['/'] = BOTH,
    ['0' ... '9'] = DIGIT,  [':' ... ';'] = BOTH,  ['='] = BOTH,
    ['>'] = VALUE,          ['?' ... '@'] = BOTH,  ['A' ... 'Z'] = LETTER,
    ['[' ... '^'] = BOTH,   ['_'] = LETTER,        ['`'] = BOTH,
    ['a' ... 'z'] = LETTER, ['{' ... 0x7F] = BOTH, [0xC2 ... 0xF4] = MULTI,
};

typedef struct scope {
    stl_xml_ns ns;
    int depth; /* of the element that declares it */
} scope;

typedef struct reader {
    const char *at, *end;
    stl_xml_parse_state *state;
    int64_t line;
    int depth, max_depth;
    size_t n_scope, n_attributes, n_declared;
    struct {
        stl_str tag; /* as written */
        stl_xml_name name;
    } open[MAX_DEPTH];
    scope scope[MAX_SCOPE];
    size_t scratch_len;
    char scratch[SCRATCH]; /* values of a tag that hold references */
} reader;

static unsigned class_at(const reader *r) {
    return r->at < r->end ? CLASS[(unsigned char)*r->at] : 0;
}

static bool take(reader *r, char ch) {
    if (r->at == r->end || *r->at != ch)
        return false;
    r->at++;
    return true;
}

static bool take_text(reader *r, const char *text, size_t len) {
    if ((size_t)(r->end - r->at) < len || memcmp(r->at, text, len) != 0)
        return false;
    r->at += len;
    return true;
}
#define TAKE(r, literal) take_text((r), (literal), sizeof(literal) - 1)

static bool take_name(reader *r, stl_str *out) {
    const char *from = r->at, *at = from, *end = r->end;
    if ((class_at(r) & NAME_START) == 0)
        return false;
    while (at < end && (CLASS[(unsigned char)*at] & NAME) != 0)
        at++;
    r->at = at;
    *out = (stl_str){from, (size_t)(at - from)};
    return out->len <= STL_XML_MAX_NAME;
}

/* One character of two to four bytes that XML allows. */
static bool take_multi(reader *r) {
    const unsigned char *at = (const unsigned char *)r->at;
    size_t len = at[0] < 0xE0 ? 2 : at[0] < 0xF0 ? 3 : 4;
    if ((size_t)(r->end - r->at) < len)
        return false;
    uint32_t code = at[0] & (0xFFu >> (len + 1));
    for (size_t i = 1; i < len; i++) {
        if ((at[i] & 0xC0) != 0x80)
            return false;
        code = code << 6 | (at[i] & 0x3Fu);
    }
    r->at += len;
    return code >= (len == 2   ? 0x80u
                    : len == 3 ? 0x800u
                               : 0x10000u) &&
           code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF) && code != 0xFFFE && code != 0xFFFF;
}

/* The references of canonical XML. */
static bool take_reference(reader *r, char *out) {
    if (TAKE(r, "&amp;"))
        *out = '&';
    else if (TAKE(r, "&lt;"))
        *out = '<';
    else if (TAKE(r, "&gt;"))
        *out = '>';
    else if (TAKE(r, "&quot;"))
        *out = '"';
    else if (TAKE(r, "&#x9;"))
        *out = '\t';
    else if (TAKE(r, "&#xA;"))
        *out = '\n';
    else if (TAKE(r, "&#xD;"))
        *out = '\r';
    else
        return false;
    return true;
}

/* To the first byte that is neither of the class nor a character of several bytes. */
static bool take_run(reader *r, unsigned class) {
    const char *at = r->at, *end = r->end;
    for (;;) {
        while (at < end && (CLASS[(unsigned char)*at] & class) != 0)
            at++;
        r->at = at;
        if ((class_at(r) & MULTI) == 0)
            return true;
        if (!take_multi(r))
            return false;
        at = r->at;
    }
}

static bool put_scratch(reader *r, const char *bytes, size_t len) {
    if (len > SCRATCH - r->scratch_len)
        return false;
    memcpy(r->scratch + r->scratch_len, bytes, len);
    r->scratch_len += len;
    return true;
}

/* The rest of a value that began at `from`, put together in the scratch. */
static bool take_references(reader *r, const char *from, stl_str *out) {
    size_t begin = r->scratch_len;
    while (r->at < r->end && *r->at == '&') {
        char ch;
        if (!put_scratch(r, from, (size_t)(r->at - from)) || !take_reference(r, &ch) ||
            !put_scratch(r, &ch, 1))
            return false;
        from = r->at;
        if (!take_run(r, VALUE))
            return false;
    }
    if (!put_scratch(r, from, (size_t)(r->at - from)))
        return false;
    *out = (stl_str){r->scratch + begin, r->scratch_len - begin};
    return true;
}

/* A value and its closing quote. */
static bool take_value(reader *r, stl_str *out) {
    const char *from = r->at;
    if (!take_run(r, VALUE))
        return false;
    *out = (stl_str){from, (size_t)(r->at - from)};
    if (r->at < r->end && *r->at == '&' && !take_references(r, from, out))
        return false;
    return out->len <= STL_XML_MAX_VALUE && take(r, '"');
}

static bool is_reserved(stl_str uri) {
    return stl_str_is(uri, "http://www.w3.org/2000/xmlns/") ||
           stl_str_is(uri, "http://www.w3.org/XML/1998/namespace");
}

/* A namespace name that libxml2 has nothing to say about: "urn:..." or "http://host/path#part". */
static bool take_uri(reader *r, stl_str *out) {
    const char *from = r->at;
    bool urn = TAKE(r, "urn:"), seen_part = false;
    if (!urn && (!TAKE(r, "http://") || (class_at(r) & URI) == 0))
        return false;
    for (; r->at < r->end && *r->at != '"'; r->at++) {
        bool separator = urn ? *r->at == ':' : *r->at == '/' && !seen_part;
        bool part = !urn && *r->at == '#' && !seen_part;
        seen_part = seen_part || part;
        if ((class_at(r) & URI) == 0 && !separator && !part)
            return false;
    }
    *out = (stl_str){from, (size_t)(r->at - from)};
    return r->at[-1] != ':' && !is_reserved(*out) && take(r, '"');
}

static bool add_scope(reader *r, stl_str prefix, stl_str uri) {
    if (r->n_scope == MAX_SCOPE)
        return false;
    r->scope[r->n_scope++] = (scope){{prefix, uri}, r->depth};
    r->state->declared[r->n_declared++] = (stl_xml_ns){prefix, uri};
    return true;
}

/* "xmlns" first, then prefixes in the order of their names. */
static bool take_declarations(reader *r) {
    stl_str prefix = {NULL, 0}, before = {NULL, 0}, uri;
    r->n_declared = 0;
    if (TAKE(r, " xmlns=\"") && !(take_uri(r, &uri) && add_scope(r, prefix, uri)))
        return false;
    while (TAKE(r, " xmlns:")) {
        if (!take_name(r, &prefix) || stl_str_starts(prefix, STL_STR("xml")) ||
            stl_str_cmp(before, prefix) >= 0 || !TAKE(r, "=\"") || !take_uri(r, &uri) ||
            !add_scope(r, prefix, uri))
            return false;
        before = prefix;
    }
    return true;
}

/* Both begin with a letter: most are told apart by it. */
static bool follows(stl_str name, stl_str before) {
    if (before.len == 0 || before.ptr[0] != name.ptr[0])
        return before.len == 0 || before.ptr[0] < name.ptr[0];
    return stl_str_cmp(before, name) < 0;
}

static bool take_attributes(reader *r) {
    stl_str before = {NULL, 0};
    for (r->n_attributes = 0; take(r, ' '); r->n_attributes++) {
        if (r->n_attributes == STL_XML_MAX_ATTRIBUTES)
            return false;
        stl_xml_attribute *a = &r->state->attributes[r->n_attributes];
        a->name = (stl_xml_name){{NULL, 0}, {NULL, 0}, {NULL, 0}};
        if (!take_name(r, &a->name.local) || stl_str_eq(a->name.local, STL_STR("xmlns")) ||
            !follows(a->name.local, before) || !TAKE(r, "=\"") || !take_value(r, &a->value))
            return false;
        before = a->name.local;
    }
    return true;
}

static bool find_uri(const reader *r, stl_xml_name *name) {
    for (size_t i = r->n_scope; i-- > 0;) {
        if (!stl_str_eq(r->scope[i].ns.prefix, name->prefix))
            continue;
        name->uri = r->scope[i].ns.uri;
        return true;
    }
    return stl_str_empty(name->prefix);
}

static bool tell_open(reader *r, const stl_xml_name *name) {
    stl_xml_parse_state *state = r->state;
    stl_xml_element element = {.name = *name,
                               .attributes = state->attributes,
                               .n_attributes = r->n_attributes,
                               .declared = state->declared,
                               .n_declared = r->n_declared,
                               .depth = r->depth,
                               .line = r->line};
    state->told = (stl_xml_told){.tags = state->told.tags + 1};
    if (state->handler->open != NULL)
        state->status = state->handler->open(state->handler->user, &element, state->err);
    return state->status == SETTLE_OK;
}

/* Behind "<". */
static bool take_start(reader *r) {
    const char *from = r->at;
    stl_xml_name name = {{NULL, 0}, {NULL, 0}, {NULL, 0}};
    if (r->depth == r->max_depth || !take_name(r, &name.local))
        return false;
    if (take(r, ':')) {
        name.prefix = name.local;
        if (!take_name(r, &name.local))
            return false;
    }
    stl_str tag = {from, (size_t)(r->at - from)};
    r->scratch_len = 0;
    if (!take_declarations(r) || !take_attributes(r) || !take(r, '>') || !find_uri(r, &name) ||
        !tell_open(r, &name))
        return false;
    r->open[r->depth].tag = tag;
    r->open[r->depth++].name = name;
    return true;
}

/* Behind "</". */
static bool take_end(reader *r) {
    stl_xml_parse_state *state = r->state;
    stl_str tag = r->open[r->depth - 1].tag;
    if (!take_text(r, tag.ptr, tag.len) || !take(r, '>'))
        return false;
    r->depth--;
    while (r->n_scope > 0 && r->scope[r->n_scope - 1].depth == r->depth)
        r->n_scope--;
    state->told = (stl_xml_told){.tags = state->told.tags + 1};
    if (state->handler->close != NULL)
        state->status = state->handler->close(state->handler->user, r->open[r->depth].name,
                                              r->depth, state->err);
    return state->status == SETTLE_OK;
}

static bool tell_text(reader *r, stl_str text) {
    stl_xml_parse_state *state = r->state;
    state->told.text += text.len;
    if (state->handler->text != NULL && text.len > 0)
        state->status = state->handler->text(state->handler->user, text, state->err);
    return state->status == SETTLE_OK;
}

static void count_lines(reader *r, stl_str text) {
    for (size_t i = 0; i < text.len; i++)
        r->line += text.ptr[i] == '\n';
}

static bool take_content(reader *r) {
    const char *begin = r->at;
    for (;;) {
        const char *from = r->at;
        char ch;
        if (!take_run(r, TEXT))
            return false;
        stl_str text = {from, (size_t)(r->at - from)};
        count_lines(r, text);
        if (r->at - begin > MAX_TEXT || !tell_text(r, text))
            return false;
        if (r->at == r->end || *r->at != '&')
            return take(r, '<');
        if (!take_reference(r, &ch) || !tell_text(r, (stl_str){&ch, 1}))
            return false;
    }
}

static bool walk(reader *r) {
    if (!take(r, '<') || !take_start(r))
        return false;
    while (r->depth > 0)
        if (!take_content(r) || !(take(r, '/') ? take_end(r) : take_start(r)))
            return false;
    return r->at == r->end;
}

bool stl_xml_read_plain(stl_xml_parse_state *state, stl_str bytes) {
    int depth = state->limits.max_depth;
    reader r;
    r.at = bytes.ptr;
    r.end = bytes.ptr + bytes.len;
    r.state = state;
    r.line = 1;
    r.depth = 0;
    r.max_depth = depth < MAX_DEPTH ? depth : MAX_DEPTH;
    r.n_scope = r.scratch_len = 0;
    return walk(&r) || state->status != SETTLE_OK;
}
