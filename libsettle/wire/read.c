/* SPDX-License-Identifier: Apache-2.0 */
/* Structure of the document while it streams by. */
#include "wire/read.h"

#include <stdio.h>
#include <stdlib.h>

stl_wire_reader *stl_wire_reader_new(const char *name) {
    stl_wire_reader *r = calloc(1, sizeof *r);
    if (r == NULL)
        return NULL;
    r->doc.arena = stl_arena_new();
    if (r->doc.arena == NULL) {
        free(r);
        return NULL;
    }
    snprintf(r->name, sizeof r->name, "%s", name);
    return r;
}

void stl_wire_reader_free(stl_wire_reader *r) {
    if (r == NULL)
        return;
    stl_arena_free(r->doc.arena);
    free(r);
}

/* --- refusals -------------------------------------------------------------------------------- */

static settle_status refuse(const stl_wire_reader *r, int64_t line, stl_str field,
                            const char *detail, const char *about, stl_error *err) {
    char name[64], text[160];
    snprintf(name, sizeof name, "%.*s", field.len < 63 ? (int)field.len : 63, field.ptr);
    snprintf(text, sizeof text, "%s %s", detail, about);
    return FAIL(err, SETTLE_E_INPUT_SCHEMA, .file = r->name, .line = line, .field = name,
                .detail = text);
}

/* Says at which row of its list the element stands: a document is one long line. */
static void describe_row(const stl_wire_reader *r, const char *element, char *out, size_t cap) {
    const stl_wire_frame *parent = r->depth > 0 ? &r->stack[r->depth - 1] : NULL;
    if (parent != NULL && STL_ELEMENTS[parent->element].children[parent->child].max > 1)
        snprintf(out, cap, "%s %u", element, parent->n_present);
    else
        snprintf(out, cap, "%s", element);
}

static settle_status refuse_value(const stl_wire_reader *r, const stl_xml_element *x,
                                  const char *element, const stl_attribute_decl *a, stl_str value,
                                  stl_error *err) {
    char shown[96], wanted[96], row[48], detail[256];
    snprintf(shown, sizeof shown, "%.*s", value.len < 90 ? (int)value.len : 90, value.ptr);
    stl_facet_describe(a->type, wanted, sizeof wanted);
    describe_row(r, element, row, sizeof row);
    snprintf(detail, sizeof detail, "in %s: %s", row, wanted);
    return FAIL(err, SETTLE_E_INPUT_SCHEMA, .file = r->name, .line = x->line, .field = a->name,
                .value = a->personal ? NULL : shown, .detail = detail);
}

/* --- attributes ------------------------------------------------------------------------------ */

static inline bool same_word(const char *a, const char *b) {
    uint64_t x, y;
    memcpy(&x, a, sizeof x);
    memcpy(&y, b, sizeof y);
    return x == y;
}

/* Names are short: two words that may overlap say it without a call. */
static inline bool has_name(const stl_attribute_decl *a, stl_str name) {
    if (a->name_len != name.len)
        return false;
    if (name.len < 8 || name.len > 16)
        return memcmp(a->name, name.ptr, name.len) == 0;
    return same_word(a->name, name.ptr) &&
           same_word(a->name + name.len - 8, name.ptr + name.len - 8);
}

/* Documents of ours have the attributes in the order of the table: look at `next` first. */
static unsigned find_attribute(const stl_element_decl *e, unsigned next, stl_str name) {
    const stl_attribute_decl *table = &STL_ATTRIBUTES[e->first_attribute];
    for (unsigned i = next; i < e->n_attributes; i++)
        if (has_name(&table[i], name))
            return i;
    for (unsigned i = 0; i < next && i < e->n_attributes; i++)
        if (has_name(&table[i], name))
            return i;
    return e->n_attributes;
}

