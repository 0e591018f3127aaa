/* SPDX-License-Identifier: Apache-2.0 */
#include "compiler.h"

#include <libxml/parser.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#define XSD_NS "http://www.w3.org/2001/XMLSchema"

void die(const char *fmt, ...) {
    va_list args;
    va_start(args, fmt);
    fputs("compile_facets: ", stderr);
    vfprintf(stderr, fmt, args);
    fputc('\n', stderr);
    va_end(args);
    exit(1);
}

void die_at(const schema *s, const xmlNode *at, const char *what, const char *detail) {
    die("%s.xsd:%ld: %s: %s", s->name, xmlGetLineNo((xmlNode *)at), what, detail);
}

void *grow(void *old, size_t old_count, size_t count, size_t size) {
    char *fresh = realloc(old, count * size);
    if (fresh == NULL)
        die("out of memory");
    memset(fresh + old_count * size, 0, (count - old_count) * size);
    return fresh;
}

bool is_xsd(const xmlNode *node, const char *name) {
    return node->type == XML_ELEMENT_NODE && node->ns != NULL &&
           strcmp((const char *)node->ns->href, XSD_NS) == 0 &&
           (name == NULL || strcmp((const char *)node->name, name) == 0);
}

const char *attr_of(const xmlNode *node, const char *name) {
    return (const char *)xmlGetNoNsProp((xmlNode *)node, (const xmlChar *)name);
}

const xmlNode *first_child(const xmlNode *node, const char *name) {
    for (const xmlNode *at = node->children; at != NULL; at = at->next)
        if (is_xsd(at, name) && !(name == NULL && is_xsd(at, "annotation")))
            return at;
    return NULL;
}

schema schema_read(const char *path) {
    schema s = {.doc = xmlReadFile(path, NULL, XML_PARSE_NONET)};
    if (s.doc == NULL)
        die("%s cannot be read", path);
    const char *base = strrchr(path, '/');
    char *name = strdup(base == NULL ? path : base + 1);
    char *end = strstr(name, ".xsd");
    if (end != NULL)
        *end = '\0';
    s.name = name;
    s.root = xmlDocGetRootElement(s.doc);
    if (!is_xsd(s.root, "schema"))
        die("%s is no XML Schema", path);
    s.target = attr_of(s.root, "targetNamespace");
    return s;
}
