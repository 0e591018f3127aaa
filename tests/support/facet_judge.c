/* SPDX-License-Identifier: Apache-2.0 */
#include "facet_judge.h"

#include "wire_values.h"

#include <libxml/parser.h>
#include <stdio.h>

#define XSD "http://www.w3.org/2001/XMLSchema"

/* --- one schema file with a global element v0, v1 ... for each of its simple types -------------
 */

static bool is_simple_type(const xmlNode *node) {
    return node->type == XML_ELEMENT_NODE && node->ns != NULL &&
           strcmp((const char *)node->ns->href, XSD) == 0 &&
           strcmp((const char *)node->name, "simpleType") == 0;
}

static void collect(xmlNode *at, xmlNode **found, size_t *n) {
    for (; at != NULL; at = at->next) {
        if (is_simple_type(at)) {
            assert_true(*n < 512);
            found[(*n)++] = at;
        }
        collect(at->children, found, n);
    }
}

static void add_element(xmlNode *root, xmlNode *type, size_t ordinal) {
    char name[32], qname[160];
    xmlChar *given = xmlGetNoNsProp(type, (const xmlChar *)"name");
    if (given == NULL) {
        xmlNode *copy = xmlDocCopyNode(type, root->doc, 1);
        snprintf(name, sizeof name, "anonymous-%zu", ordinal);
        xmlNewProp(copy, (const xmlChar *)"name", (const xmlChar *)name);
        xmlAddChild(root, copy);
        given = xmlStrdup((const xmlChar *)name);
    }
    snprintf(name, sizeof name, "v%zu", ordinal);
    snprintf(qname, sizeof qname, "target-of-test:%s", (const char *)given);
    xmlNode *element = xmlNewChild(root, root->ns, (const xmlChar *)"element", NULL);
    xmlNewProp(element, (const xmlChar *)"name", (const xmlChar *)name);
    xmlNewProp(element, (const xmlChar *)"type", (const xmlChar *)qname);
    xmlFree(given);
}

static void silent(void *user, xmlErrorPtr error) {
    (void)user;
    (void)error;
}

facet_schema facet_schema_read(const char *directory, const char *file) {
    char path[400];
    snprintf(path, sizeof path, "%s/%s", directory, file);
    xmlDoc *doc = xmlReadFile(path, NULL, XML_PARSE_NONET);
    assert_non_null(doc);
    xmlNode *root = xmlDocGetRootElement(doc), *found[512];
    facet_schema s = {0};
    snprintf(s.name, sizeof s.name, "%.*s", (int)(strlen(file) - 4), file);
    xmlChar *target = xmlGetNoNsProp(root, (const xmlChar *)"targetNamespace");
    assert_non_null(target);
    snprintf(s.target, sizeof s.target, "%s", (const char *)target);
    xmlNewNs(root, target, (const xmlChar *)"target-of-test");
    xmlFree(target);
    collect(root, found, &s.n_types);
    for (size_t i = 0; i < s.n_types; i++)
        add_element(root, found[i], i);
    s.doc = doc;
    xmlSchemaParserCtxt *parser = xmlSchemaNewDocParserCtxt(doc);
    s.schema = xmlSchemaParse(parser);
    assert_non_null(s.schema);
    xmlSchemaFreeParserCtxt(parser);
    return s;
}

/* --- verdicts -------------------------------------------------------------------------------- */

typedef struct judge {
    xmlSchemaValidCtxt *ctxt;
    xmlDoc *doc;
    xmlNode *text;
} judge;

static judge judge_of(const facet_schema *s, size_t ordinal) {
    char name[32];
    snprintf(name, sizeof name, "v%zu", ordinal);
    judge j = {xmlSchemaNewValidCtxt(s->schema), xmlNewDoc((const xmlChar *)"1.0"), NULL};
    xmlSchemaSetValidStructuredErrors(j.ctxt, silent, NULL);
    xmlNode *root = xmlNewNode(NULL, (const xmlChar *)name);
    xmlSetNs(root, xmlNewNs(root, (const xmlChar *)s->target, NULL));
    xmlDocSetRootElement(j.doc, root);
    j.text = xmlNewText((const xmlChar *)"");
    xmlAddChild(root, j.text);
    return j;
}

static bool libxml2_accepts(const judge *j, char *value) {
    xmlChar *own = j->text->content;
    j->text->content = (xmlChar *)value;
    int verdict = xmlSchemaValidateOneElement(j->ctxt, xmlDocGetRootElement(j->doc));
    j->text->content = own;
    assert_true(verdict >= 0);
    return verdict == 0;
}

static void judge_free(judge *j) {
    xmlSchemaFreeValidCtxt(j->ctxt);
    xmlFreeDoc(j->doc);
}

static const stl_simple_type *compiled(const facet_schema *s, size_t ordinal,
                                       const stl_simple_type *table, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (table[i].ordinal == ordinal && strcmp(table[i].schema, s->name) == 0)
            return &table[i];
    fail_msg("simple type %zu of %s is not compiled", ordinal, s->name);
    return NULL;
}

size_t facet_compare(const facet_schema *s, size_t ordinal, const stl_simple_type *table, size_t n,
                     facet_departure *departs) {
    const stl_simple_type *t = compiled(s, ordinal, table, n);
    judge j = judge_of(s, ordinal);
    wire_random r = {stl_str_hash(stl_str_of(t->name)) + ordinal};
    static char value[WIRE_VALUE_MAX];
    size_t accepted = 0, differing = 0;
    for (int i = 0; i < FACET_VALUES; i++) {
        stl_str text = wire_value(&r, t, value);
        bool ours = stl_facet_ok(t, text), theirs = libxml2_accepts(&j, value);
        accepted += ours;
        if (ours != theirs && (departs == NULL || !departs(t, text)) && differing++ < 10)
            print_error("%s:%s[%zu]: \"%s\": compiled %d, libxml2 %d\n", s->name, t->name, ordinal,
                        value, ours, theirs);
    }
    judge_free(&j);
    if (accepted < FACET_VALUES / 50 || accepted > FACET_VALUES - FACET_VALUES / 50)
        fail_msg("%s:%s[%zu]: %zu of %d accepted prove nothing", s->name, t->name, ordinal,
                 accepted, FACET_VALUES);
    return differing;
}

void facet_schema_free(facet_schema *s) {
    xmlDoc *doc = s->doc;
    xmlSchemaFree(s->schema);
    xmlFreeDoc(doc);
}
