/* SPDX-License-Identifier: Apache-2.0 */
/* The compiled form of every simple type gives the verdict of libxml2 on the schema itself. */
#include "wire/facet.h"

#include "../../support/wire_values.h"
#include "base/decimal.h"

#include <libxml/parser.h>
#include <libxml/xmlschemas.h>
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

enum { VALUES = 100000 };

#define XSD "http://www.w3.org/2001/XMLSchema"

/* --- one schema file with a global element v0, v1 ... for each of its simple types -------------
 */

typedef struct judged_schema {
    char name[64];
    xmlSchema *schema;
    char target[128];
    size_t n_types;
} judged_schema;

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

static judged_schema read_schema(const char *file) {
    char path[400];
    snprintf(path, sizeof path, "schemas/%s", file);
    xmlDoc *doc = xmlReadFile(path, NULL, XML_PARSE_NONET);
    assert_non_null(doc);
    xmlNode *root = xmlDocGetRootElement(doc), *found[512];
    judged_schema s = {0};
    snprintf(s.name, sizeof s.name, "%.*s", (int)(strlen(file) - 4), file);
    xmlChar *target = xmlGetNoNsProp(root, (const xmlChar *)"targetNamespace");
    assert_non_null(target);
    snprintf(s.target, sizeof s.target, "%s", (const char *)target);
    xmlNewNs(root, target, (const xmlChar *)"target-of-test");
    xmlFree(target);
    collect(root, found, &s.n_types);
    for (size_t i = 0; i < s.n_types; i++)
        add_element(root, found[i], i);
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

static judge judge_of(const judged_schema *s, size_t ordinal) {
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

static const stl_simple_type *compiled(const judged_schema *s, size_t ordinal) {
    for (size_t i = 0; i < STL_N_SIMPLE_TYPES; i++)
        if (STL_SIMPLE_TYPES[i].ordinal == ordinal &&
            strcmp(STL_SIMPLE_TYPES[i].schema, s->name) == 0)
            return &STL_SIMPLE_TYPES[i];
    fail_msg("simple type %zu of %s is not compiled", ordinal, s->name);
    return NULL;
}

static void compare_type(const judged_schema *s, size_t ordinal) {
    const stl_simple_type *t = compiled(s, ordinal);
    judge j = judge_of(s, ordinal);
    wire_random r = {stl_str_hash(stl_str_of(t->name)) + ordinal};
    static char value[WIRE_VALUE_MAX];
    size_t accepted = 0, differing = 0;
    for (int i = 0; i < VALUES; i++) {
        stl_str text = wire_value(&r, t, value);
        bool ours = stl_facet_ok(t, text), theirs = libxml2_accepts(&j, value);
        accepted += theirs;
        if (ours != theirs && differing++ < 10)
            print_error("%s:%s[%zu]: \"%s\": compiled %d, libxml2 %d\n", s->name, t->name, ordinal,
                        value, ours, theirs);
    }
    judge_free(&j);
    assert_int_equal(differing, 0);
    if (accepted < VALUES / 50 || accepted > VALUES - VALUES / 50)
        fail_msg("%s:%s[%zu]: %zu of %d accepted prove nothing", s->name, t->name, ordinal,
                 accepted, VALUES);
}

static int is_xsd_file(const struct dirent *entry) {
    size_t len = strlen(entry->d_name);
    return len > 4 && strcmp(entry->d_name + len - 4, ".xsd") == 0;
}

static void compiled_types_give_the_verdicts_of_libxml2(void **state) {
    (void)state;
    struct dirent **files;
    int n = scandir("schemas", &files, is_xsd_file, alphasort);
    size_t types = 0;
    assert_true(n > 0);
    for (int i = 0; i < n; i++) {
        judged_schema s = read_schema(files[i]->d_name);
        for (size_t k = 0; k < s.n_types; k++)
            compare_type(&s, k);
        types += s.n_types;
        xmlSchemaFree(s.schema);
        free(files[i]);
    }
    free(files);
    print_message("%zu simple types, %d values each\n", types, VALUES);
    assert_true(types >= 38);
}

static const stl_simple_type *named(const char *name) {
    for (size_t i = 0; i < STL_N_SIMPLE_TYPES; i++)
        if (strcmp(STL_SIMPLE_TYPES[i].name, name) == 0 &&
            strcmp(STL_SIMPLE_TYPES[i].schema, "settlement-1.0") == 0)
            return &STL_SIMPLE_TYPES[i];
    fail_msg("no type %s", name);
    return NULL;
}

/* What no XML document can hold, so that libxml2 cannot be asked. */
static void texts_hold_only_characters_of_xml(void **state) {
    (void)state;
    const stl_simple_type *t = named("text50");
    static const char *const GOOD[] = {"a", "\t", "\n", "中", "\xF4\x8F\xBF\xBF", "\xEF\xBF\xBD"};
    static const char *const BAD[] = {"\x01",
                                      "a\x1F",
                                      "\x80",
                                      "\xC0\x80",
                                      "\xC1\xBF",
                                      "\xE0\x80\x80",
                                      "\xED\xA0\x80",
                                      "\xEF\xBF\xBE",
                                      "\xEF\xBF\xBF",
                                      "\xE4\xB8",
                                      "\xF0\x80\x80\x80",
                                      "\xF4\x90\x80\x80",
                                      "\xF5\x80\x80\x80",
                                      "\xFF"};
    for (size_t i = 0; i < sizeof GOOD / sizeof *GOOD; i++)
        assert_true(stl_facet_ok(t, stl_str_of(GOOD[i])));
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++)
        assert_false(stl_facet_ok(t, stl_str_of(BAD[i])));
    assert_false(stl_facet_ok(t, (stl_str){"a\0b", 3}));
}

/* The shortcut for integers gives the verdict of their spelling. */
static void scaled_numbers_are_values_when_their_spelling_is(void **state) {
    (void)state;
    wire_random r = {4};
    size_t n_types = 0;
    for (size_t i = 0; i < STL_N_SIMPLE_TYPES; i++) {
        const stl_simple_type *t = &STL_SIMPLE_TYPES[i];
        if (!t->scaled || t->ordinal == UINT32_MAX)
            continue;
        n_types++;
        for (int k = 0; k < VALUES; k++) {
            int64_t value = wire_random_below(&r, 1000000);
            for (uint32_t n = wire_random_below(&r, 13); n > 0; n--)
                value = value * 10 + wire_random_below(&r, 10);
            if (wire_random_below(&r, 8) == 0)
                value =
                    (wire_random_below(&r, 2) ? t->low : t->high) - 2 + wire_random_below(&r, 5);
            value = wire_random_below(&r, 3) == 0 ? -value : value;
            char text[STL_DECIMAL_TEXT_MAX];
            size_t len = stl_decimal_format(value, t->fraction_digits, text);
            if (stl_facet_scaled_ok(t, value) != stl_facet_ok(t, (stl_str){text, len}))
                fail_msg("%s:%s: %s", t->schema, t->name, text);
        }
    }
    assert_true(n_types >= 7);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(compiled_types_give_the_verdicts_of_libxml2),
        cmocka_unit_test(texts_hold_only_characters_of_xml),
        cmocka_unit_test(scaled_numbers_are_values_when_their_spelling_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
