/* SPDX-License-Identifier: Apache-2.0 */
#include "xml/c14n.h"

#include "xml/escape.h"
#include "xml/writer.h"

#include <stdlib.h>

enum { FLUSH_AT = 16 * 1024, MAX_RENDERED = 256 };

/* A declaration in force in the output; texts are offsets into `texts`. */
typedef struct rendered {
    size_t prefix_at, prefix_len;
    size_t uri_at, uri_len;
    int depth;
} rendered;

struct stl_c14n {
    stl_c14n_sink sink;
    void *user;
    stl_buf out;
    stl_buf texts;
    int depth;
    bool past_root;
    size_t n_rendered;
    rendered rendered[MAX_RENDERED];
    const stl_xml_attribute *sorted[256];
};

stl_c14n *stl_c14n_new(stl_c14n_sink sink, void *user) {
    stl_c14n *c14n = calloc(1, sizeof *c14n);
    if (c14n == NULL)
        return NULL;
    c14n->sink = sink;
    c14n->user = user;
    return c14n;
}

void stl_c14n_free(stl_c14n *c14n) {
    if (c14n == NULL)
        return;
    stl_buf_free(&c14n->out);
    stl_buf_free(&c14n->texts);
    free(c14n);
}

settle_status stl_c14n_flush(stl_c14n *c14n, stl_error *err) {
    if (c14n->out.failed || c14n->texts.failed)
        return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    if (c14n->out.len > 0)
        TRY(c14n->sink(c14n->user, c14n->out.ptr, c14n->out.len, err));
    c14n->out.len = 0;
    return SETTLE_OK;
}

static settle_status flush_if_full(stl_c14n *c14n, stl_error *err) {
    if (c14n->out.len < FLUSH_AT && !c14n->out.failed)
        return SETTLE_OK;
    return stl_c14n_flush(c14n, err);
}

static char *copy_name(char *to, const stl_xml_name *name) {
    if (name->prefix.len > 0) {
        to = stl_xml_copy_short(to, name->prefix.ptr, name->prefix.len);
        *to++ = ':';
    }
    return stl_xml_copy_short(to, name->local.ptr, name->local.len);
}

static void put_name(stl_buf *out, const char *before, const stl_xml_name *name,
                     const char *after) {
    stl_buf_text(out, before);
    stl_buf_reserve(out, name->prefix.len + name->local.len + 1);
    if (!out->failed)
        out->len = (size_t)(copy_name(out->ptr + out->len, name) - out->ptr);
    stl_buf_text(out, after);
}

static void put_attribute(stl_buf *out, const stl_xml_attribute *attribute) {
    const stl_xml_name *name = &attribute->name;
    stl_buf_reserve(out, name->prefix.len + name->local.len + attribute->value.len + 5);
    if (out->failed)
        return;
    char *to = out->ptr + out->len;
    *to++ = ' ';
    to = copy_name(to, name);
    *to++ = '=';
    *to++ = '"';
    if (stl_xml_is_plain(attribute->value, '"')) {
        to = stl_xml_copy_short(to, attribute->value.ptr, attribute->value.len);
        *to++ = '"';
        out->len = (size_t)(to - out->ptr);
        return;
    }
    out->len = (size_t)(to - out->ptr);
    stl_xml_escape_attr(out, attribute->value);
    stl_buf_bytes(out, "\"", 1);
}

static stl_str text_at(const stl_c14n *c14n, size_t at, size_t len) {
    return (stl_str){len == 0 ? "" : c14n->texts.ptr + at, len};
}

/* What an output ancestor, or this element so far, says about the prefix; empty when nothing. */
static stl_str in_force(const stl_c14n *c14n, stl_str prefix) {
    for (size_t i = c14n->n_rendered; i-- > 0;) {
        const rendered *r = &c14n->rendered[i];
        if (stl_str_eq(text_at(c14n, r->prefix_at, r->prefix_len), prefix))
            return text_at(c14n, r->uri_at, r->uri_len);
    }
    return STL_STR("");
}

static settle_status render(stl_c14n *c14n, stl_str prefix, stl_str uri, stl_error *err) {
    if (stl_str_is(prefix, "xml") || stl_str_eq(in_force(c14n, prefix), uri))
        return SETTLE_OK;
    if (c14n->n_rendered == MAX_RENDERED)
        return FAIL(err, SETTLE_E_INPUT_XML, .detail = "too many namespace declarations");
    rendered *r = &c14n->rendered[c14n->n_rendered++];
    *r =
        (rendered){c14n->texts.len, prefix.len, c14n->texts.len + prefix.len, uri.len, c14n->depth};
    stl_buf_str(&c14n->texts, prefix);
    stl_buf_str(&c14n->texts, uri);
    if (c14n->texts.failed)
        return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    return SETTLE_OK;
}

/* Visibly used: the element's own prefix and those of its attributes (an attribute without a prefix
 * uses none). */