static settle_status take_attributes(stl_wire_reader *r, const stl_element_decl *e,
                                     const stl_xml_element *x, stl_error *err) {
    memset(r->values, 0, e->n_attributes * sizeof *r->values);
    unsigned next = 0;
    for (size_t k = 0; k < x->n_attributes; k++) {
        const stl_xml_attribute *given = &x->attributes[k];
        unsigned i = find_attribute(e, next, given->name.local);
        if (i == e->n_attributes || given->name.uri.len > 0)
            return refuse(r, x->line, given->name.local, "no attribute of", e->name, err);
        const stl_attribute_decl *a = &STL_ATTRIBUTES[e->first_attribute + i];
        if (!stl_facet_ok(a->type, given->value))
            return refuse_value(r, x, e->name, a, given->value, err);
        r->values[i] = given->value;
        next = i + 1;
    }
    for (unsigned i = 0; i < e->n_attributes; i++)
        if (STL_ATTRIBUTES[e->first_attribute + i].required && r->values[i].ptr == NULL) {
            char row[48];
            describe_row(r, e->name, row, sizeof row);
            return refuse(r, x->line, stl_str_of(STL_ATTRIBUTES[e->first_attribute + i].name),
                          "missing in", row, err);
        }
    return SETTLE_OK;
}

/* --- elements -------------------------------------------------------------------------------- */

static bool is_element(const stl_xml_name *name, const stl_element_decl *e) {
    return name->local.len == e->name_len && memcmp(name->local.ptr, e->name, e->name_len) == 0 &&
           stl_str_is(name->uri, STL_DOCUMENT_NS);
}

static uint32_t count_present(const stl_wire_frame *f, size_t position) {
    return position == f->child ? f->n_present : 0;
}

/* The first child from the present position up to `until` that is still owed. */
static const stl_element_decl *owed(const stl_wire_frame *f, size_t until) {
    const stl_element_decl *e = &STL_ELEMENTS[f->element];
    for (size_t i = f->child; i < until; i++)
        if (count_present(f, i) < e->children[i].min)
            return &STL_ELEMENTS[e->children[i].element];
    return NULL;
}

/* Moves the parent on to this child. */
static settle_status enter_child(stl_wire_reader *r, stl_wire_frame *f, const stl_xml_element *x,
                                 unsigned *out, stl_error *err) {
    const stl_element_decl *e = &STL_ELEMENTS[f->element];
    size_t i = f->child;
    while (i < e->n_children && !is_element(&x->name, &STL_ELEMENTS[e->children[i].element]))
        i++;
    if (i == e->n_children || f->closed || count_present(f, i) == e->children[i].max)
        return refuse(r, x->line, x->name.local, "not expected here in", e->name, err);
    const stl_element_decl *missing = owed(f, i);
    if (missing != NULL)
        return refuse(r, x->line, stl_str_of(missing->name), "missing in", e->name, err);
    f->n_present = count_present(f, i) + 1;
    f->child = (uint16_t)i;
    if (i < 2)
        f->present[i]++;
    *out = e->children[i].element;
    return SETTLE_OK;
}

static bool is_wildcard(const stl_wire_frame *f, const stl_xml_element *x) {
    const stl_element_decl *e = &STL_ELEMENTS[f->element];
    return e->any != NULL && stl_str_is(x->name.uri, e->any) && !f->closed &&
           owed(f, e->n_children) == NULL;
}

static uint32_t declared(const stl_wire_reader *r, unsigned element, unsigned attribute) {
    return (uint32_t)stl_wire_number(r, element, attribute); /* of type count: up to nine digits */
}

static void push(stl_wire_reader *r, unsigned element) {
    stl_wire_frame *f = &r->stack[r->depth++];
    *f = (stl_wire_frame){.element = (uint16_t)element};
    const stl_element_decl *e = &STL_ELEMENTS[element];
    if (element == STL_E_FINDING) {
        f->declared[0] = declared(r, element, STL_A_FINDING_N_LINES);
        f->declared[1] = declared(r, element, STL_A_FINDING_N_INVOLVED);
    } else if (e->n_attributes == 1 && e->n_children == 1) {
        f->declared[0] = declared(r, element, e->first_attribute); /* a list: its count */
    }
}

