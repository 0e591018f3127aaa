/* SPDX-License-Identifier: Apache-2.0 */
/* Every element and attribute of a document is dropped, doubled, moved, spoilt: the reader and
 * libxml2 agree on each, and the reader names the field. */
#include "../../support/wire_support.h"

#include "xml/schemas.h"

#include <libxml/parser.h>
#include <libxml/xmlschemas.h>
#include <stdio.h>

typedef struct trial {
    xmlSchema *schema;
    xmlDoc *doc;
    size_t tried, refused;
} trial;

static void silent(void *user, xmlErrorPtr error) {
    (void)user;
    (void)error;
}

static trial trial_of(size_t n_lines) {
    wire_stay t;
    SCOPED_BUF doc = {0};
    wire_stay_make(&t, n_lines);
    wire_document(&t, &doc);
    wire_stay_free(&t);
    stl_str text = STL_SCHEMA_SETTLEMENT_1_0;
    xmlSchemaParserCtxt *parser = xmlSchemaNewMemParserCtxt(text.ptr, (int)text.len);
    trial made = {.schema = xmlSchemaParse(parser),
                  .doc = xmlReadMemory(doc.ptr, (int)doc.len, NULL, NULL, XML_PARSE_NONET)};
    xmlSchemaFreeParserCtxt(parser);
    assert_non_null(made.schema);
    assert_non_null(made.doc);
    return made;
}

static void trial_end(trial *t) {
    print_message("%zu changes, %zu refused\n", t->tried, t->refused);
    xmlSchemaFree(t->schema);
    xmlFreeDoc(t->doc);
}

/* Both verdicts on the tree as it stands; `field`: what the reader must name if it refuses. */
static void compare(trial *t, const char *what, const char *field) {
    xmlChar *text;
    int len;
    xmlDocDumpMemory(t->doc, &text, &len);
    xmlSchemaValidCtxt *ctxt = xmlSchemaNewValidCtxt(t->schema);
    xmlSchemaSetValidStructuredErrors(ctxt, silent, NULL);
    bool valid = xmlSchemaValidateDoc(ctxt, t->doc) == 0;
    xmlSchemaFreeValidCtxt(ctxt);
    stl_error err = {0};
    settle_status status = wire_read((stl_str){(const char *)text, (size_t)len}, &err);
    if (valid != (status != SETTLE_E_INPUT_SCHEMA))
        fail_msg("%s at %s: libxml2 %d, reader %s %s %s", what, field, valid,
                 settle_status_name(status), err.field, err.detail);
    if (!valid && strcmp(err.field, field) != 0)
        fail_msg("%s at %s: reader names %s (%s)", what, field, err.field, err.detail);
    t->tried++;
    t->refused += !valid;
    xmlFree(text);
}

static void each_element(trial *t, xmlNode *at, void (*change)(trial *, xmlNode *)) {
    for (; at != NULL; at = at->next) {
        if (at->type != XML_ELEMENT_NODE)
            continue;
        each_element(t, at->children, change);
        change(t, at);
    }
}

static const char *name_of(const xmlNode *node) {
    return (const char *)node->name;
}

/* --- elements --------------------------------------------------------------------------------- */

static void drop(trial *t, xmlNode *node) {
    xmlNode *parent = node->parent, *next = node->next;
    if (parent->type != XML_ELEMENT_NODE)
        return;
    xmlUnlinkNode(node);
    compare(t, "dropped", name_of(node));
    if (next != NULL)
        xmlAddPrevSibling(next, node);
    else
        xmlAddChild(parent, node);
}

static void duplicate(trial *t, xmlNode *node) {
    if (node->parent->type != XML_ELEMENT_NODE)
        return;
    xmlNode *copy = xmlAddNextSibling(node, xmlCopyNode(node, 1));
    compare(t, "doubled", name_of(node));
    xmlUnlinkNode(copy);
    xmlFreeNode(copy);
}

static void swap_with_next(trial *t, xmlNode *node) {
    xmlNode *next = node->next;
    if (next == NULL)
        return;
    xmlUnlinkNode(node);
    xmlAddNextSibling(next, node);
    compare(t, "moved back", name_of(node));
    xmlUnlinkNode(node);
    xmlAddPrevSibling(next, node);
}

static void add_unknown_child(trial *t, xmlNode *node) {
    xmlNode *child = xmlNewChild(node, node->ns, (const xmlChar *)"surprise", NULL);
    compare(t, "unknown element last", "surprise");
    xmlUnlinkNode(child);
    if (node->children != NULL) {
        xmlAddPrevSibling(node->children, child);
        compare(t, "unknown element first", "surprise");
        xmlUnlinkNode(child);
    }
    xmlFreeNode(child);
}