static settle_status put_namespaces(stl_c14n *c14n, const stl_xml_element *element,
                                    stl_error *err) {
    size_t before = c14n->n_rendered;
    TRY(render(c14n, element->name.prefix, element->name.uri, err));
    for (size_t i = 0; i < element->n_attributes; i++) {
        const stl_xml_name *name = &element->attributes[i].name;
        if (name->prefix.len > 0)
            TRY(render(c14n, name->prefix, name->uri, err));
    }
    for (size_t done = before; done < c14n->n_rendered; done++) {
        size_t least = done;
        for (size_t i = done + 1; i < c14n->n_rendered; i++) {
            const rendered *a = &c14n->rendered[i], *b = &c14n->rendered[least];
            if (stl_str_cmp(text_at(c14n, a->prefix_at, a->prefix_len),
                            text_at(c14n, b->prefix_at, b->prefix_len)) < 0)
                least = i;
        }
        rendered next = c14n->rendered[least];
        c14n->rendered[least] = c14n->rendered[done];
        c14n->rendered[done] = next;
        stl_buf_text(&c14n->out, next.prefix_len > 0 ? " xmlns:" : " xmlns");
        stl_buf_str(&c14n->out, text_at(c14n, next.prefix_at, next.prefix_len));
        stl_buf_text(&c14n->out, "=\"");
        stl_xml_escape_attr(&c14n->out, text_at(c14n, next.uri_at, next.uri_len));
        stl_buf_text(&c14n->out, "\"");
    }
    return SETTLE_OK;
}

static int compare_attributes(const stl_xml_attribute *a, const stl_xml_attribute *b) {
    if (a->name.uri.len == 0 && b->name.uri.len == 0 && a->name.local.len > 0 &&
        b->name.local.len > 0 && a->name.local.ptr[0] != b->name.local.ptr[0])
        return (unsigned char)a->name.local.ptr[0] < (unsigned char)b->name.local.ptr[0] ? -1 : 1;
    int order = stl_str_cmp(a->name.uri, b->name.uri);
    return order != 0 ? order : stl_str_cmp(a->name.local, b->name.local);
}

static int compare_pointers(const void *a, const void *b) {
    return compare_attributes(*(const stl_xml_attribute *const *)a,
                              *(const stl_xml_attribute *const *)b);
}

/* Our own documents come sorted, so that is looked for first. */
static void sort_attributes(stl_c14n *c14n, const stl_xml_element *element) {
    bool sorted = true;
    for (size_t i = 0; i < element->n_attributes; i++) {
        c14n->sorted[i] = &element->attributes[i];
        if (i > 0 && compare_attributes(c14n->sorted[i - 1], c14n->sorted[i]) > 0)
            sorted = false;
    }
    if (!sorted)
        qsort(c14n->sorted, element->n_attributes, sizeof c14n->sorted[0], compare_pointers);
}

settle_status stl_c14n_open(stl_c14n *c14n, const stl_xml_element *element, stl_error *err) {
    stl_buf *out = &c14n->out;
    if (element->n_attributes > sizeof c14n->sorted / sizeof c14n->sorted[0])
        return FAIL(err, SETTLE_E_INPUT_XML, .line = element->line,
                    .detail = "too many attributes");
    put_name(out, "<", &element->name, "");
    TRY(put_namespaces(c14n, element, err));
    sort_attributes(c14n, element);
    for (size_t i = 0; i < element->n_attributes; i++)
        put_attribute(out, c14n->sorted[i]);
    stl_buf_bytes(out, ">", 1);
    c14n->depth++;
    return flush_if_full(c14n, err);
}

settle_status stl_c14n_text(stl_c14n *c14n, stl_str text, stl_error *err) {
    if (c14n->depth == 0)
        return SETTLE_OK;
    stl_xml_escape_text(&c14n->out, text);
    return flush_if_full(c14n, err);
}

settle_status stl_c14n_close(stl_c14n *c14n, stl_xml_name name, stl_error *err) {
    put_name(&c14n->out, "</", &name, ">");
    c14n->depth--;
    c14n->past_root = c14n->depth == 0;
    while (c14n->n_rendered > 0 && c14n->rendered[c14n->n_rendered - 1].depth >= c14n->depth) {
        const rendered *r = &c14n->rendered[--c14n->n_rendered];
        if (r->prefix_at < c14n->texts.len)
            c14n->texts.len = r->prefix_at;
    }
    return flush_if_full(c14n, err);
}

settle_status stl_c14n_pi(stl_c14n *c14n, stl_str target, stl_str data, stl_error *err) {
    stl_buf *out = &c14n->out;
    if (c14n->depth == 0 && c14n->past_root)
        stl_buf_bytes(out, "\n", 1);
    stl_buf_bytes(out, "<?", 2);
    stl_buf_str(out, target);
    if (data.len > 0) {
        stl_buf_bytes(out, " ", 1);
        stl_buf_str(out, data);
    }
    stl_buf_bytes(out, "?>", 2);
    if (c14n->depth == 0 && !c14n->past_root)
        stl_buf_bytes(out, "\n", 1);
    return flush_if_full(c14n, err);
}