static settle_status on_open(void *user, const stl_xml_element *x, stl_error *err) {
    stl_wire_reader *r = user;
    if (r->skipping > 0) {
        r->skipping++;
        return SETTLE_OK;
    }
    unsigned element = STL_E_SETTLEMENT;
    if (r->depth > 0) {
        stl_wire_frame *parent = &r->stack[r->depth - 1];
        if (is_wildcard(parent, x)) {
            parent->closed = true;
            r->skipping = 1;
            return SETTLE_OK;
        }
        TRY(enter_child(r, parent, x, &element, err));
    } else if (r->ended || !is_element(&x->name, &STL_ELEMENTS[element])) {
        return refuse(r, x->line, x->name.local, "no document of", STL_DOCUMENT_NS, err);
    }
    TRY(take_attributes(r, &STL_ELEMENTS[element], x, err));
    push(r, element);
    return stl_wire_fill(r, element, err);
}

/* Kept until the end: the sums and the signature may have more to say. */
static void compare_counts(stl_wire_reader *r, const stl_wire_frame *f) {
    const stl_element_decl *e = &STL_ELEMENTS[f->element];
    bool list = f->element == STL_E_FINDING || (e->n_attributes == 1 && e->n_children == 1);
    for (size_t i = 0; list && i < e->n_children && r->count_status == SETTLE_OK; i++) {
        if (f->declared[i] == f->present[i])
            continue;
        char detail[128];
        snprintf(detail, sizeof detail, "%s declares %u of %s, %u are present", e->name,
                 f->declared[i], STL_ELEMENTS[e->children[i].element].name, f->present[i]);
        r->count_status = FAIL(&r->count_error, SETTLE_E_INPUT_COUNT, .file = r->name,
                               .field = e->name, .detail = detail);
    }
}

static settle_status on_close(void *user, stl_xml_name name, int depth, stl_error *err) {
    stl_wire_reader *r = user;
    (void)name;
    (void)depth;
    if (r->skipping > 0) {
        r->skipping--;
        return SETTLE_OK;
    }
    const stl_wire_frame *f = &r->stack[--r->depth];
    const stl_element_decl *e = &STL_ELEMENTS[f->element];
    const stl_element_decl *missing = owed(f, e->n_children);
    if (missing != NULL)
        return refuse(r, 0, stl_str_of(missing->name), "missing in", e->name, err);
    compare_counts(r, f);
    r->ended = r->depth == 0;
    return SETTLE_OK;
}

static settle_status on_text(void *user, stl_str text, stl_error *err) {
    stl_wire_reader *r = user;
    if (r->skipping > 0 || r->depth == 0)
        return SETTLE_OK;
    const stl_element_decl *e = &STL_ELEMENTS[r->stack[r->depth - 1].element];
    bool elements_only = e->n_children > 0 || e->any != NULL;
    for (size_t i = 0; i < text.len; i++)
        if (!elements_only || strchr(" \t\r\n", text.ptr[i]) == NULL || text.ptr[i] == '\0')
            return refuse(r, 0, stl_str_of(e->name), "text is not allowed in", e->name, err);
    return SETTLE_OK;
}

stl_xml_handler stl_wire_reader_handler(stl_wire_reader *r) {
    return (stl_xml_handler){.open = on_open, .text = on_text, .close = on_close, .user = r};
}

settle_status stl_wire_reader_finish(stl_wire_reader *r, const stl_wire_document **out,
                                     stl_error *err) {
    if (!r->ended)
        return FAIL(err, SETTLE_E_INPUT_SCHEMA, .file = r->name, .field = "settlement",
                    .detail = "the document has no end");
    if (r->count_status != SETTLE_OK) {
        if (err != NULL)
            *err = r->count_error;
        return r->count_status;
    }
    if (r->doc.settlement.n_lines == 0 && stl_str_empty(r->doc.settled_before))
        return refuse(r, 0, STL_STR("feedetail"), "missing in", STL_ELEMENTS[STL_E_CHARGES].name,
                      err);
    TRY(stl_wire_link(r, err));
    TRY(stl_wire_sums(r, err));
    *out = &r->doc;
    return SETTLE_OK;
}
