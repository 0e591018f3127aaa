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
    unsigned most_depth;
    size_t most_attributes;
    FILE *tables, *header;
} walker;

/* Whatever else stands on the element would have a meaning that the tables do not hold. */
static void only_attributes(const walker *w, const xmlNode *node, const char *allowed) {
    for (const xmlAttr *a = node->properties; a != NULL; a = a->next) {
        char name[64];
        snprintf(name, sizeof name, " %s ", (const char *)a->name);
        if (a->ns == NULL && strstr(allowed, name) == NULL)
            die_at(w->s, node, "attribute that cannot be compiled", (const char *)a->name);
    }
}

static void only_children(const walker *w, const xmlNode *node, const char *allowed) {
    for (const xmlNode *at = node->children; at != NULL; at = at->next) {
        char name[64];
        if (at->type != XML_ELEMENT_NODE)
            continue;
        snprintf(name, sizeof name, " %s ", (const char *)at->name);
        if (strstr(allowed, name) == NULL)
            die_at(w->s, at, "cannot be compiled", (const char *)at->name);
    }
}

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

static void check_wildcard(const walker *w, const xmlNode *any) {
    const char *least = attr_of(any, "minOccurs"), *how = attr_of(any, "processContents");
    only_attributes(w, any, " namespace processContents minOccurs ");
    if (any->next != NULL && xmlNextElementSibling((xmlNode *)any) != NULL)
        die_at(w->s, any, "cannot be compiled", "any that is not last");
    if (least == NULL || strcmp(least, "0") != 0 || how == NULL || strcmp(how, "skip") != 0 ||
        attr_of(any, "namespace") == NULL)
        die_at(w->s, any, "cannot be compiled", "any other than one to be skipped, or none");
}

static void collect(walker *w, const xmlNode *declaration, unsigned depth) {
    const char *name = attr_of(declaration, "name");
    if (depth > w->most_depth)
        w->most_depth = depth;
    only_attributes(w, declaration, " name type minOccurs maxOccurs ");
    if (name == NULL)
        die_at(w->s, declaration, "element without a", "name");
    if (element_id(w, name) != SIZE_MAX)
        die_at(w->s, declaration, "second element of one name", name);
    size_t at = w->n++;
    w->elements = grow(w->elements, at, w->n, sizeof *w->elements);
    w->elements[at] = (element){.name = name, .type = complex_type(w, declaration)};
    only_attributes(w, w->elements[at].type, " name ");
    only_children(w, w->elements[at].type, " annotation sequence attribute ");
    const xmlNode *sequence = first_child(w->elements[at].type, "sequence");
    if (sequence == NULL)
        return;
    only_attributes(w, sequence, " ");
    only_children(w, sequence, " annotation element any ");
    for (const xmlNode *child = sequence->children; child != NULL; child = child->next) {
        if (is_xsd(child, "element"))
            collect(w, child, depth + 1);
        if (!is_xsd(child, "any"))
            continue;
        check_wildcard(w, child);
        w->elements[at].any = attr_of(child, "namespace");
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
    const xmlNode *sorted[128];
    size_t n = 0;
    for (const xmlNode *at = e->type->children; at != NULL; at = at->next)
        if (is_xsd(at, "attribute")) {
            only_attributes(w, at, " name type use ");
            if (n == sizeof sorted / sizeof *sorted)
                die_at(w->s, at, "too many attributes of", e->name);
            sorted[n++] = at;
        }
    qsort(sorted, n, sizeof *sorted, by_name);
    e->first_attribute = first;
    e->n_attributes = n;
    if (n > w->most_attributes)
        w->most_attributes = n;
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
    collect(&w, root, 1);
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
    fprintf(header, "enum { STL_MOST_ATTRIBUTES = %zu, STL_MOST_DEPTH = %u };\n", w.most_attributes,
            w.most_depth);
    fputs("const stl_element_decl STL_ELEMENTS[] = {\n", tables);
    for (size_t i = 0; i < w.n; i++)
        emit_element(&w, &w.elements[i], i);
    fprintf(tables, "};\nconst char STL_DOCUMENT_NS[] = \"%s\";\n", s->target);
}
