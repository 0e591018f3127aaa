/* SPDX-License-Identifier: Apache-2.0 */
/* The elements of one document: attributes, and children in sequence. Elements have distinct names,
 * so that each is known by its own. */
#include "compiler.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define FACETS_NS "urn:libsettle:facets"

typedef struct element {
    const char *name;
    const xmlNode *type; /* complexType */
    size_t first_attribute, n_attributes;
    const char *any; /* namespace of a trailing wildcard */
} element;

typedef struct walker {
    schema *s;
    type_table *table;
    element *elements;
    size_t n;
    FILE *tables, *header;
} walker;

static const xmlNode *complex_type(walker *w, const xmlNode *declaration) {
    const char *name = attr_of(declaration, "type");
    if (name == NULL)
        return first_child(declaration, "complexType");
    for (const xmlNode *at = w->s->root->children; at != NULL; at = at->next)
        if (is_xsd(at, "complexType") && strcmp(attr_of(at, "name"), name) == 0)
            return at;
    die_at(w->s, declaration, "unknown complexType", name);
}

static size_t element_id(const walker *w, const char *name) {
    for (size_t i = 0; i < w->n; i++)
        if (strcmp(w->elements[i].name, name) == 0)
            return i;
    return SIZE_MAX;
}

static void collect(walker *w, const xmlNode *declaration) {
    const char *name = attr_of(declaration, "name");
    if (element_id(w, name) != SIZE_MAX)
        die_at(w->s, declaration, "second element of one name", name);
    size_t at = w->n++;
    w->elements = grow(w->elements, at, w->n, sizeof *w->elements);
    w->elements[at] = (element){.name = name, .type = complex_type(w, declaration)};
    const xmlNode *sequence = first_child(w->elements[at].type, "sequence");
    for (const xmlNode *child = sequence == NULL ? NULL : sequence->children; child != NULL;
         child = child->next) {
        if (is_xsd(child, "element"))
            collect(w, child);
        else if (is_xsd(child, "any"))
            w->elements[at].any = attr_of(child, "namespace");
        else if (is_xsd(child, NULL))
            die_at(w->s, child, "cannot be compiled", (const char *)child->name);
    }
}

static void put_constant(FILE *out, const char *text) {
    for (; *text != 0; text++)
        fputc(isalnum((unsigned char)*text) ? toupper((unsigned char)*text) : '_', out);
}

static int by_name(const void *a, const void *b) {
    return strcmp(attr_of(*(const xmlNode *const *)a, "name"),
                  attr_of(*(const xmlNode *const *)b, "name"));
}

static size_t emit_attributes(walker *w, element *e, size_t first) {
    const xmlNode *sorted[64];
    size_t n = 0;
    for (const xmlNode *at = e->type->children; at != NULL; at = at->next)
        if (is_xsd(at, "attribute") && n < 64)
            sorted[n++] = at;
    qsort(sorted, n, sizeof *sorted, by_name);
    e->first_attribute = first;
    e->n_attributes = n;
    for (size_t i = 0; i < n; i++) {
        const char *name = attr_of(sorted[i], "name"), *use = attr_of(sorted[i], "use");
        const char *type_name = attr_of(sorted[i], "type");
        type *t = type_name != NULL
                      ? types_find(w->table, w->s, sorted[i], type_name)
                      : types_of_node(w->table, w->s, first_child(sorted[i], "simpleType"));
        bool personal = xmlHasNsProp((xmlNode *)sorted[i], (const xmlChar *)"personal",
                                     (const xmlChar *)FACETS_NS) != NULL;
        fprintf(w->tables, "    {\"%s\", &STL_SIMPLE_TYPES[%zu], %zu, %d, %d},\n", name, t->id,
                strlen(name), use != NULL && strcmp(use, "required") == 0, personal);
        fputs("    STL_A_", w->header);
        put_constant(w->header, e->name);
        fputc('_', w->header);
        put_constant(w->header, name);
        fprintf(w->header, " = %zu,\n", first + i);
    }
    return first + n;
}

static void emit_children(walker *w, const element *e, size_t id) {
    const xmlNode *sequence = first_child(e->type, "sequence");
    if (sequence == NULL || first_child(sequence, "element") == NULL)
        return;
    fprintf(w->tables, "static const stl_child_decl children_%zu[] = {", id);
    for (const xmlNode *at = sequence->children; at != NULL; at = at->next) {
        if (!is_xsd(at, "element"))
            continue;
        const char *least = attr_of(at, "minOccurs"), *most = attr_of(at, "maxOccurs");
        fprintf(w->tables, "{%zu, %s, ", element_id(w, attr_of(at, "name")),
                least == NULL ? "1" : least);
        fprintf(w->tables, "%s}, ",
                most == NULL                     ? "1"
                : strcmp(most, "unbounded") == 0 ? "UINT32_MAX"
                                                 : most);
    }
    fputs("};\n", w->tables);
}

static void emit_element(walker *w, const element *e, size_t id) {
    const xmlNode *sequence = first_child(e->type, "sequence");
    size_t n = 0;
    for (const xmlNode *at = sequence == NULL ? NULL : sequence->children; at != NULL;
         at = at->next)
        n += is_xsd(at, "element");
    fprintf(w->tables, "    {\"%s\", %zu, %zu, %zu, ", e->name, strlen(e->name), e->first_attribute,
            e->n_attributes);
    if (n > 0)
        fprintf(w->tables, "children_%zu, %zu, ", id, n);
    else
        fputs("NULL, 0, ", w->tables);
    if (e->any != NULL)
        fprintf(w->tables, "\"%s\"},\n", e->any);
    else
        fputs("NULL},\n", w->tables);
}

void emit_structure(FILE *tables, FILE *header, type_table *table, schema *s) {
    walker w = {.s = s, .table = table, .tables = tables, .header = header};
    const xmlNode *root = first_child(s->root, "element");
    if (root == NULL)
        die_at(s, s->root, "no element", s->name);
    collect(&w, root);
    fputs("const stl_attribute_decl STL_ATTRIBUTES[] = {\n", tables);
    fputs("enum {\n", header);
    size_t n_attributes = 0;
    for (size_t i = 0; i < w.n; i++)
        n_attributes = emit_attributes(&w, &w.elements[i], n_attributes);
    fprintf(header, "    STL_A_COUNT = %zu\n};\nenum {\n", n_attributes);
    fputs("};\n", tables);
    for (size_t i = 0; i < w.n; i++) {
        emit_children(&w, &w.elements[i], i);
        fputs("    STL_E_", header);
        put_constant(header, w.elements[i].name);
        fprintf(header, " = %zu,\n", i);
    }
    fprintf(header, "    STL_E_COUNT = %zu\n};\n", w.n);
    fputs("const stl_element_decl STL_ELEMENTS[] = {\n", tables);
    for (size_t i = 0; i < w.n; i++)
        emit_element(&w, &w.elements[i], i);
    fprintf(tables, "};\nconst char STL_DOCUMENT_NS[] = \"%s\";\n", s->target);
}