static void rename_element(trial *t, xmlNode *node) {
    const xmlChar *own = node->name;
    node->name = (const xmlChar *)"renamed";
    compare(t, "renamed", "renamed");
    node->name = own;
}

static void add_text(trial *t, xmlNode *node) {
    xmlNode *text = xmlAddChild(node, xmlNewText((const xmlChar *)"x"));
    compare(t, "text", name_of(node));
    xmlUnlinkNode(text);
    xmlFreeNode(text);
}

static void add_harmless(trial *t, xmlNode *node) {
    xmlNode *nodes[] = {xmlNewComment((const xmlChar *)"c"),
                        xmlNewPI((const xmlChar *)"p", (const xmlChar *)"d")};
    for (size_t i = 0; i < 2; i++) {
        xmlAddChild(node, nodes[i]);
        compare(t, "comment or instruction", "");
        xmlUnlinkNode(nodes[i]);
        xmlFreeNode(nodes[i]);
    }
}

static void add_blanks(trial *t, xmlNode *node) {
    xmlNode *text = xmlAddChild(node, xmlNewText((const xmlChar *)" \n\t"));
    compare(t, "blanks", name_of(node));
    xmlUnlinkNode(text);
    xmlFreeNode(text);
}

/* --- attributes ------------------------------------------------------------------------------- */

static void add_unknown_attribute(trial *t, xmlNode *node) {
    xmlAttr *attribute = xmlNewProp(node, (const xmlChar *)"surprise", (const xmlChar *)"1");
    compare(t, "unknown attribute", "surprise");
    xmlRemoveProp(attribute);
}

static void drop_attributes(trial *t, xmlNode *node) {
    char names[64][64];
    size_t n = 0;
    for (xmlAttr *a = node->properties; a != NULL && n < 64; a = a->next)
        snprintf(names[n++], sizeof names[0], "%s", (const char *)a->name);
    for (size_t i = 0; i < n; i++) {
        xmlChar *value = xmlGetNoNsProp(node, (const xmlChar *)names[i]);
        xmlUnsetNsProp(node, NULL, (const xmlChar *)names[i]);
        compare(t, "attribute dropped", names[i]);
        xmlNewProp(node, (const xmlChar *)names[i], value); /* at the end: their order is free */
        xmlFree(value);
    }
}

static void spoil_attributes(trial *t, xmlNode *node) {
    static const char *const VALUES[] = {"", " ", "中", "-1", "0", "1e3", "x\ny", "2024-02-30"};
    for (xmlAttr *a = node->properties; a != NULL; a = a->next)
        for (size_t i = 0; i < sizeof VALUES / sizeof *VALUES; i++) {
            xmlChar *own = a->children->content;
            a->children->content = (xmlChar *)VALUES[i];
            compare(t, VALUES[i], (const char *)a->name);
            a->children->content = own;
        }
}

/* --- tests ------------------------------------------------------------------------------------ */

static void run(void (*change)(trial *, xmlNode *), size_t least, bool some_refused) {
    trial t = trial_of(4);
    each_element(&t, xmlDocGetRootElement(t.doc), change);
    assert_true(t.tried >= least);
    assert_true((t.refused > 0) == some_refused);
    trial_end(&t);
}

#define TEST(name, change, least, some_refused)                                                    \
    static void name(void **state) {                                                               \
        (void)state;                                                                               \
        run(change, least, some_refused);                                                          \
    }

TEST(dropped_elements, drop, 29, true)
TEST(doubled_elements, duplicate, 29, true)
TEST(elements_in_wrong_order, swap_with_next, 15, true)
TEST(unknown_elements, add_unknown_child, 30, true)
TEST(renamed_elements, rename_element, 30, true)
TEST(text_where_none_belongs, add_text, 30, true)
TEST(comments_and_instructions_change_nothing, add_harmless, 60, false)
TEST(blanks_between_elements, add_blanks, 30, true)
TEST(unknown_attributes, add_unknown_attribute, 30, true)
TEST(dropped_attributes, drop_attributes, 150, true)
TEST(spoilt_attributes, spoil_attributes, 1200, true)

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dropped_elements),
        cmocka_unit_test(doubled_elements),
        cmocka_unit_test(elements_in_wrong_order),
        cmocka_unit_test(unknown_elements),
        cmocka_unit_test(renamed_elements),
        cmocka_unit_test(text_where_none_belongs),
        cmocka_unit_test(comments_and_instructions_change_nothing),
        cmocka_unit_test(blanks_between_elements),
        cmocka_unit_test(unknown_attributes),
        cmocka_unit_test(dropped_attributes),
        cmocka_unit_test(spoilt_attributes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
